//! Which kind of fact a clause is (codebook 2.2), one file per kind.

pub(crate) mod commitment;
pub(crate) mod proposal;

use crate::scene::Scene;

/// What a kind found in a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Head of the phrase or clause to be quoted.
    pub(crate) head: usize,
    /// Token of the one bound or proposing, if it is not the speaker.
    pub(crate) source: Option<usize>,
    /// Token of those who should act, or to whom it is promised.
    pub(crate) target: Option<usize>,
    /// True if somebody asks for it (root REQUEST on a proposal).
    pub(crate) asked: bool,
    /// The rule, for `rule`.
    pub(crate) rule: &'static str,
}

impl Finding {
    pub(crate) fn new(head: usize, rule: &'static str) -> Self {
        Self {
            head,
            source: None,
            target: None,
            asked: false,
            rule,
        }
    }
}

/// Lemma with its particle: "call for" is looked up with the preposition of its argument.
pub(crate) fn with_preposition(scene: &Scene<'_>, verb: usize) -> Vec<(String, usize)> {
    let lemma = scene.lemma(verb);
    scene
        .sentence
        .children(verb)
        .filter_map(|c| {
            let preposition = scene.preposition(c)?;
            Some((format!("{lemma} {preposition}"), c))
        })
        .collect()
}
