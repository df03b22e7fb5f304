//! Persons: names of the codebook, names in the making, family names alone.

use detente_codebook::actors::{ActorBook, Case, Gap, NameKind, NameWord, fold};
use detente_syntax::{Deprel, Upos};
use detente_text::Span;

use super::{
    ActorBasis, MentionKind, OfficeMention,
    survey::{Draft, Item, Place, Survey, What},
};

/// The title before a name.
pub(super) struct Before {
    /// Where title, adjective and "former" begin.
    pub(super) start: u32,
    /// The title's number in the codebook.
    pub(super) title: Option<u32>,
    /// Word of the title, if it is not in the codebook.
    pub(super) word: Option<String>,
    /// The state that stands before the title.
    pub(super) state: Option<u32>,
    /// "Former".
    pub(super) former: bool,
    /// Where the title stands.
    pub(super) span: Span,
}

/// Id of a person who is not in the codebook (codebook 4.1): capitals and lists of family names
/// tell which part is the family name of an East Asian name; any other name is kept as printed.
pub(super) fn id_of(book: &ActorBook, text: &str, words: &[NameWord]) -> String {
    // Parts between spaces; a hyphen binds.
    let mut parts: Vec<Vec<NameWord>> = Vec::new();
    for &word in words {
        match parts.last_mut() {
            Some(part) if word.gap == Gap::Hyphen => part.push(word),
            _ => parts.push(vec![word]),
        }
    }
    let upper = |part: &[NameWord]| part.iter().all(|w| w.case == Case::Upper);
    let uppers = parts.iter().filter(|p| upper(p)).count();
    let marked = (uppers == 1 && parts.len() > 1)
        .then(|| parts.iter().position(|p| upper(p)))
        .flatten();
    let folded = |part: &[NameWord]| {
        let mut key = String::new();
        if let [word] = part {
            fold(word.span.of(text), &mut key);
        }
        key
    };
    let listed = |part: &[NameWord]| book.family_names.contains_key(folded(part).as_str());
    let last = parts.len().saturating_sub(1);
    let hyphened = parts.iter().position(|p| p.len() > 1);
    let family = match (marked, hyphened) {
        (Some(i), _) if i == 0 || i == last => Some(i),
        // "Ho-Young Ahn": the part without hyphen is the family name.
        (_, Some(given)) if parts.len() == 2 && listed(&parts[1 - given]) => Some(1 - given),
        _ if parts.len() < 2 => None,
        // "Grace Park": the customary order of the country she lives in.
        _ if book.given_names.contains(folded(&parts[0]).as_str()) => None,
        _ if listed(&parts[0]) => {
            let turned = parts.len() == 2
                && listed(&parts[last])
                && book.given_after_family.contains(folded(&parts[0]).as_str())
                && !book
                    .given_after_family
                    .contains(folded(&parts[last]).as_str());
            Some(if turned { last } else { 0 })
        }
        _ if parts.len() == 2 && listed(&parts[last]) => Some(last),
        // No family name is listed, but a given name is.
        _ if parts.len() == 2 => {
            let given = |part: &[NameWord]| book.given_after_family.contains(folded(part).as_str());
            match (given(&parts[0]), given(&parts[last])) {
                (true, false) => Some(last),
                (false, true) => Some(0),
                _ => None,
            }
        }
        _ => None,
    };
    let Some(family) = family else {
        return parts
            .iter()
            .map(|p| printed(p, text))
            .collect::<Vec<_>>()
            .join(" ");
    };
    let name = capital(&printed(&parts[family], text));
    let given: Vec<String> = (0..parts.len())
        .filter(|&i| i != family)
        .map(|i| given_form(&parts[i], text))
        .collect();
    // "Kim Min Ho": two short syllables of a Korean given name.
    let given = match &given[..] {
        [a, b] if family == 0 && is_syllable(a) && is_syllable(b) => {
            format!("{a}-{}", b.to_lowercase())
        }
        _ => given.join(" "),
    };
    format!("{name} {given}")
}

fn printed(part: &[NameWord], text: &str) -> String {
    part.iter()
        .map(|w| w.span.of(text))
        .collect::<Vec<_>>()
        .join("-")
}

/// First letter large, the rest small.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first
            .to_uppercase()
            .chain(chars.flat_map(char::to_lowercase))
            .collect(),
        None => String::new(),
    }
}

/// A given name: hyphenated syllables after the first are small.
fn given_form(part: &[NameWord], text: &str) -> String {
    let mut out = String::new();
    for (i, word) in part.iter().enumerate() {
        let printed = word.span.of(text);
        if i == 0 {
            out.push_str(&capital(printed));
        } else {
            out.push('-');
            out.push_str(&printed.to_lowercase());
        }
    }
    out
}

fn is_syllable(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.chars().all(char::is_alphabetic)
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
                .any(|i| i.first < at && at <= i.end && i.what != What::Run)
        {
            at -= 1;
            let word = self.folded(at);
            let honorific = reference.honorifics.contains(word.as_str());
            let span = self.words[at].span;
            before = Some(Before {
                start: span.start,
                title: None,
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
                title: (name.kind == NameKind::Title).then_some(name.id),
                word: (name.kind == NameKind::Generic)
                    .then(|| item.span.of(self.text).to_lowercase()),
                state: None,
                former: false,
                span: item.span,
            });
        }
        let mut before = before?;
        let leading = self.leading(index, at);
        before.start = self.words[leading.first].span.start;
        before.state = leading.state.map(|(state, _)| state);
        before.former = leading.former;
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
            let id = id_of(self.book, self.text, &self.words[first..item.end]);
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

    /// A family name without given name.
    fn family_alone(
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
                    || self.items[index..].iter().any(|i| {
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
    fn are_names(&self, at: Place) -> bool {
        let tokens = self.sentences[at.sentence].tokens();
        tokens[at.first..=at.last]
            .iter()
            .all(|t| matches!(t.upos, Upos::Propn | Upos::Punct | Upos::X))
    }

    /// A family name known already may be a noun to the tagger: "Moon's policies".
    fn may_be_name(&self, at: Place) -> bool {
        let tokens = self.sentences[at.sentence].tokens();
        matches!(tokens[at.head].upos, Upos::Propn | Upos::Noun | Upos::X)
    }

    /// Adds the mention of a person with the title before it.
    fn push_person(
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

fn capital_if_upper(word: &str) -> String {
    if word.chars().any(char::is_lowercase) {
        word.to_owned()
    } else {
        capital(word)
    }
}
