//! `detente channels`: which channels are open, and when they were used.

use std::io::Write;

use clap::Args;
use detente_record::{ChannelChange, ChannelEntry};

use crate::{
    console::{Output, STRONG},
    failure::Result,
    filter::RecordArg,
    ledger::{self, LedgerArgs},
};

/// Which channels of dialogue are open, when each was used last, and by whom
///
/// The strip shows each channel over time: # in use, ~ impaired, . halted, + resumed, ? proposed,
/// = concluded; a blank before anything is known. Give the id of a channel to see all that was told
/// of it.
#[derive(Args)]
#[command(
    after_long_help = "Statuses: proposed active impaired halted resumed concluded

Examples:
  detente channels --record jpn-kor.db
  detente channels --record jpn-kor.db summit --as-of 2015-01-01
  detente channels --record jpn-kor.db --status halted
  detente channels --record jpn-kor.db --json | jq '{channel, status, days_since}'"
)]
pub(crate) struct Channels {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    which: LedgerArgs,
}

/// Widest strip, in columns.
const STRIP: usize = 60;

impl Channels {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let filter = self.which.filter()?;
        let entries = record.channels(&filter)?;
        let whole = filter.id.is_some();
        let names = ["channel", "channels"];
        ledger::answer(&entries, self.which.json, names, out, |entries, out| {
            let scale = Scale::of(entries, filter.as_of.map(|day| day.to_string()));
            for entry in entries {
                one(entry, &scale, out)?;
                if whole {
                    all(&entry.history, out)?;
                }
            }
            if let Some(scale) = &scale
                && !entries.is_empty()
            {
                writeln!(out, "{:24}{}", "", scale.years())?;
            }
            Ok(())
        })
    }
}

fn one(entry: &ChannelEntry, scale: &Option<Scale>, out: &mut Output) -> Result<()> {
    let strip = scale
        .as_ref()
        .map_or_else(String::new, |scale| scale.strip(entry));
    let name = format!("{:<22}", entry.channel);
    writeln!(out, "{}  {strip}", out.paint(STRONG, &name))?;
    let mut line = format!("{:24}{}", "", entry.status);
    if let Some(since) = &entry.since {
        line.push_str(&format!(" since {since}"));
    }
    if let Some(held) = &entry.last_held {
        line.push_str(&format!("; last used {}", held.date));
        if let Some(days) = entry.days_since {
            line.push_str(&format!(" ({days} days before)"));
        }
        line.push_str(&format!(" by {}", held.who.join(", ")));
    }
    writeln!(out, "{line}")?;
    Ok(())
}

fn all(history: &[ChannelChange], out: &mut Output) -> Result<()> {
    for change in history {
        let held = if change.held { ", used" } else { "" };
        writeln!(out, "  {:<12} {}{held}", change.date, change.status)?;
        ledger::shown(&change.evidence, 4, out)?;
        ledger::reason(&change.reason, 4, out)?;
    }
    Ok(())
}

/// Years on the strip.
struct Scale {
    first: i32,
    last: i32,
    /// Months a column stands for.
    months: i32,
}

fn month_of(day: &str) -> Option<i32> {
    let year: i32 = day.get(..4)?.parse().ok()?;
    let month: i32 = day.get(5..7)?.parse().ok()?;
    Some(year * 12 + month - 1)
}

impl Scale {
    fn of(entries: &[ChannelEntry], until: Option<String>) -> Option<Self> {
        let months = entries
            .iter()
            .flat_map(|entry| &entry.history)
            .filter_map(|change| month_of(&change.from));
        let (mut first, mut last) = (i32::MAX, i32::MIN);
        for month in months.chain(until.as_deref().and_then(month_of)) {
            first = first.min(month);
            last = last.max(month);
        }
        (first <= last).then(|| {
            let length = last - first + 1;
            let columns = STRIP as i32;
            Self {
                first,
                last,
                months: (length + columns - 1) / columns,
            }
        })
    }

    fn columns(&self) -> usize {
        ((self.last - self.first) / self.months + 1) as usize
    }

    fn strip(&self, entry: &ChannelEntry) -> String {
        let mut strip = String::new();
        for column in 0..self.columns() {
            let end = self.first + (column as i32 + 1) * self.months;
            let state = entry
                .history
                .iter()
                .rfind(|change| month_of(&change.from).is_some_and(|month| month < end));
            strip.push(match state.map(|change| change.status.as_str()) {
                Some("active") => '#',
                Some("impaired") => '~',
                Some("halted") => '.',
                Some("resumed") => '+',
                Some("proposed") => '?',
                Some("concluded") => '=',
                _ => ' ',
            });
        }
        strip
    }

    /// First and last year under the strip.
    fn years(&self) -> String {
        let (first, last) = ((self.first / 12).to_string(), (self.last / 12).to_string());
        let fill = self
            .columns()
            .saturating_sub(first.len() + last.len())
            .max(1);
        format!("{first}{}{last}", " ".repeat(fill))
    }
}
