//! Asking for the actors of a word or noun phrase.

use detente_syntax::{Deprel, Sentence};

use super::{ActorRef, Actors, Mention};

impl Actors {
    /// The mention that covers a token most closely: one headed by it, else the shortest round it.
    pub fn mention_at(&self, sentence: usize, token: usize, words: &Sentence) -> Option<&Mention> {
        let span = words.tokens().get(token)?.span;
        self.in_sentence(sentence)
            .iter()
            .filter(|m| m.span.overlaps(span))
            .min_by_key(|m| (m.head as usize != token, m.span.len()))
    }

    /// Actors that the noun phrase headed by `token` stands for, with those coordinated to it, in
    /// the order of the text, each once. Empty if it stands for none.
    pub fn actor_of(&self, sentence: usize, token: usize, words: &Sentence) -> Vec<ActorRef> {
        let found = self.mentions_of(sentence, token, words);
        found.into_iter().map(ActorRef::from).collect()
    }

    /// As [`actor_of`](Self::actor_of), without coordination.
    pub fn actor_at(&self, sentence: usize, token: usize, words: &Sentence) -> Vec<ActorRef> {
        let found = self.mentions_at(sentence, token, words);
        found.into_iter().map(ActorRef::from).collect()
    }

    /// The mentions of [`actor_of`](Self::actor_of), one an actor, with their numbers.
    pub(crate) fn mentions_of(
        &self,
        sentence: usize,
        token: usize,
        words: &Sentence,
    ) -> Vec<(usize, &Mention)> {
        let mut found = Vec::new();
        if self.in_sentence(sentence).is_empty() {
            return found;
        }
        let mut open = vec![token];
        while let Some(at) = open.pop() {
            self.add_mentions(sentence, at, words, &mut found);
            let conjuncts = words
                .children(at)
                .filter(|&c| words.tokens()[c].deprel == Deprel::Conj);
            open.extend(conjuncts.rev());
        }
        if let Some(second) = second_subject(words, token) {
            self.add_mentions(sentence, second, words, &mut found);
        }
        found
    }

    /// The mentions of [`actor_at`](Self::actor_at), one an actor, with their numbers.
    pub(crate) fn mentions_at(
        &self,
        sentence: usize,
        token: usize,
        words: &Sentence,
    ) -> Vec<(usize, &Mention)> {
        let mut found = Vec::new();
        self.add_mentions(sentence, token, words, &mut found);
        found
    }

    fn add_mentions<'m>(
        &'m self,
        sentence: usize,
        token: usize,
        words: &Sentence,
        found: &mut Vec<(usize, &'m Mention)>,
    ) {
        let Some(span) = words.tokens().get(token).map(|t| t.span) else {
            return;
        };
        let start = self.starts.get(sentence).copied().unwrap_or(0);
        let here = self.in_sentence(sentence);
        let from = here.partition_point(|m| (m.head as usize) < token);
        let count = here[from..].partition_point(|m| m.head as usize == token);
        if count > 0 {
            let headed = (start + from..).zip(&here[from..from + count]);
            add_widest(found, headed);
        } else {
            // A token inside a name that the tree heads elsewhere still means the name.
            let round = (start..)
                .zip(here)
                .filter(|(_, m)| m.name_span.contains(span));
            add_widest(found, round);
        }
    }
}

/// Adds the widest mentions, each actor once.
fn add_widest<'m>(
    found: &mut Vec<(usize, &'m Mention)>,
    mentions: impl Iterator<Item = (usize, &'m Mention)> + Clone,
) {
    let widest = mentions.clone().map(|(_, m)| m.span.len()).max();
    for (number, mention) in mentions.filter(|(_, m)| Some(m.span.len()) == widest) {
        if !found.iter().any(|(_, m)| m.id == mention.id) {
            found.push((number, mention));
        }
    }
}

impl From<(usize, &Mention)> for ActorRef {
    fn from((number, mention): (usize, &Mention)) -> Self {
        Self {
            id: mention.id.clone(),
            state: mention.state.clone(),
            kind: mention.kind,
            as_place: mention.as_place,
            mention: number,
            evidence: mention.evidence,
            basis: mention.basis,
        }
    }
}

/// "Delhi and Dhaka agreed": two subjects with "and" between them are one, even if the tree hangs
/// both on the verb.
fn second_subject(words: &Sentence, token: usize) -> Option<usize> {
    let relation = words.tokens().get(token)?.deprel;
    if !matches!(relation, Deprel::Nsubj | Deprel::NsubjPass) {
        return None;
    }
    let verb = words.head(token)?;
    let second = words
        .children(verb)
        .find(|&c| c > token && words.tokens()[c].deprel == relation)?;
    let joined = (token + 1..second).any(|i| {
        words.tokens()[i].deprel == Deprel::Cc
            && words.head(i).is_some_and(|h| h == verb || h == second)
    });
    (joined && second < verb).then_some(second)
}
