//! `detente export`: the record in other forms.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use detente_exchange::Form;

use crate::{
    console::{self, Output},
    failure::{Done, Result},
    files::Whole,
    filter::{FilterArgs, RecordArg},
};

/// Write facts as JSON Lines, CSV or Parquet
///
/// Facts come in the order of document, start, end and kind, without any time of writing: equal
/// records give equal bytes.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente export --record jpn-kor.db > facts.jsonl
  detente export --record jpn-kor.db --format parquet --out facts.parquet
  detente export --record jpn-kor.db --format csv --kind poll --out polls.csv")]
pub(crate) struct Export {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    filter: FilterArgs,

    /// The form
    #[arg(long, short, value_enum, default_value_t = Format::Jsonl)]
    format: Format,

    /// The file to write; standard output if not given
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object a line: the exchange form
    Jsonl,
    /// One row a fact, lists joined with semicolons
    Csv,
    /// Typed columns with lists, for pandas, DuckDB, Spark
    Parquet,
}

impl Export {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let filter = self.filter.filter()?;
        let form = match self.format {
            Format::Jsonl => Form::Jsonl,
            Format::Csv => Form::Csv,
            Format::Parquet => Form::Parquet,
        };
        let Some(path) = self.out else {
            detente_exchange::export(&record, &filter, form, out)?;
            return Ok(Done::All);
        };
        let mut file = Whole::create(&path)?;
        let facts = detente_exchange::export(&record, &filter, form, &mut file)?;
        file.finish()?;
        let facts = console::counted(facts, "fact", "facts");
        console::say(&format!("{facts} written to {}", path.display()));
        Ok(Done::All)
    }
}
