//! Learning a ranker from sentences with marked pairs.

use std::collections::BTreeMap;

use super::{
    clues::{Clues, SLOTS},
    ranker::{CLASSES, Ranker, Vectors, dot, hidden, softmax},
};

/// How a ranker is learnt.
#[derive(Clone, Copy, Debug)]
pub struct RankerOptions {
    /// All chance comes from it.
    pub seed: u64,
    /// How many rankers are learnt, each with other chances; the one that is kept says their mean.
    pub members: usize,
    /// How often the sentences are read.
    pub passes: usize,
    /// Clues seen more rarely are left out.
    pub least: u32,
    /// Share of the clues that are hidden in each reading.
    pub dropout: f32,
    /// How strongly weights are held near zero.
    pub decay: f32,
}

impl Default for RankerOptions {
    fn default() -> Self {
        Self {
            seed: 1,
            members: 4,
            passes: 12,
            least: 2,
            dropout: 0.4,
            decay: 1e-5,
        }
    }
}

/// A pair as it is learnt from.
pub(crate) struct Lesson {
    pub(crate) keys: Vec<u32>,
    pub(crate) dense: Vec<f32>,
    pub(crate) class: usize,
}

impl Lesson {
    pub(crate) fn new(clues: &Clues<'_>, class: usize) -> Self {
        let mut keys: Vec<u32> = clues.clues.iter().map(|c| c.key).collect();
        keys.sort_unstable();
        keys.dedup();
        Self {
            keys,
            dense: clues.dense.clone(),
            class,
        }
    }
}

/// Numbers that look like chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// From 0 to below 1.
    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}

/// Width of the hidden layer of one member.
const HIDDEN: usize = 64;

/// Share of the readings in which the clues are left out and only the vectors speak.
const SILENT: f32 = 0.25;

/// A weight with what AdaGrad remembers of its changes.
#[derive(Clone, Copy, Default)]
struct Weight {
    value: f32,
    squares: f32,
}

impl Weight {
    fn step(&mut self, gradient: f32, rate: f32) {
        self.squares += gradient * gradient;
        self.value -= rate * gradient / (self.squares.sqrt() + 1e-6);
    }
}

/// Learns a ranker. The same lessons, vectors and options give the same ranker.
pub(crate) fn learn(lessons: &[Lesson], vectors: &Vectors, options: RankerOptions) -> Ranker {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for key in lessons.iter().flat_map(|l| &l.keys) {
        *counts.entry(*key).or_default() += 1;
    }
    let keys: Vec<u32> = counts
        .into_iter()
        .filter(|(_, n)| *n >= options.least)
        .map(|(key, _)| key)
        .collect();
    let rows: Vec<Vec<usize>> = lessons
        .iter()
        .map(|l| {
            l.keys
                .iter()
                .filter_map(|k| keys.binary_search(k).ok())
                .collect()
        })
        .collect();
    let members: Vec<Member> = (0..options.members.max(1))
        .map(|member| {
            let seed = options.seed.wrapping_add((member as u64) << 32);
            one(lessons, &rows, keys.len(), vectors, options, seed)
        })
        .collect();
    pack(keys, &members, vectors)
}

/// What one member has learnt.
struct Member {
    sparse: Vec<Weight>,
    bias: Vec<Weight>,
    first: Vec<Weight>,
    first_bias: Vec<Weight>,
    last: Vec<Weight>,
}

/// Learns one member.
fn one(
    lessons: &[Lesson],
    rows: &[Vec<usize>],
    keys: usize,
    vectors: &Vectors,
    options: RankerOptions,
    seed: u64,
) -> Member {
    let width = SLOTS * vectors.dim();
    let mut chance = Chance(seed);
    let mut sparse = vec![Weight::default(); keys * CLASSES];
    let mut bias = vec![Weight::default(); CLASSES];
    let mut first = vec![Weight::default(); HIDDEN * width];
    for w in &mut first {
        w.value = (chance.unit() - 0.5) * 0.2;
    }
    let mut first_bias = vec![Weight::default(); HIDDEN];
    let mut last = vec![Weight::default(); CLASSES * HIDDEN];
    for w in &mut last {
        w.value = (chance.unit() - 0.5) * 0.2;
    }
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let keep = 1.0 - options.dropout;
    let mut plain_first: Vec<f32> = first.iter().map(|w| w.value).collect();
    for pass in 0..options.passes {
        for i in (1..order.len()).rev() {
            order.swap(i, (chance.next() % (i as u64 + 1)) as usize);
        }
        let left = 1.0 - pass as f32 / options.passes as f32;
        let (rate, dense_rate) = (0.1 * (0.1 + 0.9 * left), 0.05 * (0.1 + 0.9 * left));
        for &at in &order {
            let lesson = &lessons[at];
            // Now and then only the vectors speak, so that they learn to.
            let silent = chance.unit() < SILENT;
            let seen: Vec<usize> = rows[at]
                .iter()
                .copied()
                .filter(|_| !silent && chance.unit() < keep)
                .collect();
            let mut scores: Vec<f32> = bias.iter().map(|w| w.value).collect();
            for &row in &seen {
                for (score, w) in scores.iter_mut().zip(&sparse[row * CLASSES..]) {
                    *score += w.value / keep;
                }
            }
            let has_dense = !lesson.dense.is_empty();
            let first_bias_now: Vec<f32> = first_bias.iter().map(|w| w.value).collect();
            let mut units = Vec::new();
            if has_dense {
                units = hidden(&plain_first, &first_bias_now, &lesson.dense);
                for unit in &mut units {
                    *unit = if chance.unit() < 0.75 {
                        *unit / 0.75
                    } else {
                        0.0
                    };
                }
                for (c, score) in scores.iter_mut().enumerate() {
                    let row: Vec<f32> = last[c * HIDDEN..(c + 1) * HIDDEN]
                        .iter()
                        .map(|w| w.value)
                        .collect();
                    *score += dot(&row, &units);
                }
            }
            softmax(&mut scores);
            scores[lesson.class] -= 1.0;
            let gradient = scores;
            for &row in &seen {
                for (w, g) in sparse[row * CLASSES..(row + 1) * CLASSES]
                    .iter_mut()
                    .zip(&gradient)
                {
                    w.step(g / keep + options.decay * w.value, rate);
                }
            }
            for (w, g) in bias.iter_mut().zip(&gradient) {
                w.step(*g, rate);
            }
            if has_dense {
                for unit in 0..HIDDEN {
                    if units[unit] == 0.0 {
                        continue;
                    }
                    let mut back = 0.0;
                    for (c, g) in gradient.iter().enumerate() {
                        let w = &mut last[c * HIDDEN + unit];
                        back += g * w.value;
                        w.step(g * units[unit] + 1e-4 * w.value, dense_rate);
                    }
                    back /= 0.75;
                    first_bias[unit].step(back, dense_rate);
                    for (k, x) in lesson.dense.iter().enumerate() {
                        if *x != 0.0 {
                            let at = unit * width + k;
                            let w = &mut first[at];
                            w.step(back * x + 1e-4 * w.value, dense_rate);
                            plain_first[at] = w.value;
                        }
                    }
                }
            }
        }
    }
    Member {
        sparse,
        bias,
        first,
        first_bias,
        last,
    }
}

/// One ranker that says the mean of its members: sums of weights, and their units side by side.
fn pack(keys: Vec<u32>, members: &[Member], vectors: &Vectors) -> Ranker {
    let share = 1.0 / members.len() as f32;
    let mean = |of: fn(&Member) -> &[Weight], at: usize| {
        members.iter().map(|m| of(m)[at].value).sum::<f32>() * share
    };
    let all = |of: fn(&Member) -> &[Weight]| {
        members
            .iter()
            .flat_map(|m| of(m).iter().map(|w| w.value))
            .collect::<Vec<f32>>()
    };
    let mut ranker = Ranker {
        vectors: vectors.clone(),
        bias: (0..CLASSES).map(|c| mean(|m| &m.bias, c)).collect(),
        hidden: all(|m| &m.first),
        hidden_bias: all(|m| &m.first_bias),
        out: (0..CLASSES)
            .flat_map(|c| {
                members
                    .iter()
                    .flat_map(move |m| &m.last[c * HIDDEN..(c + 1) * HIDDEN])
            })
            .map(|w| w.value * share)
            .collect(),
        ..Ranker::default()
    };
    for (row, key) in keys.into_iter().enumerate() {
        let weights: Vec<f32> = (0..CLASSES)
            .map(|c| mean(|m| &m.sparse, row * CLASSES + c))
            .collect();
        let most = weights.iter().map(|w| w.abs()).fold(0.0, f32::max);
        if most < 1e-3 {
            continue;
        }
        let scale = most / 127.0;
        ranker.keys.push(key);
        ranker.scales.push(scale);
        ranker
            .weights
            .extend(weights.iter().map(|w| (w / scale).round() as i8));
    }
    ranker.indexed()
}
