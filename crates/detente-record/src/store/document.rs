//! Documents as rows.

use detente_text::{CodePoints, Document, Located, date::Edtf};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Passage, RecordError};

/// A document row that is current or missing.
pub(crate) struct Live {
    pub(crate) document_id: i64,
    pub(crate) input_id: i64,
    pub(crate) missing: bool,
}

/// The live row of that name.
pub(crate) fn live(connection: &Connection, name: &str) -> Result<Option<Live>, RecordError> {
    Ok(connection
        .prepare_cached(
            "SELECT document_id, input_id, state = 'missing' FROM document
             WHERE name = ?1 AND state <> 'superseded'",
        )?
        .query_row([name], |row| {
            Ok(Live {
                document_id: row.get(0)?,
                input_id: row.get(1)?,
                missing: row.get(2)?,
            })
        })
        .optional()?)
}

/// True if the row holds exactly this document: text, metadata and all.
pub(crate) fn unchanged(
    connection: &Connection,
    document_id: i64,
    document: &Document,
) -> Result<bool, RecordError> {
    let new = fields(document);
    let same = connection
        .prepare_cached(
            "SELECT text IS ?2 AND format IS ?3 AND charset IS ?4 AND language IS ?5 AND title IS ?6
                AND authors IS ?7 AND outlet IS ?8 AND place IS ?9 AND date IS ?10
                AND date_text IS ?11 AND date_basis IS ?12 AND url IS ?13
             FROM document WHERE document_id = ?1",
        )?
        .query_row(
            params![
                document_id,
                document.text,
                new.format,
                document.charset,
                document.language.code(),
                new.title,
                new.authors,
                new.outlet,
                new.place,
                new.date,
                new.date_text,
                new.date_basis,
                document.metadata.url,
            ],
            |row| row.get::<_, bool>(0),
        )?;
    Ok(same)
}

/// Metadata as it stands in the columns.
struct Fields {
    format: String,
    title: Option<String>,
    authors: String,
    outlet: Option<String>,
    place: Option<String>,
    date: Option<String>,
    date_text: Option<String>,
    date_basis: String,
    date_from: Option<String>,
}

/// The name that serde gives to a unit variant.
fn name_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn fields(document: &Document) -> Fields {
    let metadata = &document.metadata;
    let value = |located: &Option<Located<String>>| located.as_ref().map(|l| l.value.clone());
    let authors: Vec<&str> = metadata.authors.iter().map(|a| a.value.as_str()).collect();
    let date = metadata.date.as_ref();
    Fields {
        format: name_of(&document.format),
        title: value(&metadata.title),
        authors: serde_json::Value::from(authors).to_string(),
        outlet: value(&metadata.outlet),
        place: value(&metadata.place),
        date: date.map(|d| d.edtf.to_string()),
        date_text: date.map(|d| d.text.clone()),
        date_basis: date.map_or_else(|| "none".to_owned(), |d| name_of(&d.basis)),
        date_from: date
            .map(|d| d.edtf)
            .and_then(Edtf::earliest)
            .map(|day| day.to_string()),
    }
}

/// Writes a new current row and what hangs on it, save facts.
pub(crate) fn insert(
    connection: &Connection,
    document: &Document,
    points: &CodePoints<'_>,
    input_id: i64,
    run_id: i64,
) -> Result<i64, RecordError> {
    let new = fields(document);
    connection
        .prepare_cached(
            "INSERT INTO document (name, input_id, state, text, characters, format, charset, language,
                title, authors, outlet, place, date, date_text, date_basis, date_from, url, run_id)
             VALUES (?, ?, 'current', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            document.id,
            input_id,
            document.text,
            points.at(document.text.len() as u32),
            new.format,
            document.charset,
            document.language.code(),
            new.title,
            new.authors,
            new.outlet,
            new.place,
            new.date,
            new.date_text,
            new.date_basis,
            new.date_from,
            document.metadata.url,
            run_id,
        ])?;
    Ok(connection.last_insert_rowid())
}

/// Writes stretches, repeats and passages of a document row, in place of older ones.
pub(crate) fn set_stretches(
    connection: &Connection,
    document_id: i64,
    document: &Document,
    points: &CodePoints<'_>,
    passages: &[Passage],
) -> Result<(), RecordError> {
    for table in ["dropped", "repeat", "passage"] {
        connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE document_id = ?1"))?
            .execute([document_id])?;
    }
    let mut statement = connection.prepare_cached("INSERT INTO dropped VALUES (?, ?, ?, ?)")?;
    for dropped in &document.dropped {
        let (start, end) = points.span(dropped.span);
        statement.execute(params![document_id, start, end, name_of(&dropped.reason)])?;
    }
    let mut statement = connection.prepare_cached("INSERT INTO repeat VALUES (?, ?, ?, ?, ?)")?;
    for repeat in &document.repeats {
        let (first, again) = (points.span(repeat.first), points.span(repeat.again));
        statement.execute(params![document_id, first.0, first.1, again.0, again.1])?;
    }
    let mut statement = connection.prepare_cached("INSERT INTO passage VALUES (?, ?, ?, ?, ?)")?;
    for passage in passages {
        let (start, end) = points.span(passage.span);
        let near: Vec<u8> = passage.near.iter().flat_map(|b| b.to_le_bytes()).collect();
        statement.execute(params![document_id, start, end, passage.exact as i64, near])?;
    }
    Ok(())
}

/// Closes a document row as of `run_id` and takes it out of the index; its facts stay as they are.
pub(crate) fn supersede(
    connection: &Connection,
    document_id: i64,
    run_id: i64,
) -> Result<(), RecordError> {
    connection
        .prepare_cached(
            "UPDATE document SET state = 'superseded', superseded_run = ?2 WHERE document_id = ?1",
        )?
        .execute([document_id, run_id])?;
    connection
        .prepare_cached("DELETE FROM search_document WHERE rowid = ?1")?
        .execute([document_id])?;
    // Fingerprints only serve live documents.
    connection
        .prepare_cached("DELETE FROM passage WHERE document_id = ?1")?
        .execute([document_id])?;
    Ok(())
}

/// A missing document is there again.
pub(crate) fn revive(connection: &Connection, document_id: i64) -> Result<(), RecordError> {
    connection
        .prepare_cached(
            "UPDATE document SET state = 'current' WHERE document_id = ?1 AND state = 'missing'",
        )?
        .execute([document_id])?;
    Ok(())
}

/// Rows of an input that are current or missing, with their names.
pub(crate) fn of_input(
    connection: &Connection,
    input_id: i64,
) -> Result<Vec<(i64, String)>, RecordError> {
    Ok(connection
        .prepare_cached(
            "SELECT document_id, name FROM document WHERE input_id = ?1 AND state <> 'superseded'
             ORDER BY document_id",
        )?
        .query_map([input_id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}
