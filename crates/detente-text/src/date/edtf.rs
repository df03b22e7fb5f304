//! EDTF values: `2015`, `2015-06`, `2015-06-22`, `2014-02/2014-03`, `2019/..`, `1998~`.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A year, month or day, perhaps approximate or uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// Proleptic Gregorian year, −9999 to 9999.
    pub year: i16,
    /// 1–12.
    pub month: Option<i8>,
    /// 1–31; only with a month.
    pub day: Option<i8>,
    /// `~`: the text says "about".
    pub approximate: bool,
    /// `?`: the text is unsure.
    pub uncertain: bool,
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// A known end.
    At(Point),
    /// `..`: open.
    Open,
}

/// A date or an interval in EDTF level 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edtf {
    /// A single year, month or day.
    Point(Point),
    /// From and to, both included.
    Interval(End, End),
}

/// A text that is not EDTF level 0 or 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "`{0}` is not a date in EDTF (such as 2015, 2015-06, 2015-06-22, 2014-02/2014-03, 2019/..)"
)]
pub struct EdtfError(pub String);

impl Point {
    /// A year.
    pub const fn year(year: i16) -> Self {
        Self {
            year,
            month: None,
            day: None,
            approximate: false,
            uncertain: false,
        }
    }

    /// A month, 1–12.
    pub const fn month(year: i16, month: i8) -> Self {
        let mut point = Self::year(year);
        point.month = Some(month);
        point
    }

    /// A day.
    pub fn day(date: Date) -> Self {
        Self {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
            approximate: false,
            uncertain: false,
        }
    }

    /// First day covered.
    pub fn earliest(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .unwrap_or(Date::constant(self.year, 1, 1))
    }

    /// Last day covered.
    pub fn latest(self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.earliest(),
            (Some(_), None) => self.earliest().last_of_month(),
            _ => Date::constant(self.year, 12, 31),
        }
    }
}

impl Edtf {
    /// A day.
    pub fn day(date: Date) -> Self {
        Self::Point(Point::day(date))
    }

    /// A month, 1–12.
    pub const fn month(year: i16, month: i8) -> Self {
        Self::Point(Point::month(year, month))
    }

    /// A year.
    pub const fn year(year: i16) -> Self {
        Self::Point(Point::year(year))
    }

    /// Both ends known.
    pub const fn between(from: Point, to: Point) -> Self {
        Self::Interval(End::At(from), End::At(to))
    }

    /// First day covered; `None` if open at the start.
    pub fn earliest(self) -> Option<Date> {
        match self {
            Self::Point(p) | Self::Interval(End::At(p), _) => Some(p.earliest()),
            Self::Interval(End::Open, _) => None,
        }
    }

    /// Last day covered; `None` if open at the end.
    pub fn latest(self) -> Option<Date> {
        match self {
            Self::Point(p) | Self::Interval(_, End::At(p)) => Some(p.latest()),
            Self::Interval(_, End::Open) => None,
        }
    }

    /// The day, if the value is exactly one day.
    pub fn as_day(self) -> Option<Date> {
        match self {
            Self::Point(p) if p.day.is_some() => Some(p.earliest()),
            _ => None,
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        match (self.uncertain, self.approximate) {
            (true, true) => f.write_str("%"),
            (true, false) => f.write_str("?"),
            (false, true) => f.write_str("~"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(point) => point.fmt(f),
            Self::Open => f.write_str(".."),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(point) => point.fmt(f),
            Self::Interval(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

fn point(text: &str) -> Option<Point> {
    let (plain, uncertain, approximate) = match text.as_bytes().last()? {
        b'?' => (&text[..text.len() - 1], true, false),
        b'~' => (&text[..text.len() - 1], false, true),
        b'%' => (&text[..text.len() - 1], true, true),
        _ => (text, false, false),
    };
    let digits = |part: &str, width: usize| -> Option<i16> {
        (part.len() == width && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let mut parts = plain.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|m| digits(m, 2)).map_or(Some(None), |m| {
        m.filter(|m| (1..=12).contains(m)).map(|m| Some(m as i8))
    })?;
    let day = match parts.next() {
        None => None,
        Some(text) => {
            let day = digits(text, 2)? as i8;
            Date::new(year, month?, day).ok()?;
            Some(day)
        }
    };
    if parts.next().is_some() {
        return None;
    }
    Some(Point {
        year,
        month,
        day,
        approximate,
        uncertain,
    })
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || EdtfError(text.to_owned());
        let end = |part: &str| match part {
            ".." | "" => Some(End::Open),
            part => point(part).map(End::At),
        };
        match text.split_once('/') {
            None => point(text).map(Self::Point).ok_or_else(error),
            Some((from, to)) => {
                let (from, to) = (end(from).ok_or_else(error)?, end(to).ok_or_else(error)?);
                if let (End::At(a), End::At(b)) = (from, to)
                    && a.earliest() > b.latest()
                {
                    return Err(error());
                }
                if from == End::Open && to == End::Open {
                    return Err(error());
                }
                Ok(Self::Interval(from, to))
            }
        }
    }
}

impl Serialize for Edtf {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_reads() {
        for text in [
            "2015",
            "2015-06",
            "2015-06-22",
            "2014-02/2014-03",
            "2019/..",
            "../2022-05",
            "1998~",
            "2011?",
        ] {
            assert_eq!(text.parse::<Edtf>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "15",
            "2015-13",
            "2015-02-30",
            "2016/2015",
            "../..",
            "2015-06-22-01",
        ] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }

    #[test]
    fn covers_its_days() {
        let month: Edtf = "2024-02".parse().unwrap();
        assert_eq!(month.latest().unwrap().to_string(), "2024-02-29");
        let since: Edtf = "2019/..".parse().unwrap();
        assert_eq!(since.earliest().unwrap().to_string(), "2019-01-01");
        assert_eq!(since.latest(), None);
    }
}
