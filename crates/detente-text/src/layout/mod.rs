//! What the lines of a text are: title, by-line, date, captions, buttons, CV, and what is left,
//! the content.
//!
//! The rules go from the sure to the likely: labels that are known word by word, the dateline,
//! the lines before the first running text (the header), the lines after the last (the tail), and
//! last the short lines between paragraphs. Words are in `labels.toml`; the rules know only forms.

mod body;
mod byline;
mod dateline;
mod dates;
mod header;
mod labels;
pub(crate) mod lines;
mod names;
mod opening;
mod persons;
mod rows;
mod speaker;
mod tail;
mod title;

use self::{
    labels::{LABELS, Zone},
    lines::Line,
};
use crate::{
    Basis, DropReason, Dropped, Located, Span,
    date::{DayMonthOrder, FoundDate},
};

pub(crate) use self::dates::{Doubt, choose};

/// True if `line` is the head of a list of other stories.
pub(crate) fn heads_list(line: &str) -> bool {
    LABELS
        .find(&crate::even::even(line), 3, false)
        .is_some_and(|label| label.heads)
}

/// True if `line` is a by-line.
pub(crate) fn is_byline(line: &str) -> bool {
    byline::read(line, Span::new(0, line.len() as u32)).is_some()
}

/// True if `name` can be the name of an outlet.
pub(crate) fn is_outlet(name: &str) -> bool {
    names::is_outlet(name)
}

/// What is known of a document before its lines are looked at.
#[derive(Debug, Default)]
pub(crate) struct Known<'a> {
    /// Title from markup or file properties.
    pub(crate) title: Option<&'a str>,
    /// Authors from markup or file properties.
    pub(crate) authors: &'a [Located<String>],
}

/// A date that stands in the header, the dateline or the tail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clue {
    pub(crate) found: FoundDate,
    pub(crate) basis: Basis,
}

/// What the lines told.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// In order, not overlapping; what was dropped before is among it.
    pub(crate) dropped: Vec<Dropped>,
    pub(crate) title: Option<Located<String>>,
    pub(crate) authors: Vec<Located<String>>,
    pub(crate) outlet: Option<Located<String>>,
    pub(crate) place: Option<Located<String>>,
    /// The best first.
    pub(crate) clues: Vec<Clue>,
    /// False if no running text was found.
    pub(crate) prose: bool,
}

/// A text while its lines are being told apart.
struct Page<'t> {
    text: &'t str,
    lines: Vec<Line>,
    /// Parts of lines: datelines.
    parts: Vec<Dropped>,
    order: DayMonthOrder,
    layout: Layout,
}

impl<'t> Page<'t> {
    fn line(&self, index: usize) -> &'t str {
        self.lines[index].span.of(self.text)
    }

    fn mark(&mut self, index: usize, reason: DropReason) {
        let line = &mut self.lines[index];
        if !line.fixed {
            line.mark = Some(reason);
        }
    }

    fn open(&self, index: usize) -> bool {
        self.lines[index].mark.is_none()
    }

    fn is_prose(&self, index: usize) -> bool {
        self.lines[index].is_prose(self.text)
    }

    fn located(&self, span: Span) -> Located<String> {
        Located {
            value: span
                .of(self.text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            span: Some(span),
        }
    }
}

/// Tells the lines of `text` apart. `dropped` (in order, not overlapping) was marked by the file's
/// markup and stays.
pub(crate) fn analyse(text: &str, dropped: &[Dropped], known: &Known<'_>) -> Layout {
    let mut page = Page {
        text,
        lines: lines::lines(text, dropped),
        parts: Vec::new(),
        order: DayMonthOrder::Unknown,
        layout: Layout::default(),
    };
    mark_labels(&mut page);
    body::mark_captions(&mut page);
    let first = (0..page.lines.len()).find(|&i| {
        page.open(i)
            && (page.is_prose(i) || announces_list(&page, i) || opening::is_chronicle(&page, i))
            && byline::read(text, page.lines[i].span).is_none()
    });
    let first = first.map(|first| opening::past(&page, first));
    if let Some(first) = first {
        page.layout.prose = true;
        tail::read_sources(&mut page, first);
        header::read(&mut page, first, known);
        tail::read(&mut page, first, known);
        read_dateline(&mut page, first);
        persons::settle_speaker(&mut page, known);
        echo(&mut page, first);
        body::mark_subheads(&mut page, first);
    } else {
        header::metadata_only(&mut page, known);
    }
    let mut layout = page.layout;
    layout.dropped = dropped.to_vec();
    layout
        .dropped
        .extend(page.lines.iter().filter(|l| !l.fixed).filter_map(|line| {
            line.mark.map(|reason| Dropped {
                span: line.span,
                reason,
            })
        }));
    layout.dropped.extend(page.parts);
    layout.dropped = tidy(text, layout.dropped);
    layout
}

/// "The two sides agreed on three steps:" with the entries below.
fn announces_list(page: &Page<'_>, index: usize) -> bool {
    page.lines[index].weight() >= 4
        && lines::sentence_end(page.line(index)) == Some(lines::Stop::Colon)
        && page
            .lines
            .get(index + 1)
            .is_some_and(|next| next.mark.is_none() && next.is_entry(page.text))
}

/// Marks the lines that are labels wherever they stand, and what stands below their heads.
fn mark_labels(page: &mut Page<'_>) {
    let mut below = None;
    for index in 0..page.lines.len() {
        if !page.open(index) {
            continue;
        }
        let line = &page.lines[index];
        let prose = line.is_prose(page.text);
        let text = line.of(page.text);
        let legal = text.starts_with(['©', 'ⓒ', '℗']) && line.weight() <= 60;
        let label = LABELS.find(&line.even, line.weight(), prose);
        if legal {
            page.mark(index, DropReason::Notice);
        } else if let Some(label) = label.filter(|l| l.zone == Zone::Any) {
            page.mark(index, label.reason);
            if label.heads {
                below = Some(label.reason);
            }
        } else if let Some(reason) = below {
            // Teasers are headlines; the first running text ends the list.
            if prose || line.weight() > 30 {
                below = None;
            } else if index > 0 && !header::is_marked_head(page, index) {
                page.mark(index, reason);
            }
        }
    }
}

fn read_dateline(page: &mut Page<'_>, first: usize) {
    let candidates: Vec<usize> = (first..page.lines.len())
        .filter(|&i| page.open(i) && page.is_prose(i))
        .take(3)
        .collect();
    for index in candidates {
        let span = page.lines[index].span;
        let Some(read) = dateline::read(page.text, span, page.order) else {
            continue;
        };
        if page.layout.place.is_none() {
            page.layout.place = read.place.map(|place| page.located(place));
        }
        if page.layout.outlet.is_none() {
            page.layout.outlet = read.outlet.map(|outlet| page.located(outlet));
        }
        if page.layout.authors.is_empty() {
            page.layout.authors = read.authors.iter().map(|a| page.located(*a)).collect();
        }
        if let Some(found) = read.date {
            page.layout.clues.push(Clue {
                found,
                basis: Basis::Dateline,
            });
        }
        // A second copy of the report has the same dateline.
        let words = read.span.of(page.text);
        for line in &page.lines[index..] {
            if line.mark.is_none()
                && line.of(page.text).starts_with(words)
                && line.span.len() > read.span.len()
            {
                page.parts.push(Dropped {
                    span: Span::new(line.span.start, line.span.start + read.span.len()),
                    reason: DropReason::Byline,
                });
            }
        }
        return;
    }
}

/// Marks lines that repeat a line of the header, such as the title of a second copy.
fn echo(page: &mut Page<'_>, first: usize) {
    let head: std::collections::HashMap<String, DropReason> = page.lines[..first]
        .iter()
        .filter(|l| l.words > 0)
        .filter_map(|l| l.mark.map(|mark| (l.even.clone(), mark)))
        .filter(|(_, mark)| {
            matches!(
                mark,
                DropReason::Headline | DropReason::Byline | DropReason::Caption | DropReason::Label
            )
        })
        .collect();
    let outlet = page
        .layout
        .outlet
        .as_ref()
        .map(|o| crate::even::even(&o.value));
    let title = page
        .layout
        .title
        .as_ref()
        .map(|t| crate::even::even(&t.value));
    for index in first..page.lines.len() {
        if !page.open(index) || page.is_prose(index) {
            continue;
        }
        let even = &page.lines[index].even;
        let reason = if title.as_ref() == Some(even) {
            Some(DropReason::Headline)
        } else if outlet.as_ref() == Some(even) {
            Some(DropReason::Label)
        } else {
            head.get(even).copied()
        };
        if let Some(reason) = reason {
            page.mark(index, reason);
        }
    }
}

/// In order, without overlap (the earlier wins), at character boundaries, none empty.
pub(crate) fn tidy(text: &str, mut dropped: Vec<Dropped>) -> Vec<Dropped> {
    dropped.sort_by_key(|d| (d.span.start, std::cmp::Reverse(d.span.end)));
    let mut out: Vec<Dropped> = Vec::with_capacity(dropped.len());
    for mut d in dropped {
        if let Some(last) = out.last() {
            d.span.start = d.span.start.max(last.span.end);
        }
        if d.span.start < d.span.end && text.get(d.span.range()).is_some() {
            out.push(d);
        }
    }
    out
}

#[cfg(test)]
mod tests;
