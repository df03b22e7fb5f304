//! The figure stands apart from its answer: "most Danes, 61%, want ...", "commands respect among
//! 41% of Swedes", "52 percent and 31 percent, respectively".

use super::{Answer, Reader};
use crate::figures::{Field, PollDraft, amount::Amount, clause};

impl Reader<'_, '_> {
    /// True if amount `k` gives in figures what the amount before it said in words: `about two
    /// thirds of Danes (65.8%)`, `a majority of them, 61%,`.
    pub(super) fn restates(&self, k: usize) -> bool {
        let (Some(said), Some(figure)) = (
            k.checked_sub(1).and_then(|p| self.line.amounts.get(p)),
            self.line.amounts.get(k),
        ) else {
            return false;
        };
        let words = &self.line.words;
        let in_words = !words.capital(said.figure)
            && words.raw(said.figure).chars().all(char::is_alphabetic)
            || said.figure == 0;
        let sign = figure.first.checked_sub(1);
        let parted = sign.is_some_and(|s| words.is_sign(s, "(,—"))
            && (words.is_sign(figure.next, "),—") || figure.next >= words.len());
        let close = figure.first.saturating_sub(said.next) <= 9
            && !(said.next..figure.first.saturating_sub(1))
                .any(|i| words.is_sign(i, ",;()") || words.any(i, &["and", "or", "while", "but"]));
        said.is_share()
            && figure.is_share()
            && in_words
            && parted
            && close
            && words.is(said.next, "of")
            && self
                .people_from(said.next)
                .is_some_and(|p| p.next < figure.first)
    }

    /// See [`Self::restates`].
    pub(super) fn restated(&self, k: usize) -> Option<Answer> {
        if !self.restates(k) {
            return None;
        }
        let words = &self.line.words;
        let (said, figure) = (&self.line.amounts[k - 1], &self.line.amounts[k]);
        let people = self.people_from(said.next)?;
        let next = figure.next + 1;
        // "Just over a third": what tones the words down belongs to them.
        let mut first = said.first;
        while first > 0 && self.table.toning.contains(words.low(first - 1)) {
            first -= 1;
        }
        let population = people
            .field
            .clone()
            .or_else(|| self.population_before(said.first));
        let chained = words.is(next, "and") || words.is_sign(next, ",");
        if let Some(answer) = chained.then(|| self.answer_of_row(k + 1, next)).flatten() {
            return Some(Answer {
                span: self.line.span(first, next.min(words.len())),
                answer: Some(answer),
                population,
                rule: "poll_share_restated",
                confidence: 0.85,
            });
        }
        let verb = self.past_adverbs(next);
        let (end, answer) = match self.answer_end(k, next) {
            Some(end) if end > verb => (end, self.said(verb, end)),
            _ => (
                next.min(words.len()),
                self.answer_before(first, said.first)?,
            ),
        };
        Some(Answer {
            span: self.line.span(first, end),
            answer,
            population,
            rule: "poll_share_restated",
            confidence: 0.85,
        })
    }

    /// The answer that a row of shares ends in, from amount `k` on.
    fn answer_of_row(&self, k: usize, from: usize) -> Option<Field> {
        let words = &self.line.words;
        let mut last = from;
        for (k, amount) in self.line.amounts.iter().enumerate().skip(k).take(6) {
            if !amount.is_share() || amount.first > last + 12 {
                return None;
            }
            last = amount.next;
            let people = self
                .people_from(last)
                .filter(|p| p.first <= last + 3)
                .map_or(last, |p| p.next);
            let after = people + usize::from(words.is_sign(people, ")"));
            let verb = self.past_adverbs(after);
            if self.is_answer_verb(verb) {
                let end = self.answer_end(k, verb).filter(|end| *end > verb)?;
                return self.said(verb, end);
            }
        }
        None
    }

    fn answer_before(&self, first: usize, figure: usize) -> Option<Option<Field>> {
        let words = &self.line.words;
        let preposition = first.checked_sub(1)?;
        words
            .any(preposition, &["by", "with", "among", "from"])
            .then(|| self.clause_before(figure, preposition))
    }

    /// The words of the clause before `end`, from its verb on where one is known.
    fn clause_before(&self, within: usize, end: usize) -> Option<Field> {
        let words = &self.line.words;
        let start = clause::start(words, within.saturating_sub(1));
        let verb = (start..end).find(|&i| {
            i > start
                && !words.any(
                    i - 1,
                    &["the", "a", "an", "his", "her", "its", "their", "this", "'s"],
                )
                && (self.is_answer_verb(i)
                    && !words.any(
                        i,
                        &[
                            "had", "has", "have", "is", "was", "are", "were", "would", "should",
                        ],
                    )
                    || self.table.meets.contains(words.low(i)))
        });
        let first = verb.unwrap_or(start);
        (first < end).then(|| self.line.field(first, end))
    }

    /// `compared with 30 percent of Japanese`, `against 31 percent among those in their 60s`: the
    /// answer before, of other people.
    pub(super) fn of_others(&self, amount: &Amount, last: Option<&PollDraft>) -> Option<Answer> {
        let words = &self.line.words;
        let last = last?;
        if !words.any(amount.next, &["of", "among", "in", "for"]) {
            return None;
        }
        let people = self
            .people_from(amount.next)
            .filter(|p| p.first <= amount.next + 3 && p.field.is_some())?;
        let ends = people.next >= words.len()
            || words.sign(people.next).is_some() && !words.hyphen(people.next)
            || words.any(people.next, &["and", "while", "but", "who", "in", "said"]);
        ends.then(|| Answer {
            span: self.line.span(amount.first, people.next),
            answer: last.answer.clone(),
            population: people.field.clone(),
            rule: "poll_share_of_others",
            confidence: 0.75,
        })
    }

    /// `the court commands respect among 41% of Swedes`, `is backed by 52 percent of voters`
    pub(super) fn with_people(&self, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let preposition = amount.first.checked_sub(1)?;
        if !words.any(preposition, &["by", "with", "from", "to", "among"])
            || preposition > 0 && words.any(preposition - 1, &["compared", "relative"])
            || !words.is(amount.next, "of")
        {
            return None;
        }
        let people = self
            .people_from(amount.next)
            .filter(|p| p.first <= amount.next + 3)?;
        let ends = people.next >= words.len()
            || words.sign(people.next).is_some() && !words.hyphen(people.next)
            || words.any(
                people.next,
                &[
                    "and", "while", "but", "in", "compared", "polled", "surveyed",
                ],
            );
        let start = clause::start(words, preposition);
        if !ends || start + 1 >= preposition {
            return None;
        }
        let verb = (start..preposition).any(|i| self.is_answer_verb(i));
        if !verb && !self.surveyed() && self.survey.is_none() {
            return None;
        }
        Some(Answer {
            span: self.line.span(start, people.next),
            answer: self.clause_before(amount.first, preposition),
            population: people
                .field
                .clone()
                .or_else(|| self.population_before(start)),
            rule: "poll_answer_before",
            confidence: 0.75,
        })
    }

    /// `stood at 52 percent in Norway and 31 percent in Sweden`, `52 percent and 31 percent of
    /// Norwegians and Swedes, respectively`: which of the peoples named after the row is meant.
    pub(super) fn respectively(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        // What is meant stands close by.
        let near = amount.first.saturating_sub(40)..(amount.next + 40).min(words.len());
        near.clone().find(|&i| words.is(i, "respectively"))?;
        let amounts = &self.line.amounts;
        let joined = |a: &Amount, b: &Amount| {
            b.first <= a.next + 2
                && (a.next..b.first).all(|i| words.is(i, "and") || words.is_sign(i, ","))
        };
        let mut first = k;
        while first > 0 && joined(&amounts[first - 1], &amounts[first]) {
            first -= 1;
        }
        let mut last = k;
        while last + 1 < amounts.len() && joined(&amounts[last], &amounts[last + 1]) {
            last += 1;
        }
        let count = last - first + 1;
        if count < 2 || !amounts[first..=last].iter().all(Amount::is_share) || !self.surveyed() {
            return None;
        }
        let (start, end) = (amounts[first].first, amounts[last].next);
        let states: Vec<(usize, usize, &'static str)> = {
            let mut all = Vec::new();
            let mut i = near.start;
            while i < near.end {
                match self.table.state_at(words, i) {
                    Some((state, next)) => {
                        all.push((i, next, state.adjective));
                        i = next;
                    }
                    None => i += 1,
                }
            }
            all
        };
        // The row of states right after the figures, else the nearest one before them.
        let row = |from: usize| {
            states.get(from..from + count).filter(|row| {
                row.windows(2).all(|w| {
                    w[1].0 <= w[0].1 + 4
                        && (w[0].1..w[1].0).any(|i| words.is(i, "and") || words.is_sign(i, ","))
                })
            })
        };
        let after = states.partition_point(|s| s.0 < end);
        let row = row(after).or_else(|| after.checked_sub(count).and_then(row))?;
        let (place, next, adjective) = row[k - first];
        // States before a verb of ranking are answers, not peoples.
        let ranked =
            (near.start..start).any(|i| words.any(i, &["ranked", "came", "placed", "finished"]));
        let field = Field {
            text: format!("{adjective} respondents"),
            span: self.line.span(place, next),
        };
        let from = clause::start(words, start);
        Some(Answer {
            span: self.line.span(amount.first, amount.next),
            answer: if ranked {
                Some(self.line.field(place, next))
            } else {
                self.clause_before(start, self.link_before(start).max(from))
            },
            population: if ranked {
                self.population_before(from)
            } else {
                Some(field)
            },
            rule: "poll_respectively",
            confidence: 0.65,
        })
    }
}
