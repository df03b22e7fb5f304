//! `codebook/times/en.toml`: named periods and days, vague words, fiscal years.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{phrases::Phrases, words::Words};

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

/// The table, ready for look-up.
pub(super) struct Table {
    phrases: Phrases<Meaning>,
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
        let mut phrases = Phrases::new();
        phrases.add(&file.vague, Meaning::Vague);
        phrases.add(&file.present, Meaning::Present);
        phrases.add(&file.recent, Meaning::Recent);
        phrases.add(&file.today, Meaning::Today);
        for period in &file.period {
            phrases.add(&period.names, Meaning::Period(period.from, period.to));
        }
        for day in &file.day {
            phrases.add(&day.names, Meaning::Day(day.month, day.day));
        }
        phrases.sort();
        Ok(Self {
            phrases,
            fiscal: file.fiscal,
        })
    }

    /// The longest phrase of the table that starts at `index`, and the index after it.
    pub(super) fn at(&self, words: &Words, index: usize) -> Option<(Meaning, usize)> {
        self.phrases.at(words, index)
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
