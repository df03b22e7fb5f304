//! The document's date, from the dates that header, dateline and tail bear.

use super::{Clue, labels::LABELS};
use crate::{
    Basis, DocumentDate, Span,
    date::{DateForm, DayMonthOrder, Edtf, FoundDate, find_explicit},
    even::even,
};

/// The days and months named in a short line.
pub(super) fn in_line(text: &str, span: Span, order: DayMonthOrder) -> Vec<FoundDate> {
    let line = span.of(text);
    if line.len() > 300 {
        return Vec::new();
    }
    find_explicit(line, order)
        .into_iter()
        .filter(|d| matches!(d.form, DateForm::Day | DateForm::Month) || d.ambiguous)
        .map(|mut d| {
            d.span = Span::new(d.span.start + span.start, d.span.end + span.start);
            d
        })
        .collect()
}

/// How many words of the line are neither date, nor time of day, nor words that stand beside dates.
pub(super) fn rest_of(text: &str, span: Span, found: &[FoundDate]) -> usize {
    let mut rest = String::new();
    let mut at = span.start;
    for date in found {
        rest.push_str(Span::new(at, date.span.start).of(text));
        rest.push(' ');
        at = date.span.end;
    }
    rest.push_str(Span::new(at, span.end).of(text));
    even(&rest)
        .split(' ')
        .filter(|word| !word.is_empty())
        .filter(|word| {
            let letters: String = word.chars().filter(|c| !c.is_ascii_digit()).collect();
            !(letters.is_empty() || LABELS.date_words.contains(&letters) || east_time(&letters))
        })
        .map(|word| {
            if word.chars().all(super::lines::is_east) {
                word.chars().count().div_ceil(2)
            } else {
                1
            }
        })
        .sum()
}

/// "午後時分", "오후시분": what is left of a time of day without its digits.
fn east_time(letters: &str) -> bool {
    letters
        .chars()
        .all(|c| "時分秒月火水木金土日曜午前後시분초오전후월화수목금토일".contains(c))
}

/// Dates of a header that are looked at; a list of thousands is no header.
const MOST_CLUES: usize = 12;

/// A date that could not be told from the clues alone, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Day and month may change places.
    Order(Span),
    /// The year is not given.
    Year(Span),
}

/// The date that the clues give; `fallback` is a year from outside the text.
pub(crate) fn choose(
    text: &str,
    clues: &[Clue],
    fallback: Option<i16>,
) -> (Option<DocumentDate>, Option<Doubt>) {
    // The day of the first version counts, wherever on the page it stands.
    let mut clues = clues[..clues.len().min(MOST_CLUES)].to_vec();
    clues.sort_by_key(|clue| is_revision(text, clue.found.span));
    let clues = clues.as_slice();
    let made = |clue: &Clue, edtf: Edtf, basis: Basis| DocumentDate {
        edtf,
        text: clue.found.span.of(text).to_owned(),
        span: Some(clue.found.span),
        basis,
    };
    let year = clues
        .iter()
        .filter(|c| c.found.complete)
        .find_map(|c| c.found.edtf.earliest())
        .map(|d| d.year());
    let mut doubt = None;
    let mut rough: Option<DocumentDate> = None;
    for clue in clues {
        if clue.found.ambiguous {
            match settle(text, clue, clues) {
                Some(edtf) => return (Some(made(clue, edtf, clue.basis)), None),
                None => {
                    doubt.get_or_insert(Doubt::Order(clue.found.span));
                    rough.get_or_insert_with(|| made(clue, clue.found.edtf, clue.basis));
                }
            }
            continue;
        }
        let edtf = if clue.found.complete {
            Some(clue.found.edtf)
        } else {
            year.and_then(|y| clue.found.near(y))
        };
        match edtf {
            Some(edtf) if edtf.as_day().is_some() => {
                return (Some(made(clue, edtf, clue.basis)), None);
            }
            Some(edtf) => {
                rough.get_or_insert_with(|| made(clue, edtf, clue.basis));
            }
            None => {
                if let Some(edtf) = fallback.and_then(|y| clue.found.near(y)) {
                    rough.get_or_insert_with(|| made(clue, edtf, Basis::Inferred));
                } else {
                    doubt.get_or_insert(Doubt::Year(clue.found.span));
                }
            }
        }
    }
    (rough, doubt)
}

/// True if the words before the date call it that of a later version: "Updated:".
fn is_revision(text: &str, date: Span) -> bool {
    let before = &text[..date.start as usize];
    let line = before
        .rfind(['\n', '\r'])
        .map_or(before, |at| &before[at + 1..]);
    let tail: String = {
        let mut last: Vec<char> = line.chars().rev().take(30).collect();
        last.reverse();
        last.into_iter().flat_map(char::to_lowercase).collect()
    };
    let at = |words: &[String]| words.iter().filter_map(|w| tail.rfind(w.as_str())).max();
    match (at(&LABELS.revision_words), at(&LABELS.publication_words)) {
        (Some(revised), Some(published)) => revised > published,
        (revised, _) => revised.is_some(),
    }
}

/// The day that an ambiguous numeric date means, if other dates of the document tell the order.
fn settle(text: &str, clue: &Clue, clues: &[Clue]) -> Option<Edtf> {
    let words = clue.found.span.of(text);
    let read = |order| find_explicit(words, order).first().map(|d| d.edtf);
    let (month_first, day_first) = (
        read(DayMonthOrder::MonthFirst)?,
        read(DayMonthOrder::DayFirst)?,
    );
    // Another clue that names the same day in words.
    for other in clues.iter().filter(|c| !c.found.ambiguous) {
        for reading in [month_first, day_first] {
            let day = reading.as_day()?;
            if other.found.near(day.year()) == Some(reading) {
                return Some(reading);
            }
        }
    }
    if let Some(reading) = closest(text, [month_first, day_first]) {
        return Some(reading);
    }
    // Another numeric date whose day is over twelve.
    let order = find_explicit(text, DayMonthOrder::Unknown)
        .into_iter()
        .find_map(|date| {
            let mut numbers = date
                .span
                .of(text)
                .split(['/', '-', '.'])
                .map(|n| n.trim().parse::<u16>());
            let (a, b) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
            match (a, b) {
                (13..=31, 1..=12) => Some(DayMonthOrder::DayFirst),
                (1..=12, 13..=31) => Some(DayMonthOrder::MonthFirst),
                _ => None,
            }
        })?;
    read(order)
}

/// Days that a document's other dates may lie from its own.
const CLOSE: i32 = 10;

/// The reading that alone lies close to other days named in the text.
fn closest(text: &str, readings: [Edtf; 2]) -> Option<Edtf> {
    let [a, b] = [readings[0].as_day()?, readings[1].as_day()?];
    let (mut near_a, mut near_b) = (0, 0);
    for date in find_explicit(text, DayMonthOrder::Unknown) {
        if date.ambiguous || date.form != DateForm::Day {
            continue;
        }
        let close = |day: jiff::civil::Date| {
            date.near(day.year())
                .and_then(Edtf::as_day)
                .is_some_and(|d| (d - day).get_days().abs() <= CLOSE)
        };
        near_a += usize::from(close(a));
        near_b += usize::from(close(b));
    }
    match (near_a, near_b) {
        (1.., 0) => Some(readings[0]),
        (0, 1..) => Some(readings[1]),
        _ => None,
    }
}
