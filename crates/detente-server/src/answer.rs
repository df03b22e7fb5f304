//! Answers: a page or its JSON twin, with an ETag.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    app::App,
    asked::{self, Asked},
    guard, packed,
    problem::Problem,
    shell::Shell,
};

/// Something that has a page and a JSON twin.
pub(crate) trait Page: Serialize {
    /// True if the page has a form that changes something.
    const FORM: bool = false;

    /// The page. `shell` is its frame.
    fn render(&self, shell: &Shell<'_>) -> Result<String, askama::Error>;
}

/// Answers with a page, or with its JSON twin if that was asked for.
pub(crate) fn page<P: Page>(app: &App, asked: &Asked, page: &P) -> Result<Response, Problem> {
    if asked.json {
        return json(asked, page);
    }
    let mut cookies = Vec::new();
    let mut forgery = String::new();
    if P::FORM {
        let seed = match asked.cookie(guard::SEED) {
            Some(seed) => seed.to_owned(),
            None => {
                let seed = app.seed()?;
                cookies.push(format!(
                    "{}={seed}; Path=/; HttpOnly; SameSite=Strict",
                    guard::SEED
                ));
                seed
            }
        };
        forgery = app.form_token(&seed);
    }
    if asked.value("lang").is_some() {
        cookies.push(format!(
            "lang={}; Path=/; Max-Age=31536000; SameSite=Lax",
            asked.lang.code()
        ));
    }
    let html = page
        .render(&Shell::new(app, asked, forgery))
        .map_err(|_| Problem::internal())?;
    let mut response = tagged(asked, "text/html; charset=utf-8", html);
    response.headers_mut().insert(
        header::VARY,
        HeaderValue::from_static("Accept-Language, Cookie"),
    );
    for cookie in cookies {
        set_cookie(&mut response, &cookie);
    }
    if P::FORM {
        response.extensions_mut().insert(packed::Secret);
    }
    Ok(response)
}

pub(crate) fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Marks an answer that will soon be another.
pub(crate) fn passing(response: &mut Response) {
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
}

/// Answers with JSON.
pub(crate) fn json<T: Serialize>(asked: &Asked, value: &T) -> Result<Response, Problem> {
    let text = serde_json::to_string(value).map_err(|_| Problem::internal())?;
    Ok(tagged(asked, "application/json", text))
}

/// True if a header `If-None-Match` names the tag.
pub(crate) fn knows(header: &str, tag: &str) -> bool {
    header
        .split(',')
        .any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*")
}

/// Answers with a body and its ETag, or with 304 if the asker has it already.
pub(crate) fn tagged(asked: &Asked, kind: &'static str, body: String) -> Response {
    let tag = format!("\"{}\"", &guard::digest(&[kind, &body])[..24]);
    let known = knows(asked.header(header::IF_NONE_MATCH), &tag);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind)], body).into_response()
    };
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    response
}

#[derive(askama::Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    c: &'a Shell<'a>,
    problem: &'a Problem,
}

/// A problem as a page.
pub(crate) fn problem_page(app: &App, asked: &Asked, problem: Problem) -> Response {
    use askama::Template;
    let shell = Shell::new(app, asked, String::new());
    let html = ProblemPage {
        c: &shell,
        problem: &problem,
    }
    .render();
    match html {
        Ok(html) => {
            let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            let mut response = (problem.code(), kind, html).into_response();
            if problem.status == 429 {
                let name = HeaderName::from_static("retry-after");
                response
                    .headers_mut()
                    .insert(name, HeaderValue::from_static("1"));
            }
            response
        }
        Err(_) => problem.into_response(),
    }
}

/// The address of a further page.
pub(crate) fn next(place: Option<detente_record::Place>) -> Option<String> {
    place.map(asked::cursor)
}
