//! Change points with their probability.
//!
//! The months with reports are cut into segments in all possible ways, weighed by how well each
//! segment is told by one level (Bayesian multiple change points by exact recursion, after
//! Fearnhead 2006). Each value has a variance of its own: that of its mean, and what months differ
//! by within one level. Level and scale of each segment are integrated out (normal and inverse
//! gamma). Nothing is drawn: the same series gives the same probabilities.

use serde::Serialize;

use crate::{Month, Series, index::round};

/// How change points are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakOptions {
    /// Months, on average, between two changes that are expected beforehand.
    pub expected: f64,
    /// Fewest months with reports in a segment.
    pub shortest: usize,
    /// Least probability of a change that is reported.
    pub least: f64,
}

impl Default for BreakOptions {
    fn default() -> Self {
        Self {
            expected: 120.0,
            shortest: 4,
            least: 0.5,
        }
    }
}

/// A change of level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Break {
    /// First month of the new level.
    pub month: Month,
    /// Probability that the level changed in this month or a reported one beside it.
    pub probability: f64,
    /// Mean of the values from the change before to this one.
    pub before: f64,
    /// Mean of the values from this change to the next.
    pub after: f64,
    /// Ids of the facts of this month and of the reported one before it.
    pub facts: Vec<String>,
}

/// Prior of a segment: shape and rate of the inverse gamma, and the spread of levels in units of
/// the spread of the series.
const SHAPE: f64 = 3.0;
const RATE: f64 = 3.0;
const LEVELS: f64 = 4.0;

/// Changes of the monthly mean, in order of time.
pub fn breaks(series: &Series, options: &BreakOptions) -> Vec<Break> {
    let points: Vec<_> = series.points.iter().filter(|p| p.mean.is_some()).collect();
    let values: Vec<f64> = points.iter().filter_map(|p| p.mean).collect();
    let noise: Vec<f64> = points
        .iter()
        .map(|p| series.variance / p.events as f64)
        .collect();
    let months: Vec<Month> = points.iter().map(|p| p.month).collect();
    let found = find(&months, &values, &noise, options);
    found
        .iter()
        .enumerate()
        .map(|(i, &(at, probability))| {
            let start = if i == 0 { 0 } else { found[i - 1].0 };
            let end = found.get(i + 1).map_or(values.len(), |next| next.0);
            let mean = |v: &[f64]| round(v.iter().sum::<f64>() / v.len() as f64);
            Break {
                month: months[at],
                probability: round(probability),
                before: mean(&values[start..at]),
                after: mean(&values[at..end]),
                facts: [&points[at - 1].facts[..], &points[at].facts[..]].concat(),
            }
        })
        .collect()
}

/// Places at which a new level begins, with their probability. `noise` is the variance of each
/// value about the level of its month.
fn find(
    months: &[Month],
    values: &[f64],
    noise: &[f64],
    options: &BreakOptions,
) -> Vec<(usize, f64)> {
    let n = values.len();
    let shortest = options.shortest.max(2);
    if n < 2 * shortest {
        return Vec::new();
    }
    let boundary = posterior(months, values, noise, options.expected, shortest);
    let mut left = boundary.clone();
    let mut found = Vec::new();
    loop {
        // The month and its neighbours together: where exactly is often open.
        let around = |at: usize| left[at - 1] + left[at] + left.get(at + 1).copied().unwrap_or(0.0);
        let best = (1..n).fold((0, 0.0), |best, at| {
            let mass = around(at);
            if mass > best.1 { (at, mass) } else { best }
        });
        if best.1 < options.least {
            break;
        }
        let near = best.0.saturating_sub(1).max(1)..=(best.0 + 1).min(n - 1);
        let at = near.fold(best.0, |top, i| if left[i] > left[top] { i } else { top });
        found.push((at, best.1.min(1.0)));
        for value in &mut left[at.saturating_sub(shortest - 1)..(at + shortest).min(n)] {
            *value = 0.0;
        }
    }
    found.sort_by_key(|f| f.0);
    found
}

/// Probability that a new level begins at each place.
fn posterior(
    months: &[Month],
    values: &[f64],
    noise: &[f64],
    expected: f64,
    shortest: usize,
) -> Vec<f64> {
    let n = values.len();
    let segments = Segments::new(values, noise);
    // Months without reports may hide a change as well as others.
    let change: Vec<(f64, f64)> = (0..n)
        .map(|i| {
            let gap = if i == 0 {
                1
            } else {
                months[i].number() - months[i - 1].number()
            };
            let none = libm::pow(1.0 - 1.0 / expected, f64::from(gap.max(1)));
            (libm::log(1.0 - none), libm::log(none))
        })
        .collect();
    let mut stays = vec![0.0; n + 1];
    for i in 0..n {
        stays[i + 1] = stays[i] + change[i].1;
    }
    // A segment of the values from `a` up to `b`: what it tells, and that nothing changes inside.
    let segment = |a: usize, b: usize| segments.evidence(a, b) + stays[b] - stays[a + 1];
    let mut before = vec![f64::NEG_INFINITY; n + 1];
    let mut after = vec![f64::NEG_INFINITY; n + 1];
    before[0] = 0.0;
    after[n] = 0.0;
    let mut terms = Vec::new();
    for b in shortest..=n {
        terms.clear();
        for a in (0..=b - shortest).filter(|&a| before[a] > f64::NEG_INFINITY) {
            let opens = if a == 0 { 0.0 } else { change[a].0 };
            terms.push(before[a] + opens + segment(a, b));
        }
        before[b] = log_sum(&terms);
    }
    for a in (0..=n - shortest).rev() {
        terms.clear();
        for b in (a + shortest..=n).filter(|&b| after[b] > f64::NEG_INFINITY) {
            let opens = if b == n { 0.0 } else { change[b].0 };
            terms.push(after[b] + opens + segment(a, b));
        }
        after[a] = log_sum(&terms);
    }
    (0..n)
        .map(|at| {
            if at == 0 {
                return 0.0;
            }
            libm::exp(before[at] + change[at].0 + after[at] - before[n])
        })
        .collect()
}

fn log_sum(terms: &[f64]) -> f64 {
    let top = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY {
        return top;
    }
    top + libm::log(terms.iter().map(|t| libm::exp(t - top)).sum())
}

/// Sums by which the evidence of any segment is told in one step.
struct Segments {
    /// Sums of weights, weighted values, weighted squares and logarithms of weights.
    sums: Vec<[f64; 4]>,
    /// Precision of a level beforehand, in units of the weights.
    prior: f64,
    /// Logarithm of the gamma function at `SHAPE + n / 2`.
    gamma: Vec<f64>,
}

impl Segments {
    fn new(values: &[f64], noise: &[f64]) -> Self {
        let n = values.len() as f64;
        let between = between(values, noise);
        let variances: Vec<f64> = noise.iter().map(|v| (v + between).max(1e-6)).collect();
        let centre = values.iter().sum::<f64>() / n;
        let spread = values
            .iter()
            .map(|v| (v - centre) * (v - centre))
            .sum::<f64>()
            / n;
        let mut sums = vec![[0.0; 4]];
        let mut last = [0.0; 4];
        for (value, variance) in values.iter().zip(&variances) {
            let (weight, value) = (1.0 / variance, value - centre);
            last = [
                last[0] + weight,
                last[1] + weight * value,
                last[2] + weight * value * value,
                last[3] + libm::log(weight),
            ];
            sums.push(last);
        }
        let gamma = (0..=values.len())
            .map(|k| libm::lgamma(SHAPE + k as f64 / 2.0))
            .collect();
        Self {
            sums,
            prior: 1.0 / (LEVELS * spread).max(1e-6),
            gamma,
        }
    }

    /// Logarithm of the marginal likelihood of the values from `a` up to `b`.
    fn evidence(&self, a: usize, b: usize) -> f64 {
        let of = |i: usize| self.sums[b][i] - self.sums[a][i];
        let (n, weight) = ((b - a) as f64, of(0));
        let level = of(1) / weight;
        let squares = (of(2) - weight * level * level).max(0.0);
        let precision = self.prior + weight;
        let rate = RATE + squares / 2.0 + self.prior * weight * level * level / (2.0 * precision);
        let shape = SHAPE + n / 2.0;
        (of(3) - n * libm::log(2.0 * std::f64::consts::PI)) / 2.0
            + libm::log(self.prior / precision) / 2.0
            + self.gamma[b - a]
            - self.gamma[0]
            + SHAPE * libm::log(RATE)
            - shape * libm::log(rate)
    }
}

/// Variance between months of one level, beyond that of their means: from the differences of
/// neighbours, by their median, which a few changes of level do not move.
fn between(values: &[f64], noise: &[f64]) -> f64 {
    let mut squares: Vec<f64> = values
        .windows(2)
        .map(|w| (w[1] - w[0]) * (w[1] - w[0]))
        .collect();
    let mut due: Vec<f64> = noise.windows(2).map(|w| w[0] + w[1]).collect();
    // Median of a squared standard normal.
    ((median(&mut squares) / 0.454_936 - median(&mut due)) / 2.0).max(0.0)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values {
        [] => 0.0,
        _ if values.len() % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_those_of_trying_all_ways() {
        // Eight values, segments of at least two: every way to cut them, one by one.
        let values = [1.0, 1.4, 0.8, 1.1, -2.0, -2.3, -1.9, 3.0];
        let noise = [0.1; 8];
        let months: Vec<Month> = (0..8).map(Month::from_number).collect();
        let segments = Segments::new(&values, &noise);
        let (mut all, mut by) = (0.0, [0.0; 8]);
        for cuts in 0_u32..128 {
            let starts: Vec<usize> = (1..8).filter(|i| cuts >> (i - 1) & 1 == 1).collect();
            let mut ends = starts.clone();
            ends.push(8);
            let (mut from, mut log) = (0, 0.0);
            let mut whole = true;
            for end in ends {
                whole &= end - from >= 2;
                log += segments.evidence(from, end);
                from = end;
            }
            if !whole {
                continue;
            }
            let changes = starts.len() as f64;
            log += changes * libm::log(1.0 / 12.0) + (7.0 - changes) * libm::log(11.0 / 12.0);
            all += libm::exp(log);
            for start in starts {
                by[start] += libm::exp(log);
            }
        }
        let found = posterior(&months, &values, &noise, 12.0, 2);
        for (at, p) in found.iter().enumerate() {
            assert!(
                (p - by[at] / all).abs() < 1e-9,
                "{at}: {p} {}",
                by[at] / all
            );
        }
        assert!(found.iter().all(|p| *p <= found[4]), "{found:?}");
    }

    #[test]
    fn a_short_or_level_series_has_no_change() {
        let months: Vec<Month> = (0..40).map(Month::from_number).collect();
        let options = BreakOptions::default();
        assert!(find(&months[..4], &[1.0, 2.0, 3.0, 4.0], &[1.0; 4], &options).is_empty());
        assert!(find(&months, &[2.0; 40], &[0.5; 40], &options).is_empty());
    }
}
