//! Whatever stands in the folder: a diagnostic with a stable code, the run goes on, exit code 3,
//! and nothing is lost.

use std::fs;

use crate::shop::{ARTICLES, Shop};

/// One bad file beside a good one: its code is told, on the first run and on the second, and the
/// good one is read.
fn left_out(name: &str, bytes: &[u8], code: &str) {
    let shop = Shop::new(&ARTICLES[..1]);
    shop.put(name, bytes);
    for round in ["1 new", "1 unchanged"] {
        let ran = shop.run(&[]);
        assert_eq!(ran.code, 3, "{name}: {}", ran.err);
        assert!(
            ran.err.contains(&format!("[{code}]")),
            "{name}: no {code} in {}",
            ran.err
        );
        assert!(
            ran.err.contains(round) && ran.err.contains("left out"),
            "{name}: {}",
            ran.err
        );
    }
    assert!(!shop.facts().is_empty());
}

#[test]
fn files_without_text() {
    left_out("empty.txt", b"", "T001");
    left_out("blank.txt", b" \n\t\n", "T001");
    left_out("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "T002");
    left_out("broken.docx", b"PK\x03\x04 not a zip", "T009");
    left_out("broken.pdf", b"%PDF-1.4\nnothing", "T012");
    left_out("broken.jsonl", b"{\"id\": \"a\"\n", "T014");
}

/// A sparse file of two gigabytes takes neither memory nor time.
#[test]
fn a_file_over_the_limit() {
    let shop = Shop::new(&ARTICLES[..1]);
    let file = fs::File::create(shop.news().join("huge.html")).unwrap();
    file.set_len(2 << 30).unwrap();
    let ran = shop.run(&[]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(
        ran.err.contains("[R104]") && ran.err.contains("--max-size"),
        "{}",
        ran.err
    );
    assert!(!shop.facts().is_empty());
}

#[test]
fn files_that_are_odd_but_readable() {
    for (name, bytes, code) in [
        (
            "latin.txt",
            &b"The caf\xe9 in Paris was full of people who had come to talk."[..],
            "T025",
        ),
        ("a.txt", b"Japan criticized South Korea.", "T020"),
    ] {
        let shop = Shop::new(&[]);
        shop.put(name, bytes);
        let ran = shop.run(&[]).ok();
        assert!(ran.err.contains(code), "{name}: {}", ran.err);
    }
    let shop = Shop::new(&ARTICLES[..1]);
    shop.put("2012-08-11_courier.txt.meta.toml", b"titel = 'x'");
    let ran = shop.run(&[]).ok();
    assert!(ran.err.contains("warning[T018]"), "{}", ran.err);
}

#[test]
fn one_bad_line_of_json_lines() {
    let shop = Shop::new(&[]);
    let good = serde_json::json!({"id": "a1", "text": ARTICLES[0].1});
    shop.put(
        "feed.jsonl",
        format!("{good}\n\nnot json\n{{\"id\": 7}}\n").as_bytes(),
    );
    let ran = shop.run(&[]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    for place in ["feed.jsonl:3: error[T014]", "feed.jsonl:4: error[T014]"] {
        assert!(ran.err.contains(place), "{place}: {}", ran.err);
    }
    assert_eq!(shop.facts()[0]["document"], "feed.jsonl#a1");
}

#[cfg(unix)]
#[test]
fn loops_and_dead_links() {
    use std::os::unix::fs::symlink;
    let shop = Shop::new(&[("a/b/article.txt", ARTICLES[0].1)]);
    symlink("../..", shop.news().join("a/b/up")).unwrap();
    symlink("nowhere.txt", shop.news().join("a/dead.txt")).unwrap();
    let ran = shop.run(&[]).ok();
    assert!(ran.err.contains("a/dead.txt: warning[R102]"), "{}", ran.err);
    assert!(ran.err.contains("R102 ×2"), "{}", ran.err);
}

/// Nothing in a folder that cannot be read counts as removed. (Whoever runs the test as the
/// superuser may read everything; then there is nothing to see.)
#[cfg(unix)]
#[test]
fn a_folder_without_rights() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::new(&[("a.txt", ARTICLES[0].1), ("closed/b.txt", ARTICLES[1].1)]);
    shop.run(&[]).ok();
    let closed = shop.news().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let may_read = fs::read_dir(&closed).is_ok();
    let ran = shop.run(&[]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(!ran.err.contains("missing"), "{}", ran.err);
    if may_read {
        assert_eq!(ran.code, 0, "{}", ran.err);
    } else {
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert!(ran.err.contains("closed: error[R101]"), "{}", ran.err);
    }
}

#[test]
fn a_full_disk() {
    let shop = Shop::new(&[]);
    for i in 0..200 {
        shop.put(
            &format!("{i:03}.txt"),
            ARTICLES[i % 3].1.repeat(8).as_bytes(),
        );
    }
    let ran = shop.run(&["--max-pages", "200"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("error[R004]: no room left"), "{}", ran.err);
    assert!(
        ran.err
            .contains("hint: make room and start the same command again"),
        "{}",
        ran.err
    );
    let kept = shop
        .detente(&["list", "--json"])
        .ok()
        .text()
        .lines()
        .count();
    shop.run(&["--quiet"]).ok();
    assert!(kept <= shop.facts().len());
    assert_eq!(shop.misquoted(&shop.news()), [] as [serde_json::Value; 0]);
}

#[test]
fn what_was_named_is_not_there() {
    let shop = Shop::new(&[("a.txt", "x")]);
    let cases: &[(&[&str], &str)] = &[
        (&["run", "no/such/folder"], "error[D001]: `no/such/folder`"),
        (&["run", "news", "--record", "news"], "error[R00"),
        (
            &["run", "news", "--record", "news/a.txt"],
            "error[R002]: `news/a.txt` is not a record",
        ),
        (&["run", "news", "--codebook", "news"], "error[D004]"),
        (
            &["list", "--record", "none.db"],
            "error[R001]: there is no record at `none.db`",
        ),
        (&["list", "--record", "news/a.txt"], "error[R002]"),
        (&["explain", "none.txt"], "error[D001]: `none.txt`"),
        (
            &["eval", "none.jsonl", "--texts", "news"],
            "error[D001]: `none.jsonl`",
        ),
    ];
    for (arguments, message) in cases {
        let ran = shop.detente(arguments);
        assert_eq!(ran.code, 1, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(message), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(fs::read_to_string(shop.news().join("a.txt")).unwrap(), "x");
}
