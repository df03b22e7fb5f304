//! What the network is told of the inside of Korean words: their morphemes, found without their
//! parts of speech, which only the network will tell.

use detente_text::Span;

use super::{TrainError, korean_morphemes};
use crate::Upos;
use crate::conllu::TreebankSentence;
use crate::korean::Work;
use crate::korean::morphemes::{Convention, Morphemes};
use crate::net::features;

/// Learns to find morphemes without parts of speech.
pub(crate) fn train(sentences: &[TreebankSentence], seed: u64) -> Vec<u8> {
    let mut blind = sentences.to_vec();
    for word in blind.iter_mut().flat_map(|s| &mut s.words) {
        word.upos = Upos::X.to_string();
    }
    korean_morphemes::train(&blind, seed, &mut |_| {})
}

/// The keys of the morphemes of each word of each sentence, found after learning from the other
/// half of the sentences: what has learnt from a sentence makes fewer mistakes in it than it will
/// make in others.
pub(crate) fn keys(
    sentences: &[(TreebankSentence, u8)],
    seed: u64,
) -> Result<Vec<Vec<Vec<u32>>>, TrainError> {
    let half = |rest: usize| {
        let others = sentences.iter().enumerate();
        let others = others.filter(|(i, _)| i % 2 != rest);
        let others: Vec<TreebankSentence> = others.map(|(_, s)| s.0.clone()).collect();
        let bytes = train(&others, seed);
        // Of very few sentences nothing is learnt.
        Morphemes::read(&bytes).map_err(|_| TrainError::Empty)
    };
    let halves = [half(0)?, half(1)?];
    let mut work = Work::default();
    let mut found = Vec::with_capacity(sentences.len());
    for (i, (sentence, convention)) in sentences.iter().enumerate() {
        let (text, places) = sentence.text();
        let spans = places.iter().map(|&(s, e)| Span::new(s as u32, e as u32));
        let spans: Vec<Span> = spans.collect();
        let upos = vec![Upos::X; spans.len()];
        let convention = Convention::numbered(*convention);
        halves[i % 2].analyse(&text, &spans, &upos, convention, &mut work);
        let word = |w: usize| {
            let mut keys = Vec::new();
            features::inside(work.morphemes(w), work.xpos(w), &mut keys);
            keys
        };
        found.push((0..spans.len()).map(word).collect());
    }
    Ok(found)
}
