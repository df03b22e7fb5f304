//! Words, numbers and signs: what the date scanner reads instead of characters.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of digits of one script. Values above nine digits are `u32::MAX`.
    Number { value: u32, digits: u8 },
    /// A run of Latin letters.
    Word,
    /// Any other character but white space.
    Sign(char),
}

/// A token with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// White space stands right before it.
    pub(super) spaced: bool,
    /// That white space holds an empty line, which no date crosses.
    pub(super) parted: bool,
}

/// The tokens of a text, with safe access past both ends.
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    pub(super) list: Vec<Token>,
}

fn kanji_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .map(|p| p as u32)
}

fn is_kanji_number(c: char) -> bool {
    matches!(c, '十' | '百' | '千') || kanji_digit(c).is_some()
}

/// `二〇二三` is read digit by digit, `二千二十三` and `三十一` by place.
fn kanji_value(text: &str) -> (u32, u8) {
    let places = text.chars().any(|c| matches!(c, '十' | '百' | '千'));
    if !places {
        return digits_value(text.chars().filter_map(kanji_digit));
    }
    let (mut sum, mut digit) = (0u32, 0u32);
    for c in text.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                digit = kanji_digit(c).unwrap_or(0);
                continue;
            }
        };
        sum = sum.saturating_add(digit.max(1) * place);
        digit = 0;
    }
    let value = sum.saturating_add(digit);
    (value, if value >= 1000 { 4 } else { 2 })
}

fn digits_value(digits: impl Iterator<Item = u32>) -> (u32, u8) {
    let (mut value, mut count) = (0u32, 0u32);
    for digit in digits {
        count += 1;
        value = if count > 9 {
            u32::MAX
        } else {
            value * 10 + digit
        };
    }
    (value, count.min(255) as u8)
}

fn script(c: char) -> u8 {
    match c {
        '0'..='9' => 1,
        'a'..='z' | 'A'..='Z' => 4,
        c if c.is_ascii() && c.is_whitespace() => 5,
        c if c.is_ascii() => 0,
        '０'..='９' => 2,
        c if is_kanji_number(c) => 3,
        'À'..='ɏ' => 4,
        c if c.is_whitespace() => 5,
        _ => 0,
    }
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut list: Vec<Token> = Vec::with_capacity(text.len() / 4);
        let mut chars = text.char_indices().peekable();
        let (mut spaced, mut breaks) = (false, 0);
        while let Some((start, first)) = chars.next() {
            let script_of_run = script(first);
            let mut end = start + first.len_utf8();
            if script_of_run == 5 {
                spaced = true;
                breaks += usize::from(first == '\n');
                continue;
            }
            if script_of_run != 0 {
                while let Some(&(at, c)) = chars.peek() {
                    if script(c) != script_of_run {
                        break;
                    }
                    end = at + c.len_utf8();
                    chars.next();
                }
            }
            let run = &text[start..end];
            let kind = match script_of_run {
                0 => Kind::Sign(first),
                4 => Kind::Word,
                3 => {
                    let (value, digits) = kanji_value(run);
                    Kind::Number { value, digits }
                }
                _ => {
                    let base = if script_of_run == 1 { '0' } else { '０' } as u32;
                    let (value, digits) = digits_value(run.chars().map(|c| c as u32 - base));
                    Kind::Number { value, digits }
                }
            };
            list.push(Token {
                start,
                end,
                kind,
                spaced,
                parted: breaks > 1,
            });
            (spaced, breaks) = (false, 0);
        }
        Self { text, list }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn at(&self, index: usize) -> Option<Token> {
        self.list.get(index).copied()
    }

    /// The word at `index`, as written; `""` if it is none.
    pub(super) fn word(&self, index: usize) -> &'t str {
        match self.at(index) {
            Some(Token {
                kind: Kind::Word,
                start,
                end,
                ..
            }) => &self.text[start..end],
            _ => "",
        }
    }

    /// True if the word at `index` is `word`, whatever its case.
    pub(super) fn is_word(&self, index: usize, word: &str) -> bool {
        self.word(index).eq_ignore_ascii_case(word)
    }

    pub(super) fn number(&self, index: usize) -> Option<(u32, u8)> {
        match self.at(index)?.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn sign(&self, index: usize) -> Option<char> {
        match self.at(index)?.kind {
            Kind::Sign(c) => Some(c),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, index: usize, signs: &str) -> bool {
        self.sign(index).is_some_and(|c| signs.contains(c))
    }

    /// True if the signs from `index` on spell `signs` (white space between them is passed over).
    pub(super) fn spells(&self, index: usize, signs: &str) -> bool {
        signs
            .chars()
            .enumerate()
            .all(|(i, c)| match self.at(index + i) {
                Some(Token {
                    kind: Kind::Sign(sign),
                    ..
                }) => sign == c,
                _ => false,
            })
    }

    /// True if no white space stands between the token at `index` and the one before it.
    pub(super) fn joined(&self, index: usize) -> bool {
        index > 0 && self.at(index).is_some_and(|t| !t.spaced)
    }
}
