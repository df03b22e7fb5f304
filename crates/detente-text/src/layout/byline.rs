//! By-lines: who wrote it, on a line of its own.

use super::{
    labels::LABELS,
    names::{is_body, is_japanese_name, is_korean_name, is_name, is_outlet, person},
};
use crate::Span;

/// A by-line that was read: the authors with their places, and what was named as outlet.
#[derive(Debug, Default)]
pub(super) struct Byline {
    pub(super) authors: Vec<(String, Span)>,
    pub(super) outlet: Option<(String, Span)>,
}

/// Reads the line `span` of `text` as a by-line, if it is one by its form alone.
pub(super) fn read(text: &str, span: Span) -> Option<Byline> {
    let line = span.of(text);
    if line.chars().count() > 160 {
        return None;
    }
    opened(text, span)
        .or_else(|| reporter(text, span))
        .or_else(|| in_brackets(text, span))
}

/// "By A and B", "Author: A", "文・A", "글=A".
fn opened(text: &str, span: Span) -> Option<Byline> {
    let line = span.of(text);
    let lower = line.to_lowercase();
    // Lower-casing may move bytes; openings are compared only where it does not.
    let opening = LABELS.byline_starts.iter().find(|start| {
        lower.starts_with(start.as_str())
            && line
                .get(..start.len())
                .is_some_and(|s| s.to_lowercase() == **start)
    })?;
    let rest = Span::new(span.start + opening.len() as u32, span.end).trimmed(text);
    let body = rest.of(text);
    if body.is_empty() || body.split_whitespace().count() > 22 {
        return None;
    }
    let mut byline = Byline::default();
    let mut done = false;
    for part in parts(text, rest) {
        // "our correspondent Anna Weber": the name begins at the first capital.
        let skip = part.of(text).find(char::is_uppercase).unwrap_or(0);
        let part = match Span::new(part.start + skip as u32, part.end) {
            named if skip > 0 && is_name(named.of(text)) => named,
            _ => part,
        };
        let name = part.of(text);
        let east = is_korean_name(name) || is_japanese_name(name);
        // After a bar, or after somebody was named, stands who publishes.
        let barred = text[span.start as usize..part.start as usize]
            .trim_end()
            .ends_with(['|', '•', '·', '–', '—']);
        let desk = done || byline.authors.first().is_some_and(|(a, _)| !is_name(a));
        if byline.outlet.is_none()
            && !byline.authors.is_empty()
            && (is_outlet(name) && !is_label(name) || ((barred || desk) && is_body(name)))
        {
            byline.outlet = Some((name.to_owned(), part));
            continue;
        }
        if done {
            continue;
        }
        if let Some(bare) = person(name) {
            let at = part.start + name.find(bare).unwrap_or(0) as u32;
            let at = Span::new(at, at + bare.len() as u32);
            byline.authors.push((bare.to_owned(), at));
        } else if east && !name.is_ascii() {
            byline.authors.push((name.to_owned(), part));
        } else if !byline.authors.is_empty() {
            done = true;
        } else {
            // "Compiled by the Asia desk": the article is no part of the name.
            let article = ["the ", "The ", "our "]
                .iter()
                .find(|a| name.starts_with(**a) && !opening.starts_with("by"));
            let part = match article {
                Some(article) => Span::new(part.start + article.len() as u32, part.end),
                None => part,
            };
            let name = part.of(text);
            // "By Yonhap", "By THE EDITORIAL BOARD": short and capitalised, else it is a sentence.
            let capital = name.chars().next().is_some_and(char::is_uppercase);
            let short = name.split_whitespace().count() <= 4 && body.len() == name.len();
            let ends = super::lines::sentence_end(line).is_some();
            if opening.starts_with("by") && (!capital || !short || ends) {
                return None;
            }
            // "Compiled by international desk" is a by-line, but names nobody.
            if !name.contains(char::is_uppercase) && name.is_ascii() {
                return Some(byline);
            }
            byline.authors.push((name.to_owned(), part));
            done = article.is_some();
            if !done {
                break;
            }
        }
    }
    (!byline.authors.is_empty()).then_some(byline)
}

/// "Commentary" between bars names a kind of text, not an outlet.
fn is_label(name: &str) -> bool {
    LABELS.find(&crate::even::even(name), 3, false).is_some()
}

/// Pieces of "A, B and C | D".
fn parts(text: &str, span: Span) -> Vec<Span> {
    let body = span.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        let cut = [
            " and ", " & ", ", ", "; ", "|", "、", "／", "/", " · ", "·", "，", " (", "（", "•",
            " – ", " — ", " - ",
        ]
        .iter()
        .find(|mark| rest.starts_with(**mark));
        match cut {
            Some(mark) => {
                out.push((start, at));
                at += mark.len();
                start = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    out.push((start, body.len()));
    out.into_iter()
        .map(|(a, b)| Span::new(span.start + a as u32, span.start + b as u32).trimmed(text))
        .map(|part| {
            // "A in Seoul": the place is no part of the name.
            let name = part.of(text);
            let cut = [" in ", " @", " for "]
                .iter()
                .filter_map(|mark| name.find(mark))
                .min();
            let part = match cut {
                Some(cut) => Span::new(part.start, part.start + cut as u32),
                None => part,
            };
            // "A a@example.org": neither is the address.
            match part.of(text).rsplit_once(' ') {
                Some((before, last)) if last.contains('@') => {
                    Span::new(part.start, part.start + before.len() as u32).trimmed(text)
                }
                _ => part,
            }
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// "홍길동 기자 a@b.kr", "(서울=통신) 홍길동 특파원", "ソウル支局 山田太郎記者".
fn reporter(text: &str, span: Span) -> Option<Byline> {
    let line = span.of(text);
    if line.chars().count() > 60
        || super::lines::sentence_end(line) == Some(super::lines::Stop::Full) && !line.contains('@')
    {
        return None;
    }
    let mut byline = Byline::default();
    let mut before: Option<Span> = None;
    let mut others = 0;
    for word in words(text, span) {
        let bare = word.of(text).trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        let offset = word.of(text).find(bare).unwrap_or(0) as u32;
        let bare_span = Span::new(word.start + offset, word.start + offset + bare.len() as u32);
        let role = LABELS
            .byline_roles
            .iter()
            .find(|role| bare.ends_with(role.as_str()));
        match role {
            Some(role) if bare == role.as_str() => {
                if let Some(name) = before.take() {
                    byline.authors.push((name.of(text).to_owned(), name));
                }
            }
            Some(role) => {
                let name = Span::new(bare_span.start, bare_span.end - role.len() as u32);
                if is_korean_name(name.of(text)) || is_japanese_name(name.of(text)) {
                    byline.authors.push((name.of(text).to_owned(), name));
                }
                before = None;
            }
            None => {
                if is_korean_name(bare) || is_japanese_name(bare) {
                    before = Some(bare_span);
                } else if !bare.contains('@') {
                    others += 1;
                }
            }
        }
    }
    (!byline.authors.is_empty() && others <= 3).then_some(byline)
}

/// "（ソウル 山田太郎）", "【山田太郎】", "[山田太郎]": a whole line in brackets.
fn in_brackets(text: &str, span: Span) -> Option<Byline> {
    let line = span.of(text);
    let inner = line
        .strip_prefix(['（', '(', '【', '［', '['])?
        .strip_suffix(['）', ')', '】', '］', ']'])?;
    let start = span.start
        + (line.len() - line.trim_start_matches(['（', '(', '【', '［', '[']).len()) as u32;
    let last = inner
        .rsplit([' ', '　', '＝', '=', '・', '、'])
        .next()?
        .trim();
    let kanji = last
        .chars()
        .filter(|c| matches!(c, '\u{3400}'..='\u{9FFF}'))
        .count();
    if !is_japanese_name(last) || kanji < 2 || inner.chars().count() > 20 || last.ends_with('部') {
        return None;
    }
    let at = start + inner.rfind(last)? as u32;
    Some(Byline {
        authors: vec![(last.to_owned(), Span::new(at, at + last.len() as u32))],
        outlet: None,
    })
}

fn words(text: &str, span: Span) -> Vec<Span> {
    let line = span.of(text);
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in line.char_indices() {
        let gap = c.is_whitespace()
            || matches!(
                c,
                '=' | '＝' | '/' | '／' | ']' | '】' | ')' | '）' | '|' | '·' | '、'
            );
        match (gap, start) {
            (true, Some(from)) => {
                out.push((from, i));
                start = None;
            }
            (false, None) => start = Some(i),
            _ => {}
        }
    }
    if let Some(from) = start {
        out.push((from, line.len()));
    }
    out.into_iter()
        .map(|(a, b)| Span::new(span.start + a as u32, span.start + b as u32))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(line: &str) -> Vec<String> {
        read(line, Span::new(0, line.len() as u32))
            .map(|b| b.authors.into_iter().map(|(name, _)| name).collect())
            .unwrap_or_default()
    }

    #[test]
    fn reads_by_lines() {
        assert_eq!(
            authors("By Anna Weber and KIM Min-ji, Staff Writers"),
            ["Anna Weber", "KIM Min-ji"]
        );
        assert_eq!(authors("By Anna Weber in Seoul"), ["Anna Weber"]);
        assert_eq!(authors("By our correspondent Anna Weber"), ["Anna Weber"]);
        assert_eq!(authors("김민지 기자 minji@example.kr"), ["김민지"]);
        assert_eq!(authors("(도쿄=한빛통신) 박서준 특파원"), ["박서준"]);
        assert_eq!(authors("ソウル支局　田中花子記者"), ["田中花子"]);
        assert_eq!(authors("（ソウル 田中花子）"), ["田中花子"]);
        assert_eq!(authors("執筆：田中花子"), ["田中花子"]);
    }

    #[test]
    fn leaves_sentences_alone() {
        for line in [
            "By 2015 the two sides had met often.",
            "By contrast Seoul waited",
            "외교부는 기자회견을 열었다.",
            "両首脳は記者会見に臨んだ",
        ] {
            assert!(authors(line).is_empty(), "{line}");
        }
    }
}
