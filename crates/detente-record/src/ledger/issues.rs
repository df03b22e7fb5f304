//! What words say of the state of an issue: "remains unresolved", "was settled".
//!
//! A side that calls a matter settled only takes a position; what a text tells by itself, or both
//! sides together, counts. That it is open counts whoever says it.

use detente_codebook::{Codebook, ledger::IssueCue};
use rusqlite::{Connection, params};

use super::scope::Scope;
use crate::{
    RecordError,
    merge::report::Report,
    wording::{Matcher, Plain, shared},
};

/// Works out the table of marks anew.
pub(super) fn settle(
    connection: &Connection,
    reports: &[Report],
    plain: &[Plain],
    scope: &Scope,
    book: &Codebook,
) -> Result<(), RecordError> {
    let cues: Vec<(&IssueCue, Matcher)> = book
        .ledger
        .issues
        .iter()
        .map(|cue| (cue, Matcher::new(&cue.cue)))
        .collect();
    let mut insert =
        connection.prepare("INSERT INTO issue_mark VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")?;
    for (report, plain) in reports.iter().zip(plain) {
        let tells = matches!(report.kind.as_str(), "event" | "statement")
            && matches!(
                report.modality.as_str(),
                "asserted" | "historical" | "negated"
            );
        if !tells || report.issues.is_empty() || !scope.may_concern(report, plain) {
            continue;
        }
        let found = cues.iter().find_map(|(cue, matcher)| {
            let negated = report.modality == "negated" && &*cue.to == "agreed";
            let words = matcher.find(plain, report.root.as_deref())?;
            (!negated).then(|| (&*cue.to, format!("“{words}” ({})", cue.cue.place)))
        });
        let Some((status, why)) = found else { continue };
        let one_side = shared(&report.source, &scope.dyad) == 1
            || (report.kind == "statement" && !report.who.is_empty());
        if status == "agreed" && one_side {
            continue;
        }
        for issue in &report.issues {
            insert.execute(params![report.row, issue, status, why])?;
        }
    }
    Ok(())
}
