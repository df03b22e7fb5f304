//! Decisions of reviewers about what belongs together and what became of it.
//!
//! A decision is kept with who and when and never changed; it is taken back by another one. It
//! names facts by id, document and quote, so that it holds on later runs, whatever rows and ledgers
//! are made anew then.

use std::time::{SystemTime, UNIX_EPOCH};

use detente_codebook::{Codebook, ledger::UNDERTAKING_STATUSES};
use detente_text::date::Edtf;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use crate::{
    Evidence, Record, RecordError, merge,
    views::{EVIDENCE, evidence},
};

/// What a reviewer decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Two facts tell of the same event or undertaking.
    Same(String, String),
    /// They do not.
    Apart(String, String),
    /// An undertaking (an entry, or a fact that tells it) has this status since then.
    Status {
        /// Entry or fact.
        of: String,
        /// Status of codebook 6.4.
        status: String,
        /// Since when, EDTF.
        date: Option<String>,
    },
    /// A waiting link holds.
    Accept(String),
    /// It does not hold.
    Reject(String),
    /// An earlier decision is taken back.
    Undo(i64),
}

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Its number.
    pub number: i64,
    /// `same`, `apart`, `status`, `accept`, `reject`, `undo`.
    pub act: String,
    /// Quotes of the facts decided on.
    pub quotes: Vec<String>,
    /// `status`: the status; `undo`: the number of the decision taken back.
    pub value: Option<String>,
    /// Since when.
    pub date: Option<String>,
    /// Who.
    pub reviewer: String,
    /// When, UTC.
    pub decided: String,
    /// Why.
    pub note: Option<String>,
    /// True if a later decision took it back.
    pub undone: bool,
}

/// A link between a later fact and an entry that it may move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingLink {
    /// Its id.
    pub id: String,
    /// The entry.
    pub entry: String,
    /// The words that opened the entry.
    pub about: Evidence,
    /// What the entry would become.
    pub status: String,
    /// Why it may be meant.
    pub reason: String,
    /// The later fact.
    pub evidence: Evidence,
}

struct Named {
    id: String,
    document: String,
    quote: String,
}

impl Record {
    /// Enters a decision. The ledgers follow at the next [`settle`](Self::settle).
    ///
    /// # Errors
    /// If what it is about is not there, or the record cannot be written.
    pub fn resolve(
        &self,
        act: &Act,
        reviewer: &str,
        note: Option<&str>,
    ) -> Result<i64, RecordError> {
        let mut status = None;
        let mut date = None;
        let mut revokes = None;
        let (name, fact, other) = match act {
            Act::Same(a, b) => ("same", Some(self.named(a)?), Some(self.named(b)?)),
            Act::Apart(a, b) => ("apart", Some(self.named(a)?), Some(self.named(b)?)),
            Act::Status {
                of,
                status: given,
                date: since,
            } => {
                if !UNDERTAKING_STATUSES.contains(&given.as_str()) {
                    return Err(RecordError::Query(format!(
                        "`{given}` is none of {}",
                        UNDERTAKING_STATUSES.join(", ")
                    )));
                }
                if let Some(since) = since {
                    since
                        .parse::<Edtf>()
                        .map_err(|error| RecordError::Query(error.to_string()))?;
                }
                status = Some(given.clone());
                date.clone_from(since);
                ("status", Some(self.named(of)?), None)
            }
            Act::Accept(link) | Act::Reject(link) => {
                let (mover, entry) = self.link(link)?;
                let name = if matches!(act, Act::Accept(_)) {
                    "accept"
                } else {
                    "reject"
                };
                (name, Some(mover), Some(entry))
            }
            Act::Undo(number) => {
                let known: Option<i64> = self
                    .connection
                    .query_row(
                        "SELECT decision_id FROM decision WHERE decision_id = ?1 AND act <> 'undo'",
                        [number],
                        |row| row.get(0),
                    )
                    .optional()?;
                if known.is_none() {
                    return Err(RecordError::Query(format!("there is no decision {number}")));
                }
                revokes = Some(*number);
                ("undo", None, None)
            }
        };
        let seconds = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs() as i64);
        let decided = jiff::Timestamp::from_second(seconds)
            .map_or_else(|_| String::new(), |time| time.to_string());
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let written = self.connection.execute(
            "INSERT INTO decision (act, fact, document, quote, other, other_document, other_quote,
                status, date, revokes, reviewer, decided, note)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                name,
                fact.as_ref().map(|fact| &fact.id),
                fact.as_ref().map(|fact| &fact.document),
                fact.as_ref().map(|fact| &fact.quote),
                other.as_ref().map(|fact| &fact.id),
                other.as_ref().map(|fact| &fact.document),
                other.as_ref().map(|fact| &fact.quote),
                status,
                date,
                revokes,
                reviewer,
                decided,
                note,
            ],
        );
        let done = written.map_err(RecordError::from).and_then(|_| {
            let number = self.connection.last_insert_rowid();
            crate::record::set_meta(&self.connection, merge::SETTLED, "0")?;
            self.connection.execute_batch("COMMIT")?;
            Ok(number)
        });
        if done.is_err() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        done
    }

    /// Brings merged events and ledgers up to date with facts and decisions.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn settle(&self, book: &Codebook) -> Result<(), RecordError> {
        let done = merge::settle(&self.connection, book);
        if done.is_err() && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        done
    }

    /// Decisions, oldest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT x.decision_id, x.act, x.quote, x.other_quote, coalesce(x.status, x.revokes), x.date,
                    x.reviewer, x.decided, x.note,
                    EXISTS (SELECT 1 FROM decision u WHERE u.revokes = x.decision_id)
             FROM decision x ORDER BY x.decision_id",
        )?;
        let rows = statement.query_map([], |row| {
            let quotes = [row.get::<_, Option<String>>(2)?, row.get(3)?];
            let value = match row.get_ref(4)? {
                rusqlite::types::ValueRef::Integer(n) => Some(n.to_string()),
                rusqlite::types::ValueRef::Text(text) => {
                    Some(String::from_utf8_lossy(text).into_owned())
                }
                _ => None,
            };
            Ok(Decision {
                number: row.get(0)?,
                act: row.get(1)?,
                quotes: quotes.into_iter().flatten().collect(),
                value,
                date: row.get(5)?,
                reviewer: row.get(6)?,
                decided: row.get(7)?,
                note: row.get(8)?,
                undone: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Links that wait for a reviewer.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn waiting_links(&self) -> Result<Vec<WaitingLink>, RecordError> {
        let sql = format!(
            "SELECT l.link_id, l.entry_id, l.status, l.reason, {EVIDENCE}, o.id, e.name, e.outlet, e.date, o.date, o.quote, e.language
             FROM link_review l JOIN fact f USING (fact_id) JOIN document d ON d.document_id = f.document_id
             JOIN undertaking u ON u.entry_id = l.entry_id
             JOIN fact o ON o.fact_id = u.first_fact JOIN document e ON e.document_id = o.document_id
             ORDER BY d.date_from IS NULL, d.date_from, d.name, f.start_char, l.link_id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| {
            Ok(WaitingLink {
                id: row.get(0)?,
                entry: row.get(1)?,
                status: row.get(2)?,
                reason: row.get(3)?,
                evidence: evidence(row, 4)?,
                about: evidence(row, 11)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The fact that an id names: that of a fact, or of an entry or event by its first mention.
    fn named(&self, id: &str) -> Result<Named, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT f.id, d.name, f.quote FROM fact f JOIN document d USING (document_id)
             WHERE f.superseded_run IS NULL AND d.state <> 'superseded'
               AND (f.fact_id IN (SELECT first_fact FROM undertaking WHERE entry_id >= ?1 AND entry_id < ?1 || '~')
                 OR f.fact_id IN (SELECT first_fact FROM event WHERE event_id >= ?1 AND event_id < ?1 || '~')
                 OR (f.id >= ?1 AND f.id < ?1 || '~'))
             LIMIT 2",
        )?;
        let mut found: Vec<Named> = statement
            .query_map([id], |row| {
                Ok(Named {
                    id: row.get(0)?,
                    document: row.get(1)?,
                    quote: row.get(2)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        match (found.pop(), found.pop()) {
            (Some(only), None) => Ok(only),
            (Some(_), Some(_)) => Err(RecordError::Query(format!(
                "`{id}` is the beginning of several ids; give more digits"
            ))),
            _ => Err(RecordError::Query(format!(
                "there is no fact, event or entry `{id}`"
            ))),
        }
    }

    /// The later fact and the first mention of the entry of a waiting link.
    fn link(&self, id: &str) -> Result<(Named, Named), RecordError> {
        let mut found = self.waiting_links()?;
        found.retain(|link| link.id.starts_with(id));
        if found.len() > 1 {
            return Err(RecordError::Query(format!(
                "`{id}` is the beginning of several links; give more digits"
            )));
        }
        let Some(link) = found.pop() else {
            return Err(RecordError::Query(format!("no link `{id}` waits")));
        };
        let named = |evidence: Evidence| Named {
            id: evidence.fact,
            document: evidence.document,
            quote: evidence.quote,
        };
        Ok((named(link.evidence), named(link.about)))
    }
}
