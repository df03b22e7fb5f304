//! From roots and modes to CAMEO, and on by published conversions: `events/cameo.toml`.

use std::collections::BTreeMap;

use super::{Classes, RootEntry, Words, composed::known, read::listed};
use crate::{
    Files,
    problem::Problems,
    reader::{Parsed, Table},
};

/// What is known of an event when its code is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'a> {
    /// The root.
    pub root: &'a str,
    /// Its modes.
    pub modes: &'a [String],
    /// The modality, as in a fact.
    pub modality: &'a str,
    /// The contexts.
    pub contexts: &'a [String],
    /// Lemmas of the act's word, of the verb that it hangs on, of its object and passive subject.
    pub words: &'a [&'a str],
}

/// Codes of CAMEO and conversions from them.
#[derive(Clone, Debug, Default)]
pub struct Cameo {
    rows: Vec<Row>,
    /// By name: root by the beginning of a code.
    conversions: BTreeMap<Box<str>, BTreeMap<Box<str>, Box<str>>>,
}

#[derive(Clone, Debug)]
struct Row {
    root: Box<str>,
    modes: Vec<Box<str>>,
    modality: Vec<Box<str>>,
    contexts: Vec<Box<str>>,
    words: Words,
    code: Box<str>,
}

impl Cameo {
    /// Reads the file and checks that each root and mode in it is one of `roots`.
    pub(super) fn read(
        files: &Files,
        classes: &Classes,
        roots: &[RootEntry],
        problems: &mut Problems,
    ) -> Self {
        let name = "events/cameo.toml";
        let Some(text) = files.get(name) else {
            return Self::default();
        };
        let parsed = Parsed::new(name, text, problems);
        let table = parsed.root();
        table.only(problems, &["codes", "conversions"]);
        let mut book = Self {
            rows: table
                .tables(problems, "codes")
                .iter()
                .filter_map(|row| Row::read(row, classes, roots, problems))
                .collect(),
            ..Self::default()
        };
        let Some(conversions) = table.table(problems, "conversions") else {
            return book;
        };
        for name in conversions.keys() {
            let Some(table) = conversions.table(problems, name.text) else {
                continue;
            };
            let mut by_code = BTreeMap::new();
            for code in table.keys() {
                if let Some(root) = table.word(problems, code.text) {
                    known(&root, root.text, None, roots, problems);
                    by_code.insert(code.text.into(), root.text.into());
                }
            }
            book.conversions.insert(name.text.into(), by_code);
        }
        book
    }

    /// The code of an event, such as `036`; `None` for a root that no row names.
    pub fn code(&self, event: Coded<'_>, classes: &Classes) -> Option<&str> {
        let any = |asked: &[Box<str>], has: &dyn Fn(&str) -> bool| {
            asked.is_empty() || asked.iter().any(|a| has(a))
        };
        let row = self.rows.iter().find(|row| {
            *row.root == *event.root
                && any(&row.modes, &|m| event.modes.iter().any(|of| of == m))
                && any(&row.modality, &|m| event.modality == m)
                && any(&row.contexts, &|c| event.contexts.iter().any(|of| of == c))
                && (row.words.is_any() || event.words.iter().any(|w| row.words.has(w, classes)))
        })?;
        Some(&row.code)
    }

    /// The root that a conversion gives a code.
    pub fn converted(&self, conversion: &str, code: &str) -> Option<&str> {
        let table = self.conversions.get(conversion)?;
        (1..=code.len())
            .rev()
            .find_map(|n| table.get(code.get(..n)?))
            .map(|root| &**root)
    }

    /// Names of the conversions.
    pub fn conversions(&self) -> impl Iterator<Item = &str> {
        self.conversions.keys().map(|name| &**name)
    }
}

impl Row {
    fn read(
        table: &Table<'_>,
        classes: &Classes,
        roots: &[RootEntry],
        problems: &mut Problems,
    ) -> Option<Self> {
        table.only(
            problems,
            &["root", "modes", "modality", "contexts", "words", "code"],
        );
        let root = table.need(problems, "root")?;
        known(&root, root.text, None, roots, problems);
        for mode in table.words(problems, "modes") {
            known(&mode, root.text, Some(mode.text), roots, problems);
        }
        Some(Self {
            root: root.text.into(),
            modes: table.strings(problems, "modes"),
            modality: table.strings(problems, "modality"),
            contexts: table.strings(problems, "contexts"),
            words: listed(&table.words(problems, "words"), classes, problems),
            code: table.need(problems, "code")?.text.into(),
        })
    }
}
