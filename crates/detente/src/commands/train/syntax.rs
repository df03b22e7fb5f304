//! `detente train syntax`: a tagger and parser from treebanks.

use std::{
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::{Args, ValueEnum};
use detente_syntax::{conllu::TreebankSentence, train};
use detente_text::Language;
use sha2::{Digest, Sha256};

use crate::{
    console::{self, Output, count, counted},
    failure::{Done, Failure, Result},
    files::{Whole, read_text},
    pipeline,
};

/// Train a model that splits, tags, lemmatises and parses, from treebanks in CoNLL-U
///
/// The same treebanks, vectors, words, seed and passes give the same bytes on every machine,
/// whatever the number of threads. The file takes its name only when it is finished; its size is
/// told, and its SHA-256 is printed as `sha256sum` does.
///
/// Of the treebank GUM only the documents are used whose licence allows a model to ship (see
/// --all-documents). Never train on a treebank's dev or test part: `detente eval syntax` is for
/// those.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente train syntax --language en --treebank en_ewt-ud-train.conllu --out en.model
  detente train syntax --language en --treebank en_ewt-ud-train.conllu en_gum-ud-train.conllu \\
      --vectors vectors.txt --seed 1 --out en.model
  detente eval syntax en_ewt-ud-dev.conllu --model en.model")]
pub(crate) struct Syntax {
    /// The language of the treebanks
    #[arg(long, short, value_enum, value_name = "LANGUAGE")]
    language: Tongue,

    /// Treebanks to learn from, in the order in which they are given
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    treebank: Vec<PathBuf>,

    /// Treebanks by which the model will be judged: sentences that stand in them, or nearly so, are
    /// left out of what is learnt from
    #[arg(long, num_args = 1.., value_name = "FILE")]
    without: Vec<PathBuf>,

    /// Word vectors as text: a word and its numbers a line, the commonest words first
    #[arg(long, value_name = "FILE")]
    vectors: Option<PathBuf>,

    /// Japanese only: the dictionary's table, as scripts/unidic_ja.py writes it
    #[arg(long, num_args = 1.., value_name = "FILE")]
    words: Vec<PathBuf>,

    /// Where all chance comes from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Passes over the treebanks; as the shipped model of the language if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    epochs: Option<u16>,

    /// Threads that learn; more than two bring nothing
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// Learn from all documents of GUM: for a model that does not leave the house
    #[arg(long)]
    all_documents: bool,

    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,

    /// Only errors
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tongue {
    /// English
    En,
    /// Japanese
    Ja,
    /// Korean
    Ko,
}

impl Syntax {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let began = Instant::now();
        let tell = |message: &str| {
            if !self.quiet {
                console::say(&format!(
                    "{:8.1} s  {message}",
                    began.elapsed().as_secs_f64()
                ));
            }
        };
        // Whether it can be written is better known before than after.
        drop(Whole::create(&self.out)?);
        let mut held = Vec::new();
        for path in &self.without {
            held.extend(read_treebank(path)?);
        }
        let mut treebanks = Vec::new();
        for path in &self.treebank {
            let (sentences, left_out) = self.treebank(path)?;
            let all = sentences.len();
            let sentences = train::without(sentences, &held);
            let judged = (all - sentences.len()) as u64;
            let mut message = format!(
                "{}: {}",
                path.display(),
                counted(sentences.len() as u64, "sentence", "sentences")
            );
            if left_out > 0 {
                message.push_str(&format!(
                    "; {} may not ship and are left out",
                    count(left_out)
                ));
            }
            if judged > 0 {
                message.push_str(&format!("; {} are kept out", count(judged)));
            }
            tell(&message);
            treebanks.push(sentences);
        }
        let dictionary = if self.words.is_empty() {
            None
        } else {
            let texts: Result<Vec<String>> =
                self.words.iter().map(|path| read_text(path)).collect();
            Some(texts?.join("\n"))
        };
        let language = match self.language {
            Tongue::En => Language::En,
            Tongue::Ja => Language::Ja,
            Tongue::Ko => Language::Ko,
        };
        let mut net = train::NetOptions::of(language);
        net.seed = self.seed;
        net.threads = pipeline::threads(self.threads);
        if let Some(epochs) = self.epochs {
            net.epochs = usize::from(epochs);
        }
        let order = train::Order {
            language,
            treebanks,
            vectors: self.vectors.as_deref().map(read_text).transpose()?,
            dictionary,
            net,
        };
        let model = train::train(&order, &mut |at| tell(&progress(at, began)));
        let model = model.map_err(|error| {
            Failure::new("D013", error.to_string()).hint("see `detente train syntax --help`")
        })?;
        let mut file = Whole::create(&self.out)?;
        file.write_all(&model)?;
        file.finish()?;
        let size = model.len() as u64;
        let path = self.out.display();
        tell(&format!(
            "{path}: {} ({} bytes)",
            console::bytes(size),
            count(size)
        ));
        let hash = Sha256::digest(&model);
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(out, "{hash}  {path}")?;
        Ok(Done::All)
    }

    /// The sentences of a treebank, and the number of those that were left out.
    fn treebank(&self, path: &Path) -> Result<(Vec<TreebankSentence>, u64)> {
        let mut sentences = read_treebank(path)?;
        let all = sentences.len();
        let mut ships = true;
        sentences.retain(|sentence| {
            if let Some(document) = sentence.comment("newdoc id") {
                ships = train::may_ship(document);
            }
            ships || self.all_documents
        });
        let left_out = (all - sentences.len()) as u64;
        if sentences.is_empty() {
            let message = format!("`{}` has no sentences to learn from", path.display());
            return Err(Failure::new("D012", message).hint("check the file"));
        }
        Ok((sentences, left_out))
    }
}

/// How far it is, how wrong it still is, and how long it will take.
fn progress(at: train::Progress, began: Instant) -> String {
    let [tag, head, relation] = at.losses;
    let left = began.elapsed().as_secs_f64() / at.epoch as f64 * (at.epochs - at.epoch) as f64;
    format!(
        "pass {} of {}: loss {tag:.3} tags, {head:.3} heads, {relation:.3} relations; {left:.0} s left",
        at.epoch, at.epochs
    )
}

fn read_treebank(path: &Path) -> Result<Vec<TreebankSentence>> {
    train::read_treebank(&read_text(path)?).map_err(|error| {
        let message = format!("{}:{}: {}", path.display(), error.line, error.problem);
        Failure::new("D012", message).hint("a treebank is written in CoNLL-U, ten columns")
    })
}
