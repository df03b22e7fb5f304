//! Sentences of Korean text.
//!
//! A sentence ends at a full stop, question or exclamation mark, or at a line's end, but not
//! inside brackets nor inside a quotation that the sentence goes on after ("…했다. …하라"고 말했다).
//! All looking ahead is bounded, so that the work is linear in the length of the text.

mod endings;
mod lines;
mod tail;

use super::words::{abbreviation, is_mark};
use endings::{goes_on, polite_end};
use lines::{counts, numbers, opens_item, wrapped};

/// How far (bytes) the end of a quotation or bracket is looked for; one that does not close before
/// that, or before the paragraph ends, protects nothing.
const FARTHEST: usize = 1500;

/// How far (bytes) the end of a quotation is looked for that follows another one.
const NEXT: usize = 300;

/// Words whose number ends with a full stop before a title.
const LABELS: [&str; 7] = ["그림", "표", "도표", "사진", "부록", "별표", "자료"];

/// Last syllables of verbs that end a sentence.
const LAST: &str = "다요까죠오자라네군걸지니냐야래세소음함임됨";

/// White space and invisible characters.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// Finds the sentences of `text[start..end]` as pairs of bytes, without white space around them;
/// they are appended to `out` in order and cover all that is not white space.
///
/// Places that do not fit the text give nothing.
pub(crate) fn sentences(text: &str, start: usize, end: usize, out: &mut Vec<(usize, usize)>) {
    let Some(part) = text.get(start..end) else {
        return;
    };
    let mut walk = Walk {
        part,
        wrapped: wrapped(part),
        base: start,
        first: None,
        last: 0,
        line: 0,
        protected: 0,
        hopeless: [0; PAIRS.len()],
        out,
    };
    walk.run();
}

/// Marks that open and the marks that close them.
const PAIRS: [(char, char); 12] = [
    ('"', '"'),
    ('“', '”'),
    ('\'', '\''),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('<', '>'),
    ('(', ')'),
    ('[', ']'),
    ('（', '）'),
];

struct Walk<'a> {
    part: &'a str,
    /// If lines are broken at a width: the bytes of the longest.
    wrapped: Option<usize>,
    base: usize,
    /// Where the sentence under way starts, and where its last character ends.
    first: Option<usize>,
    last: usize,
    /// Where the line under way starts.
    line: usize,
    /// No sentence ends before this byte.
    protected: usize,
    /// Up to where no mark closes a pair.
    hopeless: [usize; PAIRS.len()],
    out: &'a mut Vec<(usize, usize)>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(c) = self.part[at..].chars().next() {
            let after = at + c.len_utf8();
            if c == '\n' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{c}') {
                self.line_end(at, after);
                self.line = after;
            } else if is_space(c) {
                self.space(at);
            } else {
                self.first.get_or_insert(at);
                self.last = after;
                if at >= self.protected {
                    self.protect(at, c);
                }
                if matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！') {
                    at = self.terminal(at, c);
                    continue;
                }
            }
            at = after;
        }
        self.close();
    }

    /// White space at `at`: people also end polite sentences without a mark.
    fn space(&mut self, at: usize) {
        let Some(first) = self
            .first
            .filter(|_| self.last == at && at >= self.protected)
        else {
            return;
        };
        let near = at.saturating_sub(12).max(first);
        let tail = self.part[self.part.ceil_char_boundary(near)..at].trim_end_matches('~');
        if polite_end(tail) && !goes_on(&self.part[at..]) {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(first) = self.first.take() {
            self.out.push((self.base + first, self.base + self.last));
        }
        self.protected = 0;
    }

    /// A line ends at `at`, the next starts at `after`.
    fn line_end(&mut self, at: usize, after: usize) {
        if self.first.is_none() {
            return;
        }
        let next = self.part[after..].trim_start_matches([' ', '\t', '\r', '\u{3000}', '\u{a0}']);
        let blank = next.is_empty() || next.starts_with('\n');
        let full = self
            .wrapped
            .is_some_and(|longest| (at - self.line) * 10 >= longest * 7);
        if blank || !full || opens_item(next) {
            self.close();
        }
    }

    /// Protects what stands between the mark at `at` and the one that closes it.
    fn protect(&mut self, at: usize, c: char) {
        let Some(pair) = PAIRS.iter().position(|p| p.0 == c) else {
            return;
        };
        let (open, close) = PAIRS[pair];
        if at < self.hopeless[pair] {
            return;
        }
        let before = self.part[..at].chars().next_back();
        let straight = open == close;
        if straight && before.is_some_and(|b| !is_space(b) && !is_mark(b)) {
            return;
        }
        let start = at + open.len_utf8();
        let far = self
            .part
            .floor_char_boundary(start.saturating_add(FARTHEST));
        let window = &self.part[start..far];
        let window = window.find("\n\n").map_or(window, |stop| &window[..stop]);
        let Some(length) = window.find(close) else {
            self.hopeless[pair] = start + window.len();
            return;
        };
        let closed = start + length + close.len_utf8();
        let rest = &self.part[closed..];
        let bracket = matches!(c, '(' | '[' | '（' | '<' | '〈' | '《');
        // A mark at the very end of the quotation may end the sentence; one inside may not.
        let inside = window[..length].trim_end_matches(['.', '?', '!', '…', '"', '”', '’', '\'']);
        // A paragraph of its own in brackets has sentences of its own.
        let whole = self.first == Some(at)
            && window[..length].ends_with(['.', '?', '!'])
            && rest.chars().next().is_none_or(|c| matches!(c, '\n' | '\r'));
        if bracket && whole {
            return;
        }
        if bracket || goes_on(rest) {
            self.protected = closed;
        } else if !inside.contains(['.', '?', '!', '。']) {
            self.protected = start + inside.len();
        }
    }

    /// A mark that may end a sentence stands at `at`; gives where to go on.
    fn terminal(&mut self, at: usize, c: char) -> usize {
        let part = self.part;
        let marks = part[at..]
            .find(|c| !matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！' | '~'))
            .map_or(part.len(), |n| at + n);
        let closers = part[marks..]
            .find(|c| !closes(c))
            .map_or(part.len(), |n| marks + n);
        let quoted = closers > marks;
        let several = marks - at > c.len_utf8();
        let closers = closers + tail::length(&part[closers..]);
        let rest = &part[closers..];
        let spaced = rest.chars().next().is_none_or(is_space);
        self.last = closers.max(self.last);
        let ends = closers >= self.protected
            && !(quoted && (goes_on(rest) || next_goes_on(rest)))
            && if spaced {
                self.stops_before_space(at, c, several, rest)
            } else {
                self.stops_before_text(at, several, rest, quoted)
            };
        if ends {
            self.close();
        }
        closers
    }

    /// Does the mark end the sentence, white space or nothing following?
    fn stops_before_space(&self, at: usize, c: char, several: bool, rest: &str) -> bool {
        let first = self.first.unwrap_or(at);
        let stem = last_word(&self.part[first..at]);
        let next = rest.trim_start_matches(is_space);
        let before = stem.chars().next_back();
        if c == '…' || (c == '.' && several && self.part[at..].starts_with("..")) {
            return next.is_empty() || before.is_some_and(|b| LAST.contains(b));
        }
        if c != '.' || several {
            return true;
        }
        let opens = stem.len() == at - first;
        let digits = !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_digit());
        // "1. …", "가. …", "2.1. …", "Ⅰ. …", "2024. 5. 3."
        if opens && (digits && stem.len() <= 2 || counts(stem) || numbers(stem)) {
            return false;
        }
        if digits {
            let earlier = self.part[first..at - stem.len()].trim_end_matches(is_space);
            let dated = earlier
                .strip_suffix('.')
                .is_some_and(|e| e.ends_with(ascii_digit));
            // "1. …, 2. …"
            let listed = stem.len() <= 2 && earlier.ends_with([',', ';', ':']);
            // "그림 1. …"
            let labelled = LABELS.contains(&earlier);
            if dated || listed || labelled || next.starts_with(ascii_digit) {
                return false;
            }
        }
        let latin = stem.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
        let initial = stem.len() == 1 && latin.starts_with(|c: char| c.is_ascii_uppercase());
        !(initial || abbreviation(latin) || (latin.len() <= 6 && latin.contains('.')))
            || next.is_empty()
    }

    /// Does the mark end the sentence, a word following without a space?
    fn stops_before_text(&self, at: usize, several: bool, rest: &str, quoted: bool) -> bool {
        let before = self.part[..at].chars().next_back();
        let next = rest.chars().next().unwrap_or(' ');
        if quoted || goes_on(rest) {
            return false;
        }
        // Two dots after a quotation stand in headlines ("…"..…).
        let ended = before.is_some_and(|b| LAST.contains(b) || closes(b) && !several);
        ended && (hangul(next) || opens(next) || next.is_ascii_uppercase())
    }
}

/// The last word of `text`, up to the white space or opening mark before it.
fn last_word(text: &str) -> &str {
    // Words longer than this are none that matter here.
    let near = text.ceil_char_boundary(text.len().saturating_sub(48));
    let from = text[near..].rfind(is_space).map_or(near, |n| near + n);
    text[from..].trim_start_matches(|c| is_space(c) || opens(c) || closes(c))
}

fn ascii_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Marks that close a quotation or bracket.
fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '”' | '\'' | '’' | '」' | '』' | '》' | '〉' | '>' | ')' | ']' | '）'
    )
}

/// Does another quotation follow, and the sentence go on after it ("…!" "…!"라고 외쳤다)?
fn next_goes_on(rest: &str) -> bool {
    let mut rest = rest;
    for _ in 0..4 {
        let quotation = rest.trim_start_matches([' ', '\u{a0}']);
        let Some(open) = quotation.chars().next() else {
            return false;
        };
        let Some(&(_, close)) = PAIRS[..6].iter().find(|pair| pair.0 == open) else {
            return false;
        };
        let inside = &quotation[open.len_utf8()..];
        let near = &inside[..inside.floor_char_boundary(NEXT)];
        let near = near.split('\n').next().unwrap_or(near);
        let Some(length) = near.find(close) else {
            return false;
        };
        rest = &inside[length + close.len_utf8()..];
        if goes_on(rest) {
            return true;
        }
    }
    false
}

/// Marks that open a quotation or bracket.
fn opens(c: char) -> bool {
    PAIRS.iter().any(|p| p.0 == c)
}

#[cfg(test)]
mod tests;
