//! Proper names that no rule knew: an actor all the same where they stand in an actor's place.
//!
//! "Pavlenko cancelled the visit", "a raid by the GFSK": what acts or is acted upon under a name of
//! its own is somebody, whatever list lacks it. The id is the name as printed.

use detente_codebook::actors::{Case, Gap, State};
use detente_syntax::{Deprel, Upos};

use super::{
    ActorBasis, MentionKind,
    memory::Seen,
    organisation::printed_form,
    survey::{Draft, Survey},
};

/// Longest such name in words.
const LONGEST: usize = 6;

impl Survey<'_> {
    /// Mentions of unknown names in a sentence, after all others are found.
    pub(super) fn unknown_names(&mut self, sentence: usize) {
        let tree = &self.sentences[sentence];
        let tokens = tree.tokens();
        let from = self
            .mentions
            .iter()
            .rposition(|m| (m.sentence as usize) < sentence)
            .map_or(0, |i| i + 1);
        let mut token = 0;
        while token < tokens.len() {
            let first = token;
            token += 1;
            if tokens[first].upos != Upos::Propn || !self.in_actors_place(sentence, first) {
                continue;
            }
            // The run of proper names round it.
            let is_name = |i: usize| {
                tokens[i].upos == Upos::Propn
                    && tokens[i].span.of(self.text).starts_with(char::is_uppercase)
            };
            let mut start = first;
            while start > 0 && is_name(start - 1) {
                start -= 1;
            }
            let mut end = first;
            while end + 1 < tokens.len() && is_name(end + 1) {
                end += 1;
            }
            // "Han Seo-jun": a hyphen joins what the words part.
            while end + 2 < tokens.len()
                && tokens[end + 1].span.of(self.text) == "-"
                && tokens[end].span.end == tokens[end + 1].span.start
                && tokens[end + 1].span.end == tokens[end + 2].span.start
            {
                end += 2;
            }
            token = end + 1;
            let span = tokens[start].span.cover(tokens[end].span);
            let known = self.mentions[from..]
                .iter()
                .any(|m| m.span.overlaps(span) || m.name_span.overlaps(span));
            if known || end - start >= LONGEST || !is_name(first) || self.is_no_name(span) {
                continue;
            }
            let Some(at) = self.locate(span) else {
                continue;
            };
            let id = printed_form(span, self.text);
            // "Turkey summoned the envoy": a name that is a state's among other things is the
            // state's where it acts.
            if let Some(state) = self.state_of_that_name(&id) {
                let subject = self.is_subject(at);
                let code = self.book.code(state).to_owned();
                self.first_seen.entry(state).or_insert(span);
                self.states.push(Seen {
                    state,
                    span,
                    subject,
                    place: false,
                });
                self.push(Draft {
                    kind: MentionKind::State,
                    id: code,
                    state: Some(state),
                    ..Draft::new(span, at, ActorBasis::Name)
                });
                continue;
            }
            self.push(Draft {
                kind: MentionKind::Organisation,
                id,
                ..Draft::new(span, at, ActorBasis::Printed)
            });
        }
    }

    fn state_of_that_name(&self, name: &str) -> Option<u32> {
        let named = |s: &State| {
            s.ambiguous.iter().any(|a| &**a == name) && !s.adjectives.iter().any(|a| &**a == name)
        };
        self.book.states.iter().position(named).map(|i| i as u32)
    }

    /// Subject, object, possessor, "by …", "with …", "against …", "to …", or joined to one of these.
    fn in_actors_place(&self, sentence: usize, token: usize) -> bool {
        let tree = &self.sentences[sentence];
        let mut at = token;
        for _ in 0..tree.len() {
            match tree.tokens()[at].deprel {
                Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::Obj
                | Deprel::Iobj
                | Deprel::OblAgent
                | Deprel::NmodPoss => return true,
                Deprel::Obl | Deprel::Nmod => {
                    return tree.child(at, Deprel::Case).is_some_and(|c| {
                        matches!(
                            tree.lemma(c),
                            "by" | "with"
                                | "against"
                                | "to"
                                | "from"
                                | "between"
                                | "of"
                                | "on"
                                | "over"
                        )
                    });
                }
                Deprel::Conj | Deprel::Appos | Deprel::Flat | Deprel::Compound => {
                    match tree.head(at) {
                        // "Green tea": before a common noun it only says of which kind.
                        Some(head)
                            if tree.tokens()[at].deprel != Deprel::Compound
                                || tree.tokens()[head].upos == Upos::Propn =>
                        {
                            at = head;
                        }
                        _ => return false,
                    }
                }
                _ => return false,
            }
        }
        false
    }

    /// Words that are written large and name nobody: months, days, peoples, languages.
    fn is_no_name(&self, span: detente_text::Span) -> bool {
        let first = self.words.partition_point(|w| w.span.end <= span.start);
        let reference = self.reference();
        let mut names = 0;
        for at in first..self.words.len() {
            let word = self.words[at];
            if word.span.start >= span.end {
                break;
            }
            if word.case == Case::Lower || at > first && word.gap == Gap::Break {
                return true;
            }
            if !reference.no_names.contains(self.folded(at).as_str()) {
                names += 1;
            }
        }
        names == 0
    }
}
