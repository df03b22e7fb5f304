//! Names of persons and outlets, as they stand alone on a line or in a by-line.

use super::{labels::LABELS, lines::is_hangul};
use crate::even::even;

/// True if `text` can be a personal name in Latin letters: two to five capitalised words, none of
/// them a word of sections, outlets or headlines.
pub(super) fn is_name(text: &str) -> bool {
    let bare = without_titles(text);
    let mut words = 0;
    for word in bare.split_whitespace() {
        words += 1;
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        let particle = matches!(
            letters,
            "de" | "da"
                | "del"
                | "van"
                | "von"
                | "der"
                | "den"
                | "bin"
                | "al"
                | "la"
                | "le"
                | "di"
                | "ter"
        );
        let capital = letters.chars().next().is_some_and(char::is_uppercase);
        let plain = word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '‐' | '\u{2011}'));
        let possessive = word.ends_with("'s") || word.ends_with("’s");
        if !(particle || capital && plain) || possessive || letters.is_empty() {
            return false;
        }
        let lower = letters.to_lowercase();
        if LABELS.not_names.contains(&lower) || LABELS.outlet_nouns.contains(&lower) {
            return false;
        }
        // "KBS", "UN": initials of bodies; "KIM", "Abe": names.
        let initials = letters.len() > 1 && letters.chars().all(char::is_uppercase);
        let spoken = letters.len() > 2 && letters.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
        if initials && !spoken && letters.is_ascii() {
            return false;
        }
    }
    // "Associate Professor", "Senior Fellow": what somebody is.
    let role = |word: &str| {
        let lower = word.to_lowercase();
        LABELS.biography_roles.contains(&lower) || LABELS.office_words.contains(&lower)
    };
    (2..=5).contains(&words) && bare.len() <= 60 && !bare.split_whitespace().all(role)
}

/// The name without "Dr.", "H.E." and their like.
pub(super) fn without_titles(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some((first, more)) = rest.split_once(char::is_whitespace) {
        if !LABELS.name_titles.contains(&first.to_lowercase()) {
            break;
        }
        rest = more.trim_start();
    }
    rest
}

/// True if a word may stand before a name as title or office, or in the name of one.
pub(super) fn is_office(word: &str) -> bool {
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    LABELS.name_titles.iter().any(|t| t == bare)
        || LABELS.office_words.iter().any(|t| t == bare)
        || LABELS.not_names.iter().any(|t| t == bare)
}

/// The name in "H.E. A B" and "Foreign Minister A B".
pub(super) fn person(text: &str) -> Option<&str> {
    let mut rest = text.trim();
    while let Some((first, more)) = rest.split_once(char::is_whitespace) {
        if !is_office(first) {
            break;
        }
        rest = more.trim_start();
    }
    is_name(rest).then_some(rest)
}

/// True if `text` can be the name of a body that publishes: "Northern Harbor Institute". It takes
/// more than that: most such names stand in sentences about the body.
pub(super) fn is_body(text: &str) -> bool {
    let even = even(text);
    let words = even.split(' ').count();
    let capitals = text
        .split_whitespace()
        .filter(|w| w.len() > 3)
        .all(|w| w.chars().next().is_some_and(char::is_uppercase));
    let of = [" of ", " for ", " on "].iter().find_map(|m| even.find(m));
    let head = of.map_or(even.as_str(), |at| &even[..at]);
    (2..=8).contains(&words)
        && capitals
        && text.len() <= 80
        && !text.contains(['?', '!', ':', '"', '“'])
        && LABELS
            .body_nouns
            .iter()
            .any(|noun| head == noun || head.ends_with(&format!(" {noun}")))
}

/// True if `text` can be a Korean personal name: two to four syllables of Hangul.
pub(super) fn is_korean_name(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && text.chars().all(is_hangul)
}

/// True if `text` can be a Japanese personal name: two to seven characters, none of them Latin.
pub(super) fn is_japanese_name(text: &str) -> bool {
    let mut count = 0;
    for c in text.chars().filter(|c| !matches!(c, ' ' | '　' | '・')) {
        if !matches!(c, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '々') {
            return false;
        }
        count += 1;
    }
    (2..=8).contains(&count)
}

/// True if `text` can be the name of an outlet or series: short, and its last word says so.
pub(super) fn is_outlet(text: &str) -> bool {
    let even = even(text);
    let words: Vec<&str> = even.split(' ').collect();
    if words.len() > 5 || text.chars().count() > 50 || text.contains(['?', '!', '。', '「']) {
        return false;
    }
    let last = words.last().copied().unwrap_or("");
    let capital = text
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(|c| !c.is_lowercase());
    capital
        && LABELS.outlet_nouns.iter().any(|noun| {
            if noun.is_ascii() {
                last == noun
            } else {
                last.ends_with(noun.as_str()) && words.len() <= 2
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_names_from_headings() {
        for name in [
            "Anna Weber",
            "CHOE SANG-HUN",
            "Dr. Kim Min-ji",
            "Taro van Dyck",
            "J. R. Smith",
        ] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "Security Session",
            "Breaking News",
            "Talks resume",
            "Seoul",
            "Kishida's Visit",
            "Asia Society",
        ] {
            assert!(!is_name(other), "{other}");
        }
        assert!(
            is_outlet("The Harbor Times") && is_outlet("東洋新聞") && !is_outlet("Talks resume")
        );
    }
}
