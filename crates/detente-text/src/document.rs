//! A document as the reader leaves it.

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, Span, date::Edtf};

/// Language of a text, as far as the coder tells languages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Japanese.
    Ja,
    /// Korean.
    Ko,
    /// Any other, or not to be told.
    Other,
}

impl Language {
    /// ISO 639-1 code; `und` if not known.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
            Self::Ko => "ko",
            Self::Other => "und",
        }
    }
}

/// File format that a document came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// PDF.
    Pdf,
    /// Office Open XML text.
    Docx,
    /// One record of a JSON Lines file.
    Jsonl,
}

/// On what a date rests (codebook 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A calendar date in words.
    Explicit,
    /// From by-line or dateline.
    Dateline,
    /// Counted from the document's date.
    Relative,
    /// Computed from something else in the document.
    Derived,
    /// No words of time; reported as of the document.
    DocDate,
    /// Knowledge from outside the document, shown as such (side-car, `--date`, office tables).
    Inferred,
    /// No date to be had.
    None,
}

/// A value with the place in the text that it was read from, if it was read from the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands in the text; `None` if it came from a header, a meta tag or a side-car.
    pub span: Option<Span>,
}

/// The document's own date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDate {
    /// The date; precision may be a day, a month or a year.
    pub edtf: Edtf,
    /// The words or the value it was read from.
    pub text: String,
    /// Where they stand in the text, if they do.
    pub span: Option<Span>,
    /// `Explicit`, `Dateline` or `Inferred`.
    pub basis: Basis,
}

/// What is known about a document besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Title.
    pub title: Option<Located<String>>,
    /// Authors in the order of the by-line.
    pub authors: Vec<Located<String>>,
    /// Outlet or publisher.
    pub outlet: Option<Located<String>>,
    /// Place of the dateline ("SEOUL").
    pub place: Option<Located<String>>,
    /// Date of the document.
    pub date: Option<DocumentDate>,
    /// Address it was taken from.
    pub url: Option<String>,
}

/// Why a stretch of text takes no part in coding (codebook 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DropReason {
    /// Menus, breadcrumb trails, lists of links, accessibility links.
    Navigation,
    /// Share buttons, size letters, print links.
    Controls,
    /// "Related news", "Most read", teasers of other stories.
    Related,
    /// Section labels, serial numbers, file formats, page counts.
    Label,
    /// Copyright, subscription lines, reporters' mail, agency marks, cookie notices.
    Notice,
    /// "The views expressed are the author's own": settles the speaker only.
    Disclaimer,
    /// Headline, subhead, teaser: used for actor and date, coded only if the body lacks it.
    Headline,
    /// By-line, dateline, place and date of the document.
    Byline,
    /// The author's CV: actor facts only.
    Biography,
    /// Caption or alt text.
    Caption,
    /// Outside the main content of a page, for no narrower reason.
    Boilerplate,
}

/// A stretch of text that is kept but not coded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Where.
    pub span: Span,
    /// Why.
    pub reason: DropReason,
}

/// A passage that stands again further on: same words, white space, quotes and case evened out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// The first place.
    pub first: Span,
    /// A later place.
    pub again: Span,
}

/// A document: its text byte for byte as decoded, and what the reader found out about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Path below the folder that was given; for a JSONL record path `#` its id.
    pub id: String,
    /// Format of the file.
    pub format: Format,
    /// Name of the character encoding it was decoded from (WHATWG name, such as `Shift_JIS`).
    pub charset: String,
    /// The decoded text. All spans are byte offsets into it.
    pub text: String,
    /// Language of the main content.
    pub language: Language,
    /// Title, authors, outlet, place, date.
    pub metadata: Metadata,
    /// Stretches that take no part in coding, in order, not overlapping.
    pub dropped: Vec<Dropped>,
    /// Passages that stand twice or more, ordered by their later place.
    pub repeats: Vec<Repeat>,
    /// What was noticed while reading.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// A plain-text document without metadata: what tests and examples start from.
    pub fn plain(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            format: Format::Plain,
            charset: "UTF-8".to_owned(),
            text: text.into(),
            language: Language::En,
            metadata: Metadata::default(),
            dropped: Vec::new(),
            repeats: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The stretches to be coded: the text less what was dropped and less later copies of passages.
    pub fn content(&self) -> Vec<Span> {
        let mut out: Vec<Span> = self.dropped.iter().map(|d| d.span).collect();
        out.extend(self.repeats.iter().map(|r| r.again));
        out.sort_unstable();
        let mut content = Vec::new();
        let mut at = 0;
        for gap in out {
            if gap.start > at {
                content.push(Span::new(at, gap.start));
            }
            at = at.max(gap.end);
        }
        if (at as usize) < self.text.len() {
            content.push(Span::new(at, self.text.len() as u32));
        }
        content
    }

    /// The stretches to be coded, in groups that read on: between two groups lies a line end,
    /// inside a group only something that was dropped from a line, such as the target of a link.
    pub fn joined_content(&self) -> Vec<Vec<Span>> {
        let mut groups: Vec<Vec<Span>> = Vec::new();
        for span in self.content() {
            let joins = groups.last().and_then(|g| g.last()).is_some_and(|before| {
                let seam = Span::new(before.end, span.start).of(&self.text);
                !seam.contains(['\n', '\r', '\u{0C}'])
                    && !before.of(&self.text).ends_with(['\n', '\r', '\u{0C}'])
                    && !span.of(&self.text).starts_with(['\n', '\r', '\u{0C}'])
            });
            match groups.last_mut() {
                Some(group) if joins => group.push(span),
                _ => groups.push(vec![span]),
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_inside_a_line_does_not_part_it() {
        let mut document = Document::plain("a", "We met [her](u) in May.\nNext\nEnd.");
        for (start, end) in [(7, 8), (11, 15), (24, 28)] {
            document.dropped.push(Dropped {
                span: Span::new(start, end),
                reason: DropReason::Boilerplate,
            });
        }
        let groups = document.joined_content();
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].len(), 3);
        assert_eq!(groups[1][0].of(&document.text).trim(), "End.");
    }
}
