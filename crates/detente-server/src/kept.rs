//! Whole answers are kept while the record is the same, and sent again.
//!
//! What an answer depends on is its key: address, language, what the viewer may see, the form asked
//! for, and on the overview the last visit. Answers that set cookies, run on, or are large are not
//! kept.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, HttpBody, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;

use crate::{app::App, asked, problem::Problem, viewer::Viewer};

/// While a run writes, an answer may be so old.
const BEHIND: Duration = Duration::from_secs(5);

/// Bytes of all answers that are kept.
const ROOM: usize = 96 << 20;

/// Bytes of an answer that is kept.
const MOST: usize = 512 << 10;

/// Bytes that an entry takes besides its body, about.
const BESIDES: usize = 1 << 10;

/// The answers. Two generations: what is asked for again is carried over from the old one to the
/// young one; when the young one is half of the room, the old one goes.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    generations: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<String, Arc<Answer>>,
    old: HashMap<String, Arc<Answer>>,
    /// Bytes of the young one.
    bytes: usize,
}

#[derive(Debug)]
struct Answer {
    revision: Arc<str>,
    made: Instant,
    headers: HeaderMap,
    body: Bytes,
}

impl Kept {
    fn get(&self, key: &str, revision: &str) -> Option<Arc<Answer>> {
        let mut generations = self.lock();
        let found = match generations.young.get(key) {
            Some(found) => Arc::clone(found),
            None => {
                let (key, found) = generations.old.remove_entry(key)?;
                generations.put(key, Arc::clone(&found));
                found
            }
        };
        let holds = *found.revision == *revision || found.made.elapsed() < BEHIND;
        holds.then_some(found)
    }

    fn put(&self, key: String, answer: Arc<Answer>) {
        self.lock().put(key, answer);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations> {
        self.generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn put(&mut self, key: String, answer: Arc<Answer>) {
        self.bytes += key.len() + answer.body.len() + BESIDES;
        if let Some(before) = self.young.insert(key, answer) {
            self.bytes = self.bytes.saturating_sub(before.body.len() + BESIDES);
        }
        if self.bytes > ROOM / 2 {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
    }
}

/// Parts of the site that are made anew for each browser, run on, or say how far a run is.
const NEVER: [&str; 6] = [
    "/static/",
    "/enter",
    "/runs",
    "/api/v1/runs",
    "/api/v1/stream",
    "/api/v1/documents/",
];

/// Sends a kept answer, or asks for one and keeps it.
pub(crate) async fn kept(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let path = request.uri().path();
    let never = request.method() != Method::GET || NEVER.iter().any(|part| path.starts_with(part));
    let Some(viewer) = request.extensions().get::<Viewer>().cloned() else {
        return Err(Problem::internal());
    };
    if never {
        return Ok(next.run(request).await);
    }
    let key = key(&request, &viewer);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let revision = app.revision()?;
    let answer = match app.kept.get(&key, &revision) {
        Some(answer) => answer,
        None => {
            let response = next.run(request).await;
            match read(response, revision).await {
                Ok(answer) => {
                    let answer = Arc::new(answer);
                    app.kept.put(key, Arc::clone(&answer));
                    answer
                }
                Err(response) => return Ok(response),
            }
        }
    };
    Ok(answer.send(known.as_ref()))
}

fn key(request: &Request, viewer: &Viewer) -> String {
    let headers = request.headers();
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let uri = request.uri();
    let lang = asked::lang_of(headers).code();
    // A program says with `Accept` which form it wants; pages have theirs.
    let accept = match uri.path().starts_with("/api/") {
        true => text(header::ACCEPT).unwrap_or_default(),
        false => "",
    };
    let seen = match uri.path() {
        "/" | "/index.json" => asked::cookie(headers, "seen").unwrap_or_default(),
        _ => "",
    };
    let rights = viewer.rights();
    format!("{rights}\n{lang}\n{accept}\n{seen}\n{uri}")
}

/// The whole answer, if it may be kept.
async fn read(response: Response, revision: Arc<str>) -> Result<Answer, Response> {
    let size = response.body().size_hint().exact();
    let headers = response.headers();
    let passing = headers
        .get(header::CACHE_CONTROL)
        .is_some_and(|value| value == "private, no-store");
    if response.status() != StatusCode::OK
        || passing
        || headers.contains_key(header::SET_COOKIE)
        || !headers.contains_key(header::ETAG)
        || size.is_none_or(|size| size > MOST as u64)
    {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    match to_bytes(body, MOST).await {
        Ok(body) => Ok(Answer {
            revision,
            made: Instant::now(),
            headers: parts.headers,
            body,
        }),
        Err(_) => Err(Problem::internal().into_response()),
    }
}

impl Answer {
    /// The answer, or 304 if the asker has it already.
    fn send(&self, known: Option<&HeaderValue>) -> Response {
        let tag = self.headers.get(header::ETAG);
        let known = known.and_then(|known| known.to_str().ok());
        let same = known.zip(tag.and_then(|tag| tag.to_str().ok()));
        let same = same.is_some_and(|(known, tag)| crate::answer::knows(known, tag));
        let mut response = if same {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(self.body.clone()).into_response()
        };
        for (name, value) in &self.headers {
            if !same || name != header::CONTENT_TYPE {
                response.headers_mut().append(name.clone(), value.clone());
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(revision: &str, size: usize) -> Arc<Answer> {
        Arc::new(Answer {
            revision: revision.into(),
            made: Instant::now()
                .checked_sub(BEHIND * 2)
                .unwrap_or_else(Instant::now),
            headers: HeaderMap::new(),
            body: vec![0; size].into(),
        })
    }

    #[test]
    fn an_answer_goes_with_its_revision() {
        let kept = Kept::default();
        kept.put("a".to_owned(), answer("1", 10));
        assert!(kept.get("a", "1").is_some());
        assert!(kept.get("a", "2").is_none());
        assert!(kept.get("b", "1").is_none());
    }

    #[test]
    fn room_is_limited_and_what_is_asked_for_stays() {
        let kept = Kept::default();
        for i in 0..2_000 {
            kept.put(format!("n{i}"), answer("1", 200 << 10));
            kept.put("often".to_owned(), answer("1", 10));
            assert!(kept.get("often", "1").is_some());
        }
        let generations = kept.lock();
        let held = generations.young.values().chain(generations.old.values());
        assert!(held.map(|answer| answer.body.len()).sum::<usize>() <= ROOM);
        drop(generations);
        assert!(kept.get("n0", "1").is_none());
        assert!(kept.get("n1999", "1").is_some());
    }
}
