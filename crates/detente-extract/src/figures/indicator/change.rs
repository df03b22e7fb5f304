//! Changes: "exports rose 12 percent", "a drop in exports".

use detente_text::date::Edtf;

use super::{Found, Reader, Said, flow, signed, timed, unit_of, way};
use crate::{
    Value,
    figures::{amount::AmountKind, table::Change},
    times::{TimeExpr, TimeKind, Unit},
};

impl Reader<'_, '_> {
    /// `exports rose 12 percent`, `Japan cut its defence budget`
    pub(super) fn change_verb(&self, found: &Found, start: usize, end: usize) -> Option<Said> {
        let words = &self.line.words;
        let after = (found.next..end.min(found.next + 16))
            // In a relative clause the comma ends it: "which make up a fifth of all sales, rose".
            .take_while(|&i| {
                let relative = start > 0 && words.any(start - 1, &["which", "who"]);
                !(words.any(i, &["that", "which", "who"]) || relative && words.is_sign(i, ","))
            })
            .find_map(|i| self.change_at(i).map(|(c, n)| (i, c, n)));
        let before = || {
            (start.max(found.first.saturating_sub(7))..found.first)
                .rev()
                .find_map(|i| {
                    let (change, next) = self.table.change_verbs.at(words, i)?;
                    let barrier = (next..found.first).any(|k| {
                        words.any(
                            k,
                            &[
                                "to", "from", "by", "with", "for", "on", "at", "after", "as", "and",
                            ],
                        )
                    });
                    (!barrier && self.is_verb(i) && !self.is_undertaken(i))
                        .then_some((i, change, next))
                })
        };
        let (verb, change, next, verb_before) = match after {
            Some((i, c, n)) => (i, c, n, false),
            None => match before() {
                Some((i, c, n)) => (i, c, n, true),
                None => return self.change_past_relative(found),
            },
        };
        // "trade talks fell apart" has no measure; a measure that is the object of a plain noun
        // ("the drop in") was read before.
        let from = if verb_before { found.next } else { next };
        let (mut value, unit) = self.changed_by(change, from, start, end);
        // "Ferry sales are growing less quickly": set against something, without a figure.
        let compared = (next..next + 2).any(|k| {
            words.any(k, &["faster", "slower"])
                || words.any(k, &["more", "less"])
                    && words.any(
                        k + 1,
                        &["slowly", "quickly", "rapidly", "sharply", "steeply"],
                    )
        });
        if compared && unit.is_none() && !matches!(value, Value::Number(_)) {
            value = Value::Text("comparison".to_owned());
        }
        // The subject of a verb that stands before may open the clause.
        Some(Said {
            value,
            unit,
            direction: way(change),
            quote: (start, end),
            verb_before: verb_before.then_some(verb),
            rule: "indicator_change",
            confidence: 0.8,
        })
    }

    /// `exports, which had slumped in 2019, rose 20 percent`: the predicate alone, as a relative
    /// clause parts it from what is measured.
    fn change_past_relative(&self, found: &Found) -> Option<Said> {
        let words = &self.line.words;
        let reach = |from: usize, n: usize| from..(from + n).min(words.len());
        let open = reach(found.next, 12).find(|&i| words.is_sign(i, ",;."))?;
        if !words.is_sign(open, ",") || !words.any(open + 1, &["which", "who", "whose", "where"]) {
            return None;
        }
        let close = reach(open + 2, 24).find(|&i| words.is_sign(i, ",;."))?;
        let (verb, (change, next)) =
            reach(close + 1, 3).find_map(|i| Some((i, self.change_at(i)?)))?;
        let end = super::clause::end(words, verb);
        let (value, unit) = self.changed_by(change, next, verb, end);
        Some(Said {
            value,
            unit,
            direction: way(change),
            quote: (verb, end),
            verb_before: None,
            rule: "indicator_change",
            confidence: 0.75,
        })
    }

    /// A verb of change, or "up" and "down" before a figure.
    pub(super) fn change_at(&self, i: usize) -> Option<(Change, usize)> {
        let words = &self.line.words;
        if self
            .line
            .amount_at(i + 1)
            .is_some_and(|a| a.first == i + 1 && a.kind != AmountKind::Count)
        {
            match words.low(i) {
                "up" => return Some((Change::Up, i + 1)),
                "down" => return Some((Change::Down, i + 1)),
                _ => {}
            }
        }
        let found = self.table.change_verbs.at(words, i)?;
        self.is_verb(i).then_some(found)
    }

    /// `agreed to raise tariffs`, `plans to double its budget`: an undertaking, nothing measured.
    fn is_undertaken(&self, i: usize) -> bool {
        let words = &self.line.words;
        i >= 2 && words.is(i - 1, "to") && self.table.undertaken.contains(words.low(i - 2))
    }

    /// A form of a verb, not the noun after an article ("the rise", "a cut").
    pub(super) fn is_verb(&self, i: usize) -> bool {
        let words = &self.line.words;
        // "Lower than" compares; ", double the figure of 2012" is told of another figure.
        let apposed = i > 0
            && words.is_sign(i - 1, ",")
            && words.any(i, &["double", "triple", "treble", "quadruple"]);
        !words.is(i + 1, "than")
            && !apposed
            && (i == 0
                || !words.any(
                    i - 1,
                    &[
                        "a", "an", "the", "this", "that", "further", "sharp", "steep", "of", "its",
                        "any",
                    ],
                ) && self
                    .line
                    .amount_at(i - 1)
                    .is_none_or(|a| a.kind == AmountKind::Count))
    }

    /// How far: the first figure after the verb; with "to", how far it got.
    pub(super) fn changed_by(
        &self,
        change: Change,
        from: usize,
        start: usize,
        end: usize,
    ) -> (Value, Option<String>) {
        let words = &self.line.words;
        let yearly = self.is_yearly(start, end);
        if let Change::Times(times) = change {
            return (Value::Number(times), Some(timed("times", yearly)));
        }
        let word = || {
            (
                Value::Text(way(change).unwrap_or("stable").to_owned()),
                None,
            )
        };
        let mut amount = self.amount_from(from, end, 7);
        if let Some(a) = amount
            && a.first > 0
            && words.is(a.first - 1, "from")
        {
            amount = self.amount_from(a.next, end, 3);
        }
        let Some(amount) = amount else { return word() };
        let reached = amount.first > 0 && words.any(amount.first - 1, &["to", "at"]);
        if change == Change::Stable && !reached {
            return word();
        }
        let sign = if change == Change::Down && !reached {
            -1.0
        } else {
            1.0
        };
        match amount.kind {
            AmountKind::Count if !reached => {
                // "fell by 300,000"
                let by = amount.first > 0 && words.is(amount.first - 1, "by");
                if by {
                    (signed(amount, sign), None)
                } else {
                    word()
                }
            }
            AmountKind::Percent if !reached => {
                (signed(amount, sign), Some(timed("percent", yearly)))
            }
            AmountKind::Times => (signed(amount, sign), Some(timed("times", yearly))),
            _ => (signed(amount, sign), unit_of(amount)),
        }
    }

    /// A year is named as what the change is measured over or against.
    pub(super) fn is_yearly(&self, start: usize, end: usize) -> bool {
        let words = &self.line.words;
        let phrase = (start..end).any(|i| {
            words.any(i, &["annually", "yearly"])
                || words.is(i, "year")
                    && words.any(i + 1, &["on", "over"])
                    && words.is(i + 2, "year")
                || words.is(i, "year") && words.hyphen(i + 1) && words.any(i + 2, &["on", "over"])
                || words.is(i, "on") && words.hyphen(i + 1) && words.is(i + 2, "year")
        });
        let span = self.line.span(start, end);
        let year = |t: &TimeExpr| {
            let compared = t.kind == TimeKind::Comparison
                && t.length
                    .is_some_and(|l| l.unit == Unit::Year && l.count == 1);
            let whole = t.kind == TimeKind::Point
                && matches!(t.edtf, Some(Edtf::Point(p)) if p.month.is_none());
            compared || whole
        };
        phrase || self.times_in(span).any(year)
    }

    /// `a 12 percent drop in exports`, `the increase in Japan's investment`, `export growth of 5%`
    pub(super) fn change_noun(&self, found: &Found, end: usize) -> Option<Said> {
        let words = &self.line.words;
        let lowest = found.first.saturating_sub(7);
        let noun = (lowest..found.first).rev().find(|&i| {
            self.table.change_nouns.at(words, i).is_some()
                && words.any(i + 1, &["in", "of"])
                && !(i + 2..found.first).any(|k| {
                    words.any(k, &["in", "of", "and", "to", "by", "with", "from"])
                        && !words.any(k + 1, &["the"])
                })
        });
        let (noun, close) = match noun {
            Some(noun) => (noun, found.next),
            None => {
                // "export growth": a noun right after the measure that no verb could be.
                let (_, next) = self.table.change_nouns.at(words, found.next)?;
                let verb = self.table.change_verbs.at(words, found.next).is_some();
                let compound =
                    words.any(next, &["of", "in", "to", "rate"]) || words.low(next).is_empty();
                if verb || !compound {
                    return None;
                }
                (found.next, next)
            }
        };
        let (change, _) = self.table.change_nouns.at(words, noun)?;
        let mut first = noun.min(found.first);
        let highest = first;
        while first > 0 && highest - first < 5 {
            let k = first - 1;
            let low = words.low(k);
            if let Some(amount) = self.line.amount_at(k) {
                first = amount.first;
                continue;
            }
            if matches!(low, "a" | "an" | "the" | "this") {
                first = k;
                break;
            }
            let adjective = self.table.sizes.contains(low) || words.hyphen(k);
            if !adjective {
                break;
            }
            first = k;
        }
        // "Demands for a cut in duties" measures nothing.
        let wished = first >= 2
            && words.any(first - 1, &["for", "of"])
            && self.table.wished.contains(words.low(first - 2));
        if wished {
            return None;
        }
        let quote_end = flow::end_of_phrase(self.line, self.table, close, end);
        let before = self
            .amounts_before(noun)
            .find(|a| a.next <= noun && a.first >= first);
        let amount = before.or_else(|| {
            let of = words.is(close, "of").then_some(close + 1)?;
            self.amount_from(of, end, 1)
        });
        let yearly = self.is_yearly(first, end);
        let sign = if change == Change::Down { -1.0 } else { 1.0 };
        let (value, unit) = match amount {
            Some(a) if a.kind == AmountKind::Percent => {
                (signed(a, sign), Some(timed("percent", yearly)))
            }
            Some(a) if a.kind != AmountKind::Count => (signed(a, sign), unit_of(a)),
            _ => (Value::Text(way(change)?.to_owned()), None),
        };
        let last = amount.map_or(quote_end, |a| quote_end.max(a.next));
        Some(Said {
            value,
            unit,
            direction: way(change),
            quote: (first, last),
            verb_before: None,
            rule: "indicator_change_noun",
            confidence: 0.75,
        })
    }
}
