//! Simple forecasts, always beside baselines, scored by rolling origins.
//!
//! A method sees the months up to an origin and names a value some months ahead. It is asked so at
//! every origin with at least [`TRAINING`] reported months before it, and compared with what came.
//! Months without reports are skipped: they neither teach nor score.

use serde::Serialize;

use crate::{Month, index::round};

/// Fewest reported months that a method learns from.
const TRAINING: usize = 12;
/// Fewest errors of a method that bear an interval.
const ERRORS: usize = 10;

/// A way to forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The last reported value. Baseline.
    LastValue,
    /// The mean of all reported values. Baseline.
    Mean,
    /// The last reported value of the same month of the year; the mean if there is none. Baseline.
    Seasonal,
    /// Simple exponential smoothing, its weight chosen on the months seen.
    Smoothing,
}

impl Method {
    /// All methods, baselines first.
    pub const ALL: [Self; 4] = [Self::LastValue, Self::Mean, Self::Seasonal, Self::Smoothing];

    /// As written in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LastValue => "last_value",
            Self::Mean => "mean",
            Self::Seasonal => "seasonal",
            Self::Smoothing => "smoothing",
        }
    }

    /// True for the methods that any other must beat.
    pub const fn is_baseline(self) -> bool {
        !matches!(self, Self::Smoothing)
    }

    /// Value `ahead` months after the last one of `seen`; `None` if nothing was reported.
    fn value(self, seen: &[Option<f64>], ahead: usize) -> Option<f64> {
        let reported = || seen.iter().rev().copied().flatten();
        match self {
            Self::LastValue => reported().next(),
            Self::Mean => {
                let n = reported().count();
                (n > 0).then(|| seen.iter().flatten().sum::<f64>() / n as f64)
            }
            Self::Seasonal => {
                let at = seen.len() - 1 + ahead;
                (1..)
                    .map_while(|years| at.checked_sub(12 * years))
                    .filter(|&i| i < seen.len())
                    .find_map(|i| seen[i])
                    .or_else(|| Self::Mean.value(seen, ahead))
            }
            Self::Smoothing => smoothed(seen),
        }
    }
}

/// The level after simple exponential smoothing, by the weight of .05 to .95 with the least squared
/// errors one step ahead.
fn smoothed(seen: &[Option<f64>]) -> Option<f64> {
    let values: Vec<f64> = seen.iter().copied().flatten().collect();
    let first = *values.first()?;
    let mut best = (f64::INFINITY, first);
    for step in 0..19 {
        let weight = 0.05 * f64::from(step + 1);
        let (mut level, mut errors) = (first, 0.0);
        for value in &values[1..] {
            let error = value - level;
            errors += error * error;
            level += weight * error;
        }
        if errors < best.0 {
            best = (errors, level);
        }
    }
    Some(best.1)
}

/// A value to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ahead {
    /// The month.
    pub month: Month,
    /// Its forecast.
    pub value: f64,
    /// Lower and upper limit by the method's own past errors; `None` if there are fewer than 10.
    pub band: Option<(f64, f64)>,
}

/// What came of a method at past origins, all steps ahead together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Forecasts that could be compared.
    pub compared: usize,
    /// Mean absolute error.
    pub mae: Option<f64>,
    /// Mean absolute error in units of the mean step between reported months seen at the origin
    /// (Hyndman and Koehler 2006); below 1 is better than the last value one step ahead.
    pub mase: Option<f64>,
    /// Share of values inside the interval known at the origin.
    pub coverage: Option<f64>,
    /// Forecasts with an interval.
    pub with_interval: usize,
}

/// A method, its values to come and its scores.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forecast {
    /// The method.
    pub method: Method,
    /// True for the methods that any other must beat.
    pub baseline: bool,
    /// Values to come.
    pub ahead: Vec<Ahead>,
    /// Scores at past origins.
    pub scores: Scores,
}

/// All methods on a series that begins in `first` and has one value a month (`None`: nothing was
/// reported), `steps` months ahead, with intervals that should hold the share `level`.
pub fn forecasts(first: Month, values: &[Option<f64>], steps: usize, level: f64) -> Vec<Forecast> {
    let mean_step = mean_steps(values);
    Method::ALL
        .into_iter()
        .map(|method| {
            // Errors by step, in order of the month in which they were known.
            let mut errors: Vec<Vec<(usize, f64)>> = vec![Vec::new(); steps];
            let mut scores = Scores::default();
            let (mut sum, mut scaled, mut scalable, mut inside) = (0.0, 0.0, 0, 0);
            let mut seen = 0;
            for origin in 0..values.len() {
                seen += usize::from(values[origin].is_some());
                if seen < TRAINING {
                    continue;
                }
                for ahead in 1..=steps {
                    let Some(&Some(came)) = values.get(origin + ahead) else {
                        continue;
                    };
                    let Some(said) = method.value(&values[..=origin], ahead) else {
                        continue;
                    };
                    let error = came - said;
                    scores.compared += 1;
                    sum += error.abs();
                    if let Some(step) = mean_step[origin] {
                        scaled += error.abs() / step;
                        scalable += 1;
                    }
                    if let Some((low, high)) = interval(&errors[ahead - 1], origin, level) {
                        scores.with_interval += 1;
                        inside += usize::from((low..=high).contains(&error));
                    }
                    errors[ahead - 1].push((origin + ahead, error));
                }
            }
            let share = |sum: f64, n: usize| (n > 0).then(|| round(sum / n as f64));
            scores.mae = share(sum, scores.compared);
            scores.mase = share(scaled, scalable);
            scores.coverage = share(inside as f64, scores.with_interval);
            let ahead = (1..=steps)
                .filter_map(|ahead| {
                    let value = method.value(values, ahead)?;
                    let band = interval(&errors[ahead - 1], values.len(), level);
                    Some(Ahead {
                        month: first.plus((values.len() - 1 + ahead) as i32),
                        value: round(value),
                        band: band.map(|(low, high)| (round(value + low), round(value + high))),
                    })
                })
                .collect();
            Forecast {
                method,
                baseline: method.is_baseline(),
                ahead,
                scores,
            }
        })
        .collect()
}

/// Mean absolute step between reported months, up to each month.
fn mean_steps(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let (mut last, mut sum, mut n) = (None, 0.0, 0);
    values
        .iter()
        .map(|value| {
            if let Some(value) = value
                && let Some(last) = last.replace(*value)
            {
                sum += (value - last).abs();
                n += 1;
            }
            (n > 0 && sum > 0.0).then(|| sum / f64::from(n))
        })
        .collect()
}

/// Limits of past errors known at `origin`, symmetrical about 0.
fn interval(errors: &[(usize, f64)], origin: usize, level: f64) -> Option<(f64, f64)> {
    let mut known: Vec<f64> = errors
        .iter()
        .filter(|(when, _)| *when <= origin)
        .map(|(_, error)| error.abs())
        .collect();
    if known.len() < ERRORS {
        return None;
    }
    known.sort_by(f64::total_cmp);
    let rank = ((known.len() + 1) as f64 * level).ceil() as usize;
    let limit = known[rank.min(known.len()) - 1];
    Some((-limit, limit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draws;

    fn by(all: &[Forecast], method: Method) -> &Forecast {
        all.iter().find(|f| f.method == method).unwrap()
    }

    #[test]
    fn each_method_says_what_its_name_says() {
        let first: Month = "2020-01".parse().unwrap();
        let mut values: Vec<Option<f64>> = (0..14).map(|i| Some(f64::from(i))).collect();
        values.push(None);
        let all = forecasts(first, &values, 2, 0.9);
        assert_eq!(by(&all, Method::LastValue).ahead[0].value, 13.0);
        assert_eq!(by(&all, Method::Mean).ahead[1].value, 6.5);
        let seasonal = &by(&all, Method::Seasonal).ahead;
        assert_eq!(
            (seasonal[0].month.to_string().as_str(), seasonal[0].value),
            ("2021-04", 3.0)
        );
        assert!(all.iter().all(|f| f.ahead[0].band.is_none()));
    }

    #[test]
    fn scores_by_hand() {
        let first: Month = "2020-01".parse().unwrap();
        let values: Vec<Option<f64>> = (0..24).map(|i| Some(f64::from(i))).collect();
        let all = forecasts(first, &values, 1, 0.9);
        let scores = &by(&all, Method::LastValue).scores;
        // Origins 12 to 23 of 24; each misses by the step of one.
        assert_eq!(
            (scores.compared, scores.mae, scores.mase),
            (12, Some(1.0), Some(1.0))
        );
        assert_eq!((scores.with_interval, scores.coverage), (2, Some(1.0)));
        assert_eq!(by(&all, Method::Seasonal).scores.mae, Some(12.0));
    }

    #[test]
    fn on_noise_about_a_level_mean_and_smoothing_beat_the_last_value_and_intervals_hold() {
        let mut coverage = 0.0;
        for seed in 0..60 {
            let draws = Draws::new(seed);
            let values: Vec<Option<f64>> = (0..240)
                .map(|i| Some((0..12).map(|k| draws.at(i).at(k).unit()).sum::<f64>() - 6.0))
                .collect();
            let all = forecasts(Month::from_number(0), &values, 1, 0.9);
            let mae = |m| by(&all, m).scores.mae.unwrap();
            assert!(mae(Method::Mean) < mae(Method::LastValue));
            assert!(mae(Method::Smoothing) < mae(Method::LastValue));
            coverage += by(&all, Method::Mean).scores.coverage.unwrap() / 60.0;
        }
        assert!((0.88..0.92).contains(&coverage), "{coverage}");
    }
}
