//! From sentences to facts.
//!
//! A [`Fact`] is one thing that a document says, anchored in the smallest stretch of text that
//! carries it. [`Fact::check`] holds the quote rule: a fact whose quote is not exactly the text at
//! its offsets is refused.

pub mod actors;
mod args;
mod article;
mod cameo;
mod clause;
mod coder;
mod content;
mod draft;
mod events;
mod fact;
pub mod figures;
mod fill;
mod frame;
mod kinds;
mod labels;
mod lexicon;
mod modality;
mod occurrences;
mod people;
mod quotation;
pub mod relate;
mod scene;
pub mod times;
mod voice;
mod walk;

pub use coder::{Coder, CoderWorker, Coding, Explained, is_coded};
pub use content::content;
pub use draft::Rejection;
pub use fact::{
    Claim, ExtractVersion, Fact, Form, Kind, Link, Location, Modality, Quad, Review, Root, Stance,
    SubSpan, Value,
};
pub use lexicon::LexiconError;
