//! Events told by nouns: "Seoul's termination of the pact", "the 2011 earthquake".

use detente_codebook::events::Strength;
use detente_syntax::{Deprel, Upos};

use super::Walker;
use crate::{
    Kind, args,
    clause::tokens_span,
    draft::{Cut, Draft, Rejection},
    events::matcher::{Hit, may_tell},
    frame,
    modality::{self, Surroundings},
};

impl Walker<'_, '_> {
    pub(super) fn nouns(&mut self) {
        let scene = self.scene;
        for noun in 0..scene.sentence.len() {
            if !may_tell(&scene, noun) {
                continue;
            }
            let args = args::of_noun(&scene, noun);
            let Some(mut hit) = self.matcher.noun(noun, &args) else {
                continue;
            };
            // "The Chinese ban on Lithuanian beef": the other side stands deeper in the phrase.
            if let Some(source) = hit.source
                && self.around.book.root_name(hit.pattern).is_some()
                && !hit.pattern.reciprocal
                && !hit.target.is_some_and(|t| self.around.who.is_actor(t))
            {
                hit.target = self.others(noun, source).first().copied().or(hit.target);
            }
            if let Some(reason) = self.tells_nothing(noun, &hit) {
                let (first, last) = scene.sentence.subtree(noun);
                self.found.rejections.push(Rejection {
                    span: tokens_span(scene.sentence, first, last),
                    kind: Kind::Event,
                    reason,
                });
                continue;
            }
            let clause = scene.clause_of(noun);
            let frames = clause.map_or_else(Vec::new, |c| {
                frame::frames(&scene, c, self.around.quotations)
            });
            let surroundings = Surroundings {
                document: self.around.document,
                date: (self.around.date)(noun),
                reported_in_past: false,
                subject_decides: true,
            };
            let (modality, token) = modality::of_noun(&scene, noun, surroundings);
            self.push(Draft {
                clause,
                pattern: Some(hit.pattern),
                source: hit.source,
                target: hit.target,
                frames,
                modality,
                modality_token: token,
                confidence: 0.45,
                ..Draft::new(
                    Kind::Event,
                    noun,
                    Cut::Noun(noun),
                    format!("event/{}", hit.pattern.rule),
                )
            });
        }
    }

    /// Why a noun tells no event of its own, if it does not. It must be datable: with a date of its
    /// own, with actors on both sides, or with its doer as possessor or agent.
    fn tells_nothing(&self, noun: usize, hit: &Hit<'_>) -> Option<String> {
        let who = self.around.who;
        let dated = self.has_time_below(noun);
        let acts = hit.source.is_some_and(|s| who.acts(s));
        let concerned = hit.target.is_some_and(|t| who.is_actor(t));
        let needs = self
            .around
            .book
            .root_name(hit.pattern)
            .and_then(|r| self.around.book.root_named(r))
            .is_some_and(|r| r.target_required);
        let owned = acts
            && (hit.source.is_some_and(|s| self.is_owner(noun, s)) && hit.target.is_some()
                || !needs && self.is_told(noun))
            || concerned
                && hit.pattern.conditions() > 0
                && hit.pattern.strength == Strength::Strong
                && self.is_told(noun);
        if !(dated || acts && concerned || owned) {
            return Some(format!(
                "noun of {}: no date, and not enough actors",
                hit.pattern.rule
            ));
        }
        let inside =
            self.found.drafts.iter().any(|d| {
                d.kind == Kind::Event && (d.head == noun || self.hangs_closely(noun, d.head))
            });
        inside.then(|| "part of the event its verb tells".to_owned())
    }

    /// Subject or object of a finite verb: something came of it.
    fn is_told(&self, noun: usize) -> bool {
        let scene = &self.scene;
        matches!(
            scene.deprel(noun),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj
        ) && scene
            .clause_of(noun)
            .is_some_and(|c| scene.clauses[c].finite && modality::is_past(scene, c))
    }

    /// "Seoul's call", "the call by Seoul".
    fn is_owner(&self, noun: usize, source: usize) -> bool {
        let scene = &self.scene;
        let args = args::of_noun(scene, noun);
        args.poss == Some(source) || args.prep("by") == Some(source)
    }

    fn has_time_below(&self, noun: usize) -> bool {
        let scene = &self.scene;
        (self.around.date)(noun).is_some()
            && scene.sentence.children(noun).any(|c| {
                scene.upos(c) == Upos::Num
                    || matches!(
                        scene.deprel(c),
                        Deprel::Nmod
                            | Deprel::NmodUnmarked
                            | Deprel::Acl
                            | Deprel::Amod
                            | Deprel::Compound
                            | Deprel::OblUnmarked
                    )
            })
    }

    /// Object, subject or prepositional argument of the verb that tells the event.
    fn hangs_closely(&self, noun: usize, verb: usize) -> bool {
        let head = |t: usize| self.scene.sentence.head(t);
        head(noun) == Some(verb) || head(noun).and_then(head) == Some(verb)
    }
}
