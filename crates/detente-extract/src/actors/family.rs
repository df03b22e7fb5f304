//! Family names alone: the last full name with it, else the table of offices.

use detente_codebook::actors::{Case, Gap};
use detente_syntax::Upos;
use detente_text::Span;

use super::{
    ActorBasis,
    items::Item,
    person::Before,
    person_id::capital_if_upper,
    survey::{Place, Survey},
};

impl Survey<'_> {
    /// A family name without given name.
    pub(super) fn family_alone(
        &mut self,
        item: Item,
        first: usize,
        span: Span,
        before: Option<Before>,
        at: Place,
    ) {
        let key = self.folded(first);
        if let Some(number) = self.known_by_family(&key, span.start) {
            if before.is_none() && !self.may_be_name(at) {
                return;
            }
            let known = &self.persons[number];
            let evidence = known.name_before(span.start);
            let id = known.id.clone();
            let number = self.note_person(&id, key, None, None, span, Some(at));
            self.push_person(number, span, before, at, ActorBasis::Coreference, evidence);
            return;
        }
        let candidates = self.book.by_family(&key);
        let titled = before.as_ref().and_then(|b| b.title);
        let of_state = before.as_ref().and_then(|b| b.state);
        let found = match titled {
            Some(title) => self.holder_named(candidates, title, of_state),
            None if before.is_none() && self.are_names(at) && item.end - item.first == 1 => {
                self.only_leader(candidates)
            }
            None => None,
        };
        if let Some(person) = found {
            let entry = &self.book.persons[person as usize];
            let id = entry.id.to_string();
            let state = entry.state;
            let number = self.note_person(&id, key, Some(person), state, span, Some(at));
            self.push_person(number, span, before, at, ActorBasis::Table, None);
        } else if before.is_some() && self.are_names(at) && !self.runs_on(item.end) {
            let id = capital_if_upper(span.of(self.text));
            let state = of_state.or_else(|| self.book.family_names.get(key.as_str()).copied()?);
            let number = self.note_person(&id, key, None, state, span, Some(at));
            self.push_person(number, span, before, at, ActorBasis::Printed, None);
        }
    }

    /// The name goes on: "General Security of Information Agreement".
    fn runs_on(&self, end: usize) -> bool {
        self.words.get(end).is_some_and(|w| {
            w.gap == Gap::Space && (w.case != Case::Lower || self.word(end) == "of")
        })
    }

    /// The one of `candidates` who held an office of that title, on the document's date if the date
    /// leaves a choice.
    fn holder_named(&self, candidates: &[u32], title: u32, state: Option<u32>) -> Option<u32> {
        let mut best: Option<(bool, Option<jiff::civil::Date>, u32)> = None;
        let mut tied = false;
        for &office in self.book.title(title) {
            let office = &self.book.offices[office as usize];
            if state.is_some() && office.state != state {
                continue;
            }
            for term in office
                .holders
                .iter()
                .filter(|t| candidates.contains(&t.person))
            {
                let days = self.document.days;
                let now = days.is_some_and(|(first, last)| term.meets(first, last));
                // Offices to come are not used.
                if days.is_some_and(|(_, last)| term.from.is_some_and(|(from, _)| from > last)) {
                    continue;
                }
                let rank = (now, term.from.map(|(from, _)| from), term.person);
                match best {
                    Some(b) if b.2 == term.person => best = Some(b.max(rank)),
                    Some(b) => {
                        // Without a date two namesakes cannot be told apart.
                        tied = days.is_none() || b.0 == rank.0 && b.0;
                        best = Some(b.max(rank));
                    }
                    None => best = Some(rank),
                }
            }
        }
        best.filter(|_| !tied).map(|(.., person)| person)
    }

    /// The only one of `candidates` who ever held an office, if the name is otherwise unknown.
    fn only_leader(&self, candidates: &[u32]) -> Option<u32> {
        let mut holders = candidates
            .iter()
            .filter(|&&p| !self.book.offices_of(p).is_empty());
        match (holders.next(), holders.next()) {
            (Some(&only), None) => Some(only),
            _ => None,
        }
    }

    /// A family name known already may be a noun to the tagger: "Moon's policies".
    fn may_be_name(&self, at: Place) -> bool {
        let tokens = self.sentences[at.sentence].tokens();
        matches!(tokens[at.head].upos, Upos::Propn | Upos::Noun | Upos::X)
    }
}
