//! `detente eval`: how good facts and trees are.

mod facts;
mod relate;
mod syntax;

use std::ffi::OsString;

use clap::{Args, Subcommand};

use crate::{console::Output, failure::Result};

/// Score facts or trees against gold
///
/// `detente eval syntax` scores the parser on treebanks, `detente eval facts` scores facts,
/// `detente eval relate` roots and modality of given pairs;
/// `detente eval GOLD.jsonl …` is short for `detente eval facts GOLD.jsonl …`.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente eval facts gold.jsonl --texts texts/
  detente eval syntax en_ewt-ud-dev.conllu ko_gsd-ud-dev.conllu --json")]
pub(crate) struct Eval {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Facts(facts::Facts),
    Relate(relate::RelateGold),
    Syntax(syntax::Syntax),
}

/// What may follow `eval` besides facts to be scored.
const OTHERS: [&str; 8] = [
    "facts",
    "relate",
    "syntax",
    "help",
    "-h",
    "--help",
    "-V",
    "--version",
];

/// The command line with `eval` made `eval facts` where it says no more.
pub(crate) fn with_facts(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let other = |next: &OsString| OTHERS.iter().any(|other| next == other);
    if arguments.get(1).is_some_and(|command| command == "eval")
        && arguments.get(2).is_some_and(|next| !other(next))
    {
        arguments.insert(2, "facts".into());
    }
    arguments
}

impl Eval {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        match self.what {
            What::Facts(facts) => facts.carry_out(out),
            What::Relate(relate) => relate.carry_out(out),
            What::Syntax(syntax) => syntax.carry_out(out),
        }
    }
}
