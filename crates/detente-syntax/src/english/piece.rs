//! What a stretch without white space looks like from the gaps beside it.

use super::chunks::is_raised;
use super::marks::{Abbreviation, abbreviation, closes};

/// What a stretch without white space looks like from its neighbours.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Piece {
    /// Mark at the end, closing quotation marks and brackets aside.
    pub(crate) mark: u8,
    /// What closes after the mark: 1 a quotation, 2 a bracket, 4 a note.
    pub(crate) closer: u8,
    /// What opens it: 1 a quotation, 2 a bracket, 3 a dash or bullet, 4 other marks.
    pub(crate) opener: u8,
    /// Look of the first word.
    pub(crate) shape: u8,
    /// Look of the last word before the mark.
    pub(crate) stem_shape: u8,
    pub(crate) abbreviation: u8,
    /// The first word and the last, hashed in lower case.
    pub(crate) head: u32,
    pub(crate) stem: u32,
    /// A capital word that is mostly written small.
    pub(crate) common: bool,
    /// Quotation marks and brackets opened and closed.
    pub(crate) quotes: u8,
    pub(crate) brackets: i8,
}

/// Hash of a word in small letters.
pub(crate) fn hash_lower(word: &str) -> u32 {
    let mut hash = 0x811c_9dc5u32;
    for b in word.bytes() {
        hash = (hash ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
    }
    hash
}

/// Look of a word: 0 nothing, 1 small letters, 2 capital first, 3 all capitals, 4 one capital
/// letter, 5 digits, 6 others, 7 small letters with capitals inside.
fn shape(word: &str) -> u8 {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return 0 };
    if first.is_lowercase() {
        return if chars.any(char::is_uppercase) { 7 } else { 1 };
    }
    if first.is_uppercase() {
        let (mut letters, mut small) = (0, false);
        for c in chars {
            letters += 1;
            small |= c.is_lowercase();
        }
        return match (letters, small) {
            (0, _) => 4,
            (_, true) => 2,
            _ => 3,
        };
    }
    if first.is_numeric() { 5 } else { 6 }
}

fn mark_of(c: char) -> u8 {
    match c {
        ',' => 1,
        ';' => 2,
        ':' => 3,
        '.' | '。' | '．' => 4,
        '!' | '！' => 5,
        '?' | '？' => 6,
        '…' => 7,
        '-' | '–' | '—' => 8,
        _ => 0,
    }
}

/// Pictures that are written among words.
pub(crate) fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f1e6}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}')
}

/// ":-)" and its like.
pub(crate) fn is_face(form: &str) -> bool {
    let bytes = form.as_bytes();
    (2..=4).contains(&bytes.len())
        && matches!(bytes[0], b':' | b';' | b'=' | b'8')
        && matches!(
            bytes[bytes.len() - 1],
            b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|' | b'*'
        )
        && bytes[1..bytes.len() - 1]
            .iter()
            .all(|b| matches!(b, b'-' | b'o' | b'\'' | b')' | b'('))
}

impl Piece {
    /// Looks at a stretch; only at its ends if it is long.
    pub(crate) fn new(form: &str) -> Self {
        let mut piece = Self::default();
        // Look at the ends only: a piece may be as long as the text.
        let near = 48;
        let front = &form[..form.floor_char_boundary(near)];
        let back = &form[form.ceil_char_boundary(form.len().saturating_sub(near))..];
        let head = front.trim_start_matches(|c: char| !c.is_alphanumeric());
        piece.opener = match front.chars().next() {
            Some('"' | '“' | '‘' | '\'' | '«' | '„' | '`' | '”') => 1,
            Some('(' | '[' | '{' | '<') => 2,
            Some('-' | '–' | '—' | '*' | '•' | '·' | '>' | '#') => 3,
            Some(c) if !c.is_alphanumeric() => 4,
            _ => 0,
        };
        let end =
            head.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '.' | '-')));
        let head = head[..end.unwrap_or(head.len())].trim_end_matches(['.', '-', '\'', '’']);
        piece.head = hash_lower(head);
        piece.shape = shape(head);
        let mut core = back;
        if let Some(at) = core.rfind('[').filter(|_| core.ends_with(']')) {
            let inside = &core[at + 1..core.len() - 1];
            if at > 0 && inside.bytes().all(|b| b.is_ascii_digit() || b == b',') {
                piece.closer |= 4;
                core = core[..at].trim_end_matches(']');
            }
        }
        core = core.trim_end_matches(is_raised);
        for c in core.chars().rev().take_while(|c| closes(*c)) {
            piece.closer |= if matches!(c, ')' | ']' | '}' | '>') {
                2
            } else {
                1
            };
        }
        let core = core.trim_end_matches(closes);
        let mut marks = core.chars().rev();
        piece.mark = marks.next().map_or(0, mark_of);
        let run = core.len() - core.trim_end_matches(['.', '!', '?']).len();
        if run > 1 {
            let kind = if core.ends_with('.') { 0 } else { 1 };
            piece.mark = 9 + kind;
        }
        if form.ends_with(is_picture) || is_face(form) {
            (piece.mark, piece.closer) = (11, 0);
        }
        let stem = core.trim_end_matches(|c: char| mark_of(c) > 0);
        piece.abbreviation = if piece.mark == 4 {
            let word = stem
                .rsplit(['-', '(', '/', '—', '–', '“', '"', '\''])
                .next()
                .unwrap_or(stem);
            match abbreviation(word) {
                None => 1,
                Some(Abbreviation::Initial) => 2,
                Some(Abbreviation::BeforeName) => 3,
                Some(Abbreviation::Anywhere) if word.contains('.') => 4,
                Some(Abbreviation::Anywhere) => 5,
            }
        } else {
            0
        };
        let stem = stem.trim_start_matches(|c: char| !c.is_alphanumeric());
        piece.stem_shape = shape(stem);
        piece.stem = hash_lower(stem);
        for c in front.chars() {
            match c {
                '"' | '“' | '”' | '«' | '»' => piece.quotes ^= 1,
                '(' | '[' => piece.brackets = piece.brackets.saturating_add(1),
                ')' | ']' => piece.brackets = piece.brackets.saturating_sub(1),
                _ => {}
            }
        }
        if form.len() > near {
            piece.quotes = 0;
            piece.brackets = 0;
        }
        piece
    }
}
