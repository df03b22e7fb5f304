//! The regular forms of English verbs, nouns and adjectives, and the way back with a word list.
//!
//! Used only when the lemmatiser is trained: what the list of words tells is stored there.

/// Regular forms whose dictionary form is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// "-ed" of verbs.
    Ed,
    /// "-ing" of verbs.
    Ing,
    /// "-s" of verbs and nouns.
    S,
    /// "-er" of adjectives and adverbs.
    Er,
    /// "-est" of adjectives and adverbs.
    Est,
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Number of groups of vowels, a silent "e" at the end aside.
fn syllables(word: &str) -> usize {
    let bytes = word.as_bytes();
    let end = if bytes.len() > 2 && bytes.ends_with(b"e") {
        bytes.len() - 1
    } else {
        bytes.len()
    };
    let vowel = |i: usize| is_vowel(bytes[i]) || (bytes[i] == b'y' && i > 0);
    (0..end)
        .filter(|&i| vowel(i) && (i == 0 || !vowel(i - 1)))
        .count()
        .max(1)
}

/// One consonant after one vowel letter at the end, as in "stop".
fn may_double(base: &str) -> bool {
    let bytes = base.as_bytes();
    let n = bytes.len();
    if n < 2 || is_vowel(bytes[n - 1]) || matches!(bytes[n - 1], b'w' | b'x' | b'y' | b'h') {
        return false;
    }
    let after_q = n >= 3 && bytes[n - 2] == b'i' && n >= 4 && &bytes[n - 4..n - 2] == b"qu";
    is_vowel(bytes[n - 2])
        && (n < 3
            || !is_vowel(bytes[n - 3])
            || after_q
            || (n == 4 && bytes[1] == b'u' && bytes[0] == b'q'))
}

/// True if `form` is what rules make of `base`.
pub(crate) fn is_form(base: &str, form: &str, ending: Ending) -> bool {
    let suffix = match ending {
        Ending::Ed => "ed",
        Ending::Ing => "ing",
        Ending::S => "s",
        Ending::Er => "er",
        Ending::Est => "est",
    };
    let Some(stem) = form.strip_suffix(suffix) else {
        return false;
    };
    let bytes = base.as_bytes();
    let n = bytes.len();
    if n < 2 {
        return false;
    }
    let last = bytes[n - 1];
    let consonant_y = last == b'y' && !is_vowel(bytes[n - 2]);
    if ending == Ending::S {
        let hisses =
            base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh");
        return if consonant_y {
            stem.strip_suffix("ie") == Some(&base[..n - 1])
        } else if hisses {
            stem.strip_suffix('e') == Some(base)
        } else if last == b'o' {
            stem == base || stem.strip_suffix('e') == Some(base)
        } else {
            stem == base
        };
    }
    if last == b'e' {
        if ending == Ending::Ing {
            if base.ends_with("ie") {
                return stem.strip_suffix('y') == Some(&base[..n - 2]);
            }
            let kept = base.ends_with("ee") || base.ends_with("oe") || base.ends_with("ye");
            return if kept {
                stem == base
            } else {
                stem == &base[..n - 1] || (base.ends_with("ge") && stem == base)
            };
        }
        return stem == &base[..n - 1];
    }
    if consonant_y && ending != Ending::Ing {
        return stem.strip_suffix('i') == Some(&base[..n - 1]);
    }
    if base.ends_with('c') && stem.strip_suffix('k') == Some(base) {
        return true;
    }
    let doubled = stem.len() == n + 1 && stem.starts_with(base) && stem.as_bytes()[n] == last;
    if may_double(base) {
        if syllables(base) == 1 {
            return doubled;
        }
        return doubled || stem == base;
    }
    stem == base || (doubled && last == b'l') || (doubled && last == b's' && syllables(base) == 1)
}

/// What `form` may be a form of, by letters alone.
pub(crate) fn candidates(form: &str, ending: Ending) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |base: String| {
        if is_form(&base, form, ending) && !found.contains(&base) {
            found.push(base);
        }
    };
    let cut = match ending {
        Ending::S => 1,
        Ending::Ed | Ending::Er => 2,
        Ending::Ing | Ending::Est => 3,
    };
    if form.len() <= cut + 1 || !form.is_ascii() {
        return Vec::new();
    }
    let stem = &form[..form.len() - cut];
    add(stem.to_owned());
    add(format!("{stem}e"));
    add(stem[..stem.len() - 1].to_owned());
    if let Some(start) = stem.strip_suffix("ie") {
        add(format!("{start}y"));
    }
    if let Some(start) = stem.strip_suffix('i') {
        add(format!("{start}y"));
    }
    if let Some(start) = stem.strip_suffix('y') {
        add(format!("{start}ie"));
    }
    found
}

/// What the "-s" form of a verb may look like.
fn forms_of_s(base: &str) -> [String; 2] {
    let plain = format!("{base}s");
    match base.strip_suffix('y') {
        Some(start) => [plain, format!("{start}ies")],
        None => [plain, format!("{base}es")],
    }
}

/// True if British spelling doubles the "l" of the verb: "quarrelled".
pub(crate) fn doubles_l(base: &str) -> bool {
    base.ends_with('l') && may_double(base) && syllables(base) > 1
}

/// The dictionary form of `form`, chosen by `rank_of`: how common a word is (0 the most common), or
/// `None` if it is not in the list. `known` tells dictionary forms for certain.
pub(crate) fn base_of(
    form: &str,
    ending: Ending,
    rank_of: &dyn Fn(&str) -> Option<usize>,
    known: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for base in candidates(form, ending) {
        let Some(mut rank) = rank_of(&base) else {
            continue;
        };
        if base.len() < 2 || !base.bytes().any(|b| is_vowel(b) || b == b'y') {
            continue;
        }
        if known(&base) {
            rank /= 50;
        }
        // Words in "-th" have verbs in "-the"; doubled letters belong to the word if it has them.
        if base.ends_with("the") && ending != Ending::S {
            rank /= 20;
        }
        let verb = matches!(ending, Ending::Ed | Ending::Ing);
        if verb && !forms_of_s(&base).iter().any(|form| rank_of(form).is_some()) {
            rank *= 30;
        }
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            best = Some((rank, base));
        }
    }
    best.map(|(_, base)| base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_regular_forms() {
        for (base, form, ending) in [
            ("rule", "ruled", Ending::Ed),
            ("plan", "planned", Ending::Ed),
            ("visit", "visited", Ending::Ed),
            ("refer", "referred", Ending::Ed),
            ("boycott", "boycotted", Ending::Ed),
            ("deny", "denied", Ending::Ed),
            ("equip", "equipped", Ending::Ed),
            ("panic", "panicking", Ending::Ing),
            ("die", "dying", Ending::Ing),
            ("agree", "agreeing", Ending::Ing),
            ("veto", "vetoes", Ending::S),
            ("ally", "allies", Ending::S),
            ("big", "bigger", Ending::Er),
            ("happy", "happiest", Ending::Est),
        ] {
            assert!(is_form(base, form, ending), "{base} {form}");
            assert!(
                candidates(form, ending).iter().any(|c| c == base),
                "{base} {form}"
            );
        }
        for (base, form) in [("rul", "ruled"), ("hop", "hoped"), ("plane", "planned")] {
            assert!(!is_form(base, form, Ending::Ed), "{base} {form}");
        }
    }
}
