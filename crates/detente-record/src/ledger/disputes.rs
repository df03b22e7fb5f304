//! Undertakings of which one side says that they were not kept, and the bound side that they were.

use std::collections::BTreeMap;

use detente_codebook::Codebook;
use rustc_hash::FxHashMap;

use super::{
    entries::Weights,
    history::Step,
    moves::{Mover, Told},
    targets::{Target, Targets},
};
use crate::{
    merge::{events::day_text, report::Report},
    wording::{Matcher, shared},
};

/// Days after a reproach in which it is answered.
const ANSWERED: i32 = 62;

/// Finds reproaches and denials.
pub(super) struct Disputes<'d, 'b> {
    pub(super) told: &'d [Told<'d>],
    pub(super) mover: &'d Mover<'b>,
    pub(super) targets: &'d Targets,
    pub(super) weights: &'d Weights,
    /// Entries that each document tells of.
    pub(super) known: &'d FxHashMap<i64, Vec<usize>>,
}

/// A dispute: its step, and the reproach and denial that show it.
pub(super) struct Dispute {
    pub(super) step: Step,
    pub(super) sides: [i64; 2],
    /// Documents in which these stand.
    pub(super) documents: [i64; 2],
}

impl Disputes<'_, '_> {
    /// Disputes by the number of the entry.
    pub(super) fn find(&self, book: &Codebook) -> BTreeMap<usize, Vec<Dispute>> {
        let accuse = Matcher::of_words(&book.ledger.accuse);
        let deny = Matcher::of_words(&book.ledger.deny);
        let mut reproaches: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
        let mut denials: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, told) in self.told.iter().enumerate() {
            let report = told.report;
            if report.kind == "proposal" || report.modality == "hypothetical" {
                continue;
            }
            let back = self.mover.refers_back(*told);
            let root = report.root.as_deref();
            let blames =
                matches!(root, None | Some("ACCUSE")) && accuse.find(told.plain, None).is_some();
            let answers = deny.find(told.plain, None).is_some();
            let worded = blames || answers;
            let accuses = blames || report.modality == "negated" && back;
            let denies =
                answers || report.kind == "statement" && back && report.modality == "asserted";
            if !accuses && !denies {
                continue;
            }
            let refers = root == Some("REJECT") || back && worded;
            for (entry, common) in self.about(*told, refers) {
                let target = &self.targets.all[entry];
                let (bound, other) = speaks(*told, target);
                // Whose words it is may be left open, but not both sides of the same.
                if accuses && (other || !bound) {
                    reproaches
                        .entry(entry)
                        .or_default()
                        .push((i, common.clone()));
                }
                if denies && !accuses && (bound || !other) {
                    denials.entry(entry).or_default().push(i);
                }
            }
        }
        let mut found: BTreeMap<usize, Vec<Dispute>> = BTreeMap::new();
        for (entry, reproaches) in reproaches {
            for (reproach, common) in reproaches {
                let report = self.told[reproach].report;
                let denial = denials.get(&entry).into_iter().flatten().find(|denial| {
                    let at = **denial;
                    let denial = self.told[at].report;
                    // Words that deny nothing answer no reproach of the same sentence.
                    let apart =
                        (denial.document, denial.sentence) != (report.document, report.sentence);
                    denial.row != report.row
                        && (apart || deny.find(self.told[at].plain, None).is_some())
                        && match (denial.told, report.told) {
                            (Some(a), Some(b)) => (b..=b + ANSWERED).contains(&a),
                            _ => false,
                        }
                        && (denial.source != report.source || denial.source.is_empty())
                        && !denial.quote.contains(&report.quote)
                        && !report.quote.contains(&denial.quote)
                });
                let Some(denial) = denial else { continue };
                let denial = self.told[*denial].report;
                let why = format!(
                    "one side says that it was not kept ({common}), the other denies it: “{}”",
                    denial.quote
                );
                found
                    .entry(entry)
                    .or_default()
                    .push(dispute(report, denial, why));
            }
        }
        found
    }

    /// Entries that a reproach or denial is about; by the text round it if it refers back.
    fn about(&self, told: Told<'_>, refers: bool) -> Vec<(usize, String)> {
        let report = told.report;
        let fits = |entry: &usize| {
            let target = &self.targets.all[*entry];
            matches!(target.kind.as_str(), "commitment" | "agreement")
                && !target.tells(report)
                && !target.is_of_others(report)
                && target.told < report.told
        };
        let near = self.targets.near(report, self.weights);
        let mut found: Vec<(usize, String)> = near
            .into_iter()
            .filter(fits)
            .filter_map(|entry| {
                let target = &self.targets.all[entry];
                let (_, common) = self.mover.about(told, target, self.weights)?;
                Some((entry, common))
            })
            .collect();
        if found.is_empty() && refers {
            let known = self.known.get(&report.document);
            let known: Vec<usize> = known.into_iter().flatten().copied().filter(fits).collect();
            if let [entry] = known[..] {
                found.push((entry, "the only one that the text tells of".to_owned()));
            }
        }
        found
    }
}

/// Whether the words are those of the bound side, and of the other one.
fn speaks(told: Told<'_>, target: &Target) -> (bool, bool) {
    let report = told.report;
    let says = |side: &[u32]| told.speaker.is_some_and(|speaker| side.contains(&speaker));
    let verbal = matches!(report.root.as_deref(), Some("ACCUSE" | "REJECT"));
    let acts =
        |side: &[u32]| verbal && report.modality != "negated" && shared(&report.source, side) > 0;
    (
        says(&target.source) || acts(&target.source),
        says(&target.target) || acts(&target.target),
    )
}

fn dispute(reproach: &Report, denial: &Report, why: String) -> Dispute {
    let day = reproach.told;
    Dispute {
        step: Step {
            day: day.unwrap_or(i32::MAX),
            told: day.unwrap_or(i32::MAX),
            status: "disputed".to_owned(),
            date: day.map(day_text),
            fact: Some(reproach.row),
            reason: why,
            decision: None,
        },
        sides: [reproach.row, denial.row],
        documents: [reproach.document, denial.document],
    }
}
