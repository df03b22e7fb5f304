//! Fingerprints of sentences, by which passages that stand in several documents are found.

use crate::{
    Document, Span,
    even::even,
    hash::{hash, mix},
    layout::lines::is_east,
    repeats,
};

/// Values of a [`Passage::near`] fingerprint.
pub const NEAR: usize = 16;
/// Values in a band of [`Passage::bands`].
const BAND: usize = 4;

/// A sentence of a document's content with its fingerprints. They are the same in every version of
/// the program and on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub span: Span,
    /// Equal for equal words (spaces, quotes, punctuation and case evened out).
    pub exact: u64,
    /// MinHash over runs of three words, or of four characters in East Asian scripts: the share of
    /// equal values estimates the share of runs that two passages have in common.
    pub near: [u64; NEAR],
}

impl Passage {
    /// The fingerprints of `span`.
    pub fn of(text: &str, span: Span) -> Self {
        let even = even(span.of(text));
        let mut near = [u64::MAX; NEAR];
        for shingle in shingles(&even) {
            for (seed, least) in near.iter_mut().enumerate() {
                let value = mix(shingle ^ mix(seed as u64 + 1));
                *least = (*least).min(value);
            }
        }
        Self {
            span,
            exact: hash(even.as_bytes()),
            near,
        }
    }

    /// Estimated share of word runs in common, 0 to 1.
    pub fn resemblance(&self, other: &Self) -> f32 {
        let same = self
            .near
            .iter()
            .zip(&other.near)
            .filter(|(a, b)| a == b)
            .count();
        same as f32 / NEAR as f32
    }

    /// Four keys: two passages of which three quarters are alike share at least one with a
    /// probability of about four in five, passages of which one quarter is alike of one in a hundred.
    pub fn bands(&self) -> [u64; NEAR / BAND] {
        std::array::from_fn(|band| {
            let mut key = band as u64 + 1;
            for value in &self.near[band * BAND..(band + 1) * BAND] {
                key = mix(key ^ *value);
            }
            key
        })
    }
}

fn shingles(even: &str) -> Vec<u64> {
    let east = even.chars().filter(|c| is_east(*c)).count();
    if east * 2 > even.chars().count() {
        let starts: Vec<usize> = even
            .char_indices()
            .filter(|(_, c)| *c != ' ')
            .map(|(i, _)| i)
            .chain([even.len()])
            .collect();
        return starts
            .windows(5)
            .map(|w| hash(even[w[0]..w[4]].replace(' ', "").as_bytes()))
            .collect();
    }
    let words: Vec<u64> = even.split(' ').map(|w| hash(w.as_bytes())).collect();
    words
        .windows(3)
        .map(|w| mix(w[0] ^ mix(w[1] ^ mix(w[2]))))
        .collect()
}

/// The sentences of the document's content (without dropped stretches and without later copies)
/// that are long enough to be told from chance: eight words, or twenty East Asian characters.
pub fn passages(document: &Document) -> Vec<Passage> {
    let text = &document.text;
    let again: Vec<Span> = document.repeats.iter().map(|r| r.again).collect();
    let mut next = 0;
    repeats::cut(text, &document.dropped)
        .into_iter()
        .filter(|(span, dropped)| {
            while next < again.len() && again[next].end <= span.start {
                next += 1;
            }
            let copy = again.get(next).is_some_and(|a| a.contains(*span));
            !dropped && !copy && repeats::is_long(span.of(text))
        })
        .map(|(span, _)| Passage::of(text, span))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Passage {
        Passage::of(text, Span::new(0, text.len() as u32))
    }

    #[test]
    fn near_copies_resemble_and_others_do_not() {
        let a = of(
            "The two foreign ministers met in the capital on Monday and agreed to keep talking about trade and visas.",
        );
        let b = of(
            "The two foreign ministers met in the capital on Monday and agreed to keep talking about trade and “visas” soon.",
        );
        let c = of(
            "Heavy rain fell over the southern islands during the night and several roads had to be closed for hours.",
        );
        assert!(a.exact != b.exact && a.resemblance(&b) >= 0.6);
        assert!(a.resemblance(&c) <= 0.1);
        assert!(a.bands().iter().zip(b.bands()).any(|(x, y)| *x == y));
        let a = of("両外相は七日、ソウルで会談し、貿易と査証について対話を続けることで一致した。");
        let b = of("両外相は七日、ソウルで会談し、貿易と査証について対話を続けることで合意した。");
        assert!(a.resemblance(&b) >= 0.6);
    }

    #[test]
    fn fingerprints_never_change() {
        assert_eq!(
            of("Talks resume in Seoul").exact,
            of("talks  resume — in SEOUL").exact
        );
        assert_eq!(hash(b"detente"), 9_842_597_949_616_337_423);
    }
}
