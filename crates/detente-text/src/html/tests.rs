//! Pages of our own writing.

use crate::{Document, DropReason, ReadOptions, Reading, read};

fn reading(page: &str) -> Reading {
    read("page.html", page.as_bytes(), &ReadOptions::default())
}

fn document(page: &str) -> Document {
    reading(page).documents.remove(0)
}

fn content(d: &Document) -> String {
    d.content()
        .iter()
        .map(|s| s.of(&d.text))
        .collect::<String>()
        .trim()
        .to_owned()
}

const ONE: &str = "The envoys of both countries went back to their posts on Sunday, a year after they had been called home.";
const TWO: &str =
    "A spokesman said that the talks on visas would go on in May, and that nobody was in a hurry.";

#[test]
fn the_article_is_found_among_menus_and_teasers() {
    let d = document(&format!(
        "<!DOCTYPE html><html lang=en-GB><head><title>Envoys return | The Harbor Times</title>\
         <meta property='article:published_time' content='2019-03-04T10:00:00+09:00'>\
         <link rel=canonical href='https://example.org/a'></head><body class='page has-sidebar'>\
         <nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>\
         <div class=breadcrumb><a href=/>Home</a> &gt; <a href=/p>Politics</a></div>\
         <div id=content><h1>Envoys return</h1><p class=byline>By Anna Weber</p>\
         <div class='share-buttons'><a>Facebook</a> <a>Print</a></div>\
         <figure><img src=a.jpg alt='A flag over the embassy'><figcaption>A flag over the embassy.</figcaption></figure>\
         <p>{ONE}<p>{TWO}<h2>No word on trade</h2><p>Neither side said when the talks on trade would be taken up again.\
         <table><tr><td>visas<td>12</table></div>\
         <aside><h3>Most read</h3><a href=/x>Ferries run again, and the islands are glad of it</a></aside>\
         <div class=comments><p>I have been saying this for years and years, and nobody ever listened to me.</div>\
         <footer>© The Harbor Times</footer></body></html>"
    ));
    assert_eq!(
        content(&d),
        format!(
            "{ONE}\n{TWO}\n\nNeither side said when the talks on trade would be taken up again.\nvisas\t12"
        )
    );
    let meta = &d.metadata;
    assert_eq!(meta.title.as_ref().unwrap().value, "Envoys return");
    assert_eq!(meta.authors[0].value, "Anna Weber");
    assert_eq!(meta.outlet.as_ref().unwrap().value, "The Harbor Times");
    assert_eq!(meta.date.as_ref().unwrap().edtf.to_string(), "2019-03-04");
    assert_eq!(meta.url.as_deref(), Some("https://example.org/a"));
    assert!(
        d.dropped
            .iter()
            .any(|x| x.reason == DropReason::Related && x.span.of(&d.text).starts_with("Ferries"))
    );
}

#[test]
fn json_ld_gives_what_meta_tags_do_not() {
    let d = document(&format!(
        "<html><head><script type='application/ld+json'>{{\"@graph\":[{{\"@type\":\"WebSite\"}},\
         {{\"@type\":[\"NewsArticle\"],\"headline\":\"Envoys return\",\"datePublished\":\"2019-03-04\",\
         \"author\":[{{\"name\":\"Anna Weber\"}}],\"publisher\":{{\"name\":\"The Harbor Times\"}}}}]}}</script></head>\
         <body><p>{ONE}</p><p>{TWO}</p></body></html>"
    ));
    assert_eq!(d.metadata.title.unwrap().value, "Envoys return");
    assert_eq!(d.metadata.authors[0].value, "Anna Weber");
    assert_eq!(d.metadata.outlet.unwrap().value, "The Harbor Times");
    assert_eq!(d.metadata.date.unwrap().edtf.to_string(), "2019-03-04");
}

#[test]
fn white_space_and_entities_are_shown_as_in_a_browser() {
    let d = document(
        "<p>Fish &amp; ships&nbsp;in\n   <b>the</b>\tharbor,<br>they <i>s</i>aid.<ul><li><p>one</p><li>two</ul><ol><li>x</ol>",
    );
    assert_eq!(
        d.text,
        "Fish & ships\u{A0}in the harbor,\nthey said.\n• one\n• two\n1. x\n"
    );
}

#[test]
fn broken_markup_is_read() {
    let reading = reading(&format!(
        "<html><body><div><b><i>Envoys return</b></i></div></div></span><td><p>{ONE}<div><p>{TWO}</section>"
    ));
    let d = &reading.documents[0];
    assert!(d.text.contains(ONE) && d.text.contains(TWO));
    assert!(d.diagnostics.iter().any(|x| x.code == "T030"));
}

#[test]
fn a_deep_page_is_refused_and_an_unclosed_one_is_not() {
    let deep = format!(
        "<html>{}x{}",
        "<div>".repeat(10_000),
        "</div>".repeat(10_000)
    );
    assert_eq!(reading(&deep).diagnostics[0].code, "T007");
    let open = format!("<html><body>{}", format!("<p><b>{ONE}").repeat(2_000));
    assert_eq!(reading(&open).documents.len(), 1);
    let stray = format!("<html><body>{}<p>{ONE}", "</div></b></x>".repeat(100_000));
    assert_eq!(reading(&stray).documents.len(), 1);
}

#[test]
fn the_stated_encoding_is_followed() {
    let page = "<html><head><meta charset=euc-kr></head><body><p>양국 외교장관은 서울에서 회담을 열고 대화를 이어가기로 했다.</p></body></html>";
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(page);
    let d = read("a.html", &bytes, &ReadOptions::default())
        .documents
        .remove(0);
    assert_eq!(d.charset, "EUC-KR");
    assert!(d.text.starts_with("양국 외교장관은"));
}
