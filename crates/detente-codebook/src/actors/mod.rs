//! States, persons, offices, organisations and generic nouns: `actors/**/*.toml`.

mod index;
mod read;
mod read_offices;
mod read_persons;
mod reference;
mod scripts;
mod words;

use detente_text::{Language, Span};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use index::{NameKind, NameMatch, NameRef};
pub use reference::{ReferenceWords, WordSet};
pub use words::{Case, Gap, NameWord, fold, name_words};

use index::NameIndex;
use scripts::ScriptNames;

/// A state (codebook 4.1).
#[derive(Clone, Debug, Default)]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub code: Box<str>,
    /// English names, the usual one first.
    pub names: Vec<Box<str>>,
    /// Forms that mean something else just as often.
    pub ambiguous: Vec<Box<str>>,
    /// Adjectives.
    pub adjectives: Vec<Box<str>>,
    /// Nouns for its people.
    pub people: Vec<Box<str>>,
    /// Capital in English, Japanese, Korean.
    pub capital: [Vec<Box<str>>; 3],
    /// Palaces and ministry quarters in English, Japanese, Korean.
    pub seats: [Vec<Box<str>>; 3],
    /// Japanese and Korean names.
    pub scripts: [Vec<Box<str>>; 2],
    /// Japanese and Korean headline forms.
    pub short: [Vec<Box<str>>; 2],
}

impl State {
    /// The usual English name.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", |n| n)
    }
}

/// A dependency or region that counts under its state.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// Index of its state.
    pub state: u32,
    /// English names.
    pub names: Vec<Box<str>>,
}

/// A person.
#[derive(Clone, Debug)]
pub struct Person {
    /// Id (codebook 4.1): `Kishida Fumio`, `Jim DeMint`.
    pub id: Box<str>,
    /// Index of the state.
    pub state: Option<u32>,
    /// Family name as in the id.
    pub family: Box<str>,
    /// Main sector, if it does not follow from an office.
    pub sector: Option<Box<str>>,
    /// Other spellings in Latin letters.
    pub aliases: Vec<Box<str>>,
    /// Japanese and Korean names.
    pub scripts: [Vec<Box<str>>; 2],
    /// Wikidata id.
    pub wikidata: Option<Box<str>>,
}

/// A time in office; the ends are what is known of them, first and last possible day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Index of the person.
    pub person: u32,
    /// First day; `None`: not known or always.
    pub from: Option<(Date, Date)>,
    /// Last day; `None`: still in office as far as the table goes.
    pub to: Option<(Date, Date)>,
}

impl Term {
    /// True if the person was in office on some day from `first` to `last`.
    pub fn meets(&self, first: Date, last: Date) -> bool {
        self.from.is_none_or(|(from, _)| from <= last) && self.to.is_none_or(|(_, to)| to >= first)
    }

    /// True if the person was in office on all days from `first` to `last`.
    pub fn covers(&self, first: Date, last: Date) -> bool {
        self.from.is_none_or(|(_, from)| from <= first) && self.to.is_none_or(|(to, _)| to >= last)
    }
}

/// An office.
#[derive(Clone, Debug)]
pub struct Office {
    /// Id (codebook 4.1): `Prime Minister of Japan`.
    pub id: Box<str>,
    /// Index of the state; `None` for offices of organisations.
    pub state: Option<u32>,
    /// Sector of its holder.
    pub sector: Box<str>,
    /// English titles.
    pub titles: Vec<Box<str>>,
    /// Japanese and Korean titles.
    pub scripts: [Vec<Box<str>>; 2],
    /// Who held it, in order of time.
    pub holders: Vec<Term>,
    /// Line of the table, as evidence: `actors/offices/jpn.toml:12`.
    pub place: Box<str>,
}

/// An organisation.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Id: its English name.
    pub id: Box<str>,
    /// `UNO`, `EUR`, `IGO`, `NGO`, `ISM`, `IMG`, `MNC`, or none.
    pub class: Option<Box<str>>,
    /// Index of the state.
    pub state: Option<u32>,
    /// Sector.
    pub sector: Option<Box<str>>,
    /// Id that stands for it in facts: `KOR GOV` for a ministry.
    pub acts_as: Option<Box<str>>,
    /// English names.
    pub names: Vec<Box<str>>,
    /// Japanese and Korean names.
    pub scripts: [Vec<Box<str>>; 2],
}

impl Organisation {
    /// The id that stands in facts.
    pub fn actor_id(&self) -> &str {
        self.acts_as.as_deref().unwrap_or(&self.id)
    }
}

/// Nouns for somebody unnamed.
#[derive(Clone, Debug)]
pub struct GenericNoun {
    /// English words, as they stand in texts.
    pub words: Vec<Box<str>>,
    /// Sector: `GOV`, `CVL`, …; `None` if the word itself is the id.
    pub sector: Option<Box<str>>,
    /// The id carries "(anonymous)".
    pub anonymous: bool,
    /// Japanese and Korean words.
    pub scripts: [Vec<Box<str>>; 2],
}

/// A region, sea, peninsula or camp: named, but no actor of the record.
#[derive(Clone, Debug)]
pub struct Region {
    /// Lower-case word (codebook 4.1): `west`, `korean peninsula`.
    pub id: Box<str>,
    /// English names.
    pub names: Vec<Box<str>>,
    /// Japanese and Korean names.
    pub scripts: [Vec<Box<str>>; 2],
    /// True if it acts or is acted upon ("the West"); false for a mere place.
    pub camp: bool,
}

/// All actors, found by name.
#[derive(Clone, Debug, Default)]
pub struct ActorBook {
    /// In the order of their codes.
    pub states: Vec<State>,
    /// In the order of the file.
    pub dependencies: Vec<Dependency>,
    /// In the order of files.
    pub persons: Vec<Person>,
    /// In the order of files.
    pub offices: Vec<Office>,
    /// In the order of files.
    pub organisations: Vec<Organisation>,
    /// In the order of the file.
    pub nouns: Vec<GenericNoun>,
    /// In the order of the file.
    pub regions: Vec<Region>,
    /// Family names of persons who are not in the book, evenly spelt, with the index of a state if
    /// the name tells it.
    pub family_names: FxHashMap<Box<str>, Option<u32>>,
    /// Given names that stand before the family name, evenly spelt.
    pub given_names: WordSet,
    /// Given names that stand after the family name at home, evenly spelt.
    pub given_after_family: WordSet,
    /// Words by which references are resolved.
    pub reference: ReferenceWords,
    states_by_code: FxHashMap<Box<str>, u32>,
    persons_by_id: FxHashMap<Box<str>, u32>,
    persons_by_family: FxHashMap<Box<str>, Vec<u32>>,
    offices_by_person: FxHashMap<u32, Vec<u32>>,
    /// Offices of each title.
    titles: Vec<Vec<u32>>,
    titles_by_text: FxHashMap<Box<str>, u32>,
    names: NameIndex,
    scripts: [ScriptNames; 2],
}

impl ActorBook {
    /// Names in an English text cut by [`name_words`]: at each place the longest.
    pub fn scan(&self, text: &str, words: &[NameWord]) -> Vec<NameMatch> {
        self.names.scan(text, words)
    }

    /// Names in a Japanese or Korean text with the bytes they cover: at each place the longest.
    pub fn find_text(&self, text: &str, language: Language) -> Vec<(Span, &[NameRef])> {
        match language {
            Language::Ja => self.scripts[0].find(text),
            Language::Ko => self.scripts[1].find(text),
            Language::En | Language::Other => Vec::new(),
        }
    }

    /// The state with that code.
    pub fn state_by_code(&self, code: &str) -> Option<&State> {
        self.state_index(code).map(|i| &self.states[i as usize])
    }

    /// Index of the state with that code.
    pub fn state_index(&self, code: &str) -> Option<u32> {
        self.states_by_code.get(code).copied()
    }

    /// Code of the state with that index.
    pub fn code(&self, state: u32) -> &str {
        &self.states[state as usize].code
    }

    /// Index of the person with that id.
    pub fn person_index(&self, id: &str) -> Option<u32> {
        self.persons_by_id.get(id).copied()
    }

    /// Persons with that family name, evenly spelt by [`fold`].
    pub fn by_family(&self, folded: &str) -> &[u32] {
        self.persons_by_family
            .get(folded)
            .map_or(&[], Vec::as_slice)
    }

    /// Offices with that title.
    pub fn title(&self, title: u32) -> &[u32] {
        &self.titles[title as usize]
    }

    /// Number of the title `title` (any case).
    pub fn title_number(&self, title: &str) -> Option<u32> {
        self.titles_by_text
            .get(title.to_lowercase().as_str())
            .copied()
    }

    /// True if some office has the title `title` (any case).
    pub fn has_title(&self, title: &str) -> bool {
        self.titles_by_text
            .contains_key(title.to_lowercase().as_str())
    }

    /// Offices with the title `title` (any case) in that state.
    pub fn offices_titled(&self, title: &str, state: u32) -> impl Iterator<Item = u32> + '_ {
        let title = self.titles_by_text.get(title.to_lowercase().as_str());
        let offices = title.map_or(&[][..], |&t| self.title(t));
        offices
            .iter()
            .copied()
            .filter(move |&o| self.offices[o as usize].state == Some(state))
    }

    /// Those who held an office on some day from `first` to `last`, in order of time.
    pub fn holders(&self, office: u32, first: Date, last: Date) -> impl Iterator<Item = &Term> {
        self.offices[office as usize]
            .holders
            .iter()
            .filter(move |t| t.meets(first, last))
    }

    /// The one who held the office with that title in that state on all days from `first` to
    /// `last`: office and term, if there is exactly one person.
    pub fn office_at(
        &self,
        title: &str,
        state: u32,
        first: Date,
        last: Date,
    ) -> Option<(&Office, &Term)> {
        let mut found: Option<(&Office, &Term)> = None;
        for office in self.offices_titled(title, state) {
            let office = &self.offices[office as usize];
            for term in office.holders.iter().filter(|t| t.meets(first, last)) {
                if found.is_some_and(|(_, other)| other.person != term.person) {
                    return None;
                }
                found = Some((office, term));
            }
        }
        found
    }

    /// Offices that a person ever held.
    pub fn offices_of(&self, person: u32) -> &[u32] {
        self.offices_by_person
            .get(&person)
            .map_or(&[], Vec::as_slice)
    }

    /// Number of English names.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }
}
