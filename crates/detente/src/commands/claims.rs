//! `detente claims`: what documents say against each other, and claims of record.

use std::io::Write;

use clap::Args;

use crate::{
    console::{Output, STRONG},
    failure::Result,
    filter::RecordArg,
    ledger::{self, LedgerArgs, short},
};

/// Where documents differ, whether "the first in N years" holds, what was announced and never shows
///
/// Both quotes are listed and nothing is resolved: which one is right is for the reader to say.
#[derive(Args)]
#[command(after_long_help = "Kinds: date figure record_claim not_held
Verdicts (--status): differ refuted supported unchecked not_shown

Examples:
  detente claims --record jpn-kor.db
  detente claims --record jpn-kor.db --kind record_claim --status refuted
  detente claims --record jpn-kor.db --issue export_controls --json")]
pub(crate) struct Claims {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    which: LedgerArgs,

    /// Kind; several with commas
    #[arg(long, value_name = "KIND", value_delimiter = ',',
          value_parser = ["date", "figure", "record_claim", "not_held"])]
    kind: Vec<String>,
}

impl Claims {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let mut filter = self.which.filter()?;
        filter.kinds = self.kind;
        let found = record.contradictions(&filter)?;
        let names = ["entry", "entries"];
        ledger::answer(&found, self.which.json, names, out, |found, out| {
            for entry in found {
                let head = format!("{}  {}: {}", short(&entry.id), entry.kind, entry.verdict);
                writeln!(out, "{}", out.paint(STRONG, &head))?;
                for side in &entry.sides {
                    ledger::shown(&side.evidence, 2, out)?;
                }
                ledger::reason(&entry.reason, 2, out)?;
            }
            Ok(())
        })
    }
}
