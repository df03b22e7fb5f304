//! Shares of a whole and places in a ranking: "made up a quarter of it", "30 percent of
//! Sweden's timber went to Denmark", "its second-largest customer".

use detente_text::Span;

use super::{IndicatorDraft, Named, Reader, Said, clause, flow};
use crate::{
    Value,
    figures::{
        amount::{Amount, AmountKind},
        table::Measure,
    },
};

/// What goods are measured by where nothing else is named.
const TRADE: Measure = Measure {
    issue: "trade_investment",
    flow: true,
    inward: false,
    people: false,
    counted: false,
};

impl Reader<'_, '_> {
    fn is_read(&self, figure: usize, drafts: &[IndicatorDraft]) -> bool {
        let word = self.line.span(figure, figure + 1);
        drafts.iter().rev().take(24).any(|d| d.span.overlaps(word))
    }

    /// All shares and ranks of the sentence.
    pub(super) fn shares(
        &self,
        named: &[(usize, Named)],
        before: Option<&Named>,
        first_draft: usize,
        drafts: &mut Vec<IndicatorDraft>,
    ) {
        let shares = self.line.amounts.iter();
        for amount in shares.filter(|a| a.kind == AmountKind::Percent) {
            if self.is_taken(amount.figure) || self.is_read(amount.figure, &drafts[first_draft..]) {
                continue;
            }
            let earlier = named.last().map(|n| &n.1).or(before);
            let draft = self
                .part_of_whole(amount, earlier)
                .or_else(|| self.goods_from(amount))
                .or_else(|| self.goods_bought(amount));
            let Some(mut draft) = draft else { continue };
            // A part of "the total" is measured over the same time as the total.
            let same = drafts
                .last()
                .filter(|d| d.sentence + 1 >= self.line.index && d.issue == draft.issue);
            if draft.rule == PART
                && !draft.period.is_some_and(|p| draft.span.contains(p.span))
                && let Some(period) = same.and_then(|d| d.period)
            {
                draft.period = Some(period);
            }
            drafts.push(draft);
        }
        let words = &self.line.words;
        for i in 0..words.len() {
            if let Some(draft) = self.rank(i)
                && !self.is_read(i, &drafts[first_draft..])
            {
                drafts.push(draft);
            }
        }
    }

    /// `fish made up a quarter of the sum`
    fn part_of_whole(&self, amount: &Amount, earlier: Option<&Named>) -> Option<IndicatorDraft> {
        let words = &self.line.words;
        let lowest = amount.first.saturating_sub(3);
        let verb = (lowest..amount.first)
            .rev()
            .find(|&i| self.table.part_verbs.contains(words.low(i)))?;
        let linked =
            words.any(verb, &["make", "makes", "made", "making"]) == words.is(verb + 1, "up");
        if !words.is(amount.next, "of") || !linked {
            return None;
        }
        let whole = (amount.next + 1..amount.next + 8)
            .take_while(|&i| !words.is_sign(i, ",;"))
            .find_map(|i| Some((i, self.table.measures.at(words, i)?)));
        let total = (amount.next + 1..amount.next + 5)
            .any(|i| words.any(i, &["total", "sum", "value", "it", "this", "them"]));
        let named = match whole {
            Some((i, (measure, next))) => Named {
                measure,
                field: self.line.field(i, next),
                source: flow::of(self.line, self.table, i, next, &measure).source,
            },
            None if total => earlier?.clone(),
            None => return None,
        };
        // A subject cut off by a relative clause stays outside.
        let cut = verb > 0 && words.is_sign(verb - 1, ",");
        let start = if cut {
            verb
        } else {
            clause::start(words, verb)
        };
        let said = Said {
            value: amount.value(),
            unit: Some("percent".to_owned()),
            direction: None,
            quote: (start, clause::end(words, verb).max(amount.next)),
            verb_before: None,
            rule: PART,
            confidence: 0.75,
        };
        Some(self.draft(said, named, Vec::new()))
    }

    /// `some 30 percent of Sweden's timber went to Denmark`
    fn goods_from(&self, amount: &Amount) -> Option<IndicatorDraft> {
        let words = &self.line.words;
        if !words.is(amount.next, "of") {
            return None;
        }
        let highest = (amount.next + 12).min(words.len());
        let verb = (amount.next + 2..highest)
            .take_while(|&i| !words.is_sign(i, ",;"))
            .find(|&i| self.table.goods_verbs.contains(words.low(i)))?;
        let people = (amount.next + 1..verb).any(|i| self.table.people.at(words, i).is_some());
        let to = (verb + 1..verb + 4)
            .find(|&i| words.any(i, &["from", "to", "through", "by", "abroad", "overseas"]))?;
        let place = to + 1 + usize::from(words.is(to + 1, "the"));
        let other = self.table.state_at(words, place);
        if people || other.is_none() && !words.any(to, &["abroad", "overseas", "through"]) {
            return None;
        }
        let mut owner: Vec<Span> = (amount.next + 1..verb)
            .find_map(|i| {
                let (_, next) = self.table.state_at(words, i)?;
                Some(self.line.span(i, next))
            })
            .into_iter()
            .collect();
        let mut partner: Vec<Span> = other
            .map(|(_, next)| self.line.span(place, next))
            .into_iter()
            .collect();
        if words.is(to, "to") {
            std::mem::swap(&mut owner, &mut partner);
        }
        let (measure, field) = (amount.next + 1..verb)
            .find_map(|i| {
                let (measure, next) = self.table.measures.at(words, i)?;
                Some((measure, self.line.field(i, next)))
            })
            .unwrap_or((TRADE, self.line.field(amount.next + 1, verb)));
        let (start, end) = clause::around(words, verb);
        let named = Named {
            measure,
            field,
            source: partner,
        };
        let said = Said {
            value: amount.value(),
            unit: Some("percent".to_owned()),
            direction: None,
            quote: (start.min(amount.first), end),
            verb_before: None,
            rule: "indicator_share_from",
            confidence: 0.75,
        };
        Some(self.draft(said, named, owner))
    }

    /// `Norway bought 85 percent of its wheat from Poland`, `Finland depends on Norway for 60 percent
    /// of its salmon`
    fn goods_bought(&self, amount: &Amount) -> Option<IndicatorDraft> {
        let words = &self.line.words;
        if !words.is(amount.next, "of") {
            return None;
        }
        let lowest = amount.first.saturating_sub(8);
        let verb = (lowest..amount.first)
            .rev()
            .find(|&i| self.table.bought_verbs.contains(words.low(i)))?;
        let depends = words.any(verb + 1, &["on", "upon"]);
        if !depends && verb + 2 < amount.first {
            return None;
        }
        let mut owner = flow::subject(self.line, self.table, verb);
        let end = clause::end(words, amount.next);
        let (to, partner) = if depends {
            let (_, next) = self.table.state_at(words, verb + 2)?;
            (verb + 1, self.line.span(verb + 2, next))
        } else {
            let to = (amount.next + 2..end.min(amount.next + 9))
                .find(|&i| words.any(i, &["from", "to"]))?;
            let (_, next) = self.table.state_at(words, to + 1)?;
            (to, self.line.span(to + 1, next))
        };
        let mut partner = vec![partner];
        if words.is(to, "to") {
            std::mem::swap(&mut owner, &mut partner);
        }
        let named = Named {
            measure: TRADE,
            field: self.line.field(amount.next + 1, end.max(amount.next + 2)),
            source: partner,
        };
        let said = Said {
            value: amount.value(),
            unit: Some("percent".to_owned()),
            direction: None,
            quote: (clause::start(words, verb), end),
            verb_before: None,
            rule: "indicator_share_from",
            confidence: 0.75,
        };
        Some(self.draft(said, named, owner))
    }

    /// `Denmark is Sweden's second-largest customer`
    fn rank(&self, i: usize) -> Option<IndicatorDraft> {
        let words = &self.line.words;
        let ((), next) = self.table.partners.at(words, i)?;
        let lowest = i.saturating_sub(4);
        let superlative = (lowest..i)
            .rev()
            .find(|&k| words.any(k, &["largest", "biggest", "top", "number"]))?;
        let (start, end) = clause::around(words, i);
        let verb = (start..superlative).rev().find(|&k| {
            words.any(
                k,
                &[
                    "is", "was", "are", "were", "be", "been", "remain", "remains", "remained",
                    "became", "become", "becomes",
                ],
            )
        })?;
        let state = |from: usize, to: usize| {
            (from..to).find_map(|k| {
                let (_, next) = self.table.state_at(words, k)?;
                Some((k, self.line.span(k, next)))
            })
        };
        let subject = state(start, verb).map(|s| s.1);
        let owner = state(verb, i)
            .or_else(|| {
                let of = words.any(next, &["of", "for"]).then_some(next + 1)?;
                state(of, of + 2)
            })
            .map(|s| s.1);
        // A bank's best customer is no measure of trade between states.
        if owner.is_none() && subject.is_none() {
            return None;
        }
        let named = Named {
            measure: TRADE,
            field: self.line.field(i, next),
            source: owner.into_iter().collect(),
        };
        let said = Said {
            value: Value::Text("comparison".to_owned()),
            unit: None,
            direction: None,
            quote: (start, end.max(next)),
            verb_before: None,
            rule: "indicator_rank",
            confidence: 0.6,
        };
        Some(self.draft(said, named, subject.into_iter().collect()))
    }
}

/// The rule of parts of a whole.
const PART: &str = "indicator_part_of_whole";
