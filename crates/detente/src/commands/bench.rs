//! `detente bench`: measures on made-up data whose truth is known.

use std::io::Write;

use clap::{Args, Subcommand};
use detente_codebook::Codebook;

use crate::{
    console::{Output, count},
    failure::{Done, Result},
};

/// Measure on made-up data whose truth is known
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente bench merge
  detente bench merge --facts 1000000 --seed 1")]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Merging of reports into events: precision and recall by pairs, time
    Merge {
        /// Reports to make
        #[arg(long, value_name = "N", default_value_t = 10_000)]
        facts: usize,

        /// Where chance begins: the same seed makes the same reports
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
}

impl Bench {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let What::Merge { facts, seed } = self.what;
        let figures = detente_record::bench::merge(&Codebook::embedded(), facts, seed);
        writeln!(
            out,
            "{} reports of {} events, {} found; pairs: precision {:.4}, recall {:.4}; {:.2} s",
            count(figures.facts),
            count(figures.events),
            count(figures.found),
            figures.precision,
            figures.recall,
            figures.took.as_secs_f64()
        )?;
        Ok(Done::All)
    }
}
