//! Small models with damage that the fuzzer chooses: nearer to a model than bytes of its own
//! making.

use std::sync::OnceLock;

use detente_text::Language;

use crate::small;

/// Names of sections, after which their lengths and contents stand.
const SECTIONS: [&str; 7] = [
    "tags",
    "relations",
    "network",
    "words",
    "english",
    "segmenter",
    "morphemes",
];

/// Bytes of one change: how, where (three), and the new value.
const CHANGE: usize = 5;

/// The bytes that `data` stands for: after a first byte of 0, 1 or 2 a small model of a language
/// with changes, else the data as they are.
pub fn model(data: &[u8]) -> Vec<u8> {
    static MODELS: [OnceLock<Vec<u8>>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let Some((&first @ 0..=2, changes)) = data.split_first() else {
        return data.to_vec();
    };
    let languages = [Language::En, Language::Ja, Language::Ko];
    let language = languages[usize::from(first)];
    let mut bytes = MODELS[usize::from(first)]
        .get_or_init(|| small::model(language))
        .clone();
    for change in changes.chunks_exact(CHANGE) {
        if bytes.len() < 4 {
            break;
        }
        let place = place(&bytes, change).min(bytes.len() - 4);
        match change[0] >> 2 & 7 {
            0 => bytes.truncate(place),
            1 => bytes[place..place + 4].fill(change[4]),
            2 => bytes.insert(place, change[4]),
            3 => bytes[place + 1] = change[4],
            _ => bytes[place] = change[4],
        }
    }
    bytes
}

/// Where the change is made: at a place, in a share of the whole, or near the start of a section.
fn place(bytes: &[u8], change: &[u8]) -> usize {
    let near = usize::from(change[2]) << 8 | usize::from(change[3]);
    let far = usize::from(change[1]) << 16 | near;
    match change[0] & 3 {
        0 => far,
        1 => (far * bytes.len()) >> 24,
        _ => {
            let name = SECTIONS[usize::from(change[1]) % SECTIONS.len()].as_bytes();
            let found = bytes.windows(name.len()).position(|w| w == name);
            found.map_or(0, |at| at + name.len()) + near % 64
        }
    }
}
