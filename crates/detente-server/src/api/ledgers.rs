//! What is measured and what the ledgers say: index, polls, channels, undertakings, contradictions.

use std::sync::Arc;

use axum::{extract::State as Shared, response::Response};
use detente_measure::{Break, PollSeries, Series};
use detente_record::{Contradiction, Undertaking};
use serde::Serialize;
use utoipa::ToSchema;

use super::facts::below;
use crate::{
    answer,
    app::App,
    asked::Asked,
    pages::{commitments, contradictions},
    problem::Problem,
    state::{Course, State},
};

async fn state(app: &App, asked: &Asked) -> Result<Arc<State>, Problem> {
    let state = app.state(&asked.viewer).await?;
    state.ok_or_else(contradictions::soon)
}

/// The monthly index.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Index {
    /// Both together: every month with mean, band, state and the ids of events and facts behind
    /// them; null if the record names no two states.
    #[schema(value_type = Object)]
    series: Option<Series>,
    /// Changes of level with their probability.
    #[schema(value_type = Vec<Object>)]
    changes: Vec<Break>,
}

/// The monthly index of the two with its band and changes of level.
#[utoipa::path(
    get, path = "/api/v1/index", tag = "measures",
    responses(
        (status = 200, body = Index),
        (status = 503, description = "It is being worked out", body = Problem,
            content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn index(Shared(app): Shared<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&[]])?;
    let state = state(&app, &asked).await?;
    answer::json(
        &asked,
        &Index {
            series: state.series.clone(),
            changes: state.changes.clone(),
        },
    )
}

/// Series of poll figures.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Polls {
    /// Figures of one wording each, those with most figures first.
    #[schema(value_type = Vec<Object>)]
    polls: Vec<PollSeries>,
}

/// Poll figures as series of one wording.
#[utoipa::path(
    get, path = "/api/v1/polls", tag = "measures",
    responses(
        (status = 200, body = Polls),
        (status = 503, description = "They are being worked out", body = Problem,
            content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn polls(Shared(app): Shared<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&[]])?;
    let state = state(&app, &asked).await?;
    let polls = state.polls.clone();
    answer::json(&asked, &Polls { polls })
}

/// The ledger of channels.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Channels {
    /// Each with its status and the stretches of time in which it had which.
    #[schema(value_type = Vec<Object>)]
    channels: Vec<Course>,
}

/// Channels between the two: status, last use, course over time.
#[utoipa::path(
    get, path = "/api/v1/channels", tag = "ledgers",
    responses(
        (status = 200, body = Channels),
        (status = 503, description = "They are being worked out", body = Problem,
            content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn channels(Shared(app): Shared<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&[]])?;
    let state = state(&app, &asked).await?;
    let channels = state.channels.clone();
    answer::json(&asked, &Channels { channels })
}

/// A page of undertakings.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Undertakings {
    /// Newest first.
    #[schema(value_type = Vec<Object>)]
    commitments: Vec<Undertaking>,
    /// `cursor` of the next page; null at the end. A page may be short and yet have a next one.
    next: Option<String>,
}

/// Proposals, commitments, agreements and measures, each once, newest first.
#[utoipa::path(
    get, path = "/api/v1/commitments", tag = "ledgers",
    params(
        ("kind" = Option<String>, Query, description = "proposal, commitment, agreement, measure"),
        ("status" = Option<String>, Query, description = "Status of codebook 6.4"),
        ("actor" = Option<String>, Query, description = "On either side"),
        ("issue" = Option<String>, Query, description = "Issue id"),
        ("channel" = Option<String>, Query, description = "Channel id"),
        ("from" = Option<String>, Query, description = "Began on this day or later"),
        ("to" = Option<String>, Query, description = "Began on this day or before"),
        ("overdue" = Option<bool>, Query, description = "Only what is due and not known to be done"),
        ("limit" = Option<u64>, Query, description = "Length of a page, 1 to 1000"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, body = Undertakings),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn commitments(
    Shared(app): Shared<App>,
    asked: Asked,
) -> Result<Response, Problem> {
    asked.only(&[&commitments::ASKED, &["limit", "cursor"]])?;
    let filter = commitments::filter(&asked)?;
    let size = asked.number("limit", 1, 1000)?.unwrap_or(50) as usize;
    let after = asked.value("cursor").map(str::to_owned);
    let list = app
        .ask(&asked.viewer, move |record, _| {
            let (commitments, next) = record.undertakings(&filter, after.as_deref(), size)?;
            Ok(Undertakings { commitments, next })
        })
        .await?;
    answer::json(&asked, &list)
}

/// One undertaking with its history and the evidence for each change.
#[utoipa::path(
    get, path = "/api/v1/commitments/{id}", tag = "ledgers",
    params(("id" = String, Path, description = "The id, or the beginning of it")),
    responses(
        (status = 200, body = Object),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn commitment(
    Shared(app): Shared<App>,
    asked: Asked,
) -> Result<Response, Problem> {
    asked.only(&[&[]])?;
    commitments::commitment(Shared(app), below(asked, "commitments/")).await
}

/// A page of contradictions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Against {
    total: u64,
    /// Those of the newest documents first, each with both quotes.
    #[schema(value_type = Vec<Object>)]
    contradictions: Vec<Contradiction>,
    /// `cursor` of the next page; null at the end.
    next: Option<String>,
}

/// What documents say against each other, and claims of record.
#[utoipa::path(
    get, path = "/api/v1/contradictions", tag = "ledgers",
    params(
        ("kind" = Option<String>, Query, description = "date, figure, not_held, record_claim"),
        ("verdict" = Option<String>, Query,
            description = "differ, not_shown, refuted, supported, unchecked"),
        ("issue" = Option<String>, Query, description = "Issue id"),
        ("channel" = Option<String>, Query, description = "Channel id"),
        ("limit" = Option<u64>, Query, description = "Length of a page, 1 to 200"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, body = Against),
        (status = 503, description = "They are being worked out", body = Problem,
            content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn contradictions(
    Shared(app): Shared<App>,
    asked: Asked,
) -> Result<Response, Problem> {
    asked.only(&[&contradictions::ASKED, &["limit", "cursor"]])?;
    let (filter, skip, size) = contradictions::question(&asked, 200)?;
    let state = state(&app, &asked).await?;
    let list = app
        .ask(&asked.viewer, move |record, _| {
            let (contradictions, total) =
                state.contradictions(record, &filter, skip, size as usize)?;
            let given = skip.saturating_add(size);
            Ok(Against {
                total,
                contradictions,
                next: (given < total).then(|| given.to_string()),
            })
        })
        .await?;
    answer::json(&asked, &list)
}
