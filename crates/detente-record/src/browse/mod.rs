//! What pages and programs look at: lists in pages, whole documents, events, sums over time.
//!
//! Everything here is read in a time that does not grow with the record, save [`Record::quality`],
//! [`Record::undertaking_sums`] and [`Record::contradiction_list`], which are meant to be kept until
//! [`Record::revision`] changes.

mod documents;
mod events;
mod hits;
mod ledgers;
mod page;
mod plan;
mod sums;
mod terms;

pub use documents::{DocumentEntry, DocumentPlace, Mark, Stretch, WholeDocument};
pub use events::MergedEvent;
pub use ledgers::{ContradictionShort, StatusSum, Undertaking};
pub use page::{FactPage, Place, Total};
pub use sums::{Outlet, Quality, RunEntry, Term, Tie};
pub use terms::Facet;
pub(crate) use terms::{count, rebuild};
