//! Meetings and visits by the pair of parties, as claims of record and announcements are checked
//! against them.

use std::collections::BTreeMap;

use detente_codebook::Codebook;

use super::{channels, named, scope::Scope};
use crate::{
    merge::report::{Reader, Report, days},
    wording::{Matcher, Plain},
};

/// A meeting, or its being called off.
#[derive(Clone, Copy)]
pub(super) struct Meeting<'r> {
    pub(super) report: &'r Report,
    pub(super) from: Option<i32>,
    pub(super) to: Option<i32>,
    pub(super) held: bool,
    pub(super) visit: bool,
    pub(super) remote: bool,
    /// Told as the last one by a text about later times.
    pub(super) last: bool,
    /// The channel that its words name, else that of the fact.
    pub(super) channel: Option<u32>,
}

/// Meetings of the record by the pair of parties.
pub(super) struct Meetings<'r> {
    of: BTreeMap<(u32, u32), Vec<Meeting<'r>>>,
    /// Day of the latest document that tells of the pair.
    pub(super) latest: BTreeMap<(u32, u32), i32>,
    dyad: Vec<(u32, u32)>,
    since: Matcher,
}

/// "Have not met": a use that was not made.
pub(super) fn is_unused(report: &Report) -> bool {
    report.kind == "event"
        && report.modality == "negated"
        && matches!(report.root.as_deref(), Some("CONSULT" | "COOPERATE"))
}

impl<'r> Meetings<'r> {
    pub(super) fn new(
        reports: &'r [Report],
        plain: &[Plain],
        scope: Option<&Scope>,
        reader: &mut Reader<'_, '_>,
        book: &Codebook,
    ) -> Self {
        let visit = Matcher::of_words(&book.ledger.visit);
        let remote = Matcher::of_words(&book.ledger.remote);
        let last = Matcher::of_words(&book.ledger.last);
        let since = Matcher::of_words(&book.ledger.since);
        let mut meetings = Self {
            of: BTreeMap::new(),
            latest: BTreeMap::new(),
            dyad: pairs_of(scope.map_or_else(Vec::new, |scope| scope.dyad.to_vec())),
            since: since.clone(),
        };
        for (report, plain) in reports.iter().zip(plain) {
            let told = pairs(report);
            if let Some(day) = report.told {
                // A text about the two tells what there is to tell of them.
                let about = scope.is_some_and(|scope| scope.is_in_document(report));
                let dyad = if about { &meetings.dyad[..] } else { &[] }.to_vec();
                for pair in told.iter().chain(&dyad) {
                    let latest = meetings.latest.entry(*pair).or_insert(day);
                    *latest = day.max(*latest);
                }
            }
            let took_place = matches!(report.modality.as_str(), "asserted" | "historical");
            // "have not met since December 2011" tells of a meeting then.
            let unused = is_unused(report) && since.find(plain, None).is_some();
            // "There has been no summit, the last one taking place in May 2012."
            let no_more = report.kind == "statement"
                && report.modality == "negated"
                && last.find(plain, None).is_some();
            if !took_place && !unused && !no_more {
                continue;
            }
            let mut meeting = Meeting {
                report,
                from: report.from,
                to: report.to,
                held: matches!(report.root.as_deref(), Some("CONSULT" | "COOPERATE")),
                visit: visit.find(plain, None).is_some(),
                remote: remote.find(plain, None).is_some(),
                last: false,
                channel: channel_of(report, reader, book),
            };
            let off = matches!(report.root.as_deref(), Some("REJECT" | "SANCTION"));
            let mut of = told;
            let between = scope.is_some_and(|scope| scope.is_between(report, plain));
            // "the last one took place in May 2012": a meeting told by the date in the words.
            if unused || report.kind == "statement" {
                let says =
                    unused || (meeting.channel.is_some() && last.find(plain, None).is_some());
                let Some(date) = named::date_in(&report.quote).filter(|_| says) else {
                    continue;
                };
                (meeting.from, meeting.to) = days(date);
                meeting.held = true;
                meeting.last = true;
                of.clone_from(&meetings.dyad);
            } else if report.kind != "event"
                || !(meeting.held || off)
                || channels::is_only_last(report, plain, &last)
            {
                continue;
            } else if between {
                of.extend(&meetings.dyad);
                of.sort_unstable();
                of.dedup();
            }
            for pair in of {
                meetings.of.entry(pair).or_default().push(meeting);
            }
        }
        meetings
    }

    /// "Have not met since": a meeting long ago, and none after it.
    pub(super) fn is_since(&self, report: &Report, plain: &Plain) -> bool {
        is_unused(report) && self.since.find(plain, None).is_some()
    }

    /// Meetings that a text tells as the last ones of the two states.
    pub(super) fn told_as_last(&self) -> Vec<&Meeting<'r>> {
        let of = self.dyad.iter().filter_map(|pair| self.of.get(pair));
        let mut lasts: Vec<&Meeting<'r>> = of.flatten().filter(|meeting| meeting.last).collect();
        lasts.sort_by_key(|meeting| meeting.from);
        lasts
    }

    /// Meetings of the report's parties; of one party alone, those with any other; if it names
    /// none, those of the two states of the record.
    pub(super) fn with(&self, report: &Report) -> Vec<Meeting<'r>> {
        // The source of a statement is who says it.
        let mut parties = if report.kind == "statement" {
            let named = report.named.as_slice();
            if named.len() < 2 { &[] } else { named }.to_vec()
        } else {
            [report.source.as_slice(), &report.target].concat()
        };
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
            _ => of_pairs(&pairs_of(parties)),
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

pub(super) fn pairs(report: &Report) -> Vec<(u32, u32)> {
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

/// The channel that a quote is about, by its words ("the first visit by a foreign minister"), else
/// that of the fact.
pub(super) fn channel_of(
    report: &Report,
    reader: &mut Reader<'_, '_>,
    book: &Codebook,
) -> Option<u32> {
    let named = named::topics(&report.quote, book);
    let first = named.first();
    first.map_or(report.channel, |(topic, _)| {
        Some(reader.numbers.of(&book.channels.get(*topic).id))
    })
}
