//! A document: its text with highlights, and its facts beside it.

use axum::{extract::State, response::Response};
use detente_record::{DocumentEntry, Mark, Stretch};
use serde::Serialize;

use super::{Item, items, page};
use crate::{answer, app::App, asked::Asked, links, problem::Problem};

/// A stretch of text that is shown in one way.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    text: String,
    /// The innermost fact that it belongs to.
    fact: Option<usize>,
    /// Facts that begin here: their anchors.
    begins: Vec<usize>,
    /// Why it was not coded.
    dropped: Option<String>,
}

/// The document, or one part of a long one.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentView {
    #[serde(flatten)]
    entry: DocumentEntry,
    /// From 1.
    part: usize,
    parts: usize,
    /// Offset of the first code point of `text`.
    start: u32,
    text: String,
    dropped: Vec<Stretch>,
    facts: Vec<Item>,
    marks: Vec<Mark>,
    #[serde(skip)]
    pieces: Vec<Piece>,
}

page!(DocumentView, "document.html");

/// Code points of a part. A page with its highlights stays well below 150 kB.
const PART: usize = 14_000;

/// Where the parts of a text begin: at a line's beginning, if there is one in reach.
fn parts(text: &str) -> Vec<usize> {
    let mut begins = vec![0];
    let (mut last, mut line) = (0, 0);
    for (at, c) in text.chars().enumerate() {
        if at - last >= PART && at > 0 {
            let cut = if line > last { line } else { at };
            begins.push(cut);
            last = cut;
        }
        if c == '\n' {
            line = at + 1;
        }
    }
    begins
}

/// Index of the part in which a place stands.
pub(crate) fn part_of(text: &str, at: u32) -> usize {
    let begins = parts(text);
    begins
        .partition_point(|begin| *begin <= at as usize)
        .saturating_sub(1)
}

/// Cuts a part into pieces at every edge of a fact or of a dropped stretch.
fn pieces(text: &[char], start: usize, facts: &[Item], dropped: &[Stretch]) -> Vec<Piece> {
    let end = start + text.len();
    let inside = |at: u32| (at as usize).clamp(start, end);
    let mut edges: Vec<usize> = vec![start, end];
    for item in facts {
        edges.extend([inside(item.fact.start), inside(item.fact.end)]);
    }
    for stretch in dropped {
        edges.extend([inside(stretch.start), inside(stretch.end)]);
    }
    edges.sort_unstable();
    edges.dedup();
    // Facts that reach over the edge from the part before have their anchor at its beginning.
    let mut pieces = Vec::new();
    for edge in edges.windows(2) {
        let (from, to) = (edge[0], edge[1]);
        let covers = |a: u32, b: u32| (a as usize) <= from && to <= b as usize;
        let fact = facts
            .iter()
            .enumerate()
            .filter(|(_, item)| covers(item.fact.start, item.fact.end))
            .min_by_key(|(_, item)| item.fact.end - item.fact.start)
            .map(|(i, _)| i);
        let begins = facts
            .iter()
            .enumerate()
            .filter(|(_, item)| inside(item.fact.start) == from && item.fact.end as usize > from)
            .map(|(i, _)| i)
            .collect();
        let dropped = dropped
            .iter()
            .find(|stretch| covers(stretch.start, stretch.end))
            .map(|stretch| stretch.reason.clone());
        pieces.push(Piece {
            text: text[from - start..to - start].iter().collect(),
            fact,
            begins,
            dropped,
        });
    }
    pieces
}

impl DocumentView {
    fn to_part(&self, part: &usize) -> String {
        let page = links::document(&self.entry.name);
        links::with_query(&page, &[("part", &part.to_string())])
    }

    /// Address of the original, if it is one that a link may have.
    fn source(&self) -> Option<&str> {
        let url = self.entry.url.as_deref()?;
        (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
    }
}

pub(crate) async fn document(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let part = asked.number("part", 1, 1_000_000)?.unwrap_or(1) as usize;
    let name = asked.tail.clone();
    // A document whose own name ends in `.json` has its page at that name.
    let whole_name = asked.json.then(|| format!("{name}.json"));
    let (view, json) = app
        .ask(&asked.viewer, move |record, _| {
            let mut json = whole_name.is_some();
            let mut found = record.document(&name)?;
            if let (None, Some(whole_name)) = (&found, &whole_name) {
                found = record.document(whole_name)?;
                json = false;
            }
            let found = found.ok_or_else(|| Problem::absent("document"))?;
            let begins = parts(&found.text);
            let start = *begins
                .get(part - 1)
                .ok_or_else(|| Problem::absent("part"))?;
            let chars: Vec<char> = found.text.chars().collect();
            let end = begins.get(part).copied().unwrap_or(chars.len());
            let meets = |a: u32, b: u32| (a as usize) < end.max(1) && (b as usize) > start;
            let mut facts = items(found.facts);
            facts.retain(|item| meets(item.fact.start, item.fact.end));
            let mut dropped = found.dropped;
            dropped.retain(|stretch| meets(stretch.start, stretch.end));
            let text = &chars[start..end];
            let view = DocumentView {
                part,
                parts: begins.len(),
                start: start as u32,
                pieces: pieces(text, start, &facts, &dropped),
                text: text.iter().collect(),
                entry: found.entry,
                dropped,
                facts,
                marks: found.marks,
            };
            Ok((view, json))
        })
        .await?;
    answer::page(&app, &Asked { json, ..asked }, &view)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_begin_at_lines_and_hold_everything() {
        let line = "word ".repeat(20);
        let text = vec![line.as_str(); 600].join("\n");
        let begins = parts(&text);
        assert!(begins.len() > 3);
        let chars: Vec<char> = text.chars().collect();
        assert!(begins[1..].iter().all(|begin| chars[begin - 1] == '\n'));
        assert_eq!(part_of(&text, 0), 0);
        assert_eq!(part_of(&text, begins[2] as u32), 2);
        let long = "x".repeat(PART * 2 + 5);
        assert_eq!(parts(&long), [0, PART, PART * 2]);
        assert_eq!(parts(""), [0]);
    }

    #[test]
    fn pieces_hold_the_text_once() {
        let text: Vec<char> = "Seoul 抗議 protested".chars().collect();
        let dropped = [Stretch {
            start: 2,
            end: 9,
            reason: "caption".to_owned(),
        }];
        let cut = pieces(&text, 0, &[], &dropped);
        let whole: String = cut.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(whole, "Seoul 抗議 protested");
        assert_eq!(cut[1].dropped.as_deref(), Some("caption"));
        assert_eq!(cut.len(), 3);
    }
}
