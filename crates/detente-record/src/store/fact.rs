//! Facts as rows. The columns are those of the exchange form, so one table drives both ways.

use detente_extract::Fact;
use detente_text::date::Edtf;
use rusqlite::{
    Connection, Row, ToSql, params,
    types::{Value as Sql, ValueRef},
};
use serde_json::{Map, Value};

use crate::{RecordError, browse};

/// How a field stands in its column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    /// A string, a number or nothing, as it is.
    Plain,
    /// A list or an object, as JSON text.
    Json,
}

use Column::{Json, Plain};

/// Field of the exchange form, name of its column, how it is kept.
const FIELDS: &[(&str, &str, Column)] = &[
    ("id", "id", Plain),
    ("kind", "kind", Plain),
    ("quote", "quote", Plain),
    ("start", "start_char", Plain),
    ("end", "end_char", Plain),
    ("sentence", "sentence", Json),
    ("occurrences", "occurrences", Json),
    ("actors", "actors", Json),
    ("source", "source", Json),
    ("target", "target", Json),
    ("root", "root", Plain),
    ("cameo", "cameo", Plain),
    ("mode", "mode", Json),
    ("contexts", "contexts", Json),
    ("intensity", "intensity", Plain),
    ("quad", "quad", Plain),
    ("date", "date", Plain),
    ("date_text", "date_text", Plain),
    ("date_basis", "date_basis", Plain),
    ("due", "due", Plain),
    ("modality", "modality", Plain),
    ("hedge", "hedge", Plain),
    ("speaker", "speaker", Json),
    ("stance", "stance", Plain),
    ("issue", "issue", Json),
    ("channel", "channel", Plain),
    ("status", "status", Plain),
    ("value", "value", Plain),
    ("unit", "unit", Plain),
    ("population", "population", Plain),
    ("question", "question", Plain),
    ("answer", "answer", Plain),
    ("pollster", "pollster", Plain),
    ("fieldwork", "fieldwork", Plain),
    ("n", "n", Plain),
    ("survey_mode", "survey_mode", Plain),
    ("office", "office", Plain),
    ("country", "country", Plain),
    ("claim", "claim", Json),
    ("cause", "cause", Json),
    ("effect", "effect", Json),
    ("subtype", "subtype", Plain),
    ("location", "location", Json),
    ("language", "language", Plain),
    ("same_event", "same_event", Plain),
    ("evidence", "evidence", Json),
    ("confidence", "confidence", Plain),
    ("rule", "rule", Plain),
    ("review", "review", Plain),
];

/// The columns, prefixed with `alias.`, in the order that [`read`] expects.
pub(crate) fn columns(alias: &str) -> String {
    let columns: Vec<String> = FIELDS
        .iter()
        .map(|(_, column, _)| format!("{alias}.{column}"))
        .collect();
    columns.join(", ")
}

/// Number of columns that [`columns`] names.
pub(crate) const WIDTH: usize = FIELDS.len();

/// Reads the columns of [`columns`] from the start of `row`.
pub(crate) fn read(row: &Row<'_>, document: &str) -> Result<Fact, RecordError> {
    let mut map = Map::new();
    for (i, (field, _, column)) in FIELDS.iter().enumerate() {
        let value = match row.get_ref(i)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(n) => n.into(),
            ValueRef::Real(x) => x.into(),
            ValueRef::Text(text) => {
                let text = String::from_utf8_lossy(text);
                match column {
                    Plain => text.into(),
                    Json => serde_json::from_str(&text).unwrap_or(Value::Null),
                }
            }
            ValueRef::Blob(_) => Value::Null,
        };
        map.insert((*field).to_owned(), value);
    }
    map.insert("document".to_owned(), document.into());
    let id = map["id"].as_str().unwrap_or_default().to_owned();
    serde_json::from_value(Value::Object(map)).map_err(|error| RecordError::Row {
        id,
        why: error.to_string(),
    })
}

/// Writes a fact of the document in row `document_id` and returns its row.
pub(crate) fn insert(
    connection: &Connection,
    fact: &Fact,
    document_id: i64,
    run_id: i64,
) -> Result<i64, RecordError> {
    let Ok(Value::Object(map)) = serde_json::to_value(fact) else {
        return Err(RecordError::Row {
            id: fact.id.clone(),
            why: "it is no JSON object".to_owned(),
        });
    };
    let mut values: Vec<Sql> = Vec::with_capacity(FIELDS.len() + 4);
    for (field, _, column) in FIELDS {
        values.push(match (&map[*field], column) {
            (Value::Null, _) => Sql::Null,
            (value, Json) => Sql::Text(value.to_string()),
            (Value::String(text), Plain) => Sql::Text(text.clone()),
            (Value::Number(n), Plain) => n
                .as_i64()
                .map_or_else(|| n.as_f64().map_or(Sql::Null, Sql::Real), Sql::Integer),
            (value, Plain) => Sql::Text(value.to_string()),
        });
    }
    let day = |date: Option<jiff::civil::Date>| {
        date.map_or(Sql::Null, |date| Sql::Text(date.to_string()))
    };
    values.push(day(fact.date.and_then(Edtf::earliest)));
    values.push(day(fact.date.and_then(Edtf::latest)));
    values.push(Sql::Integer(document_id));
    values.push(Sql::Integer(run_id));
    let parameters: Vec<&dyn ToSql> = values.iter().map(|v| v as &dyn ToSql).collect();
    connection
        .prepare_cached(&insert_statement())?
        .execute(parameters.as_slice())?;
    let row = connection.last_insert_rowid();
    index(connection, fact, row)?;
    browse::count(connection, fact, row, 1)?;
    Ok(row)
}

fn insert_statement() -> String {
    let names: Vec<&str> = FIELDS
        .iter()
        .map(|(_, column, _)| *column)
        .chain(["date_from", "date_to", "document_id", "run_id"])
        .collect();
    let marks = vec!["?"; names.len()].join(", ");
    format!("INSERT INTO fact ({}) VALUES ({marks})", names.join(", "))
}

/// The side tables by which facts are found.
fn index(connection: &Connection, fact: &Fact, row: i64) -> Result<(), RecordError> {
    let mut actor = connection.prepare_cached(
        "INSERT INTO fact_actor (fact_id, role, position, actor) VALUES (?, ?, ?, ?)",
    )?;
    for (role, actors) in [
        ("source", &fact.source),
        ("target", &fact.target),
        ("actor", &fact.actors),
    ] {
        for (position, name) in actors.iter().enumerate() {
            actor.execute(params![row, role, position as i64, name])?;
        }
    }
    for (position, link) in fact.speaker.iter().enumerate() {
        if let Some(name) = &link.actor {
            actor.execute(params![row, "speaker", position as i64, name])?;
        }
    }
    let mut issue = connection
        .prepare_cached("INSERT INTO fact_issue (fact_id, position, issue) VALUES (?, ?, ?)")?;
    for (position, name) in fact.issue.iter().enumerate() {
        issue.execute(params![row, position as i64, name])?;
    }
    let mut mention = connection.prepare_cached(
        "INSERT INTO mention (fact_id, position, start_char, end_char) VALUES (?, ?, ?, ?)",
    )?;
    for (position, (start, end)) in fact.occurrences.iter().enumerate() {
        mention.execute(params![row, position as i64, start, end])?;
    }
    Ok(())
}

/// The facts of a document row that hold now, with their rows.
pub(crate) fn live(
    connection: &Connection,
    document_id: i64,
    name: &str,
) -> Result<Vec<(i64, Fact)>, RecordError> {
    let sql = format!(
        "SELECT {}, f.fact_id FROM fact f
         WHERE f.document_id = ?1 AND f.superseded_run IS NULL ORDER BY f.fact_id",
        columns("f")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([document_id])?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        facts.push((row.get(WIDTH)?, read(row, name)?));
    }
    Ok(facts)
}

/// Closes a fact: it no longer holds as of `run_id`.
pub(crate) fn supersede(
    connection: &Connection,
    row: i64,
    fact: &Fact,
    run_id: i64,
) -> Result<(), RecordError> {
    connection
        .prepare_cached("UPDATE fact SET superseded_run = ?2 WHERE fact_id = ?1")?
        .execute([row, run_id])?;
    connection
        .prepare_cached("DELETE FROM search_quote WHERE rowid = ?1")?
        .execute([row])?;
    browse::count(connection, fact, row, -1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field of the exchange form has a column, and nothing else has.
    #[test]
    fn the_table_names_every_field() {
        let text = "Seoul protested";
        let fact = Fact::new(
            "a.txt",
            detente_text::Language::En,
            detente_extract::Kind::Event,
            text,
            &detente_text::CodePoints::new(text),
            detente_text::Span::new(0, 15),
            detente_text::Span::new(0, 15),
            "test",
        );
        let Value::Object(map) = serde_json::to_value(&fact).unwrap() else {
            panic!("no object")
        };
        let mut fields: Vec<&str> = FIELDS.iter().map(|f| f.0).chain(["document"]).collect();
        fields.sort_unstable();
        let mut expected: Vec<&str> = map.keys().map(String::as_str).collect();
        expected.sort_unstable();
        assert_eq!(fields, expected);
    }
}
