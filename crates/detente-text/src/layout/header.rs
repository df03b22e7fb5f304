//! The lines before the first running text: title, outlet, by-line, date, section labels.

use super::{Clue, Known, Page, byline, dates, labels::LABELS, lines::{half, sentence_end}, names};
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
    let outlet_from_markup = open.iter().copied().find(|&i| Some(i) != title && names::is_outlet(half(page.text, page.lines[i].span).of(page.text)));

    // A page of lists with a paragraph at its end has no header of a hundred lines.
    let weight = |i: &usize| page.lines[*i].weight();
    let rest: usize = (first..page.lines.len()).filter(|&i| page.open(i)).map(|i| weight(&i)).sum();
    let sure_only = open.iter().map(weight).sum::<usize>() > rest.max(60);

    // A date in the title counts after those of date lines.
    let mut in_title = Vec::new();
    for &index in &open {
        let line = page.line(index);
        let span = page.lines[index].span;
        let single = half(page.text, span);
        let weight = page.lines[index].weight();
        let is_title = Some(index) == title || title_even.as_deref() == Some(&even(single.of(page.text)));
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
            page.mark(index, if told { DropReason::Caption } else { DropReason::Byline });
            continue;
        }
        if sure_only || line.ends_with([',', '、', '，']) || page.lines[index].is_entry(page.text) {
            continue;
        }
        page.mark(index, if weight <= 3 { DropReason::Label } else { DropReason::Headline });
    }
    page.layout.clues.extend(in_title.into_iter().map(|found| Clue {
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
                page.layout.clues.push(Clue { found, basis: Basis::Explicit });
            }
        }
    }
}

/// The line that is the title, if one is.
fn pick_title(page: &Page<'_>, open: &[usize], first: usize, known: &Known<'_>) -> Option<usize> {
    let stated = known.title.map(even).filter(|t| !t.is_empty());
    let mut best: Option<(i64, usize)> = None;
    for (place, &index) in open.iter().enumerate() {
        let line = &page.lines[index];
        let single = half(page.text, line.span);
        let text = single.of(page.text);
        let this = even(text);
        let weight = if single == line.span { line.weight() } else { line.weight() / 2 };
        if weight < 2 || line.is_entry(page.text) || byline::read(page.text, line.span).is_some() || is_serial(&this) {
            continue;
        }
        let found = dates::in_line(page.text, line.span, page.order);
        if !found.is_empty() && dates::rest_of(page.text, line.span, &found) <= 3 {
            continue;
        }
        if row(page, index).is_some() {
            continue;
        }
        let mut score = 2 * weight.min(14) as i64;
        if stated.as_ref().is_some_and(|t| *t == this || (weight >= 2 && (t.starts_with(&this) || t.ends_with(&this)))) {
            score += 100;
        }
        // Printed twice: once as the title of the page, once as that of the text.
        let twice = single != line.span
            || open.iter().any(|&other| other != index && page.lines[other].even == line.even);
        score += if twice { 12 } else { 0 };
        score -= if weight < 3 { 8 } else { 0 };
        score -= if is_date_line(page, index, &found) { 10 } else { 0 };
        score -= if names::is_outlet(text) { 14 } else { 0 };
        score -= if person_first(bare(page.text, single).of(page.text)).is_some() { 16 } else { 0 };
        score -= if weight > 30 { 20 } else { 0 };
        if LABELS.find(&this, weight, false).is_some() {
            score -= 30;
        }
        if sentence_end(text) == Some(super::lines::Stop::Full) {
            score -= 12;
        }
        // What stands further up is more of a title; what stands far from the text is a menu.
        score -= place.min(8) as i64;
        score -= ((first - index) / 8) as i64;
        if score > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}

/// "No.210", "Vol. 3, No. 2", "第210号", "제210호", "12".
fn is_serial(even: &str) -> bool {
    let bare: String = even.chars().filter(|c| !c.is_ascii_digit() && *c != ' ').collect();
    even.chars().any(|c| c.is_ascii_digit())
        && even.len() <= 30
        && matches!(bare.as_str(), "" | "no" | "nr" | "vol" | "volno" | "volumeno" | "volumeissue" | "volissue" | "issue" | "number" | "issueno" | "第号" | "第回" | "第巻号" | "제호" | "제권호" | "호" | "号" | "p" | "pp" | "page" | "pageof" | "pages" | "페이지" | "ページ" | "면")
}

/// A personal name that the line begins with, and whether a role follows.
fn person_first(line: &str) -> Option<(&str, bool)> {
    let end = line.find([',', '|', '/', '(', '–', '—']).unwrap_or(line.len());
    let name = line[..end].trim();
    names::is_name(name).then_some((name, end < line.len()))
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
    let prose: Vec<usize> = (first..page.lines.len()).filter(|&i| page.open(i) && page.is_prose(i)).collect();
    // The author's CV stands at the end.
    let told = prose.len().saturating_sub(3).max(1);
    prose.iter().take(told).any(|&i| page.line(i).contains(bare))
}

/// A line with a date and little else: "The Harbor Times, 3 March 2019".
fn is_date_line(page: &Page<'_>, index: usize, found: &[FoundDate]) -> bool {
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return false;
    };
    let span = bare(page.text, page.lines[index].span);
    let rest = dates::rest_of(page.text, span, found);
    let after = Span::new(last.span.end, span.end).of(page.text);
    let at_edge = first.span.start == span.start || !after.contains(|c: char| c.is_alphabetic());
    rest <= 3 || (at_edge && found.iter().any(|d| d.complete) && rest <= 8 && page.lines[index].weight() <= 16)
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
            if page.layout.authors.is_empty() && names::is_name(text) {
                let author = page.located(piece);
                page.layout.authors.push(author);
            } else if page.layout.outlet.is_none() && names::is_outlet(text) {
                page.layout.outlet = Some(page.located(piece));
            }
        }
    }
}

/// The pieces of a row of labels: "News > World", "[Print] [Clip]", "A | B".
fn pieces(text: &str, span: Span) -> Vec<Span> {
    let line = span.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let cuts = line
        .char_indices()
        .filter(|(i, c)| {
            matches!(c, '|' | '·' | '•' | '[' | ']' | '>' | '›' | '»' | '*' | ',' | '、' | '　' | '\t' | '—' | '–')
                || (matches!(c, '/' | '-') && line[..*i].ends_with(' '))
        })
        .map(|(i, c)| (i, i + c.len_utf8()))
        .chain([(line.len(), line.len())]);
    for (end, next) in cuts {
        let piece = Span::new(span.start + start as u32, span.start + end as u32).trimmed(text);
        if !piece.is_empty() {
            out.push(piece);
        }
        start = next;
    }
    out
}

/// A row of labels or a breadcrumb trail: its reason, and the outlet if it names one.
pub(super) fn row(page: &Page<'_>, index: usize) -> Option<(DropReason, Option<Span>)> {
    let span = page.lines[index].span;
    let line = span.of(page.text);
    if page.lines[index].weight() > 16 {
        return None;
    }
    let parts = pieces(page.text, span);
    if parts.len() < 2 {
        return None;
    }
    let outlet = parts.iter().copied().find(|p| names::is_outlet(p.of(page.text)));
    if line.contains(['>', '›', '»']) {
        return Some((DropReason::Navigation, outlet));
    }
    let reasons: Vec<DropReason> = parts
        .iter()
        .filter_map(|p| {
            let even = even(p.of(page.text));
            (!even.is_empty()).then(|| LABELS.find(&even, 3, false))?.map(|l| l.reason)
        })
        .collect();
    let rest = parts.len() - reasons.len() - usize::from(outlet.is_some() && reasons.len() < parts.len());
    (rest == 0).then(|| (reasons.first().copied().unwrap_or(DropReason::Label), outlet))
}

/// Without the marks of emphasis and headings in Markdown.
fn bare(text: &str, span: Span) -> Span {
    let line = span.of(text);
    let front = line.trim_start_matches(['*', '_', '#', ' ']);
    let start = span.start + (line.len() - front.len()) as u32;
    let inner = front.trim_end_matches(['*', '_', ' ']);
    if inner.is_empty() {
        return span;
    }
    Span::new(start, start + inner.len() as u32)
}

fn read_byline(page: &mut Page<'_>, index: usize) -> bool {
    let Some(read) = byline::read(page.text, bare(page.text, page.lines[index].span)) else {
        return false;
    };
    if page.layout.authors.is_empty() {
        page.layout.authors = read.authors.iter().map(|(_, span)| page.located(*span)).collect();
    }
    if page.layout.outlet.is_none() {
        page.layout.outlet = read.outlet.map(|(_, span)| page.located(span));
    }
    true
}

/// "Anna Weber, fellow at the institute, argues that …" before a text in the first person.
fn settle_author(page: &mut Page<'_>, first: usize) {
    const VERBS: [&str; 14] = [
        "explains", "argues", "writes", "examines", "discusses", "analyzes", "analyses", "explores",
        "contends", "assesses", "considers", "reflects", "describes", "outlines",
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
