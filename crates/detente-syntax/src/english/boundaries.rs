//! A learnt judge of sentence ends: a linear classifier over what stands left and right of a gap.

use super::chunks::Chunk;
use super::piece::{Piece, hash_lower};
use super::sentences::Certainty;
use crate::model::ModelError;

/// Weights in the table, a power of two.
pub(crate) const TABLE: usize = 1 << 16;
/// Bytes of the filter, a power of two.
pub(crate) const FILTER: usize = 1 << 14;
/// Features of a gap.
pub(crate) const FEATURES: usize = 30;

/// Weights by hashed feature; without any the rules decide alone.
#[derive(Default)]
pub(crate) struct Boundaries {
    weights: Vec<i8>,
    pub(crate) common: Common,
}

/// Hash of a few numbers.
fn mix(parts: &[u32]) -> u32 {
    let mut hash = 0x9e37_79b9u32;
    for part in parts {
        hash = (hash ^ part).wrapping_mul(0x85eb_ca6b);
        hash ^= hash >> 15;
    }
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// Words that are mostly written small, as a Bloom filter.
#[derive(Default)]
pub(crate) struct Common {
    pub(crate) bits: Vec<u8>,
}

impl Common {
    /// A filter of `size` bytes (a power of two) with these words in lower case.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>, size: usize) -> Self {
        let mut common = Self {
            bits: vec![0; size],
        };
        for word in words {
            for at in common.places(hash_lower(word)) {
                common.bits[at / 8] |= 1 << (at % 8);
            }
        }
        common
    }

    fn places(&self, hash: u32) -> [usize; 3] {
        let mask = self.bits.len() * 8 - 1;
        [1, 2, 3].map(|k| mix(&[k, hash]) as usize & mask)
    }

    fn contains(&self, hash: u32) -> bool {
        !self.bits.is_empty()
            && self
                .places(hash)
                .iter()
                .all(|&at| self.bits[at / 8] >> (at % 8) & 1 == 1)
    }
}

/// Working memory of the judge.
#[derive(Default)]
pub(crate) struct Judge {
    pieces: Vec<Piece>,
    /// For each piece whether its paragraph ends with a mark.
    closed: Vec<bool>,
    /// How many paragraphs end with a mark: 0 few to 3 nearly all.
    style: u32,
    /// How often a small letter follows a full stop: 0 never to 3 mostly.
    small: u32,
    quotes: u32,
    brackets: i32,
    pub(crate) features: [u32; FEATURES],
}

impl Judge {
    /// Looks at all pieces of a text.
    pub(crate) fn start(&mut self, text: &str, chunks: &[Chunk], common: &Common) {
        self.pieces.clear();
        self.pieces
            .extend(chunks.iter().map(|c| Piece::new(&text[c.start..c.end])));
        for piece in &mut self.pieces {
            piece.common = piece.shape == 2 && common.contains(piece.head);
        }
        self.closed.clear();
        self.closed.resize(chunks.len(), false);
        let mut closed = false;
        let (mut paragraphs, mut marked) = (0, 0);
        for i in (0..chunks.len()).rev() {
            let last = chunks.get(i + 1).is_none_or(|next| next.breaks > 0);
            if last {
                closed = matches!(self.pieces[i].mark, 4..=7 | 9 | 10);
                paragraphs += 1;
                marked += u32::from(closed);
            }
            self.closed[i] = closed;
        }
        let (mut stops, mut small) = (0, 0);
        for pair in self.pieces.windows(2) {
            if pair[0].mark == 4 && pair[0].abbreviation <= 1 && matches!(pair[1].shape, 1 | 2) {
                stops += 1;
                small += u32::from(pair[1].shape == 1);
            }
        }
        self.small = match small {
            0 => 0,
            _ if small * 10 < stops => 1,
            _ if small * 2 < stops => 2,
            _ => 3,
        };
        self.style = marked * 4 / (paragraphs + 1);
        self.quotes = 0;
        self.brackets = 0;
    }

    /// True for a gap between a word and a word in small letters, where nothing ends in a text
    /// whose sentences begin with capitals.
    pub(crate) fn is_plain(&self, chunks: &[Chunk], i: usize) -> bool {
        let a = self.pieces[i];
        let Some((b, next)) = self.pieces.get(i + 1).zip(chunks.get(i + 1)) else {
            return false;
        };
        self.small < 2
            && a.mark <= 1
            && a.closer == 0
            && b.shape == 1
            && b.opener == 0
            && next.breaks == 0
            && next.start > chunks[i].end
    }

    /// Works out the features of the gap after piece `i` of a sentence that starts at `first`.
    fn look(&mut self, chunks: &[Chunk], first: usize, i: usize, rule: bool) {
        let a = self.pieces[i];
        let none = Piece::default();
        let piece = |at: usize| self.pieces.get(at).unwrap_or(&none);
        let (b, c) = (piece(i + 1), piece(i + 2));
        let before = if i > first { piece(i - 1) } else { &none };
        let n = |x: u8| u32::from(x);
        let glued = chunks
            .get(i + 1)
            .is_some_and(|next| next.start == chunks[i].end);
        let end = n(a.mark) | n(a.closer) << 4 | u32::from(glued) << 8;
        let next = n(b.shape) | n(b.opener) << 4;
        let state = self.quotes.min(2) | (self.brackets.clamp(0, 2) as u32) << 2;
        let length = match i - first {
            l @ 0..=3 => l as u32,
            4..=6 => 4,
            7..=12 => 5,
            13..=25 => 6,
            26..=50 => 7,
            _ => 8,
        };
        let closed = u32::from(self.closed[i]);
        let bare = u32::from(a.mark == 0 && b.shape != 0);
        let rows: [(u32, u32, u32, u32); FEATURES] = [
            (end, 0, 0, 0),
            (end, next, 0, 0),
            (n(a.mark), a.stem, 0, 0),
            (n(a.mark), b.head, 0, 0),
            (n(a.mark), a.stem, next, 0),
            (n(a.mark), n(a.abbreviation), b.head, 0),
            (end, n(a.abbreviation), next, n(a.stem_shape)),
            (u32::from(rule), end, 0, 0),
            (u32::from(rule), next, n(a.abbreviation), 0),
            (n(a.mark), b.head, c.head, 0),
            (n(a.mark), a.stem, b.head, 0),
            (n(a.mark), before.stem, a.stem, 0),
            (end, next, state, 0),
            (n(a.mark), length, next, 0),
            (n(a.mark), next, n(c.shape), n(b.mark)),
            (end, c.head, 0, 0),
            (u32::from(self.closed[i]), n(a.mark), next, 0),
            (n(piece(first).shape), n(a.mark), next, 0),
            (n(a.stem_shape), end, next, bare),
            (n(before.mark), n(before.stem_shape), end, next),
            (u32::from(rule), n(a.mark), b.head, state),
            (
                u32::from(rule),
                n(a.mark),
                length,
                u32::from(self.closed[i]),
            ),
            (
                u32::from(rule),
                n(a.abbreviation),
                n(a.stem_shape),
                length.min(2),
            ),
            (n(a.mark), n(b.shape), n(b.mark), n(b.closer)),
            (end, next, self.style, closed),
            (self.small, n(a.mark), n(b.shape), n(a.abbreviation)),
            (self.small, n(a.mark), b.head, 0),
            (u32::from(b.common), end, n(a.abbreviation), next),
            (u32::from(b.common), n(a.mark), a.stem, 0),
            (
                u32::from(b.common) | closed << 1,
                u32::from(rule),
                n(a.stem_shape),
                end,
            ),
        ];
        for (k, (slot, row)) in self.features.iter_mut().zip(&rows).enumerate() {
            *slot = mix(&[k as u32, row.0, row.1, row.2, row.3]);
        }
    }
}

impl Boundaries {
    /// Weights as [`write`](Self::write) writes them; nothing is no weights.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let (weights, common) = bytes
            .split_at_checked(TABLE)
            .filter(|(_, common)| common.len() == FILTER)
            .ok_or(ModelError::Damaged("the weights of sentence ends"))?;
        Ok(Self {
            weights: weights.iter().map(|&b| b as i8).collect(),
            common: Common {
                bits: common.to_vec(),
            },
        })
    }

    /// Does the sentence that starts with piece `first` end after piece `i`? `rule` is what the
    /// rules say and how sure they are.
    pub(crate) fn ends(
        &self,
        chunks: &[Chunk],
        first: usize,
        i: usize,
        rule: Certainty,
        judge: &mut Judge,
    ) -> bool {
        let piece = judge.pieces[i];
        if i == first {
            judge.quotes = 0;
            judge.brackets = 0;
        }
        judge.quotes ^= u32::from(piece.quotes);
        judge.brackets += i32::from(piece.brackets);
        let rule = match rule {
            Certainty::Sure(ends) => return ends,
            Certainty::Likely(ends) => ends,
        };
        if self.weights.is_empty() {
            return rule;
        }
        if !rule && judge.is_plain(chunks, i) {
            return false;
        }
        judge.look(chunks, first, i, rule);
        let mask = self.weights.len() - 1;
        let sum: i32 = judge
            .features
            .iter()
            .map(|&f| i32::from(self.weights[f as usize & mask]))
            .sum();
        sum > 0
    }

    /// The features of a gap that is not sure, for learning.
    pub(crate) fn features<'j>(
        chunks: &[Chunk],
        first: usize,
        i: usize,
        rule: Certainty,
        judge: &'j mut Judge,
    ) -> Option<&'j [u32; FEATURES]> {
        let empty = Self::default();
        let rule = match rule {
            Certainty::Sure(_) => None,
            Certainty::Likely(_) => Some(empty.ends(chunks, first, i, rule, judge)),
        }?;
        if !rule && judge.is_plain(chunks, i) {
            return None;
        }
        judge.look(chunks, first, i, rule);
        Some(&judge.features)
    }
}
