//! The walk over a document: names first, then what refers to them, sentence by sentence.

use std::collections::BTreeMap;

use detente_codebook::actors::{
    ActorBook, Gap, NameKind, NameWord, ReferenceWords, fold, name_words,
};
use detente_syntax::{Deprel, Sentence};
use detente_text::Span;

use super::{
    ActorBasis, Actors, DocumentContext, Inferred, Mention, MentionKind, OfficeMention,
    items::{Item, What},
    memory::{Known, Meant, Seen},
};

/// Tokens of a sentence that a stretch of text covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) sentence: usize,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) head: usize,
}

/// The walk's working memory.
pub(super) struct Survey<'a> {
    pub(super) text: &'a str,
    pub(super) sentences: &'a [Sentence],
    pub(super) book: &'a ActorBook,
    pub(super) document: &'a DocumentContext<'a>,
    pub(super) words: Vec<NameWord>,
    pub(super) items: Vec<Item>,
    pub(super) persons: Vec<Known>,
    /// Persons by id and by family name.
    pub(super) by_id: BTreeMap<String, usize>,
    pub(super) by_family: BTreeMap<String, Vec<usize>>,
    /// Every place where a person is meant, by sentence: the person's number and the place.
    pub(super) log: Vec<(usize, Meant)>,
    pub(super) states: Vec<Seen>,
    /// Where each state is named first.
    pub(super) first_seen: BTreeMap<u32, Span>,
    /// Two states named together, and where.
    pub(super) pairs: Vec<([u32; 2], Span, usize)>,
    pub(super) dyad: Option<[u32; 2]>,
    pub(super) mentions: Vec<Mention>,
    /// Ids of signed authors.
    pub(super) authors: Vec<String>,
}

impl<'a> Survey<'a> {
    pub(super) fn new(
        text: &'a str,
        sentences: &'a [Sentence],
        book: &'a ActorBook,
        document: &'a DocumentContext<'a>,
    ) -> Self {
        let mut words = Vec::new();
        name_words(text, &mut words);
        // No name runs across the edge of a sentence, whatever stands there.
        for sentence in sentences {
            for edge in [sentence.span.start, sentence.span.end] {
                let first = words.partition_point(|w| w.span.start < edge);
                if let Some(word) = words.get_mut(first) {
                    word.gap = Gap::Break;
                }
            }
        }
        Self {
            text,
            sentences,
            book,
            document,
            words,
            items: Vec::new(),
            persons: Vec::new(),
            by_id: BTreeMap::new(),
            by_family: BTreeMap::new(),
            log: Vec::new(),
            first_seen: BTreeMap::new(),
            states: Vec::new(),
            pairs: Vec::new(),
            dyad: None,
            mentions: Vec::new(),
            authors: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Actors {
        self.collect_items();
        self.find_dyad();
        self.find_authors();
        let mut next = 0;
        let items = std::mem::take(&mut self.items);
        for (number, sentence) in self.sentences.iter().enumerate() {
            let from = next;
            while next < items.len() && items[next].span.start < sentence.span.end {
                next += 1;
            }
            self.items.clear();
            self.items.extend_from_slice(&items[from..next]);
            let started = self.mentions.len();
            self.names();
            self.note_pairs();
            self.references(number);
            self.unknown_names(number);
            self.mentions[started..].sort_by_key(|m| (m.head, m.span, m.id.clone()));
        }
        self.finish()
    }

    fn finish(mut self) -> Actors {
        self.mentions.sort_by_key(|m| m.sentence);
        self.mentions.dedup_by(|b, a| {
            a.sentence == b.sentence && a.head == b.head && a.id == b.id && a.span == b.span
        });
        let mut starts = Vec::with_capacity(self.sentences.len() + 1);
        let mut at = 0;
        for sentence in 0..=self.sentences.len() {
            while at < self.mentions.len() && (self.mentions[at].sentence as usize) < sentence {
                at += 1;
            }
            starts.push(at);
        }
        let code = |state: u32| self.book.code(state).to_owned();
        Actors {
            starts,
            authors: self.authors,
            dyad: self.dyad.map(|[a, b]| [code(a), code(b)]),
            mentions: self.mentions,
        }
    }

    pub(super) fn reference(&self) -> &'a ReferenceWords {
        &self.book.reference
    }

    /// A word as printed.
    pub(super) fn word(&self, index: usize) -> &'a str {
        self.words[index].span.of(self.text)
    }

    /// A word evenly spelt.
    pub(super) fn folded(&self, index: usize) -> String {
        let mut key = String::new();
        fold(self.word(index), &mut key);
        key
    }

    /// From the first of the words to the last.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        self.words[first].span.cover(self.words[end - 1].span)
    }

    /// The tokens that `span` covers.
    pub(super) fn locate(&self, span: Span) -> Option<Place> {
        let number = self.sentences.partition_point(|s| s.span.end <= span.start);
        let sentence = self.sentences.get(number)?;
        let tokens = sentence.tokens();
        let first = tokens.partition_point(|t| t.span.end <= span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        if first >= end {
            return None;
        }
        let inside = first..end;
        let head = inside
            .clone()
            .find(|&t| sentence.head(t).is_none_or(|h| !inside.contains(&h)))
            .unwrap_or(first);
        Some(Place {
            sentence: number,
            first,
            last: end - 1,
            head,
        })
    }

    pub(super) fn is_subject(&self, place: Place) -> bool {
        let sentence = &self.sentences[place.sentence];
        let mut at = place.head;
        loop {
            match sentence.tokens()[at].deprel {
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => return true,
                Deprel::Conj | Deprel::Appos | Deprel::Flat => match sentence.head(at) {
                    Some(head) => at = head,
                    None => return false,
                },
                _ => return false,
            }
        }
    }

    /// Mentions of the sentence's names.
    fn names(&mut self) {
        for i in 0..self.items.len() {
            let item = self.items[i];
            match item.what {
                What::Run => self.printed_person(i),
                What::Organisation => self.printed_organisation(item),
                What::Named(name) => match name.kind {
                    NameKind::Person => self.named_person(i, name.id),
                    NameKind::Organisation => self.named_organisation(item, name.id),
                    NameKind::Region => self.region(item, name.id),
                    NameKind::Title | NameKind::Generic => {}
                    _ => self.state(i, name),
                },
            }
        }
    }

    /// Adds a mention.
    pub(super) fn push(&mut self, draft: Draft) {
        let state = draft.state.map(|s| self.book.code(s).to_owned());
        self.mentions.push(Mention {
            span: draft.span,
            name_span: draft.name_span,
            sentence: draft.at.sentence as u32,
            head: draft.at.head as u32,
            kind: draft.kind,
            id: draft.id,
            state,
            as_place: draft.as_place,
            modifier: draft.modifier,
            office: draft.office,
            inferred: draft.inferred,
            evidence: draft.evidence,
            basis: draft.basis,
        });
    }
}

/// A mention in the making.
pub(super) struct Draft {
    pub(super) span: Span,
    pub(super) name_span: Span,
    pub(super) at: Place,
    pub(super) kind: MentionKind,
    pub(super) id: String,
    pub(super) state: Option<u32>,
    pub(super) as_place: bool,
    pub(super) modifier: bool,
    pub(super) office: Option<OfficeMention>,
    pub(super) inferred: Option<Inferred>,
    pub(super) evidence: Option<Span>,
    pub(super) basis: ActorBasis,
}

impl Draft {
    pub(super) fn new(span: Span, at: Place, basis: ActorBasis) -> Self {
        Self {
            span,
            name_span: span,
            at,
            kind: MentionKind::Generic,
            id: String::new(),
            state: None,
            as_place: false,
            modifier: false,
            office: None,
            inferred: None,
            evidence: None,
            basis,
        }
    }
}
