//! One part of a batch: what the network says, how wrong it is, and which way each number should
//! move.

use std::collections::HashMap;

use super::NetOptions;
use super::random::Random;
use super::samples::{NONE, Samples, Vectors};
use crate::net::math::{Packed, Wide, exp, multiply, wide};
use crate::net::recurrent::{self, Gates, Layer, VECTORS};
use crate::net::shape::Shape;

/// The network's matrices, packed for the way there and the way back.
#[derive(Default)]
pub(crate) struct Ready {
    layers: Vec<(Packed, Packed)>,
    roles: (Packed, Packed),
    arcs: (Packed, Packed),
    tags: (Packed, Packed),
    relations: (Packed, Packed),
    projection: Packed,
}

impl Ready {
    pub(crate) fn make(&mut self, shape: &Shape, dense: &[f32], vectors: usize) {
        let parts = shape.parts();
        let both = |pair: &mut (Packed, Packed), numbers: &[f32], k: usize, n: usize| {
            pair.0.rows(numbers, k, n);
            pair.1.columns(numbers, n, k);
        };
        self.layers.resize_with(shape.layers, Default::default);
        for (i, (m, _)) in parts.layers.iter().enumerate() {
            let layer = shape.layer(i);
            both(
                &mut self.layers[i],
                &dense[m.clone()],
                layer.input,
                layer.columns(),
            );
        }
        both(
            &mut self.roles,
            &dense[parts.roles.clone()],
            shape.output(),
            shape.roles(),
        );
        both(
            &mut self.arcs,
            &dense[parts.arcs.clone()],
            shape.arc,
            shape.arc,
        );
        both(
            &mut self.tags,
            &dense[parts.tags.clone()],
            shape.output(),
            shape.tags,
        );
        both(
            &mut self.relations,
            &dense[parts.relations.clone()],
            shape.rel,
            shape.relations,
        );
        self.projection
            .rows(&dense[parts.count..], vectors, shape.width);
    }
}

/// Which way the numbers should move.
#[derive(Default)]
pub(crate) struct Gradient {
    pub(crate) dense: Vec<f32>,
    /// Rows that were used, in the order of their first use.
    pub(crate) touched: Vec<u32>,
    pub(crate) rows: Vec<f32>,
    slots: HashMap<u32, usize>,
}

impl Gradient {
    pub(crate) fn clear(&mut self, dense: usize) {
        self.dense.clear();
        self.dense.resize(dense, 0.0);
        self.touched.clear();
        self.rows.clear();
        self.slots.clear();
    }

    fn row(&mut self, row: u32, width: usize) -> &mut [f32] {
        let next = self.touched.len();
        let slot = *self.slots.entry(row).or_insert(next);
        if slot == next {
            self.touched.push(row);
            self.rows.resize((next + 1) * width, 0.0);
        }
        &mut self.rows[slot * width..][..width]
    }

    pub(crate) fn add(&mut self, other: &Self, width: usize) {
        for (x, y) in self.dense.iter_mut().zip(&other.dense) {
            *x += y;
        }
        for (i, &row) in other.touched.iter().enumerate() {
            let from = &other.rows[i * width..][..width];
            for (x, y) in self.row(row, width).iter_mut().zip(from) {
                *x += y;
            }
        }
    }

    /// Length of the whole.
    pub(crate) fn length(&self) -> f32 {
        let square = |s: &[f32]| {
            // Sixteen sums side by side, in one order whatever the machine.
            let mut sums = [0f32; 16];
            for chunk in s.chunks(16) {
                for (t, x) in sums.iter_mut().zip(chunk) {
                    *t += x * x;
                }
            }
            sums.iter().sum::<f32>()
        };
        (square(&self.dense) + square(&self.rows)).sqrt()
    }
}

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
    a: Vec<f32>,
    b: Vec<f32>,
    c: Vec<f32>,
    d: Vec<f32>,
    lower: Vec<u32>,
}

impl Shard {
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn run(
        &mut self,
        samples: &Samples,
        vectors: &Vectors,
        shape: &Shape,
        ready: &Ready,
        dense: &[f32],
        rows: &[f32],
        part: &[usize],
        options: &NetOptions,
        weight: f32,
        mut random: Random,
    ) {
        let parts = shape.parts();
        self.gradient.clear(dense.len());
        self.losses = [0.0; 3];
        let words: Vec<&super::samples::Word> = part
            .iter()
            .flat_map(|&s| &samples.sentences[s].words)
            .collect();
        let count = words.len();
        if count == 0 {
            return;
        }
        self.ends.clear();
        let mut end = 0;
        for &s in part {
            end += samples.sentences[s].words.len();
            self.ends.push(end);
        }
        let width = shape.width;
        let out = shape.output();

        // Words: rows and vectors.
        self.words.clear();
        self.words.resize(count * width, 0.0);
        self.vectors.clear();
        self.vectors.resize(count * vectors.width, 0.0);
        self.lower.clear();
        for (i, word) in words.iter().enumerate() {
            let sum = &mut self.words[i * width..][..width];
            let hidden = random.share() < 0.1 + 0.25 / (0.25 + word.seen as f32);
            self.lower.push(u32::from(hidden));
            for (at, &row) in word.rows.iter().enumerate() {
                let row = if at == 0 && hidden { 0 } else { row } as usize;
                for (s, x) in sum.iter_mut().zip(&rows[row * width..][..width]) {
                    *s += x;
                }
            }
            if word.vector != NONE && random.share() >= 0.1 {
                self.vectors[i * vectors.width..][..vectors.width]
                    .copy_from_slice(vectors.row(word.vector));
            }
        }
        if vectors.width > 0 {
            multiply(&self.vectors, &ready.projection, &mut self.words, true);
        }
        self.word_mask.resize(count * width, 0.0);
        random.mask(options.drop_word, &mut self.word_mask);
        times(&mut self.words, &self.word_mask);

        // Layers.
        self.inputs.resize_with(shape.layers, Vec::new);
        self.masks.resize_with(shape.layers + 1, Vec::new);
        self.products.resize_with(shape.layers, Vec::new);
        self.gates.resize_with(shape.layers, Gates::default);
        self.inputs[0].clear();
        self.inputs[0].extend_from_slice(&self.words);
        for i in 0..shape.layers {
            let layer = shape.layer(i);
            let (matrix, numbers) = &parts.layers[i];
            let _ = matrix;
            self.products[i].resize(count * layer.columns(), 0.0);
            multiply(
                &self.inputs[i],
                &ready.layers[i].0,
                &mut self.products[i],
                false,
            );
            self.output.resize(count * out, 0.0);
            recurrent::forward(
                layer,
                &dense[numbers.clone()],
                &self.products[i],
                &self.inputs[i],
                &self.ends,
                &mut self.gates[i],
                &mut self.output,
            );
            // One mask a sentence.
            let mask = &mut self.masks[i + 1];
            mask.resize(self.ends.len() * out, 0.0);
            random.mask(options.drop, mask);
            by_sentence(&mut self.output, mask, &self.ends, out);
            if i + 1 < shape.layers {
                self.inputs[i + 1].clear();
                self.inputs[i + 1].extend_from_slice(&self.output);
            }
        }
        self.d_output.clear();
        self.d_output.resize(count * out, 0.0);

        // Tags.
        self.a.resize(count * shape.tags, 0.0);
        multiply(&self.output, &ready.tags.0, &mut self.a, false);
        let bias = &dense[parts.tags_bias.clone()];
        self.losses[0] = softmax(
            &mut self.a,
            shape.tags,
            bias,
            |i| words[i].tag as usize,
            weight,
        );
        add_rows(&self.a, &mut self.gradient.dense[parts.tags_bias.clone()]);
        multiply(&self.a, &ready.tags.1, &mut self.d_output, true);
        transposed(&self.output, out, &mut self.turned);
        self.packed.rows(&self.a, count, shape.tags);
        multiply(
            &self.turned,
            &self.packed,
            &mut self.gradient.dense[parts.tags.clone()],
            true,
        );

        // Roles.
        let (arc, rel, wide) = (shape.arc, shape.rel, shape.roles());
        self.roles.resize(count * wide, 0.0);
        multiply(&self.output, &ready.roles.0, &mut self.roles, false);
        let bias = &dense[parts.roles_bias.clone()];
        self.roles_mask.resize(self.ends.len() * wide, 0.0);
        random.mask(options.drop, &mut self.roles_mask);
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
        self.d_roles.resize(count * wide, 0.0);
        self.heads(shape, ready, dense, &words, weight);
        self.relations(shape, ready, dense, &words, weight, options, &mut random);
        let _ = rel;
        by_sentence(&mut self.d_roles, &self.roles_mask, &self.ends, wide);
        for (d, x) in self
            .d_roles
            .chunks_exact_mut(wide)
            .zip(self.roles.chunks_exact(wide))
        {
            for (d, x) in d[..2 * arc].iter_mut().zip(x) {
                if *x <= 0.0 {
                    *d = 0.0;
                }
            }
        }
        add_rows(
            &self.d_roles,
            &mut self.gradient.dense[parts.roles_bias.clone()],
        );
        multiply(&self.d_roles, &ready.roles.1, &mut self.d_output, true);
        transposed(&self.output, out, &mut self.turned);
        self.packed.rows(&self.d_roles, count, wide);
        multiply(
            &self.turned,
            &self.packed,
            &mut self.gradient.dense[parts.roles.clone()],
            true,
        );

        // Layers, backwards.
        for i in (0..shape.layers).rev() {
            let layer = shape.layer(i);
            let (matrix, numbers) = parts.layers[i].clone();
            by_sentence(&mut self.d_output, &self.masks[i + 1], &self.ends, out);
            self.d_products.resize(count * layer.columns(), 0.0);
            self.b.clear();
            self.b.resize(count * layer.input, 0.0);
            layer_back(
                layer,
                &dense[numbers.clone()],
                &self.products[i],
                &self.inputs[i],
                &self.ends,
                &self.gates[i],
                &self.d_output,
                &mut self.d_products,
                &mut self.b,
                &mut self.gradient.dense[numbers],
            );
            transposed(&self.inputs[i], layer.input, &mut self.turned);
            self.packed.rows(&self.d_products, count, layer.columns());
            multiply(
                &self.turned,
                &self.packed,
                &mut self.gradient.dense[matrix],
                true,
            );
            multiply(&self.d_products, &ready.layers[i].1, &mut self.b, true);
            std::mem::swap(&mut self.d_output, &mut self.b);
        }
        times(&mut self.d_output, &self.word_mask);
        if vectors.width > 0 {
            transposed(&self.vectors, vectors.width, &mut self.turned);
            self.packed.rows(&self.d_output, count, width);
            multiply(
                &self.turned,
                &self.packed,
                &mut self.gradient.dense[parts.count..],
                true,
            );
        }
        for (i, word) in words.iter().enumerate() {
            let d = &self.d_output[i * width..][..width];
            for (at, &row) in word.rows.iter().enumerate() {
                let row = if at == 0 && self.lower[i] == 1 {
                    0
                } else {
                    row
                };
                for (g, x) in self.gradient.row(row, width).iter_mut().zip(d) {
                    *g += x;
                }
            }
        }
    }

    /// Losses and gradients of the heads, sentence by sentence.
    fn heads(
        &mut self,
        shape: &Shape,
        ready: &Ready,
        dense: &[f32],
        words: &[&super::samples::Word],
        weight: f32,
    ) {
        let parts = shape.parts();
        let (arc, wide) = (shape.arc, shape.roles());
        let bias = &dense[parts.arcs_bias.clone()];
        let root = &dense[parts.root.clone()][..arc];
        let mut start = 0;
        for e in 0..self.ends.len() {
            let end = self.ends[e];
            let n = end - start;
            // a: dependents, b: what they are compared as, c: candidates with the root first.
            self.a.clear();
            self.c.clear();
            self.c.extend_from_slice(root);
            for row in self.roles[start * wide..end * wide].chunks_exact(wide) {
                self.a.extend_from_slice(&row[..arc]);
                self.c.extend_from_slice(&row[arc..2 * arc]);
            }
            self.b.resize(n * arc, 0.0);
            multiply(&self.a, &ready.arcs.0, &mut self.b, false);
            for row in self.b.chunks_exact_mut(arc) {
                for (x, b) in row.iter_mut().zip(bias) {
                    *x += b;
                }
            }
            self.packed.columns(&self.c, arc, n + 1);
            self.scores.resize(n * (n + 1), 0.0);
            multiply(&self.b, &self.packed, &mut self.scores, false);
            for (i, row) in self.scores.chunks_exact_mut(n + 1).enumerate() {
                row[i + 1] = -1e9;
            }
            let right = |i: usize| words[start + i].head as usize;
            self.losses[1] += softmax(&mut self.scores, n + 1, &[], right, weight);
            // What they are compared as.
            self.packed.rows(&self.c, n + 1, arc);
            self.d.resize(n * arc, 0.0);
            multiply(&self.scores, &self.packed, &mut self.d, false);
            // Candidates.
            transposed(&self.scores, n + 1, &mut self.turned);
            self.packed.rows(&self.b, n, arc);
            self.c.resize((n + 1) * arc, 0.0);
            multiply(&self.turned, &self.packed, &mut self.c, false);
            for (g, x) in self.gradient.dense[parts.root.clone()]
                .iter_mut()
                .zip(&self.c[..arc])
            {
                *g += x;
            }
            add_rows(&self.d, &mut self.gradient.dense[parts.arcs_bias.clone()]);
            transposed(&self.a, arc, &mut self.turned);
            self.packed.rows(&self.d, n, arc);
            multiply(
                &self.turned,
                &self.packed,
                &mut self.gradient.dense[parts.arcs.clone()],
                true,
            );
            self.b.resize(n * arc, 0.0);
            multiply(&self.d, &ready.arcs.1, &mut self.b, false);
            for i in 0..n {
                let d = &mut self.d_roles[(start + i) * wide..][..2 * arc];
                d[..arc].copy_from_slice(&self.b[i * arc..][..arc]);
                d[arc..].copy_from_slice(&self.c[(i + 1) * arc..][..arc]);
            }
            start = end;
        }
    }

    /// Losses and gradients of the relations to the right heads.
    #[allow(clippy::too_many_arguments, clippy::needless_range_loop)]
    fn relations(
        &mut self,
        shape: &Shape,
        ready: &Ready,
        dense: &[f32],
        words: &[&super::samples::Word],
        weight: f32,
        options: &NetOptions,
        random: &mut Random,
    ) {
        let parts = shape.parts();
        let (arc, rel, wide) = (shape.arc, shape.rel, shape.roles());
        let root = &dense[parts.root.clone()][arc..];
        let count = words.len();
        self.a.resize(count * rel, 0.0);
        self.b.resize(count * rel, 0.0);
        random.mask(options.drop, &mut self.b);
        let mut start = 0;
        for &end in &self.ends {
            for i in start..end {
                let own = &self.roles[i * wide + 2 * arc..][..rel];
                let head = match words[i].head {
                    0 => root,
                    h => &self.roles[(start + h as usize - 1) * wide + 2 * arc + rel..][..rel],
                };
                let sum = &mut self.a[i * rel..][..rel];
                let mask = &self.b[i * rel..][..rel];
                for (((s, a), b), m) in sum.iter_mut().zip(own).zip(head).zip(mask) {
                    *s = (a + b).max(0.0) * m;
                }
            }
            start = end;
        }
        self.c.resize(count * shape.relations, 0.0);
        multiply(&self.a, &ready.relations.0, &mut self.c, false);
        let bias = &dense[parts.relations_bias.clone()];
        let right = |i: usize| words[i].relation as usize;
        self.losses[2] = softmax(&mut self.c, shape.relations, bias, right, weight);
        add_rows(
            &self.c,
            &mut self.gradient.dense[parts.relations_bias.clone()],
        );
        transposed(&self.a, rel, &mut self.turned);
        self.packed.rows(&self.c, count, shape.relations);
        multiply(
            &self.turned,
            &self.packed,
            &mut self.gradient.dense[parts.relations.clone()],
            true,
        );
        self.d.resize(count * rel, 0.0);
        multiply(&self.c, &ready.relations.1, &mut self.d, false);
        let mut start = 0;
        for &end in &self.ends {
            for i in start..end {
                let d = &mut self.d[i * rel..][..rel];
                for ((d, x), m) in d.iter_mut().zip(&self.a[i * rel..]).zip(&self.b[i * rel..]) {
                    *d = if *x > 0.0 { *d * m } else { 0.0 };
                }
                let own = &mut self.d_roles[i * wide + 2 * arc..][..rel];
                own.iter_mut().zip(&*d).for_each(|(x, d)| *x += d);
                let head = match words[i].head {
                    0 => &mut self.gradient.dense[parts.root.clone()][arc..],
                    h => {
                        &mut self.d_roles[(start + h as usize - 1) * wide + 2 * arc + rel..][..rel]
                    }
                };
                head.iter_mut().zip(&*d).for_each(|(x, d)| *x += d);
            }
            start = end;
        }
    }
}

/// Turns rows of scores into what they should lose, `weight` times; returns the loss.
fn softmax(
    rows: &mut [f32],
    width: usize,
    bias: &[f32],
    right: impl Fn(usize) -> usize,
    weight: f32,
) -> f64 {
    let mut loss = 0.0;
    for (i, row) in rows.chunks_exact_mut(width).enumerate() {
        for (x, b) in row.iter_mut().zip(bias) {
            *x += b;
        }
        let most = row.iter().fold(f32::NEG_INFINITY, |m, &x| m.max(x));
        let right = right(i);
        let margin = f64::from(most - row[right]);
        wide(Exp(row, most));
        let sum: f32 = row.iter().sum();
        let scale = weight / sum;
        for x in row.iter_mut() {
            *x *= scale;
        }
        row[right] -= weight;
        loss += f64::from(sum).ln() + margin;
    }
    loss
}

struct Exp<'a>(&'a mut [f32], f32);

impl Wide for Exp<'_> {
    #[inline(always)]
    fn work(self) {
        for x in self.0.iter_mut() {
            *x = exp(*x - self.1);
        }
    }
}

fn times(numbers: &mut [f32], factors: &[f32]) {
    for (x, f) in numbers.iter_mut().zip(factors) {
        *x *= f;
    }
}

/// Multiplies the rows of each sentence by the sentence's factors.
fn by_sentence(numbers: &mut [f32], factors: &[f32], ends: &[usize], width: usize) {
    let mut start = 0;
    for (&end, factors) in ends.iter().zip(factors.chunks_exact(width)) {
        for row in numbers[start * width..end * width].chunks_exact_mut(width) {
            times(row, factors);
        }
        start = end;
    }
}

fn add_rows(rows: &[f32], sum: &mut [f32]) {
    for row in rows.chunks_exact(sum.len()) {
        for (s, x) in sum.iter_mut().zip(row) {
            *s += x;
        }
    }
}

/// Turns rows of `width` numbers into columns.
fn transposed(rows: &[f32], width: usize, out: &mut Vec<f32>) {
    let count = rows.len() / width;
    out.resize(rows.len(), 0.0);
    // In blocks, so that both sides stay near.
    for first in (0..count).step_by(16) {
        for column in 0..width {
            for row in first..(first + 16).min(count) {
                out[column * count + row] = rows[row * width + column];
            }
        }
    }
}

/// The way back through a layer; `d_input` gets what passes by, `d_vectors` is added to.
#[allow(clippy::too_many_arguments)]
fn layer_back(
    layer: Layer,
    vectors: &[f32],
    products: &[f32],
    input: &[f32],
    ends: &[usize],
    gates: &Gates,
    d_output: &[f32],
    d_products: &mut [f32],
    d_input: &mut [f32],
    d_vectors: &mut [f32],
) {
    wide(Back {
        layer,
        vectors,
        products,
        input,
        ends,
        gates,
        d_output,
        d_products,
        d_input,
        d_vectors,
    });
}

struct Back<'a> {
    layer: Layer,
    vectors: &'a [f32],
    products: &'a [f32],
    input: &'a [f32],
    ends: &'a [usize],
    gates: &'a Gates,
    d_output: &'a [f32],
    d_products: &'a mut [f32],
    d_input: &'a mut [f32],
    d_vectors: &'a mut [f32],
}

impl Wide for Back<'_> {
    #[inline(always)]
    fn work(self) {
        let Self {
            layer,
            vectors,
            products,
            input,
            ends,
            gates,
            d_output,
            d_products,
            d_input,
            d_vectors,
        } = self;
        let (h, parts, columns) = (layer.h, layer.parts(), layer.columns());
        let mut d_state = vec![0f32; h];
        let zeros = vec![0f32; h];
        for side in 0..2 {
            let vectors = &vectors[side * VECTORS * h..][..VECTORS * h];
            let d_vectors = &mut d_vectors[side * VECTORS * h..][..VECTORS * h];
            let (dv_forget, rest) = d_vectors.split_at_mut(h);
            let (dv_pass, rest) = rest.split_at_mut(h);
            let (db_forget, db_pass) = rest.split_at_mut(h);
            let mut start = 0;
            for &end in ends {
                d_state.fill(0.0);
                for step in 0..end - start {
                    let word = if side == 0 {
                        end - 1 - step
                    } else {
                        start + step
                    };
                    let first = step + 1 == end - start;
                    let last = if first {
                        &zeros[..]
                    } else {
                        let before = if side == 0 { word - 1 } else { word + 1 };
                        &gates.state[before * 2 * h + side * h..][..h]
                    };
                    let at = word * 2 * h + side * h;
                    let state = &gates.state[at..][..h];
                    let forget = &gates.forget[at..][..h];
                    let pass = &gates.pass[at..][..h];
                    let d_out = &d_output[at..][..h];
                    let base = word * columns + side * parts * h;
                    let candidate = &products[base..][..h];
                    let by = match parts {
                        3 => &input[at..][..h],
                        _ => &products[base + 3 * h..][..h],
                    };
                    let d = &mut d_products[base..][..parts * h];
                    let (d_candidate, rest) = d.split_at_mut(h);
                    let (d_forget, rest) = rest.split_at_mut(h);
                    let (d_pass, d_by) = rest.split_at_mut(h);
                    let d_by = match parts {
                        3 => &mut d_input[at..][..h],
                        _ => d_by,
                    };
                    let d_state = &mut d_state[..h];
                    let (v_forget, v_pass) = (&vectors[..h], &vectors[h..2 * h]);
                    for i in 0..h {
                        let r = pass[i];
                        let dr = d_out[i] * (state[i] - by[i]) * r * (1.0 - r);
                        d_by[i] = d_out[i] * (1.0 - r);
                        let dc = d_state[i] + d_out[i] * r;
                        let f = forget[i];
                        let df = dc * (last[i] - candidate[i]) * f * (1.0 - f);
                        d_candidate[i] = dc * (1.0 - f);
                        d_forget[i] = df;
                        d_pass[i] = dr;
                        d_state[i] = dc * f + dr * v_pass[i] + df * v_forget[i];
                    }
                    for i in 0..h {
                        dv_forget[i] += d_forget[i] * last[i];
                        dv_pass[i] += d_pass[i] * last[i];
                        db_forget[i] += d_forget[i];
                        db_pass[i] += d_pass[i];
                    }
                }
                start = end;
            }
        }
    }
}
