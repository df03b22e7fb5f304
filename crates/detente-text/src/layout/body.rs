//! Short lines among the paragraphs: captions and subheads.

use super::{Page, labels::LABELS, lines::sentence_end};
use crate::DropReason;

/// Marks captions and picture credits: by their opening, or because they are printed twice before
/// the text begins.
pub(super) fn mark_captions(page: &mut Page<'_>) {
    for index in 0..page.lines.len() {
        if !page.open(index) || page.lines[index].weight() > 90 {
            continue;
        }
        let line = page.line(index);
        let head: String = line.chars().take(40).flat_map(char::to_lowercase).collect();
        let opened = LABELS
            .caption_starts
            .iter()
            .any(|start| head.starts_with(start.as_str()));
        // "▲" opens a caption in Korean pages and an entry of a list elsewhere.
        let triangle = line.starts_with('▲')
            && (line.ends_with("제공")
                || line.contains("사진")
                || line.contains('ⓒ')
                || line.contains("ⓒ"));
        let credit = [
            "/AP",
            "/AFP",
            "/Reuters",
            "ロイター",
            "=聯合ニュース",
            "=共同",
            "＝共同",
            "연합뉴스",
            "뉴시스",
            "사진 제공",
            "사진제공",
        ];
        let credited = page.lines[index].weight() <= 40
            && sentence_end(line).is_none()
            && credit
                .iter()
                .any(|c| line.trim_end_matches([')', '）', ']', '】']).ends_with(c))
            && !line.starts_with(['(', '[', '【', '（']);
        if opened || triangle || credited {
            page.mark(index, DropReason::Caption);
        }
    }
    // Printed twice: as the picture's text and below it.
    for index in 1..page.lines.len() {
        let (a, b) = (index - 1, index);
        let same = page.lines[a].even == page.lines[b].even && page.lines[a].words > 0;
        if !same || page.lines[a].weight() > 70 {
            continue;
        }
        match (page.lines[a].mark, page.lines[b].mark) {
            (Some(reason), None) => page.mark(b, reason),
            (None, Some(reason)) => page.mark(a, reason),
            (None, None) if page.lines[a].weight() >= 6 && among_prose(page, a, b) => {
                page.mark(a, DropReason::Caption);
                page.mark(b, DropReason::Caption);
            }
            _ => {}
        }
    }
}

/// A pair of equal lines that are no sentences, with running text before them.
fn among_prose(page: &Page<'_>, a: usize, b: usize) -> bool {
    let stop = sentence_end(page.line(b)).is_some() || sentence_end(page.line(a)).is_some();
    let before = page.lines[..a]
        .iter()
        .rev()
        .take(40)
        .any(|l| l.mark.is_none() && l.is_prose(page.text));
    !stop && before
}

/// Marks short lines without a full stop between paragraphs.
pub(super) fn mark_subheads(page: &mut Page<'_>, first: usize) {
    let open: Vec<usize> = (first..page.lines.len())
        .filter(|&i| page.open(i))
        .collect();
    for (place, &index) in open.iter().enumerate().skip(1) {
        let line = &page.lines[index];
        if line.is_prose(page.text) || line.weight() > 14 || line.span.len() > 120 {
            continue;
        }
        let text = line.of(page.text);
        let closed = sentence_end(text).is_some_and(|s| s != super::lines::Stop::Asking);
        let head = text.chars().find(|c| c.is_alphanumeric());
        let small = head.is_none_or(|c| c.is_lowercase());
        if closed
            || small
            || text.ends_with([',', '、', '，'])
            || text.contains('|')
            || line.is_entry(page.text)
            || super::opening::is_chronicle(page, index)
        {
            continue;
        }
        let Some(&next) = open.get(place + 1) else {
            continue;
        };
        let before = page.line(open[place - 1]);
        // A colon above announces a list; so does a line above that is no sentence, unless it is
        // itself a subhead.
        let after_text = page.is_prose(open[place - 1])
            && sentence_end(before) != Some(super::lines::Stop::Colon);
        let before_text = page.is_prose(next) && !page.lines[next].is_entry(page.text);
        if after_text && before_text {
            page.mark(index, DropReason::Headline);
        }
    }
}
