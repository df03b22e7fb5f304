//! What documents say against each other. Nothing is resolved: both quotes are listed.
//!
//! - `date`, `figure`: two documents tell the same act of the same parties in the same words, with
//!   another calendar day or another figure of one unit.
//! - `record_claim`: "the first in N years", checked against the meetings in the record.
//! - `not_held`: a meeting or visit announced for a day that later documents do not tell of, nor of
//!   its being called off.

use std::collections::BTreeSet;

use detente_codebook::Codebook;
use detente_text::date::Edtf;
use rusqlite::{Connection, params};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{announced, entries::Weights, meetings::Meetings, record_claims, scope::Scope};
use crate::{
    RecordError,
    merge::{
        events::entry_id,
        polls::{Survey, same_time},
        report::{Reader, Report, days},
        same::{self, family, is_mutual},
    },
    wording::{Matcher, Plain, Stem, figures, shared},
};

/// Share of the words, by weight, that two tellings of one act have in common.
const SHARE: f64 = 0.7;

/// The same where both give a figure and one is coded as a statement.
const COUNTED: f64 = 0.5;

/// Days between two dates that are given for one act.
pub(super) const APART: i32 = 31;

/// Days within which two talks by telephone of the same two are one.
const CALLS: i32 = 4;

/// Facts compared with at most.
const MOST: usize = 48;

/// Writes the table of contradictions.
pub(super) struct Writer<'c> {
    insert: rusqlite::Statement<'c>,
}

impl Writer<'_> {
    pub(super) fn put(
        &mut self,
        kind: &str,
        verdict: &str,
        one: &Report,
        other: Option<&Report>,
        why: &str,
    ) -> Result<(), RecordError> {
        let both = format!("{kind} {} {}", one.id, other.map_or("", |other| &other.id));
        let id = entry_id('x', &one.name, &both);
        self.row(
            &id,
            kind,
            verdict,
            [Some(one.row), other.map(|o| o.row)],
            why,
        )
    }

    fn row(
        &mut self,
        id: &str,
        kind: &str,
        verdict: &str,
        [one, other]: [Option<i64>; 2],
        why: &str,
    ) -> Result<(), RecordError> {
        self.insert
            .execute(params![id, kind, verdict, one, other, why])?;
        Ok(())
    }
}

/// Works out the table of contradictions anew.
pub(super) fn settle(
    connection: &Connection,
    reports: &[Report],
    plain: &[Plain],
    scope: Option<&Scope>,
    reader: &mut Reader<'_, '_>,
    book: &Codebook,
) -> Result<(), RecordError> {
    let mut writer = Writer {
        insert: connection.prepare(
            "INSERT INTO contradiction VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?,
    };
    let remote = Matcher::of_words(&book.ledger.remote);
    differing(reports, plain, &remote, &mut writer)?;
    polls(connection, &mut writer)?;
    let meetings = Meetings::new(reports, plain, scope, reader, book);
    record_claims::check(reports, plain, &meetings, reader, book, &mut writer)?;
    announced::check(reports, plain, &meetings, book, &mut writer)
}

/// Figures of one survey that two documents give differently.
fn polls(connection: &Connection, writer: &mut Writer<'_>) -> Result<(), RecordError> {
    let mut statement = connection.prepare(
        "SELECT f.fact_id, f.id, d.name, f.pollster, f.population, f.question, f.answer, f.unit,
                coalesce(f.fieldwork, f.date), f.value
         FROM fact f JOIN document d USING (document_id)
         WHERE f.kind = 'poll' AND f.superseded_run IS NULL AND d.state <> 'superseded'
           AND typeof(f.value) IN ('integer', 'real') AND f.pollster IS NOT NULL
         ORDER BY d.date_from IS NULL, d.date_from, d.name, f.start_char, f.id",
    )?;
    let mut rows = statement.query([])?;
    let mut known: FxHashMap<(String, String), Vec<Figure>> = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let fields: [Option<String>; 5] = [
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
            row.get(6)?,
            row.get(7)?,
        ];
        let figure = Figure {
            row: row.get(0)?,
            id: row.get(1)?,
            name: row.get(2)?,
            survey: Survey::new(fields.each_ref().map(Option::as_deref)),
            date: row.get(8)?,
            value: row.get(9)?,
        };
        let key = (figure.survey.pollster.clone(), figure.survey.answer.clone());
        let like = known.entry(key).or_default();
        let same = |other: &&Figure| {
            other.name != figure.name
                && other.survey.is_like(&figure.survey)
                && figure.date.is_some()
                && same_time(other.date.as_deref(), figure.date.as_deref())
        };
        let told: Vec<&Figure> = like.iter().rev().take(MOST).filter(same).collect();
        let agrees = told.iter().any(|other| other.value == figure.value);
        if let Some(other) = told.first().filter(|_| !agrees) {
            let id = entry_id(
                'x',
                &other.name,
                &format!("poll {} {}", other.id, figure.id),
            );
            let (one, two) = (other.value, figure.value);
            let why = format!("the same survey and answer, but {one} and {two}");
            let rows = [Some(other.row), Some(figure.row)];
            writer.row(&id, "figure", "differ", rows, &why)?;
        }
        like.push(figure);
    }
    Ok(())
}

/// A poll figure.
struct Figure {
    row: i64,
    id: String,
    name: String,
    survey: Survey,
    date: Option<String>,
    value: f64,
}

/// Pairs of facts of two documents that tell the same with another day or figure.
fn differing(
    reports: &[Report],
    plain: &[Plain],
    remote: &Matcher,
    writer: &mut Writer<'_>,
) -> Result<(), RecordError> {
    let calls: FxHashSet<i64> = reports
        .iter()
        .zip(plain)
        .filter(|(report, plain)| {
            report.root.as_deref() == Some("CONSULT") && remote.find(plain, None).is_some()
        })
        .map(|(report, _)| report.row)
        .collect();
    let told: Vec<&Report> = reports
        .iter()
        .filter(|report| {
            let kind = match report.kind.as_str() {
                "event" if calls.contains(&report.row) => true,
                "event" | "commitment" => report.words.content.len() >= 3,
                // What is told with a figure may be coded as a statement.
                kind => kind == "statement" && !figures(&report.quote).is_empty(),
            };
            kind && matches!(
                report.modality.as_str(),
                "asserted" | "historical" | "planned"
            )
        })
        .collect();
    let weights = Weights::of(told.iter().copied());
    let mut by_word: FxHashMap<Stem, Vec<usize>> = FxHashMap::default();
    let mut known: BTreeSet<(i64, i64, &str)> = BTreeSet::new();
    for (i, report) in told.iter().enumerate() {
        let mut rare = report.words.content.clone();
        rare.sort_by(|a, b| {
            weights
                .of_word(*b)
                .total_cmp(&weights.of_word(*a))
                .then(a.cmp(b))
        });
        rare.truncate(3);
        let mut near: Vec<usize> = rare
            .iter()
            .filter_map(|stem| by_word.get(stem))
            .flat_map(|list| list.iter().rev().take(MOST))
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        for other in near {
            let other = told[other];
            let both_remote = calls.contains(&report.row) && calls.contains(&other.row);
            let Some(share) = alike(report, other, both_remote, &weights) else {
                continue;
            };
            let pair = |kind| {
                (
                    report.document.min(other.document),
                    report.document.max(other.document),
                    kind,
                )
            };
            let common = format!("the same parties and {:.0} % of the words", share * 100.0);
            if let Some((one, two)) = days_differ(report, other)
                && known.insert(pair("date"))
            {
                let why = format!("{common}, but {one} and {two}");
                writer.put("date", "differ", other, Some(report), &why)?;
            } else if let Some((one, two)) = figures_differ(report, other)
                && known.insert(pair("figure"))
            {
                let why = format!("{common}, but {one} and {two}");
                writer.put("figure", "differ", other, Some(report), &why)?;
            }
        }
        for stem in rare {
            by_word.entry(stem).or_default().push(i);
        }
    }
    Ok(())
}

/// The share of common words, if two documents tell the same act; `remote`: by telephone or letter.
fn alike(a: &Report, b: &Report, remote: bool, weights: &Weights) -> Option<f64> {
    if a.kind == "statement" || b.kind == "statement" {
        return counted(a, b, weights);
    }
    let parties = shared(&a.source, &b.source) > 0
        && (a.target.is_empty()
            || b.target.is_empty()
            || shared(&a.target, &b.target) > 0
            || is_mutual(a.root.as_deref()));
    let same = a.document != b.document
        && a.kind == b.kind
        && family(a.root.as_deref()) == family(b.root.as_deref())
        && (a.modality == "planned") == (b.modality == "planned")
        && a.place
            .is_none_or(|place| b.place.is_none_or(|other| place == other))
        && parties;
    let words = shared(&a.words.content, &b.words.content);
    let share = weights.share(&a.words.content, &b.words.content);
    // So many of a thing at one time: the thing counted stands for the act.
    let one_act = same && words >= 2 && a.modality != "planned" && same::time(a, b).is_some();
    let units = |report: &Report| -> Vec<String> {
        let counted = figures(&report.quote).into_iter().map(|(_, unit)| unit);
        counted
            .filter(|unit| unit.len() > 3 && unit != "percent")
            .collect()
    };
    // One call of the same two: there are seldom two within days.
    let persons = |report: &Report| -> Vec<String> {
        let sides = report.who.iter().chain(&report.towards);
        sides.filter(|actor| actor.contains(' ')).cloned().collect()
    };
    let (ours, theirs) = (persons(a), persons(b));
    let met = ours.iter().filter(|one| theirs.contains(one)).count();
    let near = |one: Option<i32>, other: Option<i32>| {
        one.zip(other).is_some_and(|(a, b)| (a - b).abs() <= CALLS)
    };
    if same && remote && met >= 2 && near(a.from, b.from) && near(a.told, b.told) {
        return Some(share);
    }
    if one_act && share >= COUNTED && units(a).iter().any(|unit| units(b).contains(unit)) {
        return Some(share);
    }
    (same && words >= 3 && share >= SHARE).then_some(share)
}

/// The share of common words, if two documents tell with a figure what the same states did.
fn counted(a: &Report, b: &Report, weights: &Weights) -> Option<f64> {
    let told = a
        .told
        .zip(b.told)
        .is_some_and(|(a, b)| (a - b).abs() <= APART);
    let acts = [a, b]
        .iter()
        .all(|report| report.modality == "asserted" && !report.states.is_empty());
    let words = shared(&a.words.content, &b.words.content);
    let states = shared(&a.states, &b.states) == a.states.len().min(b.states.len());
    if a.document == b.document || !told || !acts || !states || words < 2 {
        return None;
    }
    let share = weights.share(&a.words.content, &b.words.content);
    (share >= COUNTED).then_some(share)
}

/// The two days, if both are calendar days, not the same and not far apart.
fn days_differ(a: &Report, b: &Report) -> Option<(String, String)> {
    let day = |report: &Report| report.from.filter(|from| report.to == Some(*from));
    let due = |report: &Report| {
        let edtf: Edtf = report.due.as_ref()?.parse().ok()?;
        Some(days(edtf)).filter(|(from, to)| from.is_some() && to.is_some())
    };
    if let (Some(one), Some(two)) = (due(a), due(b))
        && (one.1 < two.0 || two.1 < one.0)
    {
        return Some((
            format!("due {}", a.due.as_ref()?),
            format!("due {}", b.due.as_ref()?),
        ));
    }
    let (one, two) = (day(a)?, day(b)?);
    let apart = (one - two).abs();
    let told = (a.told? - b.told?).abs() <= APART * 2;
    let counted = !a.firm || !b.firm;
    // Counted days may be one off without anybody having said otherwise.
    let least = if counted { 2 } else { 1 };
    let said = a.firm || b.firm;
    (said && told && (least..=APART).contains(&apart))
        .then(|| Some((a.date.clone()?, b.date.clone()?)))?
}

/// The two figures, if both give some of one unit and none agrees.
fn figures_differ(a: &Report, b: &Report) -> Option<(String, String)> {
    let (ours, theirs) = (figures(&a.quote), figures(&b.quote));
    if let (Some(one), Some(two)) = (a.from, b.from)
        && (one - two).abs() > APART
    {
        return None;
    }
    for (value, unit) in &ours {
        let same_unit: Vec<f64> = theirs
            .iter()
            .filter(|(_, other)| other == unit)
            .map(|(value, _)| *value)
            .collect();
        let close = |other: &f64| (value - other).abs() <= value.abs() * 0.005;
        if !same_unit.is_empty() && !same_unit.iter().any(close) {
            return Some((
                format!("{value} {unit}"),
                format!("{} {unit}", same_unit[0]),
            ));
        }
    }
    None
}
