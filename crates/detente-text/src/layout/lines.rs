//! A text cut into the units that the layout rules look at: lines, or the paragraphs of a text
//! whose lines were broken at a fixed width.

use crate::{DropReason, Dropped, Span, even::even};

/// A line (or wrapped paragraph) that is not blank.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Without white space at both ends.
    pub(crate) span: Span,
    /// Letters and digits in lower case, everything else one space.
    pub(super) even: String,
    /// It says the same thing twice: see [`half`].
    pub(super) doubled: bool,
    /// Words, as parted by spaces, after evening out.
    pub(super) words: usize,
    /// Characters of East Asian scripts.
    pub(super) east: usize,
    /// Why it is dropped, once that is known.
    pub(crate) mark: Option<DropReason>,
    /// It was marked by the file's markup: no rule unmarks or renames it.
    pub(super) fixed: bool,
}

impl Line {
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }

    /// Length in units that carry about a word: a word, or two East Asian characters.
    pub(super) fn weight(&self) -> usize {
        if self.east > self.words {
            self.east / 2
        } else {
            self.words
        }
    }

    /// True if it reads like running text: sentences, not a heading, label or list entry.
    pub(super) fn is_prose(&self, text: &str) -> bool {
        let line = self.of(text);
        if self.doubled && sentence_end(line).is_none() {
            // A heading with its own copy behind it is as long as a sentence.
            return false;
        }
        if self.east * 2 > line.chars().count() {
            let korean = line.chars().filter(|c| is_hangul(*c)).count() * 2 > self.east;
            return match sentence_end(line) {
                Some(Stop::Full) => self.east >= if korean { 6 } else { 8 },
                Some(_) => self.east >= 25,
                None => self.east >= 80,
            };
        }
        match sentence_end(line) {
            Some(Stop::Full) => self.words >= 4,
            Some(Stop::Asking) => self.words >= 12,
            Some(Stop::Quote | Stop::Colon) => self.words >= 9,
            None => self.words >= 25,
        }
    }

    /// True if it starts like an entry of a list.
    pub(super) fn is_entry(&self, text: &str) -> bool {
        let line = self.of(text);
        let mut chars = line.chars();
        match (chars.next(), chars.next()) {
            (
                Some('•' | '◦' | '‣' | '·' | '・' | '○' | '●' | '■' | '□' | '▲' | '▼' | '△' | '|'),
                _,
            ) => {
                return true;
            }
            // Without a space these are emphasis, a dash or a sign.
            (Some('*' | '–' | '-' | '+' | '>'), Some(' ' | '\t')) => return true,
            _ => {}
        }
        let digits = line.trim_start_matches(['(', '（']);
        let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = digits.len() - rest.len();
        (1..=3).contains(&numbered) && rest.starts_with(['.', ')', '）', '．'])
            || line.contains('\t')
    }
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// With a full stop, perhaps inside quotes or brackets.
    Full,
    /// With a question or exclamation mark.
    Asking,
    /// With a colon or semicolon.
    Colon,
    /// With a closing quotation mark alone.
    Quote,
}

/// The punctuation that ends `line`, seen through closing quotes and brackets.
pub(super) fn sentence_end(line: &str) -> Option<Stop> {
    const CLOSING: [char; 15] = [
        '*', '_', '"', '”', '’', '\'', ')', ']', '）', '」', '』', '»', '】', '〉', '》',
    ];
    let bare = line.trim_end_matches(|c: char| CLOSING.contains(&c) || c.is_whitespace());
    match bare.chars().next_back() {
        Some('.') => {
            // "J." and "U.S." end no sentence by themselves in a short line.
            let last = bare.rsplit(char::is_whitespace).next().unwrap_or("");
            let initials = last.chars().filter(|c| c.is_alphabetic()).count();
            let initial = last.len() <= 2 && initials == 1;
            (!initial).then_some(Stop::Full)
        }
        Some('。' | '．' | '…') => Some(Stop::Full),
        Some('!' | '?' | '！' | '？') => Some(Stop::Asking),
        Some(':' | ';' | '：' | '；') => Some(Stop::Colon),
        _ if bare.len() < line.trim_end().len() && line.trim_end().ends_with(['"', '”', '」']) => {
            Some(Stop::Quote)
        }
        _ => None,
    }
}

/// The first half of a line that says the same thing twice, or the whole line.
pub(super) fn half(text: &str, span: Span) -> Span {
    let line = span.of(text);
    let middle = line.len() / 2;
    // A gap of a few bytes may lie between the halves.
    for cut in middle.saturating_sub(3)..=(middle + 3).min(line.len()) {
        if let (Some(a), Some(b)) = (line.get(..cut), line.get(cut..)) {
            let (a, b) = (a.trim(), b.trim());
            if a.len() >= 6 && a == b {
                return Span::new(span.start, span.start + cut as u32).trimmed(text);
            }
        }
    }
    span
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{3131}'..='\u{318E}')
}

/// True for kana, Han characters and Hangul.
pub(crate) fn is_east(c: char) -> bool {
    is_hangul(c)
        || matches!(c, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '々')
}

/// White space, and marks that show nothing.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}')
}

/// Cuts `text` into lines, joins the lines of wrapped paragraphs, and marks what `dropped` covers.
pub(crate) fn lines(text: &str, dropped: &[Dropped]) -> Vec<Line> {
    let mut raw: Vec<(Span, u32)> = Vec::new();
    let (mut at, mut blank) = (0, 0);
    for piece in text.split_inclusive(['\n', '\r', '\u{0C}', '\u{2028}', '\u{2029}']) {
        let end = at + piece.len();
        let trimmed = piece.trim_matches(is_blank);
        if trimmed.is_empty() {
            // "\r\n" is one line end.
            blank += u32::from(piece != "\n" || !text[..at].ends_with('\r'));
        } else {
            let start = at + (piece.len() - piece.trim_start_matches(is_blank).len());
            raw.push((Span::from(start..start + trimmed.len()), blank));
            blank = 0;
        }
        at = end;
    }
    let spans = match wrap_width(text, &raw) {
        Some(width) => unwrap(text, &raw, width),
        None => raw,
    };
    let mut next = 0;
    spans
        .into_iter()
        .map(|(span, _)| {
            while next < dropped.len() && dropped[next].span.end <= span.start {
                next += 1;
            }
            // A mark inside a line (a picture, a link's target) does not drop the line.
            let mark = dropped[next..]
                .iter()
                .take_while(|d| d.span.start <= span.start)
                .find(|d| d.span.contains(span))
                .map(|d| d.reason);
            let line = span.of(text);
            let even = even(line);
            Line {
                span,
                words: even.split(' ').filter(|w| !w.is_empty()).count(),
                east: line.chars().filter(|c| is_east(*c)).count(),
                even,
                doubled: half(text, span) != span,
                mark,
                fixed: mark.is_some(),
            }
        })
        .collect()
}

fn width(text: &str, span: Span) -> usize {
    span.of(text)
        .chars()
        .map(|c| if is_east(c) { 2 } else { 1 })
        .sum()
}

/// The width in columns at which lines were broken, if they were.
fn wrap_width(text: &str, raw: &[(Span, u32)]) -> Option<usize> {
    let mut widths: Vec<usize> = raw.iter().map(|(span, _)| width(text, *span)).collect();
    let (mut long, mut broken) = (0, 0);
    for (i, pair) in raw.windows(2).enumerate() {
        if widths[i] >= 45 {
            long += 1;
            let line = pair[0].0.of(text);
            if pair[1].1 == 0 && sentence_end(line).is_none() {
                broken += 1;
            }
        }
    }
    widths.sort_unstable();
    let widest = *widths.get(widths.len() * 19 / 20)?;
    (broken >= 3 && broken * 10 >= long * 4 && widest <= 130).then_some(widest)
}

/// Joins lines to paragraphs: a line runs on if it is nearly full and the next is not blank.
fn unwrap(text: &str, raw: &[(Span, u32)], widest: usize) -> Vec<(Span, u32)> {
    let mut out: Vec<(Span, u32)> = Vec::new();
    let mut open = false;
    for (span, blank) in raw {
        match out.last_mut() {
            Some(last) if open && *blank == 0 => last.0 = last.0.cover(*span),
            _ => out.push((*span, *blank)),
        }
        open = width(text, *span) * 10 >= widest * 7;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_wrapped_paragraphs_and_nothing_else() {
        let wrapped = "A short title\n\nThe ministers met in the capital on Monday and agreed that they\n\
            would go on talking about the islands, about trade and about the\nyoung people of both \
            countries, who hardly know one another and\nwould like to.\nThe next round is in May.\n";
        let lines = lines(wrapped, &[]);
        assert_eq!(lines.len(), 3);
        assert!(lines[1].is_prose(wrapped) && !lines[0].is_prose(wrapped));
        let plain = "One.\r\n\r\nTwo is here.\rThree";
        let lines = super::lines(plain, &[]);
        assert_eq!(lines.len(), 3);
        assert!(lines[1].of(plain) == "Two is here." && lines.iter().all(|l| !l.doubled));
    }

    #[test]
    fn sees_how_a_line_ends() {
        assert_eq!(sentence_end("he said.”"), Some(Stop::Full));
        assert_eq!(sentence_end("と述べた。」"), Some(Stop::Full));
        assert_eq!(sentence_end("John F. K."), None);
        assert_eq!(sentence_end("A new “start”"), Some(Stop::Quote));
        assert_eq!(sentence_end("Talks resume"), None);
    }
}
