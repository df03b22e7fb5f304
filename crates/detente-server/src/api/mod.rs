//! The HTTP interface under `/api/v1`, described by the OpenAPI document that is made from it.

mod facts;
mod ledgers;
mod lists;
mod openapi;
mod searches;
mod stream;
mod upload;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{delete, get, post},
};

use crate::{app::App, pages};
pub(crate) use upload::from_form;

/// Bytes that a form may have.
pub(crate) const FORM: usize = 2 << 20;

pub(crate) fn routes(body_limit: usize) -> Router<App> {
    Router::new()
        .route("/api/v1", get(lists::summary))
        .route("/api/v1/openapi.json", get(openapi::document))
        .route("/api/v1/facts", get(facts::facts))
        .route("/api/v1/facts/{id}", get(facts::fact))
        .route("/api/v1/events", get(lists::events))
        .route("/api/v1/events/{id}", get(lists::event))
        .route(
            "/api/v1/documents",
            get(lists::documents)
                .post(upload::documents)
                .layer(DefaultBodyLimit::max(body_limit)),
        )
        .route("/api/v1/documents/{*name}", get(lists::document))
        .route("/api/v1/terms/{facet}", get(lists::terms))
        .route("/api/v1/ties", get(lists::ties))
        .route("/api/v1/index", get(ledgers::index))
        .route("/api/v1/polls", get(ledgers::polls))
        .route("/api/v1/channels", get(ledgers::channels))
        .route("/api/v1/commitments", get(ledgers::commitments))
        .route("/api/v1/commitments/{id}", get(ledgers::commitment))
        .route("/api/v1/contradictions", get(ledgers::contradictions))
        .route("/api/v1/runs", get(lists::runs))
        .route("/api/v1/quality", get(lists::quality))
        .route(
            "/api/v1/searches",
            get(searches::searches)
                .post(searches::keep)
                .layer(DefaultBodyLimit::max(FORM)),
        )
        .route("/api/v1/searches/{*name}", delete(searches::forget))
        .route("/api/v1/stream", get(stream::stream))
        .route("/runs", post(from_form).layer(DefaultBodyLimit::max(FORM)))
        .route(
            "/searches",
            post(pages::searches::change).layer(DefaultBodyLimit::max(FORM)),
        )
}
