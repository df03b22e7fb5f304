//! A string of SVG, written piece by piece.

use std::fmt::{Display, Write};

use super::COLOURS;

/// `text` as it may stand in an element or an attribute; characters that XML forbids are dropped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            // Marks that turn the direction of all that follows.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A link that leads into the page, the site or the web, and cannot run anything.
fn harmless(href: &str) -> bool {
    let scheme = href.split(['/', '?', '#']).next().unwrap_or("");
    !href.chars().any(|c| c.is_control() || c == '\\')
        && (!scheme.contains(':') || href.starts_with("https://") || href.starts_with("http://"))
}

/// A number in a coordinate: at most two decimals.
pub(super) fn n(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded == 0.0 {
        "0".to_owned()
    } else {
        rounded.to_string()
    }
}

/// Class and colour of a series.
#[derive(Clone, Copy)]
pub(super) struct Hue(pub(super) usize);

impl Hue {
    pub(super) fn stroke(self) -> String {
        let i = self.0 % COLOURS.len();
        format!("class=\"dt-s{}\" stroke=\"{}\"", i + 1, COLOURS[i])
    }

    pub(super) fn fill(self) -> String {
        let i = self.0 % COLOURS.len();
        format!("class=\"dt-f{}\" fill=\"{}\"", i + 1, COLOURS[i])
    }
}

/// Height of the title.
const HEADING: f64 = 28.0;

pub(super) struct Svg {
    out: String,
}

/// Where a text stands about its point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    /// A chart of that size, with its title and description for those who do not see it. Without a
    /// title the room for it is cut off.
    pub(super) fn new(id: &str, title: &str, description: &str, width: f64, height: f64) -> Self {
        let id: String = id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        let mut svg = Self { out: String::new() };
        let top = if title.is_empty() { HEADING } else { 0.0 };
        let (name, title) = match title {
            "" => (String::new(), String::new()),
            _ => (
                format!("{id}-title "),
                format!("<title id=\"{id}-title\">{}</title>", escape(title)),
            ),
        };
        svg.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"dt-chart\" role=\"group\" \
             aria-labelledby=\"{name}{id}-desc\" viewBox=\"0 {t} {w} {h}\" width=\"{w}\" height=\"{h}\" \
             font-family=\"system-ui, 'Noto Sans', sans-serif\" font-size=\"12\">\
             {title}<desc id=\"{id}-desc\">{}</desc>\
             <rect class=\"dt-ground\" y=\"{t}\" width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>",
            escape(description),
            t = n(top),
            w = n(width),
            h = n(height - top),
        ));
        svg
    }

    pub(super) fn put(&mut self, piece: impl Display) {
        // A string takes whatever is written to it.
        let _ = write!(self.out, "{piece}");
    }

    pub(super) fn text(&mut self, x: f64, y: f64, anchor: Anchor, quiet: bool, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (class, fill) = if quiet {
            ("dt-quiet", "#5b626b")
        } else {
            ("dt-text", "#1d2126")
        };
        self.put(format_args!(
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{}</text>",
            n(x),
            n(y),
            escape(text)
        ));
    }

    pub(super) fn heading(&mut self, x: f64, y: f64, text: &str) {
        if text.is_empty() {
            return;
        }
        self.put(format_args!(
            "<text class=\"dt-text\" x=\"{}\" y=\"{}\" font-size=\"15\" font-weight=\"600\" fill=\"#1d2126\">{}</text>",
            n(x),
            n(y),
            escape(text)
        ));
    }

    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let colour = if class == "dt-axis" {
            "#6d747d"
        } else {
            "#d9dce0"
        };
        self.put(format_args!(
            "<line class=\"{class}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{colour}\"/>",
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1)
        ));
    }

    /// What `draw` draws, as a link if there is a harmless one, told by `label`.
    pub(super) fn linked(&mut self, href: Option<&str>, label: &str, draw: impl FnOnce(&mut Self)) {
        match href.filter(|href| harmless(href)) {
            Some(href) => {
                self.put(format_args!(
                    "<a href=\"{}\"><title>{}</title>",
                    escape(href),
                    escape(label)
                ));
                draw(self);
                self.put("</a>");
            }
            None => {
                self.put(format_args!("<g><title>{}</title>", escape(label)));
                draw(self);
                self.put("</g>");
            }
        }
    }

    /// A small mark; the shape tells the series.
    pub(super) fn mark(&mut self, shape: usize, x: f64, y: f64, hue: Hue) {
        let fill = hue.fill();
        match shape % 4 {
            0 => self.put(format_args!(
                "<circle {fill} cx=\"{}\" cy=\"{}\" r=\"3.5\"/>",
                n(x),
                n(y)
            )),
            1 => self.put(format_args!(
                "<rect {fill} x=\"{}\" y=\"{}\" width=\"7\" height=\"7\"/>",
                n(x - 3.5),
                n(y - 3.5)
            )),
            2 => self.put(format_args!(
                "<path {fill} d=\"M{} {}l4.5 8h-9z\"/>",
                n(x),
                n(y - 5.0)
            )),
            _ => self.put(format_args!(
                "<path {fill} d=\"M{} {}l4.5 4.5l-4.5 4.5l-4.5 -4.5z\"/>",
                n(x),
                n(y - 4.5)
            )),
        }
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
    fn hostile_text_and_links_are_disarmed() {
        assert_eq!(
            escape("<a b='\"'>&\u{1b}\u{202e}x"),
            "&lt;a b=&#39;&quot;&#39;&gt;&amp;x"
        );
        for good in [
            "/facts/1",
            "#f1",
            "?q=a:b",
            "https://example.org/",
            "a/b:c",
            "fact/1",
        ] {
            assert!(harmless(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "JAVASCRIPT:x",
            "java\nscript:x",
            "\\\\host",
        ] {
            assert!(!harmless(bad), "{bad}");
        }
    }
}
