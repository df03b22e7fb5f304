//! Bytes of files that cannot be read, made here.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

/// A PDF of one page that shows `line` (or nothing, as a scan does); `trailer` may say that it is
/// locked.
pub(crate) fn pdf(line: &str, trailer: &str) -> Vec<u8> {
    let content = if line.is_empty() {
        String::new()
    } else {
        format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET")
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R \
         /Resources << /Font << /F1 3 0 R >> >> >>"
            .to_owned(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let table = out.len();
    let size = objects.len() + 1;
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let end =
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF");
    out.extend(end.bytes());
    out
}

/// What stands in the trailer of a PDF whose password is not the empty one.
pub(crate) const LOCKED: &str = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 \
    /O (01234567890123456789012345678901) /U (01234567890123456789012345678901) >> /ID [(a) (b)]";

/// An office document whose main part is `start`, then spaces (MiB of them), then `end`.
pub(crate) fn docx(start: &str, spaces: usize, end: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(start.as_bytes()).unwrap();
    let blank = vec![b' '; 1 << 20];
    for _ in 0..spaces {
        zip.write_all(&blank).unwrap();
    }
    zip.write_all(end.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}
