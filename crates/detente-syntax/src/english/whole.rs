//! Stretches with marks inside that are one word: addresses, telephone numbers, names.

use super::abbreviations::CLIPPED;

/// "713-664-7478", "2019-05-10": numbers of telephones and dates stay whole.
pub(crate) fn is_number_with_hyphens(core: &str) -> bool {
    let hyphens = core.bytes().filter(|&b| b == b'-').count();
    if hyphens == 0 || core.len() > 24 || !core.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return false;
    }
    let last = core.len() - 1 - core.rfind('-').unwrap_or(0);
    let first = core.find('-').unwrap_or(0);
    first > 0 && last > 0 && (hyphens > 1 || (last == 4 && matches!(first, 1 | 3 | 5)))
}

/// "80's".
pub(crate) fn is_decade(core: &str) -> bool {
    let number = core.strip_suffix("'s").or_else(|| core.strip_suffix("’s"));
    number.is_some_and(|n| (2..=4).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
}

/// "'em", "'til", perhaps with a mark behind.
pub(crate) fn clipped(rest: &str) -> bool {
    // From the front: what stands behind is looked at only where the word fits.
    let fits = |word: &&str| {
        let front = rest.as_bytes().get(..word.len());
        front.is_some_and(|front| front.eq_ignore_ascii_case(word.as_bytes()))
            && rest.as_bytes()[word.len()..]
                .iter()
                .all(u8::is_ascii_punctuation)
    };
    CLIPPED.iter().any(fits)
}

/// A line of signs: "-->", "=====".
pub(crate) fn is_rule(chunk: &str) -> bool {
    chunk.len() > 1 && chunk != "<>" && chunk.bytes().all(|b| b"=-+*#$~_<>|\\/%&@^".contains(&b))
}

/// The first letters of a word that its speaker broke off ("re-").
pub(crate) fn broken_off(stem: &str) -> bool {
    let small = stem.len() <= 4 && stem.bytes().all(|b| b.is_ascii_lowercase());
    !stem.is_empty() && (small || (stem.len() == 1 && stem.bytes().all(|b| b.is_ascii_uppercase())))
}

/// An address of the web or of mail, or the name of a file.
pub(crate) fn is_address(core: &str) -> bool {
    let mail = core
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    mail || core.contains("://") || core.starts_with("www.") || core.starts_with("WWW.") || {
        let host = core.split('/').next().unwrap_or("");
        host.len() > 4
            && [
                ".com", ".org", ".net", ".gov", ".edu", ".co.kr", ".go.jp", ".go.kr", ".co.jp",
            ]
            .iter()
            .any(|end| host.ends_with(end))
    }
}

/// A syllable of a Korean given name in Latin letters, as "Geun" and "hye" in "Geun-hye".
pub(crate) fn is_korean_syllable(part: &str) -> bool {
    const INITIALS: &[&str] = &[
        "kk", "tt", "pp", "ss", "jj", "ch", "sh", "g", "k", "n", "d", "t", "r", "l", "m", "b", "p",
        "s", "j", "h", "",
    ];
    const VOWELS: &[&str] = &[
        "yeo", "yae", "wae", "weo", "eui", "you", "yoo", "yu", "ya", "ye", "yo", "wa", "we", "wi",
        "wo", "woo", "eo", "eu", "ae", "oe", "oo", "ee", "ou", "ui", "uh", "ah", "a", "e", "i",
        "o", "u",
    ];
    const FINALS: &[&str] = &["", "k", "g", "n", "l", "m", "p", "b", "ng", "h", "ck"];
    if part.len() > 6 || !part.is_ascii() {
        return false;
    }
    let mut lower = [0u8; 6];
    let lower = &mut lower[..part.len()];
    lower.copy_from_slice(part.as_bytes());
    lower.make_ascii_lowercase();
    let Ok(lower) = std::str::from_utf8(lower) else {
        return false;
    };
    INITIALS.iter().any(|initial| {
        lower.strip_prefix(initial).is_some_and(|rest| {
            VOWELS.iter().any(|vowel| {
                rest.strip_prefix(vowel)
                    .is_some_and(|last| FINALS.contains(&last))
            })
        })
    })
}
