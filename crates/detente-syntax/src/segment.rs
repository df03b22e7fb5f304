//! Sentences: where one ends, judged between stretches of text without white space.

use crate::abbreviations::{OPENERS, SPEECH};
use crate::tokenise::{Abbreviation, abbreviation, closes};

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
                if from + i > at && joins_sentences(chunk, i) {
                    let cut = from + i + 1;
                    out.push(Chunk {
                        start: at,
                        end: cut,
                        breaks: if at == from { breaks } else { 0 },
                    });
                    at = cut;
                }
            }
        }
        // The numbers of notes after a full stop ("said.[3]") stand apart.
        let note = text[at..to].find('[').map(|i| at + i);
        if let Some(cut) = note.filter(|&cut| cut > at && is_reference(&text[cut..to])) {
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

/// White space and invisible characters.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// A mark at byte `i` between two sentences without a space: small letters before it, a capital
/// and a small letter after it.
fn joins_sentences(chunk: &str, i: usize) -> bool {
    let mut before = chunk[..i].chars().rev();
    let mut after = chunk[i + 1..].chars();
    before.next().is_some_and(char::is_lowercase)
        && before.next().is_some_and(char::is_lowercase)
        && after.next().is_some_and(char::is_uppercase)
        && after.next().is_none_or(|c| c.is_lowercase() || c == '\'')
}

/// How the lines of a stretch of text are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    /// Lines are broken at a width; the longest has this many bytes.
    Wrapped(usize),
    /// A line is a paragraph.
    Paragraphs,
}

/// Lines are broken at a width if none is much longer than a page is wide and one goes on in lower
/// case after a line that is nearly full.
pub(crate) fn lines(text: &str) -> Lines {
    let longest = text.lines().map(|l| l.trim_end().len()).max().unwrap_or(0);
    if !(40..=110).contains(&longest) {
        return Lines::Paragraphs;
    }
    let pairs = text.lines().zip(text.lines().skip(1));
    let goes_on = pairs.into_iter().any(|(a, b)| {
        a.trim_end().len() * 10 >= longest * 7
            && b.trim_start().starts_with(char::is_lowercase)
            && !a.trim_end().ends_with(['.', '!', '?'])
    });
    if goes_on {
        Lines::Wrapped(longest)
    } else {
        Lines::Paragraphs
    }
}

/// Does the sentence that starts with chunk `first` end after chunk `i`?
pub(crate) fn ends(text: &str, chunks: &[Chunk], first: usize, i: usize, lines: Lines) -> bool {
    let chunk = &chunks[i];
    let Some(next) = chunks.get(i + 1) else {
        return true;
    };
    let form = &text[chunk.start..chunk.end];
    let next_form = &text[next.start..next.end];
    if next.breaks > 1 || is_bullet(next_form) {
        return true;
    }
    let small = next_form
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .starts_with(char::is_lowercase);
    let core = form.trim_end_matches(closes);
    let last = core.chars().next_back();
    let terminal = matches!(last, Some('.' | '!' | '?' | '…' | '。' | '！' | '？'));
    if next.breaks == 1 && breaks_line(text, chunk, next_form, small, terminal, lines) {
        return true;
    }
    // Marks that stand alone after the end belong to it: `. "`, and the damage `. ,`.
    if next_form.chars().all(belongs_to_end) || is_reference(next_form) {
        return false;
    }
    if (is_marks(form) && !terminal) || is_reference(form) {
        // Such marks themselves: judge by what stands before them.
        let before = chunks[first..i]
            .iter()
            .rev()
            .map(|c| text[c.start..c.end].trim_end_matches(closes))
            .take(3)
            .find(|c| c.ends_with(['.', '!', '?']) || !(is_marks(c) || is_reference(c)));
        return before.is_some_and(|c| c.ends_with(['.', '!', '?'])) && !small;
    }
    if !terminal || small {
        return false;
    }
    match last {
        Some('.') if !core.ends_with("..") => {
            let stem = &core[..core.len() - 1];
            full_stop_ends(stem, i == first, next_form)
        }
        Some('!' | '?') if core.len() < form.len() => {
            // “Why?” Abe asked.
            let after = chunks.get(i + 2).map(|c| &text[c.start..c.end]);
            let speech = |w: &str| SPEECH.contains(&w.trim_end_matches([',', '.', ':']));
            !after.is_some_and(speech) || opens_quote(next_form)
        }
        _ => true,
    }
}

fn opens_quote(form: &str) -> bool {
    form.starts_with(['"', '“', '‘', '\''])
}

fn belongs_to_end(c: char) -> bool {
    closes(c) || matches!(c, ',' | '.' | ';' | '!' | '?')
}

/// "[12]": the number of a note, which stands after the full stop.
fn is_reference(form: &str) -> bool {
    form.starts_with('[')
        && form.ends_with(']')
        && form
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'[' | b']' | b','))
}

fn is_marks(form: &str) -> bool {
    form.chars().all(belongs_to_end)
}

/// A sign that opens an item of a list.
fn is_bullet(form: &str) -> bool {
    matches!(
        form.chars().next(),
        Some('•' | '▪' | '●' | '■' | '◆' | '※' | '►' | '○' | '◦' | '‣')
    )
}

/// Does the line break before `next_form` end the sentence?
fn breaks_line(
    text: &str,
    chunk: &Chunk,
    next_form: &str,
    small: bool,
    terminal: bool,
    lines: Lines,
) -> bool {
    let item = next_form.trim_end_matches(['.', ')']);
    let item = item.len() < next_form.len()
        && (1..=2).contains(&item.len())
        && item.bytes().all(|b| b.is_ascii_digit());
    if item || matches!(next_form, "-" | "*" | "–" | "—" | "o") {
        return true;
    }
    match lines {
        Lines::Paragraphs => !small || terminal,
        Lines::Wrapped(longest) => {
            let start = text[..chunk.end].rfind('\n').map_or(0, |at| at + 1);
            let length = chunk.end - start;
            !small && length * 10 < longest * 7
        }
    }
}

/// Does a full stop after `stem` end the sentence?
fn full_stop_ends(stem: &str, opens_sentence: bool, next_form: &str) -> bool {
    let word = stem.trim_start_matches(|c: char| !c.is_alphanumeric());
    // "1." and "a." at the start count the items of a list.
    if opens_sentence && word.len() <= 2 && !word.is_empty() {
        let counts = word.bytes().all(|b| b.is_ascii_digit()) || word.len() == 1;
        if counts {
            return false;
        }
    }
    let next_word = next_form
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .trim_end_matches(|c: char| !c.is_alphanumeric());
    let opener = OPENERS.binary_search(&next_word).is_ok() || opens_quote(next_form);
    // After a hyphen or bracket the abbreviation is the last part.
    let word = word
        .rsplit(['-', '(', '/', '—', '–', '“', '"'])
        .next()
        .unwrap_or(word);
    match abbreviation(word) {
        Some(Abbreviation::BeforeName) => {
            let number = next_word.starts_with(|c: char| c.is_ascii_digit());
            // "No." is an answer unless a number follows.
            matches!(word, "No" | "Nos" | "Art" | "Sec" | "Fig") && !number
        }
        Some(Abbreviation::Initial | Abbreviation::Anywhere) => opener,
        None => true,
    }
}
