//! Markdown specifications: a text and the facts it must give (`tests/coding/*.md`).
//!
//! A block ```` ```text 2024-06-12 ```` holds the text and, if given, the document's date. The table
//! that follows names fields in its head; every row must be met by a fact of its own whose quote is
//! the one in the `quote` column or shares more than half of it. A cell that is empty is not asked;
//! `-` asks for an empty field. A row `no KIND` says that the text gives no fact of that kind;
//! `nothing` that it gives no fact at all.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use detente_codebook::Codebook;
use detente_extract::{Coder, Fact};
use detente_syntax::Analyser;
use detente_text::{Basis, Document, DocumentDate};

struct Case {
    place: String,
    text: String,
    date: Option<String>,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[test]
fn specifications_hold() {
    let coder = Coder::new(
        Arc::new(Codebook::embedded()),
        Analyser::english(),
        ["JPN", "KOR"],
    )
    .expect("the shipped word lists are readable");
    let mut worker = coder.worker();
    let mut failures = Vec::new();
    let mut rows = 0;
    for case in cases() {
        let mut document = Document::plain("spec", case.text.clone());
        document.metadata.date = case.date.as_ref().map(|date| DocumentDate {
            edtf: date.parse().expect("a date"),
            text: date.clone(),
            span: None,
            basis: Basis::Explicit,
        });
        let facts = worker.code(&document).facts;
        rows += case.rows.len();
        failures.extend(check(&case, &facts));
    }
    assert!(rows > 0, "no specification was read");
    assert!(
        failures.is_empty(),
        "{} of {rows} rows fail\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coding");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("tests/coding")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            parse(&name, &fs::read_to_string(file).expect("UTF-8"))
        })
        .collect()
}

fn parse(file: &str, markdown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = markdown.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        if let Some(info) = line.strip_prefix("```text") {
            let text: Vec<&str> = lines
                .by_ref()
                .map(|(_, l)| l)
                .take_while(|l| *l != "```")
                .collect();
            cases.push(Case {
                place: format!("{file}:{}", number + 1),
                text: text.join("\n"),
                date: Some(info.trim().to_owned()).filter(|d| !d.is_empty()),
                columns: Vec::new(),
                rows: Vec::new(),
            });
        } else if let (Some(case), Some(cells)) = (cases.last_mut(), cells(line)) {
            if case.columns.is_empty() {
                case.columns = cells;
            } else if !cells
                .iter()
                .all(|c| c.chars().all(|c| matches!(c, '-' | ':')))
            {
                case.rows.push(cells);
            }
        }
    }
    cases
}

fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inside.split('|').map(|c| c.trim().to_owned()).collect())
}

fn check(case: &Case, facts: &[Fact]) -> Vec<String> {
    let mut failures = Vec::new();
    let mut used = vec![false; facts.len()];
    for row in &case.rows {
        let cell = |name: &str| {
            case.columns
                .iter()
                .position(|c| c == name)
                .and_then(|i| row.get(i))
                .map_or("", String::as_str)
        };
        let kind = cell("kind");
        let refused = |fact: &&Fact| {
            kind == "nothing"
                || kind
                    .strip_prefix("no ")
                    .is_some_and(|k| fact.kind.as_str() == k)
        };
        if kind == "nothing" || kind.starts_with("no ") {
            if let Some(fact) = facts.iter().find(refused) {
                failures.push(format!(
                    "{}: {kind} wanted, but found {} ⟦{}⟧ by {}",
                    case.place, fact.kind, fact.quote, fact.rule
                ));
            }
            continue;
        }
        let quote = cell("quote");
        let found = facts
            .iter()
            .enumerate()
            .filter(|(i, f)| !used[*i] && f.kind.as_str() == kind)
            .map(|(i, f)| (shared(&case.text, f, quote), i, f))
            .filter(|(share, _, _)| *share > 0.5)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, at, fact)) = found else {
            let all: Vec<String> = facts
                .iter()
                .map(|f| format!("    {} ⟦{}⟧ {}", f.kind, f.quote, f.rule))
                .collect();
            failures.push(format!(
                "{}: no {kind} ⟦{quote}⟧; found\n{}",
                case.place,
                all.join("\n")
            ));
            continue;
        };
        used[at] = true;
        let fields = fields(fact);
        for (name, wanted) in case.columns.iter().zip(row) {
            if matches!(name.as_str(), "kind" | "quote") || wanted.is_empty() {
                continue;
            }
            let have = fields.get(name.as_str()).map_or("?", String::as_str);
            let wanted = if wanted == "-" { "" } else { wanted };
            if have != wanted {
                failures.push(format!(
                    "{}: ⟦{}⟧ has {name} `{have}`, wanted `{wanted}`",
                    case.place, fact.quote
                ));
            }
        }
    }
    failures
}

/// Share of the longer of the two stretches that both cover; 0 if they do not touch.
fn shared(text: &str, fact: &Fact, quote: &str) -> f64 {
    let Some(at) = text.find(quote).filter(|_| !quote.is_empty()) else {
        return 0.0;
    };
    let start = text[..at].chars().count() as f64;
    let end = start + quote.chars().count() as f64;
    let (a, b) = (f64::from(fact.start), f64::from(fact.end));
    let both = (end.min(b) - start.max(a)).max(0.0);
    both / (end.max(b) - start.min(a))
}

fn fields(fact: &Fact) -> BTreeMap<&'static str, String> {
    let list = |values: &[String]| values.join("; ");
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let value = fact
        .value
        .as_ref()
        .and_then(|v| serde_json::to_value(v).ok())
        .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
        .unwrap_or_default();
    BTreeMap::from([
        ("source", list(&fact.source)),
        ("target", list(&fact.target)),
        ("root", fact.root.map(|r| r.to_string()).unwrap_or_default()),
        ("mode", list(&fact.mode)),
        ("modality", fact.modality.to_string()),
        ("date", fact.date.map(|d| d.to_string()).unwrap_or_default()),
        ("basis", format!("{:?}", fact.date_basis).to_lowercase()),
        ("issue", list(&fact.issue)),
        ("channel", text(&fact.channel)),
        ("status", text(&fact.status)),
        ("value", value),
        ("unit", text(&fact.unit)),
        ("population", text(&fact.population)),
        ("pollster", text(&fact.pollster)),
        ("answer", text(&fact.answer)),
        ("subtype", text(&fact.subtype)),
        ("hedge", text(&fact.hedge)),
        (
            "speaker",
            fact.speaker
                .first()
                .and_then(|l| l.actor.clone())
                .unwrap_or_default(),
        ),
    ])
}
