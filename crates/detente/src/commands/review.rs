//! `detente review`: decide what merging and ledgers leave open, and correct them.

use std::{io::Write, path::PathBuf};

use clap::{Args, Subcommand};
use detente_codebook::Codebook;
use detente_record::{Act, Record, RecordError};

use crate::{
    console::{self, Output, STRONG},
    failure::{Done, Failure, Result},
    filter::RecordArg,
    ledger::{self, short},
};

/// Decide which links hold, what is the same, and what became of an undertaking
///
/// Without a subcommand, or with `list`: the links that wait. Decisions are kept with who and when,
/// survive every run, and can be taken back.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente review --record jpn-kor.db
  detente review --record jpn-kor.db accept l81c63d12
  detente review --record jpn-kor.db reject l81c63d12 --note \"another pact\"
  detente review --record jpn-kor.db same 81c63d12 5f00aa31
  detente review --record jpn-kor.db apart 81c63d12 5f00aa31
  detente review --record jpn-kor.db status u3f2a91c0 kept --since 2023-03-17
  detente review --record jpn-kor.db decisions
  detente review --record jpn-kor.db undo 3")]
pub(crate) struct Review {
    #[command(flatten)]
    record: RecordArg,

    /// Who decides; the name of the user if not given
    #[arg(
        long,
        value_name = "NAME",
        env = "USER",
        default_value = "reviewer",
        global = true
    )]
    reviewer: String,

    /// Why, in words
    #[arg(long, value_name = "TEXT", global = true)]
    note: Option<String>,

    /// A folder with a codebook of your own in place of the built-in one
    #[arg(long, value_name = "FOLDER", global = true)]
    codebook: Option<PathBuf>,

    /// One JSON object a line
    #[arg(long, global = true)]
    json: bool,

    #[command(subcommand)]
    step: Option<Step>,
}

#[derive(Subcommand)]
enum Step {
    /// Links that wait
    List,
    /// Decisions so far
    Decisions,
    /// The link holds: the entry moves
    Accept {
        /// The link
        link: String,
    },
    /// The link does not hold
    Reject {
        /// The link
        link: String,
    },
    /// Two facts, events or entries are the same
    Same {
        /// One
        one: String,
        /// The other
        other: String,
    },
    /// Two facts are not the same: undoes a merge
    Apart {
        /// One
        one: String,
        /// The other
        other: String,
    },
    /// An undertaking has this status
    Status {
        /// The entry, or a fact that tells it
        entry: String,
        /// The status
        status: String,
        /// Since when
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
    },
    /// Takes a decision back
    Undo {
        /// Its number
        number: i64,
    },
}

impl Review {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let act = match self.step {
            None | Some(Step::List) => return list(&self.record.open()?, self.json, out),
            Some(Step::Decisions) => return decisions(&self.record.open()?, self.json, out),
            Some(Step::Accept { link }) => Act::Accept(link),
            Some(Step::Reject { link }) => Act::Reject(link),
            Some(Step::Same { one, other }) => Act::Same(one, other),
            Some(Step::Apart { one, other }) => Act::Apart(one, other),
            Some(Step::Status {
                entry,
                status,
                since,
            }) => Act::Status {
                of: entry,
                status,
                date: since,
            },
            Some(Step::Undo { number }) => Act::Undo(number),
        };
        let path = &self.record.record;
        if !path.exists() {
            return Err(RecordError::Absent(path.clone()).into());
        }
        let book = match &self.codebook {
            None => Codebook::embedded(),
            Some(folder) => Codebook::from_dir(folder).map_err(|problems| {
                Failure::new("D004", format!("the codebook cannot be used\n{problems}"))
                    .hint("mend the lines named above")
            })?,
        };
        // The dyad of an existing record is its own.
        let record = Record::create(path, "")?;
        let number = record.resolve(&act, &self.reviewer, self.note.as_deref())?;
        record.settle(&book)?;
        console::say(&format!(
            "decision {number} by {}; ledgers are up to date",
            self.reviewer
        ));
        Ok(Done::All)
    }
}

fn list(record: &Record, json: bool, out: &mut Output) -> Result {
    let links = record.waiting_links()?;
    if json {
        ledger::json(&links, out)?;
    } else {
        for link in &links {
            let head = format!(
                "{}  would make {} {}",
                short(&link.id),
                short(&link.entry),
                link.status
            );
            writeln!(out, "{}", out.paint(STRONG, &head))?;
            ledger::shown(&link.about, 2, out)?;
            ledger::shown(&link.evidence, 2, out)?;
            ledger::reason(&link.reason, 2, out)?;
        }
    }
    out.flush()?;
    console::say(&console::counted(
        links.len() as u64,
        "link waits",
        "links wait",
    ));
    Ok(Done::All)
}

fn decisions(record: &Record, json: bool, out: &mut Output) -> Result {
    let decisions = record.decisions()?;
    if json {
        ledger::json(&decisions, out)?;
    } else {
        for decision in &decisions {
            let undone = if decision.undone { " (taken back)" } else { "" };
            let value = decision.value.as_deref().unwrap_or("");
            let head = format!(
                "{}  {} {value}  {} {}{undone}",
                decision.number, decision.act, decision.reviewer, decision.decided
            );
            writeln!(out, "{}", out.paint(STRONG, &head))?;
            for quote in &decision.quotes {
                ledger::reason(&format!("“{quote}”"), 2, out)?;
            }
            if let Some(note) = &decision.note {
                ledger::reason(note, 2, out)?;
            }
        }
    }
    out.flush()?;
    console::say(&console::counted(
        decisions.len() as u64,
        "decision",
        "decisions",
    ));
    Ok(Done::All)
}
