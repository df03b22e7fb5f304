//! `detente list`: facts as a table, as JSON or as CSV.

use std::io::Write;

use clap::Args;
use detente_exchange::Form;
use detente_record::{Entry, Order};

use crate::{
    console::{self, Output, STRONG},
    failure::{Done, Result},
    filter::{FilterArgs, RecordArg},
    table::Table,
};

/// List facts by kind, actor, issue, channel, root, modality and date
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente list --record jpn-kor.db --kind event --from 2012-08 --to 2012-08
  detente list --record jpn-kor.db --actor \"Noda Yoshihiko\" --modality asserted,planned
  detente list --record jpn-kor.db --issue comfort_women --csv > comfort_women.csv")]
pub(crate) struct List {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    filter: FilterArgs,

    /// The exchange form, one JSON object a line
    #[arg(long, conflicts_with = "csv")]
    json: bool,

    /// Comma-separated values
    #[arg(long)]
    csv: bool,
}

impl List {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let filter = self.filter.filter()?;
        if self.json || self.csv {
            let form = if self.json { Form::Jsonl } else { Form::Csv };
            detente_exchange::export(&record, &filter, form, out)?;
            return Ok(Done::All);
        }
        let mut table = Table::new(&["id", "date", "kind", "modality", "root", "who", "quote"]);
        let mut facts = 0;
        record.for_each(&filter, Order::Date, |entry| {
            facts += 1;
            table.push(row(&entry));
            Ok::<(), crate::Failure>(())
        })?;
        table.print(STRONG, out)?;
        out.flush()?;
        console::say(&console::counted(facts, "fact", "facts"));
        Ok(Done::All)
    }
}

fn row(entry: &Entry) -> Vec<String> {
    let fact = &entry.fact;
    let mut who = fact.source.join(", ");
    if !fact.target.is_empty() {
        who.push_str(&format!(" → {}", fact.target.join(", ")));
    }
    vec![
        fact.id.get(..8).unwrap_or(&fact.id).to_owned(),
        fact.date.map_or_else(String::new, |date| date.to_string()),
        fact.kind.to_string(),
        fact.modality.to_string(),
        fact.root.map_or_else(String::new, |root| root.to_string()),
        who,
        fact.quote.clone(),
    ]
}
