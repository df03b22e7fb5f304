//! Spring, summer, autumn, winter.

use detente_text::date::{Edtf, Point};

use super::{Finder, Hit, Rests, hit::start_of, which::Which};

impl Finder<'_> {
    /// `last autumn`, `the spring of 2014`, `this winter`, `in summer`
    pub(super) fn season(&self, i: usize) -> Option<Hit> {
        let (which, at) = match self.which(i) {
            Some((which, at, _)) => (Some(which), at),
            None => (None, i + usize::from(self.words.is(i, "the"))),
        };
        let at =
            at + usize::from(self.words.any(at, &["early", "late"]) || self.words.is(at, "mid"));
        let at = at + usize::from(self.words.hyphen(at));
        let first = match self.words.low(at) {
            "spring" => 3,
            "summer" => 6,
            "autumn" => 9,
            "fall" => 9,
            "winter" => 12,
            _ => return None,
        };
        let next = at + 1;
        let is_fall = self.words.is(at, "fall");
        let in_year = move |year: i16| {
            let end = if first == 12 {
                Point::month(year + 1, 2)
            } else {
                Point::month(year, first + 2)
            };
            Some(Edtf::between(Point::month(year, first), end))
        };
        let of = usize::from(self.words.any(next, &["of", "in"]) || self.words.is_sign(next, ","));
        if let Some(date) = self.words.date(next + of).filter(|d| d.complete)
            && let Some(start) = start_of(date.edtf).filter(|p| p.month.is_none())
        {
            return Some(Hit::point(
                i,
                next + of + 1,
                in_year(start.year),
                Rests::Calendar,
            ));
        }
        let Some(which) = which else {
            let preposition = i > 0
                && self.words.any(
                    i - 1,
                    &[
                        "in", "since", "until", "by", "during", "from", "next", "last",
                    ],
                );
            let noun_follows = !self.words.low(next).is_empty()
                && !self.words.any(
                    next,
                    &[
                        "and", "to", "when", "with", "as", "that", "but", "for", "at", "in",
                    ],
                );
            let of_last = next + of;
            if of == 1
                && let Some(year) = self.which_unit(of_last)
            {
                let hit = year.map(|date| in_year(start_of(date)?.year));
                return Some(Hit { first: i, ..hit });
            }
            let fall_is_drop = is_fall && (of == 1 || self.words.is(i, "fall"));
            return (preposition && !noun_follows && !fall_is_drop)
                .then(|| self.by_tense(i, next, in_year, Rests::Document));
        };
        // "last summer's agreement" keeps its date; "this fall in exports" is no season.
        if is_fall && self.words.any(next, &["in", "of"]) {
            return None;
        }
        let Some(d) = self.document else {
            return Some(Hit::point(i, next, None, Rests::Document));
        };
        let here = d.point();
        let years = [d.year.checked_sub(1)?, d.year, d.year.checked_add(1)?];
        let mut all = years.into_iter().filter_map(in_year);
        let found = match which {
            Which::Last | Which::Past | Which::Previous => {
                all.rfind(|s| s.latest().is_some_and(|l| l < here.earliest()))
            }
            Which::Next | Which::Coming | Which::Following => {
                all.find(|s| s.earliest().is_some_and(|e| e > here.latest()))
            }
            Which::This if first == 12 && d.month.is_some_and(|m| m <= 2) => {
                in_year(d.year.checked_sub(1)?)
            }
            Which::This => in_year(d.year),
            Which::Same => self.event.and_then(|e| in_year(e.year)),
        };
        Some(Hit::point(i, next, found, Rests::Document))
    }
}
