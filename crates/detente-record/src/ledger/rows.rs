//! Undertakings as rows.

use std::collections::BTreeSet;

use detente_text::date::Edtf;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use super::{history::Step, moves::Link, targets::Target};
use crate::{
    RecordError,
    merge::{
        events::{day_text, entry_id},
        place::Group,
        report::Report,
    },
};

/// Documents that print a fact again, by its row.
pub(super) fn copies(connection: &Connection) -> Result<FxHashMap<i64, Vec<i64>>, RecordError> {
    let mut copies: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
    let mut statement = connection.prepare(
        "SELECT x.of_fact, f.document_id FROM duplicate x JOIN fact f ON f.fact_id = x.fact_id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        copies.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(copies)
}

/// Writes the tables of undertakings.
pub(super) struct Writer<'c> {
    connection: &'c Connection,
    document: rusqlite::Statement<'c>,
}

impl<'c> Writer<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Self, RecordError> {
        Ok(Self {
            connection,
            document: connection.prepare("SELECT document_id FROM fact WHERE fact_id = ?1")?,
        })
    }

    pub(super) fn entry(
        &mut self,
        group: &Group,
        opening: &[Report],
        target: &Target,
        history: &[Step],
        mut mentions: Vec<(i64, String)>,
        copies: &FxHashMap<i64, Vec<i64>>,
    ) -> Result<(), RecordError> {
        let first = &opening[group.members[0].0];
        let id = entry_id('u', &first.name, &first.id);
        let mut seen = BTreeSet::new();
        mentions.retain(|(row, _)| seen.insert(*row));
        let mut documents = BTreeSet::new();
        for (row, _) in &mentions {
            documents.insert(self.document.query_row([row], |row| row.get::<_, i64>(0))?);
            documents.extend(copies.get(row).into_iter().flatten());
        }
        let mut issue: Vec<&String> = Vec::new();
        let mut towards: &[String] = &first.towards;
        let mut due = None;
        for (member, _) in &group.members {
            let report = &opening[*member];
            for id in &report.issues {
                if !issue.contains(&id) {
                    issue.push(id);
                }
            }
            if towards.is_empty() {
                towards = &report.towards;
            }
            due = due.or(report.due.as_deref());
        }
        let due_to = due
            .and_then(|due| due.parse::<Edtf>().ok())
            .and_then(Edtf::latest)
            .map(|day| day.to_string());
        let last = history.last().map_or("open", |step| step.status.as_str());
        let known = |day: i32| day > i32::MIN && day < i32::MAX;
        let since = history
            .last()
            .map(|step| step.day)
            .filter(|day| known(*day));
        self.connection
            .prepare_cached(
                "INSERT INTO undertaking VALUES (?, ?, ?, ?, ?, ?, (SELECT channel FROM fact WHERE fact_id = ?3),
                    ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                id,
                target.kind,
                first.row,
                json(&first.who),
                json(towards),
                json(&issue),
                history.first().and_then(|step| step.date.clone()),
                target.from.or(first.told).map(day_text),
                due,
                due_to,
                last,
                since.map(day_text),
                mentions.len() as i64,
                documents.len() as i64,
            ])?;
        let mut mention = self
            .connection
            .prepare_cached("INSERT INTO undertaking_mention VALUES (?, ?, ?)")?;
        for (row, why) in &mentions {
            mention.execute(params![row, id, why])?;
        }
        let mut change = self
            .connection
            .prepare_cached("INSERT INTO undertaking_change VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (position, step) in history.iter().enumerate() {
            change.execute(params![
                id,
                position as i64,
                step.status,
                step.date,
                Some(step.day).filter(|day| known(*day)).map(day_text),
                step.fact,
                step.reason,
                step.decision,
            ])?;
        }
        Ok(())
    }

    pub(super) fn waiting(
        &self,
        report: &Report,
        entry: &str,
        link: &Link,
    ) -> Result<(), RecordError> {
        let id = entry_id('l', &report.id, entry);
        self.connection
            .prepare_cached(
                "INSERT INTO link_review VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute(params![id, report.row, entry, link.to, link.why])?;
        Ok(())
    }
}

fn json<T: serde::Serialize + ?Sized>(list: &T) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}
