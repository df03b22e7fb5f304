//! Look-up of phrases by their first word.

use std::{cmp::Reverse, collections::HashMap};

use super::words::Words;

/// Phrases with what each stands for.
#[derive(Debug)]
pub(crate) struct Phrases<M> {
    by_first: HashMap<String, Vec<(Vec<String>, M)>>,
}

impl<M: Copy> Phrases<M> {
    pub(crate) fn new() -> Self {
        Self {
            by_first: HashMap::new(),
        }
    }

    /// Adds phrases; call [`Self::sort`] after the last.
    pub(crate) fn add<S: AsRef<str>>(&mut self, names: &[S], meaning: M) {
        for name in names {
            let words = Words::plain(name.as_ref());
            let mut words: Vec<String> = (0..words.len())
                .map(|i| words.raw(i).to_ascii_lowercase().replace('’', "'"))
                .collect();
            if words.is_empty() {
                continue;
            }
            let first = words.remove(0);
            self.by_first
                .entry(first)
                .or_default()
                .push((words, meaning));
        }
    }

    /// Longest first; of equally long ones the first added.
    pub(crate) fn sort(&mut self) {
        for list in self.by_first.values_mut() {
            list.sort_by_key(|(words, _)| Reverse(words.len()));
        }
    }

    /// The longest phrase that starts at `index`, and the index after it.
    pub(crate) fn at(&self, words: &Words, index: usize) -> Option<(M, usize)> {
        let rest = self.by_first.get(words.low(index))?;
        rest.iter()
            .find(|(rest, _)| {
                rest.iter().enumerate().all(|(i, expected)| {
                    let at = index + 1 + i;
                    words.is(at, expected) || words.raw(at) == expected
                })
            })
            .map(|(rest, meaning)| (*meaning, index + 1 + rest.len()))
    }
}
