//! The forms of UniDic as a hash table: what kind of word a string of characters can be.
//!
//! The table keeps 24 bits of each form's hash, not the form: one string in some millions that is
//! no word is taken for one, which costs the segmenter nothing. It is stored as it is used.

use crate::model::{ModelError, Reader};

/// Longest form, in characters.
pub(crate) const LONGEST: usize = 12;

/// Hash of no characters.
pub(crate) const START: u64 = 0x51_7c_c1_b7_27_22_0a_95;

/// Hash of the characters so far and one more.
pub(crate) fn extend(hash: u64, c: u32) -> u64 {
    let mixed = (hash ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// Number of slots of `lengths`, as a power of two.
const PAIR_BITS: u32 = 16;

/// Kinds of words by their form.
pub(crate) struct Dictionary {
    /// 24 bits of the hash above 8 bits of the kind, which is never 0; 0 is a free slot.
    slots: Vec<u32>,
    /// For the hash of the first two characters, which lengths (3 and more) exist: bit `length`.
    lengths: Vec<u16>,
}

impl Dictionary {
    /// Makes the table; `words` are folded forms, each once, with kinds from 1.
    pub(crate) fn new(words: &[(String, u8)]) -> Self {
        let size = (words.len() * 3 / 2 + 2).max(16);
        let mut slots = vec![0u32; size];
        let mut lengths = vec![0u16; 1 << PAIR_BITS];
        for (form, kind) in words {
            let (mut hash, mut pair, mut count) = (START, 0, 0);
            for c in form.chars() {
                hash = extend(hash, c as u32);
                count += 1;
                if count == 2 {
                    pair = hash;
                }
            }
            if count == 0 || count > LONGEST || *kind == 0 {
                continue;
            }
            if count > 2 {
                lengths[pair_slot(pair)] |= 1 << count;
            }
            let mut at = slot(hash, size);
            while slots[at] != 0 {
                at = if at + 1 == size { 0 } else { at + 1 };
            }
            slots[at] = print(hash) | u32::from(*kind);
        }
        Self { slots, lengths }
    }

    /// The kind of the word with that hash.
    pub(crate) fn kind(&self, hash: u64) -> Option<u8> {
        let print = print(hash);
        let mut at = slot(hash, self.slots.len());
        loop {
            let found = self.slots[at];
            if found == 0 {
                return None;
            }
            if found & !0xff == print {
                return Some(found as u8);
            }
            at = if at + 1 == self.slots.len() {
                0
            } else {
                at + 1
            };
        }
    }

    /// Which lengths above 2 words have that begin with the two characters of that hash: bit
    /// `length`.
    pub(crate) fn lengths(&self, pair: u64) -> u16 {
        self.lengths[pair_slot(pair)]
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.slots.len() as u32).to_le_bytes());
        self.slots.iter().for_each(|s| out.extend(s.to_le_bytes()));
        let lengths = self.lengths.iter();
        lengths.for_each(|s| out.extend(s.to_le_bytes()));
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.u32()? as usize;
        let bytes = reader.bytes(count.saturating_mul(4))?;
        let slots: Vec<u32> = bytes
            .chunks_exact(4)
            .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect();
        if !slots.contains(&0) {
            return Err(ModelError::Damaged("a dictionary without a free slot"));
        }
        let bytes = reader.bytes(2 << PAIR_BITS)?;
        let lengths = bytes
            .chunks_exact(2)
            .map(|b| u16::from_le_bytes([b[0], b[1]]))
            .collect();
        Ok(Self { slots, lengths })
    }
}

fn slot(hash: u64, size: usize) -> usize {
    (((hash >> 32) * size as u64) >> 32) as usize
}

fn print(hash: u64) -> u32 {
    (hash as u32) << 8
}

fn pair_slot(hash: u64) -> usize {
    (hash >> (64 - PAIR_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(form: &str) -> u64 {
        form.chars().fold(START, |h, c| extend(h, c as u32))
    }

    #[test]
    fn finds_its_words_again_after_writing() {
        let words = [("港".to_owned(), 3), ("記者会見".to_owned(), 7)];
        let mut bytes = Vec::new();
        Dictionary::new(&words).write(&mut bytes);
        let read = Dictionary::read(&mut Reader::new(&bytes)).unwrap();
        assert_eq!(read.kind(hash("港")), Some(3));
        assert_eq!(read.kind(hash("記者会見")), Some(7));
        assert_eq!(read.kind(hash("記者")), None);
        assert_eq!(read.lengths(hash("記者")), 1 << 4);
        assert!(Dictionary::read(&mut Reader::new(&bytes[..40])).is_err());
    }
}
