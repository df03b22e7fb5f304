//! A thread's work: jobs in, trees out.

use detente_syntax::{Worker, conllu::Writer};
use detente_text::{Diagnostic, Document, Language, ReadOptions, Severity, Span};

use super::input::{Job, STREAM};
use crate::{
    coding,
    console::counted,
    models::{Analysers, Tongue},
};

/// What a thread gives back.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) parts: Vec<Part>,
    pub(super) diagnostics: Vec<(String, Option<u64>, Diagnostic)>,
    pub(super) bytes: u64,
}

/// Trees of a document or of a part of it.
#[derive(Default)]
pub(super) struct Part {
    /// Name of the document, if it begins here.
    pub(super) begins: Option<String>,
    pub(super) trees: String,
    /// Where each sentence begins in `trees`, and whether it begins a paragraph.
    pub(super) sentences: Vec<(usize, bool)>,
}

/// One thread's analysers.
pub(super) struct Bench<'a> {
    analysers: &'a Analysers,
    given: Tongue,
    /// The convention of Korean, if it is not the default.
    korean: Option<u8>,
    options: ReadOptions,
    workers: Vec<(Language, Worker<'a>)>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(analysers: &'a Analysers, given: Tongue, korean: Option<u8>) -> Self {
        Self {
            analysers,
            given,
            korean,
            options: ReadOptions::default(),
            workers: Vec::new(),
        }
    }

    fn worker(&mut self, language: Language) -> Option<&mut Worker<'a>> {
        let at = match self.workers.iter().position(|(l, _)| *l == language) {
            Some(at) => at,
            None => {
                let mut worker = self.analysers.of(language)?.worker();
                if let Some(number) = self.korean.filter(|_| language == Language::Ko) {
                    worker.set_convention(number);
                }
                self.workers.push((language, worker));
                self.workers.len() - 1
            }
        };
        Some(&mut self.workers[at].1)
    }

    pub(super) fn parse(&mut self, job: Job) -> Parsed {
        let mut parsed = Parsed::default();
        match job {
            Job::Problem(path, line, diagnostic) => {
                parsed.diagnostics.push((path, line, diagnostic));
            }
            Job::Text {
                name,
                first,
                language,
                block,
            } => {
                parsed.bytes = block.bytes;
                if block.malformed > 0 {
                    let places = counted(block.malformed, "place", "places");
                    let message = format!("{places} from here on are not valid UTF-8");
                    let diagnostic = detente_text::codes::MALFORMED.diagnostic(message);
                    let line = Some(block.line);
                    parsed.diagnostics.push((name.clone(), line, diagnostic));
                }
                match self.worker(language) {
                    Some(worker) => {
                        let mut part = Part::default();
                        let mut writer = Writer::new(&block.text, block.points);
                        let whole = Span::new(0, block.text.len() as u32);
                        part.add(worker, &mut writer, &block.text, whole, block.paragraph);
                        part.begins = first.then_some(name);
                        parsed.parts.push(part);
                    }
                    None => {
                        let line = Some(block.line);
                        parsed.diagnostics.push((name, line, left_out(language)));
                    }
                }
            }
            Job::Unit(unit) => {
                parsed.bytes = unit.bytes.len() as u64;
                let (documents, diagnostics) = coding::read_unit(&unit, &self.options);
                let place = |d| (unit.name.clone(), unit.line, d);
                parsed
                    .diagnostics
                    .extend(diagnostics.into_iter().map(place));
                for mut document in documents {
                    if unit.line.is_some() && unit.name == STREAM {
                        let id = document.id.strip_prefix("stdin#").map(str::to_owned);
                        document.id = id.unwrap_or(document.id);
                    }
                    let noticed = std::mem::take(&mut document.diagnostics).into_iter();
                    parsed.diagnostics.extend(noticed.map(place));
                    match self.document(document) {
                        Ok(part) => parsed.parts.push(part),
                        Err(diagnostic) => parsed.diagnostics.push(place(diagnostic)),
                    }
                }
            }
        }
        parsed
    }

    fn document(&mut self, document: Document) -> std::result::Result<Part, Diagnostic> {
        let language = self.given.given().unwrap_or(document.language);
        let Some(worker) = self.worker(language) else {
            return Err(left_out(language));
        };
        let mut part = Part::default();
        let mut writer = Writer::new(&document.text, 0);
        let mut end = None;
        for span in detente_extract::content(&document) {
            for span in shorter(&document.text, span) {
                let between = Span::new(end.unwrap_or(0), span.start).of(&document.text);
                let paragraph = end.is_none() || is_break(between);
                part.add(worker, &mut writer, &document.text, span, paragraph);
                end = Some(span.end);
            }
        }
        part.begins = Some(document.id);
        Ok(part)
    }
}

/// Content longer than this is analysed in parts.
const LONG: u32 = 256 << 10;

/// The same content in parts that end with paragraphs, as far as it has any.
fn shorter(text: &str, span: Span) -> Vec<Span> {
    let (mut parts, mut start) = (Vec::new(), span.start);
    while span.end - start > LONG {
        let mut most = start + LONG;
        while !text.is_char_boundary(most as usize) {
            most -= 1;
        }
        let part = Span::new(start, most).of(text);
        let Some(at) = part.rfind("\n\n").or_else(|| part.rfind("\n\r\n")) else {
            break;
        };
        let end = start + at as u32 + 1;
        parts.push(Span::new(start, end));
        start = end;
    }
    parts.push(Span::new(start, span.end));
    parts
}

impl Part {
    /// Analyses `span` of `text`.
    fn add(
        &mut self,
        worker: &mut Worker<'_>,
        writer: &mut Writer<'_>,
        text: &str,
        span: Span,
        paragraph: bool,
    ) {
        let mut end = None;
        for sentence in worker.analyse(text, &[span]) {
            let begins = match end {
                None => paragraph || is_break(Span::new(span.start, sentence.span.start).of(text)),
                Some(end) => is_break(Span::new(end, sentence.span.start).of(text)),
            };
            self.sentences.push((self.trees.len(), begins));
            writer.sentence(sentence, &mut self.trees);
            end = Some(sentence.span.end);
        }
    }
}

/// True if an empty line stands between two sentences.
fn is_break(between: &str) -> bool {
    between.bytes().filter(|b| *b == b'\n').count() > 1
}

/// S001 for a document.
fn left_out(language: Language) -> Diagnostic {
    let message = format!("there is no model for language `{}`", language.code());
    Diagnostic::new("S001", Severity::Error, message)
        .hint("say which language it is with --language, or give a model with --model")
}
