//! Names in Japanese and Korean script, found in the text itself.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use detente_text::Span;
use rustc_hash::FxHashMap;

use super::NameRef;

/// Names of one script; the automaton is made when first needed.
#[derive(Clone, Debug, Default)]
pub(super) struct ScriptNames {
    names: Vec<Box<str>>,
    refs: Vec<Vec<NameRef>>,
    by_name: FxHashMap<Box<str>, u32>,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl ScriptNames {
    pub(super) fn add(&mut self, name: &str, meaning: NameRef) {
        if name.is_empty() {
            return;
        }
        let fresh = self.names.len() as u32;
        let number = *self.by_name.entry(name.into()).or_insert(fresh);
        if number == fresh {
            self.names.push(name.into());
            self.refs.push(Vec::new());
        }
        let refs = &mut self.refs[number as usize];
        if !refs.contains(&meaning) {
            refs.push(meaning);
        }
    }

    pub(super) fn find(&self, text: &str) -> Vec<(Span, &[NameRef])> {
        let automaton = self.automaton.get_or_init(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(self.names.iter().map(|n| n.as_bytes()))
                .ok()
        });
        let Some(automaton) = automaton else {
            return Vec::new();
        };
        automaton
            .find_iter(text)
            .map(|m| {
                let refs = self.refs[m.pattern().as_usize()].as_slice();
                (Span::from(m.range()), refs)
            })
            .collect()
    }
}
