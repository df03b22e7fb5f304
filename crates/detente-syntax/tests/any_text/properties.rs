//! Properties of the analysis of strings drawn by lot.

use detente_syntax::Sentence;
use detente_syntax::conllu::{self, Writer};
use detente_text::Span;
use proptest::prelude::*;

use crate::pieces::ODD;
use crate::{analysers, check, is_invisible, parts, whole};

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

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
