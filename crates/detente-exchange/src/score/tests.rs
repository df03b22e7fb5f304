use super::*;

const TEXT: &str = "東京 protested. Seoul replied. Trade rose 5%.";

fn scored(gold_lines: &str, fact_lines: &str) -> Score {
    let gold = gold("gold.jsonl", gold_lines).unwrap();
    let facts = predicted("facts.jsonl", fact_lines).unwrap();
    let texts = BTreeMap::from([("a.txt".to_owned(), TEXT.to_owned())]);
    score(&gold, facts, &texts)
}

const GOLD: &str = r#"
{"seed": "a.txt", "kind": "event", "quote": "東京 protested", "start": 0, "end": 12, "occurrences": [0], "role": {"source": ["Aso Tarō"], "target": []}, "plover": "ACCUSE", "date": "2012-08-10", "modality": "asserted", "issue": "history;apology", "value": null}
{"seed": "a.txt", "kind": "event", "quote": "Seoul replied", "start": 14, "end": 27, "role": null, "plover": null, "date": "2012", "date_basis": "inferred_year"}
{"seed": "a.txt", "kind": "economic_fact", "quote": "Trade rose 5%", "start": 29, "end": 42, "value": 5}
{"seed": "a.txt", "kind": "actor", "quote": "Seoul", "start": 14, "end": 19}
"#;

#[test]
fn matches_scores_and_lists() {
    let facts = r#"
{"id": "1", "document": "a.txt", "kind": "event", "quote": "protested", "start": 3, "end": 12, "source": ["TARO ASO"], "root": "accuse", "date": "2012-08-11", "modality": "asserted", "issue": ["apology"]}
{"id": "2", "document": "a.txt", "kind": "event", "quote": "Seoul says", "start": 14, "end": 27}
{"id": "3", "document": "a.txt", "kind": "indicator", "quote": "rose 5%", "start": 35, "end": 42, "value": "5.0"}
{"id": "4", "document": "b.txt", "kind": "event", "quote": "x", "start": 0, "end": 1}
"#;
    let score = scored(GOLD, facts);
    assert_eq!(score.misquoted, [Value::from("2")]);
    assert_eq!(
        (score.all.gold, score.all.predicted, score.all.matched),
        (3, 3, 2)
    );
    let event = score.kinds.get("event").unwrap();
    assert_eq!((event.precision, event.recall, event.f1), (0.5, 0.5, 0.5));
    assert_eq!(score.kinds.get("indicator").unwrap().f1, 1.0);
    for (field, right) in [
        ("source", (1, 1)),
        ("date", (1, 0)),
        ("root", (1, 1)),
        ("modality", (1, 1)),
        ("issue", (1, 1)),
        ("value", (1, 1)),
    ] {
        let found = score.fields.get(field).unwrap();
        assert_eq!((found.asked, found.right), right, "{field}");
    }
    assert_eq!(score.fields.get("target"), None);
    let shown = show(&score);
    assert!(shown.starts_with(
        "all         gold    3 predicted    3 matched    2  P 0.667  R 0.667  F1 0.667\n"
    ));
    assert!(shown.ends_with("quotes that are not the text at their offsets: 1 ['2']\n"));
}

/// A fact found at a later copy is right once, and wrong the second time.
#[test]
fn counts_a_repeated_fact_once() {
    let gold_line = r#"{"document": "a.txt", "kind": "event", "start": 3, "end": 12, "occurrences": [[3, 12], [20, 27]]}"#;
    let facts = r#"
{"id": "1", "document": "a.txt", "kind": "event", "quote": "replied", "start": 20, "end": 27}
{"id": "2", "document": "a.txt", "kind": "event", "quote": "protested", "start": 3, "end": 12}
"#;
    let score = scored(gold_line, facts);
    assert_eq!((score.all.predicted, score.all.matched), (2, 1));
}

/// Half of the shorter span is enough, less is not.
#[test]
fn wants_half_of_the_shorter_span() {
    let gold_line = r#"{"document": "a.txt", "kind": "event", "start": 3, "end": 13}"#;
    let fact = |start: usize, end: usize| {
        let quote: String = TEXT.chars().skip(start).take(end - start).collect();
        format!(
            r#"{{"document": "a.txt", "kind": "event", "quote": "{quote}", "start": {start}, "end": {end}}}"#
        )
    };
    assert_eq!(scored(gold_line, &fact(8, 18)).all.matched, 1);
    assert_eq!(scored(gold_line, &fact(9, 19)).all.matched, 0);
}

#[test]
fn names_file_and_line_of_a_fault() {
    for (line, why) in [
        ("[]", "gold.jsonl:2: the line is no JSON object"),
        (
            "{\"start\": 1}",
            "gold.jsonl:2: the field `end` is missing or no offset",
        ),
        (
            "{",
            "gold.jsonl:2: the line is no JSON: EOF while parsing an object at line 1 column 1",
        ),
    ] {
        let error = gold("gold.jsonl", &format!("\n{line}")).unwrap_err();
        assert_eq!(error.to_string(), why);
        assert_eq!(error.code(), "E004");
    }
}
