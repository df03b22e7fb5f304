//! A month of the index: what made its point.

use axum::{extract::State as Shared, response::Response};
use detente_measure::{Break, Month, Point};
use serde::Serialize;

use super::{EventItem, Item, page};
use crate::{answer, app::App, asked::Asked, chart, links, problem::Problem, shell::Shell};

/// A month.
#[derive(Debug, Serialize)]
pub(crate) struct MonthView {
    month: Month,
    /// `null`: outside of the time that is told of.
    point: Option<Point>,
    change: Option<Break>,
    /// The events that count, this part of them.
    events: Vec<EventItem>,
    /// Facts that count and are not yet merged.
    facts: Vec<Item>,
    polls: Vec<Figure>,
    /// This part, and how many there are.
    part: u64,
    parts: u64,
    /// The months with reports before and after.
    before: Option<Month>,
    after: Option<Month>,
}

/// A poll figure of the month.
#[derive(Debug, Serialize)]
struct Figure {
    name: String,
    date: String,
    value: f64,
    unit: Option<String>,
    facts: Vec<String>,
}

page!(MonthView, "month.html");

/// Events of a part.
const SHOWN: usize = 40;

impl MonthView {
    fn name(&self, c: &Shell<'_>) -> String {
        c.date_text(&self.month.to_string())
    }

    fn to(&self, month: &Month) -> String {
        links::month(*month)
    }

    fn number(&self, value: &f64) -> String {
        format!("{value:.1}").replace('-', "−")
    }

    fn percent(&self, share: &f64) -> String {
        format!("{:.0}", share * 100.0)
    }
}

pub(crate) async fn month(Shared(app): Shared<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&["part", "lang"]])?;
    let month: Month = asked
        .tail
        .parse()
        .map_err(|_| Problem::absent("month").hint("months are written as 2019-07"))?;
    let part = asked.number("part", 1, 1_000_000)?.unwrap_or(1);
    let state = app
        .state(&asked.viewer)
        .await?
        .ok_or_else(super::contradictions::soon)?;
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let points = state.points();
            let point = points.iter().find(|p| p.month == month).cloned();
            let told = || points.iter().filter(|p| p.mean.is_some());
            let ids = point.as_ref().map_or(&[][..], |p| &p.event_ids);
            let (mut events, mut facts) = (Vec::new(), Vec::new());
            let skip = (part as usize - 1).saturating_mul(SHOWN);
            for id in ids.iter().skip(skip).take(SHOWN) {
                match record.event(id)? {
                    Some((event, _)) => events.push(EventItem::from(event)),
                    None => facts.extend(record.fact(id)?.map(|found| found.entry.into())),
                }
            }
            let mut polls = Vec::new();
            for series in &state.polls {
                for figure in series.points.iter().filter(|p| p.month == month) {
                    polls.push(Figure {
                        name: chart::poll_name(series),
                        date: figure.date.clone(),
                        value: figure.value,
                        unit: series.unit.clone(),
                        facts: figure.facts.clone(),
                    });
                }
            }
            polls.truncate(SHOWN);
            Ok(MonthView {
                month,
                parts: ids.len().div_ceil(SHOWN).max(1) as u64,
                change: state.changes.iter().find(|c| c.month == month).cloned(),
                events,
                facts,
                polls,
                part,
                before: told().rev().find(|p| p.month < month).map(|p| p.month),
                after: told().find(|p| p.month > month).map(|p| p.month),
                point,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
