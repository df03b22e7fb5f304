//! Acts about acts: `events/composed.toml`.

use super::{Classes, RootEntry, Words, read::listed};
use crate::{
    Files,
    problem::Problems,
    reader::{Parsed, Table, Word},
};

/// What the modes of one root are called, by the act that is asked for, refused or threatened.
#[derive(Clone, Debug, Default)]
pub struct Composition {
    /// The root of the act about an act.
    pub root: Box<str>,
    /// The mode where no rule knows the clause that follows.
    pub otherwise: Option<Box<str>>,
    /// The mode where no rule knows the thing that is named.
    pub thing: Option<Box<str>>,
    /// The words stand beside the act itself: what it was done with.
    pub means: bool,
    /// Roots whose announcement under a condition is this root.
    pub by_condition: Vec<Box<str>>,
    /// Verbs of saying that need no condition for it.
    pub sayings: Vec<Box<str>>,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    /// Root, and mode if only one of its modes is meant.
    acts: Vec<(Box<str>, Option<Box<str>>)>,
    words: Words,
    mode: Box<str>,
}

impl Composition {
    /// Reads the file and checks that each root and mode in it is one of `roots`.
    pub(super) fn read(
        files: &Files,
        classes: &Classes,
        roots: &[RootEntry],
        problems: &mut Problems,
    ) -> Vec<Self> {
        let name = "events/composed.toml";
        let Some(text) = files.get(name) else {
            return Vec::new();
        };
        let parsed = Parsed::new(name, text, problems);
        let root = parsed.root();
        let mut all = Vec::new();
        for key in root.keys() {
            let Some(table) = root.table(problems, key.text) else {
                continue;
            };
            table.only(
                problems,
                &[
                    "otherwise",
                    "thing",
                    "means",
                    "by_condition",
                    "sayings",
                    "rules",
                ],
            );
            known(&key, key.text, None, roots, problems);
            for act in table.words(problems, "by_condition") {
                known(&act, act.text, None, roots, problems);
            }
            for field in ["otherwise", "thing"] {
                if let Some(mode) = table.word(problems, field) {
                    known(&mode, key.text, Some(mode.text), roots, problems);
                }
            }
            all.push(Self {
                root: key.text.into(),
                means: table.flag(problems, "means"),
                thing: table.word(problems, "thing").map(|w| w.text.into()),
                otherwise: table.word(problems, "otherwise").map(|w| w.text.into()),
                by_condition: table.strings(problems, "by_condition"),
                sayings: table.strings(problems, "sayings"),
                rules: table
                    .tables(problems, "rules")
                    .iter()
                    .filter_map(|rule| Rule::read(rule, key.text, classes, roots, problems))
                    .collect(),
            });
        }
        all
    }

    /// The mode for an act of that root and those modes whose words `has` tells.
    pub fn mode(
        &self,
        act: Option<(&str, &[Box<str>])>,
        has: impl Fn(&Words) -> bool,
    ) -> Option<&str> {
        let rule = self.rules.iter().find(|rule| {
            let told = act.is_some_and(|(root, modes)| {
                rule.acts
                    .iter()
                    .any(|(r, m)| **r == *root && m.as_ref().is_none_or(|m| modes.contains(m)))
            });
            told || !rule.words.is_any() && has(&rule.words)
        })?;
        Some(&rule.mode)
    }
}

impl Rule {
    fn read(
        table: &Table<'_>,
        root: &str,
        classes: &Classes,
        roots: &[RootEntry],
        problems: &mut Problems,
    ) -> Option<Self> {
        table.only(problems, &["acts", "words", "mode"]);
        let mut acts = Vec::new();
        for act in table.words(problems, "acts") {
            let (of, mode) = match act.text.split_once(' ') {
                Some((of, mode)) => (of, Some(mode)),
                None => (act.text, None),
            };
            known(&act, of, mode, roots, problems);
            acts.push((of.into(), mode.map(Into::into)));
        }
        let words = table.words(problems, "words");
        Some(Self {
            acts,
            words: listed(&words, classes, problems),
            mode: {
                let mode = table.need(problems, "mode")?;
                known(&mode, root, Some(mode.text), roots, problems);
                mode.text.into()
            },
        })
    }
}

/// Reports a root, or a mode of it, that no file defines.
pub(super) fn known(
    at: &Word<'_>,
    root: &str,
    mode: Option<&str>,
    roots: &[RootEntry],
    problems: &mut Problems,
) {
    let entry = roots.iter().find(|r| r.name.as_deref() == Some(root));
    match (entry, mode) {
        (None, _) => problems.error(&at.place, format!("unknown root `{root}`"), None),
        (Some(entry), Some(mode)) if entry.mode(mode).is_none() => problems.error(
            &at.place,
            format!("`{mode}` is no mode of {root}"),
            Some(format!("its modes stand in {}", entry.file)),
        ),
        _ => {}
    }
}
