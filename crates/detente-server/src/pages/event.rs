//! A merged event with its reports.

use axum::{extract::State, response::Response};
use serde::Serialize;

use super::{EventItem, Told, page};
use crate::{answer, app::App, asked::Asked, problem::Problem};

/// The event.
#[derive(Debug, Serialize)]
pub(crate) struct EventView {
    #[serde(flatten)]
    event: EventItem,
    reports: Vec<Told>,
}

page!(EventView, "event.html");

pub(crate) async fn event(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let id = asked.tail.clone();
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let (event, reports) = record.event(&id)?.ok_or_else(|| Problem::absent("event"))?;
            Ok(EventView {
                event: event.into(),
                reports: reports.into_iter().map(Told::from).collect(),
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
