//! The dateline at the start of a report: place, date, agency, reporter.

use super::{
    labels::LABELS,
    names::{is_japanese_name, is_korean_name},
};
use crate::{
    Span,
    date::{DateForm, DayMonthOrder, FoundDate, find_explicit, month_named, weekday_named},
};

/// A dateline that was read; `span` covers it up to the first word of the report.
#[derive(Debug)]
pub(super) struct Dateline {
    pub(super) span: Span,
    pub(super) place: Option<Span>,
    pub(super) date: Option<FoundDate>,
    pub(super) outlet: Option<Span>,
    pub(super) authors: Vec<Span>,
}

/// Longest dateline that is looked for, in bytes.
const LONGEST: usize = 160;

/// Reads the dateline at the start of the paragraph `span`.
pub(super) fn read(text: &str, span: Span, order: DayMonthOrder) -> Option<Dateline> {
    let line = span.of(text);
    let mut end = line.len().min(LONGEST);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = &line[..end];
    let mut found = bracketed(head, order).or_else(|| placed(head, order))?;
    // Nothing would be left: then it is a line of its own and no dateline of a paragraph.
    if found.span.end as usize >= line.len() {
        return None;
    }
    let shift = |s: Span| Span::new(s.start + span.start, s.end + span.start);
    found.span = shift(found.span);
    found.place = found.place.map(shift);
    found.outlet = found.outlet.map(shift);
    found.authors = found.authors.into_iter().map(shift).collect();
    if let Some(date) = &mut found.date {
        date.span = shift(date.span);
    }
    Some(found)
}

const DASHES: [char; 5] = ['—', '–', '―', '-', '─'];

/// "(서울=통신) 김민지 기자 =", "【ソウル＝山田太郎】", "［東京 7日 通信］ -".
fn bracketed(head: &str, order: DayMonthOrder) -> Option<Dateline> {
    let open = head.chars().next()?;
    let close = match open {
        '(' => [')', '）'],
        '（' => ['）', ')'],
        '[' => [']', '］'],
        '［' => ['］', ']'],
        '【' => ['】', '】'],
        '〔' => ['〕', '〕'],
        _ => return None,
    };
    let from = open.len_utf8();
    let to = head.find(close)?;
    let inner = &head[from..to];
    if inner.chars().count() > 45 || inner.trim().is_empty() {
        return None;
    }
    let date = find_explicit(inner, order)
        .into_iter()
        .next()
        .map(|d| moved(d, from));
    let agency = LABELS
        .agencies
        .iter()
        .filter(|a| inner.contains(a.as_str()))
        .max_by_key(|a| a.len());
    let parted = inner.find(['=', '＝']);
    if parted.is_none()
        && let Some(end) = place_alone(head, open, inner, to)
    {
        return Some(Dateline {
            span: Span::from(0..end),
            place: Some(Span::from(from..to).trimmed(head)),
            date: None,
            outlet: None,
            authors: Vec::new(),
        });
    }
    if parted.is_none() && (agency.is_none() || !inner.contains(crate::layout::lines::is_east)) {
        return None;
    }
    let place_end = parted
        .or_else(|| inner.find([' ', '　', '・', '、']))
        .or_else(|| agency.and_then(|a| inner.find(a.as_str())))
        .unwrap_or(inner.len());
    let place = Span::from(from..from + place_end).trimmed(head);
    let mut outlet = agency.and_then(|a| {
        inner
            .find(a.as_str())
            .map(|at| Span::from(from + at..from + at + a.len()))
    });
    let mut authors = Vec::new();
    if let Some(at) = parted {
        let sign = inner[at..].chars().next().map_or(1, char::len_utf8);
        let right = Span::from(from + at + sign..to).trimmed(head);
        let named = right.of(head);
        if outlet.is_none() && !named.is_empty() {
            // After the sign stands the agency (Korea) or the reporter (Japan).
            if is_japanese_name(named) && !super::names::is_outlet(named) {
                authors.push(right);
            } else {
                outlet = Some(right);
            }
        }
    }
    let close_len = head[to..].chars().next().map_or(1, char::len_utf8);
    let mut end = to + close_len;
    end = reporter(head, end, &mut authors).unwrap_or(end);
    end = separator(head, end).unwrap_or(end);
    end += head[end..].len() - head[end..].trim_start().len();
    Some(Dateline {
        span: Span::from(0..end),
        place: (!place.is_empty()).then_some(place),
        date,
        outlet,
        authors,
    })
}

/// "【ソウル】", "(서울) ": nothing but a place in the brackets; where the report begins.
fn place_alone(head: &str, open: char, inner: &str, to: usize) -> Option<usize> {
    let named = match open {
        '【' | '〔' => is_japanese_name(inner) || is_korean_name(inner),
        _ => is_korean_name(inner),
    };
    let close = head[to..].chars().next().map_or(1, char::len_utf8);
    let rest = &head[to + close..];
    let spaced = rest.starts_with([' ', '　']);
    (named && (spaced || open == '【')).then(|| head.len() - rest.trim_start().len())
}

/// " 김민지 기자 = " after the bracket: where it ends, if it stands there.
fn reporter(head: &str, from: usize, authors: &mut Vec<Span>) -> Option<usize> {
    let rest = &head[from..];
    let sign = rest
        .char_indices()
        .take(40)
        .find(|(_, c)| matches!(c, '=' | '＝' | '┃' | '|'))
        .map(|(i, c)| (i, c.len_utf8()));
    let (stretch, end) = match sign {
        Some((at, len)) => (&rest[..at], from + at + len),
        None => return None,
    };
    let role = LABELS
        .byline_roles
        .iter()
        .find(|r| stretch.trim_end().ends_with(r.as_str()))?;
    let names = stretch.trim_end().strip_suffix(role.as_str())?;
    let mut at = 0;
    for name in names.split([' ', '·', ',', '・', '、']) {
        if is_korean_name(name) || (!name.is_empty() && is_japanese_name(name)) {
            authors.push(Span::from(from + at..from + at + name.len()));
        }
        at += name.len();
        at += names[at..].chars().next().map_or(0, char::len_utf8);
    }
    Some(end)
}

/// "SEOUL, January 15, 2013 — ", "Seoul [South Korea], May 8: ", "TOKYO (AP) — ".
fn placed(head: &str, order: DayMonthOrder) -> Option<Dateline> {
    let (place, mut at) = place(head)?;
    let name = head[..place].split(',').next().unwrap_or("");
    // "Late July: both sides met", "Monday, August 2: he left" are entries of a chronology.
    let no_place = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = word.to_lowercase();
        month_named(word).is_some()
            || weekday_named(word).is_some()
            || LABELS.not_places.contains(&lower)
    };
    if head[..place].split_whitespace().any(no_place) {
        return None;
    }
    let capitals = name.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !name.chars().any(char::is_lowercase);
    let mut outlet = None;
    let mut date: Option<FoundDate> = None;
    // Agency in brackets, and date, in either order.
    for _ in 0..3 {
        let rest = &head[at..];
        let skip = rest.len() - rest.trim_start_matches([' ', ',', '\u{A0}']).len();
        let from = at + skip;
        let rest = &head[from..];
        if outlet.is_none() && rest.starts_with(['(', '/']) {
            let close = if rest.starts_with('(') { ')' } else { '/' };
            let to = 1 + rest.get(1..)?.find(close)?;
            let inner = &rest[1..to];
            let known = LABELS
                .agencies
                .iter()
                .any(|a| inner.starts_with(a.as_str()));
            if known
                || (capitals
                    && inner.len() <= 30
                    && !inner.contains(['.', ';'])
                    && separator(head, from + to + 1).is_some())
            {
                outlet = Some(Span::from(from + 1..from + to));
                at = from + to + 1;
                continue;
            }
            return None;
        }
        // The date must begin right here, past a weekday at most.
        let found = first_date(rest, order);
        if date.is_none()
            && let Some(found) = found
        {
            let before = rest[..found.span.start as usize]
                .trim_matches([' ', ',', '.'])
                .to_lowercase();
            let weekday = before.is_empty() || LABELS.date_words.contains(&before);
            if weekday && head[from..].starts_with(|c: char| c.is_alphanumeric()) {
                let found = moved(found, from);
                at = found.span.end as usize;
                // "May 8 2023 (agency)"; an abbreviated month's point was passed by the finder.
                date = Some(found);
                continue;
            }
        }
        break;
    }
    if capitals && outlet.is_none() && date.is_none() && separator(head, at).is_none() {
        return None;
    }
    let end = match separator(head, at) {
        Some(end) => end,
        // "SEOUL, January 15, 2013  The ambassador": white space alone, after a full date.
        None => {
            let rest = &head[at..];
            let gap = rest.len() - rest.trim_start().len();
            let enough = date.is_some() && capitals && (gap >= 1);
            if !enough {
                return None;
            }
            at + gap
        }
    };
    // A place in small letters needs more than a dash: "Tokyo — and Seoul — agree".
    if !capitals && date.is_none() && outlet.is_none() {
        return None;
    }
    // "Seoul, May: " names no day.
    if !capitals && outlet.is_none() && date.is_some_and(|d| d.form != DateForm::Day && !d.complete)
    {
        return None;
    }
    // "KIM: I would say": a capital word and a colon is the speaker of a transcript.
    if date.is_none() && outlet.is_none() && head[at..].trim_start().starts_with([':', '：']) {
        return None;
    }
    let name = head[..place].find(['[', ',', '(']).map_or(place, |cut| cut);
    let place = Span::from(0..name).trimmed(head);
    Some(Dateline {
        span: Span::from(0..end),
        place: Some(place),
        date,
        outlet,
        authors: Vec::new(),
    })
}

/// The first date of a dateline.
fn first_date(rest: &str, order: DayMonthOrder) -> Option<FoundDate> {
    find_explicit(rest, order).into_iter().next()
}

/// Where the place ends and where reading goes on: up to four capitalised words, perhaps with the
/// region in square brackets or after a comma.
fn place(head: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    let mut words = 0;
    let mut end = 0;
    while words < 5 {
        let rest = &head[at..];
        let len = rest
            .find(|c: char| !(c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-')))
            .unwrap_or(rest.len());
        let word = rest[..len].trim_end_matches('-');
        let first = word.chars().next();
        let month = first_date(&rest[..floor(rest, len + 4)], DayMonthOrder::Unknown)
            .is_some_and(|d| d.span.start == 0);
        if !first.is_some_and(char::is_uppercase) || month {
            break;
        }
        words += 1;
        end = at + word.len();
        at = end;
        let rest = &head[at..];
        if let Some(next) = rest.strip_prefix(", ") {
            // ", Japan" goes on; ", Jan. 5" and ", said" do not.
            let word: String = next.chars().take_while(|c| c.is_alphabetic()).collect();
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            let is_date = first_date(&next[..floor(next, 24)], DayMonthOrder::Unknown)
                .is_some_and(|d| d.span.start == 0);
            let weekday = LABELS.date_words.contains(&word.to_lowercase());
            if capital && !is_date && !weekday && words <= 3 {
                at += 2;
                continue;
            }
            break;
        }
        if rest.starts_with(' ') && rest[1..].starts_with(char::is_uppercase) {
            at += 1;
            continue;
        }
        break;
    }
    if words == 0 || words > 4 || end < 3 {
        return None;
    }
    at = end;
    let rest = &head[at..];
    let trimmed = rest.trim_start();
    if trimmed.starts_with('[') {
        let close = trimmed.find(']')?;
        if close > 40 {
            return None;
        }
        at += rest.len() - trimmed.len() + close + 1;
    }
    Some((end, at))
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Past a dash, double hyphen, colon or equals sign with its spaces, if one stands at `at`.
fn separator(head: &str, at: usize) -> Option<usize> {
    let rest = head.get(at..)?;
    let trimmed = rest.trim_start();
    let spaced = trimmed.len() < rest.len();
    let sign = trimmed.chars().next()?;
    let after = match sign {
        ':' | '：' | '=' | '＝' => trimmed[sign.len_utf8()..].trim_start(),
        c if DASHES.contains(&c) => {
            let after = trimmed.trim_start_matches(DASHES);
            // "SEOUL-based": a hyphen inside a word.
            if c == '-' && !spaced && trimmed.len() - after.len() == 1 && !after.starts_with(' ') {
                return None;
            }
            after.trim_start()
        }
        _ => return None,
    };
    Some(head.len() - after.len())
}

fn moved(mut date: FoundDate, by: usize) -> FoundDate {
    date.span = Span::new(date.span.start + by as u32, date.span.end + by as u32);
    date
}

#[cfg(test)]
mod tests;
