//! What the coder asks about the actors of a document.

use detente_text::Span;

/// An actor that a phrase names or refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ref {
    /// Id of codebook 4.1.
    pub(crate) id: String,
    /// Code of the state it belongs to, if it belongs to one.
    pub(crate) state: Option<String>,
    /// Where the name stands that a pronoun or description refers to.
    pub(crate) evidence: Option<Span>,
}

/// The actors of one document, asked by sentence and token.
pub(crate) trait People {
    /// Everybody whom the phrase headed by the token names or refers to; conjuncts included.
    fn refs(&self, sentence: usize, token: usize) -> Vec<Ref>;
    /// True if the token's phrase names a state, its capital or its government.
    fn is_state(&self, sentence: usize, token: usize) -> bool;
    /// True if it names a person.
    fn is_person(&self, sentence: usize, token: usize) -> bool;
    /// True if it names an organisation.
    fn is_organisation(&self, sentence: usize, token: usize) -> bool;
    /// The authors who signed the document, as ids.
    fn authors(&self) -> &[String];
    /// Where an event took place, if the sentence names a place below `token`: name and state.
    fn place(&self, sentence: usize, token: usize) -> Option<(Span, Option<String>)>;
    /// Every actor named within `span` of a sentence, in order.
    fn within(&self, sentence: usize, span: Span) -> Vec<Ref>;
}

/// Nobody: stands in until the mentions of a document are found.
struct Nobody;

impl People for Nobody {
    fn refs(&self, _: usize, _: usize) -> Vec<Ref> {
        Vec::new()
    }
    fn is_state(&self, _: usize, _: usize) -> bool {
        false
    }
    fn is_person(&self, _: usize, _: usize) -> bool {
        false
    }
    fn is_organisation(&self, _: usize, _: usize) -> bool {
        false
    }
    fn authors(&self) -> &[String] {
        &[]
    }
    fn place(&self, _: usize, _: usize) -> Option<(Span, Option<String>)> {
        None
    }
    fn within(&self, _: usize, _: Span) -> Vec<Ref> {
        Vec::new()
    }
}

/// The actors of a document.
pub(crate) fn of_document<'a>(
    _coder: &'a crate::Coder,
    _document: &'a detente_text::Document,
    _sentences: &'a [detente_syntax::Sentence],
) -> Box<dyn People + 'a> {
    Box::new(Nobody)
}
