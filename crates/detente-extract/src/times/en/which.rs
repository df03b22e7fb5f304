//! "Last year", "the past two years", "the next day", "this weekend".

use detente_text::date::{Edtf, FoundDate, Point};

use super::{Anchor, Finder, Hit, Length, Rests, TimeKind, Unit};

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
    pub(super) fn unit_before_last(&self, i: usize) -> Option<Hit> {
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

    pub(super) fn which_weekday(&self, i: usize, which: Which, at: usize) -> Option<Hit> {
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
    pub(super) fn which_date(
        &self,
        i: usize,
        which: Which,
        at: usize,
        date: FoundDate,
    ) -> Option<Hit> {
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
    pub(super) fn which_count(
        &self,
        i: usize,
        which: Which,
        length: Length,
        mut next: usize,
    ) -> Option<Hit> {
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
}

/// How many units away.
fn offset(which: Which) -> i32 {
    match which {
        Which::Last | Which::Past | Which::Previous => -1,
        Which::This | Which::Same => 0,
        Which::Next | Which::Coming | Which::Following => 1,
    }
}
