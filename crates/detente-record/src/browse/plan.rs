//! Which lists answer a question, and how they are walked.

use std::collections::BTreeSet;

use rusqlite::params;

use super::{
    page::Place,
    terms::{self, Facet, NEVER},
};
use crate::{Filter, Record, RecordError};

/// How many facts one page looks at before it gives what it has found, and where to go on.
const SCAN: usize = 5_000;

/// More actors than this fit the words of a name: they must be told apart first.
const ACTORS: usize = 400;

/// Entries read from each list at a time.
const BATCH: usize = 256;

/// Terms of which a fact must bear one.
pub(super) type OneOf = Vec<(i64, i64)>;

/// What a page is asked for, looked up.
pub(super) struct Plan {
    /// The rarest comes first; its lists are walked.
    pub(super) sets: Vec<OneOf>,
    /// First and last day asked for.
    pub(super) from: Option<(i64, i64)>,
    pub(super) to: i64,
    pub(super) dated: bool,
    /// No term is asked for.
    pub(super) all: bool,
}

/// What a walk found.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) places: Vec<Place>,
    pub(super) stopped: Option<Place>,
    seen: usize,
}

impl Record {
    /// Looks up the terms of a filter; `None` if one of them has no fact.
    pub(super) fn plan(&self, filter: &Filter) -> Result<Option<Plan>, RecordError> {
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
    pub(super) fn bears(&self, sets: &[OneOf], first: i64, row: i64) -> Result<bool, RecordError> {
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
    pub(super) fn walk(
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
}

impl Plan {
    /// True if nothing but the words is asked for.
    pub(super) fn is_open(&self) -> bool {
        !self.dated && self.all
    }

    pub(super) fn in_time(&self, first: i64, last: i64) -> bool {
        !(self.dated && first == NEVER && last == NEVER)
            && first <= self.to
            && self.from.is_none_or(|(from, _)| last >= from)
    }
}
