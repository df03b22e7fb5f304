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
            {
                self.thing_pronoun(at, word.span);
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
