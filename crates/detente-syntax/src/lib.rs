//! Sentences, words, tags, lemmas and Universal Dependencies trees.
//!
//! An [`Analyser`] is immutable and shared between threads; a [`Worker`] belongs to one thread and
//! keeps its buffers. Analysis never fails: whatever the text, every sentence gets a tree.
//!
//! ```
//! use detente_syntax::{Analyser, Deprel};
//! use detente_text::Span;
//!
//! let analyser = Analyser::english();
//! let mut worker = analyser.worker();
//! let text = "The governments signed a treaty in Busan. They agreed on nothing else.";
//! let sentences = worker.analyse(text, &[Span::new(0, text.len() as u32)]);
//! assert_eq!(sentences.len(), 2);
//! let first = &sentences[0];
//! let root = first.root();
//! assert_eq!(first.lemma(root), "sign");
//! let subject = first.child(root, Deprel::Nsubj).unwrap();
//! assert_eq!(first.tokens()[subject].span.of(text), "governments");
//! ```

#![forbid(unsafe_code)]

mod analyser;
pub mod conllu;
mod english;
mod japanese;
mod korean;
mod language;
mod model;
mod net;
pub mod score;
mod sentence;
mod tags;
pub mod train;

pub use analyser::{Analyser, Worker};
pub use model::ModelError;
pub use sentence::{Sentence, Token};
pub use tags::{Deprel, Feats, Mood, Number, Tense, Upos, VerbForm};
