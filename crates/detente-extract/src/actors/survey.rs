//! The walk over a document: names first, then what refers to them, sentence by sentence.

use std::collections::{BTreeMap, BTreeSet};

use detente_codebook::actors::{
    ActorBook, Case, Gap, NameKind, NameMatch, NameRef, NameWord, ReferenceWords, fold, name_words,
};
use detente_syntax::{Deprel, Sentence, Upos};
use detente_text::Span;

use super::{
    ActorBasis, Actors, DocumentContext, Inferred, Mention, MentionKind, OfficeMention, name,
    organisation, person, place,
};

/// How many earlier places are searched for an antecedent; bounds the time on hostile texts.
pub(super) const LOOK_BACK: usize = 500;

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

/// Tokens of a sentence that a stretch of text covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) sentence: usize,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) head: usize,
}

/// A person named so far.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: String,
    /// Family name, evenly spelt.
    pub(super) family: String,
    /// Index in the codebook.
    pub(super) person: Option<u32>,
    pub(super) state: Option<u32>,
    /// Titles named with the person, as codebook numbers or words.
    pub(super) titles: Vec<u32>,
    pub(super) title_words: Vec<String>,
    /// Where the person is meant, latest last.
    pub(super) meant: Vec<Meant>,
}

/// One place where a person is meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    pub(super) span: Span,
    pub(super) sentence: Option<usize>,
    pub(super) subject: bool,
    /// By name, not by title or pronoun.
    pub(super) name: bool,
}

impl Known {
    /// The last name before byte `before`, else the first name.
    pub(super) fn name_before(&self, before: u32) -> Option<Span> {
        let names = || self.meant.iter().filter(|m| m.name).map(|m| m.span);
        names()
            .rfind(|s| s.start < before)
            .or_else(|| names().next())
    }

    /// Where the person was last meant before byte `before`.
    pub(super) fn meant_before(&self, before: u32) -> Option<u32> {
        let mut starts = self.meant.iter().rev().map(|m| m.span.start);
        starts.find(|&start| start < before)
    }
}

/// A state named so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) state: u32,
    pub(super) span: Span,
    pub(super) subject: bool,
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
    by_id: BTreeMap<String, usize>,
    by_family: BTreeMap<String, Vec<usize>>,
    /// Every place where a person is meant, by sentence: the person's number and the place.
    pub(super) log: Vec<(usize, Meant)>,
    pub(super) states: Vec<Seen>,
    /// Where each state is named first.
    pub(super) first_seen: BTreeMap<u32, Span>,
    /// Two states named together, and where.
    pub(super) pairs: Vec<([u32; 2], Span)>,
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

    /// Cuts the text into names of the codebook and runs of capitalised words.
    fn collect_items(&mut self) {
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

    /// The dyad given, else the two states named most often.
    fn find_dyad(&mut self) {
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

    fn find_authors(&mut self) {
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
                    person::id_of(self.book, author, &words[start..])
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

    /// A state, capital, seat, people or dependency.
    fn state(&mut self, index: usize, name: NameRef) {
        let item = self.items[index];
        let Some(state) = self.state_of(&item) else {
            return;
        };
        let Some(at) = self.locate(item.span) else {
            return;
        };
        let sentence = &self.sentences[at.sentence];
        let code = self.book.code(state);
        let relation = sentence.tokens()[at.head].deprel;
        let before_noun = sentence.head(at.head).is_some_and(|h| h > at.last)
            && matches!(relation, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
        let kind = match name.kind {
            // "Japanese" is both; as a modifier it is the adjective.
            NameKind::Adjective
                if !before_noun
                    && !self.is_before_noun(&item)
                    && self.is_people(name.id, item.span) =>
            {
                NameKind::People
            }
            NameKind::People if before_noun => NameKind::Adjective,
            kind => kind,
        };
        let capital = kind == NameKind::Capital;
        let place = match kind {
            NameKind::Adjective | NameKind::People => false,
            NameKind::Dependency => !self.is_subject(at),
            _ => {
                !self.is_hyphened(&item)
                    && place::is_place(sentence, at.head, capital, self.reference())
                    || (capital && self.is_dateline(&item, at))
            }
        };
        let (kind, id) = match kind {
            NameKind::People => (MentionKind::Generic, format!("{code} CVL")),
            NameKind::Seat => (MentionKind::Government, format!("{code} GOV")),
            NameKind::Dependency => (MentionKind::Place, code.to_owned()),
            _ => (MentionKind::State, code.to_owned()),
        };
        if id.ends_with(" CVL") {
            // "Dokdo in Korean": the language.
            let before = at.first.checked_sub(1).map(|t| sentence.lemma(t));
            if before == Some("in") && self.is_adjective(name, &item) {
                return;
            }
        } else {
            let subject = self.is_subject(at);
            self.first_seen.entry(state).or_insert(item.span);
            self.states.push(Seen {
                state,
                span: item.span,
                subject,
            });
        }
        self.push(Draft {
            kind,
            id,
            state: Some(state),
            as_place: place,
            modifier: before_noun || item.inside,
            ..Draft::new(item.span, at, ActorBasis::Name)
        });
    }

    /// The printed form is an adjective too.
    fn is_adjective(&self, name: NameRef, item: &Item) -> bool {
        let printed = item.span.of(self.text);
        self.book.states[name.id as usize]
            .adjectives
            .iter()
            .any(|a| &**a == printed)
    }

    fn is_people(&self, state: u32, span: Span) -> bool {
        let printed = span.of(self.text);
        self.book.states[state as usize]
            .people
            .iter()
            .any(|p| &**p == printed)
    }

    /// "Japan-ROK relations": part of a compound, whatever the tree says.
    fn is_hyphened(&self, item: &Item) -> bool {
        let after = self
            .words
            .get(item.end)
            .is_some_and(|w| w.gap == Gap::Hyphen);
        after || self.words[item.first].gap == Gap::Hyphen
    }

    /// A noun, name or adjective follows.
    fn is_before_noun(&self, item: &Item) -> bool {
        let Some(next) = self.words.get(item.end) else {
            return false;
        };
        let at = self.locate(next.span);
        matches!(next.gap, Gap::Space | Gap::Hyphen)
            && at.is_some_and(|at| {
                let upos = self.sentences[at.sentence].tokens()[at.first].upos;
                matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj)
            })
    }

    /// "SEOUL, June 12 (Agency) -": capitals at the head of a sentence before a comma.
    fn is_dateline(&self, item: &Item, at: Place) -> bool {
        let upper = self.words[item.first..item.end]
            .iter()
            .all(|w| w.case == Case::Upper);
        let after = self
            .text
            .get(item.span.end as usize..)
            .unwrap_or("")
            .trim_start();
        (at.first == 0 && upper && after.starts_with([',', '(', '-', '–', '—']))
            || at.first == 0 && after.starts_with('[')
    }

    fn region(&mut self, item: Item, region: u32) {
        let Some(at) = self.locate(item.span) else {
            return;
        };
        let region = &self.book.regions[region as usize];
        let draft = Draft {
            kind: MentionKind::Region,
            id: region.id.to_string(),
            as_place: !region.camp,
            ..Draft::new(item.span, at, ActorBasis::Name)
        };
        self.push(draft);
    }

    /// Notes states named as a pair: "Japan-ROK", "Seoul and Tokyo".
    fn note_pairs(&mut self) {
        let named: Vec<(Item, u32)> = self
            .items
            .iter()
            .filter(|i| !i.inside)
            .filter_map(|i| Some((*i, self.state_of(i)?)))
            .collect();
        let joined = |a: &Item, b: &Item| {
            let between: Vec<&str> = (a.end..b.first).map(|w| self.word(w)).collect();
            let gap = self.words[b.first].gap;
            match between[..] {
                [] => gap == Gap::Hyphen || gap == Gap::Comma,
                ["and" | "&" | "or"] | ["and", "the"] => true,
                _ => false,
            }
        };
        let mut pairs = Vec::new();
        for i in 1..named.len() {
            let ((a, x), (b, y)) = (&named[i - 1], &named[i]);
            let chain = joined(a, b)
                && !(i >= 2 && joined(&named[i - 2].0, a))
                && !(i + 1 < named.len() && joined(b, &named[i + 1].0));
            let comma = self.words[b.first].gap == Gap::Comma;
            if chain && !comma && x != y {
                pairs.push(([*x, *y], a.span.cover(b.span)));
            }
        }
        self.pairs.extend(pairs);
    }

    /// The person of that family name, the latest named first; then whoever is named later.
    pub(super) fn known_by_family(&self, family: &str, before: u32) -> Option<usize> {
        let namesakes = self.by_family.get(family)?;
        namesakes
            .iter()
            .rev()
            .take(LOOK_BACK)
            .copied()
            .max_by_key(|&i| self.persons[i].meant_before(before))
    }

    /// True if a person with that id is named already.
    pub(super) fn is_known(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Notes that a person is named; the number among the known.
    pub(super) fn note_person(
        &mut self,
        id: &str,
        family: String,
        person: Option<u32>,
        state: Option<u32>,
        span: Span,
        at: Option<Place>,
    ) -> usize {
        let subject = at.is_some_and(|at| self.is_subject(at));
        let number = match self.by_id.get(id) {
            Some(&number) => number,
            None => {
                let number = self.persons.len();
                self.by_id.insert(id.to_owned(), number);
                self.by_family
                    .entry(family.clone())
                    .or_default()
                    .push(number);
                self.persons.push(Known {
                    id: id.to_owned(),
                    family,
                    person,
                    state,
                    titles: Vec::new(),
                    title_words: Vec::new(),
                    meant: Vec::new(),
                });
                number
            }
        };
        let known = &mut self.persons[number];
        known.state = known.state.or(state);
        let meant = Meant {
            span,
            sentence: at.map(|a| a.sentence),
            subject,
            name: true,
        };
        known.meant.push(meant);
        self.log.push((number, meant));
        number
    }

    /// Notes that a title or pronoun stands for a known person.
    pub(super) fn note_reference(&mut self, number: usize, span: Span, at: Place) {
        let subject = self.is_subject(at);
        let meant = Meant {
            span,
            sentence: Some(at.sentence),
            subject,
            name: false,
        };
        self.persons[number].meant.push(meant);
        self.log.push((number, meant));
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
