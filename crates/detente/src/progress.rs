//! How far a command is, on a terminal.

use std::{
    io::IsTerminal,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error, if that is a terminal and standard output is not the same one.
pub(crate) struct Meter {
    bar: Option<ProgressBar>,
    last: Instant,
}

impl Meter {
    /// `whole` is what there is to do, if that is known.
    pub(crate) fn new(whole: Option<u64>, quiet: bool, to_stdout: bool) -> Self {
        let seen = std::io::stderr().is_terminal();
        let mixed = to_stdout && std::io::stdout().is_terminal();
        let bar = (seen && !mixed && !quiet).then(|| {
            let bar = ProgressBar::with_draw_target(whole, ProgressDrawTarget::stderr_with_hz(5));
            let style = match whole {
                Some(_) => {
                    ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}  {eta} left")
                }
                None => ProgressStyle::with_template("{spinner} {msg}"),
            };
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Self {
            bar,
            last: Instant::now(),
        }
    }

    /// `done` of the whole is done.
    pub(crate) fn tell(&mut self, done: u64, message: impl FnOnce() -> String) {
        let Some(bar) = &self.bar else { return };
        if self.last.elapsed() > Duration::from_millis(100) {
            bar.set_position(done);
            bar.set_message(message());
            self.last = Instant::now();
        }
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
