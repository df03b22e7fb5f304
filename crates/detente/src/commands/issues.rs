//! `detente issues`: what is in dispute, what each side says, what both have accepted.

use std::io::Write;

use clap::Args;
use detente_record::{IssueEntry, Month};

use crate::{
    console::{Output, STRONG},
    failure::Result,
    filter::RecordArg,
    ledger::{self, LedgerArgs},
    table::Table,
};

/// What is in dispute or on the agenda, how much is said of it, and what both sides have accepted
///
/// Give the id of an issue to see the positions of each side over time, the disputes and the common
/// ground, each with its words.
#[derive(Args)]
#[command(after_long_help = "Statuses: agreed unresolved

Examples:
  detente issues --record jpn-kor.db
  detente issues --record jpn-kor.db export_controls --as-of 2019-12-31
  detente issues --record jpn-kor.db --status unresolved --limit 10
  detente issues --record jpn-kor.db --json > issues.jsonl")]
pub(crate) struct Issues {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    which: LedgerArgs,
}

/// Years on the strip of salience.
const YEARS: usize = 24;

impl Issues {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let filter = self.which.filter()?;
        let entries = record.issues(&filter)?;
        let one = filter.id.is_some();
        ledger::answer(
            &entries,
            self.which.json,
            ["issue", "issues"],
            out,
            |entries, out| {
                if one {
                    return entries.iter().try_for_each(|entry| whole(entry, out));
                }
                let last = entries
                    .iter()
                    .filter_map(|entry| entry.months.last())
                    .filter_map(|month| month.month.get(..4)?.parse::<usize>().ok())
                    .max()
                    .unwrap_or(0);
                let mut table = Table::new(&[
                    "issue", "facts", "status", "since", "disputes", "agreed", "by year",
                ]);
                for entry in entries {
                    table.push(vec![
                        entry.issue.clone(),
                        entry.facts.to_string(),
                        entry.status.clone().unwrap_or_default(),
                        entry.since.clone().unwrap_or_default(),
                        entry.disputes.len().to_string(),
                        entry.agreed.len().to_string(),
                        strip(&entry.months, last),
                    ]);
                }
                table.print(STRONG, out)
            },
        )
    }
}

/// Facts by year up to `last`, each year a block as high as its share of the highest.
fn strip(months: &[Month], last: usize) -> String {
    let mut years = [0u64; YEARS];
    for month in months {
        let year = month
            .month
            .get(..4)
            .and_then(|year| year.parse::<usize>().ok());
        if let Some(back) = year.and_then(|year| last.checked_sub(year))
            && back < YEARS
        {
            years[YEARS - 1 - back] += month.facts;
        }
    }
    let most = years.iter().copied().max().unwrap_or(0).max(1);
    let blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    years
        .iter()
        .map(|n| match n {
            0 => '·',
            n => blocks[((n * 8).div_ceil(most) as usize).clamp(1, 8) - 1],
        })
        .collect()
}

fn whole(entry: &IssueEntry, out: &mut Output) -> Result<()> {
    let status = entry
        .status
        .as_deref()
        .unwrap_or("nothing told of dispute or agreement");
    let head = format!("{}  {status}  {} facts", entry.issue, entry.facts);
    writeln!(out, "{}", out.paint(STRONG, &head))?;
    writeln!(out, "  positions")?;
    for position in &entry.positions {
        let stance = position
            .stance
            .as_deref()
            .or(position.root.as_deref())
            .unwrap_or("");
        let date = position.date.as_deref().unwrap_or("");
        writeln!(
            out,
            "    {date:<12} {} ({}) {stance}",
            position.side, position.who
        )?;
        ledger::shown(&position.evidence, 6, out)?;
    }
    for (name, list) in [
        ("disputes", &entry.disputes),
        ("common ground", &entry.agreed),
    ] {
        writeln!(out, "  {name}")?;
        for evidence in list {
            ledger::shown(evidence, 4, out)?;
        }
    }
    Ok(())
}
