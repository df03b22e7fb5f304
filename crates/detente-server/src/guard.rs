//! What every request passes: host, token, forgery, rate, and the headers of every answer.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::Instant,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{
    app::App,
    asked,
    problem::Problem,
    viewer::{Entry, Viewer},
};

/// Nothing is loaded from elsewhere, no script or style stands in a page, no page may be framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Cookie of a browser that gave the token.
pub(crate) const SESSION: &str = "detente_session";

/// Cookie against which the token of a form is checked.
pub(crate) const SEED: &str = "detente_seed";

/// Field of a form, and header, that carry the token against forgery.
pub(crate) const FORGERY: &str = "forgery";

/// Header that a program sends with a change: no page of another site can send it.
const PROGRAM: &str = "x-detente";

/// Requests of one address: so many at once, so many a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// At once.
    pub burst: f64,
    /// A second, over time.
    pub a_second: f64,
}

/// One bucket an address; empty buckets refuse.
#[derive(Debug)]
pub(crate) struct Buckets {
    rate: Rate,
    levels: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

/// Addresses that are remembered.
const ADDRESSES: usize = 10_000;

impl Buckets {
    pub(crate) fn new(rate: Rate) -> Self {
        Self {
            rate,
            levels: Mutex::default(),
        }
    }

    fn take(&self, address: IpAddr) -> bool {
        let now = Instant::now();
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if levels.len() >= ADDRESSES {
            levels.retain(|_, (_, last)| last.elapsed().as_secs() < 60);
        }
        let (level, last) = levels.entry(address).or_insert((self.rate.burst, now));
        let refill = now.duration_since(*last).as_secs_f64() * self.rate.a_second;
        *level = (*level + refill).min(self.rate.burst);
        *last = now;
        if *level < 1.0 {
            return false;
        }
        *level -= 1.0;
        true
    }
}

/// The guard of all addresses.
pub(crate) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let address = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    let mut response = match admit(&app, &request, address) {
        Ok(viewer) => {
            request.extensions_mut().insert(viewer);
            next.run(request).await
        }
        Err(problem) => app.refuse(&request, problem),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Lets a request in, or says why not.
fn admit(app: &App, request: &Request, address: IpAddr) -> Result<Viewer, Problem> {
    if !app.buckets.take(address) {
        return Err(Problem::too_many());
    }
    let headers = request.headers();
    // A page of another site may have its name point at this machine; its `Host` tells.
    if app.settings.token.is_none() && !is_local(header_text(headers, header::HOST)) {
        return Err(Problem::forged(
            "the server is for this machine alone, and the request names another host",
        )
        .hint("use http://127.0.0.1 or http://localhost"));
    }
    let path = request.uri().path();
    let entry = match &app.settings.token {
        None => Entry::Loopback,
        Some(token) => {
            let bearer = header_text(headers, header::AUTHORIZATION).strip_prefix("Bearer ");
            let cookie = asked::cookie(headers, SESSION).unwrap_or_default();
            if bearer.is_some_and(|given| same(given, token)) {
                Entry::Bearer
            } else if same(cookie, &session(token)) {
                Entry::Session
            } else if path == "/enter" || path.starts_with("/static/") {
                Entry::Loopback
            } else {
                return Err(Problem::token());
            }
        }
    };
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if changes && entry != Entry::Bearer {
        not_forged(headers)?;
    }
    Ok(Viewer { entry })
}

/// Refuses a change that another site's page may have caused. Browsers say where a request comes
/// from; programs say so with a header. The token in forms is checked where the form is read.
fn not_forged(headers: &HeaderMap) -> Result<(), Problem> {
    let site = header_text(headers, HeaderName::from_static("sec-fetch-site"));
    if !site.is_empty() && site != "same-origin" && site != "none" {
        return Err(Problem::forged("it was sent by a page of another site"));
    }
    let origin = header_text(headers, header::ORIGIN);
    let host = header_text(headers, header::HOST);
    if !origin.is_empty() {
        let own = origin
            .split_once("://")
            .is_some_and(|(_, rest)| rest == host);
        if !own {
            return Err(Problem::forged("it was sent by a page of another site"));
        }
    }
    Ok(())
}

/// Checks that a change was made by one of our own forms or by a program.
pub(crate) fn check_form(
    app: &App,
    headers: &HeaderMap,
    given: Option<&str>,
) -> Result<(), Problem> {
    let bearer = app.settings.token.as_deref().is_some_and(|token| {
        header_text(headers, header::AUTHORIZATION)
            .strip_prefix("Bearer ")
            .is_some_and(|given| same(given, token))
    });
    if bearer || headers.contains_key(PROGRAM) {
        return Ok(());
    }
    let seed = asked::cookie(headers, SEED).unwrap_or_default();
    let header = header_text(headers, HeaderName::from_static("x-forgery"));
    let given = given.unwrap_or(header);
    if !seed.is_empty() && same(given, &app.form_token(seed)) {
        return Ok(());
    }
    Err(
        Problem::forged("the token of the form is missing or old").hint(
            "open the page anew and send the form again; programs send the header `X-Detente: 1`",
        ),
    )
}

/// The value of the session cookie for a token.
pub(crate) fn session(token: &str) -> String {
    digest(&["session", token])
}

/// SHA-256 of parts, each with its length before it, in hexadecimal digits.
pub(crate) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn digest_bytes(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// Compares without telling by its time where two texts part.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

fn header_text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// True for the names of this machine, with or without a port.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_matches(['[', ']']);
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_names_of_this_machine() {
        for host in [
            "127.0.0.1:8080",
            "localhost",
            "LOCALHOST:1",
            "[::1]:8080",
            "127.8.9.1",
        ] {
            assert!(is_local(host), "{host}");
        }
        for host in [
            "",
            "example.org",
            "localhost.example.org:80",
            "10.0.0.1",
            "127.0.0.1.nip.io",
        ] {
            assert!(!is_local(host), "{host}");
        }
    }

    #[test]
    fn an_empty_bucket_refuses() {
        let buckets = Buckets::new(Rate {
            burst: 2.0,
            a_second: 0.0,
        });
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let taken: Vec<bool> = (0..3).map(|_| buckets.take(address)).collect();
        assert_eq!(taken, [true, true, false]);
    }
}
