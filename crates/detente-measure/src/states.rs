//! Which state an actor stands for.

use std::collections::BTreeMap;

use detente_codebook::ActorBook;
use detente_extract::{Fact, Kind};

/// States of persons, offices and organisations by their ids.
#[derive(Clone, Debug, Default)]
pub struct States {
    known: BTreeMap<String, String>,
    codes: Vec<String>,
}

impl States {
    /// What the codebook knows: persons, offices and organisations of states.
    pub fn of(book: &ActorBook) -> Self {
        let mut states = Self {
            known: BTreeMap::new(),
            codes: book.states.iter().map(|s| s.code.to_string()).collect(),
        };
        let persons = book.persons.iter().map(|p| (&p.id, p.state));
        let offices = book.offices.iter().map(|o| (&o.id, o.state));
        let organisations = book.organisations.iter().map(|o| (&o.id, o.state));
        for (id, state) in persons.chain(offices).chain(organisations) {
            if let Some(state) = state {
                states
                    .known
                    .insert(id.to_string(), book.code(state).to_owned());
            }
        }
        states
    }

    /// Adds what facts of kind `actor` say of persons that the codebook does not know; who is said
    /// to be of two states is left out.
    pub fn learn<'f>(&mut self, facts: impl IntoIterator<Item = &'f Fact>) {
        let mut said: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for fact in facts.into_iter().filter(|f| f.kind == Kind::Actor) {
            if let (Some(actor), Some(country)) = (fact.actors.first(), &fact.country) {
                said.entry(actor)
                    .and_modify(|known| *known = known.filter(|k| k == country))
                    .or_insert(Some(country));
            }
        }
        for (actor, country) in said {
            if let Some(country) = country {
                self.known
                    .entry(actor.to_owned())
                    .or_insert_with(|| country.to_owned());
            }
        }
    }

    /// Code of the state that an actor stands for: `KOR` for `KOR`, `KOR GOV`, its persons and
    /// bodies.
    pub fn state<'s>(&'s self, actor: &'s str) -> Option<&'s str> {
        let first = actor.split(' ').next().unwrap_or("");
        if self.codes.iter().any(|code| code == first) {
            return Some(first);
        }
        self.known.get(actor).map(String::as_str)
    }
}
