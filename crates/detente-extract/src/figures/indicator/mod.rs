//! Indicators: what is measured, by how much it changed or how high it stands.

mod acts;
mod after;
mod change;
mod flow;
mod level;
mod shares;

use detente_syntax::Sentence;
use detente_text::Span;

use super::{
    IndicatorDraft, Line,
    amount::{Amount, AmountKind, Limit},
    clause,
    table::{Change, Measure, Table},
};
use crate::{
    Value,
    times::{TimeExpr, TimeKind},
};

/// All indicators, in textual order. `taken` are spans of poll figures: no indicator is read from
/// them.
pub(super) fn find(
    sentences: &[Sentence],
    lines: &[Line<'_>],
    taken: &[Span],
) -> Vec<IndicatorDraft> {
    let table = Table::english();
    let mut taken = taken.to_vec();
    taken.sort_unstable();
    let mut drafts = Vec::new();
    let mut last: Option<Named> = None;
    for (line, sentence) in lines.iter().zip(sentences) {
        let from = taken.partition_point(|t| t.end <= sentence.span.start);
        let to = taken.partition_point(|t| t.start < sentence.span.end);
        let reader = Reader {
            table,
            taken: taken.get(from..to).unwrap_or_default(),
            line,
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
        // Measures of this sentence with the word at which each stands.
        let mut named: Vec<(usize, Named)> = Vec::new();
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
            let mut own = Named {
                measure,
                field: self.line.field(found.first, found.next),
                source,
            };
            // "The budget" after "the defence budget" is the same one.
            let earlier = named.last().map(|n| &n.1).or(before.as_ref());
            if measure.issue.is_empty()
                && let Some(earlier) = earlier.filter(|e| e.field.text.ends_with(&own.field.text))
            {
                own.measure.issue = earlier.measure.issue;
                if own.source.is_empty() {
                    own.source.clone_from(&earlier.source);
                }
            }
            named.push((found.first, own.clone()));
            if let Some(said) = said {
                push(drafts, first_draft, self.draft(said, own, flow.target));
            }
        }
        self.shares_of_product(&named, before.as_ref(), first_draft, drafts);
        self.shares(&named, before.as_ref(), first_draft, drafts);
        self.second_figures(first_draft, drafts);
        named.pop().map(|(_, named)| named)
    }

    fn is_taken(&self, i: usize) -> bool {
        let word = self.line.span(i, i + 1);
        let after = self.taken.partition_point(|t| t.end <= word.start);
        self.taken[after..].iter().take(4).any(|t| t.overlaps(word))
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
                | "up"
                | "down"
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
        self.amounts_from(from, end, reach).next()
    }

    /// The last few amounts before word `i`, nearest first.
    fn amounts_before(&self, i: usize) -> impl Iterator<Item = &Amount> {
        let end = self.line.amounts.partition_point(|a| a.next <= i);
        self.line.amounts[..end].iter().rev().take(4)
    }

    fn amounts_from(&self, from: usize, end: usize, reach: usize) -> impl Iterator<Item = &Amount> {
        let after = self.line.amounts.partition_point(|a| a.first < from);
        self.line.amounts[after..]
            .iter()
            .take_while(move |a| a.first < end && a.first <= from + reach)
            .filter(|a| !self.is_taken(a.figure))
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
        // "From $85 billion in 2018 to $76 billion in 2019": the time of the figure that counts.
        let reached = (first..next).find(|&i| {
            self.line.words.is(i, "to")
                && self
                    .line
                    .amount_at(i + 1)
                    .is_some_and(|a| a.first == i + 1 && a.value() == said.value)
        });
        let from = reached.map_or(span.start, |i| self.line.span(i, i + 1).end);
        let inside = self
            .times_in(span)
            .filter(|t| t.span.start >= from)
            .find(dated)
            .or_else(|| self.times_in(span).find(dated));
        // Else the nearest time of the sentence.
        let distance = |t: &&TimeExpr| {
            let ahead = t.span.start.saturating_sub(span.end);
            ahead.max(span.start.saturating_sub(t.span.end))
        };
        let period = inside
            .or_else(|| self.times_in(sentence).filter(dated).min_by_key(distance))
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
