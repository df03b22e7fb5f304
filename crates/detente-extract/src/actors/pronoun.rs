//! Pronouns: the person last named, the signed author.

use detente_syntax::{Deprel, Number, Upos};
use detente_text::Span;

use super::{
    ActorBasis, MentionKind,
    memory::LOOK_BACK,
    survey::{Draft, Place, Survey},
};

/// How many sentences a pronoun may look back.
const REACH: usize = 4;

impl Survey<'_> {
    /// "He", "her", "I", "its"; and titles that stand for a person named with them.
    pub(super) fn pronoun(&mut self, sentence: usize, token: usize) {
        let tree = &self.sentences[sentence];
        let word = tree.tokens()[token];
        let form = word.span.of(self.text).to_lowercase();
        let reference = self.reference();
        let at = Place {
            sentence,
            first: token,
            last: token,
            head: token,
        };
        if matches!(word.upos, Upos::Pron | Upos::Det) {
            if reference.person_pronouns.contains(form.as_str()) {
                self.person_pronoun(at, word.span, &form);
            } else if reference.speaker_pronouns.contains(form.as_str()) {
                self.speaker_pronoun(at, word.span);
            } else if reference.thing_pronouns.contains(form.as_str())
                && word.deprel != Deprel::Expl
                && !self.is_formal(at)
            {
                self.thing_pronoun(at, word.span);
            } else if reference.group_pronouns.contains(form.as_str()) {
                self.refer_to_subject(at, word.span, true);
            }
        } else if word.upos == Upos::Noun
            && word.feats.number != Number::Plur
            && reference.person_titles.contains(tree.lemma(token))
        {
            self.titled(at, word.span, tree.lemma(token));
        }
    }

    /// The subject of this sentence before it, of a sentence before, else the last person named.
    fn person_pronoun(&mut self, at: Place, span: Span, form: &str) {
        let gender = self.gender(form);
        let meant = || {
            let near = self.log.iter().rev().take(LOOK_BACK);
            near.filter_map(|&(number, m)| Some((m, m.sentence?, number)))
                .filter(|&(m, sentence, number)| {
                    let known = self.persons[number].gender;
                    let other = known.is_some() && gender.is_some() && known != gender;
                    m.span.start < span.start && sentence + REACH >= at.sentence && !other
                })
        };
        let subject = meant()
            .filter(|(m, sentence, _)| m.subject && sentence + 1 >= at.sentence)
            .max_by_key(|(m, ..)| m.span.start);
        let other = || meant().max_by_key(|(m, sentence, _)| (*sentence, m.subject, m.span.start));
        let Some((_, _, number)) = subject.or_else(other) else {
            self.refer_to_subject(at, span, false);
            return;
        };
        self.note_reference(number, span, at);
        let known = &mut self.persons[number];
        known.gender = known.gender.or(gender);
        let (id, state) = (known.id.clone(), known.state);
        let evidence = known.name_before(span.start);
        self.push(Draft {
            kind: MentionKind::Pronoun,
            id,
            state,
            evidence,
            ..Draft::new(span, at, ActorBasis::Coreference)
        });
    }

    fn speaker_pronoun(&mut self, at: Place, span: Span) {
        let Some(id) = self.authors.first().cloned() else {
            return;
        };
        self.push(Draft {
            kind: MentionKind::Pronoun,
            id,
            ..Draft::new(span, at, ActorBasis::Author)
        });
    }

    /// "Its": a state that is subject of this sentence or the last one.
    fn thing_pronoun(&mut self, at: Place, span: Span) {
        let from = at.sentence.saturating_sub(1);
        let start = self.sentences[from].span.start;
        let seen = self
            .states
            .iter()
            .rev()
            .take_while(|s| s.span.start >= start)
            .find(|s| s.subject && s.span.end <= span.start)
            .copied();
        let Some(seen) = seen else {
            self.refer_to_subject(at, span, false);
            return;
        };
        let id = self.book.code(seen.state).to_owned();
        self.push(Draft {
            kind: MentionKind::Pronoun,
            id,
            state: Some(seen.state),
            evidence: Some(seen.span),
            ..Draft::new(span, at, ActorBasis::Coreference)
        });
    }

    /// "It was agreed that", "it is no secret that": a subject that means the clause behind.
    fn is_formal(&self, at: Place) -> bool {
        let tree = &self.sentences[at.sentence];
        let relation = tree.tokens()[at.head].deprel;
        matches!(relation, Deprel::Nsubj | Deprel::NsubjPass)
            && tree.head(at.head).is_some_and(|verb| {
                let passive = relation == Deprel::NsubjPass
                    || tree.child(verb, Deprel::AuxPass).is_some()
                    || tree.child(verb, Deprel::Cop).is_some();
                passive
                    && [Deprel::Ccomp, Deprel::Csubj, Deprel::Xcomp, Deprel::Advcl]
                        .iter()
                        .any(|&r| tree.child(verb, r).is_some())
            })
    }

    /// Whoever is the subject before the pronoun, in this sentence or the last one; several
    /// together only for a plural.
    fn refer_to_subject(&mut self, at: Place, span: Span, several: bool) {
        let subjects = || {
            let near = self.mentions.iter().rev().take(LOOK_BACK);
            near.filter(|m| {
                let place = Place {
                    sentence: m.sentence as usize,
                    first: m.head as usize,
                    last: m.head as usize,
                    head: m.head as usize,
                };
                m.span.end <= span.start
                    && place.sentence + 1 >= at.sentence
                    && !m.as_place
                    && !m.modifier
                    && !matches!(m.kind, MentionKind::Place | MentionKind::Region)
                    && self.is_subject(place)
            })
        };
        // The nearest in the sentence itself, else the first of the one before.
        let Some(found) = subjects()
            .filter(|m| m.sentence as usize == at.sentence)
            .max_by_key(|m| m.span.start)
            .or_else(|| subjects().min_by_key(|m| m.span.start))
        else {
            return;
        };
        let top = self.top(found.sentence as usize, found.head as usize);
        let sentence = found.sentence;
        let mut meant: Vec<(Span, String, Option<String>)> = self
            .mentions
            .iter()
            .rev()
            .take(LOOK_BACK)
            .filter(|m| {
                m.sentence == sentence
                    && !m.modifier
                    && m.span.end <= span.start
                    && self.top(sentence as usize, m.head as usize) == top
            })
            .map(|m| (m.span, m.id.clone(), m.state.clone()))
            .collect();
        meant.sort();
        meant.dedup_by(|b, a| a.1 == b.1);
        if meant.len() > 1 && !several {
            return;
        }
        for (evidence, id, state) in meant {
            let state = state.and_then(|code| self.book.state_index(&code));
            self.push(Draft {
                kind: MentionKind::Pronoun,
                id,
                state,
                evidence: Some(evidence),
                ..Draft::new(span, at, ActorBasis::Coreference)
            });
        }
    }

    /// The word that heads the coordination or apposition that `token` belongs to.
    fn top(&self, sentence: usize, mut token: usize) -> usize {
        let tree = &self.sentences[sentence];
        while matches!(
            tree.tokens()[token].deprel,
            Deprel::Conj | Deprel::Appos | Deprel::Flat
        ) {
            match tree.head(token) {
                Some(head) => token = head,
                None => break,
            }
        }
        token
    }

    /// "The professor": the person last named with that word.
    pub(super) fn titled(&mut self, at: Place, span: Span, lemma: &str) -> bool {
        if self.is_taken(at.sentence, span) {
            return false;
        }
        let mut earlier = self.log.iter().rev().take(LOOK_BACK);
        let found = earlier.find(|(i, m)| {
            m.span.start < span.start && self.persons[*i].title_words.iter().any(|w| w == lemma)
        });
        let Some(&(number, _)) = found else {
            return false;
        };
        self.note_reference(number, span, at);
        let known = &self.persons[number];
        let evidence = known.name_before(span.start);
        let (id, state) = (known.id.clone(), known.state);
        self.push(Draft {
            kind: MentionKind::Person,
            id,
            state,
            evidence,
            ..Draft::new(span, at, ActorBasis::Coreference)
        });
        true
    }
}
