//! Where the header ends, if its headline or standfirst reads like running text.
//!
//! "The Bill Is Due. Who Will Pay It?" is a headline because a by-line stands below it.

use super::{Page, byline, dateline, dates, lines::Stop, rows::is_date_line};

/// Lines of running text between which the by-line is looked for.
const MOST_LINES: usize = 4;
/// Words that headline and standfirst have together at most.
const MOST_WORDS: usize = 75;
/// Words of a headline that only a date line follows.
const HEADLINE_WORDS: usize = 20;

/// The first line of the text proper, where `first` is the first that reads like running text:
/// `first` itself, or the first such line after the by-line.
pub(super) fn past(page: &Page<'_>, first: usize) -> usize {
    let above: Vec<usize> = (0..first).filter(|&i| page.open(i)).collect();
    let signed = |i: usize| byline::read(page.text, page.lines[i].span).is_some();
    if above.len() > 5 || above.iter().any(|&i| signed(i)) {
        return first;
    }
    let dated = |i: usize| {
        let found = dates::in_line(page.text, page.lines[i].span, page.order);
        found.iter().any(|d| d.complete) && is_date_line(page, i, &found)
    };
    let dated_above = above.iter().any(|&i| dated(i));
    let (mut words, mut prose) = (0, 0);
    for index in (first..page.lines.len()).filter(|&i| page.open(i)).take(8) {
        let line = &page.lines[index];
        let by = signed(index);
        // Without a by-line, a date right below the one headline will do.
        let date = !by
            && prose == 1
            && above.is_empty()
            && words <= HEADLINE_WORDS
            && !dated_above
            && dated(index)
            // Several such lines are the heads of a chronology.
            && !(index + 1..page.lines.len())
                .filter(|&i| page.open(i) && !page.is_prose(i))
                .take(12)
                .any(dated);
        if by || date {
            let below: Vec<usize> = (index + 1..page.lines.len())
                .filter(|&i| page.open(i) && page.is_prose(i) && !signed(i))
                .collect();
            let rest: usize = below.iter().map(|&i| page.lines[i].weight()).sum();
            return match below.first() {
                Some(&next) if rest >= words => next,
                _ => first,
            };
        }
        if dateline::read(page.text, line.span, page.order).is_some()
            || line.is_entry(page.text)
            || is_chronicle(page, index)
        {
            return first;
        }
        words += line.weight();
        prose += usize::from(page.is_prose(index));
        if prose > MOST_LINES || words > MOST_WORDS {
            return first;
        }
    }
    first
}

/// An entry of a chronology: "August 2: Japan removes the country from its list".
pub(super) fn is_chronicle(page: &Page<'_>, index: usize) -> bool {
    let span = page.lines[index].span;
    let line = span.of(page.text);
    let start = line
        .find(|c: char| c.is_alphanumeric())
        .unwrap_or(line.len());
    // "On 2 August:", "In August:", "Late July:" as well.
    let Some(colon) = line.char_indices().take(60).find_map(|(at, c)| {
        let next = line[at + c.len_utf8()..].chars().next();
        (matches!(c, ':' | '：') && next.is_none_or(char::is_whitespace)).then_some(at)
    }) else {
        return false;
    };
    if colon <= start {
        return false;
    }
    let head = crate::Span::new(span.start + start as u32, span.start + colon as u32);
    let found: Vec<_> = crate::date::find_explicit(head.of(page.text), page.order)
        .into_iter()
        .map(|mut d| {
            d.span = crate::Span::new(d.span.start + head.start, d.span.end + head.start);
            d
        })
        .collect();
    let few = |text: &str| {
        crate::even::even(text).split(' ').all(|w| {
            w.is_empty()
                || super::labels::LABELS.date_words.iter().any(|d| d == w)
                || super::labels::LABELS.not_places.iter().any(|d| d == w)
        })
    };
    let (Some(one), Some(last)) = (found.first(), found.last()) else {
        return false;
    };
    // "Published: 3 May": the colon stands before the date there, and words follow it here.
    few(crate::Span::new(head.start, one.span.start).of(page.text))
        && few(crate::Span::new(last.span.end, head.end).of(page.text))
        && line[colon..].split_whitespace().count() >= 3
        && super::lines::sentence_end(line) != Some(Stop::Colon)
}
