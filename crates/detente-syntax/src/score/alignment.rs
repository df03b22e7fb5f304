//! Which word found is which word of the treebank: the alignment of the CoNLL 2018 shared task.

use std::ops::Range;

/// A word with the letters that it covers, counted without white space from the start of the
/// document. Words of a contraction all cover the whole contraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place<'t> {
    pub(super) start: u32,
    pub(super) end: u32,
    /// True for words of a contraction.
    pub(super) within: bool,
    pub(super) form: &'t str,
}

/// Pairs of indices in rising order: the word of `gold` and the word of `found` that are one.
///
/// Words are one if they cover the same letters. Where either side has a contraction, the words
/// over its letters are aligned by the longest common subsequence of their forms, case aside.
pub(super) fn align(gold: &[Place<'_>], found: &[Place<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(gold.len().min(found.len()));
    let (mut g, mut f) = (0, 0);
    while g < gold.len() && f < found.len() {
        let (a, b) = (gold[g], found[f]);
        if a.within || b.within {
            let (gold_words, found_words) = stretch(gold, found, &mut g, &mut f);
            if !gold_words.is_empty() && !found_words.is_empty() {
                subsequence(gold, found, gold_words, found_words, &mut pairs);
            }
        } else if (a.start, a.end) == (b.start, b.end) {
            pairs.push((g, f));
            g += 1;
            f += 1;
        } else if a.start <= b.start {
            g += 1;
        } else {
            f += 1;
        }
    }
    pairs
}

/// Words of both sides over the letters of a contraction at `g` or `f`, which are moved behind it.
/// A contraction that reaches further draws in what it covers.
fn stretch(
    gold: &[Place<'_>],
    found: &[Place<'_>],
    g: &mut usize,
    f: &mut usize,
) -> (Range<usize>, Range<usize>) {
    let (a, b) = (gold[*g], found[*f]);
    let mut end = if a.within { a.end } else { b.end };
    // A whole word that begins before the contraction stands outside.
    if a.within && !b.within && b.start < a.start {
        *f += 1;
    } else if !a.within && a.start < b.start {
        *g += 1;
    }
    let (first_gold, first_found) = (*g, *f);
    let covered = |word: Option<&Place<'_>>, end: u32| {
        word.is_some_and(|w| {
            if w.within {
                w.start < end
            } else {
                w.end <= end
            }
        })
    };
    while covered(gold.get(*g), end) || covered(found.get(*f), end) {
        let from_gold = match (gold.get(*g), found.get(*f)) {
            (Some(a), Some(b)) => a.start <= b.start,
            (a, _) => a.is_some(),
        };
        let (side, at) = if from_gold {
            (gold, &mut *g)
        } else {
            (found, &mut *f)
        };
        if side[*at].within {
            end = end.max(side[*at].end);
        }
        *at += 1;
    }
    (first_gold..*g, first_found..*f)
}

fn subsequence(
    gold: &[Place<'_>],
    found: &[Place<'_>],
    gold_words: Range<usize>,
    found_words: Range<usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let (n, m) = (gold_words.len(), found_words.len());
    let equal = |i: usize, j: usize| {
        let (a, b) = (gold[gold_words.start + i], found[found_words.start + j]);
        a.form.to_lowercase() == b.form.to_lowercase()
    };
    // longest[i][j]: of the words from i and from j on.
    let mut longest = vec![0usize; (n + 1) * (m + 1)];
    let at = |i: usize, j: usize| i * (m + 1) + j;
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            longest[at(i, j)] = if equal(i, j) {
                1 + longest[at(i + 1, j + 1)]
            } else {
                longest[at(i + 1, j)].max(longest[at(i, j + 1)])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        if equal(i, j) {
            pairs.push((gold_words.start + i, found_words.start + j));
            i += 1;
            j += 1;
        } else if longest[at(i, j)] == longest[at(i + 1, j)] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words parted by spaces; `don't=do+n't` is a contraction.
    fn places(words: &str) -> Vec<Place<'_>> {
        let (mut places, mut at) = (Vec::new(), 0);
        for word in words.split(' ') {
            let (form, parts) = word.split_once('=').unwrap_or((word, word));
            let (start, end) = (at, at + form.chars().count() as u32);
            let within = form != parts;
            let split = parts.split('+');
            let place = |form| Place {
                start,
                end,
                within,
                form,
            };
            places.extend(split.map(place));
            at = end;
        }
        places
    }

    #[test]
    fn counts_as_the_shared_task_does() {
        for (gold, found, pairs) in [
            ("we go", "we go", 2),
            ("abcd", "a b c d", 0),
            ("abc d", "a b c d", 1),
            ("a bc d", "a b c d", 2),
            // A contraction on one side, on both, and two that overlap.
            ("don't=do+n't go", "do n't go", 3),
            ("do n't go", "don't=do+n't go", 3),
            ("abcd=a+b+c+d", "ab=a+b cd=c+d", 4),
            ("abc=a+b+c de=d+e", "a bcd=b+c+d e", 5),
            // Forms that are not the letters; words that reach over the contraction's end.
            ("Don't=DO+not go", "don't=do+n't go", 2),
            ("a bc=b+c d", "a b cd", 2),
            ("x ab=a+b", "xa b", 1),
        ] {
            let found_pairs = align(&places(gold), &places(found));
            assert_eq!(found_pairs.len(), pairs, "{gold} | {found}");
        }
    }

    #[test]
    fn nothing_against_nothing() {
        assert_eq!(align(&[], &places("a")), []);
        assert_eq!(align(&places("a"), &[]), []);
    }
}
