//! How far the record can be relied on.

use axum::{extract::State, response::Response};
use detente_record::{Facet, Record, Term};
use serde::{Deserialize, Serialize};

use super::page;
use crate::{answer, app::App, asked::Asked, problem::Problem};

/// Measured accuracy, from `data/accuracy.toml`.
#[derive(Debug, Deserialize, Serialize)]
struct Accuracy {
    measured: String,
    source: String,
    set: Vec<GoldSet>,
}

/// Scores on one set of documents.
#[derive(Debug, Deserialize, Serialize)]
struct GoldSet {
    name: String,
    facts: u64,
    precision: f64,
    recall: f64,
    f1: f64,
    note: String,
}

/// What was read, what was left out, how exact it is.
#[derive(Debug, Serialize)]
pub(crate) struct QualityView {
    #[serde(flatten)]
    sums: detente_record::Quality,
    facts: u64,
    /// On what the dates of facts rest.
    bases: Vec<Term>,
    modalities: Vec<Term>,
    accuracy: Accuracy,
    /// Years of the table of outlets.
    #[serde(skip)]
    years: Vec<i64>,
}

page!(QualityView, "quality.html");

impl QualityView {
    /// Per cent of the facts; with one digit.
    fn share(&self, facts: &u64) -> String {
        format!("{:.1}", *facts as f64 * 100.0 / self.facts.max(1) as f64)
    }

    /// Per cent of all code points that were not coded for one reason.
    fn dropped_share(&self, characters: &u64) -> String {
        format!(
            "{:.1}",
            *characters as f64 * 100.0 / self.sums.characters.max(1) as f64
        )
    }

    /// Documents of an outlet in a year.
    fn cell(&self, outlet: &detente_record::Outlet, year: &i64) -> u64 {
        let found = outlet.years.iter().find(|(of, _)| of == year);
        found.map_or(0, |(_, documents)| *documents)
    }

    /// Documents of an outlet without a date.
    fn undated(&self, outlet: &detente_record::Outlet) -> u64 {
        self.cell(outlet, &0)
    }

    /// A class for the shade of a cell.
    fn shade(&self, outlet: &detente_record::Outlet, year: &i64) -> &'static str {
        match self.cell(outlet, year) {
            0 => "s0",
            1 => "s1",
            2..=4 => "s2",
            5..=19 => "s3",
            _ => "s4",
        }
    }
}

fn make(record: &Record) -> Result<detente_record::Quality, Problem> {
    Ok(record.quality()?)
}

pub(crate) async fn quality(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let sums = app.quality.get(&app, &asked.viewer, make).await?;
    let accuracy = toml::from_str(include_str!("../../data/accuracy.toml"));
    let accuracy = accuracy.map_err(|_| Problem::internal())?;
    let mut sums = (*sums).clone();
    sums.outlets.truncate(40);
    let mut years: Vec<i64> = sums
        .outlets
        .iter()
        .flat_map(|outlet| outlet.years.iter().map(|(year, _)| *year))
        .filter(|year| *year > 0)
        .collect();
    years.sort_unstable();
    years.dedup();
    let years = years.split_off(years.len().saturating_sub(40));
    let view = app
        .ask(&asked.viewer, move |record, _| {
            Ok(QualityView {
                facts: record.term(Facet::All, "")?,
                bases: record.terms(Facet::Basis, 20)?,
                modalities: record.terms(Facet::Modality, 20)?,
                sums,
                accuracy,
                years,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
