//! Bad input: each kind has its code, and the run goes on. And what must hold for any input.

use detente_text::{
    Document, DropReason, Language, Limits, ReadOptions, Reading, Severity, SideCar,
    jsonl_document, passages, read,
};
use proptest::prelude::*;

fn code(id: &str, bytes: &[u8], options: &ReadOptions) -> String {
    let reading = read(id, bytes, options);
    assert!(reading.documents.is_empty() && reading.has_errors());
    assert!(
        reading
            .diagnostics
            .iter()
            .all(|d| d.hint.is_some() && !d.message.is_empty())
    );
    reading.diagnostics[0].code.clone()
}

fn codes(document: &Document) -> Vec<&str> {
    document
        .diagnostics
        .iter()
        .map(|d| d.code.as_str())
        .collect()
}

fn one(id: &str, bytes: &[u8], options: &ReadOptions) -> Document {
    let Reading { mut documents, .. } = read(id, bytes, options);
    documents.remove(0)
}

const BODY: &str =
    "Both sides met in the harbor on Monday and agreed to go on talking about visas.\n";

#[test]
fn files_that_hold_nothing() {
    let usual = ReadOptions::default();
    assert_eq!(code("a.txt", b"", &usual), "T001");
    assert_eq!(code("a.txt", b" \n\t\n\xC2\xA0", &usual), "T001");
    assert_eq!(code("a.jsonl", b"\n\n", &usual), "T001");
    assert_eq!(
        code("a.html", b"<html><script>x()</script></html>", &usual),
        "T001"
    );
}

#[test]
fn files_that_are_no_text() {
    let usual = ReadOptions::default();
    assert_eq!(code("a.txt", b"\x89PNG\r\n\x1a\n....", &usual), "T002");
    assert_eq!(
        code("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", &usual),
        "T002"
    );
    let noise: Vec<u8> = (0..4096u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    assert_eq!(code("a.txt", &noise, &usual), "T002");
}

#[test]
fn files_beyond_the_limits() {
    let with = |limits: Limits| ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let usual = Limits::default();
    assert_eq!(
        code(
            "a.txt",
            BODY.as_bytes(),
            &with(Limits {
                file_bytes: 10,
                ..usual
            })
        ),
        "T003"
    );
    assert_eq!(
        code(
            "a.txt",
            BODY.as_bytes(),
            &with(Limits {
                text_bytes: 10,
                ..usual
            })
        ),
        "T004"
    );
    assert_eq!(usual.check_file(2 << 30).unwrap_err().code, "T003");
    let wide = format!("<html><p {}>x", "a=1 ".repeat(50_000));
    assert_eq!(code("a.html", wide.as_bytes(), &with(usual)), "T032");
    let page = format!("<html>{}", "<br>".repeat(50));
    assert_eq!(
        code(
            "a.html",
            page.as_bytes(),
            &with(Limits {
                elements: 20,
                ..usual
            })
        ),
        "T032"
    );
}

#[test]
fn a_line_beyond_the_limit_is_kept_and_takes_part_in_nothing() {
    let text = format!("{BODY}{}\n{BODY}", "data ".repeat(400_000));
    let d = one("a.txt", text.as_bytes(), &ReadOptions::default());
    assert!(codes(&d).contains(&"T005"));
    assert_eq!(d.text, text);
    assert!(
        d.dropped
            .iter()
            .any(|x| x.reason == DropReason::Boilerplate && x.span.len() > 1 << 20)
    );
    assert!(d.content().iter().map(|s| s.len()).sum::<u32>() < 400);
}

#[test]
fn wrong_charset_and_damage() {
    let usual = ReadOptions::default();
    let mut bytes = "東京とソウルの外相は会談し、対話を続けることで一致した。"
        .repeat(3)
        .into_bytes();
    bytes.insert(30, 0xC0);
    assert!(codes(&one("a.txt", &bytes, &usual)).contains(&"T006"));
    let page =
        "<meta charset=shift_jis><p>외교장관은 서울에서 회담을 열고 대화를 이어가기로 했다.</p>";
    assert!(codes(&one("a.html", page.as_bytes(), &usual)).contains(&"T026"));
    let odd = format!("{BODY}\u{1}{}", BODY.repeat(3));
    assert!(codes(&one("a.txt", odd.as_bytes(), &usual)).contains(&"T031"));
    let latin = b"The caf\xE9 in S\xE3o Paulo was closed when both sides met in the harbor.";
    assert!(codes(&one("a.txt", latin, &usual)).contains(&"T025"));
}

#[test]
fn dates_missing_ambiguous_and_in_the_future() {
    let today = ReadOptions {
        today: "2020-01-01".parse().ok(),
        ..ReadOptions::default()
    };
    assert!(codes(&one("a.txt", BODY.as_bytes(), &today)).contains(&"T020"));
    let year_missing = format!("SEOUL, May 8 - {BODY}");
    assert!(codes(&one("a.txt", year_missing.as_bytes(), &today)).contains(&"T020"));
    let future = format!("SEOUL, May 8, 2031 - {BODY}");
    let d = one("a.txt", future.as_bytes(), &today);
    assert!(codes(&d).contains(&"T021"));
    assert_eq!(d.metadata.date.unwrap().edtf.to_string(), "2031-05-08");
    let either = format!("Talks resume in Seoul\n05-06-2015\n\n{BODY}");
    let d = one("a.txt", either.as_bytes(), &today);
    assert!(codes(&d).contains(&"T022"));
    assert_eq!(d.metadata.date.unwrap().edtf.to_string(), "2015");
}

#[test]
fn side_car_and_given_date() {
    let side_car = SideCar::parse("title = 'Talks'\ndate = 2019-05-09\nlanguage = 'en'").unwrap();
    let options = ReadOptions {
        side_car: Some(side_car),
        ..ReadOptions::default()
    };
    let d = one(
        "a.txt",
        format!("SEOUL, May 8, 2016 - {BODY}").as_bytes(),
        &options,
    );
    assert!(codes(&d).contains(&"T019"));
    assert_eq!(d.metadata.date.unwrap().edtf.to_string(), "2019-05-09");
    assert_eq!(d.metadata.title.unwrap().value, "Talks");
    let options = ReadOptions {
        date: "2016".parse().ok(),
        ..ReadOptions::default()
    };
    let d = one(
        "a.txt",
        format!("SEOUL, May 8 - {BODY}").as_bytes(),
        &options,
    );
    assert_eq!(d.metadata.date.unwrap().edtf.to_string(), "2016-05-08");
    let d = one("a.txt", BODY.as_bytes(), &options);
    assert_eq!(d.metadata.date.unwrap().edtf.to_string(), "2016");
}

#[test]
fn an_article_pasted_twice_counts_once() {
    let article = format!(
        "{BODY}\nA spokesman said that nobody was in a hurry, least of all the two ministers.\n\n\
        Neither side said when the talks on trade would be taken up again after the summer.\n\n\
        The opposition called the meeting a waste of time and of money for everybody involved.\n\n"
    );
    let text = format!("{article}{article}");
    let d = one("a.txt", text.as_bytes(), &ReadOptions::default());
    assert!(codes(&d).contains(&"T027"));
    assert_eq!(d.repeats.len(), 1);
    assert_eq!(d.repeats[0].again.of(&text).trim(), article.trim());
    assert_eq!(passages(&d).len(), 4);
}

#[test]
fn languages_that_are_not_coded() {
    let text = "Les deux ministres se sont rencontrés lundi dans la capitale et ont convenu de poursuivre \
        leurs entretiens sur les visas et sur le commerce entre les deux pays.";
    let d = one("a.txt", text.as_bytes(), &ReadOptions::default());
    assert_eq!(d.language, Language::Other);
    assert!(codes(&d).contains(&"T023"));
    let list = one("a.txt", b"apples\npears\nplums", &ReadOptions::default());
    assert!(codes(&list).contains(&"T024"));
}

#[test]
fn a_broken_record_does_not_stop_the_others() {
    let lines = format!(
        "{{\"id\":\"a\",\"text\":{0},\"date\":\"2019-03-04\",\"title\":\"Talks\",\"outlet\":\"The Harbor Times\"}}\n\
         {{\"id\":\"b\",\"text\":\n{{\"id\":\"a\",\"text\":{0}}}\n[1]\n{{\"text\":{0},\"date\":\"soon\"}}\n{{\"id\":\"e\",\"text\":\"\"}}\n\
         {{\"id\":7}}\n",
        serde_json_string(BODY)
    );
    let reading = read("x.jsonl", lines.as_bytes(), &ReadOptions::default());
    let ids: Vec<&str> = reading.documents.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["x.jsonl#a", "x.jsonl#a~2", "x.jsonl#L5"]);
    let found: Vec<&str> = reading
        .diagnostics
        .iter()
        .map(|d| d.code.as_str())
        .collect();
    assert_eq!(found, ["T014", "T016", "T014", "T001", "T014"]);
    assert!(reading.diagnostics[0].message.starts_with("line 2: "));
    assert_eq!(codes(&reading.documents[2])[..2], ["T015", "T017"]);
    assert_eq!(
        reading.documents[0]
            .metadata
            .date
            .as_ref()
            .unwrap()
            .edtf
            .to_string(),
        "2019-03-04"
    );
    assert_eq!(
        jsonl_document("x.jsonl", "{", &ReadOptions::default())
            .unwrap_err()
            .code,
        "T014"
    );
}

fn serde_json_string(text: &str) -> String {
    format!("\"{}\"", text.trim().replace('"', "\\\""))
}

#[test]
fn hostile_texts_take_no_more_than_linear_time() {
    // Each is a megabyte or more; what is quadratic would not end in a minute.
    for text in [
        "(".repeat(1 << 20),
        "A. ".repeat(400_000),
        "By A and ".repeat(120_000),
        "SEOUL, ".repeat(150_000),
        format!("{}\n", "a b c d e f g h i j.").repeat(60_000),
        "1.\n".repeat(300_000),
        "[x](".repeat(100_000),
        "Related news\n".repeat(80_000),
        "2015-05-06 ".repeat(100_000),
        "ab\n".repeat(300_000),
        format!(
            "Talks resume in Seoul\n{}\n{BODY}",
            "05-06-2015\n".repeat(100_000)
        ),
    ] {
        for name in ["a.txt", "a.md", "a.html"] {
            let reading = read(name, text.as_bytes(), &ReadOptions::default());
            assert_eq!(reading.documents.len(), 1);
        }
    }
}

/// What holds for every document.
fn check(document: &Document) {
    let length = document.text.len() as u32;
    let whole = |start: u32, end: u32| {
        start <= end
            && end <= length
            && document.text.is_char_boundary(start as usize)
            && document.text.is_char_boundary(end as usize)
    };
    let mut at = 0;
    for d in &document.dropped {
        assert!(whole(d.span.start, d.span.end) && d.span.start >= at && !d.span.is_empty());
        at = d.span.end;
    }
    for pair in document.repeats.windows(2) {
        assert!(pair[0].again <= pair[1].again);
    }
    for r in &document.repeats {
        assert!(whole(r.first.start, r.first.end) && whole(r.again.start, r.again.end));
        assert!(!r.first.overlaps(r.again));
    }
    for d in &document.diagnostics {
        assert!(d.severity != Severity::Error);
        assert!(d.span.is_none_or(|s| whole(s.start, s.end)));
    }
    let meta = &document.metadata;
    let places = [&meta.title, &meta.outlet, &meta.place]
        .into_iter()
        .flatten()
        .chain(&meta.authors);
    for place in places {
        assert!(
            place
                .span
                .is_none_or(|s| whole(s.start, s.end) && !s.is_empty())
        );
    }
    if let Some(date) = &meta.date {
        assert!(date.span.is_none_or(|s| s.of(&document.text) == date.text));
    }
    for span in document.content() {
        assert!(whole(span.start, span.end));
    }
    for passage in passages(document) {
        assert!(whole(passage.span.start, passage.span.end));
    }
}

const NAMES: [&str; 7] = ["a.txt", "a.md", "a.html", "a.jsonl", "a.docx", "a.pdf", "a"];

/// Pieces of pages, thrown together.
fn piece() -> impl Strategy<Value = String> {
    let pieces: Vec<&'static str> = vec![
        "By Anna Weber",
        "SEOUL, May 8 - ",
        "(서울=통신) 김민지 기자 = ",
        "【ソウル＝田中花子】",
        "Related news",
        "05-06-2015",
        "2023년 5월 7일",
        "令和5年5月7日",
        "Both sides met on Monday. ",
        "両国は対話を続けることで一致した。",
        "양국은 대화를 이어가기로 했다. ",
        "\n",
        "\n\n",
        "\r\n",
        "\u{C}",
        "\t",
        "•",
        "<p>",
        "</p>",
        "<div class=nav>",
        "</div>",
        "<table><tr><td>",
        "<li>",
        "<script>",
        "</script>",
        "<meta charset=euc-kr>",
        "&amp;",
        "# ",
        "![a](b)",
        "[a](b)",
        "---\n",
        "title: x\n",
        "```",
        "|",
        "“",
        "”",
        "\u{FEFF}",
        "\u{200B}",
        "é",
        "😀",
        "XS SM MD LG",
        "FILE - A flag.",
        "Source: The Harbor Times",
        "© 2019 X",
        "Anna Weber is a professor. She holds a PhD.",
        "{\"id\":\"a\",\"text\":\"b c. d\"}",
        "\"",
        "\\",
        "İ",
        "ß",
        "Ａ",
        "５月６日",
    ];
    prop_oneof![
        8 => proptest::sample::select(pieces).prop_map(str::to_owned),
        2 => ".{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in 0..NAMES.len()) {
        let reading = read(NAMES[name], &bytes, &ReadOptions::default());
        reading.documents.iter().for_each(check);
        prop_assert!(!reading.documents.is_empty() || !reading.diagnostics.is_empty());
    }

    #[test]
    fn any_text_is_read_whole(parts in proptest::collection::vec(piece(), 0..60), name in 0..NAMES.len()) {
        let text = parts.concat();
        let reading = read(NAMES[name], text.as_bytes(), &ReadOptions::default());
        reading.documents.iter().for_each(check);
        if NAMES[name] == "a.md" && !text.starts_with("%PDF") {
            for document in &reading.documents {
                prop_assert_eq!(&document.text, &text);
            }
        }
    }
}
