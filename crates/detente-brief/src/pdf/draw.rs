//! Drawing pages that are set.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use krilla::{
    Document,
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    destination::XyzDestination,
    geom::{Point, Rect, Size, Transform},
    metadata::Metadata,
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    text::{Font, GlyphId, KrillaGlyph},
};
use krilla_svg::{SurfaceExt, SvgSettings};
use usvg::fontdb::Database;

use super::{
    Pdf, PdfError,
    flow::{Ink, PAGE, Pages, Placed, Text},
};

/// Width of a picture for each unit of height.
pub(super) fn shape(svg: &str) -> Option<f32> {
    let size = tree(svg, &Arc::new(Database::new())).ok()?.size();
    Some(size.width() / size.height())
}

fn tree(svg: &str, fonts: &Arc<Database>) -> Result<usvg::Tree, PdfError> {
    let options = usvg::Options {
        fontdb: Arc::clone(fonts),
        font_family: "DejaVu Sans".to_owned(),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(svg, &options)
        .map_err(|error| PdfError(format!("the chart cannot be read: {error}")))
}

/// Fonts for words of charts.
fn chart_fonts() -> Arc<Database> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    for font in [dejavu::sans::regular(), dejavu::sans::bold()] {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family("DejaVu Sans");
    fonts.set_serif_family("DejaVu Serif");
    Arc::new(fonts)
}

/// Draws the pages.
pub(super) fn draw(set: Pages, title: &str) -> Result<Pdf, PdfError> {
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .language("en".to_owned())
            .producer("detente".to_owned()),
    );
    let mut pen = Pen::default();
    let mut chart_db = None;
    for placed in &set.pages {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1)
            .ok_or_else(|| PdfError("the page has no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut links = Vec::new();
        let mut surface = page.surface();
        for one in placed {
            match one {
                Placed::Line {
                    text,
                    line,
                    x,
                    baseline,
                } => {
                    let text = &set.texts[*text];
                    pen.line(&mut surface, text, *line, *x, *baseline, &mut links)?;
                }
                Placed::Chart { svg, x, y, width } => {
                    let fonts = chart_db.get_or_insert_with(chart_fonts);
                    let tree = tree(svg, fonts)?;
                    let height = width * tree.size().height() / tree.size().width();
                    surface.push_transform(&Transform::from_translate(*x, *y));
                    if let Some(size) = Size::from_wh(*width, height) {
                        surface.draw_svg(&tree, size, SvgSettings::default());
                    }
                    surface.pop();
                }
            }
        }
        surface.finish();
        for (rect, note) in links {
            if let Some((page_index, y)) = set.notes.get(note - 1) {
                let there = XyzDestination::new(*page_index, Point::from_xy(0.0, *y));
                let link = LinkAnnotation::new(rect, Target::Destination(there.into()));
                page.add_annotation(Annotation::new_link(link, Some(format!("Note {note}"))));
            }
        }
        page.finish();
    }
    document.set_outline(outline(&set));
    let bytes = document
        .finish()
        .map_err(|error| PdfError(format!("{error:?}")))?;
    Ok(Pdf {
        bytes,
        without_font: pen.without_font,
    })
}

/// Sections with what stands below them.
fn outline(set: &Pages) -> Outline {
    let mut top: Vec<(OutlineNode, Vec<OutlineNode>)> = Vec::new();
    for (heading, level, page, y) in &set.outline {
        let there = XyzDestination::new(*page, Point::from_xy(0.0, *y));
        let node = OutlineNode::new(heading.clone(), there);
        match top.last_mut() {
            Some((_, below)) if *level > 2 => below.push(node),
            _ => top.push((node, Vec::new())),
        }
    }
    let mut outline = Outline::new();
    for (mut node, below) in top {
        below.into_iter().for_each(|n| node.push_child(n));
        outline.push_child(node);
    }
    outline
}

/// Draws lines, and keeps the fonts that were needed.
#[derive(Default)]
struct Pen {
    fonts: HashMap<(u64, u32), Font>,
    without_font: BTreeSet<char>,
}

impl Pen {
    fn line(
        &mut self,
        surface: &mut Surface<'_>,
        text: &Text,
        line: usize,
        left: f32,
        baseline: f32,
        links: &mut Vec<(Rect, usize)>,
    ) -> Result<(), PdfError> {
        let Some(line) = text.layout.get(line) else {
            return Ok(());
        };
        let mut x = left + line.metrics().offset;
        for run in line.runs() {
            let data = run.font();
            let font = match self.fonts.get(&(data.data.id(), data.index)) {
                Some(font) => font.clone(),
                None => {
                    let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(data.data.clone());
                    let font = Font::new(bytes.into(), data.index)
                        .ok_or_else(|| PdfError("a font of this machine is broken".to_owned()))?;
                    self.fonts
                        .insert((data.data.id(), data.index), font.clone());
                    font
                }
            };
            let size = run.font_size();
            let mut at = x;
            let mut ink = Ink::default();
            let mut glyphs: Vec<KrillaGlyph> = Vec::new();
            for cluster in run.visual_clusters() {
                if cluster.is_ligature_continuation() {
                    if let Some(glyph) = glyphs.last_mut() {
                        glyph.text_range.end = cluster.text_range().end;
                    }
                    continue;
                }
                let this = cluster.style().brush;
                if this != ink {
                    stroke(
                        surface,
                        text,
                        &font,
                        size,
                        (at, x, baseline),
                        ink,
                        &glyphs,
                        links,
                    );
                    glyphs.clear();
                    (ink, at) = (this, x);
                }
                for glyph in cluster.glyphs() {
                    if glyph.id == 0 {
                        self.without_font.extend(
                            text.text[cluster.text_range()]
                                .chars()
                                .filter(|c| !c.is_whitespace()),
                        );
                    }
                    glyphs.push(KrillaGlyph::new(
                        GlyphId::new(glyph.id),
                        glyph.advance / size,
                        glyph.x / size,
                        glyph.y / size,
                        0.0,
                        cluster.text_range(),
                        None,
                    ));
                    x += glyph.advance;
                }
            }
            stroke(
                surface,
                text,
                &font,
                size,
                (at, x, baseline),
                ink,
                &glyphs,
                links,
            );
        }
        Ok(())
    }
}

/// Draws glyphs of one ink from `place.0` to `place.1` on a base line.
#[expect(clippy::too_many_arguments, reason = "all of them are one glyph run")]
fn stroke(
    surface: &mut Surface<'_>,
    text: &Text,
    font: &Font,
    size: f32,
    place: (f32, f32, f32),
    ink: Ink,
    glyphs: &[KrillaGlyph],
    links: &mut Vec<(Rect, usize)>,
) {
    if glyphs.is_empty() {
        return;
    }
    let (from, to, baseline) = place;
    let shade = if ink.quiet { 0x5b } else { 0x1a };
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(shade, shade, shade + 4).into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }));
    let start = Point::from_xy(from, baseline - ink.raise);
    surface.draw_glyphs(start, glyphs, font.clone(), &text.text, size, false);
    if ink.note > 0
        && let Some(rect) = Rect::from_ltrb(from, baseline - ink.raise - size, to, baseline)
    {
        links.push((rect, ink.note));
    }
}
