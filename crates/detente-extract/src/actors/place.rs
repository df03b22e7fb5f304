//! Capitals and states as places (codebook 4.2).

use detente_codebook::actors::ReferenceWords;
use detente_syntax::{Deprel, Sentence, Upos};

/// True if the name of a state or capital headed by `token` stands for a place.
pub(super) fn is_place(
    sentence: &Sentence,
    token: usize,
    capital: bool,
    words: &ReferenceWords,
) -> bool {
    let tokens = sentence.tokens();
    // A later conjunct stands as the first does: "in Tokyo and Seoul".
    let mut at = token;
    while tokens[at].deprel == Deprel::Conj {
        match sentence.head(at) {
            Some(head) if !has_case(sentence, at) => at = head,
            _ => break,
        }
    }
    if in_words(sentence, token, words) {
        return true;
    }
    let Some(head) = sentence.head(at) else {
        return false;
    };
    let governor = sentence.lemma(head);
    match tokens[at].deprel {
        Deprel::Obj => words.place_verbs.contains(governor),
        Deprel::Obl | Deprel::Nmod | Deprel::Advmod | Deprel::Root => {
            let cases = sentence
                .children(at)
                .filter(|&c| tokens[c].deprel == Deprel::Case);
            let mut place = false;
            for case in cases {
                let preposition = sentence.lemma(case);
                place |= words.place_prepositions.contains(preposition);
                if matches!(preposition, "to" | "from" | "for") {
                    place |= words.place_nouns.contains(governor)
                        || words.motion_verbs.contains(governor);
                }
            }
            place
        }
        // "The Seoul conference", unless it is the government's: "Seoul policy".
        Deprel::Compound => {
            capital && at + 1 == head && !words.government_things.contains(governor)
        }
        _ => false,
    }
}

/// The words before say so, whatever the tree makes of them: "in Tokyo", "visit to Japan".
fn in_words(sentence: &Sentence, token: usize, words: &ReferenceWords) -> bool {
    let tokens = sentence.tokens();
    let bound = matches!(
        tokens[token].deprel,
        Deprel::NmodPoss | Deprel::Compound | Deprel::Amod
    );
    // The first word of a name of several: "South" of "South Korea".
    let mut first = token;
    while first > 0
        && sentence.head(first - 1) == Some(token)
        && tokens[first - 1].upos != Upos::Adp
    {
        first -= 1;
    }
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    if bound || tokens[before].upos != Upos::Adp {
        return false;
    }
    let preposition = sentence.lemma(before);
    let governed = || {
        before.checked_sub(1).is_some_and(|g| {
            let governor = sentence.lemma(g);
            words.place_nouns.contains(governor) || words.motion_verbs.contains(governor)
        })
    };
    words.place_prepositions.contains(preposition)
        || matches!(preposition, "to" | "from" | "for") && governed()
}

fn has_case(sentence: &Sentence, token: usize) -> bool {
    sentence.child(token, Deprel::Case).is_some()
}
