//! What is to be parsed, read into jobs for the threads.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use detente_record::{Rules, Unit};
use detente_text::{Diagnostic, Language, Limits, Severity};

use crate::{
    blocks::{Block, Blocks},
    failure::{Failure, Result},
    pipeline,
};

/// Name of standard input.
pub(super) const STREAM: &str = "stdin";

/// Plain text files over this size are read as running text, whatever their head looks like.
const HEADED: u64 = 4 << 20;

/// What is to be read.
pub(super) enum Input {
    /// Running text from standard input.
    Text,
    /// JSON Lines from standard input.
    Lines,
    /// A file with its name and size.
    File(PathBuf, String, u64),
}

/// What a thread gets.
pub(super) enum Job {
    /// A part of a running text; the first one begins the document `name`.
    Text {
        name: String,
        first: bool,
        language: Language,
        block: Block,
    },
    /// A file or a line.
    Unit(Unit),
    /// What could not be read.
    Problem(String, Option<u64>, Diagnostic),
}

/// The files in the order in which they were given, those of folders by name.
pub(super) fn inputs(files: &[PathBuf], jsonl: bool) -> Result<(Vec<Input>, Vec<Job>)> {
    let stream = || {
        if jsonl { Input::Lines } else { Input::Text }
    };
    if files.is_empty() {
        return Ok((vec![stream()], Vec::new()));
    }
    let (mut inputs, mut problems) = (Vec::new(), Vec::new());
    for path in files {
        if path.as_os_str() == "-" {
            inputs.push(stream());
            continue;
        }
        let kind = fs::metadata(path).map_err(|error| Failure::file(path, &error))?;
        if !kind.is_dir() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            inputs.push(Input::File(path.clone(), name.into_owned(), kind.len()));
            continue;
        }
        let rules = Rules {
            skip: &[],
            readable: &detente_text::is_readable_name,
        };
        let found = detente_record::walk(std::slice::from_ref(path), &rules)
            .map_err(|(path, error)| Failure::file(&path, &error))?;
        for (_, path, problem) in found.problems {
            problems.push(Job::Problem(path, None, problem));
        }
        for file in found.found {
            inputs.push(Input::File(file.file, file.path, file.size));
        }
    }
    Ok((inputs, problems))
}

/// How what is read becomes jobs.
pub(super) struct Feeder {
    /// Every input is running text.
    pub(super) raw: bool,
    /// The language, if one was given.
    pub(super) given: Option<Language>,
    /// Is it told from the text?
    pub(super) tell: bool,
}

impl Feeder {
    pub(super) fn feed(
        &self,
        inputs: Vec<Input>,
        problems: Vec<Job>,
        send: &mut dyn FnMut(Job) -> bool,
    ) {
        for problem in problems {
            send(problem);
        }
        for input in inputs {
            let go_on = match input {
                Input::Text => self.feed_text(STREAM, io::stdin().lock(), send),
                Input::Lines => feed_lines(STREAM, io::stdin().lock(), send),
                Input::File(path, name, size) => match File::open(&path) {
                    Ok(file) if self.raw || (size > HEADED && is_plain(&name)) => {
                        self.feed_text(&name, file, send)
                    }
                    Ok(file) if is_jsonl(&name) => feed_lines(&name, BufReader::new(file), send),
                    Ok(file) => feed_file(&path, name, file, send),
                    Err(error) => send(unreadable(&name, None, &error)),
                },
            };
            if !go_on {
                return;
            }
        }
    }

    fn feed_text(&self, name: &str, input: impl Read, send: &mut dyn FnMut(Job) -> bool) -> bool {
        let mut blocks = Blocks::new(input);
        let mut language = self.given.unwrap_or(Language::En);
        let mut first = true;
        loop {
            let block = match blocks.next() {
                Ok(Some(block)) => block,
                Ok(None) => return true,
                Err(error) => return send(unreadable(name, None, &error)),
            };
            // A part in no language that is known is taken as the one before it.
            if self.tell {
                match detente_text::language_of(&block.text) {
                    Language::Other => {}
                    found => language = found,
                }
            }
            let job = Job::Text {
                name: name.to_owned(),
                first,
                language,
                block,
            };
            first = false;
            if !send(job) {
                return false;
            }
        }
    }
}

fn extension(name: &str) -> String {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.to_ascii_lowercase()
}

fn is_jsonl(name: &str) -> bool {
    matches!(extension(name).as_str(), "jsonl" | "ndjson")
}

fn is_plain(name: &str) -> bool {
    matches!(extension(name).as_str(), "txt" | "text")
}

fn feed_file(path: &Path, name: String, file: File, send: &mut dyn FnMut(Job) -> bool) -> bool {
    let limit = Limits::default().file_bytes;
    let mut bytes = Vec::new();
    if let Err(error) = file.take(limit + 1).read_to_end(&mut bytes) {
        return send(unreadable(&name, None, &error));
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".meta.toml");
    send(Job::Unit(Unit {
        name,
        line: None,
        bytes,
        sidecar: fs::read(PathBuf::from(beside)).ok(),
    }))
}

fn feed_lines(name: &str, mut input: impl BufRead, send: &mut dyn FnMut(Job) -> bool) -> bool {
    let limit = Limits::default().file_bytes;
    let mut number = 0;
    loop {
        number += 1;
        let bytes = match pipeline::read_line(&mut input, limit) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return true,
            Err(error) => return send(unreadable(name, Some(number), &error)),
        };
        let blank = bytes.iter().all(u8::is_ascii_whitespace);
        let unit = Unit {
            name: name.to_owned(),
            line: Some(number),
            bytes,
            sidecar: None,
        };
        if !blank && !send(Job::Unit(unit)) {
            return false;
        }
    }
}

fn unreadable(name: &str, line: Option<u64>, error: &io::Error) -> Job {
    let diagnostic = Diagnostic::new("R101", Severity::Error, format!("cannot be read: {error}"));
    Job::Problem(name.to_owned(), line, diagnostic)
}
