//! Tables that fit the terminal.

use std::io::Write;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::{
    console::{self, Output},
    failure::Result,
};

/// Rows of cells; the last column takes what room is left.
pub(crate) struct Table {
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// Columns between two cells.
const GAP: usize = 2;

/// Least width of the last column.
const LEAST: usize = 24;

impl Table {
    pub(crate) fn new(head: &[&'static str]) -> Self {
        Self {
            head: head.to_vec(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, row: Vec<String>) {
        self.rows
            .push(row.iter().map(|cell| one_line(cell)).collect());
    }

    /// Writes the table as wide as the terminal, the head in `style`.
    pub(crate) fn print(&self, style: Style, out: &mut Output) -> Result<()> {
        for (i, line) in self.lines(console::width()).iter().enumerate() {
            if i == 0 {
                writeln!(out, "{}", out.paint(style, line))?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    /// The lines, the head first. Without a width nothing is cut.
    pub(crate) fn lines(&self, width: Option<usize>) -> Vec<String> {
        let last = self.head.len() - 1;
        let mut widths: Vec<usize> = self.head.iter().map(|name| name.width()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        if let Some(width) = width {
            let room = width.saturating_sub(widths[..last].iter().map(|w| w + GAP).sum());
            widths[last] = widths[last].min(room.max(LEAST));
        }
        let head = self.head.iter().map(|name| (*name).to_owned()).collect();
        std::iter::once(&head)
            .chain(&self.rows)
            .map(|row: &Vec<String>| {
                let mut line = String::new();
                for (i, (cell, width)) in row.iter().zip(&widths).enumerate() {
                    if i == last {
                        line.push_str(&cut(cell, *width));
                    } else {
                        line.push_str(cell);
                        let fill = width.saturating_sub(cell.width()) + GAP;
                        line.extend(std::iter::repeat_n(' ', fill));
                    }
                }
                line.trim_end().to_owned()
            })
            .collect()
    }
}

/// White space evened out and control characters taken away, so that no text from a document can
/// move the cursor.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(|c: char| c.is_control(), "")
}

/// `text` in at most `width` columns, `…` at the end if it was cut.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// `text` broken into lines of at most `width` columns, further lines indented.
pub(crate) fn wrap(text: &str, width: Option<usize>, indent: usize) -> String {
    let Some(width) = width.map(|width| width.max(indent + LEAST)) else {
        return text.to_owned();
    };
    let mut out = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        if used > indent && used + 1 + word.width() > width {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            used = indent;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += word.width();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_the_width() {
        let mut table = Table::new(&["date", "quote"]);
        table.push(vec![
            "2012-08-10".to_owned(),
            "a long\n quote that does not fit".to_owned(),
        ]);
        table.push(vec![
            "2012".to_owned(),
            "日本の首相がソウルを訪問した".to_owned(),
        ]);
        let lines = table.lines(Some(36));
        assert_eq!(
            lines,
            [
                "date        quote",
                "2012-08-10  a long quote that does …",
                "2012        日本の首相がソウルを訪…",
            ]
        );
        assert!(table.lines(None)[1].ends_with("does not fit"));
    }

    #[test]
    fn takes_away_what_moves_the_cursor() {
        assert_eq!(one_line("a\u{1b}[2J\tb"), "a[2J b");
    }
}
