//! From sentences to facts.
//!
//! A [`Fact`] is one thing that a document says, anchored in the smallest stretch of text that
//! carries it. [`Fact::check`] holds the quote rule: a fact whose quote is not exactly the text at
//! its offsets is refused.

mod fact;

pub use fact::{
    Claim, ExtractVersion, Fact, Form, Kind, Link, Location, Modality, Quad, Review, Root, Stance,
    SubSpan, Value,
};
