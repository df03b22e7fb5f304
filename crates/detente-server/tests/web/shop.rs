//! A small record of our own, and the server before it.

use std::{fs, path::PathBuf, sync::atomic::AtomicBool};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use detente_codebook::Codebook;
use detente_record::{Coders, Options, Record, Rules};
use detente_server::{Intake, Settings};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::synthetic::LineCoder;

pub(crate) struct Shop {
    pub(crate) folder: TempDir,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// Documents of the plain shop: name and text.
pub(crate) fn documents() -> Vec<(String, Vec<u8>)> {
    (0..30)
        .map(|i| {
            let lines: Vec<String> = (0..12)
                .map(|j| format!("Line {j}: the envoys spoke about treaty {i} and fish"))
                .collect();
            let text = format!("Title {i}\nPaper {}\n\n{}\n", i % 4, lines.join("\n"));
            (format!("paper-{i:02}.txt"), text.into_bytes())
        })
        .collect()
}

impl Shop {
    pub(crate) fn new(documents: &[(String, Vec<u8>)], hostile: bool) -> Self {
        let shop = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let news = shop.folder.path().join("news");
        fs::create_dir(&news).unwrap();
        for (name, bytes) in documents {
            fs::write(news.join(name), bytes).unwrap();
        }
        let rules = Rules {
            skip: &[],
            readable: &detente_text::is_readable_name,
        };
        let found = detente_record::walk(&[news], &rules).unwrap();
        let stop = AtomicBool::new(false);
        let options = Options {
            threads: 2,
            limit: 64 << 20,
            stop: &stop,
            pages: None,
        };
        let mut record = Record::create(&shop.record(), "JPN-KOR").unwrap();
        let coder = LineCoder { hostile };
        detente_record::run(&mut record, &found, &coder, &options, &mut |_| ()).unwrap();
        shop
    }

    pub(crate) fn record(&self) -> PathBuf {
        self.folder.path().join("record.db")
    }

    pub(crate) fn intake(&self) -> Intake {
        let make = Box::new(|| Ok(Box::new(LineCoder::default()) as Box<dyn Coders + Send>));
        let folder = self.folder.path().join("sent");
        Intake::start(self.record(), folder, "JPN-KOR".to_owned(), make)
    }

    /// Pages wait for whatever they show.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            patience: std::time::Duration::from_secs(120),
            ..Settings::new(&self.record())
        }
    }

    pub(crate) fn router(&self, change: impl FnOnce(&mut Settings)) -> Router {
        let mut settings = self.settings();
        change(&mut settings);
        let book = Codebook::embedded();
        detente_server::router(settings, &book, Some(self.intake())).unwrap()
    }
}

/// A request to this machine.
pub(crate) fn request(
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "127.0.0.1:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_vec())).unwrap()
}

pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
    }
}

pub(crate) async fn get(router: &Router, path: &str) -> Answer {
    send(
        router,
        request("GET", path, &[("accept", "text/html")], b""),
    )
    .await
}

/// Addresses of every kind of page for this record.
pub(crate) async fn pages(router: &Router) -> Vec<String> {
    let mut pages: Vec<String> = [
        "/",
        "/timeline",
        "/timeline?by=issue&kind=statement",
        "/timeline?by=actor&from=2010&to=2012",
        "/issues",
        "/channels",
        "/actors",
        "/commitments",
        "/commitments?kind=proposal&status=proposed",
        "/contradictions",
        "/network",
        "/documents",
        "/search",
        "/search?q=treaty",
        "/search?kind=event&modality=asserted&from=2000",
        "/new?after=3",
        "/searches",
        "/searches?q=treaty&kind=event",
        "/quality",
        "/quality?year=2010",
        "/runs",
    ]
    .map(str::to_owned)
    .to_vec();
    let facts = get(router, "/api/v1/facts?limit=3&kind=event&modality=asserted")
        .await
        .json();
    for fact in facts["facts"].as_array().unwrap() {
        let encode =
            |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        let of = |value: &serde_json::Value| encode(value.as_str().unwrap_or_default());
        pages.push(format!("/fact/{}", fact["id"].as_str().unwrap()));
        pages.push(format!("/document/{}", of(&fact["document"])));
        pages.push(format!("/issue/{}", of(&fact["issue"][0])));
        pages.push(format!("/actor/{}", of(&fact["source"][0])));
        if !fact["channel"].is_null() {
            pages.push(format!("/channel/{}", of(&fact["channel"])));
        }
    }
    let events = get(router, "/api/v1/events?limit=1").await.json();
    if let Some(event) = events["events"][0]["id"].as_str() {
        pages.push(format!("/event/{event}"));
    }
    for (list, one) in [
        ("/commitments.json", "commitment"),
        ("/contradictions.json", "contradiction"),
    ] {
        let list = get(router, list).await.json();
        if let Some(id) = list["entries"][0]["id"].as_str() {
            pages.push(format!("/{one}/{id}"));
        }
    }
    let index = get(router, "/index.json").await.json();
    let points = index["state"]["points"].as_array().unwrap();
    let told = points.iter().find(|point| !point["mean"].is_null());
    if let Some(month) = told.and_then(|point| point["month"].as_str()) {
        pages.push(format!("/month/{month}"));
    }
    pages
}
