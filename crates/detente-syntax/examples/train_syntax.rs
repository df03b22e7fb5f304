//! Trains a model: `train_syntax [OPTION VALUE]… TREEBANK.conllu…`
//!
//! `--out FILE[:UPDATES,WEIGHT,UPDATES,WEIGHT]` may stand several times, with what to leave out of
//! tagger and parser. Sentences of documents that may not ship are left out.

use detente_syntax::{conllu, train};

fn number<T: std::str::FromStr>(text: &str) -> T {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no number"))
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let (mut options, mut vectors) = (train::Options::default(), None);
    let (mut sentences, mut outputs) = (Vec::new(), Vec::new());
    while let Some(arg) = args.next() {
        let mut value = || args.next().expect("a value after the option");
        match arg.as_str() {
            "--out" => outputs.push(value()),
            "--vectors" => vectors = Some(std::fs::read_to_string(value())?),
            "--seed" => options.seed = number(&value()),
            "--tagger-epochs" => options.tagger_epochs = number(&value()),
            "--parser-epochs" => options.parser_epochs = number(&value()),
            "--margin" => options.margin = number(&value()),
            "--mixed" => options.mixed = number(&value()),
            path => {
                let text = std::fs::read_to_string(path)?;
                let mut ships = true;
                for sentence in conllu::read(&text).unwrap_or_else(|e| panic!("{path}: {e}")) {
                    if let Some(document) = sentence.comment("newdoc id") {
                        ships = train::may_ship(document);
                    }
                    if ships {
                        sentences.push(sentence);
                    }
                }
            }
        }
    }
    let start = std::time::Instant::now();
    let mut progress = |message: &str| {
        eprintln!("{:6.1} s  {message}", start.elapsed().as_secs_f64());
    };
    let learnt = train::learn(&sentences, vectors.as_deref(), options, &mut progress);
    for output in outputs {
        let (path, cut) = match output.split_once(':') {
            Some((path, cut)) => {
                let n: Vec<i64> = cut.split(',').map(number).collect();
                let tagger = (n[0] as u32, n[1]);
                let parser = (n[2] as u32, n[3]);
                (path, train::Cut { tagger, parser })
            }
            None => (output.as_str(), train::Cut::default()),
        };
        let model = learnt.model(cut);
        progress(&format!("{path}: {} bytes", model.len()));
        std::fs::write(path, model)?;
    }
    Ok(())
}
