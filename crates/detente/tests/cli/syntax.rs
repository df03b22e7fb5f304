//! Parsing, training, scoring the parser, and trees made elsewhere.

use std::{
    fs,
    io::{Read, Write},
    process::Stdio,
};

use crate::shop::{ARTICLES, Ran, Shop};

/// What a word's line of CoNLL-U says.
struct Line<'a> {
    columns: Vec<&'a str>,
}

impl Line<'_> {
    fn misc(&self, key: &str) -> Option<&str> {
        let mut misc = self.columns[9].split('|');
        misc.find_map(|m| m.strip_prefix(key)?.strip_prefix('='))
    }

    fn place(&self) -> (usize, usize) {
        let number = |key| self.misc(key).unwrap().parse().unwrap();
        (number("start_char"), number("end_char"))
    }
}

fn lines(conllu: &str) -> Vec<Line<'_>> {
    conllu
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 10, "{line}");
            Line { columns }
        })
        .collect()
}

/// The command with `input` as its standard input.
fn piped(shop: &Shop, arguments: &[&str], input: &[u8]) -> Ran {
    let mut child = shop
        .command()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let ran = Ran::from(child.wait_with_output().unwrap());
    writer.join().unwrap().unwrap();
    ran
}

#[test]
fn parse_writes_trees_with_places() {
    let shop = Shop::new(&[]);
    let text = "The envoy can’t stay in 서울.\nShe left.\n\nNobody knew why.";
    let ran = piped(&shop, &["parse"], text.as_bytes()).ok();
    let out = ran.text();
    assert_eq!(ran.err, "");
    let comments: Vec<&str> = out.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        comments,
        [
            "# newdoc id = stdin",
            "# newpar",
            "# sent_id = stdin-1",
            "# text = The envoy can’t stay in 서울.",
            "# sent_id = stdin-2",
            "# text = She left.",
            "# newpar",
            "# sent_id = stdin-3",
            "# text = Nobody knew why.",
        ]
    );
    let points: Vec<char> = text.chars().collect();
    for line in lines(&out) {
        let (start, end) = line.place();
        let there: String = points[start..end].iter().collect();
        assert_eq!(line.columns[1], there);
    }
    let contraction = lines(&out).into_iter().find(|l| l.columns[0] == "3-4");
    assert_eq!(contraction.unwrap().columns[1], "can’t");
    let parsed = lines(&out);
    let she = parsed.iter().find(|line| line.columns[1] == "She").unwrap();
    assert_eq!(
        (&she.columns[2..4], she.place()),
        (&["she", "PRON"][..], (28, 31))
    );
    assert_eq!((she.columns[6], she.columns[7]), ("2", "nsubj"));
    assert!(out.ends_with("\n\n"));
}

#[test]
fn parse_reads_documents_as_extract_does() {
    let shop = Shop::new(ARTICLES);
    shop.put(
        "feed.jsonl",
        b"{\"id\": \"x y\", \"text\": \"Seoul protested.\"}\n{\"id\": 1}\n",
    );
    let ran = shop.detente(&["parse", "news"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("feed.jsonl:2: error[T014]"), "{}", ran.err);
    let out = ran.text();
    let named: Vec<&str> = out
        .lines()
        .filter_map(|l| l.strip_prefix("# newdoc id = "))
        .collect();
    assert_eq!(
        named,
        [
            ARTICLES[0].0,
            ARTICLES[1].0,
            "feed.jsonl#x y",
            ARTICLES[2].0
        ]
    );
    assert!(out.contains("# sent_id = feed.jsonl#x_y-1\n"));
    // Titles and places are no sentences; what stands twice is parsed once.
    assert!(!out.contains("# text = Tokyo recalls envoy"));
    assert_eq!(out.matches("# text = The foreign ministers").count(), 1);
    assert_eq!(
        shop.detente(&["parse", "news", "--quiet", "--threads", "1"])
            .text(),
        out
    );
    let raw = shop
        .detente(&["parse", "--raw", "news/2012-08-11_courier.txt"])
        .ok();
    assert!(raw.text().contains("# text = Tokyo recalls envoy"));

    let file = ["parse", "news/2012-08-12_wire.txt", "--out", "trees.conllu"];
    assert!(shop.detente(&file).ok().out.is_empty());
    let written = fs::read_to_string(shop.path("trees.conllu")).unwrap();
    assert!(out.contains(&written) && !shop.path("trees.conllu.part").exists());
}

#[test]
fn parse_refuses_what_it_cannot_read() {
    let shop = Shop::new(&[("a.txt", "Seoul protested.")]);
    shop.put("noise.txt", &[0, 1, 2, 3, 4, 5, 6, 7].repeat(64));
    shop.put("french.txt", "Les deux ministres se sont rencontrés à Séoul et ont convenu de poursuivre le dialogue entre leurs gouvernements.".as_bytes());
    let ran = shop.detente(&["parse", "news"]);
    assert_eq!(ran.code, 3);
    for part in [
        "noise.txt: error[T002]",
        "french.txt: error[S001]",
        "--language",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert_eq!(ran.text().matches("# newdoc").count(), 1);
    let missing = shop.detente(&["parse", "none.txt"]);
    assert_eq!(missing.code, 1);
    assert!(
        missing.err.starts_with("error[D001]: `none.txt`"),
        "{}",
        missing.err
    );
    let model = shop.detente(&["parse", "news/a.txt", "--model", "news/a.txt"]);
    assert_eq!(model.code, 1);
    assert!(model.err.starts_with("error[D010]"), "{}", model.err);
    let ran = piped(&shop, &["parse"], b"Seoul \xff protested.");
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.contains("stdin:1: warning[T006]: 1 place"),
        "{}",
        ran.err
    );
}

/// The two Korean treebanks tag in their own ways; `--korean` chooses.
#[test]
fn korean_follows_the_convention_asked_for() {
    let shop = Shop::new(&[]);
    let text = "한국 정부는 일본과 회담을 열었다.\n".as_bytes();
    let tagged = |extra: &[&str]| {
        let arguments = [&["parse", "--language", "ko", "--raw"], extra].concat();
        piped(&shop, &arguments, text).ok().text()
    };
    assert!(tagged(&[]).contains("\tNNG+JKO\t"));
    assert_eq!(tagged(&[]), tagged(&["--korean", "gsd"]));
    assert!(tagged(&["--korean", "kaist"]).contains("\tncpa+jco\t"));
}

/// The first trees of a stream come while it is still being written, and a long text is
/// parsed block by block to the same sentences with any number of threads.
#[test]
fn parse_streams() {
    let shop = Shop::new(&[]);
    let paragraph = "The ministers met in Seoul. They did not agree.\nTalks go on.\n\n";
    let text = paragraph.repeat(4000);
    let one = piped(&shop, &["parse", "--threads", "1"], text.as_bytes())
        .ok()
        .out;
    let three = piped(&shop, &["parse", "--threads", "3"], text.as_bytes())
        .ok()
        .out;
    assert!(one == three);
    let out = String::from_utf8(one).unwrap();
    assert_eq!(out.matches("# newdoc").count(), 1);
    assert_eq!(out.matches("# newpar").count(), 4000);
    assert!(out.contains("# sent_id = stdin-12000\n# text = Talks go on.\n"));
    let last = lines(&out).last().unwrap().place();
    assert_eq!(last.1, text.trim_end().chars().count());

    let mut child = shop
        .command()
        .args(["parse", "--threads", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(text.as_bytes()).unwrap();
    stdin.flush().unwrap();
    let mut head = [0; 20];
    child
        .stdout
        .as_mut()
        .unwrap()
        .read_exact(&mut head)
        .unwrap();
    assert_eq!(&head, b"# newdoc id = stdin\n");
    // Nobody reads on: the program ends by itself.
    drop(child.stdout.take());
    let _ = stdin.write_all(text.as_bytes());
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

/// A treebank of our own, with a contraction and an empty node.
const TREEBANK: &str = "\
# newdoc id = own-a
# newpar
# text = We can't go.
1\tWe\twe\tPRON\tPRP\tNumber=Plur|Person=1\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\tVerbForm=Fin\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# text = They left.
1\tThey\tthey\tPRON\tPRP\tNumber=Plur|Person=3\t2\tnsubj:pass\t_\t_
1.1\tleft\tleave\tVERB\t_\t_\t_\t_\t0:root\t_
2\tleft\tleave\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

";

#[test]
fn eval_syntax_scores_treebanks() {
    let shop = Shop::new(&[]);
    fs::write(shop.path("own.conllu"), TREEBANK).unwrap();
    let json = |arguments: &[&str]| -> serde_json::Value {
        let arguments = [&["eval", "syntax", "--json"], arguments].concat();
        serde_json::from_str(&shop.detente(&arguments).ok().text()).unwrap()
    };
    let scores = json(&["own.conllu"]);
    for (side, key) in [
        ("gold_tokens", "upos"),
        ("gold_tokens", "uas"),
        ("gold_tokens", "las"),
        ("own_tokens", "upos"),
        ("own_tokens", "las"),
        ("own_tokens", "tokens_f1"),
        ("own_tokens", "sentences_f1"),
    ] {
        // Subtypes aside, this is beyond dispute.
        assert_eq!(scores[side][key], 100.0, "{side}.{key}: {scores}");
    }
    assert!(scores["sentences_per_second"].as_f64().unwrap() > 0.0);
    assert_eq!(
        (&scores["words"], &scores["files"][0]["language"]),
        (&8.into(), &"en".into())
    );

    // The output of the parser against itself, whatever the trees.
    let parsed = piped(&shop, &["parse"], ARTICLES[0].1.as_bytes()).ok().out;
    fs::write(shop.path("en_parsed.conllu"), &parsed).unwrap();
    let wrong = String::from_utf8(parsed)
        .unwrap()
        .replace("\tnsubj\t", "\tobj\t");
    fs::write(shop.path("en_wrong.conllu"), &wrong).unwrap();
    let same = json(&["en_parsed.conllu"]);
    assert_eq!(same["own_tokens"]["las"], 100.0);
    assert_eq!(same["own_tokens"]["sentences_f1"], 100.0);
    let two = json(&["en_parsed.conllu", "en_wrong.conllu"]);
    let las = |value: &serde_json::Value| value["own_tokens"]["las"].as_f64().unwrap();
    assert!(las(&two["files"][1]) < 100.0 && two["files"][1]["own_tokens"]["uas"] == 100.0);
    assert!(
        (las(&two) * 2.0 - las(&two["files"][1]) - 100.0).abs() < 0.02,
        "{two}"
    );

    let text = shop.detente(&["eval", "syntax", "own.conllu"]).ok().text();
    assert!(
        text.starts_with("own.conllu (en, 2 sentences, 8 words)\n"),
        "{text}"
    );
    assert!(text.contains("own tokens") && text.contains("a second, one thread"));

    fs::write(shop.path("broken.conllu"), "1\tWe\n").unwrap();
    let failed = shop.detente(&["eval", "syntax", "broken.conllu"]);
    let start = "error[D012]: broken.conllu:1: not ten columns\nhint: ";
    assert!(
        failed.code == 1 && failed.err.starts_with(start),
        "{}",
        failed.err
    );
}

#[test]
fn eval_without_a_word_scores_facts() {
    let shop = Shop::with_record();
    fs::write(shop.path("gold.jsonl"), shop.export()).unwrap();
    let score = |arguments: &[&str]| shop.detente(arguments).ok().text();
    let short = score(&["eval", "gold.jsonl", "--texts", "news"]);
    assert_eq!(
        short,
        score(&["eval", "facts", "gold.jsonl", "--texts", "news"])
    );
    assert!(short.contains("F1 1.000"));
    assert_eq!(shop.detente(&["eval"]).code, 2);
}

#[test]
fn train_makes_the_same_model_twice() {
    let shop = Shop::new(&[]);
    fs::write(shop.path("own.conllu"), TREEBANK.repeat(20)).unwrap();
    let train = |out: &str| {
        shop.detente(&[
            "train",
            "syntax",
            "--language",
            "en",
            "--treebank",
            "own.conllu",
            "--epochs",
            "2",
            "--out",
            out,
        ])
        .ok()
    };
    let first = train("a.model");
    assert!(
        first.err.contains("own.conllu: 40 sentences"),
        "{}",
        first.err
    );
    let (hash, name) = first
        .text()
        .trim_end()
        .split_once("  ")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert_eq!((hash.len(), name.as_str()), (64, "a.model"));
    assert!(train("b.model").text().starts_with(&hash));
    let model = fs::read(shop.path("a.model")).unwrap();
    assert!(model == fs::read(shop.path("b.model")).unwrap());
    assert!(!shop.path("a.model.part").exists());
    let ran = piped(&shop, &["parse", "--model", "a.model"], b"We can't go.").ok();
    assert!(lines(&ran.text()).len() >= 4, "{}", ran.text());

    // Documents that may not ship are left out, and told.
    let fiction = TREEBANK.replace("own-a", "GUM_fiction_a");
    fs::write(shop.path("own.conllu"), &fiction).unwrap();
    let none = shop.detente(&[
        "train",
        "syntax",
        "-l",
        "en",
        "--treebank",
        "own.conllu",
        "-o",
        "c.model",
    ]);
    assert!(
        none.code == 1 && none.err.contains("error[D012]"),
        "{}",
        none.err
    );
    fs::write(shop.path("own.conllu"), fiction + TREEBANK).unwrap();
    let some = shop.detente(&[
        "train",
        "syntax",
        "-l",
        "en",
        "--treebank",
        "own.conllu",
        "-o",
        "c.model",
        "--epochs",
        "1",
    ]);
    assert!(some.ok().err.contains("2 may not ship and are left out"));
}

/// The trees of `detente parse` handed back give the facts that it gives itself.
#[test]
fn trees_go_out_and_come_back() {
    let shop = Shop::with_record();
    shop.detente(&["parse", "news", "--out", "trees.conllu"])
        .ok();
    let ran = shop
        .detente(&[
            "run",
            "news",
            "--record",
            "trees.db",
            "--conllu",
            "trees.conllu",
        ])
        .ok();
    assert!(!ran.err.contains("warning[S"), "{}", ran.err);
    let export = shop
        .detente(&["export", "--record", "trees.db"])
        .ok()
        .text();
    assert_eq!(export, shop.export());
    // Other trees, and everything is coded again.
    let trees = fs::read_to_string(shop.path("trees.conllu")).unwrap();
    fs::write(
        shop.path("trees.conllu"),
        trees.replace("\tNEVER\t", "") + "\n",
    )
    .unwrap();
    let again = shop
        .detente(&[
            "run",
            "news",
            "--record",
            "trees.db",
            "--conllu",
            "trees.conllu",
        ])
        .ok();
    assert!(again.err.contains("0 unchanged"), "{}", again.err);

    let documents: String = ARTICLES
        .iter()
        .map(|(name, text)| serde_json::json!({"id": name, "text": text}).to_string() + "\n")
        .collect();
    let parsed = piped(&shop, &["parse", "--jsonl"], documents.as_bytes()).ok();
    fs::write(shop.path("stream.conllu"), parsed.out).unwrap();
    let own = piped(&shop, &["extract"], documents.as_bytes()).ok();
    let with = ["extract", "--conllu", "stream.conllu"];
    let back = piped(&shop, &with, documents.as_bytes()).ok();
    assert!(own.out == back.out && !own.out.is_empty());
    assert_eq!(back.err, own.err);
}

/// Trees decide: with other relations there are other facts.
#[test]
fn trees_made_elsewhere_are_used() {
    let shop = Shop::new(&[("a.txt", "Japan criticized South Korea on Friday.")]);
    let trees = |sentence: &str| {
        fs::create_dir_all(shop.path("trees")).unwrap();
        fs::write(shop.path("trees/a.conllu"), sentence).unwrap();
        shop.detente(&["explain", "news/a.txt", "--conllu", "trees"])
            .ok()
    };
    let own = shop.detente(&["parse", "news/a.txt"]).ok().text();
    let good = trees(&own);
    assert!(
        good.text().contains("+ event") && !good.err.contains("warning[S"),
        "{}",
        good.err
    );
    // The same words, all of them nouns in a list.
    let flat: String = lines(&own)
        .iter()
        .map(|line| {
            let (id, form) = (line.columns[0], line.columns[1]);
            let (head, relation) = if id == "1" {
                ("0", "root")
            } else {
                ("1", "list")
            };
            format!("{id}\t{form}\t{form}\tNOUN\t_\t_\t{head}\t{relation}\t_\t_\n")
        })
        .collect();
    assert!(!trees(&flat).text().contains("+ event"));
}

#[test]
fn trees_that_do_not_fit_are_told() {
    let text =
        "Japan criticized South Korea on Friday.\n\nSeoul rejected the protest on Saturday.\n";
    let shop = Shop::new(&[("a.txt", text), ("b.txt", text)]);
    let own = shop.detente(&["parse", "news/a.txt"]).ok().text();
    let facts = |conllu: &str| {
        fs::write(shop.path("t.conllu"), conllu).unwrap();
        let ran = shop
            .detente(&["run", "news", "--record", "t.db", "--conllu", "t.conllu"])
            .ok();
        let facts = shop.detente(&["export", "--record", "t.db"]).ok().text();
        (facts, ran.err)
    };
    let both = own.clone() + &own.replace("newdoc id = a.txt", "newdoc id = b.txt");
    let (expected, err) = facts(&both);
    assert!(!err.contains("warning[S"), "{err}");
    let other_word = both.replace("1\tSeoul\t", "1\tBusan\t");
    let other_number = both.replace("2\tcriticized\t", "3\tcriticized\t");
    for (conllu, told) in [
        (
            own,
            &["b.txt: warning[S101]: `t.conllu` has no trees for `b.txt`"][..],
        ),
        (
            other_word,
            &[
                "a.txt:3: warning[S102]: 1 of 2 trees in `t.conllu` do not stand in `a.txt`; \
                 the first is tree 2 (`a.txt-2`), “Busan rejected the protest on Saturday .”, \
                 looked for from character 41 on",
                "a.txt:3: warning[S103]: 1 stretch of the text without trees, the first: “Seoul \
                 rejected",
            ],
        ),
        (
            other_number,
            &["warning[S104]: `t.conllu`:6: words are not numbered 1, 2, 3 …"],
        ),
    ] {
        let (found, err) = facts(&conllu);
        for told in told {
            assert!(err.contains(told), "{told}: {err}");
        }
        // The built-in parser steps in.
        assert_eq!(found, expected);
    }
    for (path, start) in [
        ("none.conllu", "error[D001]: `none.conllu`"),
        (
            "news/a.txt",
            "error[D011]: `news/a.txt` holds no trees\nhint: ",
        ),
        ("news", "error[D011]: `news` holds no trees\nhint: "),
    ] {
        let ran = shop.detente(&["extract", "--conllu", path]);
        assert!(ran.code == 1 && ran.err.starts_with(start), "{}", ran.err);
    }
}
