//! What a page says about itself: meta tags, JSON-LD, `time` elements.

use serde_json::Value;

use super::tree::{NodeId, Tree};
use crate::{Basis, DocumentDate, Language, Located, Metadata, jsonl::stated_date, language};

/// Metadata and language that the page states.
#[derive(Default)]
pub(super) struct Head {
    pub(super) metadata: Metadata,
    pub(super) language: Option<Language>,
}

/// Names of meta tags for the date of publication, the best first.
const DATE_TAGS: [&str; 22] = [
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "article:published",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "originalpublicationdate",
    "displaydate",
    "date",
];
const TITLE_TAGS: [&str; 5] = [
    "og:title",
    "citation_title",
    "dc.title",
    "twitter:title",
    "headline",
];
const AUTHOR_TAGS: [&str; 7] = [
    "author",
    "article:author",
    "citation_author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
];
const OUTLET_TAGS: [&str; 6] = [
    "og:site_name",
    "citation_journal_title",
    "dc.publisher",
    "publisher",
    "application-name",
    "dable:site_name",
];
const LANGUAGE_TAGS: [&str; 3] = ["og:locale", "content-language", "dc.language"];

/// What JSON-LD says about the article.
#[derive(Default)]
struct Linked {
    title: Option<String>,
    date: Option<String>,
    authors: Vec<String>,
    outlet: Option<String>,
}

/// Reads the page's statements about itself.
pub(super) fn read(tree: &Tree) -> Head {
    let mut tags: Vec<(String, String)> = Vec::new();
    let mut linked = Linked::default();
    let mut head = Head::default();
    let (mut title, mut canonical, mut times) = (None, None, Vec::new());
    for id in 1..tree.nodes.len() {
        match tree.name(id) {
            "meta" => {
                let key = ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .find_map(|key| tree.attribute(id, key));
                if let (Some(key), Some(value)) = (key, tree.attribute(id, "content"))
                    && !value.trim().is_empty()
                    && tags.len() < 400
                {
                    tags.push((key.trim().to_ascii_lowercase(), one_line(value, 1000)));
                }
            }
            "html" => head.language = tree.attribute(id, "lang").map(language::from_tag),
            "title" if title.is_none() => title = Some(one_line(&tree.source_text(id, 2000), 1000)),
            "link" if tree.attribute(id, "rel") == Some("canonical") => {
                canonical = tree.attribute(id, "href").map(|u| one_line(u, 2000));
            }
            "script"
                if tree
                    .attribute(id, "type")
                    .is_some_and(|t| t.contains("ld+json")) =>
            {
                read_linked(&tree.source_text(id, 1 << 20), &mut linked);
            }
            "time" => times.push(id),
            _ => {}
        }
    }
    let tag = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| tags.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone()))
    };
    let located = |value: String| Located { value, span: None };
    let meta = &mut head.metadata;
    meta.title = tag(&TITLE_TAGS)
        .or(linked.title)
        .or(title)
        .filter(|t| !t.is_empty())
        .map(located);
    meta.outlet = tag(&OUTLET_TAGS).or(linked.outlet).map(located);
    meta.url = canonical
        .or_else(|| tag(&["og:url"]))
        .filter(|u| u.starts_with("http"));
    let authors = if linked.authors.is_empty() {
        tag(&AUTHOR_TAGS).into_iter().collect()
    } else {
        linked.authors
    };
    let outlet = meta.outlet.as_ref().map(|o| o.value.to_lowercase());
    meta.authors = authors
        .into_iter()
        .map(|name| name.trim_start_matches("By ").trim().to_owned())
        .filter(|name| !name.is_empty() && !name.starts_with("http") && !name.contains('@'))
        .filter(|name| Some(name.to_lowercase()) != outlet)
        .map(located)
        .collect();
    let stated = tag(&DATE_TAGS[..2])
        .or(linked.date)
        .or_else(|| tag(&DATE_TAGS[2..]))
        .and_then(|value| dated(&value));
    meta.date = stated.or_else(|| times.into_iter().find_map(|id| time(tree, id)));
    head.language = head
        .language
        .or_else(|| tag(&LANGUAGE_TAGS).map(|t| language::from_tag(&t)));
    head
}

fn dated(value: &str) -> Option<DocumentDate> {
    Some(DocumentDate {
        edtf: stated_date(value)?,
        text: value.trim().to_owned(),
        span: None,
        basis: Basis::Explicit,
    })
}

/// The date of a `time` element that is marked as the date of publication.
fn time(tree: &Tree, id: NodeId) -> Option<DocumentDate> {
    let marked = tree.attribute(id, "pubdate").is_some()
        || tree
            .attribute(id, "itemprop")
            .is_some_and(|p| p.contains("datePublished"))
        || tree.attribute(id, "class").is_some_and(|c| {
            let c = c.to_ascii_lowercase();
            ["publish", "entry-date", "posted", "pub-date", "pubdate"]
                .iter()
                .any(|m| c.contains(m))
        });
    dated(tree.attribute(id, "datetime").filter(|_| marked)?)
}

fn one_line(text: &str, most: usize) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(most).collect()
}

/// Takes title, date, authors and publisher of the first article in a JSON-LD block.
fn read_linked(json: &str, linked: &mut Linked) {
    let Ok(value) = serde_json::from_str::<Value>(json) else {
        return;
    };
    // Objects may stand in lists and in `@graph`.
    let mut queue = vec![&value];
    while let Some(value) = queue.pop() {
        match value {
            Value::Array(items) => queue.extend(items.iter().rev()),
            Value::Object(fields) => {
                if let Some(graph) = fields.get("@graph") {
                    queue.push(graph);
                }
                let kinds: Vec<&str> = match fields.get("@type") {
                    Some(Value::String(kind)) => vec![kind],
                    Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
                    _ => Vec::new(),
                };
                let article = kinds.iter().any(|k| {
                    k.ends_with("Article") || k.ends_with("BlogPosting") || *k == "Report"
                });
                if !article || linked.date.is_some() {
                    continue;
                }
                let string = |key: &str| {
                    fields
                        .get(key)
                        .and_then(Value::as_str)
                        .map(|s| one_line(s, 1000))
                };
                linked.title = linked.title.take().or_else(|| string("headline"));
                linked.date = string("datePublished");
                linked.authors = fields.get("author").map(names).unwrap_or_default();
                linked.outlet = fields
                    .get("publisher")
                    .map(names)
                    .and_then(|n| n.into_iter().next());
            }
            _ => {}
        }
    }
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![one_line(name, 200)],
        Value::Object(fields) => fields
            .get("name")
            .and_then(Value::as_str)
            .map(|n| one_line(n, 200))
            .into_iter()
            .collect(),
        Value::Array(items) => items
            .iter()
            .take(20)
            .filter_map(|item| match item {
                Value::String(name) => Some(one_line(name, 200)),
                Value::Object(fields) => fields
                    .get("name")
                    .and_then(Value::as_str)
                    .map(|n| one_line(n, 200)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
