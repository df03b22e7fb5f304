//! What lines, polls and changes of a chart are called.

use super::{
    LineChart, PollLine,
    line::{LEFT, WIDTH, dashes, line_hue},
    svg::{Anchor, Hue, Svg, n},
};

/// Height of a row of the legend of polls.
const ROW: f64 = 22.0;

/// Names of series of polls, in rows below the chart.
pub(super) struct PollLegend {
    /// Name, left end, row.
    names: Vec<(String, f64, u32)>,
    rows: u32,
}

impl PollLegend {
    pub(super) fn height(&self) -> f64 {
        ROW * f64::from(self.rows)
    }

    /// Draws it from `top` on.
    pub(super) fn draw(&self, svg: &mut Svg, top: f64) {
        for (i, (name, x, row)) in self.names.iter().enumerate() {
            let y = top + 6.0 + ROW * f64::from(*row);
            svg.mark(i + 1, x + 12.0, y - 4.0, Hue(i + 2));
            svg.text(x + 26.0, y, Anchor::Start, false, name);
        }
    }
}

impl LineChart {
    pub(super) fn poll_legend(&self) -> PollLegend {
        let (mut x, mut row) = (LEFT, 0);
        let place = |poll: &PollLine| {
            let name = shortened(&poll.name, POLL_NAME);
            let width = width(&name);
            if x + width > WIDTH && x > LEFT {
                (x, row) = (LEFT, row + 1);
            }
            let at = (name, x, row);
            x += width;
            at
        };
        let names: Vec<_> = self.polls.iter().map(place).collect();
        let rows = if names.is_empty() { 0 } else { row + 1 };
        PollLegend { names, rows }
    }

    pub(super) fn legend(&self, svg: &mut Svg) {
        let mut x = LEFT;
        let mut entry = |svg: &mut Svg, name: &str, draw: &dyn Fn(&mut Svg, f64)| {
            let name = shortened(name, LINE_NAME);
            let width = width(&name);
            // What finds no room is told by its marks when they are looked at.
            if x + width > WIDTH {
                return;
            }
            draw(svg, x);
            svg.text(x + 26.0, 44.0, Anchor::Start, false, &name);
            x += width;
        };
        for (i, line) in self.lines.iter().enumerate() {
            entry(svg, &line.name, &|svg, x| {
                svg.put(format_args!(
                    "<path {} fill=\"none\" stroke-width=\"2\"{} d=\"M{} 40h20\"/>",
                    line_hue(i).stroke(),
                    if line.smooth { "" } else { dashes(i) },
                    n(x)
                ));
            });
        }
        if !self.changes.is_empty() {
            entry(svg, &self.change_name, &|svg, x| {
                svg.put(format_args!(
                    "<path {} d=\"M{} 44l5 -8h-10z\"/>",
                    Hue(1).fill(),
                    n(x + 12.0)
                ));
            });
        }
    }
}

/// Signs of a name in the legend, of a line and of a series of polls.
const LINE_NAME: usize = 44;
const POLL_NAME: usize = 64;

/// Room of an entry of the legend, about: signs of Chinese characters are twice as wide as others.
fn width(name: &str) -> f64 {
    let wide = |c: char| if c >= '\u{1100}' { 2.0 } else { 1.0 };
    44.0 + 6.4 * name.chars().map(wide).sum::<f64>()
}

fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let mut short: String = name.chars().take(most - 1).collect();
    short.push('…');
    short
}
