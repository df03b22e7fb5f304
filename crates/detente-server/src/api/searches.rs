//! Searches that were kept under a name.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{answer, app::App, asked::Asked, guard, pages::searches, problem::Problem};

/// All searches that were kept.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SearchList {
    /// By name.
    searches: Vec<searches::Kept>,
}

/// A search to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    /// What it is called: 1 to 200 signs. A search of the same name gives way to it.
    name: String,
    /// The query of the search's address: `q=summit&issue=trade`.
    query: String,
}

/// Searches that were kept, by name.
#[utoipa::path(
    get, path = "/api/v1/searches", tag = "searches",
    responses(
        (status = 200, body = SearchList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn searches(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&[]])?;
    let searches = searches::all(&app, &asked).await?;
    answer::json(&asked, &SearchList { searches })
}

/// Keeps a search.
#[utoipa::path(
    post, path = "/api/v1/searches", tag = "searches",
    params(("X-Detente" = Option<String>, Header, description = "Any value; says that no page of another site sends this")),
    request_body = Search,
    responses(
        (status = 201, body = searches::Kept),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The record cannot be written now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn keep(
    State(app): State<App>,
    asked: Asked,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    guard::check_form(&app, &asked.headers, None)?;
    asked.only(&[&[]])?;
    let body = body.map_err(|_| Problem::too_large(super::FORM))?;
    let search: Search = serde_json::from_slice(&body)
        .map_err(|error| Problem::bad(format!("the body is no search: {error}")))?;
    let kept = searches::keep(&app, &asked, &search.name, &search.query).await?;
    Ok((StatusCode::CREATED, Json(kept)).into_response())
}

/// Forgets a search.
#[utoipa::path(
    delete, path = "/api/v1/searches/{name}", tag = "searches",
    params(
        ("name" = String, Path, description = "Its name"),
        ("X-Detente" = Option<String>, Header, description = "Any value; says that no page of another site sends this"),
    ),
    responses(
        (status = 204, description = "It is forgotten"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The record cannot be written now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn forget(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    guard::check_form(&app, &asked.headers, None)?;
    asked.only(&[&[]])?;
    // `.json` is no twin here, but the end of a name.
    let end = if asked.json { ".json" } else { "" };
    let name = asked.tail.strip_prefix("v1/searches/").unwrap_or_default();
    searches::forget(&app, &asked, &format!("{name}{end}")).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
