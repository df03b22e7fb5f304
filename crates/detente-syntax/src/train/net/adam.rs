//! Steps after Adam (Kingma and Ba 2015); rows of rare keys move only when they were seen.

use super::gradient::Gradient;
use crate::net::math::{Wide, wide};

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;
const LEAST: f32 = 1e-8;
/// Longest gradient that is followed unshortened.
const CLIP: f32 = 2.0;

pub(crate) struct Adam {
    dense: (Vec<f32>, Vec<f32>),
    rows: (Vec<f32>, Vec<f32>),
    powers: (f32, f32),
}

impl Adam {
    pub(crate) fn new(dense: usize, rows: usize) -> Self {
        Self {
            dense: (vec![0.0; dense], vec![0.0; dense]),
            rows: (vec![0.0; rows], vec![0.0; rows]),
            powers: (1.0, 1.0),
        }
    }

    pub(crate) fn step(
        &mut self,
        dense: &mut [f32],
        rows: &mut [f32],
        gradient: &mut Gradient,
        width: usize,
        rate: f32,
    ) {
        let length = gradient.length();
        let scale = if length > CLIP { CLIP / length } else { 1.0 };
        self.powers.0 *= FIRST;
        self.powers.1 *= SECOND;
        let first = 1.0 / (1.0 - self.powers.0);
        let second = 1.0 / (1.0 - self.powers.1);
        wide(Step {
            adam: self,
            dense,
            rows,
            gradient,
            width,
            factors: [scale, rate, first, second],
        });
    }
}

struct Step<'a> {
    adam: &'a mut Adam,
    dense: &'a mut [f32],
    rows: &'a mut [f32],
    gradient: &'a Gradient,
    width: usize,
    factors: [f32; 4],
}

impl Wide for Step<'_> {
    #[inline(always)]
    fn work(self) {
        let (m, v) = &mut self.adam.dense;
        update(self.dense, &self.gradient.dense, m, v, self.factors);
        let (m, v) = &mut self.adam.rows;
        for (slot, &row) in self.gradient.touched.iter().enumerate() {
            let own = row as usize * self.width..(row as usize + 1) * self.width;
            let gradient = &self.gradient.rows[slot * self.width..][..self.width];
            let numbers = &mut self.rows[own.clone()];
            update(
                numbers,
                gradient,
                &mut m[own.clone()],
                &mut v[own],
                self.factors,
            );
        }
    }
}

#[inline(always)]
fn update(numbers: &mut [f32], gradient: &[f32], m: &mut [f32], v: &mut [f32], factors: [f32; 4]) {
    let [scale, rate, first, second] = factors;
    let n = numbers.len();
    let (gradient, m, v) = (&gradient[..n], &mut m[..n], &mut v[..n]);
    for i in 0..n {
        let g = gradient[i] * scale;
        m[i] = FIRST * m[i] + (1.0 - FIRST) * g;
        v[i] = SECOND * v[i] + (1.0 - SECOND) * (g * g);
        numbers[i] -= rate * (m[i] * first) / ((v[i] * second).sqrt() + LEAST);
    }
}
