//! `detente train`: models from treebanks and from sentences of our own.

mod relate;
mod syntax;

use clap::{Args, Subcommand};

use crate::{console::Output, failure::Result};

/// Train a model
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente train syntax --language en --treebank en_ewt-ud-train.conllu --out en.model
  detente train relate --sentences training/events/en/*.tsv --vectors en.vec --out relate-en.model")]
pub(crate) struct Train {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Syntax(syntax::Syntax),
    Relate(relate::RelateRanker),
}

impl Train {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        match self.what {
            What::Syntax(syntax) => syntax.carry_out(out),
            What::Relate(relate) => relate.carry_out(out),
        }
    }
}
