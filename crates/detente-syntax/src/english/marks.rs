//! Abbreviations and marks: what they say about the ends of words and sentences.

use super::abbreviations::{ALSO_WORDS, ANYWHERE, BEFORE_NAMES, NEVER_LAST};

/// What an abbreviation says about the end of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A name or number follows: "Dr."
    BeforeName,
    /// May end a sentence: "Inc.", "U.S."
    Anywhere,
    /// One capital letter: "W."
    Initial,
}

/// Judges a word that ends in one full stop (given without it).
pub(crate) fn abbreviation(stem: &str) -> Option<Abbreviation> {
    let mut lower = [0u8; 8];
    let bytes = stem.as_bytes();
    if bytes.is_empty() || !stem.is_ascii() || bytes.len() > 16 {
        return None;
    }
    let first = bytes[0];
    if bytes.len() == 1 {
        return match first {
            b'A'..=b'Z' => Some(Abbreviation::Initial),
            // versus, circa, page.
            b'v' | b'c' | b'p' => Some(Abbreviation::BeforeName),
            _ => None,
        };
    }
    // "U.S", "e.g", "Ph.D": letters with full stops between them.
    let dotted = stem.contains('.')
        && stem.split('.').all(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
        });
    if dotted && NEVER_LAST.contains(&stem) {
        return Some(Abbreviation::BeforeName);
    }
    if dotted {
        return Some(Abbreviation::Anywhere);
    }
    let lower = lower.get_mut(..bytes.len())?;
    lower.copy_from_slice(bytes);
    lower.make_ascii_lowercase();
    let lower = std::str::from_utf8(lower).ok()?;
    if first.is_ascii_lowercase() && ALSO_WORDS.binary_search(&lower).is_ok() {
        return None;
    }
    if BEFORE_NAMES.binary_search(&lower).is_ok() {
        Some(Abbreviation::BeforeName)
    } else if ANYWHERE.binary_search(&lower).is_ok() {
        Some(Abbreviation::Anywhere)
    } else {
        None
    }
}

/// Opening quotation marks and brackets.
pub(crate) fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '‘'
            | '«'
            | '‹'
            | '„'
            | '('
            | '['
            | '{'
            | '<'
            | '`'
            | '「'
            | '『'
            | '（'
            | '【'
            | '《'
            | '〈'
            | '¿'
            | '¡'
    )
}

/// Closing quotation marks and brackets.
pub(crate) fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '”'
            | '’'
            | '\''
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '>'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
    )
}

/// Signs of currencies.
pub(crate) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₩' | '￥' | '￦' | '¢' | '₹')
}

/// Marks that stand alone wherever they are.
pub(crate) fn stands_alone(c: char) -> bool {
    matches!(
        c,
        '—' | '–'
            | '―'
            | '…'
            | '*'
            | '~'
            | '|'
            | '='
            | '^'
            | '•'
            | '▪'
            | '●'
            | '■'
            | '◆'
            | '※'
            | '→'
            | '·'
            | '，'
            | '、'
            | '。'
            | '：'
            | '；'
            | '？'
            | '！'
    )
}

/// Quotation marks that are never apostrophes.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»' | '„')
}
