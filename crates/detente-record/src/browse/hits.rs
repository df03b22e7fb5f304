//! Pages of facts whose quote fits the words of a search.

use rusqlite::{OptionalExtension, params};

use super::{
    page::{FactPage, Place, Total, nothing},
    plan::Plan,
    terms::NEVER,
};
use crate::{Entry, Filter, Record, RecordError, segment};

/// Full-text hits up to which they are put in the order of how well they fit.
const RANKED: usize = 500;

impl Record {
    /// One page of the facts whose quote fits the words of `query` (as [`Record::search`] takes
    /// them) and that are asked for.
    ///
    /// # Errors
    /// If nothing is asked for, or the database cannot be read.
    pub fn search_facts(
        &self,
        query: &str,
        filter: &Filter,
        after: Option<Place>,
    ) -> Result<FactPage, RecordError> {
        let Some(matching) = segment::query(query) else {
            return Err(RecordError::Query(format!(
                "the query `{query}` names no word to search for"
            )));
        };
        let size = filter.limit.unwrap_or(50) as usize;
        let Some(plan) = self.plan(filter)? else {
            return Ok(nothing());
        };
        match self.best(&matching)? {
            Some(best) => self.ranked_page(&plan, filter, &best, after, size),
            None => self.newest_page(&plan, filter, &matching, after, size),
        }
    }

    /// Hands each fact whose quote fits `query` and that is asked for to `take`, in the order in
    /// which they were read.
    ///
    /// # Errors
    /// If nothing is asked for, the database cannot be read, or `take` fails.
    pub fn for_each_hit<E: From<RecordError>>(
        &self,
        query: &str,
        filter: &Filter,
        mut take: impl FnMut(Entry) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(matching) = segment::query(query) else {
            let why = format!("the query `{query}` names no word to search for");
            return Err(RecordError::Query(why).into());
        };
        let Some(plan) = self.plan(filter)? else {
            return Ok(());
        };
        let mut statement = self
            .connection
            .prepare("SELECT rowid FROM search_quote WHERE search_quote MATCH ?1 ORDER BY rowid")
            .map_err(RecordError::from)?;
        let mut rows = statement.query([matching]).map_err(RecordError::from)?;
        let mut left = filter.limit.unwrap_or(u64::MAX);
        while left > 0
            && let Some(row) = rows.next().map_err(RecordError::from)?
        {
            let row = row.get(0).map_err(RecordError::from)?;
            if self.fits(&plan, filter, row)?
                && let Some(entry) = self.entry(row)?
            {
                left -= 1;
                take(entry)?;
            }
        }
        Ok(())
    }

    /// Rows of all facts whose quote fits, best first; `None` if there are too many to say.
    fn best(&self, matching: &str) -> Result<Option<Vec<i64>>, RecordError> {
        let number: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM (SELECT rowid FROM search_quote
                 WHERE search_quote MATCH ?1 LIMIT ?2)",
            )?
            .query_row(params![matching, RANKED as i64 + 1], |row| row.get(0))?;
        if number as usize > RANKED {
            return Ok(None);
        }
        let best = self
            .connection
            .prepare_cached(
                "SELECT rowid FROM search_quote WHERE search_quote MATCH ?1 ORDER BY rank, rowid",
            )?
            .query_map([matching], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(Some(best))
    }

    fn ranked_page(
        &self,
        plan: &Plan,
        filter: &Filter,
        best: &[i64],
        after: Option<Place>,
        size: usize,
    ) -> Result<FactPage, RecordError> {
        let mut fitting = Vec::new();
        for row in best {
            if self.fits(plan, filter, *row)? {
                fitting.push(*row);
            }
        }
        let skip = after.map_or(0, |place| place.row.max(0) as usize);
        let given = skip.saturating_add(size);
        Ok(FactPage {
            entries: self.entries(fitting.iter().skip(skip).take(size))?,
            next: (given < fitting.len()).then_some(Place {
                first: 0,
                row: given as i64,
            }),
            total: Total {
                facts: fitting.len() as u64,
                exact: true,
            },
            ranked: true,
        })
    }

    fn newest_page(
        &self,
        plan: &Plan,
        filter: &Filter,
        matching: &str,
        after: Option<Place>,
        size: usize,
    ) -> Result<FactPage, RecordError> {
        let below = after.map_or(i64::MAX, |place| place.row);
        let mut statement = self.connection.prepare_cached(
            "SELECT rowid FROM search_quote WHERE search_quote MATCH ?1 AND rowid < ?2
             ORDER BY rowid DESC LIMIT ?3",
        )?;
        let mut rows = statement.query(params![matching, below, RANKED as i64])?;
        let mut fitting: Vec<i64> = Vec::new();
        let (mut seen, mut last) = (0, below);
        while fitting.len() <= size
            && let Some(row) = rows.next()?
        {
            let row = row.get(0)?;
            seen += 1;
            if self.fits(plan, filter, row)? {
                fitting.push(row);
            }
            if fitting.len() <= size {
                last = row;
            }
        }
        let more = fitting.len() > size || seen == RANKED;
        fitting.truncate(size);
        Ok(FactPage {
            entries: self.entries(fitting.iter())?,
            next: more.then_some(Place {
                first: 0,
                row: last,
            }),
            total: Total {
                facts: if plan.is_open() {
                    RANKED as u64
                } else {
                    fitting.len() as u64
                },
                exact: false,
            },
            ranked: false,
        })
    }

    fn entries<'r>(&self, rows: impl Iterator<Item = &'r i64>) -> Result<Vec<Entry>, RecordError> {
        let mut entries = Vec::new();
        for row in rows {
            entries.extend(self.entry(*row)?);
        }
        Ok(entries)
    }

    /// True if the fact in a row holds and is asked for.
    fn fits(&self, plan: &Plan, filter: &Filter, row: i64) -> Result<bool, RecordError> {
        let Some((first, last)) = self.days_of(row)? else {
            return Ok(false);
        };
        if !plan.in_time(first, last) || !self.bears(&plan.sets, first, row)? {
            return Ok(false);
        }
        match filter.document.as_deref() {
            Some(name) => self.is_in(row, name),
            None => Ok(true),
        }
    }

    /// First and last day of a fact that holds.
    fn days_of(&self, row: i64) -> Result<Option<(i64, i64)>, RecordError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT date IS NULL, date_from, date_to FROM fact
                 WHERE fact_id = ?1 AND superseded_run IS NULL",
            )?
            .query_row([row], |r| {
                if r.get(0)? {
                    return Ok((NEVER, NEVER));
                }
                let number = |text: Option<String>, open: i64| {
                    text.map_or(open, |text| text.replace('-', "").parse().unwrap_or(0))
                };
                Ok((number(r.get(1)?, 0), number(r.get(2)?, NEVER)))
            })
            .optional()?)
    }

    fn is_in(&self, row: i64, document: &str) -> Result<bool, RecordError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM fact f JOIN document d USING (document_id)
                 WHERE f.fact_id = ?1 AND d.name = ?2)",
            )?
            .query_row(params![row, document], |r| r.get(0))?)
    }
}
