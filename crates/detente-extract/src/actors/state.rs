//! States, capitals, seats, peoples, regions, and states named as a pair.

use detente_codebook::actors::{Case, Gap, NameKind, NameRef};
use detente_syntax::{Deprel, Upos};
use detente_text::Span;

use super::{
    ActorBasis, MentionKind,
    items::Item,
    memory::Seen,
    place,
    survey::{Draft, Place, Survey},
};

impl Survey<'_> {
    /// A state, capital, seat, people or dependency.
    pub(super) fn state(&mut self, index: usize, name: NameRef) {
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
                place,
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

    pub(super) fn region(&mut self, item: Item, region: u32) {
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
    pub(super) fn note_pairs(&mut self) {
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
                let span = a.span.cover(b.span);
                let at = self.locate(span);
                pairs.extend(at.map(|at| ([*x, *y], span, at.sentence)));
            }
        }
        self.pairs.extend(pairs);
    }
}
