//! `codebook/times/en.toml`: named periods and days, vague words, fiscal years.

use std::{collections::HashMap, sync::OnceLock};

use serde::Deserialize;

use super::words::Words;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    vague: Vec<String>,
    present: Vec<String>,
    recent: Vec<String>,
    today: Vec<String>,
    period: Vec<Period>,
    day: Vec<NamedDay>,
    fiscal: Vec<Fiscal>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    names: Vec<String>,
    from: i16,
    to: i16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedDay {
    names: Vec<String>,
    month: i8,
    day: i8,
}

/// When a country's fiscal year runs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fiscal {
    #[serde(rename = "country")]
    _country: String,
    /// Words that tell whose fiscal year is meant.
    pub(super) words: Vec<String>,
    /// 1–12.
    pub(super) first_month: i8,
    pub(super) named_by: NamedBy,
}

/// Which calendar year gives a fiscal year its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum NamedBy {
    Start,
    End,
}

/// What a phrase of the table stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Vague,
    Present,
    Recent,
    Today,
    Period(i16, i16),
    Day(i8, i8),
}

/// The table, ready for look-up by first word.
pub(super) struct Table {
    phrases: HashMap<String, Vec<(Vec<String>, Meaning)>>,
    pub(super) fiscal: Vec<Fiscal>,
}

impl Table {
    /// The English table.
    pub(super) fn english() -> &'static Self {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| {
            Self::read(include_str!("../../../../codebook/times/en.toml"))
                .expect("codebook/times/en.toml is checked by a test")
        })
    }

    fn read(toml: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(toml)?;
        let mut table = Self {
            phrases: HashMap::new(),
            fiscal: file.fiscal,
        };
        table.add(&file.vague, Meaning::Vague);
        table.add(&file.present, Meaning::Present);
        table.add(&file.recent, Meaning::Recent);
        table.add(&file.today, Meaning::Today);
        for period in &file.period {
            table.add(&period.names, Meaning::Period(period.from, period.to));
        }
        for day in &file.day {
            table.add(&day.names, Meaning::Day(day.month, day.day));
        }
        for list in table.phrases.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Ok(table)
    }

    fn add(&mut self, names: &[String], meaning: Meaning) {
        for name in names {
            let words = Words::plain(name);
            let mut words: Vec<String> = (0..words.len())
                .map(|i| words.raw(i).to_ascii_lowercase().replace('’', "'"))
                .collect();
            if words.is_empty() {
                continue;
            }
            let first = words.remove(0);
            self.phrases
                .entry(first)
                .or_default()
                .push((words, meaning));
        }
    }

    /// The longest phrase of the table that starts at `index`, and the index after it.
    pub(super) fn at(&self, words: &Words, index: usize) -> Option<(Meaning, usize)> {
        let rest = self.phrases.get(words.low(index))?;
        rest.iter()
            .find(|(rest, _)| {
                rest.iter().enumerate().all(|(i, expected)| {
                    let at = index + 1 + i;
                    words.is(at, expected) || words.raw(at) == expected
                })
            })
            .map(|(rest, meaning)| (*meaning, index + 1 + rest.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_takes_the_longest_name() {
        let table = Table::english();
        let words = Words::plain("World War II and World War I");
        assert_eq!(table.at(&words, 0), Some((Meaning::Period(1939, 1945), 3)));
        assert_eq!(table.at(&words, 4), Some((Meaning::Period(1914, 1918), 7)));
        for fiscal in &table.fiscal {
            assert!((1..=12).contains(&fiscal.first_month));
        }
    }
}
