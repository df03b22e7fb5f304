//! What is wrong with a codebook: file, line, the line itself, what, and how to mend it.

use std::{fmt, ops::Range};

use detente_text::Severity;

/// One finding about one place in a codebook file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `Error`: the codebook is refused. `Warning`: it is used as it is.
    pub severity: Severity,
    /// Path below the codebook's root.
    pub file: String,
    /// Line, from 1; 0 if it is about the file as a whole.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Number of characters the finding is about.
    pub width: usize,
    /// The line's text.
    pub text: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(f, "{severity}: {}", self.message)?;
        if self.line == 0 {
            write!(f, "\n  --> {}", self.file)?;
        } else {
            let gutter = self.line.to_string().len();
            write!(
                f,
                "\n{:gutter$}--> {}:{}:{}\n{:gutter$} |\n{} | {}\n{:gutter$} | {}{}",
                "",
                self.file,
                self.line,
                self.column,
                "",
                self.line,
                self.text,
                "",
                " ".repeat(self.column - 1),
                "^".repeat(self.width.max(1)),
            )?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// Everything that was found in a codebook, in the order of files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}\n")?;
        }
        let errors = self.errors().count();
        write!(f, "{errors} errors, {} warnings", self.0.len() - errors)
    }
}

impl Problems {
    /// Those that make the codebook unusable.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter().filter(|p| p.severity == Severity::Error)
    }

    pub(crate) fn sort(&mut self) {
        self.0
            .sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    }

    pub(crate) fn error(&mut self, at: &Place<'_>, message: String, hint: Option<String>) {
        self.add(Severity::Error, at, message, hint);
    }

    pub(crate) fn warning(&mut self, at: &Place<'_>, message: String, hint: Option<String>) {
        self.add(Severity::Warning, at, message, hint);
    }

    fn add(&mut self, severity: Severity, at: &Place<'_>, message: String, hint: Option<String>) {
        let start = at.range.start.min(at.text.len());
        let before = at.text.get(..start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let line = at.text[line_start..].lines().next().unwrap_or("");
        let inside = at.text.get(at.range.clone()).unwrap_or("");
        self.0.push(Problem {
            severity,
            file: at.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            width: inside.lines().next().unwrap_or("").chars().count(),
            text: line.to_owned(),
            message,
            hint,
        });
    }
}

/// A place in a codebook file.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) range: Range<usize>,
}

/// The name among `known` that `name` was probably meant to be.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|k| (distance(name, k), k))
        .min()
        .filter(|&(d, k)| d <= 1 + k.len() / 4)
        .map(|(_, k)| k)
}

/// Number of characters to insert, delete or change to get from `a` to `b`.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
