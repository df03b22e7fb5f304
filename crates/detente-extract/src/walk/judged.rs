//! Acts that no pattern of the codebook fits, or fits only in part: the ranker is asked.

use detente_syntax::{Deprel, Upos};

use super::{Fate, Walker};
use crate::{
    Kind, args,
    clause::Relation,
    draft::{Cut, Draft},
    frame::{self, Frame},
    modality,
    relate::RANKER_VERSION,
};

/// How sure the ranker must be that something is told, and of its root.
const SURE: f32 = 0.8;
/// How sure where the tense tells a habit as well as an act ("Seoul sends rice").
const SURER: f32 = 0.9;
/// How sure that nothing is told, to overrule a pattern.
const NOTHING: f32 = 0.55;
/// How many candidates for the other side are asked about.
const CANDIDATES: usize = 3;

impl Walker<'_, '_> {
    /// An act of the clause's subject towards somebody, heard by the ranker alone.
    pub(super) fn judged(&mut self, index: usize, frames: &[Frame]) -> Option<Fate> {
        let scene = self.scene;
        let clause = &scene.clauses[index];
        if !matches!(
            clause.relation,
            Relation::Main | Relation::Content | Relation::Conj | Relation::Relative
        ) || scene.upos(clause.head) != Upos::Verb
            || frame::is_saying(&scene, clause.head)
        {
            return None;
        }
        let source = clause.subject.filter(|_| !clause.passive)?;
        if !self.decides(source) {
            return None;
        }
        let (target, verdict) = self
            .others(clause.head, source)
            .into_iter()
            .map(|t| (t, self.around.judge.pair(source, t)))
            .min_by(|(_, a), (_, b)| a.nothing().total_cmp(&b.nothing()))?;
        let root = verdict.root();
        let sure = if self.is_habit(index) { SURER } else { SURE };
        let token = verdict.token?;
        if verdict.of(root) < sure || scene.clause_of(token) != Some(index) && token != clause.head
        {
            return None;
        }
        let (modality, shown) =
            modality::of_clause(&scene, index, self.surroundings(index, frames));
        let cut = match (clause.relation, clause.noun) {
            (Relation::Relative, Some(noun)) => Cut::Relative(noun, index),
            _ => Cut::Clause(index, clause.head),
        };
        self.push(Draft {
            confidence: f64::from((verdict.of(root) * 70.0).round()) / 100.0,
            root: Some(root),
            source: Some(source),
            target: Some(target),
            clause: Some(index),
            modality,
            modality_token: shown,
            frames: frames.to_vec(),
            ..Draft::new(
                Kind::Event,
                clause.head,
                cut,
                format!("model:relate-en@{RANKER_VERSION}"),
            )
        });
        Some(Fate::Fact(Kind::Event))
    }

    /// The other side of an act whose pattern leaves it open: the actor below the predicate for
    /// whom the ranker hears that root best.
    pub(super) fn concerned(&self, head: usize, source: usize, root: &str) -> Option<usize> {
        let root = crate::Root::from_name(root)?;
        self.others(head, source)
            .into_iter()
            .map(|t| (t, self.around.judge.pair(source, t).of(root)))
            .filter(|(_, heard)| *heard > 0.2)
            .max_by(|(_, a), (_, b)| a.total_cmp(b))
            .map(|(t, _)| t)
    }

    /// The object of a clause, deep as well as plain.
    pub(super) fn object(&self, index: usize) -> Option<usize> {
        args::of_clause(&self.scene, &self.scene.clauses[index]).obj
    }

    /// True if the ranker is sure that between the two sides of a pattern nothing is told.
    pub(super) fn hears_nothing(&self, source: Option<usize>, target: Option<usize>) -> bool {
        match (source, target) {
            (Some(s), Some(t)) if s != t => self.around.judge.pair(s, t).nothing() > NOTHING,
            _ => false,
        }
    }

    /// Actors named below a predicate, the nearest first, without those of clauses that only say
    /// when or why.
    pub(super) fn others(&self, head: usize, source: usize) -> Vec<usize> {
        let scene = &self.scene;
        let mut found = Vec::new();
        let mut open = vec![head];
        let mut at = 0;
        while at < open.len() && found.len() < CANDIDATES {
            let token = open[at];
            at += 1;
            for child in scene.sentence.children(token) {
                if child == source
                    || matches!(
                        scene.deprel(child),
                        Deprel::Advcl | Deprel::Parataxis | Deprel::AclRelcl
                    )
                    || scene.deprel(child) == Deprel::Conj && token == head
                    // Brought before a court: it judges, nobody acts against it.
                    || scene.preposition(child).is_some_and(|p| p == "before")
                {
                    continue;
                }
                if self.around.who.is_actor(child) && found.len() < CANDIDATES {
                    found.push(child);
                } else {
                    open.push(child);
                }
            }
        }
        found
    }
}
