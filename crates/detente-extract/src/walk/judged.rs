//! Acts that no pattern of the codebook fits, or fits only in part: the ranker is asked.

use detente_syntax::{Deprel, Upos};

use super::{Fate, Walker};
use crate::{
    Kind, Root, args,
    clause::Relation,
    draft::{Cut, Draft},
    events::matcher::Hit,
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
/// How likely a root must be for the other side of a pattern of that root.
const FAINT: f32 = 0.2;
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
        if verdict.of(root) < sure {
            return None;
        }
        // The act must be told by this clause, not by one below it.
        let word = self.around.judge.word(source, target, root)?;
        if scene.clause_of(word) != Some(index) && word != clause.head {
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
    /// whom the ranker hears that root best; with how likely it is that nothing is told to him.
    pub(super) fn concerned(&self, head: usize, source: usize, root: Root) -> Option<(usize, f32)> {
        self.others(head, source)
            .into_iter()
            .map(|t| (t, self.around.judge.pair(source, t)))
            .filter(|(_, verdict)| verdict.of(root) > FAINT)
            .max_by(|(_, a), (_, b)| a.of(root).total_cmp(&b.of(root)))
            .map(|(t, verdict)| (t, verdict.nothing()))
    }

    /// True if the ranker is sure that a clause tells nothing between the sides of the pattern that
    /// fits it; fills the other side where the pattern leaves it open.
    pub(super) fn overrules(&self, index: usize, hit: &mut Hit<'_>, root: Root) -> bool {
        let clause = &self.scene.clauses[index];
        let Some(source) = hit.source else {
            return false;
        };
        let named = hit.target.filter(|&t| self.around.who.is_actor(t));
        if named.is_none()
            && !hit.pattern.reciprocal
            && let Some((target, nothing)) = self.concerned(clause.head, source, root)
        {
            hit.target = Some(target);
            return nothing > NOTHING;
        }
        let object = || args::of_clause(&self.scene, clause).obj;
        hit.target
            .or_else(object)
            .filter(|&t| t != source)
            .is_some_and(|t| self.around.judge.pair(source, t).nothing() > NOTHING)
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
