//! What a fact can be asked for by, and the lists that are kept of it.

use std::collections::BTreeSet;

use detente_extract::{Fact, Kind, Modality};
use detente_text::date::Edtf;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{RecordError, store::fact};

/// First day of a fact without a date; last day of one that is open at its end.
pub(crate) const NEVER: i64 = 99_999_999;

/// Facts that last longer than this many days are listed under [`Facet::Long`] as well, so that
/// those that reach into a time from before it are found without looking at all that came before.
pub(crate) const LONG: i64 = 62;

/// By what facts can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Every fact, under the empty value.
    All,
    /// Kind of fact.
    Kind,
    /// Modality.
    Modality,
    /// PLOVER root.
    Root,
    /// Quad class of asserted events.
    Quad,
    /// Issue id.
    Issue,
    /// Channel id.
    Channel,
    /// Actor id in any role; a state's code also stands for all its bodies and groups.
    Actor,
    /// Language of the quote.
    Language,
    /// On what the date rests.
    Basis,
    /// Facts that last longer than two months, under the empty value.
    Long,
}

impl Facet {
    /// As it stands in the table `term`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Kind => "kind",
            Self::Modality => "modality",
            Self::Root => "root",
            Self::Quad => "quad",
            Self::Issue => "issue",
            Self::Channel => "channel",
            Self::Actor => "actor",
            Self::Language => "language",
            Self::Basis => "basis",
            Self::Long => "long",
        }
    }
}

/// A day as a number that sorts like it: 20120810.
pub(crate) fn day(date: Date) -> i64 {
    (i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())).max(0)
}

/// First and last day of a date as numbers.
pub(crate) fn days(date: Option<Edtf>) -> (i64, i64) {
    match date {
        None => (NEVER, NEVER),
        Some(date) => (
            date.earliest().map_or(0, day),
            date.latest().map_or(NEVER, day),
        ),
    }
}

/// The number of the day `LONG` days earlier.
pub(crate) fn well_before(date: Date) -> i64 {
    date.checked_sub(jiff::Span::new().days(LONG))
        .map_or(0, day)
}

/// All terms of a fact.
fn terms(fact: &Fact) -> BTreeSet<(Facet, String)> {
    let mut terms = BTreeSet::new();
    let mut add = |facet: Facet, value: &str| {
        terms.insert((facet, value.to_owned()));
    };
    add(Facet::All, "");
    add(Facet::Kind, fact.kind.as_str());
    add(Facet::Modality, fact.modality.as_str());
    add(Facet::Language, fact.language.code());
    if let Ok(serde_json::Value::String(basis)) = serde_json::to_value(fact.date_basis) {
        add(Facet::Basis, &basis);
    }
    if let Some(root) = fact.root {
        add(Facet::Root, root.as_str());
    }
    if let Some(channel) = &fact.channel {
        add(Facet::Channel, channel);
    }
    for issue in &fact.issue {
        add(Facet::Issue, issue);
    }
    if let Some(quad) = deed(fact) {
        add(Facet::Quad, &quad.to_string());
    }
    let spoke = fact.speaker.iter().filter_map(|link| link.actor.as_ref());
    for actor in fact
        .actors
        .iter()
        .chain(&fact.source)
        .chain(&fact.target)
        .chain(spoke)
    {
        add(Facet::Actor, actor);
        if let Some((state, _)) = actor.split_once(' ')
            && is_state(state)
        {
            add(Facet::Actor, state);
        }
    }
    if lasts(fact) {
        add(Facet::Long, "");
    }
    terms
}

/// True for what may be the code of a state.
fn is_state(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// The quad class of an event that took place.
fn deed(fact: &Fact) -> Option<u8> {
    (fact.kind == Kind::Event && fact.modality == Modality::Asserted)
        .then_some(fact.quad)
        .flatten()
}

fn lasts(fact: &Fact) -> bool {
    fact.date
        .is_some_and(|date| match (date.earliest(), date.latest()) {
            (Some(from), Some(to)) => from
                .until(to)
                .is_ok_and(|span| i64::from(span.get_days()) > LONG),
            _ => true,
        })
}

/// Enters a fact that begins to hold (`step` 1) or takes one out (−1).
pub(crate) fn count(
    connection: &Connection,
    fact: &Fact,
    row: i64,
    step: i64,
) -> Result<(), RecordError> {
    let (first, last) = days(fact.date);
    let month = first / 100;
    for (facet, value) in terms(fact) {
        let term = term_id(connection, facet, &value)?;
        connection
            .prepare_cached("UPDATE term SET facts = facts + ?2 WHERE term_id = ?1")?
            .execute([term, step])?;
        if step > 0 {
            connection
                .prepare_cached("INSERT OR REPLACE INTO posting VALUES (?, ?, ?, ?)")?
                .execute([term, first, row, last])?;
        } else {
            connection
                .prepare_cached(
                    "DELETE FROM posting WHERE term_id = ? AND first = ? AND fact_id = ?",
                )?
                .execute([term, first, row])?;
        }
        if first != NEVER && first != 0 {
            connection
                .prepare_cached(
                    "INSERT INTO month VALUES (?1, ?2, ?3) ON CONFLICT (term_id, month)
                     DO UPDATE SET facts = facts + excluded.facts",
                )?
                .execute([term, month, step])?;
        }
    }
    if let Some(quad) = deed(fact)
        && first != NEVER
        && first != 0
    {
        for source in &fact.source {
            for target in fact.target.iter().filter(|target| *target != source) {
                connection
                    .prepare_cached(
                        "INSERT INTO tie VALUES (?1, ?2, ?3, ?4, ?5)
                         ON CONFLICT (source, target, year, quad)
                         DO UPDATE SET facts = facts + excluded.facts",
                    )?
                    .execute(params![source, target, first / 10_000, quad, step])?;
            }
        }
    }
    Ok(())
}

fn term_id(connection: &Connection, facet: Facet, value: &str) -> Result<i64, RecordError> {
    if let Some(term) = find(connection, facet, value)? {
        return Ok(term.0);
    }
    connection
        .prepare_cached("INSERT INTO term (facet, value, facts) VALUES (?, ?, 0)")?
        .execute([facet.name(), value])?;
    Ok(connection.last_insert_rowid())
}

/// A term's row, and how many facts bear it.
pub(crate) fn find(
    connection: &Connection,
    facet: Facet,
    value: &str,
) -> Result<Option<(i64, i64)>, RecordError> {
    Ok(connection
        .prepare_cached("SELECT term_id, facts FROM term WHERE facet = ?1 AND value = ?2")?
        .query_row([facet.name(), value], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Makes all lists anew from the facts that hold now.
pub(crate) fn rebuild(connection: &Connection) -> Result<(), RecordError> {
    connection.execute_batch(
        "DELETE FROM posting; DELETE FROM month; DELETE FROM tie; DELETE FROM term;",
    )?;
    let sql = format!(
        "SELECT {}, f.fact_id FROM fact f WHERE f.superseded_run IS NULL ORDER BY f.fact_id",
        fact::columns("f")
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let fact = fact::read(row, "")?;
        count(connection, &fact, row.get(fact::WIDTH)?, 1)?;
    }
    Ok(())
}
