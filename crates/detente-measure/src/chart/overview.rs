//! The chart of an index, as overview, brief and command line show it.

use super::{Change, Line, LineChart, LinePoint, PollLine, PollMark};
use crate::{Break, Direction, Month, PollSeries, Series};

/// What the words of the chart are about, and where its marks lead.
pub struct Overview<'a> {
    /// Id in the page.
    pub id: &'a str,
    /// First and second member of the dyad.
    pub dyad: (&'a str, &'a str),
    /// Link of a month's point, of a change, or of a poll figure, from the ids of its facts.
    pub href: &'a dyn Fn(Month, &[String]) -> Option<String>,
}

impl Overview<'_> {
    /// The chart of one or more directions, with changes and polls.
    pub fn chart(&self, series: &[Series], changes: &[Break], polls: &[PollSeries]) -> LineChart {
        let (a, b) = self.dyad;
        let level = series.first().map_or(0.9, |s| s.level) * 100.0;
        LineChart {
            id: self.id.to_owned(),
            title: format!("{a}–{b}: what was done, month by month"),
            description: describe(series, changes),
            span: span(series),
            range: Some((-10.0, 10.0)),
            axis: format!("mean PLOVER intensity of the month's events, with a {level:.0} % band"),
            ends: ("cooperation".to_owned(), "conflict".to_owned()),
            lines: match series {
                [joint] => vec![self.line(joint), state(joint)],
                _ => series.iter().map(|s| self.line(s)).collect(),
            },
            polls: polls.iter().map(|p| self.poll(p)).collect(),
            changes: changes
                .iter()
                .map(|c| Change {
                    month: c.month,
                    probability: c.probability,
                    href: (self.href)(c.month, &c.facts),
                    label: format!("level from {} to {}", c.before, c.after),
                })
                .collect(),
            change_name: "change of level".to_owned(),
        }
    }

    fn line(&self, series: &Series) -> Line {
        let (a, b) = self.dyad;
        Line {
            name: match series.direction {
                Direction::Joint => format!("{a} and {b}"),
                Direction::Forward => format!("{a} → {b}"),
                Direction::Back => format!("{b} → {a}"),
            },
            smooth: false,
            points: series
                .points
                .iter()
                .filter_map(|p| {
                    let value = p.mean?;
                    let band = p
                        .mean_band
                        .map_or_else(String::new, |i| format!(" ({} to {})", i.low, i.high));
                    Some(LinePoint {
                        month: p.month,
                        value,
                        band: p.mean_band.map(|i| (i.low, i.high)),
                        href: (self.href)(p.month, &p.facts),
                        label: format!("{}: {value}{band}, events: {}", p.month, p.events),
                    })
                })
                .collect(),
        }
    }

    fn poll(&self, poll: &PollSeries) -> PollLine {
        let parts = [&poll.population, &poll.answer, &poll.pollster];
        let name: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let name = name.join(", ");
        PollLine {
            points: poll
                .points
                .iter()
                .map(|p| PollMark {
                    month: p.month,
                    value: p.value,
                    href: (self.href)(p.month, &p.facts),
                    label: format!("{name}, {}: {} %", p.date, p.value),
                })
                .collect(),
            name,
        }
    }
}

/// The state with its half-life.
fn state(series: &Series) -> Line {
    let points = series.points.iter().filter_map(|p| {
        Some(LinePoint {
            month: p.month,
            value: p.state?,
            band: None,
            href: None,
            label: String::new(),
        })
    });
    Line {
        name: "state (earlier months weigh less)".to_owned(),
        smooth: true,
        points: points.collect(),
    }
}

fn span(series: &[Series]) -> Option<(Month, Month)> {
    let points = || series.iter().flat_map(|s| &s.points);
    Some((
        points().map(|p| p.month).min()?,
        points().map(|p| p.month).max()?,
    ))
}

/// What a reader who does not see the chart is told of it.
fn describe(series: &[Series], changes: &[Break]) -> String {
    let Some((from, to)) = span(series) else {
        return "No month has an event that counts.".to_owned();
    };
    let points = || {
        series[0]
            .points
            .iter()
            .filter_map(|p| Some((p.mean?, p.month)))
    };
    let low = points().min_by(|a, b| a.0.total_cmp(&b.0));
    let high = points().max_by(|a, b| a.0.total_cmp(&b.0));
    let mut text = format!("{from} to {to}.");
    if let (Some((low, when_low)), Some((high, when_high))) = (low, high) {
        text.push_str(&format!(
            " Lowest {low} in {when_low}, highest {high} in {when_high}."
        ));
    }
    match changes {
        [] => text.push_str(" No change of level."),
        _ => {
            let months: Vec<String> = changes.iter().map(|c| c.month.to_string()).collect();
            text.push_str(&format!(" Changes of level: {}.", months.join(", ")));
        }
    }
    text
}
