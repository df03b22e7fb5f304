//! The monthly index of a dyad.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    Accuracy, Counted, Direction, Month,
    band::{Bootstrap, Cluster, Clusters, middle, total},
};

/// Range of PLOVER intensities.
const INTENSITY: (f64, f64) = (-10.0, 10.0);
/// Range of a share of cooperation less a share of conflict.
const SHARE: (f64, f64) = (-1.0, 1.0);
/// Weight of evidence, in events of this month, below which the state is blank.
const FAINT: f64 = 0.25;

/// How an index is made.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexOptions {
    /// First month shown; the first with an event if not given.
    pub from: Option<Month>,
    /// Last month shown; the last with an event if not given.
    pub to: Option<Month>,
    /// Months after which an event weighs half in the state.
    pub half_life: f64,
    /// Share of coded events that are right.
    pub precision: f64,
    /// Share of replicates that the band holds, such as 0.9.
    pub level: f64,
    /// Number of replicates; 1999 puts the limits of a 90 % band on whole ranks.
    pub replicates: usize,
    /// Seed of all draws.
    pub seed: u64,
}

impl Default for IndexOptions {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            half_life: 6.0,
            precision: Accuracy::measured().precision,
            level: 0.9,
            replicates: 1999,
            seed: 1,
        }
    }
}

/// Lower and upper limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Interval {
    fn of(limits: Option<(f64, f64)>) -> Option<Self> {
        limits.map(|(low, high)| Self {
            low: round(low),
            high: round(high),
        })
    }
}

/// A month of the index. Blank where nothing was reported.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The month.
    pub month: Month,
    /// Events that count.
    pub events: usize,
    /// Documents that report one of them first.
    pub documents: usize,
    /// Reports of these events, raw mentions included.
    pub reports: usize,
    /// Mean PLOVER intensity, -10 to 10.
    pub mean: Option<f64>,
    /// Band of the mean.
    pub mean_band: Option<Interval>,
    /// Sum of PLOVER intensities.
    pub sum: Option<f64>,
    /// Share of events above 0 less share of events below, -1 to 1.
    pub net_share: Option<f64>,
    /// Band of the net share.
    pub net_share_band: Option<Interval>,
    /// Mean intensity of all events so far, those of long ago weighing less by half every
    /// [`half_life`](IndexOptions::half_life) months; blank where the weights come to less than a
    /// quarter of an event.
    pub state: Option<f64>,
    /// Band of the state.
    pub state_band: Option<Interval>,
    /// Ids of the merged events.
    pub event_ids: Vec<String>,
    /// Ids of the facts that made the point, in order.
    pub facts: Vec<String>,
}

/// An index in one direction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// Whose acts.
    pub direction: Direction,
    /// Share of replicates in the bands.
    pub level: f64,
    /// Share of coded events taken to be right.
    pub precision: f64,
    /// Differences between documents of one month that the bands rest on; below 12 there is no
    /// band.
    pub pool: usize,
    /// Variance of an event about the mean of its month.
    pub variance: f64,
    /// Every month from first to last.
    pub points: Vec<Point>,
}

/// Four decimals: what the draws can tell, and the same text on every machine.
pub(crate) fn round(value: f64) -> f64 {
    let rounded = (value * 1e4).round() / 1e4;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The index of `events` in one direction. Events need no order.
pub fn index(events: &[Counted], direction: Direction, options: &IndexOptions) -> Series {
    let mut months: BTreeMap<Month, Vec<&Counted>> = BTreeMap::new();
    for event in events.iter().filter(|e| e.counts(direction)) {
        months.entry(event.month).or_default().push(event);
    }
    for here in months.values_mut() {
        here.sort_by(|a, b| (&a.document, &a.event).cmp(&(&b.document, &b.event)));
    }
    let intensity = clusters(&months, |e| e.intensity);
    let sign = clusters(&months, |e| match e.intensity {
        x if x > 0.0 => 1.0,
        x if x < 0.0 => -1.0,
        _ => 0.0,
    });
    let bootstrap =
        |c: &Clusters| Bootstrap::new(c, options.precision, options.seed, options.replicates);
    let (of_intensity, of_sign) = (bootstrap(&intensity), bootstrap(&sign));
    let mut state = State::new(options);
    let mut points = Vec::new();
    let (Some(&first), Some(&last)) = (months.keys().next(), months.keys().next_back()) else {
        return series(direction, options, &of_intensity, points);
    };
    let (from, to) = (options.from.unwrap_or(first), options.to.unwrap_or(last));
    // What lies before the first month shown still weighs in the state.
    for month in first.min(from).to(to) {
        let none = Vec::new();
        let here = months.get(&month).unwrap_or(&none);
        let documents = intensity.get(&month).map_or(&[][..], Vec::as_slice);
        let replicates = if documents.is_empty() {
            Vec::new()
        } else {
            of_intensity.replicates(month, documents)
        };
        state.step(total(documents), &replicates);
        if month < from {
            continue;
        }
        let reported = !here.is_empty();
        let all = total(documents);
        let signs = sign.get(&month).map_or(&[][..], Vec::as_slice);
        let share = reported.then(|| total(signs).sum / all.events);
        points.push(Point {
            month,
            events: here.len(),
            documents: documents.len(),
            reports: here.iter().map(|e| e.facts.len()).sum(),
            mean: reported.then(|| round(all.sum / all.events)),
            mean_band: Interval::of(middle(replicates, options.level, INTENSITY)),
            sum: reported.then(|| round(all.sum)),
            net_share: share.map(round),
            net_share_band: if reported {
                let replicates = of_sign.replicates(month, signs);
                Interval::of(middle(replicates, options.level, SHARE))
            } else {
                None
            },
            state: state.value().map(round),
            state_band: Interval::of(state.band(options.level)),
            event_ids: here.iter().map(|e| e.event.clone()).collect(),
            facts: here.iter().flat_map(|e| e.facts.iter().cloned()).collect(),
        });
    }
    series(direction, options, &of_intensity, points)
}

fn series(
    direction: Direction,
    options: &IndexOptions,
    band: &Bootstrap,
    points: Vec<Point>,
) -> Series {
    Series {
        direction,
        level: options.level,
        precision: options.precision,
        pool: band.pool(),
        variance: round(band.variance()),
        points,
    }
}

/// Sums by month and document.
fn clusters(months: &BTreeMap<Month, Vec<&Counted>>, value: impl Fn(&Counted) -> f64) -> Clusters {
    months
        .iter()
        .map(|(month, events)| {
            let mut documents: BTreeMap<&str, Cluster> = BTreeMap::new();
            for event in events {
                let document = documents.entry(&event.document).or_default();
                document.sum += value(event);
                document.events += 1.0;
            }
            (*month, documents.into_values().collect())
        })
        .collect()
}

/// Mean with a half-life, and its replicates.
struct State {
    keep: f64,
    sum: f64,
    weight: f64,
    replicates: Vec<f64>,
}

impl State {
    fn new(options: &IndexOptions) -> Self {
        Self {
            keep: libm::pow(0.5, 1.0 / options.half_life),
            sum: 0.0,
            weight: 0.0,
            replicates: vec![0.0; options.replicates],
        }
    }

    /// A month passes; `means` are replicates of its mean.
    fn step(&mut self, month: Cluster, means: &[f64]) {
        self.sum = self.sum * self.keep + month.sum;
        self.weight = self.weight * self.keep + month.events;
        for (i, replicate) in self.replicates.iter_mut().enumerate() {
            let mean = means.get(i).copied().unwrap_or(0.0);
            *replicate = *replicate * self.keep + mean * month.events;
        }
        if month.events > 0.0 && means.is_empty() {
            self.replicates.clear();
        }
    }

    fn value(&self) -> Option<f64> {
        (self.weight >= FAINT).then(|| self.sum / self.weight)
    }

    fn band(&self, level: f64) -> Option<(f64, f64)> {
        self.value()?;
        let means = self.replicates.iter().map(|r| r / self.weight).collect();
        middle(means, level, INTENSITY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, month: &str, document: &str, intensity: f64) -> Counted {
        Counted {
            month: month.parse().unwrap(),
            document: document.into(),
            intensity,
            forward: true,
            facts: vec![format!("f{id}")],
            ..Counted::new(id)
        }
    }

    #[test]
    fn sums_shares_and_state_by_hand() {
        let events = [
            event("1", "2019-01", "a", 4.0),
            event("2", "2019-01", "b", -2.0),
            event("3", "2019-01", "b", 0.0),
            event("4", "2019-07", "c", 1.0),
        ];
        let series = index(&events, Direction::Joint, &IndexOptions::default());
        assert_eq!(series.points.len(), 7);
        let first = &series.points[0];
        assert_eq!((first.events, first.documents), (3, 2));
        assert_eq!(
            (first.sum, first.mean, first.net_share),
            (Some(2.0), Some(0.6667), Some(0.0))
        );
        assert_eq!(first.facts, ["f1", "f2", "f3"]);
        assert_eq!(series.points[3].sum, None);
        // Half a year later the three events weigh one and a half: (1 + 1) / (1.5 + 1).
        assert_eq!(series.points[6].state, Some(0.8));
        // Too few documents to say how far they differ.
        assert!(
            series
                .points
                .iter()
                .all(|p| p.mean_band.is_none() && p.state_band.is_none())
        );
        assert!(
            index(&events, Direction::Back, &IndexOptions::default())
                .points
                .is_empty()
        );
    }

    #[test]
    fn order_of_events_makes_no_difference() {
        let mut events: Vec<Counted> = (0..120)
            .map(|i| {
                let month = Month::from_number(24_000 + i % 12).to_string();
                event(
                    &format!("{i:03}"),
                    &month,
                    &format!("d{}", i % 7),
                    f64::from(i % 9) - 4.0,
                )
            })
            .collect();
        let options = IndexOptions::default();
        let one = index(&events, Direction::Forward, &options);
        events.reverse();
        assert_eq!(one, index(&events, Direction::Forward, &options));
        let band = one.points[0].mean_band.unwrap();
        assert!(band.low < one.points[0].mean.unwrap() && one.points[0].mean.unwrap() < band.high);
    }

    #[test]
    fn what_lies_before_the_first_month_shown_still_weighs() {
        let events = [
            event("1", "2019-01", "a", 4.0),
            event("2", "2019-07", "c", 1.0),
        ];
        let options = IndexOptions {
            from: Some("2019-06".parse().unwrap()),
            to: Some("2019-08".parse().unwrap()),
            ..IndexOptions::default()
        };
        let series = index(&events, Direction::Joint, &options);
        assert_eq!(series.points.len(), 3);
        assert_eq!(series.points[1].state, Some(2.0)); // (2 + 1) / (0.5 + 1)
    }
}
