//! The weights of a linear model, for use: a flat table of hashed features.

use crate::model::{ModelError, Reader};

/// Something that adds up the weights of features, in use or while it learns.
pub(crate) trait Scorer {
    /// Adds to `scores` (one a class) the weights of the features.
    fn add(&self, features: &[u32], scores: &mut [i32]);
}

/// A slot of the open-addressing table; `start..end` are its entries, empty if the slot is free.
#[derive(Clone, Copy, Default)]
struct Slot {
    feature: u32,
    /// Start of the entries in the lower 24 bits, their number in the upper 8.
    place: u32,
}

/// One weight: its class and the weight in units of 1/64.
type Entry = (u8, i16);

/// The sizes of weights that a model file can hold, a byte each with the sign: small ones lie
/// close together, large ones 3.7 % apart.
pub(crate) fn sizes() -> [i16; 128] {
    let mut sizes = [0; 128];
    let mut exact = 0i64;
    for size in &mut sizes[1..] {
        exact += (exact + 40_000) * 37 / 1000;
        *size = ((exact + 500) / 1000) as i16;
    }
    sizes
}

/// Weights of a trained classifier.
pub(crate) struct Weights {
    classes: usize,
    shift: u32,
    slots: Vec<Slot>,
    entries: Vec<Entry>,
}

impl Weights {
    /// Reads what [`write_weights`] wrote.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let classes = reader.u32()? as usize;
        let features = reader.u32()? as usize;
        let entries = reader.u32()? as usize;
        if classes > 255 || entries >= 1 << 24 {
            return Err(ModelError::Damaged("too many weights"));
        }
        let keys = reader.u32()? as usize;
        let mut keys = reader.bytes(keys)?.iter();
        let lengths = reader.bytes(features)?;
        let of_class = reader.bytes(entries)?;
        let of_weight = reader.bytes(entries)?;
        let size = (features * 3 / 2 + 2).next_power_of_two();
        let mut weights = Self {
            classes,
            shift: 32 - size.trailing_zeros(),
            slots: vec![Slot::default(); size],
            entries: Vec::with_capacity(entries),
        };
        if of_class.iter().any(|&class| class as usize >= classes) {
            return Err(ModelError::Damaged("a class out of range"));
        }
        let sizes = sizes();
        let weight = |&code: &u8| {
            let size = sizes[code as usize & 127];
            if code & 128 == 0 { size } else { -size }
        };
        weights
            .entries
            .extend(of_class.iter().copied().zip(of_weight.iter().map(weight)));
        let (mut start, mut feature) = (0u32, 0u32);
        for &length in lengths {
            let mut step = 0u32;
            loop {
                let byte = *keys
                    .next()
                    .ok_or(ModelError::Damaged("features are missing"))?;
                step = step << 7 | u32::from(byte & 0x7f);
                if byte & 0x80 == 0 {
                    break;
                }
            }
            feature = feature.wrapping_add(step);
            if length == 0 || start as usize + length as usize > entries {
                return Err(ModelError::Damaged("weights out of range"));
            }
            let mut at = (feature >> weights.shift) as usize;
            while weights.slots[at].place != 0 {
                at = (at + 1) & (size - 1);
            }
            weights.slots[at] = Slot {
                feature,
                place: u32::from(length) << 24 | start,
            };
            start += u32::from(length);
        }
        Ok(weights)
    }

    /// Reads weights that were written a moment ago, in training.
    pub(crate) fn read_back(bytes: &[u8]) -> Self {
        Self::read(&mut Reader::new(bytes)).expect("what was just written can be read")
    }

    /// Number of classes.
    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    #[inline]
    fn find(&self, feature: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = (feature >> self.shift) as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.feature == feature || slot.place == 0 {
                return slot.place;
            }
            at = (at + 1) & mask;
        }
    }
}

impl Scorer for Weights {
    #[inline]
    fn add(&self, features: &[u32], scores: &mut [i32]) {
        // All places first: the look-ups do not wait for each other's cache misses.
        let mut places = [0u32; 128];
        for chunk in features.chunks(places.len()) {
            for (place, &feature) in places.iter_mut().zip(chunk) {
                *place = self.find(feature);
            }
            for &place in &places[..chunk.len()] {
                let start = (place & 0xff_ffff) as usize;
                let end = start + (place >> 24) as usize;
                for &(class, weight) in &self.entries[start..end] {
                    if let Some(score) = scores.get_mut(class as usize) {
                        *score += i32::from(weight);
                    }
                }
            }
        }
    }
}

/// Writes features, in the order of their hashes, each with its (class, weight) pairs.
pub(crate) fn write_weights(out: &mut Vec<u8>, classes: usize, features: &[(u32, Vec<Entry>)]) {
    let entries: usize = features.iter().map(|(_, e)| e.len()).sum();
    out.extend((classes as u32).to_le_bytes());
    out.extend((features.len() as u32).to_le_bytes());
    out.extend((entries as u32).to_le_bytes());
    // Steps from one feature's hash to the next, seven bits a byte, the highest first.
    let (mut keys, mut last) = (Vec::new(), 0);
    for (feature, _) in features {
        let step = feature - last;
        last = *feature;
        for shift in [28, 21, 14, 7] {
            if step >> shift > 0 {
                keys.push((step >> shift) as u8 & 0x7f | 0x80);
            }
        }
        keys.push(step as u8 & 0x7f);
    }
    out.extend((keys.len() as u32).to_le_bytes());
    out.extend(keys);
    out.extend(features.iter().map(|(_, e)| e.len() as u8));
    let all = || features.iter().flat_map(|(_, e)| e);
    out.extend(all().map(|&(class, _)| class));
    let sizes = sizes();
    out.extend(all().map(|&(_, weight)| {
        let wanted = weight.saturating_abs();
        let above = sizes.partition_point(|&s| s < wanted).min(127);
        let below = above.saturating_sub(1);
        let nearer_below = wanted - sizes[below] < sizes[above] - wanted;
        let code = if nearer_below { below } else { above } as u8;
        if weight < 0 { code | 128 } else { code }
    }));
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

/// Hash of a string, the same on every machine.
#[inline]
pub(crate) fn hash_bytes(bytes: impl Iterator<Item = u8>) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash ^ hash >> 32) as u32
}
