//! From folders to rows: walk, skip what is known, code on several threads, write in order.
//!
//! Whatever the number of threads, documents are written in the order of their paths, and what is
//! written for one document does not depend on another. All that looks across documents happens
//! at the end, in [`merge`](crate::merge).

mod document;
mod run;
mod unit;
mod walk;
mod work;
mod write;

pub use run::{Options, Progress, Report, Seen, Stage, run};
pub use unit::{Coded, Coder, Coders, Outcome, Passage, Unit};
pub use walk::{Found, Root, Rules, Walk, walk};
