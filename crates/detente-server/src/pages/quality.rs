//! How far the record can be relied on.

use axum::{extract::State, response::Response};
use detente_record::{Facet, Outlet, Record, Term};
use serde::{Deserialize, Serialize};

use super::page;
use crate::{answer, app::App, asked::Asked, links, problem::Problem, viewer::Viewer};

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
    /// Times of the table of outlets: years, or the months of one year.
    #[serde(skip)]
    times: Vec<Time>,
    /// The year whose months are shown.
    #[serde(skip)]
    year: Option<i64>,
}

/// A column of the table of outlets.
#[derive(Debug)]
struct Time {
    /// A year or a month.
    name: String,
    /// Where its months are shown.
    link: Option<String>,
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

    /// Documents of an outlet in a time.
    fn cell(&self, outlet: &Outlet, time: &Time) -> u64 {
        let months = outlet.months.iter().find(|(of, _)| *of == time.name);
        let year = || outlet.years.iter().find(|(of, _)| *of == number(time));
        months
            .map(|(_, documents)| *documents)
            .or_else(|| year().map(|(_, documents)| *documents))
            .unwrap_or_default()
    }

    /// Documents of an outlet whose place in the table is not known: without a date or, among
    /// months, without a month.
    fn undated(&self, outlet: &Outlet) -> u64 {
        let of = |year| {
            let found = outlet.years.iter().find(|(of, _)| *of == year);
            found.map_or(0, |(_, documents)| *documents)
        };
        match self.year {
            None => of(0),
            Some(year) => of(year) - self.told(outlet),
        }
    }

    /// Documents of an outlet in the times of the table.
    fn told(&self, outlet: &Outlet) -> u64 {
        self.times.iter().map(|time| self.cell(outlet, time)).sum()
    }

    /// All documents of an outlet that the table counts.
    fn sum(&self, outlet: &Outlet) -> String {
        crate::words::number(self.counted(outlet))
    }

    fn counted(&self, outlet: &Outlet) -> u64 {
        match self.year {
            None => outlet.documents,
            Some(_) => self.told(outlet) + self.undated(outlet),
        }
    }

    /// A class for the shade of a cell.
    fn shade(&self, outlet: &Outlet, time: &Time) -> &'static str {
        match self.cell(outlet, time) {
            0 => "s0",
            1 => "s1",
            2..=4 => "s2",
            5..=19 => "s3",
            _ => "s4",
        }
    }

    /// Outlets of the table.
    fn outlets(&self) -> impl Iterator<Item = &Outlet> {
        let within = |outlet: &&Outlet| self.year.is_none() || self.counted(outlet) > 0;
        self.sums.outlets.iter().filter(within).take(OUTLETS)
    }
}

/// The year that a column stands for; none has the number -1.
fn number(time: &Time) -> i64 {
    time.name.parse().unwrap_or(-1)
}

/// Outlets of the table; the twin has all of them.
const OUTLETS: usize = 40;

/// Years of the table, the last ones.
const YEARS: usize = 40;

/// Columns of the table of outlets.
fn times(outlets: &[Outlet], year: Option<i64>) -> Vec<Time> {
    if let Some(year) = year {
        let month = |month| Time {
            name: format!("{year:04}-{month:02}"),
            link: None,
        };
        return (1..=12).map(month).collect();
    }
    let mut years: Vec<i64> = outlets
        .iter()
        .flat_map(|outlet| outlet.years.iter().map(|(year, _)| *year))
        .filter(|year| *year > 0)
        .collect();
    years.sort_unstable();
    years.dedup();
    let last = years.len().saturating_sub(YEARS);
    let time = |year: &i64| {
        let name = format!("{year:04}");
        let link = links::with_query("/quality", &[("year", &name)]);
        Time {
            link: Some(format!("{link}#coverage")),
            name,
        }
    };
    years[last..].iter().map(time).collect()
}

fn make(record: &Record) -> Result<detente_record::Quality, Problem> {
    Ok(record.quality()?)
}

/// Makes the sums before anybody asks for them: they look at all documents.
pub(crate) async fn begin(app: App, viewer: Viewer) {
    // Whoever asks for the page is told what went wrong.
    let _ = app.quality.get(&app, &viewer, make).await;
}

pub(crate) async fn quality(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&["year", "lang"]])?;
    let year = asked.number("year", 1, 9999)?.map(|year| year as i64);
    let sums = app.quality.get(&app, &asked.viewer, make).await?;
    let accuracy = toml::from_str(include_str!("../../data/accuracy.toml"));
    let accuracy = accuracy.map_err(|_| Problem::internal())?;
    let sums = (*sums).clone();
    let times = times(&sums.outlets, year);
    let view = app
        .ask(&asked.viewer, move |record, _| {
            Ok(QualityView {
                facts: record.term(Facet::All, "")?,
                bases: record.terms(Facet::Basis, 20)?,
                modalities: record.terms(Facet::Modality, 20)?,
                sums,
                accuracy,
                times,
                year,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
