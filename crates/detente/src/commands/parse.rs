//! `detente parse`: texts in, trees out.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Args;
use detente_record::{Rules, Unit};
use detente_syntax::{Worker, conllu::Writer};
use detente_text::{Diagnostic, Document, Language, Limits, ReadOptions, Severity, Span};

use crate::{
    blocks::{Block, Blocks},
    coding,
    console::{self, Output, count, counted},
    failure::{Done, Failure, Result},
    files::Whole,
    models::{Analysers, ModelArgs, Tongue},
    pipeline,
    progress::Meter,
};

/// Write the sentences, words and dependency trees of texts as CoNLL-U
///
/// FILES are documents in any format that `detente run` reads, or folders of them. Of each, the
/// running text is parsed: what the reader leaves aside (menus, by-lines, notices, passages that
/// stand twice) has no trees. With --raw, from standard input, and of text files over 4 MiB, all of
/// a plain UTF-8 text is parsed as it comes: texts of any length in the same small memory.
///
/// The output is CoNLL-U, ten columns parted by tabs, a word a line:
///
///   1 ID      number of the word in its sentence; 2-3 is a contraction of the words 2 and 3
///   2 FORM    the word as written
///   3 LEMMA   its dictionary form; in Korean the morphemes, joined with +
///   4 UPOS    universal part of speech
///   5 XPOS    the treebank's own tag, where the model has one
///   6 FEATS   features such as Tense=Past|VerbForm=Fin
///   7 HEAD    ID of the word it depends on; 0 for the root
///   8 DEPREL  relation to it, with its subtype
///   9 DEPS    not used
///   10 MISC   SpaceAfter=No if no space follows, and start_char and end_char: the place in the
///             document's text in Unicode code points, from 0, end exclusive
///
/// `# newdoc id` names the document, `# newpar` begins a paragraph, `# sent_id` counts sentences.
/// The trees can be handed back with --conllu to `run`, `extract` and `explain`.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_long_help = "Exit code 3: some inputs were left out, each named with code and reason.

Examples:
  echo 'The two ministers met in Seoul.' | detente parse
  detente parse news/ --out news.conllu
  detente parse --raw --language ja book.txt --threads 4 > book.conllu
  detente parse --jsonl < documents.jsonl > documents.conllu
  detente extract --conllu documents.conllu < documents.jsonl > facts.jsonl"
)]
pub(crate) struct Parse {
    /// Files and folders; `-`, or none at all, is standard input
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,

    /// Take every input as running text in UTF-8, without looking for title, by-line and the like
    #[arg(long)]
    raw: bool,

    /// Standard input is JSON Lines, as `detente extract` reads it
    #[arg(long, conflicts_with = "raw")]
    jsonl: bool,

    #[command(flatten)]
    model: ModelArgs,

    /// The file to write; standard output if not given
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Threads that parse; as many as there are processors if not given
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// No progress; only errors
    #[arg(long, short)]
    quiet: bool,
}

/// Name of standard input.
const STREAM: &str = "stdin";

/// Plain text files over this size are read as running text, whatever their head looks like.
const HEADED: u64 = 4 << 20;

/// What is to be read.
enum Input {
    /// Running text from standard input.
    Text,
    /// JSON Lines from standard input.
    Lines,
    /// A file with its name and size.
    File(PathBuf, String, u64),
}

/// What a thread gets.
enum Job {
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

/// What a thread gives back.
#[derive(Default)]
struct Parsed {
    parts: Vec<Part>,
    diagnostics: Vec<(String, Option<u64>, Diagnostic)>,
    bytes: u64,
}

/// Trees of a document or of a part of it.
#[derive(Default)]
struct Part {
    /// Name of the document, if it begins here.
    begins: Option<String>,
    trees: String,
    /// Where each sentence begins in `trees`, and whether it begins a paragraph.
    sentences: Vec<(usize, bool)>,
}

impl Parse {
    pub(crate) fn carry_out(mut self, out: &mut Output) -> Result {
        let analysers = Analysers::new(&self.model)?;
        if let Some(language) = self.model.language.given()
            && analysers.of(language).is_none()
        {
            return Err(no_model(language));
        }
        let (inputs, problems) = self.inputs()?;
        let whole = inputs
            .iter()
            .map(|input| match input {
                Input::File(_, _, size) => Some(*size),
                Input::Text | Input::Lines => None,
            })
            .sum::<Option<u64>>();
        let mut meter = Meter::new(whole, self.quiet, self.out.is_none());
        let mut file = self.out.take().as_deref().map(Whole::create).transpose()?;
        let mut partly = false;
        let mut names = Names::default();
        let mut bytes = 0;
        let began = Instant::now();
        let (this, analysers) = (&self, &analysers);
        pipeline::in_order(
            pipeline::threads(self.threads),
            move |send| this.feed(inputs, problems, send),
            || {
                let mut bench = Bench::new(analysers, this.model.language);
                move |job| bench.parse(job)
            },
            |parsed: Parsed| {
                for (path, line, diagnostic) in &parsed.diagnostics {
                    partly |= diagnostic.severity == Severity::Error;
                    let least = if self.quiet {
                        Severity::Error
                    } else {
                        Severity::Warning
                    };
                    if diagnostic.severity >= least {
                        console::say(&console::diagnostic(path, *line, diagnostic));
                    }
                }
                let to: &mut dyn Write = match &mut file {
                    Some(file) => file,
                    None => out,
                };
                let written = names.write(&parsed.parts, to);
                if written.is_err() {
                    // The program ends at once; the part of a file goes before it.
                    file = None;
                }
                written?;
                bytes += parsed.bytes;
                meter.tell(bytes, || {
                    let speed = names.sentences as f64 / began.elapsed().as_secs_f64();
                    let done = counted(names.sentences, "sentence", "sentences");
                    format!("{done}, {} a second", count(speed as u64))
                });
                Ok(())
            },
        );
        meter.clear();
        if let Some(file) = file {
            file.finish()?;
        }
        Ok(if partly { Done::Partly } else { Done::All })
    }

    /// The files in the order in which they were given, those of folders by name.
    fn inputs(&self) -> Result<(Vec<Input>, Vec<Job>)> {
        let stream = || {
            if self.jsonl {
                Input::Lines
            } else {
                Input::Text
            }
        };
        if self.files.is_empty() {
            return Ok((vec![stream()], Vec::new()));
        }
        let (mut inputs, mut problems) = (Vec::new(), Vec::new());
        for path in &self.files {
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

    fn feed(&self, inputs: Vec<Input>, problems: Vec<Job>, send: &mut dyn FnMut(Job) -> bool) {
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
        let mut language = self.model.language.given().unwrap_or(Language::En);
        let mut first = true;
        loop {
            let block = match blocks.next() {
                Ok(Some(block)) => block,
                Ok(None) => return true,
                Err(error) => return send(unreadable(name, None, &error)),
            };
            // A part in no language that is known is taken as the one before it.
            if self.model.language == Tongue::Auto && self.model.model.is_none() {
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

/// Names documents and sentences as they are written.
#[derive(Default)]
struct Names {
    document: String,
    /// Sentences of the document so far.
    number: u64,
    /// Sentences of all documents.
    sentences: u64,
}

impl Names {
    fn write(&mut self, parts: &[Part], out: &mut dyn Write) -> Result<()> {
        for part in parts {
            if let Some(begins) = &part.begins {
                self.document = sentence_name(begins);
                self.number = 0;
                if !part.sentences.is_empty() {
                    writeln!(out, "# newdoc id = {}", one_line(begins))?;
                }
            }
            let ends = part.sentences.iter().skip(1).map(|s| s.0);
            let ends = ends.chain([part.trees.len()]);
            for (&(start, paragraph), end) in part.sentences.iter().zip(ends) {
                self.number += 1;
                self.sentences += 1;
                if paragraph {
                    out.write_all(b"# newpar\n")?;
                }
                writeln!(out, "# sent_id = {}-{}", self.document, self.number)?;
                out.write_all(&part.trees.as_bytes()[start..end])?;
            }
        }
        // Somebody may be waiting at the other end of the pipe.
        Ok(out.flush()?)
    }
}

/// One thread's analysers.
struct Bench<'a> {
    analysers: &'a Analysers,
    given: Tongue,
    options: ReadOptions,
    workers: Vec<(Language, Worker<'a>)>,
}

impl<'a> Bench<'a> {
    fn new(analysers: &'a Analysers, given: Tongue) -> Self {
        Self {
            analysers,
            given,
            options: ReadOptions::default(),
            workers: Vec::new(),
        }
    }

    fn worker(&mut self, language: Language) -> Option<&mut Worker<'a>> {
        let at = match self.workers.iter().position(|(l, _)| *l == language) {
            Some(at) => at,
            None => {
                let worker = self.analysers.of(language)?.worker();
                self.workers.push((language, worker));
                self.workers.len() - 1
            }
        };
        Some(&mut self.workers[at].1)
    }

    fn parse(&mut self, job: Job) -> Parsed {
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

/// A document's name as the beginning of the names of its sentences, which have no white space
/// and no slash.
fn sentence_name(document: &str) -> String {
    let even = |c: char| {
        if c.is_whitespace() || c.is_control() || c == '/' {
            '_'
        } else {
            c
        }
    };
    document.chars().map(even).collect()
}

fn one_line(name: &str) -> String {
    let even = |c: char| if c.is_control() { ' ' } else { c };
    name.chars().map(even).collect()
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

/// S001 for a document.
fn left_out(language: Language) -> Diagnostic {
    let message = format!("there is no model for language `{}`", language.code());
    Diagnostic::new("S001", Severity::Error, message)
        .hint("say which language it is with --language, or give a model with --model")
}

fn no_model(language: Language) -> Failure {
    let message = format!("there is no model for language `{}`", language.code());
    Failure::new("S001", message).hint("give one with --model")
}
