//! Dates with an English month name, years and decades.

use super::{
    atom::{Atom, Part, Third},
    find::DateForm,
    names::{is_also_a_word, month_at},
    tokens::Tokens,
};

/// Words after which a month name that is also a word is a month.
const BEFORE_A_MONTH: [&str; 26] = [
    "in",
    "of",
    "since",
    "until",
    "till",
    "by",
    "from",
    "during",
    "before",
    "after",
    "last",
    "next",
    "this",
    "early",
    "mid",
    "late",
    "through",
    "to",
    "between",
    "each",
    "every",
    "and",
    "past",
    "previous",
    "coming",
    "following",
];

/// Words after which a figure is no year: it counts something or numbers a thing.
const BEFORE_A_COUNT: [&str; 11] = [
    "about",
    "nearly",
    "over",
    "than",
    "some",
    "no",
    "room",
    "page",
    "resolution",
    "flight",
    "article",
];

/// The date that starts at `index`.
pub(super) fn at(tokens: &Tokens, index: usize) -> Option<Atom> {
    if let Some(third) = third_at(tokens, index) {
        let mut inner = index + 1;
        if tokens.is_sign(inner, "-‐‑–") {
            inner += 1;
        }
        if tokens.is_word(inner, "of") {
            inner += 1;
        }
        for article in ["the", "in"] {
            inner += usize::from(tokens.is_word(inner, article));
        }
        if let Some(atom) = plain_at(tokens, inner) {
            return atom.third(third, index);
        }
        return None;
    }
    plain_at(tokens, index)
}

fn third_at(tokens: &Tokens, index: usize) -> Option<Third> {
    match tokens.word(index).to_ascii_lowercase().as_str() {
        "early" => Some(Third::Early),
        "mid" => Some(Third::Middle),
        "late" => Some(Third::Late),
        _ => None,
    }
}

fn plain_at(tokens: &Tokens, index: usize) -> Option<Atom> {
    if month_at(tokens, index).is_some() {
        return month_first(tokens, index);
    }
    day_first(tokens, index)
        .or_else(|| decade(tokens, index))
        .or_else(|| year(tokens, index))
}

/// `15`, `15th`; the day and the token after it.
fn day(tokens: &Tokens, index: usize) -> Option<(i8, usize)> {
    let (value, digits) = tokens.number(index)?;
    if digits > 2 || !(1..=31).contains(&value) {
        return None;
    }
    let mut next = index + 1;
    if tokens.joined(next)
        && ["st", "nd", "rd", "th"]
            .iter()
            .any(|s| tokens.is_word(next, s))
    {
        next += 1;
    }
    // 15.5, 15:30, 15% and 15,000 are no days.
    let figure_goes_on = tokens.joined(next)
        && (tokens.is_sign(next, "%")
            || (tokens.is_sign(next, ".,:")
                && tokens.joined(next + 1)
                && tokens.number(next + 1).is_some_and(|(_, d)| d < 4)));
    (!figure_goes_on).then_some((value as i8, next))
}

/// A year of four digits, `1000`–`2199`, that is no part of a longer figure.
pub(super) fn full_year(tokens: &Tokens, index: usize) -> Option<i16> {
    let (value, digits) = tokens.number(index)?;
    let goes_on = tokens.joined(index + 1)
        && (tokens.is_sign(index + 1, "%")
            || (tokens.is_sign(index + 1, ".,:")
                && tokens.joined(index + 2)
                && tokens.number(index + 2).is_some()));
    (digits == 4 && (1000..2200).contains(&value) && !goes_on).then_some(value as i16)
}

/// `, 2013`, ` 2013`, ` of 2013`, `, '13`; the year and the token after it.
fn year_after(tokens: &Tokens, mut index: usize) -> Option<(i16, usize)> {
    index += usize::from(tokens.is_sign(index, ","));
    index += usize::from(tokens.is_word(index, "of") || tokens.is_word(index, "in"));
    if tokens.at(index)?.parted {
        return None;
    }
    full_year(tokens, index).map(|year| (year, index + 1))
}

fn month_first(tokens: &Tokens, index: usize) -> Option<Atom> {
    let month = month_at(tokens, index)?;
    let mut next = index + 1;
    let short = tokens.word(index).len() < 5;
    if short && tokens.is_sign(next, ".") && tokens.joined(next) {
        next += 1;
    }
    if tokens.at(next).is_some_and(|t| t.parted) {
        return bare_month(tokens, index, index + 1, month);
    }
    next += usize::from(tokens.is_word(next, "the"));
    if let Some((day_one, after)) = day(tokens, next).filter(|_| !is_year_range(tokens, next)) {
        // May 7-8, May 7 and 8, May 7 to 9
        let through = range_sign(tokens, after)
            .filter(|&n| month_at(tokens, n + 1).is_none())
            .and_then(|n| day(tokens, n))
            .filter(|(d, _)| *d > day_one);
        let after = through.map_or(after, |(_, n)| n);
        let year = year_after(tokens, after);
        let part = |d| Part::new(year.map(|y| y.0), Some(month), Some(d));
        let end = year.map_or(after, |y| y.1);
        return match through {
            Some((last, _)) => Atom::range(index, end, part(day_one)?, part(last)?),
            None => Some(Atom::new(index, end, part(day_one)?)),
        };
    }
    if let Some((year, end)) = year_after(tokens, next) {
        return Some(Atom::new(
            index,
            end,
            Part::new(Some(year), Some(month), None)?,
        ));
    }
    bare_month(tokens, index, next, month)
}

fn bare_month(tokens: &Tokens, index: usize, next: usize, month: i8) -> Option<Atom> {
    let word = tokens.word(index);
    let before = if index > 0 {
        tokens.word(index - 1)
    } else {
        ""
    };
    let in_place = BEFORE_A_MONTH
        .iter()
        .any(|w| w.eq_ignore_ascii_case(before))
        || (index > 0 && tokens.is_sign(index - 1, "-–"));
    let to_another = range_sign(tokens, next).is_some_and(|n| month_at(tokens, n).is_some());
    let capital = word.as_bytes()[0].is_ascii_uppercase();
    let plain = word.len() > 3 && !is_also_a_word(word);
    (capital && (in_place || to_another || plain) || plain && in_place).then(|| {
        // The full stop belongs to a short form only if the sentence goes on.
        Part::new(None, Some(month), None).map(|part| Atom::new(index, index + 1, part))
    })?
}

/// `7 May 2013`, `7th of May`, `7-8 May 2013`.
fn day_first(tokens: &Tokens, index: usize) -> Option<Atom> {
    if tokens.joined(index) && tokens.is_sign(index.wrapping_sub(1), ".,:$€£¥₩-/") {
        return None;
    }
    let (day_one, mut next) = day(tokens, index)?;
    let through = range_sign(tokens, next)
        .and_then(|n| day(tokens, n))
        .filter(|(d, _)| *d > day_one);
    next = through.map_or(next, |(_, n)| n);
    next += usize::from(tokens.is_word(next, "of"));
    next += usize::from(tokens.is_sign(next, "-") && tokens.joined(next));
    let month = month_at(tokens, next).filter(|_| !tokens.list[next].parted)?;
    let word = tokens.word(next);
    if !word.as_bytes()[0].is_ascii_uppercase() && is_also_a_word(word) {
        return None;
    }
    next += 1;
    next += usize::from(
        word.len() < 5
            && tokens.is_sign(next, ".")
            && tokens.joined(next)
            && year_after(tokens, next + 1).is_some(),
    );
    next += usize::from(
        tokens.is_sign(next, "-") && tokens.joined(next) && full_year(tokens, next + 1).is_some(),
    );
    let year = year_after(tokens, next);
    let end = year.map_or(next, |y| y.1);
    let part = |d| Part::new(year.map(|y| y.0), Some(month), Some(d));
    match through {
        Some((last, _)) => Atom::range(index, end, part(day_one)?, part(last)?),
        None => Some(Atom::new(index, end, part(day_one)?)),
    }
}

/// The token after a hyphen, dash, tilde, "to", "and" or "through".
fn range_sign(tokens: &Tokens, index: usize) -> Option<usize> {
    let word = tokens.word(index);
    let joins = tokens.is_sign(index, "-‐‑–—~〜～∼")
        || ["to", "and", "through"]
            .iter()
            .any(|w| word.eq_ignore_ascii_case(w));
    joins.then_some(index + 1)
}

fn is_year_range(tokens: &Tokens, index: usize) -> bool {
    full_year(tokens, index).is_some()
}

/// `1990s`, `1990's`, `'90s`, `90s`.
fn decade(tokens: &Tokens, index: usize) -> Option<Atom> {
    let mut number = index;
    let apostrophe = tokens.is_sign(index, "'’‘");
    number += usize::from(apostrophe);
    let (value, digits) = tokens.number(number)?;
    if value % 10 != 0
        || !matches!(digits, 2 | 4)
        || (digits == 4 && !(1000..2200).contains(&value))
    {
        return None;
    }
    let mut next = number + 1;
    next += usize::from(tokens.is_sign(next, "'’") && tokens.joined(next));
    if tokens.word(next) != "s" || !tokens.joined(next) {
        return None;
    }
    // "in his 60s" is an age.
    let start = if digits == 4 {
        value as i16
    } else if apostrophe || (index > 0 && tokens.is_word(index - 1, "the")) {
        if value < 30 {
            2000 + value as i16
        } else {
            1900 + value as i16
        }
    } else {
        return None;
    };
    let from = Part::new(Some(start), None, None)?;
    let to = Part::new(Some(start + 9), None, None)?;
    let mut atom = Atom::range(index, next + 1, from, to)?;
    atom.form = DateForm::Decade;
    Some(atom)
}

/// A bare year, `1800`–`2100`, and `2012-13`.
fn year(tokens: &Tokens, index: usize) -> Option<Atom> {
    let year = full_year(tokens, index)
        .filter(|y| (1800..=2100).contains(y) || stated_as_year(tokens, index))?;
    if index > 0 {
        let before = tokens.word(index - 1);
        let sticks = tokens.joined(index)
            && (!before.is_empty() || tokens.is_sign(index - 1, "$€£¥￥₩.,:#%+/"))
            || tokens.is_sign(index - 1, "$€£¥￥₩#№");
        let counted = BEFORE_A_COUNT
            .iter()
            .any(|w| w.eq_ignore_ascii_case(before));
        if sticks || counted {
            return None;
        }
    }
    if tokens.joined(index + 1) && !tokens.word(index + 1).is_empty() {
        return None;
    }
    // A figure in parts is no year unless the next part is one: 2015-13-40.
    let goes_on = tokens.is_sign(index + 1, "-/")
        && tokens.joined(index + 1)
        && tokens.joined(index + 2)
        && tokens.number(index + 2).is_some();
    let from = Part::new(Some(year), None, None)?;
    // 2012-13, 1998/99: only if the second figure can be no month.
    if tokens.is_sign(index + 1, "-–/")
        && tokens.joined(index + 1)
        && tokens.joined(index + 2)
        && let Some((value, 2)) = tokens.number(index + 2)
        && value as i16 > year % 100
        && (value > 12 || tokens.is_sign(index + 1, "–"))
        && !tokens.is_sign(index + 3, "-/")
    {
        let to = Part::new(Some(year / 100 * 100 + value as i16), None, None)?;
        return Atom::range(index, index + 3, from, to);
    }
    (!goes_on || full_year(tokens, index + 2).is_some()).then(|| Atom::new(index, index + 1, from))
}

fn stated_as_year(tokens: &Tokens, index: usize) -> bool {
    index > 0
        && ["in", "since", "until", "year", "from", "by"]
            .iter()
            .any(|w| tokens.is_word(index - 1, w))
}
