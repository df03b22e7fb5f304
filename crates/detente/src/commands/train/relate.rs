//! `detente train relate`: the ranker of `detente relate`.

use std::{io::Write, path::PathBuf, sync::Arc};

use clap::Args;
use detente_codebook::Codebook;
use detente_extract::relate::{self, RankerOptions};
use detente_syntax::Analyser;

use crate::{
    console::{self, Output, count},
    failure::{Done, Failure, Result},
    files::{Whole, read_text},
    progress::Meter,
};

/// Train the ranker that weighs the clues of a pair, from sentences with marked pairs
///
/// The same sentences, vectors, codebook and seed give the same bytes on every machine.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente train relate --sentences training/events/en/*.tsv --vectors en.vec --out relate-en.model")]
pub(crate) struct RelateRanker {
    /// Sentences with marked pairs: root, mode, modality, sentence, parted by tabs
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    sentences: Vec<PathBuf>,

    /// Word vectors as text: a word and its numbers a line, the commonest words first
    #[arg(long, value_name = "FILE")]
    vectors: PathBuf,

    /// How many words' vectors the ranker keeps
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    words: usize,

    /// Where all chance comes from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Passes over the sentences
    #[arg(long, value_name = "N", default_value_t = RankerOptions::default().passes)]
    passes: usize,

    /// Rankers learnt, each with other chances, whose mean is kept
    #[arg(long, value_name = "N", default_value_t = RankerOptions::default().members)]
    members: usize,

    /// Share of clues hidden in each reading
    #[arg(long, value_name = "SHARE", default_value_t = RankerOptions::default().dropout)]
    dropout: f32,

    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,

    /// Only errors
    #[arg(long, short)]
    quiet: bool,
}

impl RelateRanker {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        // Whether it can be written is better known before than after.
        let mut file = Whole::create(&self.out)?;
        let mut lessons = Vec::new();
        for path in &self.sentences {
            let read = relate::lessons(&read_text(path)?).map_err(|error| {
                Failure::new(
                    "D015",
                    format!("{}:{}: {}", path.display(), error.line, error.problem),
                )
                .hint("training/events/README.md describes the form")
            })?;
            lessons.extend(read);
        }
        let coder = detente_extract::Coder::new(
            Arc::new(Codebook::embedded()),
            Analyser::english(),
            ["JPN", "KOR"],
        )
        .map_err(|error| Failure::new("D004", format!("the codebook cannot be used: {error}")))?;
        let options = RankerOptions {
            seed: self.seed,
            passes: self.passes,
            dropout: self.dropout,
            members: self.members,
            ..RankerOptions::default()
        };
        let whole = lessons.len() as u64;
        let mut meter = Meter::new(Some(whole), self.quiet, false);
        let ranker = relate::learn(
            &coder,
            &lessons,
            &read_text(&self.vectors)?,
            self.words,
            options,
            &mut |done| meter.tell(done as u64, || "reading sentences".to_owned()),
        )
        .map_err(|error| Failure::new("D016", format!("{}: {error}", self.vectors.display())))?;
        meter.clear();
        let bytes = ranker.to_bytes();
        file.write_all(&bytes)?;
        file.finish()?;
        if !self.quiet {
            console::say(&format!(
                "{} sentences, {} clues, {:.1} MB",
                count(whole),
                count(ranker.len() as u64),
                bytes.len() as f64 / 1e6
            ));
        }
        out.flush()?;
        Ok(Done::All)
    }
}
