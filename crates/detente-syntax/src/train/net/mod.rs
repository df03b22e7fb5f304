//! Training of the network: stochastic gradient descent after Adam, the same bits on every machine
//! and with any number of threads.

mod adam;
mod backward;
mod gradient;
mod layer_back;
mod losses;
mod random;
mod ready;
mod rows;
mod samples;

use std::collections::BTreeMap;

use detente_text::Language;

use crate::net::math::{Packed, multiply};
use crate::net::shape::Shape;
use crate::net::table::Table;
use adam::Adam;
use backward::{Shard, Step};
use gradient::Gradient;
use random::Random;
use ready::Ready;
pub(crate) use samples::{Samples, Vectors};

/// How to train a network.
#[derive(Clone, Copy, Debug)]
pub struct NetOptions {
    /// Seed of everything that is drawn by lot.
    pub seed: u64,
    /// Times that every sentence is read.
    pub epochs: usize,
    /// Threads, 1 or 2 (more bring nothing); the result does not depend on it.
    pub threads: usize,
    /// Width of a word's row.
    pub width: usize,
    /// States of a layer in one direction.
    pub h: usize,
    /// Layers.
    pub layers: usize,
    /// Numbers by which a word is compared with possible heads.
    pub arc: usize,
    /// Numbers from which the relation is told.
    pub rel: usize,
    /// Words that are read between two steps.
    pub batch: usize,
    /// Largest step.
    pub rate: f32,
    /// Share of numbers left out between layers.
    pub drop: f32,
    /// Share of numbers left out of a word's row.
    pub drop_word: f32,
}

impl NetOptions {
    /// The sizes and the schedule of the model that ships for a language.
    pub fn of(language: Language) -> Self {
        let common = Self {
            seed: 1,
            epochs: 30,
            threads: 2,
            width: 128,
            h: 192,
            layers: 3,
            arc: 128,
            rel: 64,
            batch: 800,
            rate: 2e-3,
            drop: 0.3,
            drop_word: 0.25,
        };
        match language {
            Language::Ja => Self {
                epochs: 26,
                batch: 700,
                ..common
            },
            Language::Ko => Self {
                epochs: 32,
                drop: 0.33,
                ..common
            },
            Language::En | Language::Other => Self {
                width: 192,
                ..common
            },
        }
    }
}

/// Shards that a batch is cut into, each with its own lots; their gradients are summed in order.
const SHARDS: usize = 2;

/// A network with what is needed to train it further.
pub(crate) struct Trainer<'a> {
    samples: &'a Samples,
    vectors: &'a Vectors,
    options: NetOptions,
    shape: Shape,
    /// The network's numbers, then the matrix that brings vectors to a word's width.
    dense: Vec<f32>,
    /// Rows of keys.
    rows: Vec<f32>,
}

impl<'a> Trainer<'a> {
    /// A network drawn by lot.
    pub(crate) fn new(samples: &'a Samples, vectors: &'a Vectors, options: NetOptions) -> Self {
        let shape = Shape {
            width: options.width,
            h: options.h,
            layers: options.layers,
            arc: options.arc,
            rel: options.rel,
            tags: samples.tags.len(),
            relations: samples.relations.len(),
        };
        let parts = shape.parts();
        let mut random = Random::new(options.seed);
        let mut dense = vec![0.0; parts.count + vectors.width * shape.width];
        let mut matrix = |range: std::ops::Range<usize>, inputs: usize, gain: f32| {
            let bound = gain * (3.0 / inputs.max(1) as f32).sqrt();
            for x in &mut dense[range] {
                *x = random.symmetric() * bound;
            }
        };
        for (i, (m, v)) in parts.layers.iter().enumerate() {
            matrix(m.clone(), shape.layer(i).input, 1.0);
            matrix(v.clone(), 1, 0.0);
        }
        matrix(parts.roles.clone(), shape.output(), 1.0);
        matrix(parts.arcs.clone(), shape.arc, 0.5);
        matrix(parts.root.clone(), shape.arc, 1.0);
        matrix(parts.tags.clone(), shape.output(), 1.0);
        matrix(parts.relations.clone(), shape.rel, 1.0);
        matrix(
            parts.count..parts.count + vectors.width * shape.width,
            vectors.width,
            0.5,
        );
        let rows = (0..samples.keys.len() * shape.width)
            .map(|_| random.symmetric() * 0.2)
            .collect();
        Self {
            samples,
            vectors,
            options,
            shape,
            dense,
            rows,
        }
    }

    /// Trains; `told` is called after each epoch with its number, the mean losses of a word (tag,
    /// head, relation) and the trainer as it stands.
    pub(crate) fn train(&mut self, told: &mut dyn FnMut(usize, [f64; 3], &Self)) {
        let options = self.options;
        let mut order = self.samples.pass.clone();
        let steps_of = |order: &[usize]| self.samples.batches(order, options.batch).len();
        let all_steps = steps_of(&order) * options.epochs;
        let mut adam = Adam::new(self.dense.len(), self.rows.len());
        let mut shards: Vec<Shard> = (0..SHARDS).map(|_| Shard::default()).collect();
        let mut total = Gradient::default();
        let mut ready = Ready::default();
        let mut step = 0usize;
        for epoch in 0..options.epochs {
            let mut random =
                Random::new(options.seed ^ (epoch as u64 + 1).wrapping_mul(0x9e37_79b9));
            random.shuffle(&mut order);
            let mut losses = [0f64; 3];
            let mut words = 0usize;
            for batch in self.samples.batches(&order, options.batch) {
                ready.make(&self.shape, &self.dense, self.vectors.width);
                let count: usize = batch
                    .iter()
                    .map(|&s| self.samples.sentences[s].words.len())
                    .sum();
                let half = batch.len().div_ceil(SHARDS);
                let parts: Vec<&[usize]> = batch.chunks(half).collect();
                let shared = Step {
                    samples: self.samples,
                    vectors: self.vectors,
                    options,
                    shape: self.shape,
                    parts: self.shape.parts(),
                    ready: &ready,
                    dense: &self.dense,
                    rows: &self.rows,
                    weight: 1.0 / count as f32,
                };
                let work = |shard: &mut Shard, part: &[usize], number: usize| {
                    let lot = (step * SHARDS + number) as u64 + 7;
                    let lot = options.seed ^ lot.wrapping_mul(0xd134_2543_de82_ef95);
                    shard.run(&shared, part, Random::new(lot));
                };
                if options.threads > 1 {
                    std::thread::scope(|scope| {
                        for (number, (shard, part)) in shards.iter_mut().zip(&parts).enumerate() {
                            let work = &work;
                            scope.spawn(move || work(shard, part, number));
                        }
                    });
                } else {
                    for (number, (shard, part)) in shards.iter_mut().zip(&parts).enumerate() {
                        work(shard, part, number);
                    }
                }
                total.clear(self.dense.len());
                for shard in &shards[..parts.len()] {
                    total.add(&shard.gradient, self.shape.width);
                    for (l, x) in losses.iter_mut().zip(shard.losses) {
                        *l += x;
                    }
                }
                words += count;
                let share = step as f32 / all_steps as f32;
                let warm = ((step + 1) as f32 / 300.0).min(1.0);
                let rate = options.rate * warm * (1.0 - share).max(0.005);
                adam.step(
                    &mut self.dense,
                    &mut self.rows,
                    &mut total,
                    self.shape.width,
                    rate,
                );
                step += 1;
            }
            for l in &mut losses {
                *l /= words.max(1) as f64;
            }
            told(epoch + 1, losses, self);
        }
    }

    /// Sizes, numbers and rows of the network as it stands, the vectors worked into the rows.
    pub(crate) fn result(&self) -> (Shape, &[f32], Table) {
        let width = self.shape.width;
        let parts = self.shape.parts();
        let projection = &self.dense[parts.count..];
        let mut rows: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
        for (i, &key) in self.samples.keys.iter().enumerate() {
            rows.insert(key, self.rows[i * width..][..width].to_vec());
        }
        let unknown = self.rows[..width].to_vec();
        let (vector_keys, at): (Vec<u32>, Vec<u32>) = self.vectors.keys().unzip();
        let numbers: Vec<f32> = at
            .iter()
            .flat_map(|&at| self.vectors.row(at))
            .copied()
            .collect();
        let mut packed = Packed::default();
        packed.rows(projection, self.vectors.width, width);
        let mut projected = vec![0.0; at.len() * width];
        if self.vectors.width > 0 {
            multiply(&numbers, &packed, &mut projected, false);
        }
        for (key, projected) in vector_keys.into_iter().zip(projected.chunks_exact(width)) {
            let row = rows.entry(key).or_insert_with(|| unknown.clone());
            for (r, p) in row.iter_mut().zip(projected) {
                *r += p;
            }
        }
        let keys: Vec<u32> = rows.keys().copied().collect();
        let numbers: Vec<f32> = rows.into_values().flatten().collect();
        (
            self.shape,
            &self.dense[..parts.count],
            Table::new(width, &keys, &numbers),
        )
    }
}
