//! Writing SVG.

use std::fmt::Write;

/// An SVG image being written.
pub(super) struct Svg {
    out: String,
}

/// `text` with the five characters replaced that mean something in XML, and those left out that may
/// not stand in it.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

impl Svg {
    /// An image `width` by `height` with a name for those who do not see it.
    pub(super) fn new(class: &str, width: f64, height: f64, name: &str) -> Self {
        let mut svg = Self { out: String::new() };
        let _ = write!(
            svg.out,
            "<svg class=\"{class}\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
             height=\"{height:.0}\" role=\"group\" aria-label=\""
        );
        escape(name, &mut svg.out);
        svg.out.push_str("\">");
        svg
    }

    pub(super) fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let _ = write!(
            self.out,
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        );
    }

    pub(super) fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let _ = write!(
            self.out,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
             height=\"{height:.1}\"/>"
        );
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let _ = write!(
            self.out,
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>"
        );
    }

    pub(super) fn path(&mut self, class: &str, data: &str, width: Option<f64>) {
        let _ = write!(self.out, "<path class=\"{class}\" d=\"{data}\"");
        if let Some(width) = width {
            let _ = write!(self.out, " stroke-width=\"{width:.1}\"");
        }
        self.out.push_str("/>");
    }

    /// Text; `anchor` is `start`, `middle` or `end`.
    pub(super) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: &str, text: &str) {
        let _ = write!(
            self.out,
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">"
        );
        escape(text, &mut self.out);
        self.out.push_str("</text>");
    }

    /// What `inside` draws is a link with a title; without an address, a group with a title.
    pub(super) fn link(&mut self, href: &str, title: &str, inside: impl FnOnce(&mut Self)) {
        self.out.push_str("<a href=\"");
        escape(href, &mut self.out);
        self.out.push_str("\"><title>");
        escape(title, &mut self.out);
        self.out.push_str("</title>");
        inside(self);
        self.out.push_str("</a>");
    }

    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_escapes_from_text_or_address() {
        let mut svg = Svg::new("x", 1.0, 1.0, "\"><script>");
        svg.link("/a\" onload=\"x", "</title><script>", |svg| {
            svg.text("t", (0.0, 0.0), "start", "<b>\u{0}&");
        });
        let text = svg.finish();
        assert!(!text.contains("<script") && !text.contains("<b>") && !text.contains('\u{0}'));
        assert!(!text.contains("\" onload"));
        assert!(text.contains("&lt;b&gt;&amp;"));
    }
}
