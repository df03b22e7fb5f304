//! What is known of words before any sentence is read: their tags in the training data and the
//! groups of words that they behave like.

use crate::model::{ModelError, Reader};
use crate::weights::hash_bytes;

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordClass {
    /// Which tags it has in the training data: a number for each combination; 0 if not known.
    pub(crate) tags: u16,
    /// Group of words used alike, from 1; 0 if in none.
    pub(crate) cluster: u16,
    /// The same with fewer groups.
    pub(crate) coarse: u16,
}

/// Words, in lower case, by their hash.
#[derive(Default)]
pub(crate) struct Lexicon {
    slots: Vec<(u32, WordClass)>,
    len: usize,
}

impl Lexicon {
    pub(crate) fn new(words: impl ExactSizeIterator<Item = (u32, WordClass)>) -> Self {
        let size = (words.len() * 3 / 2 + 2).next_power_of_two();
        let mut lexicon = Self {
            slots: vec![(0, WordClass::default()); size],
            len: 0,
        };
        for (word, class) in words {
            if class == WordClass::default() {
                continue;
            }
            let mut at = word as usize & (size - 1);
            while lexicon.slots[at].1 != WordClass::default() && lexicon.slots[at].0 != word {
                at = (at + 1) & (size - 1);
            }
            if lexicon.slots[at].1 == WordClass::default() {
                lexicon.len += 1;
                lexicon.slots[at] = (word, class);
            }
        }
        lexicon
    }

    /// What is known of the word with this hash (see [`word_hash`]).
    #[inline]
    pub(crate) fn get(&self, word: u32) -> WordClass {
        let mask = self.slots.len() - 1;
        let mut at = word as usize & mask;
        loop {
            let (found, class) = self.slots[at];
            if found == word || class == WordClass::default() {
                return class;
            }
            at = (at + 1) & mask;
        }
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.u32()? as usize;
        let rows = reader.bytes(count.saturating_mul(10))?;
        let half = |row: &[u8], at: usize| u16::from_le_bytes([row[at], row[at + 1]]);
        Ok(Self::new(rows.chunks_exact(10).map(|row| {
            let class = WordClass {
                tags: half(row, 4),
                cluster: half(row, 6),
                coarse: half(row, 8),
            };
            (u32::from_le_bytes([row[0], row[1], row[2], row[3]]), class)
        })))
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let mut rows: Vec<_> = self.slots.clone();
        rows.retain(|(_, class)| *class != WordClass::default());
        rows.sort_unstable_by_key(|(word, _)| *word);
        out.extend((rows.len() as u32).to_le_bytes());
        for (word, class) in rows {
            out.extend(word.to_le_bytes());
            out.extend(class.tags.to_le_bytes());
            out.extend(class.cluster.to_le_bytes());
            out.extend(class.coarse.to_le_bytes());
        }
    }
}

/// Hash of a word without regard to case, kind of apostrophe, and digits. `buffer` is working
/// memory.
pub(crate) fn word_hash(form: &str, buffer: &mut Vec<u8>) -> u32 {
    normalise(form, buffer);
    hash_bytes(buffer.iter().copied())
}

/// Writes the word in lower case, with straight quotation marks and every digit as 0.
pub(crate) fn normalise(form: &str, buffer: &mut Vec<u8>) {
    buffer.clear();
    if form.is_ascii() {
        buffer.extend(form.bytes().map(|b| match b {
            b'0'..=b'9' => b'0',
            _ => b.to_ascii_lowercase(),
        }));
        return;
    }
    let mut utf8 = [0; 4];
    for c in form.chars() {
        let c = match c {
            '’' | '‘' => '\'',
            '“' | '”' | '«' | '»' => '"',
            '–' | '—' | '―' => '-',
            '…' => {
                buffer.extend(b"...");
                continue;
            }
            c if c.is_numeric() => '0',
            c => c,
        };
        for c in c.to_lowercase() {
            buffer.extend(c.encode_utf8(&mut utf8).bytes());
        }
    }
}
