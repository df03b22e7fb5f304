//! The part of the way back that heads and relations take.

use super::super::losses::softmax;
use super::super::random::Random;
use super::super::rows::{add_outer, add_rows, transposed};
use super::super::samples::Word;
use super::{Shard, Step};
use crate::net::math::multiply;

impl Shard {
    /// Losses and gradients of the heads, sentence by sentence.
    pub(super) fn heads(&mut self, step: &Step<'_>, words: &[&Word]) {
        let (shape, parts, ready, dense) = (&step.shape, &step.parts, step.ready, step.dense);
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
            self.losses[1] += softmax(&mut self.scores, n + 1, &[], right, step.weight);
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
            add_outer(
                (&self.a, arc),
                (&self.d, arc),
                &mut self.turned,
                &mut self.packed,
                &mut self.gradient.dense[parts.arcs.clone()],
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
    #[allow(clippy::needless_range_loop)]
    pub(super) fn relations(&mut self, step: &Step<'_>, words: &[&Word], random: &mut Random) {
        let (shape, parts, ready, dense) = (&step.shape, &step.parts, step.ready, step.dense);
        let (arc, rel, wide) = (shape.arc, shape.rel, shape.roles());
        let root = &dense[parts.root.clone()][arc..];
        let count = words.len();
        self.a.resize(count * rel, 0.0);
        self.b.resize(count * rel, 0.0);
        random.mask(step.options.drop, &mut self.b);
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
        self.losses[2] = softmax(&mut self.c, shape.relations, bias, right, step.weight);
        add_rows(
            &self.c,
            &mut self.gradient.dense[parts.relations_bias.clone()],
        );
        add_outer(
            (&self.a, rel),
            (&self.c, shape.relations),
            &mut self.turned,
            &mut self.packed,
            &mut self.gradient.dense[parts.relations.clone()],
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
