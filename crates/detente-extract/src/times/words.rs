//! The words of a sentence with its calendar dates already put together.

use std::borrow::Cow;

use detente_text::{
    Span,
    date::{DayMonthOrder, FoundDate, find_explicit},
};

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum WordKind {
    /// Letters, or the possessive `'s`.
    Letters,
    /// A figure, commas and decimals included.
    Number(f64),
    /// `1st`, `50th`.
    Ordinal(u32),
    /// A calendar date.
    Date(FoundDate),
    /// Any other sign.
    Sign(char),
}

/// A word with its place in the sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: WordKind,
    /// White space stands right before it.
    pub(crate) spaced: bool,
}

/// The words of one sentence. Reading past either end gives the empty word.
pub(crate) struct Words<'t> {
    pub(crate) text: &'t str,
    lower: String,
    pub(crate) list: Vec<Word>,
}

impl<'t> Words<'t> {
    /// Splits `text`; places are bytes of `text`.
    pub(crate) fn new(text: &'t str, order: DayMonthOrder) -> Self {
        let dates = find_explicit(text, order);
        Self::with_dates(text, &dates)
    }

    /// Splits `text` without looking for dates.
    pub(crate) fn plain(text: &'t str) -> Self {
        Self::with_dates(text, &[])
    }

    fn with_dates(text: &'t str, dates: &[FoundDate]) -> Self {
        let mut list = Vec::with_capacity(text.len() / 5);
        let mut dates = dates.iter().peekable();
        let (mut at, mut spaced) = (0, false);
        while at < text.len() {
            while dates.next_if(|d| (d.span.start as usize) < at).is_some() {}
            if let Some(date) = dates.next_if(|d| d.span.start as usize == at) {
                let end = date.span.end as usize;
                list.push(Word {
                    start: at,
                    end,
                    kind: WordKind::Date(*date),
                    spaced,
                });
                (at, spaced) = (end, false);
                continue;
            }
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            if c.is_whitespace() {
                (at, spaced) = (at + c.len_utf8(), true);
                continue;
            }
            let (end, kind) = word_at(text, at, c);
            list.push(Word {
                start: at,
                end,
                kind,
                spaced,
            });
            (at, spaced) = (end, false);
        }
        Self {
            text,
            lower: text.to_ascii_lowercase(),
            list,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The word in lower case: letters, `'s`, or a sign; `""` for anything else.
    pub(crate) fn low(&self, index: usize) -> &str {
        match self.list.get(index) {
            Some(w) if w.kind == WordKind::Letters => match &self.lower[w.start..w.end] {
                "’s" => "'s",
                low => low,
            },
            _ => "",
        }
    }

    /// The word as written.
    pub(crate) fn raw(&self, index: usize) -> &'t str {
        self.list
            .get(index)
            .map_or("", |w| &self.text[w.start..w.end])
    }

    pub(crate) fn is(&self, index: usize, word: &str) -> bool {
        !word.is_empty() && self.low(index) == word
    }

    pub(crate) fn any(&self, index: usize, words: &[&str]) -> bool {
        let low = self.low(index);
        !low.is_empty() && words.contains(&low)
    }

    /// True if the words from `index` on are `words`.
    pub(crate) fn all(&self, index: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, w)| self.is(index + i, w))
    }

    pub(crate) fn sign(&self, index: usize) -> Option<char> {
        match self.list.get(index)?.kind {
            WordKind::Sign(c) => Some(c),
            _ => None,
        }
    }

    pub(crate) fn is_sign(&self, index: usize, signs: &str) -> bool {
        self.sign(index).is_some_and(|c| signs.contains(c))
    }

    pub(crate) fn date(&self, index: usize) -> Option<FoundDate> {
        match self.list.get(index)?.kind {
            WordKind::Date(date) => Some(date),
            _ => None,
        }
    }

    /// The word begins with a capital letter.
    pub(crate) fn capital(&self, index: usize) -> bool {
        self.raw(index)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
    }

    /// A hyphen or dash that joins two words without a space.
    pub(crate) fn hyphen(&self, index: usize) -> bool {
        self.is_sign(index, "-‐‑–") && self.list.get(index).is_some_and(|w| !w.spaced)
    }

    pub(crate) fn span(&self, first: usize, next: usize) -> Span {
        match (self.list.get(first), self.list.get(next.wrapping_sub(1))) {
            (Some(a), Some(b)) => Span::from(a.start..b.end),
            _ => Span::default(),
        }
    }
}

fn word_at(text: &str, at: usize, first: char) -> (usize, WordKind) {
    let rest = &text[at..];
    if first.is_ascii_digit() {
        return number_at(rest, at);
    }
    if matches!(first, '\'' | '’') {
        let tail = &rest[first.len_utf8()..];
        let s = tail.starts_with(['s', 'S']);
        let word_ends = !tail
            .get(1..)
            .is_some_and(|t| t.starts_with(char::is_alphanumeric));
        if s && word_ends {
            return (at + first.len_utf8() + 1, WordKind::Letters);
        }
    }
    if first.is_alphabetic() {
        let len = rest
            .char_indices()
            .find(|(_, c)| !c.is_alphanumeric())
            .map_or(rest.len(), |(i, _)| i);
        // Initials keep their points: U.S., a.m.
        let abbreviation = initials(rest);
        return (at + len.max(abbreviation), WordKind::Letters);
    }
    (at + first.len_utf8(), WordKind::Sign(first))
}

/// Length of `U.S.`, `a.m.`: at least two single letters, each with a point.
fn initials(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() && bytes[at].is_ascii_alphabetic() && bytes[at + 1] == b'.' {
        at += 2;
    }
    if at < 4 { 0 } else { at }
}

fn number_at(rest: &str, at: usize) -> (usize, WordKind) {
    let bytes = rest.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    let mut plain: Cow<'_, str> = Cow::Borrowed("");
    let mut decimal = false;
    loop {
        let from = end;
        while digit(end) {
            end += 1;
        }
        plain.to_mut().push_str(&rest[from..end]);
        let thousands = !decimal
            && bytes.get(end) == Some(&b',')
            && (1..=3).all(|i| digit(end + i))
            && !digit(end + 4);
        if thousands {
            end += 1;
        } else if !decimal && bytes.get(end) == Some(&b'.') && digit(end + 1) {
            decimal = true;
            plain.to_mut().push('.');
            end += 1;
        } else {
            break;
        }
    }
    let suffix = rest[end..].get(..2).map(str::to_ascii_lowercase);
    let is_ordinal = matches!(suffix.as_deref(), Some("st" | "nd" | "rd" | "th"))
        && !rest[end + 2..].starts_with(char::is_alphanumeric);
    if is_ordinal && let Ok(n) = plain.parse() {
        return (at + end + 2, WordKind::Ordinal(n));
    }
    (at + end, WordKind::Number(plain.parse().unwrap_or(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_possessives_and_initials() {
        let words = Words::plain("The U.S.’s war, Japan's 1,000 men");
        let raw: Vec<&str> = (0..words.len()).map(|i| words.raw(i)).collect();
        assert_eq!(
            raw,
            [
                "The", "U.S.", "’s", "war", ",", "Japan", "'s", "1,000", "men"
            ]
        );
        assert!(words.is(2, "'s"));
    }
}
