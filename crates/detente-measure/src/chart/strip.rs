//! States over time, a row each: when summits stopped and resumed, at a glance.

use super::{
    scale::Time,
    svg::{Anchor, Svg, n},
};
use crate::Month;

/// The strip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strip {
    /// Id in the page, letters, digits and hyphens.
    pub id: String,
    /// Title, shown and read aloud.
    pub title: String,
    /// What it shows, in a sentence, for those who do not see it.
    pub description: String,
    /// First and last month.
    pub span: Option<(Month, Month)>,
    /// From top to bottom.
    pub rows: Vec<StripRow>,
    /// Names of statuses: the status, and what is shown for it. Others are shown as they are.
    pub names: Vec<(String, String)>,
}

/// A channel or commitment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StripRow {
    /// Its name.
    pub name: String,
    /// Where the name leads.
    pub href: Option<String>,
    /// In order of time; where none stands nothing is known.
    pub spans: Vec<StripSpan>,
}

/// A time in one state.
#[derive(Clone, Debug, PartialEq)]
pub struct StripSpan {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// State: `active`, `resumed`, `proposed`, `impaired`, `halted`, `concluded` (codebook 6.3) or of
    /// a commitment (6.4). An unknown one is drawn as an outline.
    pub status: String,
    /// Where it leads.
    pub href: Option<String>,
    /// What is told when it is looked at.
    pub label: String,
}

const WIDTH: f64 = 960.0;
const NAMES: f64 = 190.0;
const ROW: f64 = 24.0;
const TOP: f64 = 66.0;

/// How a state looks: hue, height as a share of the row, opacity, dashes of its outline.
fn look(status: &str) -> (usize, f64, f64, bool) {
    match status {
        "active" | "in_force" | "agreed" => (0, 0.75, 1.0, false),
        "resumed" | "kept" => (2, 0.75, 1.0, false),
        "partly_kept" | "open" => (5, 0.5, 0.9, false),
        "proposed" => (5, 0.4, 0.25, true),
        "impaired" | "disputed" => (4, 0.5, 0.9, false),
        "halted" | "broken" | "suspended" => (1, 0.2, 1.0, false),
        "concluded" | "superseded" | "withdrawn" => (3, 0.35, 0.8, false),
        _ => (3, 0.3, 0.0, true),
    }
}

impl Strip {
    /// The strip as SVG.
    pub fn svg(&self) -> String {
        let bottom = TOP + ROW * self.rows.len() as f64 + 6.0;
        let mut svg = Svg::new(
            &self.id,
            &self.title,
            &self.description,
            WIDTH,
            bottom + 30.0,
        );
        let spans = || self.rows.iter().flat_map(|r| &r.spans);
        let (from, to) = self.span.unwrap_or_else(|| {
            let nothing = Month::from_number(24_240);
            (
                spans().map(|s| s.from).min().unwrap_or(nothing),
                spans().map(|s| s.to).max().unwrap_or(nothing.plus(11)),
            )
        });
        let time = Time::new(from, to, NAMES, WIDTH - 20.0);
        svg.heading(16.0, 22.0, &self.title);
        for (x, label) in time.ticks() {
            svg.rule((x, TOP - 4.0), (x, bottom), "dt-grid");
            svg.text(x, bottom + 18.0, Anchor::Middle, true, &label);
        }
        self.legend(&mut svg);
        for (i, row) in self.rows.iter().enumerate() {
            let middle = TOP + ROW * (i as f64 + 0.5);
            svg.linked(row.href.as_deref(), &row.name, |svg| {
                svg.text(16.0, middle + 4.0, Anchor::Start, false, &row.name);
            });
            svg.rule((NAMES, middle), (WIDTH - 20.0, middle), "dt-grid");
            for span in &row.spans {
                let label = format!(
                    "{}: {} – {}, {}. {}",
                    row.name,
                    span.from,
                    span.to,
                    self.named(&span.status),
                    span.label
                );
                svg.linked(span.href.as_deref(), &label, |svg| {
                    let (left, right) = (time.start(span.from), time.end(span.to));
                    bar(svg, left, middle, (right - left).max(2.0), &span.status);
                });
            }
        }
        svg.finish()
    }

    fn legend(&self, svg: &mut Svg) {
        let mut statuses: Vec<&str> = Vec::new();
        for span in self.rows.iter().flat_map(|r| &r.spans) {
            if !statuses.contains(&span.status.as_str()) {
                statuses.push(&span.status);
            }
        }
        let mut x = NAMES;
        for status in statuses {
            bar(svg, x, 42.0, 20.0, status);
            let name = self.named(status);
            svg.text(x + 26.0, 46.0, Anchor::Start, true, name);
            let wide = |c: char| if c.is_ascii() { 6.4 } else { 12.0 };
            x += 48.0 + name.chars().map(wide).sum::<f64>();
        }
    }

    fn named<'a>(&'a self, status: &'a str) -> &'a str {
        let found = self.names.iter().find(|(known, _)| known == status);
        found.map_or(status, |(_, name)| name)
    }
}

fn bar(svg: &mut Svg, left: f64, middle: f64, width: f64, status: &str) {
    let (hue, share, opacity, outlined) = look(status);
    let height = ROW * share;
    let i = hue + 1;
    let colour = super::COLOURS[hue];
    let outline = if outlined {
        format!(" stroke=\"{colour}\" stroke-dasharray=\"3 2\"")
    } else {
        String::new()
    };
    svg.put(format_args!(
        "<rect class=\"dt-f{i}{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{colour}\" \
         fill-opacity=\"{opacity}\"{outline}/>",
        if outlined {
            format!(" dt-s{i}")
        } else {
            String::new()
        },
        n(left),
        n(middle - height / 2.0),
        n(width),
        n(height)
    ));
}
