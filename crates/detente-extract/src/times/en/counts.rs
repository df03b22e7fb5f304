//! Counted time: "three days ago", "a year earlier", "for two weeks", "first in six years",
//! anniversaries, how often.

use detente_text::date::{Edtf, End};

use super::{Anchor, Bound, Finder, Hit, Length, Rests, TimeKind, Unit, hit::start_of};

/// Words that make "in six years" a gap.
const FIRSTS: [&str; 24] = [
    "first",
    "highest",
    "lowest",
    "biggest",
    "largest",
    "smallest",
    "worst",
    "best",
    "longest",
    "shortest",
    "fastest",
    "slowest",
    "sharpest",
    "steepest",
    "weakest",
    "strongest",
    "deepest",
    "widest",
    "fewest",
    "most",
    "least",
    "greatest",
    "closest",
    "only",
];

impl Finder<'_> {
    /// `two years`, `nearly three years`, `more than a decade`, `a half-century`
    pub(super) fn length(&self, i: usize) -> Option<(Length, Bound, usize)> {
        let (bound, at) = match self.words.low(i) {
            "nearly" | "almost" | "under" => (Bound::Nearly, i + 1),
            "over" => (Bound::MoreThan, i + 1),
            "more" | "greater" | "longer" if self.words.is(i + 1, "than") => {
                (Bound::MoreThan, i + 2)
            }
            "less" | "fewer" if self.words.is(i + 1, "than") => (Bound::Nearly, i + 2),
            "at" if self.words.is(i + 1, "least") => (Bound::MoreThan, i + 2),
            "about" | "around" | "some" | "roughly" | "approximately" => (Bound::Exact, i + 1),
            _ => (Bound::Exact, i),
        };
        let whole = |count, unit, next| Some((Length { count, unit }, bound, next));
        let article = at + usize::from(self.words.any(at, &["a", "the"]));
        for (word, count, unit) in [("half", 50, Unit::Year), ("quarter", 25, Unit::Year)] {
            if !self.words.is(article, word) {
                continue;
            }
            let mut next = article + 1;
            next += usize::from(self.words.hyphen(next));
            next += usize::from(self.words.is(next, "of"));
            next += usize::from(self.words.is(next, "a"));
            match self.words.low(next) {
                "century" => return whole(count, unit, next + 1),
                "decade" if word == "half" => return whole(5, Unit::Year, next + 1),
                "year" if word == "half" => return whole(6, Unit::Month, next + 1),
                _ => {}
            }
        }
        let (count, mut next) = match self.words.count(at) {
            Some(found) => found,
            None if self.words.any(at, &["a", "an"]) => (1, at + 1),
            None => return None,
        };
        // "seven consecutive years", "three full days"
        next += usize::from(self.words.any(
            next,
            &[
                "consecutive",
                "straight",
                "full",
                "whole",
                "more",
                "long",
                "short",
                "calendar",
            ],
        ));
        next += usize::from(self.words.hyphen(next));
        if self.words.any(next, &["fortnight", "fortnights"]) {
            return whole(count.saturating_mul(2), Unit::Week, next + 1);
        }
        let (unit, _) = self.unit_named(next)?;
        whole(count, unit, next + 1)
    }

    /// A length and what the words after it make of it.
    pub(super) fn counted(&self, i: usize) -> Option<Hit> {
        if let Some(hit) = self.some_ago(i) {
            return Some(hit);
        }
        let (length, bound, mut next) = self.length(i)?;
        // "a quarter" of something, "a day" in "one day", are no lengths without more.
        if self.words.all(next, &["or", "so"]) {
            next += 2;
        }
        let is_age = (self.words.hyphen(next) || self.words.is(next, "of"))
            && self.words.any(next + 1, &["old", "age"])
            || self.words.is(next, "old");
        if is_age {
            return None;
        }
        let hit = |next, date, kind, rests| Hit {
            length: Some(length),
            bound,
            ..Hit::new(i, next, date, kind, rests)
        };
        let back = |anchor: Option<Anchor>| anchor.and_then(|a| a.shifted(length, true));
        let ahead = |anchor: Option<Anchor>| anchor.and_then(|a| a.shifted(length, false));
        Some(match self.words.low(next) {
            "ago" => hit(
                next + 1,
                back(self.document),
                TimeKind::Point,
                Rests::Document,
            ),
            "hence" => hit(
                next + 1,
                ahead(self.document),
                TimeKind::Point,
                Rests::Document,
            ),
            "from" if self.words.any(next + 1, &["now", "today"]) => hit(
                next + 2,
                ahead(self.document),
                TimeKind::Point,
                Rests::Document,
            ),
            "earlier" | "before" | "previously" | "prior"
                if self.words.low(next + 1).is_empty() || self.words.is(next, "earlier") =>
            {
                let compared = i > 0
                    && self.words.any(
                        i - 1,
                        &[
                            "from", "than", "with", "over", "to", "against", "versus", "on",
                        ],
                    );
                let kind = if compared {
                    TimeKind::Comparison
                } else {
                    TimeKind::Point
                };
                match self.event {
                    Some(_) => hit(next + 1, back(self.event), kind, Rests::Event),
                    None => hit(next + 1, back(self.document), kind, Rests::Document),
                }
            }
            "later" | "afterward" | "afterwards" => {
                hit(next + 1, ahead(self.event), TimeKind::Point, Rests::Event)
            }
            "from" | "before" | "after" if self.shift_base(next + 1).is_some() => {
                let base = self.shift_base(next + 1)?;
                let back = self.words.is(next, "before");
                let move_it = |date: Edtf| Anchor::of(date)?.shifted(length, back);
                let moved = base.map(move_it);
                Hit {
                    first: i,
                    length: Some(length),
                    bound,
                    ..moved
                }
            }
            "ahead" => hit(next + 1, None, TimeKind::Vague, Rests::Nothing),
            "since"
                if i > 0
                    && self
                        .words
                        .any(i - 1, &["mark", "marks", "marked", "marking"]) =>
            {
                hit(next, None, TimeKind::Anniversary, Rests::Derived)
            }
            _ => {
                let bare_quarter = length.unit == Unit::Quarter;
                let per = i > 0
                    && self.words.any(i, &["a", "an"])
                    && length.count == 1
                    && !self.words.any(
                        i - 1,
                        &[
                            "for", "in", "within", "over", "than", "nearly", "almost", "during",
                            "about",
                        ],
                    );
                if bare_quarter || (per && !self.words.hyphen(next)) {
                    return None;
                }
                hit(next, None, TimeKind::Duration, Rests::Nothing)
            }
        })
    }

    /// `a few days ago`, `several years later`: no count, no date.
    fn some_ago(&self, i: usize) -> Option<Hit> {
        let at = i + usize::from(self.words.is(i, "a"));
        if !self.words.any(at, &["few", "several", "many"]) || self.unit_named(at + 1).is_none() {
            return None;
        }
        let next = at + 2;
        let kind = match self.words.low(next) {
            "ago" | "later" | "earlier" | "hence" => {
                return Some(Hit::dateless(i, next + 1, TimeKind::Vague));
            }
            _ => TimeKind::Vague,
        };
        Some(Hit::dateless(i, next, kind))
    }

    /// A date that "two days after" may be counted from.
    fn shift_base(&self, i: usize) -> Option<Hit> {
        let hit = self.core(i)?;
        (hit.kind == TimeKind::Point && hit.past.is_some() && hit.length.is_none()).then_some(hit)
    }

    /// `in six years` after "first" or a superlative; `in two weeks` ahead; `in the next`…
    pub(super) fn in_count(&self, i: usize) -> Option<Hit> {
        let (length, bound, mut next) = self.length(i + 1)?;
        let superlative = (i.saturating_sub(12)..i)
            .rev()
            .take_while(|&k| !self.words.is_sign(k, ";:."))
            .any(|k| {
                self.words.any(k, &FIRSTS) && !self.words.any(k + 1, &["of", "half", "quarter"])
            });
        if superlative {
            let gap = self.document.and_then(|d| gap(d, length, bound));
            let hit = Hit::new(i + 1, next, gap, TimeKind::Gap, Rests::Document);
            return Some(Hit {
                length: Some(length),
                bound,
                ..hit
            });
        }
        if self
            .words
            .any(next, &["ago", "earlier", "before", "later", "from"])
        {
            return None;
        }
        let possessive = self.words.is(next, "'s") || self.words.is_sign(next, "'’");
        if possessive && self.words.is(next + 1, "time") {
            next += 2;
        }
        let ahead = self.document.and_then(|d| d.shifted(length, false));
        let hit = Hit::point(i, next, ahead, Rests::Document);
        Some(Hit {
            past: None,
            length: Some(length),
            bound,
            ..hit
        })
    }

    /// `on the 7th`
    pub(super) fn on_the(&self, i: usize) -> Option<Hit> {
        if !self.words.is(i + 1, "the") {
            return None;
        }
        let (n, next) = self.words.ordinal(i + 2)?;
        let figure = self
            .words
            .raw(i + 2)
            .starts_with(|c: char| c.is_ascii_digit());
        let ends = self.words.low(next).is_empty()
            || self
                .words
                .any(next, &["and", "in", "at", "to", "that", "of"]);
        if !figure || !(1..=31).contains(&n) || !ends {
            return None;
        }
        let months = |add: i32| {
            let d = self.document?;
            d.day?;
            let month = d.add_months(add)?;
            let date = jiff::civil::Date::new(month.year, month.month?, n as i8).ok()?;
            Some(date)
        };
        let day = self.document.and_then(|d| d.day);
        let past = [0, -1, -2]
            .into_iter()
            .filter_map(months)
            .find(|c| Some(*c) <= day);
        let future = [0, 1, 2]
            .into_iter()
            .filter_map(months)
            .find(|c| Some(*c) >= day);
        Some(Hit {
            future: future.map(Edtf::day),
            ..Hit::point(i + 1, next, past.map(Edtf::day), Rests::Document)
        })
    }

    /// `every year`, `each Monday`, `twice a month`, `once every two years`
    pub(super) fn frequency(&self, i: usize) -> Option<Hit> {
        let mut at = i;
        if self.words.any(at, &["once", "twice"]) {
            at += 1;
            if self.words.any(at, &["a", "an", "per"]) && self.unit_named(at + 1).is_some() {
                return Some(Hit::dateless(i, at + 2, TimeKind::Frequency));
            }
        }
        if !self.words.any(at, &["every", "each"]) {
            return None;
        }
        at += 1;
        at += usize::from(self.words.any(at, &["other", "single", "few"]));
        let ordinal = self.words.ordinal(at).map(|o| o.1);
        at = ordinal.unwrap_or(at);
        let counted = self.words.count(at).map(|c| c.1);
        at = counted.unwrap_or(at);
        let season = self.words.any(
            at,
            &[
                "spring", "summer", "autumn", "fall", "winter", "morning", "night", "weekend",
            ],
        );
        let known = season
            || self.unit_named(at).is_some()
            || self.weekday_at(at).is_some()
            || self.words.date(at).is_some();
        known.then(|| Hit::dateless(i, at + 1, TimeKind::Frequency))
    }

    /// `three times a year`, `annually`
    pub(super) fn often(&self, i: usize) -> Option<Hit> {
        if let Some((_, next)) = self.words.count(i)
            && self.words.is(next, "times")
            && self.words.any(next + 1, &["a", "per", "each", "every"])
            && self.unit_named(next + 2).is_some()
        {
            return Some(Hit::dateless(i, next + 3, TimeKind::Frequency));
        }
        let adverbs = [
            "annually",
            "yearly",
            "biannually",
            "quarterly",
            "monthly",
            "weekly",
            "daily",
            "annual",
            "biennial",
        ];
        (self.words.any(i, &adverbs) && !self.words.capital(i))
            .then(|| Hit::dateless(i, i + 1, TimeKind::Frequency))
    }
}

/// `(Y-N)/Y`; "more than N": `../Y` (codebook 5.2).
fn gap(d: Anchor, length: Length, bound: Bound) -> Option<Edtf> {
    let from = start_of(d.shifted(length, true)?)?;
    let to = match length.unit {
        Unit::Day | Unit::Week => d.point(),
        Unit::Month | Unit::Quarter => d.add_months(0)?,
        _ => d.add_years(0)?,
    };
    Some(match bound {
        Bound::MoreThan => Edtf::Interval(End::Open, End::At(to)),
        _ => Edtf::between(from, to),
    })
}
