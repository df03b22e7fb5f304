//! Where a browser gives the token, if the server asks for one.

use axum::{
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::page;
use crate::{
    answer::{self, set_cookie},
    app::App,
    asked::Asked,
    guard, links,
    problem::Problem,
};

/// The form.
#[derive(Debug, Serialize)]
pub(crate) struct Enter {
    wrong: bool,
}

page!(Enter, "enter.html", form = true);

pub(crate) async fn enter(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    answer::page(&app, &asked, &Enter { wrong: false })
}

/// Takes the token and gives a cookie for it.
pub(crate) async fn give(
    State(app): State<App>,
    asked: Asked,
    body: Bytes,
) -> Result<Response, Problem> {
    let text = std::str::from_utf8(&body).map_err(|_| Problem::bad("the form is not UTF-8"))?;
    let form = links::pairs(text).ok_or_else(|| Problem::bad("the form is not UTF-8"))?;
    let field = |name: &str| {
        let found = form.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    guard::check_form(&app, &asked.headers, field(guard::FORGERY))?;
    let token = app.settings.token.as_deref().unwrap_or_default();
    if token.is_empty() || !guard::same(field("token").unwrap_or_default(), token) {
        let mut response = answer::page(&app, &asked, &Enter { wrong: true })?;
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        return Ok(response);
    }
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
    let cookie = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Strict",
        guard::SESSION,
        guard::session(token)
    );
    set_cookie(&mut response, &cookie);
    Ok(response)
}
