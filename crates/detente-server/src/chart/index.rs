//! The monthly index with its band, polls over it, and the strip of channels: what
//! `detente_measure` draws, in the words of the reader.

use detente_measure::{
    Month, Point, PollSeries,
    chart::{Change, Line, LineChart, LinePoint, PollLine, PollMark, Strip, StripRow, StripSpan},
};

use crate::{
    links,
    shell::Shell,
    state::{Course, State},
};

/// The index from one month to another. Every point opens the facts that made it.
pub(crate) fn index(
    c: &Shell<'_>,
    state: &State,
    polls: &[PollSeries],
    (from, to): (Month, Month),
) -> String {
    let within = |month: Month| from <= month && month <= to;
    let points = || state.points().iter().filter(|p| within(p.month));
    let smooth = points().filter_map(|p| {
        Some(LinePoint {
            month: p.month,
            value: p.state?,
            band: None,
            href: None,
            label: String::new(),
        })
    });
    let changes: Vec<Change> = state
        .changes
        .iter()
        .filter(|change| within(change.month))
        .map(|change| Change {
            month: change.month,
            probability: change.probability,
            href: Some(format!("{}#change", links::month(change.month))),
            label: format!(
                "{}: {:.1} → {:.1}",
                c.t("index.change"),
                change.before,
                change.after
            ),
        })
        .collect();
    let chart = LineChart {
        id: "index".to_owned(),
        title: String::new(),
        description: describe(c, points(), &changes),
        span: Some((from, to)),
        range: Some((-10.0, 10.0)),
        axis: c.t("index.axis").to_owned(),
        ends: (
            c.t("quad.cooperation").to_owned(),
            c.t("quad.conflict").to_owned(),
        ),
        lines: vec![
            Line {
                name: c.t("index.month").to_owned(),
                smooth: false,
                points: points().filter_map(|p| point(c, p)).collect(),
            },
            Line {
                name: c.t("index.state").to_owned(),
                smooth: true,
                points: smooth.collect(),
            },
        ],
        polls: polls.iter().map(poll).collect(),
        changes,
        change_name: c.t("index.change").to_owned(),
    };
    chart.svg()
}

fn point(c: &Shell<'_>, point: &Point) -> Option<LinePoint> {
    let value = point.mean?;
    let band = point.mean_band;
    let label = band.map_or_else(String::new, |b| format!(" ({:.1} … {:.1})", b.low, b.high));
    Some(LinePoint {
        month: point.month,
        value,
        band: band.map(|b| (b.low, b.high)),
        href: Some(links::month(point.month)),
        label: format!(
            "{}: {value:.1}{label}, {} {}",
            point.month,
            point.events,
            c.t("count.events")
        ),
    })
}

/// What a series is about.
pub(crate) fn poll_name(series: &PollSeries) -> String {
    let parts = [
        &series.population,
        &series.question,
        &series.answer,
        &series.pollster,
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(", ")
}

fn poll(series: &PollSeries) -> PollLine {
    let name = poll_name(series);
    PollLine {
        points: series
            .points
            .iter()
            .map(|p| PollMark {
                month: p.month,
                value: p.value,
                href: match p.facts.as_slice() {
                    [only] => Some(links::fact(only)),
                    _ => Some(format!("{}#polls", links::month(p.month))),
                },
                label: format!("{name}, {}: {} %", p.date, p.value),
            })
            .collect(),
        name,
    }
}

/// What is told to those who do not see the chart.
fn describe<'p>(
    c: &Shell<'_>,
    points: impl Iterator<Item = &'p Point> + Clone,
    changes: &[Change],
) -> String {
    let values = points.filter_map(|p| Some((p.mean?, p.month)));
    let low = values.clone().min_by(|a, b| a.0.total_cmp(&b.0));
    let high = values.max_by(|a, b| a.0.total_cmp(&b.0));
    let (Some((low, when_low)), Some((high, when_high))) = (low, high) else {
        return c.t("index.blank").to_owned();
    };
    let mut text = format!(
        "{}: {low:.1} ({when_low}). {}: {high:.1} ({when_high}).",
        c.t("index.lowest"),
        c.t("index.highest")
    );
    if !changes.is_empty() {
        let months: Vec<String> = changes.iter().map(|c| c.month.to_string()).collect();
        text.push_str(&format!(" {}: {}.", c.t("index.change"), months.join(", ")));
    }
    text
}

/// Channels over time, each stretch in its status.
pub(crate) fn strip(c: &Shell<'_>, name: &str, courses: &[Course]) -> String {
    let mut names: Vec<(String, String)> = Vec::new();
    for stretch in courses.iter().flat_map(|course| &course.stretches) {
        if !names.iter().any(|(status, _)| *status == stretch.status) {
            names.push((stretch.status.clone(), c.v("status", &stretch.status)));
        }
    }
    let strip = Strip {
        id: "strip".to_owned(),
        title: String::new(),
        description: name.to_owned(),
        span: None,
        rows: courses
            .iter()
            .map(|course| StripRow {
                name: super::lanes::shorten(c.channel(&course.channel), 24),
                href: Some(links::channel(&course.channel)),
                spans: course
                    .stretches
                    .iter()
                    .map(|stretch| StripSpan {
                        from: stretch.from,
                        to: stretch.to,
                        status: stretch.status.clone(),
                        href: Some(links::fact(&stretch.fact)),
                        label: String::new(),
                    })
                    .collect(),
            })
            .collect(),
        names,
    };
    strip.svg()
}
