//! Whole answers are kept while the record is the same, and sent again.
//!
//! What an answer depends on is its key: address, language, what the viewer may see, the form asked
//! for, and on the overview the last visit. Answers that set cookies, run on, or are large are not
//! kept.
//!
//! A run commits many times a second, and each time the record is another one; to make all answers
//! anew each time would leave no time for anything else. So, while a run writes, an answer may be
//! five minutes old: it is sent at once with its age in the header `Age`, and made anew beside that,
//! one answer at a time and for a quarter of the time at most. The bound is so wide because what is
//! made anew in turn is mostly much younger, and because a narrow one makes all answers of one time
//! run out at one time. When no run writes, what is sent is of the record as it is, but for the sums
//! of [`crate::cache`].

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
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

use crate::{
    app::App,
    asked,
    flights::{Flight, Flights},
    problem::Problem,
    readers::Revision,
    viewer::Viewer,
};

/// While a run writes, an answer may be so old.
const BEHIND: Duration = Duration::from_secs(300);

/// While a run writes, an answer is not made anew before it is so old.
const YOUNG: Duration = Duration::from_secs(5);

/// After an answer was made anew beside the others, none is for so many times as long.
const REST: u32 = 3;

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
    flights: Flights,
    /// One answer at a time is made anew beside the others.
    renewing: Arc<tokio::sync::Mutex<()>>,
}

/// What answers are made from.
#[derive(Clone, Debug)]
struct Version {
    revision: Revision,
    /// How often sums over the whole record had been made.
    sums: u64,
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
    version: Version,
    made: Instant,
    /// It does without sums that were not made yet: good until they are.
    lacking: bool,
    headers: HeaderMap,
    body: Bytes,
}

impl Kept {
    /// The answer, if it may be sent now.
    fn get(&self, key: &str, now: &Version) -> Option<Arc<Answer>> {
        let mut generations = self.lock();
        let found = match generations.young.get(key) {
            Some(found) => Arc::clone(found),
            None => {
                let (key, found) = generations.old.remove_entry(key)?;
                generations.put(key, Arc::clone(&found));
                found
            }
        };
        let old = now.revision.moving && !found.lacking && found.made.elapsed() < BEHIND;
        (old || !found.is_behind(now)).then_some(found)
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
const NEVER: [&str; 8] = [
    "/static/",
    "/enter",
    "/runs",
    "/searches",
    "/api/v1/runs",
    "/api/v1/searches",
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
    let now = Version::of(&app)?;
    app.refresh_sums(&viewer, &now.revision.id);
    if let Some(answer) = app.kept.get(&key, &now) {
        let behind = answer.is_behind(&now);
        if behind && answer.made.elapsed() >= YOUNG {
            renew(&app, key, now, request, next);
        }
        return Ok(answer.send(known.as_ref(), behind));
    }
    let flight = app.kept.flights.begin_or_wait(&key).await;
    if flight.is_none()
        && let Some(answer) = app.kept.get(&key, &now)
    {
        return Ok(answer.send(known.as_ref(), false));
    }
    let made = make(&app, key, now, request, next, flight).await;
    Ok(made.map_or_else(
        |response| response,
        |answer| answer.send(known.as_ref(), false),
    ))
}

/// Makes an answer and keeps it; or gives one that may not be kept.
async fn make(
    app: &App,
    key: String,
    now: Version,
    request: Request,
    next: Next,
    _flight: Option<Flight>,
) -> Result<Arc<Answer>, Response> {
    let response = next.run(request).await;
    let answer = Arc::new(read(response, now).await?);
    app.kept.put(key, Arc::clone(&answer));
    Ok(answer)
}

/// Makes an answer anew beside the others, if none is just now.
fn renew(app: &App, key: String, now: Version, request: Request, next: Next) {
    let Ok(one) = Arc::clone(&app.kept.renewing).try_lock_owned() else {
        return;
    };
    let Some(flight) = app.kept.flights.begin(&key) else {
        return;
    };
    let app = app.clone();
    tokio::spawn(async move {
        let began = Instant::now();
        let _ = make(&app, key, now, request, next, Some(flight)).await;
        tokio::time::sleep(began.elapsed() * REST).await;
        drop(one);
    });
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
async fn read(response: Response, version: Version) -> Result<Answer, Response> {
    let size = response.body().size_hint().exact();
    let headers = response.headers();
    let lacking = headers
        .get(header::CACHE_CONTROL)
        .is_some_and(|value| value == "private, no-store");
    if response.status() != StatusCode::OK
        || headers.contains_key(header::SET_COOKIE)
        || !headers.contains_key(header::ETAG)
        || size.is_none_or(|size| size > MOST as u64)
    {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    match to_bytes(body, MOST).await {
        Ok(body) => Ok(Answer {
            version,
            made: Instant::now(),
            lacking,
            headers: parts.headers,
            body,
        }),
        Err(_) => Err(Problem::internal().into_response()),
    }
}

impl Version {
    fn of(app: &App) -> Result<Self, Problem> {
        Ok(Self {
            revision: app.revision()?,
            sums: app.sums.load(Ordering::Relaxed),
        })
    }
}

impl Answer {
    /// True if it was made from another state of the record, or from older sums.
    fn is_behind(&self, now: &Version) -> bool {
        self.version.sums != now.sums || *self.version.revision.id != *now.revision.id
    }

    /// The answer, or 304 if the asker has it already.
    fn send(&self, known: Option<&HeaderValue>, behind: bool) -> Response {
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
        if behind {
            let age = HeaderValue::from(self.made.elapsed().as_secs());
            response.headers_mut().insert(header::AGE, age);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(id: &str, moving: bool) -> Version {
        Version {
            revision: Revision {
                id: id.into(),
                moving,
            },
            sums: 0,
        }
    }

    fn answer(version: Version, size: usize) -> Arc<Answer> {
        Arc::new(Answer {
            version,
            made: Instant::now(),
            lacking: false,
            headers: HeaderMap::new(),
            body: vec![0; size].into(),
        })
    }

    #[test]
    fn an_answer_goes_with_its_revision_unless_a_run_writes() {
        let kept = Kept::default();
        let one = version("1", false);
        kept.put("a".to_owned(), answer(one.clone(), 10));
        assert!(kept.get("a", &one).is_some());
        assert!(kept.get("b", &one).is_none());
        assert!(kept.get("a", &version("2", false)).is_none());
        let summed = Version { sums: 1, ..one };
        assert!(kept.get("a", &summed).is_none());
        let moved = version("2", true);
        let old = kept.get("a", &moved).unwrap();
        assert!(old.is_behind(&moved));
        assert!(old.send(None, true).headers().contains_key(header::AGE));
    }

    #[test]
    fn room_is_limited_and_what_is_asked_for_stays() {
        let kept = Kept::default();
        let one = version("1", false);
        for i in 0..2_000 {
            kept.put(format!("n{i}"), answer(one.clone(), 200 << 10));
            kept.put("often".to_owned(), answer(one.clone(), 10));
            assert!(kept.get("often", &one).is_some());
        }
        let generations = kept.lock();
        let held = generations.young.values().chain(generations.old.values());
        assert!(held.map(|answer| answer.body.len()).sum::<usize>() <= ROOM);
        drop(generations);
        assert!(kept.get("n0", &one).is_none());
        assert!(kept.get("n1999", &one).is_some());
    }
}
