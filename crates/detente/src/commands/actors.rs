//! `detente actors`: who is who, by which names, in which office.

use std::io::Write;

use clap::Args;
use detente_record::ActorEntry;

use crate::{
    console::{Output, STRONG},
    failure::Result,
    filter::RecordArg,
    ledger::{self, LedgerArgs},
    table::{Table, one_line},
};

/// Who acts and speaks: names in every script, offices as the documents show them, meetings
///
/// Two spellings of one name are one actor. An office without a name ("the new prime minister") is
/// resolved by the dated table of offices only where it has one holder on the day of the document;
/// that is marked `inferred` and shown with the line of the table.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente actors --record jpn-kor.db --limit 20
  detente actors --record jpn-kor.db \"Kishida Fumio\"
  detente actors --record jpn-kor.db --actor KOR --json > actors.jsonl")]
pub(crate) struct Actors {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    which: LedgerArgs,
}

impl Actors {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let filter = self.which.filter()?;
        let entries = record.actors(&filter)?;
        let one = filter.id.is_some();
        ledger::answer(
            &entries,
            self.which.json,
            ["actor", "actors"],
            out,
            |entries, out| {
                if one {
                    return entries.iter().try_for_each(|entry| whole(entry, out));
                }
                let mut table = Table::new(&[
                    "actor", "state", "facts", "says", "meets", "first", "last", "names",
                ]);
                for entry in entries {
                    let names: Vec<&str> =
                        entry.names.iter().map(|name| name.name.as_str()).collect();
                    table.push(vec![
                        entry.id.clone(),
                        entry.country.clone().unwrap_or_default(),
                        entry.facts.to_string(),
                        entry.statements.to_string(),
                        entry.meetings.to_string(),
                        entry.first.clone().unwrap_or_default(),
                        entry.last.clone().unwrap_or_default(),
                        names.join("; "),
                    ]);
                }
                table.print(STRONG, out)
            },
        )
    }
}

fn whole(entry: &ActorEntry, out: &mut Output) -> Result<()> {
    let state = entry.country.as_deref().unwrap_or("state not told");
    let head = format!("{}  {state}  {} facts", entry.id, entry.facts);
    writeln!(out, "{}", out.paint(STRONG, &head))?;
    for name in &entry.names {
        writeln!(
            out,
            "  {} ({}, {}×; {})",
            one_line(&name.name),
            name.script,
            name.count,
            name.document
        )?;
    }
    for held in &entry.offices {
        let first = held.first.as_deref().unwrap_or("undated");
        let last = held.last.as_deref().unwrap_or("undated");
        writeln!(
            out,
            "  {} {first} to {last}, {}: “{}” [{}]",
            held.office,
            held.basis,
            one_line(&held.words),
            held.document
        )?;
        if let Some(evidence) = &held.evidence {
            ledger::reason(&format!("resolved by {evidence}"), 4, out)?;
        }
    }
    Ok(())
}
