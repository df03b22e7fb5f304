//! From whom to whom a quantity runs, by the words beside its noun.

use detente_text::Span;

use super::super::{
    Line,
    states::StateRole,
    table::{Measure, Table},
};

/// Words that name the two ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    pub(super) source: Vec<Span>,
    pub(super) target: Vec<Span>,
}

/// Reads the ends of the measure at `first..next`.
pub(super) fn of(line: &Line, table: &Table, first: usize, next: usize, measure: &Measure) -> Flow {
    let words = &line.words;
    let mut owners = before(line, table, first);
    let mut flow = Flow::default();
    let mut i = next;
    // The phrases after the noun: "from Japan to Korea in 2012", "between A and B".
    let highest = (next + 16).min(words.len());
    while i < highest {
        let low = words.low(i);
        let article = usize::from(words.is(i + 1, "the"));
        let state = table
            .state_at(words, i + 1 + article)
            // "Sales of Japanese beer", "imports of Korean fish"
            .filter(|s| s.0.role != StateRole::Adjective || matches!(low, "of" | "from"));
        match (low, state) {
            ("between", Some((_, end))) => {
                flow.source.push(line.span(i + 1 + article, end));
                let and = end + 1 + usize::from(words.is(end + 1, "the"));
                if words.is(end, "and")
                    && let Some((_, last)) = table.state_at(words, and)
                {
                    flow.source.push(line.span(and, last));
                    i = last;
                    continue;
                }
                i = end;
            }
            ("between", None) => {
                flow.source = pair(line, table, i);
                break;
            }
            ("of", Some((_, end))) if measure.counted => {
                // What is counted was done to the one named.
                flow.target.push(line.span(i + 1 + article, end));
                i = end;
            }
            ("from" | "by" | "of", Some((_, end))) => {
                flow.source.push(line.span(i + 1 + article, end));
                i = end;
            }
            (
                "to" | "into" | "in" | "for" | "with" | "toward" | "towards" | "visiting"
                | "visited",
                Some((_, end)),
            ) => {
                // A trade partner and a host receive; "in Korea" alone says where the quantity is.
                let place = low == "in" && !measure.flow;
                let list = if place {
                    &mut flow.source
                } else {
                    &mut flow.target
                };
                list.push(line.span(i + 1 + article, end));
                i = end;
            }
            _ => {
                let stops = words.is_sign(i, ",;:.(")
                    || table.change_verbs.at(words, i).is_some()
                    || table.level_verbs.contains(low) && low != "of"
                    || matches!(low, "and" | "while" | "but" | "which" | "who" | "that");
                if stops {
                    break;
                }
                i += 1;
            }
        }
    }
    if measure.inward {
        // Who imports is the receiver.
        if flow.target.is_empty() {
            flow.target = std::mem::take(&mut owners);
        }
    } else if flow.source.is_empty() || !owners.is_empty() {
        flow.source.splice(0..0, owners);
    }
    flow.source.dedup();
    flow
}

/// States right before the noun: "Korean visitors", "Japan's defence budget", "Japan-Korea trade",
/// "the number of Danish guests".
fn before(line: &Line, table: &Table, first: usize) -> Vec<Span> {
    let words = &line.words;
    let lowest = first.saturating_sub(7);
    let mut found: Vec<Span> = Vec::new();
    let mut i = lowest;
    let mut end_of_last = lowest;
    while i < first {
        if let Some((_, next)) = table.state_at(words, i).filter(|s| s.1 <= first) {
            // Between two names of a pair stands a hyphen or "and".
            let pair = (end_of_last..i).all(|k| words.hyphen(k) || words.is(k, "and"))
                && i - end_of_last <= 1;
            if !pair {
                found.clear();
            }
            found.push(line.span(i, next));
            (i, end_of_last) = (next, next);
            continue;
        }
        // A verb or preposition parts the name from the noun.
        let parts = matches!(
            words.low(i),
            "to" | "as"
                | "that"
                | "because"
                | "while"
                | "but"
                | "than"
                | "when"
                | "in"
                | "from"
                | "by"
                | "with"
                | "for"
                | "on"
                | "at"
                | "has"
                | "had"
                | "have"
                | "was"
                | "were"
                | "is"
                | "are"
                | "counted"
                | "recorded"
                | "registered"
                | "logged"
                | "reported"
        ) || words.is_sign(i, ",;:(")
            || table.change_verbs.at(words, i).is_some();
        if parts {
            found.clear();
        }
        i += 1;
    }
    found
}

/// The two that stand after "between" at `i`: two states, or words for both ("the neighbours").
pub(super) fn pair(line: &Line, table: &Table, i: usize) -> Vec<Span> {
    let words = &line.words;
    let first = i + 1 + usize::from(words.is(i + 1, "the"));
    if let Some((_, end)) = table.state_at(words, first) {
        let and = end + 1 + usize::from(words.is(end + 1, "the"));
        let mut found = vec![line.span(first, end)];
        if words.is(end, "and")
            && let Some((_, last)) = table.state_at(words, and)
        {
            found.push(line.span(and, last));
        }
        return found;
    }
    let both = |k: usize| {
        words.any(
            k,
            &[
                "countries",
                "nations",
                "neighbours",
                "neighbors",
                "states",
                "sides",
                "partners",
            ],
        )
    };
    (first..first + 3)
        .find(|&k| both(k))
        .map(|k| line.span(i + 1, k + 1))
        .into_iter()
        .collect()
}

/// The state that is the subject of the verb at `verb`: the nearest one before it in the clause.
pub(super) fn subject(line: &Line, table: &Table, verb: usize) -> Vec<Span> {
    let words = &line.words;
    let lowest = super::clause::start(words, verb).max(verb.saturating_sub(14));
    let mut i = lowest;
    let mut found = None;
    while i < verb {
        if let Some((_, next)) = table.state_at(words, i).filter(|s| s.1 <= verb) {
            let place = i > 0 && words.any(i - 1, &["in", "with", "to", "from", "by", "for", "on"]);
            if !place && found.is_none() {
                found = Some(line.span(i, next));
            }
            i = next;
        } else {
            i += 1;
        }
    }
    found.into_iter().collect()
}

/// The state after "to" or "against" between the words `from` and `to`, or right after them.
pub(super) fn towards(line: &Line, table: &Table, from: usize, to: usize) -> Vec<Span> {
    let words = &line.words;
    (from..to + 5)
        .filter(|&i| words.any(i, &["to", "against", "toward", "towards", "on"]))
        .find_map(|i| {
            let place = i + 1 + usize::from(words.is(i + 1, "the"));
            let (_, next) = table.state_at(words, place)?;
            Some(line.span(place, next))
        })
        .into_iter()
        .collect()
}

/// One past the phrases that belong to the noun phrase before `from`: "to Korea", "from Japan",
/// "last year".
pub(super) fn end_of_phrase(line: &Line, table: &Table, from: usize, end: usize) -> usize {
    let words = &line.words;
    let mut at = from;
    while at < end {
        if words.any(
            at,
            &[
                "to", "from", "in", "of", "by", "into", "between", "with", "and",
            ],
        ) {
            let place = at + 1 + usize::from(words.is(at + 1, "the"));
            if let Some((_, next)) = table.state_at(words, place) {
                at = next;
                continue;
            }
        }
        let word = line.span(at, at + 1);
        let preposition = usize::from(words.any(at, &["in", "over", "since", "during"]));
        let time = line.time_at(at + preposition);
        match time {
            Some(time)
                if time.span.start <= line.span(at + preposition, at + preposition + 1).start
                    && word.start >= line.offset =>
            {
                while at < end && line.span(at, at + 1).start < time.span.end {
                    at += 1;
                }
            }
            _ => break,
        }
    }
    at
}
