//! DOCX: the paragraphs of the main part and of the notes, unpacked within limits.

use std::io::{Cursor, Read};

use quick_xml::{Reader, XmlVersion, events::Event};
use zip::{ZipArchive, result::ZipError};

use crate::{
    Basis, Diagnostic, DocumentDate, DropReason, Dropped, Format, Limits, Located, Span, codes,
    decode, jsonl::stated_date, reader::Draft,
};

/// Reads an office document.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Draft, Diagnostic> {
    let broken =
        |e: ZipError| codes::ARCHIVE_BROKEN.diagnostic(format!("the archive is broken: {e}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = limits.unpacked_bytes;
    let Some(main) = part(&mut archive, "word/document.xml", &mut left)? else {
        let what = archive
            .file_names()
            .flatten()
            .take(3)
            .map(|n| n.chars().take(60).collect::<String>())
            .collect::<Vec<_>>()
            .join(", ");
        return Err(codes::BINARY.diagnostic(format!(
            "the file is an archive without a text document (it holds {what})"
        )));
    };
    let mut draft = Draft::new(Format::Docx, "UTF-8", String::new());
    let mut body = Body::default();
    body.read(&main, limits)?;
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = part(&mut archive, name, &mut left)? {
            body.read(&notes, limits)?;
        }
    }
    if let Some(core) = part(&mut archive, "docProps/core.xml", &mut left)? {
        read_properties(&core, &mut draft);
    }
    if let Some(title) = body.title {
        draft.metadata.title = Some(Located {
            value: title,
            span: None,
        });
    }
    draft.text = body.text;
    draft.dropped = body.dropped;
    if body.broken {
        draft.diagnostics.push(
            codes::MARKUP_REPAIRED
                .diagnostic("the document's XML breaks off; what stands before was read"),
        );
    }
    Ok(draft)
}

/// The text of one file of the archive; `left` is what may still be unpacked.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    left: &mut u64,
) -> Result<Option<String>, Diagnostic> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
            return Err(
                codes::ENCRYPTED.diagnostic("the office document is protected by a password")
            );
        }
        Err(e) => {
            return Err(
                codes::ARCHIVE_BROKEN.diagnostic(format!("`{name}` cannot be unpacked: {e}"))
            );
        }
    };
    let mut unpacked = Vec::new();
    // The size that the archive states is not believed.
    let outcome = file.take(left.saturating_add(1)).read_to_end(&mut unpacked);
    if unpacked.len() as u64 > *left {
        return Err(codes::UNPACKED_TOO_LARGE
            .diagnostic(format!("`{name}` unpacks to more than {left} bytes")));
    }
    *left -= unpacked.len() as u64;
    if let Err(e) = outcome {
        return Err(codes::ARCHIVE_BROKEN.diagnostic(format!("`{name}` cannot be unpacked: {e}")));
    }
    let stated = decode::stated_in_markup(&unpacked);
    let text = decode::decode(&unpacked, stated.as_deref()).text;
    Ok(Some(match text.strip_prefix('\u{FEFF}') {
        Some(bare) => bare.to_owned(),
        None => text,
    }))
}

#[derive(Default)]
struct Body {
    text: String,
    dropped: Vec<Dropped>,
    title: Option<String>,
    broken: bool,
}

impl Body {
    /// Appends the paragraphs of a part. Deleted text, field codes and the second form of drawings
    /// are not part of what a reader sees.
    fn read(&mut self, xml: &str, limits: &Limits) -> Result<(), Diagnostic> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        let (mut depth, mut hidden) = (0u32, 0u32);
        let mut hidden_at: Option<u32> = None;
        let (mut in_text, mut start, mut style) = (false, self.text.len(), String::new());
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    depth += 1;
                    if depth > limits.nesting {
                        return Err(codes::NESTED_TOO_DEEP.diagnostic(format!(
                            "the document nests elements deeper than {}",
                            limits.nesting
                        )));
                    }
                    match tag.local_name().as_ref() {
                        "p" => {
                            start = self.text.len();
                            style.clear();
                        }
                        "t" => in_text = true,
                        "pStyle" => style = value(&tag),
                        "delText" | "instrText" | "Fallback" | "rt" if hidden_at.is_none() => {
                            hidden_at = Some(depth);
                            hidden += 1;
                        }
                        _ => {}
                    }
                }
                Ok(Event::Empty(tag)) => match tag.local_name().as_ref() {
                    "tab" if hidden_at.is_none() => self.text.push('\t'),
                    "br" | "cr" if hidden_at.is_none() => self.text.push('\n'),
                    "noBreakHyphen" => self.text.push('-'),
                    "pStyle" => style = value(&tag),
                    "p" => self.text.push('\n'),
                    _ => {}
                },
                Ok(Event::End(tag)) => {
                    match tag.local_name().as_ref() {
                        "p" => {
                            self.paragraph(start, &style);
                            start = self.text.len();
                        }
                        "t" => in_text = false,
                        "tc" => {
                            // A cell ends with a paragraph; cells of a row stand in one line.
                            if self.text.ends_with('\n') {
                                self.text.pop();
                            }
                            self.text.push('\t');
                        }
                        "tr" => {
                            while self.text.ends_with('\t') {
                                self.text.pop();
                            }
                            self.text.push('\n');
                        }
                        _ => {}
                    }
                    if hidden_at == Some(depth) {
                        hidden_at = None;
                        hidden -= 1;
                    }
                    depth = depth.saturating_sub(1);
                }
                Ok(Event::Text(text)) if in_text && hidden == 0 => {
                    self.text
                        .push_str(&text.xml_content(XmlVersion::Implicit1_0));
                }
                Ok(Event::CData(text)) if in_text && hidden == 0 => {
                    self.text
                        .push_str(&text.xml_content(XmlVersion::Implicit1_0));
                }
                Ok(Event::GeneralRef(reference)) if in_text && hidden == 0 => {
                    self.text.extend(character(&reference));
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => {
                    self.broken = true;
                    break;
                }
            }
            limits.check_text(self.text.len())?;
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        // A cell's trailing pops may have shortened the text below a mark.
        let length = self.text.len() as u32;
        self.dropped.retain(|d| d.span.end <= length);
        Ok(())
    }

    fn paragraph(&mut self, start: usize, style: &str) {
        let start = start.min(self.text.len());
        let span = Span::from(start..self.text.len()).trimmed(&self.text);
        let style = style.to_ascii_lowercase();
        if !span.is_empty() {
            if style == "title" && self.title.is_none() {
                self.title = Some(span.of(&self.text).to_owned());
            } else if style.starts_with("heading") || style == "subtitle" {
                self.dropped.push(Dropped {
                    span,
                    reason: DropReason::Headline,
                });
            } else if style == "caption" {
                self.dropped.push(Dropped {
                    span,
                    reason: DropReason::Caption,
                });
            } else if style == "header" || style == "footer" || style.starts_with("toc") {
                self.dropped.push(Dropped {
                    span,
                    reason: DropReason::Boilerplate,
                });
            }
        }
        self.text.push('\n');
    }
}

fn value(tag: &quick_xml::events::BytesStart<'_>) -> String {
    tag.attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == "val")
        .map(|a| a.value.chars().take(100).collect())
        .unwrap_or_default()
}

fn character(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Title, author and date of `docProps/core.xml`. The date is that of the file, not that of the
/// text, and counts only if there is no other.
fn read_properties(xml: &str, draft: &mut Draft) {
    let mut reader = Reader::from_str(xml);
    let mut field = String::new();
    let mut value = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                field = tag.local_name().as_ref().to_owned();
                value.clear();
            }
            Ok(Event::Text(text)) => value.push_str(&text.xml_content(XmlVersion::Implicit1_0)),
            Ok(Event::GeneralRef(reference)) => value.extend(character(&reference)),
            Ok(Event::End(_)) => {
                let text = value.trim().chars().take(1000).collect::<String>();
                if !text.is_empty() {
                    match field.as_str() {
                        "title" => {
                            draft.metadata.title = Some(Located {
                                value: text,
                                span: None,
                            })
                        }
                        "creator" => {
                            draft.metadata.authors = vec![Located {
                                value: text,
                                span: None,
                            }]
                        }
                        "created" => {
                            draft.file_date = stated_date(&text).map(|edtf| DocumentDate {
                                edtf,
                                text: format!("created {text}"),
                                span: None,
                                basis: Basis::Inferred,
                            });
                        }
                        _ => {}
                    }
                }
                field.clear();
                value.clear();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
