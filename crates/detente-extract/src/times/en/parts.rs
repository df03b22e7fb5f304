//! Parts of a longer time: early and late, quarters and halves, seasons, fiscal years.

use detente_text::date::{DateForm, Edtf, End, Point};

use super::{
    Anchor, Finder, Hit, Rests, TimeKind,
    core::Which,
    hit::{end_of, start_of},
};
use crate::times::{
    table::{NamedBy, Table},
    words::Words,
};

/// A part of a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Early,
    Middle,
    Late,
    Start,
    End,
    FirstHalf,
    SecondHalf,
}

impl Finder<'_> {
    /// `early this year`, `the end of May`, `the first half of 2015`, `Q2`, `the year's end`
    pub(super) fn part(&self, i: usize) -> Option<Hit> {
        self.year_end(i)
            .or_else(|| self.quarter(i))
            .or_else(|| self.part_of(i))
    }

    /// `year-end`, `the year's end`, `the end of the year`
    fn year_end(&self, i: usize) -> Option<Hit> {
        let at = i + usize::from(self.words.any(i, &["the", "this"]));
        let next = if self.words.is(at, "year")
            && self.words.hyphen(at + 1)
            && self.words.is(at + 2, "end")
        {
            at + 3
        } else if self.words.all(at, &["year", "'s", "end"]) {
            at + 3
        } else if self.words.all(at, &["end", "of", "the", "year"])
            || self.words.all(at, &["end", "of", "this", "year"])
        {
            at + 4
        } else {
            return None;
        };
        let year = self.document.map(|d| Edtf::month(d.year, 12));
        Some(Hit::point(i, next, year, Rests::Document))
    }

    /// From the document's date to the end of its year.
    pub(super) fn rest_of_year(&self, first: usize, next: usize, kind: TimeKind) -> Hit {
        let date = self
            .document
            .map(|d| Edtf::between(d.point(), Point::year(d.year)));
        let date = date.map(|e| match (e, self.document.and_then(|d| d.day)) {
            (Edtf::Interval(from, _), Some(day)) => {
                Edtf::Interval(from, End::At(Point::day(Point::year(day.year()).latest())))
            }
            (other, _) => other,
        });
        Hit::new(first, next, date, kind, Rests::Document)
    }

    fn part_of(&self, i: usize) -> Option<Hit> {
        let at = i + usize::from(self.words.is(i, "the"));
        let (part, mut next) = match self.words.low(at) {
            "early" => (Part::Early, at + 1),
            "mid" => (Part::Middle, at + 1),
            "late" => (Part::Late, at + 1),
            "earlier" | "later" if self.words.all(at + 1, &["in", "the"]) => {
                let (unit, false) = self.unit_named(at + 3)? else {
                    return None;
                };
                let date = self.document.and_then(|d| d.unit(unit, 0));
                return Some(Hit::point(i, at + 4, date, Rests::Document));
            }
            "earlier" | "later" => {
                let hit = self.which_unit(at + 1)?;
                return Some(Hit { first: i, ..hit });
            }
            "beginning" | "start" | "outset" => (Part::Start, at + 1),
            "end" | "close" => (Part::End, at + 1),
            "middle" => (Part::Middle, at + 1),
            "first" if self.words.is(at + 1, "half") => (Part::FirstHalf, at + 2),
            "second" | "latter" if self.words.is(at + 1, "half") => (Part::SecondHalf, at + 2),
            _ => return None,
        };
        // "Late in 2014", but not "will end in 2014".
        let thirds = matches!(part, Part::Early | Part::Middle | Part::Late);
        let of = self.words.is(next, "of") || thirds && self.words.is(next, "in");
        if !of && matches!(part, Part::Start | Part::End) {
            return None;
        }
        next += usize::from(of);
        next += usize::from(self.words.hyphen(next));
        // "the first half of the year", "the end of the month": those of the document.
        if self.words.is(next, "the")
            && let Some((unit, false)) = self.unit_named(next + 1)
        {
            let whole = self.document.and_then(|d| d.unit(unit, 0));
            let hit = Hit::point(i, next + 2, whole, Rests::Document);
            return Some(hit.map(|date| take(date, part)));
        }
        if matches!(part, Part::FirstHalf | Part::SecondHalf)
            && !of
            && self.words.date(next).is_none()
        {
            // "in the second half": of the document's year.
            let which = self.which(next);
            if which.is_none() {
                let year = self.document.map(|d| Edtf::year(d.year));
                let hit = Hit::point(i, next, year, Rests::Document);
                return self
                    .words
                    .is(i, "the")
                    .then(|| hit.map(|date| take(date, part)));
            }
        }
        let inner = self.core(next)?;
        if !matches!(inner.kind, TimeKind::Point | TimeKind::Period) {
            return None;
        }
        let hit = inner.map(|date| take(date, part));
        Some(Hit {
            first: i,
            kind: TimeKind::Point,
            ..hit
        })
    }

    /// `Q1 2015`, `the second quarter of last year`, `the first three months of 2015`
    fn quarter(&self, i: usize) -> Option<Hit> {
        let at = i + usize::from(self.words.is(i, "the"));
        let named = match self.words.low(at) {
            "q1" => Some(1),
            "q2" => Some(2),
            "q3" => Some(3),
            "q4" => Some(4),
            _ => None,
        };
        let (first_month, months, mut next) = if let Some(q) = named {
            ((q - 1) * 3 + 1, 3, at + 1)
        } else if self.words.is(at, "first")
            && let Some((count, unit_at)) =
                self.words.count(at + 1).filter(|c| (1..=11).contains(&c.0))
            && self.words.any(unit_at, &["months", "month"])
            && self.words.is(unit_at + 1, "of")
        {
            (1, count as i8, unit_at + 1)
        } else {
            let (q, mut next) = match self.words.ordinal(at) {
                Some((n, next)) => (n, next),
                None => return None,
            };
            next += usize::from(self.words.hyphen(next));
            if !(1..=4).contains(&q) || !self.words.is(next, "quarter") {
                return None;
            }
            ((q as i8 - 1) * 3 + 1, 3, next + 1)
        };
        let before_year = next;
        next += usize::from(self.words.any(next, &["of", "in"]));
        let cut = |date: Edtf| {
            let start = start_of(date)?;
            let year = match date {
                Edtf::Point(p) if p.month.is_none() => p.year,
                // A fiscal year: quarters count from its first month.
                Edtf::Interval(..) if start.month.is_some() => {
                    let from = Anchor::of(Edtf::Point(start))?;
                    let first = i32::from(first_month) - 1;
                    return Some(Edtf::between(
                        from.add_months(first)?,
                        from.add_months(first + i32::from(months) - 1)?,
                    ));
                }
                _ => return None,
            };
            Some(Edtf::between(
                Point::month(year, first_month),
                Point::month(year, first_month + months - 1),
            ))
        };
        let whole = self
            .the_year(next)
            .or_else(|| {
                self.words
                    .date(next)
                    .filter(|d| d.form == DateForm::Year)
                    .and_then(|_| self.core(next))
            })
            .or_else(|| self.fiscal(next))
            .or_else(|| self.which_unit(next));
        if let Some(whole) = whole {
            let hit = whole.map(cut);
            if hit.past.is_some() || whole.past.is_none() {
                return Some(Hit {
                    first: i,
                    kind: TimeKind::Point,
                    ..hit
                });
            }
        }
        // Without a year: this year's, or by tense the last or the next.
        Some(self.by_tense(i, before_year, |y| cut(Edtf::year(y)), Rests::Document))
    }

    /// `the year`
    fn the_year(&self, i: usize) -> Option<Hit> {
        self.words.all(i, &["the", "year"]).then(|| {
            Hit::point(
                i,
                i + 2,
                self.document.map(|d| Edtf::year(d.year)),
                Rests::Document,
            )
        })
    }

    /// `last autumn`, `the spring of 2014`, `this winter`, `in summer`
    pub(super) fn season(&self, i: usize) -> Option<Hit> {
        let (which, at) = match self.which(i) {
            Some((which, at, _)) => (Some(which), at),
            None => (None, i + usize::from(self.words.is(i, "the"))),
        };
        let at =
            at + usize::from(self.words.any(at, &["early", "late"]) || self.words.is(at, "mid"));
        let at = at + usize::from(self.words.hyphen(at));
        let first = match self.words.low(at) {
            "spring" => 3,
            "summer" => 6,
            "autumn" => 9,
            "fall" => 9,
            "winter" => 12,
            _ => return None,
        };
        let next = at + 1;
        let is_fall = self.words.is(at, "fall");
        let in_year = move |year: i16| {
            let end = if first == 12 {
                Point::month(year + 1, 2)
            } else {
                Point::month(year, first + 2)
            };
            Some(Edtf::between(Point::month(year, first), end))
        };
        let of = usize::from(self.words.any(next, &["of", "in"]) || self.words.is_sign(next, ","));
        if let Some(date) = self.words.date(next + of).filter(|d| d.complete)
            && let Some(start) = start_of(date.edtf).filter(|p| p.month.is_none())
        {
            return Some(Hit::point(
                i,
                next + of + 1,
                in_year(start.year),
                Rests::Calendar,
            ));
        }
        let Some(which) = which else {
            let preposition = i > 0
                && self.words.any(
                    i - 1,
                    &[
                        "in", "since", "until", "by", "during", "from", "next", "last",
                    ],
                );
            let noun_follows = !self.words.low(next).is_empty()
                && !self.words.any(
                    next,
                    &[
                        "and", "to", "when", "with", "as", "that", "but", "for", "at", "in",
                    ],
                );
            let of_last = next + of;
            if of == 1
                && let Some(year) = self.which_unit(of_last)
            {
                let hit = year.map(|date| in_year(start_of(date)?.year));
                return Some(Hit { first: i, ..hit });
            }
            let fall_is_drop = is_fall && (of == 1 || self.words.is(i, "fall"));
            return (preposition && !noun_follows && !fall_is_drop)
                .then(|| self.by_tense(i, next, in_year, Rests::Document));
        };
        // "last summer's agreement" keeps its date; "this fall in exports" is no season.
        if is_fall && self.words.any(next, &["in", "of"]) {
            return None;
        }
        let Some(d) = self.document else {
            return Some(Hit::point(i, next, None, Rests::Document));
        };
        let here = d.point();
        let years = [d.year.checked_sub(1)?, d.year, d.year.checked_add(1)?];
        let mut all = years.into_iter().filter_map(in_year);
        let found = match which {
            Which::Last | Which::Past | Which::Previous => all
                .filter(|s| s.latest().is_some_and(|l| l < here.earliest()))
                .last(),
            Which::Next | Which::Coming | Which::Following => {
                all.find(|s| s.earliest().is_some_and(|e| e > here.latest()))
            }
            Which::This if first == 12 && d.month.is_some_and(|m| m <= 2) => {
                in_year(d.year.checked_sub(1)?)
            }
            Which::This => in_year(d.year),
            Which::Same => self.event.and_then(|e| in_year(e.year)),
        };
        Some(Hit::point(i, next, found, Rests::Document))
    }

    /// `fiscal 2015`, `the 2015 fiscal year`, `FY2015`, `this fiscal year`
    pub(super) fn fiscal(&self, i: usize) -> Option<Hit> {
        let low = self.words.low(i);
        if let Some(year) = low.strip_prefix("fy").filter(|y| !y.is_empty()) {
            let year: i16 = year.parse().ok()?;
            let year = if year < 100 { year + 2000 } else { year };
            return (1900..2200)
                .contains(&year)
                .then(|| Hit::point(i, i + 1, self.fiscal_year(year), Rests::Calendar));
        }
        if matches!(low, "fiscal" | "fy" | "financial") {
            let at = i + 1 + usize::from(self.words.is(i + 1, "year"));
            if let Some(year) = self.full_year(at) {
                return Some(Hit::point(
                    i,
                    at + 1,
                    self.fiscal_year(year),
                    Rests::Calendar,
                ));
            }
            return None;
        }
        let article = i + usize::from(self.words.is(i, "the"));
        if let Some(year) = self.full_year(article)
            && self.words.any(article + 1, &["fiscal", "financial"])
            && self.words.is(article + 2, "year")
        {
            return Some(Hit::point(
                i,
                article + 3,
                self.fiscal_year(year),
                Rests::Calendar,
            ));
        }
        let (which, at, _) = self.which(i)?;
        if !self.words.any(at, &["fiscal", "financial"]) || !self.words.is(at + 1, "year") {
            return None;
        }
        let add = match which {
            Which::Last | Which::Past | Which::Previous => -1,
            Which::This | Which::Same => 0,
            Which::Next | Which::Coming | Which::Following => 1,
        };
        let date = self.document.and_then(|d| {
            let start = self.fiscal;
            let running = match (d.month, start) {
                (Some(month), (first, NamedBy::Start)) if month < first => d.year - 1,
                (Some(month), (first, NamedBy::End)) if month >= first && first > 1 => d.year + 1,
                _ => d.year,
            };
            self.fiscal_year(running + add)
        });
        Some(Hit::point(i, at + 2, date, Rests::Document))
    }

    fn full_year(&self, i: usize) -> Option<i16> {
        let date = self
            .words
            .date(i)
            .filter(|d| d.form == DateForm::Year && d.complete)?;
        Some(start_of(date.edtf)?.year)
    }

    fn fiscal_year(&self, name: i16) -> Option<Edtf> {
        let (first, named_by) = self.fiscal;
        if first == 1 {
            return Some(Edtf::year(name));
        }
        let start = if named_by == NamedBy::Start {
            name
        } else {
            name - 1
        };
        Some(Edtf::between(
            Point::month(start, first),
            Point::month(start + 1, first - 1),
        ))
    }
}

/// The fiscal year of the country that the sentence names; the calendar year if it names none of
/// the table.
pub(super) fn fiscal_start(words: &Words, table: &Table) -> (i8, NamedBy) {
    (0..words.len())
        .find_map(|i| {
            let low = words.low(i);
            table.fiscal.iter().find(|f| {
                // "us" is a pronoun unless written in capitals.
                f.words
                    .iter()
                    .any(|w| w == low && (low != "us" || words.raw(i) == "US"))
            })
        })
        .map_or((1, NamedBy::Start), |f| (f.first_month, f.named_by))
}

/// A part of a year, month, decade or century; a week stays whole.
fn take(date: Edtf, part: Part) -> Option<Edtf> {
    let (start, end) = (start_of(date)?, end_of(date)?);
    match date {
        Edtf::Point(Point {
            month: None, year, ..
        }) => {
            let months = |a, b| Some(Edtf::between(Point::month(year, a), Point::month(year, b)));
            match part {
                Part::Early => months(1, 4),
                Part::Middle => months(5, 8),
                Part::Late => months(9, 12),
                Part::FirstHalf => months(1, 6),
                Part::SecondHalf => months(7, 12),
                Part::Start => Some(Edtf::month(year, 1)),
                Part::End => Some(Edtf::month(year, 12)),
            }
        }
        Edtf::Point(point @ Point { day: None, .. }) => {
            let last = point.latest().day();
            let day = |day| Point {
                day: Some(day),
                ..point
            };
            let (a, b) = match part {
                Part::Early | Part::Start => (1, 10),
                Part::Middle => (11, 20),
                Part::Late | Part::End => (21, last),
                Part::FirstHalf => (1, 15),
                Part::SecondHalf => (16, last),
            };
            Some(Edtf::between(day(a), day(b)))
        }
        Edtf::Point(_) => Some(date),
        Edtf::Interval(..) if start.month.is_some() || end.month.is_some() => match part {
            Part::Start if start.day.is_none() => Some(Edtf::Point(start)),
            Part::End if end.day.is_none() => Some(Edtf::Point(end)),
            _ => Some(date),
        },
        Edtf::Interval(..) => {
            let years = end.year - start.year + 1;
            let year = |add: i16| Point::year(start.year + add);
            let cut = |a: i16, b: i16| Some(Edtf::between(year(a), year(b)));
            match (part, years) {
                (Part::Start, 10 | 100) | (Part::End, 10 | 100) if years == 100 => {
                    if part == Part::Start {
                        cut(0, 9)
                    } else {
                        cut(90, 99)
                    }
                }
                (Part::Early | Part::FirstHalf | Part::Start, 10) => cut(0, 4),
                (Part::Middle, 10) => cut(4, 6),
                (Part::Late | Part::SecondHalf | Part::End, 10) => cut(5, 9),
                (Part::Early, 100) => cut(0, 32),
                (Part::Middle, 100) => cut(33, 65),
                (Part::Late, 100) => cut(66, 99),
                (Part::FirstHalf, 100) => cut(0, 49),
                (Part::SecondHalf, 100) => cut(50, 99),
                (Part::Start | Part::Early, _) => Some(Edtf::Point(start)),
                (Part::End | Part::Late, _) => Some(Edtf::Point(end)),
                _ => Some(date),
            }
        }
    }
}
