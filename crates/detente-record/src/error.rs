//! What can go wrong with a record, each with a code that never changes its meaning.

use std::path::PathBuf;

use thiserror::Error;

/// An error of the record. [`code`](Self::code) is stable.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RecordError {
    /// No file there.
    #[error("there is no record at `{}`", .0.display())]
    Absent(PathBuf),
    /// The file is something else.
    #[error("`{}` is not a record of detente: {why}", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// Written by a newer program.
    #[error(
        "the record `{}` has schema version {found}; this program knows versions up to {known}",
        .path.display()
    )]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Version in the file.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// No room left on the disk (or in the quota).
    #[error("no room left for the record; everything up to the last commit is kept")]
    Full,
    /// Another program writes to the record.
    #[error("another program is writing to the record")]
    Busy,
    /// Another run has begun on the same record.
    #[error("run {other} has begun on the same record while run {own} was under way")]
    Overtaken {
        /// This run.
        own: i64,
        /// The other one.
        other: i64,
    },
    /// The record cannot be written.
    #[error("the record cannot be written: {0}")]
    ReadOnly(String),
    /// The file is damaged.
    #[error("the record is damaged: {0}")]
    Damaged(String),
    /// A row that does not hold what its column must hold.
    #[error("fact `{id}` in the record cannot be read: {why}")]
    Row {
        /// The fact.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// A filter value that cannot be understood.
    #[error("{0}")]
    Query(String),
    /// Any other error of the database.
    #[error("the database reports: {0}")]
    Database(rusqlite::Error),
    /// Reading or writing a file.
    #[error("`{}`: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl RecordError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent(_) => "R001",
            Self::Foreign { .. } => "R002",
            Self::TooNew { .. } => "R003",
            Self::Full => "R004",
            Self::Busy => "R005",
            Self::Overtaken { .. } => "R006",
            Self::ReadOnly(_) => "R007",
            Self::Damaged(_) => "R008",
            Self::Row { .. } => "R009",
            Self::Query(_) => "R010",
            Self::Database(_) => "R011",
            Self::File { .. } => "R012",
        }
    }

    /// How to mend it, if that can be said.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Absent(_) => Some("make one with `detente run FOLDER --record FILE`"),
            Self::Foreign { .. } => Some("name another file with --record"),
            Self::TooNew { .. } => Some("use the newer program, or export from it"),
            Self::Full => {
                Some("make room and start the same command again: it goes on where it stopped")
            }
            Self::Busy => Some("wait until the other program is done, then start again"),
            Self::Overtaken { .. } => Some("let one run finish, then start again"),
            Self::ReadOnly(_) => Some("check the rights of the file and of its folder"),
            Self::Damaged(_) => {
                Some("restore a copy, or save what can be read with `sqlite3 FILE .recover`")
            }
            Self::Row { .. } | Self::Query(_) | Self::Database(_) | Self::File { .. } => None,
        }
    }
}

impl From<rusqlite::Error> for RecordError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::Full,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => {
                Self::ReadOnly(error.to_string())
            }
            Some(Code::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Database(error),
        }
    }
}
