//! Which line of the header is the title.

use super::{
    Known, Page, byline, dates,
    labels::LABELS,
    lines::{half, sentence_end},
    names,
    rows::{bare, is_date_line, row},
};
use crate::even::even;

/// The line that is the title, if one is.
pub(super) fn pick_title(
    page: &Page<'_>,
    open: &[usize],
    first: usize,
    known: &Known<'_>,
) -> Option<usize> {
    let stated = known.title.map(even).filter(|t| !t.is_empty());
    let mut best: Option<(i64, usize)> = None;
    for (place, &index) in open.iter().enumerate() {
        let line = &page.lines[index];
        let single = half(page.text, line.span);
        let text = single.of(page.text);
        let this = even(text);
        let weight = if single == line.span {
            line.weight()
        } else {
            line.weight() / 2
        };
        if weight < 2
            || line.is_entry(page.text)
            || byline::read(page.text, line.span).is_some()
            || is_serial(&this)
            || super::opening::is_chronicle(page, index)
        {
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
        if stated.as_ref().is_some_and(|t| {
            *t == this || (weight >= 2 && (t.starts_with(&this) || t.ends_with(&this)))
        }) {
            score += 100;
        }
        // Printed twice: once as the title of the page, once as that of the text.
        let twice = single != line.span
            || open
                .iter()
                .any(|&other| other != index && page.lines[other].even == line.even);
        score += if twice { 12 } else { 0 };
        score -= if weight < 3 { 3 } else { 0 };
        score -= if is_date_line(page, index, &found) {
            22
        } else {
            0
        };
        score -= if names::is_outlet(text) { 14 } else { 0 };
        score -= if person_first(bare(page.text, single).of(page.text)).is_some() {
            16
        } else {
            0
        };
        score -= if weight > 30 { 20 } else { 0 };
        if LABELS.find(&this, weight, false).is_some() {
            score -= 30;
        }
        // A headline may end with a full stop, but not below another line that could be one.
        if line.is_prose(page.text) && best.is_some() {
            continue;
        }
        if sentence_end(text) == Some(super::lines::Stop::Full) && best.is_some() {
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
pub(super) fn is_serial(even: &str) -> bool {
    let bare: String = even
        .chars()
        .filter(|c| !c.is_ascii_digit() && *c != ' ')
        .collect();
    even.chars().any(|c| c.is_ascii_digit())
        && even.len() <= 30
        && matches!(
            bare.as_str(),
            "" | "no"
                | "nr"
                | "vol"
                | "volno"
                | "volumeno"
                | "volumeissue"
                | "volissue"
                | "issue"
                | "number"
                | "issueno"
                | "第号"
                | "第回"
                | "第巻号"
                | "제호"
                | "제권호"
                | "호"
                | "号"
                | "p"
                | "pp"
                | "page"
                | "pageof"
                | "pages"
                | "페이지"
                | "ページ"
                | "면"
        )
}

/// A personal name that the line begins with, and whether a role follows.
pub(super) fn person_first(line: &str) -> Option<(&str, bool)> {
    let end = line
        .find([',', '|', '/', '(', '–', '—'])
        .unwrap_or(line.len());
    let name = line[..end].trim();
    names::is_name(name).then_some((name, end < line.len()))
}
