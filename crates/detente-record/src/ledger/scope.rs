//! Which facts are about the two states of the record.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{merge::report::Report, wording::shared};

/// The two states, and the documents that tell of both.
pub(super) struct Scope {
    /// Sorted.
    pub(super) dyad: [u32; 2],
    documents: FxHashSet<i64>,
}

impl Scope {
    pub(super) fn new(mut dyad: [u32; 2], reports: &[Report]) -> Self {
        dyad.sort_unstable();
        let mut named: FxHashMap<i64, [bool; 2]> = FxHashMap::default();
        for report in reports {
            let of = named.entry(report.document).or_default();
            for (named, state) in of.iter_mut().zip(dyad) {
                *named |= report.states.contains(&state);
            }
        }
        let both = named.into_iter().filter(|(_, named)| *named == [true; 2]);
        Self {
            dyad,
            documents: both.map(|(document, _)| document).collect(),
        }
    }

    /// The document tells of both states.
    pub(super) fn is_in_document(&self, report: &Report) -> bool {
        self.documents.contains(&report.document)
    }

    /// A state that is neither is among those it is about.
    pub(super) fn has_third(&self, report: &Report) -> bool {
        report.states.iter().any(|state| !self.dyad.contains(state))
    }

    /// The fact names both states; or people of whom no document says for whom they stand, in a
    /// text about the two.
    pub(super) fn is_between(&self, report: &Report) -> bool {
        if shared(&self.dyad, &report.states) == 2 {
            return true;
        }
        let parties = [report.source.as_slice(), &report.target].concat();
        let open = parties.iter().any(|party| !report.states.contains(party));
        open && self.is_in_document(report) && !self.has_third(report)
    }

    /// The fact may tell of the relation of the two: it names one of them, or nobody in a text
    /// about both.
    pub(super) fn may_concern(&self, report: &Report) -> bool {
        match shared(&self.dyad, &report.states) {
            2 => true,
            1 => report.kind != "event" || !self.has_third(report),
            _ => report.states.is_empty() && self.is_in_document(report),
        }
    }
}
