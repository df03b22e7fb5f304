//! `detente commitments`: what was proposed and promised, and what became of it.

use std::io::Write;

use clap::Args;
use detente_record::CommitmentEntry;

use crate::{
    console::{Output, STRONG},
    failure::Result,
    filter::RecordArg,
    ledger::{self, LedgerArgs, short, sides},
    table::Table,
};

/// What was proposed and promised, agreed and imposed, and what became of it
///
/// Each undertaking stands once, whatever number of documents tell it: proposals, commitments,
/// agreements, and measures that last until they are lifted. A status changes only with evidence;
/// silence changes nothing, and a due date that has passed is shown as `overdue`, not as broken.
/// Give the id of an entry to see its mentions, its changes and the reasons.
#[derive(Args)]
#[command(
    after_long_help = "Statuses: proposed open agreed in_force kept partly_kept broken suspended resumed
withdrawn superseded disputed

Examples:
  detente commitments --record jpn-kor.db --status open,agreed
  detente commitments --record jpn-kor.db --kind measure --issue export_controls
  detente commitments --record jpn-kor.db --overdue --as-of 2024-12-31
  detente commitments --record jpn-kor.db u3f2a
  detente commitments --record jpn-kor.db --actor KOR --json > commitments.jsonl"
)]
pub(crate) struct Commitments {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    which: LedgerArgs,

    /// proposal, commitment, agreement or measure; several with commas
    #[arg(long, value_name = "KIND", value_delimiter = ',',
          value_parser = ["proposal", "commitment", "agreement", "measure"])]
    kind: Vec<String>,

    /// Only those whose due date has passed without their being kept
    #[arg(long)]
    overdue: bool,
}

impl Commitments {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let mut filter = self.which.filter()?;
        filter.kinds = self.kind;
        filter.overdue = self.overdue;
        let entries = record.commitments(&filter)?;
        let one = filter.id.is_some();
        ledger::answer(
            &entries,
            self.which.json,
            ["entry", "entries"],
            out,
            |entries, out| {
                if one {
                    return entries.iter().try_for_each(|entry| whole(entry, out));
                }
                let mut table =
                    Table::new(&["entry", "since", "status", "kind", "who", "told", "about"]);
                for entry in entries {
                    table.push(row(entry));
                }
                table.print(STRONG, out)
            },
        )
    }
}

/// Status with what a reader must know beside it.
fn status(entry: &CommitmentEntry) -> String {
    let mut status = entry.status.clone();
    if entry.overdue {
        status.push_str(" (overdue)");
    }
    if !entry.waiting.is_empty() {
        status.push_str(" (link to review)");
    }
    status
}

fn row(entry: &CommitmentEntry) -> Vec<String> {
    let about = entry
        .mentions
        .first()
        .map_or("", |told| &told.evidence.quote);
    vec![
        short(&entry.id).to_owned(),
        entry.since.clone().unwrap_or_default(),
        status(entry),
        entry.kind.clone(),
        sides(&entry.who, &entry.towards),
        format!("{}×", entry.mentions.len()),
        about.to_owned(),
    ]
}

fn whole(entry: &CommitmentEntry, out: &mut Output) -> Result<()> {
    let head = format!(
        "{}  {}  {}  {}",
        entry.id,
        entry.kind,
        sides(&entry.who, &entry.towards),
        status(entry)
    );
    writeln!(out, "{}", out.paint(STRONG, &head))?;
    if let Some(due) = &entry.due {
        writeln!(out, "  due {due}")?;
    }
    if !entry.issue.is_empty() {
        writeln!(out, "  about {}", entry.issue.join(", "))?;
    }
    writeln!(out, "  what became of it")?;
    for change in &entry.history {
        let date = change.date.as_deref().unwrap_or("");
        writeln!(out, "    {date:<12} {}", change.status)?;
        if let Some(evidence) = &change.evidence {
            ledger::shown(evidence, 6, out)?;
        }
        ledger::reason(&change.reason, 6, out)?;
    }
    writeln!(out, "  where it is told")?;
    for told in &entry.mentions {
        ledger::shown(&told.evidence, 4, out)?;
        ledger::reason(&told.reason, 4, out)?;
    }
    for link in &entry.waiting {
        writeln!(out, "  waits for review: {link} (detente review)")?;
    }
    Ok(())
}
