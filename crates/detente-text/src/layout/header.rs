//! The lines before the first running text: title, outlet, by-line, date, section labels.

use super::{
    Clue, Known, Page, byline, dates,
    labels::LABELS,
    lines::half,
    names,
    rows::{bare, is_date_line, pieces, row},
    title::{is_serial, person_first, pick_title},
};
use crate::{Basis, DropReason, Span, date::FoundDate, even::even};

/// True if the line was taken for a head by markup, so that a list above it ends.
pub(super) fn is_marked_head(page: &Page<'_>, index: usize) -> bool {
    page.lines[index].fixed
}

/// Reads the header, lines `0..first`.
pub(super) fn read(page: &mut Page<'_>, first: usize, known: &Known<'_>) {
    let open: Vec<usize> = (0..first).filter(|&i| page.open(i)).collect();
    let title = pick_title(page, &open, first, known);
    if let Some(index) = title {
        let span = half(page.text, page.lines[index].span);
        page.layout.title = Some(page.located(bare(page.text, span)));
    }
    let title_even = page.layout.title.as_ref().map(|t| even(&t.value));
    let outlet_from_markup = open.iter().copied().find(|&i| {
        Some(i) != title && names::is_outlet(half(page.text, page.lines[i].span).of(page.text))
    });

    // A page of lists with a paragraph at its end has no header of a hundred lines.
    let weight = |i: &usize| page.lines[*i].weight();
    let rest: usize = (first..page.lines.len())
        .filter(|&i| page.open(i))
        .map(|i| weight(&i))
        .sum();
    let sure_only = open.iter().map(weight).sum::<usize>() > rest.max(60);

    // A date in the title counts after those of date lines.
    let mut in_title = Vec::new();
    for &index in &open {
        let line = page.line(index);
        let span = page.lines[index].span;
        let single = half(page.text, span);
        let weight = page.lines[index].weight();
        let is_title =
            Some(index) == title || title_even.as_deref() == Some(&even(single.of(page.text)));
        if is_title {
            page.mark(index, DropReason::Headline);
            in_title.extend(dates::in_line(page.text, span, page.order));
            continue;
        }
        let found = dates::in_line(page.text, span, page.order);
        if is_date_line(page, index, &found) {
            page.mark(index, DropReason::Byline);
            page.layout.clues.extend(found.iter().map(|found| Clue {
                found: *found,
                basis: Basis::Explicit,
            }));
            if !read_byline(page, index) {
                read_beside_date(page, index, &found);
            }
            continue;
        }
        if read_byline(page, index) {
            page.mark(index, DropReason::Byline);
            page.layout.clues.extend(found.iter().map(|found| Clue {
                found: *found,
                basis: Basis::Explicit,
            }));
            continue;
        }
        if let Some((reason, outlet)) = row(page, index) {
            if page.layout.outlet.is_none() {
                page.layout.outlet = outlet.map(|outlet| page.located(outlet));
            }
            page.mark(index, reason);
            continue;
        }
        if let Some(label) = LABELS.find(&page.lines[index].even, weight, false) {
            page.mark(index, label.reason);
            continue;
        }
        if is_serial(&page.lines[index].even) {
            page.mark(index, DropReason::Label);
            continue;
        }
        if Some(index) == outlet_from_markup {
            if page.layout.outlet.is_none() {
                page.layout.outlet = Some(page.located(single));
            }
            page.mark(index, DropReason::Label);
            continue;
        }
        if let Some((name, role)) = named(page, index, title) {
            let told = role && is_told_of(page, first, name);
            if !told && page.layout.authors.is_empty() {
                let author = page.located(name);
                page.layout.authors.push(author);
            }
            page.mark(
                index,
                if told {
                    DropReason::Caption
                } else {
                    DropReason::Byline
                },
            );
            continue;
        }
        if sure_only
            || line.ends_with([',', '、', '，'])
            || (page.lines[index].is_entry(page.text) && !line.contains('\t'))
        {
            continue;
        }
        page.mark(
            index,
            if weight <= 3 {
                DropReason::Label
            } else {
                DropReason::Headline
            },
        );
    }
    page.layout
        .clues
        .extend(in_title.into_iter().map(|found| Clue {
            found,
            basis: Basis::Explicit,
        }));
    settle_author(page, first);
}

/// For a text without running text: nothing is dropped, but its date lines and by-lines count.
pub(super) fn metadata_only(page: &mut Page<'_>, known: &Known<'_>) {
    let open: Vec<usize> = (0..page.lines.len()).filter(|&i| page.open(i)).collect();
    if known.title.is_some()
        && let Some(index) = pick_title(page, &open, page.lines.len(), known)
    {
        let title = page.located(page.lines[index].span);
        page.layout.title = Some(title);
    }
    for index in open.into_iter().take(6) {
        let span = page.lines[index].span;
        let found = dates::in_line(page.text, span, page.order);
        if !found.is_empty() && dates::rest_of(page.text, span, &found) <= 3 {
            page.mark(index, DropReason::Byline);
            for found in found {
                page.layout.clues.push(Clue {
                    found,
                    basis: Basis::Explicit,
                });
            }
        }
    }
}

/// The name on a line of its own, perhaps with a role.
fn named(page: &Page<'_>, index: usize, title: Option<usize>) -> Option<(Span, bool)> {
    // Above the title stands no author, but the name of a section or column.
    if page.lines[index].weight() > 20 || title.is_none_or(|title| index < title) {
        return None;
    }
    let span = bare(page.text, page.lines[index].span);
    let line = span.of(page.text);
    let (name, role) = person_first(line)?;
    let at = span.start + line.find(name)? as u32;
    Some((Span::new(at, at + name.len() as u32), role))
}

/// True if the running text tells of this person: then the line is a caption and no by-line.
fn is_told_of(page: &Page<'_>, first: usize, name: Span) -> bool {
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

/// Outlet and author beside a date, parted by commas, bars or dashes.
fn read_beside_date(page: &mut Page<'_>, index: usize, found: &[FoundDate]) {
    let line = page.lines[index].span;
    let mut at = line.start;
    let mut gaps: Vec<Span> = Vec::new();
    for date in found {
        gaps.push(Span::new(at, date.span.start));
        at = date.span.end;
    }
    gaps.push(Span::new(at, line.end));
    for gap in gaps {
        for piece in pieces(page.text, gap) {
            let text = piece.of(page.text);
            let sign = text
                .find(['＝', '='])
                .map(|at| at + text[at..].chars().next().map_or(1, char::len_utf8));
            if let Some(at) = sign
                && page.layout.authors.is_empty()
                && names::is_japanese_name(&text[at..])
            {
                let author = page.located(Span::new(piece.start + at as u32, piece.end));
                page.layout.authors.push(author);
            } else if page.layout.authors.is_empty() && names::is_name(text) {
                let author = page.located(piece);
                page.layout.authors.push(author);
            } else if page.layout.outlet.is_none() && names::is_outlet(text) {
                page.layout.outlet = Some(page.located(piece));
            }
        }
    }
}

fn read_byline(page: &mut Page<'_>, index: usize) -> bool {
    let Some(read) = byline::read(page.text, bare(page.text, page.lines[index].span)) else {
        return false;
    };
    if page.layout.authors.is_empty() {
        page.layout.authors = read
            .authors
            .iter()
            .map(|(_, span)| page.located(*span))
            .collect();
    }
    if page.layout.outlet.is_none() {
        page.layout.outlet = read.outlet.map(|(_, span)| page.located(span));
    }
    true
}

/// "Anna Weber, fellow at the institute, argues that …" before a text in the first person.
fn settle_author(page: &mut Page<'_>, first: usize) {
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
