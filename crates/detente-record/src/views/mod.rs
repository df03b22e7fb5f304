//! Questions to the ledgers, answered in plain structures.
//!
//! All take a [`LedgerFilter`]. With `as_of` they give the state at the end of that day: entries
//! that had begun, and of each the changes up to then. Without it, the state after the latest
//! document. No clock is read: `overdue` is measured against `as_of`, else against the day of the
//! latest document.

mod actors;
mod channels;
mod claims;
mod commitments;
mod issues;
mod polls;

use detente_text::date::Edtf;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use crate::{Parties, Record, RecordError};

pub use actors::{ActorEntry, Name, OfficeHeld};
pub use channels::{ChannelChange, ChannelEntry, Held};
pub use claims::{Contradiction, Side};
pub(crate) use commitments::SETTLED;
pub use commitments::{Change, CommitmentEntry, Told};
pub use issues::{IssueEntry, Month, Position};
pub use polls::{PollPoint, PollSeries};

/// Which entries of a ledger are asked for; an empty field asks for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LedgerFilter {
    /// An entry, by its id or the beginning of it.
    pub id: Option<String>,
    /// Kinds of entries: `proposal`, `commitment`, `agreement`, `measure`; of contradictions:
    /// `date`, `figure`, `record_claim`, `not_held`.
    pub kinds: Vec<String>,
    /// One of these statuses, or verdicts.
    pub statuses: Vec<String>,
    /// An actor on either side: an id (`KOR` also finds `KOR GOV`) or words of a name.
    pub actor: Option<String>,
    /// An issue id.
    pub issue: Option<String>,
    /// A channel id.
    pub channel: Option<String>,
    /// Entries that had begun by the end of the time asked for and whose latest change is not
    /// before this day.
    pub from: Option<Date>,
    /// Entries that began on this day or before it.
    pub to: Option<Date>,
    /// The state at the end of this day.
    pub as_of: Option<Date>,
    /// Only entries whose due date has passed without their being kept.
    pub overdue: bool,
    /// At most so many.
    pub limit: Option<u64>,
    /// Of a channel or an issue that is asked for look at so many of its latest dated facts only;
    /// what is counted is counted over these.
    pub latest: Option<u64>,
}

/// A place in a document that shows something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Id of the fact.
    pub fact: String,
    /// Its document.
    pub document: String,
    /// Outlet of the document.
    pub outlet: Option<String>,
    /// Date of the document, EDTF.
    pub document_date: Option<String>,
    /// Date of the fact, EDTF.
    pub date: Option<String>,
    /// The exact words.
    pub quote: String,
    /// Language of the document, ISO 639-1.
    pub language: String,
}

/// Columns of [`Evidence`], of a fact `f` and its document `d`.
pub(crate) const EVIDENCE: &str = "f.id, d.name, d.outlet, d.date, f.date, f.quote, d.language";

/// Reads [`EVIDENCE`] from column `at` on.
pub(crate) fn evidence(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Evidence> {
    Ok(Evidence {
        fact: row.get(at)?,
        document: row.get(at + 1)?,
        outlet: row.get(at + 2)?,
        document_date: row.get(at + 3)?,
        date: row.get(at + 4)?,
        quote: row.get(at + 5)?,
        language: row.get(at + 6)?,
    })
}

pub(crate) fn list(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}

/// Day of the latest document of the record.
pub(crate) fn latest_day(connection: &Connection) -> Result<Option<String>, RecordError> {
    Ok(connection
        .query_row(
            "SELECT date_from FROM document WHERE state <> 'superseded' AND date_from IS NOT NULL
             ORDER BY date_from DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()?)
}

/// First day of an EDTF date, as text.
fn first_day(date: Option<&str>) -> Option<String> {
    let edtf: Edtf = date?.parse().ok()?;
    Some(edtf.earliest().or_else(|| edtf.latest())?.to_string())
}

/// True if one of `actors` is meant: an id or a beginning of it, or the words of a name.
pub(crate) fn names(actors: &[String], asked: &str) -> bool {
    let words: Vec<String> = asked
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    actors.iter().any(|actor| {
        let lower = actor.to_lowercase();
        let own: Vec<&str> = lower.split_whitespace().collect();
        !words.is_empty() && words.iter().all(|word| own.contains(&word.as_str()))
    })
}

impl LedgerFilter {
    /// The day up to which the state is asked for, as text; later than all if none.
    fn until(&self) -> String {
        self.as_of
            .map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string())
    }

    fn limit(&self) -> usize {
        self.limit.map_or(usize::MAX, |limit| {
            usize::try_from(limit).unwrap_or(usize::MAX)
        })
    }
}

impl Record {
    /// The states for which actors stand: what the codebook says (`known`), and what the documents
    /// add to it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn parties(&self, known: Parties) -> Result<Parties, RecordError> {
        known.with_documents(&self.connection)
    }

    /// The two states of the record.
    fn dyad(&self) -> Result<Option<(String, String)>, RecordError> {
        let dyad = self.meta("dyad")?;
        Ok(dyad.and_then(|dyad| {
            let (one, other) = dyad.split_once('-')?;
            Some((one.to_owned(), other.to_owned()))
        }))
    }
}
