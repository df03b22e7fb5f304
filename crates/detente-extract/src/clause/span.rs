//! Which stretch of text carries a clause (codebook 2.1).

use detente_syntax::{Deprel, Sentence, Upos};
use detente_text::Span;

/// The text from token `first` to token `last`.
pub(crate) fn tokens_span(sentence: &Sentence, first: usize, last: usize) -> Span {
    sentence.tokens()[first]
        .span
        .cover(sentence.tokens()[last].span)
}

/// The tokens `[first, last]` of the clause or phrase headed by `head`, without the subtrees that
/// `leave_out` names, without the marks that tie it to its surroundings and without the punctuation
/// round it. Where something left out parts the rest, the stretch round the head is taken.
pub(crate) fn quote(
    sentence: &Sentence,
    head: usize,
    leave_out: &dyn Fn(usize) -> bool,
) -> (usize, usize) {
    let n = sentence.len();
    let mut inside = vec![false; n];
    let mut open = vec![head];
    while let Some(at) = open.pop() {
        inside[at] = true;
        open.extend(
            sentence
                .children(at)
                .filter(|&c| (at != head || !ties(sentence, head, c)) && !leave_out(c)),
        );
    }
    let (mut first, mut last) = (head, head);
    while first > 0 && (inside[first - 1] || bridges(sentence, &inside, first - 1)) {
        first -= 1;
    }
    while last + 1 < n && (inside[last + 1] || bridges_right(sentence, &inside, last + 1)) {
        last += 1;
    }
    trim(sentence, head, first, last)
}

/// Marks that tie a clause to its surroundings and are no part of the fact: "that", "and", "but".
fn ties(sentence: &Sentence, head: usize, child: usize) -> bool {
    let token = &sentence.tokens()[child];
    match token.deprel {
        Deprel::Mark => child < head && sentence.lemma(child) != "to",
        Deprel::Cc | Deprel::CcPreconj => child < head,
        Deprel::Punct => false,
        Deprel::Discourse | Deprel::Vocative => true,
        _ => false,
    }
}

/// Punctuation that belongs to another head but stands inside the clause does not part it.
fn bridges(sentence: &Sentence, inside: &[bool], at: usize) -> bool {
    sentence.tokens()[at].upos == Upos::Punct && at > 0 && inside[at - 1]
}

fn bridges_right(sentence: &Sentence, inside: &[bool], at: usize) -> bool {
    sentence.tokens()[at].upos == Upos::Punct && at + 1 < inside.len() && inside[at + 1]
}

/// Drops punctuation at both ends; closing brackets and quotes stay if their opening is inside.
fn trim(sentence: &Sentence, head: usize, mut first: usize, mut last: usize) -> (usize, usize) {
    let tokens = sentence.tokens();
    let punct = |i: usize| matches!(tokens[i].upos, Upos::Punct | Upos::Cconj);
    while first < head && punct(first) && !opens_inside(sentence, first, last) {
        first += 1;
    }
    while last > head && punct(last) && !closes_inside(sentence, first, last) {
        last -= 1;
    }
    (first, last)
}

fn pair(lemma: &str) -> Option<(&'static [&'static str], bool)> {
    // (the other side, is it an opening one)
    match lemma {
        "(" | "-lrb-" => Some((&[")", "-rrb-"], true)),
        ")" | "-rrb-" => Some((&["(", "-lrb-"], false)),
        "“" | "‘" => Some((&["”", "’"], true)),
        "”" => Some((&["“"], false)),
        "’" => Some((&["‘"], false)),
        "\"" => Some((&["\""], true)),
        _ => None,
    }
}

/// The opening mark at `first` has its partner before `last`.
fn opens_inside(sentence: &Sentence, first: usize, last: usize) -> bool {
    let mark = sentence.lemma(first);
    pair(mark).is_some_and(|(partner, opening)| {
        opening && (first + 1..last).any(|i| partner.contains(&sentence.lemma(i)))
    })
}

/// The closing mark at `last` has its partner after `first`.
fn closes_inside(sentence: &Sentence, first: usize, last: usize) -> bool {
    let mark = sentence.lemma(last);
    pair(mark).is_some_and(|(partner, opening)| {
        (!opening || mark == "\"")
            && (first..last)
                .filter(|&i| partner.contains(&sentence.lemma(i)))
                .count()
                % 2
                == 1
    })
}
