//! Learning to parse.

use std::collections::BTreeMap;

use super::Options;
use super::examples::Example;
use super::oracle::{costs, is_right, projective};
use super::perceptron::{Averaged, Perceptron, Random};
use crate::Upos;
use crate::features::features;
use crate::parser::{Move, ParserWork, State, best_where};
use crate::tokenise::COMMAS;
use crate::weights::{Scorer, hash_bytes};

/// Trains the parser on the tags that it will meet in use. Gives its moves and weights, mixed from
/// [`Options::mixed`] runs over the data in different orders.
pub(crate) fn train(
    examples: &[Example],
    tags: &[Vec<u8>],
    upos: &[Upos],
    options: Options,
) -> (Vec<Move>, Averaged) {
    let trees: Vec<Vec<u32>> = examples.iter().map(|e| projective(&e.heads)).collect();
    let moves = moves(examples, &trees);
    let run = |number: usize| {
        let seed = options.seed.wrapping_add(number as u64);
        learn(
            examples,
            tags,
            upos,
            &trees,
            &moves,
            Options { seed, ..options },
        )
    };
    let mut mixed: Option<Averaged> = None;
    for pair in (0..options.mixed.max(1)).collect::<Vec<_>>().chunks(2) {
        let results: Vec<Averaged> = std::thread::scope(|scope| {
            let running: Vec<_> = pair.iter().map(|&r| scope.spawn(move || run(r))).collect();
            let joined = running.into_iter().map(|r| r.join());
            joined
                .map(|r| r.expect("training does not panic"))
                .collect()
        });
        for result in results {
            match &mut mixed {
                Some(mixed) => mixed.mix(result),
                None => mixed = Some(result),
            }
        }
    }
    let mixed = mixed.unwrap_or_else(|| Perceptron::new(moves.len()).averaged());
    (moves, mixed)
}

fn learn(
    examples: &[Example],
    tags: &[Vec<u8>],
    upos: &[Upos],
    trees: &[Vec<u32>],
    moves: &[Move],
    options: Options,
) -> Averaged {
    let commas: Vec<u32> = COMMAS.iter().map(|c| hash_bytes(c.bytes())).collect();
    let mut perceptron = Perceptron::new(moves.len());
    let mut random = Random(options.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = State::default();
    let mut work = ParserWork::default();
    for epoch in 0..options.parser_epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let example = &examples[i];
            let tagged = tags[i].iter().map(|&t| (t, upos[t as usize]));
            state.start(&example.words, tagged, &commas);
            while !state.done() {
                features(&state, &mut work.features);
                work.scores.clear();
                work.scores.resize(moves.len(), 0);
                perceptron.add(&work.features, &mut work.scores);
                perceptron.tick();
                let allowed = |m: usize| state.allows(moves[m]);
                let predicted = best_where(&work.scores, allowed).unwrap_or(0);
                let costs = costs(&state, &trees[i]);
                let kinds = [
                    state.allows(Move::Shift),
                    state.allows(Move::Left(root_or_not(&state))),
                    state.stack.len() > 1,
                ];
                let least = (0..3)
                    .filter(|&k| kinds[k])
                    .map(|k| costs[k])
                    .min()
                    .unwrap_or(0);
                let label = state.stack.last().map(|&s| example.deprels[s as usize]);
                let right = |m: usize| allowed(m) && is_right(moves[m], &costs, least, label);
                let mut taken = predicted;
                // Where no labelled move is right (a word lost its head and its relation is never
                // made on this side) there is nothing to learn.
                if let Some(best) = best_where(&work.scores, right) {
                    let rival = best_where(&work.scores, |m| allowed(m) && !right(m));
                    if let Some(rival) = rival
                        && work.scores[best] - work.scores[rival] <= options.margin
                    {
                        perceptron.update(&work.features, best, 1);
                        perceptron.update(&work.features, rival, -1);
                    }
                    if !right(predicted) {
                        // Mostly go on from the mistake, so that the parser learns to recover.
                        if epoch == 0 || random.next().is_multiple_of(10) {
                            taken = best;
                        }
                    }
                }
                state.make(moves[taken]);
            }
        }
    }
    perceptron.averaged()
}

fn root_or_not(state: &State) -> crate::Deprel {
    if state.next == state.len {
        crate::Deprel::Root
    } else {
        crate::Deprel::Dep
    }
}

/// The moves that the trees need, the commonest first.
fn moves(examples: &[Example], trees: &[Vec<u32>]) -> Vec<Move> {
    let mut counts: BTreeMap<Move, usize> = BTreeMap::new();
    for (example, tree) in examples.iter().zip(trees) {
        for (d, (&head, &deprel)) in tree.iter().zip(&example.deprels).enumerate() {
            let m = if head as usize > d {
                Move::Left(deprel)
            } else {
                Move::Right(deprel)
            };
            *counts.entry(m).or_default() += 1;
        }
    }
    let always = [
        Move::Left(crate::Deprel::Root),
        Move::Left(crate::Deprel::Dep),
        Move::Right(crate::Deprel::Dep),
    ];
    for m in always {
        counts.entry(m).or_default();
    }
    let mut moves: Vec<(usize, Move)> = counts.into_iter().map(|(m, n)| (n, m)).collect();
    // Moves seen once or twice are slips of annotation.
    moves.retain(|(n, m)| *n > 2 || always.contains(m));
    moves.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    std::iter::once(Move::Shift)
        .chain(moves.into_iter().map(|(_, m)| m))
        .collect()
}
