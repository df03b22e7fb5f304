//! Invented sentences with hand-made trees.

use detente_codebook::{Codebook, Files};
use detente_syntax::{Deprel, Feats, Number, Sentence, Token, Upos};
use detente_text::Span;
use jiff::civil::date;

use super::{ActorBasis, Actors, DocumentContext, Mention, MentionKind};

/// A small codebook; the lists of words are those that ship.
fn book() -> Codebook {
    let shipped = Files::embedded();
    let mut files = Files::default();
    for name in ["actors/reference_en.toml", "language/en/reporting.toml"] {
        files.insert(name, shipped.get(name).unwrap_or_default());
    }
    files.insert(
        "actors/states.toml",
        r#"
[[state]]
code = "JPN"
names = ["Japan"]
adjectives = ["Japanese"]
people = ["Japanese"]
capital = { en = ["Tokyo"], ja = [], ko = [] }
seats = { en = ["Kantei"], ja = [], ko = [] }
[[state]]
code = "KOR"
names = ["South Korea", "Korea", "ROK"]
adjectives = ["Korean", "South Korean"]
people = ["Koreans"]
capital = { en = ["Seoul"], ja = [], ko = [] }
[[state]]
code = "USA"
names = ["United States", "U.S.", "US"]
adjectives = ["American", "U.S."]
capital = { en = ["Washington"], ja = [], ko = [] }
"#,
    );
    files.insert(
        "actors/regions.toml",
        "[[region]]\nid = \"sea of japan\"\nnames = [\"Sea of Japan\"]\n",
    );
    files.insert(
        "actors/persons/all.toml",
        r#"
[[person]]
id = "Morita Kenta"
state = "JPN"
family = "Morita"
[[person]]
id = "Hara Jun"
state = "JPN"
family = "Hara"
[[person]]
id = "Bae Min-ho"
state = "KOR"
family = "Bae"
"#,
    );
    files.insert(
        "actors/offices/all.toml",
        r#"
[[office]]
id = "Prime Minister of Japan"
state = "JPN"
titles = ["prime minister"]
holders = [
  { person = "Hara Jun", from = "2001-01-01", to = "2010-06-30" },
  { person = "Morita Kenta", from = "2010-06-30" },
]
[[office]]
id = "President of Korea"
state = "KOR"
titles = ["president"]
holders = [{ person = "Bae Min-ho", from = "2008-02-25", to = "2013-02-25" }]
[[office]]
id = "Ambassador of Korea to Japan"
state = "KOR"
titles = ["ambassador to japan", "ambassador"]
[[office]]
id = "Ambassador of Korea to the United States"
state = "KOR"
titles = ["ambassador to the us", "ambassador"]
"#,
    );
    files.insert(
        "actors/generic.toml",
        r#"
[[noun]]
words = ["official"]
sector = "GOV"
anonymous = true
[[noun]]
words = ["foreign ministry", "government", "leader", "side"]
sector = "GOV"
[[noun]]
words = ["expert", "professor"]
"#,
    );
    files.insert(
        "actors/persons_fallback.toml",
        "[korean]\nfamily = [\"Kim\", \"Ahn\"]\n[japanese]\nfamily = [\"Ota\", \"Nishida\"]\n",
    );
    match Codebook::from_files(files) {
        Ok(book) => book,
        Err(problems) => panic!("{problems}"),
    }
}

/// A document from sentences of `form lemma UPOS head relation`, one word a line, heads from 1,
/// `0` for the root; `+` before a form joins it to the word before.
struct Doc {
    text: String,
    sentences: Vec<Sentence>,
    book: Codebook,
}

impl Doc {
    fn new(sentences: &[&str]) -> Self {
        let mut text = String::new();
        let mut built = Vec::new();
        for lines in sentences {
            let mut words = Vec::new();
            for (i, line) in lines
                .lines()
                .map(str::trim)
                .filter(|l| !l.is_empty())
                .enumerate()
            {
                let fields: Vec<&str> = line.split_whitespace().collect();
                let [form, lemma, upos, head, relation] = fields[..] else {
                    panic!("five fields: {line}");
                };
                let joined = form.len() > 1 && form.starts_with('+');
                let form = if joined { &form[1..] } else { form };
                if !joined && !text.is_empty() {
                    text.push(' ');
                }
                let start = text.len() as u32;
                text.push_str(form);
                let head: u32 = head.parse().expect("a head");
                let plural = upos == "NOUN" && form != lemma && form.ends_with('s');
                let mut token = Token::default();
                token.span = Span::new(start, text.len() as u32);
                token.upos = Upos::from_name(upos).expect("a tag");
                token.feats = Feats {
                    number: if plural { Number::Plur } else { Number::None },
                    ..Feats::default()
                };
                token.head = if head == 0 { i as u32 } else { head - 1 };
                token.deprel = Deprel::from_name(relation).expect("a relation");
                words.push((token, lemma.to_owned()));
            }
            built.push(Sentence::new(
                words.iter().map(|(t, l)| (*t, l.as_str(), "")),
            ));
        }
        Self {
            text,
            sentences: built,
            book: book(),
        }
    }

    fn find(&self, document: &DocumentContext<'_>) -> Actors {
        Actors::find(&self.text, &self.sentences, &self.book, document)
    }

    /// Ids of the noun phrase headed by the token `word` of a sentence, with `@` for places.
    fn ids(&self, actors: &Actors, sentence: usize, word: &str) -> Vec<String> {
        let tree = &self.sentences[sentence];
        let token = (0..tree.len())
            .find(|&t| tree.tokens()[t].span.of(&self.text) == word)
            .expect("the word is there");
        actors
            .actor_of(sentence, token, tree)
            .into_iter()
            .map(|a| {
                if a.as_place {
                    format!("@{}", a.id)
                } else {
                    a.id
                }
            })
            .collect()
    }

    fn mention<'a>(&self, actors: &'a Actors, printed: &str) -> &'a Mention {
        let found = actors
            .mentions()
            .iter()
            .find(|m| m.span.of(&self.text) == printed);
        found.unwrap_or_else(|| panic!("no mention {printed:?} in {:#?}", actors.mentions()))
    }
}

fn dated() -> DocumentContext<'static> {
    DocumentContext {
        days: Some((date(2012, 3, 4), date(2012, 3, 4))),
        ..DocumentContext::default()
    }
}

#[test]
fn capitals_are_governments_or_places() {
    let doc = Doc::new(&[
        "Tokyo Tokyo PROPN 2 nsubj
         asked ask VERB 0 root
         Seoul Seoul PROPN 2 obj
         for for ADP 5 case
         talks talk NOUN 2 obl
         in in ADP 7 case
         Washington Washington PROPN 5 nmod",
        "She she PRON 2 nsubj
         visited visit VERB 0 root
         Japan Japan PROPN 2 obj
         for for ADP 5 case
         ties tie NOUN 2 obl
         with with ADP 7 case
         Seoul Seoul PROPN 5 nmod",
    ]);
    let actors = doc.find(&dated());
    assert_eq!(doc.ids(&actors, 0, "Tokyo"), ["JPN"]);
    assert_eq!(doc.ids(&actors, 0, "Seoul"), ["KOR"]);
    assert_eq!(doc.ids(&actors, 0, "Washington"), ["@USA"]);
    assert_eq!(doc.ids(&actors, 1, "Japan"), ["@JPN"]);
    assert_eq!(doc.ids(&actors, 1, "Seoul"), ["KOR"]);
}

#[test]
fn nouns_take_the_state_that_modifies_them() {
    let doc = Doc::new(&[
        "Japanese japanese ADJ 2 amod
         officials official NOUN 8 nsubj
         and and CCONJ 7 cc
         Seoul Seoul PROPN 7 nmod:poss
         +'s 's PART 4 case
         foreign foreign ADJ 7 amod
         ministry ministry NOUN 2 conj
         met meet VERB 0 root
         experts expert NOUN 8 obj",
        "The the DET 2 det
         leaders leader NOUN 7 nsubj
         of of ADP 4 case
         Japan Japan PROPN 2 nmod
         and and CCONJ 6 cc
         Korea Korea PROPN 4 conj
         agreed agree VERB 0 root",
        "The the DET 3 det
         two two NUM 3 nummod
         governments government NOUN 4 nsubj
         said say VERB 0 root
         both both DET 6 det
         countries country NOUN 7 nsubj
         won win VERB 4 ccomp",
    ]);
    let actors = doc.find(&dated());
    assert_eq!(
        doc.ids(&actors, 0, "officials"),
        ["JPN GOV (anonymous)", "KOR GOV"]
    );
    assert_eq!(doc.ids(&actors, 0, "experts"), ["experts"]);
    assert_eq!(doc.ids(&actors, 1, "leaders"), ["JPN GOV", "KOR GOV"]);
    assert_eq!(doc.ids(&actors, 2, "governments"), ["JPN GOV", "KOR GOV"]);
    assert_eq!(doc.ids(&actors, 2, "countries"), ["JPN", "KOR"]);
    let evidence = doc
        .mention(&actors, "governments")
        .evidence
        .map(|s| s.of(&doc.text));
    assert_eq!(evidence, Some("Japan and Korea"));
}

#[test]
fn persons_keep_one_id_in_every_form() {
    let doc = Doc::new(&[
        "Japanese japanese ADJ 3 amod
         Prime Prime PROPN 3 compound
         Minister Minister PROPN 5 compound
         Kenta Kenta PROPN 5 compound
         MORITA MORITA PROPN 6 nsubj
         met meet VERB 0 root
         Bae Bae PROPN 6 obj
         Min Min PROPN 7 flat
         +- - PUNCT 10 punct
         +Ho Ho PROPN 7 flat
         , , PUNCT 13 punct
         the the DET 13 det
         president president NOUN 7 appos",
        "Morita Morita PROPN 2 nsubj
         thanked thank VERB 0 root
         the the DET 4 det
         president president NOUN 2 obj
         for for ADP 7 case
         his his PRON 7 nmod:poss
         words word NOUN 2 obl",
    ]);
    let actors = doc.find(&dated());
    let first = doc.mention(&actors, "Japanese Prime Minister Kenta MORITA");
    assert_eq!(
        (first.id.as_str(), first.kind),
        ("Morita Kenta", MentionKind::Person)
    );
    let office = first.office.as_ref().expect("an office");
    assert_eq!(office.id.as_deref(), Some("Prime Minister of Japan"));
    assert_eq!(doc.ids(&actors, 0, "Bae"), ["Bae Min-ho"]);
    assert_eq!(doc.ids(&actors, 0, "president"), ["Bae Min-ho"]);
    assert_eq!(doc.ids(&actors, 1, "Morita"), ["Morita Kenta"]);
    assert_eq!(doc.ids(&actors, 1, "president"), ["Bae Min-ho"]);
    assert_eq!(doc.ids(&actors, 1, "his"), ["Morita Kenta"]);
    let again = doc.mention(&actors, "Morita");
    assert_eq!(again.basis, ActorBasis::Coreference);
    assert_eq!(
        again.evidence.map(|s| s.of(&doc.text)),
        Some("Kenta MORITA")
    );
}

#[test]
fn offices_without_a_name_stay_offices() {
    let doc = Doc::new(&[
        "The the DET 5 det
         new new ADJ 5 amod
         Japanese japanese ADJ 5 amod
         prime prime ADJ 5 amod
         minister minister NOUN 6 nsubj
         spoke speak VERB 0 root",
        "The the DET 2 det
         Ambassador Ambassador PROPN 7 nsubj
         of of ADP 4 case
         Korea Korea PROPN 2 nmod
         to to ADP 6 case
         Japan Japan PROPN 2 nmod
         replied reply VERB 0 root",
    ]);
    let actors = doc.find(&dated());
    assert_eq!(doc.ids(&actors, 0, "minister"), ["Prime Minister of Japan"]);
    let office = doc.mention(&actors, "new Japanese prime minister");
    assert_eq!(office.kind, MentionKind::Office);
    let inferred = office.inferred.as_ref().expect("the table has a holder");
    assert_eq!(inferred.person, "Morita Kenta");
    assert_eq!(inferred.table, "actors/offices/all.toml:3");
    assert_eq!(
        doc.ids(&actors, 1, "Ambassador"),
        ["Ambassador of Korea to Japan"]
    );
}

#[test]
fn a_family_name_with_a_title_is_settled_by_the_table() {
    let lines = "Prime Prime PROPN 3 compound
         Minister Minister PROPN 3 compound
         Hara Hara PROPN 4 nsubj
         resigned resign VERB 0 root";
    let doc = Doc::new(&[lines]);
    let actors = doc.find(&DocumentContext::default());
    let hara = doc.mention(&actors, "Prime Minister Hara");
    assert_eq!(
        (hara.id.as_str(), hara.basis),
        ("Hara Jun", ActorBasis::Table)
    );
}

#[test]
fn persons_outside_the_codebook_are_found() {
    let doc = Doc::new(&[
        "Ho Ho PROPN 5 compound
         +- - PUNCT 1 punct
         +Young Young PROPN 1 flat
         Ahn Ahn PROPN 9 nsubj
         , , PUNCT 7 punct
         a a DET 7 det
         professor professor NOUN 4 appos
         , , PUNCT 7 punct
         told tell VERB 0 root
         NISHIDA NISHIDA PROPN 9 obj
         Taro Taro PROPN 10 flat
         and and CCONJ 13 cc
         Dr. Dr. PROPN 14 compound
         Bloom Bloom PROPN 10 conj",
        "The the DET 2 det
         professor professor NOUN 3 nsubj
         smiled smile VERB 0 root",
        "Green Green PROPN 2 compound
         Tea tea NOUN 3 nsubj
         sells sell VERB 0 root",
    ]);
    let actors = doc.find(&dated());
    assert_eq!(doc.ids(&actors, 0, "Ahn"), ["Ahn Ho-young"]);
    assert_eq!(doc.ids(&actors, 0, "NISHIDA"), ["Nishida Taro", "Bloom"]);
    assert_eq!(doc.mention(&actors, "Dr. Bloom").basis, ActorBasis::Printed);
    assert!(actors.in_sentence(2).is_empty());
}

#[test]
fn compounds_hold_each_state_and_longer_names_hold_none() {
    let doc = Doc::new(&[
        "Japan Japan PROPN 3 compound
         +- - PUNCT 3 punct
         +ROK ROK PROPN 6 compound
         +- - PUNCT 5 punct
         +U.S. U.S. PROPN 3 conj
         relations relation NOUN 0 root
         across across ADP 8 case
         the the DET 9 det
         Sea Sea PROPN 6 nmod
         of of ADP 11 case
         Japan Japan PROPN 9 nmod",
        "The the DET 4 det
         Seoul Seoul PROPN 4 compound
         Peace Peace PROPN 4 compound
         Institute Institute PROPN 5 nsubj
         agreed agree VERB 0 root",
    ]);
    let actors = doc.find(&dated());
    let found: Vec<&str> = actors
        .in_sentence(0)
        .iter()
        .map(|m| m.id.as_str())
        .collect();
    assert_eq!(found, ["JPN", "KOR", "USA", "sea of japan"]);
    assert_eq!(doc.ids(&actors, 1, "Institute"), ["Seoul Peace Institute"]);
    assert_eq!(doc.ids(&actors, 1, "Seoul"), ["KOR"]);
}

#[test]
fn the_author_is_i_and_the_country_the_last_subject() {
    let doc = Doc::new(&[
        "I I PRON 2 nsubj
         praised praise VERB 0 root
         Korea Korea PROPN 2 obj",
        "Japan Japan PROPN 2 nsubj
         knows know VERB 0 root
         its its PRON 4 nmod:poss
         past past NOUN 2 obj",
        "The the DET 2 det
         country country NOUN 3 nsubj
         grew grow VERB 0 root",
    ]);
    let document = DocumentContext {
        authors: vec!["Prof. OTA Kenji"],
        ..DocumentContext::default()
    };
    let actors = doc.find(&document);
    assert_eq!(doc.ids(&actors, 0, "I"), ["Ota Kenji"]);
    assert_eq!(doc.ids(&actors, 1, "its"), ["JPN"]);
    assert_eq!(doc.ids(&actors, 2, "country"), ["JPN"]);
}

#[test]
fn hostile_text_does_no_harm() {
    for text in [
        "",
        "'s 's",
        "U.S.-",
        "日本 Ōé’s \u{300}A.B.C",
        "Mr. Mr. Mr.",
        "A-B-C-D-E-F-G",
    ] {
        let mut token = Token::default();
        token.span = Span::new(0, text.len() as u32);
        let doc = Doc {
            text: text.to_owned(),
            sentences: vec![Sentence::new([(token, "x", "")])],
            book: book(),
        };
        let actors = doc.find(&DocumentContext::default());
        assert!(actors.mentions().iter().all(|m| !m.id.is_empty()), "{text}");
        assert!(
            doc.find(&DocumentContext::default())
                .in_sentence(9)
                .is_empty()
        );
    }
}
