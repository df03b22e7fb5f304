//! Words: the run time of the segmenter.

use detente_text::Span;

use super::chars::{SPACE, Script, fold, script};
use super::dictionary::{Dictionary, LONGEST, START, extend};
use super::lemma::Lemmas;
use super::path::{Candidate, Path, PathWeights, unknown_kind};
use crate::model::{ModelError, Reader};

/// Characters on either side of a boundary that are looked at.
pub(crate) const WINDOW: usize = 3;
/// Longest string of characters that is a feature.
pub(crate) const GRAM: usize = 3;
/// Words longer than this are of one length for the weights.
pub(crate) const LENGTHS: usize = 8;
/// Where a boundary can lie with a word of the dictionary: see [`relation`].
pub(crate) const RELATIONS: usize = 5;
/// Numbers of four scripts.
pub(crate) const SCRIPTS: usize = 8 * 8 * 8 * 8;
/// Windows of four scripts around a boundary: 3+1, 2+2, 1+3.
pub(crate) const SCRIPT_WINDOWS: usize = 3;
/// Longest stretch that is divided at once, in characters.
const STRETCH: usize = 2_000;
/// Slots for pairs of dictionary words, one ending and one beginning at the boundary.
pub(crate) const PAIRS: usize = 1 << 16;

/// Weights of the boundaries, the dictionary, and the lemmas.
pub(crate) struct Segmenter {
    dictionary: Dictionary,
    bias: i32,
    /// A slot: 16 bits of a hash, then the weights for [`GRAM`] + 3 places of the boundary.
    grams: Vec<u64>,
    /// By kind, length and relation.
    words: Vec<i16>,
    /// By window and scripts.
    scripts: Vec<i16>,
    pairs: Vec<i16>,
    /// Of the words of a division, and of their neighbours.
    path_words: Vec<i16>,
    path_pairs: Vec<i16>,
    lemmas: Lemmas,
}

/// Buffers of one thread.
#[derive(Default)]
pub(crate) struct Work {
    /// The characters, folded, between [`WINDOW`] zeros.
    codes: Vec<u32>,
    scripts: Vec<Script>,
    /// Byte offset of each character, and of the end.
    offsets: Vec<u32>,
    /// What speaks for a boundary before each character.
    scores: Vec<i32>,
    /// Longest word that ends before, and that begins at each character: length and kind.
    ends: Vec<(u8, u8)>,
    begins: Vec<(u8, u8)>,
    candidates: Vec<Candidate>,
    path: Path,
}

/// What the weights are looked up by; training hears of the same features as the run time.
pub(crate) trait Features {
    /// A string of characters beginning at character `at`, of that length.
    fn gram(&mut self, at: usize, length: usize, hash: u64);
    /// A word of the dictionary.
    fn word(&mut self, at: usize, length: usize, kind: u8);
}

impl Work {
    /// Takes in the text.
    pub(crate) fn load(&mut self, text: &str, start: usize, end: usize) {
        self.codes.clear();
        self.scripts.clear();
        self.offsets.clear();
        self.codes.extend([0; WINDOW]);
        self.scripts.extend([SPACE; WINDOW]);
        for (at, c) in text[start..end].char_indices() {
            let c = fold(c);
            let script = script(c);
            self.codes.push(if script == SPACE { 0 } else { c as u32 });
            self.scripts.push(script);
            self.offsets.push((start + at) as u32);
        }
        self.offsets.push(end as u32);
        self.codes.extend([0; WINDOW]);
        self.scripts.extend([SPACE; WINDOW]);
        self.candidates.clear();
        let count = self.len();
        for list in [&mut self.ends, &mut self.begins] {
            list.clear();
            list.resize(count + 1, (0, 0));
        }
    }

    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Byte offset of a character.
    pub(crate) fn offset(&self, at: usize) -> usize {
        self.offsets[at] as usize
    }

    /// The next stretch without space, from character `from` on; after [`STRETCH`] characters it
    /// is cut off.
    pub(crate) fn stretch(&self, from: usize) -> Option<(usize, usize)> {
        let scripts = &self.scripts[WINDOW..WINDOW + self.len()];
        let start = from + scripts.get(from..)?.iter().position(|&s| s != SPACE)?;
        let mut rest = scripts[start..].iter().take(STRETCH);
        let length = rest.position(|&s| s == SPACE);
        Some((
            start,
            start + length.unwrap_or(STRETCH.min(scripts.len() - start)),
        ))
    }

    /// Divides a stretch into words.
    pub(crate) fn find<T: Copy + Into<i32>>(
        &self,
        path: &mut Path,
        start: usize,
        end: usize,
        scores: &[i32],
        weights: &PathWeights<'_, T>,
    ) {
        let scripts = &self.scripts[WINDOW..WINDOW + self.len()];
        let first = self
            .candidates
            .partition_point(|c| (c.start as usize) < start);
        let candidates = &self.candidates[first..];
        path.find(start, end, scripts, scores, candidates, weights);
    }

    /// Kind of the word at that place.
    pub(crate) fn kind(&self, start: usize, length: usize) -> u8 {
        let first = self
            .candidates
            .partition_point(|c| (c.start as usize) < start);
        let mut here = self.candidates[first..].iter();
        here.by_ref()
            .take_while(|c| c.start as usize == start)
            .find(|c| usize::from(c.length) == length)
            .map_or_else(
                || unknown_kind(&self.scripts[WINDOW + start..WINDOW + start + length]),
                |c| c.kind,
            )
    }

    /// Scripts around the boundary before character `at`, in a window.
    pub(crate) fn script_window(&self, at: usize, window: usize) -> usize {
        // The first of the four characters: 3, 2 or 1 before the boundary.
        let first = at + window;
        let four = &self.scripts[first..first + 4];
        four.iter().fold(0, |n, &s| n << 3 | usize::from(s))
    }

    /// The longest words at the boundary before character `at`, if there is one on each side.
    pub(crate) fn pair(&self, at: usize) -> usize {
        let ((end_length, end), (length, begin)) = (self.ends[at], self.begins[at]);
        let key = u32::from(end) | u32::from(begin) << 8;
        let lengths = u32::from(end_length.min(4)) | u32::from(length.min(4)) << 3;
        let hash = (key | lengths << 16).wrapping_mul(0x9e37_79b1);
        (hash >> 16) as usize
    }

    /// Names the features of the text.
    pub(crate) fn features(&mut self, dictionary: &Dictionary, out: &mut impl Features) {
        let count = self.len();
        for i in 0..count + 2 * WINDOW {
            // Strings may reach into the zeros on either side, words may not.
            let mut hash = START;
            let inside = i >= WINDOW && i < count + WINDOW;
            let longest = if inside {
                LONGEST.min(count + WINDOW - i)
            } else {
                0
            };
            let mut lengths = 0;
            for length in 1..=LONGEST.max(GRAM) {
                let Some(&code) = self.codes.get(i + length - 1) else {
                    break;
                };
                hash = extend(hash, code);
                if length <= GRAM {
                    out.gram(i, length, hash);
                }
                if length == 2 && inside {
                    lengths = dictionary.lengths(hash);
                }
                let possible = length <= 2 || lengths >> length & 1 == 1;
                if length <= longest
                    && possible
                    && let Some(kind) = dictionary.kind(hash)
                {
                    let at = i - WINDOW;
                    out.word(at, length, kind);
                    self.candidates.push(Candidate {
                        start: at as u32,
                        length: length as u8,
                        kind,
                    });
                    self.begins[at] = (length as u8, kind);
                    let end = &mut self.ends[at + length];
                    if end.0 == 0 {
                        *end = (length as u8, kind);
                    }
                }
                if length >= GRAM && (length >= longest || lengths >> length <= 1) {
                    break;
                }
            }
        }
    }
}

/// Number of the weight of a word of that kind and length at the boundary that lies `after` of its
/// characters.
pub(crate) fn word_weight(kind: u8, length: usize, after: usize) -> usize {
    let relation = if after == 0 {
        0
    } else if after == length {
        1
    } else if after == 1 {
        2
    } else if after + 1 == length {
        3
    } else {
        4
    };
    (usize::from(kind) * LENGTHS + length.min(LENGTHS) - 1) * RELATIONS + relation
}

/// Adds up the weights.
struct Sum<'a> {
    segmenter: &'a Segmenter,
    scores: &'a mut [i32],
}

impl Features for Sum<'_> {
    fn gram(&mut self, at: usize, length: usize, hash: u64) {
        let Some(weights) = self.segmenter.gram(hash) else {
            return;
        };
        // Places of the boundary: `length - WINDOW ..= WINDOW` characters after the beginning,
        // counted with the zeros before the text.
        let first = at + length;
        for (i, &weight) in weights[2..9 - length].iter().enumerate() {
            let place = first + i;
            if place >= 2 * WINDOW && place - 2 * WINDOW < self.scores.len() {
                let score = &mut self.scores[place - 2 * WINDOW];
                *score = score.wrapping_add(i32::from(weight as i8));
            }
        }
    }

    fn word(&mut self, at: usize, length: usize, kind: u8) {
        for after in 0..=length {
            let weight = self.segmenter.words[word_weight(kind, length, after)];
            let score = &mut self.scores[at + after];
            *score = score.wrapping_add(i32::from(weight));
        }
    }
}

impl Segmenter {
    /// Reads what training wrote.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new(bytes);
        let dictionary = Dictionary::read(&mut reader)?;
        let bias = reader.u32()? as i32;
        let count = reader.u32()? as usize;
        let bytes = reader.bytes(count.saturating_mul(8))?;
        let grams: Vec<u64> = bytes
            .chunks_exact(8)
            .map(|b| u64::from_le_bytes(b.try_into().unwrap_or_default()))
            .collect();
        if !grams.contains(&0) {
            return Err(ModelError::Damaged(
                "a table of strings without a free slot",
            ));
        }
        let mut weights = |count: usize| -> Result<Vec<i16>, ModelError> {
            let bytes = reader.bytes(count * 2)?.chunks_exact(2);
            Ok(bytes.map(|b| i16::from_le_bytes([b[0], b[1]])).collect())
        };
        Ok(Self {
            dictionary,
            bias,
            grams,
            words: weights(256 * LENGTHS * RELATIONS)?,
            scripts: weights(SCRIPT_WINDOWS * SCRIPTS)?,
            pairs: weights(PAIRS)?,
            path_words: weights(256 * LENGTHS)?,
            path_pairs: weights(1 << 16)?,
            lemmas: Lemmas::read(&mut reader)?,
        })
    }

    /// Sets `out` to the lemma of a word with the treebank's tag `xpos`.
    pub(crate) fn lemma(&self, form: &str, xpos: &str, out: &mut String) {
        self.lemmas.lemma(form, xpos, out);
    }

    fn gram(&self, hash: u64) -> Option<[u8; 8]> {
        let print = gram_print(hash);
        let mut at = gram_slot(hash, self.grams.len());
        loop {
            let found = self.grams[at];
            if found == 0 {
                return None;
            }
            if found as u16 == print {
                return Some(found.to_le_bytes());
            }
            at = if at + 1 == self.grams.len() {
                0
            } else {
                at + 1
            };
        }
    }

    /// Appends the words between two byte offsets of `text`, which must be character boundaries.
    /// Spaces belong to no word.
    pub(crate) fn words(
        &self,
        text: &str,
        start: usize,
        end: usize,
        work: &mut Work,
        out: &mut Vec<Span>,
    ) {
        work.load(text, start, end);
        let count = work.len();
        let mut scores = std::mem::take(&mut work.scores);
        scores.clear();
        scores.resize(count + 1, self.bias);
        let mut sum = Sum {
            segmenter: self,
            scores: &mut scores,
        };
        work.features(&self.dictionary, &mut sum);
        for (at, score) in scores.iter_mut().enumerate().take(count).skip(1) {
            for window in 0..SCRIPT_WINDOWS {
                let scripts = work.script_window(at, window);
                let weight = self.scripts[window * SCRIPTS + scripts];
                *score = score.wrapping_add(i32::from(weight));
            }
            *score = score.wrapping_add(i32::from(self.pairs[work.pair(at)]));
        }
        let weights = PathWeights {
            words: &self.path_words,
            pairs: &self.path_pairs,
        };
        let mut path = std::mem::take(&mut work.path);
        let mut from = 0;
        while let Some((start, end)) = work.stretch(from) {
            work.find(&mut path, start, end, &scores, &weights);
            let mut starts = path.found.iter().rev().map(|w| w.0).peekable();
            while let Some(word) = starts.next() {
                let next = starts.peek().copied().unwrap_or(end);
                out.push(Span::new(work.offsets[word], work.offsets[next]));
            }
            from = end;
        }
        work.path = path;
        work.scores = scores;
    }
}

/// Place of a string in a table of that size.
pub(crate) fn gram_slot(hash: u64, size: usize) -> usize {
    (((hash >> 32) * size as u64) >> 32) as usize
}

/// What is kept of a string's hash; never 0.
pub(crate) fn gram_print(hash: u64) -> u16 {
    (hash as u16).max(1)
}

#[cfg(test)]
mod tests;
