//! Learning to tag.

use super::Options;
use super::examples::Example;
use super::perceptron::{Averaged, Perceptron, Random};
use crate::tagger::{TaggerWork, best, first_features, second_features};
use crate::weights::{Weights, write_weights};
use crate::word::casing;

/// The trained passes, and tags for the training sentences by taggers that have not seen them.
pub(crate) struct Taggers {
    pub(crate) first: Averaged,
    pub(crate) second: Averaged,
    pub(crate) unseen: Vec<Vec<u8>>,
}

/// Trains both passes.
pub(crate) fn train(examples: &[Example], classes: usize, options: Options) -> Taggers {
    let all: Vec<usize> = (0..examples.len()).collect();
    let right: Vec<Vec<u8>> = examples.iter().map(|e| e.tags.clone()).collect();
    // The second pass must meet the first one's mistakes in training, so its input comes from
    // taggers trained on the other parts; the same again for the parser's input.
    let first_unseen = jackknife(examples, classes, options, Pass::First, &right);
    let unseen = jackknife(examples, classes, options, Pass::Second, &first_unseen);
    let (first, second) = std::thread::scope(|scope| {
        let first = scope.spawn(|| learn(examples, &all, classes, options, Pass::First, &right));
        let second = learn(
            examples,
            &all,
            classes,
            options,
            Pass::Second,
            &first_unseen,
        );
        (first.join().expect("training does not panic"), second)
    });
    Taggers {
        first,
        second,
        unseen,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    First,
    Second,
}

/// Tags every part of the data with a tagger trained on the others.
fn jackknife(
    examples: &[Example],
    classes: usize,
    options: Options,
    pass: Pass,
    input: &[Vec<u8>],
) -> Vec<Vec<u8>> {
    let folds = options.folds.max(2);
    let one = |fold: usize| {
        let others: Vec<usize> = (0..examples.len()).filter(|i| i % folds != fold).collect();
        let learnt = learn(examples, &others, classes, options, pass, input);
        let mut bytes = Vec::new();
        write_weights(&mut bytes, classes, &learnt.cut(1, 20));
        let weights = Weights::read_back(&bytes);
        let mut work = TaggerWork::default();
        (fold..examples.len())
            .step_by(folds)
            .map(|i| {
                let words = &examples[i].words;
                let mut tags = input[i].clone();
                match pass {
                    Pass::First => {
                        crate::tagger::first_pass(&weights, classes, words, &mut work, &mut tags);
                    }
                    Pass::Second => {
                        crate::tagger::second_pass(&weights, classes, words, &mut work, &mut tags);
                    }
                }
                (i, tags)
            })
            .collect::<Vec<_>>()
    };
    let mut out = vec![Vec::new(); examples.len()];
    for pair in (0..folds).collect::<Vec<_>>().chunks(2) {
        let results = std::thread::scope(|scope| {
            let running: Vec<_> = pair.iter().map(|&f| scope.spawn(move || one(f))).collect();
            let joined = running.into_iter().map(|r| r.join());
            joined
                .flat_map(|r| r.expect("training does not panic"))
                .collect::<Vec<_>>()
        });
        for (i, tags) in results {
            out[i] = tags;
        }
    }
    out
}

/// Trains one pass on some of the sentences; `input` are the tags that the second pass starts from.
fn learn(
    examples: &[Example],
    chosen: &[usize],
    classes: usize,
    options: Options,
    pass: Pass,
    input: &[Vec<u8>],
) -> Averaged {
    let mut perceptron = Perceptron::new(classes);
    let mut random = Random(options.seed);
    let mut order = chosen.to_vec();
    let mut work = TaggerWork::default();
    let mut tags = Vec::new();
    for _ in 0..options.tagger_epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let example = &examples[i];
            let casing = casing(&example.words);
            tags.clear();
            if pass == Pass::Second {
                tags.extend(&input[i]);
            }
            for at in 0..example.words.len() {
                let predicted = match pass {
                    Pass::First => {
                        first_features(&example.words, &tags, at, casing, work.features_mut());
                        let predicted = best(&perceptron, classes, &mut work);
                        tags.push(predicted as u8);
                        predicted
                    }
                    Pass::Second => {
                        second_features(&example.words, &tags, at, casing, work.features_mut());
                        let predicted = best(&perceptron, classes, &mut work);
                        tags[at] = predicted as u8;
                        predicted
                    }
                };
                perceptron.tick();
                let right = example.tags[at] as usize;
                if predicted != right {
                    perceptron.update(work.features(), right, 1);
                    perceptron.update(work.features(), predicted, -1);
                }
            }
        }
    }
    perceptron.averaged()
}
