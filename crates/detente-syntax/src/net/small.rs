//! Products with weights of eight bits: whole numbers, so that every machine gives the same sums.
//!
//! A row of numbers is brought to 14 bits by its largest one, the weights are brought to eight by
//! the largest of their column; sums of products fit 32 bits up to 1,024 weights a column.

#[cfg(target_arch = "x86_64")]
use pulp::Arch;

use super::math::{Wide, wide};
use crate::model::{ModelError, Reader};

/// Columns of a panel.
const PANEL: usize = 32;
/// The largest number that a row is brought to.
const MOST: f32 = 8191.0;
/// Longest column.
const LONGEST: usize = 1024;
/// Rows at a time: with two vectors of columns, as many sums as keep the processor's multipliers
/// busy. More are no faster, and make the compiler part the machine's "multiply and add" in two.
const ROWS: usize = 4;

/// A matrix of `k` rows and `n` columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Small {
    k: usize,
    n: usize,
    /// Panels of [`PANEL`] columns; in each, for two rows at a time, both weights of a column side
    /// by side.
    data: Vec<i16>,
    /// What a column's whole numbers are multiples of.
    scales: Vec<f32>,
}

/// A thread's buffers: rows as whole numbers, two in one, and what they are multiples of.
#[derive(Default)]
pub(crate) struct Whole {
    pairs: Vec<i32>,
    scales: Vec<f32>,
}

impl Small {
    /// Brings a matrix that stands row after row to eight bits, and writes it for
    /// [`read`](Self::read).
    pub(crate) fn write(matrix: &[f32], n: usize, out: &mut Vec<u8>) {
        let rows = || matrix.chunks_exact(n);
        let most = (0..n).map(|j| rows().fold(0f32, |m, row| m.max(row[j].abs())));
        let scales: Vec<f32> = most.map(|m| m / 127.0).collect();
        out.extend(scales.iter().flat_map(|s| s.to_le_bytes()));
        for row in rows() {
            out.extend(row.iter().zip(&scales).map(|(x, &s)| {
                let whole = if s > 0.0 { (x / s).round() } else { 0.0 };
                whole as i8 as u8
            }));
        }
    }

    /// Reads a matrix of that size.
    pub(crate) fn read(reader: &mut Reader<'_>, k: usize, n: usize) -> Result<Self, ModelError> {
        if !(1..=LONGEST).contains(&k) || n == 0 {
            return Err(ModelError::Damaged("sizes out of range"));
        }
        let mut scales = reader.floats(n)?;
        let weights = reader.bytes(k.saturating_mul(n))?;
        let panels = n.div_ceil(PANEL);
        scales.resize(panels * PANEL, 0.0);
        let pairs = k.div_ceil(2);
        let mut data = vec![0i16; panels * pairs * 2 * PANEL];
        for (row, weights) in weights.chunks_exact(n).enumerate() {
            for (column, &weight) in weights.iter().enumerate() {
                let panel = (column / PANEL) * pairs + row / 2;
                data[panel * 2 * PANEL + (column % PANEL) * 2 + row % 2] = i16::from(weight as i8);
            }
        }
        Ok(Self { k, n, data, scales })
    }

    /// `c = a · self`; `a` holds rows of `k` numbers, `c` rows of `n`.
    pub(crate) fn multiply(&self, a: &[f32], c: &mut [f32], work: &mut Whole) {
        work.take(a, self.k);
        let tiles = Tiles {
            b: self,
            a: work,
            c,
        };
        #[cfg(target_arch = "x86_64")]
        match (x86::Vnni::try_new(), Arch::new()) {
            (Some(simd), _) => return simd.vectorize(With(simd, tiles)),
            (None, Arch::V4(simd)) => return simd.vectorize(With(simd, tiles)),
            (None, Arch::V3(simd)) => return simd.vectorize(With(simd, tiles)),
            _ => {}
        }
        tiles.all(Plain);
    }
}

impl Whole {
    /// Brings rows of `k` numbers to whole ones.
    fn take(&mut self, a: &[f32], k: usize) {
        let pairs = k.div_ceil(2);
        let count = a.len() / k;
        self.pairs.resize(count * pairs, 0);
        self.scales.resize(count, 0.0);
        wide(Take(self, a, k));
    }
}

struct Take<'a>(&'a mut Whole, &'a [f32], usize);

impl Wide for Take<'_> {
    #[inline(always)]
    fn work(self) {
        let Self(whole, a, k) = self;
        let rows = a
            .chunks_exact(k)
            .zip(whole.pairs.chunks_exact_mut(k.div_ceil(2)));
        for ((row, pairs), scale) in rows.zip(&mut whole.scales) {
            // Without their sign, numbers and their bits have one order.
            let most = row
                .iter()
                .fold(0u32, |m, x| m.max(x.to_bits() & 0x7fff_ffff));
            let most = f32::from_bits(most);
            let usable = most > 0.0 && most < f32::MAX;
            *scale = if usable { most / MOST } else { 0.0 };
            let by = if usable { MOST / most } else { 0.0 };
            let whole = |x: f32| {
                // The sum's last bits are the rounded number.
                let sum = x * by + 12_582_912.0;
                (sum.to_bits() as i32).wrapping_sub(0x4b40_0000)
            };
            let even = row.chunks_exact(2);
            let odd = even.remainder();
            for (pair, two) in pairs.iter_mut().zip(even) {
                *pair = (whole(two[0]) & 0xffff) | whole(two[1]) << 16;
            }
            if let ([last], Some(pair)) = (odd, pairs.last_mut()) {
                *pair = whole(*last) & 0xffff;
            }
        }
    }
}

/// How a machine multiplies pairs of 16 bits and adds the products.
trait Pairs: Copy {
    /// A vector of sums.
    type Sums: Copy;
    /// Sums of a vector.
    const LANES: usize;
    fn zero(self) -> Self::Sums;
    /// Adds to each sum the products of `a`'s two numbers with the two of that sum's place in `b`.
    fn add(self, sums: Self::Sums, a: i32, b: &[i16]) -> Self::Sums;
    fn store(self, sums: Self::Sums, out: &mut [i32; 16]);
}

#[derive(Clone, Copy)]
struct Plain;

impl Pairs for Plain {
    type Sums = [i32; 8];
    const LANES: usize = 8;

    #[inline(always)]
    fn zero(self) -> [i32; 8] {
        [0; 8]
    }

    #[inline(always)]
    fn add(self, mut sums: [i32; 8], a: i32, b: &[i16]) -> [i32; 8] {
        let (low, high) = (i32::from(a as i16), a >> 16);
        for (sum, two) in sums.iter_mut().zip(b.chunks_exact(2)) {
            *sum += low * i32::from(two[0]) + high * i32::from(two[1]);
        }
        sums
    }

    #[inline(always)]
    fn store(self, sums: [i32; 8], out: &mut [i32; 16]) {
        out[..8].copy_from_slice(&sums);
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use core::arch::x86_64::{__m256i, __m512i};

    use super::Pairs;

    pulp::simd_type! {
        /// Machines that multiply 16 bits and add the products in one instruction: the compiler
        /// makes it of the two.
        pub(super) struct Vnni {
            pub(super) avx512f: "avx512f",
            pub(super) avx512bw: "avx512bw",
            pub(super) avx512vl: "avx512vl",
            pub(super) avx512vnni: "avx512vnni",
        }
    }

    impl Pairs for Vnni {
        type Sums = __m512i;
        const LANES: usize = 16;

        #[inline(always)]
        fn zero(self) -> __m512i {
            self.avx512f._mm512_setzero_si512()
        }

        #[inline(always)]
        fn add(self, sums: __m512i, a: i32, b: &[i16]) -> __m512i {
            let b: [i16; 32] = b[..32].try_into().expect("32 weights");
            let a = self.avx512f._mm512_set1_epi32(a);
            let products = self.avx512bw._mm512_madd_epi16(a, pulp::cast(b));
            self.avx512f._mm512_add_epi32(sums, products)
        }

        #[inline(always)]
        fn store(self, sums: __m512i, out: &mut [i32; 16]) {
            *out = pulp::cast(sums);
        }
    }

    impl Pairs for pulp::x86::V4 {
        type Sums = __m512i;
        const LANES: usize = 16;

        #[inline(always)]
        fn zero(self) -> __m512i {
            self.avx512f._mm512_setzero_si512()
        }

        #[inline(always)]
        fn add(self, sums: __m512i, a: i32, b: &[i16]) -> __m512i {
            let b: [i16; 32] = b[..32].try_into().expect("32 weights");
            let a = self.avx512f._mm512_set1_epi32(a);
            let products = self.avx512bw._mm512_madd_epi16(a, pulp::cast(b));
            self.avx512f._mm512_add_epi32(sums, products)
        }

        #[inline(always)]
        fn store(self, sums: __m512i, out: &mut [i32; 16]) {
            *out = pulp::cast(sums);
        }
    }

    impl Pairs for pulp::x86::V3 {
        type Sums = __m256i;
        const LANES: usize = 8;

        #[inline(always)]
        fn zero(self) -> __m256i {
            self.avx._mm256_setzero_si256()
        }

        #[inline(always)]
        fn add(self, sums: __m256i, a: i32, b: &[i16]) -> __m256i {
            let b: [i16; 16] = b[..16].try_into().expect("16 weights");
            let a = self.avx._mm256_set1_epi32(a);
            let products = self.avx2._mm256_madd_epi16(a, pulp::cast(b));
            self.avx2._mm256_add_epi32(sums, products)
        }

        #[inline(always)]
        fn store(self, sums: __m256i, out: &mut [i32; 16]) {
            let sums: [i32; 8] = pulp::cast(sums);
            out[..8].copy_from_slice(&sums);
        }
    }
}

struct Tiles<'a> {
    b: &'a Small,
    a: &'a Whole,
    c: &'a mut [f32],
}

struct With<'a, P>(P, Tiles<'a>);

impl<P: Pairs> pulp::NullaryFnOnce for With<'_, P> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.1.all(self.0);
    }
}

impl Tiles<'_> {
    #[inline(always)]
    fn all<P: Pairs>(mut self, simd: P) {
        let (pairs, n) = (self.b.k.div_ceil(2), self.b.n);
        let rows = self.a.scales.len();
        let lanes = 2 * P::LANES;
        for (p, panel) in self.b.data.chunks_exact(pairs * 2 * PANEL).enumerate() {
            for part in (0..PANEL).step_by(lanes) {
                let column = p * PANEL + part;
                if column >= n {
                    break;
                }
                for row in (0..rows).step_by(ROWS) {
                    match rows - row {
                        1 => self.rows::<P, 1>(simd, panel, row, column),
                        2 => self.rows::<P, 2>(simd, panel, row, column),
                        3 => self.rows::<P, 3>(simd, panel, row, column),
                        _ => self.rows::<P, ROWS>(simd, panel, row, column),
                    }
                }
            }
        }
    }

    /// The sums of `COUNT` rows from `row` for two vectors of columns from `column`.
    #[inline(always)]
    fn rows<P: Pairs, const COUNT: usize>(
        &mut self,
        simd: P,
        panel: &[i16],
        row: usize,
        column: usize,
    ) {
        let (pairs, n) = (self.b.k.div_ceil(2), self.b.n);
        let width = (2 * P::LANES).min(n - column);
        let scales = &self.b.scales[column..][..width];
        let part = column % PANEL;
        let sums = tile::<P, COUNT>(simd, &self.a.pairs[row * pairs..], panel, part, pairs);
        for (i, sums) in sums.into_iter().enumerate() {
            let c = &mut self.c[(row + i) * n + column..][..width];
            store(simd, sums, self.a.scales[row + i], scales, c);
        }
    }
}

/// Sums of `COUNT` rows for two vectors of columns.
#[inline(always)]
fn tile<P: Pairs, const COUNT: usize>(
    simd: P,
    a: &[i32],
    panel: &[i16],
    part: usize,
    pairs: usize,
) -> [[P::Sums; 2]; COUNT] {
    let mut sums = [[simd.zero(); 2]; COUNT];
    let rows: [&[i32]; COUNT] = std::array::from_fn(|i| &a[i * pairs..][..pairs]);
    for (k, b) in panel.chunks_exact(2 * PANEL).take(pairs).enumerate() {
        let (left, right) = b[2 * part..][..4 * P::LANES].split_at(2 * P::LANES);
        for (sums, row) in sums.iter_mut().zip(rows) {
            let x = row[k];
            sums[0] = simd.add(sums[0], x, left);
            sums[1] = simd.add(sums[1], x, right);
        }
    }
    sums
}

#[inline(always)]
fn store<P: Pairs>(simd: P, sums: [P::Sums; 2], scale: f32, scales: &[f32], c: &mut [f32]) {
    for (sums, (c, scales)) in sums
        .into_iter()
        .zip(c.chunks_mut(P::LANES).zip(scales.chunks(P::LANES)))
    {
        let mut whole = [0; 16];
        simd.store(sums, &mut whole);
        for ((c, s), x) in c.iter_mut().zip(scales).zip(whole) {
            *c = x as f32 * (scale * s);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_near_the_exact_product_whatever_the_machine() {
        let mut state = 5u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        for (m, k, n) in [(1, 1, 1), (7, 5, 3), (9, 16, 32), (19, 33, 70), (6, 40, 17)] {
            let a: Vec<f32> = (0..m * k).map(|_| next()).collect();
            let b: Vec<f32> = (0..k * n).map(|_| next()).collect();
            let mut bytes = Vec::new();
            Small::write(&b, n, &mut bytes);
            let small = Small::read(&mut Reader::new(&bytes), k, n).unwrap();
            let (mut c, mut plain) = (vec![9.0; m * n], vec![9.0; m * n]);
            let mut work = Whole::default();
            small.multiply(&a, &mut c, &mut work);
            let tiles = Tiles {
                b: &small,
                a: &work,
                c: &mut plain,
            };
            tiles.all(Plain);
            assert_eq!(c, plain);
            for i in 0..m {
                for j in 0..n {
                    let exact: f32 = (0..k).map(|x| a[i * k + x] * b[x * n + j]).sum();
                    assert!(
                        (c[i * n + j] - exact).abs() < 0.01 * k as f32,
                        "{m} {k} {n}"
                    );
                }
            }
        }
    }
}
