//! The analyser on texts of our own: sentences, words and trees. `any_text` has what holds for any
//! string at all.

use detente_syntax::{Analyser, Deprel, Sentence, Upos, conllu, train};
use detente_text::{Language, Span};

fn whole(text: &str) -> [Span; 1] {
    [Span::new(0, text.len() as u32)]
}

fn english() -> &'static Analyser {
    static ENGLISH: std::sync::OnceLock<Analyser> = std::sync::OnceLock::new();
    ENGLISH.get_or_init(Analyser::english)
}

/// The words of each sentence, parted by spaces.
fn words(text: &str) -> Vec<String> {
    let mut worker = english().worker();
    let sentences = worker.analyse(text, &whole(text));
    let join = |s: &Sentence| {
        let words: Vec<&str> = s.tokens().iter().map(|t| t.span.of(text)).collect();
        words.join(" ")
    };
    sentences.iter().map(join).collect()
}

#[test]
fn ends_sentences_where_a_reader_would() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Mr. Sato met Gen. Park in the U.S. on Monday. The talks failed.",
            &[
                "Mr. Sato met Gen. Park in the U.S. on Monday .",
                "The talks failed .",
            ],
        ),
        (
            "They flew to the U.S. The envoy stayed at home.",
            &["They flew to the U.S.", "The envoy stayed at home ."],
        ),
        (
            "“We will not yield.” She left the room.",
            &["“ We will not yield . ”", "She left the room ."],
        ),
        (
            "“Why now?” Tanaka asked. Nobody knew.",
            &["“ Why now ? ” Tanaka asked .", "Nobody knew ."],
        ),
        (
            "Ministers meet again\n\nThe two sides met in Busan.",
            &["Ministers meet again", "The two sides met in Busan ."],
        ),
        (
            "• First point\n• Second point",
            &["• First point", "• Second point"],
        ),
        (
            "It grew by 2.5 percent.Tokyo denied it.",
            &["It grew by 2.5 percent .", "Tokyo denied it ."],
        ),
        (
            "He agreed . , She did not.",
            &["He agreed . ,", "She did not ."],
        ),
        (
            "The claim was false.[3] It was withdrawn.",
            &["The claim was false . [ 3 ]", "It was withdrawn ."],
        ),
    ];
    for (text, sentences) in cases {
        assert_eq!(words(text), *sentences, "{text}");
    }
}

#[test]
fn joins_lines_broken_at_a_width() {
    let text = "The foreign ministers of both countries met on Tuesday in the port city\n\
                of Busan and agreed that the talks on fisheries should be resumed before\n\
                Chuseok, officials said. A date was not set by the two delegations, and\n\
                no statement was given to the press.\n";
    assert_eq!(words(text).len(), 2);
}

#[test]
fn cuts_words_as_the_treebanks_do() {
    let cases = [
        (
            "Japan's ministers don't agree.",
            "Japan 's ministers do n't agree .",
        ),
        ("Seoul cannot wait.", "Seoul can not wait ."),
        (
            "a US$30m loan at 2.5% interest",
            "a US$ 30 m loan at 2.5 % interest",
        ),
        (
            "the Seoul-based, long-term plan",
            "the Seoul - based , long - term plan",
        ),
        (
            "President Park Geun-hye resigned",
            "President Park Geun-hye resigned",
        ),
        (
            "an anti-Japan rally (in Busan)",
            "an anti-Japan rally ( in Busan )",
        ),
        (
            "see https://example.org/a-b?c=1 today",
            "see https://example.org/a-b?c=1 today",
        ),
        (
            "It fell—again... by 10:30 a.m. on 3/4",
            "It fell — again ... by 10:30 a.m. on 3/4",
        ),
        (
            "the ministers’ “joint” text",
            "the ministers ’ “ joint ” text",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(words(text), [expected], "{text}");
    }
}

#[test]
fn finds_who_did_what() {
    let text = "Japan's foreign minister refused to apologize to South Korea.";
    let mut worker = english().worker();
    let sentence = &worker.analyse(text, &whole(text))[0];
    let form = |i: usize| sentence.tokens()[i].span.of(text);
    let root = sentence.root();
    assert_eq!(sentence.lemma(root), "refuse");
    assert_eq!(sentence.tokens()[root].upos, Upos::Verb);
    let subject = sentence.child(root, Deprel::Nsubj).expect("a subject");
    assert_eq!(form(subject), "minister");
    let object = sentence.child(root, Deprel::Xcomp).expect("a verb below");
    assert_eq!(form(object), "apologize");
}

#[test]
fn a_span_ends_its_sentence() {
    let text = "One two three four";
    let mut worker = english().worker();
    let spans = [Span::new(0, 7), Span::new(8, 18), Span::new(90, 99)];
    assert_eq!(worker.analyse(text, &spans).len(), 2);
}

#[test]
fn writes_its_analysis_as_conllu() {
    let text = "They don't agree.";
    let mut worker = english().worker();
    let found = worker.analyse(text, &whole(text));
    let sentence = conllu::TreebankSentence::from_analysis(text, &found[0]);
    assert_eq!(sentence.text().0.trim_end(), text);
    let written = conllu::write(std::slice::from_ref(&sentence));
    assert_eq!(conllu::read(&written), Ok(vec![sentence]));
}

#[test]
fn long_sentences_cost_linear_time() {
    let text = "word and ".repeat(5_000);
    let mut worker = english().worker();
    let sentences = worker.analyse(&text, &whole(&text));
    assert_eq!(sentences.iter().map(Sentence::len).sum::<usize>(), 10_000);
}

#[test]
fn refuses_what_is_no_model() {
    assert!(Analyser::from_bytes(b"").is_err());
    assert!(Analyser::from_bytes(b"DETSYN\r\n\x63\0\0\0").is_err());
    let model = include_bytes!("../models/en.model");
    assert!(Analyser::from_bytes(&model[..model.len() / 2]).is_err());
}

/// Sentences of our own, enough to learn a few words from.
const SMALL: &str = "\
1\tJapan\tJapan\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\t_
2\tprotests\tprotest\tVERB\tVBZ\tMood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tMinisters\tminister\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\t_
3\tin\tin\tADP\tIN\t_\t4\tcase\t_\t_
4\tBusan\tBusan\tPROPN\tNNP\tNumber=Sing\t2\tobl\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

";

#[test]
fn training_is_reproducible_and_learns_its_data() {
    let sentences = conllu::read(&SMALL.repeat(4)).expect("a treebank");
    let vectors = "japan 1 0\nbusan 0.9 0.1\nmet 0 1\n";
    let mut net = train::NetOptions::of(Language::En);
    (net.width, net.h, net.arc, net.rel) = (16, 16, 16, 16);
    (net.layers, net.epochs, net.rate) = (1, 150, 2e-2);
    (net.batch, net.drop, net.drop_word) = (16, 0.1, 0.1);
    let mut order = train::Order {
        language: Language::En,
        treebanks: vec![sentences],
        vectors: Some(vectors.to_owned()),
        dictionary: None,
        net,
    };
    let mut learn = |threads| {
        order.net.threads = threads;
        train::train(&order, &mut |_| {}).expect("a model")
    };
    let model = learn(1);
    assert_eq!(model, learn(2));
    let analyser = Analyser::from_bytes(&model).expect("a model");
    let text = "Ministers met in Busan.";
    let mut worker = analyser.worker();
    let sentence = &worker.analyse(text, &whole(text))[0];
    assert_eq!(sentence.lemma(1), "meet");
    assert_eq!(sentence.head(3), Some(1));
    assert_eq!(sentence.tokens()[3].deprel, Deprel::Obl);
}
