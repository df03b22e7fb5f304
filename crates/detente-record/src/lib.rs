//! The record of a relationship: one SQLite file of documents, facts, reports and runs.
//!
//! [`run`] brings a record up to date with folders of documents; [`Record`] answers questions.
//! Every fact in the record bears a quote that is exactly the text at its offsets; what fails that
//! is refused. Nothing is overwritten: a newer run closes a row and adds another. The tables and
//! views are described in `docs/schema.md`.
//!
//! ```
//! use detente_record::{Filter, Order, Record};
//! let folder = tempfile::tempdir()?;
//! let record = Record::create(&folder.path().join("jpn-kor.db"), "JPN-KOR")?;
//! assert_eq!(record.meta("dyad")?.as_deref(), Some("JPN-KOR"));
//! assert!(record.facts(&Filter::default(), Order::Date)?.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

pub mod bench;
mod browse;
mod decision;
mod error;
mod intake;
mod ledger;
mod merge;
mod parties;
mod query;
mod record;
mod review;
mod saved;
mod schema;
mod search;
pub mod segment;
mod store;
mod views;
mod wording;

pub use browse::{
    ContradictionShort, DocumentEntry, DocumentPlace, Facet, FactPage, Mark, MergedEvent, Outlet,
    Place, Quality, RunEntry, StatusSum, Stretch, Term, Tie, Total, Undertaking, WholeDocument,
};
pub use decision::{Act, Decision, WaitingLink};
pub use error::RecordError;
pub use intake::{
    Coded, Coder, Coders, Found, Options, Outcome, Passage, Progress, Report, Root, Rules, Seen,
    Stage, Unit, Walk, run, walk,
};
pub use parties::Parties;
pub use query::{Entry, Filter, Found as FoundFact, Order, Report as Mention};
pub use record::{Record, Size};
pub use saved::SavedSearch;
pub use search::Hit;
pub use views::{
    ActorEntry, Change, ChannelChange, ChannelEntry, CommitmentEntry, Contradiction, Evidence,
    Held, IssueEntry, LedgerFilter, Month, Name, OfficeHeld, PollPoint, PollSeries, Position, Side,
    Told,
};
