//! One part of a batch: what the network says, how wrong it is, and which way each number should
//! move.

mod trees;

use super::NetOptions;
use super::gradient::Gradient;
use super::layer_back::layer_back;
use super::losses::softmax;
use super::random::Random;
use super::ready::Ready;
use super::rows::{add_outer, add_rows, by_sentence, times};
use super::samples::{NONE, Samples, Vectors, Word};
use crate::net::math::{Packed, multiply};
use crate::net::recurrent::{self, Gates};
use crate::net::shape::{Parts, Shape};

/// Share of words whose form, or vector, is hidden by lot.
const HIDDEN: f32 = 0.1;
/// The rarer a form is, the more often it is hidden: half as often as not if it was seen this often.
const RARE: f32 = 0.25;

/// Buffers of one part of a batch.
#[derive(Default)]
pub(crate) struct Shard {
    pub(crate) gradient: Gradient,
    /// Summed losses of tags, heads and relations.
    pub(crate) losses: [f64; 3],
    ends: Vec<usize>,
    vectors: Vec<f32>,
    words: Vec<f32>,
    word_mask: Vec<f32>,
    inputs: Vec<Vec<f32>>,
    masks: Vec<Vec<f32>>,
    products: Vec<Vec<f32>>,
    gates: Vec<Gates>,
    output: Vec<f32>,
    roles: Vec<f32>,
    roles_mask: Vec<f32>,
    d_roles: Vec<f32>,
    d_output: Vec<f32>,
    d_products: Vec<f32>,
    scores: Vec<f32>,
    turned: Vec<f32>,
    packed: Packed,
    /// For what lives no longer than one function.
    a: Vec<f32>,
    b: Vec<f32>,
    c: Vec<f32>,
    d: Vec<f32>,
    /// Words whose form was hidden.
    hidden: Vec<bool>,
}

/// What all parts of a step share.
pub(crate) struct Step<'a> {
    pub(crate) samples: &'a Samples,
    pub(crate) vectors: &'a Vectors,
    pub(crate) options: NetOptions,
    pub(crate) shape: Shape,
    pub(crate) parts: Parts,
    pub(crate) ready: &'a Ready,
    pub(crate) dense: &'a [f32],
    pub(crate) rows: &'a [f32],
    /// What a word's loss counts.
    pub(crate) weight: f32,
}

impl Shard {
    /// Reads the sentences of `part` and finds which way the numbers should move.
    pub(crate) fn run(&mut self, step: &Step<'_>, part: &[usize], mut random: Random) {
        self.gradient.clear(step.dense.len());
        self.losses = [0.0; 3];
        let sentences = || part.iter().map(|&s| &step.samples.sentences[s].words);
        let words: Vec<&Word> = sentences().flatten().collect();
        if words.is_empty() {
            return;
        }
        self.ends.clear();
        let mut end = 0;
        for sentence in sentences() {
            end += sentence.len();
            self.ends.push(end);
        }
        self.read_words(step, &words, &mut random);
        self.read_layers(step, words.len(), &mut random);
        self.tags(step, &words);
        self.roles(step, &words, &mut random);
        self.layers_back(step, words.len());
        self.words_back(step, &words);
    }

    /// Sums of rows and vectors, some of them left out by lot.
    fn read_words(&mut self, step: &Step<'_>, words: &[&Word], random: &mut Random) {
        let (width, vectors) = (step.shape.width, step.vectors);
        self.words.clear();
        self.words.resize(words.len() * width, 0.0);
        self.vectors.clear();
        self.vectors.resize(words.len() * vectors.width, 0.0);
        self.hidden.clear();
        for (i, word) in words.iter().enumerate() {
            let sum = &mut self.words[i * width..][..width];
            let hidden = random.share() < HIDDEN + RARE / (RARE + word.seen as f32);
            self.hidden.push(hidden);
            for (at, &row) in word.rows.iter().enumerate() {
                let row = if at == 0 && hidden { 0 } else { row } as usize;
                for (s, x) in sum.iter_mut().zip(&step.rows[row * width..][..width]) {
                    *s += x;
                }
            }
            if word.vector != NONE && random.share() >= HIDDEN {
                let own = &mut self.vectors[i * vectors.width..][..vectors.width];
                own.copy_from_slice(vectors.row(word.vector));
            }
        }
        if vectors.width > 0 {
            multiply(&self.vectors, &step.ready.projection, &mut self.words, true);
        }
        self.word_mask.resize(words.len() * width, 0.0);
        random.mask(step.options.drop_word, &mut self.word_mask);
        times(&mut self.words, &self.word_mask);
    }

    /// The layers' outputs; each sentence leaves some numbers out by lot.
    fn read_layers(&mut self, step: &Step<'_>, count: usize, random: &mut Random) {
        let (shape, out) = (&step.shape, step.shape.output());
        self.inputs.resize_with(shape.layers, Vec::new);
        self.masks.resize_with(shape.layers, Vec::new);
        self.products.resize_with(shape.layers, Vec::new);
        self.gates.resize_with(shape.layers, Gates::default);
        self.inputs[0].clear();
        self.inputs[0].extend_from_slice(&self.words);
        for i in 0..shape.layers {
            let layer = shape.layer(i);
            let (input, products) = (&self.inputs[i], &mut self.products[i]);
            products.resize(count * layer.columns(), 0.0);
            multiply(input, &step.ready.layers[i].0, products, false);
            self.output.resize(count * out, 0.0);
            let numbers = &step.dense[step.parts.layers[i].1.clone()];
            let gates = &mut self.gates[i];
            recurrent::forward::<true>(
                layer,
                numbers,
                products,
                input,
                &self.ends,
                gates,
                &mut self.output,
            );
            let mask = &mut self.masks[i];
            mask.resize(self.ends.len() * out, 0.0);
            random.mask(step.options.drop, mask);
            by_sentence(&mut self.output, mask, &self.ends, out);
            if let Some(next) = self.inputs.get_mut(i + 1) {
                next.clear();
                next.extend_from_slice(&self.output);
            }
        }
        self.d_output.clear();
        self.d_output.resize(count * out, 0.0);
    }

    fn tags(&mut self, step: &Step<'_>, words: &[&Word]) {
        let (shape, parts) = (&step.shape, &step.parts);
        let scores = &mut self.a;
        scores.resize(words.len() * shape.tags, 0.0);
        multiply(&self.output, &step.ready.tags.0, scores, false);
        let bias = &step.dense[parts.tags_bias.clone()];
        let right = |i: usize| words[i].tag as usize;
        self.losses[0] = softmax(scores, shape.tags, bias, right, step.weight);
        let dense = &mut self.gradient.dense;
        add_rows(scores, &mut dense[parts.tags_bias.clone()]);
        multiply(scores, &step.ready.tags.1, &mut self.d_output, true);
        add_outer(
            (&self.output, shape.output()),
            (scores, shape.tags),
            &mut self.turned,
            &mut self.packed,
            &mut dense[parts.tags.clone()],
        );
    }

    /// What each word is as a dependent and as a head, and what follows from it.
    fn roles(&mut self, step: &Step<'_>, words: &[&Word], random: &mut Random) {
        let (shape, parts) = (&step.shape, &step.parts);
        let (arc, wide) = (shape.arc, shape.roles());
        self.roles.resize(words.len() * wide, 0.0);
        multiply(&self.output, &step.ready.roles.0, &mut self.roles, false);
        let bias = &step.dense[parts.roles_bias.clone()];
        self.roles_mask.resize(self.ends.len() * wide, 0.0);
        random.mask(step.options.drop, &mut self.roles_mask);
        for row in self.roles_mask.chunks_exact_mut(wide) {
            row[2 * arc..].fill(1.0);
        }
        for row in self.roles.chunks_exact_mut(wide) {
            for (i, (x, b)) in row.iter_mut().zip(bias).enumerate() {
                *x += b;
                if i < 2 * arc {
                    *x = x.max(0.0);
                }
            }
        }
        by_sentence(&mut self.roles, &self.roles_mask, &self.ends, wide);
        self.d_roles.clear();
        self.d_roles.resize(words.len() * wide, 0.0);
        self.heads(step, words);
        self.relations(step, words, random);
        by_sentence(&mut self.d_roles, &self.roles_mask, &self.ends, wide);
        let rows = self.d_roles.chunks_exact_mut(wide);
        for (d, x) in rows.zip(self.roles.chunks_exact(wide)) {
            for (d, x) in d[..2 * arc].iter_mut().zip(x) {
                if *x <= 0.0 {
                    *d = 0.0;
                }
            }
        }
        let dense = &mut self.gradient.dense;
        add_rows(&self.d_roles, &mut dense[parts.roles_bias.clone()]);
        multiply(&self.d_roles, &step.ready.roles.1, &mut self.d_output, true);
        add_outer(
            (&self.output, shape.output()),
            (&self.d_roles, wide),
            &mut self.turned,
            &mut self.packed,
            &mut dense[parts.roles.clone()],
        );
    }

    fn layers_back(&mut self, step: &Step<'_>, count: usize) {
        let shape = &step.shape;
        for i in (0..shape.layers).rev() {
            let layer = shape.layer(i);
            let (matrix, numbers) = step.parts.layers[i].clone();
            by_sentence(
                &mut self.d_output,
                &self.masks[i],
                &self.ends,
                shape.output(),
            );
            self.d_products.resize(count * layer.columns(), 0.0);
            self.b.clear();
            self.b.resize(count * layer.input, 0.0);
            layer_back(
                layer,
                &step.dense[numbers.clone()],
                &self.products[i],
                &self.inputs[i],
                &self.ends,
                &self.gates[i],
                &self.d_output,
                &mut self.d_products,
                &mut self.b,
                &mut self.gradient.dense[numbers],
            );
            add_outer(
                (&self.inputs[i], layer.input),
                (&self.d_products, layer.columns()),
                &mut self.turned,
                &mut self.packed,
                &mut self.gradient.dense[matrix],
            );
            multiply(&self.d_products, &step.ready.layers[i].1, &mut self.b, true);
            std::mem::swap(&mut self.d_output, &mut self.b);
        }
    }

    fn words_back(&mut self, step: &Step<'_>, words: &[&Word]) {
        let (width, vectors) = (step.shape.width, step.vectors);
        times(&mut self.d_output, &self.word_mask);
        if vectors.width > 0 {
            add_outer(
                (&self.vectors, vectors.width),
                (&self.d_output, width),
                &mut self.turned,
                &mut self.packed,
                &mut self.gradient.dense[step.parts.count..],
            );
        }
        for (i, word) in words.iter().enumerate() {
            let d = &self.d_output[i * width..][..width];
            for (at, &row) in word.rows.iter().enumerate() {
                let row = if at == 0 && self.hidden[i] { 0 } else { row };
                for (g, x) in self.gradient.row(row, width).iter_mut().zip(d) {
                    *g += x;
                }
            }
        }
    }
}
