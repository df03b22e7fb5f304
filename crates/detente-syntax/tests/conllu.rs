//! Trees go out as CoNLL-U and come back on the same text as they were, whatever the text.

use detente_syntax::{
    Analyser, Sentence,
    conllu::{self, Writer},
};
use detente_text::Span;
use proptest::prelude::*;

fn english() -> &'static Analyser {
    static ENGLISH: std::sync::OnceLock<Analyser> = std::sync::OnceLock::new();
    ENGLISH.get_or_init(Analyser::english)
}

fn analysed(text: &str) -> Vec<Sentence> {
    let whole = [Span::new(0, text.len() as u32)];
    english().worker().analyse(text, &whole).to_vec()
}

fn written(text: &str, sentences: &[Sentence]) -> String {
    let (mut out, mut writer) = (String::new(), Writer::new(text, 0));
    for sentence in sentences {
        writer.sentence(sentence, &mut out);
    }
    out
}

fn there_and_back(text: &str) -> Result<(), TestCaseError> {
    let sentences = analysed(text);
    let trees = conllu::read(&written(text, &sentences)).unwrap();
    prop_assert_eq!(trees.len(), sentences.len());
    let placed = conllu::place(text, &trees);
    prop_assert_eq!(&placed.misfits, &[]);
    prop_assert_eq!(&placed.sentences, &sentences);
    Ok(())
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        there_and_back(&text)?;
    }

    #[test]
    fn words_and_marks(
        text in "(([Tt]he|Seoul’s|can't|don’t|cannot|\"No\\.\"|東京|부산에서|U\\.S\\.|3\\.5%|x\u{ad}y|a\u{200b}b|『対話』)[ ,.\n]{1,3}){1,30}"
    ) {
        there_and_back(&text)?;
    }

    /// Trees of another text: nothing is lost, nothing breaks, spans lie in the text.
    #[test]
    fn trees_of_another_text(text in "[a-cé \n]{0,60}", other in "[a-cé \n]{0,60}") {
        let trees = conllu::read(&written(&other, &analysed(&other))).unwrap();
        let placed = conllu::place(&text, &trees);
        prop_assert_eq!(placed.sentences.len() + placed.misfits.len(), trees.len());
        let mut end = 0;
        for token in placed.sentences.iter().flat_map(|s| s.tokens()) {
            prop_assert!(token.span.start >= end && !token.span.of(&text).is_empty());
            end = token.span.end;
        }
    }

    /// Whatever stands in the columns, reading and placing do not break.
    #[test]
    fn any_columns(form in "[a-z \u{ad}’']{0,4}", head in 0..4usize, last in 0..5usize) {
        let text = "a b’s c";
        let tree = format!(
            "1-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n\
             1\t{form}\tx\tX\t_\t_\t{head}\troot\t_\tstart_char={head}\n\
             2\tb\tx\t?\t_\tA|B=\t1\tnew:type\t_\t_\n\n"
        );
        if let Ok(trees) = conllu::read(&tree) {
            for token in conllu::place(text, &trees).sentences.iter().flat_map(|s| s.tokens()) {
                prop_assert!(text.is_char_boundary(token.span.start as usize));
                prop_assert!(text.is_char_boundary(token.span.end as usize));
            }
        }
    }
}

/// What would not come back as it was is refused, or evened out while reading.
#[test]
fn what_is_read_can_be_written_and_read() {
    let word = |id: u32| format!("{id}\tx\tx\tX\t_\t_\t0\troot\t_\t_");
    let range = |ids: &str| format!("{ids}\txx\t_\t_\t_\t_\t_\t_\t_\t_");
    let (one, two) = (word(1), word(2));
    let good = format!("# a\r\r\n{}\n{one}\n{two}\r\r\n", range("1-2"));
    let trees = conllu::read(&good).expect("a sentence");
    assert_eq!(trees[0].comments, ["a"]);
    assert_eq!(trees[0].words[1].misc, "_");
    assert_eq!(conllu::read(&conllu::write(&trees)), Ok(trees));
    for bad in [
        format!("{one}\n{}\n{two}\n", range("1-2")),
        format!("{}\n{one}\n{two}\n", range("1-3")),
        format!("{}\n{one}\n{two}\n", range("2-1")),
        format!("{}\n{}\n{one}\n{two}\n", range("1-1"), range("1-2")),
        format!("{}\n\n{one}\n", range("1-1")),
    ] {
        assert!(conllu::read(&bad).is_err(), "{bad}");
    }
}
