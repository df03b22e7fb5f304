//! Keeping sentences that a model is judged by out of what it learns from.

use std::collections::{BTreeMap, BTreeSet};

use crate::conllu::TreebankSentence;

/// Words that stand in more sentences than this say nothing about likeness.
const COMMON: usize = 400;
/// Sentences with fewer different words than this are compared by their letters only.
const SHORT: usize = 4;

/// The sentences of `all` that are neither in `held` nor nearly so.
///
/// Two sentences are the same if their letters and digits are, whatever the spaces and marks
/// between them; they are nearly the same if three fifths of the different words of the longer
/// one stand in both.
pub fn without(all: Vec<TreebankSentence>, held: &[TreebankSentence]) -> Vec<TreebankSentence> {
    let letters: BTreeSet<String> = held.iter().map(letters_of).collect();
    let sets: Vec<BTreeSet<&str>> = held.iter().map(words_of).collect();
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, set) in sets.iter().enumerate() {
        for word in set {
            places.entry(word).or_default().push(i);
        }
    }
    let nearly_held = |sentence: &TreebankSentence| {
        let words = words_of(sentence);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for at in words.iter().filter_map(|w| places.get(w)) {
            if at.len() < COMMON {
                at.iter().for_each(|&i| *shared.entry(i).or_default() += 1);
            }
        }
        let like = |&i: &usize| {
            let both = words.intersection(&sets[i]).count();
            both * 5 >= words.len().max(sets[i].len()) * 3
        };
        words.len() >= SHORT && shared.keys().any(like)
    };
    all.into_iter()
        .filter(|s| !letters.contains(&letters_of(s)) && !nearly_held(s))
        .collect()
}

fn letters_of(sentence: &TreebankSentence) -> String {
    let forms = sentence.words.iter().flat_map(|w| w.form.chars());
    forms.filter(|c| c.is_alphanumeric()).collect()
}

fn words_of(sentence: &TreebankSentence) -> BTreeSet<&str> {
    let forms = sentence.words.iter().map(|w| w.form.as_str());
    forms
        .filter(|f| f.contains(char::is_alphanumeric))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::TreebankWord;

    fn sentence(text: &str) -> TreebankSentence {
        let word = |form: &str| TreebankWord {
            form: form.to_owned(),
            ..TreebankWord::default()
        };
        TreebankSentence {
            words: text.split(' ').map(word).collect(),
            ..TreebankSentence::default()
        }
    }

    #[test]
    fn leaves_out_the_same_and_nearly_the_same() {
        let held = [sentence("배가 항구에 천천히 들어왔다 .")];
        let all = vec![
            sentence("배가 항구에 천천히 들어왔다."),
            sentence("배가 항구에 아주 천천히 들어왔다 !"),
            sentence("배가 항구에 없다 ."),
            sentence("사람들이 길에 나와 노래를 불렀다 ."),
        ];
        let kept = without(all, &held);
        let texts: Vec<String> = kept.iter().map(letters_of).collect();
        assert_eq!(texts, ["배가항구에없다", "사람들이길에나와노래를불렀다"]);
    }
}
