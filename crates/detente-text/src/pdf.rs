//! PDF: the text layer, page by page, as `pdf-extract` gives it.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use pdf_extract::{
    Dictionary, Document, Object, ObjectId, OutputError, PlainTextOutput, output_doc_page,
};

use crate::{
    Basis, Diagnostic, DocumentDate, DropReason, Dropped, Format, Limits, Located, Span, codes,
    jsonl::stated_date, reader::Draft,
};

/// How far up the tree of pages inherited values are looked for.
const PAGE_DEPTH: usize = 64;
/// How deep forms may stand in forms.
const FORM_DEPTH: usize = 24;

/// Reads a PDF. Pages are parted by form feeds; lines are as on the page, hyphens included.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Draft, Diagnostic> {
    check_unpacked(bytes, limits)?;
    // The library panics on many broken files; it keeps no state between calls, so that nothing
    // half-done is seen after a panic.
    catch_unwind(AssertUnwindSafe(|| extract(bytes, limits))).unwrap_or_else(|_| {
        Err(codes::PDF_BROKEN.diagnostic("the PDF is broken in a way that its reader gave up on"))
    })
}

fn extract(bytes: &[u8], limits: &Limits) -> Result<Draft, Diagnostic> {
    let broken =
        |what: String| codes::PDF_BROKEN.diagnostic(format!("the PDF cannot be read: {what}"));
    let encrypted = || codes::ENCRYPTED.diagnostic("the PDF is protected by a password");
    let mut document = Document::load_mem(bytes).map_err(|e| match e {
        pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword => encrypted(),
        // The library tries the empty password while loading and reports failures of many kinds.
        _ if find(bytes, b"/Encrypt").is_some() => encrypted(),
        e => broken(e.to_string()),
    })?;
    // An empty password opens many files that only forbid printing.
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(encrypted());
    }
    let pages = document.get_pages();
    if pages.len() > limits.pages as usize {
        return Err(codes::TOO_MANY_PAGES.diagnostic(format!(
            "the PDF has {} pages, the limit is {}",
            pages.len(),
            limits.pages
        )));
    }
    if pages.is_empty() {
        if find(bytes, b"/Encrypt").is_some() {
            return Err(encrypted());
        }
        return Err(broken("it has no pages".to_owned()));
    }
    if pages.values().any(|id| !ends(&document, *id)) || has_endless_form(&document) {
        return Err(broken(
            "its objects stand inside one another in a circle".to_owned(),
        ));
    }
    let mut text = String::new();
    let mut failed = Vec::new();
    for number in pages.keys() {
        if !text.is_empty() {
            text.push('\u{0C}');
        }
        let before = text.len();
        let outcome = catch_unwind(AssertUnwindSafe(|| page(&document, *number)));
        match outcome {
            Ok(Ok(page)) => text.push_str(page.trim_matches('\n')),
            Ok(Err(_)) | Err(_) => {
                text.truncate(before);
                failed.push(number.to_string());
            }
        }
        limits.check_text(text.len())?;
    }
    if failed.len() == pages.len() {
        return Err(broken("no page can be read".to_owned()));
    }
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    if letters < 2 * pages.len().min(20) {
        return Err(codes::NO_TEXT_LAYER
            .diagnostic(format!("the {} pages hold {letters} letters", pages.len())));
    }
    let mut draft = Draft::new(Format::Pdf, "UTF-8", text);
    if !failed.is_empty() {
        draft
            .diagnostics
            .push(codes::MARKUP_REPAIRED.diagnostic(format!(
                "pages that could not be read: {}",
                failed.join(", ")
            )));
    }
    draft.dropped = running_heads(&draft.text);
    read_information(&document, &mut draft);
    Ok(draft)
}

/// First and last lines of pages that are the same on another page but for numbers, and page
/// numbers alone.
fn running_heads(text: &str) -> Vec<Dropped> {
    let mut edges: Vec<(Span, String)> = Vec::new();
    let mut at = 0;
    for page in text.split('\u{0C}') {
        let lines: Vec<Span> = page
            .split_inclusive('\n')
            .scan(at, |from, line| {
                let span = Span::from(*from..*from + line.len()).trimmed(text);
                *from += line.len();
                Some(span)
            })
            .filter(|span| !span.is_empty())
            .collect();
        let ends = [lines.first(), lines.last().filter(|_| lines.len() > 1)];
        edges.extend(ends.into_iter().flatten().map(|span| {
            let words = crate::even::even(span.of(text));
            (
                *span,
                words
                    .chars()
                    .filter(|c| !c.is_numeric())
                    .collect::<String>()
                    .trim()
                    .to_owned(),
            )
        }));
        at += page.len() + 1;
    }
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, words) in &edges {
        *times.entry(words).or_default() += 1;
    }
    edges
        .iter()
        .filter(|(span, words)| {
            let numbered = span.of(text).contains(|c: char| c.is_ascii_digit());
            let number_alone = matches!(words.as_str(), "" | "page" | "p" | "page of" | "of");
            let marked = numbered && (words.ends_with(" page") || words.starts_with("page "));
            (numbered && number_alone)
                || (span.len() <= 120 && (marked || times[words.as_str()] > 1))
        })
        .map(|(span, _)| Dropped {
            span: *span,
            reason: DropReason::Label,
        })
        .collect()
}

fn page(document: &Document, number: u32) -> Result<String, OutputError> {
    let mut text = String::new();
    let mut output = PlainTextOutput::new(&mut text);
    output_doc_page(document, &mut output, number)?;
    Ok(text)
}

/// Unpacks every deflated stream once, counting: a small file may unpack to any size.
fn check_unpacked(bytes: &[u8], limits: &Limits) -> Result<(), Diagnostic> {
    let mut left = limits.unpacked_bytes;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let mut start = at + found + b"stream".len();
        at = start;
        if bytes.get(start) == Some(&b'\r') {
            start += 1;
        }
        if bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
        // Deflated data with a zlib header; anything else cannot grow much.
        if bytes.get(start).is_none_or(|b| b & 0x0F != 8) {
            continue;
        }
        let mut packed = flate2::read::ZlibDecoder::new(&bytes[start..]);
        let mut buffer = [0u8; 16 * 1024];
        loop {
            match std::io::Read::read(&mut packed, &mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(read) => match left.checked_sub(read as u64) {
                    Some(rest) => left = rest,
                    None => {
                        return Err(codes::UNPACKED_TOO_LARGE.diagnostic(format!(
                            "the streams of the PDF unpack to more than {} bytes",
                            limits.unpacked_bytes
                        )));
                    }
                },
            }
        }
        at = start + packed.total_in() as usize;
    }
    Ok(())
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let first = needle[0];
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| *b == first) {
        at += step;
        if bytes[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// True if the chain of parents above a page ends; the library follows it without looking back.
fn ends(document: &Document, page: ObjectId) -> bool {
    let mut at = page;
    for _ in 0..PAGE_DEPTH {
        let parent = document
            .get_dictionary(at)
            .and_then(|d| d.get(b"Parent"))
            .and_then(Object::as_reference);
        match parent {
            Ok(parent) => at = parent,
            Err(_) => return true,
        }
    }
    false
}

/// True if a form draws itself, or forms stand in one another too deeply: the library recurses.
fn has_endless_form(document: &Document) -> bool {
    let mut inner: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    for (id, object) in &document.objects {
        let Ok(stream) = object.as_stream() else {
            continue;
        };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form".as_slice()) {
            continue;
        }
        let Ok(resources) = stream.dict.get(b"Resources") else {
            // It uses those of the page, and so may draw what the page draws, itself included.
            let draws = stream
                .decompressed_content()
                .unwrap_or_else(|_| stream.content.clone())
                .windows(3)
                .any(|w| w == b" Do");
            if draws {
                return true;
            }
            continue;
        };
        let forms = resolve(document, resources)
            .and_then(|r| r.get(b"XObject").ok())
            .and_then(|x| resolve(document, x))
            .map(|x| {
                x.iter()
                    .filter_map(|(_, v)| v.as_reference().ok())
                    .collect()
            })
            .unwrap_or_default();
        inner.insert(*id, forms);
    }
    // Height of each form above those it holds; a circle never gets a height.
    let mut height: BTreeMap<ObjectId, usize> = BTreeMap::new();
    for _ in 0..FORM_DEPTH {
        let before = height.len();
        for (id, forms) in &inner {
            if height.contains_key(id) {
                continue;
            }
            let known = forms
                .iter()
                .filter(|f| inner.contains_key(f))
                .map(|f| height.get(f).copied());
            if let Some(most) = known.collect::<Option<Vec<usize>>>() {
                height.insert(*id, most.into_iter().max().map_or(0, |h| h + 1));
            }
        }
        if height.len() == before {
            break;
        }
    }
    height.len() < inner.len()
}

fn resolve<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    match object {
        Object::Reference(id) => document.get_dictionary(*id).ok(),
        other => other.as_dict().ok(),
    }
}

/// Title, author and date of the file's information dictionary. The date is that of the file and
/// counts only if there is no other.
fn read_information(document: &Document, draft: &mut Draft) {
    let Some(info) = document
        .trailer
        .get(b"Info")
        .ok()
        .and_then(|i| resolve(document, i))
    else {
        return;
    };
    let string = |key: &[u8]| {
        let value = info.get(key).ok()?;
        let value = match value {
            Object::Reference(id) => document.get_object(*id).ok()?,
            value => value,
        };
        let text = pdf_text(value.as_str().ok()?);
        let text: String = text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(1000)
            .collect();
        (!text.is_empty()).then_some(text)
    };
    let located = |value: String| Located { value, span: None };
    // Many programs put the name of the file in as title.
    let file_name = |t: &String| {
        let lower = t.to_ascii_lowercase();
        [
            ".doc", ".docx", ".pdf", ".indd", ".hwp", ".qxd", ".txt", ".jtd",
        ]
        .iter()
        .any(|e| lower.ends_with(e))
            || lower.starts_with("microsoft word")
            || lower == "untitled"
    };
    draft.metadata.title = string(b"Title").filter(|t| !file_name(t)).map(located);
    draft.metadata.authors = string(b"Author")
        .filter(|a| a.contains(' ') || !a.is_ascii())
        .map(located)
        .into_iter()
        .collect();
    draft.file_date = string(b"CreationDate").and_then(|text| {
        let edtf = stated_date(text.strip_prefix("D:")?)?;
        Some(DocumentDate {
            edtf,
            text: format!("created {text}"),
            span: None,
            basis: Basis::Inferred,
        })
    });
}

/// A text string of a PDF: UTF-16 or UTF-8 with a mark, else as in Latin-1.
fn pdf_text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE
            .decode_without_bom_handling(rest)
            .0
            .into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE
            .decode_without_bom_handling(rest)
            .0
            .into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

#[cfg(test)]
mod tests;
