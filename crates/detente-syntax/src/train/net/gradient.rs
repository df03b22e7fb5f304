//! Which way each number should move: all of the network's, and the rows that were used.

use std::collections::HashMap;

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

    /// The gradient of a row, 0 when it is first asked for.
    pub(super) fn row(&mut self, row: u32, width: usize) -> &mut [f32] {
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
