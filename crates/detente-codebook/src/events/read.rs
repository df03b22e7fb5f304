//! Reading and checking `events/*.toml`.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    Cameo, Classes, Composition, EventBook, Indexed, Mode, Pattern, RootEntry, Slot, Strength,
    Words, slot::PREPOSITIONS,
};
use crate::{
    ContextBook, Files,
    problem::{Problems, nearest},
    reader::{Parsed, Table, Word},
};

const ROOT_FIELDS: &[&str] = &[
    "root",
    "quad",
    "score",
    "target_required",
    "definition",
    "modes",
    "verbs",
    "nouns",
];
const SHARED_FIELDS: [&str; 21] = [
    "subj",
    "obj",
    "iobj",
    "prep",
    "compl",
    "mod",
    "within",
    "not_subj",
    "not_obj",
    "not_prep",
    "not_compl",
    "not_mod",
    "source",
    "target",
    "reciprocal",
    "mode",
    "contexts",
    "intensity",
    "strength",
    "note",
    "example",
];

/// Files of the folder that hold no root.
const APART: [&str; 4] = [
    "events/cameo.toml",
    "events/classes.toml",
    "events/composed.toml",
    "events/contexts.toml",
];

/// What is needed to read one file.
struct Reader<'r> {
    classes: &'r Classes,
    contexts: &'r ContextBook,
    problems: &'r mut Problems,
}

impl EventBook {
    pub(crate) fn read(files: &Files, contexts: &ContextBook, problems: &mut Problems) -> Self {
        let mut book = Self {
            classes: Classes::read(files, problems),
            ..Self::default()
        };
        for (name, text) in files.below("events/") {
            if APART.contains(&name) {
                continue;
            }
            let parsed = Parsed::new(name, text, problems);
            let table = parsed.root();
            table.only(problems, ROOT_FIELDS);
            let number = book.roots.len() as u16;
            let Some(root) = read_root(name, &table, &book.roots, problems) else {
                continue;
            };
            let mut reader = Reader {
                classes: &book.classes,
                contexts,
                problems,
            };
            for entry in table.tables(reader.problems, "verbs") {
                let lemmas = reader.lemmas(&entry, "lemma", "lemmas");
                let pattern = Arc::new(reader.pattern(&entry, &root, number));
                index(&mut book.verbs, &lemmas, &pattern, true);
            }
            for entry in table.tables(reader.problems, "nouns") {
                let nouns = reader.lemmas(&entry, "noun", "nouns");
                let pattern = Arc::new(reader.pattern(&entry, &root, number));
                index(&mut book.nouns, &nouns, &pattern, false);
            }
            book.roots.push(root);
        }
        book.composed = Composition::read(files, &book.classes, &book.roots, problems);
        book.cameo = Cameo::read(files, &book.classes, &book.roots, problems);
        for entries in book.verbs.values_mut().chain(book.nouns.values_mut()) {
            entries.sort_by_key(|e| {
                let weak = e.pattern.strength == Strength::Weak;
                let conditions = e.rest.len() + e.pattern.conditions();
                (weak, std::cmp::Reverse(conditions))
            });
        }
        book
    }
}

/// Files an entry under the first word of a verb or the last word of a noun.
fn index(
    map: &mut FxHashMap<Box<str>, Vec<Indexed>>,
    lemmas: &[Word<'_>],
    pattern: &Arc<Pattern>,
    verb: bool,
) {
    for lemma in lemmas {
        let mut words: Vec<&str> = lemma.text.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        let head = words.remove(if verb { 0 } else { words.len() - 1 });
        map.entry(head.into()).or_default().push(Indexed {
            rest: words.into_iter().map(Into::into).collect(),
            pattern: Arc::clone(pattern),
        });
    }
}

fn read_root(
    file: &str,
    table: &Table<'_>,
    roots: &[RootEntry],
    problems: &mut Problems,
) -> Option<RootEntry> {
    let name = table.need(problems, "root")?;
    let rootless = name.text.eq_ignore_ascii_case("null");
    if let Some(other) = roots.iter().find(|r| r.name.as_deref() == Some(name.text)) {
        problems.error(
            &name.place,
            format!("root {} stands in {} too", name.text, other.file),
            None,
        );
    }
    let quad = table.number(problems, "quad");
    let score = table.number(problems, "score");
    if !rootless && !quad.is_some_and(|q| (1.0..=4.0).contains(&q) && q.fract() == 0.0) {
        problems.error(&name.place, "`quad` must be 1, 2, 3 or 4".to_owned(), None);
    }
    if !rootless && !score.is_some_and(|s| (-10.0..=10.0).contains(&s)) {
        problems.error(
            &name.place,
            "`score` must be a number from -10 to 10".to_owned(),
            None,
        );
    }
    let mut modes = Vec::new();
    if let Some(table) = table.table(problems, "modes") {
        for key in table.keys() {
            let Some(mode) = table.table(problems, key.text) else {
                continue;
            };
            mode.only(problems, &["score", "definition"]);
            let Some(score) = mode.number(problems, "score") else {
                problems.error(
                    &key.place,
                    format!("mode `{}` has no score", key.text),
                    None,
                );
                continue;
            };
            let definition = mode.word(problems, "definition").map_or("", |w| w.text);
            modes.push(Mode {
                name: key.text.into(),
                score,
                definition: definition.into(),
            });
        }
    }
    Some(RootEntry {
        name: (!rootless).then(|| name.text.into()),
        quad: quad.filter(|_| !rootless).map(|q| q as u8),
        score: score.filter(|_| !rootless),
        target_required: table.flag(problems, "target_required"),
        definition: table
            .word(problems, "definition")
            .map_or("", |w| w.text)
            .into(),
        modes,
        file: file.into(),
    })
}

impl Reader<'_> {
    fn lemmas<'a>(&mut self, entry: &Table<'a>, one: &str, many: &str) -> Vec<Word<'a>> {
        let mut fields = vec![one, many];
        fields.extend(SHARED_FIELDS);
        entry.only(self.problems, &fields);
        let mut lemmas = entry.words(self.problems, one);
        lemmas.extend(entry.words(self.problems, many));
        if lemmas.is_empty() {
            self.problems.error(
                &entry.place(),
                format!("neither `{one}` nor `{many}`"),
                None,
            );
        }
        for lemma in &lemmas {
            if lemma.text.trim().is_empty() || lemma.text != lemma.text.trim() {
                self.problems.error(
                    &lemma.place,
                    format!("`{}` is no lemma", lemma.text),
                    Some("write the base form, one space between words".to_owned()),
                );
            }
        }
        lemmas
    }

    fn pattern(&mut self, entry: &Table<'_>, root: &RootEntry, number: u16) -> Pattern {
        let place = entry.place();
        let before = place.text.get(..place.range.start).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let strength = match entry.word(self.problems, "strength") {
            None => Strength::Strong,
            Some(w) if w.text == "weak" => Strength::Weak,
            Some(w) if w.text == "strong" => Strength::Strong,
            Some(w) => {
                let message = format!("strength `{}` is neither weak nor strong", w.text);
                self.problems.error(&w.place, message, None);
                Strength::Strong
            }
        };
        Pattern {
            root: number,
            rule: format!("{}:{line}", place.file).into(),
            subj: self.constraint(entry, "subj"),
            obj: self.constraint(entry, "obj"),
            iobj: self.constraint(entry, "iobj"),
            compl: self.constraint(entry, "compl"),
            mods: self.constraint(entry, "mod"),
            within: self.constraint(entry, "within"),
            prep: self.preps(entry, "prep"),
            not_subj: self.constraint(entry, "not_subj"),
            not_obj: self.constraint(entry, "not_obj"),
            not_compl: self.constraint(entry, "not_compl"),
            not_mod: self.constraint(entry, "not_mod"),
            not_prep: self.preps(entry, "not_prep"),
            source: self.slots(entry, "source"),
            target: self.slots(entry, "target"),
            reciprocal: entry.flag(self.problems, "reciprocal"),
            mode: self.known(entry, "mode", || {
                root.modes.iter().map(|m| m.name.to_string()).collect()
            }),
            contexts: {
                let contexts = self.contexts;
                self.known(entry, "contexts", || {
                    contexts.ids().map(ToOwned::to_owned).collect()
                })
            },
            intensity: entry.number(self.problems, "intensity"),
            strength,
        }
    }

    /// A list of names each of which must be among `known` (all pass if nothing is known).
    fn known(
        &mut self,
        entry: &Table<'_>,
        field: &str,
        known: impl Fn() -> Vec<String>,
    ) -> Vec<Box<str>> {
        let words = entry.words(self.problems, field);
        if words.is_empty() {
            return Vec::new();
        }
        let known = known();
        for word in &words {
            let unchecked = field == "contexts" && known.is_empty();
            if !unchecked && !known.iter().any(|k| k == word.text) {
                let hint = nearest(word.text, known.iter().map(String::as_str)).map_or_else(
                    || format!("known: {}", known.join(", ")),
                    |meant| format!("did you mean `{meant}`?"),
                );
                let message = format!("unknown {field} `{}`", word.text);
                self.problems.error(&word.place, message, Some(hint));
            }
        }
        words.into_iter().map(|w| w.text.into()).collect()
    }

    fn constraint(&mut self, entry: &Table<'_>, field: &str) -> Option<Words> {
        if !entry.has(field) {
            return None;
        }
        let words = entry.words(self.problems, field);
        Some(listed(&words, self.classes, self.problems))
    }

    fn preps(&mut self, entry: &Table<'_>, field: &str) -> Vec<(Box<str>, Words)> {
        let Some(table) = entry.table(self.problems, field) else {
            return Vec::new();
        };
        let mut preps = Vec::new();
        for key in table.keys() {
            if !PREPOSITIONS.contains(&key.text) {
                let hint = nearest(key.text, PREPOSITIONS.iter().copied())
                    .map(|meant| format!("did you mean `{meant}`?"));
                let message = format!("`{}` is no preposition", key.text);
                self.problems.error(&key.place, message, hint);
            }
            let words = table.words(self.problems, key.text);
            preps.push((key.text.into(), listed(&words, self.classes, self.problems)));
        }
        preps
    }

    fn slots(&mut self, entry: &Table<'_>, field: &str) -> Option<Vec<Slot>> {
        if !entry.has(field) {
            return None;
        }
        let mut slots = Vec::new();
        for word in entry.words(self.problems, field) {
            match Slot::parse(word.text) {
                Some(slot) => slots.push(slot),
                None => self.problems.error(
                    &word.place,
                    format!("unknown slot `{}`", word.text),
                    Some(
                        "a slot is subj, obj, iobj, poss, mod, a preposition, or two of them \
                         as in obj.with or compl.obj"
                            .to_owned(),
                    ),
                ),
            }
        }
        Some(slots)
    }
}

/// Words and classes of a list.
pub(super) fn listed(listed: &[Word<'_>], classes: &Classes, problems: &mut Problems) -> Words {
    let mut words = Words::default();
    for word in listed {
        match word.text.strip_prefix('@') {
            Some("actor") => words.actor = true,
            Some("state") => words.state = true,
            Some("person") => words.person = true,
            Some("org") => words.org = true,
            Some(name) => words
                .classes
                .extend(classes.resolve(name, &word.place, problems)),
            None => words.lemmas.push(word.text.into()),
        }
    }
    words
}
