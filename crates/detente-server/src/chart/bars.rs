//! Events over time: cooperation upwards, conflict downwards.

use detente_record::Months;
use jiff::{ToSpan, civil::Date};

use super::{scale::Scale, svg::Svg};
use crate::{links, shell::Shell};

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 40.0;
/// Most bars side by side.
const BARS: usize = 170;

fn month(text: &str) -> Option<Date> {
    format!("{text}-01").parse().ok()
}

/// Bars for merged events by month, quarter or year, each a link to its time.
pub(crate) fn bars(c: &Shell<'_>, months: &[Months], from: Date, to: Date) -> String {
    let scale = Scale::new(
        from.first_of_month(),
        to.last_of_month(),
        LEFT,
        WIDTH - LEFT - 8.0,
    );
    let all = (scale.days() / 30.4).ceil() as usize;
    let step = [1, 3, 6, 12, 60, 120]
        .into_iter()
        .find(|step| all / step <= BARS)
        .unwrap_or(240) as i32;
    // Bars begin where the year does.
    let mut bins: Vec<(Date, [u64; 4])> = Vec::new();
    let start = Date::new(scale.from.year(), 1, 1).unwrap_or(scale.from);
    let mut date = start;
    while date <= scale.to && bins.len() < 10_000 {
        bins.push((date, [0; 4]));
        date = date.saturating_add(step.months());
    }
    for month_sum in months {
        let Some(date) = month(&month_sum.month).filter(|date| *date >= start) else {
            continue;
        };
        let since =
            (i32::from(date.year()) - i32::from(start.year())) * 12 + i32::from(date.month() - 1);
        if let Some((_, sums)) = bins.get_mut((since / step) as usize) {
            for (sum, events) in sums.iter_mut().zip(month_sum.events) {
                *sum += events;
            }
        }
    }
    let most = bins
        .iter()
        .map(|(_, q)| (q[0] + q[1]).max(q[2] + q[3]))
        .max()
        .unwrap_or(0)
        .max(1) as f64;
    let middle = HEIGHT / 2.0 - 8.0;
    let unit = (middle - 16.0) / most;
    let mut svg = Svg::new("chart bars", WIDTH, HEIGHT, c.t("overview.chart"));
    axis(&mut svg, &scale, HEIGHT - 6.0, HEIGHT - 22.0);
    svg.line("zero", (LEFT, middle), (WIDTH - 8.0, middle));
    for share in [0.5, 1.0] {
        let number = (most * share).round();
        if number >= 1.0 {
            for sign in [-1.0, 1.0] {
                let y = middle + sign * number * unit;
                svg.line("grid", (LEFT, y), (WIDTH - 8.0, y));
                svg.text(
                    "tick",
                    (LEFT - 6.0, y + 4.0),
                    "end",
                    &format!("{number:.0}"),
                );
            }
        }
    }
    for (date, q) in &bins {
        if q.iter().sum::<u64>() == 0 {
            continue;
        }
        let last = date
            .saturating_add(step.months())
            .yesterday()
            .unwrap_or(*date);
        let (x, end) = (scale.x(*date), scale.end(last));
        let width = (end - x - 1.0).max(1.5);
        let (from, to) = (date.to_string(), last.to_string());
        let span = if step == 1 {
            from[..7].to_owned()
        } else {
            format!("{} – {}", &from[..7], &to[..7])
        };
        let title = format!(
            "{span}: {} {}, {} {}",
            c.t("quad.cooperation"),
            q[0] + q[1],
            c.t("quad.conflict"),
            q[2] + q[3]
        );
        let query = [("from", from.as_str()), ("to", &to)];
        let href = links::with_query("/timeline", &query);
        svg.link(&href, &title, |svg| {
            let mut up = middle;
            for (class, events) in [("q2", q[1]), ("q1", q[0])] {
                let height = events as f64 * unit;
                up -= height;
                if events > 0 {
                    svg.rect(class, (x, up), (width, height));
                }
            }
            let mut down = middle;
            for (class, events) in [("q4", q[3]), ("q3", q[2])] {
                let height = events as f64 * unit;
                if events > 0 {
                    svg.rect(class, (x, down), (width, height));
                }
                down += height;
            }
        });
    }
    svg.finish()
}

/// The axis of time: labels at `y`, lines down to `foot`.
pub(super) fn axis(svg: &mut Svg, scale: &Scale, y: f64, foot: f64) {
    for tick in scale.ticks() {
        svg.line("grid", (tick.x, 8.0), (tick.x, foot));
        let (from, to) = (tick.from.to_string(), tick.to.to_string());
        let href = links::with_query("/timeline", &[("from", from.as_str()), ("to", &to)]);
        svg.link(&href, &format!("{from} – {to}"), |svg| {
            svg.text("tick", (tick.x + 2.0, y), "start", &tick.label);
        });
    }
}
