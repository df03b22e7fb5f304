//! `detente timeline`: a chronology in the manner of think tanks.

use std::{collections::HashSet, io::Write};

use clap::Args;
use detente_extract::{Kind, Modality};
use detente_record::{Entry, Mention, Order, Record};
use detente_text::date::Edtf;
use serde_json::json;

use crate::{
    console::{self, Output, QUIET, STRONG},
    failure::{Done, Result},
    filter::{FilterArgs, RecordArg},
    table::{one_line, wrap},
};

/// Print a chronology: date, one sentence in the words of the source, source
///
/// Each event stands once, with its first report and the number of further ones. Without flags:
/// events that took place (asserted and historical) and have a date.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente timeline --record jpn-kor.db --from 2012-08 --to 2012-09
  detente timeline --record jpn-kor.db --issue comfort_women --kind event,statement
  detente timeline --record jpn-kor.db --modality planned --from 2024")]
pub(crate) struct Timeline {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    filter: FilterArgs,

    /// All kinds of dated facts, whatever their modality
    #[arg(long)]
    all: bool,

    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

impl Timeline {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        self.print(&record, out)
    }

    /// The chronology of a record as it comes without flags.
    pub(crate) fn of(record: RecordArg) -> Self {
        Self {
            record,
            filter: FilterArgs::default(),
            all: false,
            json: false,
        }
    }

    pub(crate) fn print(self, record: &Record, out: &mut Output) -> Result {
        let mut filter = self.filter.filter()?;
        filter.dated = true;
        filter.once = true;
        if !self.all {
            if filter.kinds.is_empty() {
                filter.kinds = vec![Kind::Event];
            }
            if filter.modalities.is_empty() {
                filter.modalities = vec![Modality::Asserted, Modality::Historical];
            }
        }
        // Merged reports take one line together, so the limit counts lines.
        let limit = filter.limit.take().unwrap_or(u64::MAX);
        let mut met: HashSet<String> = HashSet::new();
        let mut lines = 0;
        let width = console::width();
        for entry in record.facts(&filter, Order::Date)? {
            // What began before the time asked for and goes on is no entry of it.
            let begins = entry.fact.date.and_then(Edtf::earliest);
            if filter
                .from
                .is_some_and(|from| begins.is_none_or(|begins| begins < from))
            {
                continue;
            }
            if entry
                .event
                .as_ref()
                .is_some_and(|event| !met.insert(event.clone()))
            {
                continue;
            }
            if lines == limit {
                break;
            }
            lines += 1;
            self.line(record, &entry, width, out)?;
        }
        out.flush()?;
        console::say(&console::counted(lines, "entry", "entries"));
        Ok(Done::All)
    }

    fn line(
        &self,
        record: &Record,
        entry: &Entry,
        width: Option<usize>,
        out: &mut Output,
    ) -> Result<()> {
        let fact = &entry.fact;
        let mut places = match &entry.event {
            Some(event) => record.reports(event)?,
            None => Vec::new(),
        };
        places.retain(|place| place.id != fact.id);
        places.extend(record.copies(entry.fact_id)?);
        let date = fact.date.map_or_else(String::new, |date| date.to_string());
        if self.json {
            let sources: Vec<_> = places
                .iter()
                .map(|place| json!({"id": place.id, "document": place.document, "reason": place.reason}))
                .collect();
            let object = json!({
                "date": date,
                "kind": fact.kind,
                "modality": fact.modality,
                "quote": fact.quote,
                "id": fact.id,
                "document": fact.document,
                "outlet": entry.outlet,
                "document_date": entry.document_date,
                "event": entry.event,
                "also": sources,
            });
            writeln!(out, "{object}")?;
            return Ok(());
        }
        let mut source = source(entry);
        if !places.is_empty() {
            source.push_str(&format!("; +{}", further(&places)));
        }
        let note = match fact.modality {
            Modality::Asserted => String::new(),
            other => format!(" ({other})"),
        };
        // A quote that does not name its doer ("welcomed the visit") is headed by the doer.
        let elsewhere = |&(start, end): &(u32, u32)| start < fact.start || end > fact.end;
        let doer = if fact.evidence.get("source").is_some_and(elsewhere) {
            format!("[{}] ", fact.source.join(", "))
        } else {
            String::new()
        };
        let text = format!("{doer}{}{note} [{source}]", one_line(&fact.quote));
        let indent = date.chars().count().max(10) + 2;
        let mut text = wrap(&format!("{date:<10}  {text}"), width, indent);
        let rest = text.split_off(date.len());
        writeln!(
            out,
            "{}{}",
            out.paint(STRONG, &text),
            out.paint_tail(&rest, &source)
        )?;
        Ok(())
    }
}

/// Outlet or document, and its date.
fn source(entry: &Entry) -> String {
    let mut source = one_line(entry.outlet.as_ref().unwrap_or(&entry.fact.document));
    if let Some(date) = &entry.document_date {
        source.push_str(&format!(" {date}"));
    }
    source
}

/// Further places, each document once.
fn further(places: &[Mention]) -> usize {
    let documents: HashSet<&str> = places.iter().map(|place| place.document.as_str()).collect();
    documents.len()
}

impl Output {
    /// A line whose source, in brackets at its end, stands back.
    fn paint_tail(&self, line: &str, source: &str) -> String {
        let tail = format!("[{source}]");
        match line.strip_suffix(tail.as_str()) {
            Some(head) => format!("{head}{}", self.paint(QUIET, &tail)),
            None => line.to_owned(),
        }
    }
}
