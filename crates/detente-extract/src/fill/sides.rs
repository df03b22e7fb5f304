//! Sides that no words of the clause name: who holds a view, whom a proposal or a promise is meant
//! for, whom a stance judges.

use std::collections::BTreeSet;

use detente_syntax::{Deprel, Upos};
use detente_text::Span;

use super::{Filler, plain};
use crate::{Fact, draft::Draft, frame::Frame, people::Ref};

/// Facts before this one among which an act is looked for that it answers.
const ANSWERED: usize = 12;
/// Sentences before this one in which the other side may have been named.
const LOOK_BACK: usize = 4;

impl Filler<'_, '_> {
    /// Those whose words a draft carries: the innermost frame's speaker, else who still speaks,
    /// else the signed author.
    pub(super) fn voice_refs(&self, frames: &[Frame]) -> Vec<Ref> {
        for frame in frames {
            if let Some(token) = frame.speaker {
                let refs = self.refs(token);
                if !refs.is_empty() {
                    return refs;
                }
                if self.scene.upos(token) == Upos::Pron {
                    continue;
                }
                return vec![Ref {
                    id: self.scene.lemma(token).to_lowercase(),
                    state: None,
                    evidence: None,
                    place: false,
                }];
            }
        }
        if let Some((ids, _)) = &self.voice.continued {
            return ids.iter().cloned().map(plain).collect();
        }
        // A report's own voice holds no view.
        if !self.voice.own {
            return Vec::new();
        }
        self.article
            .people
            .authors()
            .iter()
            .cloned()
            .map(plain)
            .collect()
    }

    /// Who should act where no subject says so: both members of the dyad if the clause names them,
    /// else those to whom the last proposal was addressed, else the dyad.
    pub(super) fn addressees(&self, draft: &Draft<'_>) -> Vec<Ref> {
        let dyad = self.article.people.dyad();
        let named: BTreeSet<String> = self
            .article
            .people
            .within(self.sentence, draft.span)
            .into_iter()
            .filter_map(|r| r.state)
            .filter(|s| dyad.contains(s))
            .collect();
        if named.len() == 2 || self.last_addressees.is_empty() {
            return dyad.iter().cloned().map(plain).collect();
        }
        self.last_addressees.iter().cloned().map(plain).collect()
    }

    /// The other state that was named last, here or in the few sentences before.
    pub(super) fn other_side(&self, source: &[Ref]) -> Vec<Ref> {
        let own: BTreeSet<&str> = source.iter().filter_map(|r| r.state.as_deref()).collect();
        if own.len() != 1 {
            return Vec::new();
        }
        let before = self.sentence.saturating_sub(LOOK_BACK);
        (before..=self.sentence)
            .rev()
            .find_map(|i| {
                self.article
                    .people
                    .states(i)
                    .into_iter()
                    .rfind(|state| !own.contains(state.as_str()))
            })
            .or_else(|| {
                // Nobody else is named: the other member of the pair that the text is about.
                let dyad = self.article.people.dyad();
                dyad.iter()
                    .any(|s| own.contains(s.as_str()))
                    .then(|| dyad.iter().find(|s| !own.contains(s.as_str())).cloned())
                    .flatten()
            })
            .map(plain)
            .into_iter()
            .collect()
    }

    /// The holder of an ascribed stance: "Country A sees B as a threat".
    pub(super) fn holder(&self, draft: &Draft<'_>) -> Vec<Ref> {
        let Some(clause) = draft.clause.map(|c| &self.scene.clauses[c]) else {
            return Vec::new();
        };
        if clause.head != draft.head
            || !self
                .scene
                .lexicon
                .reporting
                .stance
                .contains(self.scene.lemma(clause.head))
        {
            return Vec::new();
        }
        clause.subject.map_or_else(Vec::new, |s| self.refs(s))
    }

    /// Whom an act answers: "Athens rejected the complaint" is towards whoever complained, if the
    /// text told of it.
    pub(super) fn answer(&self, draft: &Draft<'_>, fact: &mut Fact) {
        let sentence = self.scene.sentence;
        let taken_up = sentence.children(draft.head).find(|&c| {
            matches!(self.scene.deprel(c), Deprel::Obj | Deprel::NsubjPass)
                && sentence
                    .child(c, Deprel::Det)
                    .is_some_and(|d| matches!(self.scene.lemma(d), "the" | "this" | "that"))
        });
        let Some(noun) = taken_up.map(|c| self.scene.lemma(c)) else {
            return;
        };
        let answers = &self.scene.lexicon.predicates.answers;
        let before = self.told.iter().rev().take(ANSWERED).find(|told| {
            told.root.is_some_and(|root| {
                answers
                    .get(root.as_str())
                    .is_some_and(|nouns| nouns.contains(noun))
            }) && !told.source.is_empty()
                && told.source.iter().all(|s| !fact.source.contains(s))
        });
        if let Some(told) = before {
            fact.target.clone_from(&told.source);
            if let Some(&place) = told.evidence.get("source") {
                fact.evidence.insert("target".to_owned(), place);
            }
        }
    }

    /// Whom the stance judges: the first actor named behind the verb who is not its holder.
    pub(super) fn stance_target(&self, draft: &Draft<'_>, holder: &[Ref]) -> Vec<Ref> {
        let behind = Span::new(self.token(draft.head).end, draft.span.end);
        self.article
            .people
            .within(self.sentence, behind)
            .into_iter()
            .find(|r| holder.iter().all(|h| h.id != r.id && h.state != r.state))
            .into_iter()
            .collect()
    }
}
