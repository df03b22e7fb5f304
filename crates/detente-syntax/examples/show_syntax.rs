//! Shows the analysis of standard input as CoNLL-U: `show_syntax [MODEL] < TEXT`

use std::io::Read;

use detente_syntax::{Analyser, conllu};
use detente_text::Span;

fn main() -> std::io::Result<()> {
    let analyser = match std::env::args().nth(1) {
        Some(path) => Analyser::from_bytes(&std::fs::read(path)?).expect("a model"),
        None => Analyser::english(),
    };
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut worker = analyser.worker();
    let found = worker.analyse(&text, &[Span::new(0, text.len() as u32)]);
    let sentences: Vec<_> = found
        .iter()
        .map(|s| conllu::TreebankSentence::from_analysis(&text, s))
        .collect();
    print!("{}", conllu::write(&sentences));
    Ok(())
}
