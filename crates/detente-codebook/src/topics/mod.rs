//! Issues and channels: `issues.toml`, `channels.toml`, and the finding of their cues.

mod cues;

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use detente_text::{Language, Span};
use rustc_hash::FxHashMap;

pub use cues::TopicHit;

use crate::{
    Files,
    problem::{Problems, nearest},
    reader::Parsed,
};
use cues::Trie;

/// Number of an issue or channel in its book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub u16);

/// An issue or a channel.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its id, such as `forced_labor`.
    pub id: Box<str>,
    /// English, Japanese and Korean label.
    pub labels: [Box<str>; 3],
    /// The wider issue or channel it belongs to.
    pub parent: Option<TopicId>,
    /// Number of topics above it.
    pub depth: u8,
}

/// All issues or all channels.
#[derive(Clone, Debug, Default)]
pub struct TopicBook {
    /// In the order of the file.
    pub topics: Vec<Topic>,
    by_id: FxHashMap<Box<str>, TopicId>,
    english: Trie,
    japanese: TextCues,
    korean: TextCues,
}

/// Cues of a language without spaces between words, looked for in the text itself.
#[derive(Clone, Debug, Default)]
struct TextCues {
    cues: Vec<(Box<str>, TopicId)>,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl TopicBook {
    /// Reads `<kind>s.toml` with its `[[kind]]` tables.
    pub(crate) fn read(files: &Files, kind: &str, problems: &mut Problems) -> Self {
        let mut book = Self::default();
        let name = format!("{kind}s.toml");
        let Some(text) = files.get(&name) else {
            return book;
        };
        let parsed = Parsed::new(&name, text, problems);
        let root = parsed.root();
        root.only(problems, &[kind]);
        let mut parents = Vec::new();
        for table in root.tables(problems, kind) {
            table.only(
                problems,
                &[
                    "id",
                    "labels",
                    "parent",
                    "cues",
                    "weak",
                    "ja",
                    "ko",
                    "note",
                    "definition",
                ],
            );
            let Some(id) = table.need(problems, "id") else {
                continue;
            };
            let number = TopicId(book.topics.len() as u16);
            if book.by_id.contains_key(id.text) {
                problems.error(
                    &id.place,
                    format!("{kind} `{}` stands twice", id.text),
                    None,
                );
                continue;
            }
            book.by_id.insert(id.text.into(), number);
            let mut labels: [Box<str>; 3] = Default::default();
            match table.table(problems, "labels") {
                Some(inside) => {
                    inside.only(problems, &["en", "ja", "ko"]);
                    for (label, language) in labels.iter_mut().zip(["en", "ja", "ko"]) {
                        if let Some(word) = inside.need(problems, language) {
                            *label = word.text.into();
                        }
                    }
                }
                None => problems.error(
                    &id.place,
                    format!("{kind} `{}` has no labels", id.text),
                    None,
                ),
            }
            parents.push(table.word(problems, "parent"));
            book.topics.push(Topic {
                id: id.text.into(),
                labels,
                parent: None,
                depth: 0,
            });
            for (field, strong) in [("cues", true), ("weak", false)] {
                for cue in table.words(problems, field) {
                    if !book.english.add(cue.text, number, strong) {
                        problems.error(&cue.place, format!("cue `{}` has no word", cue.text), None);
                    }
                }
            }
            for (field, cues) in [("ja", &mut book.japanese), ("ko", &mut book.korean)] {
                for cue in table.words(problems, field) {
                    if !cue.text.is_empty() {
                        cues.cues.push((cue.text.into(), number));
                    }
                }
            }
        }
        for (i, parent) in parents.into_iter().enumerate() {
            let Some(parent) = parent.filter(|p| !p.text.is_empty()) else {
                continue;
            };
            match book.by_id.get(parent.text) {
                Some(&above) => book.topics[i].parent = Some(above),
                None => {
                    let hint = nearest(parent.text, book.topics.iter().map(|t| &*t.id))
                        .map(|meant| format!("did you mean `{meant}`?"));
                    let message = format!("unknown {kind} `{}` as parent", parent.text);
                    problems.error(&parent.place, message, hint);
                }
            }
        }
        book.measure_depths(&name, problems);
        book
    }

    /// Counts the topics above each; a topic that is its own ancestor is an error.
    fn measure_depths(&mut self, file: &str, problems: &mut Problems) {
        for i in 0..self.topics.len() {
            let mut depth = 0;
            let mut at = self.topics[i].parent;
            while let Some(above) = at {
                depth += 1;
                if depth > self.topics.len() {
                    let place = crate::problem::Place {
                        file,
                        text: "",
                        range: 0..0,
                    };
                    let id = &self.topics[i].id;
                    problems.error(&place, format!("`{id}` is its own ancestor"), None);
                    return;
                }
                at = self.topics[above.0 as usize].parent;
            }
            self.topics[i].depth = depth as u8;
        }
    }

    /// The topic of that number.
    pub fn get(&self, id: TopicId) -> &Topic {
        &self.topics[id.0 as usize]
    }

    /// Number of the topic with that id.
    pub fn id(&self, id: &str) -> Option<TopicId> {
        self.by_id.get(id).copied()
    }

    /// True if `above` is `topic` or stands over it.
    pub fn is_within(&self, topic: TopicId, above: TopicId) -> bool {
        let mut at = Some(topic);
        while let Some(here) = at {
            if here == above {
                return true;
            }
            at = self.get(here).parent;
        }
        false
    }

    /// Cues in a sequence of words, each given as surface and lemma: strong before weak, long
    /// before short, children before parents, then in the order of the text. A cue inside a longer
    /// one of another topic is left out. Case and hyphens are evened out; positions count words.
    pub fn find<'w>(&self, words: impl IntoIterator<Item = (&'w str, &'w str)>) -> Vec<TopicHit> {
        let mut hits = self.english.find(words);
        hits.sort_by_key(|h| {
            (
                !h.strong,
                std::cmp::Reverse(h.words),
                std::cmp::Reverse(self.get(h.topic).depth),
                h.first,
                h.topic,
            )
        });
        hits
    }

    /// Cues in Japanese or Korean text with the bytes they cover, long before short.
    pub fn find_text(&self, text: &str, language: Language) -> Vec<(TopicId, Span)> {
        let cues = match language {
            Language::Ja => &self.japanese,
            Language::Ko => &self.korean,
            Language::En | Language::Other => return Vec::new(),
        };
        let automaton = cues.automaton.get_or_init(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(cues.cues.iter().map(|(cue, _)| cue.as_bytes()))
                .ok()
        });
        let Some(automaton) = automaton else {
            return Vec::new();
        };
        let mut hits: Vec<(TopicId, Span)> = automaton
            .find_iter(text)
            .map(|m| (cues.cues[m.pattern().as_usize()].1, Span::from(m.range())))
            .collect();
        hits.sort_by_key(|&(topic, span)| (std::cmp::Reverse(span.len()), span.start, topic));
        hits
    }
}
