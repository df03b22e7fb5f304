//! Searches that were kept under a name.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use detente_record::{Record, SavedSearch};
use serde::Serialize;
use utoipa::ToSchema;

use super::page;
use crate::{
    answer,
    app::App,
    asked::{Asked, FILTER},
    guard, links,
    problem::Problem,
    shell::Shell,
};

/// A search that was kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Kept {
    name: String,
    /// The query of the search's address: `q=summit&issue=trade`.
    query: String,
    /// When it was kept, RFC 3339.
    saved: String,
    /// Address of the search.
    page: String,
}

/// All of them, and the form.
#[derive(Debug, Serialize)]
pub(crate) struct Searches {
    searches: Vec<Kept>,
    /// The search that may be kept now.
    #[serde(skip)]
    offered: Option<String>,
}

page!(Searches, "searches.html", form = true);

/// Longest name, in signs.
const NAME: usize = 200;

/// Longest query, in bytes.
const QUERY: usize = 4_000;

/// Searches that a record keeps.
const MOST: usize = 1_000;

/// What a search is asked with, besides the filter. Where a page goes on is no part of it.
const BESIDES: [&str; 2] = ["q", "order"];

impl From<SavedSearch> for Kept {
    fn from(search: SavedSearch) -> Self {
        Self {
            page: format!("/search?{}", search.query),
            name: search.name,
            query: search.query,
            saved: search.saved,
        }
    }
}

impl Kept {
    /// What is searched: field and value, in words.
    fn told(&self, c: &Shell<'_>) -> Vec<(String, String)> {
        told(c, &self.query)
    }
}

impl Searches {
    /// What the offered search looks for.
    fn offer(&self, c: &Shell<'_>) -> Vec<(String, String)> {
        told(c, self.offered.as_deref().unwrap_or_default())
    }
}

fn told(c: &Shell<'_>, query: &str) -> Vec<(String, String)> {
    let pairs = links::pairs(query).unwrap_or_default();
    let told = |(name, value): (String, String)| {
        let field = match name.as_str() {
            "q" => c.t("search.words").to_owned(),
            "from" | "to" => c.t(&name).to_owned(),
            "order" => return (c.t("search.oldest").to_owned(), String::new()),
            other => c.v("field", other),
        };
        (field, c.named(&name, &value))
    };
    pairs.into_iter().map(told).collect()
}

/// The query of a search in one form, if it is one: what it names is known and not empty.
fn understood(asked: &Asked, query: &str) -> Result<String, Problem> {
    if query.len() > QUERY {
        return Err(Problem::bad(format!(
            "the query is longer than {QUERY} bytes"
        )));
    }
    let pairs = links::pairs(query).ok_or_else(|| Problem::bad("the query is not UTF-8"))?;
    let passing = |name: &str| matches!(name, "cursor" | "lang" | "limit");
    let search = Asked {
        query: pairs
            .into_iter()
            .filter(|(name, value)| !value.is_empty() && !passing(name))
            .collect(),
        ..asked.clone()
    };
    search.only(&[&FILTER, &BESIDES])?;
    search.filter()?;
    search.newest_first(true)?;
    if search.query.iter().all(|(name, _)| name == "order") {
        return Err(
            Problem::bad("the search looks for nothing").hint("give words or a filter in `query`")
        );
    }
    let pairs: Vec<(&str, &str)> = search
        .query
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    Ok(links::with_query("", &pairs)
        .trim_start_matches('?')
        .to_owned())
}

/// A name without space around it.
fn named(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > NAME || name.chars().any(char::is_control) {
        return Err(Problem::bad(format!(
            "the name must have 1 to {NAME} signs, none of them a control character"
        )));
    }
    Ok(name.to_owned())
}

/// All searches that were kept.
pub(crate) async fn all(app: &App, asked: &Asked) -> Result<Vec<Kept>, Problem> {
    let kept = app.ask(&asked.viewer, |record, _| Ok(record.saved_searches()?));
    Ok(kept.await?.into_iter().map(Kept::from).collect())
}

/// Keeps a search.
pub(crate) async fn keep(
    app: &App,
    asked: &Asked,
    name: &str,
    query: &str,
) -> Result<Kept, Problem> {
    let search = SavedSearch {
        name: named(name)?,
        query: understood(asked, query)?,
        saved: jiff::Timestamp::from_second(jiff::Timestamp::now().as_second())
            .map_err(|_| Problem::internal())?
            .to_string(),
    };
    let kept = Kept::from(search.clone());
    app.write(&asked.viewer, move |record| {
        let known = record.saved_searches()?;
        if known.len() >= MOST && known.iter().all(|one| one.name != search.name) {
            return Err(Problem::busy(format!(
                "the record keeps {MOST} searches already"
            )));
        }
        Ok(record.save_search(&search)?)
    })
    .await?;
    Ok(kept)
}

/// Forgets a search.
pub(crate) async fn forget(app: &App, asked: &Asked, name: &str) -> Result<(), Problem> {
    let name = name.to_owned();
    let forgotten = app
        .write(&asked.viewer, move |record: &Record| {
            Ok(record.forget_search(&name)?)
        })
        .await?;
    forgotten
        .then_some(())
        .ok_or_else(|| Problem::absent("search"))
}

pub(crate) async fn searches(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&FILTER, &BESIDES, &["cursor", "lang"]])?;
    let pairs: Vec<(&str, &str)> = asked
        .query
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let query = links::with_query("", &pairs);
    let view = Searches {
        searches: all(&app, &asked).await?,
        offered: understood(&asked, query.trim_start_matches('?')).ok(),
    };
    answer::page(&app, &asked, &view)
}

/// Keeps or forgets a search, as the form says, and leads back to the page.
pub(crate) async fn change(
    State(app): State<App>,
    asked: Asked,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|_| Problem::too_large(crate::api::FORM))?;
    let form = std::str::from_utf8(&body).ok().and_then(links::pairs);
    let form = form.ok_or_else(|| Problem::bad("the form is not UTF-8"))?;
    let field = |name: &str| {
        let found = form.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    guard::check_form(&app, &asked.headers, field(guard::FORGERY))?;
    let name = field("name").unwrap_or_default();
    match field("query") {
        Some(query) => {
            keep(&app, &asked, name, query).await?;
        }
        None => forget(&app, &asked, name).await?,
    }
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/searches")]).into_response())
}
