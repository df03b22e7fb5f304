//! The runs that filled the record, and the form by which documents are added.

use axum::{extract::State, response::Response};
use detente_record::RunEntry;
use serde::Serialize;

use super::page;
use crate::{answer, app::App, asked::Asked, intake::Told, problem::Problem};

/// The last runs.
#[derive(Debug, Serialize)]
pub(crate) struct Runs {
    runs: Vec<RunEntry>,
    /// What the run of this server is doing.
    now: Option<Told>,
    /// A document that was just added.
    added: Option<String>,
}

page!(Runs, "runs.html", form = true);

pub(crate) async fn runs(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let now = app.intake.as_ref().and_then(|intake| intake.now());
    let added = asked.value("added").map(str::to_owned);
    let view = app
        .ask(&asked.viewer, move |record, _| {
            Ok(Runs {
                runs: record.runs(50)?,
                now,
                added,
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
