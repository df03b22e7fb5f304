//! Proposals, commitments, agreements and measures, each once, with all their mentions.
//!
//! Two facts tell of the same undertaking if they are of one kind, bind the same side towards the
//! same side, and have enough words in common, rare ones weighing more ([`Weights`]). What speaks
//! against it: another due date, another person of the same side who proposes, one says that it
//! will be done and one that it will not. Only entries that share one of the rarest words are
//! looked at, the latest [`MOST`] of them, so that time grows as n log n.

use detente_text::date::Edtf;
use rustc_hash::FxHashMap;

use super::openers::Opened;
use crate::{
    merge::{
        decided::Decided,
        place::Placing,
        report::{Report, days},
    },
    wording::{Stem, common, figures, shared},
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

/// Places the facts that tell of undertakings.
pub(crate) fn place<'r>(
    opened: &'r Opened,
    weights: &Weights,
    decided: &'r Decided,
) -> Placing<'r> {
    let (reports, kinds) = (&opened.reports, &opened.kinds);
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
            let mut found: Vec<(f64, usize, String)> = candidates
                .iter()
                .filter_map(|&group| {
                    let (points, _, why) =
                        placing.best(i, group, |a, b| same(a, b, lasting, weights))?;
                    Some((points, group, why))
                })
                .collect();
            found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            if found.is_empty() {
                // Told again in other words: only if no other undertaking could be meant.
                let bare = reports[i].words.content.len() < 2;
                let mut again = candidates.iter().filter_map(|&group| {
                    // A text that tells two of them leaves open which one is meant.
                    let members = &placing.groups[group].members;
                    let only = members.len() == 1
                        || members
                            .iter()
                            .all(|(member, _)| reports[*member].document != reports[i].document);
                    if !only && !bare {
                        return None;
                    }
                    let (points, _, why) = placing.best(i, group, |a, b| again(a, b, weights))?;
                    Some((points, group, why))
                });
                if let (Some(only), None) = (again.next(), again.next()) {
                    found.push(only);
                }
            }
            match found.into_iter().next() {
                Some((_, group, why)) => {
                    placing.join(i, group, why);
                    group
                }
                None if opened.opens[i] => placing.open(i),
                None => continue,
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

/// First letter of the kind; what is looked for: a word, an issue, a side; its number.
type Key = (u8, For, u32);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum For {
    Word,
    Issue,
    Side,
}

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
    let words = rare.into_iter().map(|stem| (kind, For::Word, stem));
    let issues = report.issue.iter().map(|issue| (kind, For::Issue, *issue));
    let sides = report.source.iter().map(|side| (kind, For::Side, *side));
    words.chain(issues).chain(sides).collect()
}

/// They cannot be the same: another day, another side, the contrary, another rhythm.
fn differ(a: &Report, b: &Report) -> bool {
    let negated = |report: &Report| report.modality == "negated";
    negated(a) != negated(b)
        || due_differs(a, b)
        || !sides_agree(a, b)
        || a.words.is_apart(&b.words)
        || (!told_within(a, b, AGAIN) && figures_differ(&a.quote, &b.quote))
}

/// Both give figures of one unit, and none is the same: another sum is another undertaking.
fn figures_differ(a: &str, b: &str) -> bool {
    let (ours, theirs) = (figures(a), figures(b));
    let same_unit = |one: &(f64, String)| theirs.iter().any(|other| one.1 == other.1);
    ours.iter().any(same_unit) && !ours.iter().any(|one| theirs.contains(one))
}

fn told_within(a: &Report, b: &Report, days: i32) -> bool {
    match (a.told, b.told) {
        (Some(a), Some(b)) => (a - b).abs() <= days,
        _ => false,
    }
}

/// Days within which papers tell the news of one undertaking.
const AGAIN: i32 = 14;

/// Days within which papers print the same news.
const NEWS: i32 = 3;

/// Why another paper of the same days tells the same undertaking in other words: bound and owed the
/// same, and a word, an issue or a due day in common; or it says no more than that a promise was
/// given.
fn again(a: &Report, b: &Report, weights: &Weights) -> Option<(f64, String)> {
    let sides = |report: &Report| {
        !report.source.is_empty() && !report.target.is_empty() && report.states.len() >= 2
    };
    // "Reaching an agreement" in a text that tells of one such agreement is that one.
    let bare = [a, b]
        .iter()
        .any(|report| report.kind == "event" && report.words.content.len() < 2);
    let here = a.document == b.document;
    let news = if here {
        bare && a.kind == b.kind
    } else {
        told_within(a, b, AGAIN)
    };
    if !news
        || differ(a, b)
        || shared(&a.source, &b.source) == 0
        || shared(&a.states, &b.states) < 2
    {
        return None;
    }
    let words = shared(&a.words.content, &b.words.content);
    let issue = shared(&a.issue, &b.issue) > 0;
    let due = due(a).is_some() && due(b).is_some();
    let enough = here
        || words >= 2
        || (words == 1 && (issue || told_within(a, b, NEWS)))
        || (issue && due)
        || (bare && sides(a));
    enough.then(|| {
        let share = weights.share(&a.words.content, &b.words.content);
        if here {
            let why = "the text names the same sides and no other such entry".to_owned();
            return (share, why);
        }
        let why = format!(
            "told within {AGAIN} days, the same sides and no other such entry; {words} common words"
        );
        (share, why)
    })
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
    if a.document == b.document && (a.quote.contains(&b.quote) || b.quote.contains(&a.quote)) {
        return Some((9.0, "one quote stands in the other".to_owned()));
    }
    if differ(a, b) {
        return None;
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

fn due(report: &Report) -> Option<(i32, i32)> {
    let edtf: Edtf = report.due.as_ref()?.parse().ok()?;
    let (from, to) = days(edtf);
    Some((from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX)))
}

fn due_differs(a: &Report, b: &Report) -> bool {
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
