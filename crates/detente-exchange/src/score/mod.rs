//! Facts against gold: precision, recall and F1 by kind, and how often each field is right.
//!
//! The protocol: same document and kind, and the shared span covers at least half of the shorter of
//! the two; one to one, largest intersection over union first. A gold fact that stands in several
//! places matches at any of them. A quote that is not the text at its offsets counts as a wrong
//! fact and is listed. Fields are scored on matched pairs where gold has a value.

mod read;
mod same;
mod show;

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::Value;

pub use read::{Gold, Predicted, gold, predicted};
pub use show::show;

/// Kinds that are scored, in the order of the report.
pub const KINDS: &[&str] = &[
    "event",
    "statement",
    "proposal",
    "commitment",
    "poll",
    "indicator",
];

/// Fields that are scored on matched pairs, in the order of the report.
pub const FIELDS: &[&str] = &[
    "source", "target", "date", "root", "modality", "issue", "channel", "status", "value",
];

/// What came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Ids of facts whose quote is not the text at their offsets.
    pub misquoted: Vec<Value>,
    /// By kind, kinds without gold and prediction left out.
    pub kinds: Named<Counts>,
    /// By field, fields never asked left out.
    pub fields: Named<Right>,
    /// All scored kinds together.
    pub all: Counts,
}

/// Values with names, in the order of the report; written as a JSON object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named<T>(pub Vec<(&'static str, T)>);

impl<T> Named<T> {
    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value)
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// How many there are, how many match, and the rates from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Counts {
    /// Gold facts.
    pub gold: usize,
    /// Predicted facts.
    pub predicted: usize,
    /// Pairs.
    pub matched: usize,
    /// Pairs among predicted facts.
    pub precision: f64,
    /// Pairs among gold facts.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

/// How often a field is right on matched pairs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Right {
    /// Pairs where gold has a value.
    pub asked: usize,
    /// Of these, pairs where the prediction has the same.
    pub right: usize,
    /// The share, from 0 to 1.
    pub accuracy: f64,
}

impl Counts {
    fn new(gold: usize, predicted: usize, matched: usize) -> Self {
        let rate = |of: usize| {
            if of > 0 {
                matched as f64 / of as f64
            } else {
                0.0
            }
        };
        let (precision, recall) = (rate(predicted), rate(gold));
        let f1 = if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        };
        Self {
            gold,
            predicted,
            matched,
            precision,
            recall,
            f1,
        }
    }
}

/// Compares facts with gold. `texts` holds the text of every document that gold names; facts of
/// other documents and kinds take no part.
pub fn score(gold: &[Gold], facts: Vec<Predicted>, texts: &BTreeMap<String, String>) -> Score {
    let gold: Vec<&Gold> = gold
        .iter()
        .filter(|g| KINDS.contains(&g.kind.as_str()))
        .collect();
    let texts: BTreeMap<&str, Vec<char>> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.chars().collect()))
        .collect();
    let mut misquoted = Vec::new();
    let mut taken: Vec<Predicted> = Vec::new();
    for mut fact in facts {
        let of_gold = gold.iter().any(|g| g.document == fact.document);
        if !KINDS.contains(&fact.kind.as_str()) || !of_gold {
            continue;
        }
        let text = texts
            .get(fact.document.as_str())
            .map_or(&[][..], Vec::as_slice);
        let there: String = slice(text, fact.span).iter().collect();
        if fact.quote.as_deref() != Some(&there) {
            misquoted.push(fact.fields.get("id").cloned().unwrap_or(Value::Null));
            fact.span = (-1, -1);
        }
        taken.push(fact);
    }

    let (of_gold, of_fact) = pairs(&gold, &taken);
    let mut kinds = Named(Vec::new());
    for kind in KINDS {
        let in_gold: Vec<usize> = (0..gold.len()).filter(|g| gold[*g].kind == *kind).collect();
        let predicted = taken.iter().filter(|f| f.kind == *kind).count();
        if !in_gold.is_empty() || predicted > 0 {
            let matched = in_gold.iter().filter(|g| of_gold.contains_key(g)).count();
            kinds
                .0
                .push((*kind, Counts::new(in_gold.len(), predicted, matched)));
        }
    }
    let mut fields = Named(Vec::new());
    for field in FIELDS {
        let (mut asked, mut right) = (0, 0);
        for (g, f) in &of_gold {
            let Some(want) = gold[*g].asked(field) else {
                continue;
            };
            asked += 1;
            let got = taken[*f].fields.get(*field).unwrap_or(&Value::Null);
            right += usize::from(same::same(field, want, got));
        }
        if asked > 0 {
            let accuracy = right as f64 / asked as f64;
            fields.0.push((
                *field,
                Right {
                    asked,
                    right,
                    accuracy,
                },
            ));
        }
    }
    Score {
        misquoted,
        kinds,
        fields,
        all: Counts::new(gold.len(), taken.len(), of_fact.len()),
    }
}

/// One to one, the closest first; of equally close pairs the one that stands last.
fn pairs(gold: &[&Gold], facts: &[Predicted]) -> (BTreeMap<usize, usize>, BTreeMap<usize, usize>) {
    let mut by_place: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (f, fact) in facts.iter().enumerate() {
        by_place
            .entry((&fact.document, &fact.kind))
            .or_default()
            .push(f);
    }
    let mut close: Vec<(f64, usize, usize)> = Vec::new();
    for (g, fact) in gold.iter().enumerate() {
        let place = (fact.document.as_str(), fact.kind.as_str());
        for f in by_place.get(&place).into_iter().flatten() {
            let closeness = closeness(fact, &facts[*f]);
            if closeness > 0.0 {
                close.push((closeness, g, *f));
            }
        }
    }
    close.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let (mut of_gold, mut of_fact) = (BTreeMap::new(), BTreeMap::new());
    for (_, g, f) in close {
        if !of_gold.contains_key(&g) && !of_fact.contains_key(&f) {
            of_gold.insert(g, f);
            of_fact.insert(f, g);
        }
    }
    (of_gold, of_fact)
}

/// Largest intersection over union over the places of the gold fact; 0 if too little is shared.
fn closeness(gold: &Gold, fact: &Predicted) -> f64 {
    let mut best = 0.0f64;
    let (start, end) = fact.span;
    for (from, to) in &gold.places {
        let shared = ((*to).min(end) - (*from).max(start)).max(0);
        let shorter = (to - from).min(end - start);
        if shorter > 0 && 2 * shared >= shorter {
            let union = to - from + end - start - shared;
            best = best.max(shared as f64 / union as f64);
        }
    }
    best
}

/// The stretch, where negative offsets count from the end.
fn slice(text: &[char], (start, end): (i64, i64)) -> &[char] {
    let length = text.len() as i64;
    let place = |at: i64| {
        let at = if at < 0 { at + length } else { at };
        at.clamp(0, length) as usize
    };
    text.get(place(start)..place(end)).unwrap_or(&[])
}

#[cfg(test)]
mod tests;
