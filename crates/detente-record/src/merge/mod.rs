//! What looks across documents: passages printed before, reports of the same event, and the
//! ledgers built on them.
//!
//! All is worked out from the facts that hold now and the decisions of reviewers, in an order that
//! depends on dates and names only, never on the order in which documents came in. So a run that
//! was killed and taken up again, or a record filled in three runs, ends with the same events.

pub(crate) mod decided;
mod duplicates;
pub(crate) mod events;
pub(crate) mod place;
pub(crate) mod polls;
pub(crate) mod report;
pub(crate) mod same;

use detente_codebook::Codebook;
use rusqlite::Connection;

use crate::{RecordError, ledger, parties::Parties, record::set_meta, wording::Wording};
use decided::Decided;
use report::Reader;

/// Key in `meta`: `1` if duplicates, events and ledgers are up to date.
pub(crate) const SETTLED: &str = "settled";

/// Version of the rules of this module and of the ledgers.
const RULES: &str = "4";

/// True if duplicates, events and ledgers are up to date.
pub(crate) fn is_settled(connection: &Connection) -> Result<bool, RecordError> {
    Ok(meta(connection, SETTLED)?.as_deref() == Some("1")
        && meta(connection, "merge_rules")?.as_deref() == Some(RULES))
}

/// Brings duplicates, events and ledgers up to date, in one transaction, if they are behind.
pub(crate) fn settle(connection: &Connection, book: &Codebook) -> Result<(), RecordError> {
    if is_settled(connection)? {
        return Ok(());
    }
    connection.execute_batch("BEGIN IMMEDIATE")?;
    duplicates::settle(connection)?;
    ledger::sightings::survey(connection, book)?;
    let parties = Parties::of(&book.actors).with_documents(connection)?;
    let decided = Decided::read(connection)?;
    let mut reader = Reader::new(&parties, Wording::new(book));
    events::settle(connection, &mut reader, &decided)?;
    ledger::settle(connection, &mut reader, &decided, book)?;
    set_meta(connection, SETTLED, "1")?;
    set_meta(connection, "merge_rules", RULES)?;
    connection.execute_batch("COMMIT")?;
    Ok(())
}

pub(crate) fn meta(connection: &Connection, key: &str) -> Result<Option<String>, RecordError> {
    use rusqlite::OptionalExtension;
    Ok(connection
        .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
            row.get(0)
        })
        .optional()?)
}

/// How much was merged.
pub(crate) struct Counts {
    pub(crate) events: u64,
    pub(crate) reports: u64,
    pub(crate) duplicates: u64,
}

pub(crate) fn counts(connection: &Connection) -> Result<Counts, RecordError> {
    let count = |sql: &str| -> Result<u64, RecordError> {
        Ok(connection.query_row(sql, [], |row| row.get::<_, i64>(0))? as u64)
    };
    Ok(Counts {
        events: count("SELECT count(*) FROM event")?,
        reports: count("SELECT count(*) FROM event_mention")?,
        duplicates: count("SELECT count(*) FROM duplicate")?,
    })
}

/// Words with case, white space and quotation marks evened out: how quotes are compared.
pub(crate) fn even(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || "\"'“”‘’「」『』«»".contains(c))
    {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    out
}

/// White space of a name evened out.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::even;

    #[test]
    fn evens_out_case_space_and_quotes() {
        assert_eq!(even("The  “Comfort\nWomen” Fund"), "the comfort women fund");
    }
}
