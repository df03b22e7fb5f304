//! The command line: glue between people and the crates that do the work.
//!
//! Data go to standard output, messages and progress to standard error. Exit codes stand in
//! [`failure`].

#![forbid(unsafe_code)]

mod blocks;
mod coding;
mod commands;
mod console;
mod failure;
mod files;
mod filter;
mod ledger;
mod models;
mod pipeline;
mod progress;
mod table;
mod trees;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::{Done, Failure};

/// What `--version` says besides the number.
const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nrecord schema 3, exchange form 1"
);

/// Told at the end of `--help` and in the manual.
const AFTER_HELP: &str = "\
Exit codes:
  0  all went well
  1  an error of use or of the environment; nothing was lost, the message says how to mend it
  2  the command line was not understood
  3  done, but some inputs were left out (each is named with a code and the reason)

Environment:
  NO_COLOR        no colours, whatever the terminal can do
  DETENTE_RECORD  the record to use when --record is not given

Examples:
  detente run news/ --record jpn-kor.db
  detente timeline --record jpn-kor.db --from 2012-08 --to 2012-09
  detente list --record jpn-kor.db --actor KOR --kind event --csv > events.csv
  detente search --record jpn-kor.db '\"joint declaration\" fisheries'
  detente export --record jpn-kor.db --format parquet --out facts.parquet";

/// Who did what to whom, who said what, and what became of it: the record of a relationship.
///
/// detente reads news, commentary and speeches about two countries and keeps what they report in
/// one file, the record. Every fact in it carries the exact words that it came from.
#[derive(Parser)]
#[command(name = "detente", version, long_version = LONG_VERSION, after_long_help = AFTER_HELP)]
#[command(propagate_version = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Run(commands::run::Run),
    Show(commands::show::Show),
    List(commands::list::List),
    Search(commands::search::Search),
    Timeline(commands::timeline::Timeline),
    Brief(commands::brief::Brief),
    Index(commands::index::Index),
    Forecast(commands::forecast::Forecast),
    Commitments(commands::commitments::Commitments),
    Channels(commands::channels::Channels),
    Issues(commands::issues::Issues),
    Actors(commands::actors::Actors),
    Polls(commands::polls::Polls),
    Claims(commands::claims::Claims),
    Review(commands::review::Review),
    Export(commands::export::Export),
    Serve(commands::serve::Serve),
    Extract(commands::extract::Extract),
    Relate(commands::relate::Relate),
    Explain(commands::explain::Explain),
    Parse(commands::parse::Parse),
    Train(commands::train::Train),
    Eval(commands::eval::Eval),
    Bench(commands::bench::Bench),
    Completions(commands::completions::Completions),
    Man(commands::man::Man),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse_from(commands::eval::with_facts(std::env::args_os()));
    let mut out = console::Output::new();
    let result = match arguments.command {
        Command::Run(command) => command.carry_out(&mut out),
        Command::Show(command) => command.carry_out(&mut out),
        Command::List(command) => command.carry_out(&mut out),
        Command::Search(command) => command.carry_out(&mut out),
        Command::Timeline(command) => command.carry_out(&mut out),
        Command::Brief(command) => command.carry_out(&mut out),
        Command::Index(command) => command.carry_out(&mut out),
        Command::Forecast(command) => command.carry_out(&mut out),
        Command::Commitments(command) => command.carry_out(&mut out),
        Command::Channels(command) => command.carry_out(&mut out),
        Command::Issues(command) => command.carry_out(&mut out),
        Command::Actors(command) => command.carry_out(&mut out),
        Command::Polls(command) => command.carry_out(&mut out),
        Command::Claims(command) => command.carry_out(&mut out),
        Command::Review(command) => command.carry_out(&mut out),
        Command::Export(command) => command.carry_out(&mut out),
        Command::Serve(command) => command.carry_out(&mut out),
        Command::Extract(command) => command.carry_out(&mut out),
        Command::Relate(command) => command.carry_out(&mut out),
        Command::Explain(command) => command.carry_out(&mut out),
        Command::Parse(command) => command.carry_out(&mut out),
        Command::Train(command) => command.carry_out(&mut out),
        Command::Eval(command) => command.carry_out(&mut out),
        Command::Bench(command) => command.carry_out(&mut out),
        Command::Completions(command) => command.carry_out(&mut out),
        Command::Man(command) => command.carry_out(&mut out),
    };
    let result = result.and_then(|done| {
        std::io::Write::flush(&mut out)?;
        Ok(done)
    });
    match result {
        Ok(Done::All) => ExitCode::SUCCESS,
        Ok(Done::Partly) => ExitCode::from(3),
        // The reader of a pipe has seen enough: `detente list | head` is no error.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            console::tell_failure(&failure);
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        super::Arguments::command().debug_assert();
    }
}
