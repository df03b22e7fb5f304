//! From text to sentences with trees.

use detente_text::Span;

use crate::Sentence;

/// Models and rules of one language, immutable and shared.
pub struct Analyser {}

/// One thread's working memory.
pub struct Worker<'a> {
    _analyser: &'a Analyser,
    sentences: Vec<Sentence>,
}

impl Analyser {
    /// The English analyser with the model that ships in the binary.
    pub fn english() -> Self {
        Self {}
    }

    /// Working memory for one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            _analyser: self,
            sentences: Vec::new(),
        }
    }
}

impl Worker<'_> {
    /// Analyses the parts of `text` that `content` covers (in order, not overlapping); a sentence
    /// never crosses the end of a part. The slice is valid until the next call.
    pub fn analyse(&mut self, _text: &str, _content: &[Span]) -> &[Sentence] {
        &self.sentences
    }
}
