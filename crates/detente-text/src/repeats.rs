//! Passages that stand twice within a document.
//!
//! The text is cut into sentences, each is evened out and hashed, and equal sentences in equal
//! order are joined to runs. All is done in one pass over a table of hashes. The first place is the
//! first that takes part in coding; a dropped copy (a caption that repeats the text) is listed as a
//! later place even if it stands before it.

use std::collections::HashMap;

use crate::{
    Dropped, Repeat, Span,
    even::even,
    hash::hash,
    layout::lines::{is_east, lines},
    sentences::sentences,
};

/// Words that a sentence needs to be told again by accident no longer.
const LEAST_WORDS: usize = 8;
/// Likewise in characters of East Asian scripts.
const LEAST_EAST: usize = 20;

struct Unit {
    span: Span,
    hash: u64,
    long: bool,
    dropped: bool,
}

/// True if `text` is long enough that its second printing is a copy.
pub(crate) fn is_long(text: &str) -> bool {
    let east = text
        .chars()
        .filter(|c| is_east(*c))
        .take(LEAST_EAST)
        .count();
    east >= LEAST_EAST || text.split_whitespace().take(LEAST_WORDS).count() >= LEAST_WORDS
}

/// The sentences of `text`, cut also where dropped stretches begin and end.
pub(crate) fn cut(text: &str, dropped: &[Dropped]) -> Vec<(Span, bool)> {
    let mut out = Vec::new();
    let mut next = 0;
    for line in lines(text, &[]) {
        while next < dropped.len() && dropped[next].span.end <= line.span.start {
            next += 1;
        }
        let mut at = line.span.start;
        let mut index = next;
        while at < line.span.end {
            let gap = dropped
                .get(index)
                .map(|d| d.span)
                .filter(|d| d.start < line.span.end);
            let (end, is_dropped) = match gap {
                Some(gap) if gap.start > at => (gap.start, false),
                Some(gap) => {
                    index += 1;
                    (gap.end.min(line.span.end), true)
                }
                None => (line.span.end, false),
            };
            for span in sentences(text, Span::new(at, end)) {
                out.push((span, is_dropped));
            }
            at = end.max(at);
        }
    }
    out
}

/// Finds the repeats of `text`, ordered by their later place.
pub(crate) fn find(text: &str, dropped: &[Dropped]) -> Vec<Repeat> {
    let units: Vec<Unit> = cut(text, dropped)
        .into_iter()
        .map(|(span, dropped)| Unit {
            span,
            hash: hash(even(span.of(text)).as_bytes()),
            long: is_long(span.of(text)),
            dropped,
        })
        .collect();
    let mut first: HashMap<u64, usize> = HashMap::new();
    for (index, unit) in units.iter().enumerate() {
        if unit.long && !unit.dropped {
            first.entry(unit.hash).or_insert(index);
        }
    }
    // Hashes of hostile texts may collide, so the words are compared as well.
    let same = |a: usize, b: usize| {
        units[a].hash == units[b].hash
            && even(units[a].span.of(text)) == even(units[b].span.of(text))
    };
    let mut out = Vec::new();
    let mut done = 0;
    let mut index = 0;
    while index < units.len() {
        let found = units[index]
            .long
            .then(|| first.get(&units[index].hash).copied())
            .flatten();
        let Some(origin) = found.filter(|&o| o != index && same(o, index)) else {
            index += 1;
            continue;
        };
        let fits = |o: usize, i: usize| {
            !units[o].dropped && units[i].dropped == units[index].dropped && same(o, i)
        };
        let mut back = 0;
        while index > done + back
            && origin > back
            && (origin < index || index > back + 1)
            && fits(origin - back - 1, index - back - 1)
            && (origin > index || index - back > origin + 1)
        {
            back += 1;
        }
        let mut length = 1;
        let distance = origin.abs_diff(index);
        while length + back < distance
            && index + length < units.len()
            && origin + length < units.len()
            && fits(origin + length, index + length)
        {
            length += 1;
        }
        let cover = |from: usize, to: usize| units[from].span.cover(units[to].span);
        out.push(Repeat {
            first: cover(origin - back, origin + length - 1),
            again: cover(index - back, index + length - 1),
        });
        index += length;
        done = index;
    }
    out.sort_by_key(|r| (r.again, r.first));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DropReason;

    const A: &str = "The two ministers met in the capital and agreed to keep talking about trade.";
    const B: &str = "Both said so.";
    const C: &str = "The opposition called the meeting a waste of time and of money for everybody.";

    #[test]
    fn joins_equal_sentences_to_one_run() {
        let text = format!(
            "{A} {B}\n\n{C}\n{}  {B}\n\n{C}",
            A.replace("the capital", "“the  capital”")
        );
        let repeats = find(&text, &[]);
        assert_eq!(repeats.len(), 1);
        assert!(
            repeats[0].again.of(&text).starts_with("The two")
                && repeats[0].again.of(&text).ends_with(C)
        );
        assert_eq!(repeats[0].first.of(&text), format!("{A} {B}\n\n{C}"));
    }

    #[test]
    fn takes_short_sentences_before_a_long_one_along() {
        let text = format!("{B} {A}\nBetween them stands this.\n{B} {A}\n{C}");
        let repeats = find(&text, &[]);
        assert_eq!(repeats.len(), 1);
        assert_eq!(repeats[0].again.of(&text), format!("{B} {A}"));
    }

    #[test]
    fn a_caption_is_the_later_place() {
        let text = format!("{A}\n\n{C} {A}");
        let caption = Dropped {
            span: Span::new(0, A.len() as u32),
            reason: DropReason::Caption,
        };
        let repeats = find(&text, std::slice::from_ref(&caption));
        assert_eq!(repeats.len(), 1);
        assert_eq!(repeats[0].again, caption.span);
        assert!(repeats[0].first.start > caption.span.end);
    }

    #[test]
    fn the_same_line_many_times_takes_linear_time() {
        let text = format!("{A}\n").repeat(20_000);
        let repeats = find(&text, &[]);
        assert!(!repeats.is_empty() && repeats.len() < 20_000);
    }
}
