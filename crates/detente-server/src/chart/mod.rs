//! Charts drawn on the server as SVG. Every text is escaped; colours and weights are classes of the
//! style sheet, so that they follow dark and light; every mark that stands for facts is a link.

mod axis;
mod index;
mod lanes;
mod network;
mod scale;
mod svg;

pub(crate) use index::{index, poll_name, strip};
pub(crate) use lanes::{Item, Lane, Look, lanes};
pub(crate) use network::{Tie, network};
