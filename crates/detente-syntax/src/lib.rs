//! Sentences, words, tags, lemmas and Universal Dependencies trees.
//!
//! An [`Analyser`] is immutable and shared between threads; a [`Worker`] belongs to one thread and
//! keeps its buffers. Analysis never fails: whatever the text, every sentence gets a tree.

mod analyser;
mod sentence;
mod tags;

pub use analyser::{Analyser, Worker};
pub use sentence::{Sentence, Token};
pub use tags::{Deprel, Feats, Mood, Number, Tense, Upos, VerbForm};
