//! Titles without a name: "the Japanese prime minister", "the Ambassador".

use detente_codebook::actors::{Case, Gap, NameKind};
use detente_syntax::{Deprel, Number};
use detente_text::Span;

use super::{
    ActorBasis, Inferred, MentionKind, OfficeMention,
    items::{Item, NEAR, What},
    memory::LOOK_BACK,
    survey::{Draft, Survey},
};

/// What stands before a title or noun.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Leading {
    /// First word, the article left out.
    pub(super) first: usize,
    /// "Japanese", "Japan's".
    pub(super) state: Option<(u32, Span)>,
    /// "Former".
    pub(super) former: bool,
    /// "New", "next": not the one last named.
    pub(super) successor: bool,
    /// "A", "first", "next": not the holder at the time of the text either.
    pub(super) other: bool,
    /// "The", "this".
    pub(super) definite: bool,
}

impl Survey<'_> {
    /// Reads "the former Japanese" backwards from word `first` of item `index`.
    pub(super) fn leading(&self, index: usize, first: usize) -> Leading {
        let reference = self.reference();
        let mut leading = Leading {
            first,
            ..Leading::default()
        };
        for _ in 0..5 {
            let at = leading.first;
            let bound = matches!(
                self.words[at].gap,
                Gap::Space | Gap::Hyphen | Gap::Possessive
            );
            if at == 0 || !bound {
                break;
            }
            let word = self.folded(at - 1);
            let before = self.item_ending(index, at);
            if let Some(item) = before
                && let Some(state) = self.state_of(item)
                && leading.state.is_none()
            {
                leading.first = item.first;
                leading.state = Some((state, item.span));
            } else if reference.former_words.contains(word.as_str()) {
                leading.first = at - 1;
                leading.former = true;
            } else if reference.successor_words.contains(word.as_str()) {
                leading.first = at - 1;
                leading.successor = true;
                leading.other |= !reference.current_words.contains(word.as_str());
            } else {
                leading.definite = matches!(word.as_str(), "the" | "this" | "that");
                // "A Korean president": no one in particular.
                let indefinite = matches!(word.as_str(), "a" | "an");
                leading.successor |= indefinite;
                leading.other |= indefinite;
                break;
            }
        }
        leading
    }

    /// A title without a name beside it.
    pub(super) fn title(&mut self, index: usize, title: u32) {
        let item = self.items[index];
        let Some(at) = self.locate(item.span) else {
            return;
        };
        if self.is_taken(at.sentence, item.span) {
            return;
        }
        let sentence = &self.sentences[at.sentence];
        let token = sentence.tokens()[at.head];
        // "President election", "minister-level".
        let before_noun =
            token.deprel == Deprel::Compound && sentence.head(at.head).is_some_and(|h| h > at.last);
        let leading = self.leading(index, item.first);
        let (after, end) = self.states_after(index, item);
        let state = leading.state.or(after.first().copied());
        let capital = self.words[item.first].case != Case::Lower && at.first > 0;
        let pointed = leading.definite || state.is_some() || capital || leading.successor;
        if (before_noun && !leading.definite) || !pointed || token.feats.number == Number::Plur {
            return;
        }
        let span = self.span(leading.first, end);
        let offices = self.offices_meant(item, title, state.map(|(s, _)| s), &after);
        let office = OfficeMention {
            id: (offices.len() == 1).then(|| self.book.offices[offices[0] as usize].id.to_string()),
            span,
            former: leading.former,
        };
        // "President-elect": not in office.
        let elect = self
            .words
            .get(item.end)
            .is_some_and(|w| w.gap == Gap::Hyphen);
        if elect {
            return;
        }
        let person = match self.apposed(index, leading.first, end) {
            Some(number) => Some(number),
            None if leading.successor || leading.former => None,
            None => self.known_by_title(title, &offices, state.map(|(s, _)| s), span.start),
        };
        if let Some(number) = person {
            self.note_reference(number, span, at);
            let known = &mut self.persons[number];
            known.titles.push(title);
            known.state = known.state.or(state.map(|(s, _)| s));
            let evidence = known.name_before(span.start);
            let (id, state) = (known.id.clone(), known.state);
            self.push(Draft {
                name_span: item.span,
                kind: MentionKind::Person,
                id,
                state,
                office: Some(office),
                evidence,
                ..Draft::new(span, at, ActorBasis::Coreference)
            });
            return;
        }
        let context = state.is_none();
        let Some(&first) = offices.first() else {
            let id = item.span.of(self.text).to_lowercase();
            self.push(Draft {
                name_span: item.span,
                kind: MentionKind::Office,
                id,
                state: state.map(|(s, _)| s),
                office: Some(office),
                ..Draft::new(span, at, ActorBasis::Modifier)
            });
            return;
        };
        let entry = &self.book.offices[first as usize];
        let inferred = (offices.len() == 1 && !leading.former && !leading.other)
            .then(|| self.holder(first))
            .flatten();
        let basis = match (context, leading.state.is_some()) {
            (true, _) => ActorBasis::Context,
            _ => ActorBasis::Modifier,
        };
        self.push(Draft {
            name_span: item.span,
            kind: MentionKind::Office,
            id: entry.id.to_string(),
            state: entry.state,
            office: Some(office),
            inferred,
            evidence: state.map(|(_, span)| span),
            ..Draft::new(span, at, basis)
        });
    }

    /// The holder of an office on the document's date by the table, if there is one only.
    fn holder(&self, office: u32) -> Option<Inferred> {
        let (first, last) = self.document.days?;
        let mut holders = self.book.holders(office, first, last);
        let (Some(term), None) = (holders.next(), holders.next()) else {
            return None;
        };
        let office = &self.book.offices[office as usize];
        Some(Inferred {
            person: self.book.persons[term.person as usize].id.to_string(),
            table: office.place.to_string(),
        })
    }

    /// States after a title: "of Korea", "of Korea to Japan"; and one past the last word.
    fn states_after(&self, index: usize, title: Item) -> (Vec<(u32, Span)>, usize) {
        let mut states = Vec::new();
        let mut end = title.end;
        while states.len() < 2 {
            let mut at = end;
            let link = at < self.words.len()
                && self.words[at].gap == Gap::Space
                && matches!(self.word(at), "of" | "to");
            if !link {
                break;
            }
            at += 1;
            if at < self.words.len() && self.word(at) == "the" {
                at += 1;
            }
            let next = self.items[index..]
                .iter()
                .take(NEAR)
                .find(|i| i.first == at);
            let Some((item, state)) = next.and_then(|i| Some((i, self.state_of(i)?))) else {
                break;
            };
            // "Ambassador to Japan" is a title, "president to Japan" is none.
            let title = title.span.of(self.text);
            let host = item.span.of(self.text);
            if self.word(end) == "to" && !self.book.has_title(&format!("{title} to {host}")) {
                break;
            }
            states.push((state, item.span));
            end = item.end;
        }
        (states, end)
    }

    /// Offices that a title can mean: in the state named with it, else in the only state of the
    /// document that has one; the office of the document's date if several had the title.
    fn offices_meant(
        &self,
        item: Item,
        title: u32,
        state: Option<u32>,
        after: &[(u32, Span)],
    ) -> Vec<u32> {
        let all = self.book.title(title);
        let mut offices: Vec<u32> = match state {
            Some(state) => self.in_state(all, state),
            None if all.len() == 1 => all.to_vec(),
            None => {
                let dyad = self.dyad.into_iter().flatten();
                let with: Vec<Vec<u32>> = dyad
                    .map(|s| self.in_state(all, s))
                    .filter(|o| !o.is_empty())
                    .collect();
                match &with[..] {
                    [only] => only.clone(),
                    _ => Vec::new(),
                }
            }
        };
        // "Ambassador of Korea to Japan": the second state is part of the title.
        if let [_, (_, host)] = after {
            let whole = format!(
                "{} to {}",
                item.span.of(self.text).to_lowercase(),
                host.of(self.text).to_lowercase()
            );
            let narrowed: Vec<u32> = state
                .map(|s| self.book.offices_titled(&whole, s).collect())
                .unwrap_or_default();
            if !narrowed.is_empty() {
                offices = narrowed;
            }
        }
        if offices.len() > 1
            && let Some((first, last)) = self.document.days
        {
            let held: Vec<u32> = offices
                .iter()
                .copied()
                .filter(|&o| self.book.holders(o, first, last).next().is_some())
                .collect();
            if !held.is_empty() {
                offices = held;
            }
        }
        offices
    }

    fn in_state(&self, offices: &[u32], state: u32) -> Vec<u32> {
        let of = |&o: &u32| self.book.offices[o as usize].state == Some(state);
        offices.iter().copied().filter(of).collect()
    }

    /// The person that a title stands in apposition to: "Ota Kenji, Japan's foreign minister",
    /// "the foreign minister, Mr. Ota Kenji".
    fn apposed(&self, index: usize, first: usize, end: usize) -> Option<usize> {
        let after = self.items[index + 1..].iter().find(|i| i.first >= end);
        let follows = after.filter(|i| {
            let titles = (end..i.first).all(|w| self.titles_person(w) || self.word(w) == "of");
            titles && self.words[end].gap == Gap::Comma
        });
        // In a list of persons the title belongs to the one before.
        let comma = (first.saturating_sub(4)..=first)
            .rev()
            .find(|&w| w < self.words.len() && self.words[w].gap == Gap::Comma);
        let precedes = comma.and_then(|comma| self.item_ending(index, comma));
        [precedes, follows].into_iter().flatten().find_map(|name| {
            let named = matches!(name.what, What::Run)
                || matches!(name.what, What::Named(n) if n.kind == NameKind::Person);
            let mut earlier = self.log.iter().rev().take(LOOK_BACK);
            earlier
                .find(|(_, m)| named && m.name && name.span.contains(m.span))
                .map(|(number, _)| *number)
        })
    }

    /// The person last named before `before` with that title, or who held one of the offices.
    fn known_by_title(
        &self,
        title: u32,
        offices: &[u32],
        state: Option<u32>,
        before: u32,
    ) -> Option<usize> {
        let mut earlier = self.log.iter().rev().take(LOOK_BACK);
        earlier
            .find(|&&(i, meant)| {
                let known = &self.persons[i];
                let other = state.is_some() && known.state.is_some() && known.state != state;
                meant.span.start < before
                    && !other
                    && (known.titles.contains(&title)
                        || known.person.is_some_and(|p| self.held(p, offices)))
            })
            .map(|&(i, _)| i)
    }

    /// True if the person held one of the offices on the document's date, or at any time if the
    /// document has none.
    fn held(&self, person: u32, offices: &[u32]) -> bool {
        offices.iter().any(|&o| {
            let mut terms = self.book.offices[o as usize].holders.iter();
            terms.any(|t| {
                t.person == person
                    && self
                        .document
                        .days
                        .is_none_or(|(first, last)| t.meets(first, last))
            })
        })
    }

    /// True if a person's mention already holds the span.
    pub(super) fn is_taken(&self, sentence: usize, span: Span) -> bool {
        self.mentions
            .iter()
            .rev()
            .take(LOOK_BACK)
            .take_while(|m| m.sentence as usize == sentence)
            .any(|m| m.kind == MentionKind::Person && m.span.contains(span))
    }
}
