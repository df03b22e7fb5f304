//! A page as a flat tree.

use std::cell::RefCell;

use html5ever::{
    LocalName,
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};

use crate::{Diagnostic, Limits, codes};

/// Index of a node; parents come before their children.
pub(super) type NodeId = usize;

/// What a node is.
pub(super) enum Content {
    Element {
        name: LocalName,
        /// Attributes in lower case, as given.
        attributes: Vec<(LocalName, String)>,
    },
    Text(String),
}

pub(super) struct Node {
    pub(super) parent: NodeId,
    pub(super) content: Content,
    pub(super) children: Vec<NodeId>,
}

/// The page; node 0 stands above all others.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Tags left open or closed without being open.
    pub(super) repairs: usize,
}

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that end an open paragraph.
const BLOCK: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
    "search",
];

/// Elements whose end tag may be left out.
const OPTIONAL: [&str; 18] = [
    "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot",
    "option", "optgroup", "colgroup", "rt", "rp",
];

pub(super) fn is_block(name: &str) -> bool {
    BLOCK.contains(&name) || matches!(name, "tr" | "caption" | "body" | "html" | "option")
}

/// Attributes of one tag that are let through: the tokenizer compares each with all before it.
const MOST_ATTRIBUTES: usize = 10_000;

/// True if a tag may have more attributes than the tokenizer should be given. Counts white space,
/// slashes and equals signs up to the closing bracket; scripts and styles are passed over.
fn has_endless_tag(source: &str) -> bool {
    let bytes = source.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'<' || !bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
            continue;
        }
        let name_end = bytes[at + 1..]
            .iter()
            .position(|b| !b.is_ascii_alphanumeric())
            .map_or(bytes.len(), |n| at + 1 + n);
        let raw = ["script", "style"]
            .into_iter()
            .find(|raw| bytes[at + 1..name_end].eq_ignore_ascii_case(raw.as_bytes()));
        let mut count = 0;
        at = name_end;
        while at < bytes.len() && bytes[at] != b'>' {
            count +=
                usize::from(bytes[at].is_ascii_whitespace() || matches!(bytes[at], b'/' | b'='));
            at += 1;
        }
        if count > MOST_ATTRIBUTES {
            return true;
        }
        if let Some(raw) = raw {
            while at < bytes.len() {
                let rest = &bytes[at..];
                let closes = rest.starts_with(b"</")
                    && rest
                        .get(2..2 + raw.len())
                        .is_some_and(|n| n.eq_ignore_ascii_case(raw.as_bytes()));
                if closes {
                    break;
                }
                at += 1;
            }
        }
    }
    false
}

struct Builder {
    tree: Tree,
    /// Open elements, innermost last.
    open: Vec<NodeId>,
    nesting: usize,
    elements: usize,
    most: usize,
    refused: Option<Diagnostic>,
}

struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        if builder.refused.is_some() {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::CharacterTokens(text) => builder.text(&text),
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => {
                    let name = tag.name.clone();
                    let attributes = tag
                        .attrs
                        .into_iter()
                        .map(|a| (a.name.local, a.value.to_string()))
                        .collect();
                    builder.start(tag.name, attributes);
                    return match &*name {
                        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                        "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                            TokenSinkResult::RawData(RawKind::Rawtext)
                        }
                        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                        _ => TokenSinkResult::Continue,
                    };
                }
                TagKind::EndTag => builder.end(&tag.name),
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Builder {
    fn current(&self) -> NodeId {
        self.open.last().copied().unwrap_or(0)
    }

    fn append(&mut self, content: Content) -> NodeId {
        let (id, parent) = (self.tree.nodes.len(), self.current());
        self.tree.nodes.push(Node {
            parent,
            content,
            children: Vec::new(),
        });
        self.tree.nodes[parent].children.push(id);
        id
    }

    fn text(&mut self, text: &str) {
        let parent = self.current();
        if let Some(&last) = self.tree.nodes[parent].children.last()
            && let Content::Text(before) = &mut self.tree.nodes[last].content
        {
            before.push_str(text);
            return;
        }
        self.append(Content::Text(text.to_owned()));
    }

    fn start(&mut self, name: LocalName, attributes: Vec<(LocalName, String)>) {
        self.close_implied(&name);
        self.elements += 1;
        if self.elements > self.most {
            self.refused = Some(
                codes::WORK_LIMIT
                    .diagnostic(format!("the page has more than {} elements", self.most)),
            );
            return;
        }
        let void = VOID.contains(&&*name);
        let id = self.append(Content::Element { name, attributes });
        if void {
            return;
        }
        self.open.push(id);
        if self.open.len() > self.nesting {
            self.refused = Some(codes::NESTED_TOO_DEEP.diagnostic(format!(
                "the page nests elements deeper than {}",
                self.nesting
            )));
        }
    }

    /// Ends what the start of `name` ends without an end tag. Looks no further than the nearest
    /// element that holds such things.
    fn close_implied(&mut self, name: &str) {
        let (ended, walls): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table", "tbody", "thead", "tfoot"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "tfoot" | "thead" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" | "optgroup" => (&["option"], &["select", "datalist", "optgroup"]),
            "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
            "body" => (&["head"], &["body"]),
            _ => (&[], &[]),
        };
        if !ended.is_empty() {
            self.pop_to(ended, walls);
        }
        if BLOCK.contains(&name) {
            self.pop_to(
                &["p"],
                &[
                    "div",
                    "section",
                    "article",
                    "td",
                    "th",
                    "li",
                    "table",
                    "button",
                    "object",
                    "body",
                    "blockquote",
                    "main",
                    "aside",
                    "figure",
                ],
            );
        }
    }

    /// Ends the nearest open element of `ended`, unless one of `walls` lies between.
    fn pop_to(&mut self, ended: &[&str], walls: &[&str]) {
        for place in (0..self.open.len()).rev() {
            let Content::Element { name, .. } = &self.tree.nodes[self.open[place]].content else {
                continue;
            };
            if ended.contains(&&**name) {
                self.open.truncate(place);
                return;
            }
            if walls.contains(&&**name) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            self.start(LocalName::from("br"), Vec::new());
            return;
        }
        let is_cell = matches!(name, "table");
        for place in (0..self.open.len()).rev() {
            let Content::Element { name: open, .. } = &self.tree.nodes[self.open[place]].content
            else {
                continue;
            };
            if &**open == name {
                let skipped = self.open[place + 1..]
                    .iter()
                    .filter(|&&id| !OPTIONAL.contains(&self.tree.name(id)))
                    .count();
                self.tree.repairs += skipped;
                self.open.truncate(place);
                return;
            }
            // An end tag does not reach out of a table's cell, nor inline tags out of a block.
            let wall = matches!(&**open, "td" | "th" | "table")
                && !is_cell
                && !matches!(name, "tr" | "tbody" | "thead" | "tfoot" | "td" | "th")
                || (!is_block(name)
                    && is_block(open)
                    && !matches!(
                        name,
                        "td" | "th" | "tbody" | "thead" | "tfoot" | "select" | "button" | "object"
                    ));
            if wall {
                break;
            }
        }
        self.tree.repairs += usize::from(!VOID.contains(&name) && name != "p");
    }
}

impl Tree {
    /// Reads a page.
    pub(super) fn parse(source: &str, limits: &Limits) -> Result<Self, Diagnostic> {
        if has_endless_tag(source) {
            return Err(codes::WORK_LIMIT.diagnostic(format!(
                "a tag of the page has more than {MOST_ATTRIBUTES} attributes"
            )));
        }
        let root = Node {
            parent: 0,
            content: Content::Text(String::new()),
            children: Vec::new(),
        };
        let sink = Sink(RefCell::new(Builder {
            tree: Self {
                nodes: vec![root],
                repairs: 0,
            },
            open: Vec::new(),
            nesting: limits.nesting as usize,
            elements: 0,
            most: limits.elements as usize,
            refused: None,
        }));
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(source));
        // The sink never asks for a script to be run, so one call takes it all.
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let builder = tokenizer.sink.0.into_inner();
        match builder.refused {
            Some(refusal) => Err(refusal),
            None => {
                let mut tree = builder.tree;
                let left: usize = builder
                    .open
                    .iter()
                    .filter(|&&id| !OPTIONAL.contains(&tree.name(id)))
                    .count();
                tree.repairs += left;
                Ok(tree)
            }
        }
    }

    /// The element's name; `""` for text.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id].content {
            Content::Element { name, .. } => name,
            Content::Text(_) => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: NodeId, key: &str) -> Option<&str> {
        match &self.nodes[id].content {
            Content::Element { attributes, .. } => attributes
                .iter()
                .find(|(name, _)| &**name == key)
                .map(|(_, value)| value.as_str()),
            Content::Text(_) => None,
        }
    }

    /// The text below `id` as it stands in the source, at most `most` bytes of it.
    pub(super) fn source_text(&self, id: NodeId, most: usize) -> String {
        let mut out = String::new();
        let mut stack = vec![id];
        while let Some(id) = stack.pop() {
            if out.len() > most {
                break;
            }
            if let Content::Text(text) = &self.nodes[id].content {
                out.push_str(text);
            }
            stack.extend(self.nodes[id].children.iter().rev());
        }
        out
    }
}
