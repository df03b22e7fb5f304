//! The further places of a fact whose passage the document prints again (codebook 7).

use detente_text::{CodePoints, Document, Span};

use crate::Fact;

/// Adds to each fact the places where a repeated passage prints its quote again.
pub(crate) fn complete(document: &Document, points: &CodePoints<'_>, facts: &mut [Fact]) {
    if document.repeats.is_empty() {
        return;
    }
    for fact in facts {
        let span = points.bytes(fact.start, fact.end);
        for repeat in document.repeats.iter().filter(|r| r.first.contains(span)) {
            if let Some(again) = again(&document.text, repeat.first, repeat.again, span) {
                fact.occurrences.push(points.span(again));
            }
        }
        fact.occurrences.sort_unstable();
        fact.occurrences.dedup();
    }
}

/// Where `span` of the passage `first` stands in its copy: the same words nearest to the same
/// distance from the start, white space and quotation marks evened out.
fn again(text: &str, first: Span, copy: Span, span: Span) -> Option<Span> {
    let wanted = evened(span.of(text));
    if wanted.is_empty() {
        return None;
    }
    let mut hay = Vec::new();
    let mut places = Vec::new();
    for (at, c) in copy.of(text).char_indices() {
        if let Some(c) = even(c) {
            hay.push(c);
            places.push((
                copy.start + at as u32,
                c_len(text, copy.start as usize + at),
            ));
        }
    }
    let expected = evened(Span::new(first.start, span.start).of(text)).len();
    let window = wanted.len() + 64;
    let from = expected.saturating_sub(window);
    (from..hay.len().min(expected + window))
        .filter(|&at| hay[at..].starts_with(&wanted))
        .min_by_key(|at| at.abs_diff(expected))
        .map(|at| {
            let (last, length) = places[at + wanted.len() - 1];
            Span::new(places[at].0, last + length)
        })
}

fn c_len(text: &str, at: usize) -> u32 {
    text[at..].chars().next().map_or(0, char::len_utf8) as u32
}

/// Letters and digits in lower case; all else is left out.
fn even(c: char) -> Option<char> {
    c.is_alphanumeric()
        .then(|| c.to_lowercase().next().unwrap_or(c))
}

fn evened(text: &str) -> Vec<char> {
    text.chars().filter_map(even).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_place_in_the_copy() {
        let text = "Seoul welcomed “the visit”. END Seoul  welcomed \"the visit\".";
        let first = Span::new(0, text.find(" END").unwrap() as u32);
        let copy = Span::new(text.rfind("Seoul").unwrap() as u32, text.len() as u32);
        let quote = Span::new(6, text.find('”').unwrap() as u32);
        let found = again(text, first, copy, quote).unwrap();
        assert_eq!(found.of(text), "welcomed \"the visit");
    }
}
