//! Plain work on numbers that stand row after row.

use crate::net::math::{Packed, multiply};

/// Multiplies each number by its factor.
pub(super) fn times(numbers: &mut [f32], factors: &[f32]) {
    for (x, f) in numbers.iter_mut().zip(factors) {
        *x *= f;
    }
}

/// Multiplies the rows of each sentence by the sentence's factors.
pub(super) fn by_sentence(numbers: &mut [f32], factors: &[f32], ends: &[usize], width: usize) {
    let mut start = 0;
    for (&end, factors) in ends.iter().zip(factors.chunks_exact(width)) {
        for row in numbers[start * width..end * width].chunks_exact_mut(width) {
            times(row, factors);
        }
        start = end;
    }
}

/// Adds up rows.
pub(super) fn add_rows(rows: &[f32], sum: &mut [f32]) {
    for row in rows.chunks_exact(sum.len()) {
        for (s, x) in sum.iter_mut().zip(row) {
            *s += x;
        }
    }
}

/// Turns rows of `width` numbers into columns.
pub(super) fn transposed(rows: &[f32], width: usize, out: &mut Vec<f32>) {
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

/// Adds the products of each column of `rows` with each column of `others`, summed over the rows, to
/// `sum`: how a matrix between them should move.
pub(super) fn add_outer(
    (rows, width): (&[f32], usize),
    (others, columns): (&[f32], usize),
    turned: &mut Vec<f32>,
    packed: &mut Packed,
    sum: &mut [f32],
) {
    transposed(rows, width, turned);
    packed.rows(others, rows.len() / width, columns);
    multiply(turned, packed, sum, true);
}
