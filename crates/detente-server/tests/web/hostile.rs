//! Five hundred documents that wish us ill.

use crate::shop::{Shop, get, pages};

/// What is put into every field.
const MALICE: [&str; 20] = [
    "<script>window.pwned=1</script>",
    "\"><img src=x onerror=window.pwned=1>",
    "'><svg onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "</title><script>window.pwned=1</script>",
    "</textarea><script>window.pwned=1</script>",
    "{{ 7*7 }}{% raw %}${window.pwned=1}",
    "\u{202e}gnp.exe\u{202c} \u{2066}x\u{2069}",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32",
    "%2e%2e%2fetc%2fpasswd%00",
    "'; DROP TABLE fact; --",
    "<iframe src=javascript:window.pwned=1></iframe>",
    "<style>*{background:url(//evil.example)}</style>",
    "<a href=\"javascript:window.pwned=1\">x</a>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "<math><mtext></p><style><img src=x onerror=window.pwned=1>",
    "\u{0}\u{1}\u{8}\u{7f} control <b>",
    "𐀀😀é\u{301}\u{301}\u{301}\u{301}\u{301}",
    "<!--<script>-->window.pwned=1",
];

/// Plain texts, HTML deep and broken, SVG, bytes that are no text.
pub(crate) fn documents() -> Vec<(String, Vec<u8>)> {
    let mut documents = Vec::new();
    for i in 0..500 {
        let evil = MALICE[i % MALICE.len()];
        let other = MALICE[(i * 7 + 3) % MALICE.len()];
        let (end, bytes) = match i % 5 {
            0 | 1 => {
                let text = format!("{evil}\n{other}\n\n{evil} {i}\nplain {other}\n");
                ("txt", text.into_bytes())
            }
            2 => {
                let deep = "<div>".repeat(2000);
                let html = format!(
                    "<html><title>{evil}</title><body>{deep}<p>{other}</p><p>Words {i} {evil}</p>\
                     <svg><script>window.pwned=1</script></svg></body>"
                );
                ("html", html.into_bytes())
            }
            3 => {
                let mut bytes = format!("Title {i}\nPaper\n\n").into_bytes();
                bytes.extend([0xff, 0xfe, 0xc3, 0x28, b'\n', 0xed, 0xa0, 0x80]);
                bytes.extend(evil.bytes());
                ("txt", bytes)
            }
            _ => (
                "md",
                format!("# {evil}\n\n{other}\n\n[x](javascript:window.pwned=1) {evil}\n")
                    .into_bytes(),
            ),
        };
        documents.push((format!("evil <b>{i}\"'&.{end}"), bytes));
    }
    documents
}

/// Scripts, handlers and addresses that would run something, outside of text.
fn dangers(html: &str) -> Vec<String> {
    let mut dangers = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        let name: String = tag
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect();
        let own = name != "script" || tag.starts_with("script src=\"/static/script.js");
        if !own || ["iframe", "img", "object", "embed", "style", "math"].contains(&name.as_str()) {
            dangers.push(tag.to_owned());
        }
        // Within quotation marks anything may stand; what is left are names of attributes.
        let bare: String = tag.split('"').step_by(2).collect();
        let runs = ["href", "src", "action"].map(|name| format!("{name}=\"javascript:"));
        if bare.contains(" on") || runs.iter().any(|runs| tag.to_lowercase().contains(runs)) {
            dangers.push(tag.to_owned());
        }
    }
    dangers
}

#[tokio::test]
async fn nothing_in_a_document_becomes_markup() {
    let shop = Shop::new(&documents(), true);
    let router = shop.router(|settings| settings.rate.burst = 1e9);
    let mut looked_at = pages(&router).await;
    let mut cursor = String::new();
    loop {
        let page = get(&router, &format!("/api/v1/documents?limit=100{cursor}"))
            .await
            .json();
        for document in page["documents"].as_array().unwrap() {
            let name: String = document["name"]
                .as_str()
                .unwrap()
                .bytes()
                .map(|b| format!("%{b:02X}"))
                .collect();
            looked_at.push(format!("/document/{name}"));
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    let facts = get(&router, "/api/v1/facts?limit=1000").await.json();
    for fact in facts["facts"].as_array().unwrap() {
        looked_at.push(format!("/fact/{}", fact["id"].as_str().unwrap()));
    }
    assert!(looked_at.len() > 900, "{}", looked_at.len());
    for evil in MALICE {
        let q: String = evil.bytes().map(|b| format!("%{b:02X}")).collect();
        looked_at.push(format!("/search?q=x{q}"));
        looked_at.push(format!("/search?actor={q}"));
    }
    for page in looked_at {
        let answer = get(&router, &page).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.text());
        let found = dangers(&answer.text());
        assert!(found.is_empty(), "{page}: {found:?}");
    }
}
