//! Claims of record about meetings ("the first in N years", "the last one in 2011") against the
//! meetings of the record.

use std::collections::BTreeSet;

use detente_codebook::Codebook;
use detente_extract::Claim;

use super::{
    contradictions::Writer,
    meetings::{Meeting, Meetings, channel_of, is_unused},
    named,
};
use crate::{
    RecordError,
    merge::{
        events::day_text,
        report::{Reader, Report, days},
    },
    wording::{Length, Matcher, Plain, length, shared},
};

/// Days in which, by the words of a claim, there was none; with the day on which the one before
/// may be expected.
fn empty_span(report: &Report, claim: &Claim) -> Option<(i32, i32)> {
    let now = report.to.or(report.told)?;
    let now = now.min(report.told.unwrap_or(now));
    if !matches!(claim.extreme.as_str(), "first" | "last") {
        return None;
    }
    let days = match claim.unit.as_deref().filter(|_| claim.extreme == "first") {
        Some("years" | "year") => 365.25,
        Some("months" | "month") => 30.44,
        Some("decades" | "decade") => 3652.5,
        // "the first since 2018"
        _ => return since_date(report),
    };
    let length = Length {
        days: claim.n? * days,
        more: claim.bound == "more_than",
    };
    Some(length.before(now))
}

/// The same from a date in the words, which lies before their telling.
fn since_date(report: &Report) -> Option<(i32, i32)> {
    let now = report.to.into_iter().chain(report.told).min();
    let (from, to) = days(named::date_in(&report.quote)?);
    let told = report.told.or(now)?;
    (to? < told).then_some((to?, from?))
}

/// "The first in N years" against the meetings of the record.
pub(super) fn check(
    reports: &[Report],
    plain: &[Plain],
    meetings: &Meetings<'_>,
    reader: &mut Reader<'_, '_>,
    book: &Codebook,
    writer: &mut Writer<'_>,
) -> Result<(), RecordError> {
    let visit = Matcher::of_words(&book.ledger.visit);
    let remote = Matcher::of_words(&book.ledger.remote);
    let last = Matcher::of_words(&book.ledger.last);
    let meeting = Matcher::of_words(&book.ledger.meeting);
    let lasts: Vec<&Meeting<'_>> = meetings.told_as_last();
    let mut known: BTreeSet<(i64, u32)> = BTreeSet::new();
    // The same words may be coded as an act and as a claim: the one that names both sides says more.
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|i| reports[*i].source.len() + reports[*i].target.len() < 2);
    for i in order {
        let (report, plain) = (&reports[i], &plain[i]);
        let coded = report.claim.as_ref();
        let coded = coded.and_then(|claim| serde_json::from_str::<Claim>(claim).ok());
        let length = length(&report.quote).filter(|_| is_unused(report));
        let span = match coded {
            Some(claim) => empty_span(report, &claim),
            // "have not met for five years"
            None if length.is_some() => length
                .zip(report.told)
                .map(|(length, told)| length.before(told)),
            // "the last one was held in 2011", "have not met since 2011"
            None if last.find(plain, None).is_some() || meetings.is_since(report, plain) => {
                since_date(report)
            }
            None => continue,
        };
        let meets =
            report.root.as_deref() == Some("CONSULT") || meeting.find(plain, None).is_some();
        if !meets || !known.insert((report.document, report.sentence)) {
            continue;
        }
        let about = channel_of(report, reader, book);
        if let (Some(length), None) = (length, report.told) {
            undated(report, length, about, &lasts, writer)?;
            continue;
        }
        let now = report.told.or(report.to);
        // What bears no span of time, or is no claim about meetings, cannot be checked here.
        let (Some((since, before)), Some(now)) = (span, now) else {
            continue;
        };
        let is_visit = visit.find(plain, None).is_some();
        let is_remote = remote.find(plain, None).is_some();
        let earlier: Vec<Meeting<'_>> = meetings
            .with(report)
            .into_iter()
            .filter(|meeting| {
                let other = meeting.report;
                let same_way = !(is_visit && meeting.visit)
                    || report.target.is_empty()
                    || other.target.is_empty()
                    || shared(&report.target, &other.target) > 0;
                let same_channel = about.is_none() || meeting.channel == about;
                meeting.held
                    && other.document != report.document
                    && same_way
                    && same_channel
                    && (is_remote || !meeting.remote)
                    && meeting.to.is_some_and(|to| to < now - 30)
            })
            .collect();
        let date = |meeting: &Meeting<'_>| meeting.from.map(day_text).unwrap_or_default();
        let inside = earlier
            .iter()
            .rfind(|meeting| meeting.from.is_some_and(|from| from > since));
        let (verdict, other, why) = match inside {
            Some(other) if !is_visit || other.visit => (
                "refuted",
                Some(other),
                format!("the record has one of {}", date(other)),
            ),
            // Two claims of record: the one knows none in this time, the other a last one in it.
            Some(other) if other.last => (
                "differ",
                Some(other),
                format!(
                    "another text puts the last one at {}; whether both mean the same kind of meeting is open",
                    date(other)
                ),
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

/// "Not held for ten years" in a text without date, beside what another one tells of the last one.
fn undated(
    report: &Report,
    length: Length,
    about: Option<u32>,
    lasts: &[&Meeting<'_>],
    writer: &mut Writer<'_>,
) -> Result<(), RecordError> {
    let other = lasts.iter().rfind(|meeting| {
        meeting.report.document != report.document && (about.is_none() || meeting.channel == about)
    });
    let Some((other, from)) = other.and_then(|other| other.from.map(|from| (other, from))) else {
        return Ok(());
    };
    let since = day_text(from + length.days as i32);
    let why = format!(
        "the text bears no date: it fits the last one of {} only if it was written after {since}",
        day_text(from)
    );
    writer.put(
        "record_claim",
        "unchecked",
        report,
        Some(other.report),
        &why,
    )
}
