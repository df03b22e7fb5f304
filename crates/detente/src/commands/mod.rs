//! One file a command: its flags, its help, its examples, and what it does.

pub(crate) mod actors;
pub(crate) mod bench;
pub(crate) mod brief;
pub(crate) mod channels;
pub(crate) mod claims;
pub(crate) mod commitments;
pub(crate) mod completions;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod forecast;
pub(crate) mod index;
pub(crate) mod issues;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod parse;
pub(crate) mod polls;
pub(crate) mod relate;
pub(crate) mod review;
pub(crate) mod run;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod timeline;
pub(crate) mod train;
