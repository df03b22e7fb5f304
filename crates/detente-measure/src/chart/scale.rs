//! From months and values to places.

use crate::Month;

/// A linear scale from months to horizontal places.
#[derive(Clone, Copy)]
pub(super) struct Time {
    from: f64,
    to: f64,
    left: f64,
    right: f64,
}

impl Time {
    /// From the start of month `from` to the end of month `to`.
    pub(super) fn new(from: Month, to: Month, left: f64, right: f64) -> Self {
        let to = to.max(from);
        Self {
            from: f64::from(from.number()),
            to: f64::from(to.number()) + 1.0,
            left,
            right,
        }
    }

    /// Place of a time in months, such as 24238.5 for the middle of a month.
    pub(super) fn at(self, months: f64) -> f64 {
        let share = (months - self.from) / (self.to - self.from);
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// Middle of a month.
    pub(super) fn middle(self, month: Month) -> f64 {
        self.at(f64::from(month.number()) + 0.5)
    }

    /// First month of a span.
    pub(super) fn start(self, month: Month) -> f64 {
        self.at(f64::from(month.number()))
    }

    /// End of a month.
    pub(super) fn end(self, month: Month) -> f64 {
        self.at(f64::from(month.number()) + 1.0)
    }

    /// Marks of the axis: years, or months where there are few.
    pub(super) fn ticks(self) -> Vec<(f64, String)> {
        let months = self.to - self.from;
        let room = (self.right - self.left) / 56.0;
        let step = [1.0, 3.0, 6.0, 12.0, 24.0, 60.0, 120.0, 240.0, 600.0, 1200.0]
            .into_iter()
            .find(|step| months / step <= room)
            .unwrap_or(12_000.0);
        let mut ticks = Vec::new();
        let mut at = (self.from / step).ceil() * step;
        while at < self.to {
            let month = Month::from_number(at as i32);
            let label = if step < 12.0 {
                month.to_string()
            } else {
                format!("{:04}", month.year())
            };
            ticks.push((self.at(at), label));
            at += step;
        }
        ticks
    }
}

/// A linear scale from values to vertical places.
#[derive(Clone, Copy)]
pub(super) struct Value {
    low: f64,
    high: f64,
    top: f64,
    bottom: f64,
}

impl Value {
    pub(super) fn new(low: f64, high: f64, top: f64, bottom: f64) -> Self {
        Self {
            low,
            high: if high > low { high } else { low + 1.0 },
            top,
            bottom,
        }
    }

    pub(super) fn at(self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.bottom - share.clamp(0.0, 1.0) * (self.bottom - self.top)
    }

    /// About five round values.
    pub(super) fn ticks(self) -> Vec<f64> {
        let rough = (self.high - self.low) / 5.0;
        let mut power = 1e-6;
        while power * 10.0 <= rough {
            power *= 10.0;
        }
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|s| s * power)
            .find(|s| *s >= rough)
            .unwrap_or(power * 10.0);
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step).floor() as i64;
        (first..=last).map(|k| k as f64 * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(
            Value::new(-10.0, 10.0, 0.0, 1.0).ticks(),
            [-10.0, -5.0, 0.0, 5.0, 10.0]
        );
        let time = Time::new(
            "1998-01".parse().unwrap(),
            "2025-12".parse().unwrap(),
            0.0,
            900.0,
        );
        let labels: Vec<String> = time.ticks().into_iter().map(|t| t.1).collect();
        assert_eq!(labels.first().map(String::as_str), Some("1998"));
        assert!(labels.len() <= 16);
    }
}
