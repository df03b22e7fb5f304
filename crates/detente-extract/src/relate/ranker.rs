//! The ranker: from clues to a likelihood for each root.
//!
//! A score is the sum of what each clue says for it, plus what a small network makes of the vectors
//! of the words that tell the act. The clues speak in words, so a ranking can name its reasons.

use std::{collections::HashMap, ops::Range};

use super::clues::{Clues, SLOTS};
use crate::Root;

/// Classes: the sixteen roots in the order of [`Root::ALL`], and nothing told.
pub(crate) const CLASSES: usize = 17;
/// The last class: between the two nothing is told.
pub(crate) const NOTHING: usize = CLASSES - 1;

const MAGIC: &[u8; 8] = b"DTRANK1\n";
/// Bits of a key by which it is looked up.
const INDEXED: u32 = 17;

/// A ranker's file is not one, or not of this version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no ranker of this version: {0}")]
pub struct RankerError(pub(crate) &'static str);

/// Vectors of words, eight bits a number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vectors {
    pub(crate) dim: usize,
    pub(crate) words: Vec<Box<str>>,
    pub(crate) numbers: Vec<i8>,
    index: HashMap<Box<str>, u32>,
}

impl Vectors {
    /// Vectors of unit length from words and numbers.
    pub(crate) fn new(dim: usize, words: Vec<Box<str>>, numbers: Vec<i8>) -> Self {
        let index = words
            .iter()
            .enumerate()
            .map(|(i, word)| (word.clone(), i as u32))
            .collect();
        Self {
            dim,
            words,
            numbers,
            index,
        }
    }

    pub(crate) const fn dim(&self) -> usize {
        self.dim
    }

    /// Adds the vector of a word, if it has one.
    pub(crate) fn add(&self, word: &str, into: &mut [f32]) {
        let found = match self.index.get(word) {
            Some(&at) => Some(at),
            None if word.bytes().any(|b| b.is_ascii_uppercase()) => {
                self.index.get(word.to_lowercase().as_str()).copied()
            }
            None => None,
        };
        if let Some(at) = found {
            let row = &self.numbers[at as usize * self.dim..][..self.dim];
            for (x, &n) in into.iter_mut().zip(row) {
                *x += f32::from(n) / 127.0;
            }
        }
    }
}

/// A learnt ranker.
#[derive(Clone, Debug, Default)]
pub struct Ranker {
    pub(crate) vectors: Vectors,
    /// Keys of clues in order, each with `CLASSES` weights of eight bits and a scale.
    pub(crate) keys: Vec<u32>,
    /// Where the keys with the same first [`INDEXED`] bits begin: a clue is looked up at once.
    pub(crate) starts: Vec<u32>,
    pub(crate) weights: Vec<i8>,
    pub(crate) scales: Vec<f32>,
    pub(crate) bias: Vec<f32>,
    /// One row of `SLOTS * dim` numbers a unit.
    pub(crate) hidden: Vec<f32>,
    /// One number a unit.
    pub(crate) hidden_bias: Vec<f32>,
    /// `CLASSES` rows of a number a unit.
    pub(crate) out: Vec<f32>,
}

impl Ranker {
    /// The ranker that ships with this crate.
    ///
    /// # Panics
    /// Never: the file is checked by a test.
    pub fn english() -> Self {
        Self::from_bytes(include_bytes!("../../models/relate-en.model"))
            .expect("the shipped ranker is of this version")
    }

    /// Reads a ranker.
    ///
    /// # Errors
    /// Bytes that are no ranker of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RankerError> {
        let mut input = Input(
            bytes
                .strip_prefix(MAGIC)
                .ok_or(RankerError("it does not begin as one"))?,
        );
        let dim = input.number()? as usize;
        let count = input.number()? as usize;
        if dim > 1000 {
            return Err(RankerError("vectors are too long"));
        }
        let mut words = Vec::new();
        for _ in 0..count {
            let length = input.take(1)?[0] as usize;
            let word = std::str::from_utf8(input.take(length)?)
                .map_err(|_| RankerError("a word is not UTF-8"))?;
            words.push(word.into());
        }
        let numbers = input.bytes(size(count, dim)?)?;
        let count = input.number()? as usize;
        let keys = (0..count)
            .map(|_| input.number())
            .collect::<Result<Vec<_>, _>>()?;
        if keys.windows(2).any(|k| k[0] >= k[1]) {
            return Err(RankerError("its clues are not in order"));
        }
        let weights = input.bytes(size(count, CLASSES)?)?;
        let scales = input.floats(count)?;
        let bias = input.floats(CLASSES)?;
        let units = input.number()? as usize;
        let hidden = input.floats(size(size(units, SLOTS)?, dim)?)?;
        let hidden_bias = input.floats(units)?;
        let out = input.floats(size(CLASSES, units)?)?;
        if !input.0.is_empty() {
            return Err(RankerError("something stands behind its end"));
        }
        Ok(Self {
            vectors: Vectors::new(dim, words, numbers),
            keys,
            starts: Vec::new(),
            weights,
            scales,
            bias,
            hidden,
            hidden_bias,
            out,
        }
        .indexed())
    }

    /// The same ranker with its keys, which must be in order, ready to be looked up.
    pub(crate) fn indexed(mut self) -> Self {
        self.starts = vec![0; (1 << INDEXED) + 1];
        for key in &self.keys {
            self.starts[(key >> (32 - INDEXED)) as usize + 1] += 1;
        }
        let mut before = 0;
        for start in &mut self.starts {
            before += *start;
            *start = before;
        }
        self
    }

    /// The ranker as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let number = |bytes: &mut Vec<u8>, n: usize| bytes.extend((n as u32).to_le_bytes());
        number(&mut bytes, self.vectors.dim);
        number(&mut bytes, self.vectors.words.len());
        for word in &self.vectors.words {
            bytes.push(word.len() as u8);
            bytes.extend(word.bytes());
        }
        bytes.extend(self.vectors.numbers.iter().map(|n| *n as u8));
        number(&mut bytes, self.keys.len());
        bytes.extend(self.keys.iter().flat_map(|k| k.to_le_bytes()));
        bytes.extend(self.weights.iter().map(|n| *n as u8));
        let floats = |bytes: &mut Vec<u8>, floats: &[f32]| {
            bytes.extend(floats.iter().flat_map(|x| x.to_le_bytes()));
        };
        floats(&mut bytes, &self.scales);
        floats(&mut bytes, &self.bias);
        number(&mut bytes, self.hidden_bias.len());
        floats(&mut bytes, &self.hidden);
        floats(&mut bytes, &self.hidden_bias);
        floats(&mut bytes, &self.out);
        bytes
    }

    /// What one clue says for each class.
    fn weights_of(&self, key: u32) -> Option<[f32; CLASSES]> {
        let first = (key >> (32 - INDEXED)) as usize;
        let [from, to] = *self.starts.get(first..)?.first_chunk()?;
        let keys = &self.keys[from as usize..to as usize];
        let at = from as usize + keys.iter().position(|k| *k == key)?;
        let scale = self.scales[at];
        let weights = self.weights[at * CLASSES..].first_chunk::<CLASSES>()?;
        Some(weights.map(|w| f32::from(w) * scale))
    }

    /// Likelihood of each class; they sum to 1.
    pub(crate) fn rank(&self, clues: &Clues<'_>) -> [f32; CLASSES] {
        let mut scores = [0.0; CLASSES];
        scores.copy_from_slice(&self.bias);
        for clue in &clues.clues {
            if let Some(weights) = self.weights_of(clue.key) {
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += weight;
                }
            }
        }
        if !clues.dense.is_empty() && !self.hidden_bias.is_empty() {
            let hidden = hidden(&self.hidden, &self.hidden_bias, &clues.dense);
            for (score, row) in scores.iter_mut().zip(self.out.chunks_exact(hidden.len())) {
                *score += dot(row, &hidden);
            }
        }
        softmax(&mut scores);
        scores
    }

    /// How much each token speaks for `class` against the others' mean.
    pub(crate) fn voices(&self, clues: &Clues<'_>, class: usize, tokens: usize) -> Vec<f32> {
        let mut voices = vec![0.0; tokens];
        for clue in &clues.clues {
            if let (Some(said), Some(voice)) = (
                self.speaks(clue.key, class),
                voices.get_mut(clue.token as usize),
            ) {
                *voice += said;
            }
        }
        voices
    }

    /// What a clue says for a class against the mean of all.
    pub(crate) fn speaks(&self, key: u32, class: usize) -> Option<f32> {
        let weights = self.weights_of(key)?;
        Some(weights[class] - weights.iter().sum::<f32>() / CLASSES as f32)
    }

    /// Number of clues that have weights.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// True if it knows no clue.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// The class of a root.
pub(crate) fn class_of(root: Root) -> usize {
    Root::ALL.iter().position(|r| *r == root).unwrap_or(NOTHING)
}

/// The hidden layer.
pub(crate) fn hidden(weights: &[f32], bias: &[f32], dense: &[f32]) -> Vec<f32> {
    // Where there is no word, there is nothing to add.
    let mut filled: Vec<Range<usize>> = Vec::new();
    for (at, eight) in dense.as_chunks::<8>().0.iter().enumerate() {
        if eight.iter().all(|x| *x == 0.0) {
            continue;
        }
        match filled.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => filled.push(at..at + 1),
        }
    }
    weights
        .chunks_exact(dense.len().max(1))
        .zip(bias)
        .map(|(row, b)| (sum(row, dense, &filled) + b).max(0.0))
        .collect()
}

/// Sum of products, always in the same order.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let all = 0..a.len().min(b.len()) / 8;
    sum(a, b, std::slice::from_ref(&all))
}

/// Sum of the products in these stretches, counted in eights, and in what is left of the last eight.
fn sum(a: &[f32], b: &[f32], stretches: &[Range<usize>]) -> f32 {
    let mut lanes = [0.0f32; 8];
    let (a8, a_rest) = a.as_chunks::<8>();
    let (b8, b_rest) = b.as_chunks::<8>();
    for here in stretches {
        for (x, y) in a8[here.clone()].iter().zip(&b8[here.clone()]) {
            for k in 0..8 {
                lanes[k] += x[k] * y[k];
            }
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    lanes.iter().sum::<f32>() + rest
}

/// Scores into likelihoods.
pub(crate) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = exp(*score - most);
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

/// `e` to the power of a number not above 0, by exact operations: every machine gives the same bits.
fn exp(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    // (1 + x/1024)^1024 loses too much: halve, take the series, square back.
    let y = x / 128.0;
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..8 {
        term *= y / k as f32;
        sum += term;
    }
    for _ in 0..7 {
        sum *= sum;
    }
    sum
}

fn size(a: usize, b: usize) -> Result<usize, RankerError> {
    a.checked_mul(b).ok_or(RankerError("a table is too large"))
}

struct Input<'b>(&'b [u8]);

impl<'b> Input<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], RankerError> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or(RankerError("it ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, RankerError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn bytes(&mut self, count: usize) -> Result<Vec<i8>, RankerError> {
        Ok(self.take(count)?.iter().map(|b| *b as i8).collect())
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, RankerError> {
        let bytes = self.take(size(count, 4)?)?;
        Ok(bytes
            .as_chunks::<4>()
            .0
            .iter()
            .map(|b| f32::from_le_bytes(*b))
            .collect())
    }
}
