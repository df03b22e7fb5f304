//! A sentence with what is needed to judge its clauses.

use detente_syntax::{Deprel, Sentence, Upos};
use detente_text::Span;

use crate::{clause::Clause, lexicon::Lexicon};

/// A sentence, its clauses and the word lists of its language.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a Sentence,
    pub(crate) clauses: &'a [Clause],
    pub(crate) lexicon: &'a Lexicon,
}

impl<'a> Scene<'a> {
    /// Lemma of a token.
    pub(crate) fn lemma(&self, token: usize) -> &'a str {
        self.sentence.lemma(token)
    }

    /// The word as printed.
    pub(crate) fn form(&self, token: usize) -> &'a str {
        self.sentence.tokens()[token].span.of(self.text)
    }

    /// Relation of a token to its head.
    pub(crate) fn deprel(&self, token: usize) -> Deprel {
        self.sentence.tokens()[token].deprel
    }

    /// Universal part of speech of a token.
    pub(crate) fn upos(&self, token: usize) -> Upos {
        self.sentence.tokens()[token].upos
    }

    /// The preposition (or fixed phrase, "in response to") that introduces a noun, lower case.
    pub(crate) fn preposition(&self, noun: usize) -> Option<String> {
        let case = self.sentence.child(noun, Deprel::Case)?;
        let mut words = vec![self.lemma(case).to_lowercase()];
        words.extend(
            self.sentence
                .children(case)
                .filter(|&c| self.deprel(c) == Deprel::Fixed)
                .map(|c| self.lemma(c).to_lowercase()),
        );
        // "in response to talks": the parser may hang two prepositions on the noun.
        for other in self.sentence.children(noun) {
            if other != case && self.deprel(other) == Deprel::Case && other < noun {
                words.push(self.lemma(other).to_lowercase());
            }
        }
        Some(words.join(" "))
    }

    /// The particle of a phrasal verb.
    pub(crate) fn particle(&self, verb: usize) -> Option<&'a str> {
        self.sentence
            .child(verb, Deprel::CompoundPrt)
            .map(|p| self.lemma(p))
    }

    /// Index of the clause whose predicate governs `token` most closely.
    pub(crate) fn clause_of(&self, mut token: usize) -> Option<usize> {
        loop {
            if let Ok(found) = self.clauses.binary_search_by_key(&token, |c| c.head) {
                return Some(found);
            }
            token = self.sentence.head(token)?;
        }
    }

    /// The token that covers byte `at`, or the next one.
    pub(crate) fn token_at(&self, at: u32) -> Option<usize> {
        let tokens = self.sentence.tokens();
        let i = tokens.partition_point(|t| t.span.end <= at);
        (i < tokens.len()).then_some(i)
    }

    /// Head token of the stretch `span`: the one whose head lies outside.
    pub(crate) fn head_of(&self, span: Span) -> Option<usize> {
        let first = self.token_at(span.start)?;
        let tokens = self.sentence.tokens();
        (first..tokens.len())
            .take_while(|&i| tokens[i].span.start < span.end)
            .find(|&i| match self.sentence.head(i) {
                None => true,
                Some(head) => !span.contains(tokens[head].span),
            })
    }

    /// True if one of `phrases` (lower case, words parted by a space) stands in the lemmas or forms
    /// of tokens `[first, last]`; the tokens it covers.
    pub(crate) fn phrase(&self, first: usize, last: usize, phrase: &str) -> Option<(usize, usize)> {
        let words: Vec<&str> = phrase.split(' ').collect();
        if words.len() > last + 1 - first {
            return None;
        }
        (first..=last + 1 - words.len())
            .find(|&at| {
                words.iter().enumerate().all(|(k, word)| {
                    self.form(at + k).eq_ignore_ascii_case(word)
                        || self.lemma(at + k).eq_ignore_ascii_case(word)
                })
            })
            .map(|at| (at, at + words.len() - 1))
    }
}
