//! `detente parse`: texts in, trees out.

mod bench;
mod input;
mod names;

use std::{io::Write, path::PathBuf, time::Instant};

use clap::{Args, ValueEnum};
use detente_text::{Language, Severity};

use crate::{
    console::{self, Output, count, counted},
    failure::{Done, Failure, Result},
    files::Whole,
    models::{Analysers, ModelArgs, Tongue},
    pipeline,
    progress::Meter,
};
use bench::{Bench, Parsed};
use input::{Feeder, Input};
use names::Names;

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
  detente parse --korean kaist korea.txt
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

    /// The treebank whose conventions Korean trees follow
    #[arg(long, value_enum, value_name = "TREEBANK", default_value_t = Treebank::Gsd)]
    korean: Treebank,

    /// Threads that parse; as many as there are processors if not given
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// No progress; only errors
    #[arg(long, short)]
    quiet: bool,
}

/// Treebanks that the Korean model has learnt from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Treebank {
    /// UD Korean GSD: tags of the Sejong corpus (NNG+JKS)
    Gsd,
    /// UD Korean Kaist: tags of the KAIST corpus (ncn+jcs)
    Kaist,
}

impl Treebank {
    /// The number of its convention in the model, if it is not the default.
    const fn convention(self) -> Option<u8> {
        match self {
            Self::Gsd => None,
            Self::Kaist => Some(1),
        }
    }
}

impl Parse {
    pub(crate) fn carry_out(mut self, out: &mut Output) -> Result {
        let analysers = Analysers::new(&self.model)?;
        if let Some(language) = self.model.language.given()
            && analysers.of(language).is_none()
        {
            return Err(no_model(language));
        }
        let (inputs, problems) = input::inputs(&self.files, self.jsonl)?;
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
            move |send| this.feeder().feed(inputs, problems, send),
            || {
                let mut bench =
                    Bench::new(analysers, this.model.language, this.korean.convention());
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

    fn feeder(&self) -> Feeder {
        Feeder {
            raw: self.raw,
            given: self.model.language.given(),
            tell: self.model.language == Tongue::Auto && self.model.model.is_none(),
        }
    }
}

fn no_model(language: Language) -> Failure {
    let message = format!("there is no model for language `{}`", language.code());
    Failure::new("S001", message).hint("give one with --model")
}
