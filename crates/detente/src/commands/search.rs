//! `detente search`: full text.

use std::io::Write;

use clap::Args;
use serde_json::json;

use crate::{
    console::{self, Output, QUIET, STRONG},
    failure::{Done, Result},
    filter::RecordArg,
    table::one_line,
};

/// Search the texts of all documents
///
/// All words must occur, in any of their forms; "quotation marks" hold a phrase together, OR parts
/// alternatives, a minus leaves out, an asterisk ends the beginning of a word. Japanese and Korean
/// words are found inside longer ones.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente search --record jpn-kor.db fisheries agreement
  detente search --record jpn-kor.db '\"joint declaration\" OR 共同宣言'
  detente search --record jpn-kor.db 'textbook* -election' --limit 50
  detente search --record jpn-kor.db -- gsomia -trade")]
pub(crate) struct Search {
    /// What to search for
    #[arg(required = true, value_name = "QUERY", allow_hyphen_values = true)]
    query: Vec<String>,

    #[command(flatten)]
    record: RecordArg,

    /// At most so many documents
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u64,

    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

impl Search {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let hits = record.search(&self.query.join(" "), self.limit)?;
        for hit in &hits {
            if self.json {
                let object = json!({
                    "document": hit.document,
                    "date": hit.date,
                    "title": hit.title,
                    "excerpt": hit.excerpt,
                    "facts": hit.facts,
                });
                writeln!(out, "{object}")?;
                continue;
            }
            let date = hit.date.as_deref().unwrap_or("undated");
            let head = format!("{} ({date})", one_line(&hit.document));
            writeln!(out, "{}", out.paint(STRONG, &head))?;
            let mut line = String::new();
            let mut at = 0;
            for (start, end) in &hit.marks {
                line.push_str(&one_line_inside(&hit.excerpt[at..*start]));
                line.push_str(&out.mark(&one_line_inside(&hit.excerpt[*start..*end])));
                at = *end;
            }
            line.push_str(&one_line_inside(&hit.excerpt[at..]));
            writeln!(out, "  {line}")?;
            if !hit.facts.is_empty() {
                let ids: Vec<&str> = hit
                    .facts
                    .iter()
                    .map(|id| id.get(..8).unwrap_or(id))
                    .collect();
                writeln!(
                    out,
                    "{}",
                    out.paint(QUIET, &format!("  facts {}", ids.join(" ")))
                )?;
            }
        }
        out.flush()?;
        console::say(&console::counted(
            hits.len() as u64,
            "document",
            "documents",
        ));
        Ok(Done::All)
    }
}

/// A part of a line: its outer spaces stay.
fn one_line_inside(text: &str) -> String {
    text.replace(char::is_control, "")
}
