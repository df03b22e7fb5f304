//! The OpenAPI document.

use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;

use super::{facts, ledgers, lists, searches, stream, upload};
use crate::{answer, asked::Asked, intake::Told, problem::Problem};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "detente",
        description = "The record of a relationship between two states: documents, facts with their \
            quotes, merged events. Filters are named as the flags of the command line. Errors have \
            the shape of RFC 9457. Changes need the header `X-Detente: 1` (or a bearer token)."
    ),
    paths(
        lists::summary,
        facts::facts,
        facts::fact,
        lists::events,
        lists::event,
        lists::documents,
        upload::documents,
        lists::document,
        lists::terms,
        lists::ties,
        ledgers::index,
        ledgers::polls,
        ledgers::channels,
        ledgers::commitments,
        ledgers::commitment,
        ledgers::contradictions,
        lists::runs,
        lists::quality,
        searches::searches,
        searches::keep,
        searches::forget,
        stream::stream,
    ),
    components(schemas(Problem, Told, lists::FacetName))
)]
struct Interface;

pub(super) async fn document(asked: Asked) -> Response {
    match Interface::openapi().to_json() {
        Ok(text) => answer::tagged(&asked, "application/json", text),
        Err(_) => Problem::internal().into_response(),
    }
}
