//! Contradictions and claims of record.

use rusqlite::{Row, params};
use serde::Serialize;

use super::{EVIDENCE, Evidence, LedgerFilter, evidence, list, names};
use crate::{Record, RecordError};

/// Documents that differ, a claim of record, an announced act that never shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// Its id, the same on every run.
    pub id: String,
    /// `date`, `figure`, `record_claim` or `not_held`.
    pub kind: String,
    /// `differ`, `refuted`, `supported`, `unchecked` or `not_shown`.
    pub verdict: String,
    /// Why, in words.
    pub reason: String,
    /// What is said, and what stands against it or beside it.
    pub sides: Vec<Side>,
}

/// One of the places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The place.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// Who acts in it.
    pub who: Vec<String>,
    /// Its issues.
    pub issue: Vec<String>,
    /// Its channel.
    pub channel: Option<String>,
}

impl Record {
    /// What documents say against each other, and claims of record with what the record says to
    /// them, in order of the date of the first document.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn contradictions(&self, filter: &LedgerFilter) -> Result<Vec<Contradiction>, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.contradiction_id, c.kind, c.verdict, c.reason, c.fact_id, c.other_id
             FROM contradiction c JOIN fact f ON f.fact_id = c.fact_id JOIN document d USING (document_id)
             WHERE coalesce(d.date_from, '') <= ?1
               AND (?2 = '' OR (c.contradiction_id >= ?2 AND c.contradiction_id < ?2 || '~'))
             ORDER BY d.date_from IS NULL, d.date_from, d.name, f.start_char, c.kind, c.contradiction_id",
        )?;
        let id = filter.id.as_deref().unwrap_or("");
        let mut rows = statement.query(params![filter.until(), id])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            if found.len() >= filter.limit() {
                break;
            }
            let entry = self.contradiction_in(row)?;
            if entry.fits(filter) {
                found.push(entry);
            }
        }
        Ok(found)
    }

    /// The contradiction of that id.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn contradiction(&self, id: &str) -> Result<Option<Contradiction>, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT contradiction_id, kind, verdict, reason, fact_id, other_id
             FROM contradiction WHERE contradiction_id = ?1",
        )?;
        let mut rows = statement.query([id])?;
        rows.next()?
            .map(|row| self.contradiction_in(row))
            .transpose()
    }

    fn contradiction_in(&self, row: &Row<'_>) -> Result<Contradiction, RecordError> {
        let mut sides = vec![self.side(row.get(4)?)?];
        if let Some(other) = row.get::<_, Option<i64>>(5)? {
            sides.push(self.side(other)?);
        }
        Ok(Contradiction {
            id: row.get(0)?,
            kind: row.get(1)?,
            verdict: row.get(2)?,
            reason: row.get(3)?,
            sides,
        })
    }

    fn side(&self, fact: i64) -> Result<Side, RecordError> {
        let sql = format!(
            "SELECT f.source, f.target, f.issue, f.channel, {EVIDENCE}
             FROM fact f JOIN document d USING (document_id) WHERE f.fact_id = ?1"
        );
        Ok(self
            .connection
            .prepare_cached(&sql)?
            .query_row([fact], |row| {
                let mut who = list(&row.get::<_, String>(0)?);
                who.extend(list(&row.get::<_, String>(1)?));
                Ok(Side {
                    who,
                    issue: list(&row.get::<_, String>(2)?),
                    channel: row.get(3)?,
                    evidence: evidence(row, 4)?,
                })
            })?)
    }
}

impl Contradiction {
    fn fits(&self, filter: &LedgerFilter) -> bool {
        let any = |test: &dyn Fn(&Side) -> bool| self.sides.iter().any(test);
        (filter.kinds.is_empty() || filter.kinds.contains(&self.kind))
            && (filter.statuses.is_empty() || filter.statuses.contains(&self.verdict))
            && filter
                .actor
                .as_ref()
                .is_none_or(|actor| any(&|side| names(&side.who, actor)))
            && filter
                .issue
                .as_ref()
                .is_none_or(|issue| any(&|side| side.issue.contains(issue)))
            && filter
                .channel
                .as_ref()
                .is_none_or(|channel| any(&|side| side.channel.as_ref() == Some(channel)))
            && filter.from.is_none_or(|from| {
                any(&|side| {
                    let date = side.evidence.document_date.as_deref();
                    super::first_day(date).is_none_or(|day| day >= from.to_string())
                })
            })
    }
}
