//! Pull quotes: lines of nothing but a quotation that the text holds as part of a sentence.

use crate::{
    Dropped, Repeat, Span,
    even::even,
    layout::lines::{Line, lines},
};

/// Words of a quotation that can stand twice by accident no longer.
const LEAST_WORDS: usize = 6;
/// Words of a pull quote at most.
const MOST_WORDS: usize = 50;
/// Pull quotes that are looked for: a page has few, and each is compared with the whole text.
const MOST_QUOTES: usize = 16;

/// Finds the pull quotes among the lines that were not dropped; `known` are repeats found before.
pub(crate) fn find(text: &str, dropped: &[Dropped], known: &[Repeat]) -> Vec<Repeat> {
    let lines = lines(text, dropped);
    let open = |line: &&Line| line.mark.is_none();
    let quotes: Vec<(Span, Vec<String>)> = lines
        .iter()
        .filter(open)
        .filter(|line| is_quotation(line.span.of(text)))
        .filter(|line| {
            !known
                .iter()
                .any(|r| overlap(r.again, line.span) || overlap(r.first, line.span))
        })
        .map(|line| {
            (
                line.span,
                evened(text, line.span).into_iter().map(|w| w.0).collect(),
            )
        })
        .filter(|(_, words): &(_, Vec<String>)| (LEAST_WORDS..=MOST_WORDS).contains(&words.len()))
        .take(MOST_QUOTES)
        .collect();
    if quotes.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Option<Span>> = vec![None; quotes.len()];
    for line in lines.iter().filter(open) {
        let words = evened(text, line.span);
        for (place, (span, quote)) in quotes.iter().enumerate() {
            // The sentence around it is longer; copies of whole lines are found elsewhere.
            if found[place].is_some() || *span == line.span || words.len() <= quote.len() {
                continue;
            }
            let at = words
                .windows(quote.len())
                .position(|w| w.iter().zip(quote).all(|(a, b)| a.0 == *b));
            found[place] = at.map(|at| words[at].1.cover(words[at + quote.len() - 1].1));
        }
    }
    quotes
        .iter()
        .zip(found)
        .filter_map(|((again, _), first)| {
            let first = first?;
            Some(Repeat {
                first,
                again: *again,
            })
        })
        .collect()
}

fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// True if the line begins and ends with quotation marks and holds no others.
fn is_quotation(line: &str) -> bool {
    const OPEN: [char; 3] = ['“', '"', '‘'];
    const CLOSE: [char; 3] = ['”', '"', '’'];
    let bare = line.trim_matches(['*', '_', '>', ' ']);
    let inner = bare
        .strip_prefix(OPEN)
        .and_then(|rest| rest.strip_suffix(CLOSE));
    inner.is_some_and(|inner| !inner.contains(['“', '”', '"']))
}

/// The words of `span`, evened out, with their places.
fn evened(text: &str, span: Span) -> Vec<(String, Span)> {
    let line = span.of(text);
    let mut out = Vec::new();
    for word in line.split_whitespace() {
        let start = span.start + (word.as_ptr() as usize - line.as_ptr() as usize) as u32;
        let place = Span::new(start, start + word.len() as u32);
        let even = even(word);
        out.extend(
            even.split(' ')
                .filter(|w| !w.is_empty())
                .map(|w| (w.to_owned(), place)),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_of_the_text_is_its_copy() {
        let text = "The envoy said that “we shall open the ferry line again in May,” and left.\n\n\
            “We shall open the ferry line again in May”\n\n“We shall never open that ferry line again”\n";
        let found = find(text, &[], &[]);
        assert_eq!(found.len(), 1);
        assert!(found[0].again.of(text).starts_with("“We shall open"));
        assert!(found[0].first.of(text).starts_with("“we shall open"));
    }

    #[test]
    fn many_quotations_take_linear_time() {
        let text = "“a b c d e f g h”\n".repeat(20_000);
        assert!(find(&text, &[], &[]).is_empty());
    }
}
