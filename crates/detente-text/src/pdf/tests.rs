//! PDFs made here, object by object.

use crate::{DropReason, Limits, ReadOptions, read};

/// A PDF of the given objects (number 1 is the catalogue), with its table of places.
fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

fn stream(dictionary: &str, content: &str) -> String {
    format!(
        "<< {dictionary} /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

/// Objects of a document with these pages, each a list of lines.
fn pages(pages: &[&[&str]]) -> Vec<String> {
    let kids: Vec<String> = (0..pages.len())
        .map(|i| format!("{} 0 R", 4 + 2 * i))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            kids.join(" "),
            pages.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for (i, lines) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * i
        ));
        let mut content = "BT /F1 12 Tf 72 720 Td 20 TL".to_owned();
        for line in *lines {
            content += &format!(" ({line}) Tj T*");
        }
        objects.push(stream("", &(content + " ET")));
    }
    objects
}

fn code(bytes: &[u8], limits: Limits) -> String {
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let reading = read("a.pdf", bytes, &options);
    assert!(reading.documents.is_empty());
    reading.diagnostics[0].code.clone()
}

#[test]
fn reads_pages_and_marks_running_heads() {
    let mut objects = pages(&[
        &[
            "Harbor Papers 1",
            "Both sides met on Monday and agreed to meet again.",
        ],
        &[
            "Harbor Papers 2",
            "The next round of talks on visas will be held in May.",
        ],
    ]);
    objects.push(
        "<< /Title (Envoys return) /Author (Anna Weber) /CreationDate (D:20190304100000Z) >>"
            .to_owned(),
    );
    let info = format!("/Info {} 0 R", objects.len());
    let d = read("a.pdf", &pdf(&objects, &info), &ReadOptions::default())
        .documents
        .remove(0);
    assert!(d.text.contains("again.\u{0C}"), "{:?}", d.text);
    let heads: Vec<_> = d
        .dropped
        .iter()
        .filter(|x| x.reason == DropReason::Label)
        .map(|x| x.span.of(&d.text))
        .collect();
    assert_eq!(heads, ["Harbor Papers 1", "Harbor Papers 2"]);
    assert_eq!(d.metadata.title.unwrap().value, "Envoys return");
    assert_eq!(d.metadata.date.unwrap().edtf.to_string(), "2019-03-04");
}

#[test]
fn refuses_what_it_cannot_read() {
    let usual = Limits::default;
    assert_eq!(code(&pdf(&pages(&[&[]]), ""), usual()), "T011");
    assert_eq!(code(b"%PDF-1.4 and nothing else", usual()), "T012");
    assert_eq!(code(b"no such header", usual()), "T012");
    let two = pdf(&pages(&[&["One page."], &["Another page."]]), "");
    assert_eq!(
        code(
            &two,
            Limits {
                pages: 1,
                ..usual()
            }
        ),
        "T013"
    );
    let locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (01234567890123456789012345678901) \
        /U (01234567890123456789012345678901) >> /ID [(a) (b)]";
    assert_eq!(
        code(&pdf(&pages(&[&["One page."]]), locked), usual()),
        "T010"
    );
}

#[test]
fn circles_do_not_recurse() {
    let mut objects = pages(&[&["Both sides met on Monday."]]);
    objects[1] = "<< /Type /Pages /Kids [4 0 R] /Count 1 /Parent 2 0 R >>".to_owned();
    assert_eq!(code(&pdf(&objects, ""), Limits::default()), "T012");
    let mut objects = pages(&[&["Both sides met on Monday."]]);
    objects[3] = objects[3].replace("/Font <<", "/XObject << /X 6 0 R >> /Font <<");
    objects[4] = stream("", "/X Do");
    objects.push(stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
        "/X Do",
    ));
    assert_eq!(code(&pdf(&objects, ""), Limits::default()), "T012");
}

#[test]
fn a_stream_that_unpacks_to_too_much_is_refused() {
    use std::io::Write;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![b' '; 8 << 20]).unwrap();
    let packed = packer.finish().unwrap();
    let mut bytes = b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n".to_vec();
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\n");
    assert_eq!(
        code(
            &bytes,
            Limits {
                unpacked_bytes: 1 << 20,
                ..Limits::default()
            }
        ),
        "T008"
    );
}
