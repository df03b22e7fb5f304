//! Japanese: from raw text to sentences and short-unit words, dictionary forms, features.
//!
//! The words are the short units of UniDic, as the treebank GSD has them. Every boundary between
//! two characters gets a score from the characters around it, their scripts, and the words of
//! UniDic that begin, end or run across there; the division into words is the one that is best by
//! these scores and by what kinds of words follow each other.

pub(crate) mod chars;
pub(crate) mod dictionary;
pub(crate) mod features;
pub(crate) mod inflection;
pub(crate) mod lemma;
pub(crate) mod path;
mod sentences;
pub(crate) mod words;

pub(crate) use sentences::sentences;
pub(crate) use words::{Segmenter, Work};
