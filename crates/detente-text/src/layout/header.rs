//! The lines before the first running text: title, outlet, by-line, date, section labels.

use super::{
    Clue, Known, Page, byline, dates,
    labels::LABELS,
    lines::half,
    names,
    opening::is_chronicle,
    persons::{is_speech, is_told_of, named, settle_author},
    rows::{bare, is_date_line, pieces, row},
    speaker,
    title::{is_serial, pick_title},
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
        if let Some(name) = speaker::of_title(bare(page.text, span).of(page.text)) {
            if page.layout.authors.is_empty() {
                let at = span.start + line.find(name).unwrap_or(0) as u32;
                let author = page.located(Span::new(at, at + name.len() as u32));
                page.layout.authors.push(author);
            }
            page.mark(index, DropReason::Byline);
            continue;
        }
        if line.contains('@') && weight <= 8 && found.is_empty() {
            page.mark(index, DropReason::Notice);
            continue;
        }
        if page.layout.outlet.is_none() && is_domain(line) {
            page.layout.outlet = Some(page.located(span));
            page.mark(index, DropReason::Label);
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
        if let Some((persons, role)) = named(page, index, title) {
            let told = role && persons.iter().all(|name| is_told_of(page, first, *name));
            if !told && page.layout.authors.is_empty() {
                page.layout.authors = persons.iter().map(|name| page.located(*name)).collect();
            }
            if line.contains(['|', '•', '·']) {
                read_beside_date(page, index, &[]);
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
        if page.layout.outlet.is_none()
            && Some(index) != title
            && !is_speech(page)
            && names::is_body(single.of(page.text))
        {
            page.layout.outlet = Some(page.located(single));
            page.mark(index, DropReason::Label);
            continue;
        }
        if sure_only
            || is_chronicle(page, index)
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

/// "www.example.org", "example.org/news" on a line of its own.
fn is_domain(line: &str) -> bool {
    let bare = line
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let host = bare.split('/').next().unwrap_or("");
    let last = host.rsplit('.').next().unwrap_or("");
    !bare.contains(char::is_whitespace)
        && bare.trim_end_matches('/') == host
        && host.contains('.')
        && (2..=8).contains(&last.len())
        && host
            .split('.')
            .all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
        && last.chars().all(|c| c.is_ascii_lowercase())
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
            } else if let Some((one, two)) = text.split_once(" & ").or(text.split_once(" and "))
                && names::is_name(one)
                && names::is_name(two)
            {
                if page.layout.authors.is_empty() && !is_speech(page) {
                    let cut = piece.start + one.len() as u32;
                    let last = Span::new(piece.end - two.len() as u32, piece.end);
                    let both = [Span::new(piece.start, cut), last];
                    page.layout.authors = both.iter().map(|name| page.located(*name)).collect();
                }
            } else if LABELS.find(&even(text), 3, false).is_some() {
            } else if let Some(name) = names::person(text).filter(|_| !names::is_body(text)) {
                if page.layout.authors.is_empty() && !is_speech(page) {
                    let at = piece.start + text.find(name).unwrap_or(0) as u32;
                    let author = page.located(Span::new(at, at + name.len() as u32));
                    page.layout.authors.push(author);
                }
            } else if page.layout.outlet.is_none() && !(is_speech(page) && names::is_body(text)) {
                let series = series(text);
                if series.len() < text.len() && !series.is_empty()
                    || names::is_outlet(text)
                    || names::is_body(text)
                {
                    let end = piece.start + series.len() as u32;
                    page.layout.outlet = Some(page.located(Span::new(piece.start, end)));
                }
            }
        }
    }
}

/// "Harbor Institute Commentary No. 12" without its number.
fn series(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let cut = [
        " no.", " no ", " vol.", " vol ", " volume ", " issue ", " #", ", no.",
    ]
    .iter()
    .filter_map(|mark| {
        let at = lower.find(mark)?;
        let rest = lower[at + mark.len()..].trim_start();
        rest.starts_with(|c: char| c.is_ascii_digit()).then_some(at)
    })
    .min();
    cut.map_or(text, |at| text[..at].trim_end_matches([' ', ',', '-', '–']))
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
