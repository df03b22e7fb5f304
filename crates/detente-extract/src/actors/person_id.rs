//! Ids of persons who are not in the codebook (codebook 4.1): which part is the family name.

use detente_codebook::actors::{ActorBook, Case, Gap, NameWord, fold};

/// Id of a person who is not in the codebook (codebook 4.1): capitals and lists of family names
/// tell which part is the family name of an East Asian name; any other name is kept as printed.
pub(super) fn id_of(book: &ActorBook, text: &str, words: &[NameWord]) -> String {
    // Parts between spaces; a hyphen binds.
    let mut parts: Vec<Vec<NameWord>> = Vec::new();
    for &word in words {
        match parts.last_mut() {
            Some(part) if word.gap == Gap::Hyphen => part.push(word),
            _ => parts.push(vec![word]),
        }
    }
    let upper = |part: &[NameWord]| part.iter().all(|w| w.case == Case::Upper);
    let uppers = parts.iter().filter(|p| upper(p)).count();
    let marked = (uppers == 1 && parts.len() > 1)
        .then(|| parts.iter().position(|p| upper(p)))
        .flatten();
    let folded = |part: &[NameWord]| {
        let mut key = String::new();
        if let [word] = part {
            fold(word.span.of(text), &mut key);
        }
        key
    };
    let listed = |part: &[NameWord]| book.family_names.contains_key(folded(part).as_str());
    let last = parts.len().saturating_sub(1);
    let hyphened = parts.iter().position(|p| p.len() > 1);
    let family = match (marked, hyphened) {
        (Some(i), _) if i == 0 || i == last => Some(i),
        // "Ho-Young Ahn": the part without hyphen is the family name.
        (_, Some(given)) if parts.len() == 2 && listed(&parts[1 - given]) => Some(1 - given),
        _ if parts.len() < 2 => None,
        // "Grace Park": the customary order of the country she lives in.
        _ if book.given_names.contains(folded(&parts[0]).as_str()) => None,
        _ if listed(&parts[0]) => {
            let turned = parts.len() == 2
                && listed(&parts[last])
                && book.given_after_family.contains(folded(&parts[0]).as_str())
                && !book
                    .given_after_family
                    .contains(folded(&parts[last]).as_str());
            Some(if turned { last } else { 0 })
        }
        _ if parts.len() == 2 && listed(&parts[last]) => Some(last),
        // No family name is listed, but a given name is.
        _ if parts.len() == 2 => {
            let given = |part: &[NameWord]| book.given_after_family.contains(folded(part).as_str());
            match (given(&parts[0]), given(&parts[last])) {
                (true, false) => Some(last),
                (false, true) => Some(0),
                _ => None,
            }
        }
        _ => None,
    };
    let Some(family) = family else {
        return parts
            .iter()
            .map(|p| printed(p, text))
            .collect::<Vec<_>>()
            .join(" ");
    };
    let name = capital(&printed(&parts[family], text));
    let given: Vec<String> = (0..parts.len())
        .filter(|&i| i != family)
        .map(|i| given_form(&parts[i], text))
        .collect();
    // "Kim Min Ho": two short syllables of a Korean given name.
    let given = match &given[..] {
        [a, b] if family == 0 && is_syllable(a) && is_syllable(b) => {
            format!("{a}-{}", b.to_lowercase())
        }
        _ => given.join(" "),
    };
    format!("{name} {given}")
}

fn printed(part: &[NameWord], text: &str) -> String {
    part.iter()
        .map(|w| w.span.of(text))
        .collect::<Vec<_>>()
        .join("-")
}

/// First letter large, the rest small.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first
            .to_uppercase()
            .chain(chars.flat_map(char::to_lowercase))
            .collect(),
        None => String::new(),
    }
}

/// A given name: hyphenated syllables after the first are small.
fn given_form(part: &[NameWord], text: &str) -> String {
    let mut out = String::new();
    for (i, word) in part.iter().enumerate() {
        let printed = word.span.of(text);
        if i == 0 {
            out.push_str(&capital(printed));
        } else {
            out.push('-');
            out.push_str(&printed.to_lowercase());
        }
    }
    out
}

fn is_syllable(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.chars().all(char::is_alphabetic)
}

/// A name in capitals, with the first letter large only.
pub(super) fn capital_if_upper(word: &str) -> String {
    if word.chars().any(char::is_lowercase) {
        word.to_owned()
    } else {
        capital(word)
    }
}
