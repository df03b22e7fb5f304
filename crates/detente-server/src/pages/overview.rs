//! The overview of a dyad.

use axum::{extract::State, response::Response};
use detente_extract::Kind;
use detente_record::{Facet, Filter, Months, Record, Term};
use jiff::civil::Date;
use serde::Serialize;

use super::{EventItem, Item, items, page};
use crate::{
    answer::{self, set_cookie},
    app::App,
    asked::Asked,
    chart,
    pages::timeline::{self, LaneSums},
    problem::Problem,
    shell::Shell,
};

/// Sums that are kept until the record changes.
#[derive(Debug)]
pub(crate) struct Sums {
    pub(crate) size: detente_record::Size,
    months: Vec<Months>,
}

pub(crate) fn sums(record: &Record) -> Result<Sums, Problem> {
    Ok(Sums {
        size: record.size()?,
        months: record.event_months()?,
    })
}

/// The overview.
#[derive(Debug, Serialize)]
pub(crate) struct Overview {
    dyad: String,
    documents: u64,
    facts: u64,
    events: u64,
    /// First and last day of what is told.
    from: Option<Date>,
    to: Option<Date>,
    months: Vec<Months>,
    channels: Vec<LaneSums>,
    issues: Vec<Term>,
    actors: Vec<Term>,
    latest: Vec<EventItem>,
    commitments: Vec<Item>,
    polls: Vec<Item>,
    /// Facts read since the last visit (up to 500).
    fresh: u64,
    fresh_items: Vec<Item>,
    newest: i64,
}

page!(Overview, "overview.html");

impl Overview {
    fn chart(&self, c: &Shell<'_>) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => chart::bars(c, &self.months, from, to),
            _ => String::new(),
        }
    }

    fn strip(&self, c: &Shell<'_>) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => {
                let lanes = timeline::sum_lanes(c, "channel", &self.channels);
                chart::lanes(c, c.t("overview.channels"), &lanes, from, to)
            }
            _ => String::new(),
        }
    }
}

/// Facts since the last visit that are counted.
const FRESH: usize = 500;

pub(crate) async fn overview(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let sums = app.sums.get(&app, &asked.viewer, sums).await?;
    let seen = asked.cookie("seen").and_then(|text| {
        let (row, minute) = text.split_once('.')?;
        Some((row.parse::<i64>().ok()?, minute.parse::<i64>().ok()?))
    });
    let dyad = app.dyad.clone();
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let span = timeline::span(record)?;
            let newest_of = |kind| {
                let filter = Filter {
                    kinds: vec![kind],
                    dated: true,
                    limit: Some(4),
                    ..Filter::default()
                };
                record
                    .page(&filter, None, true)
                    .map(|page| items(page.entries))
            };
            let fresh = match seen {
                Some((row, _)) => record.facts_after(row, FRESH)?,
                None => Vec::new(),
            };
            let number = fresh.len() as u64;
            Ok(Overview {
                dyad,
                documents: sums.size.documents,
                facts: record.term(Facet::All, "")?,
                events: sums.size.events,
                from: span.map(|span| span.0),
                to: span.map(|span| span.1),
                months: sums.months.clone(),
                channels: timeline::lane_sums(record, Facet::Channel, 10, span)?,
                issues: record.terms(Facet::Issue, 14)?,
                actors: record.terms(Facet::Actor, 14)?,
                latest: record
                    .event_page(None, 8)?
                    .into_iter()
                    .map(EventItem::from)
                    .collect(),
                commitments: newest_of(Kind::Commitment)?,
                polls: newest_of(Kind::Poll)?,
                fresh: number,
                fresh_items: items(fresh.into_iter().rev().take(5).collect()),
                newest: record.newest_fact()?,
            })
        })
        .await?;
    let mut response = answer::page(&app, &asked, &view)?;
    // A visit ends half an hour after its beginning: until then "new" stays as it was.
    let minute = jiff::Timestamp::now().as_second() / 60;
    if seen.is_none_or(|(_, last)| minute - last > 30) && !asked.json {
        let cookie = format!(
            "seen={}.{minute}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
            view.newest
        );
        set_cookie(&mut response, &cookie);
    }
    Ok(response)
}
