//! Each test is headed by what once went wrong, or must never.

use std::process::Stdio;

use crate::shop::{ARTICLES, Shop};

/// Killed at any moment, a run leaves whole documents, and the next run ends where an undisturbed one does.
#[test]
fn a_killed_run_can_be_started_again() {
    let shop = Shop::new(&[]);
    for i in 0..200 {
        let text = ARTICLES[i % 3]
            .1
            .replace("the visit", &format!("visit {i}"));
        shop.put(&format!("{i:03}.txt"), text.as_bytes());
    }
    let undisturbed = Shop::new(&[]);
    std::fs::remove_dir(undisturbed.news()).unwrap();
    std::fs::rename(shop.news(), undisturbed.news()).unwrap();
    undisturbed.run(&["--quiet"]).ok();
    let expected = undisturbed.export();

    let mut kills = 0;
    for size in [1u64, 200_000, 500_000] {
        let mut child = undisturbed
            .command()
            .args(["run", "news", "--quiet", "--record", "killed.db"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Killed when the log beside the record has grown so far, which is in the midst of writing.
        let log = undisturbed.path("killed.db-wal");
        let before = std::fs::metadata(&log).map_or(0, |log| log.len());
        while child.try_wait().unwrap().is_none() {
            if std::fs::metadata(&log).is_ok_and(|log| log.len() >= before + size) {
                child.kill().unwrap();
                kills += 1;
                break;
            }
            std::thread::yield_now();
        }
        child.wait().unwrap();
        let listed = undisturbed.detente(&["list", "--record", "killed.db", "--json"]);
        if listed.code != 0 {
            // Killed before the first table was there.
            assert!(listed.err.contains("error[R002]"), "{}", listed.err);
            continue;
        }
        assert!(
            listed
                .text()
                .lines()
                .all(|line| expected_id(&expected, line))
        );
    }
    assert!(kills > 0);
    undisturbed
        .detente(&["run", "news", "--quiet", "--record", "killed.db"])
        .ok();
    let finished = undisturbed
        .detente(&["export", "--record", "killed.db"])
        .ok()
        .text();
    assert!(finished == expected);
}

/// True if the fact stands in the export, merging aside.
fn expected_id(export: &str, line: &str) -> bool {
    let fact: serde_json::Value = serde_json::from_str(line).unwrap();
    export.contains(&format!("\"id\":{}", fact["id"]))
}

/// `detente list | head -1` is no error.
#[test]
fn a_closed_pipe_is_no_error() {
    let shop = Shop::with_record();
    for command in [
        &["list"][..],
        &["export"],
        &["export", "--format", "parquet"],
    ] {
        let mut child = shop
            .command()
            .args(command)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(
            output.status.success() && !err.contains("error"),
            "{command:?}: {err}"
        );
    }
}

/// The record may lie in the folder that is read.
#[test]
fn the_record_does_not_read_itself() {
    let shop = Shop::new(ARTICLES);
    for _ in 0..2 {
        let ran = shop
            .detente(&["run", "news", "--record", "news/record.txt"])
            .ok();
        assert!(!ran.err.contains("error"), "{}", ran.err);
    }
    let ran = shop
        .detente(&["run", "news", "--record", "news/record.txt"])
        .ok();
    assert!(
        ran.err.contains("0 new, 0 changed, 3 unchanged"),
        "{}",
        ran.err
    );
}

/// A record keeps its dyad.
#[test]
fn another_dyad_is_refused() {
    let shop = Shop::with_record();
    let ran = shop.run(&["--dyad", "JPN-CHN"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("error[D006]") && ran.err.contains("give --dyad JPN-KOR"),
        "{}",
        ran.err
    );
    assert_eq!(shop.run(&["--dyad", "Japan"]).code, 2);
}
