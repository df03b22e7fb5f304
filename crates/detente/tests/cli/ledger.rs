//! Ledgers as a careful reader would keep them: `tests/ledger/*.toml` at the root of the
//! repository, each with three to six short documents and what the record must say of them.
//!
//! Each expectation is a row, and each thing it asks a row of its own. What is not met yet stands in
//! `tests/ledger/not_yet.txt`: a row that fails and is not listed fails the test, and so does a
//! listed row that holds. `UPDATE_NOT_YET=1` writes the list anew; `LEDGER_SCENARIOS=FOLDER` takes
//! another folder.

use std::{collections::BTreeSet, env, fmt::Write, fs, path::PathBuf};

use detente_record::{CommitmentEntry, Filter, LedgerFilter, Order, Record};
use toml::{Table, Value};

use crate::shop::Shop;

fn folder() -> PathBuf {
    env::var_os("LEDGER_SCENARIOS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/ledger"),
        PathBuf::from,
    )
}

#[test]
fn scenarios_hold() {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .expect("tests/ledger")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    let mut rows: Vec<(String, bool)> = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).expect("UTF-8");
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        rows.extend(
            scenario(&text)
                .into_iter()
                .map(|(row, holds)| (format!("{stem}: {row}"), holds)),
        );
    }
    assert!(!rows.is_empty(), "no scenario in {}", folder().display());
    let failing: BTreeSet<String> = rows
        .iter()
        .filter(|(_, holds)| !holds)
        .map(|(row, _)| row.clone())
        .collect();
    let list = folder().join("not_yet.txt");
    if env::var_os("UPDATE_NOT_YET").is_some() {
        let mut text = format!(
            "# Rows of the scenarios that the ledgers do not meet yet: {} of {}. See tests/cli/ledger.rs.\n",
            failing.len(),
            rows.len()
        );
        for row in &failing {
            let _ = writeln!(text, "{row}");
        }
        fs::write(&list, text).expect("the list can be written");
        return;
    }
    let listed: BTreeSet<String> = fs::read_to_string(&list)
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(str::to_owned)
        .collect();
    let new: Vec<&String> = failing.difference(&listed).collect();
    assert!(
        new.is_empty(),
        "{} rows fail that held before\n{new:#?}",
        new.len()
    );
    let held: Vec<&String> = listed.difference(&failing).collect();
    assert!(
        held.is_empty(),
        "these rows hold now: take them out of not_yet.txt (UPDATE_NOT_YET=1)\n{held:#?}"
    );
}

/// The rows of one scenario, and whether each holds.
fn scenario(text: &str) -> Vec<(String, bool)> {
    let table: Table = text.parse().expect("TOML");
    let documents = tables(&table, "document");
    let of = |document: &Table| (text_of(document, "name"), text_of(document, "text"));
    let files: Vec<(String, String)> = documents.iter().map(of).collect();
    let given: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.trim_start()))
        .collect();
    let shop = Shop::new(&given);
    let dyad = text_of(&table, "dyad");
    let run = || {
        let ran = shop.run(&["--dyad", &dyad, "--quiet"]);
        assert!(matches!(ran.code, 0 | 3), "{}", ran.err);
    };
    run();
    let revisions = tables(&table, "revision");
    if !revisions.is_empty() {
        for (name, text) in revisions.iter().map(of) {
            shop.put(&name, text.trim_start().as_bytes());
        }
        run();
    }
    let record = Record::open(&shop.path("detente.db")).expect("a record");
    let mut rows = Vec::new();
    for (part, wanted) in [("expect", true), ("absent", false)] {
        let Some(Value::Table(part_table)) = table.get(part) else {
            continue;
        };
        for (kind, _) in part_table {
            for (i, row) in tables(part_table, kind).iter().enumerate() {
                let asked = match kind.as_str() {
                    "commitment" => commitment(&record, row),
                    "channel" => channel(&record, row),
                    "event" => event(&record, row),
                    "contradiction" => contradiction(&record, row),
                    "actor" => actor(&record, row),
                    "issue" => issue(&record, row),
                    other => panic!("unknown expectation `{other}`"),
                };
                let name = format!("{part}.{kind} {}", i + 1);
                if wanted {
                    rows.extend(
                        asked
                            .into_iter()
                            .map(|(what, holds)| (format!("{name} {what}"), holds)),
                    );
                } else {
                    let found = asked.iter().all(|(_, holds)| *holds);
                    rows.push((name, !found));
                }
            }
        }
    }
    rows
}

fn tables(table: &Table, key: &str) -> Vec<Table> {
    match table.get(key) {
        Some(Value::Array(array)) => array.iter().filter_map(Value::as_table).cloned().collect(),
        Some(Value::Table(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

fn text_of(table: &Table, key: &str) -> String {
    table
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn list_of(table: &Table, key: &str) -> Option<Vec<String>> {
    let array = table.get(key)?.as_array()?;
    Some(
        array
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    )
}

/// All words, in any case, stand in one of the texts together.
fn tells<'t>(words: &[String], mut texts: impl Iterator<Item = &'t str>) -> bool {
    texts.any(|text| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(&word.to_lowercase()))
    })
}

/// Each id asked for is there: itself, or one of the same state if the id is of a state.
fn sides_fit(asked: &[String], found: &[String], record: &Record) -> bool {
    let state = |id: &str| -> Option<String> {
        let first = id.split_whitespace().next()?;
        if first.len() == 3 && first.bytes().all(|b| b.is_ascii_uppercase()) {
            return Some(first.to_owned());
        }
        let filter = LedgerFilter {
            id: Some(id.to_owned()),
            ..LedgerFilter::default()
        };
        record.actors(&filter).ok()?.into_iter().next()?.country
    };
    asked.iter().all(|asked| {
        found
            .iter()
            .any(|found| asked == found || state(asked).is_some_and(|a| state(found) == Some(a)))
    })
}

fn commitment(record: &Record, row: &Table) -> Vec<(String, bool)> {
    let about = list_of(row, "about").unwrap_or_default();
    let entries = record
        .commitments(&LedgerFilter::default())
        .expect("entries");
    let told = |entry: &CommitmentEntry| {
        tells(
            &about,
            entry
                .mentions
                .iter()
                .map(|told| told.evidence.quote.as_str()),
        )
    };
    let mut found: Vec<&CommitmentEntry> = entries.iter().filter(|entry| told(entry)).collect();
    // Of several that the words fit, the one that fits the other fields best.
    let met = |entry: &CommitmentEntry| {
        asked_of(entry, row, record)
            .iter()
            .filter(|(_, holds)| *holds)
            .count()
    };
    found.sort_by_key(|entry| std::cmp::Reverse(met(entry)));
    let mut rows = vec![(format!("found {about:?}"), !found.is_empty())];
    match found.first() {
        Some(entry) => rows.extend(asked_of(entry, row, record)),
        None => rows.extend(
            row.keys()
                .filter(|key| *key != "about")
                .map(|key| (key.clone(), false)),
        ),
    }
    rows
}

fn asked_of(entry: &CommitmentEntry, row: &Table, record: &Record) -> Vec<(String, bool)> {
    let mut rows = Vec::new();
    if let Some(who) = list_of(row, "who") {
        rows.push(("who".to_owned(), sides_fit(&who, &entry.who, record)));
    }
    if let Some(towards) = list_of(row, "towards") {
        rows.push((
            "towards".to_owned(),
            sides_fit(&towards, &entry.towards, record),
        ));
    }
    if let Some(status) = row.get("status").and_then(Value::as_str) {
        rows.push(("status".to_owned(), entry.status == status));
    }
    if let Some(history) = row.get("history").and_then(Value::as_array) {
        let wanted: Vec<(String, String)> = history
            .iter()
            .filter_map(|step| {
                let step = step.as_array()?;
                Some((
                    step.first()?.as_str()?.to_owned(),
                    step.get(1)?.as_str()?.to_owned(),
                ))
            })
            .collect();
        let same = wanted.len() == entry.history.len()
            && wanted
                .iter()
                .zip(&entry.history)
                .all(|((status, date), change)| {
                    *status == change.status
                        && change
                            .date
                            .as_ref()
                            .is_some_and(|found| found.starts_with(date))
                });
        rows.push(("history".to_owned(), same));
    }
    if let Some(mentions) = row.get("mentions").and_then(Value::as_integer) {
        let documents: BTreeSet<&str> = entry
            .mentions
            .iter()
            .map(|told| told.evidence.document.as_str())
            .collect();
        rows.push(("mentions".to_owned(), documents.len() as i64 >= mentions));
    }
    if let Some(review) = row.get("review").and_then(Value::as_bool) {
        rows.push(("review".to_owned(), entry.waiting.is_empty() != review));
    }
    rows
}

fn channel(record: &Record, row: &Table) -> Vec<(String, bool)> {
    let as_of = row.get("as_of").and_then(Value::as_str);
    let filter = LedgerFilter {
        channel: Some(text_of(row, "channel")),
        as_of: as_of.map(|day| day.parse().expect("a day")),
        ..LedgerFilter::default()
    };
    let entries = record.channels(&filter).expect("channels");
    let entry = entries.first();
    let mut rows = Vec::new();
    if let Some(status) = row.get("status").and_then(Value::as_str) {
        rows.push((
            format!("{} {status}", text_of(row, "channel")),
            entry.is_some_and(|entry| entry.status == status),
        ));
    }
    if let Some(held) = row.get("last_held").and_then(Value::as_str) {
        let last = entry.and_then(|entry| entry.last_held.as_ref());
        let same = last.is_some_and(|last| last.date.starts_with(held));
        rows.push((format!("{} last_held", text_of(row, "channel")), same));
    }
    rows
}

fn event(record: &Record, row: &Table) -> Vec<(String, bool)> {
    let root = text_of(row, "root");
    let filter = Filter {
        root: Some(root.clone()),
        kinds: vec![detente_extract::Kind::Event],
        ..Filter::default()
    };
    let source = list_of(row, "source").unwrap_or_default();
    let target = list_of(row, "target").unwrap_or_default();
    let about = list_of(row, "about").unwrap_or_default();
    let date = text_of(row, "date");
    let wanted = row.get("mentions").and_then(Value::as_integer).unwrap_or(1);
    let mut most = 0;
    let mut met = BTreeSet::new();
    for entry in record.facts(&filter, Order::Date).expect("facts") {
        let Some(event) = &entry.event else { continue };
        let dated = entry
            .fact
            .date
            .is_some_and(|found| found.to_string().starts_with(&date));
        let all = [entry.fact.source.as_slice(), &entry.fact.target].concat();
        let sides = [source.as_slice(), &target].concat();
        let fits = sides_fit(&sides, &all, record)
            && (root == "CONSULT" || sides_fit(&source, &entry.fact.source, record))
            && tells(&about, std::iter::once(entry.fact.quote.as_str()));
        if !(dated || date.is_empty()) || !fits || !met.insert(event.clone()) {
            continue;
        }
        let mut documents = BTreeSet::new();
        for report in record.reports(event).expect("reports") {
            if let Some(found) = record.fact(&report.id).expect("a fact") {
                let copies = record.copies(found.entry.fact_id).expect("copies");
                documents.extend(copies.into_iter().map(|copy| copy.document));
            }
            documents.insert(report.document);
        }
        most = most.max(documents.len() as i64);
    }
    vec![
        (format!("{root} {date} found"), most > 0),
        (format!("{root} {date} mentions {wanted}"), most >= wanted),
    ]
}

fn contradiction(record: &Record, row: &Table) -> Vec<(String, bool)> {
    let kind = text_of(row, "kind");
    let about = list_of(row, "about").unwrap_or_default();
    let filter = LedgerFilter {
        kinds: vec![kind.clone()],
        ..LedgerFilter::default()
    };
    let found: Vec<_> = record
        .contradictions(&filter)
        .expect("contradictions")
        .into_iter()
        .filter(|entry| matches!(entry.verdict.as_str(), "differ" | "refuted" | "not_shown"))
        .filter(|entry| {
            tells(
                &about,
                entry.sides.iter().map(|side| side.evidence.quote.as_str()),
            )
        })
        .collect();
    let mut rows = vec![(format!("{kind} {about:?}"), !found.is_empty())];
    if let Some(documents) = row.get("documents").and_then(Value::as_integer) {
        let enough = found.iter().any(|entry| {
            let names: BTreeSet<&str> = entry
                .sides
                .iter()
                .map(|side| side.evidence.document.as_str())
                .collect();
            names.len() as i64 >= documents
        });
        rows.push((format!("{kind} {about:?} documents"), enough));
    }
    rows
}

fn actor(record: &Record, row: &Table) -> Vec<(String, bool)> {
    let names = list_of(row, "names").unwrap_or_default();
    let fits = record
        .actors(&LedgerFilter::default())
        .expect("actors")
        .iter()
        .any(|entry| {
            names.iter().all(|name| {
                entry.id == *name || entry.names.iter().any(|known| known.name == *name)
            })
        });
    vec![(format!("{names:?}"), fits)]
}

fn issue(record: &Record, row: &Table) -> Vec<(String, bool)> {
    let (issue, status) = (text_of(row, "issue"), text_of(row, "status"));
    let filter = LedgerFilter {
        issue: Some(issue.clone()),
        ..LedgerFilter::default()
    };
    let entries = record.issues(&filter).expect("issues");
    let fits = entries
        .iter()
        .any(|entry| entry.status.as_deref() == Some(status.as_str()));
    vec![(format!("{issue} {status}"), fits)]
}

/// The runner's own scenario: a promise kept, a measure lifted, a channel used.
const OWN: &str = include_str!("../../../../tests/ledger/00-ban-and-data.toml");

#[test]
fn the_runner_reads_a_scenario() {
    let rows = scenario(OWN);
    let failing: Vec<&String> = rows
        .iter()
        .filter(|(_, holds)| !holds)
        .map(|(row, _)| row)
        .collect();
    assert_eq!(rows.len(), 14);
    assert_eq!(failing, [] as [&String; 0]);
}

/// A wrong expectation fails: the runner does not say yes to everything.
#[test]
fn the_runner_tells_what_does_not_hold() {
    let wrong = OWN.replace("status = \"kept\"", "status = \"broken\"");
    let failing: Vec<String> = scenario(&wrong)
        .into_iter()
        .filter(|(_, holds)| !holds)
        .map(|(row, _)| row)
        .collect();
    assert_eq!(failing, ["expect.commitment 1 status"]);
}

/// A decision survives a run that reads everything again, and can be taken back.
#[test]
fn decisions_survive_runs_and_are_taken_back() {
    let table: Table = OWN.parse().expect("TOML");
    let documents = tables(&table, "document");
    let files: Vec<(String, String)> = documents
        .iter()
        .map(|document| (text_of(document, "name"), text_of(document, "text")))
        .collect();
    let given: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.trim_start()))
        .collect();
    let shop = Shop::new(&given);
    shop.run(&["--quiet"]).ok();
    let status = || {
        let out = shop
            .detente(&["commitments", "--kind", "measure", "--json"])
            .ok()
            .text();
        let entry: serde_json::Value =
            serde_json::from_str(out.lines().next().expect("an entry")).unwrap();
        (
            entry["id"].as_str().unwrap().to_owned(),
            entry["status"].as_str().unwrap().to_owned(),
        )
    };
    let (id, before) = status();
    assert_eq!(before, "withdrawn");
    shop.detente(&[
        "review",
        "--reviewer",
        "Han",
        "status",
        &id,
        "suspended",
        "--since",
        "2011-09",
    ])
    .ok();
    assert_eq!(status().1, "suspended");
    // Another line before it: the facts get other ids, the decision finds them by their words.
    let (name, text) = &files[0];
    shop.put(
        name,
        text.trim_start()
            .replace("SEOUL, March 2", "Corrected.\n\nSEOUL, March 2")
            .as_bytes(),
    );
    shop.run(&["--quiet"]).ok();
    assert_eq!(status().1, "suspended");
    shop.detente(&["review", "--reviewer", "Han", "undo", "1"])
        .ok();
    assert_eq!(status().1, "withdrawn");
    let decisions = shop.detente(&["review", "decisions"]).ok().text();
    assert!(decisions.contains("status suspended  Han"), "{decisions}");
    assert!(decisions.contains("(taken back)"), "{decisions}");
}
