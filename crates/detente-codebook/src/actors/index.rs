//! All names as one trie of evenly spelt words, walked once over a text.

use rustc_hash::FxHashMap;

use super::words::{Case, Gap, NameWord, fold, name_words};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// Name of a state; `id` counts states.
    State,
    /// Adjective of a state: "Japanese".
    Adjective,
    /// People of a state: "Koreans".
    People,
    /// Capital of a state.
    Capital,
    /// Palace or ministry quarter: "Blue House".
    Seat,
    /// Dependency or region; `id` counts dependencies.
    Dependency,
    /// Full name of a person; `id` counts persons.
    Person,
    /// Title of one or more offices; `id` counts titles.
    Title,
    /// Organisation; `id` counts organisations.
    Organisation,
    /// Noun for somebody unnamed: "officials"; `id` counts nouns.
    Generic,
    /// Region, sea, peninsula or camp; `id` counts regions.
    Region,
}

/// One meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameRef {
    /// What it stands for.
    pub kind: NameKind,
    /// Which one.
    pub id: u32,
    /// Means something else just as often.
    pub ambiguous: bool,
}

/// A name found in a text: the words it covers and what it may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMatch {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
    /// Its meanings, in a fixed order.
    pub refs: Vec<NameRef>,
}

#[derive(Clone, Debug)]
struct End {
    meaning: NameRef,
    /// Case of each word: small letters fit any case, capitals want capitals.
    case: Box<[Case]>,
}

/// The trie.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameIndex {
    words: FxHashMap<Box<str>, u32>,
    next: FxHashMap<(u32, u32), u32>,
    ends: FxHashMap<u32, Vec<End>>,
    nodes: u32,
}

impl NameIndex {
    /// Adds a name; false if it has no word.
    pub(crate) fn add(&mut self, name: &str, meaning: NameRef) -> bool {
        let mut words = Vec::new();
        name_words(name, &mut words);
        let mut key = String::new();
        let mut node = 0;
        for word in &words {
            fold(word.span.of(name), &mut key);
            let fresh = self.words.len() as u32;
            let number = match self.words.get(key.as_str()) {
                Some(&number) => number,
                None => {
                    self.words.insert(key.as_str().into(), fresh);
                    fresh
                }
            };
            node = match self.next.get(&(node, number)) {
                Some(&next) => next,
                None => {
                    self.nodes += 1;
                    self.next.insert((node, number), self.nodes);
                    self.nodes
                }
            };
        }
        if node == 0 {
            return false;
        }
        let case: Box<[Case]> = words.iter().map(|w| w.case).collect();
        let ends = self.ends.entry(node).or_default();
        if !ends.iter().any(|e| e.meaning == meaning && e.case == case) {
            ends.push(End { meaning, case });
        }
        true
    }

    /// Finds names in a text cut into words: at each place the longest, none inside another.
    pub(crate) fn scan(&self, text: &str, words: &[NameWord]) -> Vec<NameMatch> {
        let mut key = String::new();
        let numbers: Vec<Option<u32>> = words
            .iter()
            .map(|word| {
                fold(word.span.of(text), &mut key);
                self.words.get(key.as_str()).copied()
            })
            .collect();
        let mut matches = Vec::new();
        let mut first = 0;
        while first < words.len() {
            let mut found = self.longest(words, &numbers, first);
            // "The North Korean": an article gives way to a longer name behind it.
            if let Some(short) = &found
                && words[first].span.of(text).eq_ignore_ascii_case("the")
                && let Some(longer) = self.longest(words, &numbers, first + 1)
                && longer.end > short.end
            {
                found = Some(longer);
            }
            match found {
                Some(name) => {
                    first = name.end;
                    matches.push(name);
                }
                None => first += 1,
            }
        }
        matches
    }

    /// The longest name that begins at word `first`.
    fn longest(
        &self,
        words: &[NameWord],
        numbers: &[Option<u32>],
        first: usize,
    ) -> Option<NameMatch> {
        let mut found: Option<NameMatch> = None;
        let mut node = 0;
        for at in first..words.len() {
            if at > first && words[at].gap == Gap::Break {
                break;
            }
            let Some(&next) = numbers[at].and_then(|n| self.next.get(&(node, n))) else {
                break;
            };
            node = next;
            let Some(ends) = self.ends.get(&node) else {
                continue;
            };
            let mut refs: Vec<NameRef> = ends
                .iter()
                .filter(|e| e.fits(&words[first..=at]))
                .map(|e| e.meaning)
                .collect();
            if !refs.is_empty() {
                refs.sort_unstable();
                refs.dedup();
                found = Some(NameMatch {
                    first,
                    end: at + 1,
                    refs,
                });
            }
        }
        found
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }
}

impl End {
    fn fits(&self, words: &[NameWord]) -> bool {
        self.case.iter().zip(words).all(|(want, is)| match want {
            Case::Lower => true,
            Case::Capital => is.case != Case::Lower,
            Case::Upper => is.case == Case::Upper,
        })
    }
}
