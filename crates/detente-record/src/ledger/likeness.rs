//! What a later fact and an entry have in common.
//!
//! | in common | points |
//! |---|---|
//! | words, by their weight (cue words aside) | up to 3 |
//! | an issue | 1 |
//! | a channel | 0.5 |
//! | both sides | 0.5 |
//! | the noun by which such an entry is called ("the pact", "the curbs") | 1 |

use super::{
    entries::Weights,
    moves::{ENOUGH, Mover, Told},
    targets::Target,
};
use crate::{
    merge::report::Report,
    wording::{Stem, shared},
};

/// Share of the words of a promise, by weight, that an act has if it is what was promised.
const DONE: f64 = 0.6;

/// The same where the sentence refers back to a promise.
const DONE_AS_PROMISED: f64 = 0.3;

/// The same for an act of which no doer is named.
const NEARLY: f64 = 0.75;

/// The same for a promise of two words without a topic in common.
const WHOLLY: f64 = 0.9;

/// The words of a move.
#[derive(Clone, Copy, Default)]
pub(super) struct Cue<'m> {
    pub(super) stems: &'m [Stem],
    /// It ends the entry, or puts it on hold.
    pub(super) ends: bool,
}

impl Mover<'_> {
    /// The act that was promised, by whoever is bound.
    pub(super) fn done(
        &self,
        told: Told<'_>,
        target: &Target,
        weights: &Weights,
    ) -> Option<(String, String)> {
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
        let by = acts(report, target.bound());
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
        let told_as_done = report.kind == "event" || self.undone.find(told.plain, None).is_none();
        let known = report.kind == "event" || back || !report.source.is_empty() || words >= 3;
        // "The archive was opened", by whom is not said: nearly all words must be common.
        let by = by.unwrap_or(words >= 3 && covered >= NEARLY);
        if !by || words < 2 || !enough || !known || !told_as_done || told.is_praise(target) {
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

    /// What a fact has in common with an entry, in points and in words, words of the move aside:
    /// those that end an entry in any case, others unless they tell it too.
    pub(super) fn points(
        &self,
        told: Told<'_>,
        target: &Target,
        cue: Cue<'_>,
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
        theirs.retain(|stem| {
            let tells = !cue.ends && ours.binary_search(stem).is_ok();
            tells || cue.stems.binary_search(stem).is_err()
        });
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
        self.points(told, target, Cue::default(), weights)
            .filter(|(points, _)| *points >= ENOUGH)
    }
}

/// True if the side acts in the fact: it is the source, or stands at the head of the words where
/// for whom the source stands is not known. `None` if nobody is named.
pub(super) fn acts(report: &Report, side: &[u32]) -> Option<bool> {
    if shared(&report.source, side) > 0 {
        return Some(true);
    }
    if shared(&report.source, &report.states) == 0 {
        return report.head.map(|head| side.contains(&head));
    }
    Some(false)
}
