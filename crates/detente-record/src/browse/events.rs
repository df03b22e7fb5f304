//! Merged events: one with its reports, a stretch of time.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Entry, Mention, Record, RecordError};

/// A merged event.
#[derive(Clone, Debug)]
pub struct MergedEvent {
    /// Its id.
    pub id: String,
    /// PLOVER root.
    pub root: Option<String>,
    /// Date (EDTF).
    pub date: String,
    /// How many reports tell it.
    pub mentions: u64,
    /// In how many documents.
    pub documents: u64,
    /// Its first report.
    pub first: Entry,
}

fn event(record: &Record, row: &Row<'_>) -> Result<Option<MergedEvent>, RecordError> {
    let Some(first) = record.entry(row.get(5)?)? else {
        return Ok(None);
    };
    Ok(Some(MergedEvent {
        id: row.get(0)?,
        root: row.get(1)?,
        date: row.get(2)?,
        mentions: row.get::<_, i64>(3)? as u64,
        documents: row.get::<_, i64>(4)? as u64,
        first,
    }))
}

const COLUMNS: &str = "event_id, root, date, mentions, documents, first_fact";

impl Record {
    /// The merged event of that id with its reports, first report first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn event(&self, id: &str) -> Result<Option<(MergedEvent, Vec<Mention>)>, RecordError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM event WHERE event_id = ?1"))?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let Some(event) = event(self, row)? else {
            return Ok(None);
        };
        let reports = self.reports(id)?;
        Ok(Some((event, reports)))
    }

    /// Merged events that begin from one day to another (such as `2012-08-01`), in order, or newest
    /// first; at most `limit`.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn events_between(
        &self,
        from: &str,
        to: &str,
        newest_first: bool,
        limit: usize,
    ) -> Result<Vec<MergedEvent>, RecordError> {
        let order = if newest_first { "DESC" } else { "ASC" };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM event WHERE date_from BETWEEN ?1 AND ?2
             ORDER BY date_from {order}, event_id {order} LIMIT ?3"
        ))?;
        let mut rows = statement.query(params![from, to, limit as i64])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.extend(event(self, row)?);
        }
        Ok(events)
    }

    /// One page of merged events in order of their first day, newest first; `after` is the first
    /// day and the id of the last event given.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn event_page(
        &self,
        after: Option<(&str, &str)>,
        size: usize,
    ) -> Result<Vec<MergedEvent>, RecordError> {
        let (date, id) = after.unwrap_or(("~", "~"));
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM event
             WHERE date_from IS NOT NULL AND (date_from, event_id) < (?1, ?2)
             ORDER BY date_from DESC, event_id DESC LIMIT ?3"
        ))?;
        let mut rows = statement.query(params![date, id, size as i64])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.extend(event(self, row)?);
        }
        Ok(events)
    }

    /// The first and the last day on which a merged event begins.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn event_span(&self) -> Result<Option<(String, String)>, RecordError> {
        let edge = |order: &str| {
            self.connection
                .prepare_cached(&format!(
                    "SELECT date_from FROM event WHERE date_from IS NOT NULL
                     ORDER BY date_from {order} LIMIT 1"
                ))?
                .query_row([], |row| row.get::<_, String>(0))
                .optional()
        };
        Ok(edge("ASC")?.zip(edge("DESC")?))
    }
}
