//! Pages of the ledgers: undertakings and contradictions.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use crate::{
    Evidence, LedgerFilter, Record, RecordError,
    views::{EVIDENCE, SETTLED, evidence, latest_day, list, names},
};

/// Rows that one page looks at.
const SCAN: usize = 5_000;

/// An undertaking in a list; [`Record::commitment`] tells all of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Undertaking {
    /// Its id.
    pub id: String,
    /// `proposal`, `commitment`, `agreement` or `measure`.
    pub kind: String,
    /// Who owes or proposes.
    pub who: Vec<String>,
    /// To whom; of a proposal, who should act.
    pub towards: Vec<String>,
    /// Issues of all mentions.
    pub issue: Vec<String>,
    /// Channel of the first mention.
    pub channel: Option<String>,
    /// Since when, EDTF.
    pub date: Option<String>,
    /// Until when it is to be done, EDTF.
    pub due: Option<String>,
    /// The due date has passed and nothing is known of its being done.
    pub overdue: bool,
    /// Status of codebook 6.4.
    pub status: String,
    /// First day of that status.
    pub since: Option<String>,
    /// Places that tell it.
    pub mentions: u64,
    /// Documents that tell it.
    pub documents: u64,
    /// The first mention.
    pub first: Evidence,
}

/// How many undertakings have a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusSum {
    /// `proposal`, `commitment`, `agreement` or `measure`.
    pub kind: String,
    /// Status of codebook 6.4.
    pub status: String,
    /// So many.
    pub entries: u64,
}

/// A contradiction in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContradictionShort {
    /// Its id.
    pub id: String,
    /// `date`, `figure`, `record_claim` or `not_held`.
    pub kind: String,
    /// `differ`, `refuted`, `supported`, `unchecked` or `not_shown`.
    pub verdict: String,
    /// Issues of both sides.
    pub issues: Vec<String>,
    /// Channels of both sides.
    pub channels: Vec<String>,
}

const COLUMNS: &str = "entry_id, kind, who, towards, issue, channel, date, due, due_to, status,
    status_from, mentions, documents, first_fact, date_from";

/// Condition for what is overdue on day `?9`.
fn is_overdue() -> String {
    format!("due_to < ?9 AND status NOT IN ('{}')", SETTLED.join("', '"))
}

impl Record {
    /// One page of undertakings, newest first, those without a date last, and the id behind which
    /// the next page begins. `after` is such an id. Of `filter` the fields `as_of`, `id`, `limit`
    /// and `latest` are not used. A page looks at 5,000 entries at most, so it may be short.
    ///
    /// # Errors
    /// If `after` is no id, or the database cannot be read.
    pub fn undertakings(
        &self,
        filter: &LedgerFilter,
        after: Option<&str>,
        size: usize,
    ) -> Result<(Vec<Undertaking>, Option<String>), RecordError> {
        let today = latest_day(&self.connection)?.unwrap_or_default();
        let (mut dated, mut day, mut id) = (true, "~".to_owned(), "~".to_owned());
        if let Some(after) = after {
            let known: Option<Option<String>> = self
                .connection
                .prepare_cached("SELECT date_from FROM undertaking WHERE entry_id = ?1")?
                .query_row([after], |row| row.get(0))
                .optional()?;
            let from = known.ok_or_else(|| {
                RecordError::Query(format!("no undertaking has the id `{after}`"))
            })?;
            dated = from.is_some();
            day = from.unwrap_or_default();
            id = after.to_owned();
        }
        let mut found = Vec::new();
        let mut seen = 0;
        loop {
            // Rows with a date come by its index, the others by their id.
            let place = if dated {
                "date_from IS NOT NULL AND (date_from, entry_id) < (?1, ?2)"
            } else {
                "date_from IS NULL AND ?1 IS NOT NULL AND entry_id < ?2"
            };
            let sql = format!(
                "SELECT {COLUMNS} FROM undertaking WHERE {place}
                   AND (?3 = '[]' OR kind IN (SELECT value FROM json_each(?3)))
                   AND (?4 = '[]' OR status IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR channel = ?5)
                   AND (?6 IS NULL OR date_from >= ?6) AND (?7 IS NULL OR date_from <= ?7)
                   AND (?8 = 0 OR ({}))
                 ORDER BY date_from DESC, entry_id DESC",
                is_overdue()
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params![
                day,
                id,
                json(&filter.kinds),
                json(&filter.statuses),
                filter.channel,
                filter.from.map(|day| day.to_string()),
                filter.to.map(|day| day.to_string()),
                filter.overdue,
                today
            ])?;
            while let Some(row) = rows.next()? {
                if found.len() == size || seen == SCAN {
                    let last: Option<&Undertaking> = found.last();
                    let next = if seen == SCAN {
                        Some(&id)
                    } else {
                        last.map(|u| &u.id)
                    };
                    let next = next.cloned();
                    return Ok((found, next));
                }
                seen += 1;
                id = row.get(0)?;
                let who = list(&row.get::<_, String>(2)?);
                let towards = list(&row.get::<_, String>(3)?);
                let issue = list(&row.get::<_, String>(4)?);
                let asked = filter.actor.as_ref();
                if asked.is_none_or(|asked| names(&who, asked) || names(&towards, asked))
                    && filter
                        .issue
                        .as_ref()
                        .is_none_or(|asked| issue.contains(asked))
                {
                    found.push(self.undertaking(row, (who, towards, issue), &today)?);
                }
            }
            if !dated || filter.from.is_some() || filter.to.is_some() {
                return Ok((found, None));
            }
            dated = false;
            id = "~".to_owned();
        }
    }

    fn undertaking(
        &self,
        row: &Row<'_>,
        (who, towards, issue): (Vec<String>, Vec<String>, Vec<String>),
        today: &str,
    ) -> Result<Undertaking, RecordError> {
        let status: String = row.get(9)?;
        let due: Option<String> = row.get(8)?;
        Ok(Undertaking {
            id: row.get(0)?,
            kind: row.get(1)?,
            who,
            towards,
            issue,
            channel: row.get(5)?,
            date: row.get(6)?,
            due: row.get(7)?,
            overdue: due.is_some_and(|due| due.as_str() < today)
                && !SETTLED.contains(&status.as_str()),
            status,
            since: row.get(10)?,
            mentions: row.get::<_, i64>(11)? as u64,
            documents: row.get::<_, i64>(12)? as u64,
            first: self.evidence_of(row.get(13)?)?,
        })
    }

    fn evidence_of(&self, fact: i64) -> Result<Evidence, RecordError> {
        let sql = format!(
            "SELECT {EVIDENCE} FROM fact f JOIN document d USING (document_id) WHERE f.fact_id = ?1"
        );
        Ok(self
            .connection
            .prepare_cached(&sql)?
            .query_row([fact], |row| evidence(row, 0))?)
    }

    /// How many undertakings of each kind have which status. Looks at all of them.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn undertaking_sums(&self) -> Result<Vec<StatusSum>, RecordError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT kind, status, count(*) FROM undertaking GROUP BY kind, status
                 ORDER BY kind, status",
            )?
            .query_map([], |row| {
                Ok(StatusSum {
                    kind: row.get(0)?,
                    status: row.get(1)?,
                    entries: row.get::<_, i64>(2)? as u64,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Ids of the undertakings that a fact tells of.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn undertakings_of(&self, fact: i64) -> Result<Vec<String>, RecordError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT entry_id FROM undertaking_mention WHERE fact_id = ?1 ORDER BY entry_id",
            )?
            .query_map([fact], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }

    /// All contradictions and claims of record in short, those of the newest documents first. Looks
    /// at all of them; [`Record::contradiction`] tells one.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn contradiction_list(&self) -> Result<Vec<ContradictionShort>, RecordError> {
        let mut statement = self.connection.prepare(
            "SELECT c.contradiction_id, c.kind, c.verdict, f.issue, o.issue, f.channel, o.channel
             FROM contradiction c JOIN fact f ON f.fact_id = c.fact_id
             JOIN document d USING (document_id) LEFT JOIN fact o ON o.fact_id = c.other_id
             ORDER BY d.date_from DESC, c.contradiction_id",
        )?;
        let rows = statement.query_map([], |row| {
            let mut issues = Vec::new();
            let mut channels = Vec::new();
            for at in [3, 4] {
                let of: Option<String> = row.get(at)?;
                issues.extend(of.iter().flat_map(|of| list(of)));
                channels.extend(row.get::<_, Option<String>>(at + 2)?);
            }
            for both in [&mut issues, &mut channels] {
                both.sort();
                both.dedup();
            }
            Ok(ContradictionShort {
                id: row.get(0)?,
                kind: row.get(1)?,
                verdict: row.get(2)?,
                issues,
                channels,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn json(values: &[String]) -> String {
    serde_json::to_string(values).unwrap_or_else(|_| "[]".to_owned())
}
