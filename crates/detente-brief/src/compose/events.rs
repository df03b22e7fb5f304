//! Events: the weightiest, by issue, and in order of time.

use std::collections::{BTreeMap, HashSet};

use detente_extract::{Kind, Modality};

use super::{Notes, items_or, section, told};
use crate::{
    Block, Cited, Frame, Inputs, Section, Sentence, Words,
    words::{date_told, root},
};

/// Events that a list of the weightiest holds.
const WEIGHTIEST: usize = 5;
/// Issues that have a heading of their own.
const ISSUES: usize = 6;
/// Facts of one kind below an issue.
const OF_ISSUE: usize = 3;

/// What took place, each event once, by its first report among the facts of the time.
fn took_place(inputs: &Inputs) -> Vec<&Cited> {
    let mut met = HashSet::new();
    inputs
        .of_kind(Kind::Event)
        .filter(|c| matches!(c.fact.modality, Modality::Asserted | Modality::Historical))
        .filter(|c| c.fact.date.is_some())
        .filter(|c| {
            c.event
                .as_ref()
                .is_none_or(|event| met.insert(event.clone()))
        })
        .collect()
}

/// `2019-07-02, Japan → South Korea, sanction: `.
fn lead(cited: &Cited, words: &Words) -> String {
    let fact = &cited.fact;
    let mut parts = Vec::new();
    if let Some(date) = fact.date {
        parts.push(date_told(date));
    }
    let sides = match (fact.source.is_empty(), fact.target.is_empty()) {
        (true, true) => None,
        (false, true) => Some(words.actors(&fact.source)),
        (_, false) => Some(format!(
            "{} → {}",
            words.actors(&fact.source),
            words.actors(&fact.target)
        )),
    };
    parts.extend(sides.map(|s| s.trim_start().to_owned()));
    parts.extend(fact.root.map(|r| root(r).to_owned()));
    format!("{}: ", parts.join(", "))
}

/// The events of the index farthest from zero.
pub(super) fn weightiest(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Vec<Sentence> {
    let counted: HashSet<&String> = inputs
        .series
        .points
        .iter()
        .flat_map(|p| &p.event_ids)
        .collect();
    let mut events = took_place(inputs);
    events.retain(|c| c.event.as_ref().is_some_and(|e| counted.contains(e)));
    // The sort is stable: of equals the earlier comes first.
    events.sort_by(|a, b| {
        let weight = |c: &Cited| c.fact.intensity.unwrap_or(0.0).abs();
        weight(b).total_cmp(&weight(a))
    });
    events.truncate(WEIGHTIEST);
    events
        .iter()
        .map(|c| told(lead(c, words), c, notes))
        .collect()
}

/// The issues written about most, with events, statements and proposals on each.
pub(super) fn by_issue(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Vec<Section> {
    let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
    for cited in &inputs.facts {
        for issue in &cited.fact.issue {
            *weights.entry(issue).or_default() += 1.0 / cited.fact.issue.len() as f64;
        }
    }
    let mut issues: Vec<(&str, f64)> = weights.into_iter().collect();
    issues.sort_by(|a, b| b.1.total_cmp(&a.1));
    issues.truncate(ISSUES);
    let mut sections = vec![section(
        "issues",
        "By issue",
        if issues.is_empty() {
            vec![Block::Frame(Frame::Nothing)]
        } else {
            Vec::new()
        },
    )];
    let events = took_place(inputs);
    for (issue, _) in issues {
        let about = |c: &&&Cited| c.fact.issue.iter().any(|i| i == issue);
        let mut items: Vec<Sentence> = events
            .iter()
            .filter(about)
            .take(OF_ISSUE)
            .map(|c| told(lead(c, words), c, notes))
            .collect();
        for kind in [Kind::Statement, Kind::Proposal] {
            let of_kind: Vec<&Cited> = inputs.of_kind(kind).collect();
            items.extend(
                of_kind
                    .iter()
                    .filter(about)
                    .take(OF_ISSUE)
                    .map(|c| said(c, words, notes)),
            );
        }
        if items.is_empty() {
            continue;
        }
        sections.push(Section {
            id: "issue",
            heading: words.issue(issue).to_owned(),
            level: 3,
            blocks: vec![Block::Items(items)],
        });
    }
    sections
}

/// A statement or proposal with its speaker.
fn said(cited: &Cited, words: &Words, notes: &mut Notes) -> Sentence {
    let fact = &cited.fact;
    let speaker = words.speaker(&fact.speaker);
    let speaker = speaker.as_deref().unwrap_or("unnamed");
    let date = fact
        .date
        .map_or_else(String::new, |d| format!("{}, ", date_told(d)));
    let what = match fact.kind {
        Kind::Proposal if fact.target.is_empty() => "proposal".to_owned(),
        Kind::Proposal => format!("proposal to {}", words.actors(&fact.target)),
        other => other.to_string(),
    };
    told(format!("{date}{speaker}, {what}: "), cited, notes)
}

/// Every event of the time in order of date.
pub(super) fn chronology(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Section {
    let items = took_place(inputs)
        .iter()
        .map(|c| told(lead(c, words), c, notes))
        .collect();
    section(
        "chronology",
        "Chronology",
        vec![items_or(items, Frame::Nothing)],
    )
}
