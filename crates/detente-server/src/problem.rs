//! Errors in one shape (RFC 9457).

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use detente_record::RecordError;
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong and how to mend it. Sent as `application/problem+json`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// A name that never changes its meaning, as a relative address.
    #[serde(rename = "type")]
    #[schema(rename = "type", example = "/problems/bad-value")]
    pub kind: String,
    /// The same in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What exactly, here.
    pub detail: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{kind}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            hint: None,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad-value",
            "A value cannot be understood",
            detail,
        )
    }

    pub(crate) fn absent(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "There is nothing here",
            format!("there is no {what} of that name"),
        )
    }

    pub(crate) fn no_method(allowed: &str) -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            "This cannot be done here",
            format!("this address takes {allowed}"),
        )
    }

    pub(crate) fn token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "token",
            "A token is needed",
            "the server is reached from other machines and asks for its token",
        )
        .hint("send `Authorization: Bearer TOKEN`, or sign in at /enter")
    }

    pub(crate) fn forged(detail: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forged",
            "The request may come from another site",
            detail,
        )
    }

    pub(crate) fn too_many() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many",
            "Too many requests",
            "this address has asked too often",
        )
        .hint("wait a second, then go on more slowly")
    }

    pub(crate) fn too_large(most: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "Too much was sent",
            format!("at most {most} bytes are taken"),
        )
    }

    pub(crate) fn unacceptable(known: &str) -> Self {
        Self::new(
            StatusCode::NOT_ACCEPTABLE,
            "form",
            "There is no such form",
            format!("this address gives {known}"),
        )
    }

    pub(crate) fn unsupported(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "type",
            "Documents of this type are not read",
            detail,
        )
    }

    pub(crate) fn busy(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "The record cannot take this now",
            detail,
        )
    }

    /// The problem behind a bare status.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(0),
            status if status.is_client_error() => Self::new(
                status,
                "request",
                "The request cannot be understood",
                status.canonical_reason().unwrap_or("it is malformed"),
            ),
            _ => Self::internal(),
        }
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "The server made a mistake",
            "a question could not be answered",
        )
    }

    /// The HTTP status.
    pub(crate) fn code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Self {
        let problem = match &error {
            RecordError::Query(_) => Self::bad(error.to_string()),
            RecordError::Busy | RecordError::Overtaken { .. } | RecordError::Full => {
                Self::busy(error.to_string())
            }
            _ => {
                // Paths and rows are nobody's business outside; the terminal has the whole story.
                eprintln!("detente: {}: {error}", error.code());
                Self::internal()
            }
        };
        match error.hint() {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (self.code(), body).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if self.status == 429 || self.status == 503 {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.status == 401 {
            let headers = response.headers_mut();
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
