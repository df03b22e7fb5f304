//! Nouns for states, governments and people: "Japanese officials", "the two governments".

use detente_codebook::actors::NameKind;
use detente_syntax::{Deprel, Number, Upos};
use detente_text::Span;

use super::{
    ActorBasis, MentionKind,
    items::What,
    memory::LOOK_BACK,
    survey::{Draft, Place, Survey},
};

/// How many sentences "the two countries" looks back for a pair named together.
const PAIR_REACH: usize = 4;

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
        let free: Vec<usize> = (0..tokens).filter(|&t| !covered[t]).collect();
        for &token in &free {
            self.state_noun(sentence, token);
        }
        for i in 0..self.items.len() {
            if let What::Named(name) = self.items[i].what
                && name.kind == NameKind::Title
            {
                self.title(i, name.id);
            }
        }
        for &token in &free {
            self.pronoun(sentence, token);
        }
        for i in 0..self.items.len() {
            if let What::Named(name) = self.items[i].what
                && name.kind == NameKind::Generic
                && !self.items[i].inside
            {
                self.generic(i, name.id);
            }
        }
        for &token in &free {
            self.plain_noun(sentence, token);
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
            let pair = self.pair(at, tree.tokens()[token].span.start);
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
        // "The professor": the one named with that word.
        let single = tree.tokens()[at.head].feats.number != Number::Plur;
        let word = item.span.of(self.text).to_lowercase();
        if single && self.is_definite(at) && self.titled(at, item.span, &word) {
            return;
        }
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
            let pair = self.pair(at, span.start);
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
            let pair = self.pair(at, span.start);
            self.push_states(at, &pair, noun, ActorBasis::Context);
            return;
        }
        if of_state
            && self.is_definite(at)
            && let Some(state) = self
                .same_noun(at, span.start)
                .or_else(|| self.last_state(span.start))
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

    /// "The ministry": the state of the ministry last named.
    fn same_noun(&self, at: Place, before: u32) -> Option<(u32, Span)> {
        let lemma = self.sentences[at.sentence].lemma(at.head);
        let mut earlier = self.mentions.iter().rev().take(LOOK_BACK);
        let same = earlier.find(|m| {
            let head = m.head as usize;
            m.span.end <= before
                && matches!(m.kind, MentionKind::Government | MentionKind::Generic)
                && m.state.is_some()
                && self.sentences[m.sentence as usize]
                    .lemma(head)
                    .eq_ignore_ascii_case(lemma)
        })?;
        // Behind a noun resolved by its context stands a name.
        let named = match same.basis {
            ActorBasis::Context => same.evidence.unwrap_or(same.span),
            _ => same.span,
        };
        Some((self.book.state_index(same.state.as_deref()?)?, named))
    }

    /// The pair named before `before` in this sentence or the last few, else the document's dyad.
    pub(super) fn pair(&self, at: Place, before: u32) -> Vec<(u32, Span)> {
        let mut earlier = self.pairs.iter().rev().take(LOOK_BACK);
        let near = earlier.find(|(pair, span, sentence)| {
            let own = self
                .dyad
                .is_none_or(|d| d == *pair || d == [pair[1], pair[0]]);
            span.end <= before && (own || sentence + PAIR_REACH >= at.sentence)
        });
        if let Some((pair, span, _)) = near {
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
        let all = self.states.iter().rev().take(LOOK_BACK);
        let mut earlier = all.filter(|s| s.span.end <= before);
        let nearest = earlier.next().copied()?;
        // A place is the last to be meant.
        let last = if nearest.place {
            let other = earlier.clone().take(8).find(|s| !s.place);
            other.copied().unwrap_or(nearest)
        } else {
            nearest
        };
        let subject = std::iter::once(&last)
            .chain(earlier.take(4))
            .find(|s| s.subject && !s.place)
            .copied();
        let chosen = subject.unwrap_or(last);
        Some((chosen.state, chosen.span))
    }
}
