//! What a sentence says about the survey itself: who asked whom, when, how, what.

use super::super::{Field, Line, Period, period, table::Table};
use super::people;
use crate::times::TimeKind;

/// A survey as far as it is told.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    pub(super) pollster: Option<Field>,
    pub(super) fieldwork: Option<Period>,
    pub(super) published: Option<Period>,
    pub(super) n: Option<u32>,
    pub(super) mode: Option<&'static str>,
    /// Who was asked.
    pub(super) population: Option<Field>,
    pub(super) question: Option<Field>,
}

impl Survey {
    /// What `other` tells and this does not.
    pub(super) fn or(self, other: &Self) -> Self {
        Self {
            pollster: self.pollster.or_else(|| other.pollster.clone()),
            fieldwork: self.fieldwork.or(other.fieldwork),
            published: self.published.or(other.published),
            n: self.n.or(other.n),
            mode: self.mode.or(other.mode),
            population: self.population.or_else(|| other.population.clone()),
            question: self.question,
        }
    }

    /// Names a pollster: not the survey told of before.
    pub(super) fn is_new(&self) -> bool {
        self.pollster.is_some()
    }

    pub(super) fn has_pollster(&self) -> bool {
        self.pollster.is_some()
    }
}

/// The survey that a sentence tells of; `None` if it tells of none.
pub(super) fn of(line: &Line, table: &Table) -> Option<Survey> {
    let words = &line.words;
    let Some(cue) = (0..words.len()).find(|&i| is_cue(line, table, i)) else {
        // "..., according to Gallup Korea" beside a share or a rating names the pollster.
        let rated =
            (0..words.len()).any(|i| table.ratings.at(words, i).is_some_and(|(r, _)| r.sure));
        let shares = line
            .amounts
            .iter()
            .any(super::super::amount::Amount::is_share);
        let pollster = (rated || shares).then(|| teller(line, table))??;
        return Some(Survey {
            pollster: Some(pollster),
            ..Survey::default()
        });
    };
    let (n, population) = people::sample(line, table);
    let (fieldwork, published) = dates(line, table, cue);
    Some(Survey {
        pollster: pollster(line, table).or_else(|| teller(line, table)),
        fieldwork,
        published,
        n,
        mode: mode(line, table),
        population,
        question: question(line),
    })
}

/// "poll", "survey"; "polled", "surveyed"; "respondents".
pub(super) fn is_cue(line: &Line, table: &Table, i: usize) -> bool {
    let words = &line.words;
    table.poll_nouns.at(words, i).is_some()
        || words.any(i, &["respondents", "pollees", "interviewees"])
        || table.poll_verbs.contains(words.low(i))
            && (line.amount_at(i + 1).is_some()
                || i > 0
                    && words.any(
                        i - 1,
                        &["were", "was", "those", "people", "adults", "voters"],
                    ))
}

/// Participles and the like between "poll" and "by".
const BY_AFTER: [&str; 24] = [
    "conducted",
    "taken",
    "released",
    "published",
    "commissioned",
    "done",
    "held",
    "made",
    "run",
    "out",
    "jointly",
    "organized",
    "organised",
    "issued",
    "undertaken",
    "sponsored",
    "compiled",
    "poll",
    "polls",
    "survey",
    "surveys",
    "polled",
    "surveyed",
    "interviewed",
];

/// Words between a name and "poll": "Hanbit Daily's latest telephone poll".
const BEFORE_POLL: [&str; 27] = [
    "latest",
    "new",
    "annual",
    "recent",
    "joint",
    "monthly",
    "weekly",
    "nationwide",
    "opinion",
    "public",
    "telephone",
    "phone",
    "online",
    "national",
    "regular",
    "previous",
    "separate",
    "quarterly",
    "attitudes",
    "internet",
    "global",
    "tracking",
    "exit",
    "special",
    "similar",
    "own",
    "first",
];

/// Kinds of body that stand before the name: "by pollster Realmeter".
const BODIES: [&str; 28] = [
    "the",
    "a",
    "an",
    "local",
    "daily",
    "newspaper",
    "newspapers",
    "broadcaster",
    "pollster",
    "polling",
    "agency",
    "agencies",
    "firm",
    "company",
    "institute",
    "research",
    "think",
    "tank",
    "-",
    "survey",
    "news",
    "public",
    "state",
    "private",
    "major",
    "magazine",
    "network",
    "group",
];

fn pollster(line: &Line, table: &Table) -> Option<Field> {
    let words = &line.words;
    let mut cue: Option<usize> = None;
    for i in 0..words.len() {
        if is_cue(line, table, i) {
            cue = Some(i);
            if let Some(name) = name_before(line, table, i) {
                return Some(name);
            }
        }
        // "by X" near a survey; "1,000 adults polled by X"
        let near = cue.is_some_and(|c| i - c <= 25);
        if near && words.is(i, "by") {
            let after =
                i > 0 && BY_AFTER.contains(&words.low(i - 1)) || cue.is_some_and(|c| i - c <= 3);
            let sampled = i > 0 && table.people.at(words, i - 1).is_some();
            let timed = i > 0 && line.time_at(i - 1).is_some();
            if (after || sampled || timed)
                && let Some(name) = name_after(line, table, i + 1)
            {
                return Some(name);
            }
        }
        // "X surveyed 1,000 adults", "X polled 1,000 adults"
        if table.poll_verbs.contains(words.low(i)) && line.amount_at(i + 1).is_some() && i > 0 {
            let end = i;
            let mut first = end;
            while first > 0
                && (words.capital(first - 1)
                    || words.any(first - 1, &["of", "for", "and"])
                        && first > 1
                        && words.capital(first - 2))
            {
                first -= 1;
            }
            if let Some(name) = trimmed(line, table, first, end) {
                return Some(name);
            }
        }
    }
    None
}

/// The name that starts at `i`, after "the" and words for kinds of body.
fn name_after(line: &Line, table: &Table, mut i: usize) -> Option<Field> {
    let words = &line.words;
    let highest = (i + 8).min(words.len());
    let skipped = |i: usize| {
        !words.capital(i) && (BODIES.contains(&words.low(i)) || words.hyphen(i))
            || words.is(i, "the")
            || table
                .state_at(words, i)
                .is_some_and(|(_, next)| BODIES.contains(&words.low(next)) && !words.capital(next))
    };
    while i < highest && skipped(i) {
        i += 1;
    }
    let first = i;
    while i < words.len() {
        let goes_on = words.capital(i)
            || words.hyphen(i) && words.capital(i + 1)
            || words.is(i, "'s") && words.capital(i + 1)
            || words.any(i, &["of", "for", "and", "on", "&"]) && after_joint(line, i) && i > first
            || words.is_sign(i, "&/") && words.capital(i + 1);
        if !goes_on || words.date(i).is_some() {
            break;
        }
        i += 1;
        // "and the East Institute"
        i += usize::from(words.is(i, "the") && words.any(i - 1, &["of", "for", "and", "on"]));
    }
    trimmed(line, table, first, i)
}

/// A capital stands after the joining word (and an article).
fn after_joint(line: &Line, i: usize) -> bool {
    let words = &line.words;
    words.capital(i + 1) && words.date(i + 1).is_none()
        || words.is(i + 1, "the") && words.capital(i + 2)
}

/// The name before "poll" at `cue`.
fn name_before(line: &Line, table: &Table, cue: usize) -> Option<Field> {
    let words = &line.words;
    table.poll_nouns.at(words, cue)?;
    let mut end = cue;
    while end > 0
        && (BEFORE_POLL.contains(&words.low(end - 1))
            || words.date(end - 1).is_some()
            || words.is(end - 1, "'s")
            || words.is_sign(end - 1, "'’"))
    {
        end -= 1;
    }
    // "a poll", "this survey": the word before the cue is what matters.
    let mut first = end;
    while first > 0 {
        let before = first - 1;
        let joins = words.hyphen(before) && first < end
            || words.any(before, &["of", "and", "for"])
                && first < end
                && before > 0
                && words.capital(before - 1);
        if !(words.capital(before) && words.date(before).is_none() || joins) {
            break;
        }
        first = before;
    }
    trimmed(line, table, first, end)
}

/// A name without articles, unless it is nothing but states ("a Japan-Korea poll") or a first word.
fn trimmed(line: &Line, table: &Table, mut first: usize, mut end: usize) -> Option<Field> {
    let words = &line.words;
    let article = [
        "the",
        "a",
        "an",
        "this",
        "that",
        "in",
        "according",
        "one",
        "another",
        "joint",
        "when",
        "and",
        "of",
        "recent",
        "new",
        "for",
        "by",
        "our",
        "its",
        "no",
        "public",
        "opinion",
        "some",
        "most",
        "all",
    ];
    while first < end && (words.any(first, &article) || words.hyphen(first)) {
        first += 1;
    }
    while end > first
        && (words.any(end - 1, &["of", "for", "and", "on", "the", "'s"]) || words.hyphen(end - 1))
    {
        end -= 1;
    }
    if first >= end {
        return None;
    }
    let mut i = first;
    let mut only_states = true;
    while i < end {
        match table.state_at(words, i) {
            Some((_, next)) => i = next,
            None if words.hyphen(i) || words.is(i, "and") => i += 1,
            None => {
                only_states = false;
                break;
            }
        }
    }
    (!only_states).then(|| line.field(first, end))
}

/// Who tells the result: "according to Gallup Korea", "Gallup Korea said". The name has to hold a
/// word of those who ask.
fn teller(line: &Line, table: &Table) -> Option<Field> {
    let words = &line.words;
    (0..words.len()).find_map(|i| {
        let first = if words.all(i, &["according", "to"]) {
            i + 2
        } else if i == 0 || words.is_sign(i.wrapping_sub(1), ",") {
            i
        } else {
            return None;
        };
        if !words.capital(first) && !words.is(first, "the") && !BODIES.contains(&words.low(first)) {
            return None;
        }
        let name = name_after(line, table, first)?;
        let known = name
            .text
            .split(' ')
            .any(|w| table.pollsters.contains(&w.to_lowercase()));
        known.then_some(name)
    })
}

/// When people were asked, and when the result was made known: times near the survey's name.
fn dates(line: &Line, table: &Table, cue: usize) -> (Option<Period>, Option<Period>) {
    let words = &line.words;
    let mut best: Option<(usize, Period)> = None;
    let mut published = None;
    let mut cue = cue;
    for i in 0..words.len() {
        if is_cue(line, table, i) {
            cue = i;
        }
        let Some(time) = line.time_at(i) else {
            continue;
        };
        if !matches!(time.kind, TimeKind::Point | TimeKind::Range) {
            continue;
        }
        let told = (i.saturating_sub(3)..i).any(|k| {
            words.any(
                k,
                &["released", "published", "announced", "said", "unveiled"],
            )
        });
        if told {
            published = published.or(Some(period(time)));
            continue;
        }
        let distance = i.abs_diff(cue);
        let conducted = (i.saturating_sub(6)..i).any(|k| {
            words.any(
                k,
                &[
                    "conducted",
                    "taken",
                    "carried",
                    "held",
                    "done",
                    "polled",
                    "surveyed",
                    "interviewed",
                    "undertaken",
                ],
            )
        });
        // A time far from the survey, or in another clause, is that of something else.
        let low = i.min(cue);
        let parted = !conducted
            && (low..i.max(cue))
                .any(|k| words.any(k, &["showed", "shows", "found", "that", "said", "finds"]));
        if distance > 14 && !conducted || parted {
            continue;
        }
        let rank = if conducted { 0 } else { 1 + distance };
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            best = Some((rank, period(time)));
        }
    }
    (best.map(|(_, p)| p), published)
}

fn mode(line: &Line, table: &Table) -> Option<&'static str> {
    let mut found: Option<&'static str> = None;
    for i in 0..line.words.len() {
        if let Some((mode, _)) = table.modes.at(&line.words, i) {
            found = match found {
                Some(other) if other != mode => Some("mixed"),
                _ => Some(mode),
            };
        }
    }
    found
}

/// The survey's question: in quotation marks, or after "asked".
pub(super) fn question(line: &Line) -> Option<Field> {
    let words = &line.words;
    let is_open = |i: usize| words.is_sign(i, "“\"");
    let mut i = 0;
    while i < words.len() {
        if is_open(i) {
            let close = (i + 1..words.len()).find(|&k| words.is_sign(k, "”\""));
            let Some(close) = close else { break };
            let asks = words.is_sign(close - 1, "?")
                || (i.saturating_sub(4)..i).any(|k| {
                    words.any(
                        k,
                        &["asked", "question", "on", "about", "statement", "asking"],
                    )
                });
            let has_figure = (i..close).any(|k| {
                line.amount_at(k)
                    .is_some_and(super::super::amount::Amount::is_share)
            });
            if asks && close > i + 2 && !has_figure {
                let mut end = close;
                end -= usize::from(words.is_sign(end - 1, ",."));
                return Some(line.field(i + 1, end));
            }
            i = close + 1;
            continue;
        }
        if words.any(i, &["asked", "asking"]) {
            let mut first = i + 1;
            first += usize::from(words.any(
                first,
                &["respondents", "people", "participants", "them", "voters"],
            ));
            if words.any(
                first,
                &[
                    "about", "whether", "if", "which", "what", "how", "who", "why", "to",
                ],
            ) {
                let end = (first + 1..words.len().min(first + 50))
                    .find(|&k| {
                        words.is_sign(k, ",;.?")
                            || line
                                .amount_at(k)
                                .is_some_and(super::super::amount::Amount::is_share)
                    })
                    .unwrap_or(words.len().min(first + 50));
                if end > first + 1 {
                    return Some(line.field(first, end));
                }
            }
        }
        i += 1;
    }
    None
}
