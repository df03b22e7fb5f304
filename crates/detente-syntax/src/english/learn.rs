//! Learning where sentences end.

use std::collections::BTreeMap;

use detente_text::Span;

use super::Segmented;
use super::boundaries::{Boundaries, Common, FEATURES, FILTER, TABLE};
use super::chunks::chunks;
use super::damage::damaged;
use super::sentences::{ends, lines};
use crate::conllu::TreebankSentence;
use crate::score::documents;

/// Rounds over the gaps.
const ROUNDS: usize = 15;
/// A gap counts as learnt when its sum is this far on the right side.
const MARGIN: i32 = 60;
/// Weight of a gap in edited text (GUM) beside one in text of the web.
const EDITED: i32 = 2;
/// Of so many documents, by the number of their first sentence, five are learnt damaged as well.
const DAMAGED: usize = 20;

/// The bytes of weights and of the words that are mostly written small.
pub(crate) fn train(sentences: &[TreebankSentence]) -> Vec<u8> {
    let mut seen: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for word in sentences.iter().flat_map(|s| s.words.iter().skip(1)) {
        let counts = seen.entry(word.form.to_lowercase()).or_default();
        let first = word.form.chars().next();
        counts.0 += usize::from(first.is_some_and(char::is_lowercase));
        counts.1 += usize::from(first.is_some_and(char::is_uppercase));
    }
    let common = seen
        .iter()
        .filter(|(_, n)| n.0 > n.1 * 2)
        .map(|(w, _)| w.as_str());
    let common = Common::new(common, FILTER);
    let mut all = Vec::new();
    let mut next = 0;
    for running in documents(sentences) {
        let first = next;
        next += running.sentences.len();
        let document = sentences[first].comment("newdoc id").unwrap_or_default();
        let weight = if document.starts_with("GUM_") {
            EDITED
        } else {
            1
        };
        gaps(&running.text, &running.spans, &common, weight, &mut all);
        if first % DAMAGED < 5 {
            let (text, spans) = damaged(&running.text, &running.spans, first % DAMAGED);
            gaps(&text, &spans, &common, weight, &mut all);
        }
    }
    let mut out = learn(&all);
    out.extend(&common.bits);
    out
}

/// A gap: its features and whether a sentence ends there.
struct Gap {
    features: [u32; FEATURES],
    ends: bool,
    weight: i32,
}

/// The gaps of a text whose sentences are known.
fn gaps(text: &str, sentences: &[Span], common: &Common, weight: i32, out: &mut Vec<Gap>) {
    let mut work = Segmented::default();
    chunks(text, 0, text.len(), &mut work.chunks);
    let lines = lines(text);
    work.judge.start(text, &work.chunks, common);
    let (mut first, mut next) = (0, 0);
    for i in 0..work.chunks.len() {
        let end = work.chunks[i].end as u32;
        while sentences.get(next).is_some_and(|s| s.end < end) {
            next += 1;
        }
        let right = sentences.get(next).is_some_and(|s| s.end == end);
        let rule = ends(text, &work.chunks, first, i, lines);
        if let Some(features) = Boundaries::features(&work.chunks, first, i, rule, &mut work.judge)
        {
            let features = *features;
            out.push(Gap {
                features,
                ends: right,
                weight,
            });
        }
        if right || i + 1 < work.chunks.len() && work.chunks[i + 1].breaks > 1 {
            first = i + 1;
        }
    }
}

/// Learns weights for the gaps: an averaged perceptron with a margin.
fn learn(gaps: &[Gap]) -> Vec<u8> {
    let mask = TABLE - 1;
    let mut weights = vec![0i32; TABLE];
    let mut totals = vec![0i64; TABLE];
    let mut order: Vec<u32> = (0..gaps.len() as u32).collect();
    let mut seed = 1u64;
    let mut step = 0i64;
    for _ in 0..ROUNDS {
        for i in (1..order.len()).rev() {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, ((seed >> 33) % (i as u64 + 1)) as usize);
        }
        for &at in &order {
            let gap = &gaps[at as usize];
            let sum: i32 = gap
                .features
                .iter()
                .map(|&f| weights[f as usize & mask])
                .sum();
            let sign = if gap.ends { 1 } else { -1 };
            step += 1;
            if sum * sign <= MARGIN * gap.weight {
                let by = sign * gap.weight;
                for &f in &gap.features {
                    weights[f as usize & mask] += by;
                    totals[f as usize & mask] += step * i64::from(by);
                }
            }
        }
    }
    let averaged: Vec<f64> = weights
        .iter()
        .zip(&totals)
        .map(|(&w, &t)| w as f64 - t as f64 / step as f64)
        .collect();
    let largest = averaged.iter().fold(1e-9f64, |m, x| m.max(x.abs()));
    averaged
        .iter()
        .map(|x| (x * 127.0 / largest).round() as i8 as u8)
        .collect()
}
