//! Documents that are sent to the server.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use detente_text::date::Edtf;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    asked::Asked,
    guard,
    intake::{Intake, TYPES},
    links,
    problem::Problem,
};

/// A document that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Taken {
    /// Its name in the record, made from its content.
    document: String,
    /// False: the same bytes were sent before.
    new: bool,
    /// Where it will stand when it has been read.
    page: String,
    /// Where the progress is told.
    progress: &'static str,
}

/// What is known about a document besides its text: fields of a side-car.
const FIELDS: [&str; 7] = [
    "title", "author", "outlet", "place", "date", "language", "url",
];

/// Longest value of a field in bytes.
const LONGEST: usize = 2_000;

/// Takes a document in. It is read by the same run that `detente run` starts; the answer does not
/// wait for it.
#[utoipa::path(
    post, path = "/api/v1/documents", tag = "documents",
    params(
        ("title" = Option<String>, Query, description = "Title"),
        ("author" = Option<String>, Query, description = "Author"),
        ("outlet" = Option<String>, Query, description = "Outlet or publisher"),
        ("place" = Option<String>, Query, description = "Place of the dateline"),
        ("date" = Option<String>, Query, description = "Date in EDTF"),
        ("language" = Option<String>, Query, description = "en, ja or ko"),
        ("url" = Option<String>, Query, description = "Address it was taken from"),
        ("X-Detente" = Option<String>, Header, description = "Any value; says that no page of another site sends this"),
    ),
    request_body(content(
        (String = "text/plain"), (String = "text/markdown"), (String = "text/html"),
        (Vec<u8> = "application/pdf"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (String = "application/x-ndjson"),
    )),
    responses(
        (status = 202, description = "Taken in; it is being read", body = Taken),
        (status = "4XX", description = "It was not taken", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "This server takes no documents", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn documents(
    State(app): State<App>,
    asked: Asked,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    guard::check_form(&app, &asked.headers, None)?;
    let intake = intake(&app, &asked)?;
    asked.only(&[&FIELDS])?;
    let kind = asked.header(header::CONTENT_TYPE);
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let Some((_, end)) = TYPES.iter().find(|(name, _)| *name == kind) else {
        let names: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
        return Err(Problem::unsupported(format!("`{kind}` is not read"))
            .hint(format!("send one of {}", names.join(", "))));
    };
    let body = body.map_err(|_| Problem::too_large(app.settings.body_limit))?;
    let taken = take(intake, &body, end, |name| asked.value(name)).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(taken)).into_response())
}

/// Takes the text of a form in, and leads back to the page of runs.
pub(crate) async fn from_form(
    State(app): State<App>,
    asked: Asked,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|_| Problem::too_large(super::FORM))?;
    let form = std::str::from_utf8(&body).ok().and_then(links::pairs);
    let form = form.ok_or_else(|| Problem::bad("the form is not UTF-8"))?;
    let field = |name: &str| {
        let found = form
            .iter()
            .find(|(key, value)| key == name && !value.trim().is_empty());
        found.map(|(_, value)| value.trim())
    };
    guard::check_form(&app, &asked.headers, field(guard::FORGERY))?;
    let intake = intake(&app, &asked)?;
    let text = field("text").ok_or_else(|| Problem::bad("the text is empty"))?;
    let taken = take(intake, text.replace("\r\n", "\n").as_bytes(), "txt", field).await?;
    let back = links::with_query("/runs", &[("added", &taken.document)]);
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response())
}

fn intake<'a>(app: &'a App, asked: &Asked) -> Result<&'a std::sync::Arc<Intake>, Problem> {
    if !asked.viewer.may_write() {
        return Err(Problem::forged("this viewer may not add documents"));
    }
    app.intake
        .as_ref()
        .ok_or_else(|| Problem::busy("this server takes no documents"))
}

async fn take<'v>(
    intake: &std::sync::Arc<Intake>,
    bytes: &[u8],
    end: &'static str,
    field: impl Fn(&str) -> Option<&'v str>,
) -> Result<Taken, Problem> {
    if bytes.is_empty() {
        return Err(Problem::bad("the document is empty"));
    }
    let side_car = side_car(field)?;
    let (intake, bytes) = (std::sync::Arc::clone(intake), bytes.to_vec());
    let kept = tokio::task::spawn_blocking(move || intake.keep(&bytes, end, side_car.as_deref()));
    let (document, new) = kept
        .await
        .map_err(|_| Problem::internal())?
        .map_err(|error| Problem::busy(format!("the document cannot be kept: {}", error.kind())))?;
    Ok(Taken {
        page: links::document(&document),
        document,
        new,
        progress: "/api/v1/stream",
    })
}

/// The side-car of a document, if anything is known about it.
fn side_car<'v>(field: impl Fn(&str) -> Option<&'v str>) -> Result<Option<String>, Problem> {
    let mut table = toml::Table::new();
    for name in FIELDS {
        let Some(value) = field(name) else { continue };
        if value.len() > LONGEST {
            return Err(Problem::bad(format!(
                "`{name}` is longer than {LONGEST} bytes"
            )));
        }
        let fits = match name {
            "date" => value.parse::<Edtf>().is_ok(),
            "language" => matches!(value, "en" | "ja" | "ko"),
            "url" => value.starts_with("https://") || value.starts_with("http://"),
            _ => true,
        };
        if !fits {
            return Err(Problem::bad(format!("`{name}` is `{value}`")).hint(
                "a date is EDTF (2012-08-10), a language en, ja or ko, an address http or https",
            ));
        }
        table.insert(name.to_owned(), value.into());
    }
    if table.is_empty() {
        return Ok(None);
    }
    toml::to_string(&table)
        .map(Some)
        .map_err(|_| Problem::internal())
}
