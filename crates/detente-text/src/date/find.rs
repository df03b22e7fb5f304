//! The finder: one pass over the tokens, then ranges joined.

use super::{
    atom::{Atom, Part},
    east_asian,
    edtf::{Edtf, End, Point},
    english, numeric,
    tokens::Tokens,
};
use crate::Span;

/// How `05-06-2015` is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayMonthOrder {
    /// The sixth of May.
    MonthFirst,
    /// The fifth of June.
    DayFirst,
    /// Not known: such a date is read as its year, unless one figure is above 12.
    Unknown,
}

/// How much of the year the words give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearStated {
    /// All of it.
    Full,
    /// Its last two digits; the century is the reader's to find.
    TwoDigits,
    /// Nothing.
    Missing,
}

/// What the words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateForm {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// A decade.
    Decade,
    /// From one to another, or a part of a month, year or decade.
    Range,
}

/// A calendar date in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// Where, in bytes.
    pub span: Span,
    /// The date. Where the year is missing it is 0 and stands for nothing, where two digits are
    /// given it is 0–99: ask [`FoundDate::in_year`] or [`FoundDate::near`].
    pub edtf: Edtf,
    /// The full year is in the words.
    pub complete: bool,
    /// How much of the year is in the words.
    pub year: YearStated,
    /// What is named.
    pub form: DateForm,
    /// Day and month could not be told apart; `edtf` is the year.
    pub ambiguous: bool,
}

impl FoundDate {
    /// The date in `year` (its end may fall in the next: 28 December – 3 January). A complete date
    /// is given back as it is; `None` if that year has no such day.
    pub fn in_year(self, year: i16) -> Option<Edtf> {
        if self.complete {
            return Some(self.edtf);
        }
        let set = |point: Point, year: i16| {
            let part = Part::new(Some(year), point.month, point.day)?;
            Some(part.point())
        };
        match self.edtf {
            Edtf::Point(point) => Some(Edtf::Point(set(point, year)?)),
            Edtf::Interval(End::At(from), End::At(to)) => {
                let turn = (from.month, from.day) > (to.month, to.day);
                let end = year.checked_add(i16::from(turn))?;
                let to = set(to, end).or_else(|| last_of(to, end))?;
                Some(Edtf::between(set(from, year)?, to))
            }
            other => Some(other),
        }
    }

    /// The date with its century, or else its year, taken from that of the document: a year of two
    /// digits lies at most ten years ahead of it.
    pub fn near(self, document_year: i16) -> Option<Edtf> {
        match (self.year, self.edtf.earliest()) {
            (YearStated::TwoDigits, Some(date)) => {
                let mut year = document_year.div_euclid(100) * 100 + date.year();
                if year > document_year + 10 {
                    year -= 100;
                } else if year + 100 <= document_year + 10 {
                    year += 100;
                }
                self.in_year(year)
            }
            _ => self.in_year(document_year),
        }
    }
}

/// 29 February taken for the end of a February without one.
fn last_of(point: Point, year: i16) -> Option<Point> {
    let month = point.month?;
    Some(Point::day(Point::month(year, month).latest()))
}

/// All calendar dates of a text in the order in which they stand, none overlapping.
///
/// Reads English, Japanese and Korean whatever the language of the text. Runs once over the text.
/// A year standing alone is found too ([`DateForm::Year`]); weekdays and everything counted from
/// another day is not.
///
/// ```
/// use detente_text::date::{DayMonthOrder, find_explicit};
/// let text = "Signed on 22 June 1965; 令和5年5月7日; 2023년 5월 7일.";
/// let found: Vec<String> = find_explicit(text, DayMonthOrder::Unknown)
///     .iter()
///     .map(|date| date.edtf.to_string())
///     .collect();
/// assert_eq!(found, ["1965-06-22", "2023-05-07", "2023-05-07"]);
/// ```
pub fn find_explicit(text: &str, order: DayMonthOrder) -> Vec<FoundDate> {
    let tokens = Tokens::new(text);
    let mut atoms: Vec<Atom> = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let found = east_asian::at(&tokens, index)
            .or_else(|| numeric::at(&tokens, index, order))
            .or_else(|| english::at(&tokens, index));
        match found {
            Some(atom) => {
                index = atom.next.max(index + 1);
                match atoms.last().and_then(|last| join(&tokens, last, &atom)) {
                    Some(joined) => *atoms.last_mut().expect("joined with it") = joined,
                    None => atoms.push(atom),
                }
            }
            None => index += 1,
        }
    }
    atoms
        .into_iter()
        .map(|atom| FoundDate {
            span: Span::from(tokens.list[atom.first].start..tokens.list[atom.next - 1].end),
            edtf: atom.edtf(),
            complete: atom.from.stated == YearStated::Full,
            year: atom.from.stated,
            form: atom.form,
            ambiguous: atom.ambiguous,
        })
        .collect()
}

/// Two dates with nothing but a range word or sign between them, as one.
fn join(tokens: &Tokens, a: &Atom, b: &Atom) -> Option<Atom> {
    if a.to.is_some() || b.to.is_some() || a.ambiguous || b.ambiguous || a.form != b.form {
        return None;
    }
    let between = a.next..b.first;
    let connector = a.next;
    let before =
        |words: &[&str]| a.first > 0 && words.iter().any(|w| tokens.is_word(a.first - 1, w));
    let joins = match between.len() {
        1 => {
            tokens.is_sign(connector, "-‐‑–—~〜～∼")
                || ["to", "through", "until", "till"]
                    .iter()
                    .any(|w| tokens.is_word(connector, w))
                || tokens.is_word(connector, "and")
                    && (before(&["between"])
                        || a.form == DateForm::Month
                            && a.from.stated == YearStated::Missing
                            && b.from.stated == YearStated::Full
                            && a.from.month.map(|m| m + 1) == b.from.month)
        }
        2 => {
            tokens.spells(connector, "から")
                || tokens.spells(connector, "부터")
                || tokens.is_word(connector, "up") && tokens.is_word(connector + 1, "to")
        }
        _ => false,
    };
    if !joins {
        return None;
    }
    let (mut from, mut to) = (a.from, b.from);
    match (from.stated, to.stated) {
        (YearStated::Missing, YearStated::Full) => {
            let turn = (from.month, from.day) > (to.month, to.day);
            from = from.in_year(to.year - i16::from(turn))?;
        }
        (YearStated::Full, YearStated::Missing) => {
            let turn = (from.month, from.day) > (to.month, to.day);
            to = to.in_year(from.year + i16::from(turn))?;
        }
        (YearStated::Missing, YearStated::Missing) if from.key() > to.key() => {
            // Over the turn of the year: kept as it is for `in_year`.
            return Some(Atom {
                next: b.next,
                to: Some(to),
                form: DateForm::Range,
                ..*a
            });
        }
        _ => {}
    }
    Atom::range(a.first, b.next, from, to)
}
