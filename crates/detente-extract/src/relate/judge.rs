//! The ranker as a second opinion while a document is coded: what does it hear between two phrases?

use std::cell::RefCell;

use detente_syntax::{Deprel, Upos};

use super::{
    clues::{Clues, Reader},
    ranker::{CLASSES, NOTHING, Ranker, class_of},
    spot::Spot,
};
use crate::{
    Root, clause,
    events::matcher::{Matcher, Who},
    scene::Scene,
};
use detente_codebook::events::EventBook;

/// What the ranker hears between two phrases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    ranks: [f32; CLASSES],
}

impl Verdict {
    /// The likeliest root.
    pub(crate) fn root(&self) -> Root {
        Root::ALL
            .iter()
            .copied()
            .max_by(|a, b| self.of(*a).total_cmp(&self.of(*b)))
            .unwrap_or(Root::Consult)
    }

    /// Likelihood of a root, 0–1.
    pub(crate) fn of(&self, root: Root) -> f32 {
        self.ranks[class_of(root)]
    }

    /// Likelihood that nothing is told between the two, 0–1.
    pub(crate) fn nothing(&self) -> f32 {
        self.ranks[NOTHING]
    }
}

/// Asks the ranker about pairs of one sentence.
pub(crate) struct Judge<'a> {
    pub(crate) ranker: &'a Ranker,
    pub(crate) scene: Scene<'a>,
    pub(crate) book: &'a EventBook,
    pub(crate) who: &'a dyn Who,
    /// What was heard between pairs that were asked about: many are asked about again.
    pub(crate) heard: RefCell<Vec<([usize; 2], Verdict)>>,
}

impl Judge<'_> {
    /// What the phrase headed by `source` does to that headed by `target`.
    pub(crate) fn pair(&self, source: usize, target: usize) -> Verdict {
        let pair = [source, target];
        let heard = |heard: &Vec<([usize; 2], Verdict)>| {
            heard.iter().find(|(p, _)| *p == pair).map(|(_, v)| *v)
        };
        if let Some(verdict) = heard(&self.heard.borrow()) {
            return verdict;
        }
        let verdict = Verdict {
            ranks: self.ranker.rank(&self.clues(source, target)),
        };
        self.heard.borrow_mut().push((pair, verdict));
        verdict
    }

    /// The word that speaks most for a root between the two.
    pub(crate) fn word(&self, source: usize, target: usize, root: Root) -> Option<usize> {
        let clues = self.clues(source, target);
        let voices = self
            .ranker
            .voices(&clues, class_of(root), self.scene.sentence.len());
        (0..voices.len())
            .filter(|&t| t != source && t != target)
            .filter(|&t| {
                clause::is_predicate(self.scene.sentence, t) || self.scene.upos(t) == Upos::Noun
            })
            .max_by(|a, b| voices[*a].total_cmp(&voices[*b]))
    }

    fn clues(&self, source: usize, target: usize) -> Clues<'_> {
        Reader {
            scene: self.scene,
            matcher: Matcher {
                scene: self.scene,
                book: self.book,
                who: self.who,
            },
            who: self.who,
            vectors: &self.ranker.vectors,
            source: Some(phrase(&self.scene, source)),
            target: Some(phrase(&self.scene, target)),
            speaker: None,
            out: Clues::default(),
        }
        .read()
    }
}

/// The words of the phrase that stand next to its head.
fn phrase(scene: &Scene<'_>, head: usize) -> Spot {
    let close = |c: &usize| {
        matches!(
            scene.deprel(*c),
            Deprel::Compound
                | Deprel::Flat
                | Deprel::Amod
                | Deprel::Nummod
                | Deprel::Det
                | Deprel::NmodPoss
        )
    };
    let near = || scene.sentence.children(head).filter(close);
    Spot {
        first: near().filter(|c| *c < head).min().unwrap_or(head),
        last: near().filter(|c| *c > head).max().unwrap_or(head),
        head,
    }
}
