//! Scores a model on treebanks: `eval_syntax MODEL|shipped TREEBANK.conllu…`

use std::time::Instant;

use detente_syntax::{Analyser, conllu, score};
use detente_text::Span;

fn main() {
    let mut args = std::env::args().skip(1);
    let model = args.next().expect("usage: eval_syntax MODEL TREEBANK…");
    let start = Instant::now();
    let analyser = match model.as_str() {
        "shipped" => Analyser::english(),
        path => {
            let bytes = std::fs::read(path).expect("the model can be read");
            Analyser::from_bytes(&bytes).expect("a model")
        }
    };
    println!("decoded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut worker = analyser.worker();
    for path in args {
        let text = std::fs::read_to_string(&path).expect("a treebank");
        let treebank = conllu::read(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
        println!("{path}");
        let rows = [
            ("gold words", score::on_gold_words(&mut worker, &treebank)),
            ("raw text", score::on_text(&mut worker, &treebank)),
        ];
        for (name, s) in rows {
            println!(
                "  {name:10}  sentences {:.2}  words {:.2}  UPOS {:.2}  feats {:.2}  lemmas {:.2}  UAS {:.2}  LAS {:.2}  with subtypes {:.2}",
                s.sentence_percent(),
                s.percent(s.words),
                s.percent(s.upos),
                s.percent(s.feats),
                s.percent(s.lemmas),
                s.percent(s.heads),
                s.percent(s.labelled),
                s.percent(s.subtyped)
            );
        }
        let plain: String = treebank.iter().map(|s| s.text().0 + "\n\n").collect();
        let span = [Span::new(0, plain.len() as u32)];
        let mut best = 0f64;
        for _ in 0..5 {
            let start = Instant::now();
            let sentences = worker.analyse(&plain, &span).len();
            best = best.max(sentences as f64 / start.elapsed().as_secs_f64());
        }
        println!("  {best:.0} sentences/s");
    }
}
