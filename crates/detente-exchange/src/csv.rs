//! Comma-separated values after RFC 4180, with line feeds; lists joined with `;`.

use std::{borrow::Cow, io::Write};

use detente_record::Entry;

use crate::{
    ExchangeError,
    column::{COLUMNS, Cell},
};

pub(crate) fn header(out: &mut dyn Write) -> Result<(), ExchangeError> {
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    writeln!(out, "{}", names.join(","))?;
    Ok(())
}

pub(crate) fn row(entry: &Entry, out: &mut dyn Write) -> Result<(), ExchangeError> {
    let mut line = String::new();
    for (i, column) in COLUMNS.iter().enumerate() {
        if i > 0 {
            line.push(',');
        }
        let text = match (column.cell)(entry) {
            Cell::Text(text) => text.unwrap_or_default(),
            Cell::Int(number) => number.map_or_else(String::new, |n| n.to_string()),
            Cell::Real(number) => number.map_or_else(String::new, |n| n.to_string()),
            Cell::List(values) => values.join(";"),
        };
        line.push_str(&field(&text));
    }
    line.push('\n');
    out.write_all(line.as_bytes())?;
    Ok(())
}

/// A value as it stands in a CSV file: in quotation marks if it must be.
pub fn field(text: &str) -> Cow<'_, str> {
    if text.contains(['"', ',', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn quotes_what_must_be_quoted() {
        assert_eq!(field("plain; text"), "plain; text");
        assert_eq!(field("a, \"b\"\n"), "\"a, \"\"b\"\"\n\"");
    }
}
