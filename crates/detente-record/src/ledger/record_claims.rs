//! Claims of record about meetings ("the first in N years", "the last one in 2011") against the
//! meetings of the record.

use std::collections::BTreeSet;

use detente_codebook::Codebook;
use detente_extract::Claim;

use super::{
    channels,
    contradictions::Writer,
    meetings::{Meeting, Meetings, channel_of},
};
use crate::{
    RecordError,
    merge::report::{Reader, Report, days},
    wording::{Matcher, Plain, shared},
};

/// Days in which, by the words of a claim, there was none; with the day on which the one before
/// may be expected.
fn empty_span(report: &Report, claim: &Claim) -> Option<(i32, i32)> {
    let now = report.to.or(report.told)?;
    let now = now.min(report.told.unwrap_or(now));
    if !matches!(claim.extreme.as_str(), "first" | "last") {
        return None;
    }
    let unit = match claim.unit.as_deref().filter(|_| claim.extreme == "first") {
        Some("years" | "year") => 365.25,
        Some("months" | "month") => 30.44,
        Some("decades" | "decade") => 3652.5,
        // "the first since 2018"
        _ => return since_date(report),
    };
    let length = claim.n? * unit;
    let slack = match claim.bound.as_str() {
        "more_than" => 0.0,
        _ => (length * 0.08).max(45.0),
    };
    Some((now - (length - slack) as i32, now - length as i32))
}

/// The same from a date in the words, which lies before their telling.
fn since_date(report: &Report) -> Option<(i32, i32)> {
    let now = report.to.into_iter().chain(report.told).min();
    let (from, to) = days(channels::date_in(&report.quote)?);
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
    let mut known: BTreeSet<(i64, u32)> = BTreeSet::new();
    for (report, plain) in reports.iter().zip(plain) {
        let coded = report.claim.as_ref();
        let coded = coded.and_then(|claim| serde_json::from_str::<Claim>(claim).ok());
        let span = match coded {
            Some(claim) => empty_span(report, &claim),
            // "the last one was held in 2011", "have not met since 2011"
            None if last.find(plain, None).is_some() || meetings.is_unused(report, plain) => {
                since_date(report)
            }
            None => continue,
        };
        // The same words may be coded as an act and as a claim.
        if !known.insert((report.document, report.sentence)) {
            continue;
        }
        let now = report.told.or(report.to);
        // What bears no span of time, or is no claim about meetings, cannot be checked here.
        let (Some((since, before)), Some(now)) = (span, now) else {
            continue;
        };
        let is_visit = visit.find(plain, None).is_some();
        let is_remote = remote.find(plain, None).is_some();
        let about = channel_of(report, reader, book);
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
