//! The lists of issues, channels and actors.

use axum::{extract::State, response::Response};
use detente_record::{Facet, Term};
use jiff::civil::Date;
use serde::Serialize;

use super::{page, timeline};
use crate::{answer, app::App, asked::Asked, chart, problem::Problem, shell::Shell};

/// All values of a facet, the most frequent first.
#[derive(Debug, Serialize)]
pub(crate) struct Topics {
    facet: &'static str,
    values: Vec<Term>,
    /// True if more actors are there than are listed.
    more: bool,
    #[serde(skip)]
    sums: Vec<timeline::LaneSums>,
    #[serde(skip)]
    span: Option<(Date, Date)>,
}

page!(Topics, "topics.html");

/// Values listed.
const LISTED: usize = 300;

impl Topics {
    fn title(&self) -> &'static str {
        match self.facet {
            "issue" => "nav.issues",
            "channel" => "nav.channels",
            _ => "nav.actors",
        }
    }

    fn chart(&self, c: &Shell<'_>) -> String {
        let Some((from, to)) = self.span else {
            return String::new();
        };
        let lanes = timeline::sum_lanes(c, self.facet, &self.sums);
        chart::lanes(c, c.t(self.title()), &lanes, from, to)
    }
}

pub(crate) async fn issues(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    topics(app, asked, "issue", Facet::Issue).await
}

pub(crate) async fn channels(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    topics(app, asked, "channel", Facet::Channel).await
}

pub(crate) async fn actors(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    topics(app, asked, "actor", Facet::Actor).await
}

async fn topics(
    app: App,
    asked: Asked,
    name: &'static str,
    facet: Facet,
) -> Result<Response, Problem> {
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let span = timeline::span(record)?;
            let mut values = record.terms(facet, LISTED + 1)?;
            let more = values.len() > LISTED;
            values.truncate(LISTED);
            Ok(Topics {
                facet: name,
                more,
                values,
                sums: timeline::lane_sums(record, facet, 10, span)?,
                span,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
