//! What the coder asks about the actors of a document.

use detente_syntax::{Deprel, Sentence};
use detente_text::{Document, Span};

use crate::{
    Coder,
    actors::{Actors, DocumentContext, Mention, MentionKind},
};

/// An actor that a phrase names or refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ref {
    /// Id of codebook 4.1.
    pub(crate) id: String,
    /// Code of the state it belongs to, if it belongs to one.
    pub(crate) state: Option<String>,
    /// Where the name stands that a pronoun or description refers to.
    pub(crate) evidence: Option<Span>,
    /// The name stands for a place.
    pub(crate) place: bool,
}

/// The actors of one document, asked by sentence and token.
pub(crate) struct People<'a> {
    actors: Actors,
    sentences: &'a [Sentence],
}

impl<'a> People<'a> {
    /// Finds all mentions of a document.
    pub(crate) fn find(coder: &Coder, document: &Document, sentences: &'a [Sentence]) -> Self {
        // A text about another pair keeps its own: the two states that it names most often.
        let [a, b] = &coder.dyad;
        let named = |code: &str| {
            coder.book.actors.state_by_code(code).is_some_and(|state| {
                state
                    .names
                    .iter()
                    .chain(&state.adjectives)
                    .any(|name| document.text.contains(&**name))
            })
        };
        let given = [a.as_str(), b.as_str()];
        let find = |dyad| {
            let context = DocumentContext::new(document, dyad);
            Actors::find(&document.text, sentences, &coder.book, &context)
        };
        let mut actors = find((named(a) && named(b)).then_some(given));
        // A text that names no pair is about the record's, unless it names a third state only.
        let elsewhere = |m: &Mention| m.state.as_deref().is_some_and(|s| !given.contains(&s));
        if actors.dyad().is_none() && !actors.mentions().iter().any(elsewhere) {
            actors = find(Some(given));
        }
        Self { actors, sentences }
    }

    /// Everybody whom the phrase headed by the token names or refers to; conjuncts included.
    pub(crate) fn refs(&self, sentence: usize, token: usize) -> Vec<Ref> {
        self.somebody(sentence, token).map(Ref::from).collect()
    }

    /// True if [`refs`](Self::refs) finds anybody.
    pub(crate) fn is_anybody(&self, sentence: usize, token: usize) -> bool {
        self.somebody(sentence, token).next().is_some()
    }

    fn somebody(&self, sentence: usize, token: usize) -> impl Iterator<Item = &Mention> {
        self.actors
            .mentions_of(sentence, token, &self.sentences[sentence])
            .into_iter()
            .map(|(_, m)| m)
            .filter(|m| !matches!(m.kind, MentionKind::Place | MentionKind::Region))
    }

    /// As [`refs`](Self::refs), without conjuncts.
    pub(crate) fn alone(&self, sentence: usize, token: usize) -> Vec<Ref> {
        self.actors
            .mentions_at(sentence, token, &self.sentences[sentence])
            .into_iter()
            .map(|(_, m)| m)
            .filter(|m| !matches!(m.kind, MentionKind::Place | MentionKind::Region))
            .map(Ref::from)
            .collect()
    }

    /// As [`alone`](Self::alone), with places whose state is known: what is done to a place is done
    /// to its state.
    pub(crate) fn concerned(&self, sentence: usize, token: usize) -> Vec<Ref> {
        self.actors
            .mentions_at(sentence, token, &self.sentences[sentence])
            .into_iter()
            .map(|(_, m)| m)
            .filter(|m| {
                m.state.is_some() || !matches!(m.kind, MentionKind::Place | MentionKind::Region)
            })
            .map(Ref::from)
            .collect()
    }

    /// The two states that the document is about, if it is about two.
    pub(crate) fn dyad(&self) -> &[String] {
        self.actors.dyad().map_or(&[], |d| d.as_slice())
    }

    /// Codes of the states named or belonged to in a sentence, in order.
    pub(crate) fn states(&self, sentence: usize) -> Vec<String> {
        self.actors
            .in_sentence(sentence)
            .iter()
            .filter_map(|m| m.state.clone())
            .collect()
    }

    /// True if the token's phrase names somebody who acts, not a place.
    pub(crate) fn acts(&self, sentence: usize, token: usize) -> bool {
        self.somebody(sentence, token).any(|m| !m.as_place)
    }

    /// True if the token's phrase stands for a mention of one of the kinds.
    pub(crate) fn is(&self, sentence: usize, token: usize, kinds: &[MentionKind]) -> bool {
        self.actors
            .mentions_at(sentence, token, &self.sentences[sentence])
            .iter()
            .any(|(_, m)| kinds.contains(&m.kind))
    }

    /// The authors who signed the document, as ids.
    pub(crate) fn authors(&self) -> &[String] {
        self.actors.authors()
    }

    /// Where an event headed by `token` took place, if a place stands below it with a preposition
    /// of place: name and state.
    pub(crate) fn place(&self, sentence: usize, token: usize) -> Option<(Span, Option<String>)> {
        let words = &self.sentences[sentence];
        self.actors
            .in_sentence(sentence)
            .iter()
            .filter(|m| m.as_place || m.kind == MentionKind::Place)
            .find(|m| {
                let head = m.head as usize;
                let located = words.children(head).any(|c| {
                    words.tokens()[c].deprel == Deprel::Case
                        && matches!(words.lemma(c), "in" | "at" | "near" | "off")
                });
                located && words.dominates(token, head)
            })
            .map(|m| (m.name_span, m.state.clone()))
    }

    /// Everybody named or referred to within `span` of the text, in order.
    pub(crate) fn within_text(&self, span: Span) -> Vec<Ref> {
        let sentence = self.sentences.partition_point(|s| s.span.end <= span.start);
        if sentence < self.sentences.len() {
            self.touching(sentence, span)
        } else {
            Vec::new()
        }
    }

    /// As [`within`](Self::within), a name that only touches the span included.
    fn touching(&self, sentence: usize, span: Span) -> Vec<Ref> {
        self.actors
            .in_sentence(sentence)
            .iter()
            .filter(|m| span.overlaps(m.name_span) && m.kind != MentionKind::Region)
            .map(Ref::from)
            .collect()
    }

    /// Everybody named or referred to within `span` of a sentence, in order.
    pub(crate) fn within(&self, sentence: usize, span: Span) -> Vec<Ref> {
        self.actors
            .in_sentence(sentence)
            .iter()
            .filter(|m| span.contains(m.name_span) && m.kind != MentionKind::Region)
            .map(Ref::from)
            .collect()
    }
}

impl From<&Mention> for Ref {
    fn from(m: &Mention) -> Self {
        Self {
            id: m.id.clone(),
            state: m.state.clone(),
            evidence: m.evidence,
            place: m.as_place,
        }
    }
}
