//! The schema, its version and its migrations.

use rusqlite::Connection;

use crate::{RecordError, browse};

/// Marks the file as a record of detente (`PRAGMA application_id`): "dtnt".
pub(crate) const APPLICATION_ID: i32 = 0x6474_6e74;

/// Step `i` leads from version `i` to version `i + 1`. A published step is never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/001_tables.sql"),
    include_str!("schema/002_ledgers.sql"),
    include_str!("schema/003_browse.sql"),
    include_str!("schema/004_issues.sql"),
    include_str!("schema/005_cameo.sql"),
    include_str!("schema/006_searches.sql"),
];

/// Views hold no data, so they are made anew after every migration.
const VIEWS: &str = include_str!("schema/views.sql");

/// Newest version this program knows.
pub(crate) const VERSION: u32 = MIGRATIONS.len() as u32;

/// Brings the schema to [`VERSION`] in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), RecordError> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: u32 = transaction.pragma_query_value(None, "user_version", |r| r.get(0))?;
    if version == VERSION {
        return Ok(());
    }
    let views: Vec<String> = transaction
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for view in views {
        transaction.execute_batch(&format!("DROP VIEW \"{}\"", view.replace('"', "\"\"")))?;
    }
    for step in &MIGRATIONS[version as usize..] {
        transaction.execute_batch(step)?;
    }
    if (1..3).contains(&version) {
        browse::rebuild(&transaction)?;
    }
    transaction.execute_batch(VIEWS)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(())
}
