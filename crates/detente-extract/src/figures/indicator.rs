//! Indicators: what is measured, by how much it changed or how high it stands.

mod flow;

use detente_syntax::Sentence;
use detente_text::{Span, date::Edtf};

use super::{
    IndicatorDraft, Line,
    amount::{Amount, AmountKind, Limit},
    clause,
    table::{Change, Measure, StateRole, Table},
};
use crate::{
    Value,
    times::{TimeContext, TimeExpr, TimeKind, Unit},
};

/// See [`super::indicators`].
pub(super) fn find(
    text: &str,
    sentences: &[Sentence],
    taken: &[Span],
    context: &TimeContext,
) -> Vec<IndicatorDraft> {
    let table = Table::english();
    let mut taken = taken.to_vec();
    taken.sort_unstable();
    let mut drafts = Vec::new();
    let mut last: Option<Named> = None;
    for (i, sentence) in sentences.iter().enumerate() {
        let line = Line::new(text, sentence.span, i, context);
        let from = taken.partition_point(|t| t.end <= sentence.span.start);
        let to = taken.partition_point(|t| t.start < sentence.span.end);
        let reader = Reader {
            table,
            taken: taken.get(from..to).unwrap_or_default(),
            line: &line,
        };
        // What was measured holds for "it" in the next sentence, no longer.
        last = reader.read(last, &mut drafts);
    }
    drafts
}

/// A measure with whose it is, for "it" in what follows.
#[derive(Clone, Debug)]
struct Named {
    measure: Measure,
    field: super::Field,
    source: Vec<Span>,
}

struct Reader<'l, 't> {
    line: &'l Line<'t>,
    table: &'static Table,
    /// Spans of poll figures in this sentence.
    taken: &'l [Span],
}

/// A measure noun in the sentence.
#[derive(Clone, Copy, Debug)]
struct Found {
    first: usize,
    next: usize,
    measure: Measure,
}

/// What is said of a measure.
struct Said {
    value: Value,
    unit: Option<String>,
    direction: Option<&'static str>,
    /// First word and one past the last word of the quote.
    quote: (usize, usize),
    /// The verb stands before the measure: its subject may be the owner.
    verb_before: Option<usize>,
    rule: &'static str,
    confidence: f64,
}

impl Reader<'_, '_> {
    fn read(&self, before: Option<Named>, drafts: &mut Vec<IndicatorDraft>) -> Option<Named> {
        let words = &self.line.words;
        let mut named: Option<Named> = None;
        let first_draft = drafts.len();
        let mut i = 0;
        while i < words.len() {
            let Some((measure, next)) = self.table.measures.at(words, i) else {
                if let Some((draft, next)) = self.fewer(i) {
                    push(drafts, first_draft, draft);
                    i = next;
                    continue;
                }
                if let Some(draft) = self.outlay(i).or_else(|| self.restriction(i)) {
                    push(drafts, first_draft, draft);
                }
                i += 1;
                continue;
            };
            let found = Found {
                first: i,
                next,
                measure,
            };
            i = next;
            let in_figure = self
                .line
                .amount_at(found.first)
                .is_some_and(|a| a.kind != AmountKind::Count);
            if in_figure || self.is_taken(found.first) || self.is_modifier(&found) {
                continue;
            }
            let flow = flow::of(
                self.line,
                self.table,
                found.first,
                found.next,
                &found.measure,
            );
            let said = self.said(&found);
            let mut source = flow.source;
            if let Some(verb) = said.as_ref().and_then(|s| s.verb_before)
                && source.is_empty()
            {
                source = flow::subject(self.line, self.table, verb);
            }
            named = Some(Named {
                measure,
                field: self.line.field(found.first, found.next),
                source: source.clone(),
            });
            if let Some(said) = said {
                let named = Named {
                    measure,
                    field: self.line.field(found.first, found.next),
                    source,
                };
                push(drafts, first_draft, self.draft(said, named, flow.target));
            }
        }
        self.shares_of_product(named.as_ref().or(before.as_ref()), first_draft, drafts);
        named
    }

    fn is_taken(&self, i: usize) -> bool {
        let word = self.line.span(i, i + 1);
        self.taken.iter().any(|t| t.overlaps(word))
    }

    /// `trade minister`, `export controls`: no measure but a part of another name.
    fn is_modifier(&self, found: &Found) -> bool {
        let words = &self.line.words;
        let next = found.next;
        let low = words.low(next);
        if words.hyphen(next) || low == "'s" {
            return true;
        }
        if low.is_empty() || self.line.time_at(next).is_some() {
            return false;
        }
        let goes_on = matches!(
            low,
            "to" | "from"
                | "in"
                | "of"
                | "with"
                | "between"
                | "for"
                | "by"
                | "at"
                | "on"
                | "into"
                | "and"
                | "or"
                | "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "may"
                | "might"
                | "could"
                | "can"
                | "should"
                | "also"
                | "still"
                | "which"
                | "that"
                | "who"
                | "as"
                | "since"
                | "over"
                | "during"
                | "after"
                | "because"
                | "due"
                | "per"
                | "this"
                | "last"
                | "next"
                | "a"
                | "than"
                | "when"
                | "while"
                | "but"
                | "not"
                | "compared"
                | "began"
                | "started"
                | "continued"
                | "kept"
                | "worth"
                | "valued"
                | "both"
                | "among"
                | "alone"
                | "there"
                | "under"
                | "spending"
                | "numbers"
                | "figures"
                | "volume"
                | "through"
                | "despite"
                | "were"
                | "across"
                | "visiting"
                | "coming"
                | "traveling"
                | "travelling"
                | "visited"
                | "came"
                | "traveled"
                | "travelled"
                | "stationed"
                | "deployed"
                | "based"
                | "more"
                | "less"
                | "nearly"
                | "almost"
                | "about"
                | "the"
        ) || low.ends_with("ly");
        !goes_on
            && self.table.change_verbs.at(words, next).is_none()
            && self.table.change_nouns.at(words, next).is_none()
            && !self.table.level_verbs.contains(low)
    }

    fn said(&self, found: &Found) -> Option<Said> {
        let (start, end) = clause::around(&self.line.words, found.first);
        self.change_noun(found, end)
            .or_else(|| self.change_verb(found, start, end))
            .or_else(|| self.level(found, start, end))
            .or_else(|| self.comparison(found, end))
    }

    /// Amounts of the clause from `from` on that are free of polls, within `reach` words.
    fn amount_from(&self, from: usize, end: usize, reach: usize) -> Option<&Amount> {
        let after = self.line.amounts.partition_point(|a| a.first < from);
        self.line.amounts[after..]
            .iter()
            .take_while(|a| a.first < end && a.first <= from + reach)
            .find(|a| !self.is_taken(a.figure))
    }

    /// `exports rose 12 percent`, `Japan cut its defence budget`
    fn change_verb(&self, found: &Found, start: usize, end: usize) -> Option<Said> {
        let words = &self.line.words;
        let after = (found.next..end.min(found.next + 16))
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
                    (!barrier && self.is_verb(i)).then_some((i, change, next))
                })
        };
        let (verb, change, next, verb_before) = match after {
            Some((i, c, n)) => (i, c, n, false),
            None => before().map(|(i, c, n)| (i, c, n, true))?,
        };
        // "trade talks fell apart" has no measure; a measure that is the object of a plain noun
        // ("the drop in") was read before.
        let from = if verb_before { found.next } else { next };
        let (value, unit) = self.changed_by(change, from, start, end);
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

    /// A verb of change, or "up" and "down" before a figure.
    fn change_at(&self, i: usize) -> Option<(Change, usize)> {
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

    /// A form of a verb, not the noun after an article ("the rise", "a cut").
    fn is_verb(&self, i: usize) -> bool {
        let words = &self.line.words;
        // "Lower than" compares.
        !words.is(i + 1, "than")
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
    fn changed_by(
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
    fn is_yearly(&self, start: usize, end: usize) -> bool {
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

    fn times_in(&self, span: Span) -> impl Iterator<Item = &TimeExpr> {
        let first = self
            .line
            .times
            .partition_point(|t| t.span.end <= span.start);
        self.line.times[first..]
            .iter()
            .take_while(move |t| t.span.start < span.end)
    }

    /// `a 12 percent drop in exports`, `the increase in Japan's investment`, `export growth of 5%`
    fn change_noun(&self, found: &Found, end: usize) -> Option<Said> {
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
            let adjective = matches!(
                low,
                "sharp"
                    | "steep"
                    | "large"
                    | "recent"
                    | "rapid"
                    | "further"
                    | "slight"
                    | "record"
                    | "sudden"
                    | "big"
                    | "small"
                    | "steady"
                    | "significant"
                    | "dramatic"
                    | "continued"
            ) || words.hyphen(k);
            if !adjective {
                break;
            }
            first = k;
        }
        let quote_end = flow::end_of_phrase(self.line, self.table, close, end);
        let before = self
            .line
            .amounts
            .iter()
            .rev()
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

    /// `exports worth $3.2 billion`, `the budget is 2.8 percent of GDP`, `7.5 million visitors`
    fn level(&self, found: &Found, start: usize, end: usize) -> Option<Said> {
        let words = &self.line.words;
        let said = |amount: &Amount, quote, confidence| {
            let unit = match amount.kind {
                AmountKind::Count if found.measure.people => Some("persons".to_owned()),
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
        let before = self.line.amounts.iter().rev().find(|a| {
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
                    between.clone().all(|k| self.is_describing(k))
                        && large
                        && (found.measure.people || kept)
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
        let amount = self.amount_from(found.next, end, 12)?;
        // Linked to the measure by a verb of level or "of", not by another noun's preposition.
        let linked = (found.next..amount.figure.max(found.next))
            .rev()
            .take(12)
            .find(|&k| self.table.level_verbs.contains(words.low(k)) || words.any(k, &["at"]))?;
        let near = amount.figure - linked <= 5;
        let plain = words.is(linked, "of") && linked == found.next || !words.is(linked, "of");
        let fits = match amount.kind {
            AmountKind::Count => found.measure.people && amount.number >= 1000.0,
            AmountKind::Points => false,
            _ => true,
        };
        if !(near && plain && fits) {
            return None;
        }
        said(amount, (start, end), 0.8)
    }

    /// An adjective or name between a figure and its noun.
    fn is_describing(&self, k: usize) -> bool {
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

    /// `a low figure compared with the military spending of X`
    fn comparison(&self, found: &Found, end: usize) -> Option<Said> {
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

    /// `fewer Koreans visited Japan`, `2.5 million Koreans visited Japan`
    fn fewer(&self, i: usize) -> Option<(IndicatorDraft, usize)> {
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
        let source: Vec<Span> = (after..verb)
            .find_map(|k| {
                self.table
                    .state_at(words, k)
                    .map(|(_, next)| self.line.span(k, next))
            })
            .into_iter()
            .collect();
        let target: Vec<Span> = (verb + 1..(verb + 5).min(words.len()))
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
    fn outlay(&self, i: usize) -> Option<IndicatorDraft> {
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
    fn restriction(&self, i: usize) -> Option<IndicatorDraft> {
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
        };
        let flow = flow::of(self.line, self.table, first, noun + 1, &measure);
        let mut source = flow.source;
        if source.is_empty() {
            source = flow::subject(self.line, self.table, i);
        }
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
        Some(self.draft(said, named, flow.target))
    }

    /// `it would be lower than 1 percent of GDP`: of what was measured last.
    fn shares_of_product(
        &self,
        named: Option<&Named>,
        first_draft: usize,
        drafts: &mut Vec<IndicatorDraft>,
    ) {
        let Some(named) = named else { return };
        for amount in self
            .line
            .amounts
            .iter()
            .filter(|a| a.kind == AmountKind::PercentOfGdp)
        {
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

    fn draft(&self, said: Said, named: Named, target: Vec<Span>) -> IndicatorDraft {
        let (first, next) = said.quote;
        let span = self.line.span(first, next);
        let sentence = self.line.span(0, self.line.words.len());
        let dated = |t: &&TimeExpr| {
            matches!(
                t.kind,
                TimeKind::Point | TimeKind::Range | TimeKind::Since | TimeKind::Until
            )
        };
        let inside = self.times_in(span).find(dated);
        let period = inside
            .or_else(|| self.times_in(sentence).find(dated))
            .map(super::period);
        let issue = if named.measure.issue.is_empty() {
            vec![]
        } else {
            vec![named.measure.issue]
        };
        IndicatorDraft {
            sentence: self.line.index,
            span,
            measure: named.field,
            value: said.value,
            unit: said.unit,
            direction: said.direction,
            period,
            source: named.source,
            target,
            issue,
            rule: said.rule,
            confidence: said.confidence,
        }
    }
}

/// Adds a draft unless the sentence has one with the same words already.
fn push(drafts: &mut Vec<IndicatorDraft>, first_draft: usize, draft: IndicatorDraft) {
    let same = drafts[first_draft..]
        .iter()
        .rev()
        .take(6)
        .any(|d| d.span == draft.span || d.span.contains(draft.span) && d.value == draft.value);
    if !same {
        drafts.push(draft);
    }
}

fn way(change: Change) -> Option<&'static str> {
    Some(match change {
        Change::Up => "increase",
        Change::Down => "decrease",
        Change::Stable => "stable",
        Change::Times(t) if t < 1.0 => "decrease",
        Change::Times(_) => "increase",
    })
}

fn signed(amount: &Amount, sign: f64) -> Value {
    match amount.limit {
        Limit::None => Value::Number(sign * amount.number),
        _ if sign < 0.0 => Value::Number(sign * amount.number),
        _ => amount.value(),
    }
}

fn timed(unit: &str, yearly: bool) -> String {
    if yearly {
        format!("{unit} (year on year)")
    } else {
        unit.to_owned()
    }
}

fn unit_of(amount: &Amount) -> Option<String> {
    let unit = match amount.kind {
        AmountKind::Percent => "percent",
        AmountKind::PercentOfGdp => "percent of GDP",
        AmountKind::Points => "percentage points",
        AmountKind::Money(code) => code,
        AmountKind::Times => "times",
        AmountKind::Count => return None,
    };
    Some(unit.to_owned())
}
