//! `detente completions`: scripts that complete the command line.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::{
    Arguments,
    console::Output,
    failure::{Done, Result},
};

/// Print a script that completes detente's command line in your shell
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente completions bash > ~/.local/share/bash-completion/completions/detente
  detente completions zsh > ~/.zfunc/_detente
  detente completions fish > ~/.config/fish/completions/detente.fish")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        clap_complete::generate(self.shell, &mut Arguments::command(), "detente", out);
        Ok(Done::All)
    }
}
