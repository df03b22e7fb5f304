//! How far the coder is right.

use std::fmt;

use serde::Deserialize;

/// Measured accuracy of coded events, with its source.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Accuracy {
    /// Share of coded events that are right, above 0 and at most 1.
    pub precision: f64,
    /// Where it was measured.
    pub source: String,
    /// What it leaves out.
    #[serde(default)]
    pub note: String,
}

/// A file of accuracies that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccuracyError(String);

impl fmt::Display for AccuracyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for AccuracyError {}

#[derive(Deserialize)]
struct File {
    event: Accuracy,
}

impl Accuracy {
    /// The file that the program carries (`data/coder.toml`).
    ///
    /// # Panics
    /// If the program was built with a broken file, which its tests forbid.
    pub fn measured() -> Self {
        Self::read(include_str!("../data/coder.toml")).expect("the tests read this file")
    }

    /// Reads a file of that shape.
    ///
    /// # Errors
    /// If it is no such file, or a figure lies outside its range.
    pub fn read(text: &str) -> Result<Self, AccuracyError> {
        let file: File = toml::from_str(text).map_err(|error| AccuracyError(error.to_string()))?;
        if file.event.precision > 0.0 && file.event.precision <= 1.0 {
            return Ok(file.event);
        }
        Err(AccuracyError(format!(
            "precision is {}; it must be above 0 and at most 1",
            file.event.precision
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_names_its_source() {
        let accuracy = Accuracy::measured();
        assert!(accuracy.source.contains("docs/results.md"));
        assert!(Accuracy::read("[event]\nprecision = 1.2\nsource = \"\"").is_err());
    }
}
