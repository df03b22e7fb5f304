//! What is handed to the coder, and what comes back.

use std::sync::Arc;

use detente_codebook::Codebook;
use detente_extract::Fact;
use detente_text::{Diagnostic, Document, Span};

/// A file, or one line of a JSON Lines file, to be read and coded.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Name of the document: the path below the root, parted by `/`.
    pub name: String,
    /// Line of a JSON Lines file, from 1.
    pub line: Option<u64>,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The bytes of `X.meta.toml`, if it stands beside the file.
    pub sidecar: Option<Vec<u8>>,
}

/// Fingerprint of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands (bytes of the document's text).
    pub span: Span,
    /// Hash of the evened-out words.
    pub exact: u64,
    /// Hashes of bands: passages that share one may be nearly the same.
    pub near: Vec<u64>,
}

/// A document with its facts.
#[derive(Clone, Debug)]
pub struct Coded {
    /// The document.
    pub document: Document,
    /// Its facts, each a field-by-field claim with a quote.
    pub facts: Vec<Fact>,
    /// What the coder noticed, besides the document's own diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// Fingerprints of its passages.
    pub passages: Vec<Passage>,
    /// Lemmas for the full-text index, parted by spaces; may be empty.
    pub lemmas: String,
}

/// What came of a unit.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Documents in the order of the file; none if it could not be read.
    pub documents: Vec<Coded>,
    /// What was noticed about the unit as a whole.
    pub diagnostics: Vec<Diagnostic>,
}

/// One thread's coder.
pub trait Coder {
    /// Reads and codes a unit: a pure function of it.
    fn code(&mut self, unit: &Unit) -> Outcome;
}

/// What all threads share.
pub trait Coders: Sync {
    /// A coder for one thread.
    fn coder(&self) -> Box<dyn Coder + '_>;

    /// The codebook by which reports are merged and ledgers kept; the built-in one if not given.
    fn codebook(&self) -> Arc<Codebook> {
        Arc::new(Codebook::embedded())
    }

    /// Versions of reader, rules, codebook and options: a unit read with another one is read again.
    fn version(&self) -> String;
}
