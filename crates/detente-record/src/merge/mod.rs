//! What looks across documents: passages printed before, and reports of the same event.
//!
//! Both are worked out from the facts that hold now, in an order that depends on dates and names
//! only, never on the order in which documents came in. So a run that was killed and taken up
//! again, or a record filled in three runs, ends with the same events.

mod duplicates;
mod events;

use rusqlite::Connection;

use crate::{RecordError, record::set_meta};

/// Key in `meta`: `1` if duplicates and events are up to date.
pub(crate) const SETTLED: &str = "settled";

/// Version of the rules of this module.
const RULES: &str = "1";

/// Brings duplicates and events up to date, in one transaction, if they are behind.
pub(crate) fn settle(connection: &Connection) -> Result<(), RecordError> {
    if meta(connection, SETTLED)?.as_deref() == Some("1")
        && meta(connection, "merge_rules")?.as_deref() == Some(RULES)
    {
        return Ok(());
    }
    connection.execute_batch("BEGIN IMMEDIATE")?;
    duplicates::settle(connection)?;
    events::settle(connection)?;
    set_meta(connection, SETTLED, "1")?;
    set_meta(connection, "merge_rules", RULES)?;
    connection.execute_batch("COMMIT")?;
    Ok(())
}

fn meta(connection: &Connection, key: &str) -> Result<Option<String>, RecordError> {
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
fn even(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::even;

    #[test]
    fn evens_out_case_space_and_quotes() {
        assert_eq!(even("The  “Comfort\nWomen” Fund"), "the comfort women fund");
    }
}
