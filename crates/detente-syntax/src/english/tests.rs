//! English with what is learnt in the shipped model, on texts of our own.

use super::*;
use crate::model::Model;

fn shipped() -> English {
    let model = Model::read(include_bytes!("../../models/en.model")).expect("a model");
    English::read(model.section("english").expect("a section")).expect("what is learnt")
}

/// The words of a text, sentences parted by strokes.
fn cut(english: &English, text: &str) -> String {
    let mut found = Segmented::default();
    english.segment(text, Span::new(0, text.len() as u32), &mut found);
    let sentence = |words: &[Span]| {
        let words: Vec<&str> = words.iter().map(|w| w.of(text)).collect();
        words.join(" ")
    };
    let sentences: Vec<String> = found.sentences().map(sentence).collect();
    sentences.join(" | ")
}

#[test]
fn knows_the_dictionary_forms_of_news() {
    let english = shipped();
    let (mut all, mut wrong, mut lemma) = (0, Vec::new(), String::new());
    let list = include_str!("../../tests/lemmas/en.txt");
    for line in list.lines().skip(3).filter(|l| !l.is_empty()) {
        let mut fields = line.split(' ');
        let (Some(right), Some(xpos)) = (fields.next(), fields.next()) else {
            panic!("{line}");
        };
        let upos = match xpos.as_bytes()[0] {
            b'V' => Upos::Verb,
            b'N' => Upos::Noun,
            _ => Upos::Adj,
        };
        for form in fields {
            all += 1;
            english.lemma(form, upos, xpos, false, &mut lemma);
            if lemma != right {
                wrong.push(format!("{form}: {lemma}"));
            }
        }
    }
    assert!(all > 400, "{all} forms");
    assert!(
        wrong.len() * 50 < all,
        "{} of {all}: {wrong:?}",
        wrong.len()
    );
}

#[test]
fn lemmas_follow_the_tags_and_the_case() {
    let english = shipped();
    let mut lemma = String::new();
    for (form, upos, xpos, right) in [
        ("ruling", Upos::Noun, "NN", "ruling"),
        ("ruling", Upos::Verb, "VBG", "rule"),
        ("Rejects", Upos::Verb, "VBZ", "reject"),
        ("JAPAN", Upos::Propn, "NNP", "Japan"),
        ("NATO", Upos::Propn, "NNP", "NATO"),
        ("1,200", Upos::Num, "CD", "1200"),
        ("n't", Upos::Part, "RB", "not"),
    ] {
        english.lemma(form, upos, xpos, false, &mut lemma);
        assert_eq!(lemma, right, "{form} {xpos}");
    }
}

#[test]
fn tables_that_are_searched_are_sorted() {
    use abbreviations::{AFTER_HOURS, ALSO_WORDS, ANYWHERE, BEFORE_NAMES, OPENERS};
    for table in [AFTER_HOURS, ALSO_WORDS, ANYWHERE, BEFORE_NAMES, OPENERS] {
        assert!(table.is_sorted(), "{table:?}");
    }
}

#[test]
fn cuts_what_is_no_prose() {
    let english = shipped();
    for (text, words) in [
        ("Great :-) work 🎉🎉 today", "Great :-) work 🎉🎉 today"),
        ("a deal🎉 at last", "a deal 🎉 at last"),
        (
            "call 02-312-4455 or 713-664-7478",
            "call 02-312-4455 or 713-664-7478",
        ),
        ("They dont know", "They do nt know"),
        ("in the 80's", "in the 80's"),
        ("=====> 1990-1994", "=====> 1990 - 1994"),
        ("東京の首相 said", "東京の首相 said"),
    ] {
        assert_eq!(cut(&english, text), words);
    }
}

#[test]
fn long_stretches_without_a_space_cost_linear_time() {
    let english = shipped();
    let mut found = Segmented::default();
    // Quadratic time would take hours for any of these.
    for part in [
        "a", "'‘", "a-", "1-", "A$", "'s", "(", ".", "a.B", "語", "🎉a", "[1]", "a@", "\"a.",
    ] {
        let text = part.repeat(1_000_000 / part.len()) + "x";
        english.segment(&text, Span::new(0, text.len() as u32), &mut found);
        let words: Vec<Span> = found.sentences().flatten().copied().collect();
        assert_eq!(words.first().map(|w| w.start), Some(0), "{part}");
        assert_eq!(
            words.last().map(|w| w.end),
            Some(text.len() as u32),
            "{part}"
        );
        assert!(words.windows(2).all(|w| w[0].end == w[1].start), "{part}");
    }
}
