//! The segmenter, learnt from a few sentences.

use proptest::prelude::*;

use super::*;
use crate::conllu::{TreebankSentence, TreebankWord};
use crate::train::japanese_words;

/// Sentences of our own, words divided by bars.
const SENTENCES: [&str; 6] = [
    "船|は|港|を|出|た|。",
    "記者|は|港|に|い|た|。",
    "外相|は|記者|に|会っ|た|。",
    "外相|は|北|の|港|で|船|を|見|た|。",
    "記者|は|船|に|乗っ|た|。",
    "これ|は|港|の|船|だ|。",
];

/// A dictionary in the form of the table that training reads.
const WORDS: &str = "\
    これ\t4631\t代名詞\t\t此れ\n\
    だ\t5000\t助動詞-助動詞-ダ\t終止形-一般\tだ\n\
    は\t2000\t助詞-係助詞\t\tは\n\
    に\t2000\t助詞-格助詞\t\tに\n\
    会っ\t7000\t動詞-一般-五段-ワア行\t連用形-促音便\t会う\n\
    会う\t7000\t動詞-一般-五段-ワア行\t終止形-一般\t会う\n\
    外相\t6000\t名詞-普通名詞-一般\t\t外相\n\
    港\t6000\t名詞-普通名詞-一般\t\t港\n\
    船\t6000\t名詞-普通名詞-一般\t\t船\n\
    記者\t6000\t名詞-普通名詞-一般\t\t記者\n";

fn model() -> Vec<u8> {
    let word = |form: &str| TreebankWord {
        form: form.to_owned(),
        misc: "SpaceAfter=No".to_owned(),
        ..TreebankWord::default()
    };
    let sentence = |text: &&str| TreebankSentence {
        words: text.split('|').map(word).collect(),
        ..TreebankSentence::default()
    };
    let sentences: Vec<TreebankSentence> = SENTENCES.iter().map(sentence).collect();
    japanese_words(&sentences, WORDS)
}

fn split<'a>(segmenter: &Segmenter, text: &'a str) -> Vec<&'a str> {
    let mut out = Vec::new();
    segmenter.words(text, 0, text.len(), &mut Work::default(), &mut out);
    out.iter().map(|s| s.of(text)).collect()
}

#[test]
fn training_is_reproducible_and_learns_its_sentences() {
    let bytes = model();
    assert_eq!(bytes, model());
    let segmenter = Segmenter::read(&bytes).unwrap();
    for sentence in SENTENCES {
        let words: Vec<&str> = sentence.split('|').collect();
        assert_eq!(split(&segmenter, &words.concat()), words);
    }
    assert_eq!(
        split(&segmenter, "船は　港に いた"),
        ["船", "は", "港", "に", "い", "た"]
    );
    let mut lemma = String::new();
    segmenter.lemma("これ", "代名詞", &mut lemma);
    assert_eq!(lemma, "此れ");
}

#[test]
fn a_damaged_model_is_refused() {
    let bytes = model();
    for length in [0, 3, 100, bytes.len() / 2, bytes.len() - 1] {
        assert!(Segmenter::read(&bytes[..length]).is_err());
    }
}

proptest! {
    #[test]
    fn words_cover_all_but_space(text in "\\PC{0,40}|[ぁ-ん漢字ー、。 　A-Za-z0-9ｶﾞ!]{0,60}") {
        let segmenter = SEGMENTER.with(|s| s.clone());
        let words = split(&segmenter, &text);
        let whole: String = text.split_whitespace().collect();
        prop_assert_eq!(words.concat(), whole);
    }
}

thread_local! {
    static SEGMENTER: std::rc::Rc<Segmenter> =
        std::rc::Rc::new(Segmenter::read(&model()).unwrap());
}

#[test]
fn a_stretch_of_any_length_takes_linear_time() {
    let segmenter = Segmenter::read(&model()).unwrap();
    for text in [
        "船".repeat(20_000),
        "ア".repeat(20_000),
        "a1".repeat(20_000),
    ] {
        assert_eq!(split(&segmenter, &text).concat(), text);
    }
}
