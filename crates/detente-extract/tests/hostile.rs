//! Damaged text: whatever stands in a document, coding ends, and every fact it gives is quoted from
//! the text.

use std::{fs, path::Path, sync::Arc};

use detente_codebook::Codebook;
use detente_extract::Coder;
use detente_syntax::Analyser;
use detente_text::{CodePoints, Document};

/// What is put into a text: signs that open and never close, other scripts, wide and combining
/// characters, numbers without an end.
const SPLINTERS: [&str; 24] = [
    "\u{0}",
    "“",
    "”",
    "\"",
    "(",
    ")",
    "[",
    "%",
    " percent ",
    ",",
    ".",
    ":",
    "\n",
    "\n\n",
    "\t",
    "北京",
    "é",
    "e\u{301}",
    "½",
    "𝟘",
    "$",
    "99999999999999999999 ",
    "-",
    "| a | 5% |\n",
];

/// A generator that gives the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

#[test]
fn damaged_text_is_coded_without_a_panic() {
    let coder = Coder::new(
        Arc::new(Codebook::embedded()),
        Analyser::english(),
        ["JPN", "KOR"],
    )
    .expect("the shipped word lists are readable");
    let mut worker = coder.worker();
    let texts = texts();
    assert!(texts.len() > 50, "no specification was read");
    let mut numbers = Numbers(1);
    let mut facts = 0;
    for round in 0..ROUNDS {
        let text = damaged(&texts, &mut numbers);
        let document = Document::plain("damaged", text);
        let points = CodePoints::new(&document.text);
        for fact in worker.code(&document).facts {
            facts += 1;
            assert!(
                fact.check(&document.text, &points),
                "round {round}: {fact:?} in {:?}",
                document.text
            );
        }
    }
    assert!(facts > 0, "nothing at all was found");
}

/// Texts that are tried.
const ROUNDS: usize = 600;

/// Up to four texts after one another, with characters taken out and splinters put in.
fn damaged(texts: &[String], numbers: &mut Numbers) -> String {
    let mut text = String::new();
    for _ in 0..=numbers.below(4) {
        text.push_str(&texts[numbers.below(texts.len())]);
        text.push_str(["\n\n", " ", "", "\n"][numbers.below(4)]);
    }
    let harm = 1 + numbers.below(12);
    for _ in 0..harm {
        let at = boundary(&text, numbers.below(text.len() + 1));
        match numbers.below(3) {
            0 => {
                let end = boundary(&text, (at + numbers.below(9)).min(text.len()));
                text.replace_range(at..end.max(at), "");
            }
            _ => text.insert_str(at, SPLINTERS[numbers.below(SPLINTERS.len())]),
        }
    }
    text
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(0)
}

/// The texts of all specifications.
fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coding");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("tests/coding")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let markdown = fs::read_to_string(file).expect("a specification");
        for block in markdown.split("```text").skip(1) {
            let body = block.split_once('\n').map_or("", |b| b.1);
            texts.push(body.split("\n```").next().unwrap_or(body).to_owned());
        }
    }
    texts
}
