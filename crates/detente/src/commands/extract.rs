//! `detente extract`: documents in, facts out, no record.

use std::io::{self, Write};

use clap::Args;
use detente_record::Unit;
use detente_text::{CodePoints, Diagnostic, Severity};

use crate::{
    coding::{Coding, CodingArgs, Worker},
    console::{self, Output},
    failure::{Done, Result},
    pipeline,
};

/// Code documents from standard input and write their facts to standard output
///
/// One JSON object a line comes in, with the strings `id` and `text` and perhaps `title`, `date`,
/// `outlet`, `language`, `url`, `author`; facts in the exchange form go out, in the order of the
/// documents. `document` is the id that was given. Nothing is kept.
#[derive(Args)]
#[command(
    after_long_help = "Exit code 3: some lines were left out, each named with code and reason.

Examples:
  detente extract < documents.jsonl > facts.jsonl
  detente extract --conllu documents.conllu < documents.jsonl > facts.jsonl
  curl -s https://example.org/feed.jsonl | detente extract --date 2015-06-22"
)]
pub(crate) struct Extract {
    #[command(flatten)]
    coding: CodingArgs,

    /// Threads that code; as many as there are processors if not given
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// Only errors
    #[arg(long, short)]
    quiet: bool,
}

/// Stands before the `#` of a document's name while it is read.
const STREAM: &str = "stdin";

impl Extract {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let coding = Coding::new(&self.coding, None)?;
        let mut partly = false;
        let (coding, limit) = (&coding, coding.limit());
        pipeline::in_order(
            pipeline::threads(self.threads),
            move |send| read(send, limit),
            || {
                let mut worker = coding.worker();
                move |(number, line)| (number, code(&mut worker, number, line))
            },
            |(number, lines): (u64, Lines)| {
                for (path, diagnostic) in &lines.diagnostics {
                    partly |= diagnostic.severity == Severity::Error;
                    let least = if self.quiet {
                        Severity::Error
                    } else {
                        Severity::Warning
                    };
                    if diagnostic.severity >= least {
                        console::say(&console::diagnostic(path, Some(number), diagnostic));
                    }
                }
                // Somebody may be waiting at the other end of the pipe.
                out.write_all(&lines.facts)?;
                Ok(out.flush()?)
            },
        );
        Ok(if partly { Done::Partly } else { Done::All })
    }
}

/// What became of a line.
#[derive(Default)]
struct Lines {
    facts: Vec<u8>,
    diagnostics: Vec<(String, Diagnostic)>,
}

/// A line with its number, from 1, or why there is none.
type Line = (u64, io::Result<Vec<u8>>);

/// Sends the lines of standard input; of one over the limit only so much that it is seen to be.
fn read(send: &mut dyn FnMut(Line) -> bool, limit: u64) {
    let mut stdin = io::stdin().lock();
    for number in 1.. {
        let line = match pipeline::read_line(&mut stdin, limit) {
            Ok(Some(line)) => Ok(line),
            Ok(None) => return,
            Err(error) => Err(error),
        };
        let broken = line.is_err();
        if !send((number, line)) || broken {
            return;
        }
    }
}

fn code(worker: &mut Worker<'_>, number: u64, line: io::Result<Vec<u8>>) -> Lines {
    let mut lines = Lines::default();
    let bytes = match line {
        Ok(bytes) => bytes,
        Err(error) => {
            let diagnostic =
                Diagnostic::new("R101", Severity::Error, format!("cannot be read: {error}"));
            lines.diagnostics.push((STREAM.to_owned(), diagnostic));
            return lines;
        }
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return lines;
    }
    let unit = Unit {
        name: STREAM.to_owned(),
        line: Some(number),
        bytes,
        sidecar: None,
    };
    let (documents, diagnostics) = worker.read(&unit);
    let named = diagnostics.into_iter().map(|d| (STREAM.to_owned(), d));
    lines.diagnostics.extend(named);
    for mut document in documents {
        if let Some(id) = document.id.strip_prefix("stdin#") {
            document.id = id.to_owned();
        }
        let coded = worker.code_document(document);
        let document = &coded.document;
        let noticed = document.diagnostics.iter().chain(&coded.diagnostics);
        let named = noticed.map(|d| (STREAM.to_owned(), d.clone()));
        lines.diagnostics.extend(named);
        let points = CodePoints::new(&document.text);
        for fact in &coded.facts {
            let written = detente_exchange::json_line(fact, None)
                .ok()
                .filter(|_| fact.check(&document.text, &points));
            match written {
                Some(line) => lines.facts.extend_from_slice(line.as_bytes()),
                None => {
                    let message = format!(
                        "fact `{}` of `{}` is refused: its quote is not the text there",
                        fact.id, document.id
                    );
                    let diagnostic = Diagnostic::new("R201", Severity::Error, message)
                        .hint("this is a fault of the rule: please report it with the document");
                    lines.diagnostics.push((STREAM.to_owned(), diagnostic));
                }
            }
        }
    }
    lines
}
