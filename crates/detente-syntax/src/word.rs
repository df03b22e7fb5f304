//! What tagger and parser see of a word: hashes of its form, endings and shape.

use crate::lexicon::{Lexicon, WordClass, normalise};
use crate::weights::hash_bytes;

/// A word, taken apart once for all features.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// The form as written.
    pub(crate) exact: u32,
    /// The form in lower case.
    pub(crate) lower: u32,
    /// First one to four bytes in lower case.
    pub(crate) prefixes: [u32; 4],
    /// Last one to five bytes in lower case.
    pub(crate) suffixes: [u32; 5],
    /// Letters, digits and marks, runs shortened.
    pub(crate) shape: u32,
    /// Initial capital; all capitals; digit; hyphen or other mark inside — as bits.
    pub(crate) kind: u32,
    /// What the lexicon knows.
    pub(crate) class: WordClass,
}

pub(crate) const CAPITAL: u32 = 1;
pub(crate) const ALL_CAPITALS: u32 = 2;
pub(crate) const DIGIT: u32 = 4;
pub(crate) const MARK: u32 = 8;
pub(crate) const LETTER: u32 = 16;

impl Word {
    /// Takes a form apart; `buffer` is working memory.
    pub(crate) fn new(form: &str, lexicon: &Lexicon, buffer: &mut Vec<u8>) -> Self {
        normalise(form, buffer);
        let bytes: &[u8] = buffer;
        let n = bytes.len();
        let mut word = Self {
            lower: hash_bytes(bytes.iter().copied()),
            exact: hash_bytes(form.bytes()),
            ..Self::default()
        };
        word.class = lexicon.get(word.lower);
        // Endings of one byte may cut a character; they are only hashed.
        for (i, prefix) in word.prefixes.iter_mut().enumerate() {
            *prefix = hash_bytes(bytes[..n.min(i + 1)].iter().copied());
        }
        for (i, suffix) in word.suffixes.iter_mut().enumerate() {
            *suffix = hash_bytes(bytes[n.saturating_sub(i + 1)..].iter().copied());
        }
        let (mut shape, mut last, mut run) = (0x811c_9dc5u32, 0, 0);
        let (mut letters, mut capitals) = (0, 0);
        for (i, c) in form.chars().enumerate() {
            let kind = if c.is_uppercase() {
                capitals += 1;
                letters += 1;
                word.kind |= LETTER | if i == 0 { CAPITAL } else { 0 };
                b'A'
            } else if c.is_alphabetic() {
                letters += 1;
                word.kind |= LETTER;
                b'a'
            } else if c.is_numeric() {
                word.kind |= DIGIT;
                b'0'
            } else {
                word.kind |= MARK;
                if c.is_ascii() { c as u8 } else { b'?' }
            };
            run = if kind == last { run + 1 } else { 0 };
            last = kind;
            if run < 2 {
                shape = (shape ^ u32::from(kind)).wrapping_mul(0x0100_0193);
            }
        }
        if capitals > 1 && capitals == letters {
            word.kind |= ALL_CAPITALS;
        }
        word.shape = shape;
        word
    }
}

/// True if capitals say little in this sentence: a headline, or everything in lower case.
pub(crate) fn casing(words: &[Word]) -> u32 {
    let count = |bits: u32| words.iter().filter(|w| w.kind & bits == bits).count();
    let lettered = count(LETTER).max(1);
    if count(ALL_CAPITALS) * 10 >= lettered * 7 && lettered > 1 {
        3
    } else if count(CAPITAL) * 10 >= lettered * 7 && lettered > 3 {
        2
    } else if count(CAPITAL) == 0 {
        1
    } else {
        0
    }
}
