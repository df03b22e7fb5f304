//! What reviewers have decided about which facts belong together.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::RecordError;

/// Decisions that hold, by rows of facts. Made anew for each merge: the rows of a fact change when
/// its document is read again, the fact itself is found by its id, else by document and quote.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    same: FxHashMap<i64, Vec<(i64, String)>>,
    apart: FxHashSet<(i64, i64)>,
    /// Row of a mention → status, date, who decided, number of the decision; in order.
    pub(crate) statuses: Vec<Given>,
    /// (mover, entry's fact) → accepted or not.
    pub(crate) links: BTreeMap<(i64, i64), (bool, String, i64)>,
}

/// A status given by hand.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) fact: i64,
    pub(crate) status: String,
    pub(crate) date: Option<String>,
    pub(crate) by: String,
    pub(crate) decision: i64,
}

impl Decided {
    pub(crate) fn read(connection: &Connection) -> Result<Self, RecordError> {
        let mut decided = Self::default();
        let mut find = connection.prepare(
            "SELECT f.fact_id FROM fact f JOIN document d USING (document_id)
             WHERE f.superseded_run IS NULL AND d.state <> 'superseded'
               AND (f.id = ?1 OR (d.name = ?2 AND f.quote = ?3))
             ORDER BY f.id <> ?1, f.start_char LIMIT 1",
        )?;
        let mut row_of = |id: Option<String>, document: Option<String>, quote: Option<String>| {
            let mut rows = find.query(rusqlite::params![id, document, quote])?;
            Ok::<Option<i64>, RecordError>(match rows.next()? {
                Some(row) => Some(row.get(0)?),
                None => None,
            })
        };
        let mut statement = connection.prepare(
            "SELECT decision_id, act, fact, document, quote, other, other_document, other_quote,
                    status, date, reviewer, decided
             FROM decision x
             WHERE act <> 'undo' AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.revokes = x.decision_id)
             ORDER BY decision_id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let decision: i64 = row.get(0)?;
            let act: String = row.get(1)?;
            let (reviewer, when): (String, String) = (row.get(10)?, row.get(11)?);
            let day = when.split('T').next().unwrap_or_default();
            let by = format!("decided by {reviewer} on {day} (decision {decision})");
            let Some(fact) = row_of(row.get(2)?, row.get(3)?, row.get(4)?)? else {
                continue;
            };
            if act == "status" {
                decided.statuses.push(Given {
                    fact,
                    status: row.get(8)?,
                    date: row.get(9)?,
                    by,
                    decision,
                });
                continue;
            }
            let Some(other) = row_of(row.get(5)?, row.get(6)?, row.get(7)?)? else {
                continue;
            };
            match act.as_str() {
                "same" => {
                    decided.apart.remove(&pair(fact, other));
                    for (a, b) in [(fact, other), (other, fact)] {
                        decided.same.entry(a).or_default().push((b, by.clone()));
                    }
                }
                "apart" => {
                    for (a, b) in [(fact, other), (other, fact)] {
                        if let Some(partners) = decided.same.get_mut(&a) {
                            partners.retain(|(partner, _)| *partner != b);
                        }
                    }
                    decided.apart.insert(pair(fact, other));
                }
                "accept" | "reject" => {
                    let accepted = act == "accept";
                    decided
                        .links
                        .insert((fact, other), (accepted, by, decision));
                }
                _ => {}
            }
        }
        Ok(decided)
    }

    /// Facts that a reviewer has put together with this one, and who did.
    pub(crate) fn same_as(&self, row: i64) -> &[(i64, String)] {
        self.same.get(&row).map_or(&[], Vec::as_slice)
    }

    /// True if a reviewer has said that these two are not the same.
    pub(crate) fn are_apart(&self, a: i64, b: i64) -> bool {
        !self.apart.is_empty() && self.apart.contains(&pair(a, b))
    }
}

fn pair(a: i64, b: i64) -> (i64, i64) {
    (a.min(b), a.max(b))
}
