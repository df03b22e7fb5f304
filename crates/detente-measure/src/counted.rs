//! Events as the index counts them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::Month;

/// Which acts of the two are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// All acts between the two.
    Joint,
    /// Acts of the first member of the dyad towards the second.
    Forward,
    /// Acts of the second towards the first.
    Back,
}

/// A merged event between the two, in one month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// The merged event.
    pub event: String,
    /// When it took place.
    pub month: Month,
    /// Its date as EDTF.
    pub date: String,
    /// The first member acts towards the second.
    pub forward: bool,
    /// The second acts towards the first.
    pub back: bool,
    /// States that act, in order.
    pub source: Vec<String>,
    /// States acted upon, in order.
    pub target: Vec<String>,
    /// PLOVER root.
    pub root: String,
    /// PLOVER intensity, -10 to 10.
    pub intensity: f64,
    /// Issues.
    pub issue: Vec<String>,
    /// Document of the first report: the unit that the bootstrap draws.
    pub document: String,
    /// Ids of all reports, the first one first.
    pub facts: Vec<String>,
}

impl Counted {
    /// An event without content, to be filled in.
    pub fn new(event: impl Into<String>) -> Self {
        Self {
            event: event.into(),
            month: Month::from_number(0),
            date: String::new(),
            forward: false,
            back: false,
            source: Vec::new(),
            target: Vec::new(),
            root: String::new(),
            intensity: 0.0,
            issue: Vec::new(),
            document: String::new(),
            facts: Vec::new(),
        }
    }

    /// True if the event counts in that direction.
    pub const fn counts(&self, direction: Direction) -> bool {
        match direction {
            Direction::Joint => self.forward || self.back,
            Direction::Forward => self.forward,
            Direction::Back => self.back,
        }
    }
}

/// Keeps of the events of one date with the same sides and root the first only, as is the custom
/// with event data that do not merge reports. Events must be in order; those of dates longer than
/// a day are compared by their date too.
pub fn one_a_day(events: &[Counted]) -> Vec<Counted> {
    let mut met = BTreeSet::new();
    events
        .iter()
        .filter(|e| met.insert((&e.date, &e.source, &e.target, &e.root)))
        .cloned()
        .collect()
}
