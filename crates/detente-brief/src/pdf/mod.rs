//! A brief as a PDF file: A4, the chart drawn, pages numbered, numbers of notes that lead to their
//! notes, an outline of the sections.
//!
//! Latin and its marks are set in DejaVu, which the program carries; for Japanese, Korean and other
//! scripts the fonts of the machine are asked, so that on one machine the same brief gives the same
//! bytes. Signs that no font has are told, never dropped silently.

mod draw;
mod flow;

use std::collections::BTreeSet;

use crate::{Block, Brief, Check, Run, Sentence, check::even, markdown::unseen};
use flow::{Flow, Setting, Span};

/// A PDF file, and what could not be shown in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Signs for which neither the program nor the machine has a font; an empty box stands for each.
    pub without_font: BTreeSet<char>,
}

/// The file cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfError(String);

impl std::fmt::Display for PdfError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PdfError {}

/// Without what has no place on a page: control characters and marks that turn the direction.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !unseen(*c))
        .collect()
}

fn spans(sentence: &Sentence) -> Vec<Span> {
    let mut spans: Vec<Span> = sentence
        .runs
        .iter()
        .map(|run| match run {
            Run::Text(text) => Span::of(clean(text)),
            Run::Quote { text, language } => Span::quote(format!("“{}”", clean(text)), language),
        })
        .collect();
    for (i, number) in sentence.notes.iter().enumerate() {
        if i > 0 {
            spans.push(Span::raised(",".to_owned(), None));
        }
        spans.push(Span::raised(number.to_string(), Some(*number)));
    }
    spans
}

/// The brief as a PDF file.
///
/// # Errors
/// If a font or a picture cannot be put into the file.
pub fn pdf(brief: &Brief, check: &Check) -> Result<Pdf, PdfError> {
    let mut flow = Flow::new();
    flow.title(&clean(&brief.title), &clean(&brief.period));
    for section in &brief.sections {
        flow.heading(&clean(&section.heading), section.level);
        for block in &section.blocks {
            match block {
                Block::Paragraph(sentences) => {
                    let run: Vec<Span> = sentences.iter().flat_map(spans).collect();
                    flow.paragraph(&run, Setting::BODY);
                }
                Block::Items(sentences) => {
                    for one in sentences {
                        flow.item("•", &spans(one), Setting::ITEM);
                    }
                }
                Block::Chart { svg, .. } => flow.chart(svg),
                Block::Frame(frame) => {
                    flow.paragraph(&[Span::quiet(frame.text().to_owned())], Setting::BODY);
                }
            }
        }
    }
    flow.heading("Method and coverage", 2);
    for line in &brief.method {
        flow.paragraph(&[Span::of(clean(line))], Setting::BOX);
    }
    flow.paragraph(&[Span::strong(clean(&check.line()))], Setting::BOX);
    flow.heading("Notes", 2);
    for note in &brief.notes {
        let cites: Vec<Span> = note
            .cites
            .iter()
            .enumerate()
            .flat_map(|(k, cite)| {
                let gap = if k > 0 { " — " } else { "" };
                let quote = format!("{gap}“{}”", clean(&even(&cite.quote)));
                [
                    Span::quote(quote, cite.language),
                    Span::quiet(format!(" {}", clean(&cite.place()))),
                ]
            })
            .collect();
        flow.note(&cites);
    }
    let title = clean(&brief.title);
    let foot = format!("{title}, {}", clean(&brief.period));
    draw::draw(flow.finish(&foot), &title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cite, Note, Section};

    fn brief(quote: &str, language: &'static str) -> Brief {
        let sentence = Sentence {
            runs: vec![
                Run::Text("Rome told ".to_owned()),
                Run::Quote {
                    text: quote.to_owned(),
                    language,
                },
            ],
            notes: vec![1],
        };
        Brief {
            title: "Rome and Oslo".to_owned(),
            period: "2020".to_owned(),
            sections: vec![Section {
                id: "state",
                heading: "State".to_owned(),
                level: 2,
                blocks: vec![
                    Block::Chart {
                        svg:
                            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"80\" \
                              viewBox=\"0 0 200 80\"><path d=\"M0 0L200 80\" stroke=\"#000\"/>\
                              <text x=\"10\" y=\"30\">mean</text></svg>"
                                .to_owned(),
                        rows: vec![],
                    },
                    Block::Paragraph(vec![sentence; 200]),
                ],
            }],
            method: vec!["One document.".to_owned()],
            notes: vec![Note {
                cites: vec![Cite {
                    fact: "f1".to_owned(),
                    quote: quote.to_owned(),
                    language,
                    document: "d1".to_owned(),
                    outlet: None,
                    date: Some("2020-01-02".to_owned()),
                    start: 0,
                    end: 9,
                }],
            }],
        }
    }

    fn check() -> Check {
        crate::check(&brief("", "en"), |_| None)
    }

    #[test]
    fn text_of_the_file_is_that_of_the_brief() {
        let made = pdf(&brief("a tidal harbour", "en"), &check()).unwrap();
        assert!(made.bytes.starts_with(b"%PDF-"));
        assert!(made.without_font.is_empty());
        let text = pdf_extract::extract_text_from_mem(&made.bytes).unwrap();
        let even = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // The foot of a page stands between its lines and those of the next one.
        let even = even.replace("Rome and Oslo, 2020 1 / 2 ", "");
        assert_eq!(even.matches("a tidal harbour").count(), 201, "{even}");
        for words in [
            "Rome and Oslo",
            "Method and coverage",
            "characters 0–9; fact f1",
        ] {
            assert!(even.contains(words), "{words}: {even}");
        }
    }

    #[test]
    fn long_briefs_go_over_pages_and_are_the_same_twice() {
        let one = pdf(&brief("a tidal harbour", "en"), &check()).unwrap();
        let two = pdf(&brief("a tidal harbour", "en"), &check()).unwrap();
        assert_eq!(one, two);
        let document = pdf_extract::Document::load_mem(&one.bytes).unwrap();
        let pages = document.get_pages().len();
        assert!(pages > 1);
        let text = pdf_extract::extract_text_from_mem(&one.bytes).unwrap();
        for page in 1..=pages {
            assert!(text.contains(&format!("{page} / {pages}")), "{text}");
        }
    }

    #[test]
    fn no_sign_is_lost_silently() {
        for (quote, language) in [
            ("日本と韓国は会談した。", "ja"),
            ("한국과 일본이 만났다.", "ko"),
        ] {
            let made = pdf(&brief(quote, language), &check()).unwrap();
            let text = pdf_extract::extract_text_from_mem(&made.bytes).unwrap();
            for sign in quote.chars().filter(|c| !c.is_whitespace()) {
                let shown = text.contains(sign);
                assert_ne!(shown, made.without_font.contains(&sign), "{sign}: {text}");
            }
        }
    }

    #[test]
    fn signs_without_a_font_are_told() {
        // A noncharacter-free private sign that no font draws.
        let made = pdf(&brief("sign \u{f8fe0}", "en"), &check()).unwrap();
        assert!(made.without_font.contains(&'\u{f8fe0}'));
    }
}
