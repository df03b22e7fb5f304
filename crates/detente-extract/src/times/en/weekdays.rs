//! Weekdays, yesterday and tomorrow.

use detente_text::date::{DateForm, Edtf, Point, weekday_named};

use super::{Anchor, Finder, Hit, Rests, TimeKind, which::Which};

impl Finder<'_> {
    pub(super) fn weekday_at(&self, i: usize) -> Option<(i8, usize)> {
        let word = self.words.raw(i);
        let weekday = weekday_named(word)?;
        if word.len() >= 6 {
            return Some((weekday, i + 1));
        }
        let point = self.words.is_sign(i + 1, ".");
        let before_date = self.words.is_sign(i + 1, ",") && self.words.date(i + 2).is_some();
        (self.words.capital(i) && (point || before_date || self.words.date(i + 1).is_some()))
            .then_some((weekday, i + 1 + usize::from(point)))
    }

    pub(super) fn weekday(&self, i: usize) -> Option<Hit> {
        let plural = self.words.low(i).strip_suffix('s').and_then(weekday_named);
        if plural.is_some() && self.words.low(i).len() > 6 {
            return Some(Hit::dateless(i, i + 1, TimeKind::Frequency));
        }
        let (weekday, mut next) = self.weekday_at(i)?;
        let date_at = next + usize::from(self.words.is_sign(next, ",("));
        if self
            .words
            .date(date_at)
            .is_some_and(|d| d.form == DateForm::Day || d.form == DateForm::Range)
        {
            let mut hit = self.calendar(date_at)?;
            hit.next +=
                usize::from(self.words.is_sign(next, "(") && self.words.is_sign(hit.next, ")"));
            return Some(Hit { first: i, ..hit });
        }
        next = self.time_of_day(next);
        let of = next + usize::from(self.words.is(next, "of"));
        if let Some((which, unit_at, false)) = self.which(of)
            && self.words.is(unit_at, "week")
        {
            let weeks = match which {
                Which::Last | Which::Previous => -1,
                Which::This => 0,
                Which::Next | Which::Following => 1,
                _ => return None,
            };
            let day = self.document.and_then(|d| d.day_of_week(weeks, weekday));
            return Some(Hit::point(i, unit_at + 1, day, Rests::Document));
        }
        let past = self.document.and_then(|d| d.weekday_before(weekday, false));
        let future = self.document.and_then(|d| d.weekday_after(weekday, false));
        // Monday and Tuesday, Monday to Wednesday
        let joint = self.words.hyphen(next) || self.words.any(next, &["and", "to", "through"]);
        if joint
            && let Some((last, after)) = self.weekday_at(next + 1)
            && (last == (weekday + 1) % 7 || !self.words.is(next, "and"))
        {
            let ahead = i32::from((last - weekday).rem_euclid(7));
            let extend = |from: Edtf| {
                let to = Anchor::of(from)?.add_days(ahead)?;
                Some(Edtf::between(Point::day(from.as_day()?), Point::day(to)))
            };
            // The last of the days has to lie in the past.
            let past = self.document.and_then(|d| {
                let end = d.weekday_before(last, false)?;
                let from = Anchor::of(end)?.add_days(-ahead)?;
                Some(Edtf::between(Point::day(from), Point::day(end.as_day()?)))
            });
            let future = future.and_then(extend);
            return Some(Hit {
                future,
                ..Hit::point(i, after, past, Rests::Document)
            });
        }
        Some(Hit {
            future,
            ..Hit::point(i, next, past, Rests::Document)
        })
    }

    /// Past "morning", "night" and the like.
    pub(super) fn time_of_day(&self, i: usize) -> usize {
        let words = ["morning", "afternoon", "evening", "night"];
        if self.words.any(i, &words) { i + 1 } else { i }
    }

    /// Yesterday, tomorrow, the day before yesterday, last night.
    pub(super) fn near_day(&self, i: usize) -> Option<Hit> {
        let skip = usize::from(self.words.is(i, "the"));
        let (days, next) = if self.words.all(i + skip, &["day", "before", "yesterday"]) {
            (-2, i + skip + 3)
        } else if self.words.all(i + skip, &["day", "after", "tomorrow"]) {
            (2, i + skip + 3)
        } else if skip == 1 {
            return None;
        } else {
            match self.words.low(i) {
                "yesterday" => (-1, self.time_of_day(i + 1)),
                "tomorrow" => (1, self.time_of_day(i + 1)),
                "last" if self.words.is(i + 1, "night") => (-1, i + 2),
                _ => return None,
            }
        };
        let day = self.document.and_then(|d| d.add_days(days)).map(Edtf::day);
        Some(Hit::point(i, next, day, Rests::Document))
    }
}
