//! Merged events: one with its reports, a stretch of time, sums by month.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use crate::{Entry, Mention, Record, RecordError};

/// First day of a period, as a number such as 20120810.
pub type Day = i64;

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

/// Merged events that took place in one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Months {
    /// Such as `2012-08`.
    pub month: String,
    /// By quad class: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub events: [u64; 4],
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

    /// Merged events by month and quad class; months without an event are left out. Looks at all
    /// events.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn event_months(&self) -> Result<Vec<Months>, RecordError> {
        let mut statement = self.connection.prepare(
            "SELECT substr(date_from, 1, 7) AS month, root, count(*) FROM event
             WHERE date_from IS NOT NULL GROUP BY month, root ORDER BY month",
        )?;
        let mut rows = statement.query([])?;
        let mut months: Vec<Months> = Vec::new();
        while let Some(row) = rows.next()? {
            let month: String = row.get(0)?;
            let root: Option<String> = row.get(1)?;
            let Some(root) = root.and_then(|root| detente_extract::Root::from_name(&root)) else {
                continue;
            };
            let number: i64 = row.get(2)?;
            if months.last().is_none_or(|last| last.month != month) {
                months.push(Months {
                    month,
                    events: [0; 4],
                });
            }
            if let Some(last) = months.last_mut() {
                last.events[usize::from(root.quad()) - 1] += number as u64;
            }
        }
        Ok(months)
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
