//! Long sentences and long texts, whose cost must not grow faster than they do.

use detente_syntax::Sentence;
use detente_text::{Language, Span};

use crate::{analysers, check, check_tree, whole};

/// A word of each language and what parts it from the next, and a full stop.
fn plain_words(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Ja => ("　国", "。"),
        Language::Ko => (" 나라", "."),
        _ => (" land", "."),
    }
}

#[test]
fn ten_thousand_words_in_one_sentence_are_ten_thousand_words() {
    for analyser in analysers() {
        let (word, stop) = plain_words(analyser.language());
        let text = word.repeat(9_999) + stop;
        let mut worker = analyser.worker();
        let sentences = worker.analyse(&text, &whole(&text));
        let words: usize = sentences.iter().map(Sentence::len).sum();
        assert_eq!(words, 10_000, "{:?}", analyser.language());
        check(&text, &whole(&text), sentences).expect("trees");
        let spans: Vec<Span> = sentences
            .iter()
            .flat_map(Sentence::tokens)
            .map(|t| t.span)
            .collect();
        let sentence = worker.analyse_words(&text, &spans);
        assert_eq!(sentence.len(), 10_000);
        check_tree(sentence).expect("a tree");
    }
}

#[test]
fn ten_thousand_words_in_many_sentences_are_ten_thousand_words() {
    for analyser in analysers() {
        let (word, stop) = plain_words(analyser.language());
        let text = (word.repeat(9) + stop + "\n\n").repeat(1_000);
        let mut worker = analyser.worker();
        let sentences = worker.analyse(&text, &whole(&text));
        assert_eq!(sentences.len(), 1_000, "{:?}", analyser.language());
        assert!(sentences.iter().all(|s| s.len() == 10));
        check(&text, &whole(&text), sentences).expect("trees");
    }
}

#[test]
fn texts_without_a_space_are_read() {
    for analyser in analysers() {
        for piece in [
            "x",
            "7",
            "あ",
            "ア",
            "国",
            "가",
            "漢字かな",
            "말했다고",
            "a1-",
            "👍",
            "\u{301}",
        ] {
            let text = piece.repeat(20_000 / piece.chars().count());
            let mut worker = analyser.worker();
            let sentences = worker.analyse(&text, &whole(&text));
            check(&text, &whole(&text), sentences).expect("words and trees");
        }
    }
}

#[test]
fn two_hundred_thousand_characters_without_a_space_are_read() {
    for analyser in analysers() {
        let piece = match analyser.language() {
            Language::Ja => "外相は港を見た",
            Language::Ko => "특사는항구를보았다",
            _ => "envoysmet-",
        };
        let text = piece.repeat(200_000 / piece.chars().count() + 1);
        let mut worker = analyser.worker();
        let sentences = worker.analyse(&text, &whole(&text));
        check(&text, &whole(&text), sentences).expect("words and trees");
    }
}
