//! Standard output and standard error.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use detente_text::{Diagnostic, Severity};

use crate::failure::Failure;

/// Standard output, buffered. Colours are told apart here, so that they are never written where
/// they are not wanted.
pub(crate) struct Output {
    stream: BufWriter<io::Stdout>,
    colour: bool,
}

impl Output {
    pub(crate) fn new() -> Self {
        let stdout = io::stdout();
        let colour = AutoStream::choice(&stdout) != ColorChoice::Never;
        Self {
            stream: BufWriter::with_capacity(1 << 16, stdout),
            colour,
        }
    }

    /// `text` in `style`, or as it is.
    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        if self.colour {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// `text` as the words that matter: in colour, or between ⟦ and ⟧.
    pub(crate) fn mark(&self, text: &str) -> String {
        if self.colour {
            format!("{MARK}{text}{MARK:#}")
        } else {
            format!("⟦{text}⟧")
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Names of fields, ids.
pub(crate) const QUIET: Style = Style::new().dimmed();
/// Headings.
pub(crate) const STRONG: Style = Style::new().bold();
/// Quotes.
const MARK: Style = AnsiColor::Yellow.on_default().bold();

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default();

/// Width of the terminal in columns; `None` if standard output is none.
pub(crate) fn width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// `error[R001]: …` and `hint: …`.
pub(crate) fn tell_failure(failure: &Failure) {
    let mut err = anstream::stderr().lock();
    // Where messages cannot be written there is nobody to tell.
    let _ = writeln!(
        err,
        "{ERROR}error[{}]{ERROR:#}: {}",
        failure.code, failure.message
    );
    if let Some(hint) = &failure.hint {
        let _ = writeln!(err, "{HINT}hint{HINT:#}: {hint}");
    }
}

/// `a.txt:3: warning[T017]: …` and `hint: …`, as text with colours.
pub(crate) fn diagnostic(path: &str, line: Option<u64>, diagnostic: &Diagnostic) -> String {
    let (style, word) = match diagnostic.severity {
        Severity::Error => (ERROR, "error"),
        Severity::Warning => (WARNING, "warning"),
        Severity::Note => (NOTE, "note"),
    };
    let line = line.map_or_else(String::new, |line| format!(":{line}"));
    let mut text = format!(
        "{path}{line}: {style}{word}[{}]{style:#}: {}",
        diagnostic.code, diagnostic.message
    );
    if let Some(hint) = &diagnostic.hint {
        text.push_str(&format!("\n  {HINT}hint{HINT:#}: {hint}"));
    }
    text
}

/// A line to standard error, colours as the terminal can show them.
pub(crate) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// A number with commas: 12,345.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 document`, `2 documents`.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A number of bytes: 1.2 MB.
pub(crate) fn bytes(number: u64) -> String {
    let mut value = number as f64;
    for unit in ["B", "kB", "MB", "GB"] {
        if value < 1000.0 {
            return if unit == "B" {
                format!("{number} B")
            } else {
                format!("{value:.1} {unit}")
            };
        }
        value /= 1000.0;
    }
    format!("{value:.1} TB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_for_people() {
        assert_eq!(count(0), "0");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(counted(1, "fact", "facts"), "1 fact");
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_250_000), "1.2 MB");
    }
}
