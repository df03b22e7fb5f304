//! `detente extract`: documents in, facts out, no record.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Read, Write},
    sync::{Mutex, mpsc::sync_channel},
    thread,
};

use clap::Args;
use detente_record::Unit;
use detente_text::{CodePoints, Diagnostic, Severity};

use crate::{
    coding::{Coding, CodingArgs, Worker},
    console::{self, Output},
    failure::{Done, Failure, Result},
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

/// Lines under way per thread.
const AHEAD: usize = 16;

impl Extract {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let coding = Coding::new(&self.coding, None)?;
        let threads = self.threads.map_or_else(
            || thread::available_parallelism().map_or(1, usize::from),
            usize::from,
        );
        let mut partly = false;
        let (line_in, line_out) = sync_channel::<(u64, io::Result<Vec<u8>>)>(threads * AHEAD);
        let (done_in, done_out) = sync_channel::<(u64, Lines)>(threads * AHEAD);
        let line_out = Mutex::new(line_out);
        let (line_out, coding) = (&line_out, &coding);
        thread::scope(|scope| {
            for _ in 0..threads {
                let done_in = done_in.clone();
                scope.spawn(move || {
                    let mut worker = coding.worker();
                    loop {
                        let next = line_out
                            .lock()
                            .expect("no thread panics with the lock")
                            .recv();
                        let Ok((number, line)) = next else { return };
                        if done_in
                            .send((number, code(&mut worker, number, line)))
                            .is_err()
                        {
                            return;
                        }
                    }
                });
            }
            drop(done_in);
            let limit = coding.limit();
            scope.spawn(move || read(&line_in, limit));

            let mut waiting = BTreeMap::new();
            let mut next = 1;
            for (number, lines) in done_out {
                waiting.insert(number, lines);
                while let Some(lines) = waiting.remove(&next) {
                    next += 1;
                    for (path, diagnostic) in &lines.diagnostics {
                        partly |= diagnostic.severity == Severity::Error;
                        let least = if self.quiet {
                            Severity::Error
                        } else {
                            Severity::Warning
                        };
                        if diagnostic.severity >= least {
                            console::say(&console::diagnostic(path, Some(next - 1), diagnostic));
                        }
                    }
                    // Somebody may be waiting at the other end of the pipe.
                    if let Err(error) = out.write_all(&lines.facts).and_then(|()| out.flush()) {
                        end(&error.into());
                    }
                }
            }
        });
        Ok(if partly { Done::Partly } else { Done::All })
    }
}

/// Ends the program although the reader still waits for a line that may never come.
fn end(failure: &Failure) -> ! {
    if failure.is_broken_pipe() {
        std::process::exit(0);
    }
    console::tell_failure(failure);
    std::process::exit(1);
}

/// What became of a line.
#[derive(Default)]
struct Lines {
    facts: Vec<u8>,
    diagnostics: Vec<(String, Diagnostic)>,
}

/// Sends the lines of standard input; of one over the limit only so much that it is seen to be.
fn read(lines: &std::sync::mpsc::SyncSender<(u64, io::Result<Vec<u8>>)>, limit: u64) {
    let mut stdin = io::stdin().lock();
    let mut number = 0;
    loop {
        number += 1;
        let mut line = Vec::new();
        let read = (&mut stdin)
            .take(limit + 1)
            .read_until(b'\n', &mut line)
            .and_then(|read| {
                if read as u64 > limit && !line.ends_with(b"\n") {
                    stdin.skip_until(b'\n')?;
                }
                Ok(read)
            });
        let sent = match read {
            Ok(0) => return,
            Ok(_) => lines.send((number, Ok(line))),
            Err(error) => {
                let _ = lines.send((number, Err(error)));
                return;
            }
        };
        if sent.is_err() {
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
