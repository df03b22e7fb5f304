//! Counting from a date that is known to the day, the month or the year.

use detente_text::date::{Edtf, End, Point};
use jiff::{ToSpan, civil::Date};

use super::{Length, Unit};

/// A date to count from, with no more precision than it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) year: i16,
    pub(super) month: Option<i8>,
    pub(super) day: Option<Date>,
}

/// A month as a count from year 0, for arithmetic.
fn month_number(year: i16, month: i8) -> i32 {
    i32::from(year) * 12 + i32::from(month) - 1
}

fn month_point(number: i32) -> Option<Point> {
    let year = i16::try_from(number.div_euclid(12)).ok()?;
    in_range(year)?;
    Some(Point::month(year, number.rem_euclid(12) as i8 + 1))
}

/// Counts beyond a hundred thousand lead out of every calendar.
fn count_of(length: Length) -> Option<i32> {
    i32::try_from(length.count).ok().filter(|c| *c <= 100_000)
}

fn in_range(year: i16) -> Option<i16> {
    (1..=9998).contains(&year).then_some(year)
}

/// A year, if the calendar has it.
pub(super) fn year_point(year: i32) -> Option<Point> {
    i16::try_from(year).ok().and_then(in_range).map(Point::year)
}

impl Anchor {
    /// The anchor that a date gives; of an interval its last point.
    pub(super) fn of(date: Edtf) -> Option<Self> {
        let point = match date {
            Edtf::Point(point)
            | Edtf::Interval(_, End::At(point))
            | Edtf::Interval(End::At(point), End::Open) => point,
            Edtf::Interval(End::Open, End::Open) => return None,
        };
        in_range(point.year)?;
        Some(Self {
            year: point.year,
            month: point.month,
            day: point.day.map(|_| point.earliest()),
        })
    }

    /// The anchor itself, as precisely as it is known.
    pub(super) fn point(self) -> Point {
        match (self.day, self.month) {
            (Some(day), _) => Point::day(day),
            (None, Some(month)) => Point::month(self.year, month),
            (None, None) => Point::year(self.year),
        }
    }

    pub(super) fn add_days(self, days: i32) -> Option<Date> {
        self.day?.checked_add(i64::from(days).days()).ok()
    }

    pub(super) fn add_months(self, months: i32) -> Option<Point> {
        month_point(month_number(self.year, self.month?) + months)
    }

    pub(super) fn add_years(self, years: i32) -> Option<Point> {
        year_point(i32::from(self.year) + years)
    }

    /// The week (Monday to Sunday) that lies `weeks` after that of the anchor.
    pub(super) fn week(self, weeks: i32) -> Option<Edtf> {
        let day = self.day?;
        let monday = day
            .checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
            .ok()?
            .checked_add((i64::from(weeks) * 7).days())
            .ok()?;
        let sunday = monday.checked_add(6.days()).ok()?;
        Some(Edtf::between(Point::day(monday), Point::day(sunday)))
    }

    /// A day of the week `weeks` after that of the anchor; 0 is Monday.
    pub(super) fn day_of_week(self, weeks: i32, weekday: i8) -> Option<Edtf> {
        let monday = self.week(weeks)?.earliest()?;
        Some(Edtf::day(
            monday.checked_add(i64::from(weekday).days()).ok()?,
        ))
    }

    /// The latest such weekday up to the anchor, or before it if `strict`.
    pub(super) fn weekday_before(self, weekday: i8, strict: bool) -> Option<Edtf> {
        let day = self.day?;
        let mut back = (day.weekday().to_monday_zero_offset() - weekday).rem_euclid(7);
        if strict && back == 0 {
            back = 7;
        }
        self.add_days(-i32::from(back)).map(Edtf::day)
    }

    /// The next such weekday from the anchor on, or after it if `strict`.
    pub(super) fn weekday_after(self, weekday: i8, strict: bool) -> Option<Edtf> {
        let day = self.day?;
        let mut ahead = (weekday - day.weekday().to_monday_zero_offset()).rem_euclid(7);
        if strict && ahead == 0 {
            ahead = 7;
        }
        self.add_days(i32::from(ahead)).map(Edtf::day)
    }

    /// The calendar unit that lies `count` units after the one the anchor is in.
    pub(super) fn unit(self, unit: Unit, count: i32) -> Option<Edtf> {
        match unit {
            Unit::Day => self.add_days(count).map(Edtf::day),
            Unit::Week => self.week(count),
            Unit::Month => self.add_months(count).map(Edtf::Point),
            Unit::Quarter => {
                let quarter = (self.month? - 1) / 3;
                let first = month_number(self.year, quarter * 3 + 1) + count.checked_mul(3)?;
                Some(Edtf::between(month_point(first)?, month_point(first + 2)?))
            }
            Unit::Year => self.add_years(count).map(Edtf::Point),
            Unit::Decade => {
                let first = i32::from(self.year) / 10 * 10 + count.checked_mul(10)?;
                Some(Edtf::between(year_point(first)?, year_point(first + 9)?))
            }
            Unit::Century => {
                let first = (i32::from(self.year) - 1) / 100 * 100 + 1 + count.checked_mul(100)?;
                Some(Edtf::between(year_point(first)?, year_point(first + 99)?))
            }
        }
    }

    /// What lies `length` away, in the unit of the words ("two years ago" is a year).
    pub(super) fn shifted(self, length: Length, back: bool) -> Option<Edtf> {
        let count = count_of(length)?;
        let count = if back { -count } else { count };
        match length.unit {
            Unit::Decade => self.add_years(count.checked_mul(10)?).map(Edtf::Point),
            Unit::Century => self.add_years(count.checked_mul(100)?).map(Edtf::Point),
            unit => self.unit(unit, count),
        }
    }

    /// From `length` before the anchor up to it, or from it on (codebook 5.2): up to five years in
    /// months, longer in years.
    pub(super) fn stretch(self, length: Length, back: bool) -> Option<Edtf> {
        let count = count_of(length)?;
        let sign = if back { -1 } else { 1 };
        let (there, here) = match length.unit {
            Unit::Day => (Point::day(self.add_days(sign * count)?), self.point()),
            Unit::Week => (
                Point::day(self.add_days(sign * count.checked_mul(7)?)?),
                self.point(),
            ),
            Unit::Month => self.months(sign * count)?,
            Unit::Quarter => self.months(sign * count.checked_mul(3)?)?,
            Unit::Year if count <= 5 && self.month.is_some() => self.months(sign * count * 12)?,
            Unit::Year => self.years(sign * count)?,
            Unit::Decade => self.years(sign * count.checked_mul(10)?)?,
            Unit::Century => self.years(sign * count.checked_mul(100)?)?,
        };
        Some(if back {
            Edtf::between(there, here)
        } else {
            Edtf::between(here, there)
        })
    }

    fn months(self, count: i32) -> Option<(Point, Point)> {
        Some((self.add_months(count)?, self.add_months(0)?))
    }

    fn years(self, count: i32) -> Option<(Point, Point)> {
        Some((self.add_years(count)?, self.add_years(0)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(text: &str) -> Anchor {
        Anchor::of(text.parse().unwrap()).unwrap()
    }

    #[track_caller]
    fn gives(found: Option<Edtf>, expected: &str) {
        assert_eq!(found.map(|e| e.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn counts_in_the_unit_of_the_words() {
        let d = anchor("2015-05-15");
        let years = |count| Length {
            count,
            unit: Unit::Year,
        };
        gives(d.stretch(years(2), true), "2013-05/2015-05");
        gives(d.stretch(years(10), true), "2005/2015");
        gives(d.shifted(years(3), true), "2012");
        gives(d.week(-1), "2015-05-04/2015-05-10");
        gives(d.weekday_before(0, false), "2015-05-11");
        gives(d.weekday_after(4, true), "2015-05-22");
        gives(d.unit(Unit::Quarter, -1), "2015-01/2015-03");
        gives(anchor("2015-01").unit(Unit::Month, -1), "2014-12");
    }

    #[test]
    fn never_says_more_than_it_knows() {
        assert_eq!(anchor("2015").unit(Unit::Month, -1), None);
        assert_eq!(anchor("2015-05").add_days(-1), None);
        let far = Length {
            count: u32::MAX,
            unit: Unit::Year,
        };
        assert_eq!(anchor("2015").shifted(far, true), None);
    }
}
