//! Everything but facts: events, documents, terms, ties, runs, quality.

use axum::{extract::State, response::Response};
use detente_record::{DocumentEntry, Facet, Term, Tie};
use serde::Serialize;
use utoipa::ToSchema;

use super::facts::below;
use crate::{
    answer,
    app::App,
    asked::Asked,
    pages::{self, EventItem},
    problem::Problem,
};

/// The record in short.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Summary {
    /// The two states.
    dyad: String,
    /// Documents, facts that hold, merged events.
    documents: u64,
    facts: u64,
    events: u64,
    /// Changes with the record.
    revision: String,
    /// Version of the schema of the record.
    schema: u32,
}

/// The record in short.
#[utoipa::path(get, path = "/api/v1", tag = "record", responses((status = 200, body = Summary)))]
pub(super) async fn summary(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&[]])?;
    let dyad = app.dyad.clone();
    let size = app.size(&asked.viewer).await?;
    let summary = app
        .ask(&asked.viewer, move |record, _| {
            Ok(Summary {
                dyad,
                documents: size.documents,
                facts: record.term(Facet::All, "")?,
                events: size.events,
                revision: record.revision()?,
                schema: detente_record::Record::schema_version(),
            })
        })
        .await?;
    answer::json(&asked, &summary)
}

/// A page of merged events.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventList {
    /// Newest first, each with its first report.
    #[schema(value_type = Vec<Object>)]
    events: Vec<EventItem>,
    /// `cursor` of the next page; null at the end.
    next: Option<String>,
}

/// Merged events, newest first.
#[utoipa::path(
    get, path = "/api/v1/events", tag = "events",
    params(
        ("limit" = Option<u64>, Query, description = "Length of a page, 1 to 1000"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, body = EventList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn events(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&["limit", "cursor"]])?;
    let size = asked.number("limit", 1, 1000)?.unwrap_or(50) as usize;
    let after = match asked.value("cursor") {
        None => None,
        Some(text) => {
            let (date, id) = text
                .split_once('.')
                .ok_or_else(|| Problem::bad(format!("`{text}` is no cursor")))?;
            Some((date.to_owned(), id.to_owned()))
        }
    };
    let list = app
        .ask(&asked.viewer, move |record, _| {
            let after = after
                .as_ref()
                .map(|(date, id)| (date.as_str(), id.as_str()));
            let mut events = record.event_page(after, size + 1)?;
            let more = events.len() > size;
            events.truncate(size);
            let next = events.last().filter(|_| more).map(|event| {
                let first = event.date.parse::<detente_text::date::Edtf>();
                let first = first.ok().and_then(|date| date.earliest());
                let first = first.map_or_else(String::new, |day| day.to_string());
                format!("{first}.{}", event.id)
            });
            Ok(EventList {
                events: events.into_iter().map(EventItem::from).collect(),
                next,
            })
        })
        .await?;
    answer::json(&asked, &list)
}

/// One merged event with its reports.
#[utoipa::path(
    get, path = "/api/v1/events/{id}", tag = "events",
    params(("id" = String, Path, description = "The id")),
    responses(
        (status = 200, body = Object),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn event(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    pages::event::event(State(app), below(asked, "events/")).await
}

/// A page of documents.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DocumentList {
    /// Newest first; those without a date come last.
    #[schema(value_type = Vec<Object>)]
    documents: Vec<DocumentEntry>,
    /// `cursor` of the next page; null at the end.
    next: Option<String>,
}

/// Documents, newest first.
#[utoipa::path(
    get, path = "/api/v1/documents", tag = "documents",
    params(
        ("limit" = Option<u64>, Query, description = "Length of a page, 1 to 1000"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, body = DocumentList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn documents(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&["limit", "cursor"]])?;
    let size = asked.number("limit", 1, 1000)?.unwrap_or(50) as usize;
    let after = pages::documents::place(&asked)?;
    let list = app
        .ask(&asked.viewer, move |record, _| {
            let (documents, next) = record.document_page(after.as_ref(), size)?;
            Ok(DocumentList {
                documents,
                next: next.map(pages::documents::cursor),
            })
        })
        .await?;
    answer::json(&asked, &list)
}

/// One document, or one part of a long one, with its facts and what was dropped.
#[utoipa::path(
    get, path = "/api/v1/documents/{name}", tag = "documents",
    params(
        ("name" = String, Path, description = "The document's path below the folder that was read"),
        ("part" = Option<u64>, Query, description = "Part of a long document, from 1"),
    ),
    responses(
        (status = 200, body = Object),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn document(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    pages::document::document(State(app), below(asked, "documents/")).await
}

/// Values of a facet with their numbers of facts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TermList {
    /// The most frequent first.
    #[schema(value_type = Vec<Object>)]
    terms: Vec<Term>,
}

/// What values are of.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only the description of the interface names it")]
pub(super) enum FacetName {
    Kind,
    Modality,
    Root,
    Quad,
    Issue,
    Channel,
    Actor,
    Language,
    Basis,
}

/// All values of a facet, the most frequent first.
#[utoipa::path(
    get, path = "/api/v1/terms/{facet}", tag = "record",
    params(("facet" = FacetName, Path, description = "What the values are of")),
    responses(
        (status = 200, body = TermList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn terms(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&[]])?;
    const FACETS: [Facet; 9] = [
        Facet::Kind,
        Facet::Modality,
        Facet::Root,
        Facet::Quad,
        Facet::Issue,
        Facet::Channel,
        Facet::Actor,
        Facet::Language,
        Facet::Basis,
    ];
    let name = asked.tail.strip_prefix("v1/terms/").unwrap_or_default();
    let facet = FACETS.into_iter().find(|facet| facet.name() == name);
    let facet = facet.ok_or_else(|| Problem::absent("facet"))?;
    let list = app
        .ask(&asked.viewer, move |record, _| {
            let terms = record.terms(facet, usize::MAX >> 1)?;
            Ok(TermList { terms })
        })
        .await?;
    answer::json(&asked, &list)
}

/// Who acts towards whom.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TieList {
    /// The most frequent first; `events` by quad class 1 to 4.
    #[schema(value_type = Vec<Object>)]
    ties: Vec<Tie>,
}

/// Asserted events by who acts towards whom.
#[utoipa::path(
    get, path = "/api/v1/ties", tag = "record",
    params(
        ("from" = Option<u64>, Query, description = "First year", minimum = 1, maximum = 9999),
        ("to" = Option<u64>, Query, description = "Last year", minimum = 1, maximum = 9999),
    ),
    responses(
        (status = 200, body = TieList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn ties(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&["from", "to"]])?;
    let from = asked.number("from", 1, 9999)?.unwrap_or(1) as i64;
    let to = asked.number("to", 1, 9999)?.unwrap_or(9999) as i64;
    let list = app
        .ask(&asked.viewer, move |record, _| {
            let ties = record.ties(from, to, usize::MAX >> 1)?;
            Ok(TieList { ties })
        })
        .await?;
    answer::json(&asked, &list)
}

/// The last runs, and what the run of this server is doing.
#[utoipa::path(get, path = "/api/v1/runs", tag = "runs", responses((status = 200, body = Object)))]
pub(super) async fn runs(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let asked = Asked {
        json: true,
        ..asked
    };
    pages::runs::runs(State(app), asked).await
}

/// What was read, what was left out and why, how exact the coder is.
#[utoipa::path(get, path = "/api/v1/quality", tag = "record", responses((status = 200, body = Object)))]
pub(super) async fn quality(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let asked = Asked {
        json: true,
        ..asked
    };
    pages::quality::quality(State(app), asked).await
}
