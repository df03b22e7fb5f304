//! Who was asked.

use super::super::{Field, Line, amount::AmountKind, states::StateRole, table::Table};

/// Words for the people of a sample that say no more than "those who were asked".
const PLAIN: [&str; 12] = [
    "respondents",
    "respondent",
    "people",
    "public",
    "nationals",
    "participants",
    "interviewees",
    "citizens",
    "electorate",
    "population",
    "side",
    "pollees",
];

/// A population named in a sentence.
#[derive(Clone, Debug)]
pub(super) struct People {
    pub(super) first: usize,
    pub(super) next: usize,
    /// As the record writes it; `None` if the words say no more than "respondents".
    pub(super) field: Option<Field>,
}

/// The population that starts at word `i`.
pub(super) fn at(line: &Line, table: &Table, i: usize) -> Option<People> {
    let words = &line.words;
    let written = |first: usize, next: usize, text: String| {
        Some(People {
            first,
            next,
            field: Some(Field {
                text,
                span: line.span(first, next),
            }),
        })
    };
    if let Some((state, next)) = table
        .state_at(words, i)
        .filter(|s| s.0.role != StateRole::Capital)
    {
        let respondents = format!("{} respondents", state.adjective);
        if state.role == StateRole::Country && table.people.at(words, next).is_none() {
            return None;
        }
        if state.role == StateRole::People {
            let end = extended(line, next);
            let text = if end > next {
                line.text(i, end).to_owned()
            } else {
                respondents
            };
            return written(i, end, text);
        }
        // "Japanese respondents", "South Korean voters in their 20s"
        if let Some(((), end)) = table.people.at(words, next) {
            let further = extended(line, end);
            let plain = PLAIN.contains(&words.low(end - 1)) && further == end;
            let text = if plain {
                respondents
            } else {
                line.text(i, further).to_owned()
            };
            return written(i, further, text);
        }
        // "Japanese in their 20s"
        let aged = extended(line, next);
        if aged > next && (words.any(next + 1, &["their"]) || words.is(next, "aged")) {
            return written(i, aged, line.text(i, aged).to_owned());
        }
        return is_people(line, table, i, next).then(|| written(i, next, respondents))?;
    }
    let ((), next) = table.people.at(words, i)?;
    // "respondents in Japan", "adults in Seoul", "those in the ROK"
    if words.any(next, &["in", "from", "of"]) {
        let place = next + 1 + usize::from(words.is(next + 1, "the"));
        if let Some((state, end)) = table
            .state_at(words, place)
            .filter(|s| s.0.role == StateRole::Country)
        {
            let noun = line.text(i, next);
            let noun = if PLAIN.contains(&words.low(next - 1)) {
                "respondents"
            } else {
                noun
            };
            return written(i, end, format!("{} {noun}", state.adjective));
        }
    }
    let end = extended(line, next);
    let plain = PLAIN.contains(&words.low(next - 1)) || words.any(i, &["those"]);
    if plain && end == next {
        return Some(People {
            first: i,
            next,
            field: None,
        });
    }
    written(i, end, line.text(i, end).to_owned())
}

/// An adjective of a state that stands for its people: "Japanese favoured ...".
fn is_people(line: &Line, table: &Table, i: usize, next: usize) -> bool {
    let words = &line.words;
    let low = words.low(next);
    let acts = table.answers.contains(low)
        && !matches!(
            low,
            "support"
                | "views"
                | "view"
                | "back"
                | "plan"
                | "plans"
                | "fear"
                | "fears"
                | "report"
                | "rate"
                | "rates"
        )
        || table.chooses.contains(low)
        || low.ends_with("ly") && !words.capital(next)
        || matches!(
            low,
            "who"
                | "were"
                | "had"
                | "also"
                | "put"
                | "aged"
                | "polled"
                | "surveyed"
                | "interviewed"
                | "questioned"
        );
    let of_share = i > 0
        && words.is(i - 1, "of")
        && !words.capital(next)
        && table.people.at(words, next).is_none()
        && (acts
            || low.is_empty()
            || table.answers.contains(low)
            || matches!(
                low,
                "and" | "or" | "while" | "but" | "compared" | "respectively"
            ));
    let ends = i > 0 && words.is(i - 1, "among");
    acts && !words.capital(next) || of_share || ends
}

/// Past "in their 20s", "aged 18 and over", "in Seoul", "of the LDP", "nationwide".
fn extended(line: &Line, next: usize) -> usize {
    let words = &line.words;
    let mut end = next;
    for _ in 0..3 {
        let before = end;
        if words.any(end, &["in", "of"]) && words.any(end + 1, &["their", "his"]) {
            // in their 20s, in their twenties
            let mut at = end + 2;
            while at < words.len()
                && at < end + 8
                && (words.number(at).is_some()
                    || words.date(at).is_some()
                    || words.any(
                        at,
                        &["s", "and", "or", "early", "late", "mid", "teens", "older"],
                    )
                    || words.low(at).ends_with("ies")
                    || words.hyphen(at))
            {
                at += 1;
            }
            end = if at > end + 2 { at } else { end };
        } else if words.is(end, "aged") {
            let mut at = end + 1;
            while at < words.len()
                && at < end + 7
                && (words.number(at).is_some()
                    || words.any(
                        at,
                        &[
                            "and", "or", "over", "older", "above", "to", "between", "up", "years",
                            "under", "younger", "at", "least",
                        ],
                    )
                    || words.hyphen(at))
            {
                at += 1;
            }
            // "aged 18 to 29 and": the last word has to belong to it.
            while at > end + 1 && words.any(at - 1, &["and", "or", "to"]) {
                at -= 1;
            }
            end = at;
        } else if words.is(end, "in") && words.capital(end + 1) && words.date(end + 1).is_none() {
            let mut at = end + 2;
            while words.capital(at) && words.date(at).is_none() {
                at += 1;
            }
            end = at;
        } else if words.is(end, "nationwide") {
            end += 1;
        }
        if end == before {
            break;
        }
    }
    end
}

/// All populations of a sentence, in order.
pub(super) fn all(line: &Line, table: &Table) -> Vec<People> {
    let words = &line.words;
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if let Some(people) = at(line, table, i) {
            i = people.next.max(i + 1);
            found.push(people);
            continue;
        }
        if let Some(people) = in_country(line, table, i) {
            i = people.next;
            found.push(people);
            continue;
        }
        i += 1;
    }
    found
}

/// `in Japan`, where it can only tell whose answers follow.
fn in_country(line: &Line, table: &Table, i: usize) -> Option<People> {
    let words = &line.words;
    if !words.any(i, &["in", "among", "for"]) {
        return None;
    }
    let place = i + 1 + usize::from(words.is(i + 1, "the"));
    let (state, next) = table.state_at(words, place)?;
    let before = match i.checked_sub(1) {
        None => true,
        Some(b) => {
            words.sign(b).is_some() && !words.hyphen(b)
                || words.any(
                    b,
                    &[
                        "response",
                        "responses",
                        "respondents",
                        "those",
                        "results",
                        "result",
                        "figure",
                        "figures",
                        "answer",
                        "percent",
                        "while",
                        "and",
                        "but",
                        "whereas",
                        "percentage",
                        "rate",
                        "ratio",
                        "share",
                        "proportion",
                    ],
                )
                || line
                    .amount_at(b)
                    .is_some_and(super::super::amount::Amount::is_share)
        }
    };
    let alone =
        state.role == StateRole::Country && (words.low(next).is_empty() || !words.capital(next));
    (before && alone).then(|| People {
        first: i,
        next,
        field: Some(Field {
            text: format!("{} respondents", state.adjective),
            span: line.span(place, next),
        }),
    })
}

/// `in Norway 1,006 adults, in Sweden 1,000`: how many were asked of which people. Empty unless the
/// sentence tells of two or more.
pub(super) fn samples(line: &Line, table: &Table) -> Vec<(String, u32)> {
    let words = &line.words;
    let mut found: Vec<(String, u32)> = Vec::new();
    for amount in line.amounts.iter().filter(|a| a.kind == AmountKind::Count) {
        if amount.number < 30.0 || amount.number > 1e7 || amount.number.fract() != 0.0 {
            continue;
        }
        let near = |i: usize| {
            table
                .state_at(words, i)
                .filter(|s| s.0.role != StateRole::Capital)
                .map(|(state, _)| format!("{} respondents", state.adjective))
        };
        let people = (amount.next..amount.next + 3).any(|i| table.people.at(words, i).is_some());
        let after = (amount.next..amount.next + 5).find_map(near);
        let before = || {
            (amount.first.saturating_sub(2)..amount.first)
                .rev()
                .find_map(near)
        };
        if let Some(state) = after.filter(|_| people || found.is_empty()).or_else(before)
            && found.iter().all(|(s, _)| *s != state)
        {
            found.push((state, amount.number as u32));
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}

/// Sample size and who was sampled: "of 1,003 adults nationwide", "polled 1,000 South Koreans".
pub(super) fn sample(line: &Line, table: &Table) -> (Option<u32>, Option<Field>) {
    let words = &line.words;
    for amount in line.amounts.iter().filter(|a| a.kind == AmountKind::Count) {
        if amount.number < 30.0 || amount.number > 1e7 || amount.number.fract() != 0.0 {
            continue;
        }
        let n = Some(amount.number as u32);
        let before = amount.first.checked_sub(1).map_or("", |b| words.low(b));
        let asked = matches!(
            before,
            "of" | "surveyed"
                | "polled"
                | "interviewed"
                | "asked"
                | "among"
                | "questioned"
                | "from"
                | "covered"
                | "covering"
                | "with"
                | "size"
        );
        // "1,000 randomly chosen adults"
        let highest = (amount.next + 5).min(words.len());
        let people = (amount.next..highest).find_map(|i| at(line, table, i));
        if let Some(people) = people {
            let surveyed = asked
                || words.any(
                    people.next,
                    &[
                        "polled",
                        "surveyed",
                        "interviewed",
                        "took",
                        "responded",
                        "answered",
                        "were",
                        "participated",
                    ],
                )
                || words.any(people.first, &["respondents"]);
            if surveyed {
                return (n, people.field);
            }
        } else if before == "of"
            && amount.first > 1
            && words.any(amount.first - 2, &["size", "sample"])
            || words.is(amount.next, "valid")
        {
            return (n, None);
        }
    }
    (None, None)
}
