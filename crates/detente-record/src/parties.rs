//! For which state an actor stands: by the form of its id, by the codebook, by what documents say.

use std::collections::{BTreeMap, BTreeSet};

use detente_codebook::ActorBook;
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::RecordError;

/// The states for which actors stand, by the codebook ([`Parties::of`]) and by what the documents
/// of a record say ([`Record::parties`](crate::Record::parties)); immutable once made.
#[derive(Clone, Debug, Default)]
pub struct Parties {
    /// Codes of all states.
    codes: FxHashSet<Box<str>>,
    /// Id of an office or organisation → code of its state, empty if it is of none.
    bodies: FxHashMap<Box<str>, Box<str>>,
    /// Key of the name → code of the state.
    served: FxHashMap<String, Box<str>>,
    /// Name that stands alone → key of the only person of the record who bears it.
    alone: FxHashMap<String, String>,
}

impl Parties {
    /// The codebook's knowledge alone.
    pub fn of(book: &ActorBook) -> Self {
        let code = |state: u32| -> Box<str> { book.code(state).into() };
        let mut parties = Self {
            codes: book.states.iter().map(|state| state.code.clone()).collect(),
            ..Self::default()
        };
        for person in &book.persons {
            if let Some(state) = person.state {
                parties.served.insert(name_key(&person.id), code(state));
            }
        }
        let offices = book.offices.iter().map(|office| (&office.id, office.state));
        let organisations = book.organisations.iter().map(|body| (&body.id, body.state));
        for (id, state) in offices.chain(organisations) {
            parties
                .bodies
                .insert(id.clone(), state.map_or_else(Box::default, code));
        }
        parties
    }

    /// With what the documents of a record say: facts of kind `actor`, and names that stand beside
    /// a state ("Japan's trade minister, Ota Kenji"), left out where these disagree; and family
    /// names that stand alone.
    pub(crate) fn with_documents(mut self, connection: &Connection) -> Result<Self, RecordError> {
        let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for sql in [
            "SELECT a.actor, f.country FROM fact f JOIN fact_actor a USING (fact_id)
             WHERE f.kind = 'actor' AND f.superseded_run IS NULL AND f.country IS NOT NULL
               AND a.role = 'actor' AND a.position = 0",
            "SELECT DISTINCT s.actor, s.country FROM actor_sighting s JOIN document d USING (document_id)
             WHERE d.state <> 'superseded' AND s.country IS NOT NULL",
        ] {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let actor: String = row.get(0)?;
                told.entry(name_key(&actor)).or_default().insert(row.get(1)?);
            }
        }
        for (key, countries) in told {
            let mut countries = countries.into_iter();
            if let (Some(country), None) = (countries.next(), countries.next()) {
                self.served.entry(key).or_insert_with(|| country.into());
            }
        }
        self.alone(connection)?;
        Ok(self)
    }

    /// Names of one word ("Arima") that only one person of the record bears.
    fn alone(&mut self, connection: &Connection) -> Result<(), RecordError> {
        let mut statement = connection.prepare(
            "SELECT DISTINCT a.actor FROM fact_actor a JOIN fact f USING (fact_id)
             WHERE f.superseded_run IS NULL",
        )?;
        let mut bearers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut single: Vec<String> = Vec::new();
        for actor in statement.query_map([], |row| row.get::<_, String>(0))? {
            let actor = actor?;
            if self.is_person(&actor) {
                let key = name_key(&actor);
                for word in key.split(' ') {
                    bearers
                        .entry(word.to_owned())
                        .or_default()
                        .insert(key.clone());
                }
            } else if !actor.contains(' ') && self.state(&actor).is_none() {
                single.push(name_key(&actor));
            }
        }
        for name in single {
            let mut bearers = bearers.get(&name).into_iter().flatten();
            if let (Some(only), None) = (bearers.next(), bearers.next()) {
                self.alone.insert(name, only.clone());
            }
        }
        Ok(())
    }

    /// Code of the state for which an actor stands: `KOR` for `KOR`, `KOR GOV`, its persons,
    /// offices and bodies.
    pub fn state<'a>(&'a self, actor: &'a str) -> Option<&'a str> {
        let first = actor.split_whitespace().next().unwrap_or("");
        if self.codes.contains(first) {
            return Some(first);
        }
        if let Some(state) = self.bodies.get(actor) {
            return Some(&**state).filter(|state| !state.is_empty());
        }
        self.served.get(&self.key(actor)).map(|state| &**state)
    }

    /// Key of a name; of one that stands alone, that of the person who is meant.
    fn key(&self, actor: &str) -> String {
        let key = name_key(actor);
        match self.alone.get(&key) {
            Some(person) => person.clone(),
            None => key,
        }
    }

    /// True if the id is that of an office or organisation of the codebook.
    pub(crate) fn is_body(&self, actor: &str) -> bool {
        self.bodies.contains_key(actor)
    }

    /// True if the id is that of a person, as far as that can be told.
    pub(crate) fn is_person(&self, actor: &str) -> bool {
        let first = actor.split_whitespace().next().unwrap_or("");
        !self.codes.contains(first)
            && !self.bodies.contains_key(actor)
            && actor.contains(' ')
            && actor
                .split_whitespace()
                .all(|word| word.chars().next().is_some_and(char::is_uppercase))
    }

    /// States of a list of actors, or the key of a name where none is known; sorted, each once.
    pub(crate) fn states(&self, actors: &[String]) -> Vec<String> {
        let states: BTreeSet<String> = actors
            .iter()
            .map(|actor| match self.state(actor) {
                Some(state) => state.to_owned(),
                None => self.key(actor),
            })
            .collect();
        states.into_iter().collect()
    }
}

/// True for the three capital letters of a state.
pub(crate) fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Key of a name that does not depend on its order, case or hyphens.
pub(crate) fn name_key(name: &str) -> String {
    let mut words: Vec<String> = name
        .to_lowercase()
        .replace('-', "")
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.join(" ")
}

/// Numbers for names of parties, issues, channels and places: comparing them is comparing numbers.
#[derive(Default)]
pub(crate) struct Numbers {
    known: FxHashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl Numbers {
    pub(crate) fn of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.known.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.known.insert(name.into(), number);
        self.names.push(name.into());
        number
    }

    pub(crate) fn sorted<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> Vec<u32> {
        let mut numbers: Vec<u32> = names.into_iter().map(|name| self.of(name)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    pub(crate) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }
}

#[cfg(test)]
mod tests {
    use detente_codebook::Codebook;

    use super::*;

    #[test]
    fn actors_stand_for_states() {
        let book = Codebook::embedded();
        let parties = Parties::of(&book.actors);
        assert_eq!(parties.state("KOR GOV (anonymous)"), Some("KOR"));
        assert_eq!(parties.state("Kishida Fumio"), Some("JPN"));
        assert_eq!(parties.state("Fumio Kishida"), Some("JPN"));
        assert_eq!(parties.state("Foreign Minister of Japan"), Some("JPN"));
        assert_eq!(parties.state("experts"), None);
        assert!(parties.is_person("Yoon Suk-yeol"));
        assert!(!parties.is_person("JPN GOV"));
        assert!(!parties.is_person("Foreign Minister of Japan"));
    }
}
