//! Capitals and states as places (codebook 4.2).

use detente_codebook::actors::ReferenceWords;
use detente_syntax::{Deprel, Sentence};

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

fn has_case(sentence: &Sentence, token: usize) -> bool {
    sentence.child(token, Deprel::Case).is_some()
}
