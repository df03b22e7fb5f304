//! Names of months and weekdays, and Japanese and Korean eras.

use super::tokens::Tokens;

/// The English names of the months in lower case, January first.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The English names of the weekdays in lower case, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The month (1–12) that an English name or its usual short form stands for, whatever its case.
///
/// ```
/// use detente_text::date::month_named;
/// assert_eq!(month_named("Sept"), Some(9));
/// assert_eq!(month_named("Monday"), None);
/// ```
pub fn month_named(word: &str) -> Option<i8> {
    named(&MONTHS, word, &["sept"]).map(|m| if m == 12 { 9 } else { m + 1 })
}

/// The weekday (0 Monday – 6 Sunday) that an English name or its usual short form stands for.
pub fn weekday_named(word: &str) -> Option<i8> {
    match word.to_ascii_lowercase().as_str() {
        "tues" => Some(1),
        "thur" | "thurs" => Some(3),
        _ => named(&WEEKDAYS, word, &[]),
    }
}

fn named(names: &[&str], word: &str, further: &[&str]) -> Option<i8> {
    if word.len() < 3 || word.len() > 9 {
        return None;
    }
    let full = names.iter().position(|n| n.eq_ignore_ascii_case(word));
    let short = || {
        (word.len() == 3)
            .then(|| names.iter().position(|n| n[..3].eq_ignore_ascii_case(word)))
            .flatten()
    };
    let other = || {
        further
            .iter()
            .position(|n| n.eq_ignore_ascii_case(word))
            .map(|p| names.len() + p)
    };
    full.or_else(short).or_else(other).map(|p| p as i8)
}

/// An era: a year of it plus `add` is the Gregorian year.
pub(super) struct Era {
    /// The signs that spell its name.
    pub(super) name: &'static str,
    /// The Latin letter that stands for it; `""` if none.
    pub(super) letter: &'static str,
    pub(super) add: i16,
    /// First day: year, month, day; year 0 = always counted by whole years.
    pub(super) from: (i16, i8, i8),
    /// Last day; year 9999 = still running.
    pub(super) to: (i16, i8, i8),
}

/// Eras with the day on which each began (codebook 5.2).
pub(super) const ERAS: [Era; 7] = [
    era("令和", "R", 2018, (2019, 5, 1), (9999, 12, 31)),
    era("平成", "H", 1988, (1989, 1, 8), (2019, 4, 30)),
    era("昭和", "S", 1925, (1926, 12, 25), (1989, 1, 7)),
    era("大正", "T", 1911, (1912, 7, 30), (1926, 12, 24)),
    era("明治", "M", 1867, (1868, 1, 25), (1912, 7, 29)),
    era("단기", "", -2333, (0, 1, 1), (9999, 12, 31)),
    era("주체", "", 1911, (0, 1, 1), (9999, 12, 31)),
];

const fn era(
    name: &'static str,
    letter: &'static str,
    add: i16,
    from: (i16, i8, i8),
    to: (i16, i8, i8),
) -> Era {
    Era {
        name,
        letter,
        add,
        from,
        to,
    }
}

/// Names that are also plain words: read as months only beside a figure or after a preposition.
pub(super) fn is_also_a_word(word: &str) -> bool {
    [
        "may", "march", "mar", "dec", "sun", "sat", "jan", "jun", "april", "august",
    ]
    .iter()
    .any(|w| w.eq_ignore_ascii_case(word))
}

/// True if the word at `index` names a month in a way that cannot be an ordinary word: it has a
/// capital, or is not also a word.
pub(super) fn month_at(tokens: &Tokens, index: usize) -> Option<i8> {
    let word = tokens.word(index);
    let month = month_named(word)?;
    let capital = word.as_bytes()[0].is_ascii_uppercase();
    (capital || !is_also_a_word(word)).then_some(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_and_short_forms() {
        assert_eq!(month_named("SEPTEMBER"), Some(9));
        assert_eq!(month_named("Sep"), Some(9));
        assert_eq!(month_named("sept"), Some(9));
        assert_eq!(month_named("Se"), None);
        assert_eq!(weekday_named("Thurs"), Some(3));
        assert_eq!(weekday_named("sun"), Some(6));
    }
}
