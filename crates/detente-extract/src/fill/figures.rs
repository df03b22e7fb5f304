//! Facts of polls and indicators.

use std::collections::BTreeSet;

use detente_text::{Basis, Span};

use super::{Filler, ids, topics};
use crate::{
    Fact, Form, Kind, Link, Modality,
    figures::{IndicatorDraft, Period, PollDraft},
    modality::{self, Surroundings},
    people::Ref,
};

impl Filler<'_, '_> {
    /// The fact of a share of people.
    pub(crate) fn poll(&self, draft: &PollDraft) -> Fact {
        let mut fact = self.figure(Kind::Poll, draft.span, draft.rule, draft.confidence);
        fact.value = Some(draft.value.clone());
        fact.unit = draft.unit.map(str::to_owned);
        fact.n = draft.n;
        fact.survey_mode = draft.survey_mode.map(str::to_owned);
        let fields = [
            ("population", &draft.population, &mut fact.population),
            ("question", &draft.question, &mut fact.question),
            ("answer", &draft.answer, &mut fact.answer),
            ("pollster", &draft.pollster, &mut fact.pollster),
        ];
        let mut places: Vec<(&str, Span)> = Vec::new();
        for (name, found, field) in fields {
            if let Some(found) = found {
                *field = Some(found.text.clone());
                places.push((name, found.span));
            }
        }
        if fact.question.is_none()
            && let Some(answer) = &draft.answer
        {
            fact.question = asked_for(&answer.text).map(str::to_owned);
        }
        if let Some(period) = &draft.fieldwork {
            fact.fieldwork = period.edtf;
            places.push(("fieldwork", period.span));
        }
        if let Some(pollster) = &draft.pollster {
            fact.actors = ids(self.named(pollster.span));
        }
        for (name, place) in places {
            self.note(name, Some(place), draft.span, &mut fact);
        }
        self.measured(
            draft.fieldwork.as_ref().or(draft.published.as_ref()),
            draft.span,
            &mut fact,
        );
        fact.issue = draft.issue.iter().map(ToString::to_string).collect();
        self.figure_issue(
            draft.span,
            draft.question.as_ref().map(|q| q.span),
            &mut fact,
        );
        fact.channel = Some("opinion_poll".to_owned());
        fact
    }

    /// The fact of a measured amount or trend.
    pub(crate) fn indicator(&self, draft: &IndicatorDraft) -> Fact {
        let mut fact = self.figure(Kind::Indicator, draft.span, draft.rule, draft.confidence);
        fact.value = Some(draft.value.clone());
        fact.unit.clone_from(&draft.unit);
        fact.source = self.all_named(&draft.source);
        fact.target = self.all_named(&draft.target);
        fact.actors = fact.source.iter().chain(&fact.target).cloned().collect();
        self.measured(draft.period.as_ref(), draft.span, &mut fact);
        fact.issue = draft.issue.iter().map(ToString::to_string).collect();
        self.figure_issue(draft.span, None, &mut fact);
        // Projections are hypothetical; what was measured stays asserted however old it is.
        if let Some(clause) = self
            .scene
            .head_of(draft.span)
            .and_then(|head| self.scene.clause_of(head))
            && let (Modality::Hypothetical, token) =
                modality::of_clause(&self.scene, clause, Surroundings::default())
        {
            fact.modality = Modality::Hypothetical;
            self.note(
                "modality",
                token.map(|t| self.token(t)),
                draft.span,
                &mut fact,
            );
        }
        fact
    }

    fn figure(&self, kind: Kind, span: Span, rule: &str, confidence: f64) -> Fact {
        let document = self.article.document;
        let mut fact = Fact::new(
            &document.id,
            document.language,
            kind,
            &document.text,
            self.article.points(),
            span,
            self.scene.sentence.span,
            rule,
        );
        fact.confidence = confidence;
        let metadata = &document.metadata;
        let said = metadata.date.as_ref().map(|d| d.edtf);
        let (actor, form) = match (&self.voice.continued, &metadata.outlet) {
            (Some((ids, form)), _) => (ids.first().cloned(), *form),
            (None, Some(outlet)) => (Some(outlet.value.clone()), Form::Author),
            (None, None) => (self.article.people.authors().first().cloned(), Form::Author),
        };
        fact.speaker = vec![Link {
            actor,
            via: false,
            date: said,
            form,
        }];
        fact
    }

    /// The date of a figure is that of the field work or the period measured, else the document's.
    fn measured(&self, period: Option<&Period>, quote: Span, fact: &mut Fact) {
        if let Some(period) = period {
            fact.date = period.edtf;
            fact.date_text = Some(period.span.of(self.scene.text).to_owned());
            fact.date_basis = period.basis;
            self.note("date", Some(period.span), quote, fact);
        } else if let Some(date) = &self.article.document.metadata.date {
            fact.date = Some(date.edtf);
            fact.date_basis = if date.basis == Basis::Inferred {
                Basis::Inferred
            } else {
                Basis::DocDate
            };
        }
    }

    /// Issues of the quote and the question, before those that the table of measures names.
    fn figure_issue(&self, quote: Span, question: Option<Span>, fact: &mut Fact) {
        let mut found = Vec::new();
        for span in question.into_iter().chain([quote]) {
            found.extend(topics::strong_issues(self, span));
        }
        let mut seen = BTreeSet::new();
        found.append(&mut fact.issue);
        found.retain(|id| seen.insert(id.clone()));
        found.truncate(topics::MOST_ISSUES);
        fact.issue = found;
    }

    /// Actors named in a stretch of any sentence near this one.
    fn named(&self, span: Span) -> Vec<Ref> {
        self.article.people.within_text(span)
    }

    fn all_named(&self, spans: &[Span]) -> Vec<String> {
        ids(spans.iter().flat_map(|s| self.named(*s)).collect())
    }
}

/// What an answer is about, where the question is not given: "have no confidence in the cabinet"
/// answers a question about "confidence in the cabinet".
fn asked_for(answer: &str) -> Option<&str> {
    let mut rest = answer;
    let mut held = false;
    while let Some((word, behind)) = rest.split_once(' ') {
        match word.to_ascii_lowercase().as_str() {
            "feel" | "felt" | "have" | "had" | "has" | "hold" | "held" | "express"
            | "expressed" => {
                held = true;
            }
            "do" | "did" | "does" | "not" | "don't" | "didn't" | "no" | "a" | "an" | "any"
            | "the" | "some" => {}
            _ => break,
        }
        rest = behind;
    }
    (held && rest.split(' ').count() > 1).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::asked_for;

    #[test]
    fn reads_the_question_from_the_answer() {
        assert_eq!(
            asked_for("have no confidence in the cabinet"),
            Some("confidence in the cabinet")
        );
        assert_eq!(
            asked_for("had a good impression of Korea"),
            Some("good impression of Korea")
        );
        assert_eq!(asked_for("China"), None);
        assert_eq!(asked_for("viewed Japan favourably"), None);
    }
}
