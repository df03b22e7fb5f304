//! Announced meetings and visits of which no later document tells.

use detente_codebook::Codebook;

use super::{
    contradictions::{APART, Writer},
    meetings::{Meetings, pairs},
};
use crate::{
    RecordError,
    merge::report::Report,
    wording::{Matcher, Plain},
};

/// Days on either side of a meeting's day on which it may be told to have been held.
const ABOUT: i32 = 7;

/// Days after which a later document should have told of a meeting.
const AFTER: i32 = 7;

/// Announced meetings and visits of which no later document tells.
pub(super) fn check(
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
