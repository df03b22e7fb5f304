//! What a treebank's columns say, cut down to what the analyser keeps.

use crate::conllu::TreebankWord;
use crate::tags::{Tag, pack};
use crate::{Feats, Mood, Number, Tense, Upos, VerbForm};

/// Part of speech, the treebank's own tag and features of a word.
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
