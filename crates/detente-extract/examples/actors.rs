//! Shows whom a text names: `cargo run --example actors -- file.txt [2015-06-22] [author]`.

use std::{env, error::Error, fs, time::Instant};

use detente_codebook::Codebook;
use detente_extract::actors::{Actors, DocumentContext};
use detente_syntax::Analyser;
use detente_text::Span;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let date = arguments.next().filter(|d| !d.is_empty());
    let author = arguments.next();
    let text = fs::read_to_string(&path)?;
    let book = Codebook::embedded();
    let analyser = Analyser::english();
    let mut worker = analyser.worker();
    let whole = [Span::new(0, text.len() as u32)];
    let sentences = worker.analyse(&text, &whole).to_vec();
    let document = DocumentContext {
        days: match date {
            Some(date) => Some((date.parse()?, date.parse()?)),
            None => None,
        },
        authors: author.as_deref().into_iter().collect(),
        ..DocumentContext::default()
    };
    let start = Instant::now();
    let actors = Actors::find(&text, &sentences, &book, &document);
    let took = start.elapsed();
    for (number, sentence) in sentences.iter().enumerate() {
        println!("{number} {}", sentence.span.of(&text).replace('\n', " "));
        for mention in actors.in_sentence(number) {
            let place = if mention.as_place { " (place)" } else { "" };
            let office = mention.office.as_ref().and_then(|o| o.id.as_deref());
            let inferred = mention.inferred.as_ref().map(|i| i.person.as_str());
            println!(
                "    {:<28} {}{place} [{:?}, {:?}, {:?}]{}{}{}",
                mention.span.of(&text).replace('\n', " "),
                mention.id,
                mention.kind,
                mention.basis,
                sentence.lemma(mention.head as usize),
                office.map(|o| format!(" office {o}")).unwrap_or_default(),
                inferred
                    .map(|i| format!(" inferred {i}"))
                    .unwrap_or_default(),
                mention
                    .evidence
                    .map(|e| format!(" from {:?}", e.of(&text)))
                    .unwrap_or_default(),
            );
        }
    }
    eprintln!(
        "{} mentions, {} sentences, {:.2} ms, dyad {:?}, authors {:?}",
        actors.mentions().len(),
        sentences.len(),
        took.as_secs_f64() * 1000.0,
        actors.dyad(),
        actors.authors(),
    );
    Ok(())
}
