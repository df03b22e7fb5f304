//! Training: from treebanks to the bytes of a model.
//!
//! Pure and reproducible: the same sentences, vectors and options give the same bytes on every
//! machine and with any number of threads. All chance comes from [`NetOptions::seed`].

mod columns;
mod held_out;
mod japanese;
mod japanese_dictionary;
mod japanese_lemma;
mod japanese_release;
mod korean_inside;
mod korean_morphemes;
mod korean_perceptron;
mod korean_release;
mod net;

use detente_text::Language;

use crate::conllu::TreebankSentence;
use crate::model;
pub use net::NetOptions;
use net::{Samples, Trainer, Vectors};

pub(crate) use columns::feats_of;
pub use held_out::without;
#[cfg(test)]
pub(crate) use japanese::train as japanese_words;
pub use japanese_release::modernise;
pub use korean_release::{modernise as modernise_korean, read_treebank};

/// True if the sentence's document may be used in a model that ships: of GUM only the genres whose
/// texts its licence file names as freely licensed. Sentences of other treebanks are accepted.
pub fn may_ship(document: &str) -> bool {
    const OPEN: [&str; 8] = [
        "GUM_bio",
        "GUM_conversation",
        "GUM_interview",
        "GUM_news",
        "GUM_speech",
        "GUM_textbook",
        "GUM_vlog",
        "GUM_voyage",
    ];
    !document.starts_with("GUM_") || OPEN.iter().any(|genre| document.starts_with(genre))
}

/// What to train and on what.
#[derive(Clone, Debug)]
pub struct Order {
    /// The language.
    pub language: Language,
    /// Sentences to learn from, a list a treebank.
    pub treebanks: Vec<Vec<TreebankSentence>>,
    /// Word vectors as text: a word and its numbers a line, the most frequent words first.
    pub vectors: Option<String>,
    /// A table of a dictionary's forms, as the language's script makes it.
    pub dictionary: Option<String>,
    /// Sizes and schedule of the network, and where all chance comes from.
    pub net: NetOptions,
}

/// Why nothing could be trained.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// There is no sentence, or too few.
    #[error("there are too few sentences to learn from")]
    Empty,
    /// A size of the network is 0 or above 1,024.
    #[error("a size of the network is out of range")]
    Sizes,
    /// There is no analyser for the language.
    #[error("there is no analyser for the language {0}")]
    Language(&'static str),
    /// The language needs a dictionary.
    #[error("{0} needs a dictionary: give the table that the language's script makes")]
    Dictionary(&'static str),
}

/// How far training is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Times that all sentences have been read.
    pub epoch: usize,
    /// Times that they will be read.
    pub epochs: usize,
    /// Mean losses of a word in this epoch (nats): tag, head, relation.
    pub losses: [f64; 3],
}

/// Trains a model and returns the bytes of its file; `told` is called after every epoch.
///
/// Documents that may not ship are the caller's to leave out ([`may_ship`]), as are sentences that
/// the model is to be judged by ([`without`]). Older releases of the Japanese and Korean treebanks
/// are brought to the conventions of the present ones.
///
/// # Errors
/// If there is nothing to learn from, or the language's dictionary is missing.
pub fn train(order: &Order, told: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, TrainError> {
    let sizes = [
        order.net.width,
        2 * order.net.h,
        order.net.arc,
        order.net.rel,
    ];
    if sizes.iter().any(|size| !(1..=1024).contains(size)) || order.net.layers == 0 {
        return Err(TrainError::Sizes);
    }
    let mut sentences: Vec<(TreebankSentence, u8)> = Vec::new();
    for treebank in &order.treebanks {
        let convention = convention(order.language, treebank);
        for sentence in treebank {
            let count = sentence.words.len();
            if sentence.words.iter().any(|word| word.head > count) {
                continue;
            }
            let mut sentence = sentence.clone();
            match order.language {
                Language::Ja => modernise(&mut sentence),
                Language::Ko => modernise_korean(&mut sentence),
                _ => {}
            }
            sentences.push((sentence, convention));
        }
    }
    if sentences.is_empty() {
        return Err(TrainError::Empty);
    }
    let own = sections(order, &sentences)?;
    let vectors = Vectors::read(order.vectors.as_deref().unwrap_or(""));
    let korean = order.language == Language::Ko;
    let inside = if korean {
        korean_inside::keys(&sentences, order.net.seed)?
    } else {
        Vec::new()
    };
    let samples = Samples::new(&sentences, &inside, &vectors, !korean);
    if samples.sentences.is_empty() {
        return Err(TrainError::Empty);
    }
    let mut trainer = Trainer::new(&samples, &vectors, order.net);
    trainer.train(&mut |epoch, losses, _| {
        told(Progress {
            epoch,
            epochs: order.net.epochs,
            losses,
        });
    });
    let (shape, numbers, table) = trainer.result();
    let network = (&shape, numbers, &table);
    Ok(model::write(
        order.language,
        &samples.tags,
        &samples.relations,
        network,
        &own,
    ))
}

/// The way of annotating of a treebank among those of its language: Korean has two, told by the
/// letters of the treebank's own tags (GSD's are capitals).
pub fn convention(language: Language, treebank: &[TreebankSentence]) -> u8 {
    let words = || treebank.iter().flat_map(|s| &s.words);
    let small = words()
        .filter(|w| w.xpos.starts_with(|c: char| c.is_ascii_lowercase()))
        .count();
    let kaist = language == Language::Ko && small * 2 > words().count();
    u8::from(kaist)
}

/// The sections that only this language has.
fn sections(
    order: &Order,
    sentences: &[(TreebankSentence, u8)],
) -> Result<Vec<(&'static str, Vec<u8>)>, TrainError> {
    let sentences: Vec<TreebankSentence> = sentences.iter().map(|s| s.0.clone()).collect();
    match order.language {
        Language::En => {
            let vectors = order.vectors.as_deref().unwrap_or("");
            let words = vectors.lines().filter_map(|l| l.split(' ').next());
            let words: Vec<&str> = words.collect();
            Ok(vec![("english", crate::english::train(&sentences, &words))])
        }
        Language::Ja => {
            let missing = TrainError::Dictionary("Japanese");
            let unidic = order.dictionary.as_deref().ok_or(missing)?;
            Ok(vec![("segmenter", japanese::train(&sentences, unidic))])
        }
        Language::Ko => {
            let morphemes = korean_inside::train(&sentences, order.net.seed);
            Ok(vec![("morphemes", morphemes)])
        }
        Language::Other => Err(TrainError::Language(order.language.code())),
    }
}
