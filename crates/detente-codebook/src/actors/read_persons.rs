//! Reading persons and the lists that tell names of persons from other words.

use super::{ActorBook, NameKind, Person, fold, read::optional};
use crate::{problem::Problems, reader::Table};

impl ActorBook {
    pub(super) fn read_persons(&mut self, root: &Table<'_>, problems: &mut Problems) {
        root.only(problems, &["person"]);
        for table in root.tables(problems, "person") {
            table.only(
                problems,
                &[
                    "id", "state", "family", "aliases", "ja", "ko", "wikidata", "sector", "note",
                ],
            );
            let Some(id) = table.need(problems, "id") else {
                continue;
            };
            let number = self.persons.len();
            if self
                .persons_by_id
                .insert(id.text.into(), number as u32)
                .is_some()
            {
                problems.error(&id.place, format!("person {} stands twice", id.text), None);
                continue;
            }
            let family = table.word(problems, "family");
            if let Some(family) = &family
                && !format!(" {} ", id.text).contains(&format!(" {} ", family.text))
                && !family.text.is_empty()
            {
                let message = format!("`{}` is no word of {}", family.text, id.text);
                problems.error(&family.place, message, None);
            }
            let person = Person {
                id: id.text.into(),
                state: self.state_of(&table, problems),
                family: family.map_or("", |w| w.text).into(),
                sector: optional(&table, "sector", problems),
                aliases: table.strings(problems, "aliases"),
                scripts: [table.strings(problems, "ja"), table.strings(problems, "ko")],
                wikidata: optional(&table, "wikidata", problems),
            };
            self.index_person(&person, number);
            self.persons.push(person);
        }
    }

    /// Files a person under all orders and spellings of the name.
    fn index_person(&mut self, person: &Person, number: usize) {
        let mut families: Vec<String> = Vec::new();
        let mut key = String::new();
        for spelling in std::iter::once(&person.id).chain(&person.aliases) {
            self.name(spelling, NameKind::Person, number, false);
            if person.family.is_empty() {
                continue;
            }
            let Some((first, rest)) = spelling.split_once(' ') else {
                continue;
            };
            // Family Given: the id begins with the family name, or the given name has a hyphen.
            let hyphen_last = rest.contains('-') && !first.contains('-');
            let east_asian = person.id.starts_with(&*person.family);
            let (family, given) =
                if first == &*person.family || (hyphen_last && !rest.contains(' ')) {
                    (first, rest)
                } else if east_asian && !rest.contains(' ') {
                    (rest, first)
                } else {
                    continue;
                };
            families.push(family.to_owned());
            let joined = given.replace('-', "");
            for given in [given, joined.as_str()] {
                self.name(
                    &format!("{family} {given}"),
                    NameKind::Person,
                    number,
                    false,
                );
                self.name(
                    &format!("{given} {family}"),
                    NameKind::Person,
                    number,
                    false,
                );
            }
        }
        if !person.family.is_empty() {
            families.push(person.family.to_string());
        }
        for family in families {
            fold(&family, &mut key);
            let persons = self
                .persons_by_family
                .entry(key.as_str().into())
                .or_default();
            if persons.last() != Some(&(number as u32)) {
                persons.push(number as u32);
            }
        }
        self.script_names(&person.scripts, NameKind::Person, number);
    }

    /// Reads the lists that tell names of persons from other words. A table bears the adjective of
    /// its state in small letters; its list `family` tells the state too.
    pub(super) fn read_fallback(&mut self, root: &Table<'_>, problems: &mut Problems) {
        let mut key = String::new();
        for list in root.keys() {
            let Some(table) = root.table(problems, list.text) else {
                continue;
            };
            table.only(
                problems,
                &[
                    "family",
                    "given",
                    "given_syllable",
                    "family_hangul",
                    "family_hanja",
                    "family_kanji",
                    "en",
                    "ja",
                    "ko",
                ],
            );
            let state = self.states.iter().position(|s| {
                let mut adjectives = s.adjectives.iter().map(|a| a.to_lowercase());
                adjectives.any(|a| a == list.text)
            });
            let state = state.map(|s| s as u32);
            for name in table.words(problems, "family") {
                fold(name.text, &mut key);
                self.family_names
                    .entry(key.as_str().into())
                    .and_modify(|known| {
                        if *known != state {
                            *known = None;
                        }
                    })
                    .or_insert(state);
            }
            let western = !table.has("family");
            for name in table.words(problems, "given") {
                fold(name.text, &mut key);
                let names = if western {
                    &mut self.given_names
                } else {
                    &mut self.given_after_family
                };
                names.insert(key.as_str().into());
            }
        }
    }
}
