//! Dates that head the entries of a chronology: "June 22, 1965: …", "2005 – …".

use detente_text::{
    Span,
    date::{DayMonthOrder, Edtf, find_explicit},
};

/// A date at the head of a line and the place where its entry begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The date as printed.
    pub(crate) span: Span,
    /// The date.
    pub(crate) edtf: Edtf,
}

/// Longest label in bytes.
const LONGEST: usize = 60;

/// Splits `content` at the labels of its lines: the parts without them, and the labels in order.
pub(crate) fn part(text: &str, content: &[Span]) -> (Vec<Span>, Vec<Label>) {
    let mut parts = Vec::new();
    let mut labels = Vec::new();
    for span in content {
        let mut from = span.start;
        let mut line = span.start as usize;
        for piece in span.of(text).split_inclusive('\n') {
            if let Some(rest) = dateline(line, piece) {
                let start = line as u32;
                if start > from {
                    parts.push(Span::new(from, start));
                }
                from = rest;
            } else if let Some((label, rest)) = label(line, piece) {
                if label.span.start > from {
                    parts.push(Span::new(from, label.span.start));
                }
                labels.push(label);
                from = rest;
            }
            line += piece.len();
        }
        if span.end > from {
            parts.push(Span::new(from, span.end));
        }
    }
    (parts, labels)
}

/// The label at the head of a line, and the byte behind it.
fn label(line: usize, piece: &str) -> Option<(Label, u32)> {
    let body =
        piece.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '•' | '*' | '-' | '–'));
    let start = line + piece.len() - body.len();
    let mut end = body.len().min(LONGEST);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let head = &body[..end];
    if !head.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        return None;
    }
    let (edtf, length) = match find_explicit(head, DayMonthOrder::Unknown).first() {
        Some(found) if found.span.start == 0 && found.complete => {
            (found.edtf, found.span.end as usize)
        }
        _ => bare_year(head)?,
    };
    let after = &head[length..];
    let rest = after.trim_start_matches(' ');
    let mark = rest.chars().next()?;
    let parted = match mark {
        ':' => true,
        '–' | '—' => after.starts_with(' '),
        '-' => rest.starts_with("- ") || rest.starts_with("--"),
        _ => false,
    };
    let behind = rest.trim_start_matches([mark, ' ']);
    if !parted || behind.is_empty() {
        return None;
    }
    let label = Label {
        span: Span::from(start..start + length),
        edtf,
    };
    let begins = start + head.len() - behind.len();
    Some((label, begins as u32))
}

/// Marks behind the place, the day and the agency of a dispatch.
const ENDS: [&str; 7] = [" -- ", "-- ", "--", " - ", " – ", " — ", ": "];

/// Most words of a dateline.
const WORDS: usize = 9;

/// "SEOUL, June 3 (Agency) -- The ministry …": the byte behind the dateline of a dispatch. It says
/// where and when the report was written and belongs to no sentence.
fn dateline(line: usize, piece: &str) -> Option<u32> {
    let mut end = piece.len().min(LONGEST);
    while !piece.is_char_boundary(end) {
        end -= 1;
    }
    let head = &piece[..end];
    let agency = head.find(") ").filter(|&at| {
        let named = head[..at].rsplit_once('(').map_or("", |(_, name)| name);
        !named.is_empty() && named.len() < 12 && named.chars().all(char::is_alphabetic)
    });
    let (place, rest) = match agency {
        Some(at) => (&head[..=at], at + 1),
        None => ENDS
            .iter()
            .filter_map(|mark| head.find(mark).map(|at| (&head[..at], at + mark.len())))
            .min_by_key(|(place, rest)| (place.len(), std::cmp::Reverse(*rest)))?,
    };
    let words: Vec<&str> = place
        .split([' ', ',', '.', '(', ')'])
        .filter(|w| !w.is_empty())
        .collect();
    let large = words
        .iter()
        .all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let shouted = words
        .iter()
        .any(|w| w.len() > 3 && w.chars().all(char::is_uppercase));
    let dashed = head[place.len()..].starts_with("--");
    if words.is_empty() || words.len() > WORDS || !large || !(shouted || dashed || agency.is_some())
    {
        return None;
    }
    let behind = &piece[rest..];
    let text = behind.trim_start_matches([' ', '-', '–', '—', '"', ':']);
    text.starts_with(char::is_uppercase)
        .then(|| (line + piece.len() - text.len()) as u32)
}

/// "2005: …"
fn bare_year(head: &str) -> Option<(Edtf, usize)> {
    let digits = head.bytes().take_while(u8::is_ascii_digit).count();
    let year: i16 = head.get(..digits).filter(|d| d.len() == 4)?.parse().ok()?;
    (1800..=2100).contains(&year).then(|| (Edtf::year(year), 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Vec<&str>, Vec<String>) {
        let (parts, labels) = part(text, &[Span::new(0, text.len() as u32)]);
        (
            parts.iter().map(|p| p.of(text).trim()).collect(),
            labels.iter().map(|l| l.edtf.to_string()).collect(),
        )
    }

    #[test]
    fn cuts_dates_from_the_head_of_entries() {
        let (parts, labels) =
            parts("June 22, 1965: They sign.\n2005 – They stop.\nIn 2006 they meet.");
        assert_eq!(parts, ["They sign.", "They stop.\nIn 2006 they meet."]);
        assert_eq!(labels, ["1965-06-22", "2005"]);
    }

    #[test]
    fn cuts_datelines() {
        for (text, left) in [
            ("SEOUL, June 3 (Agency) -- The two met.", "The two met."),
            ("LIMA - Police arrested six.", "Police arrested six."),
            ("Bern, May 5, XINTA - Envoys met.", "Envoys met."),
            ("UN envoys - who met - left.", "UN envoys - who met - left."),
            ("The plan: Talks go on.", "The plan: Talks go on."),
        ] {
            assert_eq!(parts(text).0, [left], "{text}");
        }
    }

    #[test]
    fn leaves_running_text_alone() {
        let (parts, labels) =
            parts("2005 was a hard year.\nMay 3, 2010 brought talks: few noticed.");
        assert_eq!(parts.len(), 1);
        assert!(labels.is_empty());
    }
}
