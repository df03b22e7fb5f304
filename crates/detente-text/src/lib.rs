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
//!
//! [`read`] takes the bytes of a file through these rooms: `format` (what is it), `decode` (which
//! encoding), one room for each format, `layout` (what each line is), `repeats`, `language`. What
//! was noticed is a [`Diagnostic`] with a code of the table [`codes::CODES`].

mod codepoints;
pub mod codes;
pub mod date;
mod dating;
mod decode;
mod diagnostic;
mod document;
mod docx;
mod even;
mod format;
mod hash;
mod html;
mod jsonl;
mod language;
mod layout;
mod limits;
mod markdown;
mod passages;
mod pdf;
mod pull_quotes;
mod reader;
mod repeats;
mod sentences;
mod sidecar;
mod span;

pub use codepoints::CodePoints;
pub use diagnostic::{Diagnostic, Severity};
pub use document::{
    Basis, Document, DocumentDate, DropReason, Dropped, Format, Language, Located, Metadata, Repeat,
};
pub use even::even;
pub use format::is_readable_name;
pub use jsonl::jsonl_document;
pub use language::language_of;
pub use limits::Limits;
pub use passages::{NEAR, Passage, passages};
pub use reader::{ReadOptions, Reading, read};
pub use sidecar::SideCar;
pub use span::Span;
