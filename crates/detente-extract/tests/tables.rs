//! Specifications of events as tables: a sentence and the events it must and must not give
//! (`tests/coding/roots/*.md`, `tests/coding/phenomena/*.md`), and sentences without any event
//! (`tests/probes/no_event.txt` at the root of the repository).
//!
//! A row whose sentence is empty is a further event of the sentence above. `none`: no event with a
//! root; `not ROOT`, `not ROOT by ACTOR`, `not ROOT to ACTOR`: none such. Empty cells are not asked,
//! `-` asks for an empty field. The date is 12 June 2024.
//!
//! What the coder cannot do yet stands in `tests/coding/not_yet.txt`, row by row: a row that fails
//! and is not listed fails the test, and so does a listed row that holds. `UPDATE_NOT_YET=1` writes
//! the list anew.

use std::{collections::BTreeSet, env, fmt::Write, fs, path::Path, sync::Arc};

use detente_codebook::Codebook;
use detente_extract::{Coder, CoderWorker, Fact, Kind};
use detente_syntax::Analyser;
use detente_text::{Basis, Document, DocumentDate};

/// Events found in the sentences of `no_event.txt` when this was last looked at; it may only fall.
const FOUND_WITHOUT_EVENT: usize = 17;

struct Row {
    /// File and number of the row, and what it asks.
    name: String,
    sentence: String,
    /// Column and cell.
    cells: Vec<(String, String)>,
}

#[test]
fn tables_hold() {
    let coder = coder();
    let mut worker = coder.worker();
    let list = folder().join("not_yet.txt");
    let listed: BTreeSet<String> = fs::read_to_string(&list)
        .unwrap_or_default()
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .map(str::to_owned)
        .collect();
    let mut failing = BTreeSet::new();
    let mut told = Vec::new();
    let rows = rows();
    let mut sentences = BTreeSet::new();
    let mut last = (String::new(), Vec::new());
    for row in &rows {
        sentences.insert(&row.sentence);
        if last.0 != row.sentence {
            last = (row.sentence.clone(), events(&mut worker, &row.sentence));
        }
        if let Some(why) = fails(row, &last.1) {
            failing.insert(row.name.clone());
            told.push(format!("{}: {why}\n    {}", row.name, row.sentence));
        }
    }
    assert!(sentences.len() >= 1500, "{} sentences", sentences.len());
    if env::var_os("UPDATE_NOT_YET").is_some() {
        let mut text = format!(
            "# Rows of the tables that the coder does not meet yet: {} of {}. See tests/tables.rs.\n",
            failing.len(),
            rows.len()
        );
        for name in &failing {
            let _ = writeln!(text, "{name}");
        }
        fs::write(&list, text).expect("the list can be written");
        return;
    }
    let new: Vec<&String> = told
        .iter()
        .filter(|t| !listed.iter().any(|l| t.starts_with(&format!("{l}: "))))
        .collect();
    assert!(
        new.is_empty(),
        "{} rows fail that held before\n{}",
        new.len(),
        new.iter()
            .map(|t| t.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    );
    let held: Vec<&String> = listed.difference(&failing).collect();
    assert!(
        held.is_empty(),
        "these rows hold now: take them out of not_yet.txt (UPDATE_NOT_YET=1)\n{held:#?}"
    );
}

#[test]
fn sentences_without_an_event_give_none() {
    let coder = coder();
    let mut worker = coder.worker();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/probes/no_event.txt");
    let text = fs::read_to_string(path).expect("tests/probes/no_event.txt");
    let sentences: Vec<&str> = text
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .collect();
    assert_eq!(sentences.len(), 200);
    let found: Vec<String> = sentences
        .iter()
        .flat_map(|s| {
            events(&mut worker, s)
                .into_iter()
                .map(move |f| format!("{:?} by {}: {s}", f.root, f.rule))
        })
        .collect();
    assert!(
        found.len() <= FOUND_WITHOUT_EVENT,
        "{} events, at most {FOUND_WITHOUT_EVENT} before\n{}",
        found.len(),
        found.join("\n")
    );
}

fn coder() -> Coder {
    Coder::new(
        Arc::new(Codebook::embedded()),
        Analyser::english(),
        ["JPN", "KOR"],
    )
    .expect("the shipped word lists are readable")
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coding")
}

/// Events with a root.
fn events(worker: &mut CoderWorker<'_>, sentence: &str) -> Vec<Fact> {
    let mut document = Document::plain("table", sentence.to_owned());
    document.metadata.date = Some(DocumentDate {
        edtf: "2024-06-12".parse().expect("a date"),
        text: "2024-06-12".to_owned(),
        span: None,
        basis: Basis::Explicit,
    });
    let mut facts = worker.code(&document).facts;
    facts.retain(|f| f.kind == Kind::Event && f.root.is_some());
    facts
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for part in ["roots", "phenomena"] {
        let mut files: Vec<_> = fs::read_dir(folder().join(part))
            .expect("a folder of tables")
            .map(|e| e.expect("an entry").path())
            .filter(|p| p.extension().is_some_and(|e| e == "md"))
            .collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).expect("UTF-8");
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            read(&format!("{part}/{stem}"), &text, &mut rows);
        }
    }
    rows
}

fn read(file: &str, text: &str, rows: &mut Vec<Row>) {
    let mut columns: Vec<String> = Vec::new();
    let mut sentence = String::new();
    let mut number = 0;
    for line in text.lines() {
        let Some(inside) = line
            .trim()
            .strip_prefix('|')
            .and_then(|l| l.strip_suffix('|'))
        else {
            continue;
        };
        let cells: Vec<String> = inside.split('|').map(|c| c.trim().to_owned()).collect();
        if cells
            .iter()
            .all(|c| c.chars().all(|c| matches!(c, '-' | ':')) && !c.is_empty())
        {
            continue;
        }
        if cells[0] == "sentence" {
            columns = cells;
            continue;
        }
        if !cells[0].is_empty() {
            sentence.clone_from(&cells[0]);
            number += 1;
        }
        let cells: Vec<(String, String)> = columns
            .iter()
            .cloned()
            .zip(cells)
            .skip(1)
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        let asked: Vec<&str> = cells.iter().map(|(_, c)| c.as_str()).collect();
        rows.push(Row {
            name: format!("{file} {number} [{}]", asked.join(", ")),
            sentence: sentence.clone(),
            cells,
        });
    }
}

/// What is wrong, if something is.
fn fails(row: &Row, events: &[Fact]) -> Option<String> {
    let found = || {
        let all: Vec<String> = events
            .iter()
            .map(|f| {
                format!(
                    "{} {:?} {} -> {} {} ({})",
                    f.root.map_or("-", |r| r.as_str()),
                    f.mode,
                    f.source.join("; "),
                    f.target.join("; "),
                    f.modality,
                    f.rule
                )
            })
            .collect();
        Some(format!("found {}", all.join(" ‖ ")))
    };
    let root = row
        .cells
        .iter()
        .find(|(c, _)| c == "root")
        .map_or("", |(_, r)| r.as_str());
    if root == "none" {
        return if events.is_empty() { None } else { found() };
    }
    if let Some(refused) = root.strip_prefix("not ") {
        let words: Vec<&str> = refused.splitn(3, ' ').collect();
        let hit = events.iter().any(|f| {
            f.root.is_some_and(|r| r.as_str() == words[0])
                && match words[1..] {
                    ["by", actor] => f.source.iter().any(|s| s == actor),
                    ["to", actor] => f.target.iter().any(|t| t == actor),
                    _ => true,
                }
        });
        return if hit { found() } else { None };
    }
    let met = events.iter().any(|f| {
        row.cells
            .iter()
            .all(|(column, cell)| meets(f, column, cell))
    });
    if met { None } else { found() }
}

fn meets(fact: &Fact, column: &str, cell: &str) -> bool {
    let wanted: BTreeSet<&str> = match cell {
        "-" => BTreeSet::new(),
        cell => cell.split(';').map(str::trim).collect(),
    };
    let same = |have: &[String]| have.iter().map(String::as_str).collect::<BTreeSet<_>>() == wanted;
    match column {
        "root" => fact.root.is_some_and(|r| r.as_str() == cell),
        "mode" => same(&fact.mode),
        "source" => same(&fact.source),
        "target" => same(&fact.target),
        "modality" => fact.modality.as_str() == cell,
        "date" => {
            let have = fact.date.map(|d| d.to_string()).unwrap_or_default();
            have == if cell == "-" { "" } else { cell }
        }
        "location" => {
            let have = fact.location.as_ref();
            wanted.is_empty() && have.is_none()
                || have.is_some_and(|l| {
                    wanted.contains(l.text.as_str())
                        || l.country.as_deref().is_some_and(|c| wanted.contains(c))
                })
        }
        _ => panic!("no column `{column}` is known"),
    }
}
