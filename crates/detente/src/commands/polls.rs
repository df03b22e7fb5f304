//! `detente polls`: figures of one wording over time.

use std::io::Write;

use clap::Args;
use detente_record::{PollPoint, PollSeries};

use crate::{
    console::{Output, STRONG},
    failure::Result,
    filter::RecordArg,
    ledger::{self, LedgerArgs},
    table::one_line,
};

/// Poll figures as series: one pollster, one population, one question, one answer
///
/// Figures of different wordings are never put into one series. A figure that several documents
/// tell is one point; where they differ, the others stand beside it.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente polls --record jpn-kor.db
  detente polls --record jpn-kor.db --issue public_sentiment
  detente polls --record jpn-kor.db --actor Genron --json > polls.jsonl")]
pub(crate) struct Polls {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    which: LedgerArgs,
}

impl Polls {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let series = record.polls(&self.which.filter()?)?;
        let names = ["series", "series"];
        ledger::answer(&series, self.which.json, names, out, |series, out| {
            series.iter().try_for_each(|one| print(one, out))
        })
    }
}

fn print(series: &PollSeries, out: &mut Output) -> Result<()> {
    let told = |field: &Option<String>, none: &str| {
        field
            .as_ref()
            .map_or_else(|| none.to_owned(), |text| one_line(text))
    };
    let head = format!(
        "{}; {}: {}",
        told(&series.pollster, "pollster not told"),
        told(&series.population, "population not told"),
        told(&series.answer, "answer not told")
    );
    writeln!(out, "{}", out.paint(STRONG, &head))?;
    if let Some(question) = &series.question {
        ledger::reason(question, 2, out)?;
    }
    for point in &series.points {
        let date = point.date.as_deref().unwrap_or("undated");
        let bar = point.value.map_or_else(String::new, bar);
        let value = match (point.value, &point.word) {
            (Some(value), _) => value.to_string(),
            (None, Some(word)) => word.clone(),
            (None, None) => String::new(),
        };
        writeln!(out, "  {date:<16} {value:>8} {bar:<25} {}", places(point))?;
        for other in &point.differing {
            ledger::shown(other, 4, out)?;
        }
    }
    Ok(())
}

/// A bar of 25 columns for a share.
fn bar(value: f64) -> String {
    if !(0.0..=100.0).contains(&value) {
        return String::new();
    }
    "█".repeat((value / 4.0).round() as usize)
}

fn places(point: &PollPoint) -> String {
    let first = point.mentions.first().map_or("", |shown| &shown.document);
    match point.mentions.len() {
        0 | 1 => format!("[{first}]"),
        n => format!("[{first}; +{}]", n - 1),
    }
}
