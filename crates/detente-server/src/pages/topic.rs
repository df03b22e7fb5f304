//! The page of an issue, a channel or an actor.

use axum::{extract::State as Shared, response::Response};
use detente_extract::Kind;
use detente_record::{
    ChannelEntry, Contradiction, Facet, Filter, IssueEntry, LedgerFilter, Position, Record, Tie,
    Total, Undertaking,
};
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
    state::{Course, State, course},
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
    /// Channels only: what the ledger says.
    channel: Option<ChannelEntry>,
    /// Issues only: what the ledger says, of the latest facts; of each list the newest first.
    issue: Option<IssueEntry>,
    undertakings: Vec<Undertaking>,
    contradictions: Vec<Contradiction>,
    contradictions_total: u64,
    #[serde(skip)]
    courses: Vec<Course>,
    #[serde(skip)]
    span: Option<(Date, Date)>,
}

page!(Topic, "topic.html");

/// Facts of a kind that are shown.
const SHOWN: u64 = 6;

/// Of an issue or a channel the ledger looks at so many of the latest facts.
const LOOKED_AT: u64 = 600;

/// Changes, positions of a side, disputes that are shown.
const LISTED: usize = 12;

/// Undertakings and contradictions that are shown.
const FEW: usize = 4;

/// What the ledgers say.
struct Ledgers {
    channel: Option<ChannelEntry>,
    issue: Option<IssueEntry>,
    undertakings: Vec<Undertaking>,
    contradictions: (Vec<Contradiction>, u64),
    courses: Vec<Course>,
}

impl Ledgers {
    fn read(
        record: &Record,
        state: Option<&State>,
        facet: Facet,
        id: &str,
    ) -> Result<Self, Problem> {
        let mut filter = LedgerFilter {
            latest: Some(LOOKED_AT),
            ..LedgerFilter::default()
        };
        match facet {
            Facet::Issue => filter.issue = Some(id.to_owned()),
            Facet::Channel => filter.channel = Some(id.to_owned()),
            _ => filter.actor = Some(id.to_owned()),
        }
        let (undertakings, _) = record.undertakings(&filter, None, FEW)?;
        let against = |filter: &LedgerFilter| match state {
            Some(state) => state.contradictions(record, filter, 0, FEW),
            None => Ok((Vec::new(), 0)),
        };
        let mut ledgers = Self {
            channel: None,
            issue: None,
            undertakings,
            contradictions: (Vec::new(), 0),
            courses: Vec::new(),
        };
        match facet {
            Facet::Issue => {
                ledgers.contradictions = against(&filter)?;
                ledgers.issue = record.issues(&filter)?.pop().map(newest);
            }
            Facet::Channel => {
                ledgers.contradictions = against(&filter)?;
                if let Some(mut entry) = record.channels(&filter)?.pop() {
                    let last = record.document_span()?.map(|(_, last)| last);
                    ledgers.courses = vec![course(&entry, last.as_deref())];
                    entry.history.reverse();
                    entry.history.truncate(LISTED);
                    ledgers.channel = Some(entry);
                }
            }
            _ => {}
        }
        Ok(ledgers)
    }
}

/// The newest of each list, newest first.
fn newest(mut entry: IssueEntry) -> IssueEntry {
    for list in [&mut entry.disputes, &mut entry.agreed] {
        list.reverse();
        list.truncate(LISTED);
    }
    entry.positions.reverse();
    let mut met: Vec<(String, usize)> = Vec::new();
    entry.positions.retain(|position| {
        let known = met.iter_mut().find(|(side, _)| *side == position.side);
        match known {
            Some((_, number)) => {
                *number += 1;
                *number <= LISTED
            }
            None => {
                met.push((position.side.clone(), 1));
                true
            }
        }
    });
    // Months stand in the chart, from the sums of the record.
    entry.months.clear();
    entry
}

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

    /// The course of the channel.
    fn strip(&self, c: &Shell<'_>) -> String {
        chart::strip(c, &self.name(c), &self.courses)
    }

    /// What each side says: code and positions.
    fn sides(&self) -> Vec<(&str, Vec<&Position>)> {
        let mut sides: Vec<(&str, Vec<&Position>)> = Vec::new();
        for position in self.issue.iter().flat_map(|issue| &issue.positions) {
            match sides.iter_mut().find(|(side, _)| *side == position.side) {
                Some((_, positions)) => positions.push(position),
                None => sides.push((&position.side, vec![position])),
            }
        }
        sides.sort_by_key(|(side, _)| *side);
        sides
    }

    /// Addresses of the ledgers for this topic.
    fn ledger(&self, ledger: &str) -> String {
        links::with_query(ledger, &[(self.facet, &self.id)])
    }

    fn all(&self, kind: &str) -> String {
        links::with_query("/search", &[(self.facet, &self.id), ("kind", kind)])
    }

    fn timeline(&self) -> String {
        let query = [("by", self.facet), (self.facet, self.id.as_str())];
        links::with_query("/timeline", &query)
    }
}

pub(crate) async fn issue(Shared(app): Shared<App>, asked: Asked) -> Result<Response, Problem> {
    topic(app, asked, "issue", Facet::Issue).await
}

pub(crate) async fn channel(Shared(app): Shared<App>, asked: Asked) -> Result<Response, Problem> {
    topic(app, asked, "channel", Facet::Channel).await
}

pub(crate) async fn actor(Shared(app): Shared<App>, asked: Asked) -> Result<Response, Problem> {
    topic(app, asked, "actor", Facet::Actor).await
}

async fn topic(
    app: App,
    asked: Asked,
    name: &'static str,
    facet: Facet,
) -> Result<Response, Problem> {
    let id = asked.tail.clone();
    let state = app.state(&asked.viewer).await?;
    let pending = state.is_none();
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
            let ledgers = Ledgers::read(record, state.as_deref(), facet, &id)?;
            Ok(Topic {
                facet: name,
                channel: ledgers.channel,
                issue: ledgers.issue,
                undertakings: ledgers.undertakings,
                contradictions: ledgers.contradictions.0,
                contradictions_total: ledgers.contradictions.1,
                courses: ledgers.courses,
                facts,
                months: record.months(facet, &id, 0, 999_999)?,
                id,
                sections,
                ties,
                span: timeline::span(record)?,
            })
        })
        .await?;
    let mut response = answer::page(&app, &asked, &view)?;
    if pending {
        answer::passing(&mut response);
    }
    Ok(response)
}
