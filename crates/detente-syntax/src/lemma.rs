//! Dictionary forms: words seen in training by look-up, others by what their ending asks for.

use std::collections::HashMap;

use crate::Upos;
use crate::model::{ModelError, Reader, write_str};
use crate::weights::{feature, hash_bytes};

/// How to make the lemma: keep or lower the case, cut bytes off the end, add a string.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Script {
    pub(crate) keep_case: bool,
    pub(crate) cut: u8,
    pub(crate) add: String,
}

impl Script {
    /// The script that makes `lemma` of `form`.
    pub(crate) fn between(form: &str, lemma: &str) -> Self {
        let lowered = form.to_lowercase();
        let shared = |a: &str| {
            a.char_indices()
                .zip(lemma.chars())
                .take_while(|((_, x), y)| x == y)
                .last()
                .map_or(0, |((at, c), _)| at + c.len_utf8())
        };
        let (kept, low) = (shared(form), shared(&lowered));
        let keep_case = kept > low;
        let (base, shared) = if keep_case {
            (form, kept)
        } else {
            (&*lowered, low)
        };
        Self {
            keep_case,
            cut: (base.len() - shared).min(255) as u8,
            add: lemma[shared..].to_owned(),
        }
    }

    /// Writes the lemma of `form`.
    pub(crate) fn apply(&self, form: &str, out: &mut String) {
        out.clear();
        if self.keep_case {
            out.push_str(form);
        } else if form.is_ascii() {
            out.push_str(form);
            out.make_ascii_lowercase();
        } else {
            out.extend(form.chars().flat_map(char::to_lowercase));
        }
        let keep = out.len().saturating_sub(self.cut as usize);
        out.truncate(out.floor_char_boundary(keep));
        out.push_str(&self.add);
        if out.is_empty() {
            out.push_str(form);
        }
    }
}

/// Scripts by word and tag, and by ending and tag.
#[derive(Default)]
pub(crate) struct Lemmatiser {
    pub(crate) scripts: Vec<Script>,
    pub(crate) table: HashMap<u32, u16>,
}

/// Longest ending in bytes that is looked at.
pub(crate) const LONGEST: usize = 6;

/// Key of a whole word under a tag.
pub(crate) fn word_key(form: &str, tag: u8, capital: bool) -> u32 {
    let lowered = hash_bytes(form.bytes().map(|b| b.to_ascii_lowercase()));
    feature(1, lowered, u32::from(tag), u32::from(capital))
}

/// Key of the last `length` bytes under a tag.
pub(crate) fn ending_key(form: &str, length: usize, tag: u8, capital: bool) -> u32 {
    let ending = &form.as_bytes()[form.len().saturating_sub(length)..];
    let lowered = hash_bytes(ending.iter().map(|b| b.to_ascii_lowercase()));
    feature(
        2 + length as u32,
        lowered,
        u32::from(tag),
        u32::from(capital),
    )
}

/// True if the capital at the start of the form belongs to the word and not to the sentence.
pub(crate) fn own_capital(form: &str, initial: bool) -> bool {
    let mut chars = form.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    first && (!initial || chars.any(char::is_uppercase))
}

impl Lemmatiser {
    /// Writes the lemma of a word into `out`; `initial` if it opens the sentence.
    pub(crate) fn lemma(&self, form: &str, tag: u8, upos: Upos, initial: bool, out: &mut String) {
        let capital = own_capital(form, initial);
        let found = self.table.get(&word_key(form, tag, capital)).or_else(|| {
            (0..=LONGEST.min(form.len()))
                .rev()
                .find_map(|n| self.table.get(&ending_key(form, n, tag, capital)))
        });
        match found.and_then(|&script| self.scripts.get(script as usize)) {
            Some(script) => script.apply(form, out),
            None => {
                let keep_case = matches!(upos, Upos::Propn | Upos::Punct | Upos::X);
                let script = Script {
                    keep_case,
                    ..Script::default()
                };
                script.apply(form, out);
            }
        }
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.u32()?;
        let mut lemmatiser = Self::default();
        for _ in 0..count {
            lemmatiser.scripts.push(Script {
                keep_case: reader.u8()? != 0,
                cut: reader.u8()?,
                add: reader.str()?.to_owned(),
            });
        }
        let count = reader.u32()? as usize;
        let rows = reader.bytes(count.saturating_mul(6))?;
        lemmatiser.table = rows
            .chunks_exact(6)
            .map(|r| {
                let key = u32::from_le_bytes([r[0], r[1], r[2], r[3]]);
                (key, u16::from_le_bytes([r[4], r[5]]))
            })
            .collect();
        Ok(lemmatiser)
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.scripts.len() as u32).to_le_bytes());
        for script in &self.scripts {
            out.extend([u8::from(script.keep_case), script.cut]);
            write_str(out, &script.add);
        }
        let mut rows: Vec<_> = self.table.iter().map(|(k, v)| (*k, *v)).collect();
        rows.sort_unstable();
        out.extend((rows.len() as u32).to_le_bytes());
        for (key, script) in rows {
            out.extend(key.to_le_bytes());
            out.extend(script.to_le_bytes());
        }
    }
}
