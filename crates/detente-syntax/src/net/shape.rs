//! Where each part of the network's numbers stands.

use std::ops::Range;

use super::recurrent::{Layer, VECTORS};

/// Sizes of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Width of a word's row.
    pub(crate) width: usize,
    /// States of a layer in one direction.
    pub(crate) h: usize,
    /// Layers.
    pub(crate) layers: usize,
    /// Numbers by which a word is compared with possible heads.
    pub(crate) arc: usize,
    /// Numbers from which the relation to the head is told.
    pub(crate) rel: usize,
    /// Tags.
    pub(crate) tags: usize,
    /// Relations.
    pub(crate) relations: usize,
}

impl Shape {
    /// The `i`-th layer.
    pub(crate) fn layer(&self, i: usize) -> Layer {
        let input = if i == 0 { self.width } else { 2 * self.h };
        Layer { input, h: self.h }
    }

    /// Width of the last layer's output.
    pub(crate) fn output(&self) -> usize {
        2 * self.h
    }

    /// Width of what is made of it for arcs and relations: of the dependent and the head for arcs,
    /// then of both for relations.
    pub(crate) fn roles(&self) -> usize {
        2 * self.arc + 2 * self.rel
    }

    /// Where the parts stand, one after the other.
    pub(crate) fn parts(&self) -> Parts {
        let mut at = 0;
        let mut take = |count: usize| {
            at += count;
            at - count..at
        };
        let layers = (0..self.layers)
            .map(|i| {
                let layer = self.layer(i);
                let matrix = take(layer.input * layer.columns());
                (matrix, take(2 * VECTORS * self.h))
            })
            .collect();
        Parts {
            layers,
            roles: take(self.output() * self.roles()),
            roles_bias: take(self.roles()),
            arcs: take(self.arc * self.arc),
            arcs_bias: take(self.arc),
            root: take(self.arc + self.rel),
            tags: take(self.output() * self.tags),
            tags_bias: take(self.tags),
            relations: take(self.rel * self.relations),
            relations_bias: take(self.relations),
            count: at,
        }
    }
}

/// Ranges of the parts in the vector of all numbers; matrices stand row after row, a row an input.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// Of each layer: matrix, vectors.
    pub(crate) layers: Vec<(Range<usize>, Range<usize>)>,
    pub(crate) roles: Range<usize>,
    pub(crate) roles_bias: Range<usize>,
    pub(crate) arcs: Range<usize>,
    pub(crate) arcs_bias: Range<usize>,
    /// What stands for the root among the heads: for arcs, then for relations.
    pub(crate) root: Range<usize>,
    pub(crate) tags: Range<usize>,
    pub(crate) tags_bias: Range<usize>,
    pub(crate) relations: Range<usize>,
    pub(crate) relations_bias: Range<usize>,
    /// All numbers.
    pub(crate) count: usize,
}
