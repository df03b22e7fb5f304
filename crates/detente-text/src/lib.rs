//! Documents in: from bytes to a [`Document`] whose text is kept byte for byte.
//!
//! Everything here is a pure function of its input. A [`Span`] is a byte range of the document's
//! decoded text; [`CodePoints`] turns it into the Unicode code points that the exchange form uses.
//!
//! ```
//! use detente_text::{CodePoints, Span};
//! let text = "東京 said";
//! let said = Span::new(7, 11);
//! assert_eq!(said.of(text), "said");
//! assert_eq!(CodePoints::new(text).span(said), (3, 7));
//! ```

mod codepoints;
pub mod date;
mod diagnostic;
mod document;
mod span;

pub use codepoints::CodePoints;
pub use diagnostic::{Diagnostic, Severity};
pub use document::{
    Basis, Document, DocumentDate, DropReason, Dropped, Format, Language, Located, Metadata, Repeat,
};
pub use span::Span;
