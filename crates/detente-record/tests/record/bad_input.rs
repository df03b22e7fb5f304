//! Files and facts that are not as they should be: told, and the run goes on.

use detente_record::{Filter, Order};

use crate::desk::{Desk, codes};

const GOOD: &str = "JPN ACCUSE KOR 2012-08-10";

#[test]
fn a_misquoted_fact_is_refused() {
    let desk = Desk::new(&[(
        "a.txt",
        "JPN ACCUSE KOR 2012-08-10\nJPN REJECT KOR 2012-08-11 misquote",
    )]);
    let report = desk.run();
    assert_eq!((report.refused, codes(&report)), (1, vec!["R201"]));
    assert_eq!(desk.facts().len(), 1);
}

#[test]
fn a_document_that_breaks_the_coder_is_left_out() {
    let desk = Desk::new(&[("a.txt", "panic"), ("b.txt", GOOD)]);
    let report = desk.run();
    assert_eq!((report.left_out, codes(&report)), (1, vec!["R105"]));
    assert_eq!(desk.facts().len(), 1);
    // Told again although it is not tried again.
    let again = desk.run();
    assert_eq!((again.left_out, codes(&again)), (1, vec!["R105"]));
    assert!(again.is_partial());
}

#[test]
fn an_unreadable_document_is_told_again_until_it_is_mended() {
    let desk = Desk::new(&[("b.txt", GOOD)]);
    std::fs::write(desk.notes().join("a.txt"), b"\xff\xfe\xfd").unwrap();
    assert_eq!(codes(&desk.run()), ["T900"]);
    assert_eq!(codes(&desk.run()), ["T900"]);
    desk.put("a.txt", GOOD);
    assert!(!desk.run().is_partial());
    assert_eq!(desk.facts().len(), 2);
}

#[test]
fn a_large_file_is_not_loaded() {
    let desk = Desk::new(&[("b.txt", GOOD)]);
    let file = std::fs::File::create(desk.notes().join("a.txt")).unwrap();
    file.set_len(2 << 30).unwrap();
    let report = desk.run();
    assert_eq!((report.left_out, codes(&report)), (1, vec!["R104"]));
    assert_eq!(desk.facts().len(), 1);
}

#[test]
fn a_long_line_of_json_lines_is_left_out_alone() {
    let mut desk = Desk::new(&[]);
    desk.limit = 100;
    let long = "x".repeat(1000);
    desk.put(
        "a.jsonl",
        &format!("{GOOD}\n{long}\nKOR REJECT JPN 2012-08-11\n"),
    );
    let report = desk.run();
    assert_eq!(
        (report.new, report.left_out, codes(&report)),
        (2, 1, vec!["R104"])
    );
    let names: Vec<String> = desk.facts().into_iter().map(|f| f.0).collect();
    assert_eq!(names, ["a.jsonl#1", "a.jsonl#3"]);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_hidden_files() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new(&[("a/b.txt", GOOD), (".hidden.txt", GOOD), ("photo.jpg", "x")]);
    symlink("..", desk.notes().join("a/loop")).unwrap();
    symlink("nowhere", desk.notes().join("a/dead.txt")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(desk.notes().join("pipe.txt"))
        .status();
    assert!(made.unwrap().success());
    let report = desk.run();
    assert_eq!(codes(&report), ["R102", "R103"]);
    assert_eq!(report.codes["R102"].0, 2);
    assert_eq!(desk.facts().len(), 1);
}

/// Names that are no UTF-8 are kept apart and stay the same from run to run.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let desk = Desk::new(&[]);
    for byte in [b"\xe9.txt", b"\xe8.txt"] {
        std::fs::write(desk.notes().join(OsStr::from_bytes(byte)), GOOD).unwrap();
    }
    desk.run();
    let names: Vec<String> = desk.facts().into_iter().map(|f| f.0).collect();
    assert_eq!(names, ["%E8.txt", "%E9.txt"]);
    assert_eq!(desk.run().unchanged, 2);
}

#[test]
fn search_takes_any_query() {
    let desk = Desk::new(&[("a.txt", "首相は会談した。 The fisheries agreements stand.")]);
    desk.run();
    let record = desk.record();
    for query in [
        "会談",
        "fishery agreement",
        "\"fisheries agreement\" -tuna",
        "agree*",
        "tuna OR 首相",
    ] {
        assert_eq!(record.search(query, 10).unwrap().len(), 1, "{query}");
    }
    for query in ["tuna", "fisheries -agreement", "談会"] {
        assert_eq!(record.search(query, 10).unwrap(), [], "{query}");
    }
    for query in ["", "\"", "-a", "OR OR", "((*"] {
        assert_eq!(
            record.search(query, 10).unwrap_err().code(),
            "R010",
            "{query}"
        );
    }
    assert!(
        record
            .facts(&Filter::default(), Order::Date)
            .unwrap()
            .is_empty()
    );
}
