//! Figures that lean on the one before: an earlier wave, a difference in points, another country.

use super::{Answer, Reader};
use crate::{
    Value,
    figures::{
        Period, PollDraft,
        amount::{Amount, AmountKind},
        period,
        table::Change,
    },
    times::{TimeKind, Unit},
};
use detente_text::{
    Basis,
    date::{Edtf, Point},
};

/// How many words may stand between a figure and what leans on it.
const NEAR: usize = 5;

impl Reader<'_, '_> {
    /// First word after the quote of `last`.
    fn word_after(&self, last: &PollDraft) -> usize {
        let end = last.span.end.saturating_sub(self.line.offset) as usize;
        self.line.words.list.partition_point(|w| w.end <= end)
    }

    /// `, up from 30% a year ago`, `, compared with 38 percent in the previous survey`,
    /// `(2023: 38%)`: the same answer of the same people at another time.
    pub(super) fn earlier_wave(
        &self,
        amount: &Amount,
        last: &PollDraft,
        drafts: &[PollDraft],
    ) -> Option<PollDraft> {
        let words = &self.line.words;
        let before = amount.first.checked_sub(1)?;
        let (start, dated) =
            if words.is_sign(before, ":,") && before > 0 && self.is_year(before - 1) {
                let mut open = before - 1;
                while open > 0 && self.is_year(open) {
                    open -= 1;
                }
                words.is_sign(open, "(;").then_some((open + 1, true))?
            } else {
                (self.trend_start(amount, before)?, false)
            };
        let free = self.word_after(last);
        if start < free || start - free > NEAR {
            return None;
        }
        let time = if dated {
            self.line.time_at(before - 1)
        } else {
            (amount.next..amount.next + 6)
                .take_while(|&i| !words.is_sign(i, ",;)") && self.line.amount_at(i).is_none())
                .find_map(|i| self.line.time_at(i))
        };
        let mut end = amount.next;
        if let Some(time) = time.filter(|_| !dated) {
            while end < words.len() && self.line.span(end, end + 1).start < time.span.end {
                end += 1;
            }
        }
        let span = self.line.span(start, end);
        let base = last.fieldwork.as_ref().or(last.published.as_ref());
        let carried = || {
            drafts
                .iter()
                .rev()
                .take(8)
                .find(|d| d.rule == WAVE && d.pollster == last.pollster)
                .and_then(|d| d.fieldwork)
                .filter(|p| p.edtf.is_some())
        };
        let when = match time {
            Some(time) => {
                let mut when = period(time);
                let a_year = time
                    .length
                    .is_some_and(|l| l.unit == Unit::Year && l.count == 1);
                if (time.kind == TimeKind::Comparison || a_year)
                    && let Some(year) = base.and_then(|b| b.edtf?.earliest())
                {
                    when.edtf = Some(Edtf::Point(Point::year(year.year() - 1)));
                    when.basis = Basis::Relative;
                }
                when
            }
            None if dated => Period {
                edtf: words
                    .raw(before - 1)
                    .parse()
                    .ok()
                    .map(|year| Edtf::Point(Point::year(year))),
                basis: Basis::Explicit,
                span: self.line.span(before - 1, before),
            },
            None => carried().map_or(
                Period {
                    edtf: None,
                    basis: Basis::None,
                    span,
                },
                |p| Period {
                    basis: Basis::Derived,
                    ..p
                },
            ),
        };
        Some(PollDraft {
            span,
            value: amount.value(),
            unit: Some("percent"),
            fieldwork: Some(when),
            published: None,
            n: None,
            rule: WAVE,
            confidence: 0.8,
            ..last.clone()
        })
    }

    fn is_year(&self, i: usize) -> bool {
        let raw = self.line.words.raw(i);
        self.line.time_at(i).is_some()
            || raw.len() == 4
                && raw
                    .parse::<i16>()
                    .is_ok_and(|year| (1900..2100).contains(&year))
    }

    /// Where the words begin that make the share at `before + 1` an earlier one.
    fn trend_start(&self, amount: &Amount, before: usize) -> Option<usize> {
        let words = &self.line.words;
        let lowest = before.saturating_sub(5);
        if words.is(before, "from") {
            return (lowest..before).rev().find(|&i| {
                words.any(i, &["up", "down", "unchanged"])
                    || self.table.change_verbs.at(words, i).is_some()
                    || self.table.change_nouns.at(words, i).is_some()
            });
        }
        let start = if words.any(before, &["with", "to"])
            && before > 0
            && words.any(before - 1, &["compared", "relative"])
        {
            before - 1
        } else if words.any(before, &["against", "versus", "than"]) {
            (lowest..before)
                .rev()
                .find(|&i| words.any(i, &["more", "less", "higher", "lower", "fewer"]))
                .filter(|_| words.is(before, "than"))
                .unwrap_or(before)
        } else {
            return None;
        };
        // "Compared with 30% in 2023", not "compared with 30% of men".
        let at_a_time = (amount.next..amount.next + 7)
            .take_while(|&i| !words.is_sign(i, ",;"))
            .any(|i| {
                self.line.time_at(i).is_some()
                    || words.any(i, &["previous", "last", "earlier", "preceding"])
            });
        at_a_time.then_some(start)
    }

    /// `, six points more than in 2019`, `, down 3 points from May`
    pub(super) fn points_apart(&self, amount: &Amount, last: &PollDraft) -> Option<PollDraft> {
        let words = &self.line.words;
        if amount.kind != AmountKind::Points {
            return None;
        }
        let way = |i: usize| match words.low(i) {
            "less" | "lower" | "fewer" | "down" | "below" => Some("decrease"),
            "more" | "higher" | "up" | "above" => Some("increase"),
            _ => None,
        };
        let mut start = amount.first;
        let mut before = None;
        for _ in 0..3 {
            let Some(k) = start.checked_sub(1) else { break };
            let noun = self.table.change_nouns.at(words, k);
            if let Some(found) = way(k) {
                before = Some(found);
            } else if let Some((change, _)) = noun {
                before = Some(match change {
                    Change::Down => "decrease",
                    _ => "increase",
                });
            } else if !words.any(k, &["by", "of", "a", "an", "some", "about"]) {
                break;
            }
            start = k;
        }
        let value = before.or_else(|| way(amount.next))?;
        let free = self.word_after(last);
        if start < free || start - free > 2 || !words.is_sign(start.wrapping_sub(1), ",(—") {
            return None;
        }
        let end = (amount.next..words.len())
            .find(|&i| words.is_sign(i, ",.;)") || words.any(i, &["and", "while", "but"]))
            .unwrap_or(words.len());
        Some(PollDraft {
            span: self.line.span(start, end.max(amount.next)),
            value: Value::Text(value.to_owned()),
            unit: None,
            rule: "poll_points_apart",
            confidence: 0.7,
            ..last.clone()
        })
    }

    /// `(Japan: 33%)`, `(Norway 40%, Sweden 31%)`: the answer of the clause before in another
    /// country.
    pub(super) fn country_in_brackets(
        &self,
        amount: &Amount,
        last: Option<&PollDraft>,
    ) -> Option<Answer> {
        let words = &self.line.words;
        let mut end = amount.first;
        end -= usize::from(end > 0 && words.is_sign(end - 1, ":,"));
        let lowest = end.saturating_sub(4);
        let (first, adjective) = (lowest..end).rev().find_map(|i| {
            let place = i + usize::from(words.any(i, &["in", "the"]));
            let (state, next) = self.table.state_at(words, place)?;
            let opened = i > 0 && words.is_sign(i - 1, "(,;");
            (next == end && opened).then_some((i, state.adjective))
        })?;
        let open = (first.saturating_sub(24)..first)
            .rev()
            .find(|&i| words.is_sign(i, "()"))?;
        if !words.is_sign(open, "(") || last.is_none() && !self.surveyed() {
            return None;
        }
        Some(Answer {
            span: self.line.span(first, amount.next),
            answer: last.and_then(|d| d.answer.clone()),
            population: Some(crate::figures::Field {
                text: format!("{adjective} respondents"),
                span: self.line.span(first, end),
            }),
            rule: "poll_country_in_brackets",
            confidence: 0.8,
        })
    }

    /// `The same answer had reached 29%`, `the figure was 12 percent in May`: what was asked last.
    pub(super) fn same_again(&self, amount: &Amount, drafts: &[PollDraft]) -> Option<PollDraft> {
        let words = &self.line.words;
        let last = drafts.last()?;
        let mut link = self.link_before(amount.first);
        while link > 0 && words.any(link - 1, &["had", "has", "have", "been", "also", "still"]) {
            link -= 1;
        }
        let noun = link.checked_sub(1)?;
        let again = words.any(noun, &["question", "answer", "statement"])
            && noun > 0
            && words.is(noun - 1, "same")
            || noun > 0
                && words.any(
                    noun,
                    &["figure", "share", "proportion", "ratio", "percentage"],
                )
                && words.any(noun - 1, &["the", "that", "this", "same"]);
        if !again || link == amount.first || self.line.index > last.sentence + 2 {
            return None;
        }
        let first = noun - 1 - usize::from(words.is(noun - 1, "same") && noun > 1);
        let time = self
            .line
            .times
            .iter()
            .find(|t| t.edtf.is_some() && matches!(t.kind, TimeKind::Point | TimeKind::Range));
        let people = self.people.iter().find_map(|p| p.field.clone());
        Some(PollDraft {
            sentence: self.line.index,
            span: self.line.span(first, amount.next),
            value: amount.value(),
            unit: Some("percent"),
            population: people.or_else(|| last.population.clone()),
            fieldwork: time.map(period).or(last.fieldwork),
            n: if time.is_some() { None } else { last.n },
            rule: "poll_same_question",
            confidence: 0.65,
            ..last.clone()
        })
    }
}

/// The rule of figures of an earlier wave.
const WAVE: &str = "poll_earlier_wave";
