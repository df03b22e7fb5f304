//! Reports of the same event, merged into one.
//!
//! Reports are facts of kind `event` that are asserted or historical and were not printed before by
//! another document. In the order of their documents' dates and names, those of one day first, then
//! those of a longer time, then those without date, each joins the event that it has most in common
//! with ([`same`]), or opens one. A report of a longer time, or of none, joins only
//! if no other event comes near; a report without date that joins nothing is no event of its own.
//!
//! Only events that share the family of the root and a party and lie within the time are looked at,
//! by an index over days, and at most [`MOST`] of them: time grows as n log n.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::{
    decided::Decided,
    place::Placing,
    report::{Reader, Report},
    same::{self, Common, UNDATED, family, is_mutual},
};
use crate::RecordError;

/// Longest time, in days, that a report may cover to join an event of a day.
const LONGEST: i32 = 31;

/// Events that a report is compared with at most, the nearest in time first.
const MOST: usize = 200;

/// Points by which the best event must be ahead where the time leaves it open which one is meant.
const AHEAD: f64 = 1.0;

/// Works out the tables `event` and `event_mention` anew.
pub(super) fn settle(
    connection: &Connection,
    reader: &mut Reader<'_, '_>,
    decided: &Decided,
) -> Result<(), RecordError> {
    connection.execute("DELETE FROM event_mention", [])?;
    connection.execute("DELETE FROM event", [])?;
    let reports = reader.all(
        connection,
        "f.kind = 'event' AND f.modality IN ('asserted', 'historical')
         AND (f.date IS NULL OR (f.date_from IS NOT NULL AND f.date_to IS NOT NULL))",
        false,
    )?;
    let placing = place(&reports, decided, reader);
    write(connection, &placing)
}

/// Day, family and party → events. The day comes first: reports come in the order of their papers,
/// so that what is looked at next lies beside what was looked at last.
type Index = BTreeMap<(i32, u32, u32), Vec<usize>>;

/// Places all reports. Reports must be in the order of their documents.
pub(crate) fn place<'r>(
    reports: &'r [Report],
    decided: &'r Decided,
    reader: &Reader<'_, '_>,
) -> Placing<'r> {
    let mut placing = Placing::new(reports, decided);
    let mut index = Index::new();
    let length = |i: &usize| match (reports[*i].from, reports[*i].to) {
        (Some(from), Some(to)) => to - from,
        _ => i32::MAX,
    };
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|i| match length(i) {
        0 => 0,
        i32::MAX => 2,
        _ => 1,
    });
    for i in order {
        let report = &reports[i];
        if let Some((group, by)) = placing.by_decision(i) {
            placing.join(i, group, by);
            enter(&mut index, report, group);
            continue;
        }
        let mut found: Vec<(f64, usize, usize, Common)> = candidates(&index, report)
            .into_iter()
            .filter_map(|group| {
                let (points, member, common) = placing.best(i, group, |a, b| {
                    same::same(a, b).map(|common| (common.points, common))
                })?;
                Some((points, group, member, common))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let unsure = length(&i) != 0
            && found.len() > 1
            && found[0].0 - found[1].0 < AHEAD
            && found[0].3.time != same::Time::Same;
        match found.first() {
            Some((_, group, member, common)) if !unsure => {
                let why = same::reason(report, &reports[*member], common, |party| {
                    reader.numbers.name(party)
                });
                placing.join(i, *group, why);
                enter(&mut index, report, *group);
            }
            _ if report.date.is_some() => {
                let group = placing.open(i);
                enter(&mut index, report, group);
            }
            _ => {}
        }
    }
    placing
}

/// Marks the target of an act without a doer, and that of one with a doer, among the keys.
const TO_BY_NONE: u32 = 1 << 31;
const TO: u32 = 1 << 30;

/// Parties under which an event is entered, and under which it is looked for.
fn keys(report: &Report) -> (Vec<u32>, Vec<u32>) {
    let doers = doers(report);
    let open = report.source.is_empty() && report.root.is_some();
    let to = |mark: u32| report.target.iter().map(move |target| target | mark);
    let entered = if open { TO_BY_NONE } else { TO };
    let looked: &[u32] = if open {
        &[TO_BY_NONE, TO]
    } else {
        &[TO_BY_NONE]
    };
    (
        doers.iter().copied().chain(to(entered)).collect(),
        doers
            .iter()
            .copied()
            .chain(looked.iter().flat_map(|mark| to(*mark)))
            .collect(),
    )
}

fn doers(report: &Report) -> Vec<u32> {
    let mut keys = report.source.clone();
    if is_mutual(report.root.as_deref()) {
        keys.extend(&report.target);
    }
    keys.sort_unstable();
    keys.dedup();
    // Acts without a doer, and those without root, are looked for by their words alone.
    if report.root.is_none() {
        keys.clear();
    }
    if keys.is_empty() {
        keys.push(u32::MAX);
    }
    keys
}

fn enter(index: &mut Index, report: &Report, group: usize) {
    let (Some(from), Some(to)) = (report.from, report.to) else {
        return;
    };
    // A longer time stands under its first day and its last.
    let family = family(report.root.as_deref());
    for party in keys(report).0 {
        for day in [from, to] {
            let here = index.entry((day, family, party)).or_default();
            if here.last() != Some(&group) {
                here.push(group);
            }
        }
    }
}

/// Events of the family and a party within the time, the nearest first.
fn candidates(index: &Index, report: &Report) -> Vec<usize> {
    let (from, to) = match (report.from, report.to, report.told) {
        (Some(from), Some(to), _) => (from, to),
        (_, _, Some(told)) => (told - UNDATED, told),
        _ => return Vec::new(),
    };
    let family = family(report.root.as_deref());
    let dated = report.from.is_some();
    let days: Vec<i32> = if dated && to - from >= LONGEST {
        // Years only join their like: both ends must be the same.
        vec![from]
    } else if dated {
        (from..=to).chain([from - 1, to + 1]).collect()
    } else {
        (from..=to).rev().collect()
    };
    let (_, keys) = keys(report);
    let mut found: Vec<usize> = Vec::new();
    for day in days {
        for party in &keys {
            found.extend(index.get(&(day, family, *party)).into_iter().flatten());
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    found.sort_unstable();
    found.dedup();
    found
}

fn write(connection: &Connection, placing: &Placing<'_>) -> Result<(), RecordError> {
    let mut event_row = connection.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    let mut mention_row = connection.prepare("INSERT INTO event_mention VALUES (?, ?, ?)")?;
    for event in &placing.groups {
        let report = |i: usize| &placing.reports[i];
        let first = report(event.members[0].0);
        let id = entry_id('e', &first.name, &first.id);
        let documents: BTreeSet<i64> = event
            .members
            .iter()
            .map(|(i, _)| report(*i).document)
            .collect();
        event_row.execute(params![
            id,
            first.root,
            first.date,
            first.from.map(day_text),
            event.members.len() as i64,
            documents.len() as i64,
            first.row,
        ])?;
        for (i, why) in &event.members {
            mention_row.execute(params![report(*i).row, id, why])?;
        }
    }
    Ok(())
}

/// A day counted from 1970 as `2012-08-10`.
pub(crate) fn day_text(day: i32) -> String {
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    epoch
        .checked_add(jiff::Span::new().days(day))
        .map_or_else(|_| String::new(), |date| date.to_string())
}

/// A letter and 15 hexadecimal digits from document and id of the first mention.
pub(crate) fn entry_id(letter: char, document: &str, id: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(document.as_bytes());
    hash.update([0]);
    hash.update(id.as_bytes());
    let digits: String = hash.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{letter}{}", &digits[..15])
}
