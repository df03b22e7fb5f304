//! The state of a relationship in numbers: a monthly index with its band, change points, the
//! salience of issues, polls of one wording, forecasts beside their baselines; and charts of them.
//!
//! [`Source`] gathers what counts from a record; everything after that works on plain values, draws
//! chance from one seed, and gives the same bytes on every machine.
//!
//! ```
//! use detente_measure::{Counted, Direction, IndexOptions, Month, index};
//! let event = |id: &str, month: &str, document: &str, intensity| Counted {
//!     month: month.parse().unwrap(),
//!     document: document.into(),
//!     intensity,
//!     forward: true,
//!     ..Counted::new(id)
//! };
//! let events = [
//!     event("e1", "2019-07", "a.txt", -6.0),
//!     event("e2", "2019-07", "b.txt", -2.0),
//!     event("e3", "2019-09", "c.txt", 2.5),
//! ];
//! let series = index(&events, Direction::Joint, &IndexOptions::default());
//! assert_eq!(series.points[0].mean, Some(-4.0));
//! assert_eq!(series.points[1].month, "2019-08".parse::<Month>().unwrap());
//! assert_eq!(series.points[1].mean, None); // nothing was reported: blank, not zero
//! ```

#![forbid(unsafe_code)]

mod band;
mod change;
pub mod chart;
mod coder;
mod counted;
mod draw;
mod forecast;
mod gather;
mod index;
mod month;
mod polls;
mod salience;

pub use change::{Break, BreakOptions, breaks};
pub use coder::{Accuracy, AccuracyError};
pub use counted::{Counted, Direction, one_a_day};
pub use draw::Draws;
pub use forecast::{Ahead, Forecast, Method, Scores, forecasts};
pub use gather::{Gathered, LeftOut, Source};
pub use index::{IndexOptions, Interval, Point, Series, index};
pub use month::{Month, MonthError};
pub use polls::{PollPoint, PollSeries, drawn_polls, polls};
pub use salience::{IssueShare, MonthOfIssues, salience};
