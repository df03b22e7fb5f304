//! Sums: terms with their months, who acts towards whom, what was read and what was left out.

use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::terms::{Facet, find};
use crate::{Record, RecordError};

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The value: an issue id, an actor id, a kind.
    pub value: String,
    /// Facts that bear it.
    pub facts: u64,
}

/// Asserted events of one actor towards another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// Who acts.
    pub source: String,
    /// Towards whom.
    pub target: String,
    /// Events by quad class.
    pub events: [u64; 4],
}

/// What an outlet gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outlet {
    /// Its name; `None` for documents that name none.
    pub name: Option<String>,
    /// Documents by year; year 0: undated.
    pub years: Vec<(i64, u64)>,
    /// Documents by month, such as `2019-07`, of those whose date tells one.
    pub months: Vec<(String, u64)>,
    /// Documents.
    pub documents: u64,
}

/// How far the record can be relied on, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Quality {
    /// Documents by outlet, the most frequent first.
    pub outlets: Vec<Outlet>,
    /// Documents by language.
    pub languages: Vec<Term>,
    /// Documents without a date.
    pub undated_documents: u64,
    /// Stretches that were not coded, by reason: how many, how many code points.
    pub dropped: Vec<(String, u64, u64)>,
    /// Code points of all documents.
    pub characters: u64,
    /// Diagnostics by code and severity, with one message.
    pub diagnostics: Vec<(String, String, u64, String)>,
    /// Inputs that gave no document.
    pub left_out: u64,
    /// Decisions of reviewers by kind.
    pub reviews: Vec<Term>,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunEntry {
    /// Its number.
    pub id: i64,
    /// UTC, ISO 8601.
    pub started: String,
    /// UTC; `None`: under way or killed.
    pub finished: Option<String>,
    /// `running`, `finished`, `interrupted`.
    pub state: String,
    /// Versions of rules and codebook.
    pub coder: String,
    /// Inputs read for the first time.
    pub new: u64,
    /// Inputs read again.
    pub changed: u64,
    /// Inputs skipped.
    pub unchanged: u64,
    /// Inputs that are gone.
    pub missing: u64,
    /// Inputs that gave no document.
    pub left_out: u64,
    /// Documents coded.
    pub documents: u64,
    /// Facts they gave.
    pub facts: u64,
    /// Facts refused by the quote rule.
    pub refused: u64,
}

fn tie(row: &rusqlite::Row<'_>) -> rusqlite::Result<Tie> {
    let mut events = [0; 4];
    for (quad, events) in events.iter_mut().enumerate() {
        *events = row.get::<_, i64>(2 + quad)? as u64;
    }
    Ok(Tie {
        source: row.get(0)?,
        target: row.get(1)?,
        events,
    })
}

impl Record {
    /// The most frequent values of a facet, at most `limit`; ties by name.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn terms(&self, facet: Facet, limit: usize) -> Result<Vec<Term>, RecordError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT value, facts FROM term WHERE facet = ?1 AND facts > 0
                 ORDER BY facts DESC, value LIMIT ?2",
            )?
            .query_map(params![facet.name(), limit as i64], |row| {
                Ok(Term {
                    value: row.get(0)?,
                    facts: row.get::<_, i64>(1)? as u64,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// How many facts bear a value.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn term(&self, facet: Facet, value: &str) -> Result<u64, RecordError> {
        Ok(find(&self.connection, facet, value)?.map_or(0, |(_, facts)| facts.max(0) as u64))
    }

    /// How many facts of a value begin in each month from one to another (such as 201208), both
    /// included; months without any are left out.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn months(
        &self,
        facet: Facet,
        value: &str,
        from: i64,
        to: i64,
    ) -> Result<Vec<(i64, u64)>, RecordError> {
        let Some((term, _)) = find(&self.connection, facet, value)? else {
            return Ok(Vec::new());
        };
        Ok(self
            .connection
            .prepare_cached(
                "SELECT month, facts FROM month
                 WHERE term_id = ?1 AND month BETWEEN ?2 AND ?3 AND facts > 0 ORDER BY month",
            )?
            .query_map([term, from, to], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)? as u64))
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Who acted towards whom in the years from one to another, the most frequent first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn ties(&self, from: i64, to: i64, limit: usize) -> Result<Vec<Tie>, RecordError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT source, target, sum(iif(quad = 1, facts, 0)), sum(iif(quad = 2, facts, 0)),
                    sum(iif(quad = 3, facts, 0)), sum(iif(quad = 4, facts, 0))
                 FROM tie WHERE year BETWEEN ?1 AND ?2 GROUP BY source, target
                 HAVING sum(facts) > 0 ORDER BY sum(facts) DESC, source, target LIMIT ?3",
            )?
            .query_map(params![from, to, limit as i64], tie)?
            .collect::<Result<_, _>>()?)
    }

    /// With whom an actor has to do, in either direction, the most frequent first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn ties_of(&self, actor: &str, limit: usize) -> Result<Vec<Tie>, RecordError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT source, target, sum(iif(quad = 1, facts, 0)), sum(iif(quad = 2, facts, 0)),
                    sum(iif(quad = 3, facts, 0)), sum(iif(quad = 4, facts, 0))
                 FROM (SELECT * FROM tie WHERE source = ?1
                    UNION ALL SELECT * FROM tie WHERE target = ?1)
                 GROUP BY source, target
                 HAVING sum(facts) > 0 ORDER BY sum(facts) DESC, source, target LIMIT ?2",
            )?
            .query_map(params![actor, limit as i64], tie)?
            .collect::<Result<_, _>>()?)
    }

    /// The runs, newest first; at most `limit`.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn runs(&self, limit: usize) -> Result<Vec<RunEntry>, RecordError> {
        let number = |row: &rusqlite::Row<'_>, i: usize| row.get::<_, i64>(i).map(|n| n as u64);
        Ok(self
            .connection
            .prepare_cached(
                "SELECT run_id, started, finished, state, coder, new, changed, unchanged, missing,
                    left_out, documents, facts, refused FROM run ORDER BY run_id DESC LIMIT ?1",
            )?
            .query_map([limit as i64], |row| {
                Ok(RunEntry {
                    id: row.get(0)?,
                    started: row.get(1)?,
                    finished: row.get(2)?,
                    state: row.get(3)?,
                    coder: row.get(4)?,
                    new: number(row, 5)?,
                    changed: number(row, 6)?,
                    unchanged: number(row, 7)?,
                    missing: number(row, 8)?,
                    left_out: number(row, 9)?,
                    documents: number(row, 10)?,
                    facts: number(row, 11)?,
                    refused: number(row, 12)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Changes whenever something was committed that pages show.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn revision(&self) -> Result<String, RecordError> {
        let run: Option<(i64, String)> = self
            .connection
            .prepare_cached("SELECT run_id, state FROM run ORDER BY run_id DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let edge = |table: &str, column: &str| {
            self.connection
                .prepare_cached(&format!("SELECT coalesce(max({column}), 0) FROM {table}"))?
                .query_row([], |row| row.get::<_, i64>(0))
        };
        let (run, state) = run.unwrap_or_default();
        Ok(format!(
            "{run}{}.{}.{}.{}",
            state.get(..1).unwrap_or("n"),
            edge("fact", "fact_id")?,
            edge("review", "review_id")?,
            edge("decision", "decision_id")?
        ))
    }

    /// True if a run writes, or was killed while it did.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn is_being_written(&self) -> Result<bool, RecordError> {
        Ok(self
            .connection
            .prepare_cached("SELECT 1 FROM run WHERE state = 'running' LIMIT 1")?
            .exists([])?)
    }

    /// A number that changes whenever another connection has written to the record. Quicker than
    /// [`revision`](Self::revision), but it means something on this connection only.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn change_counter(&self) -> Result<i64, RecordError> {
        Ok(self
            .connection
            .prepare_cached("PRAGMA data_version")?
            .query_row([], |row| row.get(0))?)
    }

    /// The newest row of a fact, and the facts above `row` that hold, at most `limit`: what is new.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn facts_after(&self, row: i64, limit: usize) -> Result<Vec<crate::Entry>, RecordError> {
        let rows: Vec<i64> = self
            .connection
            .prepare_cached(
                "SELECT fact_id FROM fact WHERE fact_id > ?1 AND superseded_run IS NULL
                 ORDER BY fact_id LIMIT ?2",
            )?
            .query_map(params![row, limit as i64], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            entries.extend(self.entry(row)?);
        }
        Ok(entries)
    }

    /// Row of the newest fact; 0 if there is none.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn newest_fact(&self) -> Result<i64, RecordError> {
        Ok(self
            .connection
            .prepare_cached("SELECT coalesce(max(fact_id), 0) FROM fact")?
            .query_row([], |row| row.get(0))?)
    }

    /// How far the record can be relied on, in numbers. Looks at all documents.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn quality(&self) -> Result<Quality, RecordError> {
        let mut quality = Quality::default();
        let mut statement = self.connection.prepare(
            "SELECT outlet, CAST(coalesce(substr(date_from, 1, 4), '0') AS INTEGER) AS year,
                    iif(substr(date, 1, 7) = substr(date_from, 1, 7), substr(date_from, 1, 7), NULL)
                        AS month,
                    count(*)
             FROM document WHERE state <> 'superseded'
             GROUP BY outlet, year, month ORDER BY outlet, year, month",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name: Option<String> = row.get(0)?;
            let (year, documents): (i64, i64) = (row.get(1)?, row.get(3)?);
            let documents = documents as u64;
            if year == 0 {
                quality.undated_documents += documents;
            }
            let known = quality.outlets.last().is_some_and(|last| last.name == name);
            if !known {
                quality.outlets.push(Outlet {
                    name,
                    years: Vec::new(),
                    months: Vec::new(),
                    documents: 0,
                });
            }
            let Some(outlet) = quality.outlets.last_mut() else {
                continue;
            };
            outlet.documents += documents;
            match outlet.years.last_mut().filter(|last| last.0 == year) {
                Some(last) => last.1 += documents,
                None => outlet.years.push((year, documents)),
            }
            if let Some(month) = row.get(2)? {
                outlet.months.push((month, documents));
            }
        }
        quality
            .outlets
            .sort_by(|a, b| b.documents.cmp(&a.documents).then(a.name.cmp(&b.name)));
        quality.languages = self.counted(
            "SELECT language, count(*) FROM document WHERE state <> 'superseded'
             GROUP BY language ORDER BY 2 DESC, 1",
        )?;
        quality.reviews =
            self.counted("SELECT decision, count(*) FROM review GROUP BY decision ORDER BY 1")?;
        quality.dropped = self
            .connection
            .prepare(
                "SELECT reason, count(*), sum(end_char - start_char) FROM dropped
                 GROUP BY reason ORDER BY 3 DESC, 1",
            )?
            .query_map([], |row| {
                Ok((
                    row.get(0)?,
                    row.get::<_, i64>(1)? as u64,
                    row.get::<_, i64>(2)? as u64,
                ))
            })?
            .collect::<Result<_, _>>()?;
        quality.diagnostics = self
            .connection
            .prepare(
                "SELECT code, severity, count(*), max(diagnostic_id) FROM diagnostic
                 GROUP BY code, severity ORDER BY 3 DESC, 1",
            )?
            .query_map([], |row| {
                let last: i64 = row.get(3)?;
                let message: String = self.connection.query_row(
                    "SELECT message FROM diagnostic WHERE diagnostic_id = ?1",
                    [last],
                    |row| row.get(0),
                )?;
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get::<_, i64>(2)? as u64,
                    message,
                ))
            })?
            .collect::<Result<_, _>>()?;
        let one = |sql: &str| -> Result<u64, RecordError> {
            Ok(self
                .connection
                .query_row(sql, [], |row| row.get::<_, i64>(0))? as u64)
        };
        quality.characters =
            one("SELECT coalesce(sum(characters), 0) FROM document WHERE state <> 'superseded'")?;
        quality.left_out = one("SELECT count(*) FROM input WHERE state = 'left_out'")?;
        Ok(quality)
    }

    fn counted(&self, sql: &str) -> Result<Vec<Term>, RecordError> {
        Ok(self
            .connection
            .prepare(sql)?
            .query_map([], |row| {
                Ok(Term {
                    value: row.get(0)?,
                    facts: row.get::<_, i64>(1)? as u64,
                })
            })?
            .collect::<Result<_, _>>()?)
    }
}
