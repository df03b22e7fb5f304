//! What documents say against each other, and claims of record with what the record says to them.

use axum::{extract::State as Shared, response::Response};
use detente_record::{Contradiction, LedgerFilter};
use serde::Serialize;

use super::page;
use crate::{answer, app::App, asked::Asked, problem::Problem, shell::Shell};

/// One page of them.
#[derive(Debug, Serialize)]
pub(crate) struct Contradictions {
    total: u64,
    entries: Vec<Contradiction>,
    /// `cursor` of the next page.
    next: Option<String>,
    #[serde(skip)]
    kind: String,
}

page!(Contradictions, "contradictions.html");

/// Kinds: of the date, of a figure, of an act that never shows; claims of record.
pub(crate) const KINDS: [&str; 4] = ["date", "figure", "not_held", "record_claim"];

/// Verdicts.
pub(crate) const VERDICTS: [&str; 5] = ["differ", "not_shown", "refuted", "supported", "unchecked"];

/// Parameters.
pub(crate) const ASKED: [&str; 4] = ["kind", "verdict", "issue", "channel"];

/// Entries of a page.
const SHOWN: u64 = 20;

impl Contradictions {
    /// Kinds: name, chosen, address.
    fn kinds(&self, c: &Shell<'_>) -> Vec<(String, bool, String)> {
        let mut kinds = vec![(
            c.t("all").to_owned(),
            self.kind.is_empty(),
            c.with("kind", ""),
        )];
        for kind in KINDS {
            kinds.push((
                c.v("contradiction", kind),
                self.kind == kind,
                c.with("kind", kind),
            ));
        }
        kinds
    }
}

/// What is asked, how many are passed over, how many are given.
pub(crate) fn question(asked: &Asked, most: u64) -> Result<(LedgerFilter, u64, u64), Problem> {
    let text = |name: &str| asked.value(name).map(str::to_owned);
    let filter = LedgerFilter {
        kinds: asked.among("kind", &KINDS)?,
        statuses: asked.among("verdict", &VERDICTS)?,
        issue: text("issue"),
        channel: text("channel"),
        ..LedgerFilter::default()
    };
    let skip = asked.number("cursor", 0, i64::MAX as u64)?.unwrap_or(0);
    let size = asked.number("limit", 1, most)?.unwrap_or(SHOWN);
    Ok((filter, skip, size))
}

pub(crate) async fn contradictions(
    Shared(app): Shared<App>,
    asked: Asked,
) -> Result<Response, Problem> {
    asked.only(&[&ASKED, &["limit", "cursor", "lang"]])?;
    let (filter, skip, size) = question(&asked, 100)?;
    let kind = asked.value("kind").unwrap_or_default().to_owned();
    let state = app.state(&asked.viewer).await?.ok_or_else(soon)?;
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let (entries, total) = state.contradictions(record, &filter, skip, size as usize)?;
            let given = skip.saturating_add(size);
            Ok(Contradictions {
                total,
                entries,
                next: (given < total).then(|| given.to_string()),
                kind,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}

/// The list is being made for the first time.
pub(crate) fn soon() -> Problem {
    Problem::busy("this is being worked out for the first time").hint("ask again in a moment")
}

/// One of them.
#[derive(Debug, Serialize)]
pub(crate) struct ContradictionView {
    #[serde(flatten)]
    entry: Contradiction,
}

page!(ContradictionView, "contradiction.html");

pub(crate) async fn contradiction(
    Shared(app): Shared<App>,
    asked: Asked,
) -> Result<Response, Problem> {
    let id = asked.tail.clone();
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let entry = record.contradiction(&id)?;
            let entry = entry.ok_or_else(|| Problem::absent("contradiction"))?;
            Ok(ContradictionView { entry })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
