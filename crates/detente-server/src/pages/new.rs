//! What was read since a moment, such as the last visit.

use axum::{extract::State, response::Response};
use serde::Serialize;

use super::{Item, items, page};
use crate::{answer, app::App, asked::Asked, problem::Problem};

/// Facts in the order in which they were read.
#[derive(Debug, Serialize)]
pub(crate) struct New {
    /// The row of the last fact that is not among them.
    after: i64,
    facts: Vec<Item>,
    /// `after` of what follows; null at the end.
    next: Option<String>,
}

page!(New, "new.html");

/// Facts of a page.
const SIZE: u64 = 30;

pub(crate) async fn new(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&["after", "limit", "lang"]])?;
    let after = asked.number("after", 0, i64::MAX as u64)?.unwrap_or(0) as i64;
    let size = asked.number("limit", 1, 100)?.unwrap_or(SIZE) as usize;
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let mut entries = record.facts_after(after, size + 1)?;
            let more = entries.len() > size;
            entries.truncate(size);
            let last = entries.last().filter(|_| more);
            let next = last.map(|entry| entry.fact_id.to_string());
            Ok(New {
                after,
                facts: items(entries),
                next,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
