//! The persons of the header: authors on lines of their own, and the speaker whom the title names.

use super::{Known, Page, names, rows::bare, speaker, title::person_first};
use crate::{Located, Span};

/// The speaker whom the title names, for a text without a by-line.
pub(super) fn settle_speaker(page: &mut Page<'_>, known: &Known<'_>) {
    if !page.layout.authors.is_empty() || !known.authors.is_empty() {
        return;
    }
    let located = |value: &str, title: Option<Span>| {
        let name = speaker::of_title(value)?;
        let span = title.and_then(|span| {
            let at = span.of(page.text).find(name)? as u32 + span.start;
            Some(Span::new(at, at + name.len() as u32))
        });
        Some(Located {
            value: name.to_owned(),
            span,
        })
    };
    let author = page
        .layout
        .title
        .as_ref()
        .and_then(|title| located(&title.value, title.span))
        .or_else(|| known.title.and_then(|title| located(title, None)));
    page.layout.authors.extend(author);
}

/// The names on a line of their own, perhaps with a role.
pub(super) fn named(
    page: &Page<'_>,
    index: usize,
    title: Option<usize>,
) -> Option<(Vec<Span>, bool)> {
    // Above the title stands no author, but the name of a section or column.
    if page.lines[index].weight() > 20 || title.is_none_or(|title| index < title) {
        return None;
    }
    let span = bare(page.text, page.lines[index].span);
    let line = span.of(page.text);
    let place = |name: &str| {
        let at = name.as_ptr() as usize - line.as_ptr() as usize;
        Span::new(
            span.start + at as u32,
            span.start + (at + name.len()) as u32,
        )
    };
    // "Anna Weber, Mira Holt and Rolf Egger".
    if let Some((before, last)) = line.split_once(" and ").or_else(|| line.split_once(" & ")) {
        let mut persons: Vec<&str> = before.split(',').map(str::trim).collect();
        persons.push(last.split([',', '|', '(']).next().unwrap_or("").trim());
        persons.retain(|name| !name.is_empty());
        if persons.len() > 1 && persons.iter().all(|name| names::is_name(name)) {
            let places = persons.into_iter().map(names::without_titles).map(place);
            return Some((places.collect(), true));
        }
    }
    if let Some((name, role)) = person_first(line) {
        return Some((vec![place(names::without_titles(name))], role));
    }
    // "Anna Weber in Seoul".
    if let Some((name, town)) = line.split_once(" in ")
        && names::is_name(name)
        && town.split_whitespace().count() <= 3
        && town
            .split_whitespace()
            .all(|w| w.chars().next().is_some_and(char::is_uppercase))
    {
        return Some((vec![place(names::without_titles(name))], true));
    }
    None
}

/// True if the running text tells of this person: then the line is a caption and no by-line.
pub(super) fn is_told_of(page: &Page<'_>, first: usize, name: Span) -> bool {
    let bare = names::without_titles(name.of(page.text));
    let prose: Vec<usize> = (first..page.lines.len())
        .filter(|&i| page.open(i) && page.is_prose(i))
        .collect();
    // The author's CV stands at the end.
    let told = prose.len().saturating_sub(3).max(1);
    prose
        .iter()
        .take(told)
        .any(|&i| page.line(i).contains(bare))
}

/// True if the title names a speaker: the body beside the date is then the host, not the outlet.
pub(super) fn is_speech(page: &Page<'_>) -> bool {
    page.layout
        .title
        .as_ref()
        .is_some_and(|title| speaker::of_title(&title.value).is_some())
}

/// "Anna Weber, fellow at the institute, argues that …" before a text in the first person.
pub(super) fn settle_author(page: &mut Page<'_>, first: usize) {
    const VERBS: [&str; 14] = [
        "explains",
        "argues",
        "writes",
        "examines",
        "discusses",
        "analyzes",
        "analyses",
        "explores",
        "contends",
        "assesses",
        "considers",
        "reflects",
        "describes",
        "outlines",
    ];
    if !page.layout.authors.is_empty() {
        return;
    }
    let line = page.line(first);
    let Some((name, true)) = person_first(line) else {
        return;
    };
    let says = line.split_whitespace().take(24).any(|w| VERBS.contains(&w));
    let first_person = page.lines[first + 1..]
        .iter()
        .filter(|l| l.mark.is_none())
        .any(|l| l.of(page.text).starts_with("I ") || l.of(page.text).contains(" I "));
    let bare = names::without_titles(name);
    let family = bare.rsplit(' ').next().unwrap_or(bare);
    let elsewhere = page.lines[first + 1..]
        .iter()
        .any(|l| l.even != page.lines[first].even && l.of(page.text).contains(family));
    if says && first_person && !elsewhere {
        let start = page.lines[first].span.start;
        let author = page.located(Span::new(start, start + name.len() as u32));
        page.layout.authors.push(author);
    }
}
