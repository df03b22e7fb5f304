//! Typed reading of TOML tables that remembers where everything stands.

use std::ops::Range;

use jiff::civil::Date;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::problem::{Place, Problems, nearest};

/// A string and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) place: Place<'a>,
}

/// A table of a file.
#[derive(Clone, Debug)]
pub(crate) struct Table<'a> {
    file: &'a str,
    text: &'a str,
    range: Range<usize>,
    table: &'a DeTable<'a>,
}

/// A file that has been parsed; borrow it as a [`Table`].
pub(crate) struct Parsed<'a> {
    file: &'a str,
    text: &'a str,
    table: Spanned<DeTable<'a>>,
}

impl<'a> Parsed<'a> {
    /// Parses a file; errors of syntax go to `problems`, what could be read is kept.
    pub(crate) fn new(file: &'a str, text: &'a str, problems: &mut Problems) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let range = error.span().unwrap_or(0..0);
            let place = Place { file, text, range };
            problems.error(&place, format!("not TOML: {}", error.message()), None);
        }
        Self { file, text, table }
    }

    pub(crate) fn root(&'a self) -> Table<'a> {
        Table {
            file: self.file,
            text: self.text,
            range: 0..0,
            table: self.table.get_ref(),
        }
    }
}

impl<'a> Table<'a> {
    pub(crate) fn place(&self) -> Place<'a> {
        self.at(self.range.clone())
    }

    fn at(&self, range: Range<usize>) -> Place<'a> {
        Place {
            file: self.file,
            text: self.text,
            range,
        }
    }

    /// Reports every field that is not in `known`.
    pub(crate) fn only(&self, problems: &mut Problems, known: &[&str]) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let hint = match nearest(name, known.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("known fields: {}", known.join(", ")),
                };
                problems.error(
                    &self.at(key.span()),
                    format!("unknown field `{name}`"),
                    Some(hint),
                );
            }
        }
    }

    /// Names of all fields with their places, in the order of the file.
    pub(crate) fn keys(&self) -> impl Iterator<Item = Word<'a>> + use<'a> {
        let this = self.clone();
        let mut keys: Vec<_> = self.table.keys().collect();
        keys.sort_by_key(|k| k.span().start);
        keys.into_iter().map(move |key| Word {
            text: key.get_ref(),
            place: this.at(key.span()),
        })
    }

    fn value(&self, key: &str) -> Option<(&'a DeValue<'a>, Place<'a>)> {
        let value = self.table.get(key)?;
        Some((value.get_ref(), self.at(value.span())))
    }

    fn wrong(problems: &mut Problems, place: &Place<'_>, key: &str, want: &str, is: &DeValue<'_>) {
        problems.error(
            place,
            format!("`{key}` is {}, wanted {want}", is.type_str()),
            None,
        );
    }

    /// An optional string.
    pub(crate) fn word(&self, problems: &mut Problems, key: &str) -> Option<Word<'a>> {
        let (value, place) = self.value(key)?;
        match value.as_str() {
            Some(text) => Some(Word { text, place }),
            None => {
                Self::wrong(problems, &place, key, "a string", value);
                None
            }
        }
    }

    /// A string that must be there and not be empty.
    pub(crate) fn need(&self, problems: &mut Problems, key: &str) -> Option<Word<'a>> {
        if self.table.get(key).is_none() {
            problems.error(
                &self.place(),
                format!("`{key}` is missing"),
                Some(format!("add `{key} = \"…\"`")),
            );
            return None;
        }
        let word = self.word(problems, key)?;
        if word.text.is_empty() {
            problems.error(&word.place, format!("`{key}` is empty"), None);
            return None;
        }
        Some(word)
    }

    /// A list of strings; one string counts as a list of one. Missing: empty.
    pub(crate) fn words(&self, problems: &mut Problems, key: &str) -> Vec<Word<'a>> {
        let Some((value, place)) = self.value(key) else {
            return Vec::new();
        };
        match value {
            DeValue::String(text) => vec![Word { text, place }],
            DeValue::Array(array) => {
                let mut words = Vec::with_capacity(array.len());
                for item in array.iter() {
                    let place = self.at(item.span());
                    match item.get_ref().as_str() {
                        Some(text) => words.push(Word { text, place }),
                        None => Self::wrong(problems, &place, key, "strings", item.get_ref()),
                    }
                }
                words
            }
            _ => {
                Self::wrong(problems, &place, key, "a list of strings", value);
                Vec::new()
            }
        }
    }

    /// As [`words`](Self::words), copied.
    pub(crate) fn strings(&self, problems: &mut Problems, key: &str) -> Vec<Box<str>> {
        self.words(problems, key)
            .into_iter()
            .map(|w| w.text.into())
            .collect()
    }

    /// A list of lists of strings. Missing: empty.
    pub(crate) fn lists(&self, problems: &mut Problems, key: &str) -> Vec<Vec<Box<str>>> {
        let Some((value, place)) = self.value(key) else {
            return Vec::new();
        };
        let Some(array) = value.as_array() else {
            Self::wrong(problems, &place, key, "a list of lists of strings", value);
            return Vec::new();
        };
        let mut lists = Vec::with_capacity(array.len());
        for item in array.iter() {
            let place = self.at(item.span());
            let Some(inner) = item.get_ref().as_array() else {
                Self::wrong(problems, &place, key, "lists of strings", item.get_ref());
                continue;
            };
            let words = inner.iter().filter_map(|word| {
                let text = word.get_ref().as_str();
                if text.is_none() {
                    let place = self.at(word.span());
                    Self::wrong(problems, &place, key, "strings", word.get_ref());
                }
                text.map(Into::into)
            });
            lists.push(words.collect());
        }
        lists
    }

    /// The line on which the table begins, from 1.
    pub(crate) fn line(&self) -> usize {
        let before = self.text.get(..self.range.start).unwrap_or("");
        before.matches('\n').count() + 1
    }

    /// A truth value; missing: false.
    pub(crate) fn flag(&self, problems: &mut Problems, key: &str) -> bool {
        match self.value(key) {
            None => false,
            Some((DeValue::Boolean(b), _)) => *b,
            Some((value, place)) => {
                Self::wrong(problems, &place, key, "true or false", value);
                false
            }
        }
    }

    /// A number.
    pub(crate) fn number(&self, problems: &mut Problems, key: &str) -> Option<f64> {
        let (value, place) = self.value(key)?;
        let number = match value {
            DeValue::Integer(i) => i.as_str().parse().ok(),
            DeValue::Float(f) => f.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            Self::wrong(problems, &place, key, "a number", value);
        }
        number
    }

    /// The first and last day of a date written `2012-12-26`, `2012-12` or `2012`, as a TOML date
    /// or a string; a missing or empty one is open.
    pub(crate) fn days(&self, problems: &mut Problems, key: &str) -> Option<(Date, Date)> {
        let (value, place) = self.value(key)?;
        let text = match value {
            DeValue::String(s) => s.to_string(),
            DeValue::Datetime(d) => d.to_string(),
            DeValue::Integer(i) => i.as_str().to_owned(),
            _ => String::from("?"),
        };
        if text.is_empty() {
            return None;
        }
        let days = days_of(&text);
        if days.is_none() {
            problems.error(
                &place,
                format!("`{key}` is no date: {text}"),
                Some("write 2012-12-26, 2012-12 or 2012".to_owned()),
            );
        }
        days
    }

    /// A table inside.
    pub(crate) fn table(&self, problems: &mut Problems, key: &str) -> Option<Table<'a>> {
        let (value, place) = self.value(key)?;
        match value.as_table() {
            Some(table) => Some(Table {
                range: place.range,
                table,
                ..self.clone()
            }),
            None => {
                Self::wrong(problems, &place, key, "a table", value);
                None
            }
        }
    }

    /// A list of tables inside; one table counts as a list of one.
    pub(crate) fn tables(&self, problems: &mut Problems, key: &str) -> Vec<Table<'a>> {
        let Some((value, place)) = self.value(key) else {
            return Vec::new();
        };
        match value {
            DeValue::Table(table) => vec![Table {
                range: place.range,
                table,
                ..self.clone()
            }],
            DeValue::Array(array) => {
                let mut tables = Vec::with_capacity(array.len());
                for item in array.iter() {
                    match item.get_ref().as_table() {
                        Some(table) => tables.push(Table {
                            range: item.span(),
                            table,
                            ..self.clone()
                        }),
                        None => Self::wrong(
                            problems,
                            &self.at(item.span()),
                            key,
                            "tables",
                            item.get_ref(),
                        ),
                    }
                }
                tables
            }
            _ => {
                Self::wrong(problems, &place, key, "a list of tables", value);
                Vec::new()
            }
        }
    }

    /// True if the field is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }
}

fn days_of(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.splitn(3, '-');
    let year: i16 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month: Option<i8> = match parts.next() {
        Some(m) => Some(m.parse().ok()?),
        None => None,
    };
    let day: Option<i8> = match parts.next() {
        Some(d) => Some(d.parse().ok()?),
        None => None,
    };
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, _) => first.last_of_year(),
    };
    Some((first, last))
}
