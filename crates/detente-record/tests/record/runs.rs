//! What a run does the first time, the second time, and after a change.

use detente_extract::Review;
use detente_record::{Filter, Order, Record, RecordError};

use crate::desk::{Desk, codes};

fn pair(document: &str, quote: &str) -> (String, String) {
    (document.to_owned(), quote.to_owned())
}

#[test]
fn reads_once_and_then_only_what_is_new() {
    let desk = Desk::new(&[
        ("b.txt", "KOR ACCUSE JPN 2012-08-11"),
        ("a/z.txt", "JPN CONSULT KOR 2012-08-10"),
    ]);
    let first = desk.run();
    assert_eq!((first.new, first.facts, first.unchanged), (2, 2, 0));
    let again = desk.run();
    assert_eq!((again.new, again.changed, again.unchanged), (0, 0, 2));
    desk.put("c.txt", "KOR REJECT JPN 2012-08-12");
    let third = desk.run();
    assert_eq!((third.new, third.unchanged), (1, 2));
    assert_eq!(
        desk.facts(),
        [
            pair("a/z.txt", "JPN CONSULT KOR 2012-08-10"),
            pair("b.txt", "KOR ACCUSE JPN 2012-08-11"),
            pair("c.txt", "KOR REJECT JPN 2012-08-12"),
        ]
    );
}

#[test]
fn a_changed_document_supersedes_its_facts_and_keeps_them() {
    let desk = Desk::new(&[(
        "a.txt",
        "JPN ACCUSE KOR 2012-08-10\nJPN REJECT KOR 2012-08-10",
    )]);
    desk.run();
    let before = desk
        .record()
        .facts(&Filter::default(), Order::Document)
        .unwrap();
    desk.put(
        "a.txt",
        "JPN ACCUSE KOR 2012-08-10\nJPN CONSULT KOR 2012-08-13",
    );
    let report = desk.run();
    assert_eq!((report.changed, report.superseded_documents), (1, 1));
    assert_eq!(
        desk.facts(),
        [
            pair("a.txt", "JPN ACCUSE KOR 2012-08-10"),
            pair("a.txt", "JPN CONSULT KOR 2012-08-13"),
        ]
    );
    let record = desk.record();
    let closed = record.fact(&before[1].fact.id).unwrap().unwrap();
    assert_eq!(closed.entry.fact.quote, "JPN REJECT KOR 2012-08-10");
    assert!(closed.superseded.is_some() && closed.text.contains("REJECT"));
    let same = record.fact(&before[0].fact.id).unwrap().unwrap();
    assert_eq!(same.superseded, None);
}

#[test]
fn a_side_car_is_part_of_the_document() {
    let desk = Desk::new(&[("a.txt", "JPN ACCUSE KOR 2012-08-10")]);
    desk.run();
    desk.put("a.txt.meta.toml", "date = 2012-08-11");
    assert_eq!(desk.run().changed, 1);
    assert_eq!(desk.run().unchanged, 1);
}

#[test]
fn a_newer_coder_reads_all_again_and_leaves_equal_rows_alone() {
    let mut desk = Desk::new(&[("a.txt", "JPN ACCUSE KOR 2012-08-10")]);
    desk.run();
    desk.version = "2";
    let report = desk.run();
    assert_eq!((report.changed, report.superseded_facts), (1, 0));
    assert_eq!(desk.facts().len(), 1);
}

#[test]
fn a_removed_document_is_reported_once_and_kept() {
    let desk = Desk::new(&[
        ("a.txt", "JPN ACCUSE KOR 2012-08-10"),
        ("b.txt", "JPN REJECT KOR 2012-08-10"),
    ]);
    desk.run();
    std::fs::remove_file(desk.notes().join("a.txt")).unwrap();
    assert_eq!(desk.run().missing, ["a.txt"]);
    assert!(desk.run().missing.is_empty());
    assert_eq!(desk.facts().len(), 2);
    desk.put("a.txt", "JPN ACCUSE KOR 2012-08-10");
    let report = desk.run();
    assert_eq!((report.unchanged, report.missing.len()), (2, 0));
}

#[test]
fn a_single_file_does_not_make_its_neighbours_missing() {
    let desk = Desk::new(&[
        ("a.txt", "JPN ACCUSE KOR 2012-08-10"),
        ("b.txt", "JPN REJECT KOR 2012-08-10"),
    ]);
    desk.run();
    let report = desk.run_on(&[desk.notes().join("b.txt")]).unwrap();
    assert_eq!((report.unchanged, report.missing.len()), (1, 0));
}

#[test]
fn lines_of_json_lines_are_read_one_by_one() {
    let desk = Desk::new(&[(
        "a.jsonl",
        "JPN ACCUSE KOR 2012-08-10\n\nJPN REJECT KOR 2012-08-10\n",
    )]);
    assert_eq!(desk.run().new, 2);
    desk.put(
        "a.jsonl",
        "JPN ACCUSE KOR 2012-08-10\n\nJPN REJECT KOR 2012-08-10\nKOR REJECT JPN 2012-08-11",
    );
    let report = desk.run();
    assert_eq!((report.new, report.unchanged), (1, 2));
    let names: Vec<String> = desk.facts().into_iter().map(|f| f.0).collect();
    assert_eq!(names, ["a.jsonl#1", "a.jsonl#3", "a.jsonl#4"]);
}

#[test]
fn two_folders_with_the_same_path_keep_both_documents() {
    let desk = Desk::new(&[
        ("x/a.txt", "JPN ACCUSE KOR 2012-08-10"),
        ("y/a.txt", "JPN REJECT KOR 2012-08-10"),
    ]);
    let given = [desk.notes().join("x"), desk.notes().join("y")];
    let report = desk.run_on(&given).unwrap();
    assert_eq!(codes(&report), ["R107"]);
    let names: Vec<String> = desk.facts().into_iter().map(|f| f.0).collect();
    assert_eq!(names, ["a.txt", "y/a.txt"]);
    assert_eq!(desk.run_on(&given).unwrap().unchanged, 2);
}

#[test]
fn a_reviewed_fact_stays_when_the_coder_changes_its_mind() {
    let desk = Desk::new(&[("a.txt", "JPN ACCUSE KOR 2012-08-10\n")]);
    desk.run();
    let id = desk
        .record()
        .facts(&Filter::default(), Order::Date)
        .unwrap()[0]
        .fact
        .id
        .clone();
    let record = Record::create(&desk.record_path(), "JPN-KOR").unwrap();
    record.decide(&id, Review::Accepted, "aki", None).unwrap();
    desk.put(
        "a.txt",
        "JPN ACCUSE KOR 2012-08-10\nJPN REJECT KOR 2012-08-12\n",
    );
    desk.run();
    let facts = desk
        .record()
        .facts(&Filter::default(), Order::Date)
        .unwrap();
    assert_eq!(facts.len(), 2);
    assert_eq!(
        (&facts[0].fact.id, facts[0].fact.review),
        (&id, Review::Accepted)
    );
    desk.put("a.txt", "Nothing happened.\n");
    let report = desk.run();
    assert_eq!(codes(&report), ["R202"]);
    assert!(desk.facts().is_empty());
}

#[test]
fn a_full_disk_keeps_the_last_commit() {
    let long = "no news ".repeat(2000);
    let mut desk = Desk::new(&[]);
    for i in 0..200 {
        desk.put(
            &format!("{i:03}.txt"),
            &format!("JPN ACCUSE KOR 2012-08-10\n{long}{i}"),
        );
    }
    desk.pages = Some(900);
    let error = desk.run_on(&[desk.notes()]).unwrap_err();
    assert!(matches!(error, RecordError::Full), "{error}");
    assert!(
        error
            .hint()
            .unwrap()
            .contains("start the same command again")
    );
    let kept = desk.record().size().unwrap().documents;
    assert!(kept >= 64 && kept.is_multiple_of(64), "{kept} documents");
    desk.pages = None;
    let report = desk.run();
    assert_eq!(report.unchanged, kept);
    assert_eq!(desk.facts().len(), 200);
}

#[test]
fn one_and_two_threads_give_the_same_record() {
    let lines = [
        "JPN ACCUSE KOR 2012-08-10",
        "KOR CONSULT JPN 2012-08",
        "JPN AGREE KOR 2012-08-11",
    ];
    let dump = |threads| {
        let mut desk = Desk::new(&[]);
        desk.threads = threads;
        for i in 0..150 {
            desk.put(&format!("{i}.txt"), &lines[..i % 4 % 3 + 1].join("\n"));
        }
        desk.run();
        let record = desk.record();
        record.facts(&Filter::default(), Order::Document).unwrap()
    };
    assert_eq!(dump(1), dump(2));
}

#[test]
fn other_files_are_not_taken_for_records() {
    let desk = Desk::new(&[("a.txt", "x")]);
    let text = desk.notes().join("a.txt");
    assert_eq!(Record::open(&text).unwrap_err().code(), "R002");
    assert_eq!(Record::create(&text, "JPN-KOR").unwrap_err().code(), "R002");
    assert_eq!(std::fs::read_to_string(&text).unwrap(), "x");
    assert_eq!(
        Record::open(&desk.record_path()).unwrap_err().code(),
        "R001"
    );
}
