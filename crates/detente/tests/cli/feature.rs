//! What each command is for.

use std::{fs, io::Write, process::Stdio};

use crate::shop::{ARTICLES, Shop};

#[test]
fn run_reads_once_and_tells_what_it_did() {
    let shop = Shop::new(ARTICLES);
    let first = shop.run(&[]).ok();
    assert!(first.out.is_empty());
    for part in [
        "3 new, 0 changed, 0 unchanged",
        "in 3 documents",
        "next        detente timeline",
    ] {
        assert!(first.err.contains(part), "{part}: {}", first.err);
    }
    let export = shop.export();
    let second = shop.run(&[]).ok();
    assert!(
        second.err.contains("0 new, 0 changed, 3 unchanged"),
        "{}",
        second.err
    );
    assert_eq!(shop.export(), export);
    assert_eq!(shop.run(&["--quiet"]).ok().err, "");
}

#[test]
fn every_quote_is_the_text_at_its_offsets() {
    let shop = Shop::with_record();
    assert!(shop.facts().len() >= 5);
    assert_eq!(shop.misquoted(&shop.news()), [] as [serde_json::Value; 0]);
}

#[test]
fn an_article_that_stands_twice_gives_each_fact_once() {
    let shop = Shop::with_record();
    let facts: Vec<_> = shop
        .facts()
        .into_iter()
        .filter(|fact| fact["document"] == "twice/2015-06-23.txt")
        .collect();
    assert!(!facts.is_empty());
    for fact in facts {
        assert_eq!(fact["occurrences"].as_array().unwrap().len(), 2, "{fact}");
    }
}

#[test]
fn threads_and_repetition_do_not_change_a_byte() {
    let forms = ["jsonl", "csv", "parquet"];
    let export = |threads: &str| {
        let shop = Shop::new(ARTICLES);
        shop.run(&["--threads", threads]).ok();
        forms.map(|form| shop.detente(&["export", "--format", form]).ok().out)
    };
    let one = export("1");
    assert_eq!(one, export("2"));
    assert_eq!(one, export("1"));
    assert_eq!(
        (&one[2][..4], &one[2][one[2].len() - 4..]),
        (&b"PAR1"[..], &b"PAR1"[..])
    );
}

#[test]
fn export_writes_files_whole() {
    let shop = Shop::with_record();
    let ran = shop
        .detente(&["export", "--format", "csv", "--out", "facts.csv"])
        .ok();
    assert!(ran.out.is_empty() && ran.err.contains("written to facts.csv"));
    let csv = fs::read_to_string(shop.path("facts.csv")).unwrap();
    assert_eq!(csv, shop.detente(&["list", "--csv"]).ok().text());
    assert!(csv.starts_with("id,document,kind,quote,start,end,"));
    assert!(!shop.path("facts.csv.part").exists());
    let failed = shop.detente(&["export", "--out", "no/such/folder.jsonl"]);
    assert_eq!(failed.code, 1);
    assert!(
        failed
            .err
            .starts_with("error[D001]: `no/such/folder.jsonl.part`"),
        "{}",
        failed.err
    );
}

#[test]
fn show_marks_the_quote_and_names_the_rule() {
    let shop = Shop::with_record();
    let facts = shop.facts();
    let fact = &facts[0];
    let (id, quote) = (
        fact["id"].as_str().unwrap(),
        fact["quote"].as_str().unwrap(),
    );
    let shown = shop.detente(&["show", &id[..10]]).ok().text();
    assert!(shown.contains(&format!("⟦{quote}⟧")), "{shown}");
    assert!(shown.contains(fact["rule"].as_str().unwrap()) && shown.contains("modality"));
    let json = shop.detente(&["show", id, "--json"]).ok().text();
    assert_eq!(
        &serde_json::from_str::<serde_json::Value>(&json).unwrap(),
        fact
    );
    let missing = shop.detente(&["show", "ffff"]);
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("error[D008]") && missing.err.contains("hint:"));
}

#[test]
fn list_chooses_facts() {
    let shop = Shop::with_record();
    let all = shop.detente(&["list"]).ok();
    assert!(
        all.text().starts_with("id        date        kind"),
        "{}",
        all.text()
    );
    assert_eq!(all.text().lines().count(), shop.facts().len() + 1);
    let lines = |arguments: &[&str]| {
        let arguments = [&["list", "--json"], arguments].concat();
        let text = shop.detente(&arguments).ok().text();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for line in lines(&["--kind", "event", "--from", "2015"]) {
        assert!(
            line.contains("\"kind\":\"event\"") && line.contains("\"date\":\"2015-"),
            "{line}"
        );
    }
    assert!(!lines(&["--actor", "gemba"]).is_empty());
    assert!(lines(&["--actor", "emba"]).is_empty());
    assert!(lines(&["--to", "2011"]).is_empty());
    assert_eq!(lines(&["--limit", "1"]).len(), 1);
    let wrong = shop.detente(&["list", "--kind", "evnt"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("`evnt` is none of event, statement"),
        "{}",
        wrong.err
    );
}

#[test]
fn timeline_tells_each_event_once() {
    let shop = Shop::with_record();
    let text = shop.detente(&["timeline"]).ok().text();
    let friday: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("2012-08-10"))
        .collect();
    assert_eq!(friday.len(), 1, "{text}");
    assert!(
        friday[0].starts_with("2012-08-10  Japan condemned South Korea"),
        "{text}"
    );
    assert!(friday[0].ends_with("; +1]"), "{text}");
    assert!(!text.contains("apologize"), "{text}");
    let mut dates: Vec<&str> = text.lines().map(|line| &line[..10]).collect();
    let printed = dates.clone();
    dates.sort_unstable();
    assert_eq!(printed, dates);
}

#[test]
fn search_finds_forms_and_phrases() {
    let shop = Shop::with_record();
    let found = |query: &[&str]| {
        let arguments = [&["search"], query].concat();
        shop.detente(&arguments).ok().text()
    };
    assert!(found(&["criticize", "visits"]).contains("⟦criticize"));
    assert_eq!(
        found(&["\"court ruling\""]).lines().next().unwrap(),
        "twice/2015-06-23.txt (2015-06-23)"
    );
    assert_eq!(found(&["ruling court -labor"]), "");
}

#[test]
fn extract_streams_without_a_record() {
    let shop = Shop::new(&[]);
    let mut child = shop
        .command()
        .arg("extract")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let documents = ARTICLES
        .iter()
        .map(|(name, text)| serde_json::json!({"id": name, "text": text}).to_string());
    let mut lines: Vec<String> = documents.collect();
    lines.insert(1, "{\"id\": \"x\"".to_owned());
    let stdin = child.stdin.take().unwrap();
    { stdin }.write_all(lines.join("\n").as_bytes()).unwrap();
    let ran = crate::shop::Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("stdin:2: error[T014]"), "{}", ran.err);
    let with_record = Shop::with_record();
    let quotes = |text: &str| {
        text.lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .map(|fact| (fact["document"].to_string(), fact["quote"].to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(quotes(&ran.text()), quotes(&with_record.export()));
    assert!(!shop.path("detente.db").exists());
}

#[test]
fn explain_shows_trees_findings_and_reasons() {
    let shop = Shop::new(ARTICLES);
    let text = shop
        .detente(&["explain", "news/2012-08-11_courier.txt"])
        .ok()
        .text();
    for part in [
        "Foreign Minister Koichiro Gemba criticized",
        "nsubj",
        "+ event",
        "⟦",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let one = shop.detente(&[
        "explain",
        "news/2012-08-11_courier.txt",
        "--sentence",
        "1",
        "--trees",
        "false",
    ]);
    assert!(!one.ok().text().contains("nsubj"));
}

#[test]
fn eval_scores_facts_from_anywhere() {
    let shop = Shop::with_record();
    let facts = shop.export();
    fs::write(shop.path("gold.jsonl"), &facts).unwrap();
    let eval = |more: &[&str]| {
        let arguments = [&["eval", "gold.jsonl", "--texts", "news"], more].concat();
        shop.detente(&arguments).ok().text()
    };
    for more in [
        &["--facts", "gold.jsonl"][..],
        &["--record", "detente.db"],
        &[],
    ] {
        let text = eval(more);
        assert!(
            text.contains("P 1.000  R 1.000  F1 1.000"),
            "{more:?}: {text}"
        );
        assert!(
            text.ends_with("not the text at their offsets: 0\n"),
            "{text}"
        );
    }
    let json: serde_json::Value = serde_json::from_str(&eval(&["--json"])).unwrap();
    assert_eq!(json["all"]["f1"], 1.0);
    fs::write(shop.path("gold.jsonl"), "\n[]\n").unwrap();
    let failed = shop.detente(&["eval", "gold.jsonl", "--texts", "news"]);
    assert_eq!(
        (failed.code, failed.err.as_str()),
        (1, "error[E004]: gold.jsonl:2: the line is no JSON object\n")
    );
}

#[test]
fn completions_and_manual() {
    let shop = Shop::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            shop.detente(&["completions", shell])
                .ok()
                .text()
                .contains("timeline")
        );
    }
    let manual = shop.detente(&["man"]).ok().text();
    assert!(
        manual.starts_with(".ie") && manual.contains("Exit codes"),
        "{manual}"
    );
    assert!(shop.detente(&["man", "run"]).ok().text().contains("dry"));
    for command in [
        "run", "show", "list", "search", "timeline", "export", "extract", "explain", "parse",
        "eval", "train", "relate",
    ] {
        let help = shop.detente(&[command, "--help"]).ok().text();
        assert!(help.contains("Examples:"), "{command}: {help}");
    }
}

#[test]
fn relate_answers_a_line_each_in_order() {
    let shop = Shop::new(&[]);
    let mut child = shop
        .command()
        .args(["relate", "--reasons", "--threads", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text = "Quito accused Lima of spying, and Lima recalled its envoy from Quito.";
    let lines = [
        serde_json::json!({"id": 7, "text": text, "source": "Quito", "target": "Lima"}).to_string(),
        "{\"id\": \"broken\", \"text\": 3}".to_owned(),
        // The same words at their places, in code points.
        serde_json::json!({"id": "x", "text": text, "source": [34, 38], "target": [63, 68]})
            .to_string(),
    ];
    let stdin = child.stdin.take().unwrap();
    { stdin }.write_all(lines.join("\n").as_bytes()).unwrap();
    let ran = crate::shop::Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("D014"), "{}", ran.err);
    let answers: Vec<serde_json::Value> = ran
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(
        (&answers[0]["id"], &answers[0]["root"]),
        (&7.into(), &"ACCUSE".into())
    );
    assert_eq!(answers[0]["others"].as_array().unwrap().len(), 4);
    assert!(!answers[0]["reasons"].as_array().unwrap().is_empty());
    assert_eq!(answers[1]["id"], "broken");
    assert!(answers[1]["error"].is_string());
    assert_eq!(
        (&answers[2]["id"], &answers[2]["root"]),
        (&"x".into(), &"SANCTION".into())
    );
}

#[test]
fn eval_relate_scores_marked_pairs() {
    let shop = Shop::new(&[]);
    fs::write(
        shop.path("gold.tsv"),
        "ACCUSE\t-\tasserted\t<s>Quito</s> accused <t>Lima</t> of spying.\n\
         SANCTION\t-\tnegated\t<s>Quito</s> accused <t>Lima</t> of spying.\n",
    )
    .unwrap();
    let gold = shop.path("gold.tsv").display().to_string();
    let score = shop.detente(&["eval", "relate", &gold, "--json"]).ok();
    let score: serde_json::Value = serde_json::from_slice(&score.out).unwrap();
    assert_eq!(score["root"]["accuracy"], 0.5);
    assert_eq!(score["modality"]["accuracy"], 0.5);
    let wrong = shop.detente(&["eval", "relate", &gold, "--errors"]).ok();
    assert!(
        wrong.text().contains("SANCTION taken for ACCUSE"),
        "{}",
        wrong.text()
    );
    fs::write(shop.path("gold.tsv"), "ACCUSE\tno marks\n").unwrap();
    let refused = shop.detente(&["eval", "relate", &gold]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("D015") && refused.err.contains("gold.tsv:1"),
        "{}",
        refused.err
    );
}

#[test]
fn a_ranker_of_ones_own_is_used_or_refused() {
    let shop = Shop::new(ARTICLES);
    fs::write(shop.path("broken.model"), "nothing").unwrap();
    let broken = shop.path("broken.model").display().to_string();
    let refused = shop.run(&["--ranker", &broken]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("D017") && refused.err.contains("broken.model"),
        "{}",
        refused.err
    );

    // One that has only ever seen accusations.
    let rows = "ACCUSE\t-\tasserted\t<s>Quito</s> accused <t>Lima</t> of spying.\n".repeat(4);
    fs::write(shop.path("rows.tsv"), rows).unwrap();
    fs::write(shop.path("words.vec"), "accuse 1 0\nspy 0 1\n").unwrap();
    let [rows, vectors, own] =
        ["rows.tsv", "words.vec", "own.model"].map(|name| shop.path(name).display().to_string());
    shop.detente(&[
        "train",
        "relate",
        "--sentences",
        &rows,
        "--vectors",
        &vectors,
        "--out",
        &own,
    ])
    .ok();
    fs::write(
        shop.path("gold.tsv"),
        "AGREE\t-\tasserted\t<s>Quito</s> promised <t>Lima</t> grain.\n",
    )
    .unwrap();
    let gold = shop.path("gold.tsv").display().to_string();
    let shipped = shop.detente(&["eval", "relate", &gold, "--json"]).ok();
    let own = shop
        .detente(&["eval", "relate", &gold, "--json", "--ranker", &own])
        .ok();
    let accuracy = |ran: &crate::shop::Ran| {
        let score: serde_json::Value = serde_json::from_slice(&ran.out).unwrap();
        score["root"]["accuracy"].as_f64().unwrap()
    };
    assert_eq!((accuracy(&shipped), accuracy(&own)), (1.0, 0.0));
}

#[test]
fn colours_only_where_they_are_wanted() {
    let shop = Shop::with_record();
    let coloured = |name: &str, value: &str| {
        let out = shop
            .command()
            .arg("list")
            .env(name, value)
            .output()
            .unwrap()
            .stdout;
        out.contains(&0x1b)
    };
    assert!(coloured("CLICOLOR_FORCE", "1"));
    assert!(!coloured("NO_COLOR", "1"));
}

#[test]
fn a_dry_run_changes_nothing() {
    let shop = Shop::new(ARTICLES);
    let ran = shop.run(&["--dry-run"]).ok();
    assert_eq!(
        ran.text(),
        "2012-08-11_courier.txt\n2012-08-12_wire.txt\ntwice/2015-06-23.txt\n"
    );
    assert!(!shop.path("detente.db").exists());
}
