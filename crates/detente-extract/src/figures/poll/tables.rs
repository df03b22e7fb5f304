//! Results in tables: rows of answers, columns of populations.
//!
//! ```text
//! | Answer    | Japan | South Korea |
//! |-----------|-------|-------------|
//! | Agree     | 52%   | 31%         |
//! ```

use detente_text::Span;

use super::{
    super::{Field, PollDraft, table::Table},
    survey::Survey,
};
use crate::{Value, times::Words};

/// A cell of a table, without the white space round it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    span: Span,
}

/// Rows of tables in a text: lines with two bars or more, or with tabs.
fn cells(line: Span, text: &str) -> Vec<Cell> {
    let inside = line.of(text);
    let bar = if inside.contains('|') { '|' } else { '\t' };
    let mut cells = Vec::new();
    let mut start = line.start;
    for part in inside.split(bar) {
        let end = start + part.len() as u32;
        let span = Span::new(start, end).trimmed(text);
        if !span.is_empty() {
            cells.push(Cell { span });
        }
        start = end + 1;
    }
    cells
}

/// The share that a cell holds and nothing else: `52%`, `52.1`.
fn share(cell: Cell, text: &str, unit_in_head: bool) -> Option<f64> {
    let inside = cell.span.of(text);
    let (digits, percent) = match inside
        .strip_suffix('%')
        .or_else(|| inside.strip_suffix(" percent"))
    {
        Some(digits) => (digits.trim_end(), true),
        None => (inside, false),
    };
    let value: f64 = digits.parse().ok().filter(|v| (0.0..=100.0).contains(v))?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (plain && (percent || unit_in_head)).then_some(value)
}

/// The shares of one table. `rows` are its lines, `sentence` gives the sentence of a place.
pub(super) fn read(
    text: &str,
    rows: &[Span],
    table: &Table,
    survey: Option<&Survey>,
    sentence: impl Fn(Span) -> Option<usize>,
    drafts: &mut Vec<PollDraft>,
) {
    let Some((head, body)) = rows.split_first() else {
        return;
    };
    let head = cells(*head, text);
    let unit_in_head = head.iter().any(|c| {
        let low = c.span.of(text).to_ascii_lowercase();
        low.contains('%') || low.contains("percent")
    });
    for row in body {
        let row = cells(*row, text);
        let Some((label, values)) = row.split_first() else {
            continue;
        };
        for (k, cell) in values.iter().enumerate() {
            let Some(value) = share(*cell, text, unit_in_head) else {
                continue;
            };
            let span = label.span.cover(cell.span);
            let Some(index) = sentence(span) else {
                continue;
            };
            // A column of the head stands over each value if the head names the rows too.
            let over = head.get(k + 1).filter(|_| head.len() == row.len());
            let over = over.or_else(|| head.get(k).filter(|_| head.len() + 1 == row.len()));
            let population = over.and_then(|c| population(c.span, text, table));
            drafts.push(PollDraft {
                sentence: index,
                span,
                value: Value::Number(value),
                unit: Some("percent"),
                population: population.or_else(|| survey.and_then(|s| s.population.clone())),
                question: survey.and_then(|s| s.question.clone()),
                answer: Some(Field {
                    text: label.span.of(text).to_owned(),
                    span: label.span,
                }),
                pollster: survey.and_then(|s| s.pollster.clone()),
                fieldwork: survey.and_then(|s| s.fieldwork),
                published: survey.and_then(|s| s.published),
                n: survey.and_then(|s| s.n),
                survey_mode: survey.and_then(|s| s.mode),
                issue: Vec::new(),
                rule: "poll_table",
                confidence: 0.6,
            });
        }
    }
}

/// `Japan`, `Japanese`, `Men`: whose column it is.
fn population(span: Span, text: &str, table: &Table) -> Option<Field> {
    let words = Words::plain(span.of(text));
    let written = match table.state_at(&words, 0) {
        Some((state, next)) if next >= words.len() => format!("{} respondents", state.adjective),
        _ => span.of(text).to_owned(),
    };
    let first = words.low(0);
    let is_unit =
        written.contains('%') || matches!(first, "percent" | "share" | "change" | "total" | "all");
    (!is_unit && !written.bytes().all(|b| b.is_ascii_digit())).then_some(Field {
        text: written,
        span,
    })
}

/// The tables between `from` and `to`: runs of two rows or more.
pub(super) fn tables(text: &str, whole: Span) -> Vec<Vec<Span>> {
    let mut tables = Vec::new();
    let mut rows: Vec<Span> = Vec::new();
    let mut start = whole.start;
    for line in whole.of(text).split('\n') {
        let span = Span::new(start, start + line.len() as u32);
        start = span.end + 1;
        let bars = line.bytes().filter(|b| *b == b'|').count();
        let is_row = bars >= 2 || bars == 0 && line.bytes().filter(|b| *b == b'\t').count() >= 1;
        let is_rule = line.contains('-')
            && line
                .bytes()
                .all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'+' | b'\r'));
        if is_row && !is_rule {
            rows.push(span);
        } else if !is_rule {
            if rows.len() > 1 {
                tables.push(std::mem::take(&mut rows));
            }
            rows.clear();
        }
    }
    if rows.len() > 1 {
        tables.push(rows);
    }
    tables
}
