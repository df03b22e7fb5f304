//! The words of a document that may be a mention: names of the codebook, capitalised runs; and what
//! they say of the document as a whole.

use std::collections::{BTreeMap, BTreeSet};

use detente_codebook::actors::{Case, NameKind, NameMatch, NameRef, NameWord, fold, name_words};
use detente_text::Span;

use super::{name, organisation, person_id, survey::Survey};

/// How many items beside one another are looked at; bounds the time on hostile texts.
pub(super) const NEAR: usize = 8;

/// What stands at some words of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A name of the codebook.
    Named(NameRef),
    /// Capitalised words that are no name of the codebook.
    Run,
    /// Such words that end like an organisation.
    Organisation,
}

/// Words of the text that may be a mention.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// First word.
    pub(super) first: usize,
    /// One past the last word.
    pub(super) end: usize,
    /// Where they stand.
    pub(super) span: Span,
    /// What they are.
    pub(super) what: What,
    /// Part of an organisation's name.
    pub(super) inside: bool,
}

impl Survey<'_> {
    /// Cuts the text into names of the codebook and runs of capitalised words.
    pub(super) fn collect_items(&mut self) {
        let mut matches = self.book.scan(self.text, &self.words);
        // "National", "General": part of a longer name rather than somebody unnamed.
        matches.retain(|m| {
            let generic = m.refs.iter().all(|r| r.kind == NameKind::Generic);
            let capital = self.words[m.first].case != Case::Lower && m.end - m.first == 1;
            !(generic
                && capital
                && self
                    .reference()
                    .organisation_words
                    .contains(self.folded(m.first).as_str()))
        });
        let mut covering: Vec<Option<u32>> = vec![None; self.words.len()];
        for (i, name) in matches.iter().enumerate() {
            covering[name.first..name.end].fill(Some(i as u32));
        }
        let certain = self.certain_states(&matches);
        let mut at = 0;
        let mut organisation_end = 0;
        while at < self.words.len() {
            if at >= organisation_end
                && let Some(end) = organisation::run(self, at, &matches, &covering)
            {
                let span = self.span(at, end);
                self.items.push(Item {
                    first: at,
                    end,
                    span,
                    what: What::Organisation,
                    inside: false,
                });
                organisation_end = end;
            }
            let inside = at < organisation_end;
            if let Some(number) = covering[at] {
                let name = &matches[number as usize];
                let meaning = name
                    .refs
                    .iter()
                    .filter(|r| {
                        !r.ambiguous
                            || certain.contains(&r.id)
                            || self.near_state(number as usize, &matches)
                    })
                    .min_by_key(|r| rank(r.kind));
                if let Some(&meaning) = meaning {
                    let span = self.span(name.first, name.end);
                    self.items.push(Item {
                        first: name.first,
                        end: name.end,
                        span,
                        what: What::Named(meaning),
                        inside,
                    });
                }
                at = name.end;
            } else if inside {
                at += 1;
            } else {
                let end = name::run(self, at, &covering);
                if end > at {
                    let span = self.span(at, end);
                    self.items.push(Item {
                        first: at,
                        end,
                        span,
                        what: What::Run,
                        inside: false,
                    });
                }
                at = end.max(at + 1);
            }
        }
    }

    /// States of which the text has another sign than ambiguous names: an unambiguous one, a person
    /// or body of it, or two ambiguous names that differ ("Georgia", "Georgian").
    fn certain_states(&self, matches: &[NameMatch]) -> BTreeSet<u32> {
        let mut certain: BTreeSet<u32> = self.dyad_given().into_iter().flatten().collect();
        let mut forms: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
        for name in matches {
            for meaning in &name.refs {
                let state = match meaning.kind {
                    NameKind::Person => self.book.persons[meaning.id as usize].state,
                    NameKind::Organisation => self.book.organisations[meaning.id as usize].state,
                    kind if is_state(kind) => Some(meaning.id),
                    _ => None,
                };
                let Some(state) = state else { continue };
                if meaning.ambiguous {
                    let form = (name.first..name.end).map(|w| self.folded(w));
                    let forms = forms.entry(state).or_default();
                    forms.insert(form.collect::<Vec<_>>().join(" "));
                    if forms.len() > 1 {
                        certain.insert(state);
                    }
                } else {
                    certain.insert(state);
                }
            }
        }
        certain
    }

    /// An unambiguous name of a state stands within a few words.
    fn near_state(&self, number: usize, matches: &[NameMatch]) -> bool {
        let here = &matches[number];
        let beside = [number.checked_sub(1), Some(number + 1)];
        beside
            .into_iter()
            .flatten()
            .filter_map(|n| matches.get(n))
            .any(|other| {
                let apart = if other.first >= here.end {
                    other.first - here.end
                } else {
                    here.first - other.end
                };
                apart <= 3 && other.refs.iter().any(|r| is_state(r.kind) && !r.ambiguous)
            })
    }

    fn dyad_given(&self) -> Option<[u32; 2]> {
        let [a, b] = self.document.dyad?;
        Some([self.book.state_index(a)?, self.book.state_index(b)?])
    }

    /// The item before item `index` that ends before word `end`.
    pub(super) fn item_ending(&self, index: usize, end: usize) -> Option<&Item> {
        let before = self.items[..index].iter().rev().take(NEAR);
        before.into_iter().find(|i| i.end == end)
    }

    /// The dyad given, else the two states named most often.
    pub(super) fn find_dyad(&mut self) {
        self.dyad = self.dyad_given();
        if self.dyad.is_some() {
            return;
        }
        let mut counts: BTreeMap<u32, (usize, Span)> = BTreeMap::new();
        for item in &self.items {
            if let Some(state) = self.state_of(item) {
                counts.entry(state).or_insert((0, item.span)).0 += 1;
            }
        }
        let mut ranked: Vec<(u32, usize, Span)> = counts
            .into_iter()
            .map(|(s, (n, span))| (s, n, span))
            .collect();
        ranked.sort_by_key(|&(_, n, span)| (std::cmp::Reverse(n), span));
        if let [(a, _, first), (b, _, second), ..] = ranked[..] {
            self.dyad = Some(if first <= second { [a, b] } else { [b, a] });
        }
    }

    pub(super) fn find_authors(&mut self) {
        for author in &self.document.authors {
            let mut words = Vec::new();
            name_words(author, &mut words);
            let found = self.book.scan(author, &words).into_iter().find_map(|m| {
                m.refs
                    .iter()
                    .find(|r| r.kind == NameKind::Person)
                    .map(|r| r.id)
            });
            let id = match found {
                Some(person) => self.book.persons[person as usize].id.to_string(),
                None => {
                    let start = words
                        .iter()
                        .position(|w| !self.is_title_word(author, w))
                        .unwrap_or(0);
                    person_id::id_of(self.book, author, &words[start..])
                }
            };
            if !id.is_empty() {
                self.authors.push(id);
            }
        }
    }

    fn is_title_word(&self, text: &str, word: &NameWord) -> bool {
        let mut key = String::new();
        fold(word.span.of(text), &mut key);
        let reference = self.reference();
        // "H.E." folds to the pronoun.
        let honorific =
            reference.honorifics.contains(key.as_str()) && (key != "he" || word.initial);
        honorific || reference.person_titles.contains(key.as_str())
    }

    /// True if the word is an honorific or a person's title.
    pub(super) fn titles_person(&self, index: usize) -> bool {
        self.is_title_word(self.text, &self.words[index])
    }

    /// The state that an item names.
    pub(super) fn state_of(&self, item: &Item) -> Option<u32> {
        let What::Named(name) = item.what else {
            return None;
        };
        match name.kind {
            NameKind::State
            | NameKind::Adjective
            | NameKind::People
            | NameKind::Capital
            | NameKind::Seat => Some(name.id),
            NameKind::Dependency => Some(self.book.dependencies[name.id as usize].state),
            _ => None,
        }
    }
}

/// True if the name's number counts states.
fn is_state(kind: NameKind) -> bool {
    matches!(
        kind,
        NameKind::State
            | NameKind::Adjective
            | NameKind::People
            | NameKind::Capital
            | NameKind::Seat
    )
}

/// Which meaning of a name comes first.
fn rank(kind: NameKind) -> u8 {
    match kind {
        NameKind::Person => 0,
        NameKind::Organisation => 1,
        NameKind::Region => 2,
        NameKind::State => 3,
        NameKind::Adjective => 4,
        NameKind::People => 5,
        NameKind::Capital => 6,
        NameKind::Seat => 7,
        NameKind::Dependency => 8,
        NameKind::Title => 9,
        NameKind::Generic => 10,
    }
}
