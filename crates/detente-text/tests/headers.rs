//! Short pages of many forms: what stands above and below the text, in `headers.toml`.

use detente_text::{Document, DropReason, ReadOptions, read};
use serde::Deserialize;

/// What is put in place of `BODY`.
const BODY: &str = "The envoys of both countries went back to their posts on Sunday, officials said. \
    Talks on visas will go on in the autumn.\n\nNeither side said when the talks on trade would be \
    taken up again after the long pause.";

#[derive(Deserialize)]
struct Pages {
    page: Vec<Page>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    /// What the page shows.
    form: String,
    /// Extension of its file.
    #[serde(default = "plain")]
    file: String,
    text: String,
    title: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    outlet: Option<String>,
    place: Option<String>,
    date: Option<String>,
    /// The first words that are coded.
    #[serde(default = "body_starts")]
    first: String,
    /// Parts that are dropped, and why.
    #[serde(default)]
    dropped: Vec<(String, DropReason)>,
    /// Parts that are coded.
    #[serde(default)]
    kept: Vec<String>,
}

fn plain() -> String {
    "txt".to_owned()
}

fn body_starts() -> String {
    "The envoys of both".to_owned()
}

fn differences(page: &Page, d: &Document) -> Vec<String> {
    let mut out = Vec::new();
    let mut differ = |what: &str, found: String, wanted: String| {
        if found != wanted {
            out.push(format!("{}: {what} is {found}, not {wanted}", page.form));
        }
    };
    let value = |v: &Option<detente_text::Located<String>>| v.as_ref().map(|l| l.value.clone());
    let meta = &d.metadata;
    let show = |v: &Option<String>| format!("{v:?}");
    differ("title", show(&value(&meta.title)), show(&page.title));
    let authors: Vec<&str> = meta.authors.iter().map(|a| a.value.as_str()).collect();
    differ(
        "authors",
        format!("{authors:?}"),
        format!("{:?}", page.authors),
    );
    differ("outlet", show(&value(&meta.outlet)), show(&page.outlet));
    differ("place", show(&value(&meta.place)), show(&page.place));
    let date = meta.date.as_ref().map(|date| date.edtf.to_string());
    differ("date", show(&date), show(&page.date));
    let content: String = d.content().iter().map(|s| s.of(&d.text)).collect();
    let start: String = content
        .trim_start()
        .chars()
        .take(page.first.chars().count())
        .collect();
    differ("first", start, page.first.clone());
    for (part, reason) in &page.dropped {
        let at = d.text.find(part.as_str()).expect(part) as u32;
        let why = d
            .dropped
            .iter()
            .find(|x| x.span.start <= at && at < x.span.end);
        differ(
            part,
            format!("{:?}", why.map(|x| x.reason)),
            format!("{:?}", Some(reason)),
        );
    }
    for part in &page.kept {
        differ(
            part,
            content.contains(part.as_str()).to_string(),
            "true".to_owned(),
        );
    }
    // A located value is what stands at its place, but for white space.
    for found in meta
        .title
        .iter()
        .chain(&meta.authors)
        .chain(&meta.outlet)
        .chain(&meta.place)
    {
        if let Some(span) = found.span {
            let words: Vec<&str> = span.of(&d.text).split_whitespace().collect();
            differ("place of a value", words.join(" "), found.value.clone());
        }
    }
    out
}

#[test]
fn pages_of_many_forms_are_told_apart() {
    let pages: Pages =
        toml::from_str(include_str!("headers.toml")).expect("headers.toml is well formed");
    assert!(pages.page.len() >= 50);
    let mut wrong = Vec::new();
    for page in &pages.page {
        let text = page.text.replace("BODY", BODY);
        let reading = read(
            &format!("page.{}", page.file),
            text.as_bytes(),
            &ReadOptions::default(),
        );
        match reading.documents.first() {
            Some(document) => wrong.extend(differences(page, document)),
            None => wrong.push(format!("{}: refused", page.form)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
