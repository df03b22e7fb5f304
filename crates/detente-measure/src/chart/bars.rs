//! Horizontal bars: shares of issues, counts by source.

use super::svg::{Anchor, Hue, Svg, n};

/// The chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// Id in the page, letters, digits and hyphens.
    pub id: String,
    /// Title, shown and read aloud.
    pub title: String,
    /// What it shows, in a sentence, for those who do not see it.
    pub description: String,
    /// From top to bottom.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Its length, 0 or more.
    pub value: f64,
    /// The value in words.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
}

const WIDTH: f64 = 960.0;
const NAMES: f64 = 250.0;
const ROW: f64 = 22.0;
const TOP: f64 = 36.0;

impl Bars {
    /// The chart as SVG.
    pub fn svg(&self) -> String {
        let height = TOP + ROW * self.bars.len() as f64 + 10.0;
        let mut svg = Svg::new(&self.id, &self.title, &self.description, WIDTH, height);
        svg.heading(16.0, 22.0, &self.title);
        let most = self
            .bars
            .iter()
            .fold(0.0_f64, |most, b| most.max(b.value))
            .max(1e-9);
        for (i, bar) in self.bars.iter().enumerate() {
            let y = TOP + ROW * i as f64;
            let width = (WIDTH - NAMES - 110.0) * (bar.value.max(0.0) / most);
            svg.linked(
                bar.href.as_deref(),
                &format!("{}: {}", bar.name, bar.text),
                |svg| {
                    svg.text(NAMES - 10.0, y + 15.0, Anchor::End, false, &bar.name);
                    svg.put(format_args!(
                        "<rect {} x=\"{NAMES}\" y=\"{}\" width=\"{}\" height=\"14\"/>",
                        Hue(0).fill(),
                        n(y + 4.0),
                        n(width)
                    ));
                    svg.text(
                        NAMES + width + 8.0,
                        y + 15.0,
                        Anchor::Start,
                        true,
                        &bar.text,
                    );
                },
            );
        }
        svg.finish()
    }
}
