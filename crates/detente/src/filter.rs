//! Which facts a command is about: the same flags everywhere.

use std::path::PathBuf;

use clap::Args;
use detente_extract::{Kind, Modality};
use detente_record::{Filter, Record};
use detente_text::date::Edtf;

use crate::failure::{Failure, Result};

/// The record to work on.
#[derive(Args)]
pub(crate) struct RecordArg {
    /// The record
    #[arg(
        long,
        short,
        value_name = "FILE",
        env = "DETENTE_RECORD",
        default_value = "detente.db"
    )]
    pub(crate) record: PathBuf,
}

impl RecordArg {
    /// Opens it for reading.
    pub(crate) fn open(&self) -> Result<Record> {
        Ok(Record::open(&self.record)?)
    }
}

/// Flags that choose facts.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Which facts")]
pub(crate) struct FilterArgs {
    /// Kind of fact; several with commas
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    pub(crate) kind: Vec<Kind>,

    /// Actor in any role: an id (KOR also finds "KOR GOV") or words of a name
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,

    /// Issue id, such as comfort_women
    #[arg(long, value_name = "ISSUE")]
    pub(crate) issue: Option<String>,

    /// Channel id, such as summit
    #[arg(long, value_name = "CHANNEL")]
    pub(crate) channel: Option<String>,

    /// PLOVER root, such as ACCUSE
    #[arg(long, value_name = "ROOT", value_parser = root)]
    pub(crate) root: Option<String>,

    /// Modality; several with commas
    #[arg(long, value_name = "MODALITY", value_delimiter = ',', value_parser = modality)]
    pub(crate) modality: Vec<Modality>,

    /// Document, by its path below the folder that was read
    #[arg(long, value_name = "DOCUMENT")]
    pub(crate) document: Option<String>,

    /// Facts that reach to this date or beyond: 2012, 2012-08 or 2012-08-10
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    pub(crate) from: Option<Edtf>,

    /// Facts that begin on this date or before
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    pub(crate) to: Option<Edtf>,

    /// At most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
}

impl FilterArgs {
    /// The question to the record.
    pub(crate) fn filter(&self) -> Result<Filter> {
        Ok(Filter {
            kinds: self.kind.clone(),
            modalities: self.modality.clone(),
            actor: self.actor.clone(),
            issue: self.issue.clone(),
            channel: self.channel.clone(),
            root: self.root.clone(),
            document: self.document.clone(),
            from: day("--from", self.from, Edtf::earliest)?,
            to: day("--to", self.to, Edtf::latest)?,
            once: false,
            dated: false,
            limit: self.limit,
        })
    }
}

/// The day on that side of the date of a flag.
pub(crate) fn day(
    flag: &str,
    date: Option<Edtf>,
    end: fn(Edtf) -> Option<jiff::civil::Date>,
) -> Result<Option<jiff::civil::Date>> {
    let Some(date) = date else { return Ok(None) };
    end(date).map(Some).ok_or_else(|| {
        Failure::new(
            "D003",
            format!("{flag} needs a date with an end on that side"),
        )
        .hint("write a year, a month or a day: 2012, 2012-08, 2012-08-10")
    })
}

/// Reads one of a closed list of names, and names them all if it is none.
fn one_of<T: Copy + std::fmt::Display>(
    text: &str,
    found: Option<T>,
    all: &[T],
) -> std::result::Result<T, String> {
    found.ok_or_else(|| {
        let names: Vec<String> = all.iter().map(T::to_string).collect();
        format!("`{text}` is none of {}", names.join(", "))
    })
}

fn kind(text: &str) -> std::result::Result<Kind, String> {
    one_of(text, Kind::from_name(text), Kind::ALL)
}

fn modality(text: &str) -> std::result::Result<Modality, String> {
    one_of(text, Modality::from_name(text), Modality::ALL)
}

fn root(text: &str) -> std::result::Result<String, String> {
    use detente_extract::Root;
    let upper = text.to_uppercase();
    one_of(text, Root::from_name(&upper), Root::ALL).map(|root| root.to_string())
}

pub(crate) fn edtf(text: &str) -> std::result::Result<Edtf, String> {
    text.parse::<Edtf>().map_err(|error| error.to_string())
}
