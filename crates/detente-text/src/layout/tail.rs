//! The lines after the running text, and its last lines: CV, source, by-line, date.

use super::{
    Clue, Known, Page, byline, dates,
    labels::{LABELS, starts_with_words},
};
use crate::{Basis, DropReason, Span};

/// Lines at the end of a page among which the CV of somebody unknown is looked for.
const LAST_LINES: usize = 16;

/// Reads the lines from the end up to the first line that is content.
pub(super) fn read(page: &mut Page<'_>, first: usize, known: &Known<'_>) {
    let mut prose_passed = 0;
    for index in (first + 1..page.lines.len()).rev() {
        if !page.open(index) {
            continue;
        }
        let prose = page.is_prose(index);
        if let Some(reason) = judge(page, index, prose, prose_passed, known) {
            page.mark(index, reason);
            continue;
        }
        // A short line that nothing is known of may be content; what stands above it may still be
        // part of the tail. Two paragraphs of running text are not.
        prose_passed += usize::from(prose);
        if prose_passed > 1 {
            break;
        }
    }
    read_copyright(page);
}

fn judge(
    page: &mut Page<'_>,
    index: usize,
    prose: bool,
    passed: usize,
    known: &Known<'_>,
) -> Option<DropReason> {
    let span = page.lines[index].span;
    let line = page.line(index);
    let weight = page.lines[index].weight();
    if is_biography(page, index, known) {
        return Some(DropReason::Biography);
    }
    if let Some(label) = LABELS.find(&page.lines[index].even, weight, prose) {
        if label.reason == DropReason::Notice {
            read_reporters(page, span);
        }
        return Some(label.reason);
    }
    if let Some(read) = byline::read(page.text, span) {
        if page.layout.authors.is_empty() {
            page.layout.authors = read
                .authors
                .iter()
                .map(|(_, at)| page.located(*at))
                .collect();
        }
        return Some(DropReason::Byline);
    }
    if !prose && let Some((reason, _)) = super::rows::row(page, index) {
        return Some(reason);
    }
    if line.contains('@') && weight <= 10 {
        return Some(DropReason::Notice);
    }
    let found = dates::in_line(page.text, span, page.order);
    // Above a paragraph that stays, a date is the head of that paragraph.
    if !found.is_empty() && !prose && passed == 0 && dates::rest_of(page.text, span, &found) == 0 {
        for found in found {
            page.layout.clues.push(Clue {
                found,
                basis: Basis::Explicit,
            });
        }
        return Some(DropReason::Byline);
    }
    None
}

/// "(Reporting by A B and C D; editing by E F)" names the authors if no by-line does.
fn read_reporters(page: &mut Page<'_>, span: Span) {
    if !page.layout.authors.is_empty() {
        return;
    }
    let line = span.of(page.text);
    let inner = line.trim_start_matches(['(', '[', '*', '_', ' ']);
    let opening = "reporting by ";
    if !inner
        .get(..opening.len())
        .is_some_and(|s| s.eq_ignore_ascii_case(opening))
    {
        return;
    }
    let start = line.len() - inner.len() + "reporting ".len();
    let end = line[start..]
        .find([';', '.', ')', ']'])
        .map_or(line.len(), |at| start + at);
    let by = Span::new(span.start + start as u32, span.start + end as u32);
    if let Some(read) = byline::read(page.text, by) {
        page.layout.authors = read
            .authors
            .iter()
            .map(|(_, at)| page.located(*at))
            .collect();
    }
}

/// "Source: The Harbor Times" gives the outlet, wherever it stands.
pub(super) fn read_sources(page: &mut Page<'_>, first: usize) {
    for index in 0..page.lines.len() {
        if !page.open(index)
            || page.lines[index].weight() > 10
            || (index >= first && page.is_prose(index))
        {
            continue;
        }
        let line = page.line(index);
        let lower = line.to_lowercase();
        let opening = LABELS.source_starts.iter().find(|start| {
            lower.starts_with(start.as_str())
                && line
                    .get(..start.len())
                    .is_some_and(|s| s.to_lowercase() == **start)
        });
        let Some(opening) = opening else { continue };
        let start = page.lines[index].span.start + opening.len() as u32;
        let value = Span::new(start, page.lines[index].span.end).trimmed(page.text);
        if value.is_empty() {
            continue;
        }
        // The last line of the page has more to say than a picture's source further up.
        if page.layout.outlet.is_none() || index > first {
            page.layout.outlet = Some(page.located(value));
        }
        page.mark(index, DropReason::Notice);
    }
}

/// "© 2019 The Harbor Times. All rights reserved." names the outlet, for want of a better place.
fn read_copyright(page: &mut Page<'_>) {
    if page.layout.outlet.is_some() {
        return;
    }
    for index in (0..page.lines.len()).rev() {
        if page.lines[index].mark != Some(DropReason::Notice) {
            continue;
        }
        let line = page.line(index);
        let Some(at) = ["©", "ⓒ", "(c)", "(C)", "Copyright"]
            .iter()
            .filter_map(|m| line.rfind(m).map(|i| i + m.len()))
            .max()
        else {
            continue;
        };
        let skip = |c: char| {
            c.is_ascii_digit()
                || c.is_whitespace()
                || matches!(c, '-' | '–' | ',' | '.' | ':' | '©' | 'ⓒ')
        };
        let rest = line[at..].trim_start_matches(skip);
        let rest = rest.strip_prefix("by ").unwrap_or(rest);
        let end = rest
            .find(['.', ',', '|', '·', '(', '【', '무', '無'])
            .unwrap_or(rest.len());
        let mut name = rest[..end].trim();
        if name.contains(super::lines::is_east) {
            name = name.split([' ', '　']).next().unwrap_or(name);
        }
        let words = name.split_whitespace().count();
        let capital = name.chars().next().is_some_and(|c| !c.is_lowercase());
        if capital
            && (1..=5).contains(&words)
            && name.len() <= 50
            && !name.to_lowercase().contains("rights")
        {
            let start = page.lines[index].span.start + (line.len() - rest.len()) as u32;
            page.layout.outlet = Some(page.located(Span::new(start, start + name.len() as u32)));
            return;
        }
    }
}

/// True if the line tells who the author is.
fn is_biography(page: &Page<'_>, index: usize, known: &Known<'_>) -> bool {
    let line = &page.lines[index];
    if line.weight() > 250 {
        return false;
    }
    let even = line.even.as_str();
    if LABELS
        .biography_starts
        .iter()
        .any(|start| starts_with_words(even, start))
    {
        return true;
    }
    let role = || {
        LABELS
            .biography_roles
            .iter()
            .any(|role| even.split(' ').any(|word| word == role))
    };
    let clue = LABELS
        .biography_clues
        .iter()
        .filter(|clue| even.contains(clue.as_str()))
        .count();
    let author_first = page
        .layout
        .authors
        .iter()
        .chain(known.authors)
        .any(|author| {
            let name = crate::even::even(super::names::without_titles(&author.value));
            let mut parts = name.split(' ').filter(|p| p.chars().count() > 1);
            // Names stand in either order.
            let head: Vec<&str> = even.split(' ').take(8).collect();
            name.contains(' ') && parts.all(|part| head.contains(&part))
                || !name.is_ascii() && even.starts_with(&name)
        });
    if author_first {
        let is = even.split(' ').take(12).any(|w| {
            matches!(
                w,
                "is" | "was" | "are" | "has" | "served" | "teaches" | "covers" | "writes" | "holds"
            )
        });
        return (is && role()) || clue > 0;
    }
    // Nobody is known as the author: it takes more to be a CV.
    let text = line.of(page.text);
    let copula = [
        " is a ",
        " is an ",
        " is the ",
        " was a ",
        " is associate ",
        " is professor ",
        " is senior ",
    ]
    .iter()
    .filter_map(|c| text.find(c))
    .min();
    let Some(at) = copula else { return false };
    let subject = text[..at].split([',', '(']).next().unwrap_or("").trim();
    if !super::names::is_name(subject) || !role() || text.contains(['“', '"']) {
        return false;
    }
    // "A B is a senior fellow at the institute." as the very last paragraph, of somebody whom the
    // text does not tell of.
    let last = page.lines.len() - index <= LAST_LINES
        && page.lines[index + 1..].iter().all(|l| l.mark.is_some());
    let family = subject.rsplit(' ').next().unwrap_or(subject);
    let plain = text[at..].split_whitespace().take(9).any(|w| {
        let word = crate::even::even(w);
        LABELS.biography_roles.contains(&word)
    });
    let told = || {
        page.lines[..index]
            .iter()
            .filter(|l| l.mark.is_none())
            .any(|l| l.of(page.text).contains(family))
    };
    clue > 0 || last && plain && line.weight() <= 60 && text[at..].contains(" at ") && !told()
}
