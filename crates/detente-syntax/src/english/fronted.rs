//! A subject lost in the phrase before it: "In early May Tokyo protested".
//!
//! Without a comma the network often takes the subject for the end of the phrase in front of it. A
//! main verb in the past, or with an auxiliary, has a subject in English; where it has none, the
//! noun phrase just before it is the one.

use detente_text::date::{MONTHS, WEEKDAYS};

use crate::{Deprel, Sentence, Tense, Upos, VerbForm};

/// Gives `verb` the subject that stands just before it, if it has none; true if the tree changed.
pub(super) fn subject(text: &str, sentence: &mut Sentence, verb: usize) -> bool {
    if !wants_subject(sentence, verb) {
        return false;
    }
    let Some(before) = (0..verb).rev().find(|&i| {
        let token = &sentence.tokens()[i];
        !(matches!(token.upos, Upos::Aux | Upos::Adv | Upos::Part)
            && sentence.head(i) == Some(verb))
    }) else {
        return false;
    };
    let Some((first, head)) = unmarked(text, sentence, verb, before)
        .or_else(|| behind_comma(text, sentence, verb, before))
        .or_else(|| last_phrase(text, sentence, before))
    else {
        return false;
    };
    // Something must be left of the phrase in front.
    if is_alone(sentence, first) {
        return false;
    }
    move_subject(sentence, verb, first, head, before);
    true
}

/// "The Union, Norway and Mali imposed", "Denmark, whose stocks are empty, delivered": a sentence
/// headed by a name, with a finite verb joined to it that has no subject of its own: the name is the
/// subject and the verb heads the sentence.
pub(super) fn headless(sentence: &mut Sentence) -> bool {
    if sentence.is_empty() {
        return false;
    }
    let root = sentence.root();
    let name = matches!(sentence.tokens()[root].upos, Upos::Noun | Upos::Propn)
        && sentence.child(root, Deprel::Cop).is_none()
        && sentence.child(root, Deprel::Nsubj).is_none();
    if !name {
        return false;
    }
    let Some(verb) = (root + 1..sentence.len()).find(|&v| {
        let token = &sentence.tokens()[v];
        let joined = sentence.head(v).is_some_and(|h| {
            h == root
                || sentence.head(h) == Some(root)
                    && matches!(
                        sentence.tokens()[h].deprel,
                        Deprel::AclRelcl | Deprel::Acl | Deprel::Conj
                    )
        });
        let bare = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Cc]
            .iter()
            .all(|&r| sentence.child(v, r).is_none());
        token.upos == Upos::Verb
            && token.deprel == Deprel::Conj
            && token.feats.verb_form == VerbForm::Fin
            && token.feats.tense == Tense::Past
            && joined
            && bare
    }) else {
        return false;
    };
    let behind: Vec<usize> = sentence.children(root).filter(|&c| c > verb).collect();
    sentence.attach(verb, verb, Deprel::Root);
    sentence.attach(root, verb, Deprel::Nsubj);
    for child in behind {
        let deprel = sentence.tokens()[child].deprel;
        sentence.attach(child, verb, deprel);
    }
    true
}

fn wants_subject(sentence: &Sentence, verb: usize) -> bool {
    let token = &sentence.tokens()[verb];
    let main = matches!(
        token.deprel,
        Deprel::Root | Deprel::Ccomp | Deprel::Parataxis
    );
    let mut has_subject = false;
    let mut helped = false;
    for child in sentence.children(verb) {
        match sentence.tokens()[child].deprel {
            Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::NsubjOuter
            | Deprel::Csubj
            | Deprel::CsubjPass
            | Deprel::Expl => has_subject = true,
            Deprel::Aux | Deprel::AuxPass => helped = true,
            _ => {}
        }
    }
    let past = token.feats.tense == Tense::Past && token.feats.verb_form == VerbForm::Fin;
    main && !has_subject && (past || helped)
}

/// "On Monday Tokyo criticised": a noun without a preposition that hangs on the verb itself.
fn unmarked(text: &str, sentence: &Sentence, verb: usize, before: usize) -> Option<(usize, usize)> {
    let head = sentence.children(verb).rev().find(|&c| c < verb)?;
    let token = &sentence.tokens()[head];
    let bare = matches!(token.deprel, Deprel::Obl | Deprel::OblUnmarked)
        && matches!(token.upos, Upos::Noun | Upos::Propn)
        && sentence.child(head, Deprel::Case).is_none()
        && !is_time(text, sentence, head);
    let (first, last) = sentence.subtree(head);
    (bare && last == before && first > 0).then_some((first, head))
}

/// "In London, Kuwait and Iraq agreed": what follows the comma is not joined to the place.
fn behind_comma(
    text: &str,
    sentence: &Sentence,
    verb: usize,
    before: usize,
) -> Option<(usize, usize)> {
    let front = sentence.children(verb).find(|&c| {
        c < verb
            && sentence.tokens()[c].deprel == Deprel::Obl
            && sentence.child(c, Deprel::Case).is_some()
    })?;
    let comma = (front + 1..before).find(|&i| sentence.tokens()[i].span.of(text) == ",")?;
    let head = sentence.children(front).find(|&c| {
        c > comma
            && matches!(
                sentence.tokens()[c].deprel,
                Deprel::Conj | Deprel::Appos | Deprel::Nmod
            )
            && sentence.child(c, Deprel::Case).is_none()
    })?;
    let (first, _) = sentence.subtree(head);
    let one_comma = (comma + 1..before).all(|i| sentence.tokens()[i].span.of(text) != ",");
    (one_comma && first == comma + 1).then_some((comma + 1, head))
}

/// The last noun phrase before the verb that stands under no preposition of its own.
fn last_phrase(text: &str, sentence: &Sentence, before: usize) -> Option<(usize, usize)> {
    let mut head = before;
    loop {
        let first = start_of(text, sentence, head)?;
        let previous = first.checked_sub(1)?;
        if sentence.tokens()[previous].upos != Upos::Adp {
            return Some((first, head));
        }
        // "Shoppers in Seoul boycotted": the phrase above it.
        head = sentence.head(head).filter(|&h| h < previous)?;
    }
}

/// Where the noun phrase that ends in `head` begins: behind a name of time, behind another noun
/// where a name begins, at its article.
fn start_of(text: &str, sentence: &Sentence, head: usize) -> Option<usize> {
    let tokens = sentence.tokens();
    if !matches!(tokens[head].upos, Upos::Noun | Upos::Propn) || is_time(text, sentence, head) {
        return None;
    }
    let mut first = head;
    while first > 0 {
        let (left, right) = (&tokens[first - 1], &tokens[first]);
        let joins = match left.upos {
            _ if is_time(text, sentence, first - 1) => false,
            Upos::Propn => !matches!(right.upos, Upos::Adj | Upos::Det | Upos::Num),
            Upos::Noun => right.upos == Upos::Noun,
            Upos::Adj | Upos::Num => right.upos != Upos::Det,
            Upos::Det => true,
            _ => false,
        };
        if !joins || right.upos == Upos::Det {
            break;
        }
        first -= 1;
    }
    Some(first)
}

fn is_time(text: &str, sentence: &Sentence, i: usize) -> bool {
    let form = sentence.tokens()[i].span.of(text);
    let year = form.len() == 4 && form.bytes().all(|b| b.is_ascii_digit());
    let name = form.strip_prefix("mid-").unwrap_or(form);
    year || name.starts_with(char::is_uppercase) && is_name_of_time(name)
        || name.len() < form.len()
        || matches!(
            sentence.lemma(i),
            "month" | "week" | "year" | "day" | "hour" | "night"
        )
}

/// Names of time end the phrase in front and begin no subject.
fn is_name_of_time(name: &str) -> bool {
    let mut names = MONTHS.iter().chain(&WEEKDAYS).chain(&["midnight"]);
    names.any(|n| n.eq_ignore_ascii_case(name))
}

/// True if nothing but a mark of punctuation stands before `first`.
fn is_alone(sentence: &Sentence, first: usize) -> bool {
    (0..first).all(|i| sentence.tokens()[i].upos == Upos::Punct)
}

fn move_subject(sentence: &mut Sentence, verb: usize, first: usize, head: usize, last: usize) {
    let passive = sentence.child(verb, Deprel::AuxPass).is_some();
    let n = sentence.len();
    // What hung on the subject before it begins is the rest of the phrase in front.
    let rest = (0..first).rev().find(|&i| {
        sentence.head(i) == Some(head)
            && matches!(
                sentence.tokens()[i].upos,
                Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj
            )
    });
    for i in 0..n {
        let Some(above) = sentence.head(i) else {
            continue;
        };
        let deprel = sentence.tokens()[i].deprel;
        if i < first && above == head {
            match rest {
                Some(rest) if i != rest => sentence.attach(i, rest, deprel),
                _ => sentence.attach(i, verb, Deprel::Obl),
            }
        } else if i >= first && i <= last && i != head && above < first {
            let deprel = match deprel {
                Deprel::Conj | Deprel::Det | Deprel::Amod | Deprel::Nummod | Deprel::Flat => deprel,
                _ if i > head => Deprel::Nmod,
                _ => Deprel::Compound,
            };
            sentence.attach(i, head, deprel);
        }
    }
    sentence.attach(
        head,
        verb,
        if passive {
            Deprel::NsubjPass
        } else {
            Deprel::Nsubj
        },
    );
}

#[cfg(test)]
mod tests {
    use detente_text::Span;

    use super::*;
    use crate::{Feats, Token};

    /// Heads and relations after the rule, of `form upos head deprel`; the verb is in the past.
    fn mended(rows: &[(&str, &str, u32, &str)]) -> Vec<(Option<usize>, Deprel)> {
        mended_by(rows, |text, sentence| {
            let root = sentence.root();
            subject(text, sentence, root)
        })
    }

    fn mended_by(
        rows: &[(&str, &str, u32, &str)],
        rule: impl Fn(&str, &mut Sentence) -> bool,
    ) -> Vec<(Option<usize>, Deprel)> {
        let mut text = String::new();
        let mut words = Vec::new();
        for (i, (form, upos, head, deprel)) in rows.iter().enumerate() {
            let start = text.len() as u32;
            text.push_str(form);
            let upos = Upos::from_name(upos).unwrap();
            let mut token = Token {
                span: Span::new(start, text.len() as u32),
                upos,
                head: head.checked_sub(1).unwrap_or(i as u32),
                deprel: Deprel::from_treebank(deprel),
                ..Token::default()
            };
            if upos == Upos::Verb {
                token.feats = Feats {
                    tense: Tense::Past,
                    verb_form: VerbForm::Fin,
                    ..Feats::default()
                };
            }
            text.push(' ');
            words.push((token, *form, ""));
        }
        let mut sentence = Sentence::new(words);
        rule(&text, &mut sentence);
        sentence.finish();
        (0..sentence.len())
            .map(|i| (sentence.head(i), sentence.tokens()[i].deprel))
            .collect()
    }

    #[test]
    fn a_month_is_no_part_of_the_subject() {
        let found = mended(&[
            ("In", "ADP", 4, "case"),
            ("early", "ADJ", 4, "amod"),
            ("May", "PROPN", 4, "compound"),
            ("Oslo", "PROPN", 5, "obl"),
            ("protested", "VERB", 0, "root"),
        ]);
        assert_eq!(found[3], (Some(4), Deprel::Nsubj));
        assert_eq!(found[2], (Some(4), Deprel::Obl));
        assert_eq!(found[0], (Some(2), Deprel::Case));
    }

    #[test]
    fn a_place_before_a_comma_is_joined_to_nobody() {
        let found = mended(&[
            ("In", "ADP", 2, "case"),
            ("Bern", "PROPN", 7, "obl"),
            (",", "PUNCT", 2, "punct"),
            ("Chad", "PROPN", 2, "conj"),
            ("and", "CCONJ", 6, "cc"),
            ("Mali", "PROPN", 2, "conj"),
            ("agreed", "VERB", 0, "root"),
        ]);
        assert_eq!(found[3], (Some(6), Deprel::Nsubj));
        assert_eq!(found[5], (Some(3), Deprel::Conj));
        assert_eq!(found[1], (Some(6), Deprel::Obl));
    }

    #[test]
    fn a_verb_joined_to_names_heads_the_sentence() {
        let found = mended_by(
            &[
                ("Mali", "PROPN", 0, "root"),
                (",", "PUNCT", 3, "punct"),
                ("Chad", "PROPN", 1, "conj"),
                ("and", "CCONJ", 5, "cc"),
                ("Niger", "PROPN", 1, "conj"),
                ("imposed", "VERB", 1, "conj"),
                ("curbs", "NOUN", 6, "obj"),
                (".", "PUNCT", 1, "punct"),
            ],
            |_, sentence| headless(sentence),
        );
        assert_eq!(found[5], (None, Deprel::Root));
        assert_eq!(found[0], (Some(5), Deprel::Nsubj));
        assert_eq!(found[7], (Some(5), Deprel::Punct));
    }

    #[test]
    fn what_stands_under_a_preposition_is_no_subject() {
        let rows = [
            ("During", "ADP", 2, "case"),
            ("talks", "NOUN", 5, "obl"),
            ("in", "ADP", 4, "case"),
            ("Bern", "PROPN", 2, "nmod"),
            ("came", "VERB", 0, "root"),
            ("word", "NOUN", 5, "obj"),
        ];
        assert_eq!(mended(&rows)[3], (Some(1), Deprel::Nmod));
    }
}
