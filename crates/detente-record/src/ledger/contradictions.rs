//! What documents say against each other. Nothing is resolved: both quotes are listed.
//!
//! - `date`, `figure`: two documents tell the same act of the same parties in the same words, with
//!   another calendar day or another figure of one unit.
//! - `record_claim`: "the first in N years", checked against the meetings in the record.
//! - `not_held`: a meeting or visit announced for a day that later documents do not tell of, nor of
//!   its being called off.

use std::collections::{BTreeMap, BTreeSet};

use detente_codebook::Codebook;
use detente_extract::Claim;
use detente_text::date::Edtf;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use super::{channels, entries::Weights};
use crate::{
    RecordError,
    merge::{
        events::entry_id,
        report::{Reader, Report, days},
        same::{family, is_mutual},
    },
    wording::{Matcher, Plain, Stem, figures, shared},
};

/// Share of the words, by weight, that two tellings of one act have in common.
const SHARE: f64 = 0.7;

/// Days between two dates that are given for one act.
const APART: i32 = 31;

/// Facts compared with at most.
const MOST: usize = 48;

/// Days on either side of a meeting's day on which it may be told to have been held.
const ABOUT: i32 = 7;

/// Days after which a later document should have told of a meeting.
const AFTER: i32 = 7;

struct Writer<'c> {
    insert: rusqlite::Statement<'c>,
}

impl Writer<'_> {
    fn put(
        &mut self,
        kind: &str,
        verdict: &str,
        one: &Report,
        other: Option<&Report>,
        why: &str,
    ) -> Result<(), RecordError> {
        let both = format!("{kind} {} {}", one.id, other.map_or("", |other| &other.id));
        let id = entry_id('x', &one.name, &both);
        let row = other.map(|other| other.row);
        self.insert
            .execute(params![id, kind, verdict, one.row, row, why])?;
        Ok(())
    }
}

/// Works out the table of contradictions anew.
pub(super) fn settle(
    connection: &Connection,
    reports: &[Report],
    plain: &[Plain],
    reader: &mut Reader<'_, '_>,
    book: &Codebook,
) -> Result<(), RecordError> {
    let dyad: Option<String> = connection
        .query_row("SELECT value FROM meta WHERE key = 'dyad'", [], |row| {
            row.get(0)
        })
        .ok();
    let dyad: Vec<u32> = dyad
        .iter()
        .flat_map(|dyad| dyad.split('-'))
        .map(|state| reader.numbers.of(state))
        .collect();
    let mut writer = Writer {
        insert: connection.prepare(
            "INSERT INTO contradiction VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?,
    };
    differing(reports, &mut writer)?;
    let meetings = Meetings::new(reports, plain, &dyad, book);
    claims(reports, plain, &meetings, book, &mut writer)?;
    announced(reports, plain, &meetings, book, &mut writer)
}

/// Pairs of facts of two documents that tell the same with another day or figure.
fn differing(reports: &[Report], writer: &mut Writer<'_>) -> Result<(), RecordError> {
    let told: Vec<&Report> = reports
        .iter()
        .filter(|report| {
            report.words.content.len() >= 3
                && matches!(report.kind.as_str(), "event" | "commitment")
                && matches!(
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
            let Some(share) = alike(report, other, &weights) else {
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

/// The share of common words, if two documents tell the same act.
fn alike(a: &Report, b: &Report, weights: &Weights) -> Option<f64> {
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
    if !same || shared(&a.words.content, &b.words.content) < 3 {
        return None;
    }
    let share = weights.share(&a.words.content, &b.words.content);
    (share >= SHARE).then_some(share)
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

/// A meeting, or its being called off.
#[derive(Clone, Copy)]
struct Meeting<'r> {
    report: &'r Report,
    from: Option<i32>,
    to: Option<i32>,
    held: bool,
    visit: bool,
    remote: bool,
}

/// Meetings of the record by the pair of parties.
struct Meetings<'r> {
    of: BTreeMap<(u32, u32), Vec<Meeting<'r>>>,
    /// Day of the latest document that tells of the pair.
    latest: BTreeMap<(u32, u32), i32>,
    dyad: Vec<(u32, u32)>,
}

impl<'r> Meetings<'r> {
    fn new(reports: &'r [Report], plain: &[Plain], dyad: &[u32], book: &Codebook) -> Self {
        let visit = Matcher::of_words(&book.ledger.visit);
        let remote = Matcher::of_words(&book.ledger.remote);
        let last = Matcher::of_words(&book.ledger.last);
        let mut meetings = Self {
            of: BTreeMap::new(),
            latest: BTreeMap::new(),
            dyad: pairs_of(dyad.to_vec()),
        };
        for (report, plain) in reports.iter().zip(plain) {
            let told = pairs(report);
            if let Some(day) = report.told {
                for pair in &told {
                    let latest = meetings.latest.entry(*pair).or_insert(day);
                    *latest = day.max(*latest);
                }
            }
            if !matches!(report.modality.as_str(), "asserted" | "historical") {
                continue;
            }
            let mut meeting = Meeting {
                report,
                from: report.from,
                to: report.to,
                held: matches!(report.root.as_deref(), Some("CONSULT" | "COOPERATE")),
                visit: visit.find(plain, None).is_some(),
                remote: remote.find(plain, None).is_some(),
            };
            let off = matches!(report.root.as_deref(), Some("REJECT" | "SANCTION"));
            let mut of = told;
            // "the last one took place in May 2012": a meeting told by the date in the words.
            if report.kind == "statement" {
                let dated = report
                    .channel
                    .and(last.find(plain, None))
                    .and(channels::date_in(&report.quote));
                let Some(date) = dated else { continue };
                (meeting.from, meeting.to) = days(date);
                meeting.held = true;
                of.clone_from(&meetings.dyad);
            } else if report.kind != "event" || !(meeting.held || off) {
                continue;
            }
            for pair in of {
                meetings.of.entry(pair).or_default().push(meeting);
            }
        }
        meetings
    }

    /// Meetings of the report's parties; of one party alone, those with any other; if it names
    /// none, those of the two states of the record.
    fn with(&self, report: &Report) -> Vec<Meeting<'r>> {
        let mut parties = [report.source.as_slice(), &report.target].concat();
        parties.sort_unstable();
        parties.dedup();
        let of_pairs = |pairs: &[(u32, u32)]| -> Vec<Meeting<'r>> {
            let found = pairs.iter().filter_map(|pair| self.of.get(pair));
            found.flat_map(|list| list.iter().copied()).collect()
        };
        let mut found = match parties[..] {
            [] => of_pairs(&self.dyad),
            [only] => self
                .of
                .iter()
                .filter(|((a, b), _)| *a == only || *b == only)
                .flat_map(|(_, list)| list.iter().copied())
                .collect(),
            _ => of_pairs(&pairs(report)),
        };
        if found.is_empty() && report.kind == "statement" {
            found = of_pairs(&self.dyad);
        }
        // Of equal days in the order of documents, whatever order they came in.
        found.sort_by_key(|meeting| {
            let report = meeting.report;
            (
                meeting.from,
                report.told,
                report.name.clone(),
                report.id.clone(),
            )
        });
        found.dedup_by_key(|meeting| meeting.report.row);
        found
    }
}

fn pairs(report: &Report) -> Vec<(u32, u32)> {
    pairs_of([report.source.as_slice(), &report.target].concat())
}

fn pairs_of(mut parties: Vec<u32>) -> Vec<(u32, u32)> {
    parties.sort_unstable();
    parties.dedup();
    parties.truncate(6);
    let mut pairs = Vec::new();
    for (i, a) in parties.iter().enumerate() {
        for b in &parties[i + 1..] {
            pairs.push((*a, *b));
        }
    }
    pairs
}

/// Days in which, by the words of a claim, there was none; with the day on which the one before
/// may be expected.
fn empty_span(report: &Report, claim: &Claim) -> Option<(i32, i32)> {
    let now = report.to.or(report.told)?;
    let now = now.min(report.told.unwrap_or(now));
    if claim.extreme != "first" {
        return None;
    }
    let unit = match claim.unit.as_deref() {
        Some("years" | "year") => 365.25,
        Some("months" | "month") => 30.44,
        Some("decades" | "decade") => 3652.5,
        _ => {
            // "the first since 2018"
            let (from, to) = days(channels::date_in(&report.quote)?);
            return (to? < now).then_some((to?, from?));
        }
    };
    let length = claim.n? * unit;
    let slack = match claim.bound.as_str() {
        "more_than" => 0.0,
        _ => (length * 0.08).max(45.0),
    };
    Some((now - (length - slack) as i32, now - length as i32))
}

/// "The first in N years" against the meetings of the record.
fn claims(
    reports: &[Report],
    plain: &[Plain],
    meetings: &Meetings<'_>,
    book: &Codebook,
    writer: &mut Writer<'_>,
) -> Result<(), RecordError> {
    let visit = Matcher::of_words(&book.ledger.visit);
    let remote = Matcher::of_words(&book.ledger.remote);
    let mut known: BTreeSet<(i64, u32)> = BTreeSet::new();
    for (report, plain) in reports.iter().zip(plain) {
        let Some(claim) = &report.claim else { continue };
        let Ok(claim) = serde_json::from_str::<Claim>(claim) else {
            continue;
        };
        // The same words may be coded as an act and as a claim.
        if !known.insert((report.document, report.sentence)) {
            continue;
        }
        let now = report.to.or(report.told);
        let (Some((since, before)), Some(now)) = (empty_span(report, &claim), now) else {
            writer.put(
                "record_claim",
                "unchecked",
                report,
                None,
                "no span of time to check",
            )?;
            continue;
        };
        let is_visit = visit.find(plain, None).is_some();
        let is_remote = remote.find(plain, None).is_some();
        let about = channel_of(report, book);
        let earlier: Vec<Meeting<'_>> = meetings
            .with(report)
            .into_iter()
            .filter(|meeting| {
                let other = meeting.report;
                let same_way = !(is_visit && meeting.visit)
                    || report.target.is_empty()
                    || other.target.is_empty()
                    || shared(&report.target, &other.target) > 0;
                let same_channel = match &about {
                    Some(about) => channel_of(other, book).as_ref() == Some(about),
                    None => true,
                };
                meeting.held
                    && other.document != report.document
                    && same_way
                    && same_channel
                    && (is_remote || !meeting.remote)
                    && meeting.to.is_some_and(|to| to < now - 30)
            })
            .collect();
        let date = |meeting: &Meeting<'_>| {
            meeting
                .from
                .map(crate::merge::events::day_text)
                .unwrap_or_default()
        };
        let inside = earlier
            .iter()
            .rfind(|meeting| meeting.from.is_some_and(|from| from > since));
        let (verdict, other, why) = match inside {
            Some(other) if !is_visit || other.visit => (
                "refuted",
                Some(other),
                format!("the record has one of {}", date(other)),
            ),
            Some(other) => (
                "unchecked",
                Some(other),
                format!(
                    "the record has a meeting of {} in this time; whether it counts as a visit is open",
                    date(other)
                ),
            ),
            None => {
                let one_before = earlier
                    .iter()
                    .rfind(|meeting| meeting.from.is_some_and(|from| (from - before).abs() < 400));
                match one_before {
                    Some(other) => (
                        "supported",
                        Some(other),
                        format!("the one before in the record is of {}", date(other)),
                    ),
                    None => (
                        "unchecked",
                        None,
                        "the record has none to compare with".to_owned(),
                    ),
                }
            }
        };
        let other = other.map(|meeting| meeting.report);
        writer.put("record_claim", verdict, report, other, &why)?;
    }
    Ok(())
}

/// The channel that a quote is about, by its words ("the first visit by a foreign minister"), else
/// by the fact.
fn channel_of(report: &Report, book: &Codebook) -> Option<String> {
    let words: Vec<String> = report
        .quote
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let lemma = |word: &String| word.trim_end_matches('s').to_owned();
    let lemmas: Vec<String> = words.iter().map(lemma).collect();
    let pairs = words.iter().zip(&lemmas);
    let hits = book
        .channels
        .find(pairs.map(|(word, lemma)| (word.as_str(), lemma.as_str())));
    hits.first()
        .map(|hit| book.channels.get(hit.topic).id.to_string())
}

/// Announced meetings and visits of which no later document tells.
fn announced(
    reports: &[Report],
    plain: &[Plain],
    meetings: &Meetings<'_>,
    book: &Codebook,
    writer: &mut Writer<'_>,
) -> Result<(), RecordError> {
    let words = Matcher::of_words(&book.ledger.meeting);
    for (report, plain) in reports.iter().zip(plain) {
        let planned = report.kind == "event"
            && report.modality == "planned"
            && matches!(
                report.root.as_deref(),
                Some("AGREE" | "CONSULT" | "SUPPORT")
            );
        let (Some(from), Some(to), Some(told)) = (report.from, report.to, report.told) else {
            continue;
        };
        let soon =
            to - from <= APART && from > told && report.source.len() + report.target.len() > 0;
        if !planned || !soon || words.find(plain, None).is_none() {
            continue;
        }
        let latest = pairs(report)
            .iter()
            .filter_map(|pair| meetings.latest.get(pair))
            .max()
            .copied();
        if latest.is_none_or(|latest| latest < to + AFTER) {
            continue;
        }
        let shown = meetings.with(report).into_iter().any(|found| {
            let meeting = found.report;
            let near = match (meeting.from, meeting.to) {
                (Some(f), Some(t)) => f <= to + ABOUT && t >= from - ABOUT,
                _ => false,
            };
            let off = matches!(meeting.root.as_deref(), Some("REJECT" | "SANCTION"))
                && meeting.told.is_some_and(|day| day >= told);
            let channels = report.channel.is_none()
                || meeting.channel.is_none()
                || report.channel == meeting.channel;
            channels && (off || (near && found.held))
        });
        if !shown {
            let date = report.date.clone().unwrap_or_default();
            let why = format!(
                "announced for {date}; later documents tell neither of it nor of its being called off"
            );
            writer.put("not_held", "not_shown", report, None, &why)?;
        }
    }
    Ok(())
}
