//! A document and its facts, as rows.

use std::collections::HashSet;

use detente_extract::Fact;
use detente_text::{CodePoints, Diagnostic, Document, Severity};
use rusqlite::params;

use super::{
    Coded,
    write::{Item, Place, Writer},
};
use crate::{
    RecordError,
    segment::words,
    store::{document, fact},
};

impl Writer<'_> {
    /// Writes a document with its facts and returns its row.
    pub(super) fn document(
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
    pub(super) fn own_name(
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

    pub(super) fn index_document(
        &self,
        document_id: i64,
        coded: &Coded,
    ) -> Result<(), RecordError> {
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
    pub(super) fn checked(
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
    pub(super) fn facts(
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

    pub(super) fn is_reviewed(&self, fact: &Fact) -> Result<bool, RecordError> {
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM review WHERE id = ?1 AND quote = ?2)")?
            .query_row([&fact.id, &fact.quote], |row| row.get(0))?)
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
