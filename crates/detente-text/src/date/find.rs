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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        find_explicit(text, DayMonthOrder::Unknown)
            .iter()
            .map(|f| {
                (
                    f.span.of(text).to_owned(),
                    f.near(2015).map_or_else(String::new, |e| e.to_string()),
                )
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        assert_eq!(found(text), expected, "{text}");
    }

    #[test]
    fn english_days_and_months() {
        check(
            "On January 15, 2013, he came.",
            &[("January 15, 2013", "2013-01-15")],
        );
        check(
            "It began on 15 January 2013.",
            &[("15 January 2013", "2013-01-15")],
        );
        check(
            "the 1st of March, 1919",
            &[("1st of March, 1919", "1919-03-01")],
        );
        check("SEOUL, Jan. 15 (Desk) --", &[("Jan. 15", "2015-01-15")]);
        check("since May 2012 it may rain", &[("May 2012", "2012-05")]);
        check(
            "a poll of February-March 2014",
            &[("February-March 2014", "2014-02/2014-03")],
        );
        check(
            "February and March 2014",
            &[("February and March 2014", "2014-02/2014-03")],
        );
        check(
            "talks on May 7-8 in Jeju",
            &[("May 7-8", "2015-05-07/2015-05-08")],
        );
        check(
            "from May 30 to June 2, 2014",
            &[("May 30 to June 2, 2014", "2014-05-30/2014-06-02")],
        );
        check(
            "Dec. 28 to Jan. 3",
            &[("Dec. 28 to Jan. 3", "2015-12-28/2016-01-03")],
        );
        check("7-8 May 2013", &[("7-8 May 2013", "2013-05-07/2013-05-08")]);
        check(
            "from May 2012 to March 2014",
            &[("May 2012 to March 2014", "2012-05/2014-03")],
        );
        check(
            "They march in May. May 15 saw 15.5 percent, 15 percent",
            &[("May", "2015-05"), ("May 15", "2015-05-15")],
        );
        check("February 29", &[("February 29", "")]);
        check("You may 15 times ask; March on.", &[]);
    }

    #[test]
    fn english_parts_of_months_years_and_decades() {
        check("in the 1990s", &[("1990s", "1990/1999")]);
        check(
            "the mid-1990s and late 1990's",
            &[("mid-1990s", "1994/1996"), ("late 1990's", "1995/1999")],
        );
        check("men in their 60s of the '60s", &[("'60s", "1960/1969")]);
        check(
            "early August 2014",
            &[("early August 2014", "2014-08-01/2014-08-10")],
        );
        check(
            "late February 2012",
            &[("late February 2012", "2012-02-21/2012-02-29")],
        );
        check("late 2012", &[("late 2012", "2012-09/2012-12")]);
    }

    #[test]
    fn years() {
        check(
            "in 2015 and 1910-1945",
            &[("2015", "2015"), ("1910-1945", "1910/1945")],
        );
        check("between 1910 and 1945", &[("1910 and 1945", "1910/1945")]);
        check(
            "the 2012-13 season; 2012–2013",
            &[("2012-13", "2012/2013"), ("2012–2013", "2012/2013")],
        );
        check("$2015, 2,015, 2015.5, more than 2000 people, A2015", &[]);
    }

    #[test]
    fn figures() {
        check("05-15-2015", &[("05-15-2015", "2015-05-15")]);
        check("15/05/2015", &[("15/05/2015", "2015-05-15")]);
        check("05-06-2015", &[("05-06-2015", "2015")]);
        assert!(find_explicit("05-06-2015", DayMonthOrder::Unknown)[0].ambiguous);
        let us = find_explicit("05-06-2015", DayMonthOrder::MonthFirst);
        assert_eq!(us[0].edtf.to_string(), "2015-05-06");
        let eu = find_explicit("05/06/15", DayMonthOrder::DayFirst);
        assert_eq!(eu[0].near(2015).unwrap().to_string(), "2015-06-05");
        check(
            "2015/06/22 2015-06-22",
            &[("2015/06/22", "2015-06-22"), ("2015-06-22", "2015-06-22")],
        );
        check(
            "2015-06-22T10:00:00.5+09:00.",
            &[("2015-06-22T10:00:00.5+09:00", "2015-06-22")],
        );
        check("2015-13-40 1.2.3 192.168.10.2015", &[]);
    }

    #[test]
    fn japanese() {
        check("2023年5月7日に", &[("2023年5月7日", "2023-05-07")]);
        check(
            "令和5年5月7日、平成31年、昭和64年",
            &[
                ("令和5年5月7日", "2023-05-07"),
                ("平成31年", "2019-01/2019-04"),
                ("昭和64年", "1989-01"),
            ],
        );
        check("令和元年", &[("令和元年", "2019-05/2019-12")]);
        check("令和5年", &[("令和5年", "2023")]);
        check(
            "二〇二三年五月七日",
            &[("二〇二三年五月七日", "2023-05-07")],
        );
        check(
            "２０２３年十二月三十一日",
            &[("２０２３年十二月三十一日", "2023-12-31")],
        );
        check(
            "5月7～8日、8月下旬",
            &[
                ("5月7～8日", "2015-05-07/2015-05-08"),
                ("8月下旬", "2015-08-21/2015-08-31"),
            ],
        );
        check(
            "2023年度、1990年代、R5.5.7、30年ぶり",
            &[
                ("2023年度", "2023-04/2024-03"),
                ("1990年代", "1990/1999"),
                ("R5.5.7", "2023-05-07"),
            ],
        );
        check(
            "5月7日から9日まで、2012年から2014年",
            &[("5月7日", "2015-05-07"), ("2012年から2014年", "2012/2014")],
        );
    }

    #[test]
    fn korean() {
        check(
            "2023년 5월 7일과 5월 7일",
            &[("2023년 5월 7일", "2023-05-07"), ("5월 7일", "2015-05-07")],
        );
        check(
            "2023.5.7. 발표, 2023. 5. 7. 서울",
            &[("2023.5.7", "2023-05-07"), ("2023. 5. 7.", "2023-05-07")],
        );
        check(
            "'12년 8월, 단기 4288년, 주체112(2023)년",
            &[
                ("'12년 8월", "2012-08"),
                ("단기 4288년", "1955"),
                ("주체112(2023)년", "2023"),
            ],
        );
        check(
            "98년 5월, 30년 만에, 2012~2013년",
            &[("98년 5월", "1998-05"), ("2012~2013년", "2012/2013")],
        );
        check("2015년 초등학교", &[("2015년", "2015")]);
        check("8월 중순, 5개월", &[("8월 중순", "2015-08-11/2015-08-20")]);
    }

    #[test]
    fn hostile_text_is_read_without_a_panic() {
        for text in [
            "99999999999999999999年9月9日",
            "年月日",
            "令和",
            "'",
            "May",
            "2015-",
            "-2015",
            "1/",
            "R5.",
            "99月99日",
            "平成9999年",
            "단기1년",
            "early",
            "mid-",
        ] {
            for date in find_explicit(text, DayMonthOrder::Unknown) {
                assert!(!date.span.of(text).is_empty(), "{text}");
            }
        }
    }
}
