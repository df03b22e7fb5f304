//! The overview of a dyad.

use std::sync::Arc;

use axum::{
    extract::{Request, State as Shared},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use detente_measure::{Break, Month, Point, PollSeries, drawn_polls};
use detente_record::{Facet, StatusSum, Term, Undertaking};
use serde::Serialize;

use super::{EventItem, Item, items, page};
use crate::{
    answer::{self, set_cookie},
    app::App,
    asked::{self, Asked},
    chart, links,
    problem::Problem,
    shell::Shell,
    state::{self, Course, State},
    words::number,
};

/// The overview.
#[derive(Debug, Serialize)]
pub(crate) struct Overview {
    dyad: String,
    documents: u64,
    facts: u64,
    events: u64,
    /// What is measured; `null` while it is being worked out for the first time.
    state: Option<Measured>,
    /// The state is that of a moment ago; documents have come since.
    behind: bool,
    issues: Vec<Term>,
    actors: Vec<Term>,
    latest: Vec<EventItem>,
    /// Facts read since the last visit (up to 500).
    fresh: u64,
    /// Where all of them are told.
    fresh_page: Option<String>,
    fresh_items: Vec<Item>,
}

/// What is measured, from one month to another.
#[derive(Debug, Serialize)]
struct Measured {
    #[serde(flatten)]
    span: Option<Span>,
    /// Share of replicates that the band holds.
    level: f64,
    points: Vec<Point>,
    changes: Vec<Break>,
    polls: Vec<PollSeries>,
    channels: Vec<Course>,
    undertakings: Vec<StatusSum>,
    overdue: Vec<Undertaking>,
    open: Vec<Undertaking>,
    #[serde(skip)]
    whole: Arc<State>,
}

/// The time that is shown.
#[derive(Clone, Copy, Debug, Serialize)]
struct Span {
    from: Month,
    to: Month,
    /// First and last month of the index.
    first: Month,
    last: Month,
}

page!(Overview, "overview.html");

/// Months with reports that the chart of a page of moderate weight can hold.
const MONTHS: usize = 120;

impl Measured {
    fn of(whole: Arc<State>, asked: (Option<Month>, Option<Month>)) -> Self {
        let points = whole.points();
        let first = points.first().map(|p| p.month);
        let last = points.last().map(|p| p.month);
        let span = first.zip(last).map(|(first, last)| {
            let to = asked.1.unwrap_or(last).clamp(first, last);
            let told = |p: &&Point| p.mean.is_some();
            let newest = points.iter().rev().filter(|p| p.month <= to).filter(told);
            let earliest = newest.take(MONTHS).last().map_or(first, |p| p.month);
            let from = asked.0.unwrap_or(first).max(earliest).min(to);
            Span {
                from,
                to,
                first,
                last,
            }
        });
        let within = |month: Month| span.is_some_and(|s| s.from <= month && month <= s.to);
        let points = points.iter().filter(|p| within(p.month));
        let changes = whole.changes.iter().filter(|c| within(c.month));
        let polls = span.map_or_else(Vec::new, |s| drawn_polls(&whole.polls, s.from, s.to));
        Self {
            span,
            level: whole.series.as_ref().map_or(0.0, |s| s.level),
            points: points.cloned().collect(),
            changes: changes.cloned().collect(),
            polls,
            channels: whole.channels.clone(),
            undertakings: whole.undertakings.clone(),
            overdue: whole.overdue.clone(),
            open: whole.open.clone(),
            whole,
        }
    }

    fn chart(&self, c: &Shell<'_>) -> String {
        self.span.map_or_else(String::new, |span| {
            chart::index(c, &self.whole, &self.polls, (span.from, span.to))
        })
    }

    fn strip(&self, c: &Shell<'_>) -> String {
        let most = self.channels.len().min(CHANNELS);
        chart::strip(c, c.t("overview.channels"), &self.channels[..most])
    }

    fn has_band(&self) -> bool {
        self.points.iter().any(|p| p.mean_band.is_some())
    }

    fn percent(&self) -> String {
        format!("{:.0}", self.level * 100.0)
    }

    /// Times before and after this one, where the chart does not hold all months.
    fn moves(&self) -> Vec<(&'static str, String)> {
        let link = |from: Month, to: Month| {
            links::with_query("/", &[("from", &from.to_string()), ("to", &to.to_string())])
        };
        let mut moves = Vec::new();
        let Some(span) = self.span else { return moves };
        let length = span.to.number() - span.from.number();
        if span.from > span.first {
            let to = span.from.plus(-1);
            moves.push(("timeline.earlier", link(to.plus(-length), to)));
        }
        if span.to < span.last {
            let from = span.to.plus(1);
            moves.push(("timeline.later", link(from, from.plus(length))));
        }
        moves
    }

    /// Promises and agreements that are still to be kept.
    fn waiting(&self) -> String {
        number(self.whole.sum(&["commitment", "agreement"], &state::OPEN))
    }
}

/// Channels of the strip.
const CHANNELS: usize = 14;

/// Facts since the last visit that are counted.
const FRESH: usize = 500;

pub(crate) async fn overview(Shared(app): Shared<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&["from", "to", "lang"]])?;
    let times = (asked.month("from")?, asked.month("to")?);
    let size = app.size(&asked.viewer).await?;
    let state = app.state(&asked.viewer).await?;
    let behind = app.is_state_behind()?;
    let pending = state.is_none();
    let seen = seen(&asked.headers);
    let dyad = app.dyad.clone();
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let fresh = match seen {
                Some((row, _)) => record.facts_after(row, FRESH)?,
                None => Vec::new(),
            };
            let number = fresh.len() as u64;
            Ok(Overview {
                dyad,
                documents: size.documents,
                facts: record.term(Facet::All, "")?,
                events: size.events,
                state: state.map(|state| Measured::of(state, times)),
                behind,
                issues: record.terms(Facet::Issue, 14)?,
                actors: record.terms(Facet::Actor, 14)?,
                latest: record
                    .event_page(None, 8)?
                    .into_iter()
                    .map(EventItem::from)
                    .collect(),
                fresh: number,
                fresh_page: seen
                    .map(|(row, _)| links::with_query("/new", &[("after", &row.to_string())])),
                fresh_items: items(fresh.into_iter().rev().take(5).collect()),
            })
        })
        .await?;
    let mut response = answer::page(&app, &asked, &view)?;
    if pending {
        answer::passing(&mut response);
    }
    Ok(response)
}

/// When the browser was here last: the newest fact then, and the minute.
fn seen(headers: &HeaderMap) -> Option<(i64, i64)> {
    let (row, minute) = asked::cookie(headers, "seen")?.split_once('.')?;
    Some((row.parse().ok()?, minute.parse().ok()?))
}

/// Notes a visit of the overview in a cookie. A visit ends half an hour after its beginning: until
/// then "new" stays as it was.
pub(crate) async fn visited(Shared(app): Shared<App>, request: Request, next: Next) -> Response {
    let here = request.uri().path() == "/";
    let last = seen(request.headers());
    let mut response = next.run(request).await;
    let minute = jiff::Timestamp::now().as_second() / 60;
    if here
        && response.status().is_success()
        && last.is_none_or(|(_, last)| minute - last > 30)
        && let Ok(newest) = app.newest()
    {
        let cookie =
            format!("seen={newest}.{minute}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
        set_cookie(&mut response, &cookie);
    }
    response
}
