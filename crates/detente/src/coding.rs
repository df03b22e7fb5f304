//! The way from bytes to facts, as the commands put it together.

use std::{fs, path::PathBuf, sync::Arc};

use clap::Args;
use detente_codebook::Codebook;
use detente_extract::{CoderWorker, Explained, ExtractVersion, relate::Ranker};
use detente_record::{Coded, Coder, Coders, Outcome, Passage, Unit};
use detente_syntax::Analyser;
use detente_text::{Diagnostic, Document, Limits, ReadOptions, Severity, SideCar, date::Edtf};
use sha2::{Digest, Sha256};

use crate::{
    failure::{Failure, Result},
    filter::edtf,
    trees::{Found, Trees},
};

/// Flags of the commands that code documents.
#[derive(Args, Clone)]
pub(crate) struct CodingArgs {
    /// Date for documents that bear none
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    pub(crate) date: Option<Edtf>,

    /// The two states, by their three-letter codes
    #[arg(long, value_name = "AAA-BBB", default_value = "JPN-KOR", value_parser = dyad)]
    pub(crate) dyad: String,

    /// A folder with a codebook of your own in place of the built-in one
    #[arg(long, value_name = "FOLDER")]
    pub(crate) codebook: Option<PathBuf>,

    /// Trees made elsewhere, in place of the built-in parser's: a CoNLL-U file whose
    /// `# newdoc id` names each document, or a folder with a file X.conllu for each document X
    #[arg(long, value_name = "FILE")]
    pub(crate) conllu: Option<PathBuf>,

    /// A ranker of pairs of your own (`detente train relate`) in place of the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) ranker: Option<PathBuf>,
}

fn dyad(text: &str) -> std::result::Result<String, String> {
    let states: Vec<&str> = text.split('-').collect();
    let is_state = |state: &&str| state.len() == 3 && state.bytes().all(|b| b.is_ascii_uppercase());
    match states[..] {
        [a, b] if a != b && states.iter().all(is_state) => Ok(text.to_owned()),
        _ => Err("two different states by their three-letter codes, such as JPN-KOR".to_owned()),
    }
}

/// Reader, analyser and coder with their settings, shared by all threads.
pub(crate) struct Coding {
    coder: detente_extract::Coder,
    book: Arc<Codebook>,
    options: ReadOptions,
    trees: Option<Trees>,
    version: String,
}

impl Coding {
    /// Puts the parts together. `limit` is the greatest size of a file in bytes.
    pub(crate) fn new(args: &CodingArgs, limit: Option<u64>) -> Result<Self> {
        let book = match &args.codebook {
            None => Codebook::embedded(),
            Some(folder) => Codebook::from_dir(folder).map_err(|problems| {
                Failure::new("D004", format!("the codebook cannot be used\n{problems}"))
                    .hint("mend the lines named above")
            })?,
        };
        let book_hash = fingerprint(&book);
        let book = Arc::new(book);
        let (one, other) = args.dyad.split_once('-').unwrap_or_default();
        let mut coder =
            detente_extract::Coder::new(Arc::clone(&book), Analyser::english(), [one, other])
                .map_err(|error| {
                    Failure::new("D004", format!("the codebook cannot be used: {error}"))
                })?;
        let mut by = String::new();
        if let Some(path) = &args.ranker {
            let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
            let ranker = Ranker::from_bytes(&bytes)
                .map_err(|error| Failure::new("D017", format!("{}: {error}", path.display())))?;
            coder = coder.with_ranker(ranker);
            by = format!(" ranker {}", digits(&Sha256::digest(&bytes)[..]));
        }
        let trees = args.conllu.as_deref().map(Trees::open).transpose()?;
        let mut limits = Limits::default();
        if let Some(limit) = limit {
            limits.file_bytes = limit;
        }
        let today = jiff::Zoned::now().date();
        let date = args
            .date
            .map_or_else(String::new, |date| format!(" date {date}"));
        if let Some(trees) = &trees {
            by += &format!(" trees {}", trees.fingerprint);
        }
        Ok(Self {
            coder,
            book,
            trees,
            options: ReadOptions {
                limits,
                date: args.date,
                side_car: None,
                today: Some(today),
            },
            version: format!(
                "detente {} rules {} codebook {book_hash} dyad {}{date}{by}",
                env!("CARGO_PKG_VERSION"),
                ExtractVersion::CURRENT,
                args.dyad
            ),
        })
    }

    /// Greatest size of a file in bytes.
    pub(crate) const fn limit(&self) -> u64 {
        self.options.limits.file_bytes
    }

    /// Refuses the name of a conversion that the codebook does not have.
    pub(crate) fn check_conversion(&self, name: Option<&str>) -> Result<()> {
        let known: Vec<&str> = self.book.events.cameo.conversions().collect();
        match name.filter(|name| !known.contains(name)) {
            None => Ok(()),
            Some(name) => {
                Err(
                    Failure::new("D018", format!("the codebook has no conversion `{name}`")).hint(
                        format!("codebook/events/cameo.toml has {}", known.join(", ")),
                    ),
                )
            }
        }
    }

    /// The coder alone.
    pub(crate) const fn coder(&self) -> &detente_extract::Coder {
        &self.coder
    }

    /// A worker for one thread.
    pub(crate) fn worker(&self) -> Worker<'_> {
        Worker {
            worker: self.coder.worker(),
            options: &self.options,
            trees: self.trees.as_ref(),
        }
    }
}

/// Eight hexadecimal digits that change with any file of the codebook.
fn fingerprint(book: &Codebook) -> String {
    let mut hash = Sha256::new();
    for (name, text) in book.files.below("") {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    digits(&hash.finalize()[..])
}

/// The first eight hexadecimal digits of a hash.
fn digits(hash: &[u8]) -> String {
    hash.iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl Coders for Coding {
    fn codebook(&self) -> Arc<Codebook> {
        Arc::clone(&self.book)
    }

    fn coder(&self) -> Box<dyn Coder + '_> {
        Box::new(self.worker())
    }

    fn version(&self) -> String {
        self.version.clone()
    }
}

/// One thread's reader and coder.
pub(crate) struct Worker<'c> {
    worker: CoderWorker<'c>,
    options: &'c ReadOptions,
    trees: Option<&'c Trees>,
}

/// Reads a file or a line without coding it.
pub(crate) fn read_unit(unit: &Unit, options: &ReadOptions) -> (Vec<Document>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut options = options.clone();
    if let Some(sidecar) = &unit.sidecar {
        match side_car(sidecar) {
            Ok(side_car) => options.side_car = Some(side_car),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    let documents = if unit.line.is_some() {
        let line = String::from_utf8_lossy(&unit.bytes);
        if let Some(diagnostic) = malformed(&unit.bytes) {
            diagnostics.push(diagnostic);
        }
        // A byte order mark may stand before the first line.
        let bare = line.trim_start_matches('\u{FEFF}').trim();
        match detente_text::jsonl_document(&unit.name, bare, &options) {
            Ok(document) => vec![document],
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                Vec::new()
            }
        }
    } else {
        let reading = detente_text::read(&unit.name, &unit.bytes, &options);
        diagnostics.extend(reading.diagnostics);
        reading.documents
    };
    (documents, diagnostics)
}

impl Worker<'_> {
    /// Reads a file or a line without coding it.
    pub(crate) fn read(&self, unit: &Unit) -> (Vec<Document>, Vec<Diagnostic>) {
        read_unit(unit, self.options)
    }

    /// The document's sentences from trees made elsewhere, if there are any.
    fn sentences(&mut self, document: &Document, of: fn(&Trees, &Document) -> Found) -> Found {
        let Some(trees) = self.trees.filter(|_| detente_extract::is_coded(document)) else {
            return (None, Vec::new());
        };
        let (found, mut diagnostics) = of(trees, document);
        let sentences = found.map(|found| {
            let (sentences, told) = self.worker.complete(document, &found);
            diagnostics.extend(told);
            sentences
        });
        (sentences, diagnostics)
    }

    /// Codes a document.
    pub(crate) fn code_document(&mut self, document: Document) -> Coded {
        let (sentences, mut diagnostics) = self.sentences(&document, Trees::of);
        let coding = match sentences {
            Some(sentences) => self.worker.code_sentences(&document, &sentences),
            None => self.worker.code(&document),
        };
        diagnostics.extend(coding.diagnostics);
        let passages = detente_text::passages(&document)
            .into_iter()
            .map(|passage| Passage {
                span: passage.span,
                exact: passage.exact,
                near: passage.bands().to_vec(),
            })
            .collect();
        Coded {
            document,
            facts: coding.facts,
            diagnostics,
            passages,
            lemmas: String::new(),
        }
    }

    /// Codes a document and says what was rejected and why, and what was noticed about its trees.
    pub(crate) fn explain(&mut self, document: &Document) -> (Vec<Explained>, Vec<Diagnostic>) {
        let (sentences, diagnostics) = self.sentences(document, Trees::of_only);
        let explained = match sentences {
            Some(sentences) => self.worker.explain_sentences(document, &sentences),
            None => self.worker.explain(document),
        };
        (explained, diagnostics)
    }
}

impl Coder for Worker<'_> {
    fn code(&mut self, unit: &Unit) -> Outcome {
        let (documents, diagnostics) = self.read(unit);
        Outcome {
            documents: documents
                .into_iter()
                .map(|document| self.code_document(document))
                .collect(),
            diagnostics,
        }
    }
}

/// T006 for a line that is not UTF-8: JSON is always written in it.
fn malformed(bytes: &[u8]) -> Option<Diagnostic> {
    let first = std::str::from_utf8(bytes).err()?.valid_up_to();
    let count = bytes
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty())
        .count();
    Some(detente_text::codes::MALFORMED.diagnostic(format!(
        "{count} places of the line are not valid UTF-8; the first is at byte {first} of the line"
    )))
}

fn side_car(bytes: &[u8]) -> std::result::Result<SideCar, Diagnostic> {
    match std::str::from_utf8(bytes) {
        Ok(text) => SideCar::parse(text),
        Err(_) => {
            let message = "the side-car is not in UTF-8 and was left aside";
            Err(Diagnostic::new("T018", Severity::Warning, message).hint("save it as UTF-8"))
        }
    }
}
