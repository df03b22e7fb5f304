//! Rows of numbers by key, eight bits a number.

use super::features::UNKNOWN;
use super::math::{Wide, wide};
use crate::model::{ModelError, Reader};

/// Keys in an open table, and for each a row: a scale and [`width`](Self::width) small numbers.
pub(crate) struct Table {
    width: usize,
    /// A power of two, half filled at most: key (0 for none) and row, four bytes each.
    slots: Vec<(u32, u32)>,
    scales: Vec<f32>,
    rows: Vec<i8>,
    unknown: Option<u32>,
}

impl Table {
    /// Makes a table of rows that stand one after the other in the order of `keys`.
    pub(crate) fn new(width: usize, keys: &[u32], rows: &[f32]) -> Self {
        let mut scales = Vec::with_capacity(keys.len());
        let mut small = Vec::with_capacity(rows.len());
        for row in rows.chunks_exact(width) {
            let most = row.iter().fold(0f32, |m, x| m.max(x.abs()));
            let scale = most / 127.0;
            scales.push(scale);
            let part = |x: &f32| {
                if scale > 0.0 {
                    (x / scale).round() as i8
                } else {
                    0
                }
            };
            small.extend(row.iter().map(part));
        }
        Self::index(width, keys, scales, small)
    }

    fn index(width: usize, keys: &[u32], scales: Vec<f32>, rows: Vec<i8>) -> Self {
        let size = (keys.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, 0); size];
        for (row, &key) in keys.iter().enumerate() {
            let mut at = key as usize & (size - 1);
            while slots[at].0 != 0 && slots[at].0 != key {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (key, row as u32);
        }
        let mut table = Self {
            width,
            slots,
            scales,
            rows,
            unknown: None,
        };
        table.unknown = table.row(UNKNOWN);
        table
    }

    /// Numbers of a row.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    fn row(&self, key: u32) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.slots[at] {
                (0, _) => return None,
                (k, row) if k == key => return Some(row),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds the rows of a word's keys to `sum`; the first key is the word's own.
    pub(crate) fn add(&self, keys: &[u32], sum: &mut [f32]) {
        wide(Sum {
            table: self,
            keys,
            sum,
        });
    }

    /// Reads what [`write`](Self::write) wrote.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let width = reader.u32()? as usize;
        let count = reader.u32()? as usize;
        let keys = reader.bytes(count.saturating_mul(4))?;
        let keys: Vec<u32> = keys
            .chunks_exact(4)
            .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect();
        let scales = reader.floats(count)?;
        let rows = reader.bytes(count.saturating_mul(width))?;
        if keys.contains(&0) || width == 0 || scales.iter().any(|s| !s.is_finite()) {
            return Err(ModelError::Damaged(
                "the table of words is not as it should be",
            ));
        }
        let rows = rows.iter().map(|&b| b as i8).collect();
        Ok(Self::index(width, &keys, scales, rows))
    }

    /// Writes the table of `keys` in the order in which it was made.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let mut keys = vec![0u32; self.scales.len()];
        for &(key, row) in self.slots.iter().filter(|s| s.0 != 0) {
            keys[row as usize] = key;
        }
        out.extend((self.width as u32).to_le_bytes());
        out.extend((keys.len() as u32).to_le_bytes());
        out.extend(keys.iter().flat_map(|k| k.to_le_bytes()));
        out.extend(self.scales.iter().flat_map(|s| s.to_le_bytes()));
        out.extend(self.rows.iter().map(|&x| x as u8));
    }
}

struct Sum<'a> {
    table: &'a Table,
    keys: &'a [u32],
    sum: &'a mut [f32],
}

impl Wide for Sum<'_> {
    #[inline(always)]
    fn work(self) {
        let table = self.table;
        for (i, &key) in self.keys.iter().enumerate() {
            let row = table.row(key).or(if i == 0 { table.unknown } else { None });
            let Some(row) = row.map(|r| r as usize) else {
                continue;
            };
            let scale = table.scales[row];
            let row = &table.rows[row * table.width..][..table.width];
            for (s, &x) in self.sum.iter_mut().zip(row) {
                *s = f32::from(x).mul_add(scale, *s);
            }
        }
    }
}
