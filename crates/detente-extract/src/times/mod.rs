//! Words of time, normalised to EDTF with the basis of each value (codebook 5).
//!
//! What the calendar settles is found by [`detente_text::date::find_explicit`]; here it is put in
//! relation to the document's date, to the last dated event and to the words round it. A bare
//! weekday or month has two readings, one for the past and one for the future:
//! [`TimeExpr::resolve`] picks by the tense that the caller sees.

mod anchor;
mod en;
mod numbers;
mod phrases;
mod table;
mod words;

use detente_text::{
    Basis, Language, Span,
    date::{DayMonthOrder, Edtf},
};

pub(crate) use phrases::Phrases;
pub(crate) use words::Words;

/// What the words say about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A day, month, year or a stretch with a name of its own ("last week", "the 1990s").
    Point,
    /// From one time to another ("between 1910 and 1945", "the past two years").
    Range,
    /// From a time on.
    Since,
    /// Up to a time.
    Until,
    /// Something is due by that time ("by the end of 2030").
    Deadline,
    /// How long ("for two days"): no date of its own.
    Duration,
    /// How often ("every year").
    Frequency,
    /// Some time, not to be told which ("soon").
    Vague,
    /// "The 50th anniversary of X": the date is that of X.
    Anniversary,
    /// "The first in six years": the date is the gap.
    Gap,
    /// A period with a name ("the Cold War").
    Period,
    /// "From a year earlier": what a change is measured against.
    Comparison,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days; a calendar week runs from Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// Whether a count is exact ("six years"), a lower bound ("more than") or an upper one ("nearly").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// As said.
    Exact,
    /// More than said.
    MoreThan,
    /// Somewhat less than said.
    Nearly,
}

/// Words of time in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeExpr {
    /// The words, in bytes of the document; without a preposition but for "since", "until", "by".
    pub span: Span,
    /// The date if the tense is not known: the reading for the past. `None` if there is none to be
    /// had.
    pub edtf: Option<Edtf>,
    /// On what it rests; [`Basis::None`] exactly if `edtf` is `None`.
    pub basis: Basis,
    /// What the words say.
    pub kind: TimeKind,
    /// How long, for durations, gaps, anniversaries and "the past N years".
    pub length: Option<Length>,
    /// How exact `length` is.
    pub bound: Bound,
    past: Option<Edtf>,
    future: Option<Edtf>,
}

impl TimeExpr {
    /// The date as the tense of the clause has it. The two readings differ for bare weekdays,
    /// months, days and seasons only.
    pub fn resolve(&self, past: bool) -> Option<Edtf> {
        if past { self.past } else { self.future }
    }

    /// True if the tense decides which date is meant.
    pub fn depends_on_tense(&self) -> bool {
        self.past != self.future
    }
}

/// What words of time are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeContext {
    /// The document's date. Without one nothing is counted from it.
    pub document: Option<Edtf>,
    /// That date is inferred; then everything counted from it is too.
    pub inferred: bool,
    /// Date of the last dated event before the sentence: "that day", "the following year".
    pub last_event: Option<Edtf>,
    /// Language of the text.
    pub language: Language,
    /// How `05-06-2015` is read.
    pub order: DayMonthOrder,
}

impl TimeContext {
    /// English text of that date, nothing told before.
    pub fn english(document: Option<Edtf>) -> Self {
        Self {
            document,
            inferred: false,
            last_event: None,
            language: Language::En,
            order: DayMonthOrder::Unknown,
        }
    }
}

/// All words of time in `sentence`, in order, none overlapping.
///
/// A sentence that does not fit the text has none. In a language other than English only calendar
/// dates are found.
pub fn find(text: &str, sentence: Span, context: &TimeContext) -> Vec<TimeExpr> {
    en::find(text, sentence, context)
}
