//! Who acts towards whom, over time.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use detente_record::Tie;
use serde::Serialize;

use super::{page, timeline};
use crate::{answer, app::App, asked::Asked, chart, links, problem::Problem, shell::Shell};

/// The network in some years.
#[derive(Debug, Serialize)]
pub(crate) struct Network {
    from: i64,
    to: i64,
    ties: Vec<Tie>,
    #[serde(skip)]
    years: Option<(i64, i64)>,
}

page!(Network, "network.html");

/// Actors drawn.
const ACTORS: usize = 22;

/// Ties read.
const TIES: usize = 120;

impl Network {
    fn chart(&self, c: &Shell<'_>) -> String {
        let ties: Vec<chart::Tie<'_>> = self
            .ties
            .iter()
            .map(|tie| chart::Tie {
                source: &tie.source,
                target: &tie.target,
                events: tie.events,
                href: self.events(tie),
            })
            .collect();
        chart::network(c, &ties)
    }

    /// The events of a tie's source in these years.
    fn events(&self, tie: &Tie) -> String {
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let query = [
            ("kind", "event"),
            ("modality", "asserted"),
            ("actor", tie.source.as_str()),
            ("from", &from),
            ("to", &to),
        ];
        links::with_query("/search", &query)
    }

    /// Stretches of years to choose: label, address, chosen.
    fn choices(&self) -> Vec<(String, String, bool)> {
        let Some((first, last)) = self.years else {
            return Vec::new();
        };
        let step = [1, 2, 5, 10]
            .into_iter()
            .find(|step| (last - first) / step < 14)
            .unwrap_or(25);
        let mut choices = vec![(first, last)];
        let mut year = first - first.rem_euclid(step);
        while year <= last {
            choices.push((year, year + step - 1));
            year += step;
        }
        choices
            .into_iter()
            .map(|(from, to)| {
                let (a, b) = (from.to_string(), to.to_string());
                let label = if from == to {
                    a.clone()
                } else {
                    format!("{a}–{b}")
                };
                let link = links::with_query("/network", &[("from", &a), ("to", &b)]);
                (label, link, (from, to) == (self.from, self.to))
            })
            .collect()
    }
}

pub(crate) async fn network(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&["from", "to", "lang"]])?;
    let from = asked.number("from", 1, 9999)?.map(|year| year as i64);
    let to = asked.number("to", 1, 9999)?.map(|year| year as i64);
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let span = timeline::span(record)?;
            let years = span.map(|(a, b)| (i64::from(a.year()), i64::from(b.year())));
            let from = from.or(years.map(|y| y.0)).unwrap_or(1);
            let to = to.or(years.map(|y| y.1)).unwrap_or(9999);
            let mut ties = record.ties(from, to, TIES)?;
            let mut weight: BTreeMap<String, u64> = BTreeMap::new();
            for tie in &ties {
                let sum: u64 = tie.events.iter().sum();
                *weight.entry(tie.source.clone()).or_default() += sum;
                *weight.entry(tie.target.clone()).or_default() += sum;
            }
            let mut actors: Vec<(&String, &u64)> = weight.iter().collect();
            actors.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
            let kept: Vec<&String> = actors.iter().take(ACTORS).map(|a| a.0).collect();
            ties.retain(|tie| kept.contains(&&tie.source) && kept.contains(&&tie.target));
            Ok(Network {
                from,
                to,
                ties,
                years,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
