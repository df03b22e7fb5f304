//! Charts as SVG: from plain structs to a string.
//!
//! A chart has no inline style and no script, so that it stands in a page with a strict Content
//! Security Policy. Its colours (Okabe and Ito's, told apart by the colour-blind) stand in
//! presentation attributes; [`STYLE`] overrides them by class with variables, for a page's style
//! sheet, light and dark. Form tells apart what colour does: marks differ in shape, lines in dashes,
//! states in height and hatching. All text is escaped; a link that is not of the web or of the page
//! itself is left out.

mod bars;
mod lanes;
mod legend;
mod line;
mod overview;
mod scale;
mod strip;
mod svg;

pub use bars::{Bar, Bars};
pub use lanes::{Lane, LaneMark, Lanes};
pub use line::{Change, Line, LineChart, LinePoint, PollLine, PollMark};
pub use overview::Overview;
pub use strip::{Strip, StripRow, StripSpan};

/// Rules for a page's style sheet. Variables: `--chart-text`, `--chart-quiet`, `--chart-grid`,
/// `--chart-ground`, `--chart-1` to `--chart-7`.
pub const STYLE: &str = include_str!("style.css");

/// Colours of Okabe and Ito (2008), black aside: blue, vermilion, green, purple, orange, sky blue,
/// yellow.
pub(crate) const COLOURS: [&str; 7] = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442",
];

/// Makes a chart a file of its own: with a declaration, and dark where the reader prefers it.
pub fn standalone(svg: &str) -> String {
    let style = "<style>@media (prefers-color-scheme: dark) {\
        .dt-ground{fill:#16191d}.dt-text{fill:#e8e6e1}.dt-quiet{fill:#a9adb3}\
        .dt-grid{stroke:#343a41}.dt-axis{stroke:#8a9099}\
        .dt-s1{stroke:#56B4E9}.dt-f1{fill:#56B4E9}.dt-s2{stroke:#ff8a3d}.dt-f2{fill:#ff8a3d}}</style>";
    let at = svg.find('>').map_or(0, |end| end + 1);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}{style}{}\n",
        &svg[..at],
        &svg[at..]
    )
}
