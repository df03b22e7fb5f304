//! Training of the Japanese segmenter, and its part of the model file.

use std::collections::HashMap;

use super::japanese_dictionary::kinds;
use super::japanese_lemma::lemmas;
use crate::conllu::TreebankSentence;
use crate::japanese::dictionary::Dictionary;
use crate::japanese::path::{Path, PathWeights, pair_number, word_number};
use crate::japanese::words::{
    Features, GRAM, LENGTHS, PAIRS, RELATIONS, SCRIPT_WINDOWS, SCRIPTS, WINDOW, Work, gram_print,
    gram_slot, word_weight,
};

/// Passes over the data.
const EPOCHS: usize = 12;
/// How much a wrong boundary is favoured while learning.
const MARGIN: i32 = 30;
/// Weights of strings that are smaller than this after scaling are left out.
const LEAST: i8 = 1;

/// Learns to part words: the bytes that [`Segmenter::read`](crate::japanese::Segmenter) takes.
///
/// `unidic` is the table of forms that `scripts/unidic_ja.py` writes.
pub(crate) fn train(sentences: &[TreebankSentence], unidic: &str) -> Vec<u8> {
    let dictionary = Dictionary::new(&kinds(unidic));
    let mut data = Data::default();
    for sentence in sentences {
        data.add(sentence, &dictionary);
    }
    let weights = learn(&data);
    let mut out = write(&dictionary, &data, &weights);
    lemmas(unidic).write(&mut out);
    out
}

/// What a weight belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Bias,
    /// Hash of the string and number of the place.
    Gram(u64, u8),
    Word(u32),
    Script(u32),
    Pair(u32),
}

/// The sentences to learn from.
#[derive(Default)]
struct Data {
    ids: HashMap<Key, u32>,
    /// By number of the weight.
    keys: Vec<Key>,
    sentences: Vec<Example>,
}

struct Example {
    work: Work,
    /// Weights of the boundary before each character, one boundary after another; where they end.
    features: Vec<u32>,
    ends: Vec<u32>,
    /// Where words begin, and the end.
    parted: Vec<bool>,
}

/// The features of one sentence by boundary.
struct Collected(Vec<Vec<Key>>);

impl Features for Collected {
    fn gram(&mut self, at: usize, length: usize, hash: u64) {
        for i in 0..=2 * WINDOW - length {
            let place = at + length + i;
            if place >= 2 * WINDOW && place - 2 * WINDOW < self.0.len() {
                self.0[place - 2 * WINDOW].push(Key::Gram(hash, i as u8));
            }
        }
    }

    fn word(&mut self, at: usize, length: usize, kind: u8) {
        for after in 0..=length {
            let weight = word_weight(kind, length, after);
            self.0[at + after].push(Key::Word(weight as u32));
        }
    }
}

impl Data {
    fn add(&mut self, sentence: &TreebankSentence, dictionary: &Dictionary) {
        let (text, places) = sentence.text();
        let mut work = Work::default();
        work.load(&text, 0, text.len());
        let count = work.len();
        let mut collected = Collected(vec![Vec::new(); count + 1]);
        work.features(dictionary, &mut collected);
        let (mut features, mut ends) = (Vec::new(), Vec::new());
        for (at, mut keys) in collected.0.into_iter().enumerate().take(count) {
            keys.push(Key::Bias);
            for window in 0..SCRIPT_WINDOWS {
                let scripts = work.script_window(at, window);
                keys.push(Key::Script((window * SCRIPTS + scripts) as u32));
            }
            keys.push(Key::Pair(work.pair(at) as u32));
            for key in keys {
                let next = self.keys.len() as u32;
                let id = *self.ids.entry(key).or_insert(next);
                if id == next {
                    self.keys.push(key);
                }
                features.push(id);
            }
            ends.push(features.len() as u32);
        }
        let starts: Vec<usize> = places.iter().map(|p| p.0).collect();
        let is_start = |at: usize| starts.binary_search(&work.offset(at)).is_ok();
        let parted = (0..=count).map(|at| at == count || is_start(at)).collect();
        self.sentences.push(Example {
            work,
            features,
            ends,
            parted,
        });
    }
}

impl Example {
    fn features(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.features[start as usize..self.ends[at] as usize]
    }
}

/// Numbers of the weights after those of the boundaries.
const WORDS: usize = 256 * LENGTHS;

/// Learns whole divisions: an averaged perceptron, where each wrong boundary seems better than it
/// is by [`MARGIN`] and each right one worse. The weights are sums of all states that the weights
/// had, so they are whole numbers: of the boundaries, then of words, then of neighbours.
fn learn(data: &Data) -> Vec<i64> {
    let base = data.keys.len();
    let mut weights = vec![0i32; base + WORDS + (1 << 16)];
    let mut late = vec![0i64; weights.len()];
    let mut order: Vec<usize> = (0..data.sentences.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut step = 1i64;
    let mut path = Path::default();
    let mut scores = Vec::new();
    for _ in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            let example = &data.sentences[i];
            let count = example.work.len();
            scores.clear();
            scores.extend((0..count).map(|at| {
                let features = example.features(at).iter();
                let sum: i32 = features.map(|&f| weights[f as usize]).sum();
                sum + if example.parted[at] { -MARGIN } else { MARGIN }
            }));
            scores.push(0);
            let mut from = 0;
            while let Some((start, end)) = example.work.stretch(from) {
                from = end;
                let (of_words, of_pairs) = weights[base..].split_at(WORDS);
                let tables = PathWeights {
                    words: of_words,
                    pairs: of_pairs,
                };
                example.work.find(&mut path, start, end, &scores, &tables);
                let found: Vec<usize> = path.found.iter().rev().map(|w| w.0).collect();
                let right: Vec<usize> = (start..end)
                    .filter(|&at| at == start || example.parted[at])
                    .collect();
                if found == right {
                    continue;
                }
                let mut change = |number: usize, sign: i32| {
                    weights[number] += sign;
                    late[number] += i64::from(sign) * step;
                };
                for (division, other, sign) in [(&right, &found, 1), (&found, &right, -1)] {
                    let mut left = 0;
                    for (k, &word) in division.iter().enumerate() {
                        if other.binary_search(&word).is_err() {
                            let features = example.features(word).iter();
                            features.for_each(|&f| change(f as usize, sign));
                        }
                        let next = division.get(k + 1).copied().unwrap_or(end);
                        let kind = example.work.kind(word, next - word);
                        change(base + word_number(kind, next - word), sign);
                        change(base + WORDS + pair_number(left, kind), sign);
                        left = kind;
                    }
                    change(base + WORDS + pair_number(left, 0), sign);
                }
            }
            step += 1;
        }
    }
    let sums = weights.iter().zip(&late);
    sums.map(|(&w, &l)| i64::from(w) * step - l).collect()
}

fn write(dictionary: &Dictionary, data: &Data, weights: &[i64]) -> Vec<u8> {
    // One weight in some thousands is cut off at the ends of an `i8`.
    let mut sizes: Vec<i64> = weights.iter().map(|w| w.abs()).collect();
    sizes.sort_unstable();
    let unit = (sizes[sizes.len() - 1 - sizes.len() / 5000] / 127).max(1);
    let scaled = |w: i64| (2 * w + unit * w.signum()) / (2 * unit);
    let fit = |w: i64| scaled(w).clamp(-32_000, 32_000) as i16;

    let mut bias = 0;
    let mut words = vec![0i16; 256 * LENGTHS * RELATIONS];
    let mut scripts = vec![0i16; SCRIPT_WINDOWS * SCRIPTS];
    let mut pairs = vec![0i16; PAIRS];
    let mut grams: Vec<(u64, [i8; 6])> = Vec::new();
    let mut places: HashMap<u64, usize> = HashMap::new();
    for (&key, &weight) in data.keys.iter().zip(weights) {
        match key {
            Key::Bias => bias = scaled(weight) as i32,
            Key::Word(i) => words[i as usize] = fit(weight),
            Key::Script(i) => scripts[i as usize] = fit(weight),
            Key::Pair(i) => pairs[i as usize] = fit(weight),
            Key::Gram(hash, place) => {
                let at = *places.entry(hash).or_insert(grams.len());
                if at == grams.len() {
                    grams.push((hash, [0; 6]));
                }
                grams[at].1[usize::from(place)] = scaled(weight).clamp(-127, 127) as i8;
            }
        }
    }
    grams.retain(|g| g.1.iter().any(|w| w.abs() >= LEAST));
    let size = grams.len() * 7 / 4 + 2;
    let mut slots = vec![0u64; size];
    for (hash, weights) in grams {
        let mut at = gram_slot(hash, size);
        while slots[at] != 0 {
            at = if at + 1 == size { 0 } else { at + 1 };
        }
        let print = gram_print(hash).to_le_bytes();
        let mut bytes = [0; 8];
        bytes[..2].copy_from_slice(&print);
        for (byte, weight) in bytes[2..].iter_mut().zip(weights) {
            *byte = weight as u8;
        }
        slots[at] = u64::from_le_bytes(bytes);
    }

    let mut out = Vec::new();
    dictionary.write(&mut out);
    out.extend(bias.to_le_bytes());
    out.extend((size as u32).to_le_bytes());
    slots.iter().for_each(|s| out.extend(s.to_le_bytes()));
    for list in [&words, &scripts, &pairs] {
        list.iter().for_each(|w| out.extend(w.to_le_bytes()));
    }
    let rest = &weights[data.keys.len()..];
    rest.iter().for_each(|&w| out.extend(fit(w).to_le_bytes()));
    const { assert!(GRAM + WINDOW == 6) };
    out
}
