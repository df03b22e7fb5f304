//! The name of who asks.

use detente_text::date::MONTHS;

use super::super::{Field, Line, table::Table};
use super::survey::is_cue;

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

/// Who conducted the survey, by the words round "poll" and "survey".
pub(super) fn named(line: &Line, table: &Table) -> Option<Field> {
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
            || MONTHS.contains(&words.low(end - 1))
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
pub(super) fn teller(line: &Line, table: &Table) -> Option<Field> {
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
