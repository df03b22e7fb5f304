//! Which later fact moves which entry.
//!
//! A fact moves an entry if its words fit a move of the ledger book, or if it is the very act that
//! was promised. Of the entries that it could mean, the one with most in common is taken:
//!
//! | in common | points |
//! |---|---|
//! | words, by their weight (cue words aside) | up to 3 |
//! | an issue | 1 |
//! | a channel | 0.5 |
//! | both sides | 0.5 |
//! | the noun by which such an entry is called ("the pact", "the curbs") | 1 |
//!
//! From [`ENOUGH`] points the entry moves, if the next one is [`AHEAD`] behind; else, and from
//! [`PERHAPS`] points, the link waits for a reviewer.

use std::collections::BTreeSet;

use detente_codebook::{Codebook, ledger::Move};
use rustc_hash::FxHashMap;

use super::entries::Weights;
use crate::{
    merge::report::Report,
    wording::{Matcher, Plain, Stem, Wording, shared},
};

const ENOUGH: f64 = 2.0;
const PERHAPS: f64 = 1.6;
const AHEAD: f64 = 0.5;

/// Share of the words of a promise, by weight, that an act has if it is what was promised.
const DONE: f64 = 0.6;

/// The same for a promise of two words without a topic in common.
const WHOLLY: f64 = 0.9;

/// Entries that a fact is compared with at most.
const MOST: usize = 128;

/// An entry as moves see it.
#[derive(Debug, Default)]
pub(crate) struct Target {
    pub(crate) kind: String,
    pub(crate) source: Vec<u32>,
    pub(crate) target: Vec<u32>,
    pub(crate) parties: Vec<u32>,
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

/// A fact that moves an entry, or may.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) report: usize,
    pub(crate) entry: usize,
    pub(crate) to: String,
    pub(crate) why: String,
    /// False: for a reviewer to say.
    pub(crate) sure: bool,
}

/// The moves of the ledger book, ready to be looked for.
pub(crate) struct Mover<'b> {
    moves: Vec<(&'b Move, Matcher)>,
    /// Kind of entry, words by which it is called, their stems.
    nouns: Vec<(&'b str, Matcher, Vec<Stem>)>,
    deed_roots: Vec<&'b str>,
    partly: Matcher,
    accuse: Matcher,
    deny: Matcher,
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
            if let [a, b, ..] = target.parties[..] {
                targets.by_pair.entry((a, b)).or_default().push(i);
            }
        }
        targets.all = all;
        targets
    }

    /// Entries that share a rare word or an issue with the report, or both its sides.
    fn near(&self, report: &Report, weights: &Weights) -> Vec<usize> {
        let mut rare = report.words.content.clone();
        rare.sort_by(|a, b| weights.of_word(*b).total_cmp(&weights.of_word(*a)));
        let mut parties = [report.source.as_slice(), &report.target].concat();
        parties.sort_unstable();
        parties.dedup();
        let mut found: Vec<usize> = Vec::new();
        let latest = |list: Option<&Vec<usize>>| -> Vec<usize> {
            list.map_or(&[][..], Vec::as_slice)
                .iter()
                .rev()
                .take(MOST)
                .copied()
                .collect()
        };
        for stem in rare.iter().take(6) {
            found.extend(latest(self.by_word.get(stem)));
        }
        for party in &parties {
            for issue in &report.issue {
                found.extend(latest(self.by_issue.get(&(*party, *issue))));
            }
        }
        if let [a, b] = parties[..] {
            found.extend(latest(self.by_pair.get(&(a, b))));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl<'b> Mover<'b> {
    pub(crate) fn new(book: &'b Codebook, wording: &mut Wording<'_>) -> Self {
        let ledger = &book.ledger;
        Self {
            moves: ledger
                .moves
                .iter()
                .map(|step| (step, Matcher::new(&step.cue)))
                .collect(),
            nouns: ledger
                .nouns
                .iter()
                .map(|(kind, words)| {
                    let stems = wording.stems_of(words);
                    (&**kind, Matcher::of_words(words), stems)
                })
                .collect(),
            deed_roots: ledger.deed_roots.iter().map(|root| &**root).collect(),
            partly: Matcher::of_words(&ledger.partly),
            accuse: Matcher::of_words(&ledger.accuse),
            deny: Matcher::of_words(&ledger.deny),
        }
    }

    /// The links of one fact.
    pub(crate) fn links(
        &self,
        index: usize,
        report: &Report,
        plain: &Plain,
        targets: &Targets,
        weights: &Weights,
    ) -> Vec<Link> {
        if !matches!(report.modality.as_str(), "asserted" | "historical")
            || matches!(report.kind.as_str(), "proposal" | "commitment")
        {
            return Vec::new();
        }
        let root = report.root.as_deref();
        let fitting: Vec<(&Move, String)> = self
            .moves
            .iter()
            .filter_map(|(step, matcher)| Some((*step, matcher.find(plain, root)?)))
            .collect();
        // An act may be coded as a statement; what somebody says of himself is no evidence of it.
        let own_words = report
            .speaker
            .as_ref()
            .is_some_and(|speaker| report.who.contains(speaker));
        let is_deed = match report.kind.as_str() {
            "event" => root.is_some(),
            _ => report.kind == "statement" && !report.who.is_empty() && !own_words,
        };
        if fitting.is_empty() && !is_deed {
            return Vec::new();
        }
        let near = targets.near(report, weights);
        let mut scored: Vec<(f64, usize, String, String)> = Vec::new();
        for entry in near {
            let target = &targets.all[entry];
            // A part of the words that tell it is no later fact.
            let own = target.quotes.iter().any(|(document, quote)| {
                *document == report.document && quote.contains(&report.quote)
            });
            if own || target.rows.contains(&report.row) || !is_later(report, target) {
                continue;
            }
            if is_deed && let Some((to, why)) = self.done(report, plain, target, weights) {
                scored.push((4.0, entry, to, why));
                continue;
            }
            let step = fitting.iter().find(|(step, _)| {
                step.of.iter().any(|kind| **kind == *target.kind) && by_whom(step, report, target)
            });
            let Some((step, words)) = step else { continue };
            let Some((points, common)) = self.points(report, plain, target, weights) else {
                continue;
            };
            let why = format!("{}: “{words}” ({}); {common}", step.id, step.cue.place);
            scored.push((points, entry, step.to.to_string(), why));
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some(best) = scored.first().map(|best| best.0) else {
            return Vec::new();
        };
        if best < PERHAPS {
            return Vec::new();
        }
        let close = scored.iter().filter(|link| best - link.0 < AHEAD).count();
        let sure = best >= ENOUGH && close == 1;
        scored
            .into_iter()
            .take(close)
            .map(|(_, entry, to, why)| Link {
                report: index,
                entry,
                to,
                why,
                sure,
            })
            .collect()
    }

    /// The act that was promised, by whoever is bound.
    fn done(
        &self,
        report: &Report,
        plain: &Plain,
        target: &Target,
        weights: &Weights,
    ) -> Option<(String, String)> {
        let promised = matches!(target.kind.as_str(), "commitment" | "proposal");
        let root = report.root.as_deref();
        let fits = target.negated || root.is_none_or(|root| self.deed_roots.contains(&root));
        let words = shared(&target.content, &report.words.content);
        let covered = weights.covered(&target.content, &report.words.content);
        let topic = shared(&target.issue, &report.issue) > 0
            || (target.channel.is_some() && target.channel == report.channel);
        // A proposal is kept by those whom it asks.
        let bound = if target.kind == "proposal" {
            &target.target
        } else {
            &target.source
        };
        if !promised
            || !fits
            || words < 2
            || (words < 3 && !topic && covered < WHOLLY)
            || covered < DONE
            || report.source.is_empty()
            || shared(&report.source, bound) == 0
            || conflict(report, target)
        {
            return None;
        }
        let what = format!(
            "the act itself: {words} words of it ({:.0} %)",
            covered * 100.0
        );
        Some(if target.negated {
            (
                "broken".to_owned(),
                format!("{what}, which was not to be done"),
            )
        } else if self.partly.find(plain, None).is_some() {
            ("partly_kept".to_owned(), format!("{what}, in part"))
        } else {
            ("kept".to_owned(), what)
        })
    }

    /// What a fact has in common with an entry, in points and in words.
    fn points(
        &self,
        report: &Report,
        plain: &Plain,
        target: &Target,
        weights: &Weights,
    ) -> Option<(f64, String)> {
        if conflict(report, target) {
            return None;
        }
        let nouns = self.nouns.iter().find(|(kind, ..)| *kind == target.kind);
        // The noun by which it is called counts once, as such.
        let own = |content: &[Stem]| -> Vec<Stem> {
            let known = nouns.map_or(&[][..], |(.., stems)| stems);
            let mut content = content.to_vec();
            content.retain(|stem| known.binary_search(stem).is_err());
            content
        };
        let (ours, theirs) = (own(&target.content), own(&report.words.content));
        let words = shared(&ours, &theirs);
        let share = weights.share(&ours, &theirs);
        let issue = shared(&target.issue, &report.issue) > 0;
        let channel = target.channel.is_some() && target.channel == report.channel;
        let mut parties = [report.source.as_slice(), &report.target].concat();
        parties.sort_unstable();
        parties.dedup();
        let both = shared(&parties, &target.parties) >= 2;
        let noun = nouns.and_then(|(_, matcher, _)| matcher.find(plain, None));
        let mut points = if words >= 2 { 3.0 * share } else { 1.5 * share };
        let mut common = Vec::new();
        if words > 0 {
            common.push(format!("{words} common words"));
        }
        for (holds, worth, name) in [
            (issue, 1.0, "a common issue"),
            (channel, 0.5, "the same channel"),
            (both, 0.5, "both sides"),
            (noun.is_some(), 1.0, "called by its kind"),
        ] {
            if holds {
                points += worth;
                common.push(name.to_owned());
            }
        }
        let called = noun.is_some();
        let enough = words >= 2 || (words == 1 && (issue || called)) || (called && (issue || both));
        enough.then(|| (points, common.join(", ")))
    }

    /// Does the fact say that an undertaking was not kept (true), or that it was (false)?
    pub(crate) fn dispute(&self, report: &Report, plain: &Plain) -> Option<bool> {
        if report.kind == "proposal" || report.modality == "hypothetical" {
            return None;
        }
        let accuses = report.root.as_deref() == Some("ACCUSE") || report.root.is_none();
        if accuses && self.accuse.find(plain, None).is_some() {
            return Some(true);
        }
        self.deny.find(plain, None).is_some().then_some(false)
    }

    /// Points of a reproach or denial about an entry.
    pub(crate) fn about(
        &self,
        report: &Report,
        plain: &Plain,
        target: &Target,
        weights: &Weights,
    ) -> Option<(f64, String)> {
        self.points(report, plain, target, weights)
            .filter(|(points, _)| *points >= ENOUGH)
    }

    /// Entries near a report.
    pub(crate) fn near(&self, report: &Report, targets: &Targets, weights: &Weights) -> Vec<usize> {
        targets.near(report, weights)
    }
}

/// The sides differ: an agreement with another state, another pair's.
fn conflict(report: &Report, target: &Target) -> bool {
    let mut parties = [report.source.as_slice(), &report.target].concat();
    parties.sort_unstable();
    parties.dedup();
    if parties.is_empty() || target.parties.is_empty() {
        return false;
    }
    let common = shared(&parties, &target.parties);
    common == 0 || common < parties.len().min(target.parties.len()).min(2)
}

fn by_whom(step: &Move, report: &Report, target: &Target) -> bool {
    let bound = if target.kind == "agreement" {
        &target.parties
    } else {
        &target.source
    };
    match &*step.by {
        "maker" => report.source.is_empty() || shared(&report.source, bound) > 0,
        "other" => {
            let others = if target.target.is_empty() {
                &target.parties
            } else {
                &target.target
            };
            shared(&report.source, others) > 0
        }
        _ => true,
    }
}

/// The fact lies after the beginning of the undertaking.
fn is_later(report: &Report, target: &Target) -> bool {
    match (report.to.or(report.told), target.from.or(target.told)) {
        (Some(when), Some(began)) => when >= began,
        (None, _) => report.told >= target.told,
        _ => true,
    }
}
