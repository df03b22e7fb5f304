//! What the ledgers of the record say of the time.

use std::collections::BTreeMap;

use detente_record::{ChannelEntry, CommitmentEntry, Evidence, LedgerFilter, Record, RecordError};
use detente_text::date::Edtf;
use jiff::civil::Date;

use crate::{
    Cited, Contradiction, Standing,
    inputs::{Inputs, begins},
};

/// Verdicts on what documents say against each other that a reader should see.
const OPEN: [&str; 3] = ["differ", "refuted", "not_shown"];

/// The state of the ledgers at the end of `until`, as far as something of it lies in the time.
pub(crate) struct Ledgers {
    pub(crate) channels: Vec<Standing>,
    pub(crate) commitments: Vec<Standing>,
    pub(crate) contradictions: Vec<Contradiction>,
}

impl Ledgers {
    /// Reads them. `cited` are the facts that a brief may quote, by id: what only facts outside it
    /// show (copies, rejected ones) is left out.
    pub(crate) fn read(
        record: &Record,
        cited: &BTreeMap<&str, Cited>,
        since: Date,
        until: Date,
    ) -> Result<Self, RecordError> {
        let filter = LedgerFilter {
            as_of: Some(until),
            ..LedgerFilter::default()
        };
        let within = |date: Option<&str>| {
            begins(edtf(date)).is_some_and(|day| (since..=until).contains(&day))
        };
        let facts = |shown: Vec<&Evidence>| -> Vec<Cited> {
            shown
                .into_iter()
                .filter_map(|e| cited.get(e.fact.as_str()).cloned())
                .collect()
        };
        let channels = record
            .channels(&filter)?
            .iter()
            .filter(|c| c.history.iter().any(|h| within(Some(&h.date))))
            .map(|c| channel(c, &facts))
            .collect();
        let commitments = record
            .commitments(&filter)?
            .iter()
            .filter(|c| {
                within(c.due.as_deref()) || c.history.iter().any(|h| within(h.date.as_deref()))
            })
            .map(|c| commitment(c, &facts))
            .collect();
        let contradictions = record
            .contradictions(&filter)?
            .into_iter()
            .filter(|c| OPEN.contains(&c.verdict.as_str()))
            .filter(|c| {
                c.sides
                    .iter()
                    .any(|s| within(s.evidence.document_date.as_deref()))
            })
            .map(|c| Contradiction {
                sides: facts(c.sides.iter().map(|s| &s.evidence).collect()),
                kind: c.kind,
            })
            .collect();
        Ok(Self {
            channels,
            commitments,
            contradictions,
        })
    }

    /// Puts them into what a brief is made of.
    pub(crate) fn into(self, inputs: &mut Inputs) {
        inputs.channels = self.channels;
        inputs.commitments = self.commitments;
        inputs.contradictions = self.contradictions;
    }
}

fn edtf(date: Option<&str>) -> Option<Edtf> {
    date.and_then(|d| d.parse().ok())
}

fn channel(entry: &ChannelEntry, facts: &dyn Fn(Vec<&Evidence>) -> Vec<Cited>) -> Standing {
    let held = entry.last_held.iter();
    Standing {
        name: entry.channel.clone(),
        status: entry.status.clone(),
        since: edtf(entry.since.as_deref()),
        due: None,
        who: held.clone().flat_map(|h| h.who.clone()).collect(),
        towards: Vec::new(),
        evidence: facts(
            entry
                .history
                .last()
                .map(|h| &h.evidence)
                .into_iter()
                .chain(held.map(|h| &h.evidence))
                .collect(),
        ),
    }
}

fn commitment(entry: &CommitmentEntry, facts: &dyn Fn(Vec<&Evidence>) -> Vec<Cited>) -> Standing {
    let deciding = entry.history.last().and_then(|c| c.evidence.as_ref());
    Standing {
        name: entry.kind.clone(),
        status: if entry.overdue {
            "overdue".to_owned()
        } else {
            entry.status.clone()
        },
        since: edtf(entry.since.as_deref()).filter(|_| !entry.overdue),
        due: edtf(entry.due.as_deref()),
        who: entry.who.clone(),
        towards: entry.towards.clone(),
        // What is promised first, then what became of it.
        evidence: facts(
            entry
                .mentions
                .iter()
                .map(|m| &m.evidence)
                .take(1)
                .chain(deciding)
                .collect(),
        ),
    }
}
