//! Lanes over time: facts as what they are, or how many there are.

use detente_extract::Modality;
use detente_text::date::{Edtf, End, Point};
use jiff::civil::Date;

use super::{axis::axis, scale::Scale, svg::Svg};
use crate::shell::Shell;

/// A fact in a lane.
pub(crate) struct Item {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) date: Edtf,
    pub(crate) look: Look,
}

/// How a fact is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) modality: Modality,
    /// 1 to 4; `None`: neither cooperation nor conflict.
    pub(crate) quad: Option<u8>,
}

/// A lane.
pub(crate) struct Lane {
    pub(crate) name: String,
    pub(crate) href: String,
    /// Facts, if there are few enough to draw each.
    pub(crate) items: Vec<Item>,
    /// Else how many begin in each stretch: first and last day, number, address.
    pub(crate) sums: Vec<(Date, Date, u64, String)>,
}

const WIDTH: f64 = 1000.0;
const LEFT: f64 = 200.0;
const ROW: f64 = 11.0;
/// Rows of a lane in which facts that overlap are put.
const ROWS: usize = 6;

impl Look {
    /// Classes that say both what it is and whether it holds.
    fn classes(self) -> String {
        let quad = self.quad.map_or("q0".to_owned(), |quad| format!("q{quad}"));
        format!("{quad} m-{}", self.modality)
    }
}

/// Draws lanes over a time.
pub(crate) fn lanes(c: &Shell<'_>, name: &str, lanes: &[Lane], from: Date, to: Date) -> String {
    let scale = Scale::new(from, to, LEFT, WIDTH - LEFT - 10.0);
    let placed: Vec<Vec<(usize, &Item)>> = lanes.iter().map(|lane| place(lane, &scale)).collect();
    let heights: Vec<f64> = placed
        .iter()
        .map(|items| {
            let rows = items
                .iter()
                .map(|(row, _)| row + 1)
                .max()
                .unwrap_or(1)
                .max(2);
            rows as f64 * ROW + 10.0
        })
        .collect();
    let height = heights.iter().sum::<f64>() + 34.0;
    let most = lanes
        .iter()
        .flat_map(|lane| lane.sums.iter().map(|sum| sum.2))
        .max()
        .unwrap_or(1)
        .max(1) as f64;
    let mut svg = Svg::new("chart lanes", WIDTH, height, name);
    axis(&mut svg, &scale, height - 8.0, height - 24.0);
    let mut top = 8.0;
    for ((lane, items), height) in lanes.iter().zip(&placed).zip(&heights) {
        svg.line("grid", (0.0, top + height), (WIDTH, top + height));
        svg.link(&lane.href, &lane.name, |svg| {
            let short = shorten(&lane.name, 26);
            svg.text("lane", (4.0, top + height / 2.0 + 4.0), "start", &short);
        });
        for (first, last, facts, href) in &lane.sums {
            let (x, end) = (scale.x(*first), scale.end(*last));
            // Areas, not lengths, carry the number.
            let side = (*facts as f64 / most).sqrt() * (height - 8.0);
            let (a, b) = (first.to_string(), last.to_string());
            let label = format!("{} – {}: {facts}", &a[..a.len() - 3], &b[..b.len() - 3]);
            svg.link(href, &label, |svg| {
                let y = top + (height - side) / 2.0;
                svg.rect("sum", (x, y), ((end - x - 0.6).max(1.2), side.max(1.5)));
            });
        }
        for (row, item) in items {
            let y = top + 5.0 + *row as f64 * ROW;
            svg.link(&item.href, &item.title, |svg| draw(svg, &scale, item, y));
        }
        top += height;
    }
    if lanes.is_empty() {
        svg.text("lane", (WIDTH / 2.0, 20.0), "middle", c.t("none"));
    }
    svg.finish()
}

/// First and last day of an item within the scale, with an open side on the edge.
fn reach(item: &Item, scale: &Scale) -> (f64, f64) {
    let x = item
        .date
        .earliest()
        .map_or(scale.x(scale.from), |d| scale.x(d));
    let end = item
        .date
        .latest()
        .map_or(scale.end(scale.to), |d| scale.end(d));
    (x, end.max(x + 6.0))
}

/// Puts items into rows so that they do not lie on each other, as far as there is room.
fn place<'l>(lane: &'l Lane, scale: &Scale) -> Vec<(usize, &'l Item)> {
    let mut ends = [f64::MIN; ROWS];
    let mut placed = Vec::new();
    for item in &lane.items {
        let (x, end) = reach(item, scale);
        let row = (0..ROWS).find(|row| ends[*row] <= x).unwrap_or_else(|| {
            let mut least = 0;
            for row in 1..ROWS {
                if ends[row] < ends[least] {
                    least = row;
                }
            }
            least
        });
        ends[row] = end + 1.5;
        placed.push((row, item));
    }
    placed
}

/// A day is a disc, a stretch with known ends a bar, a month or year of which the day is not known
/// a pale bar, an open end an arrow; what is unsure has a broken outline.
fn draw(svg: &mut Svg, scale: &Scale, item: &Item, y: f64) {
    let (x, end) = reach(item, scale);
    let mut classes = item.look.classes();
    let (vague, unsure, open) = nature(item.date);
    if unsure {
        classes.push_str(" unsure");
    }
    let middle = y + ROW / 2.0;
    if item.date.as_day().is_some() {
        svg.circle(&classes, (x.max(4.0) + 1.0, middle), 3.8);
    } else {
        if vague {
            classes.push_str(" vague");
        }
        svg.rect(&classes, (x, y + 2.0), (end - x, ROW - 4.0));
        if open {
            let tip = format!(
                "M{:.1} {:.1}l5 {:.1}l-5 {:.1}z",
                end - 1.0,
                y + 1.0,
                ROW / 2.0 - 1.0,
                ROW / 2.0 - 1.0
            );
            svg.path(&classes, &tip, None);
        }
    }
    if item.look.modality == Modality::Negated {
        svg.line("strike", (x - 2.0, middle + 4.0), (end + 2.0, middle - 4.0));
    }
}

/// Is the day within it unknown? Is it unsure? Is its end open?
fn nature(date: Edtf) -> (bool, bool, bool) {
    let unsure = |point: Point| point.approximate || point.uncertain;
    match date {
        Edtf::Point(point) => (point.day.is_none(), unsure(point), false),
        Edtf::Interval(from, to) => {
            let of = |end: End| matches!(end, End::At(point) if unsure(point));
            (false, of(from) || of(to), to == End::Open)
        }
    }
}

/// The beginning of a name, with a mark if something is left out.
pub(super) fn shorten(name: &str, most: usize) -> String {
    let wide = |c: char| if (c as u32) < 0x1100 { 1 } else { 2 };
    let mut width = 0;
    for (i, c) in name.char_indices() {
        width += wide(c);
        if width > most {
            return format!("{}…", name[..i].trim_end());
        }
    }
    name.to_owned()
}
