use std::{fs, io::Write};

use crate::{
    broken::{LOCKED, docx, pdf},
    shop::{ARTICLES, Ran, Shop},
};

/// The diagnostic is told with the place, what and why, and how to mend it.
fn told(ran: &Ran, place: &str, head: &str) {
    let start = format!("{place}: {head}: ");
    let mut lines = ran.err.lines();
    let message = lines
        .find_map(|line| line.strip_prefix(&start))
        .unwrap_or_else(|| panic!("no `{start}` in {}", ran.err));
    assert!(message.len() > 10, "{message}");
    let hint = lines.next().unwrap_or_default();
    assert!(hint.starts_with("  hint: "), "{place}: {hint:?}");
}

/// Bad files beside a good one: the code of each is told, on the first run and on the second, and
/// the good one gives the facts that it gives alone.
fn left_out(files: &[(&str, &[u8], &str)]) {
    let shop = Shop::new(&ARTICLES[..1]);
    shop.run(&[]).ok();
    let good = shop.facts();
    assert!(!good.is_empty());
    fs::remove_file(shop.path("detente.db")).unwrap();
    for (name, bytes, _) in files {
        shop.put(name, bytes);
    }
    let inputs = if files.len() == 1 { "input" } else { "inputs" };
    for round in ["1 new", "1 unchanged"] {
        let ran = shop.run(&[]);
        assert_eq!(ran.code, 3, "{}", ran.err);
        for (name, _, code) in files {
            told(&ran, name, &format!("error[{code}]"));
        }
        let left_out = format!("left out    {} {inputs}, named above", files.len());
        for part in [round, &left_out] {
            assert!(ran.err.contains(part), "{part}: {}", ran.err);
        }
    }
    assert_eq!(shop.facts(), good);
}

/// One odd file beside a good one: its code is told, nothing is left out, and its own sentence is
/// coded too.
fn read_all_the_same(place: &str, bytes: &[u8], head: &str) {
    let name = place.split(':').next().unwrap();
    let shop = Shop::new(&ARTICLES[..1]);
    shop.put(name, bytes);
    let ran = shop.run(&[]).ok();
    told(&ran, place, head);
    for document in [name, ARTICLES[0].0] {
        assert!(
            shop.facts().iter().any(|fact| fact["document"] == document),
            "{document}: {}",
            ran.err
        );
    }
}

#[test]
fn files_without_text() {
    left_out(&[
        ("empty.txt", b"", "T001"),
        ("empty.jsonl", b"", "T001"),
        ("blank.txt", b" \n\t\n", "T001"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "T002"),
        ("machine.txt", &[0, 1, 2, 3, 4, 5, 6, 7].repeat(64), "T002"),
        ("broken.docx", b"PK\x03\x04 not a zip", "T009"),
        ("broken.pdf", b"%PDF-1.4\nnothing", "T012"),
    ]);
}

#[test]
fn portable_documents_without_text_or_password() {
    let line = "TOKYO, Aug. 11, 2012 - Japan criticized South Korea on Friday.";
    left_out(&[
        ("scan.pdf", &pdf("", ""), "T011"),
        ("locked.pdf", &pdf(line, LOCKED), "T010"),
    ]);
    let shop = Shop::new(&[]);
    shop.put("open.pdf", &pdf(line, ""));
    shop.run(&[]).ok();
    assert_eq!(shop.facts()[0]["document"], "open.pdf");
}

/// A small file that unpacks to more than the limit is neither unpacked whole nor read.
#[test]
fn a_zip_bomb_as_office_document() {
    let bomb = docx("<w:document><w:p>", 257, "</w:p></w:document>");
    assert!(bomb.len() < 1 << 20);
    left_out(&[("bomb.docx", &bomb, "T008")]);
}

#[test]
fn ten_thousand_tags_within_one_another() {
    let deep = |tag: &str| format!("<{tag}>").repeat(10_000);
    let page = format!("<html><body>{}Seoul rejected the protest.", deep("div"));
    left_out(&[
        ("deep.html", page.as_bytes(), "T007"),
        ("deep.docx", &docx(&deep("w:p"), 0, ""), "T007"),
    ]);
}

/// Sparse files of two gigabytes take neither memory nor time.
#[test]
fn files_over_the_limit() {
    let shop = Shop::new(&ARTICLES[..1]);
    let huge = ["huge.txt", "huge.html", "huge.jsonl"];
    for name in huge {
        let file = fs::File::create(shop.news().join(name)).unwrap();
        file.set_len(2 << 30).unwrap();
    }
    let ran = shop.run(&[]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    for name in huge {
        told(&ran, &name.replace("jsonl", "jsonl:1"), "error[R104]");
    }
    assert!(ran.err.contains("--max-size"), "{}", ran.err);
    assert!(!shop.facts().is_empty());
}

/// A line of 100 MB: over the limit on files, or, where that is raised, on text. Lines before and
/// after it are read.
#[test]
fn a_line_of_a_hundred_megabytes() {
    let shop = Shop::new(&ARTICLES[..1]);
    let long = "Seoul protested. ".repeat(6_000_000);
    shop.put("long.txt", long.as_bytes());
    let record = |id: &str, text: &str| serde_json::json!({"id": id, "text": text}).to_string();
    let mut feed = fs::File::create(shop.news().join("feed.jsonl")).unwrap();
    for line in [
        record("a", ARTICLES[0].1),
        record("long", &long),
        record("b", ARTICLES[1].1),
    ] {
        writeln!(feed, "{line}").unwrap();
    }
    for (arguments, code) in [(&[][..], "R104"), (&["--max-size", "200"][..], "T004")] {
        let ran = shop.run(arguments);
        assert_eq!(ran.code, 3, "{}", ran.err);
        told(&ran, "long.txt", &format!("error[{code}]"));
        told(&ran, "feed.jsonl:2", &format!("error[{code}]"));
        let documents: Vec<_> = shop
            .facts()
            .iter()
            .map(|fact| fact["document"].as_str().unwrap().to_owned())
            .collect();
        for document in [ARTICLES[0].0, "feed.jsonl#b"] {
            assert!(documents.iter().any(|d| d == document), "{documents:?}");
        }
    }
}

/// A line over the limit on lines takes part in nothing; the others do.
#[test]
fn a_line_of_data_in_an_article() {
    let text = format!(
        "{}\n{}\n",
        ARTICLES[1].1,
        "0123456789abcdef".repeat(1 << 17)
    );
    let shop = Shop::new(&ARTICLES[..1]);
    shop.put("data.txt", text.as_bytes());
    let ran = shop.run(&[]).ok();
    told(&ran, "data.txt:5", "warning[T005]");
    assert!(
        shop.facts()
            .iter()
            .any(|fact| fact["document"] == "data.txt")
    );
}

#[test]
fn a_charset_that_is_not_the_one_stated() {
    let story = "Japan criticized South Korea on Friday. ";
    let page = |charset: &str, word: &[u8]| {
        let head = format!(
            "<html><head><meta charset='{charset}'><title>Envoys</title></head><body><p>{story}</p><p>The word "
        );
        let end = "ends here, and the ministers went home.</p></body></html>";
        [head.as_bytes(), word, end.as_bytes()].concat()
    };
    // Korean in EUC-KR under the name of UTF-8, UTF-8 under the name of EUC-KR, an unknown name.
    let korean = b"\xc7\xd1\xb1\xb9 \xc1\xa4\xba\xce\xb4\xc2 \xc0\xcf\xba\xbb ";
    for (name, bytes) in [
        ("a.html", page("utf-8", korean)),
        (
            "b.html",
            page("euc-kr", "caf\u{e9} d\u{e9}j\u{e0} vu ".as_bytes()),
        ),
        ("c.html", page("x-none", "caf\u{e9} ".as_bytes())),
    ] {
        read_all_the_same(name, &bytes, "warning[T026]");
    }
}

#[test]
fn bytes_that_make_no_character() {
    let story = "TOKYO, Aug. 11, 2012 - Japan criticized South Korea on Friday.\n\n";
    let more = "The envoy left the caf\u{e9} in the old town for the airport. ".repeat(12);
    let bytes = [story.as_bytes(), more.as_bytes(), b"The caf\xe9 closed.\n"].concat();
    let shop = Shop::new(&ARTICLES[..1]);
    shop.put("damaged.txt", &bytes);
    let ran = shop.run(&[]).ok();
    told(&ran, "damaged.txt:3", "warning[T006]");
    assert!(
        shop.facts()
            .iter()
            .any(|fact| fact["document"] == "damaged.txt")
    );
}

#[test]
fn json_lines_in_another_charset() {
    let shop = Shop::new(&[]);
    let good = serde_json::json!({"id": "a", "text": ARTICLES[0].1}).to_string();
    let story =
        br#"{"id": "b", "text": "Japan criticized South Korea on Friday. The caf\xe9 closed."}"#;
    let story = [&story[..65], b"\xe9", &story[69..]].concat();
    shop.put(
        "feed.jsonl",
        &[b"\xEF\xBB\xBF", good.as_bytes(), b"\n", &story, b"\n"].concat(),
    );
    let ran = shop.run(&[]).ok();
    told(&ran, "feed.jsonl:2", "warning[T006]");
    for document in ["feed.jsonl#a", "feed.jsonl#b"] {
        assert!(shop.facts().iter().any(|fact| fact["document"] == document));
    }
}

#[test]
fn side_cars_that_cannot_be_used() {
    for bytes in [
        &b"titel = 'x'"[..],
        b"date = 'May 2015'",
        b"outlet = 'Caf\xe9'",
        b"title =",
    ] {
        let shop = Shop::new(&ARTICLES[..1]);
        shop.put("2012-08-11_courier.txt.meta.toml", bytes);
        let ran = shop.run(&[]).ok();
        told(&ran, ARTICLES[0].0, "warning[T018]");
        assert!(!shop.facts().is_empty());
    }
}

#[test]
fn broken_markup() {
    let page = "<html><body><div><p>SEOUL, Aug. 12, 2012 - Japan <b>criticized <i>South Korea</b> on Friday.</p></div>\
        </div></section></article></span><p>Seoul rejected the protest on Saturday.<div><table><td>";
    read_all_the_same("broken.html", page.as_bytes(), "note[T030]");
    read_all_the_same(
        "cut.docx",
        &docx(
            "<w:document><w:body><w:p><w:r><w:t>SEOUL, Aug. 12, 2012 - Japan criticized South Korea on Friday.</w:t></w:r></w:p><w:p <",
            0,
            "",
        ),
        "note[T030]",
    );
}

#[test]
fn an_article_pasted_twice() {
    let article = "SEOUL, Aug. 12, 2012 - Japan criticized South Korea on Friday over the visit to the \
        islands that both of them claim. Seoul rejected the protest on Saturday and said that it would \
        not take back a word of what the president had said there.\n\n";
    let shop = Shop::new(&[("once.txt", article)]);
    shop.run(&[]).ok();
    let once = shop.facts().len();
    let shop = Shop::new(&[]);
    shop.put("twice.txt", article.repeat(2).as_bytes());
    let ran = shop.run(&[]).ok();
    told(&ran, "twice.txt:3", "note[T027]");
    let facts = shop.facts();
    assert_eq!(facts.len(), once);
    for fact in facts {
        assert_eq!(fact["occurrences"].as_array().unwrap().len(), 2, "{fact}");
    }
    assert_eq!(shop.misquoted(&shop.news()), [] as [serde_json::Value; 0]);
}

#[test]
fn dates_that_are_missing_or_to_come() {
    let story = "Japan criticized South Korea over the visit to the islands.";
    read_all_the_same("undated.txt", story.as_bytes(), "note[T020]");
    let story = format!("TOKYO, Aug. 11, 2099 - {story}");
    read_all_the_same("tomorrow.txt:1", story.as_bytes(), "warning[T021]");
    let guessed =
        b"TOKYO, Aug. 11, 2012 - Japan criticized South Korea. The caf\xe9 in Paris was full.";
    read_all_the_same("latin.txt", guessed, "note[T025]");
    // A date given for those that bear none ends the note.
    let shop = Shop::new(&[("undated.txt", story.split_once(" - ").unwrap().1)]);
    let ran = shop.run(&["--date", "2012-08-11"]).ok();
    assert!(!ran.err.contains("T020"), "{}", ran.err);
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
    symlink("b/article.txt/below.txt", shop.news().join("a/through.txt")).unwrap();
    symlink("round.txt", shop.news().join("a/trip.txt")).unwrap();
    symlink("trip.txt", shop.news().join("a/round.txt")).unwrap();
    let ran = shop.run(&[]).ok();
    for link in ["a/dead.txt", "a/through.txt", "a/round.txt", "a/trip.txt"] {
        told(&ran, link, "warning[R102]");
    }
    told(&ran, "a/b/up", "note[R102]");
    assert!(ran.err.contains("R102 ×5"), "{}", ran.err);
    assert!(!shop.facts().is_empty());
}

/// What not even the superuser can read: a side-car that is a folder, and memory of a process.
#[test]
fn files_that_nobody_can_read() {
    let shop = Shop::new(ARTICLES);
    shop.run(&[]).ok();
    let before = shop.facts();
    fs::create_dir(shop.news().join("2012-08-11_courier.txt.meta.toml")).unwrap();
    let mut left_out = 1;
    let mut ran = shop.run(&[]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    if cfg!(target_os = "linux") {
        #[cfg(unix)]
        std::os::unix::fs::symlink("/proc/self/mem", shop.news().join("memory.txt")).unwrap();
        left_out += 1;
        ran = shop.run(&[]);
        told(&ran, "memory.txt", "error[R101]");
    }
    told(&ran, ARTICLES[0].0, "error[R101]");
    assert!(
        ran.err.contains(".meta.toml` cannot be read"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains(&format!("left out    {left_out} input")),
        "{}",
        ran.err
    );
    // What the record has of the file stays.
    assert!(!ran.err.contains("missing"), "{}", ran.err);
    assert_eq!(shop.facts(), before);
}

/// Nothing in a folder that cannot be read counts as removed.
#[cfg(unix)]
#[test]
fn a_folder_without_rights() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::new(&[("a.txt", ARTICLES[0].1), ("closed/b.txt", ARTICLES[1].1)]);
    shop.run(&[]).ok();
    let before = shop.facts();
    let closed = shop.news().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let ran = if fs::read_dir(&closed).is_err() {
        Some(shop.run(&[]))
    } else {
        // The superuser may read everything, and so lets nobody run the program. Where not even
        // that can be done there is nothing to see but that the run goes on.
        shop.run(&[]).ok();
        as_nobody(&shop)
    };
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    if let Some(ran) = ran {
        assert_eq!(ran.code, 3, "{}", ran.err);
        told(&ran, "closed", "error[R101]");
        assert!(ran.err.contains("give yourself the right"), "{}", ran.err);
        assert!(!ran.err.contains("missing"), "{}", ran.err);
    }
    assert_eq!(shop.facts(), before);
}

/// `detente run news` as a user without rights; `None` where the system does not let us.
#[cfg(unix)]
fn as_nobody(shop: &Shop) -> Option<Ran> {
    use std::os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    };
    const NOBODY: u32 = 65_534;
    // The program may lie where nobody can get at it, and the record has to be writable.
    let program = shop.path("detente");
    fs::copy(env!("CARGO_BIN_EXE_detente"), &program).ok()?;
    let folder = shop.folder.path();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).ok()?;
    chown(shop.path("detente.db"), Some(NOBODY), Some(NOBODY)).ok()?;
    let mut command = std::process::Command::new(program);
    command
        .current_dir(folder)
        .env_remove("DETENTE_RECORD")
        .args(["run", "news"])
        .uid(NOBODY)
        .gid(NOBODY);
    Some(command.output().ok()?.into())
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
        (
            &["run", "news/a.txt/below"],
            "error[D001]: `news/a.txt/below`",
        ),
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
