//! What a unit brought, as rows.

use std::collections::HashSet;

use detente_text::{CodePoints, Diagnostic, Severity};
use rusqlite::{Connection, params};

use super::{Report, work::Done};
use crate::{
    RecordError,
    store::{document, fact},
};

/// Where a diagnostic belongs.
pub(super) struct Place<'a> {
    pub(super) input_id: Option<i64>,
    pub(super) document_id: Option<i64>,
    pub(super) path: &'a str,
    pub(super) line: Option<u64>,
}

/// Writes units in the order in which they come.
pub(super) struct Writer<'c> {
    pub(super) connection: &'c Connection,
    pub(super) run_id: i64,
    pub(super) coder: String,
    pub(super) report: Report,
    /// Names of documents that this run has met: no second document may take one of them.
    pub(super) names: HashSet<String>,
    /// True once something was written that merging has to see.
    pub(super) touched: bool,
}

/// A unit as the writer sees it.
pub(super) struct Item<'a> {
    pub(super) root: &'a str,
    pub(super) path: &'a str,
    /// Path as shown to people.
    pub(super) shown: &'a str,
    pub(super) line: u64,
    pub(super) known: Option<i64>,
}

impl<'c> Writer<'c> {
    pub(super) fn new(connection: &'c Connection, run_id: i64, coder: String) -> Self {
        Self {
            connection,
            run_id,
            coder,
            report: Report::default(),
            names: HashSet::new(),
            touched: false,
        }
    }

    /// Writes one unit.
    pub(super) fn write(&mut self, item: &Item<'_>, done: Done) -> Result<(), RecordError> {
        let line = (item.line > 0).then_some(item.line);
        match done {
            Done::Known { input_id } => self.known(item, input_id),
            Done::Unreadable(diagnostic) => {
                self.report.left_out += 1;
                let place = Place {
                    input_id: item.known,
                    document_id: None,
                    path: item.shown,
                    line,
                };
                // Kept only for an input that the record knows: others come back on each run.
                self.diagnostic(&place, &diagnostic, None)?;
                if let Some(input_id) = item.known {
                    self.meet_names(input_id)?;
                }
                Ok(())
            }
            Done::Refused { hash, diagnostic } => {
                let input_id = self.input(item, &hash, "left_out", 0)?;
                self.close_all(input_id)?;
                self.report.left_out += 1;
                let place = Place {
                    input_id: Some(input_id),
                    document_id: None,
                    path: item.shown,
                    line,
                };
                self.diagnostic(&place, &diagnostic, None)
            }
            Done::Read { hash, outcome } => {
                let state = if outcome.documents.is_empty() {
                    self.report.left_out += 1;
                    "left_out"
                } else {
                    if item.known.is_some() {
                        self.report.changed += 1;
                    } else {
                        self.report.new += 1;
                    }
                    "read"
                };
                let input_id = self.input(item, &hash, state, outcome.documents.len())?;
                let place = Place {
                    input_id: Some(input_id),
                    document_id: None,
                    path: item.shown,
                    line,
                };
                for diagnostic in &outcome.diagnostics {
                    self.diagnostic(&place, diagnostic, None)?;
                }
                let before = document::of_input(self.connection, input_id)?;
                let mut kept = HashSet::new();
                for coded in outcome.documents {
                    kept.insert(self.document(item, input_id, coded)?);
                }
                for (document_id, _) in before {
                    if !kept.contains(&document_id) {
                        self.close(document_id)?;
                    }
                }
                Ok(())
            }
        }
    }

    /// An input read before: its documents are there, its diagnostics are told again.
    pub(super) fn known(&mut self, item: &Item<'_>, input_id: i64) -> Result<(), RecordError> {
        self.meet_names(input_id)?;
        self.connection
            .prepare_cached(
                "UPDATE input SET state = iif(documents = 0, 'left_out', 'read')
                 WHERE input_id = ?1 AND state = 'missing'",
            )?
            .execute([input_id])?;
        let left_out: bool = self
            .connection
            .prepare_cached("SELECT documents = 0 FROM input WHERE input_id = ?1")?
            .query_row([input_id], |row| row.get(0))?;
        if !left_out {
            self.report.unchanged += 1;
            return Ok(());
        }
        self.report.left_out += 1;
        let mut statement = self.connection.prepare_cached(
            "SELECT code, severity, message, hint FROM diagnostic WHERE input_id = ?1
             AND run_id = (SELECT max(run_id) FROM diagnostic WHERE input_id = ?1)
             ORDER BY diagnostic_id",
        )?;
        let found: Vec<Diagnostic> = statement
            .query_map([input_id], |row| {
                let severity: String = row.get(1)?;
                Ok(Diagnostic {
                    code: row.get(0)?,
                    severity: match severity.as_str() {
                        "error" => Severity::Error,
                        "warning" => Severity::Warning,
                        _ => Severity::Note,
                    },
                    message: row.get(2)?,
                    hint: row.get(3)?,
                    span: None,
                })
            })?
            .collect::<Result<_, _>>()?;
        for diagnostic in found {
            let line = (item.line > 0).then_some(item.line);
            self.report.tell(item.shown, line, diagnostic);
        }
        Ok(())
    }

    fn meet_names(&mut self, input_id: i64) -> Result<(), RecordError> {
        for (document_id, name) in document::of_input(self.connection, input_id)? {
            self.names.insert(name);
            document::revive(self.connection, document_id)?;
        }
        Ok(())
    }

    pub(super) fn input(
        &mut self,
        item: &Item<'_>,
        hash: &str,
        state: &str,
        documents: usize,
    ) -> Result<i64, RecordError> {
        Ok(self
            .connection
            .prepare_cached(
                "INSERT INTO input (root, path, line, hash, coder, state, documents, run_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (root, path, line) DO UPDATE SET hash = excluded.hash,
                    coder = excluded.coder, state = excluded.state,
                    documents = excluded.documents, run_id = excluded.run_id
                 RETURNING input_id",
            )?
            .query_row(
                params![
                    item.root,
                    item.path,
                    item.line as i64,
                    hash,
                    self.coder,
                    state,
                    documents as i64,
                    self.run_id,
                ],
                |row| row.get(0),
            )?)
    }

    pub(super) fn close_all(&mut self, input_id: i64) -> Result<(), RecordError> {
        for (document_id, _) in document::of_input(self.connection, input_id)? {
            self.close(document_id)?;
        }
        Ok(())
    }

    /// Closes a document that its input no longer brings, unless another input has taken it over
    /// or a new version has closed it already.
    pub(super) fn close(&mut self, document_id: i64) -> Result<(), RecordError> {
        let live: bool = self
            .connection
            .prepare_cached("SELECT state <> 'superseded' FROM document WHERE document_id = ?1")?
            .query_row([document_id], |row| row.get(0))?;
        if !live {
            return Ok(());
        }
        self.touched = true;
        self.report.superseded_documents += 1;
        for (row, old) in fact::live(self.connection, document_id, "")? {
            fact::supersede(self.connection, row, &old, self.run_id)?;
            self.report.superseded_facts += 1;
        }
        document::supersede(self.connection, document_id, self.run_id)
    }

    /// Keeps a diagnostic and tells it.
    pub(super) fn diagnostic(
        &mut self,
        place: &Place<'_>,
        diagnostic: &Diagnostic,
        text: Option<(&str, &CodePoints<'_>)>,
    ) -> Result<(), RecordError> {
        let range = text.and_then(|(_, points)| diagnostic.span.map(|span| points.span(span)));
        let line = place.line.or_else(|| {
            let (text, _) = text?;
            let start = diagnostic.span?.start as usize;
            let before = text.get(..start)?;
            Some(before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1)
        });
        let severity = match diagnostic.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        self.connection
            .prepare_cached(
                "INSERT INTO diagnostic (run_id, input_id, document_id, path, line, code, severity,
                    message, hint, start_char, end_char)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                self.run_id,
                place.input_id,
                place.document_id,
                place.path,
                line.map(|line| line as i64),
                diagnostic.code,
                severity,
                diagnostic.message,
                diagnostic.hint,
                range.map(|range| range.0),
                range.map(|range| range.1),
            ])?;
        self.report.tell(place.path, line, diagnostic.clone());
        Ok(())
    }

    /// Keeps a diagnostic about a path that gave no unit.
    pub(super) fn problem(
        &mut self,
        path: &str,
        diagnostic: &Diagnostic,
    ) -> Result<(), RecordError> {
        let place = Place {
            input_id: None,
            document_id: None,
            path,
            line: None,
        };
        self.diagnostic(&place, diagnostic, None)
    }
}
