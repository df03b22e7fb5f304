//! Dictionary forms: words seen in training by look-up, others by what their ending asks for.

use crate::Upos;
use crate::model::{ModelError, Reader, write_str};

/// What happens to the case of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) enum Case {
    /// All letters become small.
    #[default]
    Lower,
    /// The first becomes a capital, the others small.
    Title,
    /// Kept as it is.
    Keep,
}

/// How to make the lemma: change the case, cut bytes off the end, add a string.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Script {
    pub(crate) case: Case,
    pub(crate) cut: u8,
    pub(crate) add: String,
}

impl Script {
    /// The script that makes `lemma` of `form`: the first of `order` that shares most with it.
    pub(crate) fn between(form: &str, lemma: &str, order: [Case; 3]) -> Self {
        let mut best: Option<(usize, Self)> = None;
        let mut base = String::new();
        for case in order {
            cased(form, case, &mut base);
            let pairs = base.char_indices().zip(lemma.chars());
            let same = pairs.take_while(|((_, x), y)| x == y);
            let shared = same.last().map_or(0, |((at, c), _)| at + c.len_utf8());
            if best.as_ref().is_none_or(|(most, _)| shared > *most) {
                let cut = (base.len() - shared).min(255) as u8;
                let add = lemma[shared..].to_owned();
                best = Some((shared, Self { case, cut, add }));
            }
        }
        best.map(|(_, script)| script).unwrap_or_default()
    }

    /// Writes the lemma of `form`.
    pub(crate) fn apply(&self, form: &str, out: &mut String) {
        cased(form, self.case, out);
        let keep = out.len().saturating_sub(self.cut as usize);
        out.truncate(out.floor_char_boundary(keep));
        out.push_str(&self.add);
        // An ending's script on a word that is hardly more than the ending.
        if out.is_empty() || (out.len() == 1 && form.len() > 2 && form.is_ascii()) {
            cased(form, self.case, out);
        }
        if out.is_empty() {
            out.push_str(form);
        }
    }
}

/// Writes `form` with its case changed.
fn cased(form: &str, case: Case, out: &mut String) {
    out.clear();
    match case {
        Case::Keep => out.push_str(form),
        Case::Lower | Case::Title if form.is_ascii() => {
            out.push_str(form);
            out.make_ascii_lowercase();
            if case == Case::Title {
                out[..1.min(form.len())].make_ascii_uppercase();
            }
        }
        Case::Lower => out.extend(form.chars().flat_map(char::to_lowercase)),
        Case::Title => {
            let mut chars = form.chars();
            out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            out.extend(chars.flat_map(char::to_lowercase));
        }
    }
}

/// Scripts by word and tags, and by ending and tags.
#[derive(Default)]
pub(crate) struct Lemmatiser {
    pub(crate) scripts: Vec<Script>,
    /// Open addressing: key and 1 + the script's number; 0 where nothing stands.
    slots: Vec<(u32, u16)>,
}

/// Longest ending in bytes that is looked at.
pub(crate) const LONGEST: usize = 7;

/// What the capitals of a form say: 0 nothing, 1 a capital of the word's own, 2 all capitals.
pub(crate) fn capitals(form: &str, upos: Upos, xpos: &str, initial: bool) -> u32 {
    let lowers = matches!(
        upos,
        Upos::Verb
            | Upos::Aux
            | Upos::Adv
            | Upos::Adp
            | Upos::Det
            | Upos::Cconj
            | Upos::Sconj
            | Upos::Part
    ) || matches!(xpos, "JJR" | "JJS");
    let mut chars = form.chars();
    let Some(first) = chars.next().filter(|_| !lowers) else {
        return 0;
    };
    let (mut upper, mut small) = (false, false);
    for c in chars {
        upper |= c.is_uppercase();
        small |= c.is_lowercase();
    }
    let own = match (first.is_uppercase(), upper, small) {
        (true, true, false) => 2,
        (_, true, _) => 1,
        (first, ..) => u32::from(first && !initial),
    };
    // Common nouns have capitals in headings; only short ones are acronyms.
    if upos == Upos::Noun && (own == 1 || form.len() > 4) {
        0
    } else {
        own
    }
}

/// Hash of the tags and capitals that a word is looked up under.
pub(crate) fn tag_key(upos: Upos, xpos: &str, capitals: u32) -> u32 {
    let start = 0x811c_9dc5 ^ ((upos as u32) << 2 | capitals);
    xpos.bytes().fold(start.wrapping_mul(0x0100_0193), step)
}

/// [`capitals`] of any value.
pub(crate) const ANY: u32 = 3;

fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
}

fn finish(hash: u32, length: u32) -> u32 {
    let hash = (hash ^ length.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    hash ^ hash >> 15
}

/// Keys of the endings from the empty one to the longest, and of the whole word. Endings are read
/// backwards, so that one pass gives them all.
pub(crate) fn keys(form: &str, tag: u32, out: &mut [u32; LONGEST + 2]) -> usize {
    let bytes = form.as_bytes();
    let longest = LONGEST.min(bytes.len());
    let mut hash = tag;
    out[0] = finish(hash, 0);
    for (n, &byte) in bytes.iter().rev().take(longest).enumerate() {
        hash = step(hash, byte);
        out[n + 1] = finish(hash, n as u32 + 1);
    }
    let rest = &bytes[..bytes.len() - longest];
    hash = rest.iter().rev().fold(hash, |h, &b| step(h, b));
    out[longest + 1] = finish(hash, 99);
    longest + 2
}

/// Key of a whole word with these capitals.
fn word_key(form: &str, upos: Upos, xpos: &str, capitals: u32) -> u32 {
    let mut found = [0; LONGEST + 2];
    let count = keys(form, tag_key(upos, xpos, capitals), &mut found);
    found[count - 1]
}

/// True if a "number" has no figure, so that its commas do not part thousands.
fn out_is_word(form: &str) -> bool {
    !form.bytes().any(|b| b.is_ascii_digit())
}

impl Lemmatiser {
    /// A lemmatiser of rows of keys and numbers of scripts.
    pub(crate) fn new(
        scripts: Vec<Script>,
        rows: impl ExactSizeIterator<Item = (u32, u16)>,
    ) -> Self {
        let size = (rows.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, 0); size];
        for (key, script) in rows {
            let mut at = key as usize & (size - 1);
            while slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (key, script.saturating_add(1));
        }
        Self { scripts, slots }
    }

    pub(crate) fn find(&self, key: u32) -> Option<u16> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = key as usize & mask;
        loop {
            match self.slots[at] {
                (_, 0) => return None,
                (found, script) if found == key => return Some(script - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Writes the lemma of a word into `out`; `xpos` is its Penn tag, `initial` says that it opens
    /// the sentence.
    pub(crate) fn lemma(
        &self,
        form: &str,
        upos: Upos,
        xpos: &str,
        initial: bool,
        out: &mut String,
    ) {
        let capitals = capitals(form, upos, xpos, initial);
        let mut found = [0; LONGEST + 2];
        let count = keys(form, tag_key(upos, xpos, capitals), &mut found);
        let acronym = capitals == 2 && form.len() < 4;
        let small = || {
            self.find(word_key(form, upos, xpos, 0))
                .filter(|_| upos != Upos::Propn)
        };
        let any = || {
            self.find(word_key(form, upos, xpos, ANY))
                .filter(|_| !acronym)
        };
        let word = self.find(found[count - 1]).or_else(any).or_else(small);
        let ending = || {
            found[..count - 1]
                .iter()
                .rev()
                .find_map(|&key| self.find(key))
        };
        let script = word
            .or_else(ending)
            .and_then(|s| self.scripts.get(s as usize));
        match script {
            Some(script) => script.apply(form, out),
            None => {
                let names = matches!(upos, Upos::Propn | Upos::Punct | Upos::X);
                cased(form, if names { Case::Keep } else { Case::Lower }, out);
            }
        }
        match upos {
            Upos::Pron if form == "i" => out.make_ascii_uppercase(),
            Upos::Num => out.retain(|c| c != ',' || out_is_word(form)),
            // Acronyms are short.
            Upos::Propn
                if capitals == 2 && word.is_none() && form.len() > 6 && out_is_word(form) =>
            {
                cased(form, Case::Title, out);
            }
            _ => {}
        }
    }

    /// Reads what [`write`] writes.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.u32()?;
        let mut scripts = Vec::new();
        for _ in 0..count {
            scripts.push(Script {
                case: match reader.u8()? {
                    0 => Case::Lower,
                    1 => Case::Title,
                    _ => Case::Keep,
                },
                cut: reader.u8()?,
                add: reader.str()?.to_owned(),
            });
        }
        let count = reader.u32()? as usize;
        let rows = reader.bytes(count.saturating_mul(6))?.chunks_exact(6);
        let row = |r: &[u8]| {
            let key = u32::from_le_bytes([r[0], r[1], r[2], r[3]]);
            (key, u16::from_le_bytes([r[4], r[5]]))
        };
        Ok(Self::new(scripts, rows.map(row)))
    }
}

/// Writes scripts and rows of keys, in the order of the keys.
pub(crate) fn write(
    scripts: &[Script],
    rows: &std::collections::BTreeMap<u32, u16>,
    out: &mut Vec<u8>,
) {
    out.extend((scripts.len() as u32).to_le_bytes());
    for script in scripts {
        out.extend([script.case as u8, script.cut]);
        write_str(out, &script.add);
    }
    out.extend((rows.len() as u32).to_le_bytes());
    for (key, script) in rows {
        out.extend(key.to_le_bytes());
        out.extend(script.to_le_bytes());
    }
}
