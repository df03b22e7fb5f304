//! A week or a day within a longer time: "the first week of May", "the week of July 16", "the last
//! Friday of next month", "over the weekend", "the rest of the year", "Friday the 15th".

use detente_text::date::{Edtf, Point};
use jiff::{ToSpan, civil::Date};

use super::{Anchor, Finder, Hit, Rests, TimeKind, Unit, hit::start_of};

impl Finder<'_> {
    /// See the head of the file.
    pub(super) fn within_longer(&self, i: usize) -> Option<Hit> {
        let at = i + usize::from(self.words.is(i, "the"));
        match self.words.low(at) {
            "week" => self.week_of(i, at),
            "weekend" => self.weekend(i, at),
            "rest" | "remainder" => self.rest_of(i, at),
            _ => self.nth(i, at),
        }
    }

    /// `the week of July 16`, `the week beginning July 16`
    fn week_of(&self, i: usize, at: usize) -> Option<Hit> {
        let mut next = at + 1;
        if !self
            .words
            .any(next, &["of", "beginning", "starting", "ending"])
        {
            return None;
        }
        next += 1;
        next += usize::from(self.words.is(next, "on"));
        let hit = self.core(next)?;
        hit.past?.as_day()?;
        let week = |date: Edtf| Anchor::of(date)?.week(0);
        Some(Hit {
            first: i,
            ..hit.map(week)
        })
    }

    /// `over the weekend`: the last one begun, or the next one not over.
    fn weekend(&self, i: usize, at: usize) -> Option<Hit> {
        if at == i
            || i == 0
            || !self
                .words
                .any(i - 1, &["over", "at", "during", "on", "through"])
        {
            return None;
        }
        let from = |saturday: Option<Edtf>| {
            let day = saturday?.as_day()?;
            let sunday = day.checked_add(1.day()).ok()?;
            Some(Edtf::between(Point::day(day), Point::day(sunday)))
        };
        let past = from(self.document.and_then(|d| d.weekday_before(5, false)));
        let future = from(self.document.and_then(|d| d.weekday_after(5, false)));
        Some(Hit {
            future,
            ..Hit::point(i, at + 1, past, Rests::Document)
        })
    }

    /// `the rest of the year`
    fn rest_of(&self, i: usize, at: usize) -> Option<Hit> {
        if !self.words.is(at + 1, "of") || !self.words.any(at + 2, &["the", "this"]) {
            return None;
        }
        let (unit, false) = self.unit_named(at + 3)? else {
            return None;
        };
        if unit == Unit::Year {
            return Some(self.rest_of_year(i, at + 4, TimeKind::Range));
        }
        let rest = self.document.and_then(|d| {
            let end = d.unit(unit, 0)?.latest()?;
            Some(Edtf::between(Point::day(d.day?), Point::day(end)))
        });
        Some(Hit::new(i, at + 4, rest, TimeKind::Range, Rests::Document))
    }

    /// `the first week of May`, `the last day of 2014`, `the second Friday of next month`
    fn nth(&self, i: usize, at: usize) -> Option<Hit> {
        let (n, next) = match self.words.low(at) {
            "last" | "final" => (None, at + 1),
            _ => {
                let (n, next) = self.words.ordinal(at)?;
                (Some(n).filter(|n| (1..=53).contains(n)), next)
            }
        };
        if n.is_none() && !self.words.any(at, &["last", "final"]) {
            return None;
        }
        let weekday = self.weekday_at(next).map(|w| w.0);
        let unit = self.unit_named(next).filter(|u| !u.1).map(|u| u.0);
        if weekday.is_none() && !matches!(unit, Some(Unit::Day | Unit::Week | Unit::Month)) {
            return None;
        }
        if !self.words.any(next + 1, &["of", "in"]) {
            return None;
        }
        let whole =
            if self.words.is(next + 2, "the") && self.unit_named(next + 3).is_some_and(|u| !u.1) {
                let (unit, _) = self.unit_named(next + 3)?;
                let date = self.document.and_then(|d| d.unit(unit, 0));
                Hit::point(next + 2, next + 4, date, Rests::Document)
            } else {
                self.core(next + 2).filter(|h| h.kind == TimeKind::Point)?
            };
        let pick = |date: Edtf| {
            let (first, last) = (date.earliest()?, date.latest()?);
            let days = |from: Date, to: Date| {
                (from >= first && to <= last)
                    .then(|| Edtf::between(Point::day(from), Point::day(to)))
            };
            let shift = |day: Date, by: i64| day.checked_add(by.days()).ok();
            if let Some(weekday) = weekday {
                let day = match n {
                    Some(n) => {
                        let start = Anchor::of(Edtf::day(first))?
                            .weekday_after(weekday, false)?
                            .as_day()?;
                        shift(start, i64::from(n - 1) * 7)?
                    }
                    None => Anchor::of(Edtf::day(last))?
                        .weekday_before(weekday, false)?
                        .as_day()?,
                };
                return (first..=last).contains(&day).then(|| Edtf::day(day));
            }
            match (unit?, n) {
                (Unit::Day, None) => Some(Edtf::day(last)),
                (Unit::Day, Some(n)) => {
                    let day = shift(first, i64::from(n) - 1)?;
                    (day <= last).then(|| Edtf::day(day))
                }
                (Unit::Week, None) => days(shift(last, -6)?, last),
                (Unit::Week, Some(n)) => {
                    let from = shift(first, i64::from(n - 1) * 7)?;
                    days(from, shift(from, 6)?)
                }
                (Unit::Month, n) => {
                    let start = start_of(date).filter(|p| p.month.is_none())?;
                    let month =
                        n.map_or(Some(12), |n| i8::try_from(n).ok().filter(|m| *m <= 12))?;
                    Some(Edtf::month(start.year, month))
                }
                _ => None,
            }
        };
        let hit = whole.map(pick);
        (hit.past.is_some() || whole.past.is_none()).then_some(Hit {
            first: i,
            kind: TimeKind::Point,
            ..hit
        })
    }

    /// `Friday the 15th`: the latest or next 15th, whatever weekday the calendar gives it.
    pub(super) fn weekday_the(&self, i: usize) -> Option<Hit> {
        let (_, next) = self.weekday_at(i)?;
        let next = next + usize::from(self.words.is_sign(next, ","));
        let hit = self.on_the(next.checked_sub(1)?)?;
        Some(Hit { first: i, ..hit })
    }
}
