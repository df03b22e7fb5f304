//! The changes of status of one undertaking, in order.

use std::collections::BTreeSet;

use super::targets::Target;
use crate::merge::{events::day_text, report::Report};

/// Days before the telling of an undertaking in which it may have been given.
const GIVEN: i32 = 62;

/// A change of status, not yet a row.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Day that orders it.
    pub(super) day: i32,
    pub(super) told: i32,
    pub(super) status: String,
    pub(super) date: Option<String>,
    pub(super) fact: Option<i64>,
    pub(super) reason: String,
    pub(super) decision: Option<i64>,
}

/// When an undertaking was given: a promise bears the day on which it is to be done as often as
/// that of its being given; what lies after the telling, or long before it, is not that day.
pub(super) fn given(report: &Report) -> (Option<i32>, Option<String>) {
    let dated = (report.from, report.date.clone());
    let Some(told) = report.told else {
        return dated;
    };
    let promise = matches!(report.kind.as_str(), "proposal" | "commitment");
    let fits = match (report.from, report.to) {
        (Some(from), Some(to)) => to <= told + 6 && from >= told - GIVEN && from <= told,
        _ => false,
    };
    if promise && !fits || dated.0.is_none() {
        return (Some(told), Some(day_text(told)));
    }
    dated
}

pub(super) fn opening(report: &Report, (status, why): &(String, String)) -> Step {
    let (day, date) = given(report);
    Step {
        day: day.or(report.told).unwrap_or(i32::MIN),
        told: report.told.unwrap_or(i32::MIN),
        status: status.clone(),
        date,
        fact: Some(report.row),
        reason: why.clone(),
        decision: None,
    }
}

/// The step to `to` that a fact shows. A date that lies before the undertaking is that of something
/// else in the words. Where the words have no date but that of the paper, a day in the sentence, or
/// that of what else the paper tells of the undertaking (`beside`), says more.
pub(super) fn step_of<'r>(
    report: &Report,
    target: &Target,
    to: &str,
    why: &str,
    mut beside: impl Iterator<Item = &'r Report>,
) -> Step {
    let dated = match (report.from.or(report.to), target.from) {
        (Some(day), Some(began)) => day >= began,
        (day, _) => day.is_some(),
    };
    let by_paper = !dated || report.from == report.told;
    let (day, date) = if !by_paper {
        (report.from.or(report.to), report.date.clone())
    } else {
        let told = report.told;
        let day = told.and_then(|told| weekday_in(&report.whole, told));
        let other = || {
            let near = beside.find(|other| {
                other.document == report.document
                    && other.from == other.to
                    && other
                        .from
                        .zip(told)
                        .is_some_and(|(day, told)| (told - 7..told).contains(&day))
            });
            near.and_then(|other| other.from)
        };
        let day = day.or_else(other).or(told);
        (day, day.map(day_text))
    };
    Step {
        day: day.unwrap_or(i32::MAX),
        told: report.told.unwrap_or(i32::MAX),
        status: to.to_owned(),
        date,
        fact: Some(report.row),
        reason: why.to_owned(),
        decision: None,
    }
}

/// The latest day before `told` that bears the name of a weekday in the sentence, if it names one.
fn weekday_in(sentence: &str, told: i32) -> Option<i32> {
    const WEEKDAYS: [&str; 7] = [
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
    ];
    let mut named = sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| WEEKDAYS.iter().position(|day| *day == word));
    let (day, None) = (named.next()?, named.next()) else {
        return None;
    };
    // 1 January 1970 was a Thursday.
    Some(told - (told - day as i32).rem_euclid(7))
}

/// The changes that follow from the steps: a status that holds already is no change, and some only
/// follow upon others.
pub(super) fn follow(kind: &str, steps: Vec<Step>) -> Vec<Step> {
    let mut history: Vec<Step> = Vec::new();
    let mut had: BTreeSet<String> = BTreeSet::new();
    for step in steps {
        if let Some(last) = history.last() {
            let now = last.status.as_str();
            // What a later text tells again is no new turn.
            let again = had.contains(&step.status) && step.day <= last.day;
            if now == step.status || again || !may_follow(kind, now, &step.status) {
                continue;
            }
        }
        had.insert(step.status.clone());
        history.push(step);
    }
    history
}

/// True if an entry of that kind may go from one status to the other.
pub(super) fn may_follow(kind: &str, now: &str, next: &str) -> bool {
    match next {
        // What was put on hold or ended comes back.
        "resumed" => matches!(now, "suspended" | "broken" | "withdrawn" | "partly_kept"),
        // What is over is not over once more.
        "suspended" | "broken" => {
            now != "superseded" && (now != "withdrawn" || kind == "commitment")
        }
        "agreed" => now == "proposed",
        "in_force" => matches!(now, "proposed" | "open" | "agreed"),
        "partly_kept" => !matches!(now, "kept" | "withdrawn" | "superseded"),
        "withdrawn" | "superseded" => now != "superseded",
        _ => true,
    }
}
