//! Months of the calendar, the step of every series.

use std::{fmt, str::FromStr};

use detente_text::date::Edtf;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// A month, `2019-07`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// Text that is no month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthError(String);

impl fmt::Display for MonthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no month; write 2019-07", self.0)
    }
}

impl std::error::Error for MonthError {}

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self(i32::from(day.year()) * 12 + i32::from(day.month()) - 1)
    }

    /// The month that holds the whole of a date; `None` if it is open or spans several.
    pub fn holding(date: Edtf) -> Option<Self> {
        let (from, to) = (date.earliest()?, date.latest()?);
        (Self::of(from) == Self::of(to)).then(|| Self::of(from))
    }

    /// Months since January of the year 0.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The month of that number.
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, from 1.
    pub const fn of_year(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// So many months later, or earlier if negative.
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// All months from `self` to `last`, both included.
    pub fn to(self, last: Self) -> impl DoubleEndedIterator<Item = Self> {
        (self.0..=last.0).map(Self)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year(), self.of_year()))
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let wrong = || MonthError(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(wrong());
        }
        let year: i32 = year.parse().map_err(|_| wrong())?;
        let month: i32 = month.parse().map_err(|_| wrong())?;
        if !(1..=12).contains(&month) || year < 0 {
            return Err(wrong());
        }
        Ok(Self(year * 12 + month - 1))
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_writes_and_counts() {
        let july: Month = "2019-07".parse().unwrap();
        assert_eq!(july.to_string(), "2019-07");
        assert_eq!(july.plus(-7).to_string(), "2018-12");
        assert_eq!(july.to(july.plus(2)).count(), 3);
        assert!("2019-13".parse::<Month>().is_err());
        assert!("2019".parse::<Month>().is_err());
    }

    #[test]
    fn a_date_of_several_months_is_in_none() {
        let month = |text: &str| Month::holding(text.parse().unwrap()).map(|m| m.to_string());
        assert_eq!(month("2019-07-02").as_deref(), Some("2019-07"));
        assert_eq!(month("2019-07-02/2019-07-09").as_deref(), Some("2019-07"));
        assert_eq!(month("2019"), None);
        assert_eq!(month("2019-07/.."), None);
    }
}
