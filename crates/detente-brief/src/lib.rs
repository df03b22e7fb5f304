//! A brief on what happened between two states in a time: state and chart, what changed, issues,
//! channels, what is due, polls, contradictions, a chronology; each sentence with its evidence.
//!
//! [`Inputs`] holds what a brief is made of (filled from a record by [`Inputs::gather`], and by
//! whoever keeps ledgers), [`compose`] makes a [`Brief`] of it, [`check`] compares each sentence
//! with the texts, and [`html`], [`markdown`], [`docx`], [`pdf`] write it. A sentence about the
//! relationship is made of quotes, of fields of facts and of figures counted from facts; all other
//! words of a brief are fixed ([`Frame`]).

#![forbid(unsafe_code)]

mod check;
mod compose;
mod docx;
mod html;
mod inputs;
mod ledgers;
mod markdown;
mod model;
#[cfg(feature = "pdf")]
mod pdf;
mod words;

pub use check::{Check, check};
pub use compose::compose;
pub use docx::docx;
pub use html::{STYLE, html, html_body};
pub use inputs::{Cited, Contradiction, Coverage, Inputs, Standing};
pub use markdown::markdown;
pub use model::{Block, Brief, Cite, Frame, Note, Run, Section, Sentence};
#[cfg(feature = "pdf")]
pub use pdf::{Pdf, PdfError, pdf};
pub use words::Words;
