//! The record as its users see it: folders in, facts out.

mod bad_input;
mod desk;
mod merging;
mod migration;
mod runs;
