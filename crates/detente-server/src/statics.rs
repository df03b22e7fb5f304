//! The files that pages load: one style, one script, one mark. They are part of the program.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{guard, problem::Problem};

const FILES: [(&str, &str, &[&str]); 3] = [
    (
        "style.css",
        "text/css; charset=utf-8",
        // The colours of charts come first: the page may set them anew.
        &[
            detente_measure::chart::STYLE,
            include_str!("../static/style.css"),
        ],
    ),
    (
        "script.js",
        "text/javascript; charset=utf-8",
        &[include_str!("../static/script.js")],
    ),
    (
        "mark.svg",
        "image/svg+xml",
        &[include_str!("../static/mark.svg")],
    ),
];

/// The address of a file; it changes with the file, so that it may be kept for ever.
pub(crate) fn address(name: &str) -> String {
    let text = FILES
        .iter()
        .find(|file| file.0 == name)
        .map_or(&[][..], |file| file.2);
    let digest = guard::digest(text);
    format!("/static/{name}?v={}", &digest[..12])
}

/// Sends one of the files; nothing else can be named.
pub(crate) async fn file(Path(name): Path<String>) -> Result<Response, Problem> {
    let (_, kind, text) = FILES
        .iter()
        .find(|file| file.0 == name)
        .ok_or_else(|| Problem::absent("file"))?;
    let headers = [
        (header::CONTENT_TYPE, *kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, text.concat()).into_response())
}
