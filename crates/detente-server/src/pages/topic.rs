//! The page of an issue, a channel or an actor.

use axum::{extract::State, response::Response};
use detente_extract::Kind;
use detente_record::{Facet, Filter, Tie, Total};
use jiff::civil::Date;
use serde::Serialize;

use super::{Item, items, page, timeline};
use crate::{
    answer,
    app::App,
    asked::Asked,
    chart::{self, Lane},
    links,
    problem::Problem,
    shell::Shell,
};

/// Facts of one kind.
#[derive(Debug, Serialize)]
struct Section {
    kind: &'static str,
    total: Total,
    facts: Vec<Item>,
}

/// An issue, a channel or an actor.
#[derive(Debug, Serialize)]
pub(crate) struct Topic {
    facet: &'static str,
    id: String,
    facts: u64,
    /// Month such as 201208, and facts that begin in it.
    months: Vec<(i64, u64)>,
    sections: Vec<Section>,
    /// Actors only: with whom.
    ties: Vec<Tie>,
    #[serde(skip)]
    span: Option<(Date, Date)>,
}

page!(Topic, "topic.html");

/// Facts of a kind that are shown.
const SHOWN: u64 = 6;

impl Topic {
    fn name(&self, c: &Shell<'_>) -> String {
        c.named(self.facet, &self.id)
    }

    fn chart(&self, c: &Shell<'_>) -> String {
        let Some((from, to)) = self.span else {
            return String::new();
        };
        let lanes: Vec<Lane> = timeline::sum_lanes(
            c,
            self.facet,
            &[timeline::LaneSums {
                value: self.id.clone(),
                facts: self.facts,
                months: self.months.clone(),
            }],
        );
        chart::lanes(c, &self.name(c), &lanes, from, to)
    }

    fn all(&self, kind: &str) -> String {
        links::with_query("/search", &[(self.facet, &self.id), ("kind", kind)])
    }

    fn timeline(&self) -> String {
        let query = [("by", self.facet), (self.facet, self.id.as_str())];
        links::with_query("/timeline", &query)
    }
}

pub(crate) async fn issue(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    topic(app, asked, "issue", Facet::Issue).await
}

pub(crate) async fn channel(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    topic(app, asked, "channel", Facet::Channel).await
}

pub(crate) async fn actor(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    topic(app, asked, "actor", Facet::Actor).await
}

async fn topic(
    app: App,
    asked: Asked,
    name: &'static str,
    facet: Facet,
) -> Result<Response, Problem> {
    let id = asked.tail.clone();
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let facts = record.term(facet, &id)?;
            if facts == 0 {
                return Err(Problem::absent(name));
            }
            let mut sections = Vec::new();
            for kind in [
                Kind::Event,
                Kind::Statement,
                Kind::Proposal,
                Kind::Commitment,
                Kind::Poll,
                Kind::Indicator,
            ] {
                let mut filter = Filter {
                    kinds: vec![kind],
                    limit: Some(SHOWN),
                    ..Filter::default()
                };
                match facet {
                    Facet::Issue => filter.issue = Some(id.clone()),
                    Facet::Channel => filter.channel = Some(id.clone()),
                    _ => filter.actor = Some(id.clone()),
                }
                filter.dated = true;
                let page = record.page(&filter, None, true)?;
                if page.total.facts > 0 {
                    sections.push(Section {
                        kind: kind.as_str(),
                        total: page.total,
                        facts: items(page.entries),
                    });
                }
            }
            let ties = match facet {
                Facet::Actor => record.ties_of(&id, 12)?,
                _ => Vec::new(),
            };
            Ok(Topic {
                facet: name,
                facts,
                months: record.months(facet, &id, 0, 999_999)?,
                id,
                sections,
                ties,
                span: timeline::span(record)?,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
