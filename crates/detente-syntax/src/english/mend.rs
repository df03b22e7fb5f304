//! Trees that contradict themselves, put right.
//!
//! The network decides on each word's head for itself. Where two decisions cannot both be true, as
//! when a verb modifies the noun to its right and yet stands after that noun's first part, the rarer
//! mistake is taken to be the other one. Each rule names the contradiction that it looks for.

use detente_text::Span;

use super::fronted;
use crate::{Deprel, Feats, Mood, Sentence, Tense, Upos, VerbForm};

/// Contradictions that are put right in a sentence. Each costs a walk through its words, and where
/// there are more it is no sentence that the rules are made for.
const MOST: usize = 40;

/// Puts the tree of a sentence of `text` right.
pub(crate) fn mend(text: &str, sentence: &mut Sentence) {
    let mut left = MOST;
    if fronted::headless(sentence) {
        sentence.finish();
    }
    for i in 0..sentence.len() {
        if sentence.tokens()[i].upos != Upos::Verb {
            continue;
        }
        let changed = match sentence.tokens()[i].deprel {
            Deprel::Amod => verb_before_object(sentence, i),
            _ => currency(text, sentence, i) || fronted::subject(text, sentence, i),
        };
        if changed {
            sentence.finish();
            left -= 1;
            if left == 0 {
                return;
            }
        }
    }
    for i in 0..sentence.len() {
        if sentence.tokens()[i].deprel == Deprel::Nmod && agent(text, sentence, i) {
            sentence.finish();
            left -= 1;
            if left == 0 {
                return;
            }
        }
    }
}

/// "Oslo eased limits": a verb cannot modify the noun to its right if a subject of its own
/// or a name that begins the noun phrase stands to its left.
fn verb_before_object(sentence: &mut Sentence, verb: usize) -> bool {
    let Some(noun) = sentence.head(verb).filter(|&noun| noun > verb) else {
        return false;
    };
    let relation = sentence.tokens()[noun].deprel;
    let clause = [
        Deprel::Root,
        Deprel::Parataxis,
        Deprel::Conj,
        Deprel::Ccomp,
        Deprel::Advcl,
        Deprel::AclRelcl,
    ];
    if !clause.contains(&relation) {
        return false;
    }
    let left_of = |s: &Sentence, head: usize, wanted: &[Deprel]| {
        let children = s.children(head).filter(|&c| c < verb);
        children
            .rev()
            .find(|&c| wanted.contains(&s.tokens()[c].deprel))
    };
    let own = left_of(sentence, verb, &[Deprel::Nsubj]);
    let first = || {
        let part = left_of(
            sentence,
            noun,
            &[Deprel::Compound, Deprel::Nsubj, Deprel::NmodPoss],
        )?;
        let token = &sentence.tokens()[part];
        let name = token.upos == Upos::Propn && token.deprel != Deprel::NmodPoss
            || token.deprel == Deprel::Nsubj;
        let between = part + 1..verb;
        let beside = between
            .into_iter()
            .all(|b| matches!(sentence.tokens()[b].upos, Upos::Adv | Upos::Aux));
        (name && beside).then_some(part)
    };
    let Some(subject) = own.or_else(first) else {
        return false;
    };
    let head = sentence.head(noun).unwrap_or(verb);
    let children: Vec<usize> = sentence.children(noun).collect();
    sentence.attach(verb, head, relation);
    let mut feats = sentence.tokens()[verb].feats;
    if feats.verb_form == VerbForm::Part && feats.tense == Tense::Past {
        feats.passive = false;
        feats.verb_form = VerbForm::Fin;
        feats.mood = Mood::Ind;
        sentence.set_feats(verb, feats);
        let lemma = sentence.lemma(verb).to_owned();
        sentence.set_word(verb, &lemma, "VBD");
    }
    sentence.attach(noun, verb, Deprel::Obj);
    sentence.attach(subject, verb, Deprel::Nsubj);
    for child in children {
        if child == verb || child == subject {
            continue;
        }
        let token = sentence.tokens()[child];
        if child < verb {
            let part = child < subject
                && matches!(
                    token.deprel,
                    Deprel::Compound | Deprel::Det | Deprel::Amod | Deprel::Nummod | Deprel::Flat
                );
            sentence.attach(child, if part { subject } else { verb }, token.deprel);
        } else if matches!(
            token.deprel,
            Deprel::Punct | Deprel::Obl | Deprel::Advmod | Deprel::Advcl | Deprel::Parataxis
        ) {
            sentence.attach(child, verb, token.deprel);
        }
    }
    true
}

/// "paid 9 won": after a number the word is Korea's money and no verb.
fn currency(text: &str, sentence: &mut Sentence, won: usize) -> bool {
    let form = |span: Span| span.of(text);
    let Some(number) = won.checked_sub(1) else {
        return false;
    };
    let tokens = sentence.tokens();
    if form(tokens[won].span) != "won"
        || tokens[number].upos != Upos::Num
        || sentence.head(number) != Some(won)
    {
        return false;
    }
    let (head, relation) = (sentence.head(won).unwrap_or(won), tokens[won].deprel);
    let clause = sentence.child(won, Deprel::Csubj).or_else(|| {
        let left = sentence.children(won).filter(|&c| c < won);
        left.rev()
            .find(|&c| sentence.tokens()[c].upos == Upos::Verb)
    });
    sentence.set_upos(won, Upos::Noun);
    sentence.set_feats(won, Feats::default());
    sentence.set_word(won, "won", "NN");
    sentence.attach(number, won, Deprel::Nummod);
    let Some(verb) = clause else {
        if matches!(relation, Deprel::Ccomp | Deprel::Xcomp) {
            sentence.attach(won, head, Deprel::Obj);
        }
        return true;
    };
    let children: Vec<usize> = sentence.children(won).collect();
    let root = head == won;
    sentence.attach(verb, if root { verb } else { head }, relation);
    sentence.attach(won, verb, Deprel::Obj);
    for child in children {
        let deprel = sentence.tokens()[child].deprel;
        if child != verb && child != number && child > won {
            sentence.attach(child, verb, deprel);
        }
    }
    true
}

/// "was taken to Geneva by Chile": a name does nothing by anybody, the passive verb does.
fn agent(text: &str, sentence: &mut Sentence, i: usize) -> bool {
    let by = |case: usize| {
        sentence.tokens()[case]
            .span
            .of(text)
            .eq_ignore_ascii_case("by")
    };
    let Some(head) = sentence.head(i).filter(|&head| head < i) else {
        return false;
    };
    let name = sentence.tokens()[head].upos == Upos::Propn;
    if !name || !sentence.child(i, Deprel::Case).is_some_and(by) {
        return false;
    }
    let mut at = head;
    let verb = loop {
        let relation = sentence.tokens()[at].deprel;
        if sentence.child(at, Deprel::AuxPass).is_some() {
            break at;
        }
        let nominal = matches!(relation, Deprel::Nmod | Deprel::Obl | Deprel::Obj);
        match sentence.head(at) {
            Some(above) if nominal && above < at => at = above,
            _ => return false,
        }
    };
    if sentence.child(verb, Deprel::OblAgent).is_some() {
        return false;
    }
    sentence.attach(i, verb, Deprel::OblAgent);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Token;

    /// A sentence of `form upos head deprel`, heads from 1, 0 the root.
    fn sentence(rows: &[(&str, &str, u32, &str)]) -> (String, Sentence) {
        let mut text = String::new();
        let mut words = Vec::new();
        for (i, (form, upos, head, deprel)) in rows.iter().enumerate() {
            let start = text.len() as u32;
            text.push_str(form);
            let token = Token {
                span: Span::new(start, text.len() as u32),
                upos: Upos::from_name(upos).unwrap(),
                head: head.checked_sub(1).unwrap_or(i as u32),
                deprel: Deprel::from_treebank(deprel),
                ..Token::default()
            };
            text.push(' ');
            words.push((token, *form, ""));
        }
        (text, Sentence::new(words))
    }

    fn mended(rows: &[(&str, &str, u32, &str)]) -> Vec<(Option<usize>, Deprel)> {
        let (text, mut sentence) = sentence(rows);
        mend(&text, &mut sentence);
        (0..sentence.len())
            .map(|i| (sentence.head(i), sentence.tokens()[i].deprel))
            .collect()
    }

    #[test]
    fn a_verb_after_a_name_takes_its_object() {
        let found = mended(&[
            ("Oslo", "PROPN", 3, "compound"),
            ("eased", "VERB", 3, "amod"),
            ("limits", "NOUN", 0, "root"),
            (".", "PUNCT", 3, "punct"),
        ]);
        assert_eq!(found[0], (Some(1), Deprel::Nsubj));
        assert_eq!(found[1], (None, Deprel::Root));
        assert_eq!(found[2], (Some(1), Deprel::Obj));
        assert_eq!(found[3], (Some(1), Deprel::Punct));
        let kept = mended(&[
            ("Frozen", "VERB", 2, "amod"),
            ("assets", "NOUN", 3, "nsubj"),
            ("remain", "VERB", 0, "root"),
        ]);
        assert_eq!(kept[0], (Some(1), Deprel::Amod));
    }

    #[test]
    fn money_is_no_verb() {
        let found = mended(&[
            ("It", "PRON", 2, "nsubj"),
            ("paid", "VERB", 4, "csubj"),
            ("9", "NUM", 4, "nsubj"),
            ("won", "VERB", 0, "root"),
            (".", "PUNCT", 4, "punct"),
        ]);
        assert_eq!(found[1], (None, Deprel::Root));
        assert_eq!(found[3], (Some(1), Deprel::Obj));
        assert_eq!(found[2], (Some(3), Deprel::Nummod));
        assert_eq!(found[4], (Some(1), Deprel::Punct));
        let (text, mut alone) = sentence(&[
            ("It", "PRON", 2, "nsubj"),
            ("got", "VERB", 0, "root"),
            ("9", "NUM", 4, "nsubj"),
            ("won", "VERB", 2, "ccomp"),
        ]);
        mend(&text, &mut alone);
        assert_eq!(alone.tokens()[3].deprel, Deprel::Obj);
        assert_eq!((alone.lemma(3), alone.xpos(3)), ("won", "NN"));
        assert_eq!(alone.tokens()[3].feats, Feats::default());
    }

    #[test]
    fn the_passive_verb_has_the_agent() {
        let found = mended(&[
            ("It", "PRON", 3, "nsubj:pass"),
            ("was", "AUX", 3, "aux:pass"),
            ("taken", "VERB", 0, "root"),
            ("to", "ADP", 5, "case"),
            ("Geneva", "PROPN", 3, "obl"),
            ("by", "ADP", 7, "case"),
            ("Chile", "PROPN", 5, "nmod"),
        ]);
        assert_eq!(found[6], (Some(2), Deprel::OblAgent));
    }
}
