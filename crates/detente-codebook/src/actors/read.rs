//! Reading and checking `actors/**/*.toml`.

use rustc_hash::FxHashMap;

use super::{
    ActorBook, Dependency, GenericNoun, NameKind, NameRef, Organisation, ReferenceWords, Region,
    State,
};
use crate::{
    Files,
    problem::{Problems, nearest},
    reader::{Parsed, Table, Word},
};

impl ActorBook {
    pub(crate) fn read(files: &Files, problems: &mut Problems) -> Self {
        let mut book = Self::default();
        let mut pending = Vec::new();
        for (name, text) in files.below("actors/") {
            // States come first, offices need the persons.
            if name == "actors/states.toml" {
                let parsed = Parsed::new(name, text, problems);
                book.read_states(&parsed.root(), problems);
            } else {
                pending.push((name, text));
            }
        }
        pending.sort_by_key(|(name, _)| (name.starts_with("actors/offices/"), *name));
        for (name, text) in pending {
            let parsed = Parsed::new(name, text, problems);
            let root = parsed.root();
            match name.trim_start_matches("actors/").split('/').next() {
                Some("dependencies.toml") => book.read_dependencies(&root, problems),
                Some("offices") => book.read_offices(&root, problems),
                Some("persons") => book.read_persons(&root, problems),
                Some("organisations") => book.read_organisations(&root, problems),
                Some("generic.toml") => book.read_generic(&root, problems),
                Some("regions.toml") => book.read_regions(&root, problems),
                Some("persons_fallback.toml") => book.read_fallback(&root, problems),
                Some("reference_en.toml") => book.reference = ReferenceWords::read(&root, problems),
                _ => problems.warning(
                    &root.place(),
                    format!("{name} is not read"),
                    Some("files of actors are states, dependencies, generic, regions, persons_fallback, reference_en, and those in offices, persons, organisations".to_owned()),
                ),
            }
        }
        book.reference.read_reporting(files, problems);
        book
    }

    pub(super) fn name(&mut self, name: &str, kind: NameKind, id: usize, ambiguous: bool) {
        let meaning = NameRef {
            kind,
            id: id as u32,
            ambiguous,
        };
        self.names.add(name, meaning);
    }

    pub(super) fn script_names(&mut self, scripts: &[Vec<Box<str>>; 2], kind: NameKind, id: usize) {
        let meaning = NameRef {
            kind,
            id: id as u32,
            ambiguous: false,
        };
        for (index, names) in self.scripts.iter_mut().zip(scripts) {
            for name in names {
                index.add(name, meaning);
            }
        }
    }

    pub(super) fn state_of(&self, table: &Table<'_>, problems: &mut Problems) -> Option<u32> {
        let word = table
            .word(problems, "state")
            .filter(|w| !w.text.is_empty())?;
        let index = self.state_index(word.text);
        if index.is_none() && !self.states.is_empty() {
            let hint = nearest(word.text, self.states.iter().map(|s| &*s.code))
                .map(|meant| format!("did you mean {meant}?"));
            let message = format!("unknown state {}", word.text);
            problems.error(&word.place, message, hint);
        }
        index
    }

    fn read_states(&mut self, root: &Table<'_>, problems: &mut Problems) {
        root.only(problems, &["state"]);
        for table in root.tables(problems, "state") {
            table.only(
                problems,
                &[
                    "code",
                    "names",
                    "ambiguous",
                    "adjectives",
                    "people",
                    "capital",
                    "seats",
                    "names_ja",
                    "short_ja",
                    "names_ko",
                    "short_ko",
                ],
            );
            let Some(code) = table.need(problems, "code") else {
                continue;
            };
            let number = self.states.len();
            if self
                .states_by_code
                .insert(code.text.into(), number as u32)
                .is_some()
            {
                problems.error(
                    &code.place,
                    format!("state {} stands twice", code.text),
                    None,
                );
                continue;
            }
            let state = State {
                code: code.text.into(),
                names: table.strings(problems, "names"),
                ambiguous: table.strings(problems, "ambiguous"),
                adjectives: table.strings(problems, "adjectives"),
                people: table.strings(problems, "people"),
                capital: three(&table, "capital", problems),
                seats: three(&table, "seats", problems),
                scripts: [
                    table.strings(problems, "names_ja"),
                    table.strings(problems, "names_ko"),
                ],
                short: [
                    table.strings(problems, "short_ja"),
                    table.strings(problems, "short_ko"),
                ],
            };
            if state.names.is_empty() {
                problems.error(
                    &code.place,
                    format!("state {} has no name", code.text),
                    None,
                );
            }
            let english = [
                (NameKind::State, &state.names),
                (NameKind::Adjective, &state.adjectives),
                (NameKind::People, &state.people),
                (NameKind::Capital, &state.capital[0]),
                (NameKind::Seat, &state.seats[0]),
            ];
            for (kind, names) in english {
                for name in names {
                    self.name(name, kind, number, state.ambiguous.contains(name));
                }
            }
            for i in 0..2 {
                let lists = [
                    (NameKind::State, &state.scripts[i]),
                    (NameKind::State, &state.short[i]),
                    (NameKind::Capital, &state.capital[i + 1]),
                    (NameKind::Seat, &state.seats[i + 1]),
                ];
                for (kind, names) in lists {
                    for name in names {
                        let meaning = NameRef {
                            kind,
                            id: number as u32,
                            ambiguous: state.ambiguous.contains(name),
                        };
                        self.scripts[i].add(name, meaning);
                    }
                }
            }
            self.states.push(state);
        }
    }

    fn read_dependencies(&mut self, root: &Table<'_>, problems: &mut Problems) {
        root.only(problems, &["dependency"]);
        for table in root.tables(problems, "dependency") {
            table.only(problems, &["state", "names", "names_ja", "names_ko"]);
            table.need(problems, "state");
            let Some(state) = self.state_of(&table, problems) else {
                continue;
            };
            let number = self.dependencies.len();
            let names = table.strings(problems, "names");
            for name in &names {
                self.name(name, NameKind::Dependency, number, false);
            }
            let scripts = [
                table.strings(problems, "names_ja"),
                table.strings(problems, "names_ko"),
            ];
            self.script_names(&scripts, NameKind::Dependency, number);
            self.dependencies.push(Dependency { state, names });
        }
    }

    fn read_organisations(&mut self, root: &Table<'_>, problems: &mut Problems) {
        root.only(problems, &["organisation"]);
        let mut seen: FxHashMap<Box<str>, ()> = self
            .organisations
            .iter()
            .map(|o| (o.id.clone(), ()))
            .collect();
        for table in root.tables(problems, "organisation") {
            table.only(
                problems,
                &[
                    "id", "class", "state", "sector", "acts_as", "names", "ja", "ko", "note",
                    "wikidata",
                ],
            );
            let Some(id) = table.need(problems, "id") else {
                continue;
            };
            if seen.insert(id.text.into(), ()).is_some() {
                problems.error(
                    &id.place,
                    format!("organisation {} stands twice", id.text),
                    None,
                );
                continue;
            }
            let number = self.organisations.len();
            let organisation = Organisation {
                id: id.text.into(),
                class: optional(&table, "class", problems),
                state: self.state_of(&table, problems),
                sector: optional(&table, "sector", problems),
                acts_as: optional(&table, "acts_as", problems),
                names: table.strings(problems, "names"),
                scripts: [table.strings(problems, "ja"), table.strings(problems, "ko")],
            };
            self.name(&organisation.id, NameKind::Organisation, number, false);
            for name in &organisation.names {
                self.name(name, NameKind::Organisation, number, false);
            }
            self.script_names(&organisation.scripts, NameKind::Organisation, number);
            self.organisations.push(organisation);
        }
    }

    fn read_generic(&mut self, root: &Table<'_>, problems: &mut Problems) {
        root.only(problems, &["noun"]);
        for table in root.tables(problems, "noun") {
            table.only(
                problems,
                &["words", "sector", "anonymous", "ja", "ko", "id", "note"],
            );
            let number = self.nouns.len();
            let noun = GenericNoun {
                words: table.strings(problems, "words"),
                sector: optional(&table, "sector", problems),
                anonymous: table.flag(problems, "anonymous"),
                scripts: [table.strings(problems, "ja"), table.strings(problems, "ko")],
            };
            if noun.words.is_empty() {
                problems.error(&table.place(), "a noun without words".to_owned(), None);
            }
            for word in &noun.words {
                self.name(word, NameKind::Generic, number, false);
                self.name(&plural(word), NameKind::Generic, number, false);
            }
            self.script_names(&noun.scripts, NameKind::Generic, number);
            self.nouns.push(noun);
        }
    }

    fn read_regions(&mut self, root: &Table<'_>, problems: &mut Problems) {
        root.only(problems, &["region"]);
        for table in root.tables(problems, "region") {
            table.only(problems, &["id", "names", "ja", "ko", "camp"]);
            let Some(id) = table.need(problems, "id") else {
                continue;
            };
            let number = self.regions.len();
            let region = Region {
                id: id.text.into(),
                names: table.strings(problems, "names"),
                scripts: [table.strings(problems, "ja"), table.strings(problems, "ko")],
                camp: table.flag(problems, "camp"),
            };
            for name in &region.names {
                self.name(name, NameKind::Region, number, false);
            }
            self.script_names(&region.scripts, NameKind::Region, number);
            self.regions.push(region);
        }
    }
}

/// Plural of an English noun, the last word of a compound.
fn plural(noun: &str) -> String {
    let vowel_before = |n: &str| n.chars().rev().nth(1).is_some_and(|c| "aeiou".contains(c));
    match noun {
        n if n.ends_with("man") && !n.ends_with("human") => format!("{}men", &n[..n.len() - 3]),
        n if n.ends_with('y') && !vowel_before(n) => format!("{}ies", &n[..n.len() - 1]),
        n if ["s", "x", "ch", "sh"].iter().any(|e| n.ends_with(e)) => format!("{n}es"),
        n => format!("{n}s"),
    }
}

/// A string, or nothing if it is empty.
pub(super) fn optional(table: &Table<'_>, key: &str, problems: &mut Problems) -> Option<Box<str>> {
    let word: Word<'_> = table.word(problems, key)?;
    (!word.text.is_empty()).then(|| word.text.into())
}

/// `{ en = […], ja = […], ko = […] }`.
fn three(table: &Table<'_>, key: &str, problems: &mut Problems) -> [Vec<Box<str>>; 3] {
    match table.table(problems, key) {
        Some(inside) => {
            inside.only(problems, &["en", "ja", "ko"]);
            ["en", "ja", "ko"].map(|language| inside.strings(problems, language))
        }
        None => Default::default(),
    }
}
