//! A second figure for the same measure: ", up 7 percent on the year", "to $8.1 billion", "three times
//! as many as in 2016".

use detente_text::date::Edtf;

use super::{IndicatorDraft, Reader, signed, timed, unit_of, way};
use crate::{
    Value,
    figures::{
        amount::{Amount, AmountKind},
        clause,
        table::Change,
    },
};

/// How far behind a figure the second one may begin, in words.
const NEAR: usize = 14;

/// A figure that leans on the one before.
struct Leaning {
    first: usize,
    next: usize,
    value: Value,
    unit: Option<String>,
    direction: Option<&'static str>,
    rule: &'static str,
}

impl Reader<'_, '_> {
    /// Splits drafts of this sentence that hold two figures, and adds those that lean on them.
    pub(super) fn second_figures(&self, first_draft: usize, drafts: &mut Vec<IndicatorDraft>) {
        let words = &self.line.words;
        let mut i = 1;
        while i < words.len() {
            let leaning = self.change_after(i).or_else(|| self.level_reached(i));
            let Some(leaning) = leaning else {
                i += 1;
                continue;
            };
            let span = self.line.span(leaning.first, leaning.next);
            // The latest few: longer lists of figures lean on nothing.
            let recent = first_draft.max(drafts.len().saturating_sub(24));
            let base = drafts[recent..].iter().rposition(|d| {
                let end = self.word_at(d.span.end);
                self.word_at(d.span.start) < leaning.first && leaning.first <= end + NEAR
            });
            i = leaning.next.max(i + 1);
            let Some(base) = base.map(|k| k + recent) else {
                continue;
            };
            let reached = leaning.rule == REACHED;
            let next_period = leaning.rule == NEXT;
            if next_period && !drafts[base].rule.starts_with("indicator_change") {
                continue;
            }
            if reached
                && (drafts[base].value == leaning.value
                    || !matches!(drafts[base].value, Value::Number(_)))
                || drafts[base].value == leaning.value && drafts[base].span.overlaps(span)
            {
                continue;
            }
            let start = self.word_at(drafts[base].span.start);
            let next = clause::trim_end(words, start + 1, leaning.first);
            let mut second = drafts[base].clone();
            if drafts[base].span.overlaps(span) {
                drafts[base].span = self.line.span(start, next);
            }
            second.span = span;
            second.value = leaning.value;
            second.unit = leaning.unit;
            second.direction = leaning.direction;
            second.rule = leaning.rule;
            second.confidence = 0.75;
            // "Double the figure for 2021" is no yearly change of a figure of 2023.
            let against = self.times_in(span).find_map(|t| match t.edtf {
                Some(Edtf::Point(p)) if p.month.is_none() => Some(p.year),
                _ => None,
            });
            let measured = second
                .period
                .and_then(|p| p.edtf?.latest())
                .map(|day| day.year());
            if leaning.rule == CHANGED
                && let (Some(against), Some(measured)) = (against, measured)
                && against + 1 != measured
            {
                second.unit = second
                    .unit
                    .map(|unit| unit.trim_end_matches(" (year on year)").to_owned());
            }
            if next_period {
                second.direction = drafts[base].direction;
                second.unit.clone_from(&drafts[base].unit);
                second.period = self.times_in(span).next().map(crate::figures::period);
                if let (Value::Number(n), Some("decrease")) = (&mut second.value, second.direction)
                {
                    *n = -n.abs();
                }
            }
            drafts.insert(base + 1, second);
        }
    }

    /// Index of the word at a byte of the document.
    fn word_at(&self, byte: u32) -> usize {
        let byte = byte.saturating_sub(self.line.offset) as usize;
        self.line.words.list.partition_point(|w| w.start < byte)
    }

    /// After a comma at `i - 1`: `up 7 percent on the year`, `a rise of 4 percent`, `12 percent
    /// more than in 2012`, `three times as many as in 2016`.
    fn change_after(&self, i: usize) -> Option<Leaning> {
        let words = &self.line.words;
        if !words.is_sign(i - 1, ",(—–") && !words.is(i - 1, "and") {
            return None;
        }
        let parted = !words.is(i - 1, "and");
        let end = clause::end(words, i);
        let leaning = |change: Change, amount: Option<&Amount>, next: usize| {
            let next = next.max(self.end_of_comparison(next, end));
            let yearly = self.is_yearly(i, next);
            let sign = if change == Change::Down { -1.0 } else { 1.0 };
            let (value, unit) = match (change, amount) {
                (Change::Times(t), _) => (Value::Number(t), Some(timed("times", yearly))),
                (_, Some(a)) if matches!(a.kind, AmountKind::Percent) => {
                    (signed(a, sign), Some(timed("percent", yearly)))
                }
                (_, Some(a)) if a.kind == AmountKind::Times => {
                    (a.value(), Some(timed("times", yearly)))
                }
                (_, Some(a)) => (signed(a, sign), unit_of(a)),
                _ => return None,
            };
            Some(Leaning {
                first: i,
                next,
                value,
                unit,
                direction: way(change),
                rule: CHANGED,
            })
        };
        // "twice as many as", "double the figure of 2012", "half the level of 2019"
        let factor = match words.low(i) {
            "twice" | "double" => 2.0,
            "triple" | "thrice" => 3.0,
            "quadruple" => 4.0,
            "half" => 0.5,
            _ => 0.0,
        };
        if factor > 0.0
            && words.any(i + 1, &["as", "the", "that", "what", "its", "of"])
            && (factor > 0.5 || words.any(i + 1, &["as", "the", "that"]))
        {
            return leaning(Change::Times(factor), None, i + 2);
        }
        // "up 4 percent", "down by a third"
        let way_at = match words.low(i) {
            "up" => Some(Change::Up),
            "down" => Some(Change::Down),
            _ => None,
        };
        if let Some(change) = way_at.filter(|_| parted) {
            let from = i + 1 + usize::from(words.is(i + 1, "by"));
            let amount = self.amount_from(from, end, 1)?;
            return leaning(change, Some(amount), amount.next);
        }
        // "a rise of 4 percent", "a 4 percent rise"
        let figure = self.line.amount_at(i).is_some();
        if words.any(i, &["a", "an"]) && parted && !figure {
            let noun = (i + 1..(i + 6).min(words.len()))
                .find(|&k| self.table.change_nouns.at(words, k).is_some())?;
            let (change, next) = self.table.change_nouns.at(words, noun)?;
            let amount = if words.any(next, &["of", "by"]) {
                self.amount_from(next + 1, end, 1)?
            } else {
                self.amount_from(i, noun, 3)?
            };
            return leaning(change, Some(amount), amount.next.max(next));
        }
        // "12 percent more than in 2012", "three times as many as"
        let amount = self.line.amount_at(i).filter(|a| a.first == i)?;
        if self.is_taken(amount.figure) {
            return None;
        }
        // "2.6 percent in 2022 and 1.4 percent in 2023"
        let timed_at = amount.next + usize::from(words.is(amount.next, "in"));
        if amount.kind == AmountKind::Percent
            && !parted
            && let Some(time) = self.line.time_at(timed_at)
        {
            let next = (timed_at..words.len())
                .find(|&k| self.line.span(k, k + 1).start >= time.span.end)
                .unwrap_or(words.len());
            return Some(Leaning {
                first: i,
                next,
                value: amount.value(),
                unit: None,
                direction: None,
                rule: NEXT,
            });
        }
        let change = match (amount.kind, words.low(amount.next)) {
            (AmountKind::Percent, "more" | "higher" | "above") => Change::Up,
            (AmountKind::Percent, "less" | "fewer" | "lower" | "below") => Change::Down,
            (AmountKind::Times, "as" | "more" | "the" | "higher" | "that") => Change::Up,
            _ => return None,
        };
        leaning(change, Some(amount), amount.next + 1)
    }

    /// One past the words that say against what: "as much as in 2016", "from the
    /// spring", "than in 2012".
    fn end_of_comparison(&self, from: usize, end: usize) -> usize {
        let words = &self.line.words;
        (from..end)
            .find(|&i| words.is_sign(i, ",;)") || words.any(i, &["and", "while"]))
            .unwrap_or(end)
    }

    /// `to about 640 million euros` behind a change: how far it got.
    fn level_reached(&self, i: usize) -> Option<Leaning> {
        let words = &self.line.words;
        if !words.any(i, &["to", "reaching", "totaling", "totalling", "hitting"]) {
            return None;
        }
        let amount = self.amount_from(i + 1, words.len(), 0)?;
        if matches!(amount.kind, AmountKind::Points | AmountKind::Times) {
            return None;
        }
        let unit = match amount.kind {
            AmountKind::Count if amount.number < 1000.0 => return None,
            AmountKind::Count => Some("persons".to_owned()).filter(|_| {
                (i.saturating_sub(40)..i).any(|k| {
                    self.table
                        .measures
                        .at(words, k)
                        .is_some_and(|(m, _)| m.people)
                })
            }),
            _ => unit_of(amount),
        };
        let first = i + usize::from(!words.is(i, "to"));
        Some(Leaning {
            first: first.min(i),
            next: amount.next,
            value: amount.value(),
            unit,
            direction: None,
            rule: REACHED,
        })
    }
}

/// The rule of changes told behind a level.
const CHANGED: &str = "indicator_change_after";

/// The rule of levels that a change led to.
const REACHED: &str = "indicator_level_reached";

/// The rule of the same change in another period.
const NEXT: &str = "indicator_next_period";
