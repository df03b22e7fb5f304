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
        let mut actors = Vec::new();
        let mut open = vec![token];
        while let Some(at) = open.pop() {
            self.actors_at(sentence, at, words, &mut actors);
            let conjuncts = words
                .children(at)
                .filter(|&c| words.tokens()[c].deprel == Deprel::Conj);
            open.extend(conjuncts.rev());
        }
        if let Some(second) = second_subject(words, token) {
            self.actors_at(sentence, second, words, &mut actors);
        }
        actors
    }

    /// As [`actor_of`](Self::actor_of), without coordination.
    pub fn actor_at(&self, sentence: usize, token: usize, words: &Sentence) -> Vec<ActorRef> {
        let mut actors = Vec::new();
        self.actors_at(sentence, token, words, &mut actors);
        actors
    }

    fn actors_at(
        &self,
        sentence: usize,
        token: usize,
        words: &Sentence,
        actors: &mut Vec<ActorRef>,
    ) {
        let Some(span) = words.tokens().get(token).map(|t| t.span) else {
            return;
        };
        let start = self.starts.get(sentence).copied().unwrap_or(0);
        let here = self.in_sentence(sentence);
        let from = here.partition_point(|m| (m.head as usize) < token);
        let headed = here[from..].iter().take_while(|m| m.head as usize == token);
        let mut found: Vec<(usize, &Mention)> = (from..).zip(headed).collect();
        // A token inside a name that the tree heads elsewhere still means the name.
        if found.is_empty() {
            let round = |(_, m): &(usize, &Mention)| m.name_span.contains(span);
            found = here.iter().enumerate().filter(round).collect();
        }
        let Some(widest) = found.iter().map(|(_, m)| m.span.len()).max() else {
            return;
        };
        for (i, mention) in found.into_iter().filter(|(_, m)| m.span.len() == widest) {
            if actors.iter().any(|a| a.id == mention.id) {
                continue;
            }
            actors.push(ActorRef {
                id: mention.id.clone(),
                state: mention.state.clone(),
                kind: mention.kind,
                as_place: mention.as_place,
                mention: start + i,
                evidence: mention.evidence,
                basis: mention.basis,
            });
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
