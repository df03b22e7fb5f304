//! The ledger of actors: names in every script, offices as documents show them, statements,
//! meetings.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{EVIDENCE, Evidence, LedgerFilter, issues::state, names};
use crate::{Record, RecordError};

/// A person, body or state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActorEntry {
    /// Its id (codebook 4.1).
    pub id: String,
    /// The state it belongs to, as its id or the documents show.
    pub country: Option<String>,
    /// Names as the documents have them, most frequent first; further ids that are only another
    /// spelling of it among them.
    pub names: Vec<Name>,
    /// Offices named with it, or resolved by the dated table of offices.
    pub offices: Vec<OfficeHeld>,
    /// Facts in which it acts or is acted upon.
    pub facts: u64,
    /// Statements it makes.
    pub statements: u64,
    /// Meetings it takes part in.
    pub meetings: u64,
    /// First and last day of these facts.
    pub first: Option<String>,
    /// See `first`.
    pub last: Option<String>,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// The name.
    pub name: String,
    /// `latin`, `japanese` or `hangul`.
    pub script: &'static str,
    /// How often.
    pub count: u64,
    /// A document that has it.
    pub document: String,
}

/// An office at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfficeHeld {
    /// Id of the office.
    pub office: String,
    /// Date of the first document that shows it.
    pub first: Option<String>,
    /// Date of the last one.
    pub last: Option<String>,
    /// `named`: the text names person and office together; `inferred`: the text names the office
    /// alone, and the table of offices has one holder on the document's day.
    pub basis: String,
    /// Line of the table of offices, for `inferred`.
    pub evidence: Option<String>,
    /// A document that shows it.
    pub document: String,
    /// The words there.
    pub words: String,
}

#[derive(Default)]
struct Sum {
    facts: u64,
    statements: u64,
    meetings: u64,
    first: Option<String>,
    last: Option<String>,
}

impl Record {
    /// Actors by the number of facts that name them, most first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn actors(&self, filter: &LedgerFilter) -> Result<Vec<ActorEntry>, RecordError> {
        let until = filter.until();
        let states = self.states_of_actors()?;
        let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(
            "SELECT a.actor, count(DISTINCT f.fact_id),
                    count(DISTINCT iif(f.kind = 'statement' AND a.role IN ('source', 'speaker'), f.fact_id, NULL)),
                    count(DISTINCT iif(f.kind = 'event' AND f.root = 'CONSULT' AND f.modality IN ('asserted', 'historical'), f.fact_id, NULL)),
                    min(f.date_from), max(f.date_from)
             FROM fact_actor a JOIN fact f USING (fact_id) JOIN document d USING (document_id)
             WHERE f.superseded_run IS NULL AND d.state <> 'superseded'
               AND coalesce(f.date_from, d.date_from, '') <= ?1
             GROUP BY a.actor",
        )?;
        let mut rows = statement.query([&until])?;
        while let Some(row) = rows.next()? {
            let sum = Sum {
                facts: row.get::<_, i64>(1)? as u64,
                statements: row.get::<_, i64>(2)? as u64,
                meetings: row.get::<_, i64>(3)? as u64,
                first: row.get(4)?,
                last: row.get(5)?,
            };
            sums.insert(row.get(0)?, sum);
        }
        let mut ids: BTreeSet<String> = sums.keys().cloned().collect();
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT actor FROM actor_sighting ORDER BY actor")?;
        for id in statement.query_map([], |row| row.get::<_, String>(0))? {
            ids.insert(id?);
        }
        let mut found = Vec::new();
        for (id, spellings) in one_person(&ids, &states) {
            let asked = filter.id.as_ref().or(filter.actor.as_ref());
            if asked.is_some_and(|asked| !names(&spellings, asked)) {
                continue;
            }
            let mut entry = ActorEntry {
                country: state(&id, &states).map(str::to_owned),
                id,
                names: Vec::new(),
                offices: Vec::new(),
                facts: 0,
                statements: 0,
                meetings: 0,
                first: None,
                last: None,
            };
            for spelling in &spellings {
                self.sightings(spelling, &until, &mut entry)?;
                if let Some(sum) = sums.get(spelling) {
                    entry.facts += sum.facts;
                    entry.statements += sum.statements;
                    entry.meetings += sum.meetings;
                    entry.first = entry.first.into_iter().chain(sum.first.clone()).min();
                    entry.last = entry.last.into_iter().chain(sum.last.clone()).max();
                }
            }
            if entry.facts > 0 || !entry.names.is_empty() || !entry.offices.is_empty() {
                entry
                    .names
                    .sort_by(|a, b| b.count.cmp(&a.count).then(a.name.cmp(&b.name)));
                found.push(entry);
            }
        }
        found.sort_by(|a, b| b.facts.cmp(&a.facts).then(a.id.cmp(&b.id)));
        found.truncate(filter.limit());
        Ok(found)
    }

    fn sightings(
        &self,
        actor: &str,
        until: &str,
        entry: &mut ActorEntry,
    ) -> Result<(), RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.name, s.office, s.basis, s.evidence, d.name, d.date, d.date_from
             FROM actor_sighting s JOIN document d USING (document_id)
             WHERE s.actor = ?1 AND d.state <> 'superseded' AND coalesce(d.date_from, '') <= ?2
             ORDER BY d.date_from IS NULL, d.date_from, d.name, s.start_char",
        )?;
        let mut rows = statement.query([actor, until])?;
        while let Some(row) = rows.next()? {
            let words: String = row.get(0)?;
            let basis: String = row.get(2)?;
            let document: String = row.get(4)?;
            let date: Option<String> = row.get(5)?;
            if basis == "named" || bears_name(&words, actor) {
                let name = crate::merge::one_line(&words);
                match entry.names.iter_mut().find(|known| known.name == name) {
                    Some(known) => known.count += 1,
                    None => entry.names.push(Name {
                        script: script(&name),
                        name,
                        count: 1,
                        document: document.clone(),
                    }),
                }
            }
            let Some(office) = row.get::<_, Option<String>>(1)? else {
                continue;
            };
            let known = entry
                .offices
                .iter_mut()
                .find(|held| held.office == office && held.basis == basis);
            match known {
                Some(held) => held.last = date.or(held.last.take()),
                None => entry.offices.push(OfficeHeld {
                    office,
                    first: date.clone(),
                    last: date,
                    basis,
                    evidence: row.get(3)?,
                    document,
                    words,
                }),
            }
        }
        Ok(())
    }

    /// Statements and acts of an actor, newest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn facts_of_actor(&self, actor: &str, limit: u64) -> Result<Vec<Evidence>, RecordError> {
        let sql = format!(
            "SELECT DISTINCT {EVIDENCE} FROM fact_actor a JOIN fact f USING (fact_id) JOIN document d USING (document_id)
             WHERE a.actor = ?1 AND f.superseded_run IS NULL AND d.state <> 'superseded'
             ORDER BY coalesce(f.date_from, d.date_from) DESC, d.name, f.start_char, f.id LIMIT ?2"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params![actor, limit as i64], |row| {
            super::evidence(row, 0)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// True if a word of the id stands in the words: they are a name, not an office alone.
fn bears_name(words: &str, id: &str) -> bool {
    let parts = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|w| w.len() > 1)
            .map(str::to_lowercase)
            .collect()
    };
    !parts(words).is_disjoint(&parts(id))
}

fn script(name: &str) -> &'static str {
    if name.chars().any(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c)) {
        "hangul"
    } else if name.is_ascii() || name.chars().all(|c| c < '\u{3000}') {
        "latin"
    } else {
        "japanese"
    }
}

/// Ids that are only spellings of one another, under the first of them. Two names are one if their
/// romanisation evens out to the same and no document gives them different states.
fn one_person(
    ids: &BTreeSet<String>,
    states: &BTreeMap<String, String>,
) -> Vec<(String, Vec<String>)> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let alone = alone(ids);
    for id in ids {
        let id_meant = alone.get(id.as_str()).copied().unwrap_or(id);
        let key = if id_meant != id {
            romanised(id_meant)
        } else if id.contains(' ') && state(id, &BTreeMap::new()).is_none() {
            romanised(id)
        } else {
            id.clone()
        };
        groups.entry(key).or_default().push(id.clone());
    }
    let mut found = Vec::new();
    for group in groups.into_values() {
        let told: BTreeSet<&str> = group.iter().filter_map(|id| state(id, states)).collect();
        if told.len() > 1 {
            found.extend(group.into_iter().map(|id| (id.clone(), vec![id])));
        } else {
            let full = group.iter().find(|id| id.contains(' '));
            found.push((full.unwrap_or(&group[0]).clone(), group));
        }
    }
    found
}

/// Names of one word that only one person bears ("Arima"), with the id of that person.
fn alone(ids: &BTreeSet<String>) -> BTreeMap<&str, &String> {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let mut bearers: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for id in ids.iter().filter(|id| id.split(' ').all(capital)) {
        for word in id.split(' ') {
            bearers.entry(word).or_default().push(id);
        }
    }
    bearers.retain(|name, of| ids.contains(*name) && of.len() == 2);
    let others = bearers.into_iter().filter_map(|(name, of)| {
        let other = of.into_iter().find(|id| id.as_str() != name)?;
        Some((name, other))
    });
    others.filter(|(name, _)| !is_state(name)).collect()
}

fn is_state(id: &str) -> bool {
    state(id, &BTreeMap::new()).is_some()
}

/// A name with the spellings of one sound evened out: Yun Sok-yol and Yoon Suk-yeol are one.
/// Only what different systems of romanisation write for the same letter is evened out; names that
/// differ in sound stay apart.
fn romanised(name: &str) -> String {
    let mut words: Vec<String> = name
        .to_lowercase()
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(even_sounds)
        .collect();
    words.sort_unstable();
    words.join(" ")
}

fn even_sounds(word: &str) -> String {
    let mut out = word.to_owned();
    for (from, to) in [
        ("yeo", "yo"),
        ("eo", "o"),
        ("eu", "u"),
        ("oo", "u"),
        ("ou", "o"),
        ("oh", "o"),
        ("suk", "sok"),
        ("seok", "sok"),
        ("ae", "e"),
        ("ch", "j"),
        ("c", "j"),
        ("q", "k"),
        ("ph", "p"),
        ("kk", "k"),
        ("tt", "t"),
        ("pp", "p"),
        ("ss", "s"),
        ("ii", "i"),
        ("ee", "i"),
        ("g", "k"),
        ("d", "t"),
        ("b", "p"),
        ("r", "l"),
    ] {
        out = out.replace(from, to);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        assert_eq!(romanised("Yun Sok-yol"), romanised("Yoon Suk-yeol"));
        assert_eq!(romanised("Suk Yeol Yoon"), romanised("Yoon Suk-yeol"));
        assert_ne!(romanised("Park Chun"), romanised("Park Jin"));
        assert_ne!(romanised("Kishida Fumio"), romanised("Kishi Nobuo"));
    }
}
