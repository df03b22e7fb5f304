//! What a sentence holds, before actors, dates and topics are filled in.

use detente_codebook::events::Pattern;
use detente_text::Span;

use crate::{Kind, Modality, Root, frame::Frame};

/// How the quote of a draft is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The clause of that index, as headed by that token.
    Clause(usize, usize),
    /// A noun phrase within that clause.
    Phrase(usize, usize),
    /// A noun with the relative clause of that index.
    Relative(usize, usize),
    /// A noun with all that hangs on it.
    Noun(usize),
    /// From token to token.
    Tokens(usize, usize),
}

/// A fact in the making: kind, place and the tokens that its fields are read from.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'b> {
    pub(crate) kind: Kind,
    /// Token that carries it: predicate or noun.
    pub(crate) head: usize,
    /// How its quote is cut.
    pub(crate) cut: Cut,
    /// Clause it belongs to.
    pub(crate) clause: Option<usize>,
    /// First and last token of the quote.
    pub(crate) tokens: (usize, usize),
    /// The quote.
    pub(crate) span: Span,
    /// The event pattern that fits.
    pub(crate) pattern: Option<&'b Pattern>,
    /// The root that the ranker heard, where no pattern fits.
    pub(crate) root: Option<Root>,
    /// The mode, where what the act is about tells it.
    pub(crate) mode: Option<String>,
    /// Source and target keep their places, although the pattern is reciprocal.
    pub(crate) apart: bool,
    /// Token in the place of the source.
    pub(crate) source: Option<usize>,
    /// Token in the place of the target.
    pub(crate) target: Option<usize>,
    /// Frames round it, innermost first.
    pub(crate) frames: Vec<Frame>,
    pub(crate) modality: Modality,
    /// Token that shows the modality.
    pub(crate) modality_token: Option<usize>,
    /// Somebody asks for it (proposals).
    pub(crate) asked: bool,
    /// The rule, without version.
    pub(crate) rule: String,
    /// 0–1.
    pub(crate) confidence: f64,
}

impl Draft<'_> {
    /// A draft without roles and frames; its quote is cut later.
    pub(crate) fn new(kind: Kind, head: usize, cut: Cut, rule: String) -> Self {
        Self {
            kind,
            head,
            cut,
            clause: None,
            tokens: (head, head),
            span: Span::default(),
            pattern: None,
            root: None,
            mode: None,
            apart: false,
            source: None,
            target: None,
            frames: Vec::new(),
            modality: Modality::Asserted,
            modality_token: None,
            asked: false,
            rule,
            confidence: 0.5,
        }
    }
}

/// A stretch that was looked at and not coded, for `explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Where.
    pub span: Span,
    /// What it might have been.
    pub kind: Kind,
    /// Why it is none.
    pub reason: String,
}
