//! Sentences: where a Japanese text may be cut.
//!
//! A full stop, or a mark of exclamation or question, ends a sentence together with the closing
//! brackets after it. Inside of quotation marks and parentheses nothing ends, unless the quotation
//! is a paragraph of its own; an opening bracket that is not closed soon is no bracket. A line ends
//! a sentence too (headlines, lists), unless the lines are plainly cut at a fixed width.

mod after;
mod lines;

use super::chars::{DIGIT, HIRAGANA, LATIN, MARK, SPACE, fold, script};
use after::{carried_on, continues, tail};
use lines::{BULLETS, fixed_width, numbers, opens_item};

/// A bracket is closed within this many characters or it counts as a stray mark.
const REACH: usize = 300;
/// Opening brackets and their closing ones.
const BRACKETS: [(char, char); 13] = [
    ('「', '」'),
    ('『', '』'),
    ('｢', '｣'),
    ('（', '）'),
    ('(', ')'),
    ('“', '”'),
    ('〈', '〉'),
    ('《', '》'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('〝', '〟'),
    ('"', '"'),
];

/// Appends the sentences between two byte offsets of `text`, which must be character boundaries:
/// ranges without space at their ends, in order.
pub(crate) fn sentences(text: &str, start: usize, end: usize, out: &mut Vec<(usize, usize)>) {
    let part = &text[start..end];
    let width = fixed_width(part);
    let mut cutter = Cutter {
        text: part,
        base: start,
        from: 0,
        length: 0,
        out,
    };
    let mut at = 0;
    while let Some(c) = part[at..].chars().next() {
        let after = at + c.len_utf8();
        cutter.length += 1;
        at = match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => {
                cutter.line_end(at, after, width)
            }
            '\t' => cutter.cut(at, after),
            // Space before a sentence is passed over, so that it is looked at once.
            _ if cutter.from == at && c.is_whitespace() => {
                cutter.from = after;
                after
            }
            '。' | '｡' | '！' | '？' | '!' | '?' | '．' | '.' => cutter.stop(c, at, after),
            _ if BULLETS.contains(c) => {
                let spaced = part[..at]
                    .chars()
                    .next_back()
                    .is_some_and(char::is_whitespace);
                if spaced {
                    cutter.cut(at, at);
                }
                after
            }
            _ => match closing(part, at) {
                Some(close) => cutter.bracketed(at, after, close),
                None => after,
            },
        };
    }
    cutter.cut(part.len(), part.len());
}

struct Cutter<'a> {
    text: &'a str,
    /// Offset of `text` in the whole.
    base: usize,
    /// Where the sentence under way begins, with the space before it.
    from: usize,
    /// How many characters the line has so far.
    length: usize,
    out: &'a mut Vec<(usize, usize)>,
}

impl Cutter<'_> {
    /// Ends the sentence at `at`; the next begins at `next`, which is returned.
    fn cut(&mut self, at: usize, next: usize) -> usize {
        let found = &self.text[self.from..at];
        let trimmed = found.trim_start();
        let start = self.from + found.len() - trimmed.len();
        let end = start + trimmed.trim_end().len();
        if start < end {
            self.out.push((self.base + start, self.base + end));
        }
        self.from = next;
        next
    }

    /// After a line: `at` is the line feed, `after` the next line.
    fn line_end(&mut self, at: usize, after: usize, width: Option<usize>) -> usize {
        let wrapped = width.is_some_and(|width| self.length > width.saturating_sub(2));
        let item = opens_item(&self.text[after..]);
        self.length = 0;
        if wrapped && !item {
            return after;
        }
        self.cut(at, after)
    }

    /// A mark that may end a sentence.
    fn stop(&mut self, mark: char, at: usize, after: usize) -> usize {
        let text = self.text;
        let mut end = after;
        let before = text[..at].chars().next_back().map_or(' ', fold);
        for c in text[end..].chars() {
            let closer = BRACKETS.iter().any(|b| b.1 == c) || matches!(c, '’' | '"' | '…');
            if !closer && !matches!(c, '。' | '｡' | '！' | '？' | '!' | '?') {
                break;
            }
            // A quotation mark that opens and closes alike belongs to what follows.
            if c == '"' && !text[end + 1..].starts_with(|c: char| c.is_whitespace()) {
                break;
            }
            end += c.len_utf8();
        }
        if !matches!(mark, '.' | '．') || text[..end].ends_with([']', '］', '）', ')']) {
            end += tail(&text[end..]);
        }
        let rest = &text[end..];
        let next = rest.chars().next();
        let spaced = next.is_none_or(char::is_whitespace);
        let ends = match mark {
            '。' | '｡' => true,
            '.' | '．' if numbers(text[self.from..at].trim_start()) => false,
            '.' | '．' => match script(before) {
                SPACE | DIGIT => spaced && script(before) == DIGIT && sentence_follows(rest),
                LATIN => spaced && long_word(&text[self.from..at]) && sentence_follows(rest),
                MARK => spaced,
                _ => next.is_none_or(|c| !matches!(script(fold(c)), DIGIT | LATIN)),
            },
            // え？と言った, Yahoo!ニュース
            _ if script(before) == LATIN && matches!(mark, '!' | '?') => spaced,
            _ => {
                next.is_none_or(|c| !matches!(c, '、' | '，' | ',' | '・' | '＆' | '&'))
                    && !continues(rest)
            }
        };
        if ends { self.cut(end, end) } else { end }
    }

    /// A bracket from `at` (its inside from `after`) to the closing one at `close`.
    fn bracketed(&mut self, at: usize, after: usize, close: usize) -> usize {
        let text = self.text;
        let closer = text[close..].chars().next().map_or(0, char::len_utf8);
        let (inside, end) = (&text[after..close], close + closer);
        self.length += text[after..end].chars().count();
        let whole = text[self.from..at].trim().is_empty();
        let stops = |c: char| matches!(c, '。' | '｡' | '！' | '？' | '!' | '?');
        if !whole || !inside.ends_with(stops) && !inside.contains('。') {
            return end;
        }
        let next = text[end..].chars().find(|&c| c != ' ' && c != '\u{3000}');
        let alone = match next {
            None | Some('\n' | '\r') => true,
            Some('「' | '『') => inside.ends_with(stops),
            Some(_) => inside.ends_with(['。', '｡']) && !carried_on(&text[end..]),
        };
        if !alone {
            return end;
        }
        // Each sentence of a quotation that stands alone is one; the marks stay with their ends.
        let mut found = after;
        for (i, c) in inside.char_indices() {
            let stop = after + i + c.len_utf8();
            let last = text[stop..close].trim_end_matches(stops).is_empty();
            if matches!(c, '。' | '｡') && !last && found <= after + i {
                self.cut(stop, stop);
                found = stop;
            }
        }
        self.cut(end, end)
    }
}

/// True if what follows begins like a sentence: after the space neither a small letter nor a
/// particle.
fn sentence_follows(rest: &str) -> bool {
    let next = rest.trim_start().chars().next();
    next.is_none_or(|c| !c.is_lowercase() && !matches!(script(fold(c)), HIRAGANA | DIGIT | MARK))
}

/// True if the text ends with a Latin word that is no abbreviation: four small letters or more.
fn long_word(text: &str) -> bool {
    let letters = text.bytes().rev().take(4);
    letters.filter(u8::is_ascii_lowercase).count() == 4
}

/// Where the bracket that opens at `at` is closed, if it is one and that is near: no further than
/// [`REACH`] characters and in the same paragraph.
fn closing(text: &str, at: usize) -> Option<usize> {
    let open = text[at..].chars().next()?;
    let close = BRACKETS.iter().find(|b| b.0 == open)?.1;
    let mut depth = 0;
    let mut line_feed = false;
    for (i, c) in text[at..].char_indices().take(REACH) {
        if c == open && (open != close || depth == 0) {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + i);
            }
        } else if c == '\n' {
            if line_feed {
                return None;
            }
            line_feed = true;
            continue;
        }
        line_feed &= c.is_whitespace();
    }
    None
}

#[cfg(test)]
mod tests;
