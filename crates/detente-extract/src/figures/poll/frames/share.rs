//! "41% of Koreans viewed Japan favourably", "30 percent disagreed": the figure is the subject.

use super::{Answer, Reader};
use crate::figures::{
    Field, PollDraft,
    amount::{Amount, AmountKind},
};

impl Reader<'_, '_> {
    /// `41% of Koreans viewed Japan favourably`
    pub(super) fn of_people(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        // "seven in ten South Koreans"
        let direct = self
            .people_from(amount.next)
            .is_some_and(|p| p.first == amount.next);
        if !words.is(amount.next, "of") && !direct {
            return None;
        }
        let mut i = amount.next + usize::from(!direct);
        i += usize::from(words.any(i, &["all", "the", "its", "our", "these"]));
        i += usize::from(words.any(i, &["the"]));
        // "52 percent of 1,000 adults polled"
        let counted = self
            .line
            .amount_at(i)
            .filter(|a| a.kind == AmountKind::Count);
        i = counted.map_or(i, |a| a.next);
        let people = self.people_from(i).filter(|p| p.first <= i + 2);
        let whom = words.any(i, &["them", "whom"]);
        let (next, field) = match people {
            Some(p) => (p.next, p.field.clone()),
            None if whom => (i + 1, None),
            None => return None,
        };
        let mut verb = next;
        // "41 percent of Koreans surveyed by X last week said"
        if words.any(
            verb,
            &["surveyed", "polled", "questioned", "asked", "interviewed"],
        ) {
            verb = (verb + 1..(verb + 14).min(words.len()))
                .find(|&v| self.is_answer_verb(v))
                .unwrap_or(verb);
        }
        verb = self.past_respectively(verb);
        // "55 percent of men and 48 percent of women support": the verb stands after the last.
        if words.is(verb, "and") || words.is_sign(verb, ",") {
            let answer = self.shared_answer(k, verb)?;
            return Some(Answer {
                span: self.line.span(amount.first, next),
                answer: Some(answer),
                population: field,
                rule: "poll_share_of_people",
                confidence: 0.75,
            });
        }
        let end = self.answer_end(k, verb)?;
        let verb = self.past_adverbs(verb);
        if !self.is_answer_verb(verb) && !self.surveyed() || end <= verb {
            return None;
        }
        Some(Answer {
            span: self.line.span(amount.first, end),
            answer: self.said(verb, end),
            population: field.or_else(|| self.population_before(amount.first)),
            rule: "poll_share_of_people",
            confidence: if self.surveyed() { 0.9 } else { 0.75 },
        })
    }

    /// The answer that a row of shares ends in; `from` is the "and" after the first.
    pub(super) fn shared_answer(&self, k: usize, from: usize) -> Option<Field> {
        let words = &self.line.words;
        let next = self
            .line
            .amounts
            .get(k + 1)
            .filter(|a| a.is_share() && a.first <= from + 3)?;
        if !words.is(next.next, "of") {
            return None;
        }
        let people = self
            .people_from(next.next)
            .filter(|p| p.first <= next.next + 3)?;
        let verb = self.past_respectively(people.next);
        let end = self.answer_end(k + 1, verb)?;
        let verb = self.past_adverbs(verb);
        (self.is_answer_verb(verb) && end > verb).then(|| self.said(verb, end))?
    }

    /// Past ", respectively,".
    fn past_respectively(&self, i: usize) -> usize {
        let words = &self.line.words;
        let comma = usize::from(words.is_sign(i, ","));
        if !words.is(i + comma, "respectively") {
            return i;
        }
        let after = i + comma + 1;
        after + usize::from(words.is_sign(after, ","))
    }

    /// `20 percent to Seoul` after `55 percent pointed to Tokyo`: the verb is that of the answer
    /// before.
    pub(super) fn same_verb(
        &self,
        k: usize,
        amount: &Amount,
        last: Option<&PollDraft>,
    ) -> Option<Answer> {
        let words = &self.line.words;
        let last = last?;
        let before = last.answer.as_ref()?;
        let low = words.low(amount.next);
        let again = matches!(low, "to" | "for" | "on" | "against" | "with")
            && before.text.split(' ').take(4).any(|w| w == low);
        let end = again.then(|| self.answer_end(k, amount.next)).flatten()?;
        Some(Answer {
            span: self.line.span(amount.first, end),
            answer: Some(self.line.field(amount.next, end)),
            population: last.population.clone(),
            rule: "poll_same_verb",
            confidence: 0.7,
        })
    }

    /// `a plurality of Japanese (46%) said ties would stay the same`: the share of a people in
    /// brackets.
    pub(super) fn people_with_share(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let open = amount.first.checked_sub(1)?;
        if !words.is_sign(open, "(") || !words.is_sign(amount.next, ")") {
            return None;
        }
        let at = self.people.partition_point(|p| p.next < open);
        let people = self.people.get(at).filter(|p| p.next == open)?;
        let verb = self.past_adverbs(amount.next + 1);
        if !self.is_answer_verb(verb) {
            return None;
        }
        let end = self.answer_end(k, verb).filter(|end| *end > verb)?;
        let mut first = people.first;
        if first >= 2
            && words.is(first - 1, "of")
            && words.any(
                first - 2,
                &["plurality", "minority", "most", "many", "share", "part"],
            )
        {
            first -= 2;
            first -= usize::from(first > 0 && words.any(first - 1, &["a", "the"]));
        }
        Some(Answer {
            span: self.line.span(first, end),
            answer: self.said(verb, end),
            population: people
                .field
                .clone()
                .or_else(|| self.population_before(first)),
            rule: "poll_people_with_share",
            confidence: 0.85,
        })
    }

    pub(super) fn past_adverbs(&self, mut i: usize) -> usize {
        let words = &self.line.words;
        for _ in 0..3 {
            let low = words.low(i);
            let skip = low.ends_with("ly")
                || matches!(low, "also" | "who" | "that" | "still" | "now" | "even");
            i += usize::from(skip && !low.is_empty());
        }
        i
    }

    pub(super) fn is_answer_verb(&self, i: usize) -> bool {
        self.table.answers.contains(self.line.words.low(i)) && !self.line.words.capital(i)
    }

    /// What was said, without "said that".
    pub(super) fn said(&self, verb: usize, end: usize) -> Option<Field> {
        let words = &self.line.words;
        let mut first = verb;
        if words.any(
            first,
            &[
                "said",
                "say",
                "saying",
                "says",
                "answered",
                "answering",
                "responded",
                "replied",
                "answer",
                "respond",
                "responding",
                "replying",
            ],
        ) {
            first += 1;
            first += usize::from(words.any(first, &["that"]));
            first += usize::from(words.is_sign(first, ","));
        }
        if first >= end {
            first = verb;
        }
        (first < end).then(|| self.line.field(first, end))
    }

    /// One past the last word of the answer whose verb is at `from`.
    pub(super) fn answer_end(&self, k: usize, from: usize) -> Option<usize> {
        let words = &self.line.words;
        let next_share = self
            .line
            .amounts
            .get(k + 1..)?
            .iter()
            .find(|a| a.is_share())
            .map_or(words.len(), |a| a.first);
        let limit = next_share.min(words.len()).min(from + 60);
        let mut quoted = false;
        let mut end = from;
        while end < limit {
            if words.is_sign(end, "“\"”") {
                quoted = !quoted;
            }
            let low = words.low(end);
            let comma_ends = words.is_sign(end, ",")
                && (matches!(
                    words.low(end + 1),
                    "and"
                        | "while"
                        | "whereas"
                        | "but"
                        | "compared"
                        | "according"
                        | "up"
                        | "down"
                        | "followed"
                        | "which"
                        | "as"
                        | "with"
                        | "though"
                        | "although"
                        | "against"
                        | "versus"
                        | "only"
                        | "just"
                        | "a"
                        | "the"
                        | "far"
                        | "more"
                        | "less"
                        | "nearly"
                        | "about"
                        | "showing"
                        | "marking"
                        | "both"
                        | "said"
                        | "says"
                        | "showed"
                        | "an"
                ) || end + 3 >= next_share && next_share < words.len());
            let rest = words.is(end, "and")
                && words.is(end + 1, "the")
                && words.any(end + 2, &["rest", "remaining", "remainder", "others"]);
            let stops = words.is_sign(end, ";—:")
                || rest
                || words.is_sign(end, "(")
                || words.is_sign(end, ".!?")
                    && !quoted
                    && (end + 1 >= words.len() || words.list[end + 1].spaced)
                || comma_ends
                || matches!(low, "while" | "whereas" | "compared" | "versus");
            if stops && !quoted {
                break;
            }
            end += 1;
        }
        let mut end = end.min(limit);
        // What introduces the next share does not belong here.
        while end > from
            && (words.any(
                end - 1,
                &[
                    "and", "but", "only", "another", "while", "with", "just", "a", "further",
                    "the", "in", "among", "other", "some",
                ],
            ) || words.is_sign(end - 1, ",.;:“"))
        {
            end -= 1;
        }
        (end > from).then_some(end)
    }

    /// `52 percent said ...`, `30 percent disagreed`, `with 52 percent saying ...`
    pub(super) fn who_answer(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let mut i = amount.next;
        // "52 percent of respondents" without a known population was no case of `of_people`.
        i += usize::from(words.is(i, "of")) * 2;
        let verb = self.past_adverbs(i);
        if !self.is_answer_verb(verb)
            || words.any(
                verb,
                &[
                    "is", "was", "are", "were", "put", "report", "rate", "would", "could",
                ],
            ) && !self.surveyed()
        {
            return None;
        }
        if self.survey.is_none() && !self.cue && self.people.is_empty() {
            return None;
        }
        let end = self.answer_end(k, verb)?;
        Some(Answer {
            span: self.line.span(amount.first, end),
            answer: self.said(verb, end),
            population: self.population_before(amount.first),
            rule: "poll_share_answers",
            confidence: if self.surveyed() { 0.85 } else { 0.65 },
        })
    }
}
