//! What can go wrong on the way out or in.

use detente_record::RecordError;
use thiserror::Error;

/// An error of an export, an import or a score. [`code`](Self::code) is stable.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The output cannot be written.
    #[error("the output cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// A fact cannot be put into the form.
    #[error("a fact cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The Parquet writer failed.
    #[error("the Parquet file cannot be written: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// A line of a file is not what it should be.
    #[error("{file}:{line}: {why}")]
    Line {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// A document named in a file of gold facts has no text.
    #[error("`{document}`: its text cannot be read: {why}")]
    Text {
        /// The document.
        document: String,
        /// Why.
        why: String,
    },
}

impl ExchangeError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Record(error) => error.code(),
            Self::Write(_) => "E001",
            Self::Json(_) => "E002",
            Self::Parquet(_) => "E003",
            Self::Line { .. } => "E004",
            Self::Text { .. } => "E005",
        }
    }
}
