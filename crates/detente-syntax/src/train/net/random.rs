//! Lots that fall the same way everywhere.

/// A generator of the xorshift kind (xoroshiro would do as well; nothing here needs secrecy).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((z ^ (z >> 31)) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// From 0 to below 1.
    pub(crate) fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// From -1 to below 1.
    pub(crate) fn symmetric(&mut self) -> f32 {
        2.0 * self.share() - 1.0
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }

    /// Factors that leave a share of numbers out and raise the others to the same sum.
    pub(crate) fn mask(&mut self, drop: f32, out: &mut [f32]) {
        let keep = 1.0 / (1.0 - drop);
        let limit = (drop * 65536.0) as u64;
        for four in out.chunks_mut(4) {
            let lot = self.next();
            for (i, x) in four.iter_mut().enumerate() {
                *x = if (lot >> (16 * i)) & 0xffff < limit {
                    0.0
                } else {
                    keep
                };
            }
        }
    }
}
