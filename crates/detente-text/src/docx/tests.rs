//! Office documents made here.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{DropReason, Limits, ReadOptions, read};

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const MAIN: &str = "<?xml version='1.0'?><w:document xmlns:w='w'><w:body>\
    <w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Envoys return</w:t></w:r></w:p>\
    <w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>Visas</w:t></w:r></w:p>\
    <w:p><w:r><w:t xml:space='preserve'>Both sides met on Monday &amp; agreed </w:t></w:r>\
    <w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:r><w:t>to meet again.</w:t></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    </w:body></w:document>";
const CORE: &str = "<cp:coreProperties xmlns:dc='d' xmlns:dcterms='t' xmlns:cp='c'><dc:creator>Anna Weber</dc:creator>\
    <dcterms:created>2019-03-04T10:00:00Z</dcterms:created></cp:coreProperties>";

#[test]
fn reads_paragraphs_tables_and_properties() {
    let bytes = archive(&[("word/document.xml", MAIN), ("docProps/core.xml", CORE)]);
    let d = read("a.docx", &bytes, &ReadOptions::default())
        .documents
        .remove(0);
    assert_eq!(
        d.text,
        "Envoys return\nVisas\nBoth sides met on Monday & agreed to meet again.\na\tb\n"
    );
    assert_eq!(d.metadata.title.as_ref().unwrap().value, "Envoys return");
    assert_eq!(d.metadata.authors[0].value, "Anna Weber");
    assert_eq!(
        d.metadata.date.as_ref().unwrap().edtf.to_string(),
        "2019-03-04"
    );
    assert!(d.diagnostics.iter().any(|x| x.code == "T029"));
    assert_eq!(d.dropped[1].reason, DropReason::Headline);
}

#[test]
fn refuses_what_is_no_document() {
    let code = |bytes: &[u8], limits: Limits| {
        let options = ReadOptions {
            limits,
            ..ReadOptions::default()
        };
        read("a.docx", bytes, &options).diagnostics[0].code.clone()
    };
    let usual = Limits::default;
    assert_eq!(
        code(&archive(&[("xl/workbook.xml", "<x/>")]), usual()),
        "T002"
    );
    assert_eq!(code(b"PK\x03\x04 and no more", usual()), "T009");
    assert_eq!(code(b"no archive at all", usual()), "T009");
    let bomb = format!("<w:document>{}</w:document>", " ".repeat(40 << 20));
    let small = Limits {
        unpacked_bytes: 32 << 20,
        ..usual()
    };
    let bytes = archive(&[("word/document.xml", &bomb)]);
    assert!(bytes.len() < 1 << 20);
    assert_eq!(code(&bytes, small), "T008");
    let deep = "<w:p>".repeat(10_000);
    assert_eq!(
        code(&archive(&[("word/document.xml", &deep)]), usual()),
        "T007"
    );
    let cut = archive(&[("word/document.xml", MAIN)]);
    assert_eq!(code(&cut[..cut.len() / 2], usual()), "T009");
    assert_eq!(
        code(&archive(&[("word/document.xml", "<w:document/>")]), usual()),
        "T001"
    );
}
