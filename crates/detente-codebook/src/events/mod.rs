//! Roots with their modes, verbs and nouns: `events/*.toml`.

mod cameo;
mod classes;
mod composed;
mod pattern;
mod read;
mod slot;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use cameo::{Cameo, Coded};
pub use classes::{ClassId, Classes};
pub use composed::Composition;
pub use pattern::{Pattern, Strength, Words};
pub use slot::{Role, Slot};

/// A mode of a root.
#[derive(Clone, Debug)]
pub struct Mode {
    /// Its name, such as `visit`.
    pub name: Box<str>,
    /// Goldstein-like score of PLOVER.
    pub score: f64,
    /// In words.
    pub definition: Box<str>,
}

/// A root of PLOVER, or the rootless acts.
#[derive(Clone, Debug)]
pub struct RootEntry {
    /// Its name, such as `CONSULT`; `None` for acts towards nobody.
    pub name: Option<Box<str>>,
    /// 1 verbal cooperation … 4 material conflict; `None` without root.
    pub quad: Option<u8>,
    /// Score without mode.
    pub score: Option<f64>,
    /// True if an event without target is not whole.
    pub target_required: bool,
    /// In words.
    pub definition: Box<str>,
    /// Its modes, by name.
    pub modes: Vec<Mode>,
    /// File it stands in.
    pub file: Box<str>,
}

impl RootEntry {
    /// The mode of that name.
    pub fn mode(&self, name: &str) -> Option<&Mode> {
        self.modes.iter().find(|m| &*m.name == name)
    }
}

/// A verb of a root as found by its lemma.
#[derive(Clone, Copy, Debug)]
pub struct VerbEntry<'b> {
    /// Words that must follow the verb as particle or fixed object: `off` of "call off".
    pub rest: &'b [Box<str>],
    /// What must stand round it.
    pub pattern: &'b Pattern,
}

/// A noun of a root as found by its last word.
#[derive(Clone, Copy, Debug)]
pub struct NounEntry<'b> {
    /// Words that must stand before the noun: `press` of "press conference".
    pub before: &'b [Box<str>],
    /// What must stand round it.
    pub pattern: &'b Pattern,
}

#[derive(Clone, Debug)]
struct Indexed {
    /// The further words of the lemma.
    rest: Box<[Box<str>]>,
    pattern: Arc<Pattern>,
}

/// All roots, verbs and nouns, found by lemma.
#[derive(Clone, Debug, Default)]
pub struct EventBook {
    /// The roots, in the order of their files.
    pub roots: Vec<RootEntry>,
    /// Lists of words that patterns share.
    pub classes: Classes,
    /// Codes of CAMEO and conversions from them.
    pub cameo: Cameo,
    composed: Vec<Composition>,
    verbs: FxHashMap<Box<str>, Vec<Indexed>>,
    nouns: FxHashMap<Box<str>, Vec<Indexed>>,
}

impl EventBook {
    /// Entries of a verb by its lemma ("call" gives those of "call off" too), the narrowest first.
    pub fn verbs(&self, lemma: &str) -> impl Iterator<Item = VerbEntry<'_>> + Clone {
        let found = self.verbs.get(lemma).map_or(&[][..], Vec::as_slice);
        found.iter().map(|i| VerbEntry {
            rest: &i.rest,
            pattern: &i.pattern,
        })
    }

    /// Entries of a noun by its lemma, for a compound by the last word, the narrowest first.
    pub fn nouns(&self, lemma: &str) -> impl Iterator<Item = NounEntry<'_>> + Clone {
        let found = self.nouns.get(lemma).map_or(&[][..], Vec::as_slice);
        found.iter().map(|i| NounEntry {
            before: &i.rest,
            pattern: &i.pattern,
        })
    }

    /// How acts about acts of that root are told apart, if it is one that can be.
    pub fn composition(&self, root: &str) -> Option<&Composition> {
        self.composed.iter().find(|c| &*c.root == root)
    }

    /// The root that a pattern belongs to.
    pub fn root(&self, pattern: &Pattern) -> &RootEntry {
        &self.roots[pattern.root as usize]
    }

    /// Name of the root that a pattern belongs to; `None` for acts without root.
    pub fn root_name(&self, pattern: &Pattern) -> Option<&str> {
        self.root(pattern).name.as_deref()
    }

    /// The root of that name.
    pub fn root_named(&self, name: &str) -> Option<&RootEntry> {
        self.roots.iter().find(|r| r.name.as_deref() == Some(name))
    }

    /// Number of verb lemmas and of noun lemmas.
    pub fn sizes(&self) -> (usize, usize) {
        (self.verbs.len(), self.nouns.len())
    }
}
