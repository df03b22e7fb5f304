//! Stretches of text without white space, between which sentences may end.

use super::marks::closes;

/// A stretch of text without white space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Line breaks between it and the one before.
    pub(crate) breaks: u8,
}

/// Cuts `text[start..end]` at white space, and where a full stop lacks its space ("said.The").
pub(crate) fn chunks(text: &str, start: usize, end: usize, out: &mut Vec<Chunk>) {
    out.clear();
    let (mut breaks, mut open) = (0u8, None);
    let mut close = |from: usize, to: usize, breaks: u8| {
        let chunk = &text[from..to];
        let mut at = from;
        if chunk.len() > 4 && !chunk.contains(['@', '/']) {
            for (i, _) in chunk.match_indices(['.', '?', '!']) {
                let quote = chunk[i + 1..].chars().next();
                let quote = quote.filter(|c| matches!(c, '"' | '”'));
                let end = i + 1 + quote.map_or(0, char::len_utf8);
                if from + i > at && joins_sentences(chunk, i, end) {
                    let cut = from + end;
                    out.push(Chunk {
                        start: at,
                        end: cut,
                        breaks: if at == from { breaks } else { 0 },
                    });
                    at = cut;
                }
            }
        }
        // The numbers of notes after a full stop ("said.[3]", "said.3") stand apart.
        if let Some(cut) = note(&text[at..to]).map(|i| at + i) {
            out.push(Chunk {
                start: at,
                end: cut,
                breaks: if at == from { breaks } else { 0 },
            });
            at = cut;
        }
        out.push(Chunk {
            start: at,
            end: to,
            breaks: if at == from { breaks } else { 0 },
        });
    };
    for (i, c) in text[start..end].char_indices() {
        let at = start + i;
        if is_space(c) {
            if let Some(from) = open.take() {
                close(from, at, breaks);
                breaks = 0;
            }
            if matches!(c, '\n' | '\u{2029}' | '\u{2028}' | '\u{c}') {
                breaks = breaks.saturating_add(1);
            }
        } else if open.is_none() {
            open = Some(at);
        }
    }
    if let Some(from) = open {
        close(from, end, breaks);
    }
}

/// Where the number of a note begins that follows a full stop.
fn note(chunk: &str) -> Option<usize> {
    let bytes = chunk.as_bytes();
    if bytes.last() == Some(&b']') {
        let cut = chunk.find('[')?;
        return (cut > 0 && is_reference(&chunk[cut..])).then_some(cut);
    }
    let core = chunk.trim_end_matches(is_raised);
    if core.len() < chunk.len() {
        let ended = core.trim_end_matches(closes).ends_with(['.', '!', '?']);
        return ended.then_some(core.len());
    }
    let core = chunk.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = chunk.len() - core.len();
    let word = core.trim_end_matches(closes).strip_suffix('.')?;
    let small = word.len() > 3 && word.bytes().rev().take(3).all(|b| b.is_ascii_lowercase());
    let number = (1..=3).contains(&digits) && small && !word.contains(['/', '@', '.', '-', '_']);
    number.then_some(core.len())
}

/// Raised figures, which number notes.
pub(crate) fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// White space and invisible characters.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// A mark at byte `i` between two sentences without a space: small letters before it, a capital
/// and a small letter after it.
fn joins_sentences(chunk: &str, i: usize, end: usize) -> bool {
    let mut before = chunk[..i].chars().rev();
    let mut after = chunk[end..].chars();
    before.next().is_some_and(char::is_lowercase)
        && before.next().is_some_and(char::is_lowercase)
        && after.next().is_some_and(char::is_uppercase)
        && after.next().is_none_or(|c| c.is_lowercase() || c == '\'')
}

/// "[12]": the number of a note, which stands after the full stop.
pub(crate) fn is_reference(form: &str) -> bool {
    if matches!(form, "[...]" | "[…]") || form.chars().all(is_raised) {
        return true;
    }
    form.starts_with('[')
        && form.ends_with(']')
        && form
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'[' | b']' | b','))
}
