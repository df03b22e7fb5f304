//! English cues as a trie of words.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::TopicId;

/// A cue found in a sequence of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopicHit {
    /// Issue or channel.
    pub topic: TopicId,
    /// First word, counted in the sequence given.
    pub first: usize,
    /// Last word.
    pub last: usize,
    /// Number of words of the cue.
    pub words: u8,
    /// False for a word that shows the topic only together with others.
    pub strong: bool,
}

/// Words by number, and the cues as paths of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trie {
    words: FxHashMap<Box<str>, u32>,
    next: FxHashMap<(u32, u32), u32>,
    ends: FxHashMap<u32, Vec<(TopicId, bool)>>,
    nodes: u32,
}

/// Splits into small words at spaces, hyphens, dashes and slashes; dots inside go ("U.S.").
fn pieces(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '/'))
        .map(|p| {
            let bare = p.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
            let plain = |b: u8| b.is_ascii() && b != b'.' && !b.is_ascii_uppercase();
            if bare.bytes().all(plain) {
                return Cow::Borrowed(bare);
            }
            Cow::Owned(bare.replace('.', "").to_lowercase().replace('’', "'"))
        })
        .filter(|p| !p.is_empty())
}

/// One piece of the text: which word it came from, and its number by surface and by lemma.
struct Piece {
    word: usize,
    surface: Option<u32>,
    lemma: Option<u32>,
}

impl Trie {
    /// Adds a cue; false if it has no word.
    pub(crate) fn add(&mut self, cue: &str, topic: TopicId, strong: bool) -> bool {
        let mut node = 0;
        for piece in pieces(cue) {
            let fresh = self.words.len() as u32;
            let word = *self.words.entry(piece.into_owned().into()).or_insert(fresh);
            node = match self.next.get(&(node, word)) {
                Some(&next) => next,
                None => {
                    self.nodes += 1;
                    self.next.insert((node, word), self.nodes);
                    self.nodes
                }
            };
        }
        if node == 0 {
            return false;
        }
        let ends = self.ends.entry(node).or_default();
        if !ends.iter().any(|&(t, _)| t == topic) {
            ends.push((topic, strong));
        }
        true
    }

    pub(crate) fn find<'w>(
        &self,
        words: impl IntoIterator<Item = (&'w str, &'w str)>,
    ) -> Vec<TopicHit> {
        let mut text: Vec<Piece> = Vec::new();
        for (i, (surface, lemma)) in words.into_iter().enumerate() {
            let before = text.len();
            for piece in pieces(surface) {
                let number = self.words.get(&*piece).copied();
                text.push(Piece {
                    word: i,
                    surface: number,
                    lemma: None,
                });
            }
            // A lemma that splits like the surface goes beside it, piece by piece.
            if lemma == surface {
                continue;
            }
            for (piece, slot) in pieces(lemma).zip(&mut text[before..]) {
                slot.lemma = self.words.get(&*piece).copied();
            }
        }
        let mut hits: Vec<TopicHit> = Vec::new();
        let mut open: Vec<(u32, usize)> = Vec::new();
        for start in 0..text.len() {
            open.push((0, start));
            while let Some((node, at)) = open.pop() {
                if let Some(ends) = self.ends.get(&node) {
                    hits.extend(ends.iter().map(|&(topic, strong)| TopicHit {
                        topic,
                        first: text[start].word,
                        last: text[at - 1].word,
                        words: (at - start).min(255) as u8,
                        strong,
                    }));
                }
                let Some(piece) = text.get(at) else {
                    continue;
                };
                let other = piece.lemma.filter(|l| piece.surface != Some(*l));
                for word in piece.surface.into_iter().chain(other) {
                    if let Some(&next) = self.next.get(&(node, word)) {
                        open.push((next, at + 1));
                    }
                }
            }
        }
        drop_covered(hits)
    }
}

/// Leaves out hits that lie inside a longer one, and repeats.
fn drop_covered(mut hits: Vec<TopicHit>) -> Vec<TopicHit> {
    hits.sort_by_key(|h| (h.first, std::cmp::Reverse(h.words), h.topic, !h.strong));
    let mut kept: Vec<TopicHit> = Vec::new();
    for hit in hits {
        // Cues are a few words long, so only the latest kept ones can cover a hit.
        let covered = kept.iter().rev().take(16).any(|k| {
            k.first <= hit.first
                && hit.last <= k.last
                && (k.words > hit.words || (k.topic == hit.topic && k.first == hit.first))
        });
        if !covered {
            kept.push(hit);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(trie: &Trie, text: &str) -> Vec<(u16, usize, usize)> {
        let hits = trie.find(text.split(' ').map(|w| (w, w.trim_end_matches('s'))));
        hits.iter().map(|h| (h.topic.0, h.first, h.last)).collect()
    }

    #[test]
    fn finds_the_longest_cue_in_any_spelling() {
        let mut trie = Trie::default();
        assert!(trie.add("export control", TopicId(0), true));
        assert!(trie.add("export", TopicId(1), false));
        assert!(!trie.add(" - ", TopicId(2), true));
        assert_eq!(find(&trie, "new Export-Controls on chips"), [(0, 1, 1)]);
        assert_eq!(
            find(&trie, "export - controls and exports"),
            [(0, 0, 2), (1, 4, 4)]
        );
    }
}
