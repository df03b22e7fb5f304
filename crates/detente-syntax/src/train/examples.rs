//! Treebank sentences as the learners see them.

use std::collections::BTreeMap;

use super::clusters::Groups;
use crate::conllu::{TreebankSentence, TreebankWord};
use crate::lexicon::{Lexicon, WordClass, word_hash};
use crate::tagger::{Tag, pack};
use crate::word::Word;
use crate::{Deprel, Feats, Mood, Number, Tense, Upos, VerbForm};

/// A sentence to learn from.
pub(crate) struct Example {
    pub(crate) forms: Vec<String>,
    pub(crate) lemmas: Vec<String>,
    pub(crate) words: Vec<Word>,
    /// Numbers of the right tags.
    pub(crate) tags: Vec<u8>,
    /// Right heads; the root's is the number of words.
    pub(crate) heads: Vec<u32>,
    pub(crate) deprels: Vec<Deprel>,
}

/// What a treebank's tag columns say, cut down to what the analyser keeps.
pub(crate) fn tag_of(word: &TreebankWord) -> Tag {
    let upos = Upos::from_name(&word.upos).unwrap_or_default();
    let mut feats = feats_of(&word.feats);
    // Agreement of verbs with their subject is no property of the form, but for the "-s".
    if matches!(upos, Upos::Verb | Upos::Aux) && word.xpos != "VBZ" {
        feats.number = Number::None;
        feats.person = 0;
    }
    Tag {
        upos,
        xpos: word.xpos.clone(),
        feats: pack(feats),
    }
}

/// The features of a treebank's column that [`Feats`] has a place for.
pub(crate) fn feats_of(column: &str) -> Feats {
    let mut feats = Feats::default();
    for (key, value) in column.split('|').filter_map(|f| f.split_once('=')) {
        match key {
            "Tense" => feats.tense = Tense::from_name(value).unwrap_or_default(),
            "Mood" => feats.mood = Mood::from_name(value).unwrap_or_default(),
            "VerbForm" => feats.verb_form = VerbForm::from_name(value).unwrap_or_default(),
            "Voice" => feats.passive = value == "Pass",
            "Number" => {
                feats.number = match value {
                    "Sing" => Number::Sing,
                    "Plur" | "Ptan" => Number::Plur,
                    _ => Number::None,
                }
            }
            "Polarity" => feats.negative = value == "Neg",
            "Person" => feats.person = value.parse().unwrap_or(0),
            _ => {}
        }
    }
    feats
}

/// The lexicon, the tags (at most 250; rarer ones give way to their part of speech's commonest),
/// and the sentences.
pub(crate) fn examples(
    sentences: &[TreebankSentence],
    groups: &Groups,
) -> (Lexicon, Vec<Tag>, Vec<Example>) {
    let mut counts: BTreeMap<Tag, usize> = BTreeMap::new();
    for word in sentences.iter().flat_map(|s| &s.words) {
        *counts.entry(tag_of(word)).or_default() += 1;
    }
    let mut tags: Vec<(usize, Tag)> = counts.into_iter().map(|(t, n)| (n, t)).collect();
    tags.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let tags: Vec<Tag> = tags.into_iter().take(250).map(|(_, t)| t).collect();
    let numbers: BTreeMap<&Tag, u8> = tags.iter().zip(0..).collect();
    let number = |word: &TreebankWord| {
        let tag = tag_of(word);
        numbers.get(&tag).copied().unwrap_or_else(|| {
            let commonest = tags.iter().position(|t| t.upos == tag.upos);
            commonest.unwrap_or(0) as u8
        })
    };
    let lexicon = lexicon(sentences, &number, groups);
    let mut buffer = Vec::new();
    let examples = sentences
        .iter()
        .map(|sentence| {
            let n = sentence.words.len() as u32;
            let words = sentence.words.iter();
            Example {
                forms: words.clone().map(|w| w.form.clone()).collect(),
                lemmas: words.clone().map(|w| w.lemma.clone()).collect(),
                words: words
                    .clone()
                    .map(|w| Word::new(&w.form, &lexicon, &mut buffer))
                    .collect(),
                tags: words.clone().map(number).collect(),
                heads: words
                    .clone()
                    .map(|w| (w.head as u32).checked_sub(1).unwrap_or(n))
                    .collect(),
                deprels: words.map(|w| Deprel::from_treebank(&w.deprel)).collect(),
            }
        })
        .collect();
    (lexicon, tags, examples)
}

/// Words with the combination of tags that they have, and their groups.
fn lexicon(
    sentences: &[TreebankSentence],
    number: &dyn Fn(&TreebankWord) -> u8,
    groups: &Groups,
) -> Lexicon {
    let mut buffer = Vec::new();
    let mut seen: BTreeMap<u32, BTreeMap<u8, usize>> = BTreeMap::new();
    for word in sentences.iter().flat_map(|s| &s.words) {
        let key = word_hash(&word.form, &mut buffer);
        *seen
            .entry(key)
            .or_default()
            .entry(number(word))
            .or_default() += 1;
    }
    let mut combinations: BTreeMap<Vec<u8>, u16> = BTreeMap::new();
    let mut classes: BTreeMap<u32, WordClass> = BTreeMap::new();
    for (word, tags) in seen {
        let total: usize = tags.values().sum();
        // Words seen only a few times say little: the tagger must learn to do without.
        if total < 5 {
            continue;
        }
        let kept: Vec<u8> = tags
            .iter()
            .filter(|(_, n)| **n * 20 >= total)
            .map(|(t, _)| *t)
            .collect();
        let next = combinations.len() as u16 + 1;
        let tags = *combinations.entry(kept).or_insert(next);
        classes.entry(word).or_default().tags = tags;
    }
    for (word, (fine, coarse)) in groups {
        let class = classes.entry(word_hash(word, &mut buffer)).or_default();
        (class.cluster, class.coarse) = (*fine, *coarse);
    }
    Lexicon::new(classes.into_iter())
}
