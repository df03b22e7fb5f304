//! Lemmas as the treebank has them: the head of UniDic's entry (居る for いた, 此れ for これ), the
//! word itself for names, numbers and marks.

use super::chars::fold;
use super::dictionary::{START, extend};
use super::inflection::dictionary_form;
use crate::model::{ModelError, Reader};

/// Lemmas that differ from the dictionary form.
pub(crate) struct Lemmas {
    /// 40 bits of a hash above 24 bits of a place in `strings`; 0 is a free slot.
    slots: Vec<u64>,
    /// The lemmas, each after a byte that gives its length; place 0 is empty.
    strings: Vec<u8>,
}

const PLACE: u64 = (1 << 24) - 1;

/// Hash of a folded form and the tag, or a part of the tag, that it has.
pub(crate) fn key(form: &str, tag: &str) -> u64 {
    let hash = form.chars().fold(START, |h, c| extend(h, fold(c) as u32));
    tag.chars()
        .fold(extend(hash, 0), |h, c| extend(h, c as u32))
}

/// The part of speech without its subdivisions.
pub(crate) fn class(xpos: &str) -> &str {
    xpos.split('-').next().unwrap_or("")
}

/// True if words of that tag are their own lemmas.
pub(crate) fn is_own_lemma(form: &str, xpos: &str) -> bool {
    xpos.starts_with("名詞-固有名詞")
        || xpos.starts_with("名詞-数詞")
        || xpos.contains("記号")
        || form
            .chars()
            .all(|c| (c as u32) < 0x250 || fold(c).is_ascii())
}

impl Lemmas {
    /// Makes the table from keys and lemmas; of one key the first lemma counts.
    pub(crate) fn new(entries: &[(u64, &str)]) -> Self {
        let mut places: std::collections::HashMap<&str, usize> = Default::default();
        let mut strings = vec![0];
        let mut slots = vec![0u64; entries.len() * 8 / 7 + 2];
        for &(key, lemma) in entries {
            let place = *places.entry(lemma).or_insert(strings.len());
            if place == strings.len() {
                crate::model::write_str(&mut strings, lemma);
            }
            let mut at = slot(key, slots.len());
            while slots[at] != 0 && slots[at] & !PLACE != key & !PLACE {
                at = if at + 1 == slots.len() { 0 } else { at + 1 };
            }
            if slots[at] == 0 {
                slots[at] = key & !PLACE | place as u64 & PLACE;
            }
        }
        Self { slots, strings }
    }

    /// The lemma of a key.
    fn get(&self, key: u64) -> Option<&str> {
        let mut at = slot(key, self.slots.len());
        loop {
            let found = self.slots[at];
            if found == 0 {
                return None;
            }
            if found & !PLACE == key & !PLACE {
                let place = (found & PLACE) as usize;
                let length = usize::from(*self.strings.get(place)?);
                let bytes = self.strings.get(place + 1..place + 1 + length)?;
                return std::str::from_utf8(bytes).ok();
            }
            at = if at + 1 == self.slots.len() {
                0
            } else {
                at + 1
            };
        }
    }

    /// Sets `out` to the lemma of a word with the treebank's tag `xpos`.
    pub(crate) fn lemma(&self, form: &str, xpos: &str, out: &mut String) {
        out.clear();
        if is_own_lemma(form, xpos) {
            out.push_str(form);
            return;
        }
        if let Some(lemma) = self.get(key(form, xpos)) {
            out.push_str(lemma);
            return;
        }
        dictionary_form(form, xpos, out);
        if let Some(lemma) = self.get(key(out, class(xpos))) {
            out.clear();
            out.push_str(lemma);
        }
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.slots.len() as u32).to_le_bytes());
        self.slots.iter().for_each(|s| out.extend(s.to_le_bytes()));
        out.extend((self.strings.len() as u32).to_le_bytes());
        out.extend(&self.strings);
    }

    /// Reads what [`write`](Self::write) wrote.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.u32()? as usize;
        let bytes = reader.bytes(count.saturating_mul(8))?;
        let slots: Vec<u64> = bytes
            .chunks_exact(8)
            .map(|b| u64::from_le_bytes(b.try_into().unwrap_or_default()))
            .collect();
        if !slots.contains(&0) {
            return Err(ModelError::Damaged("a table of lemmas without a free slot"));
        }
        let length = reader.u32()? as usize;
        let strings = reader.bytes(length)?.to_vec();
        Ok(Self { slots, strings })
    }
}

fn slot(key: u64, size: usize) -> usize {
    (((key >> 32) * size as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Lemmas {
        let entries = [
            (key("これ", "代名詞"), "此れ"),
            (key("いる", "動詞"), "居る"),
            (key("で", "助動詞-助動詞-ダ"), "だ"),
        ];
        let mut bytes = Vec::new();
        Lemmas::new(&entries).write(&mut bytes);
        assert!(Lemmas::read(&mut Reader::new(&bytes[..9])).is_err());
        Lemmas::read(&mut Reader::new(&bytes)).unwrap()
    }

    #[test]
    fn lemmas_come_from_the_table_or_the_form() {
        let lemmas = table();
        let mut out = String::new();
        let cases = [
            ("これ", "代名詞", "此れ"),
            ("い", "動詞-非自立可能-上一段-ア行", "居る"),
            ("で", "助動詞-助動詞-ダ", "だ"),
            ("会っ", "動詞-一般-五段-ワア行", "会う"),
            ("釜山", "名詞-固有名詞-地名-一般", "釜山"),
            ("ＮＡＴＯ", "名詞-普通名詞-一般", "ＮＡＴＯ"),
        ];
        for (form, xpos, expected) in cases {
            lemmas.lemma(form, xpos, &mut out);
            assert_eq!(out, expected);
        }
    }
}
