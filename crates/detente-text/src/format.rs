//! Which format a file has: by its first bytes, then by its name.

use crate::{Diagnostic, Format, codes};

/// First bytes of formats that hold no text that could be read here.
const BINARY: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an old office document (DOC, XLS, HWP)",
    ),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"RIFF", "a sound or film file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
    (b"{\\rtf", "a Rich Text document"),
];

/// Extensions that a walk through a folder picks up.
const READABLE: &[(&str, Format)] = &[
    ("txt", Format::Plain),
    ("text", Format::Plain),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("pdf", Format::Pdf),
    ("docx", Format::Docx),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
];

fn by_name(name: &str) -> Option<Format> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, extension) = name.rsplit_once('.')?;
    if stem.is_empty() {
        return None;
    }
    READABLE
        .iter()
        .find(|(e, _)| e.eq_ignore_ascii_case(extension))
        .map(|(_, format)| *format)
}

/// True if a walk through a folder should read the file of this name. Hidden files, side-cars and
/// files of other kinds are passed over.
pub fn is_readable_name(name: &str) -> bool {
    let hidden = name
        .split(['/', '\\'])
        .any(|part| part.starts_with('.') && part != "." && part != "..");
    !hidden && by_name(name).is_some()
}

/// Tells the format, or why the file cannot be read.
pub(crate) fn detect(name: &str, bytes: &[u8]) -> Result<Format, Diagnostic> {
    let named = by_name(name);
    if bytes.is_empty() {
        return Err(codes::EMPTY.diagnostic("the file is empty"));
    }
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") {
        return Ok(Format::Docx);
    }
    match named {
        Some(Format::Pdf) => {
            return Err(codes::PDF_BROKEN.diagnostic("the file has no PDF header"));
        }
        Some(Format::Docx) => {
            return Err(codes::ARCHIVE_BROKEN.diagnostic("the file is no ZIP archive"));
        }
        _ => {}
    }
    if let Some((_, what)) = BINARY.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(codes::BINARY.diagnostic(format!("the file is {what}")));
    }
    if let Some(damage) = binary_share(bytes) {
        return Err(codes::BINARY.diagnostic(damage));
    }
    Ok(match named {
        Some(format @ (Format::Html | Format::Jsonl | Format::Markdown)) => format,
        _ if looks_like_html(head) => Format::Html,
        Some(format) => format,
        None => Format::Plain,
    })
}

/// Why the bytes are no text: more than one in a hundred is a control character.
fn binary_share(bytes: &[u8]) -> Option<String> {
    let marked = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let utf16 = marked || crate::decode::wide(bytes).is_some();
    if utf16 {
        return None;
    }
    let control = bytes
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
        .count();
    (control * 100 > bytes.len())
        .then(|| format!("{control} of {} bytes are control characters", bytes.len()))
}

fn looks_like_html(head: &[u8]) -> bool {
    // Zero bytes go, so that UTF-16 is seen through.
    let text: String = head
        .iter()
        .filter(|b| **b != 0)
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect();
    let text = text.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace());
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|start| text.starts_with(start))
        || ((text.starts_with("<?xml") || text.starts_with("<!--")) && text.contains("<html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_by_bytes_before_names() {
        assert_eq!(detect("a.txt", b"%PDF-1.4").unwrap(), Format::Pdf);
        assert_eq!(
            detect("a.txt", b" <!DOCTYPE HTML><p>").unwrap(),
            Format::Html
        );
        assert_eq!(detect("a.md", b"# Title").unwrap(), Format::Markdown);
        assert_eq!(detect("a", b"Seoul").unwrap(), Format::Plain);
        assert_eq!(detect("x.png", b"\x89PNG\r\n").unwrap_err().code, "T002");
        assert_eq!(detect("x.txt", &[0, 1, 2, 3, 4]).unwrap_err().code, "T002");
    }

    #[test]
    fn walks_past_what_is_no_document() {
        assert!(is_readable_name("2015/a.HTML") && is_readable_name("./a.txt"));
        for name in [
            ".git/a.txt",
            "a.meta.toml",
            "a",
            ".txt",
            "a.png",
            "dir.txt/a",
        ] {
            assert!(!is_readable_name(name), "{name}");
        }
    }
}
