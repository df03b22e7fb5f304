//! The command line as people use it, in one binary.

mod bad_input;
mod broken;
mod feature;
mod ledger;
mod measure;
mod regression;
mod shop;
mod syntax;
