//! Facts: pages as JSON, or all of them as NDJSON, CSV or Parquet.

use std::{
    io::{self, Write},
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::Body,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use detente_exchange::{ExchangeError, Form};
use detente_record::{Filter, Record};
use serde::Serialize;
use tokio::sync::mpsc;
use utoipa::{IntoParams, ToSchema};

use crate::{
    answer,
    app::App,
    asked::{Asked, FILTER},
    guard, links,
    pages::{Item, items},
    problem::Problem,
};

/// Which facts; named as the flags of `detente list`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters that `Asked` reads")]
pub(super) struct FactParameters {
    /// Kind of fact; several with commas.
    kind: Option<String>,
    /// Actor in any role: an id (KOR also finds "KOR GOV") or words of a name.
    actor: Option<String>,
    /// Issue id, such as comfort_women.
    issue: Option<String>,
    /// Channel id, such as summit.
    channel: Option<String>,
    /// PLOVER root, such as ACCUSE.
    root: Option<String>,
    /// Modality; several with commas.
    modality: Option<String>,
    /// Document, by its path below the folder that was read.
    document: Option<String>,
    /// Facts that reach to this date or beyond: 2012, 2012-08 or 2012-08-10.
    from: Option<String>,
    /// Facts that begin on this date or before.
    to: Option<String>,
    /// JSON: length of a page, 1 to 1000 (50 if not given). Other forms: at most so many.
    limit: Option<u64>,
    /// Words that the quote must hold, as `detente search` takes them.
    q: Option<String>,
    /// `date` (the default) or `-date` for newest first; where `q` is given, the best come first.
    order: Option<String>,
    /// JSON: `next` of the page before.
    cursor: Option<String>,
    /// `json`, `jsonl`, `csv` or `parquet`, in place of the header `Accept`.
    form: Option<String>,
}

/// How many facts there are.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TotalSchema {
    /// So many.
    facts: u64,
    /// False: at least so many; counting stopped there.
    exact: bool,
}

/// A page of facts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FactList {
    /// In the exchange form (docs/schema.md), with `event`, `duplicate_of`, `outlet` and
    /// `document_date` beside.
    #[schema(value_type = Vec<Object>)]
    facts: Vec<Item>,
    #[schema(value_type = TotalSchema)]
    total: detente_record::Total,
    /// `cursor` of the next page; null at the end. A page may be short, even empty, and yet have a
    /// next one.
    next: Option<String>,
}

/// The form of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    All(Form),
}

const FORMS: [(&str, &str, Kind); 4] = [
    ("json", "application/json", Kind::Json),
    ("jsonl", "application/x-ndjson", Kind::All(Form::Jsonl)),
    ("csv", "text/csv", Kind::All(Form::Csv)),
    (
        "parquet",
        "application/vnd.apache.parquet",
        Kind::All(Form::Parquet),
    ),
];

const KNOWN: &str =
    "application/json, application/x-ndjson, text/csv, application/vnd.apache.parquet";

fn form(asked: &Asked) -> Result<(&'static str, Kind), Problem> {
    if let Some(name) = asked.value("form") {
        let found = FORMS.iter().find(|form| form.0 == name);
        return found.map(|form| (form.1, form.2)).ok_or_else(|| {
            Problem::bad(format!(
                "`form` is `{name}`; it must be json, jsonl, csv or parquet"
            ))
        });
    }
    let accept = asked.header(header::ACCEPT);
    let wanted = accept
        .split(',')
        .filter_map(|part| part.split(';').next())
        .map(str::trim);
    for wanted in wanted {
        if let Some(form) = FORMS.iter().find(|form| form.1 == wanted) {
            return Ok((form.1, form.2));
        }
        if matches!(wanted, "" | "*/*" | "application/*" | "text/html") {
            return Ok((FORMS[0].1, Kind::Json));
        }
    }
    Err(Problem::unacceptable(KNOWN))
}

/// Facts.
///
/// As JSON in pages without any cap on their number; as NDJSON, CSV or Parquet all that are asked
/// for, in the order of `detente export` (with `q`: in the order in which they were read).
#[utoipa::path(
    get, path = "/api/v1/facts", tag = "facts", params(FactParameters),
    responses(
        (status = 200, description = "Facts", content(
            (FactList = "application/json"),
            (String = "application/x-ndjson"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.apache.parquet"),
        )),
        (status = 304, description = "As known by the ETag that was sent"),
        (status = "4XX", description = "What was asked cannot be answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn facts(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&FILTER, &["q", "order", "cursor", "form"]])?;
    let mut filter = asked.filter()?;
    let q = asked.value("q").unwrap_or_default().to_owned();
    match form(&asked)? {
        (_, Kind::Json) => {
            filter.limit = Some(asked.number("limit", 1, 1000)?.unwrap_or(50));
            page(app, asked, filter, q).await
        }
        (kind, Kind::All(form)) => {
            filter.limit = asked.number("limit", 1, u64::MAX / 2)?;
            if asked.value("cursor").is_some() {
                return Err(Problem::bad(
                    "`cursor` goes with JSON; the other forms come whole",
                ));
            }
            whole(app, asked, filter, q, kind, form).await
        }
    }
}

async fn page(app: App, asked: Asked, filter: Filter, q: String) -> Result<Response, Problem> {
    let after = asked.cursor()?;
    let newest_first = asked.newest_first(false)?;
    let list = app
        .ask(&asked.viewer, move |record, _| {
            let page = if q.is_empty() {
                record.page(&filter, after, newest_first)?
            } else {
                record.search_facts(&q, &filter, after)?
            };
            Ok(FactList {
                facts: items(page.entries),
                total: page.total,
                next: answer::next(page.next),
            })
        })
        .await?;
    let mut response = answer::json(&asked, &list)?;
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Accept"));
    if let Some(next) = &list.next {
        let mut query: Vec<(&str, &str)> = asked
            .query
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        query.retain(|(name, _)| *name != "cursor");
        query.push(("cursor", next));
        let link = format!(
            "<{}>; rel=\"next\"",
            links::with_query("/api/v1/facts", &query)
        );
        if let Ok(link) = HeaderValue::from_str(&link) {
            response.headers_mut().insert(header::LINK, link);
        }
    }
    Ok(response)
}

/// Hands what is written to the one who asked, piece by piece.
struct Pieces {
    sender: mpsc::Sender<Result<Bytes, io::Error>>,
    buffer: Vec<u8>,
}

/// Bytes sent at a time.
const PIECE: usize = 64 << 10;

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        let piece = Bytes::from(std::mem::take(&mut self.buffer));
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.sender.blocking_send(Ok(piece)).map_err(gone)
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            Ok(())
        } else {
            self.send()
        }
    }
}

/// The receiving end as the body of an answer.
struct Received(mpsc::Receiver<Result<Bytes, io::Error>>);

impl futures_core::Stream for Received {
    type Item = Result<Bytes, io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

async fn whole(
    app: App,
    asked: Asked,
    filter: Filter,
    q: String,
    kind: &'static str,
    form: Form,
) -> Result<Response, Problem> {
    let revision = app
        .ask(&asked.viewer, |record, _| Ok(record.revision()?))
        .await?;
    let question = format!("{filter:?} {q}");
    let tag = format!(
        "W/\"{}\"",
        &guard::digest(&[&revision, &question, kind])[..24]
    );
    if asked.header(header::IF_NONE_MATCH) == tag {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let (sender, receiver) = mpsc::channel(8);
    app.readers
        .ask_long(&asked.viewer, move |record, _| {
            let mut out = Pieces {
                sender: sender.clone(),
                buffer: Vec::new(),
            };
            // An answer that has begun cannot become an error: it is broken off, and the one who
            // asked sees that it has no end.
            if let Err(error) = write(record, &filter, &q, form, &mut out) {
                let _ = sender.blocking_send(Err(io::Error::other(error.to_string())));
            }
        })
        .await?;
    let end = match form {
        Form::Jsonl => "jsonl",
        Form::Csv => "csv",
        Form::Parquet => "parquet",
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::VARY, "Accept".to_owned()),
        (
            HeaderName::from_static("content-disposition"),
            format!("attachment; filename=\"facts.{end}\""),
        ),
    ];
    Ok((headers, Body::from_stream(Received(receiver))).into_response())
}

fn write(
    record: &Record,
    filter: &Filter,
    q: &str,
    form: Form,
    out: &mut Pieces,
) -> Result<u64, ExchangeError> {
    if q.is_empty() {
        detente_exchange::export(record, filter, form, out)
    } else {
        detente_exchange::write(form, out, |take| record.for_each_hit(q, filter, take))
    }
}

/// One fact with its sentence and the places that tell of the same.
#[utoipa::path(
    get, path = "/api/v1/facts/{id}", tag = "facts",
    params(("id" = String, Path, description = "The id, or its first digits")),
    responses(
        (status = 200, description = "The fact", body = Object),
        (status = "4XX", description = "There is none", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn fact(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let asked = below(asked, "facts/");
    crate::pages::fact::fact(State(app), asked).await
}

/// The request for the twin of a page: what stands behind `v1/NAME/`.
pub(super) fn below(asked: Asked, name: &str) -> Asked {
    let tail = asked
        .tail
        .strip_prefix("v1/")
        .and_then(|tail| tail.strip_prefix(name));
    let tail = tail.unwrap_or_default().to_owned();
    Asked {
        tail,
        json: true,
        ..asked
    }
}
