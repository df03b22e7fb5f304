//! Sentences: where one ends, judged between stretches of text without white space.

use super::abbreviations::{AFTER_HOURS, NAMES_WITH_MARKS, NO_NAMES, OPENERS, SPEECH, WANT_MORE};
use super::chunks::{Chunk, is_reference};
use super::marks::{Abbreviation, abbreviation, closes};

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
        let (a, b) = (a.trim_end(), b.trim_start());
        let last = a.rsplit(char::is_whitespace).next().unwrap_or(a);
        a.len() * 10 >= longest * 7
            && !b.is_empty()
            && !a.ends_with(['.', '!', '?'])
            && (b.starts_with(char::is_lowercase) || WANT_MORE.contains(&last))
    });
    if goes_on {
        Lines::Wrapped(longest)
    } else {
        Lines::Paragraphs
    }
}

/// What the rules say of a gap between two chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// So it is: the end of a paragraph, or no end within a line.
    Sure(bool),
    /// What is learnt may know better.
    Likely(bool),
}

/// Does the sentence that starts with chunk `first` end after chunk `i`?
pub(crate) fn ends(
    text: &str,
    chunks: &[Chunk],
    first: usize,
    i: usize,
    lines: Lines,
) -> Certainty {
    let chunk = &chunks[i];
    let Some(next) = chunks.get(i + 1) else {
        return Certainty::Sure(true);
    };
    let form = &text[chunk.start..chunk.end];
    let next_form = &text[next.start..next.end];
    if next.breaks > 1 || is_bullet(next_form) {
        return Certainty::Sure(true);
    }
    if is_reference(next_form) || is_plain_note(next, chunk, next_form) {
        return Certainty::Sure(false);
    }
    if is_reference(form) || (i > 0 && is_plain_note(chunk, &chunks[i - 1], form)) {
        return Certainty::Sure(!next_form.starts_with(char::is_lowercase));
    }
    // "1.1" before a heading.
    if i == first && next.breaks == 0 && is_section(form) {
        return Certainty::Sure(false);
    }
    let ends = judged(text, chunks, first, i, lines, form, next_form);
    // "Minister: I will be brief.", "(is it?) and", "“Who?” Abe asked.": the sentence goes on.
    let label = i == first && next.breaks == 0 && form.ends_with(':');
    let core = form.trim_end_matches(closes);
    let aside = core.len() < form.len() && core.ends_with(['?', '!']);
    let name = chunks.get(i + 2).is_some_and(|after| {
        after.breaks == 0 && is_before_name(core, next_form, &text[after.start..after.end])
    });
    if !ends && (label || aside || name || before_name(form) || is_hour(form)) {
        return Certainty::Sure(false);
    }
    let named = NAMES_WITH_MARKS.contains(&form) && next_form.starts_with(char::is_lowercase);
    if named {
        return Certainty::Sure(false);
    }
    let symbol = next_form.starts_with(['#', '@', '§']);
    if ends && (symbol || is_marks(form) || opens_after_abbreviation(form, next_form)) {
        return Certainty::Sure(true);
    }
    if next.breaks == 1 && (ends || lines == Lines::Paragraphs) {
        return Certainty::Sure(ends);
    }
    Certainty::Likely(ends)
}

/// A number written to a full stop.
fn is_plain_note(chunk: &Chunk, before: &Chunk, form: &str) -> bool {
    chunk.start == before.end && form.bytes().all(|b| b.is_ascii_digit())
}

/// A title, "No." and the like, which a name or number follows.
fn before_name(form: &str) -> bool {
    form.strip_suffix('.').is_some_and(|stem| {
        let word = stem.trim_start_matches(|c: char| !c.is_alphanumeric());
        abbreviation(word) == Some(Abbreviation::BeforeName) || matches!(word, "no" | "nos")
    })
}

/// "the D.P.R.K. Foreign Ministry": an abbreviation before two words with capitals.
fn is_before_name(core: &str, next_form: &str, after: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let stem = core.strip_suffix('.');
    let stem = stem.map(|s| s.trim_start_matches(|c: char| !c.is_alphanumeric()));
    capital(next_form)
        && capital(after)
        && next_form.ends_with(char::is_alphabetic)
        && stem.and_then(abbreviation) == Some(Abbreviation::Anywhere)
}

/// "a.m." before the name of a day, a place or a time zone.
fn is_hour(form: &str) -> bool {
    ["a.m.", "p.m.", "A.M.", "P.M."]
        .iter()
        .any(|hour| form.ends_with(hour))
}

/// "the U.S." before a word that opens sentences.
fn opens_after_abbreviation(form: &str, next_form: &str) -> bool {
    let core = form.trim_end_matches(closes);
    let stem = core
        .strip_suffix('.')
        .map(|s| s.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let next = next_form.trim_end_matches(|c: char| !c.is_alphanumeric());
    stem.and_then(abbreviation) == Some(Abbreviation::Anywhere)
        && OPENERS.binary_search(&next).is_ok()
}

/// The number of a section: "2.", "1.1".
fn is_section(form: &str) -> bool {
    form.contains('.') && form.len() < 8 && form.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn judged(
    text: &str,
    chunks: &[Chunk],
    first: usize,
    i: usize,
    lines: Lines,
    form: &str,
    next_form: &str,
) -> bool {
    let (chunk, next) = (&chunks[i], &chunks[i + 1]);
    let small = !next_form.starts_with(['@', '#'])
        && next_form
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
            let after_next = chunks.get(i + 2).map_or("", |c| &text[c.start..c.end]);
            let after_next = after_next.trim_end_matches([',', '.', ';']);
            full_stop_ends(stem, i == first, next_form, after_next)
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
    if counts(next_form) || matches!(next_form, "-" | "*" | "–" | "—" | "o") {
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

/// "1.", "(2)", "b)", "iv.": the number of an item of a list.
fn counts(form: &str) -> bool {
    let item = form.trim_end_matches(['.', ')', ']']);
    let mark = item.len() < form.len();
    let item = item.trim_start_matches(['(', '[']);
    let number = item.len() <= 2 && item.bytes().all(|b| b.is_ascii_digit());
    let roman = item.len() <= 4 && item.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let letter = item.len() == 1 && item.bytes().all(|b| b.is_ascii_lowercase());
    mark && !item.is_empty() && (number || roman || letter)
}

/// Does a full stop after `stem` end the sentence?
fn full_stop_ends(stem: &str, opens_sentence: bool, next_form: &str, after_next: &str) -> bool {
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
    let number = next_word.starts_with(|c: char| c.is_ascii_digit());
    let hour = matches!(word, "a.m" | "p.m" | "A.M" | "P.M");
    if hour && (AFTER_HOURS.binary_search(&next_word).is_ok() || after_next == "time") {
        return false;
    }
    match abbreviation(word) {
        None if number && matches!(word, "no" | "nos" | "art" | "sec" | "fig" | "col") => false,
        Some(Abbreviation::BeforeName) => {
            // "No." is an answer unless a number follows.
            let answer = matches!(word, "No" | "Nos" | "Art" | "Sec" | "Fig") && !number;
            // "promoted to Gen. She": no name begins so.
            let title = word.starts_with(char::is_uppercase) && NO_NAMES.contains(&next_word);
            answer || title
        }
        Some(Abbreviation::Initial | Abbreviation::Anywhere) => opener,
        None => true,
    }
}
