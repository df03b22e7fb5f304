//! What all requests share.

use std::{
    ops::Deref,
    sync::{Arc, atomic::AtomicU64},
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use detente_codebook::Codebook;
use detente_record::{Parties, Record, Size};

use crate::{
    Settings, answer,
    asked::{self, Asked},
    cache::Cache,
    guard::{self, Buckets},
    intake::Intake,
    kept::Kept,
    names::Names,
    problem::Problem,
    readers::{Readers, Revision},
    state::State,
    viewer::Viewer,
    words::{Lang, Words},
};

/// The server's state; clones share it.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

/// Behind [`App`].
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) readers: Readers,
    pub(crate) names: Names,
    pub(crate) dyad: String,
    pub(crate) buckets: Buckets,
    pub(crate) intake: Option<Arc<Intake>>,
    pub(crate) size: Cache<Size>,
    pub(crate) state: Cache<State>,
    pub(crate) kept: Kept,
    pub(crate) parties: Arc<Parties>,
    pub(crate) quality: Cache<detente_record::Quality>,
    /// How often a sum over the whole record was made.
    pub(crate) sums: AtomicU64,
    words: [Words; 3],
    secret: String,
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    /// Opens the record and makes ready what all requests share.
    pub(crate) fn new(
        settings: Settings,
        book: &Codebook,
        intake: Option<Intake>,
    ) -> Result<Self, crate::ServeError> {
        let readers = Readers::open(&settings.record, settings.readers)?;
        let dyad = Record::open(&settings.record)?.meta("dyad")?;
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)
            .map_err(|error| crate::ServeError::Chance(error.to_string()))?;
        Ok(Self(Arc::new(Shared {
            readers,
            names: Names::of(book),
            dyad: dyad.unwrap_or_default(),
            buckets: Buckets::new(settings.rate),
            intake: intake.map(Arc::new),
            size: Cache::default(),
            state: Cache::default(),
            kept: Kept::default(),
            parties: Arc::new(Parties::of(&book.actors)),
            quality: Cache::default(),
            sums: AtomicU64::new(0),
            words: Words::all(),
            secret: secret.iter().map(|b| format!("{b:02x}")).collect(),
            settings,
        })))
    }

    pub(crate) fn words(&self, lang: Lang) -> &Words {
        &self.words[lang as usize]
    }

    pub(crate) fn takes_documents(&self) -> bool {
        self.intake.is_some()
    }

    /// The token that a form carries for a browser with this seed.
    pub(crate) fn form_token(&self, seed: &str) -> String {
        guard::digest(&["form", &self.secret, seed])
    }

    /// A seed for a browser that has none.
    pub(crate) fn seed(&self) -> Result<String, Problem> {
        let mut seed = [0; 16];
        getrandom::fill(&mut seed).map_err(|_| Problem::internal())?;
        Ok(seed.iter().map(|b| format!("{b:02x}")).collect())
    }

    /// Asks the record on behalf of who asked.
    pub(crate) async fn ask<T, F>(&self, viewer: &Viewer, question: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Record, &Viewer) -> Result<T, Problem> + Send + 'static,
    {
        self.readers.ask(viewer, question).await
    }

    /// Asks something that takes long and is kept.
    pub(crate) async fn ask_aside<T, F>(&self, viewer: &Viewer, question: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Record, &Viewer) -> Result<T, Problem> + Send + 'static,
    {
        self.readers.ask_aside(viewer, question).await
    }

    /// Changes what readers keep in the record, on behalf of who asked; waits for a run that writes.
    pub(crate) async fn write<T, F>(&self, viewer: &Viewer, change: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Record) -> Result<T, Problem> + Send + 'static,
    {
        if !viewer.may_write() {
            return Err(Problem::forged("this viewer may not change anything"));
        }
        let (path, dyad) = (self.settings.record.clone(), self.dyad.clone());
        let changed = tokio::task::spawn_blocking(move || change(&Record::create(&path, &dyad)?));
        changed.await.map_err(|_| Problem::internal())?
    }

    /// What changes with the record.
    pub(crate) fn revision(&self) -> Result<Revision, Problem> {
        Ok(self.readers.revision()?)
    }

    /// Row of the newest fact.
    pub(crate) fn newest(&self) -> Result<i64, Problem> {
        Ok(self.readers.newest()?)
    }

    /// How much the record holds.
    pub(crate) async fn size(&self, viewer: &Viewer) -> Result<Size, Problem> {
        let size = self.size.get(self, viewer, |record| Ok(record.size()?));
        Ok(*size.await?)
    }

    /// A problem as a page for people or in its own form for programs.
    pub(crate) fn refuse(&self, request: &Request<Body>, problem: Problem) -> Response {
        if !wants_page(request) {
            return problem.into_response();
        }
        let lang = asked::lang_of(request.headers());
        let asked = Asked {
            tail: String::new(),
            path: request.uri().path().to_owned(),
            json: false,
            query: Vec::new(),
            lang,
            viewer: Viewer {
                entry: crate::viewer::Entry::Loopback,
            },
            headers: request.headers().clone(),
        };
        answer::problem_page(self, &asked, problem)
    }
}

/// True if the answer is for a person: a page's address, asked for as HTML.
pub(crate) fn wants_page(request: &Request<Body>) -> bool {
    let path = request.uri().path();
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .unwrap_or(&HeaderValue::from_static(""))
        .to_str()
        .unwrap_or_default()
        .contains("text/html");
    accept && !path.starts_with("/api/") && !path.ends_with(".json")
}
