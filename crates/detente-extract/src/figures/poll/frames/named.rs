//! "A (55%)", "B at 29 percent", "Yes: 52%": the figure stands beside the answer.

use super::{Answer, Reader};
use crate::figures::{Field, amount::Amount, clause};

/// Words no answer goes back over: what stands before them is not part of its name.
const BEFORE_ANSWER: [&str; 34] = [
    "and",
    "or",
    "by",
    "between",
    "over",
    "was",
    "were",
    "is",
    "are",
    "to",
    "with",
    "than",
    "versus",
    "vs",
    "while",
    "but",
    "at",
    "in",
    "on",
    "followed",
    "being",
    "as",
    "that",
    "from",
    "be",
    "it",
    "then",
    "among",
    "against",
    "came",
    "include",
    "included",
    "including",
    "for",
];

impl Reader<'_, '_> {
    /// `A (55%)`
    pub(super) fn in_brackets(&self, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let open = amount.first.checked_sub(1)?;
        if !words.is_sign(open, "(（[") || !self.surveyed() {
            return None;
        }
        let close = (amount.next..(amount.next + 12).min(words.len()))
            .find(|&i| words.is_sign(i, ")）]"))?;
        let first = self.name_before(open)?;
        Some(Answer {
            span: self.line.span(first, close + 1),
            answer: self.trimmed_answer(first, open),
            population: self.population_before(first),
            rule: "poll_brackets",
            confidence: 0.9,
        })
    }

    /// First word of the name or noun phrase that ends before `end`.
    pub(super) fn name_before(&self, end: usize) -> Option<usize> {
        let words = &self.line.words;
        if end > 0 && words.is_sign(end - 1, "”\"’'") {
            let open = (0..end - 1)
                .rev()
                .take(40)
                .find(|&i| words.is_sign(i, "“\"‘'"))?;
            return Some(open);
        }
        let mut first = end;
        while first > 0 && end - first < 10 {
            let at = first - 1;
            let low = words.low(at);
            if matches!(low, "the" | "a" | "an") {
                first = at;
                break;
            }
            let joins = words.hyphen(at) || low == "'s";
            let stops = low.is_empty() && !joins
                || BEFORE_ANSWER.contains(&low)
                || self.table.chooses.contains(low)
                || self.table.level_verbs.contains(low) && low != "of"
                || self.table.answers.contains(low) && !words.capital(at);
            if stops || words.date(at).is_some() || self.line.amount_at(at).is_some() {
                break;
            }
            first = at;
        }
        // "of" opens no name.
        while first < end && (words.is(first, "of") || words.hyphen(first)) {
            first += 1;
        }
        (first < end).then_some(first)
    }

    /// The answer without article and quotation marks.
    pub(super) fn trimmed_answer(&self, mut first: usize, mut end: usize) -> Option<Field> {
        let words = &self.line.words;
        while first < end
            && (words.any(first, &["the", "a", "an", "that"]) || words.is_sign(first, "“\"‘',"))
        {
            first += 1;
        }
        while end > first && words.is_sign(end - 1, "”\"’',.;") {
            end -= 1;
        }
        (first < end).then(|| self.line.field(first, end))
    }

    /// `followed by B at 29 percent`, `A with 55 percent`
    pub(super) fn named_with(&self, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let at = amount.first.checked_sub(1)?;
        let compares = at > 0 && words.any(at - 1, &["compared", "relative"]);
        if !words.any(at, &["at", "with"]) || compares || !self.surveyed() {
            return None;
        }
        let mut end = at;
        end -= usize::from(end > 0 && words.is_sign(end - 1, ","));
        let first = self.name_before(end)?;
        // "topped the list with 55 percent": the answer is the subject.
        let list = (first..end).any(|i| {
            words.any(
                i,
                &["list", "poll", "ranking", "rankings", "survey", "place"],
            )
        });
        let (first, end_of_answer) = if list {
            let start = clause::start(words, first);
            let verb = (start..first).find(|&i| {
                words.any(
                    i,
                    &[
                        "topped", "led", "headed", "came", "ranked", "took", "finished",
                    ],
                )
            })?;
            (start, verb)
        } else {
            (first, end)
        };
        Some(Answer {
            span: self.line.span(first, amount.next),
            answer: self.trimmed_answer(first, end_of_answer),
            population: self.population_before(first),
            rule: "poll_named_with_share",
            confidence: 0.7,
        })
    }

    /// `Yes: 52%`
    pub(super) fn after_colon(&self, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let colon = amount
            .first
            .checked_sub(1)
            .filter(|&c| words.is_sign(c, ":"))?;
        self.survey?;
        let first = (0..colon)
            .rev()
            .take(12)
            .take_while(|&i| !words.is_sign(i, ",;.|()"))
            .last()?;
        Some(Answer {
            span: self.line.span(first, amount.next),
            answer: self.trimmed_answer(first, colon),
            population: self.population_before(first),
            rule: "poll_list",
            confidence: 0.6,
        })
    }
}
