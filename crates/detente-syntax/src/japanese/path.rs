//! The best way through the words that a stretch of text can be divided into.
//!
//! Candidates are the words of the dictionary and, where it has none, strings of characters of one
//! script or short mixed ones. A division is worth the sum of what speaks for its boundaries, of
//! the kinds and lengths of its words, and of the kinds of neighbours.

use super::chars::{KATAKANA, LATIN, Script};
use super::words::LENGTHS;

/// Kinds below this are for what is in no dictionary: 0 for the ends of a stretch, then the
/// scripts, and [`MIXED`].
pub(crate) const FIRST_KIND: u8 = 9;
/// Kind of an unknown word of several scripts.
const MIXED: u8 = 8;
/// Longest unknown words: Latin and katakana, other scripts, mixed.
const LONGEST_WORDS: [usize; 3] = [24, 10, 6];
const NONE: u32 = u32::MAX;

/// Weights of words and of pairs of neighbours.
pub(crate) struct PathWeights<'a, T> {
    /// By kind and length.
    pub(crate) words: &'a [T],
    /// By kind and kind of the next word.
    pub(crate) pairs: &'a [T],
}

/// Number of the weight of a word.
pub(crate) fn word_number(kind: u8, length: usize) -> usize {
    usize::from(kind) * LENGTHS + length.min(LENGTHS) - 1
}

/// Number of the weight of two neighbours.
pub(crate) fn pair_number(left: u8, right: u8) -> usize {
    usize::from(left) << 8 | usize::from(right)
}

/// A word of the dictionary at its place, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) start: u32,
    pub(crate) length: u8,
    pub(crate) kind: u8,
}

#[derive(Clone, Copy)]
struct Node {
    start: u32,
    kind: u8,
    score: i32,
    /// The node before it.
    back: u32,
    /// Another node with the same end.
    next: u32,
}

/// Buffers of the search.
#[derive(Default)]
pub(crate) struct Path {
    nodes: Vec<Node>,
    /// First node that ends at each place, and the unknown ones among them: of one script, mixed.
    ends: Vec<[u32; 3]>,
    /// The words found, from the last to the first: start and kind.
    pub(crate) found: Vec<(usize, u8)>,
}

/// The kind of a string that is in no dictionary.
pub(crate) fn unknown_kind(scripts: &[Script]) -> u8 {
    match scripts {
        [first, rest @ ..] if rest.iter().all(|s| s == first) => *first,
        _ => MIXED,
    }
}

impl Path {
    /// Finds the best division of the characters `from..to`; see [`found`](Self::found).
    /// `scripts` and `scores` are by character, `candidates` in order.
    pub(crate) fn find<T: Copy + Into<i32>>(
        &mut self,
        from: usize,
        to: usize,
        scripts: &[Script],
        scores: &[i32],
        candidates: &[Candidate],
        weights: &PathWeights<'_, T>,
    ) {
        self.nodes.clear();
        self.ends.clear();
        self.ends.resize(to - from + 1, [NONE; 3]);
        self.found.clear();
        self.nodes.push(Node {
            start: from as u32,
            kind: 0,
            score: 0,
            back: NONE,
            next: NONE,
        });
        self.ends[0][0] = 0;
        let gain = |end: usize| if end == to { 0 } else { scores[end] };
        let mut rest = candidates;
        for at in from..to {
            let here = rest.iter().take_while(|c| c.start as usize == at).count();
            let (words, later) = rest.split_at(here);
            rest = later;
            let mut known = 0u32;
            for word in words {
                let length = usize::from(word.length);
                if at + length > to {
                    continue;
                }
                known |= 1 << length;
                let (before, back) = self.before(at - from, word.kind, weights);
                let own: i32 = weights.words[word_number(word.kind, length)].into();
                let end = &mut self.ends[at + length - from][0];
                self.nodes.push(Node {
                    start: at as u32,
                    kind: word.kind,
                    score: before.wrapping_add(own).wrapping_add(gain(at + length)),
                    back,
                    next: *end,
                });
                *end = self.nodes.len() as u32 - 1;
            }
            self.unknown(at, from, to, known, scripts, &gain, weights);
        }
        let (_, mut at) = self.before(to - from, 0, weights);
        while let Some(node) = self.nodes.get(at as usize).filter(|n| n.back != NONE) {
            self.found.push((node.start as usize, node.kind));
            at = node.back;
        }
    }

    /// Words that begin at `at` and are not in the dictionary; `known` are the lengths that are.
    #[allow(clippy::too_many_arguments)]
    fn unknown<T: Copy + Into<i32>>(
        &mut self,
        at: usize,
        from: usize,
        to: usize,
        known: u32,
        scripts: &[Script],
        gain: &impl Fn(usize) -> i32,
        weights: &PathWeights<'_, T>,
    ) {
        let script = scripts[at];
        let longest = LONGEST_WORDS[usize::from(!matches!(script, KATAKANA | LATIN))];
        let one = self.before(at - from, script, weights);
        let mixed = self.before(at - from, MIXED, weights);
        let mut uniform = true;
        for length in 1..=longest.min(to - at) {
            uniform &= scripts[at + length - 1] == script;
            if !uniform && length > LONGEST_WORDS[2] {
                break;
            }
            if known >> length & 1 == 1 {
                continue;
            }
            let (kind, (before, back), slot) = if uniform {
                (script, one, 1)
            } else {
                (MIXED, mixed, 2)
            };
            let own: i32 = weights.words[word_number(kind, length)].into();
            let score = before.wrapping_add(own).wrapping_add(gain(at + length));
            let end = &mut self.ends[at + length - from];
            let node = Node {
                start: at as u32,
                kind,
                score,
                back,
                next: end[0],
            };
            match self.nodes.get_mut(end[slot] as usize) {
                Some(old) if old.score >= score => (),
                Some(old) => {
                    let next = old.next;
                    *old = Node { next, ..node };
                }
                None => {
                    self.nodes.push(node);
                    end[0] = self.nodes.len() as u32 - 1;
                    end[slot] = end[0];
                }
            }
        }
    }

    /// The best node that ends at a place, before a word of that kind.
    fn before<T: Copy + Into<i32>>(
        &self,
        end: usize,
        kind: u8,
        weights: &PathWeights<'_, T>,
    ) -> (i32, u32) {
        let mut best = (i32::MIN, NONE);
        let mut at = self.ends[end][0];
        while let Some(node) = self.nodes.get(at as usize) {
            let pair: i32 = weights.pairs[pair_number(node.kind, kind)].into();
            let score = node.score.wrapping_add(pair);
            if score > best.0 || best.1 == NONE {
                best = (score, at);
            }
            at = node.next;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::japanese::chars::{HIRAGANA, KANJI};

    #[test]
    fn the_best_division_is_found() {
        let scripts = [KANJI, KANJI, HIRAGANA, KANJI];
        let candidate = |start, length, kind| Candidate {
            start,
            length,
            kind,
        };
        let candidates = [
            candidate(0, 2, 20),
            candidate(2, 1, 21),
            candidate(3, 1, 22),
        ];
        let mut words = vec![0i32; 256 * LENGTHS];
        words[word_number(20, 2)] = 5;
        let mut pairs = vec![0i32; 1 << 16];
        pairs[pair_number(20, 21)] = 5;
        let weights = PathWeights {
            words: &words,
            pairs: &pairs,
        };
        let mut path = Path::default();
        path.find(0, 4, &scripts, &[0, 1, 1, 1, 0], &candidates, &weights);
        assert_eq!(path.found, [(3, 22), (2, 21), (0, 20)]);
        path.find(0, 4, &scripts, &[0, 30, -9, -9, 0], &candidates, &weights);
        assert_eq!(path.found, [(1, MIXED), (0, KANJI)]);
    }
}
