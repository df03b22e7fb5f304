//! `detente eval syntax`: the parser against treebanks.

use std::{io::Write, path::PathBuf, time::Instant};

use clap::Args;
use detente_syntax::{
    Worker,
    conllu::{self, TreebankSentence},
    score::{self, Score},
    train,
};
use detente_text::{Language, Span, language_of};
use serde_json::{Map, Value, json};

use crate::{
    console::{Output, STRONG, count, counted},
    failure::{Done, Failure, Result},
    files::read_text,
    models::{Analysers, ModelArgs},
    table::Table,
};

/// Score the parser on treebanks: tags, lemmas and trees by the CoNLL 2018 protocol, and speed
///
/// Each file is analysed twice: with the treebank's own sentences and words (gold tokens), and
/// from the running text that they make (own tokens: sentences parted by a space, paragraphs by an
/// empty line). All figures are F1 in per cent over all words, marks of punctuation too:
///
///   sentences  sentences that begin and end where the treebank's do
///   tokens     words as written, a contraction such as “don't” counted once
///   words      words, contractions resolved, at the same place
///   UPOS       of these, with the right universal part of speech
///   feats      with the right features, of those that the analyser knows
///   lemma      with the right dictionary form
///   UAS        with the right head
///   LAS        with the right head and relation, subtypes aside
///
/// Speed is measured on the same running text with one thread, from text to trees, after one pass
/// to warm up.
///
/// The language is told from the beginning of the file's name (en_, ja_, ko_), else from the text.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_long_help = "Examples:
  detente eval syntax en_ewt-ud-dev.conllu
  detente eval syntax treebanks/*-dev.conllu --json > scores.json
  detente eval syntax my.conllu --language en --model en.model"
)]
pub(crate) struct Syntax {
    /// Treebanks in CoNLL-U
    #[arg(required = true, value_name = "FILE.conllu")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    model: ModelArgs,

    /// One JSON object with all numbers
    #[arg(long)]
    json: bool,
}

/// What a treebank gave.
#[derive(Clone, Default)]
struct Scores {
    gold_tokens: Score,
    own_tokens: Score,
    /// Sentences and tokens found while the time was taken, and the time in seconds.
    sentences: u64,
    tokens: u64,
    seconds: f64,
}

/// Passes go on until this much time is measured.
const SECONDS: f64 = 1.0;

impl Syntax {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let analysers = Analysers::new(&self.model)?;
        let mut files = Vec::new();
        for path in &self.files {
            let text = read_text(path)?;
            let treebank = conllu::read(&text).map_err(|error| {
                let message = format!("{}:{}: {}", path.display(), error.line, error.problem);
                Failure::new("D012", message).hint("a treebank is written in CoNLL-U, ten columns")
            })?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let given = self.model.language.given();
            let language = given.unwrap_or_else(|| language(&name, &treebank));
            let analyser = analysers.of(language).ok_or_else(|| {
                let code = language.code();
                let message = format!("there is no model for language `{code}` of `{name}`");
                Failure::new("S001", message)
                    .hint("say which language it is with --language, or give a model with --model")
            })?;
            let scores = score(&mut analyser.worker(), &treebank);
            if !self.json {
                show(path.display().to_string(), language, &scores, out)?;
            }
            files.push((path.display().to_string(), language, scores));
        }
        let mut total = Scores::default();
        for (_, _, scores) in &files {
            total.add(scores);
        }
        if self.json {
            let mut object = total.json();
            let files: Vec<Value> = files
                .iter()
                .map(|(path, language, scores)| {
                    let mut object = scores.json();
                    object.insert("file".to_owned(), json!(path));
                    object.insert("language".to_owned(), json!(language.code()));
                    Value::Object(object)
                })
                .collect();
            object.insert("files".to_owned(), Value::Array(files));
            writeln!(out, "{:#}", Value::Object(object))?;
        } else if files.len() > 1 {
            let all = counted(files.len() as u64, "file", "files");
            show_scores(&format!("all {all}"), &total, out)?;
        }
        Ok(Done::All)
    }
}

/// By the name's beginning, as treebanks are named, else by the text.
fn language(name: &str, treebank: &[TreebankSentence]) -> Language {
    match name.get(..3) {
        Some("en_") => Language::En,
        Some("ja_") => Language::Ja,
        Some("ko_") => Language::Ko,
        _ => {
            let sample: String = treebank
                .iter()
                .take(200)
                .map(|s| s.text().0 + " ")
                .collect();
            language_of(&sample)
        }
    }
}

fn score(worker: &mut Worker<'_>, treebank: &[TreebankSentence]) -> Scores {
    worker.set_convention(train::convention(worker.language(), treebank));
    let mut scores = Scores {
        gold_tokens: score::on_gold_words(worker, treebank),
        own_tokens: score::on_text(worker, treebank),
        ..Scores::default()
    };
    let texts: Vec<String> = score::documents(treebank)
        .into_iter()
        .map(|d| d.text)
        .collect();
    let mut pass = || {
        let (mut sentences, mut tokens) = (0, 0);
        for text in &texts {
            let found = worker.analyse(text, &[Span::new(0, text.len() as u32)]);
            sentences += found.len() as u64;
            tokens += found.iter().map(|s| s.len() as u64).sum::<u64>();
        }
        (sentences, tokens)
    };
    pass();
    let start = Instant::now();
    while scores.seconds < SECONDS {
        let (sentences, tokens) = pass();
        scores.sentences += sentences;
        scores.tokens += tokens;
        scores.seconds = start.elapsed().as_secs_f64();
    }
    scores
}

impl Scores {
    fn add(&mut self, other: &Self) {
        self.gold_tokens.add(&other.gold_tokens);
        self.own_tokens.add(&other.own_tokens);
        // Files count by their own length, not by how often they were read to take the time.
        let passes =
            |s: &Self| s.own_tokens.found_sentences.max(1) as f64 / s.sentences.max(1) as f64;
        let share = passes(other);
        self.sentences += (other.sentences as f64 * share).round() as u64;
        self.tokens += (other.tokens as f64 * share).round() as u64;
        self.seconds += other.seconds * share;
    }

    fn per_second(&self, number: u64) -> f64 {
        (number as f64 / self.seconds.max(1e-9)).round()
    }

    fn json(&self) -> Map<String, Value> {
        let round = |value: f64| (value * 100.0).round() / 100.0;
        let words = |s: &Score| {
            let percent = |right| json!(round(s.percent(right)));
            let mut object = Map::new();
            object.insert("upos".to_owned(), percent(s.upos));
            object.insert("feats".to_owned(), percent(s.feats));
            object.insert("lemma".to_owned(), percent(s.lemmas));
            object.insert("uas".to_owned(), percent(s.heads));
            object.insert("las".to_owned(), percent(s.labelled));
            object
        };
        let own = &self.own_tokens;
        let mut own_tokens = words(own);
        let sentences = json!(round(own.sentence_percent()));
        own_tokens.insert("sentences_f1".to_owned(), sentences);
        own_tokens.insert("tokens_f1".to_owned(), json!(round(own.token_percent())));
        own_tokens.insert("words_f1".to_owned(), json!(round(own.percent(own.words))));
        let mut object = Map::new();
        object.insert("gold_tokens".to_owned(), words(&self.gold_tokens).into());
        object.insert("own_tokens".to_owned(), own_tokens.into());
        object.insert("sentences".to_owned(), json!(own.gold_sentences));
        object.insert("words".to_owned(), json!(own.gold));
        let speed = json!(self.per_second(self.sentences));
        object.insert("sentences_per_second".to_owned(), speed);
        let speed = json!(self.per_second(self.tokens));
        object.insert("tokens_per_second".to_owned(), speed);
        object
    }
}

fn show(path: String, language: Language, scores: &Scores, out: &mut Output) -> Result<()> {
    let size = &scores.own_tokens;
    let head = format!(
        "{path} ({}, {}, {})",
        language.code(),
        counted(size.gold_sentences as u64, "sentence", "sentences"),
        counted(size.gold as u64, "word", "words")
    );
    show_scores(&head, scores, out)
}

fn show_scores(head: &str, scores: &Scores, out: &mut Output) -> Result<()> {
    let percent = |value: f64| format!("{value:.2}");
    let mut table = Table::new(&[
        "",
        "sentences",
        "tokens",
        "words",
        "UPOS",
        "feats",
        "lemma",
        "UAS",
        "LAS",
    ]);
    for (name, s, own) in [
        ("gold tokens", &scores.gold_tokens, false),
        ("own tokens", &scores.own_tokens, true),
    ] {
        let found = |value: f64| {
            if own {
                percent(value)
            } else {
                "–".to_owned()
            }
        };
        let mut row = vec![
            name.to_owned(),
            found(s.sentence_percent()),
            found(s.token_percent()),
            found(s.percent(s.words)),
        ];
        let right = [s.upos, s.feats, s.lemmas, s.heads, s.labelled];
        row.extend(right.map(|right| percent(s.percent(right))));
        table.push(row);
    }
    writeln!(out, "{}", out.paint(STRONG, head))?;
    for line in table.lines(None) {
        writeln!(out, "  {line}")?;
    }
    writeln!(
        out,
        "  {} sentences and {} tokens a second, one thread\n",
        count(scores.per_second(scores.sentences) as u64),
        count(scores.per_second(scores.tokens) as u64)
    )?;
    Ok(out.flush()?)
}
