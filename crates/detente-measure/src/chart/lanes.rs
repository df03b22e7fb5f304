//! A timeline in lanes: by issue, channel or actor. Days are dots, longer times bars, and what did
//! not take place does not look as if it had.

use detente_extract::Modality;

use super::{
    COLOURS,
    scale::Time,
    svg::{Anchor, Svg, n},
};
use crate::Month;

/// The timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Lanes {
    /// Id in the page, letters, digits and hyphens.
    pub id: String,
    /// Title, shown and read aloud.
    pub title: String,
    /// What it shows, in a sentence, for those who do not see it.
    pub description: String,
    /// First and last month; what lies outside is cut at the edge.
    pub span: (Month, Month),
    /// From top to bottom.
    pub lanes: Vec<Lane>,
}

/// A lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// Its name.
    pub name: String,
    /// Where the name leads.
    pub href: Option<String>,
    /// In order of time.
    pub marks: Vec<LaneMark>,
}

/// Something in a lane.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneMark {
    /// First possible time, in months since year 0 with the day as a fraction
    /// ([`LaneMark::time`]); `None`: open.
    pub from: Option<f64>,
    /// Last possible time; `None`: open.
    pub to: Option<f64>,
    /// Planned is dashed, hypothetical hollow, negated struck, historical pale.
    pub modality: Modality,
    /// Above 0 is drawn over the line of the lane, below 0 under it.
    pub intensity: f64,
    /// The date is approximate or uncertain.
    pub uncertain: bool,
    /// Where it leads.
    pub href: Option<String>,
    /// What is told when it is looked at.
    pub label: String,
}

impl LaneMark {
    /// A day as months since year 0.
    pub fn time(day: jiff::civil::Date) -> f64 {
        let share = f64::from(day.day() - 1) / f64::from(day.days_in_month());
        f64::from(Month::of(day).number()) + share
    }
}

const WIDTH: f64 = 960.0;
const NAMES: f64 = 190.0;
const ROW: f64 = 34.0;
const TOP: f64 = 44.0;

impl Lanes {
    /// The timeline as SVG.
    pub fn svg(&self) -> String {
        let bottom = TOP + ROW * self.lanes.len() as f64 + 6.0;
        let mut svg = Svg::new(
            &self.id,
            &self.title,
            &self.description,
            WIDTH,
            bottom + 30.0,
        );
        let time = Time::new(self.span.0, self.span.1, NAMES, WIDTH - 20.0);
        svg.heading(16.0, 22.0, &self.title);
        for (x, label) in time.ticks() {
            svg.rule((x, TOP - 6.0), (x, bottom), "dt-grid");
            svg.text(x, bottom + 18.0, Anchor::Middle, true, &label);
        }
        for (i, lane) in self.lanes.iter().enumerate() {
            let middle = TOP + ROW * (i as f64 + 0.5);
            svg.linked(lane.href.as_deref(), &lane.name, |svg| {
                svg.text(16.0, middle + 4.0, Anchor::Start, false, &lane.name);
            });
            svg.rule((NAMES, middle), (WIDTH - 20.0, middle), "dt-axis");
            for mark in &lane.marks {
                svg.linked(mark.href.as_deref(), &mark.label, |svg| {
                    draw(svg, mark, time, middle)
                });
            }
        }
        svg.finish()
    }
}

fn draw(svg: &mut Svg, mark: &LaneMark, time: Time, middle: f64) {
    let left = mark.from.map_or(NAMES, |t| time.at(t));
    let right = mark.to.map_or(WIDTH - 20.0, |t| time.at(t));
    let hue = usize::from(mark.intensity < 0.0);
    let y = match mark.intensity {
        x if x > 0.0 => middle - 7.0,
        x if x < 0.0 => middle + 7.0,
        _ => middle,
    };
    let colour = COLOURS[hue];
    let i = hue + 1;
    let (fill, dashes) = match mark.modality {
        Modality::Asserted => ("1", ""),
        Modality::Historical => ("0.45", ""),
        Modality::Planned => ("0.15", " stroke-dasharray=\"3 2\""),
        Modality::Hypothetical | Modality::Negated => ("0", ""),
    };
    let width = right - left;
    let radius = if mark.uncertain { 2.0 } else { 4.5 };
    let shape = if width < 5.0 {
        format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"4.5\"",
            n(f64::midpoint(left, right)),
            n(y)
        )
    } else {
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"9\" rx=\"{radius}\"",
            n(left),
            n(y - 4.5),
            n(width)
        )
    };
    svg.put(format_args!(
        "{shape} class=\"dt-f{i} dt-s{i}\" fill=\"{colour}\" fill-opacity=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.5\"{dashes}/>"
    ));
    if mark.uncertain {
        svg.text(
            f64::midpoint(left, right),
            y - 6.0,
            Anchor::Middle,
            true,
            "~",
        );
    }
    if mark.modality == Modality::Negated {
        let (from, to) = if width < 5.0 {
            (left - 6.0, right + 6.0)
        } else {
            (left, right)
        };
        svg.put(format_args!(
            "<line class=\"dt-s{i}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{colour}\" stroke-width=\"1.5\"/>",
            n(from),
            n(y + 5.0),
            n(to),
            n(y - 5.0)
        ));
    }
}
