//! Levels: "exports worth $3.2 billion", "2.8 percent of GDP", comparisons without a figure.

use super::{Found, IndicatorDraft, Named, Reader, Said, clause, push, unit_of};
use crate::{
    Value,
    figures::amount::{Amount, AmountKind},
};

impl Reader<'_, '_> {
    /// `exports worth $3.2 billion`, `the budget is 2.8 percent of GDP`, `7.5 million visitors`
    pub(super) fn level(&self, found: &Found, start: usize, end: usize) -> Option<Said> {
        let words = &self.line.words;
        let said = |amount: &Amount, quote, confidence| {
            let unit = match amount.kind {
                AmountKind::Count if found.measure.people => Some("persons".to_owned()),
                AmountKind::Count if found.measure.counted => {
                    Some(words.low(found.next - 1).to_owned())
                }
                AmountKind::Count if words.any(found.first, &["troops", "soldiers", "forces"]) => {
                    Some("persons".to_owned())
                }
                _ => unit_of(amount),
            };
            Some(Said {
                value: amount.value(),
                unit,
                direction: None,
                quote,
                verb_before: None,
                rule: "indicator_level",
                confidence,
            })
        };
        // Right before: "$3.2 billion in exports", "7.5 million visitors".
        let before = self.amounts_before(found.first).find(|a| {
            a.next <= found.first
                && a.next + 4 >= found.first
                && a.first >= start
                && !self.is_taken(a.figure)
        });
        if let Some(amount) = before {
            let between = amount.next..found.first;
            let joined = match amount.kind {
                AmountKind::Money(_) => between.clone().all(|k| {
                    words.any(k, &["in", "of", "worth", "on", "annual"]) || self.is_describing(k)
                }),
                // "7 percent of Japan's exports"
                AmountKind::Percent => {
                    words.is(amount.next, "of")
                        && (amount.next + 1..found.first).all(|k| {
                            self.is_describing(k) || words.any(k, &["the", "its", "all", "total"])
                        })
                }
                AmountKind::Count => {
                    let large = amount.number >= 1000.0;
                    let kept = (found.next..end.min(found.next + 6))
                        .any(|k| words.any(k, &["stationed", "deployed", "based"]));
                    let told = (start..amount.first).any(|k| {
                        words.any(
                            k,
                            &[
                                "counted",
                                "recorded",
                                "registered",
                                "logged",
                                "tallied",
                                "were",
                                "reported",
                                "detected",
                                "saw",
                                "totaled",
                                "totalled",
                            ],
                        )
                    });
                    between.clone().all(|k| self.is_describing(k))
                        && (large && (found.measure.people || kept)
                            || found.measure.counted && told)
                }
                _ => false,
            };
            if joined {
                let found = said(amount, (start, end), 0.75)?;
                // "Seoul gave $8 million in aid": who gives stands before the sum.
                let giver = matches!(amount.kind, AmountKind::Money(_)).then_some(amount.first);
                return Some(Said {
                    verb_before: giver,
                    ..found
                });
            }
        }
        // Linked to the measure by a verb of level or "of", not by another noun's preposition.
        let links = |amount: &&Amount| {
            let linked = (found.next..amount.figure.max(found.next))
                .rev()
                .take(12)
                .find(|&k| self.table.level_verbs.contains(words.low(k)) || words.any(k, &["at"]));
            let fits = match amount.kind {
                AmountKind::Count => found.measure.people && amount.number >= 1000.0,
                AmountKind::Points => false,
                _ => true,
            };
            let near = |k: usize| amount.figure - k <= 5 && (!words.is(k, "of") || k == found.next);
            fits && linked.is_some_and(near)
        };
        let amount = self.amounts_from(found.next, end, 12).find(links)?;
        said(amount, (start, end), 0.8)
    }

    /// An adjective or name between a figure and its noun.
    pub(super) fn is_describing(&self, k: usize) -> bool {
        let words = &self.line.words;
        words.capital(k)
            || words.hyphen(k)
            || words.is(k, "'s")
            || words.any(
                k,
                &[
                    "foreign",
                    "annual",
                    "overseas",
                    "new",
                    "bilateral",
                    "military",
                    "direct",
                    "additional",
                    "humanitarian",
                    "food",
                    "economic",
                    "defense",
                    "defence",
                    "or",
                    "so",
                    "american",
                    "and",
                ],
            )
    }

    /// `a modest level compared with the farm budget of X`
    pub(super) fn comparison(&self, found: &Found, end: usize) -> Option<Said> {
        let words = &self.line.words;
        let lowest = found.first.saturating_sub(10);
        let compared = (lowest..found.first).rev().find(|&k| {
            words.any(k, &["compared"]) && words.any(k + 1, &["to", "with"]) || words.is(k, "than")
        })?;
        let judged = (compared.saturating_sub(6)..compared).rev().find(|&k| {
            words.any(
                k,
                &[
                    "low", "lower", "high", "higher", "small", "smaller", "large", "larger", "big",
                    "bigger", "less", "more", "modest",
                ],
            )
        })?;
        if self.amount_from(compared, end, 12).is_some() {
            return None;
        }
        let mut first = judged;
        first -= usize::from(first > 0 && words.low(first - 1).ends_with("ly"));
        first -= usize::from(first > 0 && words.any(first - 1, &["a", "the", "far", "much"]));
        Some(Said {
            value: Value::Text("comparison".to_owned()),
            unit: None,
            direction: None,
            quote: (first, end),
            verb_before: None,
            rule: "indicator_comparison",
            confidence: 0.6,
        })
    }

    /// `that is less than 2 percent of GDP`: of what was measured last.
    pub(super) fn shares_of_product(
        &self,
        named: &[(usize, Named)],
        before: Option<&Named>,
        first_draft: usize,
        drafts: &mut Vec<IndicatorDraft>,
    ) {
        let products = self
            .line
            .amounts
            .iter()
            .filter(|a| a.kind == AmountKind::PercentOfGdp);
        for amount in products {
            let nearest = named.partition_point(|(first, _)| *first < amount.first);
            let nearest = nearest.checked_sub(1).and_then(|k| named.get(k));
            let Some(named) = nearest.map(|(_, named)| named).or(before) else {
                continue;
            };
            let span = self.line.span(amount.figure, amount.next);
            let read = drafts[first_draft..]
                .iter()
                .rev()
                .take(4)
                .any(|d| d.span.overlaps(span));
            if read || self.is_taken(amount.figure) {
                continue;
            }
            let (start, end) = clause::around(&self.line.words, amount.figure);
            let said = Said {
                value: amount.value(),
                unit: unit_of(amount),
                direction: None,
                quote: (start, end.max(amount.next)),
                verb_before: None,
                rule: "indicator_share_of_product",
                confidence: 0.7,
            };
            let draft = self.draft(said, named.clone(), Vec::new());
            push(drafts, first_draft, draft);
        }
    }
}
