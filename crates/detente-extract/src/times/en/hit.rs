//! What a rule found.

use detente_text::date::{Edtf, End, Point};

use super::{Bound, Length, TimeKind};

/// What a date rests on, before the document's own date is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rests {
    /// A full calendar date.
    Calendar,
    /// Day and month from the words, the year from the document.
    Year,
    /// Something else in the document.
    Derived,
    /// The last dated event.
    Event,
    /// The document's date.
    Document,
    /// Nothing.
    Nothing,
}

impl Rests {
    /// What a date made of two rests on.
    pub(super) fn weaker(self, other: Self) -> Self {
        self.max(other)
    }
}

/// Words `first..next` and what they say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) past: Option<Edtf>,
    pub(super) future: Option<Edtf>,
    pub(super) kind: TimeKind,
    pub(super) rests: Rests,
    pub(super) length: Option<Length>,
    pub(super) bound: Bound,
}

impl Hit {
    /// A date that is the same whatever the tense.
    pub(super) fn new(
        first: usize,
        next: usize,
        date: Option<Edtf>,
        kind: TimeKind,
        rests: Rests,
    ) -> Self {
        Self {
            first,
            next,
            past: date,
            future: date,
            kind,
            rests,
            length: None,
            bound: Bound::Exact,
        }
    }

    /// A point in time.
    pub(super) fn point(first: usize, next: usize, date: Option<Edtf>, rests: Rests) -> Self {
        Self::new(first, next, date, TimeKind::Point, rests)
    }

    /// From `start` on.
    pub(super) fn open(
        first: usize,
        next: usize,
        start: Option<Point>,
        kind: TimeKind,
        rests: Rests,
    ) -> Self {
        let date = start.map(|point| Edtf::Interval(End::At(point), End::Open));
        Self::new(first, next, date, kind, rests)
    }

    /// Words without a date.
    pub(super) fn dateless(first: usize, next: usize, kind: TimeKind) -> Self {
        Self::new(first, next, None, kind, Rests::Nothing)
    }

    /// Both readings changed.
    pub(super) fn map(self, change: impl Fn(Edtf) -> Option<Edtf>) -> Self {
        Self {
            past: self.past.and_then(&change),
            future: self.future.and_then(&change),
            ..self
        }
    }
}

/// First point of a date.
pub(super) fn start_of(date: Edtf) -> Option<Point> {
    match date {
        Edtf::Point(point) | Edtf::Interval(End::At(point), _) => Some(point),
        Edtf::Interval(End::Open, _) => None,
    }
}

/// Last point of a date.
pub(super) fn end_of(date: Edtf) -> Option<Point> {
    match date {
        Edtf::Point(point) | Edtf::Interval(_, End::At(point)) => Some(point),
        Edtf::Interval(_, End::Open) => None,
    }
}
