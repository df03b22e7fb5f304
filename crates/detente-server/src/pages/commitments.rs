//! The ledger of undertakings: what was promised, proposed, agreed and decreed, and what became of it.

use axum::{extract::State as Shared, response::Response};
use detente_codebook::ledger::UNDERTAKING_STATUSES;
use detente_record::{CommitmentEntry, LedgerFilter, StatusSum, Undertaking};
use serde::Serialize;

use super::page;
use crate::{answer, app::App, asked::Asked, links, problem::Problem, shell::Shell, words::number};

/// One page of the ledger.
#[derive(Debug, Serialize)]
pub(crate) struct Commitments {
    /// How many have which status; `null` while that is being worked out for the first time.
    sums: Option<Vec<StatusSum>>,
    entries: Vec<Undertaking>,
    /// `cursor` of the next page.
    next: Option<String>,
    #[serde(skip)]
    kind: String,
    #[serde(skip)]
    status: String,
    #[serde(skip)]
    overdue: bool,
}

page!(Commitments, "commitments.html");

/// Kinds of undertakings.
pub(crate) const KINDS: [&str; 4] = ["commitment", "agreement", "proposal", "measure"];

/// Parameters of the ledger.
pub(crate) const ASKED: [&str; 8] = [
    "kind", "status", "actor", "issue", "channel", "from", "to", "overdue",
];

/// What is asked of the ledger.
pub(crate) fn filter(asked: &Asked) -> Result<LedgerFilter, Problem> {
    let text = |name: &str| asked.value(name).map(str::to_owned);
    Ok(LedgerFilter {
        kinds: asked.among("kind", &KINDS)?,
        statuses: asked.among("status", UNDERTAKING_STATUSES)?,
        actor: text("actor"),
        issue: text("issue"),
        channel: text("channel"),
        from: asked.filter_from()?,
        to: asked.filter_to()?,
        overdue: asked.flag("overdue")?,
        ..LedgerFilter::default()
    })
}

impl Commitments {
    /// Kinds with their addresses: key, chosen, address, number.
    fn kinds(&self, c: &Shell<'_>) -> Vec<(String, bool, String, String)> {
        let number_of = |kind: &str| {
            self.sums.as_ref().map_or_else(String::new, |sums| {
                let of = sums
                    .iter()
                    .filter(|sum| kind.is_empty() || sum.kind == kind);
                number(of.map(|sum| sum.entries).sum())
            })
        };
        let mut kinds = vec![(
            c.t("all").to_owned(),
            self.kind.is_empty(),
            c.with("kind", ""),
            number_of(""),
        )];
        for kind in KINDS {
            kinds.push((
                c.v("ledgers", kind),
                self.kind == kind,
                c.with("kind", kind),
                number_of(kind),
            ));
        }
        kinds
    }

    /// Statuses that the form offers.
    fn statuses(&self) -> impl Iterator<Item = &'static str> {
        UNDERTAKING_STATUSES.iter().copied()
    }
}

/// Entries of a page.
const SHOWN: u64 = 30;

pub(crate) async fn commitments(
    Shared(app): Shared<App>,
    asked: Asked,
) -> Result<Response, Problem> {
    asked.only(&[&ASKED, &["limit", "cursor", "lang"]])?;
    let filter = filter(&asked)?;
    let size = asked.number("limit", 1, 100)?.unwrap_or(SHOWN) as usize;
    let after = asked.value("cursor").map(str::to_owned);
    let state = app.state(&asked.viewer).await?;
    let text = |name: &str| asked.value(name).unwrap_or_default().to_owned();
    let (kind, status, overdue) = (text("kind"), text("status"), filter.overdue);
    let pending = state.is_none();
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let (entries, next) = record.undertakings(&filter, after.as_deref(), size)?;
            Ok(Commitments {
                sums: state.map(|state| state.undertakings.clone()),
                entries,
                next,
                kind,
                status,
                overdue,
            })
        })
        .await?;
    let mut response = answer::page(&app, &asked, &view)?;
    if pending {
        answer::passing(&mut response);
    }
    Ok(response)
}

/// One undertaking with all that is known of it.
#[derive(Debug, Serialize)]
pub(crate) struct CommitmentView {
    #[serde(flatten)]
    entry: CommitmentEntry,
}

page!(CommitmentView, "commitment.html");

impl CommitmentView {
    fn channel(&self, c: &Shell<'_>) -> Option<(String, String)> {
        let id = self.entry.channel.as_ref()?;
        Some((links::channel(id), c.channel(id).to_owned()))
    }
}

pub(crate) async fn commitment(
    Shared(app): Shared<App>,
    asked: Asked,
) -> Result<Response, Problem> {
    let id = asked.tail.clone();
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let entry = one(record, &id)?;
            Ok(CommitmentView { entry })
        })
        .await?;
    answer::page(&app, &asked, &view)
}

/// The undertaking of that id.
pub(crate) fn one(record: &detente_record::Record, id: &str) -> Result<CommitmentEntry, Problem> {
    let plain = !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric());
    let entry = if plain { record.commitment(id)? } else { None };
    entry.ok_or_else(|| Problem::absent("commitment"))
}
