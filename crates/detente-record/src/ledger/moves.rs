//! Which later fact moves which entry, or speaks of it.
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
//! [`PERHAPS`] points, the link waits for a reviewer. What a text calls "the promise" is the one
//! entry that the text tells of, if there is only one ([`Mover::by_context`]).

use detente_codebook::{Codebook, ledger::Move};

use super::{
    entries::Weights,
    targets::{Target, Targets},
};
use crate::{
    merge::report::Report,
    wording::{Matcher, Plain, Stem, Wording, shared},
};

const ENOUGH: f64 = 1.8;
const PERHAPS: f64 = 1.6;
const AHEAD: f64 = 0.5;

/// Points from which a fact with two common words speaks of an entry.
const MENTIONS: f64 = 1.5;

/// Points of a fact that is the very act.
const VERY: f64 = 4.0;

/// Share of the words of a promise, by weight, that an act has if it is what was promised.
const DONE: f64 = 0.6;

/// The same where the sentence refers back to a promise.
const DONE_AS_PROMISED: f64 = 0.3;

/// The same for a promise of two words without a topic in common.
const WHOLLY: f64 = 0.9;

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
    fn is_praise(self, target: &Target) -> bool {
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
    nouns: Vec<(&'b str, Matcher, Vec<Stem>)>,
    deed_roots: Vec<&'b str>,
    partly: Matcher,
    promised: Matcher,
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
        let mut scored: Vec<(f64, usize, Option<String>, String)> = Vec::new();
        for entry in targets.near(report, weights) {
            let target = &targets.all[entry];
            if target.tells(report) || !target.is_before(report) || target.is_of_others(report) {
                continue;
            }
            let step = fitting.iter().find(|(step, _)| {
                step.fits(report, target) && !(&*step.step.to == "kept" && told.is_praise(target))
            });
            let ends = step.is_some_and(|(step, _)| !is_kept(&step.step.to));
            if !ends && let Some((to, why)) = self.done(told, target, weights) {
                scored.push((VERY, entry, Some(to), why));
                continue;
            }
            let cue = step.map_or(&[][..], |(step, _)| &step.stems);
            let Some((points, common)) = self.points(told, target, cue, weights) else {
                continue;
            };
            match step {
                Some((step, words)) => {
                    let why = step.why(words, &common);
                    scored.push((points, entry, Some(step.step.to.to_string()), why));
                }
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
        let sure = best >= least && close == 1;
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

    /// The act that was promised, by whoever is bound.
    fn done(&self, told: Told<'_>, target: &Target, weights: &Weights) -> Option<(String, String)> {
        let report = told.report;
        let root = report.root.as_deref();
        let took_place = matches!(report.modality.as_str(), "asserted" | "historical");
        // An act may be coded as a statement; what somebody says of himself is no evidence of it.
        let own_words = report
            .speaker
            .as_ref()
            .is_some_and(|speaker| report.who.contains(speaker));
        let deed = match report.kind.as_str() {
            "event" => true,
            _ => report.kind == "statement" && !own_words,
        };
        let promised = matches!(target.kind.as_str(), "commitment" | "proposal");
        let fits = target.negated || root.is_none_or(|root| self.deed_roots.contains(&root));
        if !took_place || !deed || !promised || !fits || told.opens {
            return None;
        }
        let by = acts(report, target.bound()) == Some(true);
        let words = shared(&target.content, &report.words.content);
        let covered = weights.covered(&target.content, &report.words.content);
        let topic = shared(&target.issue, &report.issue) > 0
            || (target.channel.is_some() && target.channel == report.channel);
        let back = self.refers_back(told);
        let enough = if back {
            covered >= DONE_AS_PROMISED
        } else {
            covered >= if words < 3 && !topic { WHOLLY } else { DONE }
        };
        // Without a root only the words of the text speak for its being an act.
        let known = report.kind == "event" || back || !report.source.is_empty();
        if !by || words < 2 || !enough || !known || told.is_praise(target) {
            return None;
        }
        let percent = covered * 100.0;
        let what = format!("the act itself: {words} words of it ({percent:.0} %)");
        Some(if target.negated {
            let why = format!("{what}, which was not to be done");
            ("broken".to_owned(), why)
        } else if self.partly.find(told.plain, None).is_some() {
            ("partly_kept".to_owned(), format!("{what}, in part"))
        } else {
            ("kept".to_owned(), what)
        })
    }

    /// What a fact has in common with an entry, in points and in words; `cue` are stems of the
    /// words that move it.
    fn points(
        &self,
        told: Told<'_>,
        target: &Target,
        cue: &[Stem],
        weights: &Weights,
    ) -> Option<(f64, String)> {
        let report = told.report;
        if target.is_of_others(report) {
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
        let (ours, mut theirs) = (own(&target.content), own(&report.words.content));
        theirs.retain(|stem| ours.binary_search(stem).is_ok() || cue.binary_search(stem).is_err());
        let words = shared(&ours, &theirs);
        let share = weights.share(&ours, &theirs);
        let issue = shared(&target.issue, &report.issue) > 0;
        let channel = target.channel.is_some() && target.channel == report.channel;
        let both = shared(&report.states, &target.states) >= 2;
        let called = nouns.is_some_and(|(_, noun, _)| noun.find(told.plain, None).is_some());
        let mut points = if words >= 2 { 3.0 * share } else { 1.5 * share };
        let mut common = Vec::new();
        if words > 0 {
            common.push(format!("{words} common words"));
        }
        for (holds, worth, name) in [
            (issue, 1.0, "a common issue"),
            (channel, 0.5, "the same channel"),
            (both, 0.5, "both sides"),
            (called, 1.0, "called by its kind"),
        ] {
            if holds {
                points += worth;
                common.push(name.to_owned());
            }
        }
        let enough = words >= 2 || (words == 1 && (issue || called)) || (called && (issue || both));
        enough.then(|| (points, common.join(", ")))
    }

    /// Points of a reproach or denial about an entry.
    pub(crate) fn about(
        &self,
        told: Told<'_>,
        target: &Target,
        weights: &Weights,
    ) -> Option<(f64, String)> {
        self.points(told, target, &[], weights)
            .filter(|(points, _)| *points >= ENOUGH)
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

/// True if the side acts in the fact: it is the source, or stands at the head of the words where
/// for whom the source stands is not known. `None` if nobody is named.
fn acts(report: &Report, side: &[u32]) -> Option<bool> {
    if shared(&report.source, side) > 0 {
        return Some(true);
    }
    if shared(&report.source, &report.states) == 0 {
        return report.head.map(|head| side.contains(&head));
    }
    Some(false)
}

/// Statuses that a deed may give as well.
fn is_kept(status: &str) -> bool {
    matches!(status, "kept" | "in_force" | "agreed" | "resumed")
}
