//! The words of a sentence with its calendar dates already put together.

use std::borrow::Cow;

use detente_text::{
    Span,
    date::{DateForm, DayMonthOrder, FoundDate, find_explicit},
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

    /// A figure: digits, or a number in words up to the thousands ("twenty-one", "a hundred",
    /// "a dozen", "half a million"). The value and the index after it.
    pub(crate) fn number(&self, index: usize) -> Option<(f64, usize)> {
        if let Some(date) = self.date(index)
            && date.form == DateForm::Year
            && date.span.len() == 4
        {
            // A figure that was taken for a year.
            let value = self.raw(index).parse().ok()?;
            return Some(self.scaled(value, index + 1));
        }
        if let WordKind::Number(value) = self.list.get(index)?.kind {
            return Some(self.scaled(value, index + 1));
        }
        if self.all(index, &["half", "a"]) && scale(self.low(index + 2)).is_some() {
            return Some(self.scaled(0.5, index + 2));
        }
        if self.any(index, &["a", "an"]) {
            if self.is(index + 1, "couple") {
                let next = index + 2 + usize::from(self.is(index + 2, "of"));
                return Some((2.0, next));
            }
            if self.is(index + 1, "dozen") {
                return Some((12.0, index + 2));
            }
            return scale(self.low(index + 1)).map(|_| self.scaled(1.0, index + 1));
        }
        let first = small_number(self.low(index))?;
        let mut next = index + 1;
        let mut value = first;
        if first >= 20 && first < 100 {
            let unit_at = next + usize::from(self.hyphen(next));
            if let Some(unit) = small_number(self.low(unit_at)).filter(|u| (1..10).contains(u)) {
                value += unit;
                next = unit_at + 1;
            }
        }
        Some(self.scaled(f64::from(value), next))
    }

    /// "3.2 billion", "two hundred and fifty thousand".
    fn scaled(&self, mut value: f64, mut next: usize) -> (f64, usize) {
        while let Some(factor) = scale(self.low(next)) {
            value *= factor;
            next += 1;
            let more = next + usize::from(self.is(next, "and"));
            if factor <= 1000.0
                && let Some(rest) = small_number(self.low(more)).filter(|n| f64::from(*n) < factor)
            {
                value += f64::from(rest);
                next = more + 1;
                if self.hyphen(next)
                    && let Some(unit) =
                        small_number(self.low(next + 1)).filter(|u| (1..10).contains(u))
                {
                    value += f64::from(unit);
                    next += 2;
                }
            }
        }
        (value, next)
    }

    /// A whole number above zero that counts something.
    pub(crate) fn count(&self, index: usize) -> Option<(u32, usize)> {
        let (value, next) = self.number(index)?;
        (value.fract() == 0.0 && (1.0..1e9).contains(&value)).then_some((value as u32, next))
    }

    /// `50th`, `fiftieth`, `twenty-first`.
    pub(crate) fn ordinal(&self, index: usize) -> Option<(u32, usize)> {
        if let WordKind::Ordinal(n) = self.list.get(index)?.kind {
            return Some((n, index + 1));
        }
        let low = self.low(index);
        if let Some(tens) = small_number(low).filter(|n| *n >= 20)
            && self.hyphen(index + 1)
            && let Some(unit) = small_ordinal(self.low(index + 2)).filter(|n| *n < 10)
        {
            return Some((tens + unit, index + 3));
        }
        small_ordinal(low).map(|n| (n, index + 1))
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

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

fn small_number(word: &str) -> Option<u32> {
    let at = |list: &[&str]| list.iter().position(|w| *w == word).map(|p| p as u32);
    at(&SMALL).or_else(|| at(&TENS).map(|p| p * 10 + 20))
}

const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

fn small_ordinal(word: &str) -> Option<u32> {
    if let Some(p) = ORDINALS.iter().position(|w| *w == word) {
        return Some(p as u32);
    }
    if word == "hundredth" {
        return Some(100);
    }
    let tens = word.strip_suffix("ieth")?;
    TENS.iter()
        .position(|t| t.strip_suffix('y') == Some(tens))
        .map(|p| p as u32 * 10 + 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_in_figures_and_words() {
        let numbers = [
            ("1,234.5", 1234.5),
            ("twenty-one", 21.0),
            ("a hundred", 100.0),
            ("two hundred and fifty thousand", 250_000.0),
            ("3.2 billion", 3.2e9),
            ("half a million", 5e5),
            ("a couple of", 2.0),
            ("2015", 2015.0),
        ];
        for (text, value) in numbers {
            let words = Words::new(text, DayMonthOrder::Unknown);
            assert_eq!(words.number(0), Some((value, words.len())), "{text}");
        }
    }

    #[test]
    fn reads_ordinals() {
        for (text, n) in [
            ("50th", 50),
            ("fiftieth", 50),
            ("twenty-first", 21),
            ("third", 3),
        ] {
            assert_eq!(
                Words::plain(text).ordinal(0).map(|o| o.0),
                Some(n),
                "{text}"
            );
        }
    }

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
