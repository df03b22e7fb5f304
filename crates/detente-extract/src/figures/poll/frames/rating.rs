//! Ratings and percentages of those who: the figure stands after a noun.

use super::{Answer, Reader};
use crate::{
    Value,
    figures::{
        Field, PollDraft,
        amount::{Amount, AmountKind},
        clause,
        table::{Change, Rating},
    },
};

impl Reader<'_, '_> {
    /// `the share of Danes who distrust the court stood at 58%`
    pub(super) fn share_of_those_who(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let free = self.free_from(k);
        let noun = (free..amount.first).rev().take(45).find(|&i| {
            self.table.shares.at(words, i).is_some()
                && words.any(i + 1, &["of", "who", "in", "among", "for"])
        })?;
        let people = self.people_from(noun + 1).filter(|p| p.first <= noun + 4);
        let after = people.map_or(noun + 1, |p| p.next);
        let who = (after..(after + 14).min(amount.first)).find(|&i| {
            words.any(
                i,
                &[
                    "who",
                    "that",
                    "saying",
                    "answering",
                    "having",
                    "with",
                    "viewing",
                    "supporting",
                    "opposing",
                    "favoring",
                    "favouring",
                    "responding",
                    "expressing",
                ],
            )
        });
        if who.is_none() && !self.surveyed() {
            return None;
        }
        let answer = who.and_then(|w| {
            let link = self.link_before(amount.first);
            let first = if words.any(w, &["who", "that"]) {
                w + 1
            } else {
                w
            };
            (link > first).then(|| self.said(first, link)).flatten()
        });
        people?;
        let mut first = noun;
        first -= usize::from(first > 0 && words.any(first - 1, &["the", "a"]));
        Some(Answer {
            span: self.line.span(first, amount.next),
            answer,
            population: people.and_then(|p| p.field.clone()),
            rule: "poll_percentage_of_those_who",
            confidence: 0.85,
        })
    }

    /// The first word of what links an answer to its figure: "rose 5 points to", "stood at", "at a
    /// record of".
    pub(super) fn link_before(&self, figure: usize) -> usize {
        let words = &self.line.words;
        let mut at = figure;
        while at > 0 {
            let k = at - 1;
            let low = words.low(k);
            let links = matches!(
                low,
                "to" | "at"
                    | "of"
                    | "a"
                    | "an"
                    | "the"
                    | "record"
                    | "all"
                    | "time"
                    | "high"
                    | "low"
                    | "by"
                    | "from"
                    | "points"
                    | "percentage"
                    | "only"
                    | "just"
                    | "highest"
                    | "lowest"
                    | "ever"
                    | "level"
                    | "new"
                    | "over"
            ) || words.hyphen(k)
                || words.is_sign(k, ",")
                || self.table.change_verbs.at(words, k).is_some()
                || self.table.level_verbs.contains(low)
                || self.line.amount_at(k).is_some();
            if !links {
                break;
            }
            at = k;
        }
        at
    }

    /// Word after the last share before amount `k`.
    pub(super) fn free_from(&self, k: usize) -> usize {
        let words = &self.line.words;
        self.line.amounts[..k]
            .iter()
            .rev()
            .find(|a| a.is_share() && !(a.first > 0 && words.is(a.first - 1, "from")))
            .map_or(0, |a| a.next)
    }

    /// `approval ratings fell to 45 percent`, `support for A rose 5 points to 45 percent`
    pub(super) fn rating(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let free = self.free_from(k);
        let (noun, (rating, after)) = (free..amount.first)
            .rev()
            .take(25)
            .find_map(|i| Some((i, self.table.ratings.at(words, i)?)))?;
        let linked = self.link_before(amount.first) < amount.first;
        if !rating.sure && !self.surveyed() || !linked {
            return None;
        }
        // A longer name of the same rating may begin earlier: "job approval rating".
        let first = self.rating_start(noun);
        let link = self.link_before(amount.first);
        let answer = if rating.sure {
            Some(self.rated(rating, noun, after))
        } else {
            self.trimmed_answer(first, link.max(first))
        };
        // "Support was 35 percent in Korea"
        let whose = self.people_from(amount.next).filter(|p| {
            p.field.is_some()
                && p.first <= amount.next + 1
                && words.any(amount.next, &["in", "among"])
        });
        if let Some(people) = whose {
            return Some(Answer {
                span: self.line.span(first, people.next),
                answer,
                population: people.field.clone(),
                rule: "poll_rating",
                confidence: 0.85,
            });
        }
        Some(Answer {
            span: self.line.span(first, amount.next),
            answer,
            population: self
                .people_from(after)
                .filter(|p| {
                    p.next <= amount.first
                        && p.first > 0
                        && words.any(p.first - 1, &["among", "of", "in", "by"])
                })
                .and_then(|p| p.field.clone())
                .or_else(|| self.population_before(first)),
            rule: "poll_rating",
            confidence: 0.85,
        })
    }

    pub(super) fn rated(&self, rating: Rating, first: usize, next: usize) -> Field {
        Field {
            text: rating.answer.to_owned(),
            span: self.line.span(first, next),
        }
    }

    /// With the words that say whose or what rating it is.
    pub(super) fn rating_start(&self, noun: usize) -> usize {
        let words = &self.line.words;
        let mut first = noun;
        while first > 0 && noun - first < 10 {
            let k = first - 1;
            let goes_on = words.capital(k) && k > 0
                || words.any(
                    k,
                    &[
                        "'s",
                        "public",
                        "overall",
                        "his",
                        "her",
                        "its",
                        "their",
                        "job",
                        "cabinet",
                        "government",
                        "president",
                        "minister",
                        "prime",
                        "administration",
                    ],
                )
                || words.is_sign(k, "'’")
                || self.table.ratings.at(words, k).is_some();
            if words.any(k, &["the", "a"]) {
                return k;
            }
            // "the premier's rating": the owner belongs to it, whatever its case.
            let owner = words.any(first, &["'s"]) && !words.low(k).is_empty();
            if !goes_on && !owner || words.date(k).is_some() {
                break;
            }
            first = k;
        }
        // A first word of the sentence is taken in if it names something.
        if first == 1 && words.capital(0) && !words.any(0, &["in", "on", "at", "but", "and"]) {
            first = 0;
        }
        first
    }

    /// `Abe's approval ratings began to fall`
    pub(super) fn rating_without_share(&self) -> Option<PollDraft> {
        let words = &self.line.words;
        let (noun, (rating, after)) = (0..words.len()).find_map(|i| {
            let (rating, next) = self.table.ratings.at(words, i)?;
            rating.sure.then_some((i, (rating, next)))
        })?;
        let first = self.rating_start(noun);
        let (at, (change, _)) = (after..(after + 7).min(words.len()))
            .find_map(|i| Some((i, self.table.change_verbs.at(words, i)?)))?;
        let value = direction(change)?;
        let end = clause::end(words, at);
        let answer = Answer {
            span: self.line.span(first, end),
            answer: Some(self.rated(rating, noun, after)),
            population: self
                .people_from(at)
                .filter(|p| {
                    p.next <= end && p.first > 0 && words.any(p.first - 1, &["among", "with", "in"])
                })
                .and_then(|p| p.field.clone())
                .or_else(|| self.population_before(first)),
            rule: "poll_rating_trend",
            confidence: 0.7,
        };
        let points = self
            .line
            .amounts
            .iter()
            .find(|a| a.kind == AmountKind::Points && a.first >= after && a.next <= end);
        Some(match points {
            Some(p) => {
                let sign = if change == Change::Down { -1.0 } else { 1.0 };
                self.draft(
                    answer,
                    Value::Number(sign * p.number),
                    Some("percentage points"),
                )
            }
            None => self.draft(answer, Value::Text(value.to_owned()), None),
        })
    }
}

fn direction(change: Change) -> Option<&'static str> {
    match change {
        Change::Up => Some("increase"),
        Change::Down => Some("decrease"),
        Change::Stable => Some("stable"),
        Change::Times(_) => None,
    }
}
