//! A folder of notes, and a coder that knows one kind of sentence: `JPN ACCUSE KOR 2012-08-10.`

use std::{fs, path::PathBuf, sync::atomic::AtomicBool};

use detente_extract::{Fact, Kind, Root};
use detente_record::{
    Coded, Coder, Coders, Filter, Options, Order, Outcome, Passage, Record, RecordError, Report,
    Rules, Unit, run, walk,
};
use detente_text::{CodePoints, Diagnostic, Document, Language, Severity, Span};
use tempfile::TempDir;

/// Codes every line of the form `SOURCE ROOT TARGET DATE…`; a line `date: 2012-08-11` dates the
/// document, `panic` breaks the coder, `misquote` makes a fact that is not the text.
pub(crate) struct Notes {
    pub(crate) version: &'static str,
}

struct Worker;

impl Coders for Notes {
    fn coder(&self) -> Box<dyn Coder + '_> {
        Box::new(Worker)
    }

    fn version(&self) -> String {
        self.version.to_owned()
    }
}

impl Coder for Worker {
    fn code(&mut self, unit: &Unit) -> Outcome {
        let Ok(text) = String::from_utf8(unit.bytes.clone()) else {
            let diagnostic = Diagnostic::new("T900", Severity::Error, "not a note");
            return Outcome {
                documents: Vec::new(),
                diagnostics: vec![diagnostic],
            };
        };
        let name = match unit.line {
            Some(line) => format!("{}#{line}", unit.name),
            None => unit.name.clone(),
        };
        let mut document = Document::plain(name, text.clone());
        let points = CodePoints::new(&text);
        let mut facts = Vec::new();
        let mut passages = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::from(at..at + line.trim_end().len());
            at += line.len();
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_ne!(words.first(), Some(&"panic"), "the coder was told to break");
            if let ["date:", date] = words[..] {
                document.metadata.date = Some(detente_text::DocumentDate {
                    edtf: date.parse().unwrap(),
                    text: date.to_owned(),
                    span: None,
                    basis: detente_text::Basis::Explicit,
                });
            }
            let [source, root, target, date, ..] = words[..] else {
                continue;
            };
            let Some(root) = Root::from_name(root) else {
                continue;
            };
            let mut fact = Fact::new(
                &document.id,
                Language::En,
                Kind::Event,
                &text,
                &points,
                span,
                span,
                "notes",
            );
            fact.root = Some(root);
            fact.quad = Some(root.quad());
            fact.source = vec![source.to_owned()];
            fact.target = vec![target.to_owned()];
            fact.date = date.parse().ok();
            fact.issue = words[4..].iter().map(|word| (*word).to_owned()).collect();
            if words.contains(&"misquote") {
                fact.quote.push('!');
            }
            facts.push(fact);
            let exact = line
                .trim()
                .bytes()
                .fold(7u64, |h, b| h.wrapping_mul(31) ^ u64::from(b));
            passages.push(Passage {
                span,
                exact,
                near: Vec::new(),
            });
        }
        Outcome {
            documents: vec![Coded {
                document,
                facts,
                diagnostics: Vec::new(),
                passages,
                lemmas: String::new(),
            }],
            diagnostics: Vec::new(),
        }
    }
}

/// A folder `notes` and a record beside it.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) threads: usize,
    pub(crate) version: &'static str,
    pub(crate) limit: u64,
    pub(crate) pages: Option<u32>,
}

impl Desk {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
            threads: 2,
            version: "1",
            limit: 1 << 20,
            pages: None,
        };
        fs::create_dir(desk.notes()).unwrap();
        for (name, text) in files {
            desk.put(name, text);
        }
        desk
    }

    pub(crate) fn notes(&self) -> PathBuf {
        self.folder.path().join("notes")
    }

    pub(crate) fn record_path(&self) -> PathBuf {
        self.folder.path().join("record.db")
    }

    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = self.notes().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn run_on(&self, given: &[PathBuf]) -> Result<Report, RecordError> {
        let mut record = Record::create(&self.record_path(), "JPN-KOR")?;
        let rules = Rules {
            skip: &[self.record_path()],
            readable: &|name| !name.ends_with(".jpg"),
        };
        let found = walk(given, &rules).unwrap();
        let stop = AtomicBool::new(false);
        let options = Options {
            threads: self.threads,
            limit: self.limit,
            stop: &stop,
            pages: self.pages,
        };
        let coders = Notes {
            version: self.version,
        };
        run(&mut record, &found, &coders, &options, &mut |_| {})
    }

    pub(crate) fn run(&self) -> Report {
        self.run_on(&[self.notes()]).unwrap()
    }

    pub(crate) fn record(&self) -> Record {
        Record::open(&self.record_path()).unwrap()
    }

    /// Quotes of the facts that hold, with their documents, in order.
    pub(crate) fn facts(&self) -> Vec<(String, String)> {
        let record = self.record();
        assert_eq!(record.misquoted().unwrap(), [] as [String; 0]);
        record
            .facts(&Filter::default(), Order::Document)
            .unwrap()
            .into_iter()
            .map(|entry| (entry.fact.document, entry.fact.quote))
            .collect()
    }
}

pub(crate) fn codes(report: &Report) -> Vec<&str> {
    report.codes.keys().map(String::as_str).collect()
}
