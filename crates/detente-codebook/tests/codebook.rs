//! The codebook that ships is sound, and a broken one is refused with all its errors.

use detente_codebook::{
    Codebook, Files, Problems,
    actors::{NameKind, name_words},
};

fn broken(files: &[(&str, &str)]) -> Problems {
    let mut all = Files::default();
    for (name, text) in files {
        all.insert(*name, *text);
    }
    Codebook::from_files(all).expect_err("the codebook is broken")
}

fn codebook(files: &[(&str, &str)]) -> Codebook {
    let mut all = Files::default();
    for (name, text) in files {
        all.insert(*name, *text);
    }
    match Codebook::from_files(all) {
        Ok(book) => book,
        Err(problems) => panic!("{problems}"),
    }
}

#[test]
fn the_embedded_codebook_has_no_errors() {
    if let Err(problems) = Codebook::from_files(Files::embedded()) {
        panic!("{problems}");
    }
}

#[test]
fn finds_verbs_with_particles_and_nouns_by_their_last_word() {
    let book = codebook(&[
        ("events/classes.toml", "talks = [\"talk\", \"summit\"]"),
        (
            "events/reject.toml",
            r#"
root = "REJECT"
quad = 3
score = -2
modes.meet = { score = -2.0, definition = "A meeting." }
verbs = [
  { lemmas = ["call off", "cancel"], obj = ["@talks"], target = ["with", "obj.with"], mode = "meet" },
  { lemma = "call", strength = "weak" },
]
nouns = [{ noun = "cold shoulder", source = ["of", "by"] }]
"#,
        ),
    ]);
    let events = &book.events;
    let found: Vec<_> = events.verbs("call").collect();
    assert_eq!(found.len(), 2);
    assert_eq!(*found[0].rest, ["off".into()]);
    assert!(
        found[0]
            .pattern
            .obj
            .as_ref()
            .is_some_and(|w| w.has("summit", &events.classes))
    );
    assert_eq!(&*found[0].pattern.rule, "events/reject.toml:7");
    assert_eq!(events.root_name(found[1].pattern), Some("REJECT"));
    assert_eq!(
        *events.nouns("shoulder").next().unwrap().before,
        ["cold".into()]
    );
    assert!(events.classes.holds("talks", "talk") && !events.classes.holds("talks", "call"));
}

#[test]
fn acts_about_acts_take_their_mode_from_them() {
    let request = "root = \"REQUEST\"\nquad = 3\nscore = 0\nmodes.yield = { score = -1 }\nmodes.assist = { score = 0.5 }\n";
    let retreat = "root = \"RETREAT\"\nquad = 2\nscore = 5\nmodes.release = { score = 7 }\n";
    let composed = r#"
[REQUEST]
thing = "assist"
rules = [
  { acts = ["RETREAT release"], mode = "yield" },
  { words = ["rice"], mode = "assist" },
]
"#;
    let files = |composed| {
        [
            ("events/request.toml", request),
            ("events/retreat.toml", retreat),
            ("events/composed.toml", composed),
        ]
    };
    let book = codebook(&files(composed));
    let rules = book.events.composition("REQUEST").unwrap();
    let release: [Box<str>; 1] = ["release".into()];
    assert_eq!(
        rules.mode(Some(("RETREAT", &release)), |_| false),
        Some("yield")
    );
    assert_eq!(rules.mode(Some(("RETREAT", &[])), |_| false), None);
    let rice = |w: &detente_codebook::events::Words| w.has("rice", &book.events.classes);
    assert_eq!(rules.mode(None, rice), Some("assist"));
    assert_eq!(rules.thing.as_deref(), Some("assist"));
    assert!(book.events.composition("RETREAT").is_none());

    let wrong = composed
        .replace("\"yield\"", "\"yeild\"")
        .replace("RETREAT", "RETRAET");
    let problems = broken(&files(&wrong));
    let lines: Vec<String> = problems
        .errors()
        .map(|p| format!("{}:{} {}", p.file, p.line, p.message))
        .collect();
    assert_eq!(
        lines,
        [
            "events/composed.toml:5 unknown root `RETRAET`",
            "events/composed.toml:5 `yeild` is no mode of REQUEST",
        ]
    );
}

#[test]
fn events_have_codes_of_cameo_and_codes_have_roots() {
    use detente_codebook::events::Coded;
    let retreat = "root = \"RETREAT\"\nquad = 2\nscore = 5\nmodes.release = { score = 7 }\n";
    let cameo = r#"
codes = [
  { root = "RETREAT", modes = ["release"], code = "0841" },
  { root = "RETREAT", words = ["@curb"], modality = ["asserted"], code = "085" },
  { root = "RETREAT", code = "080" },
]
[conversions.old]
"08" = "RETREAT"
"#;
    let files = |cameo| {
        [
            ("events/classes.toml", "curb = [\"embargo\"]\n"),
            ("events/retreat.toml", retreat),
            ("events/cameo.toml", cameo),
        ]
    };
    let book = codebook(&files(cameo)).events;
    let code = |modes: &[String], modality, words: &[&str]| {
        let event = Coded {
            root: "RETREAT",
            modes,
            modality,
            contexts: &[],
            words,
        };
        book.cameo.code(event, &book.classes)
    };
    assert_eq!(code(&["release".to_owned()], "asserted", &[]), Some("0841"));
    assert_eq!(code(&[], "asserted", &["lift", "embargo"]), Some("085"));
    assert_eq!(code(&[], "planned", &["lift", "embargo"]), Some("080"));
    assert_eq!(book.cameo.converted("old", "0841"), Some("RETREAT"));
    assert_eq!(book.cameo.converted("old", "09"), None);
    assert_eq!(book.cameo.converted("new", "0841"), None);

    let wrong = cameo.replace("\"release\"", "\"relase\"");
    let lines: Vec<String> = broken(&files(&wrong))
        .errors()
        .map(|p| format!("{}:{} {}", p.file, p.line, p.message))
        .collect();
    assert_eq!(
        lines,
        ["events/cameo.toml:3 `relase` is no mode of RETREAT"]
    );

    let shipped = detente_codebook::Codebook::embedded().events;
    for root in shipped.roots.iter().filter_map(|r| r.name.as_deref()) {
        let event = Coded {
            root,
            modes: &[],
            modality: "asserted",
            contexts: &[],
            words: &[],
        };
        let code = shipped.cameo.code(event, &shipped.classes).expect(root);
        assert_eq!(
            shipped.cameo.converted("plover-2021", code),
            Some(root),
            "{code}"
        );
    }
}

#[test]
fn reports_every_error_with_file_and_line() {
    let problems = broken(&[
        (
            "events/aid.toml",
            "root = \"AID\"\nquad = 2\nscore = 10\nverbs = [\n  { lema = \"help\" },\n  { lemma = \"give\", obj = [\"@ai\"], target = [\"obj.wiht\"] },\n]\n",
        ),
        ("events/classes.toml", "aid = [\"aid\"]\nactor = []\n"),
        (
            "actors/states.toml",
            "[[state]]\ncode = \"AAA\"\nnames = [\"Aland\"]\n[[state]]\ncode = \"AAA\"\nnames = [\"Oland\"]\n",
        ),
        (
            "actors/persons/a.toml",
            "[[person]]\nid = \"Ann Berg\"\nstate = \"AAB\"\nfamily = \"Berg\"\n",
        ),
        (
            "actors/offices/a.toml",
            "[[office]]\nid = \"Chief\"\nstate = \"AAA\"\ntitles = [\"chief\"]\nholders = [\n  { person = \"Ann Borg\", from = \"2001-13\" },\n]\n",
        ),
    ]);
    let lines: Vec<String> = problems
        .errors()
        .map(|p| format!("{}:{} {}", p.file, p.line, p.message))
        .collect();
    assert_eq!(
        lines,
        [
            "actors/offices/a.toml:6 holder Ann Borg has no person entry",
            "actors/offices/a.toml:6 `from` is no date: 2001-13",
            "actors/persons/a.toml:3 unknown state AAB",
            "actors/states.toml:5 state AAA stands twice",
            "events/aid.toml:5 neither `lemma` nor `lemmas`",
            "events/aid.toml:5 unknown field `lema`",
            "events/aid.toml:6 unknown class @ai",
            "events/aid.toml:6 unknown slot `obj.wiht`",
            "events/classes.toml:2 @actor is computed by the program",
        ]
    );
    let shown = problems.to_string();
    assert!(
        shown.contains("6 |   { lemma = \"give\", obj = [\"@ai\"]"),
        "{shown}"
    );
    assert!(shown.contains("hint: did you mean @aid?"), "{shown}");
    assert!(shown.ends_with("9 errors, 0 warnings"), "{shown}");
}

#[test]
fn warns_of_overlapping_terms() {
    let book = codebook(&[
        (
            "actors/persons/a.toml",
            "[[person]]\nid = \"Ann Berg\"\n[[person]]\nid = \"Bo Dahl\"\n",
        ),
        (
            "actors/offices/a.toml",
            "[[office]]\nid = \"Chief\"\ntitles = [\"chief\"]\nholders = [\n  { person = \"Ann Berg\", from = 2001-02-03, to = \"2005-05\" },\n  { person = \"Bo Dahl\", from = \"2004\" },\n]\n",
        ),
    ]);
    assert_eq!(book.warnings.0.len(), 1);
    assert!(book.warnings.0[0].message.contains("at the same time"));
}

#[test]
fn knows_names_in_all_their_spellings() {
    let book = codebook(&[
        (
            "actors/states.toml",
            "[[state]]\ncode = \"KOR\"\nnames = [\"South Korea\", \"ROK\"]\nadjectives = [\"Korean\"]\n",
        ),
        (
            "actors/persons/a.toml",
            "[[person]]\nid = \"Bae Min-ho\"\nstate = \"KOR\"\nfamily = \"Bae\"\naliases = [\"Pae Min-ho\"]\n",
        ),
    ]);
    let text = "BAE Min-Ho, Min Ho Bae, Minho Bae, Pae Minho and bae min-ho of the ROK; rok n roll";
    let mut words = Vec::new();
    name_words(text, &mut words);
    let found: Vec<(&str, NameKind)> = book
        .actors
        .scan(text, &words)
        .iter()
        .map(|m| {
            let span = words[m.first].span.cover(words[m.end - 1].span);
            (span.of(text), m.refs[0].kind)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("BAE Min-Ho", NameKind::Person),
            ("Min Ho Bae", NameKind::Person),
            ("Minho Bae", NameKind::Person),
            ("Pae Minho", NameKind::Person),
            ("ROK", NameKind::State),
        ]
    );
}

#[test]
fn finds_cues_most_specific_first() {
    let book = codebook(&[(
        "issues.toml",
        r#"
[[issue]]
id = "trade"
labels = { en = "trade", ja = "貿易", ko = "무역" }
cues = ["trade"]
weak = ["export"]
ja = ["貿易"]

[[issue]]
id = "controls"
labels = { en = "export controls", ja = "輸出管理", ko = "수출관리" }
parent = "trade"
cues = ["export control"]
ja = ["輸出管理"]
"#,
    )]);
    let words = ["Trade", "and", "export", "controls"];
    let hits = book
        .issues
        .find(words.map(|w| (w, w.trim_end_matches('s'))));
    let ids: Vec<_> = hits
        .iter()
        .map(|h| (&*book.issues.get(h.topic).id, h.first))
        .collect();
    assert_eq!(ids, [("controls", 2), ("trade", 0)]);
    let japanese = book
        .issues
        .find_text("貿易と輸出管理", detente_text::Language::Ja);
    assert_eq!(japanese.len(), 2);
    assert_eq!(&*book.issues.get(japanese[0].0).id, "controls");
}

#[test]
fn a_broken_ledger_is_refused_with_its_lines() {
    let problems = broken(&[(
        "ledger/en.toml",
        "[[move]]\nid = \"lifted\"\nto = \"withdrwn\"\nof = [\"measure\"]\nby = \"any\"\n\n[[channel]]\nto = \"halted\"\n",
    )]);
    let told: Vec<(usize, &str)> = problems
        .errors()
        .map(|problem| (problem.line, problem.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (1, "`words` is missing or empty"),
            (3, "`withdrwn` is no `to` of the ledgers"),
            (7, "`words` is missing or empty"),
        ]
    );
    let hint = problems.errors().nth(1).and_then(|p| p.hint.clone());
    assert_eq!(hint.as_deref(), Some("did you mean `withdrawn`?"));
}

#[test]
fn a_move_of_the_ledger_names_its_line() {
    let book = codebook(&[(
        "ledger/en.toml",
        "[words]\nalike = [[\"pact\", \"deal\"]]\n\n[[move]]\nid = \"lifted\"\nto = \"withdrawn\"\nof = [\"measure\"]\nwords = [\"lift\"]\nby = \"any\"\n",
    )]);
    assert_eq!(book.ledger.alike, [vec!["pact".into(), "deal".into()]]);
    assert_eq!(&*book.ledger.moves[0].cue.place, "ledger/en.toml:4");
}
