//! Documents as they are shown: lists by date, and one with all that was found in it.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::page::Total;
use crate::{Entry, Filter, Order, Record, RecordError, segment};

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentEntry {
    /// Row of the document.
    #[serde(skip)]
    pub row: i64,
    /// Its name: the path below the folder that was read.
    pub name: String,
    /// `current`, or `missing` if its file is gone.
    pub state: String,
    /// Title.
    pub title: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Place of the dateline.
    pub place: Option<String>,
    /// Date (EDTF).
    pub date: Option<String>,
    /// Words it was read from.
    pub date_text: Option<String>,
    /// On what it rests.
    pub date_basis: String,
    /// ISO 639-1 code, `und` if not known.
    pub language: String,
    /// Format of the file.
    pub format: String,
    /// Character encoding of the file.
    pub charset: String,
    /// Length in code points.
    pub characters: u64,
    /// Address it was taken from.
    pub url: Option<String>,
    /// Facts found in it.
    pub facts: u64,
}

/// A place in the list of documents: newest first, then those without date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPlace {
    /// First day of the document's date; empty if it has none.
    pub date: String,
    /// Its row.
    pub row: i64,
}

/// A stretch that was not coded, in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Why it was dropped; `repeat` if it stands earlier in the same document.
    pub reason: String,
}

/// Something that was noticed about a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Stable code.
    pub code: String,
    /// `note`, `warning`, `error`.
    pub severity: String,
    /// What it says.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

/// A document with its text and all that was found in it.
#[derive(Clone, Debug)]
pub struct WholeDocument {
    /// What is known about it.
    pub entry: DocumentEntry,
    /// The text as decoded.
    pub text: String,
    /// What was not coded, in order.
    pub dropped: Vec<Stretch>,
    /// Its facts, in order of place.
    pub facts: Vec<Entry>,
    /// What was noticed.
    pub marks: Vec<Mark>,
}

const COLUMNS: &str =
    "d.document_id, d.name, d.state, d.title, d.authors, d.outlet, d.place, d.date,
    d.date_text, d.date_basis, d.language, d.format, d.charset, d.characters, d.url,
    (SELECT count(*) FROM fact f WHERE f.document_id = d.document_id AND f.superseded_run IS NULL)";

fn entry(row: &Row<'_>) -> rusqlite::Result<DocumentEntry> {
    let authors: String = row.get(4)?;
    Ok(DocumentEntry {
        row: row.get(0)?,
        name: row.get(1)?,
        state: row.get(2)?,
        title: row.get(3)?,
        authors: serde_json::from_str(&authors).unwrap_or_default(),
        outlet: row.get(5)?,
        place: row.get(6)?,
        date: row.get(7)?,
        date_text: row.get(8)?,
        date_basis: row.get(9)?,
        language: row.get(10)?,
        format: row.get(11)?,
        charset: row.get(12)?,
        characters: row.get::<_, i64>(13)? as u64,
        url: row.get(14)?,
        facts: row.get::<_, i64>(15)? as u64,
    })
}

impl Record {
    /// One page of the documents, newest first; those without a date come last.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn document_page(
        &self,
        after: Option<&DocumentPlace>,
        size: usize,
    ) -> Result<(Vec<DocumentEntry>, Option<DocumentPlace>), RecordError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, coalesce(d.date_from, '') FROM document d
             WHERE d.state <> 'superseded' AND (d.date_from IS NOT NULL
                AND (?1 IS NULL OR (d.date_from, d.document_id) < (?1, ?2)) AND ?4
                OR d.date_from IS NULL AND NOT ?4 AND d.document_id < ?2)
             ORDER BY d.date_from DESC, d.document_id DESC LIMIT ?3"
        ))?;
        let mut read = |date: Option<&str>, row: i64, dated: bool, size: usize| {
            statement
                .query_map(params![date, row, size as i64, dated], |row| {
                    Ok((entry(row)?, row.get::<_, String>(16)?))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        let mut found = match after {
            None => read(None, i64::MAX, true, size + 1)?,
            Some(place) if !place.date.is_empty() => {
                read(Some(&place.date), place.row, true, size + 1)?
            }
            Some(_) => Vec::new(),
        };
        if found.len() <= size {
            let row = match after {
                Some(place) if place.date.is_empty() => place.row,
                _ => i64::MAX,
            };
            found.extend(read(None, row, false, size + 1 - found.len())?);
        }
        let more = found.len() > size;
        found.truncate(size);
        let next = found
            .last()
            .filter(|_| more)
            .map(|(entry, date)| DocumentPlace {
                date: date.clone(),
                row: entry.row,
            });
        Ok((found.into_iter().map(|(entry, _)| entry).collect(), next))
    }

    /// The live document of that name with all that was found in it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn document(&self, name: &str) -> Result<Option<WholeDocument>, RecordError> {
        let sql = format!(
            "SELECT {COLUMNS}, d.text FROM document d WHERE d.name = ?1 AND d.state <> 'superseded'"
        );
        let found = self
            .connection
            .prepare_cached(&sql)?
            .query_row([name], |row| Ok((entry(row)?, row.get::<_, String>(16)?)))
            .optional()?;
        let Some((entry, text)) = found else {
            return Ok(None);
        };
        let dropped = self
            .connection
            .prepare_cached(
                "SELECT start_char, end_char, reason FROM dropped WHERE document_id = ?1
                 UNION ALL SELECT again_start, again_end, 'repeat' FROM repeat WHERE document_id = ?1
                 ORDER BY 1, 2, 3",
            )?
            .query_map([entry.row], |row| {
                Ok(Stretch {
                    start: row.get(0)?,
                    end: row.get(1)?,
                    reason: row.get(2)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        let marks = self
            .connection
            .prepare_cached(
                "SELECT code, severity, message, hint FROM diagnostic
                 WHERE document_id = ?1 AND run_id = (SELECT max(run_id) FROM diagnostic
                    WHERE document_id = ?1) ORDER BY diagnostic_id LIMIT 50",
            )?
            .query_map([entry.row], |row| {
                Ok(Mark {
                    code: row.get(0)?,
                    severity: row.get(1)?,
                    message: row.get(2)?,
                    hint: row.get(3)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        let filter = Filter {
            document: Some(name.to_owned()),
            ..Filter::default()
        };
        Ok(Some(WholeDocument {
            facts: self.facts(&filter, Order::Document)?,
            entry,
            text,
            dropped,
            marks,
        }))
    }

    /// The first day of the oldest and of the newest document.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn document_span(&self) -> Result<Option<(String, String)>, RecordError> {
        let edge = |order: &str| {
            self.connection
                .prepare_cached(&format!(
                    "SELECT date_from FROM document
                     WHERE state <> 'superseded' AND date_from IS NOT NULL
                     ORDER BY date_from {order} LIMIT 1"
                ))?
                .query_row([], |row| row.get::<_, String>(0))
                .optional()
        };
        Ok(edge("ASC")?.zip(edge("DESC")?))
    }

    /// How many documents fit a query; counting stops at `most`.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn count_hits(&self, query: &str, most: u64) -> Result<Total, RecordError> {
        let Some(matching) = segment::query(query) else {
            return Ok(Total {
                facts: 0,
                exact: true,
            });
        };
        let found: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM (SELECT rowid FROM search_document
                 WHERE search_document MATCH ?1 LIMIT ?2)",
            )?
            .query_row(params![matching, most as i64 + 1], |row| row.get(0))?;
        Ok(Total {
            facts: (found as u64).min(most),
            exact: found as u64 <= most,
        })
    }
}
