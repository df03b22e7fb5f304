//! Markdown: the source is the document's text, and its markup is marked in it.

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use crate::{
    Basis, DocumentDate, DropReason, Dropped, Format, Located, Span, codes, decode,
    jsonl::stated_date, language, reader::Draft,
};

/// Reads a Markdown file.
pub(crate) fn read(bytes: &[u8]) -> Draft {
    let decoded = decode::decode(bytes, None);
    let mut draft = Draft::new(Format::Markdown, decoded.charset, decoded.text);
    draft.diagnostics = decoded.diagnostics;
    let source = draft.text.clone();
    // The parser wants the front matter on the first line.
    let mark = source.len() - source.trim_start_matches('\u{FEFF}').len();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut front: Option<(MetadataBlockKind, String)> = None;
    let mut in_front = false;
    // The end of the last text inside each open link: what follows is its target.
    let mut links: Vec<(usize, usize)> = Vec::new();
    let mut first_heading: Option<String> = None;
    let mut in_first = false;
    for (event, range) in Parser::new_ext(&source[mark..], options).into_offset_iter() {
        let (start, end) = (range.start + mark, range.end + mark);
        let mut drop = |from: usize, to: usize, reason| {
            draft.dropped.push(Dropped {
                span: Span::from(from..to).trimmed(&source),
                reason,
            });
        };
        if let Some(link) = links.last_mut()
            && !matches!(event, Event::End(TagEnd::Link))
        {
            link.1 = end;
        }
        match event {
            Event::Start(Tag::MetadataBlock(kind)) => {
                in_front = true;
                front = Some((kind, String::new()));
                drop(start, end, DropReason::Label);
            }
            Event::End(TagEnd::MetadataBlock(_)) => in_front = false,
            Event::Text(text) if in_front => {
                if let Some((_, body)) = &mut front {
                    body.push_str(&text);
                }
            }
            Event::Start(Tag::Heading { level, .. }) => {
                if level == HeadingLevel::H1 && first_heading.is_none() {
                    first_heading = Some(String::new());
                    in_first = true;
                    // The line below the title of a setext heading.
                    if let Some(rule) = source[start..end].trim_end().rfind('\n') {
                        drop(start + rule, end, DropReason::Label);
                    }
                } else {
                    drop(start, end, DropReason::Headline);
                }
            }
            Event::End(TagEnd::Heading(_)) => in_first = false,
            Event::Start(Tag::Image { .. }) => drop(start, end, DropReason::Caption),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Html(_) => {
                drop(start, end, DropReason::Boilerplate);
            }
            Event::InlineHtml(_) => drop(start, end, DropReason::Boilerplate),
            Event::Rule => drop(start, end, DropReason::Label),
            Event::Start(Tag::Link { .. }) => links.push((end, start)),
            Event::End(TagEnd::Link) => {
                if let Some((end, inner)) = links.pop()
                    && source[inner..end].starts_with(']')
                {
                    // `](target)` takes part in nothing; the words of the link do.
                    drop(inner, end, DropReason::Boilerplate);
                }
            }
            Event::Text(text) | Event::Code(text) if in_first => {
                if let Some(title) = &mut first_heading {
                    title.push_str(&text);
                }
            }
            _ => {}
        }
    }
    if let Some((kind, body)) = front {
        read_front_matter(kind, &body, &mut draft);
    }
    if draft.metadata.title.is_none() {
        draft.metadata.title = first_heading
            .map(|t| t.trim().to_owned())
            .filter(|t| !t.is_empty())
            .map(|value| Located { value, span: None });
    }
    draft
}

fn read_front_matter(kind: MetadataBlockKind, body: &str, draft: &mut Draft) {
    let pairs = match kind {
        MetadataBlockKind::YamlStyle => yaml_pairs(body),
        MetadataBlockKind::PlusesStyle => match body.parse::<toml::Table>() {
            Ok(table) => table
                .into_iter()
                .map(|(key, value)| {
                    let values = match value {
                        toml::Value::Array(items) => items.iter().map(plain).collect(),
                        value => vec![plain(&value)],
                    };
                    (key, values)
                })
                .collect(),
            Err(error) => {
                draft.diagnostics.push(
                    codes::FRONT_MATTER_BROKEN
                        .diagnostic(format!("the front matter is no TOML: {}", error.message())),
                );
                return;
            }
        },
    };
    let located = |value: &String| Located {
        value: value.clone(),
        span: None,
    };
    for (key, values) in pairs {
        let Some(first) = values.first().filter(|v| !v.is_empty()) else {
            continue;
        };
        match key.to_ascii_lowercase().as_str() {
            "title" => draft.metadata.title = Some(located(first)),
            "author" | "authors" | "by" => {
                draft.metadata.authors = values.iter().map(located).collect();
            }
            "outlet" | "publisher" | "publication" | "site" | "source" => {
                draft.metadata.outlet = Some(located(first));
            }
            "place" | "location" => draft.metadata.place = Some(located(first)),
            "url" | "link" | "permalink" | "canonical" => {
                draft.metadata.url = Some(first.clone()).filter(|u| u.contains("://"));
            }
            "lang" | "language" => draft.language = Some(language::from_tag(first)),
            "date" | "published" | "pubdate" => match stated_date(first) {
                Some(edtf) => {
                    draft.metadata.date = Some(DocumentDate {
                        edtf,
                        text: first.clone(),
                        span: None,
                        basis: Basis::Explicit,
                    });
                }
                None => draft
                    .diagnostics
                    .push(codes::FIELD_UNUSABLE.diagnostic(format!(
                        "the date `{}` of the front matter cannot be used",
                        first.chars().take(60).collect::<String>()
                    ))),
            },
            _ => {}
        }
    }
}

fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// `key: value`, `key: [a, b]` and `key:` with `- a` below: as much YAML as front matter needs.
fn yaml_pairs(body: &str) -> Vec<(String, Vec<String>)> {
    let bare = |text: &str| text.trim().trim_matches(['"', '\'']).trim().to_owned();
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    for line in body.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let Some((_, values)) = out.last_mut() {
                values.push(bare(item));
            }
            continue;
        }
        if line.starts_with([' ', '\t', '#']) {
            continue;
        }
        if let Some((key, value)) = line.split_once(':') {
            let value = value.trim();
            let values = match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
                Some(list) => list.split(',').map(bare).collect(),
                None if value.is_empty() => Vec::new(),
                None => vec![bare(value)],
            };
            out.push((key.trim().to_owned(), values));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_markup_and_keeps_the_source() {
        let source = "---\ntitle: Talks resume\ndate: 2019-03-04\nauthors:\n  - Anna Weber\n---\n\n\
            # Talks resume\n\nBoth sides met [in the capital](https://example.org/a) on Monday.\n\n\
            ![A photograph of a table](a.png)\n\n## Next\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let draft = read(source.as_bytes());
        assert_eq!(draft.text, source);
        assert_eq!(draft.metadata.title.unwrap().value, "Talks resume");
        assert_eq!(draft.metadata.date.unwrap().edtf.to_string(), "2019-03-04");
        assert_eq!(draft.metadata.authors[0].value, "Anna Weber");
        let dropped: Vec<&str> = draft.dropped.iter().map(|d| d.span.of(source)).collect();
        assert!(dropped.contains(&"](https://example.org/a)"), "{dropped:?}");
        assert!(dropped.contains(&"![A photograph of a table](a.png)"));
        assert!(dropped.contains(&"## Next"));
    }

    #[test]
    fn says_so_if_the_front_matter_is_broken() {
        let draft = read(b"+++\ntitle = \n+++\n\nText.");
        assert_eq!(draft.diagnostics[0].code, "T028");
        let draft = read(b"---\ndate: soon\n---\n\nText.");
        assert_eq!(draft.diagnostics[0].code, "T017");
    }
}
