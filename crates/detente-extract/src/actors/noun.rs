//! Nouns for states, governments and people: "Japanese officials", "the two governments".

use detente_codebook::actors::{Gap, NameKind};
use detente_syntax::{Deprel, Number, Upos};
use detente_text::Span;

use super::{
    ActorBasis, MentionKind,
    survey::{Draft, Place, Survey, What},
};

/// What a noun stands for, given a state.
#[derive(Clone, Debug)]
struct Noun {
    /// `None`: the state itself.
    sector: Option<String>,
    anonymous: bool,
    /// Word of the codebook's list of generic nouns.
    listed: bool,
}

impl Survey<'_> {
    /// Mentions of a sentence that refer to names: state nouns, titles, pronouns, other nouns.
    pub(super) fn references(&mut self, sentence: usize) {
        let tokens = self.sentences[sentence].len();
        let mut covered = vec![false; tokens];
        for i in 0..self.items.len() {
            let item = self.items[i];
            if let Some(at) = self.locate(item.span)
                && at.sentence == sentence
                && !self.is_state_noun(i, at)
            {
                covered[at.first..=at.last].fill(true);
            }
        }
        for token in 0..tokens {
            if !covered[token] {
                self.state_noun(sentence, token);
            }
        }
        for i in 0..self.items.len() {
            if let What::Named(name) = self.items[i].what
                && name.kind == NameKind::Title
            {
                self.title(i, name.id);
            }
        }
        for token in 0..tokens {
            if !covered[token] {
                self.pronoun(sentence, token);
            }
        }
        for i in 0..self.items.len() {
            if let What::Named(name) = self.items[i].what
                && name.kind == NameKind::Generic
                && !self.items[i].inside
            {
                self.generic(i, name.id);
            }
        }
        for token in 0..tokens {
            if !covered[token] {
                self.plain_noun(sentence, token);
            }
        }
    }

    fn place_of(&self, sentence: usize, token: usize) -> Place {
        Place {
            sentence,
            first: token,
            last: token,
            head: token,
        }
    }

    /// "The two countries", "the Korean side", "the country".
    fn state_noun(&mut self, sentence: usize, token: usize) {
        let tree = &self.sentences[sentence];
        let reference = self.reference();
        let lemma = tree.lemma(token);
        if tree.tokens()[token].upos != Upos::Noun || !reference.state_nouns.contains(lemma) {
            return;
        }
        let at = self.place_of(sentence, token);
        let noun = Noun {
            sector: None,
            anonymous: false,
            listed: false,
        };
        let adjectives = if reference.side_nouns.contains(lemma) {
            self.modifier_states(at, None, true)
        } else {
            Vec::new()
        };
        if !adjectives.is_empty() {
            // "The Korean side" is Korea; "Japan's neighbour" is not Japan.
            self.push_states(at, &adjectives, &noun, ActorBasis::Modifier);
        } else if self.is_pair(at) {
            let pair = self.pair(tree.tokens()[token].span.start);
            self.push_states(at, &pair, &noun, ActorBasis::Context);
        } else if reference.country_nouns.contains(lemma)
            && tree.tokens()[token].feats.number != Number::Plur
            && self.is_definite(at)
            && !self.is_told_apart(at)
        {
            let state = self.last_state(tree.tokens()[token].span.start);
            let states: Vec<_> = state.into_iter().collect();
            self.push_states(at, &states, &noun, ActorBasis::Context);
        }
    }

    /// True if a word of the list of generic nouns stands for the state itself: "side".
    fn is_state_noun(&self, index: usize, at: Place) -> bool {
        let lemma = self.sentences[at.sentence].lemma(at.head);
        at.first == at.last
            && matches!(self.items[index].what, What::Named(n) if n.kind == NameKind::Generic)
            && self.reference().state_nouns.contains(lemma)
    }

    /// A noun of the codebook's list: "officials", "foreign ministry".
    fn generic(&mut self, index: usize, number: u32) {
        let item = self.items[index];
        let Some(at) = self.locate(item.span) else {
            return;
        };
        if self.is_taken(at.sentence, item.span) {
            return;
        }
        if self.is_state_noun(index, at) {
            return;
        }
        // "Business ties", "supplier factories": nobody is meant.
        let tree = &self.sentences[at.sentence];
        let before_noun = matches!(
            tree.tokens()[at.head].deprel,
            Deprel::Compound | Deprel::Amod
        ) && tree.head(at.head).is_some_and(|h| h > at.last);
        if before_noun {
            return;
        }
        let entry = &self.book.nouns[number as usize];
        let noun = Noun {
            sector: entry.sector.as_deref().map(ToOwned::to_owned),
            anonymous: entry.anonymous,
            listed: true,
        };
        self.resolve_noun(at, Some(index), &noun, item.span);
    }

    /// Nouns for governments and people that no list of the codebook's actors holds.
    fn plain_noun(&mut self, sentence: usize, token: usize) {
        let tree = &self.sentences[sentence];
        if tree.tokens()[token].upos != Upos::Noun {
            return;
        }
        let reference = self.reference();
        let lemma = tree.lemma(token);
        let sector = if reference.government_nouns.contains(lemma) {
            "GOV"
        } else if reference.people_nouns.contains(lemma) {
            "CVL"
        } else {
            return;
        };
        let noun = Noun {
            sector: Some(sector.to_owned()),
            anonymous: false,
            listed: false,
        };
        let at = self.place_of(sentence, token);
        self.resolve_noun(at, None, &noun, tree.tokens()[token].span);
    }

    fn resolve_noun(&mut self, at: Place, index: Option<usize>, noun: &Noun, span: Span) {
        let states = self.modifier_states(at, index, false);
        if !states.is_empty() {
            self.push_states(at, &states, noun, ActorBasis::Modifier);
            return;
        }
        if self.is_pair(at) {
            let pair = self.pair(span.start);
            self.push_states(at, &pair, noun, ActorBasis::Context);
            return;
        }
        let of_state = matches!(
            noun.sector.as_deref(),
            Some("GOV" | "LEG" | "JUD" | "MIL" | "COP")
        );
        let tree = &self.sentences[at.sentence];
        let several = tree.tokens()[at.head].feats.number == Number::Plur
            && self
                .reference()
                .government_nouns
                .contains(tree.lemma(at.head));
        if several && noun.sector.as_deref() == Some("GOV") && self.is_definite(at) {
            // "The governments": of both sides.
            let pair = self.pair(span.start);
            self.push_states(at, &pair, noun, ActorBasis::Context);
            return;
        }
        if of_state
            && self.is_definite(at)
            && let Some(state) = self.last_state(span.start)
        {
            self.push_states(at, &[state], noun, ActorBasis::Context);
            return;
        }
        if noun.listed {
            let id = span
                .of(self.text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase();
            self.push(Draft {
                id,
                ..Draft::new(span, at, ActorBasis::Name)
            });
        }
    }

    fn push_states(&mut self, at: Place, states: &[(u32, Span)], noun: &Noun, basis: ActorBasis) {
        let tokens = self.sentences[at.sentence].tokens();
        let name_span = tokens[at.first].span.cover(tokens[at.last].span);
        // The phrase reaches back to an adjective just before it.
        let near = |span: &Span| span.end <= name_span.start && name_span.start - span.end <= 4;
        let span = states
            .iter()
            .map(|(_, evidence)| *evidence)
            .filter(near)
            .fold(name_span, Span::cover);
        for &(state, evidence) in states {
            let code = self.book.code(state);
            let (kind, id) = match noun.sector.as_deref() {
                None => (MentionKind::State, code.to_owned()),
                Some(sector) => {
                    let anonymous = if noun.anonymous { " (anonymous)" } else { "" };
                    let kind = match sector {
                        "GOV" if !noun.anonymous => MentionKind::Government,
                        _ => MentionKind::Generic,
                    };
                    (kind, format!("{code} {sector}{anonymous}"))
                }
            };
            self.push(Draft {
                name_span,
                kind,
                id,
                state: Some(state),
                evidence: Some(evidence),
                ..Draft::new(span, at, basis)
            });
        }
    }

    /// States that modify a noun: adjective, compound, possessor, "of"; with those coordinated.
    /// `close`: only before the noun and not as possessor.
    fn modifier_states(&self, at: Place, index: Option<usize>, close: bool) -> Vec<(u32, Span)> {
        let tree = &self.sentences[at.sentence];
        let mut states: Vec<(u32, Span)> = Vec::new();
        for child in tree.children(at.head) {
            let token = tree.tokens()[child];
            let wanted = match token.deprel {
                Deprel::Amod | Deprel::Compound => true,
                Deprel::NmodPoss => !close,
                Deprel::Nmod | Deprel::NmodUnmarked if close => child < at.first,
                Deprel::Nmod | Deprel::NmodUnmarked => {
                    tree.child(child, Deprel::Case).is_none_or(|c| {
                        matches!(
                            tree.lemma(c),
                            "of" | "in" | "from" | "between" | "'s" | "’s"
                        )
                    })
                }
                _ => false,
            };
            if !wanted || (at.first..=at.last).contains(&child) {
                continue;
            }
            let mut open = vec![child];
            while let Some(part) = open.pop() {
                self.states_at(at.sentence, part, &mut states);
                let conjuncts = tree.children(part).filter(|&c| {
                    tree.tokens()[c].deprel == Deprel::Conj
                        || tree.tokens()[c].deprel == Deprel::Compound
                });
                open.extend(conjuncts);
            }
        }
        // Words stand side by side, whatever the tree says.
        if states.is_empty()
            && let Some(index) = index
        {
            let first = self.items[index].first;
            if let Some(item) = self.items[..index].iter().rev().find(|i| i.end == first)
                && matches!(self.words[first].gap, Gap::Space | Gap::Possessive)
                && let Some(state) = self.state_of(item)
            {
                states.push((state, item.span));
            }
        }
        self.join_coordinated(&mut states);
        states.sort_by_key(|&(_, span)| span);
        let mut seen = Vec::new();
        states.retain(|&(s, _)| {
            !seen.contains(&s) && {
                seen.push(s);
                true
            }
        });
        states
    }

    /// Adds the second state of "Japan and Korea" where the first is there; trees often hang it
    /// elsewhere.
    fn join_coordinated(&self, states: &mut Vec<(u32, Span)>) {
        for known in 0..states.len() {
            let first = states[known].1;
            let i = 1 + self.items.partition_point(|i| i.span.start < first.start);
            let (Some(before), Some(item)) = (self.items.get(i - 1), self.items.get(i)) else {
                continue;
            };
            let (Some(_), Some(state)) = (self.state_of(before), self.state_of(item)) else {
                continue;
            };
            let between: Vec<&str> = (before.end..item.first).map(|w| self.word(w)).collect();
            let owner = self
                .words
                .get(item.end)
                .is_some_and(|w| w.gap == Gap::Possessive);
            if matches!(between[..], ["and"] | ["and", "the"])
                && !owner
                && first.overlaps(before.span)
            {
                states.push((state, item.span));
            }
        }
    }

    /// States that mentions headed by a token stand for or belong to.
    fn states_at(&self, sentence: usize, token: usize, states: &mut Vec<(u32, Span)>) {
        let here = self
            .mentions
            .iter()
            .rev()
            .take_while(|m| m.sentence as usize == sentence)
            .filter(|m| m.head as usize == token);
        for mention in here {
            let whole = matches!(
                mention.kind,
                MentionKind::State
                    | MentionKind::Government
                    | MentionKind::Person
                    | MentionKind::Pronoun
                    | MentionKind::Place
            );
            if let Some(code) = mention.state.as_deref().filter(|_| whole)
                && let Some(state) = self.book.state_index(code)
            {
                states.push((state, mention.span));
            }
        }
    }

    /// "Two", "both" before a plural noun.
    fn is_pair(&self, at: Place) -> bool {
        let tree = &self.sentences[at.sentence];
        let words = &self.reference().pair_words;
        tree.children(at.head)
            .any(|c| words.contains(tree.lemma(c).to_lowercase().as_str()))
    }

    fn is_definite(&self, at: Place) -> bool {
        let tree = &self.sentences[at.sentence];
        tree.child(at.head, Deprel::Det).is_some_and(|d| {
            matches!(
                tree.lemma(d).to_lowercase().as_str(),
                "the" | "this" | "that"
            )
        })
    }

    /// "The other country", "the country that …": not the one just named.
    fn is_told_apart(&self, at: Place) -> bool {
        let tree = &self.sentences[at.sentence];
        [Deprel::Amod, Deprel::AclRelcl, Deprel::Acl, Deprel::Nmod]
            .iter()
            .any(|&relation| tree.child(at.head, relation).is_some())
    }

    /// The pair last named before `before`, else the document's dyad.
    pub(super) fn pair(&self, before: u32) -> Vec<(u32, Span)> {
        if let Some((pair, span)) = self.pairs.iter().rev().find(|(_, s)| s.end <= before) {
            return pair.iter().map(|&s| (s, *span)).collect();
        }
        let place = |state: u32| self.first_seen.get(&state).copied().unwrap_or_default();
        self.dyad
            .into_iter()
            .flatten()
            .map(|s| (s, place(s)))
            .collect()
    }

    /// The state last named before `before`: a recent subject rather than any other.
    pub(super) fn last_state(&self, before: u32) -> Option<(u32, Span)> {
        let mut earlier = self.states.iter().rev().filter(|s| s.span.end <= before);
        let last = *earlier.next()?;
        let subject = std::iter::once(&last)
            .chain(earlier.take(4))
            .find(|s| s.subject)
            .copied();
        let chosen = subject.unwrap_or(last);
        Some((chosen.state, chosen.span))
    }
}
