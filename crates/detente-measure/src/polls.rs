//! Polls as series: the same pollster asking the same population the same question.

use std::collections::BTreeMap;

use detente_extract::{Kind, Value};
use detente_record::Entry;
use detente_text::date::Edtf;
use serde::Serialize;

use crate::{Month, index::round};

/// Figures of one wording over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PollSeries {
    /// Who asked.
    pub pollster: Option<String>,
    /// Who was asked.
    pub population: Option<String>,
    /// What was asked, if the text gives it.
    pub question: Option<String>,
    /// The answer that the figures count.
    pub answer: Option<String>,
    /// Unit of the values, such as `percent`.
    pub unit: Option<String>,
    /// In order of time.
    pub points: Vec<PollPoint>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PollPoint {
    /// First month of the fieldwork, else of the poll's date, else of the document's.
    pub month: Month,
    /// That date as EDTF.
    pub date: String,
    /// The figure.
    pub value: f64,
    /// How many were asked.
    pub n: Option<u32>,
    /// Half width of a 90 % interval in points of per cent, from `n` alone (a simple random sample).
    pub margin: Option<f64>,
    /// Ids of the facts that give this very figure.
    pub facts: Vec<String>,
}

/// What makes a wording, evened out.
type Wording = [Option<String>; 5];

/// Series of all poll figures among `entries`, those with most points first. Two documents that
/// give one figure make one point; two figures for one date stay two points.
pub fn polls(entries: &[Entry]) -> Vec<PollSeries> {
    let mut series: BTreeMap<Wording, PollSeries> = BTreeMap::new();
    for entry in entries.iter().filter(|e| e.fact.kind == Kind::Poll) {
        let fact = &entry.fact;
        let Some(Value::Number(value)) = fact.value else {
            continue;
        };
        let document = || {
            entry
                .document_date
                .as_deref()
                .and_then(|d| d.parse::<Edtf>().ok())
        };
        let Some(date) = fact.fieldwork.or(fact.date).or_else(document) else {
            continue;
        };
        let Some(first) = date.earliest() else {
            continue;
        };
        let fields = [
            &fact.pollster,
            &fact.population,
            &fact.question,
            &fact.answer,
            &fact.unit,
        ];
        let [pollster, population, question, answer, unit] = fields.map(Clone::clone);
        let here = series
            .entry(fields.map(|f| f.as_deref().map(even)))
            .or_insert(PollSeries {
                pollster,
                population,
                question,
                answer,
                unit,
                points: Vec::new(),
            });
        let date = date.to_string();
        let same = here
            .points
            .iter_mut()
            .find(|p| p.date == date && p.value == value);
        match same {
            Some(point) => point.facts.push(fact.id.clone()),
            None => here.points.push(PollPoint {
                month: Month::of(first),
                date,
                value,
                n: fact.n,
                margin: fact.n.and_then(|n| margin(value, n, fact.unit.as_deref())),
                facts: vec![fact.id.clone()],
            }),
        }
    }
    let mut series: Vec<PollSeries> = series.into_values().collect();
    for one in &mut series {
        one.points
            .sort_by(|a, b| a.date.cmp(&b.date).then(a.value.total_cmp(&b.value)));
    }
    series.sort_by_key(|s| std::cmp::Reverse(s.points.len()));
    series
}

fn even(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

fn margin(value: f64, n: u32, unit: Option<&str>) -> Option<f64> {
    let share = value / 100.0;
    (unit == Some("percent") && n > 0 && (0.0..=1.0).contains(&share))
        .then(|| round(164.485 * (share * (1.0 - share) / f64::from(n)).sqrt()))
}
