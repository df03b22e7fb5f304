//! What the tree did not show: a whole sentence, or a quoted one, of which nothing was coded.

use detente_syntax::{Upos, VerbForm};
use detente_text::Span;

use super::Walker;
use crate::{
    Form, Kind, Modality,
    clause::{is_modal, tokens_span},
    draft::{Cut, Draft},
    frame::Frame,
};

/// Fewest words of a sentence that says something.
const FEWEST_WORDS: usize = 5;

impl Walker<'_, '_> {
    /// A quoted sentence without a fact is a statement of whoever is quoted; so is the whole
    /// sentence, if it has a finite verb and nothing else was found in it.
    pub(super) fn rest(&mut self) {
        let sentence = self.scene.sentence.span;
        let quoted: Vec<Span> = self
            .around
            .quotations
            .iter()
            .filter(|q| q.words >= FEWEST_WORDS)
            .filter_map(|q| q.inner.intersection(sentence))
            .collect();
        for span in quoted {
            self.quoted_sentence(span);
        }
        if self.found.drafts.is_empty() && self.fates.iter().all(|f| *f != super::Fate::Frame) {
            let n = self.scene.sentence.len();
            self.whole(0, n - 1, Vec::new(), "statement/sentence");
        }
    }

    fn quoted_sentence(&mut self, span: Span) {
        let scene = self.scene;
        let Some(first) = scene.token_at(span.start) else {
            return;
        };
        let last = scene
            .sentence
            .tokens()
            .partition_point(|t| t.span.end <= span.end);
        if last == 0 || last - 1 <= first {
            return;
        }
        let whole = scene
            .form(first)
            .chars()
            .next()
            .is_some_and(char::is_uppercase);
        let coded = self.found.drafts.iter().any(|d| {
            d.span
                .intersection(span)
                .is_some_and(|both| 2 * both.len() >= span.len().min(d.span.len()))
        });
        if !whole || coded {
            return;
        }
        let frames = self.speaker_before(first);
        self.whole(first, last - 1, frames, "statement/quotation");
    }

    /// "The charter leaves no doubt: "…"": the subject of the sentence's first clause speaks.
    fn speaker_before(&self, first: usize) -> Vec<Frame> {
        self.scene
            .clauses
            .iter()
            .find_map(|c| c.subject.filter(|&s| s < first))
            .map(|speaker| Frame {
                clause: None,
                speaker: Some(speaker),
                form: Form::Direct,
                past: false,
                view: false,
            })
            .into_iter()
            .collect()
    }

    /// A word that makes a clause finite.
    pub(super) fn is_finite(&self, token: usize) -> bool {
        let word = &self.scene.sentence.tokens()[token];
        matches!(word.upos, Upos::Verb | Upos::Aux)
            && (word.feats.verb_form == VerbForm::Fin || is_modal(self.scene.lemma(token)))
    }

    fn whole(&mut self, mut first: usize, mut last: usize, frames: Vec<Frame>, rule: &str) {
        let scene = self.scene;
        let tokens = scene.sentence.tokens();
        while first < last && tokens[first].upos == Upos::Punct {
            first += 1;
        }
        let ends = scene.form(last).starts_with(['.', '!', '”', '"', '’'])
            || tokens[last].upos != Upos::Punct;
        while last > first && tokens[last].upos == Upos::Punct {
            last -= 1;
        }
        (first, last) = self.tidy(first, last);
        let finite = (first..=last).any(|t| self.is_finite(t));
        let span = tokens_span(scene.sentence, first, last);
        if !ends || !finite || last - first + 1 < FEWEST_WORDS || self.is_figure(span) {
            return;
        }
        let head = scene.head_of(span).unwrap_or(first);
        let mut draft = Draft::new(
            Kind::Statement,
            head,
            Cut::Tokens(first, last),
            rule.to_owned(),
        );
        draft.clause = scene.clause_of(head);
        draft.tokens = (first, last);
        draft.span = span;
        draft.frames = frames;
        draft.modality = Modality::Asserted;
        draft.confidence = 0.35;
        self.push(draft);
    }
}
