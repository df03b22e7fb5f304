//! Parts of a longer time: early and late, quarters and halves, seasons, fiscal years.

use detente_text::date::{DateForm, Edtf, End, Point};

use super::{
    Anchor, Finder, Hit, Rests, TimeKind,
    hit::{end_of, start_of},
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
        let short = self.words.is(at, "year")
            && (self.words.hyphen(at + 1) || self.words.is(at + 1, "'s"))
            && self.words.is(at + 2, "end");
        let long = self.words.all(at, &["end", "of", "the", "year"])
            || self.words.all(at, &["end", "of", "this", "year"]);
        if !short && !long {
            return None;
        }
        let next = at + if short { 3 } else { 4 };
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
