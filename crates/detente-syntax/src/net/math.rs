//! Arithmetic of the network, written so that every machine gives the same bits: sums run in one
//! order, products are fused by [`f32::mul_add`] and nothing else is, and the sigmoid is made of
//! exact operations. Wider vector units only make it faster.

use pulp::{Arch, Simd, WithSimd, bytemuck};

/// Columns of a panel of packed weights.
pub(crate) const PANEL: usize = 32;

/// A matrix `k × n` cut into panels of [`PANEL`] columns, each row after row; missing columns are 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packed {
    pub(crate) k: usize,
    pub(crate) n: usize,
    data: Vec<f32>,
}

impl Packed {
    /// Packs `k × n` numbers that stand row after row.
    pub(crate) fn rows(&mut self, b: &[f32], k: usize, n: usize) {
        self.fit(k, n);
        for (p, panel) in self.data.chunks_exact_mut((k * PANEL).max(1)).enumerate() {
            let width = PANEL.min(n - p * PANEL);
            for (row, to) in panel.chunks_exact_mut(PANEL).enumerate() {
                let from = row * n + p * PANEL;
                to[..width].copy_from_slice(&b[from..from + width]);
                to[width..].fill(0.0);
            }
        }
    }

    /// Packs the transpose: `b` holds `n` rows of `k` numbers.
    pub(crate) fn columns(&mut self, b: &[f32], k: usize, n: usize) {
        self.fit(k, n);
        for (p, panel) in self.data.chunks_exact_mut((k * PANEL).max(1)).enumerate() {
            let width = PANEL.min(n - p * PANEL);
            if width < PANEL {
                panel.fill(0.0);
            }
            for j in 0..width {
                let row = &b[(p * PANEL + j) * k..][..k];
                for (to, &x) in panel[j..].iter_mut().step_by(PANEL).zip(row) {
                    *to = x;
                }
            }
        }
    }

    fn fit(&mut self, k: usize, n: usize) {
        (self.k, self.n) = (k, n);
        self.data.resize(n.div_ceil(PANEL) * PANEL * k, 0.0);
    }
}

/// `c = a · b`, or `c += a · b` where `add`; `a` holds rows of `b.k` numbers, `c` rows of `b.n`.
pub(crate) fn multiply(a: &[f32], b: &Packed, c: &mut [f32], add: bool) {
    if b.k == 0 || b.n == 0 {
        if !add {
            c.fill(0.0);
        }
        return;
    }
    match Arch::new() {
        #[cfg(target_arch = "x86_64")]
        Arch::V4(simd) => Simd::vectorize(simd, Tiles::<8> { a, b, c, add }),
        arch => arch.dispatch(Tiles::<4> { a, b, c, add }),
    }
}

/// A product to be made with `ROWS` rows at a time.
struct Tiles<'a, const ROWS: usize> {
    a: &'a [f32],
    b: &'a Packed,
    c: &'a mut [f32],
    add: bool,
}

impl<const ROWS: usize> WithSimd for Tiles<'_, ROWS> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { a, b, c, add } = self;
        let (k, n) = (b.k, b.n);
        let lanes = 2 * S::F32_LANES;
        for (p, panel) in b.data.chunks_exact(k * PANEL).enumerate() {
            for part in (0..PANEL).step_by(lanes) {
                let column = p * PANEL + part;
                if column >= n {
                    break;
                }
                let width = lanes.min(n - column);
                let blocks = a.chunks(k * ROWS).zip(c.chunks_mut(n * ROWS));
                for (a, c) in blocks {
                    if a.len() == k * ROWS {
                        let sums = tile::<S, ROWS>(simd, a, panel, part, k);
                        store::<S, ROWS>(&sums, &mut c[column..], n, width, add);
                    } else {
                        for (a, c) in a.chunks_exact(k).zip(c.chunks_exact_mut(n)) {
                            let sums = tile::<S, 1>(simd, a, panel, part, k);
                            store::<S, 1>(&sums, &mut c[column..], n, width, add);
                        }
                    }
                }
            }
        }
    }
}

/// `ROWS` rows of `a` times two vectors of columns of a panel.
#[inline(always)]
fn tile<S: Simd, const ROWS: usize>(
    simd: S,
    a: &[f32],
    panel: &[f32],
    part: usize,
    k: usize,
) -> [[S::f32s; 2]; ROWS] {
    let mut sums = [[simd.splat_f32s(0.0); 2]; ROWS];
    let rows: [&[f32]; ROWS] = std::array::from_fn(|i| &a[i * k..][..k]);
    for (kk, b) in panel.chunks_exact(PANEL).take(k).enumerate() {
        let b = S::as_simd_f32s(&b[part..part + 2 * S::F32_LANES]).0;
        let (left, right) = (b[0], b[1]);
        for (sums, row) in sums.iter_mut().zip(rows) {
            let x = simd.splat_f32s(row[kk]);
            sums[0] = simd.mul_add_f32s(x, left, sums[0]);
            sums[1] = simd.mul_add_f32s(x, right, sums[1]);
        }
    }
    sums
}

#[inline(always)]
fn store<S: Simd, const ROWS: usize>(
    sums: &[[S::f32s; 2]; ROWS],
    c: &mut [f32],
    n: usize,
    width: usize,
    add: bool,
) {
    for (i, sums) in sums.iter().enumerate() {
        let sums: &[f32] = bytemuck::cast_slice(sums);
        let c = &mut c[i * n..][..width];
        if add {
            for (c, s) in c.iter_mut().zip(sums) {
                *c += s;
            }
        } else {
            c.copy_from_slice(&sums[..width]);
        }
    }
}

/// Work to be done with the widest vectors that the machine has.
pub(crate) trait Wide {
    /// Does it; to be marked `#[inline(always)]`, as everything that it calls.
    fn work(self);
}

/// Does work with the widest vectors that the machine has.
pub(crate) fn wide(work: impl Wide) {
    struct Work<W>(W);
    impl<W: Wide> WithSimd for Work<W> {
        type Output = ();

        #[inline(always)]
        fn with_simd<S: Simd>(self, _: S) {
            self.0.work();
        }
    }
    Arch::new().dispatch(Work(work));
}

/// The logistic function, by the rational approximation of tanh that Eigen uses (error below 1e-6).
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    let x = (0.5 * x).clamp(-7.905_311, 7.905_311);
    let s = x * x;
    let mut p = s.mul_add(-2.760_768_5e-16, 2.000_188e-13);
    p = s.mul_add(p, -8.604_672e-11);
    p = s.mul_add(p, 5.122_297e-8);
    p = s.mul_add(p, 1.485_722_4e-5);
    p = s.mul_add(p, 6.372_619e-4);
    p = s.mul_add(p, 4.893_524_6e-3);
    let mut q = s.mul_add(1.198_258_4e-6, 1.185_347_1e-4);
    q = s.mul_add(q, 2.268_434_6e-3);
    q = s.mul_add(q, 4.893_525e-3);
    (x * p / q).mul_add(0.5, 0.5)
}

/// The exponential function of a number that is not above 0 (error below 1e-6 of it).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // 2^(whole + part), the part by a polynomial, the whole in the exponent's bits.
    let y = x.max(-87.0) * std::f32::consts::LOG2_E;
    let whole = (y + 12_582_912.0) - 12_582_912.0;
    let part = y - whole;
    let mut p = part.mul_add(1.540_353e-4, 1.333_355_8e-3);
    p = part.mul_add(p, 9.618_129e-3);
    p = part.mul_add(p, 5.550_411e-2);
    p = part.mul_add(p, 2.402_265e-1);
    p = part.mul_add(p, 6.931_472e-1);
    p = part.mul_add(p, 1.0);
    f32::from_bits(((whole as i32 + 127) as u32) << 23) * p
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, mut state: u32) -> Vec<f32> {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn multiplies_as_the_plain_sum_does() {
        for (m, k, n) in [(1, 1, 1), (7, 5, 3), (8, 16, 32), (19, 33, 70), (6, 40, 17)] {
            let (a, b) = (numbers(m * k, 1), numbers(k * n, 2));
            let mut packed = Packed::default();
            packed.rows(&b, k, n);
            let mut c = vec![9.0; m * n];
            multiply(&a, &packed, &mut c, false);
            let mut turned = vec![0.0; n * k];
            for i in 0..k {
                for j in 0..n {
                    turned[j * k + i] = b[i * n + j];
                }
            }
            let mut twice = c.clone();
            packed.columns(&turned, k, n);
            multiply(&a, &packed, &mut twice, true);
            for i in 0..m {
                for j in 0..n {
                    let sum = (0..k).fold(0f32, |s, x| a[i * k + x].mul_add(b[x * n + j], s));
                    assert_eq!(c[i * n + j].to_bits(), sum.to_bits());
                    assert_eq!(twice[i * n + j].to_bits(), (sum + sum).to_bits());
                }
            }
        }
    }

    #[test]
    fn functions_are_near_the_exact_ones() {
        for i in -1000..=1000 {
            let x = i as f32 / 50.0;
            let exact = 1.0 / (1.0 + (-f64::from(x)).exp());
            assert!((f64::from(sigmoid(x)) - exact).abs() < 2e-6, "{x}");
            if x <= 0.0 {
                let exact = f64::from(x).exp();
                assert!((f64::from(exp(x)) - exact).abs() <= exact * 2e-6, "{x}");
            }
        }
    }
}
