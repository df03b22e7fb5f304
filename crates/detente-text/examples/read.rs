//! Prints what the reader makes of files: `cargo run -p detente-text --example read -- FILE…`

use std::{env, fs};

use detente_text::{DropReason, ReadOptions, SideCar, read};

fn main() {
    for path in env::args().skip(1) {
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                continue;
            }
        };
        let side_car = fs::read_to_string(format!("{path}.meta.toml")).ok();
        let side_car = side_car.map(|text| SideCar::parse(&text));
        if let Some(Err(diagnostic)) = &side_car {
            println!("{} {}", diagnostic.code, diagnostic.message);
        }
        let options = ReadOptions {
            side_car: side_car.and_then(Result::ok),
            ..ReadOptions::default()
        };
        let reading = read(&path, &bytes, &options);
        for diagnostic in &reading.diagnostics {
            println!("{path}: {} {}", diagnostic.code, diagnostic.message);
        }
        for document in &reading.documents {
            let (text, meta) = (&document.text, &document.metadata);
            println!(
                "== {} ({:?}, {}, {})",
                document.id,
                document.format,
                document.charset,
                document.language.code()
            );
            println!("title   {:?}", meta.title);
            println!("authors {:?}", meta.authors);
            println!("outlet  {:?}", meta.outlet);
            println!("place   {:?}", meta.place);
            println!("date    {:?}", meta.date);
            println!("url     {:?}", meta.url);
            let mut parts: Vec<(u32, String)> = document
                .dropped
                .iter()
                .map(|d| {
                    (
                        d.span.start,
                        format!("- {:<12} {}", name(d.reason), short(d.span.of(text))),
                    )
                })
                .chain(
                    document
                        .content()
                        .into_iter()
                        .filter(|s| !s.trimmed(text).is_empty())
                        .map(|s| (s.start, format!("+ {}", short(s.of(text))))),
                )
                .collect();
            parts.sort();
            for (at, line) in parts {
                println!("{at:>6} {line}");
            }
            for repeat in &document.repeats {
                println!(
                    "repeat {:?} again {:?} {}",
                    repeat.first,
                    repeat.again,
                    short(repeat.again.of(text))
                );
            }
            for diagnostic in &document.diagnostics {
                println!("{} {}", diagnostic.code, diagnostic.message);
            }
        }
    }
}

fn name(reason: DropReason) -> String {
    format!("{reason:?}").to_lowercase()
}

fn short(text: &str) -> String {
    let line = text.trim().replace('\n', "⏎");
    match line.char_indices().nth(110) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}
