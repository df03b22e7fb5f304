//! Quantities told by a verb: travellers, sums spent, goods restricted.

use detente_text::Span;

use super::{IndicatorDraft, Named, Reader, Said, clause, flow, unit_of};
use crate::{
    Value,
    figures::{amount::AmountKind, states::StateRole, table::Measure},
};

impl Reader<'_, '_> {
    /// `fewer Danes visited Norway`, `1.8 million Danes visited Norway`
    pub(super) fn fewer(&self, i: usize) -> Option<(IndicatorDraft, usize)> {
        let words = &self.line.words;
        let less = self.table.fewer.contains(words.low(i));
        let more = self.table.more.contains(words.low(i)) && !words.is(i + 1, "than");
        let amount = self.line.amount_at(i).filter(|a| {
            a.first == i && a.kind == AmountKind::Count && a.number >= 1000.0 && !self.is_taken(i)
        });
        if !less && !more && amount.is_none() {
            return None;
        }
        let after = amount.map_or(i + 1, |a| a.next);
        let verb = (after + 1..(after + 7).min(words.len())).find(|&k| {
            words.any(
                k,
                &[
                    "visit",
                    "visited",
                    "visits",
                    "traveled",
                    "travelled",
                    "travel",
                    "went",
                    "flew",
                    "came",
                    "visiting",
                    "entered",
                    "toured",
                    "crossed",
                    "cross",
                    "arrived",
                    "stayed",
                    "flocked",
                ],
            )
        })?;
        let people = (after..verb).any(|k| {
            words.any(
                k,
                &[
                    "people",
                    "tourists",
                    "visitors",
                    "travelers",
                    "travellers",
                    "citizens",
                    "nationals",
                    "students",
                    "holidaymakers",
                ],
            ) || self
                .table
                .state_at(words, k)
                .is_some_and(|(s, next)| s.role == StateRole::People || next == verb)
        });
        if !people {
            return None;
        }
        let mut source: Vec<Span> = (after..verb)
            .find_map(|k| {
                self.table
                    .state_at(words, k)
                    .map(|(_, next)| self.line.span(k, next))
            })
            .into_iter()
            .collect();
        if words.is(verb + 1, "between") {
            source = flow::pair(self.line, self.table, verb + 1);
        }
        let between = words.is(verb + 1, "between");
        let target: Vec<Span> = (verb + 1..(verb + 5).min(words.len()))
            .filter(|_| !between)
            .find_map(|k| {
                self.table
                    .state_at(words, k)
                    .map(|(_, next)| self.line.span(k, next))
            })
            .into_iter()
            .collect();
        let start = clause::start(words, i);
        let end = clause::end(words, verb);
        let (value, unit, direction) = match amount {
            Some(a) => (a.value(), Some("persons".to_owned()), None),
            None => {
                let way = if less { "decrease" } else { "increase" };
                (Value::Text(way.to_owned()), None, Some(way))
            }
        };
        let measure = Measure {
            issue: "travel",
            flow: true,
            inward: false,
            people: true,
            counted: false,
        };
        let named = Named {
            measure,
            field: self.line.field(after, verb),
            source,
        };
        let said = Said {
            value,
            unit,
            direction,
            quote: (start, end),
            verb_before: None,
            rule: "indicator_travellers",
            confidence: 0.75,
        };
        Some((self.draft(said, named, target), end.max(i + 1)))
    }

    /// `Japan spent $46 billion on defence`, `Toyota invested 3 billion yen in Korea`
    pub(super) fn outlay(&self, i: usize) -> Option<IndicatorDraft> {
        let words = &self.line.words;
        let outlay = self
            .table
            .outlays
            .iter()
            .find(|o| o.verbs.contains(words.low(i)))?;
        let amount = self.amount_from(i + 1, words.len(), 3)?;
        let money = matches!(amount.kind, AmountKind::Money(_) | AmountKind::PercentOfGdp);
        let highest = (amount.next + 7).min(words.len());
        let on = (amount.next..highest).find(|&k| outlay.on.contains(words.low(k)));
        if !money || on.is_none() && !outlay.on.is_empty() || self.is_taken(amount.figure) {
            return None;
        }
        let (start, end) = clause::around(words, i);
        let measure = Measure {
            issue: outlay.issue,
            flow: outlay.on.is_empty(),
            inward: false,
            people: false,
            counted: false,
        };
        let target = if measure.flow {
            flow::of(self.line, self.table, i, amount.next, &measure).target
        } else {
            Vec::new()
        };
        let named = Named {
            measure,
            field: self.line.field(i, i + 1),
            source: flow::subject(self.line, self.table, i),
        };
        let said = Said {
            value: amount.value(),
            unit: unit_of(amount),
            direction: None,
            quote: (start, end),
            verb_before: None,
            rule: "indicator_outlay",
            confidence: 0.7,
        };
        Some(self.draft(said, named, target))
    }

    /// `curbs on exports of three materials`: the goods phrase.
    pub(super) fn restriction(&self, i: usize) -> Option<IndicatorDraft> {
        let words = &self.line.words;
        if !self.table.restrictions.contains(words.low(i)) {
            return None;
        }
        let amount = self.amount_from(i + 1, words.len(), 8)?;
        let noun = (amount.next..(amount.next + 5).min(words.len()))
            .find(|&k| self.table.goods.contains(words.low(k)))?;
        if amount.kind != AmountKind::Count || clause::end(words, i) < noun {
            return None;
        }
        let mut first = amount.first;
        if first >= 2
            && words.is(first - 1, "of")
            && self.table.measures.at(words, first - 2).is_some()
        {
            first -= 2;
        }
        let measure = Measure {
            issue: "export_controls",
            flow: true,
            inward: false,
            people: false,
            counted: false,
        };
        let source = flow::subject(self.line, self.table, i);
        let target = flow::towards(self.line, self.table, i, noun);
        let named = Named {
            measure,
            field: self.line.field(first, noun + 1),
            source,
        };
        let said = Said {
            value: amount.value(),
            unit: Some(words.low(noun).to_owned()),
            direction: None,
            quote: (first, noun + 1),
            verb_before: None,
            rule: "indicator_restriction",
            confidence: 0.6,
        };
        Some(self.draft(said, named, target))
    }
}
