//! What the network sees of a word: its form, the ends of it and its shape, each as a key.

/// Key of the row for words that are not known.
pub(crate) const UNKNOWN: u32 = 1;
/// Longest beginning in characters.
const PREFIX: usize = 4;
/// Longest ending in characters.
const SUFFIX: usize = 5;

/// What a key is of; part of the key.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Kind {
    Word,
    Prefix,
    Suffix,
    Shape,
    Final,
    Convention,
    Morpheme,
    Tags,
}

/// Writes the keys of a word; the first is the key of the whole form.
pub(crate) fn keys(form: &str, letters: &mut Vec<char>, out: &mut Vec<u32>) {
    letters.clear();
    out.clear();
    letters.extend(form.chars().map(plain));
    out.push(word_key_of(letters));
    let count = letters.len();
    let mut hash = start(Kind::Prefix, 0);
    for (i, &c) in letters.iter().take(PREFIX).enumerate() {
        hash = step(hash, c as u32);
        out.push(finish(step(hash, i as u32)));
    }
    let mut hash = start(Kind::Suffix, 0);
    for (i, &c) in letters.iter().rev().take(SUFFIX).enumerate() {
        hash = step(hash, c as u32);
        out.push(finish(step(hash, i as u32)));
    }
    // Korean endings melt into the syllable before them: its last consonant is seen alone.
    let mut hash = start(Kind::Final, 0);
    for &c in letters.iter().rev().take(3) {
        let Some(consonant) = final_consonant(c) else {
            break;
        };
        out.push(finish(step(hash, consonant + 1)));
        hash = step(hash, c as u32);
    }
    out.push(shape(form, count));
}

/// Key of a word of a list (of word vectors).
pub(crate) fn word_key(word: &str, letters: &mut Vec<char>) -> u32 {
    letters.clear();
    letters.extend(word.chars().map(plain));
    word_key_of(letters)
}

/// Key of a way of annotating.
pub(crate) fn convention(number: u8) -> u32 {
    finish(start(Kind::Convention, u32::from(number)))
}

/// Appends the keys of what was found inside a word: each morpheme with its tag, the last tag by
/// itself, and all tags together. Both strings are joined by `+`.
pub(crate) fn inside(morphemes: &str, tags: &str, out: &mut Vec<u32>) {
    let chars = |hash, text: &str| text.chars().fold(hash, |h, c| step(h, c as u32));
    for (form, tag) in morphemes.split('+').zip(tags.split('+')) {
        let hash = chars(start(Kind::Morpheme, 0), form);
        out.push(finish(chars(step(hash, 0), tag)));
    }
    let last = tags.rsplit('+').next().unwrap_or(tags);
    out.push(finish(chars(start(Kind::Tags, 1), last)));
    out.push(finish(chars(start(Kind::Tags, 0), tags)));
}

fn word_key_of(letters: &[char]) -> u32 {
    let hash = letters
        .iter()
        .fold(start(Kind::Word, 0), |h, &c| step(h, c as u32));
    finish(hash)
}

/// Lower case, full-width forms as the common ones, every digit as 0.
fn plain(c: char) -> char {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        c => c,
    };
    if c.is_ascii_digit() {
        '0'
    } else if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        c.to_lowercase().next().unwrap_or(c)
    }
}

/// The last consonant of a Hangul syllable, 0 for none; `None` for other characters.
fn final_consonant(c: char) -> Option<u32> {
    let at = (c as u32).checked_sub(0xac00).filter(|&at| at < 11_172)?;
    Some(at % 28)
}

/// The first ten changes of the kind of character, a run told from a single one, and the length up
/// to ten.
fn shape(form: &str, count: usize) -> u32 {
    let mut hash = start(Kind::Shape, count.min(10) as u32);
    let (mut last, mut runs, mut length) = (0, 0, 0);
    for c in form.chars() {
        let class = class(c);
        length = if class == last { length + 1 } else { 1 };
        if class != last || length == 2 {
            runs += 1;
            if runs > 10 {
                break;
            }
            hash = step(hash, class * 4 + u32::from(length == 2));
        }
        last = class;
    }
    finish(hash)
}

fn class(c: char) -> u32 {
    match c {
        'a'..='z' => 1,
        'A'..='Z' => 2,
        '0'..='9' => 3,
        '\u{3041}'..='\u{309f}' => 4,
        '\u{30a0}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => 5,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '々' => 6,
        '\u{ac00}'..='\u{d7a3}' => 7,
        '.' | ',' => 8,
        '-' | '–' | '—' => 9,
        '\'' | '’' => 10,
        c if c.is_ascii() => 11,
        c if c.is_uppercase() => 2,
        c if c.is_lowercase() => 1,
        c if c.is_numeric() => 12,
        c if c.is_alphabetic() => 13,
        _ => 14,
    }
}

fn start(kind: Kind, value: u32) -> u64 {
    step(0x9e37_79b9_7f4a_7c15 ^ kind as u64, value)
}

fn step(hash: u64, value: u32) -> u64 {
    let mixed = (hash ^ u64::from(value)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 32)
}

/// 32 bits, never 0 or [`UNKNOWN`].
fn finish(hash: u64) -> u32 {
    let mixed = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    ((mixed >> 32) as u32).max(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(form: &str) -> Vec<u32> {
        let mut out = Vec::new();
        keys(form, &mut Vec::new(), &mut out);
        out
    }

    #[test]
    fn case_and_width_do_not_change_the_word_but_its_shape() {
        let (a, b) = (of("Seoul"), of("seoul"));
        assert_eq!(a[..a.len() - 1], b[..b.len() - 1]);
        assert_ne!(a.last(), b.last());
        assert_eq!(of("Ｓeoul")[0], a[0]);
        assert_eq!(of("1965")[0], of("2015")[0]);
    }

    #[test]
    fn endings_are_shared() {
        let (a, b) = (of("negotiations"), of("declarations"));
        assert!(a.iter().filter(|k| b.contains(k)).count() >= 5);
        let (a, b) = (of("갔다"), of("왔다"));
        assert!(a.iter().filter(|k| b.contains(k)).count() >= 2);
    }
}
