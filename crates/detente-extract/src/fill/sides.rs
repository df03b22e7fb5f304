//! Sides that no words of the clause name: who holds a view, whom a proposal or a promise is meant
//! for, whom a stance judges.

use std::collections::BTreeSet;

use detente_syntax::Upos;
use detente_text::Span;

use super::{Filler, plain};
use crate::{draft::Draft, frame::Frame, people::Ref};

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
