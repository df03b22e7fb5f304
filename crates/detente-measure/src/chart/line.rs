//! Series of months with their bands, poll figures over them, and change points.

use super::{
    scale::{Time, Value},
    svg::{Anchor, Hue, Svg, n},
};
use crate::Month;

/// The chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineChart {
    /// Id in the page, letters, digits and hyphens.
    pub id: String,
    /// Title, shown and read aloud.
    pub title: String,
    /// What it shows, in a sentence, for those who do not see it.
    pub description: String,
    /// First and last month; from the points if not given.
    pub span: Option<(Month, Month)>,
    /// Lower and upper end of the left axis; from the points if not given.
    pub range: Option<(f64, f64)>,
    /// What the left axis says.
    pub axis: String,
    /// Words at the upper and lower end of the left axis, such as "cooperation" and "conflict".
    pub ends: (String, String),
    /// Series by month.
    pub lines: Vec<Line>,
    /// Poll figures on the right axis, 0 to 100.
    pub polls: Vec<PollLine>,
    /// Change points.
    pub changes: Vec<Change>,
    /// What the legend calls them.
    pub change_name: String,
}

/// A series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Name in the legend.
    pub name: String,
    /// Drawn as a line with its band, without marks: for what moves slowly.
    pub smooth: bool,
    /// In order of time; months without a value are left out, and the line is broken there.
    pub points: Vec<LinePoint>,
}

/// A month.
#[derive(Clone, Debug, PartialEq)]
pub struct LinePoint {
    /// The month.
    pub month: Month,
    /// Its value.
    pub value: f64,
    /// Lower and upper limit.
    pub band: Option<(f64, f64)>,
    /// Where the point leads.
    pub href: Option<String>,
    /// What is told when the point is looked at.
    pub label: String,
}

/// Poll figures of one wording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PollLine {
    /// Name in the legend.
    pub name: String,
    /// In order of time.
    pub points: Vec<PollMark>,
}

/// A poll figure.
#[derive(Clone, Debug, PartialEq)]
pub struct PollMark {
    /// The month.
    pub month: Month,
    /// Per cent.
    pub value: f64,
    /// Where it leads.
    pub href: Option<String>,
    /// What is told when it is looked at.
    pub label: String,
}

/// A change point.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// First month of the new level.
    pub month: Month,
    /// 0 to 1.
    pub probability: f64,
    /// Where it leads.
    pub href: Option<String>,
    /// What is told when it is looked at.
    pub label: String,
}

pub(super) const WIDTH: f64 = 960.0;
pub(super) const LEFT: f64 = 56.0;
const TOP: f64 = 74.0;
const BOTTOM: f64 = 330.0;
const HEIGHT: f64 = 366.0;
/// Fewest months in a row that are joined by a line.
const SHORT: usize = 4;

impl LineChart {
    /// The chart as SVG.
    pub fn svg(&self) -> String {
        let polls = self.poll_legend();
        let height = HEIGHT + polls.height();
        let mut svg = Svg::new(&self.id, &self.title, &self.description, WIDTH, height);
        let right = if self.polls.is_empty() {
            WIDTH - 20.0
        } else {
            WIDTH - 52.0
        };
        let (from, to) = self.span();
        let time = Time::new(from, to, LEFT, right);
        let (low, high) = self.range();
        let scale = Value::new(low, high, TOP, BOTTOM);
        svg.heading(LEFT, 22.0, &self.title);
        self.axes(&mut svg, time, scale, right);
        self.legend(&mut svg);
        polls.draw(&mut svg, HEIGHT);
        for change in &self.changes {
            let x = time.start(change.month);
            let label = format!(
                "{}: {} ({:.0} %)",
                change.month,
                change.label,
                change.probability * 100.0
            );
            svg.linked(change.href.as_deref(), &label, |svg| {
                svg.put(format_args!(
                    "<line {} x1=\"{x}\" y1=\"{TOP}\" x2=\"{x}\" y2=\"{BOTTOM}\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"/>\
                     <path {} d=\"M{x} {TOP}l5 -8h-10z\"/>",
                    Hue(1).stroke(),
                    Hue(1).fill(),
                    x = n(x)
                ));
            });
        }
        let lines = || self.lines.iter().enumerate();
        for (i, line) in lines()
            .filter(|(_, l)| l.smooth)
            .chain(lines().filter(|(_, l)| !l.smooth))
        {
            draw_line(&mut svg, line, i, time, scale);
        }
        let percent = Value::new(0.0, 100.0, TOP, BOTTOM);
        for (i, poll) in self.polls.iter().enumerate() {
            draw_poll(&mut svg, poll, i, time, percent);
        }
        svg.finish()
    }

    fn span(&self) -> (Month, Month) {
        let lines = self
            .lines
            .iter()
            .flat_map(|l| l.points.iter().map(|p| p.month));
        let polls = self
            .polls
            .iter()
            .flat_map(|l| l.points.iter().map(|p| p.month));
        let mut months: Vec<Month> = lines.chain(polls).collect();
        months.sort();
        let nothing = Month::from_number(24_240);
        self.span.unwrap_or((
            months.first().copied().unwrap_or(nothing),
            months.last().copied().unwrap_or(nothing.plus(11)),
        ))
    }

    fn range(&self) -> (f64, f64) {
        self.range.unwrap_or_else(|| {
            let points = self.lines.iter().flat_map(|l| &l.points);
            let (mut low, mut high) = (0.0_f64, 0.0_f64);
            for point in points {
                let (l, h) = point.band.unwrap_or((point.value, point.value));
                low = low.min(l);
                high = high.max(h);
            }
            (low.floor(), high.ceil())
        })
    }

    fn axes(&self, svg: &mut Svg, time: Time, scale: Value, right: f64) {
        for tick in scale.ticks() {
            let y = scale.at(tick);
            let class = if tick == 0.0 { "dt-axis" } else { "dt-grid" };
            svg.rule((LEFT, y), (right, y), class);
            svg.text(
                LEFT - 8.0,
                y + 4.0,
                Anchor::End,
                true,
                &n(tick).replace('-', "−"),
            );
        }
        for (x, label) in time.ticks() {
            svg.rule((x, BOTTOM), (x, BOTTOM + 5.0), "dt-axis");
            svg.text(x, BOTTOM + 20.0, Anchor::Middle, true, &label);
        }
        svg.rule((LEFT, BOTTOM), (right, BOTTOM), "dt-axis");
        svg.text(LEFT, 62.0, Anchor::Start, true, &self.axis);
        if !self.ends.0.is_empty() {
            svg.text(
                LEFT + 6.0,
                TOP + 14.0,
                Anchor::Start,
                true,
                &format!("↑ {}", self.ends.0),
            );
        }
        if !self.ends.1.is_empty() {
            svg.text(
                LEFT + 6.0,
                BOTTOM - 7.0,
                Anchor::Start,
                true,
                &format!("↓ {}", self.ends.1),
            );
        }
        if !self.polls.is_empty() {
            for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
                let y = BOTTOM - tick / 100.0 * (BOTTOM - TOP);
                svg.text(
                    right + 8.0,
                    y + 4.0,
                    Anchor::Start,
                    true,
                    &format!("{tick} %"),
                );
            }
        }
    }
}

/// Vermilion is kept for change points.
pub(super) fn line_hue(i: usize) -> Hue {
    Hue(if i == 0 { 0 } else { i + 4 })
}

pub(super) fn dashes(i: usize) -> &'static str {
    ["", " stroke-dasharray=\"7 3\"", " stroke-dasharray=\"2 3\""][i % 3]
}

fn draw_line(svg: &mut Svg, line: &Line, i: usize, time: Time, scale: Value) {
    let hue = line_hue(i);
    // A month without a report breaks the line. Where lines are short the bands of single months
    // are bars.
    for run in line.points.chunk_by(|a, b| b.month == a.month.plus(1)) {
        if run.len() < SHORT && !line.smooth {
            for point in run {
                draw_bar(svg, point, hue, time, scale);
            }
            continue;
        }
        let mut area = String::new();
        let mut back = String::new();
        for point in run {
            let x = n(time.middle(point.month));
            let (low, high) = point.band.unwrap_or((point.value, point.value));
            area.push_str(&format!(
                "{}{x} {}",
                if area.is_empty() { "M" } else { "L" },
                n(scale.at(high))
            ));
            back = format!("L{x} {}{back}", n(scale.at(low)));
        }
        if run.iter().any(|p| p.band.is_some()) {
            svg.put(format_args!(
                "<path {} fill-opacity=\"0.16\" d=\"{area}{back}z\"/>",
                hue.fill()
            ));
        }
        let path: String = run
            .iter()
            .enumerate()
            .map(|(k, p)| {
                let letter = if k == 0 { "M" } else { "L" };
                format!(
                    "{letter}{} {}",
                    n(time.middle(p.month)),
                    n(scale.at(p.value))
                )
            })
            .collect();
        svg.put(format_args!(
            "<path {} fill=\"none\" stroke-width=\"2\" stroke-linejoin=\"round\"{} d=\"{path}\"/>",
            hue.stroke(),
            if line.smooth { "" } else { dashes(i) }
        ));
    }
    for point in line.points.iter().filter(|_| !line.smooth) {
        svg.linked(point.href.as_deref(), &point.label, |svg| {
            svg.put(format_args!(
                "<circle {} cx=\"{}\" cy=\"{}\" r=\"3\"/>",
                hue.fill(),
                n(time.middle(point.month)),
                n(scale.at(point.value))
            ));
        });
    }
}

/// The band of a month that stands alone.
fn draw_bar(svg: &mut Svg, point: &LinePoint, hue: Hue, time: Time, scale: Value) {
    if let Some((low, high)) = point.band {
        svg.put(format_args!(
            "<line {} x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{}\" stroke-width=\"3\" stroke-opacity=\"0.22\"/>",
            hue.stroke(),
            n(scale.at(low)),
            n(scale.at(high)),
            x = n(time.middle(point.month))
        ));
    }
}

fn draw_poll(svg: &mut Svg, poll: &PollLine, i: usize, time: Time, percent: Value) {
    let hue = Hue(i + 2);
    let path: String = poll
        .points
        .iter()
        .enumerate()
        .map(|(k, p)| {
            let letter = if k == 0 { "M" } else { "L" };
            format!(
                "{letter}{} {}",
                n(time.middle(p.month)),
                n(percent.at(p.value))
            )
        })
        .collect();
    if poll.points.len() > 1 {
        svg.put(format_args!(
            "<path {} fill=\"none\" stroke-width=\"1.2\" stroke-dasharray=\"2 3\" d=\"{path}\"/>",
            hue.stroke()
        ));
    }
    for point in &poll.points {
        svg.linked(point.href.as_deref(), &point.label, |svg| {
            svg.mark(
                i + 1,
                time.middle(point.month),
                percent.at(point.value),
                hue,
            );
        });
    }
}
