//! A brief as a DOCX file, with footnotes that a word processor numbers and moves as its own.

use std::io::{Cursor, Write};

use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{Block, Brief, Check, Run, Sentence, check::even, markdown::unseen};

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml\"/><Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/></Types>";
const RELS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
const WORD_RELS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes\" Target=\"footnotes.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/></Relationships>";
const STYLES: &str = include_str!("docx_styles.xml");
const NUMBERING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:pPr><w:ind w:left=\"360\" w:hanging=\"240\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if unseen(c) => {}
            c => out.push(c),
        }
    }
    out
}

fn run(text: &str, language: Option<&str>) -> String {
    let language = match language {
        Some("ja") => "<w:rPr><w:lang w:eastAsia=\"ja-JP\"/></w:rPr>",
        Some("ko") => "<w:rPr><w:lang w:eastAsia=\"ko-KR\"/></w:rPr>",
        _ => "",
    };
    format!(
        "<w:r>{language}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(text)
    )
}

fn sentence(sentence: &Sentence, brief: &Brief, notes: &mut Notes) -> String {
    let mut out = String::new();
    for one in &sentence.runs {
        match one {
            Run::Text(text) => out.push_str(&run(text, None)),
            Run::Quote { text, language } => {
                out.push_str(&run(&format!("“{text}”"), Some(language)))
            }
        }
    }
    for number in &sentence.notes {
        out.push_str(&notes.reference(*number, brief));
    }
    out
}

/// Footnotes as they come; one that is cited again refers back to its number.
#[derive(Default)]
struct Notes {
    written: Vec<usize>,
    xml: String,
}

impl Notes {
    fn reference(&mut self, number: usize, brief: &Brief) -> String {
        if let Some(at) = self.written.iter().position(|w| *w == number) {
            return format!(
                "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{}</w:t></w:r>",
                at + 1
            );
        }
        self.written.push(number);
        let id = self.written.len();
        let cites = brief.notes.get(number - 1).map_or(&[][..], |n| &n.cites);
        let text: String = cites
            .iter()
            .map(|c| {
                run(
                    &format!(" “{}” {}. ", even(&c.quote), c.place()),
                    Some(c.language),
                )
            })
            .collect();
        self.xml.push_str(&format!(
            "<w:footnote w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr><w:rStyle \
             w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>{text}</w:p></w:footnote>"
        ));
        format!(
            "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{id}\"/></w:r>"
        )
    }
}

fn paragraph(style: &str, content: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{content}</w:p>")
}

/// The brief as a DOCX file; the chart is a table of months. The same brief gives the same bytes.
///
/// # Errors
/// If the archive cannot be written, which memory does not refuse.
pub fn docx(brief: &Brief, check: &Check) -> Result<Vec<u8>, ZipError> {
    let mut notes = Notes::default();
    let mut body = paragraph("Title", &run(&brief.title, None));
    body.push_str(&paragraph("Subtitle", &run(&brief.period, None)));
    for section in &brief.sections {
        let style = if section.level == 2 {
            "Heading1"
        } else {
            "Heading2"
        };
        body.push_str(&paragraph(style, &run(&section.heading, None)));
        for block in &section.blocks {
            match block {
                Block::Paragraph(sentences) => {
                    let text: String = sentences
                        .iter()
                        .map(|s| sentence(s, brief, &mut notes))
                        .collect();
                    body.push_str(&paragraph("Normal", &text));
                }
                Block::Items(sentences) => {
                    for one in sentences {
                        body.push_str(&paragraph("ListBullet", &sentence(one, brief, &mut notes)));
                    }
                }
                Block::Chart { rows, .. } => body.push_str(&table(rows)),
                Block::Frame(frame) => body.push_str(&paragraph("Frame", &run(frame.text(), None))),
            }
        }
    }
    body.push_str(&paragraph("Heading1", &run("Method and coverage", None)));
    for line in &brief.method {
        body.push_str(&paragraph("Method", &run(line, None)));
    }
    body.push_str(&paragraph("Method", &run(&check.line(), None)));
    let page = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1300\" w:right=\"1300\" w:bottom=\"1300\" w:left=\"1300\" w:header=\"700\" w:footer=\"700\" w:gutter=\"0\"/></w:sectPr>";
    let separators = "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No time of writing: the same brief gives the same bytes.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, text) in [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELS.to_owned()),
        ("word/_rels/document.xml.rels", WORD_RELS.to_owned()),
        ("word/styles.xml", STYLES.to_owned()),
        ("word/numbering.xml", NUMBERING.to_owned()),
        (
            "word/footnotes.xml",
            format!(
                "{HEAD}<w:footnotes {W}>{separators}{}</w:footnotes>",
                notes.xml
            ),
        ),
        (
            "word/document.xml",
            format!("{HEAD}<w:document {W}><w:body>{body}{page}</w:body></w:document>"),
        ),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn table(rows: &[[String; 4]]) -> String {
    let row = |cells: [&str; 4]| {
        let cells: String = cells
            .iter()
            .map(|cell| {
                format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"2200\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
                    paragraph("Cell", &run(cell, None))
                )
            })
            .collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let mut out = String::from(
        "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"2200\"/><w:gridCol w:w=\"2200\"/><w:gridCol w:w=\"2200\"/><w:gridCol w:w=\"2200\"/></w:tblGrid>",
    );
    out.push_str(&row(["month", "events", "mean", "90 % band"]));
    for cells in rows {
        out.push_str(&row(cells.each_ref().map(String::as_str)));
    }
    out.push_str("</w:tbl>");
    out.push_str(&paragraph("Normal", ""));
    out
}
