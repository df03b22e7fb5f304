//! For which state an actor stands: by the form of its id, by the codebook, by what documents say.

use std::collections::{BTreeMap, BTreeSet};

use detente_codebook::Codebook;
use rusqlite::Connection;
use rustc_hash::FxHashMap;

use crate::RecordError;

/// States of actors; immutable once made.
pub(crate) struct Parties<'b> {
    book: &'b Codebook,
    /// Key of the name → code of the state.
    served: FxHashMap<String, String>,
    offices: FxHashMap<Box<str>, u32>,
    organisations: FxHashMap<Box<str>, u32>,
}

impl<'b> Parties<'b> {
    /// The codebook's knowledge alone.
    pub(crate) fn of_book(book: &'b Codebook) -> Self {
        let mut served: FxHashMap<String, String> = FxHashMap::default();
        for person in &book.actors.persons {
            if let Some(state) = person.state {
                let code = book.actors.code(state).to_owned();
                served.insert(name_key(&person.id), code);
            }
        }
        let mut offices = FxHashMap::default();
        for office in &book.actors.offices {
            if let Some(state) = office.state {
                offices.insert(office.id.clone(), state);
            }
        }
        let mut organisations = FxHashMap::default();
        for organisation in &book.actors.organisations {
            if let Some(state) = organisation.state {
                organisations.insert(organisation.id.clone(), state);
            }
        }
        Self {
            book,
            served,
            offices,
            organisations,
        }
    }

    /// With what the documents of a record say: facts of kind `actor`, and names that stand beside
    /// a state ("Japan's trade minister, Ota Kenji"). Left out where these disagree.
    pub(crate) fn of_record(
        book: &'b Codebook,
        connection: &Connection,
    ) -> Result<Self, RecordError> {
        let mut parties = Self::of_book(book);
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
                parties.served.entry(key).or_insert(country);
            }
        }
        Ok(parties)
    }

    /// The state for which an actor stands.
    pub(crate) fn state<'a>(&'a self, actor: &'a str) -> Option<&'a str> {
        let first = actor.split_whitespace().next().unwrap_or("");
        if is_code(first) {
            return Some(&actor[..3]);
        }
        if let Some(state) = self
            .offices
            .get(actor)
            .or_else(|| self.organisations.get(actor))
        {
            return Some(self.book.actors.code(*state));
        }
        self.served.get(&name_key(actor)).map(String::as_str)
    }

    /// True if the id is that of a person, as far as that can be told.
    pub(crate) fn is_person(&self, actor: &str) -> bool {
        let first = actor.split_whitespace().next().unwrap_or("");
        !is_code(first)
            && !self.offices.contains_key(actor)
            && !self.organisations.contains_key(actor)
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
                None => name_key(actor),
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
    use super::*;

    #[test]
    fn actors_stand_for_states() {
        let book = Codebook::embedded();
        let parties = Parties::of_book(&book);
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
