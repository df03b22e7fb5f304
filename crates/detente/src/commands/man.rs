//! `detente man`: the manual.

use clap::{Args, CommandFactory};
use std::io::Write;

use crate::{
    Arguments,
    console::Output,
    failure::{Done, Result},
};

/// Print the manual page, or that of one command
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente man | man -l -
  detente man run > detente-run.1")]
pub(crate) struct Man {
    /// The command
    command: Option<String>,
}

impl Man {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let mut all = Arguments::command();
        all.build();
        let page = match &self.command {
            None => all,
            Some(name) => match all.find_subcommand(name) {
                Some(command) => command.clone().display_name(format!("detente-{name}")),
                None => {
                    let failure =
                        crate::Failure::new("D005", format!("there is no command `{name}`"));
                    return Err(failure.hint("`detente --help` lists the commands"));
                }
            },
        };
        let mut text = Vec::new();
        clap_mangen::Man::new(page).render(&mut text)?;
        out.write_all(&text)?;
        Ok(Done::All)
    }
}
