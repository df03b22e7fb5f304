//! Words: a stretch of text without white space is taken apart as the English treebanks do.

use detente_text::Span;

use crate::abbreviations::{ALSO_WORDS, ANYWHERE, BEFORE_NAMES, JOINED, PREFIXES, UNITS};

/// Marks that the parser counts between words, as hashed in lower case.
pub(crate) const COMMAS: &[&str] = &[",", ";", ":", "-", "--", "(", ")", "\""];

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
        return first.is_ascii_uppercase().then_some(Abbreviation::Initial);
    }
    // "U.S", "e.g", "Ph.D": letters with full stops between them.
    let dotted = stem.contains('.')
        && stem.split('.').all(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
        });
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

fn opens(c: char) -> bool {
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

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₩' | '￥' | '￦' | '¢' | '₹')
}

/// Marks that stand alone wherever they are.
fn stands_alone(c: char) -> bool {
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

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»' | '„')
}

/// Appends the words of `chunk`, which starts at byte `base` and holds no white space. A full stop
/// at the end stays with an abbreviation.
pub(crate) fn tokenise(chunk: &str, base: usize, out: &mut Vec<Span>) {
    let mut at = Cutter { chunk, base, out };
    let (mut low, high) = (0, chunk.len());
    // Marks in front.
    while let Some(c) = chunk[low..high].chars().next() {
        let rest = &chunk[low + c.len_utf8()..high];
        let length = match c {
            '\'' | '’' if clitic_length(&chunk[low..high]) == high - low && high - low > 1 => {
                break;
            }
            '\'' | '’' if rest.starts_with(|c: char| c.is_ascii_digit()) => break,
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
            c if is_currency(c) => c.len_utf8(),
            '<' | '>' => run(&chunk[low..high], c),
            c if opens(c) || closes(c) => c.len_utf8(),
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
            '\'' | '’' | '-' => c.len_utf8(),
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

/// Bytes of the full stops, question and exclamation marks at the start; one for others.
fn marks(text: &str) -> usize {
    (text.len() - text.trim_start_matches(['.', '!', '?']).len()).max(1)
}

/// Bytes of the clitic at the end of a word: "n't", "'s" …; 0 if there is none.
fn clitic_length(word: &str) -> usize {
    for apostrophe in ["'", "’"] {
        let Some(at) = word.rfind(apostrophe) else {
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
        if is_address(core) {
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
            // Telephone numbers and dates stay whole; ranges of years or small numbers do not.
            let only = from == 0 && at + 1 + last.len() == core.len();
            let telephone = first.len() == 3 && last.len() == 4;
            let short = first.len() == 3 && last.len() == 3;
            return only && !telephone && !short;
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
        if let Some((_, first)) = JOINED
            .iter()
            .find(|(joined, _)| word.eq_ignore_ascii_case(joined))
        {
            self.push(start, start + first);
            return self.push(start + first, end);
        }
        let in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':');
        let digits = word.len() - word.trim_start_matches(in_number).len();
        if digits > 0 && word.starts_with(|c: char| c.is_ascii_digit()) {
            let unit = &word[digits..];
            if UNITS.iter().any(|u| unit.eq_ignore_ascii_case(u)) || unit == "%" {
                self.push(start, start + digits);
                return self.push(start + digits, end);
            }
        }
        self.push(start, end);
    }
}

/// An address of the web or of mail, or the name of a file.
fn is_address(core: &str) -> bool {
    let mail = core
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    mail || core.contains("://") || core.starts_with("www.") || core.starts_with("WWW.") || {
        let host = core.split('/').next().unwrap_or("");
        host.len() > 4
            && [
                ".com", ".org", ".net", ".gov", ".edu", ".co.kr", ".go.jp", ".go.kr", ".co.jp",
            ]
            .iter()
            .any(|end| host.ends_with(end))
    }
}

/// A syllable of a Korean given name in Latin letters, as "Geun" and "hye" in "Geun-hye".
fn is_korean_syllable(part: &str) -> bool {
    const INITIALS: &[&str] = &[
        "kk", "tt", "pp", "ss", "jj", "ch", "sh", "g", "k", "n", "d", "t", "r", "l", "m", "b", "p",
        "s", "j", "h", "",
    ];
    const VOWELS: &[&str] = &[
        "yeo", "yae", "wae", "weo", "eui", "you", "yoo", "yu", "ya", "ye", "yo", "wa", "we", "wi",
        "wo", "woo", "eo", "eu", "ae", "oe", "oo", "ee", "ou", "ui", "uh", "ah", "a", "e", "i",
        "o", "u",
    ];
    const FINALS: &[&str] = &["", "k", "g", "n", "l", "m", "p", "b", "ng", "h", "ck"];
    if part.len() > 6 || !part.is_ascii() {
        return false;
    }
    let mut lower = [0u8; 6];
    let lower = &mut lower[..part.len()];
    lower.copy_from_slice(part.as_bytes());
    lower.make_ascii_lowercase();
    let Ok(lower) = std::str::from_utf8(lower) else {
        return false;
    };
    INITIALS.iter().any(|initial| {
        lower.strip_prefix(initial).is_some_and(|rest| {
            VOWELS.iter().any(|vowel| {
                rest.strip_prefix(vowel)
                    .is_some_and(|last| FINALS.contains(&last))
            })
        })
    })
}
