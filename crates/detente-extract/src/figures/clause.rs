//! Where a clause begins and ends, read from words alone.

use crate::times::Words;

/// Words that open a new clause wherever they stand.
const OPENERS: [&str; 13] = [
    "while", "whereas", "although", "though", "because", "but", "unless", "if", "when", "whether",
    "which", "who", "whom",
];

/// Words that open one after a comma.
const AFTER_COMMA: [&str; 22] = [
    "and",
    "or",
    "as",
    "with",
    "according",
    "compared",
    "which",
    "where",
    "so",
    "yet",
    "up",
    "down",
    "said",
    "says",
    "showed",
    "followed",
    "including",
    "due",
    "since",
    "after",
    "despite",
    "making",
];

/// Subjects that open a clause after a comma.
const PRONOUNS: [&str; 8] = ["it", "they", "he", "she", "we", "there", "i", "those"];

/// Words whose clause follows "that".
const REPORTERS: [&str; 30] = [
    "said",
    "says",
    "say",
    "showed",
    "shows",
    "show",
    "found",
    "finds",
    "reported",
    "reports",
    "noted",
    "stated",
    "announced",
    "indicated",
    "added",
    "explained",
    "stressed",
    "pointed",
    "revealed",
    "fact",
    "out",
    "claimed",
    "argued",
    "believes",
    "estimated",
    "means",
    "mentioned",
    "suggested",
    "told",
    "recalled",
];

/// Longest clause that is looked through on either side, in words.
const REACH: usize = 60;

/// The clause round word `i`: first word and one past the last.
pub(super) fn around(words: &Words, i: usize) -> (usize, usize) {
    (start(words, i), end(words, i))
}

/// First word of the clause that word `i` is in.
pub(super) fn start(words: &Words, i: usize) -> usize {
    let lowest = i.saturating_sub(REACH);
    let mut at = i;
    while at > lowest {
        let before = at - 1;
        if ends_before(words, before, i) {
            break;
        }
        if words.any(before, &OPENERS) || opens_as(words, before) {
            break;
        }
        let reported = before > 0
            && (words.any(before - 1, &REPORTERS) || words.low(before - 1).ends_with("ed"));
        if words.is(before, "that") && reported || tells(words, before) {
            break;
        }
        at = before;
    }
    // "Meanwhile, ..."
    if words.any(
        at,
        &[
            "meanwhile",
            "however",
            "moreover",
            "furthermore",
            "therefore",
            "thus",
            "still",
            "besides",
            "likewise",
            "similarly",
            "overall",
            "also",
        ],
    ) && words.is_sign(at + 1, ",")
        && at + 1 < i
    {
        at += 2;
    }
    // Joining words do not belong to the clause.
    while at < i
        && (words.any(at, &["and", "or", "that", "then", "also", "with", "but"])
            || words.is_sign(at, ","))
    {
        at += 1;
    }
    at
}

/// "data showed exports fell": a verb of telling with the clause right behind it.
fn tells(words: &Words, k: usize) -> bool {
    k > 0
        && words.any(
            k,
            &[
                "showed",
                "shows",
                "said",
                "says",
                "indicated",
                "suggested",
                "found",
                "revealed",
            ],
        )
        && !words.low(k + 1).is_empty()
        && !words.any(
            k + 1,
            &[
                "in", "on", "by", "that", "to", "last", "at", "this", "earlier", "for", "no",
            ],
        )
}

/// "as exports fell", not "such as exports", "as well as exports", "as a result".
fn opens_as(words: &Words, k: usize) -> bool {
    let compares = k > 0
        && words.any(
            k - 1,
            &[
                "such",
                "as",
                "well",
                "same",
                "known",
                "far",
                "long",
                "regarded",
                "seen",
                "serve",
                "served",
                "described",
                "much",
                "many",
                "high",
                "low",
            ],
        );
    words.is(k, "as")
        && !compares
        && !words.any(k + 1, &["a", "an", "of", "to", "for", "part", "well"])
}

/// True if the sign at `k` parts what stands before it from word `i`.
fn ends_before(words: &Words, k: usize, i: usize) -> bool {
    if words.is_sign(k, ";:—(“\"") {
        return true;
    }
    if !words.is_sign(k, ",") {
        return false;
    }
    // A comma parts if a new clause opens after it, or if a speaker's frame stands before it.
    k < i && (words.any(k + 1, &AFTER_COMMA) || words.any(k + 1, &PRONOUNS) || is_frame(words, k))
}

/// "According to the ministry, ..." and "The minister said, ...".
fn is_frame(words: &Words, comma: usize) -> bool {
    let lowest = comma.saturating_sub(20);
    (lowest..comma)
        .rev()
        .any(|k| words.all(k, &["according", "to"]))
        || comma > 0 && words.any(comma - 1, &REPORTERS)
}

/// "..., customs figures showed": who tells it, behind the clause.
fn is_teller(words: &Words, first: usize) -> bool {
    let verb = (first + 1..first + 9)
        .take_while(|&i| words.sign(i).is_none_or(|_| words.hyphen(i)))
        .find(|&i| words.any(i, &REPORTERS));
    verb.is_some_and(|verb| {
        verb + 1 >= words.len()
            || words.sign(verb + 1).is_some()
            || words.any(verb + 1, &["on", "in", "last", "earlier", "this", "at"])
            || words.date(verb + 1).is_some()
    })
}

/// One past the last word of the clause that word `i` is in.
pub(super) fn end(words: &Words, i: usize) -> usize {
    let highest = (i + REACH).min(words.len());
    let mut at = i + 1;
    while at < highest {
        let stops = words.is_sign(at, ";:—)”\"!?")
            || words.is_sign(at, ".") && (at + 1 >= words.len() || words.list[at + 1].spaced)
            || words.is_sign(at, ",") && words.any(at + 1, &PRONOUNS)
            || words.any(at, &["despite", "amid"])
            || words.all(at, &["according", "to"])
            || words.is_sign(at, ",") && is_teller(words, at + 1)
            || words.all(at, &["in", "spite", "of"])
            || words.is_sign(at, ",")
                && (words.any(at + 1, &AFTER_COMMA) || words.any(at + 1, &OPENERS))
            || words.any(
                at,
                &[
                    "while", "whereas", "although", "though", "but", "which", "who",
                ],
            );
        if stops {
            break;
        }
        at += 1;
    }
    trim_end(words, i + 1, at)
}

/// Without joining words and signs at the end.
pub(super) fn trim_end(words: &Words, lowest: usize, mut end: usize) -> usize {
    while end > lowest
        && (words.any(end - 1, &["and", "or", "but", "while", "with"])
            || words.is_sign(end - 1, ",.;:!?\"”’'—"))
    {
        end -= 1;
    }
    end
}
