//! One date before years are shared and ranges joined.

use jiff::civil::Date;

use super::{
    edtf::{Edtf, Point},
    find::{DateForm, YearStated},
};

/// Year, month and day as far as the words give them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) year: i16,
    pub(super) stated: YearStated,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

impl Part {
    pub(super) fn new(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let stated = match year {
            Some(_) => YearStated::Full,
            None => YearStated::Missing,
        };
        Self {
            year: year.unwrap_or(0),
            stated,
            month,
            day,
        }
        .checked()
    }

    /// With a year of two digits, whose century is open.
    pub(super) fn short_year(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        Self {
            year,
            stated: YearStated::TwoDigits,
            month,
            day,
        }
        .checked()
    }

    /// Only what the calendar has; without a year 29 February is let through.
    fn checked(self) -> Option<Self> {
        let year = match self.stated {
            YearStated::Full => self.year,
            _ => 2000,
        };
        if !(1..=2999).contains(&year) {
            return None;
        }
        Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        (self.day.is_none() || self.month.is_some()).then_some(self)
    }

    pub(super) fn in_year(self, year: i16) -> Option<Self> {
        Self {
            year,
            stated: YearStated::Full,
            ..self
        }
        .checked()
    }

    pub(super) fn point(self) -> Point {
        let mut point = Point::year(self.year);
        point.month = self.month;
        point.day = self.day;
        point
    }

    pub(super) fn key(self) -> (i16, i8, i8) {
        (self.year, self.month.unwrap_or(0), self.day.unwrap_or(0))
    }
}

/// A date with the tokens it covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub(super) first: usize,
    /// One past the last token.
    pub(super) next: usize,
    pub(super) from: Part,
    pub(super) to: Option<Part>,
    pub(super) form: DateForm,
    /// Day and month cannot be told apart.
    pub(super) ambiguous: bool,
}

impl Atom {
    pub(super) fn new(first: usize, next: usize, from: Part) -> Self {
        let form = match (from.month, from.day) {
            (_, Some(_)) => DateForm::Day,
            (Some(_), None) => DateForm::Month,
            _ => DateForm::Year,
        };
        Self {
            first,
            next,
            from,
            to: None,
            form,
            ambiguous: false,
        }
    }

    pub(super) fn range(first: usize, next: usize, from: Part, to: Part) -> Option<Self> {
        (from.key() < to.key()).then(|| Self {
            to: Some(to),
            form: DateForm::Range,
            ..Self::new(first, next, from)
        })
    }

    pub(super) fn edtf(&self) -> Edtf {
        match self.to {
            None => Edtf::Point(self.from.point()),
            Some(to) => Edtf::between(self.from.point(), to.point()),
        }
    }

    /// The early, middle or late part of a month, year or decade; `None` for anything else.
    pub(super) fn third(self, third: Third, first: usize) -> Option<Self> {
        let Self { from, next, .. } = self;
        let (from, to) = match (self.form, from.month) {
            (DateForm::Month, Some(month)) => {
                let last = Date::new(if from.year == 0 { 2001 } else { from.year }, month, 1)
                    .ok()?
                    .days_in_month();
                let (a, b) = third.pick((1, 10), (11, 20), (21, last));
                let day = |d| Part {
                    day: Some(d),
                    ..from
                };
                (day(a), day(b))
            }
            (DateForm::Year, _) => {
                let (a, b) = third.pick((1, 4), (5, 8), (9, 12));
                let month = |m| Part {
                    month: Some(m),
                    ..from
                };
                (month(a), month(b))
            }
            (DateForm::Decade, _) => {
                let (a, b) = third.pick((0, 4), (4, 6), (5, 9));
                let year = |add: i8| Part {
                    year: from.year + i16::from(add),
                    ..from
                };
                (year(a), year(b))
            }
            _ => return None,
        };
        Some(Self {
            form: DateForm::Range,
            ..Self::range(first, next, from, to)?
        })
    }
}

/// Early, mid, late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Third {
    Early,
    Middle,
    Late,
}

impl Third {
    fn pick<T>(self, early: T, middle: T, late: T) -> T {
        match self {
            Self::Early => early,
            Self::Middle => middle,
            Self::Late => late,
        }
    }
}
