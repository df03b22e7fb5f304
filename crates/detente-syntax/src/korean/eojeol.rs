//! A sentence's eojeol while they are taken apart: what the classifiers of
//! [`morphemes`](super::morphemes) look at, and what they have found.

use detente_text::Span;

use super::flat::{Scorer, feature};
use super::morphemes::Convention;
use super::restore::Action;
use super::words::is_mark;
use crate::Upos;

/// A morpheme: its place in the buffer of letters, the hash of its form, its last letter, and its
/// tag.
#[derive(Clone, Copy, Default)]
struct Piece {
    start: u32,
    end: u32,
    hash: u32,
    last: u32,
    length: u32,
    tag: u32,
}

/// An eojeol: its part of speech, and its places in the buffers.
#[derive(Clone, Copy, Default)]
struct Word {
    upos: u32,
    /// 1 if the word before is attached, 2 if the next one is, 3 if both are.
    attached: u32,
    chars: (u32, u32),
    pieces: (u32, u32),
    lemma: (u32, u32),
    xpos: (u32, u32),
}

/// Stands for what is beyond the ends of an eojeol or sentence.
const NOTHING: u32 = 0;
/// The longest stretch of an eojeol that is a feature as a whole.
const STRETCH: usize = 7;

/// Buffers of an analysis, and its result.
#[derive(Default)]
pub(crate) struct Work {
    convention: u32,
    words: Vec<Word>,
    chars: Vec<char>,
    pieces: Vec<Piece>,
    letters: String,
    lemmas: String,
    xpos: String,
    /// The eojeol under way, and the actions chosen for its characters.
    word: usize,
    chosen: Vec<u32>,
    /// For every character of it: hashes of what goes before it and of what begins with it.
    front: Vec<u32>,
    rest: Vec<u32>,
    features: Vec<u32>,
    scores: Vec<i32>,
}

impl Work {
    /// The morphemes of eojeol `i`, joined by `+`.
    pub(crate) fn morphemes(&self, i: usize) -> &str {
        let (start, end) = self.words[i].lemma;
        &self.lemmas[start as usize..end as usize]
    }

    /// The tags of the morphemes of eojeol `i`, joined by `+`.
    pub(crate) fn xpos(&self, i: usize) -> &str {
        let (start, end) = self.words[i].xpos;
        &self.xpos[start as usize..end as usize]
    }

    /// Takes up a sentence.
    pub(crate) fn start(
        &mut self,
        text: &str,
        spans: &[Span],
        upos: &[Upos],
        convention: Convention,
    ) {
        self.convention = convention as u32;
        self.words.clear();
        self.chars.clear();
        self.pieces.clear();
        self.letters.clear();
        self.lemmas.clear();
        self.xpos.clear();
        for (i, span) in spans.iter().enumerate() {
            let from = self.chars.len() as u32;
            self.chars.extend(span.of(text).chars());
            let before = i.checked_sub(1).is_some_and(|b| spans[b].end == span.start);
            let after = spans.get(i + 1).is_some_and(|a| a.start == span.end);
            self.words.push(Word {
                upos: upos.get(i).map_or(0, |&u| u as u32),
                attached: u32::from(before) | u32::from(after) << 1,
                chars: (from, self.chars.len() as u32),
                ..Word::default()
            });
        }
    }

    /// Begins with an eojeol; they come in order.
    pub(crate) fn open(&mut self, word: usize) {
        self.word = word;
        let here = self.pieces.len() as u32;
        self.words[word].pieces = (here, here);
        self.chosen.clear();
        self.front.clear();
        self.rest.clear();
        let n = self.len();
        let hash = |chars: &[char]| {
            let start = chars.len() as u32;
            chars
                .iter()
                .fold(start, |h, &c| feature(99, h, c as u32, 0))
        };
        for at in 0..n {
            let chars = self.open_chars();
            let front = if at < STRETCH { hash(&chars[..at]) } else { 0 };
            let rest = if n - at <= STRETCH {
                hash(&chars[at..])
            } else {
                0
            };
            self.front.push(front);
            self.rest.push(rest);
        }
    }

    fn open_chars(&self) -> &[char] {
        let (from, to) = self.words[self.word].chars;
        &self.chars[from as usize..to as usize]
    }

    /// Number of characters of the eojeol under way.
    pub(crate) fn len(&self) -> usize {
        self.open_chars().len()
    }

    /// True if the eojeol under way is one morpheme as it stands: marks, digits or Latin letters.
    pub(crate) fn is_plain(&self) -> bool {
        let chars = self.open_chars();
        let all = |test: fn(&char) -> bool| chars.iter().all(test);
        all(|&c| is_mark(c)) || all(char::is_ascii_alphabetic) || all(char::is_ascii_digit)
    }

    /// Number of morphemes found so far in the eojeol under way.
    pub(crate) fn pieces(&self) -> usize {
        self.pieces.len() - self.words[self.word].pieces.0 as usize
    }

    fn push_letter(&mut self, begins: bool, c: char) {
        if begins || self.pieces() == 0 {
            let here = self.letters.len() as u32;
            self.pieces.push(Piece {
                start: here,
                ..Piece::default()
            });
        }
        self.letters.push(c);
        if let Some(piece) = self.pieces.last_mut() {
            piece.end = self.letters.len() as u32;
            piece.hash = feature(98, piece.hash, c as u32, 0);
            piece.last = c as u32;
            piece.length += 1;
        }
    }

    /// Lets the chosen action act on character `at`.
    pub(crate) fn restore(&mut self, at: usize, number: usize, action: &Action) {
        let c = self.open_chars()[at];
        action.apply(c, |begins, c| self.push_letter(begins, c));
        self.chosen.push(number as u32 + 1);
    }

    /// Keeps character `at` as it is.
    pub(crate) fn keep(&mut self, at: usize) {
        let c = self.open_chars()[at];
        self.push_letter(false, c);
        self.chosen.push(0);
    }

    /// Sets the tag of morpheme `at` of the eojeol under way.
    pub(crate) fn choose(&mut self, at: usize, tag: usize) {
        let first = self.words[self.word].pieces.0 as usize;
        self.pieces[first + at].tag = tag as u32 + 1;
    }

    /// Ends the eojeol under way and writes down its morphemes and tags.
    pub(crate) fn close(&mut self, tags: &[String]) {
        let word = &mut self.words[self.word];
        word.pieces.1 = self.pieces.len() as u32;
        let (lemma, xpos) = (self.lemmas.len(), self.xpos.len());
        let pieces = &self.pieces[word.pieces.0 as usize..];
        for (i, piece) in pieces.iter().enumerate() {
            if i > 0 {
                self.lemmas.push('+');
                self.xpos.push('+');
            }
            let form = &self.letters[piece.start as usize..piece.end as usize];
            self.lemmas.push_str(form);
            let tag = (piece.tag as usize)
                .checked_sub(1)
                .and_then(|t| tags.get(t));
            self.xpos.push_str(tag.map_or("_", |t| t));
        }
        word.lemma = (lemma as u32, self.lemmas.len() as u32);
        word.xpos = (xpos as u32, self.xpos.len() as u32);
    }

    /// The class with the highest score among those that `may` be; the first of equals.
    pub(crate) fn best(
        &mut self,
        scorer: &impl Scorer,
        classes: usize,
        may: impl Fn(usize) -> bool,
    ) -> usize {
        self.scores.clear();
        self.scores.resize(classes, 0);
        scorer.add(&self.features, &mut self.scores);
        let allowed = (0..classes).filter(|&c| may(c));
        // Of equals the first: the reverse of the number is compared last.
        let score = |c: &usize| (self.scores[*c], std::cmp::Reverse(*c));
        allowed.max_by_key(score).unwrap_or(0)
    }

    /// The features of the last decision.
    pub(crate) fn features(&self) -> &[u32] {
        &self.features
    }

    /// A word near the one under way.
    fn near(&self, step: isize) -> Option<&Word> {
        self.word
            .checked_add_signed(step)
            .and_then(|i| self.words.get(i))
    }

    /// The `n`th character of a word, from the end if `n` is negative.
    fn char_of(&self, word: Option<&Word>, n: isize) -> u32 {
        let Some(word) = word else { return NOTHING };
        let chars = &self.chars[word.chars.0 as usize..word.chars.1 as usize];
        let at = if n < 0 {
            chars.len().checked_add_signed(n)
        } else {
            Some(n as usize)
        };
        at.and_then(|at| chars.get(at)).map_or(1, |&c| c as u32)
    }

    /// Gathers what decides the action of character `at`.
    pub(crate) fn restoring_features(&mut self, at: usize) {
        let mut out = std::mem::take(&mut self.features);
        out.clear();
        let chars = self.open_chars();
        let n = chars.len();
        let c = |step: isize| {
            let place = at.checked_add_signed(step);
            place
                .and_then(|p| chars.get(p))
                .map_or(NOTHING, |&c| c as u32)
        };
        let pair = |a: u32, b: u32| a.wrapping_mul(0x9e37_79b1) ^ b;
        let (c0, c1, b1) = (c(0), c(1), c(-1));
        let upos = self.words[self.word].upos + 1;
        let treebank = self.convention + 1;
        let before = |n: usize| {
            let place = self.chosen.len().checked_sub(n);
            place.map_or(NOTHING, |p| self.chosen[p] + 1)
        };
        let (did, did_before) = (before(1), pair(before(1), before(2)));
        let piece = match self.pieces() {
            0 => Piece::default(),
            _ => self.pieces[self.pieces.len() - 1],
        };
        let (rest, front) = (self.rest[at], self.front[at]);
        let whole = if n <= STRETCH { self.rest[0] } else { 0 };
        let kind = |c: u32| match char::from_u32(c) {
            Some('가'..='힣') => 1,
            Some('0'..='9') => 2,
            Some('\0') => 0,
            Some(c) if c.is_ascii() => 3,
            Some('\u{4e00}'..='\u{9fff}') => 4,
            _ => 5,
        };
        let (left, right) = (self.near(-1), self.near(1));
        let mut add = |template: u32, a: u32, b: u32, c: u32| out.push(feature(template, a, b, c));
        add(1, c0, treebank, 0);
        add(2, b1, c0, 0);
        add(3, c0, c1, treebank);
        add(4, b1, c0, c1);
        add(5, pair(c(-2), b1), c0, 0);
        add(6, c0, c1, c(2));
        add(7, pair(c(-2), b1), c0, c1);
        add(8, b1, c0, pair(c1, c(2)));
        add(9, c0, c1, pair(c(2), c(3)));
        add(10, c0, c1, upos);
        add(11, b1, c0, upos);
        if rest != 0 {
            add(12, rest, upos, did);
            add(13, rest, treebank, c0);
            add(14, rest, b1, treebank);
        }
        if front != 0 {
            add(15, front, c0, c1);
        }
        if whole != 0 {
            add(16, whole, at as u32, treebank);
            add(17, whole, at as u32, upos);
        }
        add(18, did, c0, c1);
        add(19, did_before, c0, treebank);
        add(20, piece.hash, c0, treebank);
        add(21, piece.hash, c0, c1);
        add(22, piece.hash, pair(c0, c1), c(2));
        add(23, piece.length.min(5), c0, c1);
        add(24, (n - at).min(4) as u32, c0, upos);
        add(
            25,
            (at.min(3) as u32) << 8 | (n - at).min(5) as u32,
            upos,
            did,
        );
        add(26, kind(b1) << 16 | kind(c0) << 8 | kind(c1), treebank, did);
        if at + 2 >= n {
            let next = right.map_or(NOTHING, |w| w.upos + 1);
            add(27, c0, c1, self.char_of(right, 0));
            add(28, pair(b1, c0), c1, next);
        }
        if at < 2 {
            add(29, b1, c0, self.char_of(left, -1));
        }
        self.features = out;
    }

    /// Gathers what decides the tag of morpheme `at`.
    pub(crate) fn tagging_features(&mut self, at: usize) {
        let mut out = std::mem::take(&mut self.features);
        out.clear();
        let word = &self.words[self.word];
        let first = word.pieces.0 as usize;
        let pieces = &self.pieces[first..];
        let none = Piece::default();
        let piece = |step: isize| {
            let place = at.checked_add_signed(step);
            place.and_then(|p| pieces.get(p)).copied().unwrap_or(none)
        };
        let (p0, b1, b2, p1) = (piece(0), piece(-1), piece(-2), piece(1));
        let pair = |a: u32, b: u32| a.wrapping_mul(0x9e37_79b1) ^ b;
        let upos = word.upos + 1;
        // The tags are different ones, so every feature knows whose they are.
        let own = pair(self.convention + 1, p0.hash);
        let treebank = self.convention + 1;
        let (left, right) = (self.near(-1), self.near(1));
        let before = first.checked_sub(1).map_or(none, |p| self.pieces[p]);
        let next_upos = right.map_or(NOTHING, |w| w.upos + 1);
        let ends = at + 1 == pieces.len();
        let place = (at.min(3) as u32) << 8 | (pieces.len() - at).min(3) as u32;
        let form = &self.letters[p0.start as usize..p0.end as usize];
        let opening = form.chars().next().map_or(NOTHING, |c| c as u32);
        let mut add = |template: u32, a: u32, b: u32, c: u32| out.push(feature(template, a, b, c));
        add(41, own, 0, 0);
        add(42, own, upos, u32::from(ends));
        add(43, own, b1.tag, upos);
        add(44, own, b1.hash, 0);
        add(45, own, p1.hash, 0);
        add(46, own, b1.hash, p1.hash);
        add(47, own, pair(b1.tag, b2.tag), 0);
        add(48, pair(treebank, b1.tag), b2.tag, upos);
        add(49, pair(treebank, b1.tag), p1.hash, place);
        add(50, pair(treebank, p0.last), p0.length, upos);
        add(51, pair(treebank, p0.last), opening, place);
        add(52, pair(treebank, p0.last), p1.hash, b1.tag);
        add(53, pair(treebank, opening), p1.hash, 0);
        add(54, pair(treebank, place), upos, 0);
        add(55, own, place, word.attached);
        if ends {
            add(56, own, next_upos, upos);
            add(57, own, self.char_of(right, 0), self.char_of(right, 1));
        }
        if at == 0 {
            add(58, own, before.tag, 0);
            add(59, own, before.hash, upos);
            add(60, own, self.char_of(left, -1), 0);
            add(61, pair(treebank, before.tag), upos, p0.last);
        }
        self.features = out;
    }
}
