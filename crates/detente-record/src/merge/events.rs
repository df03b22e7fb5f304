//! Reports of the same event, merged into one.
//!
//! Reports are facts of kind `event` that are asserted or historical, have a date, and were not
//! printed before by another document. In the order of their documents' dates and names:
//!
//! 1. A report of one day joins the event of that day with the same root and the same parties.
//! 2. With another root of the same family (see [`FAMILIES`]) it joins only if both name a common
//!    issue or channel.
//! 3. A report of a longer time (up to 31 days) joins if exactly one such event lies within it;
//!    with two it could be either and stays by itself. Longer times only join their like.
//! 4. *The same parties*: states are compared, persons by the state that the record knows them to
//!    serve. Roots that take two equal sides (meetings, agreements) compare both sides as one set;
//!    others need a common source, and a common target if both name one.
//! 5. What speaks against it: different channels, countries of the place that differ, different
//!    issues where both name some; for reports without root, another quote.
//!
//! Every membership bears its reason in words, so that a reader can check it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use detente_extract::{Fact, Root};
use detente_text::date::Edtf;
use jiff::civil::Date;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::even;
use crate::{RecordError, store::fact};

/// Roots that different papers give to the same act.
const FAMILIES: &[&[Root]] = &[
    &[Root::Accuse, Root::Request, Root::Reject],
    &[Root::Cooperate, Root::Aid],
    &[Root::Sanction, Root::Coerce],
];

/// Roots with two equal sides.
const MUTUAL: &[Root] = &[Root::Consult, Root::Agree, Root::Cooperate];

/// Longest time, in days, that a report may cover to join an event of a day.
const LONGEST: i32 = 31;

struct Report {
    row: i64,
    document: i64,
    fact: Fact,
    from: Date,
    to: Date,
    source: BTreeSet<String>,
    target: BTreeSet<String>,
}

struct Event {
    reports: Vec<(usize, String)>,
}

/// Works out the tables `event` and `event_mention` anew.
pub(super) fn settle(connection: &Connection) -> Result<(), RecordError> {
    connection.execute("DELETE FROM event_mention", [])?;
    connection.execute("DELETE FROM event", [])?;
    let reports = reports(connection)?;
    let mut events: Vec<Event> = Vec::new();
    // Events by family and first day: reports of a day are placed first.
    let mut by_day: BTreeMap<(usize, Date), Vec<usize>> = BTreeMap::new();
    let (days, longer): (Vec<usize>, Vec<usize>) =
        (0..reports.len()).partition(|i| reports[*i].from == reports[*i].to);
    for i in days {
        let report = &reports[i];
        let key = (family(report.fact.root), report.from);
        let here = by_day.entry(key).or_default();
        let found = here
            .iter()
            .find_map(|e| joins(report, &reports[events[*e].reports[0].0]).map(|why| (*e, why)));
        match found {
            Some((event, why)) => events[event].reports.push((i, why)),
            None => {
                here.push(events.len());
                events.push(Event {
                    reports: vec![(i, "first report".to_owned())],
                });
            }
        }
    }
    let mut by_time: BTreeMap<(usize, Date, Date), Vec<usize>> = BTreeMap::new();
    for i in longer {
        let report = &reports[i];
        let family = family(report.fact.root);
        let mut candidates = Vec::new();
        if (report.to - report.from).get_days() < LONGEST {
            for here in by_day.range((family, report.from)..=(family, report.to)) {
                for event in here.1 {
                    let first = &reports[events[*event].reports[0].0];
                    if let Some(why) = joins(report, first) {
                        candidates.push((*event, why));
                    }
                }
            }
        }
        if let [(event, why)] = &candidates[..] {
            events[*event].reports.push((i, why.clone()));
            continue;
        }
        let here = by_time.entry((family, report.from, report.to)).or_default();
        let found = here
            .iter()
            .find_map(|e| joins(report, &reports[events[*e].reports[0].0]).map(|why| (*e, why)));
        match found {
            Some((event, why)) => events[event].reports.push((i, why)),
            None => {
                here.push(events.len());
                events.push(Event {
                    reports: vec![(i, "first report".to_owned())],
                });
            }
        }
    }
    write(connection, &reports, &events)
}

/// A number for the family of a root; roots outside families have one of their own.
fn family(root: Option<Root>) -> usize {
    let Some(root) = root else { return 0 };
    FAMILIES
        .iter()
        .position(|family| family.contains(&root))
        .map_or(100 + root as usize, |family| 1 + family)
}

/// Why `report` tells of the event that `first` tells of, or `None`.
fn joins(report: &Report, first: &Report) -> Option<String> {
    let (a, b) = (&report.fact, &first.fact);
    if a.channel.is_some() && b.channel.is_some() && a.channel != b.channel {
        return None;
    }
    let common_issue = a.issue.iter().any(|issue| b.issue.contains(issue));
    if !a.issue.is_empty() && !b.issue.is_empty() && !common_issue {
        return None;
    }
    let country = |fact: &Fact| fact.location.as_ref().and_then(|l| l.country.clone());
    if let (Some(here), Some(there)) = (country(a), country(b))
        && here != there
    {
        return None;
    }
    let Some(root) = a.root else {
        return (even(&a.quote) == even(&b.quote)).then(|| "same words, same time".to_owned());
    };
    if a.root != b.root && !common_issue && (a.channel.is_none() || a.channel != b.channel) {
        return None;
    }
    let parties = if MUTUAL.contains(&root) {
        let side =
            |r: &Report| -> BTreeSet<String> { r.source.union(&r.target).cloned().collect() };
        let (ours, theirs) = (side(report), side(first));
        let common: Vec<String> = ours.intersection(&theirs).cloned().collect();
        let enough =
            common.len() >= 2 || (!common.is_empty() && (ours.len() == 1 || theirs.len() == 1));
        enough.then(|| common.join(", "))?
    } else {
        let source: Vec<String> = report.source.intersection(&first.source).cloned().collect();
        let target: Vec<String> = report.target.intersection(&first.target).cloned().collect();
        let one_open = report.target.is_empty() || first.target.is_empty();
        if source.is_empty() || (target.is_empty() && !one_open) {
            return None;
        }
        if target.is_empty() {
            source.join(", ")
        } else {
            format!("{} → {}", source.join(", "), target.join(", "))
        }
    };
    let roots = match b.root {
        Some(other) if other != root => format!("{root} and {other} are of one family"),
        _ => format!("same root {root}"),
    };
    let time = if report.from == first.from && report.to == first.to {
        "same time".to_owned()
    } else {
        let date = |fact: &Fact| fact.date.map_or_else(String::new, |date| date.to_string());
        format!("{} contains {}", date(a), date(b))
    };
    Some(format!("{roots}, {time}, same parties ({parties})"))
}

/// All reports in the order in which they are placed.
fn reports(connection: &Connection) -> Result<Vec<Report>, RecordError> {
    let served = offices(connection)?;
    let sql = format!(
        "SELECT {}, f.fact_id, d.document_id, d.name FROM fact f JOIN document d USING (document_id)
         WHERE f.superseded_run IS NULL AND d.state <> 'superseded' AND f.kind = 'event'
           AND f.modality IN ('asserted', 'historical')
           AND f.date_from IS NOT NULL AND f.date_to IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM duplicate x WHERE x.fact_id = f.fact_id)
         ORDER BY d.date_from IS NULL, d.date_from, d.name, f.start_char, f.end_char, f.id",
        fact::columns("f")
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut reports = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(fact::WIDTH + 2)?;
        let fact = fact::read(row, &name)?;
        let (Some(from), Some(to)) = (
            fact.date.and_then(Edtf::earliest),
            fact.date.and_then(Edtf::latest),
        ) else {
            continue;
        };
        reports.push(Report {
            row: row.get(fact::WIDTH)?,
            document: row.get(fact::WIDTH + 1)?,
            source: parties(&fact.source, &served),
            target: parties(&fact.target, &served),
            fact,
            from,
            to,
        });
    }
    Ok(reports)
}

/// Whom persons serve, by the facts of kind `actor`; left out where these disagree.
fn offices(connection: &Connection) -> Result<HashMap<String, String>, RecordError> {
    let mut statement = connection.prepare(
        "SELECT a.actor, f.country FROM fact f JOIN fact_actor a USING (fact_id)
         WHERE f.kind = 'actor' AND f.superseded_run IS NULL AND f.country IS NOT NULL
           AND a.role = 'actor' AND a.position = 0",
    )?;
    let mut served: HashMap<String, Option<String>> = HashMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (actor, country): (String, String) = (row.get(0)?, row.get(1)?);
        served
            .entry(name_key(&actor))
            .and_modify(|known| {
                if known.as_ref() != Some(&country) {
                    *known = None;
                }
            })
            .or_insert(Some(country));
    }
    Ok(served
        .into_iter()
        .filter_map(|(actor, country)| Some((actor, country?)))
        .collect())
}

/// Order-free key of a name.
fn name_key(name: &str) -> String {
    let mut words: Vec<String> = name
        .to_lowercase()
        .replace('-', "")
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.join(" ")
}

/// States for ids such as `KOR` and `KOR GOV`, and for persons whose state is known; else names.
fn parties(actors: &[String], served: &HashMap<String, String>) -> BTreeSet<String> {
    actors
        .iter()
        .map(|actor| {
            let first = actor.split_whitespace().next().unwrap_or("");
            if first.len() == 3 && first.bytes().all(|b| b.is_ascii_uppercase()) {
                return first.to_owned();
            }
            let key = name_key(actor);
            served.get(&key).cloned().unwrap_or(key)
        })
        .collect()
}

fn write(connection: &Connection, reports: &[Report], events: &[Event]) -> Result<(), RecordError> {
    let mut event_row = connection.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    let mut mention_row = connection.prepare("INSERT INTO event_mention VALUES (?, ?, ?)")?;
    for event in events {
        let first = &reports[event.reports[0].0];
        let id = event_id(&first.fact);
        let documents: BTreeSet<i64> = event
            .reports
            .iter()
            .map(|(i, _)| reports[*i].document)
            .collect();
        event_row.execute(params![
            id,
            first.fact.root.map(Root::as_str),
            first.fact.date.map(|date| date.to_string()),
            first.from.to_string(),
            event.reports.len() as i64,
            documents.len() as i64,
            first.row,
        ])?;
        for (i, why) in &event.reports {
            mention_row.execute(params![reports[*i].row, id, why])?;
        }
    }
    Ok(())
}

/// `e` and 15 hexadecimal digits from document and id of the first report.
fn event_id(first: &Fact) -> String {
    let mut hash = Sha256::new();
    hash.update(first.document.as_bytes());
    hash.update([0]);
    hash.update(first.id.as_bytes());
    let digits: String = hash.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("e{}", &digits[..15])
}
