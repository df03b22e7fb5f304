//! Does each sentence rest on a text?

use std::collections::BTreeMap;

use crate::{Brief, Cite, Run, Sentence};

/// What the check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Sentences about the relationship.
    pub sentences: usize,
    /// Those without evidence, as text.
    pub without: Vec<String>,
}

impl Check {
    /// `sentences without evidence: 0 of 57`.
    pub fn line(&self) -> String {
        format!(
            "sentences without evidence: {} of {}",
            self.without.len(),
            self.sentences
        )
    }
}

/// Compares the brief with the texts of its documents. A sentence has evidence if it has a footnote,
/// if each quote of its footnotes is the text at its place, and if the words that it gives as quoted
/// stand in one of these quotes.
pub fn check(brief: &Brief, mut text: impl FnMut(&str) -> Option<String>) -> Check {
    let mut texts: BTreeMap<&str, Option<Vec<char>>> = BTreeMap::new();
    for cite in brief.notes.iter().flat_map(|n| &n.cites) {
        texts
            .entry(&cite.document)
            .or_insert_with(|| text(&cite.document).map(|t| t.chars().collect()));
    }
    let stands = |cite: &Cite| {
        let text = texts.get(cite.document.as_str()).and_then(Option::as_ref);
        let there = text.and_then(|t| t.get(cite.start as usize..cite.end as usize));
        !cite.quote.is_empty() && there.is_some_and(|t| t.iter().copied().eq(cite.quote.chars()))
    };
    let mut found = Check::default();
    for sentence in brief.sentences() {
        found.sentences += 1;
        if !rests(brief, sentence, &stands) {
            found.without.push(plain(sentence));
        }
    }
    found
}

fn rests(brief: &Brief, sentence: &Sentence, stands: &dyn Fn(&Cite) -> bool) -> bool {
    let mut quotes = Vec::new();
    for number in &sentence.notes {
        let Some(note) = number.checked_sub(1).and_then(|i| brief.notes.get(i)) else {
            return false;
        };
        if note.cites.is_empty() || !note.cites.iter().all(stands) {
            return false;
        }
        quotes.extend(note.cites.iter().map(|c| even(&c.quote)));
    }
    !quotes.is_empty()
        && sentence.runs.iter().all(|run| match run {
            Run::Text(_) => true,
            Run::Quote { text, .. } => quotes.iter().any(|quote| quote.contains(&even(text))),
        })
}

/// White space evened out.
pub(crate) fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a sentence.
pub(crate) fn plain(sentence: &Sentence) -> String {
    sentence
        .runs
        .iter()
        .map(|run| match run {
            Run::Text(text) => text.clone(),
            Run::Quote { text, .. } => format!("“{text}”"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Note, Section};

    fn brief(quoted: &str, quote: &str, start: u32, notes: Vec<usize>) -> Brief {
        let cite = Cite {
            fact: "f".into(),
            quote: quote.into(),
            language: "en",
            document: "a.txt".into(),
            outlet: None,
            date: None,
            start,
            end: start + quote.chars().count() as u32,
        };
        let run = Run::Quote {
            text: quoted.into(),
            language: "en",
        };
        Brief {
            title: String::new(),
            period: String::new(),
            sections: vec![Section {
                id: "s",
                heading: String::new(),
                level: 2,
                blocks: vec![Block::Items(vec![Sentence {
                    runs: vec![run],
                    notes,
                }])],
            }],
            method: Vec::new(),
            notes: vec![Note { cites: vec![cite] }],
        }
    }

    #[test]
    fn only_what_the_text_says_at_its_place_is_evidence() {
        let text = |name: &str| (name == "a.txt").then(|| "Tōkyō  protested\nloudly.".to_owned());
        let without = |b: Brief| check(&b, text).without.len();
        assert_eq!(
            without(brief("protested loudly", "protested\nloudly", 7, vec![1])),
            0
        );
        assert_eq!(
            without(brief("protested loudly", "protested\nloudly", 6, vec![1])),
            1
        );
        assert_eq!(
            without(brief("protested loudly", "protested loudly", 7, vec![1])),
            1
        );
        assert_eq!(without(brief("wept", "protested\nloudly", 7, vec![1])), 1);
        assert_eq!(
            without(brief("protested", "protested\nloudly", 7, vec![])),
            1
        );
        assert_eq!(
            without(brief("protested", "protested\nloudly", 7, vec![2])),
            1
        );
        assert_eq!(
            check(&brief("protested", "protested", 7, vec![1]), |_| None)
                .without
                .len(),
            1
        );
    }
}
