//! Pages of facts, read from the lists of the terms that are asked for.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::terms::{self, Facet, NEVER};
use crate::{Entry, Filter, Record, RecordError, query, segment};

/// How many facts one page looks at before it gives what it has found, and where to go on.
const SCAN: usize = 5_000;

/// More actors than this fit the words of a name: they must be told apart first.
const ACTORS: usize = 400;

/// Full-text hits up to which they are put in the order of how well they fit.
const RANKED: usize = 500;

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

/// Terms of which a fact must bear one.
type OneOf = Vec<(i64, i64)>;

/// What a page is asked for, looked up.
struct Plan {
    /// The rarest comes first; its lists are walked.
    sets: Vec<OneOf>,
    /// First and last day asked for.
    from: Option<(i64, i64)>,
    to: i64,
    dated: bool,
    /// No term is asked for.
    all: bool,
}

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

    /// Looks up the terms of a filter; `None` if one of them has no fact.
    fn plan(&self, filter: &Filter) -> Result<Option<Plan>, RecordError> {
        let mut sets: Vec<OneOf> = Vec::new();
        let mut several = |facet: Facet, values: Vec<String>| -> Result<(), RecordError> {
            if values.is_empty() {
                return Ok(());
            }
            let mut set = OneOf::new();
            for value in values {
                set.extend(terms::find(&self.connection, facet, &value)?);
            }
            sets.push(set);
            Ok(())
        };
        several(
            Facet::Kind,
            filter.kinds.iter().map(|k| k.to_string()).collect(),
        )?;
        let modalities = filter.modalities.iter().map(|m| m.to_string()).collect();
        several(Facet::Modality, modalities)?;
        for (facet, value) in [
            (Facet::Issue, &filter.issue),
            (Facet::Channel, &filter.channel),
            (Facet::Root, &filter.root),
        ] {
            several(facet, value.iter().cloned().collect())?;
        }
        if let Some(actor) = &filter.actor {
            sets.push(self.actors_named(actor)?);
        }
        let all = sets.is_empty();
        if all {
            sets.extend(terms::find(&self.connection, Facet::All, "")?.map(|t| vec![t]));
        }
        if sets.is_empty() || sets.iter().any(Vec::is_empty) {
            return Ok(None);
        }
        sets.sort_by_key(|set| set.iter().map(|term| term.1).sum::<i64>());
        Ok(Some(Plan {
            all,
            sets,
            from: filter
                .from
                .map(|from| (terms::day(from), terms::well_before(from))),
            to: filter.to.map_or(NEVER, terms::day),
            dated: filter.dated || filter.from.is_some() || filter.to.is_some(),
        }))
    }

    /// The actors whose id holds all words, in any order.
    fn actors_named(&self, words: &str) -> Result<OneOf, RecordError> {
        let words: Vec<String> = words
            .replace(',', " ")
            .split_whitespace()
            .map(|word| {
                let word = word.replace('\\', "\\\\").replace('%', "\\%");
                format!("% {} %", word.replace('_', "\\_"))
            })
            .collect();
        let Some(first) = words.first() else {
            return Ok(OneOf::new());
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT term_id, facts, value FROM term WHERE facet = 'actor' AND facts > 0
             AND ' ' || value || ' ' LIKE ?1 ESCAPE '\\' ORDER BY value",
        )?;
        let found: Vec<(i64, i64, String)> = statement
            .query_map([first], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let folded: Vec<String> = words
            .iter()
            .map(|word| {
                word.trim_matches(['%', ' '])
                    .replace('\\', "")
                    .to_lowercase()
            })
            .collect();
        let all_in = |value: &str| {
            let value = value.to_lowercase();
            folded
                .iter()
                .all(|word| value.split(' ').any(|part| part == word))
        };
        let mut set = OneOf::new();
        let mut covered = BTreeSet::new();
        for (term, facts, value) in found {
            if !all_in(&value) {
                continue;
            }
            // The list of a state holds those of its bodies.
            if value
                .split(' ')
                .next()
                .is_some_and(|head| covered.contains(head))
            {
                continue;
            }
            if value.len() == 3 {
                covered.insert(value);
            }
            set.push((term, facts));
        }
        if set.len() > ACTORS {
            return Err(RecordError::Query(format!(
                "{} actors bear this name; add a word",
                set.len()
            )));
        }
        Ok(set)
    }

    /// True if the fact bears a term of each set.
    fn bears(&self, sets: &[OneOf], first: i64, row: i64) -> Result<bool, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT 1 FROM posting WHERE term_id = ?1 AND first = ?2 AND fact_id = ?3",
        )?;
        for set in sets {
            let mut any = false;
            for (term, _) in set {
                if statement.exists(params![term, first, row])? {
                    any = true;
                    break;
                }
            }
            if !any {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Walks the lists and gives up to `size` places, and where to go on if there may be more.
    fn walk(
        &self,
        plan: &Plan,
        after: Option<Place>,
        newest_first: bool,
        size: usize,
    ) -> Result<Walked, RecordError> {
        let mut walked = Walked::default();
        let long = terms::find(&self.connection, Facet::Long, "")?;
        // What begins long before the time asked for and reaches into it, then what begins later.
        let early = plan.from.and_then(|(_, well_before)| {
            let long = long?;
            Some((vec![long], (0, well_before - 1), plan.sets.as_slice()))
        });
        let floor = plan.from.map_or(0, |(_, well_before)| well_before);
        let ceiling = if plan.dated {
            plan.to.min(NEVER - 1)
        } else {
            plan.to
        };
        let late = (plan.sets[0].clone(), (floor, ceiling), &plan.sets[1..]);
        let mut passes: Vec<_> = early.into_iter().chain([late]).collect();
        if newest_first {
            passes.reverse();
        }
        let reaches = plan.from.map_or(0, |(from, _)| from);
        for (lists, (low, high), others) in passes {
            let mut from_place = after;
            loop {
                let batch = self.batch(&lists, (low, high), reaches, from_place, newest_first)?;
                let whole = batch.len() < BATCH;
                for (place, last) in &batch {
                    walked.seen += 1;
                    from_place = Some(*place);
                    if plan.in_time(place.first, *last)
                        && self.bears(others, place.first, place.row)?
                    {
                        if walked.places.len() == size {
                            walked.stopped = walked.places.last().copied();
                            return Ok(walked);
                        }
                        walked.places.push(*place);
                    }
                    if walked.seen >= SCAN {
                        walked.stopped = from_place;
                        return Ok(walked);
                    }
                }
                if whole {
                    break;
                }
            }
        }
        Ok(walked)
    }

    /// The next entries of several lists, merged.
    fn batch(
        &self,
        lists: &OneOf,
        (low, high): (i64, i64),
        reaches: i64,
        after: Option<Place>,
        newest_first: bool,
    ) -> Result<Vec<(Place, i64)>, RecordError> {
        let (order, sign) = if newest_first {
            ("DESC", "<")
        } else {
            ("ASC", ">")
        };
        let edge = if newest_first {
            Place {
                first: high + 1,
                row: 0,
            }
        } else {
            Place {
                first: low,
                row: -1,
            }
        };
        let after = match after {
            Some(after) if newest_first => after.min(edge),
            Some(after) => after.max(edge),
            None => edge,
        };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT first, fact_id, last FROM posting
             WHERE term_id = ?1 AND (first, fact_id) {sign} (?2, ?3) AND first BETWEEN ?4 AND ?5 AND last >= ?6
             ORDER BY first {order}, fact_id {order} LIMIT {BATCH}"
        ))?;
        let mut all = Vec::new();
        for (term, _) in lists {
            let rows = statement.query_map(
                params![term, after.first, after.row, low, high, reaches],
                |row| {
                    let place = Place {
                        first: row.get(0)?,
                        row: row.get(1)?,
                    };
                    Ok((place, row.get(2)?))
                },
            )?;
            for row in rows {
                all.push(row?);
            }
        }
        all.sort_unstable();
        all.dedup();
        if newest_first {
            all.reverse();
        }
        all.truncate(BATCH);
        Ok(all)
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
}

/// Entries read from each list at a time.
const BATCH: usize = 256;

/// Facts that are counted before counting stops.
const COUNTED: usize = 200;

/// What a walk found.
#[derive(Default)]
struct Walked {
    places: Vec<Place>,
    stopped: Option<Place>,
    seen: usize,
}

impl Plan {
    /// True if nothing but the words is asked for.
    fn is_open(&self) -> bool {
        !self.dated && self.all
    }

    fn in_time(&self, first: i64, last: i64) -> bool {
        !(self.dated && first == NEVER && last == NEVER)
            && first <= self.to
            && self.from.is_none_or(|(from, _)| last >= from)
    }
}

fn nothing() -> FactPage {
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
