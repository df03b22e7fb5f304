//! Which lines of a rendered page are its main content, and what the others are.
//!
//! Running text outside menus, side bars and the like is weighed by its length without links. The
//! main content is the innermost element that holds seven tenths of that weight; an element that the
//! page itself names as article goes before. Lines that stand before it inside the same article are
//! left to the header's rules (title, by-line, date).

use super::{
    render::{Block, Rendering},
    roles::{by_name, by_role, is_hidden, is_named_body},
    tree::{NodeId, Tree},
};
use crate::{DropReason, Dropped, Span};

/// The stretches of the rendering that are not main content, with their reasons.
pub(super) fn dropped(tree: &Tree, rendering: &Rendering) -> Vec<Dropped> {
    let blocks = &rendering.blocks;
    let line = |block: &Block| &rendering.text[block.start..block.end];
    // Text below each node, without links; parents come before children.
    let mut plain = vec![0usize; tree.nodes.len()];
    for block in blocks {
        plain[block.node] += (block.end - block.start).saturating_sub(block.linked);
    }
    for id in (1..tree.nodes.len()).rev() {
        plain[tree.nodes[id].parent] += plain[id];
    }
    let total = plain[0].max(1);
    let below_head = below_heads(tree, rendering, &plain);
    // What an element is for, handed down.
    let mut reason: Vec<Option<DropReason>> = vec![None; tree.nodes.len()];
    let mut in_article = vec![false; tree.nodes.len()];
    for id in 1..tree.nodes.len() {
        let parent = tree.nodes[id].parent;
        let name = tree.name(id);
        in_article[id] = in_article[parent] || matches!(name, "article" | "main");
        reason[id] = reason[parent].or_else(|| {
            if name.is_empty()
                || matches!(name, "html" | "body" | "main" | "article" | "p" | "span")
                || is_named_body(tree, id)
            {
                return None;
            }
            // A header or footer inside the article is part of it.
            let own =
                by_name(name).filter(|_| !(in_article[id] && matches!(name, "header" | "footer")));
            // What holds most of the page's text is no side show, whatever it is called.
            let most = if own.is_some() { 12 } else { 9 };
            own.or_else(|| by_role(tree, id))
                .filter(|_| plain[id] * 20 <= total * most)
                .or_else(|| below_head[id].then_some(DropReason::Related))
                .or_else(|| is_hidden(tree, id).then_some(DropReason::Boilerplate))
        });
    }
    let weight: Vec<usize> = blocks
        .iter()
        .map(|block| {
            if reason[block.node].is_some() || block.picture {
                return 0;
            }
            let bytes = (block.end - block.start).saturating_sub(block.linked);
            let running =
                line(block).contains(['.', ',', '。', '、', '?', '!', '？']) && bytes >= 60;
            if running { bytes } else { 0 }
        })
        .collect();
    let root = root(tree, blocks, &weight);
    let inside = below(tree, root);
    // Lines before the text in the same article belong to it.
    let mut article = root;
    while article != 0 && !matches!(tree.name(article), "article" | "main") {
        article = tree.nodes[article].parent;
    }
    let around = below(tree, article);
    let first = blocks.iter().position(|b| inside[b.node]).unwrap_or(0);
    let last = blocks.iter().rposition(|b| inside[b.node]).unwrap_or(0);
    let mut out = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let bytes = block.end - block.start;
        let mostly_link = block.linked * 10 >= bytes * 7;
        let heading = ["h1", "h2", "h3", "h4", "h5", "h6"]
            .iter()
            .position(|h| has_ancestor(tree, block.node, h));
        let why = if block.picture {
            Some(DropReason::Caption)
        } else if let Some(reason) = reason[block.node] {
            // The title may stand in the page's header.
            (heading != Some(0)).then_some(reason)
        } else if inside[block.node] {
            let sentence = line(block).ends_with(['.', '。', '!', '?', '”', '"', '」']);
            match heading {
                Some(level)
                    if level > 0
                        && index > first
                        && weight[first..index].iter().any(|w| *w > 0) =>
                {
                    Some(DropReason::Headline)
                }
                None if mostly_link
                    && !sentence
                    && weight.iter().any(|w| *w > 0)
                    && !crate::layout::is_byline(line(block)) =>
                {
                    Some(DropReason::Related)
                }
                _ => None,
            }
        } else if index < first {
            let near = (article != 0 && around[block.node]) || first - index <= 12;
            if heading == Some(0) || (near && !mostly_link) {
                None
            } else {
                Some(if mostly_link {
                    DropReason::Navigation
                } else {
                    DropReason::Boilerplate
                })
            }
        } else if index > last
            && article != 0
            && around[block.node]
            && !mostly_link
            && heading.is_none()
        {
            None
        } else {
            Some(if mostly_link || heading.is_some() {
                DropReason::Related
            } else {
                DropReason::Boilerplate
            })
        };
        if let Some(reason) = why {
            out.push(Dropped {
                span: Span::from(block.start..block.end),
                reason,
            });
        }
    }
    out
}

/// Elements that a heading such as "More news" stands in.
fn below_heads(tree: &Tree, rendering: &Rendering, plain: &[usize]) -> Vec<bool> {
    let mut below = vec![false; tree.nodes.len()];
    for block in &rendering.blocks {
        let text = &rendering.text[block.start..block.end];
        if text.len() > 60 || !crate::layout::heads_list(text) {
            continue;
        }
        let mut heading = block.node;
        while heading != 0
            && !matches!(
                tree.name(heading),
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "div"
            )
        {
            heading = tree.nodes[heading].parent;
        }
        let holder = tree.nodes[heading].parent;
        if plain[holder] * 20 <= plain[0] * 13 {
            below[holder] = true;
        }
    }
    below
}

/// The innermost element that holds most of the running text.
fn root(tree: &Tree, blocks: &[Block], weight: &[usize]) -> NodeId {
    let mut held = vec![0usize; tree.nodes.len()];
    for (block, weight) in blocks.iter().zip(weight) {
        held[block.node] += weight;
    }
    for id in (1..tree.nodes.len()).rev() {
        held[tree.nodes[id].parent] += held[id];
    }
    let total = held[0];
    if total == 0 {
        return 0;
    }
    // What the page names goes first, if there is one and it has a fair share of the text.
    for named in [
        is_named_body as fn(&Tree, NodeId) -> bool,
        |tree, id| tree.name(id) == "article",
        |tree, id| tree.name(id) == "main",
    ] {
        let best = (1..tree.nodes.len())
            .filter(|&id| named(tree, id))
            .max_by_key(|&id| (held[id], std::cmp::Reverse(id)));
        if let Some(best) = best.filter(|&id| held[id] * 10 >= total * 4) {
            return innermost(tree, &held, best, held[best]);
        }
    }
    innermost(tree, &held, 0, total)
}

fn innermost(tree: &Tree, held: &[usize], from: NodeId, total: usize) -> NodeId {
    let mut at = from;
    loop {
        let next = tree.nodes[at]
            .children
            .iter()
            .copied()
            .find(|&c| held[c] * 10 >= total * 7);
        match next {
            // A single long paragraph is not the article.
            Some(next)
                if !matches!(
                    tree.name(next),
                    "p" | "li" | "blockquote" | "tr" | "pre" | "center"
                ) =>
            {
                at = next
            }
            _ => return at,
        }
    }
}

fn below(tree: &Tree, root: NodeId) -> Vec<bool> {
    let mut inside = vec![false; tree.nodes.len()];
    inside[root] = true;
    for id in root + 1..tree.nodes.len() {
        inside[id] = inside[tree.nodes[id].parent];
    }
    inside
}

fn has_ancestor(tree: &Tree, mut id: NodeId, name: &str) -> bool {
    // A heading's line stands in the heading itself, or in a block or two inside it.
    for _ in 0..3 {
        if tree.name(id) == name {
            return true;
        }
        id = tree.nodes[id].parent;
    }
    false
}
