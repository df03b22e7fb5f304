//! Ledgers: the state of undertakings and channels over time, each change with its evidence, and
//! what documents say against each other.
//!
//! 1. [`sightings`]: where documents name actors.
//! 2. [`openers`]: facts that tell of proposals, commitments, agreements and measures; [`entries`]:
//!    each of these once.
//! 3. [`moves`]: which later fact moves which entry, by what they have in common ([`likeness`]);
//!    [`disputes`]: what the sides say against each other.
//! 4. [`undertakings`]: the statuses that follow, as rows.
//! 5. [`channels`]: when a channel was used, halted, resumed; [`issues`]: what is called settled or
//!    open.
//! 6. [`contradictions`]: documents that differ; [`record_claims`]: claims of record; [`announced`]:
//!    announced acts that never show.
//!
//! Which words move what stands in `codebook/ledger/en.toml`. Reviewers' decisions
//! ([`decided`](crate::merge::decided)) come last and win.

mod announced;
mod channels;
mod contradictions;
mod disputes;
mod entries;
mod history;
mod issues;
mod likeness;
mod meetings;
mod moves;
mod named;
mod openers;
mod record_claims;
mod rows;
mod scope;
pub(crate) mod sightings;
mod targets;
mod undertakings;

use detente_codebook::Codebook;
use rusqlite::Connection;

use self::scope::Scope;
use crate::{
    RecordError,
    merge::{decided::Decided, meta, report::Reader},
    wording::Plain,
};

/// Works out all ledgers anew.
pub(crate) fn settle(
    connection: &Connection,
    reader: &mut Reader<'_, '_>,
    decided: &Decided,
    book: &Codebook,
) -> Result<(), RecordError> {
    for table in [
        "link_review",
        "undertaking_change",
        "undertaking_mention",
        "undertaking",
        "channel_change",
        "issue_mark",
        "contradiction",
    ] {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    // Facts without a place in a ledger: polls and indicators, and events without root that name
    // no channel and no issue.
    let reports = reader.all(
        connection,
        "f.kind IN ('event', 'statement', 'proposal', 'commitment')",
        true,
    )?;
    let plain: Vec<Plain> = reports
        .iter()
        .map(|report| Plain::new(&report.quote))
        .collect();
    undertakings::settle(connection, &reports, &plain, reader, decided, book)?;
    let scope = dyad(connection)?.map(|(one, other)| {
        let dyad = [reader.numbers.of(&one), reader.numbers.of(&other)];
        Scope::new(dyad, &reports, reader, &book.ledger.both)
    });
    if let Some(scope) = &scope {
        channels::settle(connection, &reports, &plain, scope, reader, book)?;
        issues::settle(connection, &reports, &plain, scope, book)?;
    }
    contradictions::settle(connection, &reports, &plain, scope.as_ref(), reader, book)?;
    Ok(())
}

/// The two states of the record.
fn dyad(connection: &Connection) -> Result<Option<(String, String)>, RecordError> {
    let dyad = meta(connection, "dyad")?;
    Ok(dyad.and_then(|dyad| {
        let (one, other) = dyad.split_once('-')?;
        Some((one.to_owned(), other.to_owned()))
    }))
}
