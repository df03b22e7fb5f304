//! Entries of the ledger of undertakings as later facts look for them.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::entries::Weights;
use crate::{
    merge::report::Report,
    wording::{Stem, shared},
};

/// Entries that a fact is compared with at most, for each thing they are looked for by.
const MOST: usize = 128;

/// An entry as moves see it: what its mentions have together.
#[derive(Debug, Default)]
pub(crate) struct Target {
    pub(crate) kind: String,
    /// Whoever is bound, and to whom.
    pub(crate) source: Vec<u32>,
    pub(crate) target: Vec<u32>,
    pub(crate) parties: Vec<u32>,
    /// States among the parties, and those that its quotes name.
    pub(crate) states: Vec<u32>,
    pub(crate) issue: Vec<u32>,
    pub(crate) channel: Option<u32>,
    pub(crate) content: Vec<Stem>,
    pub(crate) negated: bool,
    /// First day of the undertaking, and the day on which it was first told.
    pub(crate) from: Option<i32>,
    pub(crate) told: Option<i32>,
    /// Rows of its mentions.
    pub(crate) rows: BTreeSet<i64>,
    /// Document and quote of its mentions.
    pub(crate) quotes: Vec<(i64, String)>,
}

impl Target {
    /// Whoever must act: of an agreement both sides, of a proposal those whom it asks.
    pub(crate) fn bound(&self) -> &[u32] {
        match self.kind.as_str() {
            "agreement" => &self.parties,
            "proposal" => &self.target,
            _ => &self.source,
        }
    }

    /// The fact is told after the beginning of the undertaking.
    pub(crate) fn is_before(&self, report: &Report) -> bool {
        match (report.to.or(report.told), self.from.or(self.told)) {
            (Some(when), Some(began)) => when >= began || report.told > self.told,
            (None, _) => report.told >= self.told,
            _ => true,
        }
    }

    /// The sides differ: an agreement with another state, another pair's.
    pub(crate) fn is_of_others(&self, report: &Report) -> bool {
        if report.states.is_empty() || self.states.is_empty() {
            return false;
        }
        let common = shared(&report.states, &self.states);
        common == 0 || common < report.states.len().min(self.states.len()).min(2)
    }

    /// True if the fact prints a part of the words that tell the entry.
    pub(crate) fn tells(&self, report: &Report) -> bool {
        self.rows.contains(&report.row)
            || self.quotes.iter().any(|(document, quote)| {
                *document == report.document
                    && (quote.contains(&report.quote) || report.quote.contains(quote))
            })
    }
}

/// Entries by what they are looked for.
pub(crate) struct Targets {
    pub(crate) all: Vec<Target>,
    by_word: FxHashMap<Stem, Vec<usize>>,
    by_issue: FxHashMap<(u32, u32), Vec<usize>>,
    by_pair: FxHashMap<(u32, u32), Vec<usize>>,
}

impl Targets {
    pub(crate) fn new(all: Vec<Target>) -> Self {
        let mut targets = Self {
            by_word: FxHashMap::default(),
            by_issue: FxHashMap::default(),
            by_pair: FxHashMap::default(),
            all: Vec::new(),
        };
        for (i, target) in all.iter().enumerate() {
            for stem in &target.content {
                targets.by_word.entry(*stem).or_default().push(i);
            }
            for party in &target.parties {
                for issue in &target.issue {
                    targets
                        .by_issue
                        .entry((*party, *issue))
                        .or_default()
                        .push(i);
                }
            }
            if let [a, b, ..] = target.states[..] {
                targets.by_pair.entry((a, b)).or_default().push(i);
            }
        }
        targets.all = all;
        targets
    }

    /// Entries that share a rare word or an issue with the report, or both its sides.
    pub(crate) fn near(&self, report: &Report, weights: &Weights) -> Vec<usize> {
        let mut rare = report.words.content.clone();
        rare.sort_by(|a, b| weights.of_word(*b).total_cmp(&weights.of_word(*a)));
        let mut found: Vec<usize> = Vec::new();
        let mut take = |list: Option<&Vec<usize>>| {
            let list = list.map_or(&[][..], Vec::as_slice);
            found.extend(list.iter().rev().take(MOST));
        };
        for stem in rare.iter().take(6) {
            take(self.by_word.get(stem));
        }
        for party in &report.states {
            for issue in &report.issue {
                take(self.by_issue.get(&(*party, *issue)));
            }
        }
        if let [a, b] = report.states[..] {
            take(self.by_pair.get(&(a, b)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
