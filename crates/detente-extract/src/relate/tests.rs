//! The shipped ranker, its file, and what `relate` says of short sentences.

use std::{fs, path::Path, sync::Arc};

use detente_codebook::Codebook;
use detente_syntax::Analyser;
use detente_text::Document;

use super::{Answering, Marked, Ranker, Relation, lessons};
use crate::{Coder, Modality, Root};

fn coder() -> Coder {
    Coder::new(
        Arc::new(Codebook::embedded()),
        Analyser::english(),
        ["JPN", "KOR"],
    )
    .expect("the shipped word lists are readable")
}

fn relate(text: &str, source: &str, target: &str) -> Relation {
    let coder = coder();
    let document = Document::plain("pair", text.to_owned());
    coder.worker().relate(
        &document,
        Marked::Words(source),
        Marked::Words(target),
        Answering {
            reasons: true,
            conversion: None,
        },
    )
}

#[test]
fn the_shipped_ranker_comes_back_as_it_was_written() {
    let bytes = include_bytes!("../../models/relate-en.model");
    let ranker = Ranker::from_bytes(bytes).expect("a ranker");
    assert!(!ranker.is_empty());
    assert!(ranker.to_bytes() == bytes);
    for cut in [0, 4, 8, 100, bytes.len() / 2, bytes.len() - 1] {
        assert!(Ranker::from_bytes(&bytes[..cut]).is_err());
    }
}

#[test]
fn the_pair_decides_which_act_is_told() {
    let text = "Oslo expelled two Belarusian diplomats after Minsk arrested a Norwegian reporter.";
    let first = relate(text, "Oslo", "two Belarusian diplomats");
    assert_eq!(first.root, Root::Sanction);
    let second = relate(text, "Minsk", "a Norwegian reporter");
    assert_eq!(second.root, Root::Coerce);
    assert_eq!(second.trigger.map(|t| t.quote).as_deref(), Some("arrested"));
}

#[test]
fn reasons_and_runners_up_are_named() {
    let relation = relate("Seoul did not apologise to Tokyo.", "Seoul", "Tokyo");
    assert_eq!(relation.root, Root::Concede);
    assert_eq!(relation.modality, Modality::Negated);
    assert_eq!(relation.others.len(), 4);
    assert!(!relation.reasons.is_empty());
    assert!(
        relation
            .reasons
            .windows(2)
            .all(|r| r[0].weight >= r[1].weight)
    );
}

#[test]
fn a_side_that_is_not_there_is_told_and_a_root_is_given_all_the_same() {
    let relation = relate("Peru praised the accord.", "Peru", "Bolivia");
    assert_eq!(relation.not_found, ["target"]);
    for text in ["", " ", "…", "Peru"] {
        assert_eq!(relate(text, "Chile", "").not_found, ["source", "target"]);
    }
}

#[test]
fn every_training_sentence_can_be_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../training/events/en");
    let book = Codebook::embedded().events;
    let mut read = 0;
    for entry in fs::read_dir(folder).expect("training/events/en") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("UTF-8");
        let found = lessons(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for lesson in found {
            let root = lesson.root.map(|r| r.to_string());
            if let (Some(root), Some(mode)) = (root, &lesson.mode) {
                let known = book
                    .root_named(&root)
                    .is_some_and(|r| r.mode(mode).is_some());
                assert!(known, "{}: {root} has no mode {mode}", path.display());
            }
            read += 1;
        }
    }
    assert!(read > 8000, "{read}");
}

#[test]
fn a_conversion_gives_the_roots_of_its_table() {
    let coder = coder();
    let ask = |text: &str, source: &str, target: &str, conversion| {
        let document = Document::plain("pair", text.to_owned());
        let how = Answering {
            reasons: false,
            conversion,
        };
        let (source, target) = (Marked::Words(source), Marked::Words(target));
        coder.worker().relate(&document, source, target, how)
    };
    let old = Some("plover-2021");
    for (text, source, target, code, root, converted) in [
        (
            "Oslo agreed to release the Danish crew.",
            "Oslo",
            "the Danish crew",
            "035",
            Root::Concede,
            Root::Agree,
        ),
        (
            "A court in Lima convicted the Chilean miner of bribery.",
            "A court in Lima",
            "the Chilean miner",
            "116",
            Root::Sanction,
            Root::Accuse,
        ),
        (
            "Canada imposed sanctions on Belarus.",
            "Canada",
            "Belarus",
            "163",
            Root::Sanction,
            Root::Coerce,
        ),
        (
            "Ghana recalled its ambassador from Togo.",
            "Ghana",
            "Togo",
            "161",
            Root::Sanction,
            Root::Sanction,
        ),
    ] {
        let told = ask(text, source, target, None);
        assert_eq!(told.root, root, "{text}");
        assert_eq!(told.cameo.as_deref(), Some(code), "{text}");
        let other = ask(text, source, target, old);
        assert_eq!(other.root, converted, "{text}");
        assert_eq!(other.cameo.as_deref(), Some(code), "{text}");
        assert_eq!(other.quad, converted.quad());
    }
}
