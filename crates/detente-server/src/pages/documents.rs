//! The list of documents.

use axum::{extract::State, response::Response};
use detente_record::{DocumentEntry, DocumentPlace};
use serde::Serialize;

use super::page;
use crate::{answer, app::App, asked::Asked, problem::Problem};

/// A page of documents, newest first.
#[derive(Debug, Serialize)]
pub(crate) struct Documents {
    documents: Vec<DocumentEntry>,
    next: Option<String>,
}

page!(Documents, "documents.html");

/// Reads the cursor of a list of documents.
pub(crate) fn place(asked: &Asked) -> Result<Option<DocumentPlace>, Problem> {
    let Some(text) = asked.value("cursor") else {
        return Ok(None);
    };
    let place = text.rsplit_once('.').and_then(|(date, row)| {
        Some(DocumentPlace {
            date: date.to_owned(),
            row: row.parse().ok()?,
        })
    });
    place
        .map(Some)
        .ok_or_else(|| Problem::bad(format!("`{text}` is no cursor")))
}

/// Writes it.
pub(crate) fn cursor(place: DocumentPlace) -> String {
    format!("{}.{}", place.date, place.row)
}

pub(crate) async fn documents(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&["cursor", "limit", "lang"]])?;
    let after = place(&asked)?;
    let limit = asked.number("limit", 1, 200)?.unwrap_or(50) as usize;
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let (documents, next) = record.document_page(after.as_ref(), limit)?;
            Ok(Documents {
                documents,
                next: next.map(cursor),
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
