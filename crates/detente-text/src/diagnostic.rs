//! What went wrong or was left out, in a form that the command line and the record both keep.

use serde::{Deserialize, Serialize};

use crate::Span;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// Something was repaired, guessed or left out; the document was read.
    Warning,
    /// The document was not read.
    Error,
}

/// One finding about one document, with a code that never changes its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code: a letter for the room (`T` text, `S` syntax, `C` codebook, `X` extract,
    /// `R` record) and three digits.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What and why, one sentence, quoting the value.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
    /// Where in the text, if it is about a place.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// A diagnostic without place and hint.
    pub fn new(code: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            message: message.into(),
            hint: None,
            span: None,
        }
    }

    /// With a hint how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With a place in the text.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}
