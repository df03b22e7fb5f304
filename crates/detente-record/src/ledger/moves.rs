//! Which later fact moves which entry, or speaks of it.
//!
//! A fact moves an entry if its words fit a move of the ledger book, or if it is the very act that
//! was promised. Of the entries that it could mean, the one with most in common is taken
//! ([`likeness`](super::likeness)). From [`ENOUGH`] points it moves, if the next one is [`AHEAD`]
//! behind; else, and from [`PERHAPS`] points, the link waits for a reviewer. What a text calls "the
//! promise" is the one entry that the text tells of, if there is only one ([`Mover::by_context`]).

use detente_codebook::{Codebook, ledger::Move};

use super::{
    entries::Weights,
    likeness::{Cue, acts},
    targets::{Target, Targets},
};
use crate::{
    merge::report::Report,
    wording::{Matcher, Plain, Stem, Wording, shared},
};

pub(super) const ENOUGH: f64 = 1.8;
const PERHAPS: f64 = 1.6;
const AHEAD: f64 = 0.5;

/// Points from which a fact with two common words speaks of an entry.
const MENTIONS: f64 = 1.5;

/// Share of the words of a proposal, by weight, that stand where it is accepted.
const ACCEPTED: f64 = 0.4;

/// Points of a fact that is the very act.
const VERY: f64 = 4.0;

/// A fact and the words in which moves are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Told<'r> {
    pub(crate) report: &'r Report,
    /// The quote.
    pub(crate) plain: &'r Plain,
    /// Its sentence.
    pub(crate) whole: &'r Plain,
    /// It opens an entry of its own.
    pub(crate) opens: bool,
    /// The state of whoever says it.
    pub(crate) speaker: Option<u32>,
}

impl Told<'_> {
    /// What the bound side says of itself: no evidence of its having kept a promise.
    pub(super) fn is_praise(self, target: &Target) -> bool {
        self.report.kind == "statement"
            && self.speaker.is_some_and(|speaker| {
                target.source.contains(&speaker) && !target.target.contains(&speaker)
            })
    }
}

/// A fact that moves an entry, may move it, or speaks of it.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) report: usize,
    pub(crate) entry: usize,
    /// The status; `None`: it is only spoken of.
    pub(crate) to: Option<String>,
    pub(crate) why: String,
    /// False: for a reviewer to say.
    pub(crate) sure: bool,
}

struct Step<'b> {
    step: &'b Move,
    cue: Matcher,
    /// Stems of its words.
    stems: Vec<Stem>,
}

/// The moves of the ledger book, ready to be looked for.
pub(crate) struct Mover<'b> {
    moves: Vec<Step<'b>>,
    /// Kind of entry, words by which it is called, their stems.
    pub(super) nouns: Vec<(&'b str, Matcher, Vec<Stem>)>,
    pub(super) deed_roots: Vec<&'b str>,
    pub(super) partly: Matcher,
    pub(super) promised: Matcher,
    unclear: Matcher,
    pub(super) undone: Matcher,
}

impl<'b> Mover<'b> {
    pub(crate) fn new(book: &'b Codebook, wording: &mut Wording<'_>) -> Self {
        let ledger = &book.ledger;
        let mut single = |lists: &[Box<str>]| {
            let words = lists.iter().flat_map(|words| words.split(' '));
            let words: Vec<Box<str>> = words.map(Into::into).collect();
            wording.stems_of(&words)
        };
        Self {
            moves: ledger
                .moves
                .iter()
                .map(|step| Step {
                    step,
                    cue: Matcher::new(&step.cue),
                    stems: single(&step.cue.words),
                })
                .collect(),
            nouns: ledger
                .nouns
                .iter()
                .map(|(kind, words)| (&**kind, Matcher::of_words(words), single(words)))
                .collect(),
            deed_roots: ledger.deed_roots.iter().map(|root| &**root).collect(),
            partly: Matcher::of_words(&ledger.partly),
            promised: Matcher::of_words(&ledger.promised),
            unclear: Matcher::of_words(&ledger.unclear),
            undone: Matcher::of_words(&ledger.undone),
        }
    }

    /// True if the sentence refers back to an undertaking.
    pub(crate) fn refers_back(&self, told: Told<'_>) -> bool {
        self.promised.find(told.whole, None).is_some()
    }

    /// True if words of a move stand in the sentence of a fact.
    pub(crate) fn may_move(&self, report: &Report, whole: &Plain) -> bool {
        matches!(report.kind.as_str(), "event" | "statement")
            && self
                .moves
                .iter()
                .any(|step| step.cue.find(whole, None).is_some())
    }

    fn fitting(&self, told: Told<'_>) -> Vec<(&Step<'b>, String)> {
        let root = told.report.root.as_deref();
        let modality = told.report.modality.as_str();
        let took_place = matches!(modality, "asserted" | "historical");
        let fits = |step: &&Step<'b>| {
            took_place || step.step.modality.iter().any(|named| **named == *modality)
        };
        self.moves
            .iter()
            .filter(fits)
            .filter_map(|step| {
                let words = if step.step.whole {
                    told.whole
                } else {
                    told.plain
                };
                Some((step, step.cue.find(words, root)?))
            })
            .collect()
    }

    /// The links of one fact.
    pub(crate) fn links(
        &self,
        index: usize,
        told: Told<'_>,
        targets: &Targets,
        weights: &Weights,
    ) -> Vec<Link> {
        let report = told.report;
        if !matches!(
            report.modality.as_str(),
            "asserted" | "historical" | "negated"
        ) || matches!(report.kind.as_str(), "proposal" | "commitment")
        {
            return Vec::new();
        }
        let fitting = self.fitting(told);
        // "One of the pledges": which one is for a reviewer to say.
        let unclear = self.unclear.find(told.plain, None).is_some();
        let near = targets.near(report, weights);
        // What tells another undertaking speaks of that one.
        let tells = report.kind == "statement"
            && near.iter().any(|entry| targets.all[*entry].tells(report));
        let mut scored: Vec<(f64, usize, Option<String>, String)> = Vec::new();
        for entry in near {
            let target = &targets.all[entry];
            if target.tells(report) || !target.is_before(report) || target.is_of_others(report) {
                continue;
            }
            let step = fitting.iter().find(|(step, _)| {
                step.fits(report, target)
                    && !(&*step.step.to == "kept" && told.is_praise(target))
                    && (&*step.step.to != "agreed" || accepts(report, target, weights))
            });
            let ends = step.is_some_and(|(step, _)| !is_kept(&step.step.to));
            if !ends && let Some((to, why)) = self.done(told, target, weights) {
                scored.push((VERY, entry, Some(to), why));
                continue;
            }
            // What ends an entry is none of the words that tell it.
            let cue = step.map_or(&[][..], |(step, _)| &step.stems);
            let cue = Cue { stems: cue, ends };
            let Some((points, common)) = self.points(told, target, cue, weights) else {
                continue;
            };
            match step {
                Some((step, words)) => {
                    let why = step.why(words, &common);
                    scored.push((points, entry, Some(step.step.to.to_string()), why));
                }
                None if tells => {}
                None => scored.push((points, entry, None, format!("speaks of it: {common}"))),
            }
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some(best) = scored.first().map(|best| best.0) else {
            return Vec::new();
        };
        let close = scored.iter().filter(|link| best - link.0 < AHEAD).count();
        let least = if scored[0].2.is_some() {
            ENOUGH
        } else {
            MENTIONS
        };
        let sure = best >= least && close == 1 && !unclear;
        let moves = scored.iter().take(close).any(|link| link.2.is_some());
        if best < PERHAPS.min(least) || !(sure || moves) {
            return Vec::new();
        }
        scored
            .into_iter()
            .take(close)
            .filter(|link| sure || link.2.is_some())
            .map(|(_, entry, to, why)| Link {
                report: index,
                entry,
                to,
                why,
                sure,
            })
            .collect()
    }

    /// The link of a fact that refers back to a promise which it does not name: to the one entry
    /// of `known`, those that its text tells of.
    pub(crate) fn by_context(
        &self,
        index: usize,
        told: Told<'_>,
        known: &[usize],
        targets: &Targets,
    ) -> Option<Link> {
        let report = told.report;
        if self.unclear.find(told.plain, None).is_some() {
            return None;
        }
        let commitments: Vec<usize> = known
            .iter()
            .copied()
            .filter(|entry| {
                let target = &targets.all[*entry];
                target.kind != "measure"
                    && target.told < report.told
                    && !target.tells(report)
                    && !target.is_of_others(report)
            })
            .collect();
        let &[entry] = commitments.as_slice() else {
            return None;
        };
        let target = &targets.all[entry];
        let (step, words) = self
            .fitting(told)
            .into_iter()
            .find(|(step, _)| step.fits(report, target))?;
        if &*step.step.to == "kept" && told.is_praise(target) {
            return None;
        }
        let named = self.nouns.iter().find(|(kind, ..)| *kind == target.kind);
        let called = named.is_some_and(|(_, noun, _)| noun.find(told.plain, None).is_some());
        if !called && !self.refers_back(told) && step.step.modality.is_empty() {
            return None;
        }
        Some(Link {
            report: index,
            entry,
            to: Some(step.step.to.to_string()),
            why: step.why(&words, "the only such entry that the text tells of"),
            sure: true,
        })
    }
}

impl Step<'_> {
    /// The move is one of that entry, by the right side.
    fn fits(&self, report: &Report, target: &Target) -> bool {
        let step = self.step;
        if !step.of.iter().any(|kind| **kind == *target.kind) {
            return false;
        }
        let side = |side: &[u32]| acts(report, side) != Some(false);
        match &*step.by {
            "maker" if target.kind == "agreement" => side(&target.parties),
            "maker" => side(&target.source),
            "other" if target.target.is_empty() => shared(&report.source, &target.parties) > 0,
            "other" => shared(&report.source, &target.target) > 0,
            _ => true,
        }
    }

    fn why(&self, words: &str, common: &str) -> String {
        let (id, place) = (&self.step.id, &self.step.cue.place);
        format!("{id}: “{words}” ({place}); {common}")
    }
}

/// What is accepted is what was proposed, not something beside it: a part of its words stands there,
/// or none but those of its name ("accepted the proposal").
fn accepts(report: &Report, target: &Target, weights: &Weights) -> bool {
    report.words.content.len() < 3
        || weights.covered(&target.content, &report.words.content) >= ACCEPTED
}

/// Statuses that a deed may give as well.
fn is_kept(status: &str) -> bool {
    matches!(status, "kept" | "in_force" | "agreed" | "resumed")
}
