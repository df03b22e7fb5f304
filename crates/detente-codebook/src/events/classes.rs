//! Classes of words that patterns share: `events/classes.toml`.

use rustc_hash::FxHashMap;

use crate::{
    Files,
    problem::{Place, Problems, nearest},
    reader::Parsed,
};

/// Number of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u16);

/// Which lemma belongs to which classes.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    names: Vec<Box<str>>,
    by_name: FxHashMap<Box<str>, ClassId>,
    by_lemma: FxHashMap<Box<str>, Vec<ClassId>>,
}

/// Names that the program computes; they cannot be defined.
pub(crate) const COMPUTED: [&str; 4] = ["actor", "state", "person", "org"];

impl Classes {
    pub(crate) fn read(files: &Files, problems: &mut Problems) -> Self {
        let mut classes = Self::default();
        let name = "events/classes.toml";
        let Some(text) = files.get(name) else {
            return classes;
        };
        let parsed = Parsed::new(name, text, problems);
        let root = parsed.root();
        for key in root.keys() {
            if COMPUTED.contains(&key.text) {
                problems.error(
                    &key.place,
                    format!("@{} is computed by the program", key.text),
                    Some("give the list another name".to_owned()),
                );
                continue;
            }
            let id = ClassId(classes.names.len() as u16);
            classes.names.push(key.text.into());
            classes.by_name.insert(key.text.into(), id);
            for word in root.words(problems, key.text) {
                let of = classes.by_lemma.entry(word.text.into()).or_default();
                if of.last() != Some(&id) {
                    of.push(id);
                }
            }
        }
        classes
    }

    /// The class of that name (without `@`).
    pub fn id(&self, name: &str) -> Option<ClassId> {
        self.by_name.get(name).copied()
    }

    /// Name of a class.
    pub fn name(&self, class: ClassId) -> &str {
        self.names.get(class.0 as usize).map_or("", |n| n)
    }

    /// Classes of a lemma, in order.
    pub fn of(&self, lemma: &str) -> &[ClassId] {
        self.by_lemma.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// True if the lemma belongs to the class.
    pub fn contains(&self, class: ClassId, lemma: &str) -> bool {
        self.of(lemma).binary_search(&class).is_ok()
    }

    /// As [`contains`](Self::contains), by the class's name; false for an unknown class.
    pub fn holds(&self, class: &str, lemma: &str) -> bool {
        self.id(class).is_some_and(|c| self.contains(c, lemma))
    }

    pub(crate) fn resolve(
        &self,
        name: &str,
        place: &Place<'_>,
        problems: &mut Problems,
    ) -> Option<ClassId> {
        let id = self.id(name);
        if id.is_none() {
            let known = self.names.iter().map(|n| &**n).chain(COMPUTED);
            let hint = nearest(name, known).map_or_else(
                || "classes stand in events/classes.toml".to_owned(),
                |meant| format!("did you mean @{meant}?"),
            );
            problems.error(place, format!("unknown class @{name}"), Some(hint));
        }
        id
    }
}
