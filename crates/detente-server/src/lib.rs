//! The record in a browser and over HTTP.
//!
//! [`serve`] opens a record and answers until it is told to stop; [`router`] is the same without a
//! socket. Pages are drawn on the server and readable without scripts; each has a JSON twin at the
//! same address with `.json`. Programs use `/api/v1`, described by `/api/v1/openapi.json`.
//!
//! Nothing here writes to the record but the searches that readers keep: documents that are sent in
//! are put in a folder and read by the same run as on the command line ([`Intake`]).

#![forbid(unsafe_code)]

mod answer;
mod api;
mod app;
mod asked;
mod cache;
mod chart;
mod flights;
mod guard;
mod intake;
mod kept;
mod links;
mod names;
mod packed;
mod pages;
mod problem;
mod readers;
mod shell;
mod state;
mod statics;
mod viewer;
mod words;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::header,
    middleware::{self, Next},
    response::Response,
    routing::{get, post},
};
use detente_codebook::Codebook;
use detente_record::RecordError;

use app::App;
pub use guard::Rate;
pub use intake::{Intake, MakeCoders};
use problem::Problem;
pub use viewer::{Entry, Viewer};
pub use words::Lang;

/// How the server is set up.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The record.
    pub record: PathBuf,
    /// What programs and browsers must give; needed when other machines can reach the server.
    pub token: Option<String>,
    /// Connections that read.
    pub readers: usize,
    /// Requests of one address.
    pub rate: Rate,
    /// Greatest size of a document that is sent, in bytes.
    pub body_limit: usize,
    /// How long a page waits for sums over the whole record before it does without them.
    pub patience: Duration,
}

impl Settings {
    /// The usual settings for a record.
    pub fn new(record: &Path) -> Self {
        Self {
            record: record.to_owned(),
            token: None,
            readers: (2 * cores()).clamp(4, 16),
            rate: Rate {
                burst: 10_000.0,
                a_second: 5_000.0,
            },
            body_limit: 64 << 20,
            patience: Duration::from_millis(50),
        }
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// Why the server cannot run. [`code`](Self::code) is stable.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The record cannot be opened.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// Bound to an address that others reach, without a token.
    #[error("`{0}` can be reached from other machines, and no token is set")]
    NoToken(SocketAddr),
    /// The address cannot be used.
    #[error("`{address}` cannot be listened on: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Chance(String),
    /// The server ended by a fault of the system.
    #[error("the server ended: {0}")]
    System(std::io::Error),
}

impl ServeError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Record(error) => error.code(),
            Self::NoToken(_) => "H001",
            Self::Listen { .. } => "H002",
            Self::Chance(_) => "H003",
            Self::System(_) => "H004",
        }
    }

    /// How to mend it, if that can be said.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Record(error) => error.hint(),
            Self::NoToken(_) => Some("give --token, or set DETENTE_TOKEN, or listen on 127.0.0.1"),
            Self::Listen { .. } => Some("another program may use it: give another --listen"),
            Self::Chance(_) | Self::System(_) => None,
        }
    }
}

/// All addresses, behind the guard.
///
/// # Errors
/// If the record cannot be opened.
pub fn router(
    settings: Settings,
    book: &Codebook,
    intake: Option<Intake>,
) -> Result<Router, ServeError> {
    let app = App::new(settings, book, intake)?;
    Ok(routes(&app))
}

fn routes(app: &App) -> Router {
    use pages::{
        commitments, contradictions, document, documents, enter, event, fact, month, network, new,
        overview, quality, runs, search, searches, timeline, topic, topics,
    };
    let mut router = Router::new()
        .route("/", get(overview::overview))
        .route("/index.json", get(overview::overview))
        .route("/fact/{*id}", get(fact::fact))
        .route("/event/{*id}", get(event::event))
        .route("/month/{*month}", get(month::month))
        .route("/commitment/{*id}", get(commitments::commitment))
        .route("/contradiction/{*id}", get(contradictions::contradiction))
        .route("/document/{*name}", get(document::document))
        .route("/issue/{*id}", get(topic::issue))
        .route("/channel/{*id}", get(topic::channel))
        .route("/actor/{*id}", get(topic::actor))
        .route("/enter", get(enter::enter))
        .route("/enter", post(enter::give))
        .route("/static/{name}", get(statics::file));
    for twin in ["", ".json"] {
        router = router
            .route(&format!("/timeline{twin}"), get(timeline::timeline))
            .route(&format!("/search{twin}"), get(search::search))
            .route(&format!("/new{twin}"), get(new::new))
            .route(&format!("/searches{twin}"), get(searches::searches))
            .route(&format!("/documents{twin}"), get(documents::documents))
            .route(&format!("/issues{twin}"), get(topics::issues))
            .route(&format!("/channels{twin}"), get(topics::channels))
            .route(&format!("/actors{twin}"), get(topics::actors))
            .route(
                &format!("/commitments{twin}"),
                get(commitments::commitments),
            )
            .route(
                &format!("/contradictions{twin}"),
                get(contradictions::contradictions),
            )
            .route(&format!("/network{twin}"), get(network::network))
            .route(&format!("/quality{twin}"), get(quality::quality))
            .route(&format!("/runs{twin}"), get(runs::runs));
    }
    router
        .merge(api::routes(app.settings.body_limit))
        .fallback(|| async { Problem::absent("page") })
        .method_not_allowed_fallback(|| async {
            Problem::no_method("GET; where something is added POST, where it is taken away DELETE")
        })
        .layer(middleware::from_fn_with_state(app.clone(), shaped))
        .layer(middleware::from_fn_with_state(app.clone(), kept::kept))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            overview::visited,
        ))
        .layer(packed::layer())
        .layer(middleware::map_response(packed::weaken))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .with_state(app.clone())
}

/// Shows problems to people as pages, and gives those that the framework found our shape.
async fn shaped(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut bare = Request::new(Body::empty());
    *bare.uri_mut() = request.uri().clone();
    *bare.headers_mut() = request.headers().clone();
    let response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    if kind.starts_with("text/html") {
        return response;
    }
    let (parts, body) = response.into_parts();
    let text = to_bytes(body, 64 << 10).await.unwrap_or_default();
    let problem = if kind == "application/problem+json" {
        serde_json::from_slice::<serde_json::Value>(&text)
            .ok()
            .map(|value| {
                let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
                Problem {
                    kind: text("type"),
                    title: text("title"),
                    status: status.as_u16(),
                    detail: text("detail"),
                    hint: value["hint"].as_str().map(str::to_owned),
                }
            })
    } else {
        Some(Problem::of_status(status))
    };
    let mut response = app.refuse(&bare, problem.unwrap_or_else(Problem::internal));
    if let Some(allow) = parts.headers.get(header::ALLOW) {
        response.headers_mut().insert(header::ALLOW, allow.clone());
    }
    response
}

/// How long a server that starts waits for its sums.
const READY: Duration = Duration::from_secs(2);

/// Opens the record and answers on `listen` until the process is told to stop. `ready` is told the
/// address once requests are taken.
///
/// # Errors
/// If the record or the address cannot be used, or others can reach it and no token is set.
pub fn serve(
    settings: Settings,
    listen: SocketAddr,
    book: &Codebook,
    intake: Option<Intake>,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    if !listen.ip().is_loopback() && settings.token.as_deref().is_none_or(str::is_empty) {
        return Err(ServeError::NoToken(listen));
    }
    let app = App::new(settings, book, intake)?;
    let router = routes(&app);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeError::System)?;
    runtime.block_on(async {
        let unusable = |source| ServeError::Listen {
            address: listen,
            source,
        };
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .map_err(unusable)?;
        // Sums over the whole record are begun at once, so that few visitors find them missing.
        let viewer = Viewer {
            entry: Entry::Loopback,
        };
        let _ = tokio::time::timeout(READY, app.state_whole(&viewer)).await;
        tokio::spawn(pages::quality::begin(app.clone(), viewer.clone()));
        ready(listener.local_addr().map_err(unusable)?);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::select! {
            ended = async { axum::serve(listener, service).await } => {
                ended.map_err(ServeError::System)
            }
            // What is under way is only read; nothing is lost by ending it.
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })
}
