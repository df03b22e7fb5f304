//! Gold facts and predicted facts from JSON Lines.

use serde_json::{Map, Value};

use crate::ExchangeError;

/// A gold fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Gold {
    /// Document, by file name.
    pub document: String,
    /// Kind.
    pub kind: String,
    /// Every place, `[start, end)` in code points.
    pub places: Vec<(i64, i64)>,
    /// Fields that are scored, by their names in the exchange form.
    pub fields: Map<String, Value>,
}

/// A predicted fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicted {
    /// Document.
    pub document: String,
    /// Kind.
    pub kind: String,
    /// `[start, end)` in code points.
    pub span: (i64, i64),
    /// The quote.
    pub quote: Option<String>,
    /// The whole row.
    pub fields: Map<String, Value>,
}

impl Gold {
    /// The value that a prediction should have, if gold has one. Dates that gold itself inferred
    /// are not asked for.
    pub(super) fn asked(&self, field: &str) -> Option<&Value> {
        let value = self.fields.get(field)?;
        let empty = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        let basis = self.fields.get("date_basis").and_then(Value::as_str);
        let inferred = field == "date" && basis.is_some_and(|basis| basis.starts_with("inferred"));
        (!empty && !inferred).then_some(value)
    }
}

/// Reads gold facts: `seed` or `document`, `role` or `source` and `target`, `plover` or `root`,
/// `occurrences` as starts or as pairs.
///
/// # Errors
/// With file and line if a line is no JSON object or lacks a field.
pub fn gold(file: &str, lines: &str) -> Result<Vec<Gold>, ExchangeError> {
    rows(file, lines, |row| {
        let (start, end) = (integer(row, "start")?, integer(row, "end")?);
        let width = end - start;
        let mut places = Vec::new();
        for place in row
            .get("occurrences")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let at = match place {
                Value::Array(pair) => pair.first().and_then(Value::as_i64),
                other => other.as_i64(),
            };
            let at = at.ok_or("an occurrence is neither a start nor a pair")?;
            let to = match place {
                Value::Array(pair) => pair.get(1).and_then(Value::as_i64),
                _ => None,
            };
            places.push((at, to.unwrap_or(at + width)));
        }
        if places.is_empty() {
            places.push((start, end));
        }
        let mut fields = row.clone();
        if let Some(Value::Object(role)) = row.get("role") {
            for side in ["source", "target"] {
                fields.insert(
                    side.to_owned(),
                    role.get(side).cloned().unwrap_or(Value::Null),
                );
            }
        }
        if let Some(root) = row.get("plover") {
            fields.insert("root".to_owned(), root.clone());
        }
        let document = if row.contains_key("seed") {
            "seed"
        } else {
            "document"
        };
        Ok(Gold {
            document: string(row, document)?,
            kind: kind(row)?,
            places,
            fields,
        })
    })
}

/// Reads facts in the exchange form.
///
/// # Errors
/// With file and line if a line is no JSON object or lacks a field.
pub fn predicted(file: &str, lines: &str) -> Result<Vec<Predicted>, ExchangeError> {
    rows(file, lines, |row| {
        Ok(Predicted {
            document: string(row, "document")?,
            kind: kind(row)?,
            span: (integer(row, "start")?, integer(row, "end")?),
            quote: row.get("quote").and_then(Value::as_str).map(str::to_owned),
            fields: row.clone(),
        })
    })
}

fn rows<T>(
    file: &str,
    lines: &str,
    read: impl Fn(&Map<String, Value>) -> Result<T, String>,
) -> Result<Vec<T>, ExchangeError> {
    let mut rows = Vec::new();
    for (i, line) in lines.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let row = match serde_json::from_str(line) {
            Ok(Value::Object(row)) => read(&row),
            Ok(_) => Err("the line is no JSON object".to_owned()),
            Err(error) => Err(format!("the line is no JSON: {error}")),
        };
        rows.push(row.map_err(|why| ExchangeError::Line {
            file: file.to_owned(),
            line: i + 1,
            why,
        })?);
    }
    Ok(rows)
}

fn string(row: &Map<String, Value>, field: &str) -> Result<String, String> {
    match row.get(field) {
        Some(Value::String(text)) => Ok(text.clone()),
        _ => Err(format!("the field `{field}` is missing or no string")),
    }
}

fn integer(row: &Map<String, Value>, field: &str) -> Result<i64, String> {
    match row.get(field).and_then(Value::as_i64) {
        // Offsets beyond any document would overflow the arithmetic on spans.
        Some(number) if number.abs() <= i64::from(u32::MAX) => Ok(number),
        _ => Err(format!("the field `{field}` is missing or no offset")),
    }
}

fn kind(row: &Map<String, Value>) -> Result<String, String> {
    let kind = string(row, "kind")?;
    Ok(if kind == "economic_fact" {
        "indicator".to_owned()
    } else {
        kind
    })
}
