//! What the commands on ledgers share: which entries, and how they are printed.

use std::io::Write;

use clap::Args;
use detente_record::{Evidence, LedgerFilter};
use detente_text::date::Edtf;
use serde::Serialize;

use crate::{
    console::{self, Output, QUIET},
    failure::{Done, Failure, Result},
    filter::{day, edtf},
    table::{one_line, wrap},
};

/// Flags that choose entries of a ledger.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Which entries")]
pub(crate) struct LedgerArgs {
    /// One entry, by its id or the beginning of it, with all its evidence
    #[arg(value_name = "ENTRY")]
    pub(crate) id: Option<String>,

    /// Status (of claims: verdict); several with commas
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub(crate) status: Vec<String>,

    /// Actor on either side: an id (KOR also finds "KOR GOV") or words of a name
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,

    /// Issue id, such as comfort_women
    #[arg(long, value_name = "ISSUE")]
    pub(crate) issue: Option<String>,

    /// Channel id, such as summit
    #[arg(long, value_name = "CHANNEL")]
    pub(crate) channel: Option<String>,

    /// Entries with a change on this date or after it: 2012, 2012-08 or 2012-08-10
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    pub(crate) from: Option<Edtf>,

    /// Entries that began on this date or before
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    pub(crate) to: Option<Edtf>,

    /// The state at the end of this date; without it, after the latest document
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    pub(crate) as_of: Option<Edtf>,

    /// At most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,

    /// One JSON object a line, with all evidence
    #[arg(long)]
    pub(crate) json: bool,
}

impl LedgerArgs {
    /// The question to the ledger.
    pub(crate) fn filter(&self) -> Result<LedgerFilter> {
        Ok(LedgerFilter {
            id: self.id.clone(),
            statuses: self.status.clone(),
            actor: self.actor.clone(),
            issue: self.issue.clone(),
            channel: self.channel.clone(),
            from: day("--from", self.from, Edtf::earliest)?,
            to: day("--to", self.to, Edtf::latest)?,
            as_of: day("--as-of", self.as_of, Edtf::latest)?,
            limit: self.limit,
            ..LedgerFilter::default()
        })
    }
}

/// Answers a question to a ledger: as JSON, or by `show`; and how many there are of `names`.
pub(crate) fn answer<T: Serialize>(
    entries: &[T],
    as_json: bool,
    names: [&str; 2],
    out: &mut Output,
    show: impl FnOnce(&[T], &mut Output) -> Result<()>,
) -> Result {
    if as_json {
        json(entries, out)?;
    } else {
        show(entries, out)?;
    }
    out.flush()?;
    console::say(&console::counted(entries.len() as u64, names[0], names[1]));
    Ok(Done::All)
}

/// Entries as JSON, one a line.
pub(crate) fn json<T: Serialize>(entries: &[T], out: &mut Output) -> Result<()> {
    for entry in entries {
        let line = serde_json::to_string(entry).map_err(|error| {
            Failure::new("D002", format!("the output cannot be written: {error}"))
        })?;
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// "Oslo will open its port" [Harbour Courier 2019-07-02; 81c63d12]
pub(crate) fn shown(evidence: &Evidence, indent: usize, out: &mut Output) -> Result<()> {
    let mut source = one_line(evidence.outlet.as_ref().unwrap_or(&evidence.document));
    if let Some(date) = &evidence.document_date {
        source.push_str(&format!(" {date}"));
    }
    let fact = evidence.fact.get(..8).unwrap_or(&evidence.fact);
    let text = format!(
        "{:indent$}“{}” [{source}; {fact}]",
        "",
        one_line(&evidence.quote)
    );
    writeln!(out, "{}", wrap(&text, console::width(), indent))?;
    Ok(())
}

/// A line that stands back: a reason.
pub(crate) fn reason(text: &str, indent: usize, out: &mut Output) -> Result<()> {
    let text = wrap(
        &format!("{:indent$}{}", "", one_line(text)),
        console::width(),
        indent,
    );
    writeln!(out, "{}", out.paint(QUIET, &text))?;
    Ok(())
}

/// `JPN, KOR GOV → KOR`.
pub(crate) fn sides(who: &[String], towards: &[String]) -> String {
    if towards.is_empty() {
        return who.join(", ");
    }
    format!("{} → {}", who.join(", "), towards.join(", "))
}

/// The first digits of an id.
pub(crate) fn short(id: &str) -> &str {
    id.get(..9).unwrap_or(id)
}
