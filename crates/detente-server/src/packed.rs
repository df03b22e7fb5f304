//! Answers are sent compressed to those who take them so. Pages with forms are not: they show words
//! of the address beside a secret, which the length of the compressed page would tell.

use axum::{
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version, header},
    response::Response,
};
use tower_http::{
    CompressionLevel,
    compression::{CompressionLayer, Predicate},
};

/// Marks an answer that carries a secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Secret;

/// Answers shorter than this fit in one packet as they are.
const SHORT: u64 = 1_200;

/// Types that become shorter. Streams of events must be sent as they come.
const TYPES: [&str; 7] = [
    "text/html",
    "text/css",
    "text/csv",
    "text/javascript",
    "application/json",
    "application/x-ndjson",
    "image/svg+xml",
];

/// The layer that compresses.
pub(crate) fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(worth)
}

fn worth(_: StatusCode, _: Version, headers: &HeaderMap, marks: &Extensions) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let kind = text(header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default();
    let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    TYPES.contains(&kind)
        && length.is_none_or(|length| length >= SHORT)
        && marks.get::<Secret>().is_none()
}

/// The same answer in other bytes has the same tag only as a weak one.
pub(crate) async fn weaken(mut response: Response) -> Response {
    if response.headers().contains_key(header::CONTENT_ENCODING)
        && let Some(tag) = response.headers().get(header::ETAG)
        && let Ok(tag) = tag.to_str()
        && tag.starts_with('"')
        && let Ok(weak) = HeaderValue::from_str(&format!("W/{tag}"))
    {
        response.headers_mut().insert(header::ETAG, weak);
    }
    response
}
