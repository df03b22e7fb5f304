//! The words of quotes as merging and ledgers compare them: stems (Porter 2) without names, dates
//! and words that say nothing, words for the same thing as one. Which words these are stands in
//! `codebook/ledger/en.toml`.

mod cue;
mod figures;
mod length;

use detente_codebook::{
    Codebook,
    actors::{NameKind, NameMatch, NameWord, name_words},
};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use cue::{Matcher, Plain};
pub(crate) use figures::figures;
pub(crate) use length::{Length, length};

/// Prepositions before a capital that is a place, not a government.
const PLACES: &[&str] = &["in", "at", "near", "from", "outside"];

/// Words at the head of a quote among which its subject is looked for.
const HEAD: usize = 3;

/// A stem, or the class of words for the same thing.
pub(crate) type Stem = u32;

/// A quote as it is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Words {
    /// Stems that say what it is about, sorted, each once.
    pub(crate) content: Vec<Stem>,
    /// Codes of the states named, in order; a capital that is only a place is none.
    pub(crate) named: Vec<Box<str>>,
    /// List and place in the list of words that set undertakings apart.
    pub(crate) apart: Vec<(u8, u8)>,
    /// A state is named at the head of the quote: it may be the subject.
    pub(crate) headed: bool,
}

impl Words {
    /// Both have a word of one list, and not the same: monthly, quarterly.
    pub(crate) fn is_apart(&self, other: &Self) -> bool {
        let lists = |words: &Self, list: u8| words.apart.iter().any(|(of, _)| *of == list);
        self.apart
            .iter()
            .any(|one| lists(other, one.0) && !other.apart.contains(one))
    }
}

/// Turns texts into [`Words`].
pub(crate) struct Wording<'b> {
    book: &'b Codebook,
    stemmer: Stemmer,
    /// Stem of each spelling met, and whether it says something.
    known: FxHashMap<Box<str>, (Stem, bool)>,
    stems: FxHashMap<Box<str>, Stem>,
    spelt: Vec<Box<str>>,
    classes: FxHashMap<Box<str>, Box<str>>,
    empty: FxHashSet<Box<str>>,
    buffer: Vec<NameWord>,
}

impl<'b> Wording<'b> {
    pub(crate) fn new(book: &'b Codebook) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let stem = |word: &str| -> Box<str> { stemmer.stem(&word.to_lowercase()).into() };
        let empty = book.ledger.empty.iter().map(|word| stem(word)).collect();
        let mut classes = FxHashMap::default();
        for list in &book.ledger.alike {
            let Some(first) = list.first() else { continue };
            for word in list {
                classes.entry(stem(word)).or_insert_with(|| stem(first));
            }
        }
        Self {
            book,
            stemmer,
            known: FxHashMap::default(),
            stems: FxHashMap::default(),
            spelt: Vec::new(),
            classes,
            empty,
            buffer: Vec::new(),
        }
    }

    /// The words of `text`; those of `actors` say nothing about what is done.
    pub(crate) fn words(&mut self, text: &str, actors: &[&[String]]) -> Words {
        let mut buffer = std::mem::take(&mut self.buffer);
        name_words(text, &mut buffer);
        let mut names: Vec<String> = Vec::new();
        for actor in actors.iter().copied().flatten() {
            let parts = actor.split(|c: char| !c.is_alphanumeric());
            names.extend(parts.filter(|p| p.len() > 1).map(str::to_lowercase));
        }
        let mut named = vec![false; buffer.len()];
        let mut words = Words::default();
        for found in self.book.actors.scan(text, &buffer) {
            let is_actor = found.refs.iter().any(|name| {
                !name.ambiguous
                    && matches!(
                        name.kind,
                        NameKind::State
                            | NameKind::Adjective
                            | NameKind::People
                            | NameKind::Capital
                            | NameKind::Seat
                            | NameKind::Person
                            | NameKind::Title
                    )
            });
            if is_actor {
                named[found.first..found.end].fill(true);
            }
            if let Some((code, false)) = self.state(text, &found, &buffer) {
                words.headed |= words.named.is_empty() && found.first < HEAD;
                if !words.named.iter().any(|known| **known == *code) {
                    words.named.push(code.into());
                }
            }
        }
        let mut lower = String::new();
        for (i, word) in buffer.iter().enumerate() {
            let form = word.span.of(text);
            lower.clear();
            lower.extend(form.chars().flat_map(char::to_lowercase));
            let (stem, says) = self.stem(&lower);
            let lists = self.book.ledger.apart.iter().enumerate();
            words.apart.extend(lists.filter_map(|(list, known)| {
                let place = known.iter().position(|known| **known == *lower)?;
                Some((list as u8, place as u8))
            }));
            if says && !named[i] && !names.contains(&lower) {
                words.content.push(stem);
            }
        }
        words.content.sort_unstable();
        words.content.dedup();
        self.buffer = buffer;
        words
    }

    /// The state that a name stands for, and whether it is only a capital as a place.
    fn state(&self, text: &str, found: &NameMatch, words: &[NameWord]) -> Option<(&'b str, bool)> {
        let after = found.first.checked_sub(1).map(|at| words[at].span.of(text));
        let place = after.is_some_and(|word| PLACES.contains(&word));
        found.refs.iter().find_map(|name| {
            let only_place = match name.kind {
                NameKind::State | NameKind::Adjective | NameKind::People => false,
                NameKind::Capital => place,
                _ => return None,
            };
            Some((self.book.actors.code(name.id), only_place))
        })
    }

    /// Codes of the states that a text names, and of those whose capital it names as a place.
    pub(crate) fn states(&mut self, text: &str) -> (Vec<Box<str>>, Vec<Box<str>>) {
        let mut buffer = std::mem::take(&mut self.buffer);
        name_words(text, &mut buffer);
        let (mut named, mut places) = (Vec::new(), Vec::new());
        for found in self.book.actors.scan(text, &buffer) {
            match self.state(text, &found, &buffer) {
                Some((code, false)) => named.push(code.into()),
                Some((code, true)) => places.push(code.into()),
                None => {}
            }
        }
        self.buffer = buffer;
        (named, places)
    }

    /// The stems of single words, sorted.
    pub(crate) fn stems_of(&mut self, words: &[Box<str>]) -> Vec<Stem> {
        let mut stems: Vec<Stem> = words
            .iter()
            .map(|word| self.stem(&word.to_lowercase()).0)
            .collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// The stem of a word in small letters, and whether it says something.
    fn stem(&mut self, lower: &str) -> (Stem, bool) {
        if let Some(known) = self.known.get(lower) {
            return *known;
        }
        let bare: Box<str> = self.stemmer.stem(cue::irregular(lower)).into();
        let says = !self.empty.contains(&bare) && lower.chars().any(char::is_alphabetic);
        let class = self.classes.get(&bare).unwrap_or(&bare).clone();
        let fresh = self.spelt.len() as Stem;
        let stem = *self.stems.entry(class.clone()).or_insert(fresh);
        if stem == fresh {
            self.spelt.push(class);
        }
        self.known.insert(lower.into(), (stem, says));
        (stem, says)
    }
}

/// Number of common elements of two sorted lists.
pub(crate) fn shared(a: &[u32], b: &[u32]) -> usize {
    common(a, b).count()
}

/// Common elements of two sorted lists.
pub(crate) fn common<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let mut rest = b;
    a.iter().copied().filter(move |x| {
        let skip = rest.partition_point(|y| y < x);
        rest = &rest[skip..];
        rest.first() == Some(x)
    })
}

/// Share of the shorter of two sorted lists that stands in the other; 0 if one is empty.
pub(crate) fn overlap(a: &[u32], b: &[u32]) -> f64 {
    match a.len().min(b.len()) {
        0 => 0.0,
        least => shared(a, b) as f64 / least as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_by_stems_without_names_and_dates() {
        let book = Codebook::embedded();
        let mut wording = Wording::new(&book);
        let a = wording.words("Tokyo lifted the export restrictions on Thursday", &[]);
        let b = wording.words("The curbs on exports were removed by Japan", &[]);
        assert_eq!(a.content, b.content);
        assert_eq!(a.content.len(), 3);
        let c = wording.words("Ota would share water data", &[&["Ota Kenji".to_owned()]]);
        assert_eq!(c.content.len(), 3);
    }
}
