//! The ways in which a sentence gives shares of answers.

mod apart;
mod named;
mod rating;
mod share;
mod wave;

use detente_text::Span;

use super::super::{Field, Line, PollDraft, amount::Amount, table::Table};
use super::{
    people::{self, People},
    survey::{self, Survey},
};
use crate::Value;

/// One sentence with what is known about the survey.
struct Reader<'l, 't> {
    line: &'l Line<'t>,
    table: &'static Table,
    survey: Option<&'l Survey>,
    /// The survey is told of in this paragraph.
    near: bool,
    /// This sentence speaks of a survey or of respondents.
    cue: bool,
    people: Vec<People>,
    question: Option<Field>,
}

/// Quote and answer of a share.
struct Answer {
    span: Span,
    answer: Option<Field>,
    population: Option<Field>,
    rule: &'static str,
    confidence: f64,
}

/// Reads the shares of a sentence.
pub(super) fn read(
    line: &Line,
    table: &'static Table,
    survey: Option<&Survey>,
    near: bool,
    drafts: &mut Vec<PollDraft>,
) {
    let shares = line.amounts.iter().any(Amount::is_share);
    let words = &line.words;
    let rated = (0..words.len()).any(|i| table.ratings.at(words, i).is_some_and(|(r, _)| r.sure));
    if !shares && !rated {
        return;
    }
    let reader = Reader {
        line,
        table,
        survey,
        near,
        cue: (0..words.len()).any(|i| survey::is_cue(line, table, i)),
        people: people::all(line, table),
        question: survey::question(line),
    };
    let before = drafts.len();
    for (k, amount) in line.amounts.iter().enumerate() {
        let last = drafts[before..].last();
        if let Some(draft) = last.and_then(|last| reader.points_apart(amount, last)) {
            drafts.push(draft);
            continue;
        }
        // Said again in figures right after: read there.
        if !amount.is_share() || reader.restates(k + 1) {
            continue;
        }
        if let Some(draft) = last.and_then(|last| reader.earlier_wave(amount, last, drafts)) {
            drafts.push(draft);
            continue;
        }
        if reader.is_other(amount) {
            continue;
        }
        let answer = reader
            .country_in_brackets(amount, last)
            .or_else(|| reader.answer(k, amount))
            .or_else(|| reader.of_others(amount, last))
            .or_else(|| reader.same_verb(k, amount, last));
        if let Some(answer) = answer {
            let mut draft = reader.draft(answer, amount.value(), Some("percent"));
            // The next answer in a row is about what the one before is about.
            if let Some(last) = last.filter(|_| draft.issue.is_empty()) {
                draft.issue.clone_from(&last.issue);
            }
            drafts.push(draft);
        } else if let Some(draft) = reader.same_again(amount, drafts) {
            drafts.push(draft);
        }
    }
    if drafts.len() == before && rated {
        drafts.extend(reader.rating_without_share());
    }
}

impl Reader<'_, '_> {
    /// A share that is no answer: a confidence level, a figure of an earlier survey, a change.
    fn is_other(&self, amount: &Amount) -> bool {
        let words = &self.line.words;
        let before = amount.first.checked_sub(1);
        let at = |back: usize, list: &[&str]| {
            amount.first >= back && words.any(amount.first - back, list)
        };
        let earlier = at(1, &["from", "than"])
            || at(1, &["with", "to"])
                && at(2, &["compared", "relative"])
                && !(words.is(amount.next, "of")
                    && self
                        .people_from(amount.next)
                        .is_some_and(|p| p.first <= amount.next + 3 && p.field.is_some()))
            || at(1, &["against", "versus"])
                && amount.first >= 2
                && words.is_sign(amount.first - 2, ",")
                && !(words.any(amount.next, &["of", "among", "in"])
                    && self
                        .people_from(amount.next)
                        .is_some_and(|p| p.first <= amount.next + 3 && p.field.is_some()));
        let level = words.any(
            amount.next,
            &["confidence", "margin", "turnout", "response"],
        ) || words.any(amount.next, &["of"])
            && words.any(amount.next + 1, &["the"])
            && words.any(amount.next + 2, &["vote", "votes"])
            || (amount.first.saturating_sub(5)..amount.first).any(|k| {
                words.any(k, &["margin", "turnout"])
                    || words.all(k, &["response", "rate"])
                    || words.is(k, "±")
            })
            || before.is_some_and(|b| words.is_sign(b, "±"));
        // "exports rose 5 percent", "a 12 percent drop"
        let moved = before.is_some_and(|b| {
            self.table.change_verbs.at(words, b).is_some()
                || words.is(b, "by") && b > 0 && self.table.change_verbs.at(words, b - 1).is_some()
        }) || self.table.change_nouns.at(words, amount.next).is_some();
        let goods = words.is(amount.next, "of")
            && (amount.next + 1..amount.next + 5).any(|k| {
                self.table
                    .measures
                    .at(words, k)
                    .is_some_and(|(m, _)| !m.people)
            });
        earlier || level || moved || goods
    }

    fn answer(&self, k: usize, amount: &Amount) -> Option<Answer> {
        self.restated(k)
            .or_else(|| self.respectively(k, amount))
            .or_else(|| self.people_with_share(k, amount))
            .or_else(|| self.in_brackets(amount))
            .or_else(|| self.with_people(amount))
            .or_else(|| self.of_people(k, amount))
            .or_else(|| self.share_of_those_who(k, amount))
            .or_else(|| self.rating(k, amount))
            .or_else(|| self.who_answer(k, amount))
            .or_else(|| self.named_with(amount))
            .or_else(|| self.after_colon(amount))
    }

    /// The survey may be meant: this sentence or one close by tells of it.
    fn surveyed(&self) -> bool {
        self.cue || self.survey.is_some() && (self.near || !self.people.is_empty())
    }

    /// The first population from word `i` on.
    fn people_from(&self, i: usize) -> Option<&People> {
        self.people
            .get(self.people.partition_point(|p| p.first < i))
    }

    /// The population that the words before `i` name for what follows.
    fn population_before(&self, i: usize) -> Option<Field> {
        let words = &self.line.words;
        let mut at = self.people.partition_point(|p| p.next <= i);
        while at > 0 {
            at -= 1;
            let people = &self.people[at];
            // A population inside the words of an answer is what the answer speaks of.
            let amounts = &self.line.amounts;
            let before = amounts.partition_point(|a| a.next <= people.first);
            let share = amounts[..before]
                .iter()
                .rev()
                .take(4)
                .find(|a| a.is_share());
            let inside = share.is_some_and(|share| {
                let directly = people.first <= share.next + 3 && words.is(share.next, "of");
                !directly
                    && !(share.next..people.first).any(|k| {
                        words.any(
                            k,
                            &[
                                "while", "whereas", "but", "compared", "among", "versus", "and",
                            ],
                        ) || words.is_sign(k, ";)")
                    })
            });
            // The sample is the population, unless the sentence names another after it.
            if !inside && people.field.is_some() {
                return people.field.clone();
            }
            if i - people.next > 80 {
                break;
            }
        }
        // Of several samples none is meant before one is named.
        self.survey
            .filter(|s| s.samples.is_empty())
            .and_then(|s| s.population.clone())
    }

    /// How many of the people that the answer speaks for were asked.
    fn sample_of(&self, population: Option<&Field>) -> Option<u32> {
        let survey = self.survey?;
        if survey.samples.is_empty() {
            return survey.n;
        }
        let population = population?;
        survey
            .samples
            .iter()
            .find(|(people, _)| *people == population.text)
            .map(|(_, n)| *n)
    }

    fn draft(&self, answer: Answer, value: Value, unit: Option<&'static str>) -> PollDraft {
        let question = self.question.clone().or_else(|| {
            // The question of the sentence before holds for the answers after it.
            self.survey
                .filter(|_| self.near)
                .and_then(|s| s.question.clone())
        });
        let issue = self.issues(question.as_ref(), answer.span, answer.answer.as_ref());
        PollDraft {
            sentence: self.line.index,
            span: answer.span,
            value,
            unit,
            n: self.sample_of(answer.population.as_ref()),
            population: answer.population,
            question,
            answer: answer.answer,
            pollster: self.survey.and_then(|s| s.pollster.clone()),
            fieldwork: self.survey.and_then(|s| s.fieldwork),
            published: self.survey.and_then(|s| s.published),
            survey_mode: self.survey.and_then(|s| s.mode),
            issue,
            rule: answer.rule,
            confidence: answer.confidence,
        }
    }

    /// Issue ids by the words of the question, then of the quote, then of the answer.
    fn issues(
        &self,
        question: Option<&Field>,
        quote: Span,
        answer: Option<&Field>,
    ) -> Vec<&'static str> {
        let words = &self.line.words;
        let mut found: Vec<(usize, &'static str)> = Vec::new();
        let inside = |span: Span| {
            let at = |byte: u32| {
                words
                    .list
                    .partition_point(|w| (w.start as u32) < byte.saturating_sub(self.line.offset))
            };
            let mut found: Vec<(usize, &'static str)> = (at(span.start)..at(span.end))
                .filter_map(|i| self.table.topics.at(words, i).map(|(topic, _)| topic))
                .collect();
            found.sort_unstable();
            found
        };
        if let Some(question) = question {
            found = inside(question.span);
        }
        if found.is_empty() {
            found = inside(quote);
        }
        if let Some(answer) = answer.filter(|_| found.is_empty()) {
            found = inside(answer.span);
        }
        found.dedup();
        found.into_iter().map(|(_, issue)| issue).take(3).collect()
    }
}
