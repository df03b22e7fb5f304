//! `detente train`: models from treebanks.

mod syntax;

use clap::{Args, Subcommand};

use crate::{console::Output, failure::Result};

/// Train a model
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente train syntax --language en --treebank en_ewt-ud-train.conllu --out en.model")]
pub(crate) struct Train {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Syntax(syntax::Syntax),
}

impl Train {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        match self.what {
            What::Syntax(syntax) => syntax.carry_out(out),
        }
    }
}
