//! The timeline: lanes by issue, channel or actor.

use axum::{extract::State, response::Response};
use detente_extract::Kind;
use detente_record::{Entry, Facet, Record};
use jiff::{ToSpan, civil::Date};
use serde::Serialize;

use super::{Item, items, page};
use crate::{
    answer,
    app::App,
    asked::{Asked, FILTER},
    chart::{self, Lane, Look},
    links,
    problem::Problem,
    shell::Shell,
};

/// How many facts of a value begin in each month.
#[derive(Debug, Serialize)]
pub(crate) struct LaneSums {
    pub(crate) value: String,
    pub(crate) facts: u64,
    /// Month such as 201208, and number.
    pub(crate) months: Vec<(i64, u64)>,
}

/// A lane of the timeline.
#[derive(Debug, Serialize)]
struct TimeLane {
    value: String,
    /// All facts of the value, whenever.
    facts: u64,
    /// Facts in the time shown, each drawn.
    items: Vec<Item>,
    /// Instead, where there are too many: month and number.
    months: Vec<(i64, u64)>,
}

/// The timeline.
#[derive(Debug, Serialize)]
pub(crate) struct Timeline {
    by: &'static str,
    from: Date,
    to: Date,
    lanes: Vec<TimeLane>,
    /// False: too many to draw each; the lanes say how many.
    each: bool,
    #[serde(skip)]
    kind: String,
    #[serde(skip)]
    all: Option<(Date, Date)>,
}

page!(Timeline, "timeline.html");

/// Lanes shown.
const LANES: usize = 12;

/// Facts that are drawn in all lanes together: what a page of moderate weight can hold.
const DRAWN: usize = 220;

/// From the first to the last day on which a document was written; else on which an event began.
pub(crate) fn span(record: &Record) -> Result<Option<(Date, Date)>, Problem> {
    let day = |text: &str| text.parse::<Date>().ok();
    let span = match record.document_span()? {
        Some(span) => Some(span),
        None => record.event_span()?,
    };
    Ok(span.and_then(|(from, to)| Some((day(&from)?, day(&to)?))))
}

fn month_number(date: Date) -> i64 {
    i64::from(date.year()) * 100 + i64::from(date.month())
}

fn month_start(month: i64) -> Option<Date> {
    Date::new((month / 100) as i16, (month % 100) as i8, 1).ok()
}

/// Sums of the most frequent values of a facet.
pub(crate) fn lane_sums(
    record: &Record,
    facet: Facet,
    number: usize,
    span: Option<(Date, Date)>,
) -> Result<Vec<LaneSums>, Problem> {
    let Some((from, to)) = span else {
        return Ok(Vec::new());
    };
    let mut sums = Vec::new();
    for term in record.terms(facet, number)? {
        let months = record.months(facet, &term.value, month_number(from), month_number(to))?;
        sums.push(LaneSums {
            value: term.value,
            facts: term.facts,
            months,
        });
    }
    Ok(sums)
}

/// Marks that all lanes together may have: what a page of moderate weight can hold.
const MARKS: usize = 400;

/// Months that are put together into one mark, so that there are not too many marks.
fn step<'m>(lanes: impl Iterator<Item = &'m [(i64, u64)]> + Clone) -> i64 {
    [1, 3, 6, 12, 24, 60, 120]
        .into_iter()
        .find(|step| {
            let marks = lanes.clone().map(|months| {
                let mut marks: Vec<i64> = months
                    .iter()
                    .map(|(month, _)| index(*month) / step)
                    .collect();
                marks.dedup();
                marks.len()
            });
            marks.sum::<usize>() <= MARKS
        })
        .unwrap_or(240)
}

/// Months from year 0 on.
fn index(month: i64) -> i64 {
    (month / 100) * 12 + month % 100 - 1
}

/// Puts months together.
fn stretches(months: &[(i64, u64)], step: i64) -> Vec<(Date, Date, u64)> {
    let mut out: Vec<(Date, Date, u64)> = Vec::new();
    for (month, facts) in months {
        let first = index(*month) - index(*month).rem_euclid(step);
        let Some(start) = month_start(first.div_euclid(12) * 100 + first.rem_euclid(12) + 1) else {
            continue;
        };
        match out.last_mut().filter(|last| last.0 == start) {
            Some(last) => last.2 += facts,
            None => {
                let end = start.saturating_add(step.months()).yesterday();
                out.push((start, end.unwrap_or(start), *facts));
            }
        }
    }
    out
}

/// Lanes that say how many.
pub(crate) fn sum_lanes(c: &Shell<'_>, facet: &str, sums: &[LaneSums]) -> Vec<Lane> {
    let step = step(sums.iter().map(|lane| lane.months.as_slice()));
    sums.iter()
        .map(|lane| summed(c, facet, &lane.value, &lane.months, step))
        .collect()
}

fn summed(c: &Shell<'_>, facet: &str, value: &str, months: &[(i64, u64)], step: i64) -> Lane {
    Lane {
        name: c.named(facet, value),
        href: c.to(facet, value),
        items: Vec::new(),
        sums: stretches(months, step)
            .into_iter()
            .map(|(first, last, facts)| {
                let (from, to) = (first.to_string(), last.to_string());
                let (from, to) = (&from[..from.len() - 3], &to[..to.len() - 3]);
                let query = [(facet, value), ("from", from), ("to", to)];
                (first, last, facts, links::with_query("/search", &query))
            })
            .collect(),
    }
}

impl Timeline {
    fn chart(&self, c: &Shell<'_>) -> String {
        let step = step(self.lanes.iter().map(|lane| lane.months.as_slice()));
        let lanes: Vec<Lane> = self
            .lanes
            .iter()
            .map(|lane| {
                if !self.each {
                    return summed(c, self.by, &lane.value, &lane.months, step);
                }
                Lane {
                    name: c.named(self.by, &lane.value),
                    href: c.to(self.by, &lane.value),
                    items: lane
                        .items
                        .iter()
                        .filter_map(|item| drawn(c, item))
                        .collect(),
                    sums: Vec::new(),
                }
            })
            .collect();
        chart::lanes(c, c.t("timeline.title"), &lanes, self.from, self.to)
    }

    /// Addresses of other times: name of the string, address.
    fn moves(&self) -> Vec<(&'static str, String)> {
        let days = (self.to.duration_since(self.from).as_hours() / 24 + 1).clamp(1, 400_000);
        let by = |date: Date, days: i64| date.saturating_add(days.days());
        let link = |from: Date, to: Date| {
            let (from, to) = (from.to_string(), to.to_string());
            let query = [
                ("by", self.by),
                ("kind", self.kind.as_str()),
                ("from", &from),
                ("to", &to),
            ];
            links::with_query("/timeline", &query)
        };
        let quarter = (days / 4).max(1);
        let mut moves = vec![
            (
                "timeline.earlier",
                link(by(self.from, -days / 2 - 1), by(self.to, -days / 2 - 1)),
            ),
            (
                "timeline.later",
                link(by(self.from, days / 2 + 1), by(self.to, days / 2 + 1)),
            ),
        ];
        if days > 4 {
            moves.push((
                "timeline.closer",
                link(by(self.from, quarter), by(self.to, -quarter)),
            ));
        }
        moves.push((
            "timeline.wider",
            link(by(self.from, -days / 2), by(self.to, days / 2)),
        ));
        if let Some((from, to)) = self.all {
            moves.push(("timeline.all", link(from, to)));
        }
        moves
    }
}

/// A fact as it is drawn.
fn drawn(c: &Shell<'_>, item: &Item) -> Option<chart::Item> {
    let fact = &item.fact;
    let date = fact.date?;
    let quote: String = fact.quote.chars().take(70).collect();
    Some(chart::Item {
        href: links::fact(&fact.id),
        title: format!(
            "{} · {} · {}: {quote}",
            c.date(&date),
            c.v("kind", fact.kind.as_str()),
            c.v("modality", fact.modality.as_str())
        ),
        date,
        look: Look {
            modality: fact.modality,
            quad: fact.quad.filter(|_| fact.kind == Kind::Event),
        },
    })
}

pub(crate) async fn timeline(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let (by, facet) = match asked.value("by") {
        Some("issue") => ("issue", Facet::Issue),
        Some("actor") => ("actor", Facet::Actor),
        None | Some("channel") => ("channel", Facet::Channel),
        Some(other) => {
            return Err(Problem::bad(format!(
                "`by` is `{other}`; it must be issue, channel or actor"
            )));
        }
    };
    asked.only(&[&FILTER, &["by", "lang"]])?;
    let mut filter = asked.filter()?;
    if filter.kinds.is_empty() {
        filter.kinds = vec![Kind::Event];
    }
    let kind = asked.value("kind").unwrap_or_default().to_owned();
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let all = span(record)?;
            let (first, last) =
                all.unwrap_or((Date::constant(2000, 1, 1), Date::constant(2000, 12, 31)));
            let from = filter.from.unwrap_or(first);
            let to = filter.to.unwrap_or(last).max(from);
            filter.from = Some(from);
            filter.to = Some(to);
            let chosen = match facet {
                Facet::Issue => filter.issue.clone(),
                Facet::Channel => filter.channel.clone(),
                _ => filter.actor.clone(),
            };
            let values: Vec<(String, u64)> = match chosen {
                Some(value) => vec![(value.clone(), record.term(facet, &value)?)],
                None => record
                    .terms(facet, LANES)?
                    .into_iter()
                    .map(|term| (term.value, term.facts))
                    .collect(),
            };
            let of = |value: &str| {
                let mut filter = filter.clone();
                match facet {
                    Facet::Issue => filter.issue = Some(value.to_owned()),
                    Facet::Channel => filter.channel = Some(value.to_owned()),
                    _ => filter.actor = Some(value.to_owned()),
                }
                filter
            };
            let mut room = DRAWN + 1;
            for (value, _) in &values {
                room -= record.count_up_to(&of(value), room)?;
                if room == 0 {
                    break;
                }
            }
            let each = room > 0;
            let mut lanes = Vec::new();
            for (value, facts) in values {
                let mut lane = TimeLane {
                    months: Vec::new(),
                    items: Vec::new(),
                    value,
                    facts,
                };
                if each {
                    let mut filter = of(&lane.value);
                    filter.limit = Some(DRAWN as u64);
                    lane.items = items(once(record.page(&filter, None, false)?.entries));
                } else {
                    lane.months =
                        record.months(facet, &lane.value, month_number(from), month_number(to))?;
                }
                lanes.push(lane);
            }
            Ok(Timeline {
                by,
                from,
                to,
                lanes,
                each,
                kind,
                all,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}

/// Each merged event once, with its first report; copies left out.
fn once(entries: Vec<Entry>) -> Vec<Entry> {
    let mut met = std::collections::HashSet::new();
    entries
        .into_iter()
        .filter(|entry| {
            entry.duplicate_of.is_none()
                && entry
                    .event
                    .as_ref()
                    .is_none_or(|event| met.insert(event.clone()))
        })
        .collect()
}
