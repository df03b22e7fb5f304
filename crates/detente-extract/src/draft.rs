//! What a sentence holds, before actors, dates and topics are filled in.

use detente_codebook::events::Pattern;
use detente_text::Span;

use crate::{Kind, Modality, frame::Frame};

/// A fact in the making: kind, place and the tokens that its fields are read from.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'b> {
    pub(crate) kind: Kind,
    /// Token that carries it: predicate or noun.
    pub(crate) head: usize,
    /// Clause it belongs to.
    pub(crate) clause: Option<usize>,
    /// First and last token of the quote.
    pub(crate) tokens: (usize, usize),
    /// The quote.
    pub(crate) span: Span,
    /// The event pattern that fits.
    pub(crate) pattern: Option<&'b Pattern>,
    /// Tokens in the place of the source and of the target.
    pub(crate) source: Option<usize>,
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
