//! Checks a codebook and says how long reading takes: `cargo run --example check [folder]`.

use std::{env, path::Path, time::Instant};

use detente_codebook::{Codebook, Files};

fn main() {
    let start = Instant::now();
    let read = match env::args().nth(1) {
        Some(folder) => Codebook::from_dir(Path::new(&folder)),
        None => Codebook::from_files(Files::embedded()),
    };
    let took = start.elapsed();
    match read {
        Ok(book) => {
            let (verbs, nouns) = book.events.sizes();
            println!(
                "{} roots, {verbs} verbs, {nouns} nouns; {} states, {} persons, {} offices, {} organisations, {} names; {} issues, {} channels; {:.1} ms",
                book.events.roots.len(),
                book.actors.states.len(),
                book.actors.persons.len(),
                book.actors.offices.len(),
                book.actors.organisations.len(),
                book.actors.name_count(),
                book.issues.topics.len(),
                book.channels.topics.len(),
                took.as_secs_f64() * 1000.0,
            );
            eprintln!("{}", book.warnings);
        }
        Err(problems) => {
            eprintln!("{problems}");
            std::process::exit(1);
        }
    }
}
