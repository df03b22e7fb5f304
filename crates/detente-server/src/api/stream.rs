//! Server-sent events: how far a run is, and new facts.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    extract::State,
    response::{
        Sse,
        sse::{Event, KeepAlive, KeepAliveStream},
    },
};
use tokio::sync::{broadcast::error::RecvError, mpsc};

use crate::{app::App, asked::Asked, intake::Told, pages::items, problem::Problem, viewer::Viewer};

/// How often the record is looked at: runs of other programs write to it too.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// New facts told at a time.
const AT_A_TIME: usize = 200;

/// The events as the body of an answer.
pub(super) struct Events(mpsc::Receiver<Event>);

impl futures_core::Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}

/// Progress of runs (`run`) and new facts (`facts`) as server-sent events.
///
/// The id of an event is the row of the newest fact told; with `Last-Event-ID` it goes on there.
#[utoipa::path(
    get, path = "/api/v1/stream", tag = "runs",
    responses((status = 200, description = "An endless stream", body = String, content_type = "text/event-stream"))
)]
pub(super) async fn stream(
    State(app): State<App>,
    asked: Asked,
) -> Result<Sse<KeepAliveStream<Events>>, Problem> {
    let last = asked.headers.get("last-event-id");
    let last = last.and_then(|value| value.to_str().ok()?.parse::<i64>().ok());
    let newest = app
        .ask(&asked.viewer, |record, _| Ok(record.newest_fact()?))
        .await?;
    let (sender, receiver) = mpsc::channel(32);
    tokio::spawn(tell(app, asked.viewer, last.unwrap_or(newest), sender));
    Ok(Sse::new(Events(receiver)).keep_alive(KeepAlive::default()))
}

fn run_event(told: &Told) -> Event {
    let data = serde_json::to_string(told).unwrap_or_default();
    Event::default().event("run").data(data)
}

/// Tells until nobody listens any more.
async fn tell(app: App, viewer: Viewer, mut row: i64, sender: mpsc::Sender<Event>) {
    let mut news = app.intake.as_ref().map(|intake| intake.listen());
    let mut clock = tokio::time::interval(LOOK_EVERY);
    let mut other_run = String::new();
    loop {
        let told = async {
            match &mut news {
                Some(news) => match news.recv().await {
                    Ok(told) => Some(told),
                    Err(RecvError::Lagged(_)) => None,
                    Err(RecvError::Closed) => std::future::pending().await,
                },
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = sender.closed() => return,
            told = told => {
                if let Some(told) = told
                    && sender.send(run_event(&told)).await.is_err()
                {
                    return;
                }
            }
            _ = clock.tick() => {
                let look = app.ask(&viewer, move |record, _| {
                    let entries = record.facts_after(row, AT_A_TIME)?;
                    let newest = entries.last().map(|entry| entry.fact_id);
                    Ok((items(entries), newest, record.runs(1)?.pop()))
                });
                // A record that cannot be read now may be read in a second.
                let Ok((facts, newest, run)) = look.await else { continue };
                if let Some(newest) = newest {
                    row = newest;
                    let data = serde_json::to_string(&facts).unwrap_or_default();
                    let event = Event::default().event("facts").id(row.to_string()).data(data);
                    if sender.send(event).await.is_err() {
                        return;
                    }
                }
                if let Some(run) = run {
                    let state = format!("{}{}{}", run.id, run.state, run.facts);
                    if news.is_none() && state != other_run && !other_run.is_empty() {
                        let told = Told {
                            stage: if run.state == "running" { "coding" } else { "finished" }.to_owned(),
                            documents: run.documents,
                            facts: run.facts,
                            left_out: run.left_out,
                            messages: Vec::new(),
                        };
                        if sender.send(run_event(&told)).await.is_err() {
                            return;
                        }
                    }
                    other_run = state;
                }
            }
        }
    }
}
