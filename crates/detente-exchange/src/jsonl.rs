//! The exchange form: one JSON object a line.

use detente_extract::Fact;
use serde::Serialize;

/// A fact as written: its own fields, and where it stood first if it is a copy.
#[derive(Serialize)]
struct Line<'f> {
    #[serde(flatten)]
    fact: &'f Fact,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<&'f str>,
}

/// The line of a fact, with its line break. `duplicate_of` is the fact that another document
/// printed first.
///
/// # Errors
/// If a number of the fact is not finite.
pub fn line(fact: &Fact, duplicate_of: Option<&str>) -> Result<String, serde_json::Error> {
    let mut line = serde_json::to_string(&Line { fact, duplicate_of })?;
    line.push('\n');
    Ok(line)
}
