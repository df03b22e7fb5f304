//! How wrong scores are, and what they should lose.

use crate::net::math::{Wide, exp, wide};

/// Turns rows of scores into what they should lose, `weight` times; returns the loss.
pub(super) fn softmax(
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
