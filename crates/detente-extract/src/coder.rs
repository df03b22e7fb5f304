//! From a document to its facts: the pure function that everything else calls.

use std::sync::Arc;

use detente_codebook::Codebook;
use detente_syntax::{Analyser, Sentence};
use detente_text::{Diagnostic, Document, Language, Severity};

use crate::{
    Fact, LexiconError, Rejection,
    article::Article,
    content::{complete, running},
    labels::{self, Label},
    lexicon::Lexicon,
    relate::Ranker,
};

/// The coder: codebook, word lists and analyser, immutable and shared between threads.
pub struct Coder {
    pub(crate) book: Arc<Codebook>,
    pub(crate) lexicon: Lexicon,
    pub(crate) dyad: [String; 2],
    pub(crate) ranker: Ranker,
    analyser: Analyser,
}

/// One thread's coder with its buffers.
pub struct CoderWorker<'c> {
    pub(crate) coder: &'c Coder,
    pub(crate) syntax: detente_syntax::Worker<'c>,
}

/// What a document gave.
#[derive(Clone, Debug, Default)]
pub struct Coding {
    /// Facts ordered by place, each with a quote that is exactly the text at its offsets.
    pub facts: Vec<Fact>,
    /// What was noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
    /// Number of sentences read.
    pub sentences: usize,
}

/// A sentence with what was found in it and what was rejected and why.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Words, tags and tree.
    pub sentence: Sentence,
    /// Facts whose quote begins in it.
    pub facts: Vec<Fact>,
    /// What was looked at and not coded.
    pub rejections: Vec<Rejection>,
}

impl Coder {
    /// A coder for the dyad of the two states (ISO 3166-1 alpha-3).
    ///
    /// # Errors
    /// A word list of the codebook's `language/` that is missing or misshapen.
    pub fn new(
        book: Arc<Codebook>,
        analyser: Analyser,
        dyad: [&str; 2],
    ) -> Result<Self, LexiconError> {
        let lexicon = Lexicon::english(&book.files)?;
        Ok(Self {
            book,
            lexicon,
            dyad: dyad.map(str::to_owned),
            ranker: Ranker::english(),
            analyser,
        })
    }

    /// The same coder with another ranker.
    #[must_use]
    pub fn with_ranker(mut self, ranker: Ranker) -> Self {
        self.ranker = ranker;
        self
    }

    /// A worker for one thread.
    pub fn worker(&self) -> CoderWorker<'_> {
        CoderWorker {
            coder: self,
            syntax: self.analyser.worker(),
        }
    }
}

impl CoderWorker<'_> {
    /// All facts of a document.
    pub fn code(&mut self, document: &Document) -> Coding {
        if let Some(diagnostic) = not_coded(document) {
            return refused(diagnostic);
        }
        let (content, labels) = labels::part(&document.text, &running(document));
        let sentences = self.syntax.analyse(&document.text, &content);
        code(self.coder, document, sentences, &labels)
    }

    /// All facts of a document whose sentences are given, as [`complete`](Self::complete) makes
    /// them.
    pub fn code_sentences(&mut self, document: &Document, sentences: &[Sentence]) -> Coding {
        if let Some(diagnostic) = not_coded(document) {
            return refused(diagnostic);
        }
        let (_, labels) = labels::part(&document.text, &running(document));
        code(self.coder, document, sentences, &labels)
    }

    /// The sentences of a document from trees made elsewhere, in the order of the text: trees
    /// outside the content are left out, and what they leave open is analysed here, with a
    /// diagnostic (`S103`).
    pub fn complete(
        &mut self,
        document: &Document,
        trees: &[Sentence],
    ) -> (Vec<Sentence>, Option<Diagnostic>) {
        complete(document, trees, &mut self.syntax)
    }

    /// The same as [`code`](Self::code), sentence by sentence and with what was rejected.
    pub fn explain(&mut self, document: &Document) -> Vec<Explained> {
        if not_coded(document).is_some() {
            return Vec::new();
        }
        let (content, labels) = labels::part(&document.text, &running(document));
        let sentences = self.syntax.analyse(&document.text, &content);
        explain(self.coder, document, sentences, &labels)
    }

    /// The same for sentences that are given.
    pub fn explain_sentences(
        &mut self,
        document: &Document,
        sentences: &[Sentence],
    ) -> Vec<Explained> {
        if not_coded(document).is_some() {
            return Vec::new();
        }
        let (_, labels) = labels::part(&document.text, &running(document));
        explain(self.coder, document, sentences, &labels)
    }
}

fn refused(diagnostic: Diagnostic) -> Coding {
    Coding {
        diagnostics: vec![diagnostic],
        ..Coding::default()
    }
}

fn code(coder: &Coder, document: &Document, sentences: &[Sentence], labels: &[Label]) -> Coding {
    let (facts, _) = Article::read(coder, document, sentences, labels).code();
    Coding {
        facts,
        diagnostics: Vec::new(),
        sentences: sentences.len(),
    }
}

fn explain(
    coder: &Coder,
    document: &Document,
    sentences: &[Sentence],
    labels: &[Label],
) -> Vec<Explained> {
    let article = Article::read(coder, document, sentences, labels);
    let (facts, rejections) = article.code();
    let points = article.points();
    sentences
        .iter()
        .zip(rejections)
        .map(|(sentence, rejections)| {
            let (start, end) = points.span(sentence.span);
            Explained {
                sentence: sentence.clone(),
                facts: facts
                    .iter()
                    .filter(|f| f.start >= start && f.start < end)
                    .cloned()
                    .collect(),
                rejections,
            }
        })
        .collect()
}

/// True if documents in this one's language are coded.
pub fn is_coded(document: &Document) -> bool {
    not_coded(document).is_none()
}

/// Why a document is not coded, if it is not.
fn not_coded(document: &Document) -> Option<Diagnostic> {
    (document.language != Language::En).then(|| {
        Diagnostic::new(
            "X001",
            Severity::Warning,
            format!(
                "language `{}` is read and kept but not coded yet",
                document.language.code()
            ),
        )
        .hint("if the text is English, say so: `language = \"en\"` in its .meta.toml")
    })
}
