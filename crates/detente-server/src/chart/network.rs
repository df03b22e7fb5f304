//! Who acts towards whom: actors on a circle, ties as arcs.

use std::collections::BTreeMap;

use super::svg::Svg;
use crate::{links, shell::Shell};

/// A tie to draw.
pub(crate) struct Tie<'a> {
    pub(crate) source: &'a str,
    pub(crate) target: &'a str,
    /// Events by quad class.
    pub(crate) events: [u64; 4],
    pub(crate) href: String,
}

const SIZE: f64 = 640.0;
const RADIUS: f64 = 200.0;

/// Draws ties; the most frequent are the widest. Colour and dash say what prevails.
pub(crate) fn network(c: &Shell<'_>, ties: &[Tie<'_>]) -> String {
    let mut weight: BTreeMap<&str, u64> = BTreeMap::new();
    for tie in ties {
        let sum: u64 = tie.events.iter().sum();
        *weight.entry(tie.source).or_default() += sum;
        *weight.entry(tie.target).or_default() += sum;
    }
    let mut actors: Vec<(&str, u64)> = weight.into_iter().collect();
    actors.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let number = actors.len().max(1) as f64;
    let width = SIZE + 320.0;
    let place: BTreeMap<&str, (f64, f64, f64)> = actors
        .iter()
        .enumerate()
        .map(|(i, (actor, _))| {
            // The first stands on the left, the second facing it: a dyad and those around it.
            let turn = if i % 2 == 0 {
                i as f64 / 2.0
            } else {
                number / 2.0 + (i as f64 - 1.0) / 2.0
            };
            let angle = std::f64::consts::PI * (1.0 + 2.0 * turn / number);
            let (x, y) = (
                width / 2.0 + RADIUS * angle.cos(),
                SIZE / 2.0 + RADIUS * angle.sin(),
            );
            (*actor, (x, y, angle))
        })
        .collect();
    let most = ties
        .iter()
        .map(|t| t.events.iter().sum())
        .max()
        .unwrap_or(1u64) as f64;
    let heaviest = actors.first().map_or(1, |a| a.1).max(1) as f64;
    let mut svg = Svg::new("chart network", width, SIZE, c.t("network.title"));
    for tie in ties.iter().rev() {
        let (Some(a), Some(b)) = (place.get(tie.source), place.get(tie.target)) else {
            continue;
        };
        let sum: u64 = tie.events.iter().sum();
        let good = tie.events[0] + tie.events[1];
        let class = match (good * 10 / sum.max(1)) as u32 {
            7.. => "tie good",
            4.. => "tie mixed",
            _ => "tie bad",
        };
        // Bent to the right as seen from the source, so that both directions can be told apart.
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let bend = ((a.0 + b.0) / 2.0 - dy * 0.16, (a.1 + b.1) / 2.0 + dx * 0.16);
        let data = format!(
            "M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
            a.0, a.1, bend.0, bend.1, b.0, b.1
        );
        let title = format!(
            "{} → {}: {} {good}, {} {}",
            c.actor(tie.source),
            c.actor(tie.target),
            c.t("quad.cooperation"),
            c.t("quad.conflict"),
            sum - good
        );
        let wide = 1.0 + 7.0 * (sum as f64 / most).sqrt();
        svg.link(&tie.href, &title, |svg| svg.path(class, &data, Some(wide)));
    }
    for (actor, sum) in &actors {
        let (x, y, angle) = place[actor];
        let name = c.actor(actor).into_owned();
        svg.link(&links::actor(actor), &format!("{name}: {sum}"), |svg| {
            svg.circle("node", (x, y), 3.0 + 9.0 * (*sum as f64 / heaviest).sqrt());
            let (tx, ty) = (x + 18.0 * angle.cos(), y + 18.0 * angle.sin());
            let anchor = match angle.cos() {
                c if c > 0.25 => "start",
                c if c < -0.25 => "end",
                _ => "middle",
            };
            svg.text("lane", (tx, ty + 4.0), anchor, &name);
        });
    }
    svg.finish()
}
