//! Proposals, commitments, agreements and measures, each once, with all their mentions.
//!
//! Two facts tell of the same undertaking if they are of one kind, bind the same side towards the
//! same side, and have enough words in common, rare ones weighing more ([`Weights`]). What speaks
//! against it: another due date, another person of the same side who proposes, one says that it
//! will be done and one that it will not. Only entries that share one of the rarest words are
//! looked at, the latest [`MOST`] of them, so that time grows as n log n.

use detente_codebook::{Codebook, ledger::EntryCue};
use detente_text::date::Edtf;
use rustc_hash::FxHashMap;

use crate::{
    merge::{
        decided::Decided,
        place::Placing,
        report::{Report, days},
    },
    wording::{Matcher, Plain, Stem, common, shared},
};

/// Entries that a fact is compared with at most.
const MOST: usize = 64;

/// Rarest words by which entries are looked for.
const RAREST: usize = 4;

/// Share of the words, by weight, that two tellings of one undertaking have in common.
const SHARE: f64 = 0.5;

/// The same where they also have an issue in common.
const SHARE_WITH_ISSUE: f64 = 0.4;

/// Days between two tellings of one agreement or measure that have its issue in common.
const TOGETHER: i32 = 62;

/// Days within which two tellings with few common words may be of the same undertaking.
const NEAR: i32 = 40;

/// What opens entries, ready to be looked for.
pub(crate) struct Openers(Vec<(EntryCue, Matcher)>);

impl Openers {
    pub(crate) fn new(book: &Codebook) -> Self {
        let cues = book.ledger.entries.iter();
        Self(
            cues.map(|entry| (entry.clone(), Matcher::new(&entry.cue)))
                .collect(),
        )
    }

    /// Kind and first status of the entry that a fact opens, with the reason.
    pub(crate) fn of(&self, report: &Report, plain: &Plain) -> Option<(String, String, String)> {
        match report.kind.as_str() {
            "proposal" => {
                let why = "first mention of a proposal".to_owned();
                return Some(("proposal".to_owned(), "proposed".to_owned(), why));
            }
            "commitment" => {
                let why = "first mention of a commitment".to_owned();
                return Some(("commitment".to_owned(), "open".to_owned(), why));
            }
            "event" => {}
            _ => return None,
        }
        if !matches!(report.modality.as_str(), "asserted" | "historical") {
            return None;
        }
        let root = report.root.as_deref()?;
        self.0.iter().find_map(|(entry, matcher)| {
            let words = matcher.find(plain, Some(root))?;
            let why = format!("{root} with “{words}” ({})", entry.cue.place);
            Some((entry.kind.to_string(), entry.status.to_string(), why))
        })
    }
}

/// How much a word says: the rarer, the more.
pub(crate) struct Weights {
    seen: FxHashMap<Stem, u32>,
    all: f64,
}

impl Weights {
    pub(crate) fn of<'r>(reports: impl Iterator<Item = &'r Report>) -> Self {
        let mut seen: FxHashMap<Stem, u32> = FxHashMap::default();
        let mut all = 0.0;
        for report in reports {
            all += 1.0;
            for stem in &report.words.content {
                *seen.entry(*stem).or_default() += 1;
            }
        }
        Self { seen, all }
    }

    pub(crate) fn of_word(&self, stem: Stem) -> f64 {
        let seen = f64::from(self.seen.get(&stem).copied().unwrap_or(0));
        // Small records know little of rarity; the constant keeps weights apart but close.
        ((self.all + 20.0) / (seen + 2.0)).ln().max(0.1)
    }

    fn sum(&self, stems: impl Iterator<Item = Stem>) -> f64 {
        stems.map(|stem| self.of_word(stem)).sum()
    }

    /// Weight of the common words over that of the lighter list; 0 if one is empty.
    pub(crate) fn share(&self, a: &[Stem], b: &[Stem]) -> f64 {
        let least = self.sum(a.iter().copied()).min(self.sum(b.iter().copied()));
        if least <= 0.0 {
            return 0.0;
        }
        self.sum(common(a, b)) / least
    }

    /// Weight of the common words over that of `of`.
    pub(crate) fn covered(&self, of: &[Stem], by: &[Stem]) -> f64 {
        let all = self.sum(of.iter().copied());
        if all <= 0.0 {
            return 0.0;
        }
        self.sum(common(of, by)) / all
    }
}

/// Places the facts that open entries; `kinds` has the kind of each.
pub(crate) fn place<'r>(
    reports: &'r [Report],
    kinds: &[String],
    weights: &Weights,
    decided: &'r Decided,
) -> Placing<'r> {
    let mut placing = Placing::new(reports, decided);
    let mut by_word: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for i in 0..reports.len() {
        let keys = keys(&reports[i], &kinds[i], weights);
        let lasting = matches!(kinds[i].as_str(), "agreement" | "measure");
        let group = if let Some((group, by)) = placing.by_decision(i) {
            placing.join(i, group, by);
            group
        } else {
            let mut candidates: Vec<usize> = keys
                .iter()
                .filter_map(|key| by_word.get(key))
                .flat_map(|groups| groups.iter().rev().take(MOST))
                .copied()
                .collect();
            candidates.sort_unstable();
            candidates.dedup();
            let mut best: Option<(f64, usize, String)> = None;
            for candidate in candidates {
                let found = placing.best(i, candidate, |a, b| same(a, b, lasting, weights));
                if let Some((points, _, why)) = found
                    && best.as_ref().is_none_or(|(most, ..)| points > *most)
                {
                    best = Some((points, candidate, why));
                }
            }
            match best {
                Some((_, group, why)) => {
                    placing.join(i, group, why);
                    group
                }
                None => placing.open(i),
            }
        };
        for key in keys {
            let groups = by_word.entry(key).or_default();
            if groups.last() != Some(&group) {
                groups.push(group);
            }
        }
    }
    placing
}

/// First letter of the kind, `true` for an issue, and number of the word or issue.
type Key = (u8, bool, u32);

/// Rare words and issues under which an entry is looked for.
fn keys(report: &Report, kind: &str, weights: &Weights) -> Vec<Key> {
    let mut rare: Vec<Stem> = report.words.content.clone();
    rare.sort_by(|a, b| {
        weights
            .of_word(*b)
            .total_cmp(&weights.of_word(*a))
            .then(a.cmp(b))
    });
    rare.truncate(RAREST);
    let kind = kind.as_bytes().first().copied().unwrap_or(0);
    let words = rare.into_iter().map(|stem| (kind, false, stem));
    let issues = report.issue.iter().map(|issue| (kind, true, *issue));
    words.chain(issues).collect()
}

/// The times of two acts meet, or lie within two months of each other.
fn together(a: &Report, b: &Report) -> bool {
    let (Some(one), Some(two)) = (a.from, b.from) else {
        return false;
    };
    let end = |report: &Report, from: i32| report.to.unwrap_or(i32::MAX).max(from);
    one - TOGETHER <= end(b, two)
        && two - TOGETHER <= end(a, one)
        && (a.to.is_some() || b.to.is_some() || (one - two).abs() <= TOGETHER)
}

/// Why two facts of one kind tell of the same undertaking, with what they have in common.
fn same(a: &Report, b: &Report, lasting: bool, weights: &Weights) -> Option<(f64, String)> {
    let negated = |report: &Report| report.modality == "negated";
    if negated(a) != negated(b) || due_differs(a, b) || !sides_agree(a, b) {
        return None;
    }
    if a.document == b.document && (a.quote.contains(&b.quote) || b.quote.contains(&a.quote)) {
        return Some((9.0, "one quote stands in the other".to_owned()));
    }
    if a.kind == "proposal" && !a.persons.is_empty() && !b.persons.is_empty() {
        // Two people may propose the same; they are still two proposals.
        if shared(&a.persons, &b.persons) == 0 {
            return None;
        }
    }
    let words = shared(&a.words.content, &b.words.content);
    let share = weights.share(&a.words.content, &b.words.content);
    let issue = shared(&a.issue, &b.issue) > 0;
    if lasting && issue && words >= 1 && together(a, b) {
        let why = format!("the same side and issue, times that meet, {words} common words");
        return Some((share + 0.3, why));
    }
    let near = match (a.told, b.told) {
        (Some(a), Some(b)) => (a - b).abs() <= NEAR,
        _ => false,
    };
    let enough = (words >= 2 && share >= if issue { SHARE_WITH_ISSUE } else { SHARE })
        || (words >= 3 && share >= SHARE_WITH_ISSUE && near);
    // Long afterwards, or within one text, more must be common: texts list several promises.
    let strict = a.document == b.document || !near;
    if !enough || (strict && (share < 0.6 || words < 3)) {
        return None;
    }
    let about = if issue { ", a common issue" } else { "" };
    let why = format!(
        "the same side is bound, {words} common words ({:.0} % by weight){about}",
        share * 100.0
    );
    Some((
        share + words as f64 * 0.1 + f64::from(u8::from(issue)) * 0.3,
        why,
    ))
}

fn due_differs(a: &Report, b: &Report) -> bool {
    let due = |report: &Report| {
        let edtf: Edtf = report.due.as_ref()?.parse().ok()?;
        let (from, to) = days(edtf);
        Some((from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX)))
    };
    match (due(a), due(b)) {
        (Some((a_from, a_to)), Some((b_from, b_to))) => a_to < b_from || b_to < a_from,
        _ => false,
    }
}

/// Whoever is bound is the same; whoever it is owed to does not differ.
fn sides_agree(a: &Report, b: &Report) -> bool {
    let open = a.source.is_empty() || b.source.is_empty();
    if !open && shared(&a.source, &b.source) == 0 {
        return false;
    }
    let joint = a.source.len() > 1 || b.source.len() > 1;
    let open = a.target.is_empty() || b.target.is_empty();
    joint || open || shared(&a.target, &b.target) > 0
}
