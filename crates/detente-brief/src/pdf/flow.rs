//! Setting text in lines and lines on pages.

use std::{borrow::Cow, sync::Arc};

use parley::{
    FontContext, FontFamily, FontFamilyName, FontWeight, Layout, LayoutContext, LineHeight,
    StyleProperty,
    fontique::{Blob, Collection, CollectionOptions, GenericFamily},
};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
const LEFT: f32 = 62.0;
const TOP: f32 = 62.0;
const BOTTOM: f32 = 782.0;
/// Top of the line at the foot of each page.
const FOOT: f32 = 800.0;
const WIDTH: f32 = PAGE.0 - 2.0 * LEFT;

const SERIF: &str = "DejaVu Serif";

/// What a glyph is drawn with besides its font.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Ink {
    /// Less dark, for what is not the text itself.
    pub(super) quiet: bool,
    /// Points above the line.
    pub(super) raise: f32,
    /// Number of the note that a touch leads to; 0 for none.
    pub(super) note: usize,
}

/// Words set alike.
#[derive(Clone, Debug)]
pub(super) struct Span {
    text: String,
    ink: Ink,
    bold: bool,
    language: &'static str,
}

impl Span {
    pub(super) fn of(text: String) -> Self {
        Self::quote(text, "en")
    }

    pub(super) fn quote(text: String, language: &'static str) -> Self {
        Self {
            text,
            ink: Ink::default(),
            bold: false,
            language,
        }
    }

    pub(super) fn strong(text: String) -> Self {
        Self {
            bold: true,
            ..Self::of(text)
        }
    }

    pub(super) fn quiet(text: String) -> Self {
        let ink = Ink {
            quiet: true,
            ..Ink::default()
        };
        Self {
            ink,
            ..Self::of(text)
        }
    }

    /// The number of a note above the line.
    pub(super) fn raised(text: String, note: Option<usize>) -> Self {
        let ink = Ink {
            raise: 3.2,
            note: note.unwrap_or(0),
            quiet: false,
        };
        Self {
            ink,
            ..Self::of(text)
        }
    }
}

/// Size and place of a paragraph, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    size: f32,
    indent: f32,
    below: f32,
}

impl Setting {
    pub(super) const BODY: Self = Self {
        size: 9.5,
        indent: 0.0,
        below: 6.0,
    };
    pub(super) const ITEM: Self = Self {
        size: 9.5,
        indent: 14.0,
        below: 3.0,
    };
    pub(super) const BOX: Self = Self {
        size: 8.5,
        indent: 10.0,
        below: 3.0,
    };
    pub(super) const NOTE: Self = Self {
        size: 7.5,
        indent: 24.0,
        below: 2.0,
    };
    const FOOT: Self = Self {
        size: 7.5,
        indent: 0.0,
        below: 0.0,
    };
}

/// Text broken into lines.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) layout: Layout<Ink>,
}

/// Something at its place on a page.
pub(super) enum Placed {
    /// A line of a text, its left end, and its base line.
    Line {
        text: usize,
        line: usize,
        x: f32,
        baseline: f32,
    },
    /// A picture with left end, top and width.
    Chart {
        svg: String,
        x: f32,
        y: f32,
        width: f32,
    },
}

/// A brief set on pages.
pub(super) struct Pages {
    pub(super) texts: Vec<Text>,
    pub(super) pages: Vec<Vec<Placed>>,
    /// Heading, level, page and height of each section.
    pub(super) outline: Vec<(String, u8, usize, f32)>,
    /// Page and height of each note, from 1.
    pub(super) notes: Vec<(usize, f32)>,
}

/// Sets one thing below the other.
pub(super) struct Flow {
    fonts: FontContext,
    layouts: LayoutContext<Ink>,
    set: Pages,
    y: f32,
}

impl Flow {
    pub(super) fn new() -> Self {
        let mut fonts = FontContext::new();
        fonts.collection = Collection::new(CollectionOptions {
            system_fonts: true,
            ..CollectionOptions::default()
        });
        for font in [dejavu::serif::regular(), dejavu::serif::bold()] {
            fonts
                .collection
                .register_fonts(Blob::new(Arc::new(font)), None);
        }
        Self {
            fonts,
            layouts: LayoutContext::new(),
            set: Pages {
                texts: Vec::new(),
                pages: vec![Vec::new()],
                outline: Vec::new(),
                notes: Vec::new(),
            },
            y: TOP,
        }
    }

    /// Puts at the foot of every page what it belongs to and its number.
    pub(super) fn finish(mut self, what: &str) -> Pages {
        let all = self.set.pages.len();
        for page in 0..all {
            let number = format!("{} / {all}", page + 1);
            for (words, end) in [(what, false), (number.as_str(), true)] {
                let text = self.lines(&[Span::quiet(words.to_owned())], Setting::FOOT);
                let layout = &self.set.texts[text].layout;
                let Some(baseline) = layout.first_baseline() else {
                    continue;
                };
                let x = match end {
                    true => LEFT + WIDTH - layout.width(),
                    false => LEFT,
                };
                self.set.pages[page].push(Placed::Line {
                    text,
                    line: 0,
                    x,
                    baseline: FOOT + baseline,
                });
            }
        }
        self.set
    }

    fn page(&self) -> usize {
        self.set.pages.len() - 1
    }

    fn put(&mut self, placed: Placed) {
        if let Some(page) = self.set.pages.last_mut() {
            page.push(placed);
        }
    }

    /// Goes to the next page unless so much is left on this one.
    fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.set.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    pub(super) fn title(&mut self, title: &str, period: &str) {
        let setting = |size, below| Setting {
            size,
            indent: 0.0,
            below,
        };
        self.paragraph(&[Span::strong(title.to_owned())], setting(17.0, 4.0));
        self.paragraph(&[Span::quiet(period.to_owned())], setting(10.0, 10.0));
    }

    pub(super) fn heading(&mut self, heading: &str, level: u8) {
        let (size, above) = if level <= 2 {
            (12.0, 10.0)
        } else {
            (10.0, 5.0)
        };
        // A heading stays with what follows.
        self.need(above + size + 48.0);
        self.y += above;
        let at = (heading.to_owned(), level, self.page(), self.y);
        self.set.outline.push(at);
        let setting = Setting {
            size,
            indent: 0.0,
            below: 4.0,
        };
        self.paragraph(&[Span::strong(heading.to_owned())], setting);
    }

    /// A note; they come in order, from 1.
    pub(super) fn note(&mut self, spans: &[Span]) {
        let number = self.set.notes.len() + 1;
        let at = self.item(&format!("{number}."), spans, Setting::NOTE);
        self.set.notes.push(at);
    }

    /// A paragraph with a mark before it; gives its page and height.
    pub(super) fn item(&mut self, mark: &str, spans: &[Span], setting: Setting) -> (usize, f32) {
        let text = self.lines(spans, setting);
        self.need(self.together(text, 0));
        let at = (self.page(), self.y);
        let mark = self.lines(&[Span::quiet(mark.to_owned())], setting);
        if let Some(baseline) = self.set.texts[mark].layout.first_baseline() {
            let baseline = self.y + baseline;
            self.put(Placed::Line {
                text: mark,
                line: 0,
                x: LEFT,
                baseline,
            });
        }
        self.place(text, setting);
        at
    }

    pub(super) fn paragraph(&mut self, spans: &[Span], setting: Setting) {
        let text = self.lines(spans, setting);
        self.place(text, setting);
    }

    /// Base line, below the top of the line, and height of each line of a text.
    fn heights(&self, text: usize) -> Vec<(f32, f32)> {
        let mut top = 0.0;
        let lines = self.set.texts[text].layout.lines();
        let height = |line: parley::Line<'_, Ink>| {
            let metrics = line.metrics();
            let line = (metrics.baseline - top, metrics.line_height);
            top += metrics.line_height;
            line
        };
        lines.map(height).collect()
    }

    /// Height of what must stand on one page from this line on: no line stands alone at the foot of
    /// a page or at the head of the next one.
    fn together(&self, text: usize, line: usize) -> f32 {
        let heights = self.heights(text);
        let number = match (line, heights.len()) {
            (0, lines @ ..=3) => lines,
            (0, _) => 2,
            (line, lines) if line + 2 == lines => 2,
            _ => 1,
        };
        let lines = heights.iter().skip(line).take(number);
        lines.map(|(_, height)| height).sum()
    }

    fn place(&mut self, text: usize, setting: Setting) {
        for (line, (baseline, height)) in self.heights(text).into_iter().enumerate() {
            self.need(self.together(text, line));
            let baseline = self.y + baseline;
            self.put(Placed::Line {
                text,
                line,
                x: LEFT + setting.indent,
                baseline,
            });
            self.y += height;
        }
        self.y += setting.below;
    }

    pub(super) fn chart(&mut self, svg: &str) {
        // The width of the column; charts are drawn three times as wide as high or flatter.
        let height = WIDTH / super::draw::shape(svg).unwrap_or(3.0);
        self.need(height);
        let y = self.y;
        self.put(Placed::Chart {
            svg: svg.to_owned(),
            x: LEFT,
            y,
            width: WIDTH,
        });
        self.y += height + 8.0;
    }

    /// Breaks text into lines; gives its number.
    fn lines(&mut self, spans: &[Span], setting: Setting) -> usize {
        let text: String = spans.iter().map(|s| s.text.as_str()).collect();
        let mut builder = self
            .layouts
            .ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(
            &[
                FontFamilyName::Named(Cow::Borrowed(SERIF)),
                FontFamilyName::Generic(GenericFamily::Serif),
            ],
        ))));
        builder.push_default(StyleProperty::FontSize(setting.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.4)));
        let mut at = 0;
        for span in spans {
            let range = at..at + span.text.len();
            at = range.end;
            if range.is_empty() {
                continue;
            }
            builder.push(StyleProperty::Brush(span.ink), range.clone());
            if span.bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
            if span.ink.raise > 0.0 {
                builder.push(StyleProperty::FontSize(setting.size * 0.7), range.clone());
            }
            if span.language != "en" {
                builder.push(StyleProperty::Locale(span.language.parse().ok()), range);
            }
        }
        let mut layout = builder.build(&text);
        layout.break_all_lines(Some(WIDTH - setting.indent));
        self.set.texts.push(Text { text, layout });
        self.set.texts.len() - 1
    }
}
