//! Pages of facts, read from the lists of the terms that are asked for.

use super::{
    plan::{Plan, Walked},
    terms,
};
use crate::{Entry, Filter, Record, RecordError, query};

/// A place in a list of facts; pages go on behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// First day as a number such as 20120810.
    pub first: i64,
    /// Row of the fact; in a search, how many hits were given before.
    pub row: i64,
}

/// How many facts are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Total {
    /// So many.
    pub facts: u64,
    /// False: at least so many; counting stopped there.
    pub exact: bool,
}

/// One page of facts.
#[derive(Clone, Debug)]
pub struct FactPage {
    /// In order.
    pub entries: Vec<Entry>,
    /// Where the next page begins; `None` at the end. A page may be short, even empty, and yet have
    /// a next one: it has looked at as much as one page may.
    pub next: Option<Place>,
    /// How many there are in all pages.
    pub total: Total,
    /// Search only: true if the best hits come first; else there are too many to put in that order
    /// and the newest readings come first.
    pub ranked: bool,
}

/// Facts that are counted before counting stops.
const COUNTED: usize = 200;

impl Record {
    /// One page of the facts that are asked for, in order of their first day, or newest first.
    /// `filter.limit` is the length of the page, 50 if not given.
    ///
    /// # Errors
    /// If an actor's name is too wide, or the database cannot be read.
    pub fn page(
        &self,
        filter: &Filter,
        after: Option<Place>,
        newest_first: bool,
    ) -> Result<FactPage, RecordError> {
        let size = filter.limit.unwrap_or(50) as usize;
        if filter.document.is_some() {
            return self.page_of_document(filter, after, newest_first, size);
        }
        let Some(plan) = self.plan(filter)? else {
            return Ok(nothing());
        };
        let mut found = self.walk(&plan, after, newest_first, size)?;
        let total = self.total(&plan, after, newest_first, &found)?;
        let next = found.stopped;
        let mut entries = Vec::with_capacity(found.places.len());
        for place in found.places.drain(..) {
            entries.extend(self.entry(place.row)?);
        }
        if filter.once {
            entries.retain(|entry| entry.duplicate_of.is_none());
        }
        Ok(FactPage {
            entries,
            next,
            total,
            ranked: false,
        })
    }

    /// How many facts are asked for; counting stops at `most`.
    ///
    /// # Errors
    /// If an actor's name is too wide, or the database cannot be read.
    pub fn count_up_to(&self, filter: &Filter, most: usize) -> Result<usize, RecordError> {
        match self.plan(filter)? {
            None => Ok(0),
            Some(plan) => {
                let walked = self.walk(&plan, None, false, most)?;
                Ok(if walked.stopped.is_some() {
                    most
                } else {
                    walked.places.len()
                })
            }
        }
    }

    /// The fact in a row, if it holds.
    pub(crate) fn entry(&self, row: i64) -> Result<Option<Entry>, RecordError> {
        let sql = format!(
            "{} WHERE f.fact_id = ?1 AND f.superseded_run IS NULL",
            query::selected()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([row])?;
        rows.next()?.map(query::entry).transpose()
    }

    fn page_of_document(
        &self,
        filter: &Filter,
        after: Option<Place>,
        newest_first: bool,
        size: usize,
    ) -> Result<FactPage, RecordError> {
        let all = Filter {
            limit: None,
            ..filter.clone()
        };
        let mut entries = self.facts(&all, crate::Order::Date)?;
        let place = |entry: &Entry| self.place(entry);
        entries.sort_by_key(place);
        if newest_first {
            entries.reverse();
        }
        let total = Total {
            facts: entries.len() as u64,
            exact: true,
        };
        entries.retain(|entry| {
            after.is_none_or(|after| {
                if newest_first {
                    place(entry) < after
                } else {
                    place(entry) > after
                }
            })
        });
        let more = entries.len() > size;
        entries.truncate(size);
        Ok(FactPage {
            next: entries.last().filter(|_| more).map(place),
            entries,
            total,
            ranked: false,
        })
    }

    /// Counts, as far as that can be done at once.
    fn total(
        &self,
        plan: &Plan,
        after: Option<Place>,
        newest_first: bool,
        found: &Walked,
    ) -> Result<Total, RecordError> {
        if plan.sets.len() == 1 && plan.sets[0].len() == 1 && !plan.dated {
            return Ok(Total {
                facts: plan.sets[0][0].1.max(0) as u64,
                exact: true,
            });
        }
        if after.is_none() && found.stopped.is_none() {
            return Ok(Total {
                facts: found.places.len() as u64,
                exact: true,
            });
        }
        let counted = self.walk(plan, None, newest_first, COUNTED)?;
        Ok(Total {
            facts: counted.places.len() as u64,
            exact: counted.stopped.is_none(),
        })
    }

    /// Where a fact stands in lists.
    pub fn place(&self, entry: &Entry) -> Place {
        Place {
            first: terms::days(entry.fact.date).0,
            row: entry.fact_id,
        }
    }
}

pub(super) fn nothing() -> FactPage {
    FactPage {
        entries: Vec::new(),
        next: None,
        total: Total {
            facts: 0,
            exact: true,
        },
        ranked: false,
    }
}
