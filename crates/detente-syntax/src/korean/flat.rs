//! The weights of a linear model in a form that is used as it lies in the file.
//!
//! A feature's hash names a bucket and a check of eight bits. The buckets lie one behind the other;
//! each entry has the check, the class, and the weight by its number in
//! [`sizes`]. A strange feature meets a check like its own now and then;
//! its weights are then a little noise.

use crate::model::{ModelError, Reader};

/// Something that adds up the weights of features, in use or while it learns.
pub(crate) trait Scorer {
    /// Adds to `scores` (one a class) the weights of the features.
    fn add(&self, features: &[u32], scores: &mut [i32]);
}

/// The sizes of weights that a model file can hold, a byte each with the sign: small ones lie
/// close together, large ones 3.7 % apart.
fn sizes() -> [i16; 128] {
    let mut sizes = [0; 128];
    let mut exact = 0i64;
    for size in &mut sizes[1..] {
        exact += (exact + 40_000) * 37 / 1000;
        *size = ((exact + 500) / 1000) as i16;
    }
    sizes
}

/// Mixes a template's number and its values into a feature's hash.
#[inline]
pub(crate) fn feature(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let low = (u64::from(a) << 32 | u64::from(b)) ^ 0x9e37_79b9_7f4a_7c15;
    let high = (u64::from(c) << 32 | u64::from(template)) ^ 0xd6e8_feb8_6659_fd93;
    let product = u128::from(low.wrapping_mul(0xa076_1d64_78bd_642f)) * u128::from(high);
    let mixed = (product as u64) ^ (product >> 64) as u64;
    (mixed.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32
}

/// Bytes of an entry: check, class, weight.
const ENTRY: usize = 3;

/// Weights by feature and class.
pub(crate) struct FlatWeights {
    classes: usize,
    /// The bucket is the upper bits of the hash, shifted by this.
    shift: u32,
    /// The first entry of every bucket, and the end of the last.
    starts: Vec<u32>,
    entries: Vec<u8>,
    /// What the weight byte stands for.
    values: [i32; 256],
}

impl FlatWeights {
    /// Reads what [`write_flat`] wrote.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let classes = reader.u32()? as usize;
        let bits = reader.u32()?;
        let count = reader.u32()? as usize;
        if !(8..=24).contains(&bits) || count >= 1 << 24 {
            return Err(ModelError::Damaged("too many weights"));
        }
        let counts = reader.bytes(1 << bits)?;
        let entries = reader.bytes(count * ENTRY)?.to_vec();
        let (mut starts, mut place) = (Vec::with_capacity(counts.len() + 1), 0u32);
        starts.push(0);
        for &count in counts {
            place += u32::from(count);
            starts.push(place);
        }
        if place as usize != count {
            return Err(ModelError::Damaged("weights out of range"));
        }
        let sizes = sizes();
        let value = |code: usize| {
            let size = i32::from(sizes[code & 127]);
            if code & 128 == 0 { size } else { -size }
        };
        Ok(Self {
            classes,
            shift: 32 - bits,
            starts,
            entries,
            values: std::array::from_fn(value),
        })
    }

    /// Number of classes.
    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    /// Where the entries of a feature's bucket lie.
    #[inline]
    fn bucket(&self, feature: u32) -> (usize, usize) {
        let bucket = (feature >> self.shift) as usize;
        let (start, end) = (self.starts[bucket], self.starts[bucket + 1]);
        (start as usize * ENTRY, end as usize * ENTRY)
    }
}

impl Scorer for FlatWeights {
    #[inline]
    fn add(&self, features: &[u32], scores: &mut [i32]) {
        // All places first: the look-ups do not wait for each other's cache misses.
        let mut places = [(0, 0); 32];
        for chunk in features.chunks(places.len()) {
            for (place, &feature) in places.iter_mut().zip(chunk) {
                *place = self.bucket(feature);
            }
            for (&(start, end), &feature) in places.iter().zip(chunk) {
                let check = feature as u8;
                for entry in self.entries[start..end].chunks_exact(ENTRY) {
                    if entry[0] == check
                        && let Some(score) = scores.get_mut(entry[1] as usize)
                    {
                        *score += self.values[entry[2] as usize];
                    }
                }
            }
        }
    }
}

/// Writes features with their (class, weight) pairs.
pub(crate) fn write_flat(out: &mut Vec<u8>, classes: usize, features: &[(u32, Vec<(u8, i16)>)]) {
    let bits = features.len().next_power_of_two().ilog2().clamp(8, 24);
    let mut buckets: Vec<Vec<[u8; ENTRY]>> = vec![Vec::new(); 1 << bits];
    let sizes = sizes();
    for (feature, weights) in features {
        for &(class, weight) in weights {
            let wanted = weight.saturating_abs();
            let above = sizes.partition_point(|&s| s < wanted).min(127);
            let below = above.saturating_sub(1);
            let nearer_below = wanted - sizes[below] < sizes[above] - wanted;
            let code = if nearer_below { below } else { above } as u8;
            let sign = if weight < 0 { 128 } else { 0 };
            buckets[(feature >> (32 - bits)) as usize].push([*feature as u8, class, code | sign]);
        }
    }
    for bucket in &mut buckets {
        // So many weights in one bucket are all but impossible; the first ones suffice.
        bucket.truncate(255);
    }
    let count: usize = buckets.iter().map(Vec::len).sum();
    out.extend((classes as u32).to_le_bytes());
    out.extend(bits.to_le_bytes());
    out.extend((count as u32).to_le_bytes());
    out.extend(buckets.iter().map(|b| b.len() as u8));
    out.extend(buckets.iter().flatten().flatten());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_the_weights() {
        let features = [
            (7, vec![(0, 64), (2, -640)]),
            (0xffff_ffff, vec![(1, 6)]),
            (0xffff_ff00, vec![(1, 100)]),
        ];
        let mut bytes = Vec::new();
        write_flat(&mut bytes, 3, &features);
        let weights = FlatWeights::read(&mut Reader::new(&bytes)).unwrap();
        assert_eq!(weights.classes(), 3);
        let mut scores = [0; 3];
        weights.add(&[7, 0xffff_ffff, 12_345], &mut scores);
        assert!((scores[0] - 64).abs() <= 2, "{scores:?}");
        assert!((scores[1] - 6).abs() <= 1, "{scores:?}");
        assert!((scores[2] + 640).abs() <= 24, "{scores:?}");
        for cut in 0..bytes.len() {
            assert!(FlatWeights::read(&mut Reader::new(&bytes[..cut])).is_err());
        }
    }
}
