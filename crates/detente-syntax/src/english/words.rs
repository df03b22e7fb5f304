//! Words: a stretch of text without white space is taken apart as the English treebanks do.

use detente_text::Span;

use super::abbreviations::{JOINED, PREFIXES, SLASHED, UNITS};
use super::marks::{abbreviation, closes, is_currency, is_quote, opens, stands_alone};
use super::piece::{is_face, is_picture};
use super::whole::{
    broken_off, clipped, is_address, is_decade, is_korean_syllable, is_number_with_hyphens, is_rule,
};

/// Appends the words of `chunk`, which starts at byte `base` and holds no white space. A full stop
/// at the end stays with an abbreviation.
pub(crate) fn tokenise(chunk: &str, base: usize, out: &mut Vec<Span>) {
    let mut at = Cutter { chunk, base, out };
    if is_face(chunk) || is_rule(chunk) || chunk.chars().all(is_picture) {
        return at.push(0, chunk.len());
    }
    let (mut low, high) = (0, chunk.len());
    // Marks in front.
    while let Some(c) = chunk[low..high].chars().next() {
        let rest = &chunk[low + c.len_utf8()..high];
        let length = match c {
            '\'' | '’' if clitic_length(&chunk[low..high]) == high - low && high - low > 1 => {
                break;
            }
            '\'' | '’' if rest.starts_with(|c: char| c.is_ascii_digit()) || clipped(rest) => {
                break;
            }
            '\'' | '’' | '‘' | '`' => run(&chunk[low..high], c),
            '#' if rest.starts_with(|c: char| c.is_alphabetic()) => break,
            '#' | '/' | '\\' => 1,
            '.' | '!' | '?' | ',' | ';' | ':' => {
                let length = marks(&chunk[low..high]);
                if length == 1 && c == '.' && rest.starts_with(|c: char| c.is_alphanumeric()) {
                    break;
                }
                length
            }
            '-' => {
                let length = run(&chunk[low..high], '-');
                if length == 1 && rest.starts_with(|c: char| c.is_ascii_digit()) {
                    break;
                }
                length
            }
            c if is_currency(c) => run(&chunk[low..high], c),
            '<' | '>' => run(&chunk[low..high], c),
            c if opens(c) || closes(c) => c.len_utf8(),
            c if is_picture(c) => pictures(&chunk[low..high]),
            c if stands_alone(c) => run(&chunk[low..high], c),
            _ => break,
        };
        at.push(low, low + length);
        low += length;
    }
    // Marks behind, found from the end and kept until the core is done.
    let mut end = high;
    // "file(s)": the bracket closes one inside the word.
    let inner_bracket = chunk[low..].contains('(');
    // Looked for once: an address is as long as it likes.
    let mut address = None;
    while end > low {
        let core = &chunk[low..end];
        let Some(c) = core.chars().next_back() else {
            break;
        };
        let length = match c {
            '.' | '!' | '?' => {
                let marks = core.len() - core.trim_end_matches(['.', '!', '?']).len();
                if marks == 1 && c == '.' && abbreviation(&core[..core.len() - 1]).is_some() {
                    break;
                }
                marks
            }
            ')' if inner_bracket => break,
            ',' | ';' | ':' => 1,
            '%' | '‰' | '°' => c.len_utf8(),
            // "re-": a word broken off.
            '-' if broken_off(&core[..core.len() - 1]) => break,
            '/' if core.len() > 2
                && !core.starts_with('/')
                && !*address.get_or_insert_with(|| is_address(core)) =>
            {
                1
            }
            '\'' | '’' | '-' => c.len_utf8(),
            c if is_picture(c) => c.len_utf8(),
            c if closes(c) || opens(c) || stands_alone(c) || is_currency(c) => {
                if is_currency(c) && core.starts_with(|c: char| c.is_ascii_uppercase()) {
                    break;
                }
                c.len_utf8()
            }
            _ => break,
        };
        end -= length;
    }
    at.core(low, end);
    let mut rest = end;
    while let Some(c) = chunk[rest..high].chars().next() {
        let length = match c {
            '.' | '!' | '?' => marks(&chunk[rest..high]),
            c if is_picture(c) => pictures(&chunk[rest..high]),
            c if stands_alone(c) || matches!(c, '-' | '<' | '>') => run(&chunk[rest..high], c),
            '\'' if chunk[rest..high].starts_with("''") => 2,
            c => c.len_utf8(),
        };
        at.push(rest, rest + length);
        rest += length;
    }
}

/// Bytes of the run of `c` at the start.
fn run(text: &str, c: char) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

/// Bytes of the pictures at the start.
fn pictures(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_picture).len()
}

/// Bytes of the full stops, question and exclamation marks at the start; one for others.
fn marks(text: &str) -> usize {
    (text.len() - text.trim_start_matches(['.', '!', '?']).len()).max(1)
}

/// Bytes of the clitic at the end of a word: "n't", "'s" …; 0 if there is none.
fn clitic_length(word: &str) -> usize {
    // No clitic is longer; a longer look back would cost more than linear time.
    let from = word.ceil_char_boundary(word.len().saturating_sub(5));
    for apostrophe in ["'", "’"] {
        let Some(at) = word[from..].rfind(apostrophe).map(|at| from + at) else {
            continue;
        };
        let tail = &word[at + apostrophe.len()..];
        if ["s", "re", "ve", "ll", "d", "m"]
            .iter()
            .any(|c| tail.eq_ignore_ascii_case(c))
        {
            return word.len() - at;
        }
        if tail.eq_ignore_ascii_case("t") && word[..at].ends_with(['n', 'N']) {
            return word.len() - at + 1;
        }
    }
    0
}

struct Cutter<'a> {
    chunk: &'a str,
    base: usize,
    out: &'a mut Vec<Span>,
}

impl Cutter<'_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            let place = |at: usize| (self.base + at) as u32;
            self.out.push(Span::new(place(start), place(end)));
        }
    }

    /// A piece without marks at its ends.
    fn core(&mut self, start: usize, end: usize) {
        let core = &self.chunk[start..end];
        if core.is_empty() {
            return;
        }
        if is_address(core)
            || is_number_with_hyphens(core)
            || is_decade(core)
            || SLASHED.contains(&core)
        {
            return self.push(start, end);
        }
        let bytes = core.as_bytes();
        let mut from = 0;
        let mut skip = 0;
        for (i, c) in core.char_indices() {
            if i < skip {
                continue;
            }
            let next = i + c.len_utf8();
            let before = core[..i].chars().next_back();
            let after = core[next..].chars().next();
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let length = match c {
                _ if i == 0 || after.is_none() => 0,
                '-' if bytes[next] == b'-' => run(&core[i..], '-'),
                '-' => usize::from(self.splits_hyphen(core, from, i)),
                '/' => usize::from(!(digit(before) && digit(after))),
                '.' if core[i..].starts_with("..") => run(&core[i..], '.'),
                ',' | ':' | ';' => usize::from(!(digit(before) && digit(after))),
                '?' | '!' => marks(&core[i..]),
                '&' => usize::from(
                    before.is_some_and(char::is_alphanumeric)
                        && after.is_some_and(char::is_alphanumeric),
                ),
                '(' | ')' if core[i..].starts_with("(s)") || core[..next].ends_with("(s)") => 0,
                '+' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' => 1,
                c if is_picture(c) => pictures(&core[i..]),
                c if is_quote(c) || stands_alone(c) || (is_currency(c) && i > from) => {
                    let named = is_currency(c) && bytes[from..i].iter().all(u8::is_ascii_uppercase);
                    if named {
                        // "US$30": the name stays with the sign.
                        self.push(start + from, start + next);
                        from = next;
                        0
                    } else {
                        run(&core[i..], c)
                    }
                }
                _ => 0,
            };
            if length > 0 {
                self.word(start + from, start + i);
                self.push(start + i, start + i + length);
                from = i + length;
                skip = from;
            }
        }
        self.word(start + from, end);
    }

    /// A hyphen at `at`, in a piece that starts at `from`: a word of its own, unless it follows a
    /// prefix, stands in a number or in a Korean given name.
    fn splits_hyphen(&self, core: &str, from: usize, at: usize) -> bool {
        let first = &core[from..at];
        let last = &core[at + 1..];
        let last = &last[..last.find('-').unwrap_or(last.len())];
        if first.len() <= 8 && first.is_ascii() {
            let mut lower = [0; 8];
            let lower = &mut lower[..first.len()];
            lower.copy_from_slice(first.as_bytes());
            lower.make_ascii_lowercase();
            if PREFIXES.iter().any(|p| p.as_bytes() == lower)
                && last.starts_with(char::is_alphabetic)
            {
                return false;
            }
        }
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || b == b'/');
        if digits(first) && digits(last) && !first.is_empty() && !last.is_empty() {
            // Ranges of years or small numbers.
            return from == 0 && at + 1 + last.len() == core.len();
        }
        let capital = first.starts_with(|c: char| c.is_ascii_uppercase());
        !(capital && is_korean_syllable(first) && is_korean_syllable(last))
    }

    /// A word with its clitics.
    fn word(&mut self, start: usize, end: usize) {
        // "wouldn't've" has two; no word has more.
        let first = clitic_length(&self.chunk[start..end]);
        let middle = if first < end - start {
            end - first
        } else {
            end
        };
        let second = clitic_length(&self.chunk[start..middle]);
        let stem = if middle < end && second < middle - start {
            middle - second
        } else {
            middle
        };
        self.stem(start, stem);
        self.push(stem, middle);
        self.push(middle, end);
    }

    /// A word without clitics, which may still be two written as one.
    fn stem(&mut self, start: usize, end: usize) {
        let word = &self.chunk[start..end];
        let acronym = word.len() < 4 && word.bytes().all(|b| b.is_ascii_uppercase());
        if let Some((_, first)) = JOINED
            .iter()
            .find(|(joined, _)| !acronym && word.eq_ignore_ascii_case(joined))
        {
            self.push(start, start + first);
            return self.push(start + first, end);
        }
        let in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':');
        let digits = word.len() - word.trim_start_matches(in_number).len();
        if digits > 0 && word.starts_with(|c: char| c.is_ascii_digit()) {
            let unit = &word[digits..];
            if unit != "G" && UNITS.iter().any(|u| unit.eq_ignore_ascii_case(u)) || unit == "%" {
                self.push(start, start + digits);
                return self.push(start + digits, end);
            }
        }
        self.push(start, end);
    }
}
