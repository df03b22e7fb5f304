//! The speaker whom a title names: "Remarks by A B, Chairman of the Forum".

use super::{
    labels::LABELS,
    names::{is_name, is_office},
};

/// Words before "by", at most.
const MOST_WORDS: usize = 8;

/// The name of the speaker in a title, as a part of `title`.
pub(super) fn of_title(title: &str) -> Option<&str> {
    let mut words = words(title);
    let by = words
        .by_ref()
        .take(MOST_WORDS)
        .scan(("", ""), |before, (at, word)| {
            let this = (before.0, before.1, at, word);
            *before = (before.1, word);
            Some(this)
        });
    let mut start = None;
    for (two, one, at, word) in by {
        let lower = word.to_lowercase();
        // "Speech delivered by A B".
        let held = ["delivered", "given", "made", "presented", "held"].contains(&one);
        let kind = if held {
            kind_of("", two)
        } else {
            kind_of(two, one)
        };
        if kind && lower == "by" {
            start = Some((at + word.len(), false));
            break;
        }
        // "Speech of Ambassador A B": the office must show that a person comes.
        if kind && lower == "of" {
            start = Some((at + word.len(), true));
            break;
        }
    }
    let (start, needs_office) = start?;
    named(&title[start..], needs_office)
}

fn kind_of(two: &str, one: &str) -> bool {
    let one = crate::even::even(one);
    let both = format!("{} {one}", crate::even::even(two));
    LABELS.speech_words.iter().any(|kind| {
        *kind == one
            || *kind == both
            || one.replace(' ', "") == kind.replace(' ', "") && !one.is_empty()
    })
}

/// Words of a line with their places.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    line.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - line.as_ptr() as usize, word))
}

fn named(text: &str, needs_office: bool) -> Option<&str> {
    let mut list = words(text).take(16).peekable();
    let (mut office, mut last) = (false, None);
    while let Some((at, word)) = list.next_if(|(_, word)| is_office(word)) {
        let article = ["the", "a", "an"].contains(&word.to_lowercase().as_str());
        office |= !article;
        last = Some((at, word));
        if word.ends_with(',') {
            return None;
        }
    }
    let (start, _) = *list.peek()?;
    let mut end = start;
    let mut count = 0;
    let mut closed = false;
    while let Some((at, word)) = list.next_if(|(_, word)| !is_office(word)) {
        let bare = word.trim_end_matches([',', ';', ':', ')', '|', '–', '—']);
        let name = bare.chars().next().is_some_and(char::is_uppercase)
            || count > 0 && ["de", "van", "von", "der", "bin", "al"].contains(&bare);
        if !name {
            closed = true;
            break;
        }
        count += 1;
        end = at + bare.len();
        if bare.len() < word.len() {
            closed = true;
            break;
        }
    }
    // "Speech by A Angers Seoul Voters": what follows the name must not read on.
    let follows = list.peek().map(|(_, word)| word.to_lowercase());
    let stops = closed
        || follows.is_none_or(|w| {
            LABELS.not_places.contains(&w)
                || ["to", "for", "with", "upon", "over", "and", "following"].contains(&w.as_str())
        });
    if !stops || needs_office && !office {
        return None;
    }
    let name = text.get(start..end)?;
    if is_name(name) {
        return Some(name);
    }
    // "Remarks by President Park": one name with its office.
    let (at, word) = last?;
    let single = count == 1 && office && !name.chars().all(|c| c.is_ascii_uppercase());
    let title = LABELS.office_words.contains(&word.to_lowercase())
        || LABELS.name_titles.contains(&word.to_lowercase());
    (single && title && word.starts_with(char::is_uppercase))
        .then(|| text.get(at..end))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::of_title;

    #[test]
    fn finds_the_speaker() {
        for (title, name) in [
            ("Remarks by Anna Weber, Chairman of the Forum", "Anna Weber"),
            ("Speech by Foreign Minister Mira Holt on Trade", "Mira Holt"),
            (
                "Keynote Address by H.E. Ambassador Rolf Egger at the Luncheon Club",
                "Rolf Egger",
            ),
            ("Lecture by Prof. Kim Min-ji", "Kim Min-ji"),
            ("Speech delivered by Anna Weber at the Forum", "Anna Weber"),
            ("Opening Remarks by President Holt", "President Holt"),
            ("Speech of Ambassador Anna Weber", "Anna Weber"),
        ] {
            assert_eq!(of_title(title), Some(name), "{title}");
        }
    }

    #[test]
    fn finds_nobody_where_nobody_is_named() {
        for title in [
            "Speech by Holt Angers Tokyo Voters",
            "Statement of Intent",
            "Message of Hope and Peace",
            "Address by the Council",
            "Talks stalled by weather",
            "",
        ] {
            assert_eq!(of_title(title), None, "{title}");
        }
    }
}
