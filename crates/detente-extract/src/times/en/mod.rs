//! English.

mod anniversaries;
mod core;
mod counts;
mod fiscal;
mod hit;
mod nth;
mod parts;
mod seasons;
mod weekdays;
mod which;

use std::cell::Cell;

use detente_text::{
    Basis, Span,
    date::{Edtf, End, Point},
};

use super::{
    Bound, Length, TimeContext, TimeExpr, TimeKind, Unit,
    anchor::{Anchor, year_point},
    table::{NamedBy, Table},
    words::Words,
};
use hit::{Hit, Rests, end_of, start_of};

/// What the rules read.
struct Finder<'a> {
    words: Words<'a>,
    table: &'static Table,
    /// The document's date.
    document: Option<Anchor>,
    /// The last dated event; moves on within the sentence.
    event: Option<Anchor>,
    /// The document's date is inferred.
    inferred: bool,
    /// First month and naming of the fiscal year that the sentence is about.
    fiscal: (i8, NamedBy),
    /// How many expressions are open: "early in the first week of …". Bounded, so that a text of
    /// nothing but such words is read in linear time.
    depth: Cell<u8>,
}

/// See [`super::find`].
pub(super) fn find(text: &str, sentence: Span, context: &TimeContext) -> Vec<TimeExpr> {
    let inside = sentence.of(text);
    let words = Words::new(inside, context.order);
    let table = Table::english();
    let mut finder = Finder {
        fiscal: fiscal::fiscal_start(&words, table),
        depth: Cell::new(0),
        words,
        table,
        document: context.document.and_then(Anchor::of),
        event: context.last_event.and_then(Anchor::of),
        inferred: context.inferred,
    };
    let mut hits: Vec<Hit> = Vec::new();
    let mut index = 0;
    while index < finder.words.len() {
        match finder.at(index) {
            Some(hit) => {
                index = hit.next.max(index + 1);
                if hit.kind == TimeKind::Point
                    && let Some(date) = hit.past.and_then(Anchor::of)
                {
                    finder.event = Some(date);
                }
                hits.push(hit);
            }
            None => index += 1,
        }
    }
    finder.anniversaries(&mut hits);
    hits.iter()
        .map(|hit| finder.expression(hit, sentence.start))
        .collect()
}

impl Finder<'_> {
    /// The expression that starts at `i`, with "since", "until" and the like.
    fn at(&self, i: usize) -> Option<Hit> {
        self.frame(i).or_else(|| self.core(i))
    }

    fn frame(&self, i: usize) -> Option<Hit> {
        match self.words.low(i) {
            "since" => self.since(i, i + 1),
            "ever" if self.words.is(i + 1, "since") => self.since(i, i + 2),
            "starting" | "beginning" | "effective" => {
                let from = i + 1 + usize::from(self.words.any(i + 1, &["in", "on", "from"]));
                self.since(i, from).filter(|h| h.rests == Rests::Calendar)
            }
            "until" | "till" => self.until(i, i + 1),
            "up" if self.words.any(i + 1, &["to", "until", "till"]) => self.until(i, i + 2),
            "through" => self.until(i, i + 1).filter(|h| h.rests == Rests::Calendar),
            "before" => self.until(i, i + 1).filter(|h| h.rests != Rests::Nothing),
            "prior" if self.words.is(i + 1, "to") => self.until(i, i + 2),
            "after" => self.since(i, i + 1).filter(|h| h.rests != Rests::Nothing),
            "by" => self.deadline(i),
            "between" => self.range(i, "and"),
            "from" => self.range(i, "to").or_else(|| self.onwards(i)),
            "around" | "about" | "circa" | "approximately" | "roughly" | "some" => self.about(i),
            "within" => self.within(i),
            "in" => self.in_count(i),
            "on" => self.on_the(i),
            "every" | "each" | "once" | "twice" => self.frequency(i),
            _ => None,
        }
    }

    fn since(&self, first: usize, from: usize) -> Option<Hit> {
        if self.words.is(from, "then") {
            let start = self.event.map(Anchor::point);
            return Some(Hit::open(
                first,
                from + 1,
                start,
                TimeKind::Since,
                Rests::Event,
            ));
        }
        let hit = self.core(from)?;
        if !matches!(
            hit.kind,
            TimeKind::Point | TimeKind::Range | TimeKind::Period
        ) {
            return None;
        }
        let open = |date: Edtf| {
            let point = match hit.kind {
                TimeKind::Period => end_of(date)?,
                _ => start_of(date)?,
            };
            Some(Edtf::Interval(End::At(point), End::Open))
        };
        Some(Hit {
            first,
            kind: TimeKind::Since,
            ..hit.map(open)
        })
    }

    fn until(&self, first: usize, from: usize) -> Option<Hit> {
        let hit = self.core(from)?;
        if !matches!(
            hit.kind,
            TimeKind::Point | TimeKind::Range | TimeKind::Period
        ) {
            return None;
        }
        let before_it = self.words.any(first, &["before", "prior"]);
        let open = |date: Edtf| {
            let point = if before_it {
                start_of(date)?
            } else {
                end_of(date)?
            };
            Some(Edtf::Interval(End::Open, End::At(point)))
        };
        Some(Hit {
            first,
            kind: TimeKind::Until,
            ..hit.map(open)
        })
    }

    fn deadline(&self, i: usize) -> Option<Hit> {
        let hit = self.core(i + 1)?;
        matches!(hit.kind, TimeKind::Point | TimeKind::Range).then(|| Hit {
            first: i,
            kind: TimeKind::Deadline,
            ..hit
        })
    }

    /// `between A and B`, `from A to B`.
    fn range(&self, i: usize, joint: &str) -> Option<Hit> {
        let a = self.core(i + 1)?;
        let joins = self.words.is(a.next, joint)
            || (joint == "to" && self.words.any(a.next, &["until", "till", "through"]));
        if !joins {
            // Already joined by the calendar: between 1910 and 1945.
            let joined = matches!(a.past, Some(Edtf::Interval(..))) && a.rests == Rests::Calendar;
            return joined.then_some(Hit {
                kind: TimeKind::Range,
                ..a
            });
        }
        let b = self.core(a.next + 1)?;
        let both = |a: Option<Edtf>, b: Option<Edtf>| {
            let (from, to) = (start_of(a?)?, end_of(b?)?);
            (from.earliest() <= to.latest()).then(|| Edtf::between(from, to))
        };
        // An open end ("from 2012 to the present") is the document's date.
        let past = both(a.past, b.past).or_else(|| both(a.past, b.future));
        let future = both(a.future, b.future).or(past);
        past.or(future)?;
        Some(Hit {
            first: i + 1,
            next: b.next,
            past,
            future,
            kind: TimeKind::Range,
            rests: a.rests.weaker(b.rests),
            length: None,
            bound: Bound::Exact,
        })
    }

    /// `from 2019 on`
    fn onwards(&self, i: usize) -> Option<Hit> {
        let hit = self.core(i + 1)?;
        let next = match self.words.low(hit.next) {
            "on" | "onward" | "onwards" | "forward" => hit.next + 1,
            _ => {
                // "from a year earlier" measures a change.
                return (hit.kind == TimeKind::Comparison).then_some(hit);
            }
        };
        let open = |date: Edtf| Some(Edtf::Interval(End::At(start_of(date)?), End::Open));
        Some(Hit {
            first: i,
            next,
            kind: TimeKind::Since,
            ..hit.map(open)
        })
    }

    /// `around 1998`, `about 50 years ago`
    fn about(&self, i: usize) -> Option<Hit> {
        let inner = i + 1 + usize::from(self.words.is(i + 1, "the"));
        let hit = self.core(inner)?;
        let approximate = |mut point: Point| {
            point.approximate = true;
            point
        };
        let about = |date: Edtf| {
            Some(match date {
                Edtf::Point(point) => Edtf::Point(approximate(point)),
                Edtf::Interval(from, to) => {
                    let end = |e: End| match e {
                        End::At(point) => End::At(approximate(point)),
                        End::Open => End::Open,
                    };
                    Edtf::Interval(end(from), end(to))
                }
            })
        };
        Some(Hit {
            first: i,
            ..hit.map(about)
        })
    }

    /// `within two years`, `within the year`
    fn within(&self, i: usize) -> Option<Hit> {
        let year_out = ["the", "this"].iter().any(|w| self.words.is(i + 1, w))
            && self.words.is(i + 2, "year")
            && !self.words.is(i + 3, "of");
        if year_out {
            return Some(self.rest_of_year(i, i + 3, TimeKind::Deadline));
        }
        let (length, bound, next) = self.length(i + 1)?;
        let ahead = self.document.and_then(|d| d.stretch(length, false));
        Some(Hit {
            length: Some(length),
            bound,
            past: None,
            ..Hit::new(i, next, ahead, TimeKind::Deadline, Rests::Document)
        })
    }

    fn expression(&self, hit: &Hit, offset: u32) -> TimeExpr {
        let span = self.words.span(hit.first, hit.next);
        let edtf = hit.past.or(hit.future);
        let basis = match (edtf, hit.rests) {
            (None, _) | (_, Rests::Nothing) => Basis::None,
            (_, Rests::Calendar) => Basis::Explicit,
            (_, Rests::Derived) => Basis::Derived,
            (_, Rests::Event) => Basis::Derived,
            (_, Rests::Year | Rests::Document) if self.inferred => Basis::Inferred,
            (_, Rests::Year) => Basis::Explicit,
            (_, Rests::Document) => Basis::Relative,
        };
        TimeExpr {
            span: Span::new(span.start + offset, span.end + offset),
            edtf,
            basis,
            kind: hit.kind,
            length: hit.length,
            bound: hit.bound,
            past: hit.past,
            future: hit.future,
        }
    }
}

#[cfg(test)]
mod tests;
