//! What band and change points promise, on series whose truth is known.

use detente_measure::{
    Break, BreakOptions, Counted, Direction, Draws, IndexOptions, Month, breaks, index,
};

/// A standard normal, near enough: twelve uniform draws.
fn normal(draws: Draws) -> f64 {
    (0..12).map(|k| draws.at(k).unit()).sum::<f64>() - 6.0
}

/// A world that is simulated: levels of months, and how documents tell of them.
struct World {
    /// True level of each month.
    levels: Vec<f64>,
    /// Documents of a month: at least 1, at most this.
    documents: usize,
    /// Share of months with documents at all.
    reported: f64,
    /// Spread of documents about the level, and of events about their document.
    spread: (f64, f64),
    /// Share of coded events that are right; the others are drawn about the mean of all levels.
    precision: f64,
}

impl World {
    fn events(&self, draws: Draws) -> Vec<Counted> {
        let centre = self.levels.iter().sum::<f64>() / self.levels.len() as f64;
        let mut events = Vec::new();
        for (t, level) in self.levels.iter().enumerate() {
            let month = draws.at(t as u64);
            if month.at(1000).unit() >= self.reported {
                continue;
            }
            for d in 0..=month.below(self.documents) {
                let document = month.at(d as u64);
                let tone = level + self.spread.0 * normal(document.at(100));
                for e in 0..=document.below(4) {
                    let event = document.at(e as u64);
                    let right = event.at(0).unit() < self.precision;
                    let about = if right {
                        tone
                    } else {
                        centre + 2.0 * normal(event.at(1))
                    };
                    events.push(Counted {
                        month: Month::from_number(24_000 + t as i32),
                        document: format!("{t}/{d}"),
                        intensity: (about + self.spread.1 * normal(event.at(2))).clamp(-10.0, 10.0),
                        forward: true,
                        ..Counted::new(format!("{t}/{d}/{e}"))
                    });
                }
            }
        }
        events
    }
}

/// Levels that wander.
fn levels(months: usize, draws: Draws) -> Vec<f64> {
    let mut level = 0.0;
    (0..months)
        .map(|t| {
            level = 0.8 * level + 1.2 * normal(draws.at(t as u64));
            level
        })
        .collect()
}

/// Share of months, over 1,000 series, whose true level the band holds; and how many months had one.
fn coverage(months: usize, world: impl Fn(Vec<f64>) -> World) -> (f64, u32) {
    let (mut inside, mut all) = (0_u32, 0_u32);
    for seed in 0..1000 {
        let draws = Draws::new(seed);
        let world = world(levels(months, draws.at(1)));
        let options = IndexOptions {
            precision: world.precision,
            replicates: 199,
            seed,
            ..IndexOptions::default()
        };
        let series = index(&world.events(draws.at(2)), Direction::Joint, &options);
        for point in &series.points {
            let Some(band) = point.mean_band else {
                continue;
            };
            let truth = world.levels[(point.month.number() - 24_000) as usize];
            all += 1;
            inside += u32::from(band.low <= truth && truth <= band.high);
        }
    }
    (f64::from(inside) / f64::from(all), all)
}

#[test]
fn the_band_holds_what_it_says() {
    // Up to so many documents a month, share of months with one at all, spread of documents and of
    // events, precision.
    for (documents, reported, spread, precision) in [
        (3, 1.0, (0.0, 2.5), 1.0),
        (3, 1.0, (1.0, 2.0), 0.88),
        (8, 1.0, (1.0, 2.0), 0.88),
        (20, 1.0, (0.5, 3.0), 0.75),
        (2, 0.2, (1.0, 2.0), 0.88),
    ] {
        let months = if reported < 1.0 { 150 } else { 36 };
        let (share, all) = coverage(months, |levels| World {
            levels,
            documents,
            reported,
            spread,
            precision,
        });
        println!(
            "up to {documents} documents in {reported} of months, spread {spread:?}, precision {precision}: {share:.4} of {all}"
        );
        assert!(all > 15_000, "{all} months had a band");
        assert!(
            (0.88..=0.92).contains(&share),
            "{documents} {reported} {spread:?} {precision}: {share}"
        );
    }
}

/// A series of ten years about levels that change at known months.
fn found(changes: &[(usize, f64)], seed: u64) -> Vec<Break> {
    let draws = Draws::new(seed);
    let mut level = 1.0;
    let levels = (0..120)
        .map(|t| {
            if let Some((_, new)) = changes.iter().find(|(at, _)| *at == t) {
                level = *new;
            }
            level + 0.4 * normal(draws.at(1).at(t as u64))
        })
        .collect();
    let world = World {
        levels,
        documents: 6,
        reported: 1.0,
        spread: (0.8, 2.0),
        precision: 0.88,
    };
    let series = index(
        &world.events(draws.at(2)),
        Direction::Joint,
        &IndexOptions {
            replicates: 19,
            ..IndexOptions::default()
        },
    );
    breaks(&series, &BreakOptions::default())
}

#[test]
fn changes_are_found_within_a_month_and_quiet_series_stay_quiet() {
    let (mut near, mut all, mut extra) = (0, 0, 0);
    for seed in 0..200 {
        let draws = Draws::new(seed).at(77);
        let first = 20 + draws.at(0).below(30);
        let second = first + 15 + draws.at(1).below(40);
        let changes = [(first, -3.5), (second, 2.0)];
        let found = found(&changes, seed);
        let month = |at: usize| Month::from_number(24_000 + at as i32);
        let hits = changes
            .iter()
            .filter(|(at, _)| {
                found
                    .iter()
                    .any(|b| (b.month.number() - month(*at).number()).abs() <= 1)
            })
            .count();
        near += hits;
        all += changes.len();
        extra += found.len().saturating_sub(hits);
    }
    println!("within a month: {near} of {all}; others: {extra}");
    assert!(near * 100 >= all * 95, "{near} of {all}");
    assert!(extra * 100 <= all * 5, "{extra} beside {all}");

    let quiet: usize = (1000..1400).map(|seed| found(&[], seed).len()).sum();
    println!("in 400 quiet series: {quiet}");
    assert!(quiet <= 40, "{quiet} in 400 quiet series");
}
