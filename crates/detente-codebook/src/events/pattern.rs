//! What must stand round a verb or noun for it to be an act of its root.

use super::{ClassId, Classes, Slot};

/// Words one of which must (or must not) stand in a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Lemmas; of several words the last is the head.
    pub lemmas: Vec<Box<str>>,
    /// Classes of lemmas.
    pub classes: Vec<ClassId>,
    /// Any actor mentioned (`@actor`).
    pub actor: bool,
    /// A state or its capital (`@state`).
    pub state: bool,
    /// A person (`@person`).
    pub person: bool,
    /// An organisation (`@org`).
    pub org: bool,
}

impl Words {
    /// True if nothing is listed: any word will do.
    pub fn is_any(&self) -> bool {
        *self == Self::default()
    }

    /// True if the lemma is listed or belongs to a listed class; the computed classes are for the
    /// caller to test.
    pub fn has(&self, lemma: &str, classes: &Classes) -> bool {
        self.lemmas.iter().any(|l| &**l == lemma)
            || (!self.classes.is_empty() && {
                let of = classes.of(lemma);
                self.classes.iter().any(|c| of.contains(c))
            })
    }

    /// True if one of the computed classes is listed.
    pub fn wants_actor(&self) -> bool {
        self.actor || self.state || self.person || self.org
    }
}

/// How much an entry proves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strength {
    /// Proves the root by itself.
    #[default]
    Strong,
    /// Counts only when doer and target are both actors.
    Weak,
}

/// One entry of `verbs` or `nouns`.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    /// Index into [`EventBook::roots`](super::EventBook::roots).
    pub root: u16,
    /// Stable name: file, line, such as `events/agree.toml:23`.
    pub rule: Box<str>,
    /// Heads of the subject.
    pub subj: Option<Words>,
    /// Heads of the deep object.
    pub obj: Option<Words>,
    /// Heads of the indirect object.
    pub iobj: Option<Words>,
    /// Verb of the infinitive, gerund or that-clause that follows.
    pub compl: Option<Words>,
    /// Word before the noun.
    pub mods: Option<Words>,
    /// Words one of which must stand below the predicate or in its subject, however deep.
    pub within: Option<Words>,
    /// Phrases under prepositions that must be there, by preposition.
    pub prep: Vec<(Box<str>, Words)>,
    /// Subjects that do not count.
    pub not_subj: Option<Words>,
    /// Objects that do not count.
    pub not_obj: Option<Words>,
    /// Following verbs that do not count.
    pub not_compl: Option<Words>,
    /// Words before the noun that do not count.
    pub not_mod: Option<Words>,
    /// Phrases that do not count.
    pub not_prep: Vec<(Box<str>, Words)>,
    /// Where the doer stands, best place first; `None`: the entry does not say.
    pub source: Option<Vec<Slot>>,
    /// Where the one concerned stands; `None`: the entry does not say.
    pub target: Option<Vec<Slot>>,
    /// Both sides act: all go into the source.
    pub reciprocal: bool,
    /// Modes of the root.
    pub mode: Vec<Box<str>>,
    /// Contexts.
    pub contexts: Vec<Box<str>>,
    /// Another score than mode and root give.
    pub intensity: Option<f64>,
    /// How much it proves.
    pub strength: Strength,
}

impl Pattern {
    /// Number of conditions: the more, the narrower.
    pub fn conditions(&self) -> usize {
        let words = [
            &self.subj,
            &self.obj,
            &self.iobj,
            &self.compl,
            &self.mods,
            &self.within,
        ];
        words.iter().filter(|w| w.is_some()).count() + self.prep.len()
    }
}
