//! Sentence ends on texts of our own, by phenomenon: see the head of `segmentation/en.txt`.

use std::collections::BTreeSet;

use detente_syntax::Analyser;
use detente_text::{Language, Span};

/// A text and its sentences.
struct Case {
    name: String,
    text: String,
    sentences: BTreeSet<Span>,
}

/// The cases of a file: `== name`, text with `|` at the sentence ends, which empty lines are too.
fn cases(file: &str) -> Vec<Case> {
    let parts = file.split("\n== ").skip(1);
    parts
        .filter_map(|part| part.split_once('\n'))
        .map(case)
        .collect()
}

fn case((name, body): (&str, &str)) -> Case {
    let body = body.trim_end().replace(" |", "|");
    let mut text = String::new();
    let mut cuts = BTreeSet::new();
    for part in body.split('|') {
        text.push_str(part);
        cuts.insert(text.len());
    }
    cuts.extend(text.match_indices("\n\n").map(|(at, _)| at));
    let mut from = 0;
    let mut sentences = BTreeSet::new();
    for cut in cuts {
        let span = Span::new(from as u32, cut as u32).trimmed(&text);
        if !span.is_empty() {
            sentences.insert(span);
        }
        from = cut;
    }
    let name = name.to_owned();
    Case {
        name,
        text,
        sentences,
    }
}

/// F1 of the sentences in per cent, and what was found wrongly, by case.
fn score(cases: &[Case], mut find: impl FnMut(&str) -> Vec<Span>) -> (f64, String) {
    let (mut right, mut all, mut wrong) = (0, 0, String::new());
    for case in cases {
        let found = find(&case.text);
        right += found.iter().filter(|s| case.sentences.contains(s)).count();
        all += found.len() + case.sentences.len();
        for span in found.iter().filter(|s| !case.sentences.contains(s)) {
            wrong += &format!("{}: {:?}\n", case.name, span.of(&case.text));
        }
    }
    (200.0 * right as f64 / all.max(1) as f64, wrong)
}

/// Scores an analyser on a file of cases and asks for a least F1.
fn check(analyser: &Analyser, file: &str, least_sentences: usize, least: f64) {
    let cases = cases(file);
    let count: usize = cases.iter().map(|c| c.sentences.len()).sum();
    assert!(count >= least_sentences, "only {count} sentences");
    let mut worker = analyser.worker();
    let (f1, wrong) = score(&cases, |text| {
        let sentences = worker.analyse(text, &[Span::new(0, text.len() as u32)]);
        sentences.iter().map(|s| s.span).collect()
    });
    println!("F1 {f1:.2} on {count} sentences; wrong are\n{wrong}");
    assert!(
        f1 >= least,
        "F1 {f1:.2} on {count} sentences; wrong are\n{wrong}"
    );
}

#[test]
fn english_sentences_end_where_a_reader_would_end_them() {
    let file = include_str!("segmentation/en.txt");
    check(&Analyser::english(), file, 250, 97.0);
}

#[test]
fn japanese_and_korean_sentences_end_where_a_reader_would_end_them() {
    let japanese = include_str!("segmentation/ja.txt");
    let korean = include_str!("segmentation/ko.txt");
    let hard_japanese = include_str!("segmentation/ja_hard.txt");
    let hard_korean = include_str!("segmentation/ko_hard.txt");
    for (language, files) in [
        (Language::Ja, [japanese, hard_japanese]),
        (Language::Ko, [korean, hard_korean]),
    ] {
        let analyser = Analyser::shipped(language).expect("a model");
        for file in files {
            check(&analyser, file, 120, 95.0);
        }
    }
}

#[test]
fn cases_are_read_as_their_head_says() {
    let read = cases("Head\n\n== one\nA b. |C d |\nE\n\nF\n");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].text, "A b.C d\nE\n\nF");
    let texts: Vec<&str> = read[0]
        .sentences
        .iter()
        .map(|s| s.of(&read[0].text))
        .collect();
    assert_eq!(texts, ["A b.", "C d", "E", "F"]);
}
