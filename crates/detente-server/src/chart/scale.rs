//! Time along the width of a chart.

use jiff::{ToSpan, civil::Date};

/// Days from one date to another over a width.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    pub(crate) from: Date,
    pub(crate) to: Date,
    left: f64,
    width: f64,
}

/// Days from a fixed day on.
fn number(date: Date) -> f64 {
    Date::constant(1900, 1, 1)
        .until(date)
        .map_or(0.0, |span| f64::from(span.get_days()))
}

/// A mark on the axis: where, what it says, and the time that it names.
pub(super) struct Tick {
    pub(super) x: f64,
    pub(super) label: String,
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Scale {
    pub(crate) fn new(from: Date, to: Date, left: f64, width: f64) -> Self {
        Self {
            from,
            to: to.max(from),
            left,
            width,
        }
    }

    /// Days shown.
    pub(crate) fn days(&self) -> f64 {
        number(self.to) - number(self.from) + 1.0
    }

    /// Where the day begins; days outside are put on the edge.
    pub(crate) fn x(&self, date: Date) -> f64 {
        let share = (number(date) - number(self.from)) / self.days();
        self.left + self.width * share.clamp(0.0, 1.0)
    }

    /// Where the day ends.
    pub(crate) fn end(&self, date: Date) -> f64 {
        self.x(date.tomorrow().unwrap_or(date))
    }

    /// Marks: decades, years, months or days, as many as find room.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let days = self.days();
        let mut ticks = Vec::new();
        let mut push = |from: Date, to: Date, label: String| {
            if from >= self.from && from <= self.to {
                ticks.push(Tick {
                    x: self.x(from),
                    label,
                    from,
                    to,
                });
            }
        };
        if days > 3.0 * 366.0 {
            let years = days / 365.25;
            let step = [1, 2, 5, 10, 25, 50, 100]
                .into_iter()
                .find(|step| years / f64::from(*step) <= 16.0)
                .unwrap_or(200);
            let first = self.from.year().div_euclid(step) * step;
            let mut year = first;
            while year <= self.to.year() {
                let last = (year + step - 1).min(9999);
                if let (Ok(from), Ok(to)) = (Date::new(year, 1, 1), Date::new(last, 12, 31)) {
                    push(from, to, year.to_string());
                }
                year += step;
            }
        } else if days > 70.0 {
            let step: i8 = if days > 500.0 { 3 } else { 1 };
            let mut date = self.from.first_of_month();
            while date <= self.to {
                if (date.month() - 1) % step == 0 {
                    let last = date.saturating_add(i32::from(step).months()).yesterday();
                    let label = format!("{:04}-{:02}", date.year(), date.month());
                    push(date, last.unwrap_or(date), label);
                }
                date = date.saturating_add(1.month());
                if date.year() == 9999 {
                    break;
                }
            }
        } else {
            let step = if days > 20.0 { 7 } else { 1 };
            let mut date = self.from;
            while date <= self.to {
                push(date, date, date.to_string());
                let next = date.saturating_add(step.days());
                if next == date {
                    break;
                }
                date = next;
            }
        }
        ticks
    }
}
