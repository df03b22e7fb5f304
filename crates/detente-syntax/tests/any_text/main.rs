//! What holds for any text at all, in every language that ships: words in order at character
//! boundaries, one tree a sentence, nothing visible lost, and always the same answer.

mod long;
mod pieces;
mod properties;

use std::sync::OnceLock;

use detente_syntax::{Analyser, Deprel, Sentence};
use detente_text::{Language, Span};
use proptest::prelude::*;

const LANGUAGES: [Language; 3] = [Language::En, Language::Ja, Language::Ko];

/// The analyser of a language; `None` where no model ships.
fn analyser(language: Language) -> Option<&'static Analyser> {
    static SHIPPED: [OnceLock<Option<Analyser>>; 3] =
        [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let place = LANGUAGES.iter().position(|&l| l == language)?;
    let cell = &SHIPPED[place];
    cell.get_or_init(|| Analyser::shipped(language)).as_ref()
}

fn analysers() -> impl Iterator<Item = &'static Analyser> {
    LANGUAGES.into_iter().filter_map(analyser)
}

fn whole(text: &str) -> [Span; 1] {
    [Span::new(0, text.len() as u32)]
}

/// White space, and what has no form of its own.
fn is_invisible(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\u{200b}\u{feff}\u{2060}\u{ad}".contains(c)
}

/// What holds for the sentences of the `parts` of any text.
fn check(text: &str, parts: &[Span], sentences: &[Sentence]) -> Result<(), TestCaseError> {
    let mut last = 0;
    let mut covered = vec![false; text.len()];
    for sentence in sentences {
        prop_assert!(!sentence.is_empty());
        let part = parts.iter().find(|part| part.contains(sentence.span));
        prop_assert!(part.is_some(), "a sentence crosses its part");
        for token in sentence.tokens() {
            prop_assert!(token.span.start >= last && !token.span.is_empty());
            prop_assert!(
                !token.span.of(text).is_empty(),
                "a word cuts a character or does not fit the text"
            );
            last = token.span.end;
            covered[token.span.range()].fill(true);
        }
        check_tree(sentence)?;
    }
    for part in parts {
        for (i, c) in part.of(text).char_indices() {
            let seen = is_invisible(c) || covered[part.start as usize + i];
            prop_assert!(seen, "{c:?} is in no word");
        }
    }
    Ok(())
}

/// One root above all words, and a lemma for each.
fn check_tree(sentence: &Sentence) -> Result<(), TestCaseError> {
    for (i, token) in sentence.tokens().iter().enumerate() {
        prop_assert!(sentence.dominates(sentence.root(), i));
        prop_assert_eq!(token.deprel == Deprel::Root, i == sentence.root());
        prop_assert!(!sentence.lemma(i).is_empty(), "no lemma");
    }
    Ok(())
}

/// The parts between the cuts, which are parts per thousand of the text.
fn parts(text: &str, cuts: &[usize]) -> Vec<Span> {
    let place = |&cut: &usize| text.floor_char_boundary(text.len() * cut / 1000);
    let mut places: Vec<usize> = cuts.iter().map(place).collect();
    places.extend([0, text.len()]);
    places.sort_unstable();
    let pairs = places.windows(2);
    pairs.map(|pair| Span::from(pair[0]..pair[1])).collect()
}

#[test]
fn texts_that_once_broke_a_rule_keep_it() {
    for text in [
        // Words without anything to see, lost when written as CoNLL-U.
        "発表\u{1}\0 \u{7f}\u{7f}\u{7f}\0\r。",
        "\u{200b}",
        "東\u{ad}京\u{feff} \u{2060}",
        // Words whose lemma was nothing.
        "+ 1+ +",
        "합니+ 다+",
    ] {
        for analyser in analysers() {
            let mut worker = analyser.worker();
            check(text, &whole(text), worker.analyse(text, &whole(text))).expect(text);
        }
    }
}

#[test]
fn nothing_to_see_gives_no_sentence() {
    let text = "\u{7f}\0 \u{200b}\u{feff}\n\u{2060}\u{ad}\u{3000}\r\n";
    for analyser in analysers() {
        let mut worker = analyser.worker();
        assert!(worker.analyse(text, &whole(text)).is_empty());
    }
}
