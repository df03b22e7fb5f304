//! Points in time: calendar dates, weekdays, "last year", "the next day".

use detente_text::date::{DateForm, Edtf, FoundDate, Point, YearStated};

use super::{Finder, Hit, Rests, TimeKind, year_point};
use crate::times::table::Meaning;

/// How deep expressions may stand in one another: "since early in the first week of May".
const DEEPEST: u8 = 4;

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
    pub(super) fn calendar(&self, i: usize) -> Option<Hit> {
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

    /// `October of last year`, `April of this year (2015)`, `May 7 that year`
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
