//! The ledger of proposals, commitments, agreements and measures.

use rusqlite::params;
use serde::Serialize;

use super::{EVIDENCE, Evidence, LedgerFilter, evidence, latest_day, list, names};
use crate::{Record, RecordError};

/// An undertaking with all that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommitmentEntry {
    /// Its id: from its first mention, the same on every run.
    pub id: String,
    /// `proposal`, `commitment`, `agreement` or `measure`.
    pub kind: String,
    /// Who owes or proposes.
    pub who: Vec<String>,
    /// To whom; of a proposal, who should act.
    pub towards: Vec<String>,
    /// Issues of all mentions.
    pub issue: Vec<String>,
    /// Channel of the first mention.
    pub channel: Option<String>,
    /// Since when, EDTF.
    pub date: Option<String>,
    /// Until when it is to be done, EDTF.
    pub due: Option<String>,
    /// The due date has passed and nothing is known of its being done.
    pub overdue: bool,
    /// Status of codebook 6.4.
    pub status: String,
    /// Since when it has that status, EDTF.
    pub since: Option<String>,
    /// Where it is told, the first mention first.
    pub mentions: Vec<Told>,
    /// Changes of status, oldest first; the first one opens the entry.
    pub history: Vec<Change>,
    /// Links that wait for a reviewer.
    pub waiting: Vec<String>,
}

/// A mention and why it is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The place.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// Why it is taken for the same undertaking.
    pub reason: String,
}

/// A change of status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The status from then on.
    pub status: String,
    /// When, EDTF.
    pub date: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// What shows it; `None` if a reviewer decided it.
    pub evidence: Option<Evidence>,
    /// Number of the reviewer's decision.
    pub decision: Option<i64>,
}

/// Statuses in which a passed due date says nothing.
pub(crate) const SETTLED: [&str; 4] = ["kept", "withdrawn", "superseded", "broken"];

impl Record {
    /// Undertakings, those that began first first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn commitments(&self, filter: &LedgerFilter) -> Result<Vec<CommitmentEntry>, RecordError> {
        let until = filter.until();
        let today = match filter.as_of {
            Some(day) => Some(day.to_string()),
            None => latest_day(&self.connection)?,
        };
        let to = filter
            .to
            .map_or_else(|| until.clone(), |to| to.to_string().min(until.clone()));
        let id = filter.id.as_deref().unwrap_or("");
        let mut statement = self.connection.prepare_cached(
            "SELECT entry_id, kind, who, towards, issue, channel, date, due, due_to, status, date_from
             FROM undertaking
             WHERE coalesce(date_from, '') <= ?1 AND (?2 IS NULL OR channel = ?2)
               AND (?3 = '' OR (entry_id >= ?3 AND entry_id < ?3 || '~'))
               AND (?4 IS NULL OR EXISTS (SELECT 1 FROM json_each(issue) WHERE value = ?4))
             ORDER BY date_from IS NULL, date_from, entry_id",
        )?;
        let mut rows = statement.query(params![to, filter.channel, id, filter.issue])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            if entries.len() >= filter.limit() {
                break;
            }
            let kind: String = row.get(1)?;
            let who = list(&row.get::<_, String>(2)?);
            let towards = list(&row.get::<_, String>(3)?);
            if !filter.kinds.is_empty() && !filter.kinds.contains(&kind) {
                continue;
            }
            if let Some(actor) = &filter.actor
                && !names(&who, actor)
                && !names(&towards, actor)
            {
                continue;
            }
            let id: String = row.get(0)?;
            let history = self.changes(&id, &until)?;
            let Some(last) = history.last() else { continue };
            if !filter.statuses.is_empty() && !filter.statuses.contains(&last.0.status) {
                continue;
            }
            if let Some(from) = filter.from
                && last.1.as_ref().is_some_and(|day| *day < from.to_string())
            {
                continue;
            }
            let due_to: Option<String> = row.get(8)?;
            let overdue = !SETTLED.contains(&last.0.status.as_str())
                && due_to.is_some_and(|due| today.as_ref().is_some_and(|today| due < *today));
            if filter.overdue && !overdue {
                continue;
            }
            let (status, since) = (last.0.status.clone(), last.0.date.clone());
            entries.push(CommitmentEntry {
                kind,
                who,
                towards,
                issue: list(&row.get::<_, String>(4)?),
                channel: row.get(5)?,
                date: row.get(6)?,
                due: row.get(7)?,
                overdue,
                status,
                since,
                mentions: self.told(&id)?,
                history: history.into_iter().map(|(change, _)| change).collect(),
                waiting: self.waiting_for(&id)?,
                id,
            });
        }
        Ok(entries)
    }

    /// The entry whose id begins with `id`.
    ///
    /// # Errors
    /// If the beginning fits several entries, or the database cannot be read.
    pub fn commitment(&self, id: &str) -> Result<Option<CommitmentEntry>, RecordError> {
        let mut found = self.commitments(&LedgerFilter {
            id: Some(id.to_owned()),
            limit: Some(2),
            ..LedgerFilter::default()
        })?;
        if found.len() > 1 {
            return Err(RecordError::Query(format!(
                "`{id}` is the beginning of several ids; give more digits"
            )));
        }
        Ok(found.pop())
    }

    fn changes(
        &self,
        entry: &str,
        until: &str,
    ) -> Result<Vec<(Change, Option<String>)>, RecordError> {
        let sql = format!(
            "SELECT c.status, c.date, c.reason, c.decision_id, c.date_from, {EVIDENCE}
             FROM undertaking_change c
             LEFT JOIN fact f ON f.fact_id = c.fact_id LEFT JOIN document d USING (document_id)
             WHERE c.entry_id = ?1 AND coalesce(c.date_from, '') <= ?2 ORDER BY c.position"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([entry, until], |row| {
            let shown = row.get::<_, Option<String>>(5)?.is_some();
            Ok((
                Change {
                    status: row.get(0)?,
                    date: row.get(1)?,
                    reason: row.get(2)?,
                    decision: row.get(3)?,
                    evidence: if shown { Some(evidence(row, 5)?) } else { None },
                },
                row.get(4)?,
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn told(&self, entry: &str) -> Result<Vec<Told>, RecordError> {
        let sql = format!(
            "SELECT m.reason, {EVIDENCE}
             FROM undertaking_mention m JOIN fact f USING (fact_id) JOIN document d USING (document_id)
             WHERE m.entry_id = ?1
             ORDER BY m.reason <> 'first report', d.date_from IS NULL, d.date_from, d.name, f.start_char, f.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([entry], |row| {
            Ok(Told {
                reason: row.get(0)?,
                evidence: evidence(row, 1)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn waiting_for(&self, entry: &str) -> Result<Vec<String>, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT link_id FROM link_review WHERE entry_id = ?1 ORDER BY link_id",
        )?;
        let rows = statement.query_map([entry], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
