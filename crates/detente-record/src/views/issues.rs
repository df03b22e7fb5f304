//! The ledger of issues: how much is said of each, what each side says, what is open and what both
//! have accepted.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{EVIDENCE, Evidence, LedgerFilter, evidence, first_day, list, names};
use crate::{Record, RecordError};

/// A matter in dispute or on the agenda.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IssueEntry {
    /// Its id (codebook 6.1).
    pub issue: String,
    /// `agreed` if the latest act of both sides together accepts something, or the latest text
    /// calls it settled; `unresolved` if there is a dispute and none such, or the latest text calls
    /// it open; `None` if neither is told.
    pub status: Option<String>,
    /// Since when, EDTF.
    pub since: Option<String>,
    /// Facts that name it.
    pub facts: u64,
    /// Facts by month, oldest first; months without facts are left out.
    pub months: Vec<Month>,
    /// What each state says of it and does about it, oldest first.
    pub positions: Vec<Position>,
    /// Reproaches, refusals and measures of one side against the other, oldest first.
    pub disputes: Vec<Evidence>,
    /// What both sides have accepted, oldest first: the common ground.
    pub agreed: Vec<Evidence>,
}

/// How often an issue is named in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Month {
    /// `2019-07`.
    pub month: String,
    /// Facts.
    pub facts: u64,
}

/// What a side says or does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Code of the state.
    pub side: String,
    /// Who speaks for it.
    pub who: String,
    /// When, EDTF.
    pub date: Option<String>,
    /// Stance, if the words show one.
    pub stance: Option<String>,
    /// PLOVER root of the words or the act.
    pub root: Option<String>,
    /// Where.
    pub evidence: Evidence,
}

/// Roots of dispute.
const AGAINST: &[&str] = &[
    "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "PROTEST",
];

/// Roots by which a side accepts something.
const ACCEPTS: &[&str] = &["AGREE", "CONCEDE", "SUPPORT"];

/// A row of the question.
struct Row {
    kind: String,
    root: Option<String>,
    modality: String,
    stance: Option<String>,
    source: Vec<String>,
    target: Vec<String>,
    issues: Vec<String>,
    /// What its words say of the state of its issues.
    mark: Option<String>,
    evidence: Evidence,
}

impl Record {
    /// Issues by the number of facts that name them, most first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn issues(&self, filter: &LedgerFilter) -> Result<Vec<IssueEntry>, RecordError> {
        let Some(dyad) = self.dyad()? else {
            return Ok(Vec::new());
        };
        let dyad = [dyad.0, dyad.1];
        let states = self.states_of_actors()?;
        let asked = filter.id.as_ref().or(filter.issue.as_ref());
        let latest = match (asked, filter.latest) {
            (Some(_), Some(latest)) => format!(
                " AND f.fact_id IN (SELECT p.fact_id FROM posting p JOIN term t USING (term_id)
                   WHERE t.facet = 'issue' AND t.value = ?2 AND p.first < 99999999
                   ORDER BY p.first DESC, p.fact_id DESC LIMIT {latest})"
            ),
            _ => String::new(),
        };
        let sql = format!(
            "SELECT f.kind, f.root, f.modality, f.stance, f.source, f.target, f.issue,
                    (SELECT min(m.status) FROM issue_mark m WHERE m.fact_id = f.fact_id), {EVIDENCE}
             FROM fact f JOIN document d USING (document_id)
             WHERE f.superseded_run IS NULL AND d.state <> 'superseded' AND f.issue <> '[]'
               AND coalesce(f.date_from, d.date_from, '') <= ?1
               AND (?2 IS NULL OR EXISTS
                    (SELECT 1 FROM fact_issue i WHERE i.fact_id = f.fact_id AND i.issue = ?2))
               AND NOT EXISTS (SELECT 1 FROM duplicate x WHERE x.fact_id = f.fact_id){latest}
             ORDER BY coalesce(f.date_from, d.date_from), d.name, f.start_char, f.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(rusqlite::params![filter.until(), asked])?;
        let mut entries: BTreeMap<String, IssueEntry> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let row = Row {
                kind: row.get(0)?,
                root: row.get(1)?,
                modality: row.get(2)?,
                stance: row.get(3)?,
                source: list(&row.get::<_, String>(4)?),
                target: list(&row.get::<_, String>(5)?),
                issues: list(&row.get::<_, String>(6)?),
                mark: row.get(7)?,
                evidence: evidence(row, 8)?,
            };
            if let Some(actor) = &filter.actor
                && !names(&row.source, actor)
                && !names(&row.target, actor)
            {
                continue;
            }
            for issue in &row.issues {
                if asked.is_some_and(|asked| asked != issue) {
                    continue;
                }
                let entry = entries.entry(issue.clone()).or_insert_with(|| IssueEntry {
                    issue: issue.clone(),
                    status: None,
                    since: None,
                    facts: 0,
                    months: Vec::new(),
                    positions: Vec::new(),
                    disputes: Vec::new(),
                    agreed: Vec::new(),
                });
                entry.add(&row, &dyad, &states);
            }
        }
        let mut entries: Vec<IssueEntry> = entries.into_values().collect();
        entries.retain(|entry| {
            filter.statuses.is_empty()
                || entry
                    .status
                    .as_ref()
                    .is_some_and(|status| filter.statuses.contains(status))
        });
        entries.sort_by(|a, b| b.facts.cmp(&a.facts).then(a.issue.cmp(&b.issue)));
        entries.truncate(filter.limit());
        Ok(entries)
    }

    /// State of each actor that a document names with one.
    pub(super) fn states_of_actors(&self) -> Result<BTreeMap<String, String>, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT actor, country FROM actor_sighting WHERE country IS NOT NULL
             GROUP BY actor, country ORDER BY actor, count(*)",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The state for which an id stands.
pub(super) fn state<'a>(actor: &'a str, states: &'a BTreeMap<String, String>) -> Option<&'a str> {
    let first = actor.split_whitespace().next().unwrap_or("");
    if first.len() == 3 && first.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(first);
    }
    states.get(actor).map(String::as_str)
}

/// The side of the dyad for which an id stands.
fn of_dyad<'a>(
    actor: &'a str,
    dyad: &[String; 2],
    states: &'a BTreeMap<String, String>,
) -> Option<&'a str> {
    state(actor, states).filter(|state| dyad.iter().any(|side| side == state))
}

impl IssueEntry {
    fn add(&mut self, row: &Row, dyad: &[String; 2], states: &BTreeMap<String, String>) {
        self.facts += 1;
        let date = row
            .evidence
            .date
            .as_deref()
            .or(row.evidence.document_date.as_deref());
        if let Some(day) = first_day(date)
            && let Some(month) = day.get(..7)
        {
            match self.months.iter_mut().find(|known| known.month == month) {
                Some(known) => known.facts += 1,
                None => self.months.push(Month {
                    month: month.to_owned(),
                    facts: 1,
                }),
            }
            self.months.sort_by(|a, b| a.month.cmp(&b.month));
        }
        let took_place = matches!(row.modality.as_str(), "asserted" | "historical");
        if matches!(
            row.kind.as_str(),
            "statement" | "event" | "proposal" | "commitment"
        ) {
            for who in &row.source {
                if let Some(side) = of_dyad(who, dyad, states) {
                    self.positions.push(Position {
                        side: side.to_owned(),
                        who: who.clone(),
                        date: date.map(str::to_owned),
                        stance: row.stance.clone(),
                        root: row.root.clone(),
                        evidence: row.evidence.clone(),
                    });
                }
            }
        }
        if let Some(mark) = &row.mark {
            let told = if mark == "agreed" {
                &mut self.agreed
            } else {
                &mut self.disputes
            };
            told.push(row.evidence.clone());
            self.status = Some(mark.clone());
            self.since = date.map(str::to_owned);
            return;
        }
        let Some(root) = row
            .root
            .as_deref()
            .filter(|_| took_place && row.kind == "event")
        else {
            return;
        };
        let mut sides: Vec<&str> = row
            .source
            .iter()
            .filter_map(|who| of_dyad(who, dyad, states))
            .collect();
        sides.sort_unstable();
        sides.dedup();
        if AGAINST.contains(&root) && !sides.is_empty() {
            self.disputes.push(row.evidence.clone());
            self.status = Some("unresolved".to_owned());
            self.since = date.map(str::to_owned);
        } else if ACCEPTS.contains(&root) && sides.len() == 2 {
            self.agreed.push(row.evidence.clone());
            self.status = Some("agreed".to_owned());
            self.since = date.map(str::to_owned);
        }
    }
}
