//! The band of a monthly mean: a bootstrap over documents, with the coder's error taken out.
//!
//! Most months of a small record have one or two documents, and redrawing one document tells
//! nothing of how much another would have said otherwise. So what documents differ by is learnt
//! from all months that have at least two, and drawn from there:
//!
//! 1. Document `c` of month `t` has `n` events with the sum `S`; the month has `N` events and the
//!    mean `m`. Its residual is `(S - n m) / sqrt(n (1 - n/N))`. All residuals of the series are
//!    the pool, widened by `1 + 0.93 / f`, `f` being residuals less their months: what Student's
//!    distribution adds to the normal one at 90 %, since the spread is learnt from few differences.
//!    A pool of fewer than [`LEAST`] residuals bears no band.
//! 2. A replicate of month `t` draws a residual `z` for each of its documents, with replacement,
//!    and takes `m - Σ sqrt(n) z / N`.
//! 3. A share `1 - precision` of the coded events is none, and these pull every month towards what
//!    wrong events look like, which is taken to be the mean `g` of all events of the series. Each
//!    replicate `x` is put right to `g + (x - g) / precision`.
//! 4. The band reaches from the 5th to the 95th hundredth of the replicates.
//!
//! Draws are a function of seed, month, replicate and document ([`Draws`](crate::Draws)).

use std::collections::BTreeMap;

use crate::{Draws, Month};

/// Smallest pool that bears a band.
pub(crate) const LEAST: usize = 12;

/// Events of one document in one month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Cluster {
    pub(crate) sum: f64,
    pub(crate) events: f64,
}

/// Documents by month, in order of their names.
pub(crate) type Clusters = BTreeMap<Month, Vec<Cluster>>;

/// Replicated means of months.
pub(crate) struct Bootstrap {
    pool: Vec<f64>,
    centre: f64,
    precision: f64,
    draws: Draws,
    replicates: usize,
}

impl Bootstrap {
    pub(crate) fn new(months: &Clusters, precision: f64, seed: u64, replicates: usize) -> Self {
        let mut pool = Vec::new();
        let mut all = Cluster::default();
        let mut freedom = 0;
        for documents in months.values() {
            let month = total(documents);
            all.sum += month.sum;
            all.events += month.events;
            if documents.len() < 2 {
                continue;
            }
            freedom += documents.len() - 1;
            let mean = month.sum / month.events;
            for document in documents {
                let n = document.events;
                let spread = (n * (1.0 - n / month.events)).sqrt();
                pool.push((document.sum - n * mean) / spread);
            }
        }
        for residual in &mut pool {
            *residual *= 1.0 + 0.93 / freedom as f64;
        }
        Self {
            pool,
            centre: if all.events > 0.0 {
                all.sum / all.events
            } else {
                0.0
            },
            precision,
            draws: Draws::new(seed),
            replicates,
        }
    }

    /// How many residuals there are to draw from.
    pub(crate) fn pool(&self) -> usize {
        self.pool.len()
    }

    /// Variance of one event about the mean of its month.
    pub(crate) fn variance(&self) -> f64 {
        let squares: f64 = self.pool.iter().map(|z| z * z).sum();
        squares / self.pool.len().max(1) as f64
    }

    /// Replicates of the mean of a month; empty if the pool is too small.
    pub(crate) fn replicates(&self, month: Month, documents: &[Cluster]) -> Vec<f64> {
        if self.pool.len() < LEAST {
            return Vec::new();
        }
        let all = total(documents);
        let mean = all.sum / all.events;
        let here = self.draws.at(month.number() as u64);
        let roots: Vec<f64> = documents.iter().map(|d| d.events.sqrt()).collect();
        (0..self.replicates)
            .map(|r| {
                let draws = here.at(r as u64);
                let mut error = 0.0;
                for (k, root) in roots.iter().enumerate() {
                    error += root * self.pool[draws.at(k as u64).below(self.pool.len())];
                }
                let drawn = mean - error / all.events;
                self.centre + (drawn - self.centre) / self.precision
            })
            .collect()
    }
}

pub(crate) fn total(documents: &[Cluster]) -> Cluster {
    let mut all = Cluster::default();
    for document in documents {
        all.sum += document.sum;
        all.events += document.events;
    }
    all
}

/// The middle `level` of the replicates, held within `bounds`; `None` without replicates.
pub(crate) fn middle(
    mut replicates: Vec<f64>,
    level: f64,
    bounds: (f64, f64),
) -> Option<(f64, f64)> {
    if replicates.is_empty() {
        return None;
    }
    replicates.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    let rank = ((replicates.len() + 1) as f64 * tail + 0.5) as usize;
    let low = replicates[rank.saturating_sub(1)];
    let high = replicates[replicates.len() - rank.max(1)];
    Some((
        low.clamp(bounds.0, bounds.1),
        high.clamp(bounds.0, bounds.1),
    ))
}
