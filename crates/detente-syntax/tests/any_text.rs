//! What holds for any text at all, in every language that ships: words in order at character
//! boundaries, one tree a sentence, nothing visible lost, and always the same answer.

use std::sync::OnceLock;

use detente_syntax::conllu::{self, Writer};
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

/// Pieces that have made trouble somewhere: marks that do not close, forms in half or full width,
/// letters in parts, characters that are not seen, what is no text at all.
const ODD: &[&str] = &[
    "「",
    "」",
    "『",
    "』",
    "(",
    ")",
    "（",
    "）",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "[3]",
    "〔",
    "》",
    "。",
    "．",
    ".",
    "...",
    "…",
    "、",
    ",",
    "，",
    "！",
    "?!",
    "?",
    "：",
    ";",
    "・",
    "·",
    "ㆍ",
    "•",
    "▲",
    "ｶﾞ",
    "ﾊﾟ",
    "ｱ｡",
    "｢ｶﾅ｣",
    "ＡＢＣ",
    "１２３",
    "％",
    "㈜",
    "①",
    "㌔",
    "ー",
    "〜",
    "々",
    "ヶ",
    "\u{1100}\u{1161}\u{11a8}",
    "\u{11a8}",
    "ㄱㄴ",
    "ㅋㅋㅋ",
    "\u{301}",
    "\u{3099}",
    "\u{fe0f}",
    "\u{fffd}",
    "\u{200d}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{2060}",
    "\u{202e}",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "👨\u{200d}👩\u{200d}👧",
    "🇯🇵🇰🇷",
    "👍🏽",
    "𠮷",
    "葛\u{e0100}",
    " ",
    " ",
    "\u{3000}",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "http://a.example/b?c=1",
    "www.a.example",
    "kim@a.example",
    "1,000.5",
    "3/4",
    "10:30",
    "-",
    "—",
    "--",
    "$",
    "US$30m",
    "Mr.",
    "U.S.",
    "n't",
    "don’t",
    "'s",
    "a.m.",
    "No.",
    "I",
    "said",
    "Busan",
    "é",
    "東京",
    "外相は",
    "述べた",
    "と",
    "行かなかった",
    "国会議員",
    "특사는",
    "말했다",
    "고",
    "평화를",
    "원하지",
    "않는다",
    "ㆍ부산",
    "他说",
    "مرحبا",
    "นี่",
    "Ω",
    "ß",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_words_in_order_and_trees(text in "\\PC{0,80}", cut in 0usize..1000) {
        let parts = parts(&text, &[cut]);
        for analyser in analysers() {
            check(&text, &parts, analyser.worker().analyse(&text, &parts))?;
        }
    }

    #[test]
    fn any_characters_give_words_in_order_and_trees(
        chars in prop::collection::vec(any::<char>(), 0..60),
    ) {
        let text: String = chars.into_iter().collect();
        for analyser in analysers() {
            check(&text, &whole(&text), analyser.worker().analyse(&text, &whole(&text)))?;
        }
    }

    #[test]
    fn odd_pieces_give_words_in_order_and_trees(
        pieces in prop::collection::vec(prop::sample::select(ODD), 0..40),
        cuts in prop::collection::vec(0usize..1000, 0..4),
    ) {
        let text = pieces.concat();
        let parts = parts(&text, &cuts);
        for analyser in analysers() {
            check(&text, &parts, analyser.worker().analyse(&text, &parts))?;
        }
    }

    #[test]
    fn what_is_no_utf_8_is_read_with_marks_in_its_place(
        bytes in prop::collection::vec(any::<u8>(), 0..120),
    ) {
        let text = String::from_utf8_lossy(&bytes);
        for analyser in analysers() {
            check(&text, &whole(&text), analyser.worker().analyse(&text, &whole(&text)))?;
        }
    }

    #[test]
    fn one_character_many_times_gives_words(
        piece in prop::sample::select(ODD),
        other in prop::sample::select(ODD),
        count in 200usize..700,
    ) {
        let text = piece.repeat(count) + other + &piece.repeat(20);
        for analyser in analysers() {
            check(&text, &whole(&text), analyser.worker().analyse(&text, &whole(&text)))?;
        }
    }

    #[test]
    fn any_words_make_a_tree(
        pieces in prop::collection::vec(prop::sample::select(ODD), 1..30),
        joined in 1usize..4,
    ) {
        let text = pieces.concat();
        let mut words = Vec::new();
        let mut at = 0;
        for some in pieces.chunks(joined) {
            let length: usize = some.iter().map(|piece| piece.len()).sum();
            words.push(Span::from(at..at + length));
            at += length;
        }
        for analyser in analysers() {
            let mut worker = analyser.worker();
            let sentence = worker.analyse_words(&text, &words);
            let found: Vec<Span> = sentence.tokens().iter().map(|t| t.span).collect();
            prop_assert_eq!(&found, &words);
            for i in 0..words.len() {
                prop_assert!(sentence.dominates(sentence.root(), i));
            }
        }
    }

    #[test]
    fn spans_that_do_not_fit_do_no_harm(
        text in "\\PC{0,40}",
        spans in prop::collection::vec((0u32..150, 0u32..40), 1..12),
    ) {
        let spans: Vec<Span> = spans.iter().map(|&(at, length)| Span::new(at, at + length)).collect();
        for analyser in analysers() {
            let mut worker = analyser.worker();
            let sentence = worker.analyse_words(&text, &spans);
            prop_assert_eq!(sentence.len(), spans.len());
            prop_assert!((0..spans.len()).all(|i| sentence.dominates(sentence.root(), i)));
            for sentence in worker.analyse(&text, &spans) {
                prop_assert!(sentence.tokens().iter().all(|t| !t.span.of(&text).is_empty()));
            }
        }
    }

    #[test]
    fn a_worker_says_the_same_whatever_it_read_before(
        first in prop::collection::vec(prop::sample::select(ODD), 0..60),
        second in prop::collection::vec(prop::sample::select(ODD), 0..30),
    ) {
        let (first, second) = (first.concat(), second.concat());
        for analyser in analysers() {
            let fresh = analyser.worker().analyse(&second, &whole(&second)).to_vec();
            let mut worker = analyser.worker();
            worker.analyse(&first, &whole(&first));
            prop_assert_eq!(worker.analyse(&second, &whole(&second)), &fresh[..]);
            prop_assert_eq!(worker.analyse(&second, &whole(&second)), &fresh[..]);
        }
    }

    #[test]
    fn a_part_is_read_alike_alone_and_among_others(
        pieces in prop::collection::vec(prop::sample::select(ODD), 1..120),
        cuts in prop::collection::vec(0usize..1000, 1..8),
    ) {
        let text = pieces.concat();
        let parts = parts(&text, &cuts);
        for analyser in analysers() {
            let mut worker = analyser.worker();
            let together = worker.analyse(&text, &parts).to_vec();
            let mut alone = Vec::new();
            for part in &parts {
                alone.extend_from_slice(worker.analyse(&text, std::slice::from_ref(part)));
            }
            prop_assert_eq!(together, alone);
        }
    }

    #[test]
    fn written_as_conllu_the_words_find_their_places_again(
        pieces in prop::collection::vec(prop::sample::select(ODD), 0..30),
    ) {
        let text = pieces.concat();
        for analyser in analysers() {
            let mut worker = analyser.worker();
            let sentences = worker.analyse(&text, &whole(&text));
            let (mut out, mut writer) = (String::new(), Writer::new(&text, 0));
            for sentence in sentences {
                writer.sentence(sentence, &mut out);
            }
            let trees = conllu::read(&out).expect("what is written can be read");
            let placed = conllu::place(&text, &trees);
            prop_assert_eq!(&placed.misfits, &[]);
            prop_assert_eq!(placed.sentences.len(), sentences.len());
            for (placed, own) in placed.sentences.iter().zip(sentences) {
                prop_assert_eq!(placed.len(), own.len());
                for i in 0..own.len() {
                    prop_assert_eq!(placed.head(i), own.head(i));
                    let form = |s: &Sentence| -> String {
                        let form = s.tokens()[i].span.of(&text).chars();
                        form.filter(|&c| !is_invisible(c)).collect()
                    };
                    prop_assert_eq!(form(placed), form(own));
                }
            }
        }
    }
}

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
