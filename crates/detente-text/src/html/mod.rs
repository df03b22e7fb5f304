//! HTML: the page is rendered to text of our own, one block a line, and that text is the document.
//!
//! Nothing that a browser shows is left out of the rendering; what lies outside the main content is
//! marked. Pages are read with the tokenizer of `html5ever` into a flat tree of our own, so that
//! neither nesting nor misplaced tags cost more than linear time, and nothing recurses.

mod head;
mod main_content;
mod render;
mod roles;
mod tree;

use crate::{Diagnostic, Format, Limits, codes, decode, reader::Draft};

/// Reads a page.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Draft, Diagnostic> {
    let stated = decode::stated_in_markup(bytes);
    let decoded = decode::decode(bytes, stated.as_deref());
    // Entities and lists make a rendering longer than its source at most a few times.
    limits.check_text(decoded.text.len() / 8)?;
    let tree = tree::Tree::parse(&decoded.text, limits)?;
    let rendering = render::render(&tree);
    limits.check_text(rendering.text.len())?;
    let mut draft = Draft::new(Format::Html, decoded.charset, String::new());
    // Places in the source mean nothing in the rendering.
    draft.diagnostics = decoded
        .diagnostics
        .into_iter()
        .map(|d| Diagnostic { span: None, ..d })
        .collect();
    if tree.repairs >= 3 {
        draft
            .diagnostics
            .push(codes::MARKUP_REPAIRED.diagnostic(format!(
                "{} tags of the page are left open or closed without being open",
                tree.repairs
            )));
    }
    let head = head::read(&tree);
    draft.dropped = main_content::dropped(&tree, &rendering);
    draft.metadata = head.metadata;
    draft.language = head.language;
    draft.text = rendering.text;
    Ok(draft)
}

#[cfg(test)]
mod tests;
