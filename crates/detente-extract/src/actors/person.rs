//! Persons: names of the codebook, names in the making, family names alone.

use detente_codebook::actors::{Case, Gap, NameKind, fold};
use detente_syntax::{Deprel, Upos};
use detente_text::Span;

use super::{
    ActorBasis, MentionKind, OfficeMention,
    items::{NEAR, What},
    memory::Gender,
    person_id,
    survey::{Draft, Place, Survey},
};

/// The title before a name.
pub(super) struct Before {
    /// Where title, adjective and "former" begin.
    pub(super) start: u32,
    /// The title's number in the codebook.
    pub(super) title: Option<u32>,
    /// What an honorific or title tells.
    pub(super) gender: Option<Gender>,
    /// Word of the title, if it is not in the codebook.
    pub(super) word: Option<String>,
    /// The state that stands before the title.
    pub(super) state: Option<u32>,
    /// "Former".
    pub(super) former: bool,
    /// Where the title stands.
    pub(super) span: Span,
}

impl Survey<'_> {
    /// A person of the codebook, named in full.
    pub(super) fn named_person(&mut self, index: usize, person: u32) {
        let item = self.items[index];
        let entry = &self.book.persons[person as usize];
        let at = self.locate(item.span);
        let mut family = String::new();
        fold(&entry.family, &mut family);
        let number = self.note_person(&entry.id, family, Some(person), entry.state, item.span, at);
        if let Some(at) = at {
            let before = self.before(index, item.first);
            self.push_person(number, item.span, before, at, ActorBasis::Name, None);
        }
    }

    /// The title, adjective and honorific before word `first`.
    pub(super) fn before(&self, index: usize, first: usize) -> Option<Before> {
        let reference = self.reference();
        let mut at = first;
        let mut before: Option<Before> = None;
        // Honorifics and titles that are no office: "Mr.", "Professor".
        while at > 0
            && matches!(self.words[at].gap, Gap::Space)
            && self.titles_person(at - 1)
            && !self.items[..index]
                .iter()
                .rev()
                .take(NEAR)
                .any(|i| i.first < at && at <= i.end && i.what != What::Run)
        {
            at -= 1;
            let word = self.folded(at);
            let honorific = reference.honorifics.contains(word.as_str());
            let span = self.words[at].span;
            before = Some(Before {
                start: span.start,
                title: None,
                gender: self.gender(&word).or(before.and_then(|b| b.gender)),
                word: (!honorific).then_some(word),
                state: None,
                former: false,
                span,
            });
        }
        let adjacent = |end: usize, at: usize| {
            end == at && matches!(self.words[at].gap, Gap::Space | Gap::Hyphen)
        };
        if let Some(item) = self.items[..index].iter().rev().find(|i| i.end <= at)
            && adjacent(item.end, at)
            && let What::Named(name) = item.what
            && (name.kind == NameKind::Title
                || name.kind == NameKind::Generic && self.titles_person(item.end - 1))
        {
            at = item.first;
            before = Some(Before {
                start: item.span.start,
                gender: before.and_then(|b| b.gender),
                title: (name.kind == NameKind::Title).then_some(name.id),
                word: (name.kind == NameKind::Generic)
                    .then(|| item.span.of(self.text).to_lowercase()),
                state: None,
                former: false,
                span: item.span,
            });
        }
        let mut before = before?;
        // "Ex-president" may be a noun of its own.
        let first = self
            .words
            .partition_point(|w| w.span.start < before.span.start);
        let ex = reference.former_words.contains(self.folded(first).as_str());
        if ex && self.words[first].span.end < before.span.end {
            let title = Span::new(self.words[first + 1].span.start, before.span.end);
            before.title = before.title.or(self.book.title_number(title.of(self.text)));
        }
        let leading = self.leading(index, at);
        before.start = self.words[leading.first].span.start;
        before.state = leading.state.map(|(state, _)| state);
        before.former = leading.former || ex;
        Some(before)
    }

    /// Capitalised words that are no name of the codebook: a person if there is a sign of one.
    pub(super) fn printed_person(&mut self, index: usize) {
        let item = self.items[index];
        // Titles at the head of the run: "Professor Bang".
        let mut first = item.first;
        while first < item.end && self.titles_person(first) {
            first += 1;
        }
        if first == item.end {
            return;
        }
        let span = self.span(first, item.end);
        let Some(at) = self.locate(span) else {
            return;
        };
        let before = self.before(index, first);
        let parts = 1
            + (first + 1..item.end)
                .filter(|&w| self.words[w].gap == Gap::Space)
                .count();
        let full = if parts == 1 {
            None
        } else {
            let id = person_id::id_of(self.book, self.text, &self.words[first..item.end]);
            let known = self.is_known(&id);
            let sign = known
                || before.is_some()
                || self.has_listed_family(first, item.end)
                || self.titled_after(index, item.end)
                || (parts <= 3 && self.speaks(at));
            (sign && self.are_names(at)).then_some(id)
        };
        match full {
            Some(id) => {
                let (family, state) = self.family_of(&id);
                let state = before.as_ref().and_then(|b| b.state).or(state);
                let number = self.note_person(&id, family, None, state, span, Some(at));
                self.push_person(number, span, before, at, ActorBasis::Printed, None);
            }
            None if parts == 1 => self.family_alone(item, first, span, before, at),
            None => {}
        }
    }

    /// Family name, evenly spelt, and state of a person by the id made for them.
    fn family_of(&self, id: &str) -> (String, Option<u32>) {
        let mut key = String::new();
        let (first, last) = (id.split(' ').next(), id.rsplit(' ').next());
        for part in [first, last].into_iter().flatten() {
            fold(part, &mut key);
            if let Some(state) = self.book.family_names.get(key.as_str()) {
                return (key, *state);
            }
        }
        let hyphened = id.rsplit(' ').next().is_some_and(|p| p.contains('-'));
        fold(if hyphened { first } else { last }.unwrap_or(""), &mut key);
        (key, None)
    }

    fn has_listed_family(&self, first: usize, end: usize) -> bool {
        let parts: Vec<usize> = (first..end)
            .filter(|&w| self.words[w].gap != Gap::Hyphen || w == first)
            .collect();
        let listed = |w: usize| self.book.family_names.contains_key(self.folded(w).as_str());
        let all_capital = (first..end).all(|w| self.words[w].case == Case::Upper);
        (2..=4).contains(&parts.len())
            && !all_capital
            && (listed(first)
                || self.book.given_names.contains(self.folded(first).as_str())
                || parts.last().is_some_and(|&w| w + 1 == end && listed(w)))
    }

    /// A title stands in apposition: "Ota Kenji, a professor at …".
    fn titled_after(&self, index: usize, end: usize) -> bool {
        if self.words.get(end).is_none_or(|w| w.gap != Gap::Comma) {
            return false;
        }
        (end..self.words.len().min(end + 6))
            .take_while(|&w| {
                w == end
                    || matches!(
                        self.words[w].gap,
                        Gap::Space | Gap::Hyphen | Gap::Possessive
                    )
            })
            .any(|w| {
                self.titles_person(w)
                    || self.items[index..].iter().take(NEAR).any(|i| {
                        i.first <= w
                            && w < i.end
                            && matches!(i.what, What::Named(n) if n.kind == NameKind::Title)
                    })
            })
    }

    /// Subject of a verb of saying, or after "according to".
    fn speaks(&self, at: Place) -> bool {
        let sentence = &self.sentences[at.sentence];
        let Some(head) = sentence.head(at.head) else {
            return false;
        };
        match sentence.tokens()[at.head].deprel {
            Deprel::Nsubj => self.reference().speech_verbs.contains(sentence.lemma(head)),
            Deprel::Obl | Deprel::Nmod => sentence
                .child(at.head, Deprel::Case)
                .is_some_and(|c| sentence.lemma(c).eq_ignore_ascii_case("accord")),
            _ => false,
        }
    }

    /// The tagger takes all tokens for names.
    pub(super) fn are_names(&self, at: Place) -> bool {
        let tokens = self.sentences[at.sentence].tokens();
        tokens[at.first..=at.last]
            .iter()
            .all(|t| matches!(t.upos, Upos::Propn | Upos::Punct | Upos::X))
    }

    /// Adds the mention of a person with the title before it.
    pub(super) fn push_person(
        &mut self,
        number: usize,
        name_span: Span,
        before: Option<Before>,
        at: Place,
        basis: ActorBasis,
        evidence: Option<Span>,
    ) {
        let span = before.as_ref().map_or(name_span, |b| {
            let start = self.sentences[at.sentence].span.start.max(b.start);
            Span::new(start, name_span.end)
        });
        let at = self.locate(span).unwrap_or(at);
        let office = before.map(|b| {
            let state = b.state.or(self.persons[number].state);
            let office = b.title.and_then(|t| self.office_of(number, t, state));
            let known = &mut self.persons[number];
            known.gender = known.gender.or(b.gender);
            known.titles.extend(b.title);
            known.title_words.extend(b.word);
            known.state = known.state.or(b.state);
            OfficeMention {
                id: office,
                span: b.span,
                former: b.former,
            }
        });
        let known = &self.persons[number];
        let (id, state) = (known.id.clone(), known.state);
        self.push(Draft {
            name_span,
            kind: MentionKind::Person,
            id,
            state,
            office,
            evidence,
            ..Draft::new(span, at, basis)
        });
    }

    /// Id of the office of that title which the person held, else of the only one in the state.
    fn office_of(&self, number: usize, title: u32, state: Option<u32>) -> Option<String> {
        let offices = self.book.title(title);
        let person = self.persons[number].person;
        let held = person.and_then(|p| {
            let of = self.book.offices_of(p);
            offices.iter().find(|&&o| of.contains(&o))
        });
        let only = || {
            let mut in_state = offices
                .iter()
                .filter(|&&o| state.is_some() && self.book.offices[o as usize].state == state);
            match (in_state.next(), in_state.next()) {
                (Some(only), None) => Some(only),
                _ => None,
            }
        };
        held.or_else(only)
            .map(|&o| self.book.offices[o as usize].id.to_string())
    }
}
