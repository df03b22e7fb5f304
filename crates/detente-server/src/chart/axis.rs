//! The axis of time.

use super::{scale::Scale, svg::Svg};
use crate::links;

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
