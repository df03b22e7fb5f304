//! How a command ends.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | all went well |
//! | 1 | an error of use or of the environment ([`Failure`]) |
//! | 2 | the command line was not understood (told by the parser of arguments) |
//! | 3 | done, but some inputs were left out ([`Done::Partly`]) |

use std::{io, path::Path};

use detente_exchange::ExchangeError;
use detente_record::RecordError;

/// A command that came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// With everything that was given.
    All,
    /// Without some of it.
    Partly,
}

/// Why a command could not go on.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Stable code.
    pub(crate) code: &'static str,
    /// What and why, with the file and line if there is one.
    pub(crate) message: String,
    /// How to mend it.
    pub(crate) hint: Option<String>,
    broken_pipe: bool,
}

/// What every command returns.
pub(crate) type Result<T = Done> = std::result::Result<T, Failure>;

impl Failure {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
            broken_pipe: false,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// D001: something that was named cannot be read or written.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        let failure = Self::new("D001", format!("`{}`: {error}", path.display()));
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                failure.hint("check the path")
            }
            io::ErrorKind::PermissionDenied => failure.hint("check your rights on it"),
            io::ErrorKind::StorageFull => failure.hint("make room and try again"),
            _ => failure,
        }
    }

    pub(crate) const fn is_broken_pipe(&self) -> bool {
        self.broken_pipe
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let mut failure = Self::new("D002", format!("the output cannot be written: {error}"));
        failure.broken_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        if error.kind() == io::ErrorKind::StorageFull {
            failure = failure.hint("make room and try again");
        }
        failure
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        let failure = Self::new(error.code(), error.to_string());
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl From<ExchangeError> for Failure {
    fn from(error: ExchangeError) -> Self {
        match error {
            ExchangeError::Record(error) => error.into(),
            ExchangeError::Write(error) => error.into(),
            // Errors of standard output come through the writers of JSON and Parquet too.
            ExchangeError::Parquet(ref parquet) if parquet.to_string().contains("Broken pipe") => {
                io::Error::from(io::ErrorKind::BrokenPipe).into()
            }
            other => Self::new(other.code(), other.to_string()),
        }
    }
}
