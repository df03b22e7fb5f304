//! Measuring merging on made-up reports whose true events are known.
//!
//! Each event has parties, a root, a day, some words of its object. It is told by one to six papers
//! (shares as in news: most by one). Each telling leaves words out, puts others in, swaps one for a
//! word of the same class, may name the state or its government, may leave out target, issue or
//! channel, may count the day from its own date (then sometimes one off), give only the month, or
//! none.

use std::time::{Duration, Instant};

use detente_codebook::Codebook;
use rustc_hash::FxHashMap;

use crate::{
    merge::{
        decided::Decided,
        events::{self, day_text},
        report::{Reader, Report},
    },
    parties::Parties,
    wording::Wording,
};

/// What merging made of made-up reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MergeFigures {
    /// Reports made.
    pub facts: u64,
    /// True events.
    pub events: u64,
    /// Events found.
    pub found: u64,
    /// Share of the pairs put together that are of one event.
    pub precision: f64,
    /// Share of the pairs of one event that were put together.
    pub recall: f64,
    /// Time for comparing and placing; words were cut before.
    pub took: Duration,
}

/// xorshift64*: the same numbers on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 33) as usize) % n.max(1)
    }

    /// True in `percent` of a hundred cases.
    fn in_hundred(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const ROOTS: &[&str] = &[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// Made-up nouns: enough for objects of a world's news, alike for no reason but chance.
fn noun(number: usize) -> String {
    const HEADS: &[&str] = &[
        "bar", "cel", "dor", "fen", "gal", "hul", "jin", "kor", "lum", "mav", "nor", "pel", "rus",
        "tam", "vok", "zet",
    ];
    const TAILS: &[&str] = &[
        "ban", "dok", "fim", "gur", "lat", "mok", "nap", "pid", "rog", "sut", "tav", "wix",
    ];
    let (a, rest) = (number % HEADS.len(), number / HEADS.len());
    let (b, rest) = (rest % TAILS.len(), rest / TAILS.len());
    format!("{}{}{}", HEADS[a], TAILS[b], HEADS[rest % HEADS.len()])
}

/// Makes `facts` reports from `seed`, merges them and compares with the events they were made from.
pub fn merge(book: &Codebook, facts: usize, seed: u64) -> MergeFigures {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let parties = Parties::of(&book.actors);
    let mut reader = Reader::new(&parties, Wording::new(book));
    let states: Vec<String> = book
        .actors
        .states
        .iter()
        .map(|s| s.code.to_string())
        .collect();
    let issues: Vec<String> = book
        .issues
        .topics
        .iter()
        .map(|t| t.id.to_string())
        .collect();
    let channels: Vec<String> = book
        .channels
        .topics
        .iter()
        .map(|t| t.id.to_string())
        .collect();
    let mut made: Vec<(usize, Report)> = Vec::with_capacity(facts);
    let mut event = 0;
    while made.len() < facts {
        // A fifth of the news is about few pairs.
        let pool = if chance.in_hundred(20) {
            8
        } else {
            states.len()
        };
        let source = chance.below(pool);
        let target = (source + 1 + chance.below(pool - 1)) % pool;
        let root = ROOTS[chance.below(ROOTS.len())];
        let day = 10_957 + chance.below(9_000) as i32;
        let issue = chance.in_hundred(70).then(|| chance.below(issues.len()));
        let channel = chance.in_hundred(30).then(|| chance.below(channels.len()));
        let words: Vec<usize> = (0..4 + chance.below(3))
            .map(|_| chance.below(3_000))
            .collect();
        let papers = [1, 1, 1, 2, 2, 3, 4, 6][chance.below(8)];
        for paper in 0..papers {
            let mut told: Vec<String> = words
                .iter()
                .filter(|_| !chance.in_hundred(20))
                .map(|word| noun(*word))
                .collect();
            if chance.in_hundred(50) {
                told.push(noun(chance.below(3_000)));
            }
            let printed = day + chance.below(3) as i32;
            let kind = chance.below(100);
            let (from, to, firm, date) = match kind {
                0..=59 => (Some(day), Some(day), true, Some(day_text(day))),
                60..=81 => (Some(day), Some(day), false, Some(day_text(day))),
                82..=92 => {
                    let off = day + if chance.in_hundred(50) { 1 } else { -1 };
                    (Some(off), Some(off), false, Some(day_text(off)))
                }
                93..=97 => {
                    let date = day_text(day).get(..7).unwrap_or_default().to_owned();
                    let edtf: Option<detente_text::date::Edtf> = date.parse().ok();
                    let (from, to) = edtf.map_or((None, None), crate::merge::report::days);
                    (from, to, true, Some(date))
                }
                _ => (None, None, false, None),
            };
            let name = |state: usize, chance: &mut Chance| {
                let sector = if chance.in_hundred(30) { " GOV" } else { "" };
                format!("{}{sector}", states[state])
            };
            let report = Report {
                row: made.len() as i64,
                id: format!("{:016x}", made.len()),
                document: (event * 8 + paper) as i64,
                kind: "event".to_owned(),
                root: Some(root.to_owned()),
                modality: "asserted".to_owned(),
                quote: told.join(" "),
                who: vec![name(source, &mut chance)],
                towards: if chance.in_hundred(15) {
                    Vec::new()
                } else {
                    vec![name(target, &mut chance)]
                },
                issues: issue
                    .filter(|_| !chance.in_hundred(25))
                    .map(|i| issues[i].clone())
                    .into_iter()
                    .collect(),
                channel: channel
                    .filter(|_| !chance.in_hundred(25))
                    .map(|c| reader.numbers.of(&channels[c])),
                from,
                to,
                firm,
                date,
                told: Some(printed),
                ..Report::default()
            };
            made.push((event, reader.finish(report)));
            if made.len() == facts {
                break;
            }
        }
        event += 1;
    }
    made.sort_by_key(|(_, report)| (report.told, report.row));
    let (truth, reports): (Vec<usize>, Vec<Report>) = made.into_iter().unzip();
    let began = Instant::now();
    let decided = Decided::default();
    let placing = events::place(&reports, &decided, &reader);
    let took = began.elapsed();
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    let mut together = 0;
    let mut right = 0;
    for group in &placing.groups {
        let mut of: FxHashMap<usize, u64> = FxHashMap::default();
        for (member, _) in &group.members {
            *of.entry(truth[*member]).or_default() += 1;
        }
        together += pairs(group.members.len() as u64);
        right += of.values().map(|n| pairs(*n)).sum::<u64>();
    }
    let mut of: FxHashMap<usize, u64> = FxHashMap::default();
    for event in &truth {
        *of.entry(*event).or_default() += 1;
    }
    let all: u64 = of.values().map(|n| pairs(*n)).sum();
    let share = |part: u64, whole: u64| {
        if whole == 0 {
            1.0
        } else {
            part as f64 / whole as f64
        }
    };
    MergeFigures {
        facts: reports.len() as u64,
        events: event as u64,
        found: placing.groups.len() as u64,
        precision: share(right, together),
        recall: share(right, all),
        took,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_made_up_reports_as_they_were_made() {
        let figures = merge(&Codebook::embedded(), 10_000, 1);
        assert_eq!(figures.facts, 10_000);
        assert!(figures.precision >= 0.98, "{figures:?}");
        assert!(figures.recall >= 0.90, "{figures:?}");
    }
}
