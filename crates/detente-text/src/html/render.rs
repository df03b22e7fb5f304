//! A page as text: one block a line, white space as a browser shows it.

use super::tree::{Content, NodeId, Tree, is_block};

/// A line of the rendering.
pub(super) struct Block {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The innermost block element that the line stands in.
    pub(super) node: NodeId,
    /// Bytes of it that are links.
    pub(super) linked: usize,
    /// It is the description of a picture.
    pub(super) picture: bool,
}

/// The text with its lines.
pub(super) struct Rendering {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
}

/// Elements that show no text.
const UNSEEN: [&str; 20] = [
    "head", "script", "style", "template", "svg", "math", "canvas", "audio", "video", "object",
    "iframe", "noscript", "input", "textarea", "map", "rt", "rp", "noembed", "noframes", "title",
];

struct Renderer<'t> {
    tree: &'t Tree,
    text: String,
    blocks: Vec<Block>,
    line_start: usize,
    linked: usize,
    /// White space is due before the next word.
    gap: bool,
    /// Open elements: links, preformatted text.
    links: usize,
    preformatted: usize,
    /// Open block elements, innermost last.
    holders: Vec<NodeId>,
    /// Elements that hold blocks or line breaks.
    holds_blocks: Vec<bool>,
    /// Where the text of the line begins, past the mark of a list's entry.
    entry_end: usize,
    /// For each open list: the number of the next entry, 0 for bullets.
    lists: Vec<usize>,
}

enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

/// Renders a page.
pub(super) fn render(tree: &Tree) -> Rendering {
    let mut r = Renderer {
        tree,
        text: String::new(),
        blocks: Vec::new(),
        line_start: 0,
        linked: 0,
        gap: false,
        links: 0,
        preformatted: 0,
        holders: vec![0],
        holds_blocks: holds_blocks(tree),
        entry_end: 0,
        lists: Vec::new(),
    };
    let mut steps = vec![Step::Enter(0)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(id) => {
                if r.enter(id) {
                    steps.push(Step::Leave(id));
                    steps.extend(
                        tree.nodes[id]
                            .children
                            .iter()
                            .rev()
                            .map(|&c| Step::Enter(c)),
                    );
                }
            }
            Step::Leave(id) => r.leave(id),
        }
    }
    r.end_line(false);
    Rendering {
        text: r.text,
        blocks: r.blocks,
    }
}

fn holds_blocks(tree: &Tree) -> Vec<bool> {
    let mut holds = vec![false; tree.nodes.len()];
    for id in (1..tree.nodes.len()).rev() {
        let name = tree.name(id);
        if holds[id] || is_block(name) || matches!(name, "br" | "td" | "th" | "img") {
            holds[tree.nodes[id].parent] = true;
        }
    }
    holds
}

impl Renderer<'_> {
    /// False if nothing below `id` is to be rendered.
    fn enter(&mut self, id: NodeId) -> bool {
        let tree = self.tree;
        let name = match &tree.nodes[id].content {
            Content::Text(text) => {
                if self.preformatted > 0 {
                    self.push_preformatted(text);
                } else {
                    self.push(text);
                }
                return id == 0;
            }
            Content::Element { name, .. } => &**name,
        };
        if UNSEEN.contains(&name) {
            return false;
        }
        match name {
            "br" => self.end_line(false),
            "hr" => self.end_line(false),
            "img" => self.picture(id),
            // Cells that hold blocks lay out a page; those of a table of data stand in one line.
            "td" | "th" if self.holds_blocks[id] => self.end_line(false),
            "td" | "th" if self.text.len() > self.line_start => {
                self.text.push('\t');
                self.gap = false;
            }
            "q" => self.push("“"),
            _ => {}
        }
        self.part(id, name);
        if self.is_line(id, name) {
            self.end_line(false);
            self.holders.push(id);
            match name {
                "ul" | "menu" | "dir" => self.lists.push(0),
                "ol" => {
                    let start = tree
                        .attribute(id, "start")
                        .and_then(|s| s.parse::<u16>().ok());
                    self.lists.push(usize::from(start.unwrap_or(1)).max(1));
                }
                "li" => self.entry(),
                "pre" => self.preformatted += 1,
                _ => {}
            }
        }
        self.links += usize::from(is_link(tree, id));
        true
    }

    /// True if the element's text stands on lines of its own: blocks, cells of layout, captions
    /// inside running text.
    fn is_line(&self, id: NodeId, name: &str) -> bool {
        is_block(name)
            || (matches!(name, "td" | "th") && self.holds_blocks[id])
            || (matches!(name, "span" | "em" | "i" | "small" | "cite" | "strong")
                && super::roles::is_caption(self.tree, id))
    }

    /// Parts of a page's controls that style sheets set apart stand without white space between.
    fn part(&mut self, id: NodeId, name: &str) {
        let siblings = &self.tree.nodes[self.tree.nodes[id].parent].children;
        // Children have rising numbers; the one before decides.
        let place = siblings.partition_point(|&s| s < id);
        let Some(&before) = place.checked_sub(1).and_then(|p| siblings.get(p)) else {
            return;
        };
        let parted = |id: NodeId, name: &str| {
            matches!(name, "a" | "button" | "time" | "label")
                || (matches!(name, "span" | "em" | "strong" | "i")
                    && self.tree.attribute(id, "class").is_some())
        };
        let other = self.tree.name(before);
        if parted(id, name) && parted(before, other) {
            self.gap = true;
        }
    }

    fn leave(&mut self, id: NodeId) {
        let name = self.tree.name(id);
        self.links -= usize::from(is_link(self.tree, id));
        if name == "q" {
            self.text.push('”');
        }
        if self.is_line(id, name) {
            self.end_line(false);
            self.holders.pop();
            match name {
                "ul" | "ol" | "menu" | "dir" => {
                    self.lists.pop();
                }
                "pre" => self.preformatted -= 1,
                _ => {}
            }
        }
    }

    fn entry(&mut self) {
        let mark = match self.lists.last_mut() {
            Some(0) | None => "• ".to_owned(),
            Some(number) => {
                let mark = format!("{number}. ");
                *number += 1;
                mark
            }
        };
        self.text.push_str(&mark);
        self.entry_end = self.text.len();
        self.gap = false;
    }

    fn picture(&mut self, id: NodeId) {
        let alt = self.tree.attribute(id, "alt").unwrap_or("").trim();
        if alt.split_whitespace().count() >= 2 || alt.chars().count() >= 8 {
            self.end_line(false);
            self.push(alt);
            self.end_line(true);
        }
    }

    fn push(&mut self, text: &str) {
        for word in text.split_inclusive(is_space) {
            let bare = word.trim_end_matches(is_space);
            if !bare.is_empty() {
                if self.gap
                    && self.text.len() > self.line_start
                    && !self.text.ends_with([' ', '\t', '“'])
                {
                    self.text.push(' ');
                }
                self.text.push_str(bare);
                self.linked += if self.links > 0 { bare.len() + 1 } else { 0 };
                self.gap = false;
            }
            self.gap |= bare.len() < word.len();
        }
    }

    fn push_preformatted(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.end_line(false);
            }
            self.text.push_str(line.trim_end_matches('\r'));
        }
    }

    fn end_line(&mut self, picture: bool) {
        let line = &self.text[self.line_start..];
        let marks_only = line.trim().is_empty() || self.entry_end == self.text.len();
        if marks_only {
            // Nothing was said; the mark of an entry waits for the text of a block inside its entry.
            if line.trim().is_empty() {
                self.text.truncate(self.line_start);
            }
        } else {
            let end = self.line_start + line.trim_end().len();
            self.text.truncate(end);
            self.blocks.push(Block {
                start: self.line_start,
                end,
                node: self.holders.last().copied().unwrap_or(0),
                linked: self.linked,
                picture,
            });
            self.text.push('\n');
            self.line_start = self.text.len();
        }
        self.linked = 0;
        self.gap = false;
    }
}

fn is_link(tree: &Tree, id: NodeId) -> bool {
    tree.name(id) == "a" && tree.attribute(id, "href").is_some()
}

/// White space that HTML collapses; the no-break space is not among it.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0C}')
}
