//! The averaged perceptron: whole-number weights, so that training is the same on every machine.

use crate::korean::flat::Scorer;

/// One weight of a feature for a class, with what averaging needs.
#[derive(Clone, Copy)]
struct Cell {
    class: u8,
    weight: i32,
    /// Sum of the weight over all steps up to `since`.
    total: i64,
    since: u64,
}

/// Weights while they are learnt.
pub(crate) struct Perceptron {
    /// Open-addressing table: feature and 1 + its row; 0 where free.
    slots: Vec<(u32, u32)>,
    rows: Vec<Row<Cell>>,
    step: u64,
}

impl Perceptron {
    pub(crate) fn new(classes: usize) -> Self {
        assert!(classes <= 255, "a class is one byte");
        Self {
            slots: vec![(0, 0); 1 << 16],
            rows: Vec::new(),
            step: 0,
        }
    }

    fn find(&self, feature: u32) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut at = (feature.wrapping_mul(0x9e37_79b1) >> 7) as usize & mask;
        loop {
            match self.slots[at] {
                (_, 0) => return Err(at),
                (found, row) if found == feature => return Ok(row as usize - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// One step further in time; call once for every decision.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Rewards or punishes a class for the features.
    pub(crate) fn update(&mut self, features: &[u32], class: usize, by: i32) {
        for &feature in features {
            let row = match self.find(feature) {
                Ok(row) => row,
                Err(slot) => {
                    self.rows.push((feature, 0, Vec::new()));
                    self.slots[slot] = (feature, self.rows.len() as u32);
                    if self.rows.len() * 2 > self.slots.len() {
                        self.grow();
                    }
                    self.rows.len() - 1
                }
            };
            let (_, updates, cells) = &mut self.rows[row];
            *updates += 1;
            let step = self.step;
            match cells.iter_mut().find(|c| c.class as usize == class) {
                Some(cell) => {
                    cell.total += i64::from(cell.weight) * (step - cell.since) as i64;
                    cell.since = step;
                    cell.weight += by;
                }
                None => cells.push(Cell {
                    class: class as u8,
                    weight: by,
                    total: 0,
                    since: step,
                }),
            }
        }
    }

    fn grow(&mut self) {
        self.slots = vec![(0, 0); self.slots.len() * 2];
        for row in 0..self.rows.len() {
            let feature = self.rows[row].0;
            if let Err(slot) = self.find(feature) {
                self.slots[slot] = (feature, row as u32 + 1);
            }
        }
    }

    /// The averaged weights.
    pub(crate) fn averaged(self) -> Averaged {
        let step = self.step.max(1) as i64;
        let average = |cell: &Cell| {
            let total = cell.total + i64::from(cell.weight) * (self.step - cell.since) as i64;
            (
                cell.class,
                (total * FINE + total.signum() * step / 2) / step,
            )
        };
        let row = |(feature, updates, cells): &Row<Cell>| {
            let mut weights: Vec<_> = cells.iter().map(average).collect();
            weights.sort_unstable();
            (*feature, *updates, weights)
        };
        let mut rows: Vec<_> = self.rows.iter().map(row).collect();
        rows.sort_unstable_by_key(|(feature, _, _)| *feature);
        Averaged { rows }
    }
}

/// Steps of a weight of one once weights are averaged.
const FINE: i64 = 64;

/// A feature, the times it was touched, and its weights by class.
type Row<W> = (u32, u32, Vec<W>);

/// Averaged weights.
pub(crate) struct Averaged {
    /// In the order of the features.
    rows: Vec<Row<(u8, i64)>>,
}

impl Averaged {
    /// The weights as the model keeps them, without features that were touched fewer than
    /// `least_updates` times and weights smaller than `least_weight` hundredths.
    pub(crate) fn cut(&self, least_updates: u32, least_weight: i64) -> Vec<(u32, Vec<(u8, i16)>)> {
        let kept = |(feature, updates, weights): &Row<(u8, i64)>| {
            if *updates < least_updates {
                return None;
            }
            let limit = i64::from(i16::MAX);
            let row: Vec<(u8, i16)> = weights
                .iter()
                .filter(|(_, w)| *w != 0 && w.abs() * 100 >= least_weight * FINE)
                .map(|&(class, w)| (class, w.clamp(-limit, limit) as i16))
                .collect();
            (!row.is_empty()).then_some((*feature, row))
        };
        self.rows.iter().filter_map(kept).collect()
    }
}

impl Scorer for Perceptron {
    fn add(&self, features: &[u32], scores: &mut [i32]) {
        for &feature in features {
            if let Ok(row) = self.find(feature) {
                for cell in &self.rows[row].2 {
                    scores[cell.class as usize] += cell.weight;
                }
            }
        }
    }
}

/// A generator of the same numbers on every machine (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// Puts `items` into random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
