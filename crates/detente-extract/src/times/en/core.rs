//! Points in time: calendar dates, weekdays, "last year", "the next day".

use detente_text::date::{DateForm, Edtf, FoundDate, Point, YearStated, weekday_named};

use super::{Anchor, Finder, Hit, Length, Rests, TimeKind, Unit, year_point};
use crate::times::table::Meaning;

/// How deep expressions may stand in one another: "since early in the first week of May".
const DEEPEST: u8 = 4;

/// Which of a row of units is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    This,
    Next,
    /// "The past year": up to now.
    Past,
    /// "The coming year".
    Coming,
    /// "The previous year", counted from the event.
    Previous,
    /// "The following year", counted from the event.
    Following,
    /// "That year", "the same year".
    Same,
}

impl Finder<'_> {
    /// The expression that starts at `i`, without a preposition.
    pub(super) fn core(&self, i: usize) -> Option<Hit> {
        self.words.list.get(i)?;
        if self.depth.get() >= DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let found = self.open_core(i);
        self.depth.set(self.depth.get() - 1);
        found
    }

    fn open_core(&self, i: usize) -> Option<Hit> {
        self.named(i)
            .or_else(|| self.within_longer(i))
            .or_else(|| self.part(i))
            .or_else(|| self.calendar(i))
            .or_else(|| self.weekday_the(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.near_day(i))
            .or_else(|| self.fiscal(i))
            .or_else(|| self.which_unit(i))
            .or_else(|| self.season(i))
            .or_else(|| self.century(i))
            .or_else(|| self.anniversary(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.often(i))
    }

    /// What `codebook/times/en.toml` lists.
    fn named(&self, i: usize) -> Option<Hit> {
        let (meaning, next) = self.table.at(&self.words, i)?;
        // "In the past" is vague, "in the past two years" is not.
        let goes_on = self.words.count(next).is_some()
            || self.unit_named(next).is_some()
            || self.words.any(next, &["few", "several"]);
        if meaning == Meaning::Vague && self.words.is(next - 1, "past") && goes_on {
            return None;
        }
        let d = self.document;
        Some(match meaning {
            Meaning::Vague => Hit::dateless(i, next, TimeKind::Vague),
            Meaning::Present => {
                let month = d.map(|d| d.add_months(0).unwrap_or(Point::year(d.year)));
                Hit::point(i, next, month.map(Edtf::Point), Rests::Document)
            }
            Meaning::Recent => {
                let year = d.and_then(|d| {
                    let year = d.add_years(0)?;
                    match d.month {
                        Some(1..=3) => Some(Edtf::between(d.add_years(-1)?, year)),
                        _ => Some(Edtf::Point(year)),
                    }
                });
                Hit::point(i, next, year, Rests::Document)
            }
            Meaning::Today => {
                let day = d.map(|d| Edtf::Point(d.point()));
                Hit::point(i, next, day, Rests::Document)
            }
            Meaning::Period(from, to) => {
                let period = Edtf::between(Point::year(from), Point::year(to));
                Hit::new(i, next, Some(period), TimeKind::Period, Rests::Derived)
            }
            Meaning::Day(month, day) => {
                let year = self
                    .words
                    .date(next)
                    .filter(|y| y.form == DateForm::Year && y.complete);
                let named = |year: i16| named_day(year, month, day);
                if let Some(year) = year.and_then(|y| y.edtf.earliest()) {
                    return Some(Hit::point(i, next + 1, named(year.year()), Rests::Calendar));
                }
                self.by_tense(i, next, named, Rests::Document)
            }
        })
    }

    /// A calendar date, with what is missing of it taken from the words after it or the document.
    fn calendar(&self, i: usize) -> Option<Hit> {
        let date = self.words.date(i)?;
        if date.complete {
            return Some(Hit::point(i, i + 1, Some(date.edtf), Rests::Calendar));
        }
        let document_year = self.document.map(|d| d.year);
        if date.year == YearStated::TwoDigits {
            let full = document_year.and_then(|y| date.near(y));
            return Some(Hit::point(i, i + 1, full, Rests::Year));
        }
        if let Some(hit) = self.of_year(i, date) {
            return Some(hit);
        }
        let rests = match date.form {
            DateForm::Day | DateForm::Range => Rests::Year,
            _ => Rests::Document,
        };
        Some(self.by_tense(i, i + 1, |year| date.in_year(year), rests))
    }

    /// `October of last year`, `June of this year (2015)`, `May 7 that year`
    fn of_year(&self, i: usize, date: FoundDate) -> Option<Hit> {
        let mut at = i + 1;
        at += usize::from(self.words.is_sign(at, ","));
        at += usize::from(self.words.any(at, &["of", "in"]));
        let year = self
            .which_unit(at)
            .filter(|h| matches!(h.past, Some(Edtf::Point(p)) if p.month.is_none()));
        let bracket = |at: usize| {
            let stated = self
                .words
                .date(at + 1)
                .filter(|d| d.form == DateForm::Year && d.complete)?;
            (self.words.is_sign(at, "(") && self.words.is_sign(at + 2, ")"))
                .then(|| stated.edtf.earliest())?
        };
        if let Some(year) = year {
            if let Some(stated) = bracket(year.next) {
                return Some(Hit::point(
                    i,
                    year.next + 3,
                    date.in_year(stated.year()),
                    Rests::Calendar,
                ));
            }
            let number = year.past?.earliest()?.year();
            return Some(Hit::point(i, year.next, date.in_year(number), year.rests));
        }
        let year_words =
            self.words.any(at, &["last", "this", "next", "that"]) && self.words.is(at + 1, "year");
        if year_words {
            // No document date; a year in brackets settles it all the same.
            let stated = bracket(at + 2);
            let full = stated.and_then(|s| date.in_year(s.year()));
            let next = if stated.is_some() { at + 5 } else { at + 2 };
            return Some(Hit::point(i, next, full, Rests::Calendar));
        }
        None
    }

    /// The latest up to the document's date for the past, the next from it on for the future.
    pub(super) fn by_tense(
        &self,
        first: usize,
        next: usize,
        in_year: impl Fn(i16) -> Option<Edtf>,
        rests: Rests,
    ) -> Hit {
        let Some(d) = self.document else {
            return Hit::point(first, next, None, rests);
        };
        let here = d.point();
        let candidates = || (-1..=1).filter_map(|add| in_year(d.year.checked_add(add)?));
        let (past, future) = if d.month.is_none() {
            (in_year(d.year), in_year(d.year))
        } else {
            (
                candidates()
                    .filter(|c| c.earliest().is_some_and(|e| e <= here.latest()))
                    .last(),
                candidates().find(|c| c.latest().is_some_and(|l| l >= here.earliest())),
            )
        };
        Hit {
            future,
            ..Hit::point(first, next, past, rests)
        }
    }

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

    fn weekday(&self, i: usize) -> Option<Hit> {
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
    fn near_day(&self, i: usize) -> Option<Hit> {
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

    pub(super) fn unit_named(&self, i: usize) -> Option<(Unit, bool)> {
        let low = self.words.low(i);
        let (singular, plural) = match low.strip_suffix("ies") {
            Some("centur") => ("century", true),
            _ => low.strip_suffix('s').map_or((low, false), |s| (s, true)),
        };
        let unit = match singular {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        };
        Some((unit, plural))
    }

    /// `last`, `the past`, `this coming`, `that`: which, the index after it, and whether "the"
    /// stands before it.
    pub(super) fn which(&self, i: usize) -> Option<(Which, usize, bool)> {
        let article = self.words.any(i, &["the", "these", "those"]);
        let at = i + usize::from(article);
        let which = match self.words.low(at) {
            "last" | "latest" => Which::Last,
            "this" if !article => match self.words.low(at + 1) {
                "past" | "last" => return Some((Which::Past, at + 2, true)),
                "coming" | "next" => return Some((Which::Next, at + 2, false)),
                "same" => return Some((Which::Same, at + 2, true)),
                _ => Which::This,
            },
            "current" => Which::This,
            "next" => Which::Next,
            "past" => Which::Past,
            "coming" | "upcoming" => Which::Coming,
            "previous" | "preceding" => Which::Previous,
            "following" | "ensuing" => Which::Following,
            "same" if article => Which::Same,
            "that" if !article => Which::Same,
            _ => return None,
        };
        Some((which, at + 1, article))
    }

    /// `last year`, `the next day`, `this weekend`, `last Monday`, `next October`, `the year before`
    pub(super) fn which_unit(&self, i: usize) -> Option<Hit> {
        if let Some(hit) = self.unit_before_last(i) {
            return Some(hit);
        }
        let (which, at, article) = self.which(i)?;
        if let Some(hit) = self.which_weekday(i, which, at) {
            return Some(hit);
        }
        if let Some(date) = self.words.date(at).filter(|d| !d.complete) {
            return self.which_date(i, which, at, date);
        }
        if self.words.is(at, "weekend") {
            let weeks = offset(which);
            let weekend = self.document.and_then(|d| {
                let sunday = d.week(weeks)?.latest()?;
                let saturday = Anchor::of(Edtf::day(sunday))?.add_days(-1)?;
                Some(Edtf::between(Point::day(saturday), Point::day(sunday)))
            });
            return Some(Hit::point(i, at + 1, weekend, Rests::Document));
        }
        if self.words.any(at, &["few", "several"]) && self.unit_named(at + 1).is_some() {
            return Some(Hit::dateless(i, at + 2, TimeKind::Vague));
        }
        if let Some((count, unit_at)) = self.words.count(at)
            && let Some((unit, _)) = self.unit_named(unit_at)
        {
            return self.which_count(i, which, Length { count, unit }, unit_at + 1);
        }
        let (unit, plural) = match self.words.low(at) {
            "morning" | "afternoon" | "evening" | "night" if article || which == Which::Same => {
                (Unit::Day, false)
            }
            _ => self.unit_named(at)?,
        };
        let next = at + 1;
        if plural {
            return matches!(
                which,
                Which::Past | Which::Coming | Which::Last | Which::Next | Which::Following
            )
            .then(|| Hit::dateless(i, next, TimeKind::Vague));
        }
        let d = self.document;
        let event = self.event;
        let counted = |anchor: Option<Anchor>, count| anchor.and_then(|a| a.unit(unit, count));
        let one = Length { count: 1, unit };
        let (date, rests) = match which {
            Which::Last if article && unit != Unit::Century => {
                (d.and_then(|d| d.stretch(one, true)), Rests::Document)
            }
            Which::Past => (d.and_then(|d| d.stretch(one, true)), Rests::Document),
            Which::Last => (counted(d, -1), Rests::Document),
            Which::This => (counted(d, 0), Rests::Document),
            Which::Next if article && unit >= Unit::Decade => {
                (d.and_then(|d| d.stretch(one, false)), Rests::Document)
            }
            Which::Next if unit == Unit::Day || article && event.is_some() => {
                (counted(event, 1), Rests::Event)
            }
            Which::Next | Which::Coming => (counted(d, 1), Rests::Document),
            Which::Previous if event.is_some() && article => (counted(event, -1), Rests::Event),
            Which::Previous => (counted(d, -1), Rests::Document),
            Which::Following => (counted(event, 1), Rests::Event),
            Which::Same => (counted(event, 0), Rests::Event),
        };
        let kind = if which == Which::Past {
            TimeKind::Range
        } else {
            TimeKind::Point
        };
        Some(Hit::new(i, next, date, kind, rests))
    }

    /// `the year before last`, `the week after next`, `the day before`, `the year after`
    fn unit_before_last(&self, i: usize) -> Option<Hit> {
        if !self.words.is(i, "the") {
            return None;
        }
        let (unit, false) = self.unit_named(i + 1)? else {
            return None;
        };
        let back = match self.words.low(i + 2) {
            "before" => true,
            "after" => false,
            _ => return None,
        };
        let d = self.document;
        match (back, self.words.low(i + 3)) {
            (true, "last") => Some(Hit::point(
                i,
                i + 4,
                d.and_then(|d| d.unit(unit, -2)),
                Rests::Document,
            )),
            (false, "next") => Some(Hit::point(
                i,
                i + 4,
                d.and_then(|d| d.unit(unit, 2)),
                Rests::Document,
            )),
            // "the day after the ruling" is counted from the ruling.
            (_, "") => {
                let from = self.event.or(if unit == Unit::Day { None } else { d });
                let rests = if self.event.is_some() {
                    Rests::Event
                } else {
                    Rests::Document
                };
                let count = if back { -1 } else { 1 };
                Some(Hit::point(
                    i,
                    i + 3,
                    from.and_then(|e| e.unit(unit, count)),
                    rests,
                ))
            }
            _ => None,
        }
    }

    fn which_weekday(&self, i: usize, which: Which, at: usize) -> Option<Hit> {
        let (weekday, next) = self.weekday_at(at)?;
        let next = self.time_of_day(next);
        let d = self.document;
        let date = match which {
            Which::Last | Which::Past | Which::Previous => {
                d.and_then(|d| d.weekday_before(weekday, true))
            }
            Which::This => d.and_then(|d| d.day_of_week(0, weekday)),
            Which::Next | Which::Coming | Which::Following => {
                d.and_then(|d| d.weekday_after(weekday, true))
            }
            Which::Same => self.event.and_then(|e| e.day_of_week(0, weekday)),
        };
        Some(Hit::point(i, next, date, Rests::Document))
    }

    /// `last October`, `next May 7`
    fn which_date(&self, i: usize, which: Which, at: usize, date: FoundDate) -> Option<Hit> {
        let next = at + 1;
        let Some(d) = self.document else {
            return Some(Hit::point(i, next, None, Rests::Document));
        };
        let here = d.point();
        let years = [d.year.checked_sub(1)?, d.year, d.year.checked_add(1)?];
        let mut candidates = years.into_iter().filter_map(|y| date.in_year(y));
        let found = match which {
            Which::Last | Which::Past | Which::Previous => {
                candidates.rfind(|c| c.latest().is_some_and(|l| l < here.earliest()))
            }
            Which::Next | Which::Coming | Which::Following => {
                candidates.find(|c| c.earliest().is_some_and(|e| e > here.latest()))
            }
            Which::This => date.in_year(d.year),
            Which::Same => self.event.and_then(|e| date.in_year(e.year)),
        };
        let rests = if which == Which::Same {
            Rests::Event
        } else {
            Rests::Document
        };
        Some(Hit::point(i, next, found, rests))
    }

    /// `the past two years`, `the next 10 days`, `the last 50 years or so`
    fn which_count(&self, i: usize, which: Which, length: Length, mut next: usize) -> Option<Hit> {
        let back = match which {
            Which::Last | Which::Past | Which::Previous => true,
            Which::Next | Which::Coming => false,
            Which::Following => {
                let ahead = self.event.and_then(|e| e.stretch(length, false));
                let hit = Hit::new(i, next, ahead, TimeKind::Range, Rests::Event);
                return Some(Hit {
                    length: Some(length),
                    ..hit
                });
            }
            Which::This | Which::Same => return None,
        };
        if self.words.all(next, &["or", "so"]) {
            next += 2;
        }
        let date = self.document.and_then(|d| d.stretch(length, back));
        let hit = Hit::new(i, next, date, TimeKind::Range, Rests::Document);
        Some(Hit {
            length: Some(length),
            ..hit
        })
    }

    /// `the 19th century`, `the turn of the century`
    fn century(&self, i: usize) -> Option<Hit> {
        let at = i + usize::from(self.words.is(i, "the"));
        if self.words.all(at, &["turn", "of", "the", "century"]) {
            let turn = self
                .document
                .and_then(|d| year_point(i32::from(d.year) / 100 * 100));
            return Some(Hit::point(
                i,
                at + 4,
                turn.map(Edtf::Point),
                Rests::Document,
            ));
        }
        let of_decade = at > i
            || i > 0
                && (self.words.any(i - 1, &["early", "mid", "late"]) || self.words.hyphen(i - 1));
        if of_decade && let Some(decade) = decade_named(self.words.low(at)) {
            let date = Edtf::between(Point::year(decade), Point::year(decade + 9));
            return Some(Hit::point(i, at + 1, Some(date), Rests::Calendar));
        }
        let (n, mut next) = self
            .words
            .ordinal(at)
            .filter(|(n, _)| (1..=30).contains(n))?;
        next += usize::from(self.words.hyphen(next));
        if !self.words.any(next, &["century", "centuries"]) {
            return None;
        }
        let from = (n as i32 - 1) * 100 + 1;
        let date = Edtf::between(year_point(from)?, year_point(from + 99)?);
        Some(Hit::point(i, next + 1, Some(date), Rests::Calendar))
    }
}

/// How many units away.
fn offset(which: Which) -> i32 {
    match which {
        Which::Last | Which::Past | Which::Previous => -1,
        Which::This | Which::Same => 0,
        Which::Next | Which::Coming | Which::Following => 1,
    }
}

/// `seventies`: of the twentieth century.
fn decade_named(word: &str) -> Option<i16> {
    let names = [
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    ];
    let at = names.iter().position(|n| *n == word)?;
    Some(1920 + at as i16 * 10)
}

fn named_day(year: i16, month: i8, day: i8) -> Option<Edtf> {
    jiff::civil::Date::new(year, month, day).ok().map(Edtf::day)
}
