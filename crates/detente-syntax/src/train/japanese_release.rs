//! Brings the training part of Japanese GSD, which is of an older release, to the conventions of
//! the release that its development and test parts are of.
//!
//! The rules were found by comparing how often each tag, relation and kind of head occurs in the
//! two releases; each names what the newer release does. Lemmas differ too (the older release
//! writes いる, the newer 居る): those come from the table of `japanese::lemma`, not from the
//! treebank.

use crate::conllu::TreebankSentence;

/// Rewrites a sentence of the older release; one of the newer release stays as it is.
pub fn modernise(sentence: &mut TreebankSentence) {
    for i in 0..sentence.words.len() {
        relation_names(sentence, i);
        auxiliary(sentence, i);
        not_only(sentence, i);
        adjectival_suffix(sentence, i);
    }
    // From the right, so that "A と B と C" becomes a chain.
    for i in (0..sentence.words.len()).rev() {
        conjunct(sentence, i);
    }
}

/// Relations are written small; a topic outside the clause is its outer subject.
fn relation_names(sentence: &mut TreebankSentence, i: usize) {
    let word = &mut sentence.words[i];
    word.deprel.make_ascii_lowercase();
    if word.deprel == "dislocated" {
        let clause = word.upos == "VERB";
        word.deprel = if clause { "csubj:outer" } else { "nsubj:outer" }.to_owned();
    }
}

/// ない, ぬ and てる are auxiliaries, no longer conjunctions; かかわらず keeps its own.
fn auxiliary(sentence: &mut TreebankSentence, i: usize) {
    let after_kakawara = i > 0 && sentence.words[i - 1].form.ends_with("かかわら");
    let word = &mut sentence.words[i];
    if !word.xpos.starts_with("助動詞-") || word.upos != "SCONJ" {
        return;
    }
    match word.deprel.as_str() {
        "mark" => word.deprel = "aux".to_owned(),
        "fixed" if !after_kakawara => (),
        _ => return,
    }
    word.upos = "AUX".to_owned();
}

/// The なく of だけでなく is the adjective.
fn not_only(sentence: &mut TreebankSentence, i: usize) {
    if i >= 2
        && sentence.words[i].form == "なく"
        && sentence.words[i - 1].form == "で"
        && sentence.words[i - 2].form == "だけ"
        && sentence.words[i].deprel == "fixed"
    {
        sentence.words[i].upos = "ADJ".to_owned();
        sentence.words[i].xpos = "形容詞-非自立可能-形容詞".to_owned();
    }
}

/// A noun with 的に is an oblique, and one whose 的 stands directly before a noun is compounded.
fn adjectival_suffix(sentence: &mut TreebankSentence, i: usize) {
    let words = &sentence.words;
    let Some(suffix) = words.get(i + 1) else {
        return;
    };
    if words[i].upos != "NOUN" || suffix.form != "的" || suffix.head != i + 1 {
        return;
    }
    let Some(next) = words.get(i + 2) else {
        return;
    };
    let deprel = match words[i].deprel.as_str() {
        "advcl" | "acl" | "nsubj" | "nsubj:outer" if next.form == "に" => "obl",
        "nmod" if matches!(next.upos.as_str(), "NOUN" | "PROPN" | "VERB" | "ADJ") => "compound",
        _ => return,
    };
    sentence.words[i].deprel = deprel.to_owned();
}

/// In "A と B" the first noun is the head and takes the place of the second, which is its
/// conjunct. という, としての and the like, whose と has a fixed part, are something else.
fn conjunct(sentence: &mut TreebankSentence, a: usize) {
    let words = &sentence.words;
    let noun = |i: usize| matches!(words[i].upos.as_str(), "NOUN" | "PROPN");
    let Some(b) = words[a].head.checked_sub(1).filter(|&b| b < words.len()) else {
        return;
    };
    if b <= a || words[a].deprel != "nmod" || !noun(a) || !noun(b) {
        return;
    }
    let mut particles = (a + 1..b).filter(|&i| words[i].head == a + 1 && words[i].deprel == "case");
    let Some(to) = particles.next() else {
        return;
    };
    if words[to].form != "と"
        || words[to].xpos != "助詞-格助詞"
        || particles.any(|i| words[i].form != "は")
        || words.iter().any(|w| w.head == to + 1)
        || words.iter().any(|w| w.head == a + 1 && w.deprel == "conj")
    {
        return;
    }
    // What depended on B from before A would cross the new arc.
    for word in &mut sentence.words[..a] {
        if word.head == b + 1 {
            word.head = a + 1;
        }
    }
    let (head, deprel) = (
        sentence.words[b].head,
        std::mem::take(&mut sentence.words[b].deprel),
    );
    sentence.words[a].head = head;
    sentence.words[a].deprel = deprel;
    sentence.words[b].head = a + 1;
    sentence.words[b].deprel = "conj".to_owned();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::TreebankWord;

    fn sentence(words: &[(&str, &str, &str, usize, &str)]) -> TreebankSentence {
        let word = |&(form, upos, xpos, head, deprel): &(&str, &str, &str, usize, &str)| {
            let own = |s: &str| s.to_owned();
            TreebankWord {
                form: own(form),
                upos: own(upos),
                xpos: own(xpos),
                head,
                deprel: own(deprel),
                ..TreebankWord::default()
            }
        };
        TreebankSentence {
            words: words.iter().map(word).collect(),
            ..TreebankSentence::default()
        }
    }

    fn tree(sentence: &TreebankSentence) -> Vec<(usize, &str)> {
        let words = sentence.words.iter();
        words.map(|w| (w.head, w.deprel.as_str())).collect()
    }

    #[test]
    fn the_first_of_two_nouns_heads_the_other() {
        let mut s = sentence(&[
            ("犬", "NOUN", "名詞-普通名詞-一般", 3, "nmod"),
            ("と", "ADP", "助詞-格助詞", 1, "case"),
            ("猫", "NOUN", "名詞-普通名詞-一般", 5, "nmod"),
            ("の", "ADP", "助詞-格助詞", 3, "case"),
            ("絵", "NOUN", "名詞-普通名詞-一般", 0, "ROOT"),
        ]);
        modernise(&mut s);
        let found = tree(&s);
        let expected = [
            (5, "nmod"),
            (1, "case"),
            (1, "conj"),
            (3, "case"),
            (0, "root"),
        ];
        assert_eq!(found, expected);
        let once = s.clone();
        modernise(&mut s);
        assert_eq!(s, once);
    }

    #[test]
    fn a_name_with_to_iu_stays_a_modifier() {
        let mut s = sentence(&[
            ("釜山", "PROPN", "名詞-固有名詞-地名-一般", 4, "nmod"),
            ("と", "ADP", "助詞-格助詞", 1, "case"),
            ("いう", "VERB", "動詞-一般-五段-ワア行", 2, "fixed"),
            ("町", "NOUN", "名詞-普通名詞-一般", 0, "root"),
        ]);
        let before = s.clone();
        modernise(&mut s);
        assert_eq!(s, before);
    }

    #[test]
    fn negation_is_an_auxiliary_and_teki_ni_an_oblique() {
        let mut s = sentence(&[
            ("全面", "NOUN", "名詞-普通名詞-一般", 4, "advcl"),
            ("的", "PART", "接尾辞-形状詞的", 1, "mark"),
            ("に", "AUX", "助動詞-助動詞-ダ", 1, "cop"),
            ("認め", "VERB", "動詞-一般-下一段-マ行", 0, "ROOT"),
            ("ない", "SCONJ", "助動詞-助動詞-ナイ", 4, "mark"),
        ]);
        modernise(&mut s);
        assert_eq!(s.words[0].deprel, "obl");
        assert_eq!(
            (s.words[4].upos.as_str(), s.words[4].deprel.as_str()),
            ("AUX", "aux")
        );
    }
}
