//! What a unit brought, as rows.

use std::collections::HashSet;

use detente_extract::Fact;
use detente_text::{CodePoints, Diagnostic, Document, Severity};
use rusqlite::{Connection, params};

use super::{Coded, Report, work::Done};
use crate::{
    RecordError,
    segment::words,
    store::{document, fact},
};

/// Where a diagnostic belongs.
struct Place<'a> {
    input_id: Option<i64>,
    document_id: Option<i64>,
    path: &'a str,
    line: Option<u64>,
}

/// Writes units in the order in which they come.
pub(super) struct Writer<'c> {
    pub(super) connection: &'c Connection,
    pub(super) run_id: i64,
    pub(super) coder: String,
    pub(super) report: Report,
    /// Names of documents that this run has met: no second document may take one of them.
    names: HashSet<String>,
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
    fn known(&mut self, item: &Item<'_>, input_id: i64) -> Result<(), RecordError> {
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

    fn input(
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

    /// Writes a document with its facts and returns its row.
    fn document(
        &mut self,
        item: &Item<'_>,
        input_id: i64,
        mut coded: Coded,
    ) -> Result<i64, RecordError> {
        self.touched = true;
        self.report.documents += 1;
        let clash = self.own_name(input_id, &mut coded)?;
        let points = CodePoints::new(&coded.document.text);
        let live = document::live(self.connection, &coded.document.id)?;
        let same = match &live {
            Some(live) => document::unchanged(self.connection, live.document_id, &coded.document)?,
            None => false,
        };
        let run_id = self.run_id;
        let (document_id, old_facts) = match live {
            Some(live) if same => {
                if live.missing {
                    document::revive(self.connection, live.document_id)?;
                }
                if live.input_id != input_id {
                    self.connection
                        .prepare_cached("UPDATE document SET input_id = ?2 WHERE document_id = ?1")?
                        .execute([live.document_id, input_id])?;
                }
                let facts = fact::live(self.connection, live.document_id, &coded.document.id)?;
                (live.document_id, facts)
            }
            other => {
                let mut old_facts = Vec::new();
                if let Some(live) = other {
                    old_facts = fact::live(self.connection, live.document_id, &coded.document.id)?;
                    document::supersede(self.connection, live.document_id, run_id)?;
                    self.report.superseded_documents += 1;
                }
                let id =
                    document::insert(self.connection, &coded.document, &points, input_id, run_id)?;
                self.index_document(id, &coded)?;
                (id, old_facts)
            }
        };
        document::set_stretches(
            self.connection,
            document_id,
            &coded.document,
            &points,
            &coded.passages,
        )?;
        let place = Place {
            input_id: Some(input_id),
            document_id: Some(document_id),
            path: &coded.document.id,
            line: (item.line > 0).then_some(item.line),
        };
        let text = Some((coded.document.text.as_str(), &points));
        for diagnostic in clash
            .iter()
            .chain(&coded.document.diagnostics)
            .chain(&coded.diagnostics)
        {
            self.diagnostic(&place, diagnostic, text)?;
        }
        let facts = self.checked(&place, &coded.document, &points, coded.facts)?;
        self.facts(&place, document_id, same, old_facts, facts, text)?;
        Ok(document_id)
    }

    /// Gives the document a name that no other document of this run has.
    fn own_name(
        &mut self,
        input_id: i64,
        coded: &mut Coded,
    ) -> Result<Option<Diagnostic>, RecordError> {
        let name = coded.document.id.clone();
        let mut free = name.clone();
        let mut number = 1;
        while self.names.contains(&free)
            && document::live(self.connection, &free)?.is_none_or(|l| l.input_id != input_id)
        {
            number += 1;
            free = format!("{name}~{number}");
        }
        self.names.insert(free.clone());
        if free == name {
            return Ok(None);
        }
        rename(&mut coded.document, &mut coded.facts, &free);
        let message = format!("a second document is named `{name}`; it is kept as `{free}`");
        Ok(Some(
            Diagnostic::new("R106", Severity::Warning, message)
                .hint("give each document its own name or id"),
        ))
    }

    fn index_document(&self, document_id: i64, coded: &Coded) -> Result<(), RecordError> {
        let title = coded.document.metadata.title.as_ref();
        let title = title.map_or("", |title| title.value.as_str());
        // A title that stands in the text would count twice.
        let text = if coded.document.text.contains(title) {
            words(&coded.document.text)
        } else {
            words(&format!("{title}\n{}", coded.document.text))
        };
        self.connection
            .prepare_cached("INSERT INTO search_document (rowid, words, lemmas) VALUES (?, ?, ?)")?
            .execute(params![document_id, text, coded.lemmas])?;
        Ok(())
    }

    /// Holds the quote rule: what fails is refused and reported, never mended.
    fn checked(
        &mut self,
        place: &Place<'_>,
        document: &Document,
        points: &CodePoints<'_>,
        facts: Vec<Fact>,
    ) -> Result<Vec<Fact>, RecordError> {
        let mut good: Vec<Fact> = Vec::with_capacity(facts.len());
        let mut ids = HashSet::new();
        for fact in facts {
            let fault = fault(&fact, document, points).or_else(|| {
                (!ids.insert(fact.id.clone())).then(|| "another fact has its id".to_owned())
            });
            match fault {
                None => good.push(fact),
                Some(why) => {
                    self.report.refused += 1;
                    let message = format!(
                        "fact `{}` ({} at {}–{}, made by {}) is refused: {why}",
                        fact.id, fact.kind, fact.start, fact.end, fact.rule
                    );
                    let diagnostic = Diagnostic::new("R201", Severity::Error, message)
                        .hint("this is a fault of the rule: please report it with the document");
                    self.diagnostic(place, &diagnostic, None)?;
                }
            }
        }
        Ok(good)
    }

    /// Adds what is new, keeps what is the same, closes what no longer holds; what a reviewer has
    /// decided on stays as long as the text bears its quote.
    fn facts(
        &mut self,
        place: &Place<'_>,
        document_id: i64,
        same_document: bool,
        old_facts: Vec<(i64, Fact)>,
        facts: Vec<Fact>,
        text: Option<(&str, &CodePoints<'_>)>,
    ) -> Result<(), RecordError> {
        // Ids of facts whose old row, or a copy of it, stays.
        let mut held = HashSet::new();
        let mut carried = Vec::new();
        for (row, old) in old_facts {
            if same_document && facts.contains(&old) {
                held.insert(old.id);
                continue;
            }
            if self.is_reviewed(&old)? {
                if text.is_some_and(|(text, points)| old.check(text, points)) {
                    held.insert(old.id.clone());
                    if same_document {
                        continue;
                    }
                    carried.push(old.clone());
                } else {
                    let message = format!(
                        "the reviewed fact `{}` no longer has its quote in the document",
                        old.id
                    );
                    let diagnostic = Diagnostic::new("R202", Severity::Warning, message)
                        .hint("review the new version of the document");
                    self.diagnostic(place, &diagnostic, None)?;
                }
            }
            fact::supersede(self.connection, row, &old, self.run_id)?;
            self.report.superseded_facts += 1;
        }
        let fresh = facts.iter().filter(|fact| !held.contains(&fact.id));
        self.report.facts += facts.len() as u64;
        for fact in fresh.chain(&carried) {
            let row = fact::insert(self.connection, fact, document_id, self.run_id)?;
            self.connection
                .prepare_cached(
                    "INSERT INTO search_quote (rowid, words, lemmas) VALUES (?, ?, '')",
                )?
                .execute(params![row, words(&fact.quote)])?;
        }
        Ok(())
    }

    fn is_reviewed(&self, fact: &Fact) -> Result<bool, RecordError> {
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM review WHERE id = ?1 AND quote = ?2)")?
            .query_row([&fact.id, &fact.quote], |row| row.get(0))?)
    }

    fn close_all(&mut self, input_id: i64) -> Result<(), RecordError> {
        for (document_id, _) in document::of_input(self.connection, input_id)? {
            self.close(document_id)?;
        }
        Ok(())
    }

    /// Closes a document that its input no longer brings, unless another input has taken it over
    /// or a new version has closed it already.
    fn close(&mut self, document_id: i64) -> Result<(), RecordError> {
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
    fn diagnostic(
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

/// Gives a document another name, and its facts the ids that follow from it.
fn rename(document: &mut Document, facts: &mut [Fact], name: &str) {
    document.id = name.to_owned();
    for fact in facts {
        fact.document = name.to_owned();
        fact.id = fact.identity();
    }
}

/// Why a fact may not enter the record.
fn fault(fact: &Fact, document: &Document, points: &CodePoints<'_>) -> Option<String> {
    let text = &document.text;
    if fact.document != document.id {
        return Some(format!("it names another document, `{}`", fact.document));
    }
    if !fact.check(text, points) {
        return Some(format!("its quote `{}` is not the text there", fact.quote));
    }
    for (name, part) in [("cause", &fact.cause), ("effect", &fact.effect)] {
        if let Some(part) = part
            && points.bytes(part.start, part.end).of(text) != part.quote
        {
            return Some(format!("the quote of its {name} is not the text there"));
        }
    }
    let end = points.at(text.len() as u32);
    let outside = |(from, to): &(u32, u32)| from >= to || *to > end;
    let mut places = fact.occurrences.iter().map(|place| ("occurrences", place));
    let evidence = fact
        .evidence
        .iter()
        .map(|(name, place)| (name.as_str(), place));
    if let Some((name, (from, to))) = places.by_ref().chain(evidence).find(|(_, p)| outside(p)) {
        return Some(format!(
            "the place {from}–{to} given for `{name}` is no stretch of the text"
        ));
    }
    if !fact.occurrences.contains(&(fact.start, fact.end)) {
        return Some("its occurrences lack its own place".to_owned());
    }
    let location = fact.location.as_ref();
    if location.is_some_and(|l| points.bytes(l.start, l.end).of(text) != l.text) {
        return Some("the name of its location is not the text there".to_owned());
    }
    None
}
