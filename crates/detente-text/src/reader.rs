//! From the bytes of a file to its documents.

use jiff::civil::Date;

use crate::{
    Diagnostic, Document, DocumentDate, DropReason, Dropped, Format, Language, Limits, Located,
    Metadata, Severity, SideCar, Span, codes,
    date::Edtf,
    dating, decode, docx, format, html, jsonl, language,
    layout::{self, Known, tidy},
    markdown, pdf, pull_quotes, repeats,
};

/// What the caller knows and allows.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The most that is done for one document.
    pub limits: Limits,
    /// Date for documents that bear none (`--date`).
    pub date: Option<Edtf>,
    /// What a person wrote down about the file; overrides what is found in it.
    pub side_car: Option<SideCar>,
    /// The day on which the run takes place, only to warn of dates in the future.
    pub today: Option<Date>,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The documents: one, several for JSONL, none for a file that was refused.
    pub documents: Vec<Document>,
    /// What concerns the file as a whole, and records that were refused. What concerns a document
    /// stands in the document.
    pub diagnostics: Vec<Diagnostic>,
}

/// A document before its lines are told apart.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) format: Format,
    pub(crate) charset: String,
    pub(crate) text: String,
    pub(crate) dropped: Vec<Dropped>,
    pub(crate) metadata: Metadata,
    /// Date from the properties of the file: better than none.
    pub(crate) file_date: Option<DocumentDate>,
    pub(crate) language: Option<Language>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Draft {
    pub(crate) fn new(format: Format, charset: &str, text: String) -> Self {
        Self {
            format,
            charset: charset.to_owned(),
            text,
            dropped: Vec::new(),
            metadata: Metadata::default(),
            file_date: None,
            language: None,
            diagnostics: Vec::new(),
        }
    }
}

/// Reads a file. `id` is its path below the folder that was given; its extension helps to tell the
/// format. Never fails and never panics: what cannot be read gives a diagnostic.
///
/// ```
/// use detente_text::{ReadOptions, read};
/// let reading = read("a.txt", b"Talks resume\n\nBy Anna Weber\n\nBoth sides met in May.", &ReadOptions::default());
/// let document = &reading.documents[0];
/// assert_eq!(document.metadata.title.as_ref().unwrap().value, "Talks resume");
/// let content: String = document.content().iter().map(|span| span.of(&document.text)).collect();
/// assert_eq!(content.trim(), "Both sides met in May.");
/// ```
pub fn read(id: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    let mut reading = Reading::default();
    let format = options
        .limits
        .check_file(bytes.len() as u64)
        .and_then(|()| format::detect(id, bytes));
    let draft = match format {
        Err(refusal) => Err(refusal),
        Ok(Format::Jsonl) => return jsonl::read(id, bytes, options),
        Ok(Format::Plain) => Ok(plain(bytes)),
        Ok(Format::Markdown) => Ok(markdown::read(bytes)),
        Ok(Format::Html) => html::read(bytes, &options.limits),
        Ok(Format::Pdf) => pdf::read(bytes, &options.limits),
        Ok(Format::Docx) => docx::read(bytes, &options.limits),
    };
    match draft.and_then(|draft| finish(id, draft, options)) {
        Ok(document) => reading.documents.push(document),
        Err(refusal) => reading.diagnostics.push(refusal),
    }
    reading
}

/// Plain text is its own decoded text: no line end is changed.
fn plain(bytes: &[u8]) -> Draft {
    let decoded = decode::decode(bytes, None);
    let mut draft = Draft::new(Format::Plain, decoded.charset, decoded.text);
    draft.diagnostics = decoded.diagnostics;
    draft
}

/// Tells the lines apart, settles title, date and language, finds repeats.
pub(crate) fn finish(
    id: &str,
    draft: Draft,
    options: &ReadOptions,
) -> Result<Document, Diagnostic> {
    options.limits.check_text(draft.text.len())?;
    if draft.text.chars().all(layout::lines::is_blank) {
        return Err(codes::EMPTY.diagnostic("the file holds nothing but white space"));
    }
    let mut document = Document {
        id: id.to_owned(),
        format: draft.format,
        charset: draft.charset,
        text: draft.text,
        language: Language::Other,
        metadata: draft.metadata,
        dropped: draft.dropped,
        repeats: Vec::new(),
        diagnostics: draft.diagnostics,
    };
    if document.text.starts_with('\u{FEFF}') {
        document.dropped.push(Dropped {
            span: Span::new(0, 3),
            reason: DropReason::Boilerplate,
        });
    }
    drop_long_lines(&mut document, &options.limits);
    note_control_characters(&mut document);
    document.dropped = tidy(&document.text, std::mem::take(&mut document.dropped));
    let known = Known {
        title: document.metadata.title.as_ref().map(|t| t.value.as_str()),
        authors: &document.metadata.authors,
    };
    let layout = layout::analyse(&document.text, &document.dropped, &known);
    if !layout.prose {
        document
            .diagnostics
            .push(codes::NO_PROSE.diagnostic("the text has no running sentences"));
    }
    document.dropped = layout.dropped;
    let meta = &mut document.metadata;
    if meta.outlet.is_none() {
        meta.outlet = outlet_of_title(meta.title.as_ref(), layout.title.as_ref());
    }
    meta.title = better_title(meta.title.take(), layout.title);
    // Many pages name their outlet as author.
    if !layout.authors.is_empty() && meta.authors.iter().all(|a| layout::is_outlet(&a.value)) {
        meta.authors.clear();
    }
    if meta.authors.is_empty() {
        meta.authors = layout.authors;
    }
    meta.outlet = meta.outlet.take().or(layout.outlet);
    meta.place = meta.place.take().or(layout.place);
    dating::settle_date(&mut document, &layout.clues, draft.file_date, options);
    let mut stated = draft.language;
    if let Some(side_car) = &options.side_car {
        take_side_car(&mut document.metadata, side_car);
        stated = side_car.language.or(stated);
    }
    document.repeats = repeats::find(&document.text, &document.dropped);
    let quotes = pull_quotes::find(&document.text, &document.dropped, &document.repeats);
    document.repeats.extend(quotes);
    document.repeats.sort_by_key(|r| (r.again, r.first));
    note_repeats(&mut document);
    document.language = match options.side_car.as_ref().and_then(|s| s.language) {
        Some(language) => language,
        None => language::of_document(&document, stated),
    };
    if document.language == Language::Other {
        document.diagnostics.push(
            codes::LANGUAGE_UNKNOWN
                .diagnostic("the text is neither English nor Japanese nor Korean"),
        );
    }
    Ok(document)
}

/// The title that the markup states, found again in the text; a page's title often has the
/// outlet's name added to it.
fn better_title(
    stated: Option<Located<String>>,
    found: Option<Located<String>>,
) -> Option<Located<String>> {
    match (stated, found) {
        (Some(stated), Some(found)) => {
            let (long, short) = (
                crate::even::even(&stated.value),
                crate::even::even(&found.value),
            );
            Some(if long.contains(&short) { found } else { stated })
        }
        (stated, found) => stated.or(found),
    }
}

/// The outlet's name that a page adds to the title: "Talks resume | The Harbor Times".
fn outlet_of_title(
    stated: Option<&Located<String>>,
    found: Option<&Located<String>>,
) -> Option<Located<String>> {
    let rest = stated?.value.strip_prefix(found?.value.as_str())?;
    let name = rest
        .trim_start()
        .strip_prefix(['|', '-', '–', '—', '·', ':', '»', '/', '：', '｜'])?
        .trim();
    let short =
        !name.is_empty() && name.chars().count() <= 40 && name.split_whitespace().count() <= 5;
    short.then(|| Located {
        value: name.to_owned(),
        span: None,
    })
}

fn drop_long_lines(document: &mut Document, limits: &Limits) {
    let mut at = 0;
    for line in document.text.split_inclusive(['\n', '\r']) {
        let end = at + line.len();
        if line.len() as u64 > limits.line_bytes {
            let span = Span::from(at..end).trimmed(&document.text);
            document.diagnostics.push(
                codes::LINE_TOO_LONG
                    .diagnostic(format!(
                        "a line has {} bytes, the limit is {}",
                        line.len(),
                        limits.line_bytes
                    ))
                    .at(span),
            );
            document.dropped.push(Dropped {
                span,
                reason: DropReason::Boilerplate,
            });
        }
        at = end;
    }
}

fn note_control_characters(document: &mut Document) {
    let odd = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{0C}' | '\u{85}');
    let count = document.text.chars().filter(odd).count();
    if count > 0 {
        let first = document.text.find(|c| odd(&c)).unwrap_or(0);
        let length = document.text[first..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        document.diagnostics.push(
            codes::CONTROL_CHARACTERS
                .diagnostic(format!("the text holds {count} control characters"))
                .at(Span::from(first..first + length)),
        );
    }
}

fn note_repeats(document: &mut Document) {
    let open: u32 = document.content().iter().map(|s| s.len()).sum();
    let again: u32 = document.repeats.iter().map(|r| r.again.len()).sum();
    if again > 200 && again * 3 > open {
        let first = document.repeats[0].again;
        document.diagnostics.push(
            codes::REPEATED
                .diagnostic(format!(
                    "{again} bytes of the text are copies of earlier passages"
                ))
                .at(first),
        );
    }
}

fn take_side_car(meta: &mut Metadata, side_car: &SideCar) {
    let located = |value: &String| Located {
        value: value.clone(),
        span: None,
    };
    if let Some(title) = &side_car.title {
        meta.title = Some(located(title));
    }
    if !side_car.authors.is_empty() {
        meta.authors = side_car.authors.iter().map(located).collect();
    }
    if let Some(outlet) = &side_car.outlet {
        meta.outlet = Some(located(outlet));
    }
    if let Some(place) = &side_car.place {
        meta.place = Some(located(place));
    }
    if let Some(url) = &side_car.url {
        meta.url = Some(url.clone());
    }
}

impl Reading {
    /// True if something could not be read.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    }
}
