//! Which facts are about the two states of the record.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    merge::report::{Reader, Report},
    wording::{Matcher, Plain, shared},
};

/// The two states, and what is known of the documents that tell of them.
pub(super) struct Scope {
    /// Sorted.
    pub(super) dyad: [u32; 2],
    /// Documents that tell of both.
    documents: FxHashSet<i64>,
    /// Documents that name a state that is neither.
    others: FxHashSet<i64>,
    /// People of whom no document says for whom they stand, who act in texts about the two.
    people: FxHashSet<u32>,
    /// "The two countries".
    both: Matcher,
}

impl Scope {
    pub(super) fn new(
        mut dyad: [u32; 2],
        reports: &[Report],
        reader: &mut Reader<'_, '_>,
        both: &[Box<str>],
    ) -> Self {
        dyad.sort_unstable();
        let mut named: FxHashMap<i64, Vec<u32>> = FxHashMap::default();
        let mut places: FxHashMap<i64, Vec<u32>> = FxHashMap::default();
        let mut talks: FxHashSet<i64> = FxHashSet::default();
        for report in reports {
            let of = named.entry(report.document).or_default();
            of.extend(&report.states);
            if report.channel.is_some() {
                talks.insert(report.document);
            }
        }
        // Where a text tells of a channel, its sentences are read for the states that its facts
        // leave out: "her Japanese guest". A capital says little, but enough to know its people.
        let mut read: FxHashSet<(i64, u32)> = FxHashSet::default();
        for report in reports {
            if talks.contains(&report.document) && read.insert((report.document, report.sentence)) {
                let [states, all] = reader.named_in(&report.whole);
                named.entry(report.document).or_default().extend(states);
                places.entry(report.document).or_default().extend(all);
            }
        }
        let tells_of = |states: &[u32], wanted: u32| states.contains(&wanted);
        let documents: FxHashSet<i64> = named
            .iter()
            .filter(|(document, states)| {
                let near = places.get(document).map_or(&[][..], Vec::as_slice);
                dyad.iter().any(|state| tells_of(states, *state))
                    && dyad
                        .iter()
                        .all(|state| tells_of(states, *state) || tells_of(near, *state))
            })
            .map(|(document, _)| *document)
            .collect();
        let others = named
            .into_iter()
            .filter(|(_, states)| states.iter().any(|state| !dyad.contains(state)))
            .map(|(document, _)| document)
            .collect();
        let mut people: FxHashSet<u32> = FxHashSet::default();
        for report in reports {
            if documents.contains(&report.document) {
                people.extend(reader.strangers(report));
            }
        }
        Self {
            dyad,
            documents,
            others,
            people,
            both: Matcher::of_words(both),
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
    /// text about the two; or such people met elsewhere in texts about them; or "the two countries"
    /// in a text that names no other state.
    pub(super) fn is_between(&self, report: &Report, plain: &Plain) -> bool {
        let mut parties = [report.source.as_slice(), &report.target].concat();
        parties.sort_unstable();
        parties.dedup();
        if shared(&self.dyad, &report.states) == 2 {
            // "Tokyo opened a hearing on Seoul's place on the list": one side by itself.
            let alone = parties.len() == 1 && self.dyad.contains(&parties[0]);
            return !alone;
        }
        if self.has_third(report) {
            return false;
        }
        let open = parties.iter().any(|party| !report.states.contains(party));
        if open && self.is_in_document(report) {
            return true;
        }
        let known = |party: &u32| self.people.contains(party) || self.dyad.contains(party);
        (open && parties.len() >= 2 && parties.iter().all(known))
            || (!self.others.contains(&report.document) && self.both.find(plain, None).is_some())
    }

    /// The fact may tell of the relation of the two: it names one of them, or nobody in a text
    /// about both.
    pub(super) fn may_concern(&self, report: &Report, plain: &Plain) -> bool {
        match shared(&self.dyad, &report.states) {
            2 => true,
            1 => report.kind != "event" || !self.has_third(report),
            _ => {
                report.states.is_empty()
                    && (self.is_in_document(report) || self.is_between(report, plain))
            }
        }
    }
}
