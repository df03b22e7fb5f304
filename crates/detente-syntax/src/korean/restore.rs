//! What becomes of a syllable when an eojeol is taken apart into morphemes.
//!
//! Most syllables stay and either begin a morpheme or go on with one. Others melt two morphemes
//! into one: 했 is 하 + 았, 간 is 가 + ㄴ, and the 라 of 따라 is the 르 of 따르 and 아. An [`Action`]
//! says this without naming the syllable: its first item keeps the syllable's initial consonant,
//! and changes its vowel and final consonant if need be.

use crate::model::{ModelError, Reader, write_str};

const FIRST: u32 = '가' as u32;
const VOWELS: u32 = 21;
const FINALS: u32 = 28;

/// Final consonants as letters, in the order of the syllables; the first stands for none.
const FINAL_LETTERS: [char; 28] = [
    '-', 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ',
    'ㅁ', 'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// Initial consonant, vowel and final consonant of a syllable, by number.
pub(crate) fn letters(syllable: char) -> Option<(u32, u32, u32)> {
    let number = (syllable as u32).checked_sub(FIRST)?;
    (number < 11_172).then(|| {
        let rest = number / FINALS;
        (rest / VOWELS, rest % VOWELS, number % FINALS)
    })
}

/// The syllable's final consonant as a letter of its own, if it has one.
pub(crate) fn final_letter(syllable: char) -> Option<char> {
    let (_, _, last) = letters(syllable)?;
    (last > 0).then(|| FINAL_LETTERS[last as usize])
}

fn syllable(initial: u32, vowel: u32, last: u32) -> char {
    char::from_u32(FIRST + (initial * VOWELS + vowel) * FINALS + last).unwrap_or('가')
}

/// A character that an action writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The character itself.
    Same,
    /// The syllable with another vowel, another final consonant or both (by number).
    Like(Option<u8>, Option<u8>),
    /// Another character.
    Other(char),
}

/// A character and whether it begins a morpheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    begins: bool,
    kind: Kind,
}

/// What a syllable becomes: up to four characters, none if the one before has taken it up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Action {
    items: Vec<Item>,
}

impl Action {
    /// The action that makes `piece` (characters, and whether they begin a morpheme) of `from`.
    pub(crate) fn between(from: char, piece: &[(bool, char)]) -> Self {
        let item = |(i, &(begins, to)): (usize, &(bool, char))| {
            let kind = match (letters(from), letters(to)) {
                _ if i > 0 => Kind::Other(to),
                _ if from == to => Kind::Same,
                (Some(a), Some(b)) if a.0 == b.0 => Kind::Like(
                    (a.1 != b.1).then_some(b.1 as u8),
                    (a.2 != b.2).then_some(b.2 as u8),
                ),
                _ => Kind::Other(to),
            };
            Item { begins, kind }
        };
        Self {
            items: piece.iter().enumerate().map(item).collect(),
        }
    }

    /// Passes the characters that `from` becomes to `write`, each with whether it begins a
    /// morpheme.
    pub(crate) fn apply(&self, from: char, mut write: impl FnMut(bool, char)) {
        for item in &self.items {
            let to = match (item.kind, letters(from)) {
                (Kind::Other(other), _) => other,
                (Kind::Like(vowel, last), Some(own)) => syllable(
                    own.0,
                    vowel.map_or(own.1, u32::from),
                    last.map_or(own.2, u32::from),
                ),
                (Kind::Same | Kind::Like(..), _) => from,
            };
            write(item.begins, to);
        }
    }

    /// Writes what [`read`](Self::read) reads.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.push(self.items.len() as u8);
        for item in &self.items {
            out.push(u8::from(item.begins));
            match item.kind {
                Kind::Same => out.push(0),
                Kind::Like(vowel, last) => {
                    out.push(1);
                    out.push(vowel.unwrap_or(255));
                    out.push(last.unwrap_or(255));
                }
                Kind::Other(c) => {
                    out.push(2);
                    write_str(out, c.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }

    /// Reads an action.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.u8()?;
        let mut items = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let begins = reader.u8()? != 0;
            let kind = match reader.u8()? {
                0 => Kind::Same,
                1 => {
                    let (vowel, last) = (reader.u8()?, reader.u8()?);
                    let vowel = (u32::from(vowel) < VOWELS).then_some(vowel);
                    Kind::Like(vowel, (u32::from(last) < FINALS).then_some(last))
                }
                _ => {
                    let c = reader.str()?.chars().next();
                    Kind::Other(c.ok_or(ModelError::Damaged("an action without its letter"))?)
                }
            };
            items.push(Item { begins, kind });
        }
        Ok(Self { items })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(action: &Action, from: char) -> String {
        let mut out = String::new();
        action.apply(from, |begins, c| {
            if begins {
                out.push('+');
            }
            out.push(c);
        });
        out
    }

    #[test]
    fn actions_serve_other_syllables() {
        let past = Action::between('했', &[(true, '하'), (true, '았')]);
        assert_eq!(apply(&past, '했'), "+하+았");
        assert_eq!(apply(&past, '랬'), "+라+았");
        let adnominal = Action::between('간', &[(false, '가'), (true, 'ㄴ')]);
        assert_eq!(apply(&adnominal, '본'), "보+ㄴ");
        assert_eq!(apply(&adnominal, 'x'), "x+ㄴ");
        assert_eq!(apply(&Action::between('까', &[(false, '깝')]), '더'), "덥");
        assert_eq!(apply(&Action::between('이', &[]), '이'), "");
    }

    #[test]
    fn actions_are_kept_in_files() {
        for piece in [&[(true, '하'), (true, '았')][..], &[(false, '했')], &[]] {
            let action = Action::between('했', piece);
            let mut bytes = Vec::new();
            action.write(&mut bytes);
            assert_eq!(Action::read(&mut Reader::new(&bytes)), Ok(action));
            assert!(Action::read(&mut Reader::new(&bytes[..bytes.len() - 1])).is_err());
        }
    }

    #[test]
    fn finals_are_letters() {
        assert_eq!(final_letter('간'), Some('ㄴ'));
        assert_eq!(final_letter('가'), None);
        assert_eq!(final_letter('g'), None);
    }
}
