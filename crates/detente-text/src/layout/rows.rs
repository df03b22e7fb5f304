//! Lines made of several short parts: breadcrumb trails, rows of buttons, outlet beside date.

use super::{Page, dates, labels::LABELS, names};
use crate::{DropReason, Span, date::FoundDate, even::even};

/// The pieces of a row of labels: "News > World", "[Print] [Clip]", "A | B".
pub(super) fn pieces(text: &str, span: Span) -> Vec<Span> {
    let line = span.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let cuts = line
        .char_indices()
        .filter(|(i, c)| {
            matches!(
                c,
                '|' | '·'
                    | '•'
                    | '['
                    | ']'
                    | '>'
                    | '›'
                    | '»'
                    | '*'
                    | ','
                    | '、'
                    | '　'
                    | '\t'
                    | '—'
                    | '–'
            ) || (matches!(c, '/' | '-') && line[..*i].ends_with(' '))
        })
        .map(|(i, c)| (i, i + c.len_utf8()))
        .chain([(line.len(), line.len())]);
    for (end, next) in cuts {
        let piece = Span::new(span.start + start as u32, span.start + end as u32).trimmed(text);
        if !piece.is_empty() {
            out.push(piece);
        }
        start = next;
    }
    out
}

/// A row of labels or a breadcrumb trail: its reason, and the outlet if it names one.
pub(super) fn row(page: &Page<'_>, index: usize) -> Option<(DropReason, Option<Span>)> {
    let span = page.lines[index].span;
    let line = span.of(page.text);
    if page.lines[index].weight() > 16 {
        return None;
    }
    let parts = pieces(page.text, span);
    if parts.len() < 2 {
        return None;
    }
    let outlet = parts.iter().copied().find(|p| {
        let text = p.of(page.text);
        names::is_outlet(text) && LABELS.find(&even(text), 3, false).is_none()
    });
    if line.contains(['>', '›', '»']) {
        return Some((DropReason::Navigation, outlet));
    }
    let reasons: Vec<DropReason> = parts
        .iter()
        .filter_map(|p| {
            let even = even(p.of(page.text));
            (!even.is_empty())
                .then(|| LABELS.find(&even, 3, false))?
                .map(|l| l.reason)
        })
        .collect();
    let rest =
        parts.len() - reasons.len() - usize::from(outlet.is_some() && reasons.len() < parts.len());
    (rest == 0).then(|| {
        (
            reasons.first().copied().unwrap_or(DropReason::Label),
            outlet,
        )
    })
}

/// Without the marks of emphasis and headings in Markdown.
pub(super) fn bare(text: &str, span: Span) -> Span {
    let line = span.of(text);
    let front = line.trim_start_matches(['*', '_', '#', ' ']);
    let start = span.start + (line.len() - front.len()) as u32;
    let inner = front.trim_end_matches(['*', '_', ' ']);
    if inner.is_empty() {
        return span;
    }
    Span::new(start, start + inner.len() as u32)
}

/// The dates that lie in `span`: `found` is in order.
fn found_in(found: &[FoundDate], span: Span) -> &[FoundDate] {
    let from = found.partition_point(|d| d.span.start < span.start);
    let to = found.partition_point(|d| d.span.end <= span.end);
    &found[from.min(to)..to]
}

/// A line with a date and little else: "The Harbor Times, 3 March 2019".
pub(super) fn is_date_line(page: &Page<'_>, index: usize, found: &[FoundDate]) -> bool {
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return false;
    };
    let span = bare(page.text, page.lines[index].span);
    let rest = dates::rest_of(page.text, span, found);
    if super::opening::is_chronicle(page, index) && !found.is_empty() && rest > 0 {
        return false;
    }
    // "A B | Commentary | C Institute | 14 March 2016": the bars make it one.
    let barred = pieces(page.text, span);
    let whole = |p: &Span| found.iter().any(|d| d.complete && p.contains(d.span));
    if span.of(page.text).contains(['|', '•', '·'])
        && page.lines[index].weight() <= 28
        && barred.len() >= 2
        && barred
            .iter()
            .any(|p| whole(p) && dates::rest_of(page.text, *p, found_in(found, *p)) <= 1)
        && barred
            .iter()
            .all(|p| p.of(page.text).split_whitespace().count() <= 8)
    {
        return true;
    }
    let after = Span::new(last.span.end, span.end);
    let before = Span::new(span.start, first.span.start);
    let at_edge =
        dates::rest_of(page.text, before, &[]) == 0 || dates::rest_of(page.text, after, &[]) == 0;
    rest <= 3
        || (at_edge
            && found.iter().any(|d| d.complete)
            && rest <= 8
            && page.lines[index].weight() <= 16)
}
