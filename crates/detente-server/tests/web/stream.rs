//! Server-sent events: new facts and the progress of a run.

use std::{future::poll_fn, pin::Pin, time::Duration};

use axum::{Router, body::HttpBody};
use tower::ServiceExt;

use crate::shop::{Shop, documents, request, send};

/// One event: name, id, data.
type Told = (String, String, serde_json::Value);

struct Listener {
    body: axum::body::Body,
    text: String,
}

impl Listener {
    async fn start(router: &Router, last: &str) -> Self {
        let headers = [("last-event-id", last)];
        let asked = request("GET", "/api/v1/stream", &headers, b"");
        let answer = router.clone().oneshot(asked).await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self {
            body: answer.into_body(),
            text: String::new(),
        }
    }

    async fn next(&mut self) -> Told {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let lines = event.lines();
                    let mut found = lines.filter_map(|line| line.strip_prefix(name));
                    found.next().unwrap_or_default().trim().to_owned()
                };
                let told = (field("event:"), field("id:"), field("data:"));
                self.text = rest.to_owned();
                if told.2.is_empty() {
                    continue;
                }
                return (told.0, told.1, serde_json::from_str(&told.2).unwrap());
            }
            let frame = poll_fn(|context| Pin::new(&mut self.body).poll_frame(context));
            let frame = tokio::time::timeout(Duration::from_secs(60), frame).await;
            let bytes = frame.unwrap().unwrap().unwrap().into_data().unwrap();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

#[tokio::test]
async fn new_facts_and_runs_are_told() {
    let shop = Shop::new(&documents()[..2], false);
    let router = shop.router(|_| ());
    // From the beginning: all facts that are there, and an id to go on from.
    let mut listener = Listener::start(&router, "0").await;
    let (name, id, data) = listener.next().await;
    assert_eq!(name, "facts");
    let facts = data.as_array().unwrap().len();
    assert_eq!(facts, 24);
    assert!(id.parse::<i64>().unwrap() >= facts as i64);

    let text = b"Title\nPaper\n\nThe ministers signed a pact on squid\n";
    let headers = [("content-type", "text/plain"), ("x-detente", "1")];
    let sent = request("POST", "/api/v1/documents", &headers, text);
    assert_eq!(send(&router, sent).await.status, 202);
    let (mut finished, mut squid) = (false, String::new());
    while !finished || squid.is_empty() {
        let (name, id, data) = listener.next().await;
        match name.as_str() {
            "run" => finished |= data["stage"] == "finished",
            "facts" => {
                let told = data.as_array().unwrap();
                assert!(told.iter().all(|fact| fact["quote"].is_string()));
                if told
                    .iter()
                    .any(|f| f["quote"].as_str().unwrap().contains("squid"))
                {
                    squid = id;
                }
            }
            other => panic!("{other}"),
        }
    }

    // Who goes on behind the last event is told nothing twice.
    let mut again = Listener::start(&router, &squid).await;
    let nothing = tokio::time::timeout(Duration::from_millis(2500), again.next()).await;
    assert!(nothing.is_err(), "{nothing:?}");
}
