//! The record out and in: JSON Lines, CSV, Parquet; and the scorer that compares facts with gold.
//!
//! All forms hold the same facts in the same order (document, start, end, kind) and no time of
//! writing, so equal records give equal bytes.
//!
//! ```
//! use detente_exchange::{Form, export};
//! use detente_record::{Filter, Record};
//! let folder = tempfile::tempdir()?;
//! let record = Record::create(&folder.path().join("jpn-kor.db"), "JPN-KOR")?;
//! let mut out = Vec::new();
//! let facts = export(&record, &Filter::default(), Form::Csv, &mut out)?;
//! assert_eq!(facts, 0);
//! assert!(out.starts_with(b"id,document,kind,quote,start,end,"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod column;
mod csv;
mod error;
mod jsonl;
mod parquet;
pub mod score;

use std::io::Write;

use detente_record::{Entry, Filter, Order, Record};

pub use csv::field as csv_field;
pub use error::ExchangeError;
pub use jsonl::line as json_line;

/// A form to write facts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line: the exchange form.
    Jsonl,
    /// One row a fact, lists joined with `;`.
    Csv,
    /// Typed columns, lists as lists.
    Parquet,
}

/// Writes the facts that are asked for and returns how many they are.
///
/// # Errors
/// If the record cannot be read or `out` cannot be written.
pub fn export(
    record: &Record,
    filter: &Filter,
    form: Form,
    out: &mut (dyn Write + Send),
) -> Result<u64, ExchangeError> {
    write(form, out, |take| {
        record.for_each(filter, Order::Document, take)
    })
}

/// Writes the facts that `source` hands over, in its order, and returns how many they are.
///
/// # Errors
/// If `source` fails or `out` cannot be written.
pub fn write(
    form: Form,
    out: &mut (dyn Write + Send),
    source: impl FnOnce(&mut dyn FnMut(Entry) -> Result<(), ExchangeError>) -> Result<(), ExchangeError>,
) -> Result<u64, ExchangeError> {
    let mut count = 0;
    match form {
        Form::Jsonl => source(&mut |entry| {
            count += 1;
            let line = jsonl::line(&entry.fact, entry.duplicate_of.as_deref())?;
            out.write_all(line.as_bytes())?;
            Ok(())
        })?,
        Form::Csv => {
            csv::header(out)?;
            source(&mut |entry| {
                count += 1;
                csv::row(&entry, out)
            })?;
        }
        Form::Parquet => {
            let mut writer = parquet::Writer::new(out)?;
            source(&mut |entry| {
                count += 1;
                writer.push(&entry)
            })?;
            writer.finish()?;
        }
    }
    out.flush()?;
    Ok(count)
}
