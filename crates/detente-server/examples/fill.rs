//! Fills a record with synthetic facts, by the way of every other document:
//! `cargo run --release -p detente-server --example fill -- big.db 1000000`
//!
//! Fifty facts a document; what they say is drawn from small lists, the same on every run.

mod synthetic;

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use detente_record::{Options, Record, Rules};

const WORDS: [&str; 24] = [
    "summit",
    "talks",
    "protest",
    "export",
    "visit",
    "agreement",
    "court",
    "labour",
    "apology",
    "islets",
    "trade",
    "drill",
    "envoy",
    "statement",
    "fisheries",
    "poll",
    "treaty",
    "ruling",
    "minister",
    "president",
    "culture",
    "border",
    "dialogue",
    "pledge",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let record = PathBuf::from(arguments.next().ok_or("which record?")?);
    let facts: usize = arguments.next().ok_or("how many facts?")?.parse()?;
    let folder = tempfile::tempdir()?;
    write(&folder.path().join("news.jsonl"), facts)?;
    let rules = Rules {
        skip: &[],
        readable: &detente_text::is_readable_name,
    };
    let found =
        detente_record::walk(&[folder.path().to_owned()], &rules).map_err(|(_, error)| error)?;
    let stop = AtomicBool::new(false);
    let options = Options {
        threads: 2,
        limit: 4 << 30,
        stop: &stop,
        pages: None,
    };
    let mut record = Record::create(&record, "JPN-KOR")?;
    let began = std::time::Instant::now();
    let coder = synthetic::LineCoder::default();
    let report = detente_record::run(&mut record, &found, &coder, &options, &mut |_| ())?;
    println!(
        "{} facts in {} documents, {} events, {:.0} s",
        report.facts,
        report.documents,
        report.events,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

fn write(path: &Path, facts: usize) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut state: u64 = 1;
    let mut word = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        WORDS[(state >> 33) as usize % WORDS.len()]
    };
    for document in 0..facts.div_ceil(50) {
        let mut text = format!("{} and {}\\nPaper {}", word(), word(), document % 40);
        for line in 0..50.min(facts - document * 50) {
            text.push_str(&format!(
                "\\nThe {} of the {} led to a {} about the {} number {line}",
                word(),
                word(),
                word(),
                word()
            ));
        }
        writeln!(out, "{{\"id\": \"{document}\", \"text\": \"{text}\"}}")?;
    }
    out.flush()
}
