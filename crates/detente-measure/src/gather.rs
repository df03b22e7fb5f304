//! From a record to what is measured.

use std::collections::BTreeMap;

use detente_extract::{Fact, Kind, Modality, Review};
use detente_record::{Entry, Filter, Order, Parties, Record, RecordError};
use serde::Serialize;

use crate::{Counted, Month};

/// Where events come from: a record, the dyad, and the states of actors.
#[derive(Clone, Debug)]
pub struct Source {
    dyad: (String, String),
    parties: Parties,
}

/// Events that count, and why others do not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// In order of date, then as the facts come.
    pub events: Vec<Counted>,
    /// How many merged events were left out, by reason.
    pub left_out: LeftOut,
}

/// Merged events that do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Not an act between the two.
    pub other_pairs: usize,
    /// No PLOVER root, so no intensity.
    pub no_root: usize,
    /// Date missing, open, or longer than a month.
    pub no_month: usize,
}

impl Source {
    /// The dyad of `record`, such as `JPN-KOR`, with what its documents add to `known`.
    ///
    /// # Errors
    /// If the record cannot be read or names no dyad.
    pub fn new(record: &Record, known: Parties) -> Result<Self, RecordError> {
        let dyad = record.meta("dyad")?.unwrap_or_default();
        let Some((first, second)) = dyad.split_once('-') else {
            return Err(RecordError::Query(format!(
                "the record's dyad `{dyad}` is not of the form JPN-KOR"
            )));
        };
        Ok(Self {
            dyad: (first.to_owned(), second.to_owned()),
            parties: record.parties(known)?,
        })
    }

    /// First and second member.
    pub const fn dyad(&self) -> (&String, &String) {
        (&self.dyad.0, &self.dyad.1)
    }

    /// The merged events between the two that `filter` asks for and that took place: asserted or,
    /// at their own date, historical. The time limits of `filter` are not used, so that a state
    /// with a half-life knows what came before: limit the months of the index.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn events(&self, record: &Record, filter: &Filter) -> Result<Gathered, RecordError> {
        let mut filter = Filter {
            kinds: vec![Kind::Event],
            from: None,
            to: None,
            limit: None,
            ..filter.clone()
        };
        if filter.modalities.is_empty() {
            filter.modalities = vec![Modality::Asserted, Modality::Historical];
        }
        Ok(self.count(&record.facts(&filter, Order::Date)?))
    }

    /// The merged events among `entries`, which may be of any kind. The first report of each, by
    /// date and name of its document, tells its date, sides and intensity.
    pub fn count(&self, entries: &[Entry]) -> Gathered {
        let mut events: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            let fact = &entry.fact;
            let took_place = matches!(fact.modality, Modality::Asserted | Modality::Historical);
            if fact.kind == Kind::Event
                && took_place
                && fact.review != Review::Rejected
                && entry.duplicate_of.is_none()
            {
                events
                    .entry(entry.event.as_ref().unwrap_or(&fact.id))
                    .or_default()
                    .push(entry);
            }
        }
        let mut gathered = Gathered::default();
        for (event, mut reports) in events {
            reports.sort_by_key(|e| {
                let f = &e.fact;
                (
                    e.document_date.is_none(),
                    &e.document_date,
                    &f.document,
                    f.start,
                    f.end,
                    &f.id,
                )
            });
            let first = &reports[0].fact;
            let (source, target) = self.sides(first);
            let (forward, back) = self.directions(&source, &target, first);
            if !forward && !back {
                gathered.left_out.other_pairs += 1;
                continue;
            }
            let (Some(root), Some(intensity)) = (first.root, first.intensity) else {
                gathered.left_out.no_root += 1;
                continue;
            };
            let Some((date, month)) = first.date.and_then(|d| Some((d, Month::holding(d)?))) else {
                gathered.left_out.no_month += 1;
                continue;
            };
            gathered.events.push(Counted {
                event: event.to_owned(),
                month,
                date: date.to_string(),
                forward,
                back,
                source,
                target,
                root: root.to_string(),
                intensity,
                issue: first.issue.clone(),
                document: first.document.clone(),
                facts: reports.iter().map(|e| e.fact.id.clone()).collect(),
            });
        }
        gathered.events.sort_by(|a, b| {
            let key = |c: &Counted| (c.month, c.date.clone(), c.document.clone(), c.event.clone());
            key(a).cmp(&key(b))
        });
        gathered
    }

    fn of(&self, actors: &[String]) -> Vec<String> {
        let mut states: Vec<String> = actors
            .iter()
            .filter_map(|actor| self.parties.state(actor))
            .map(str::to_owned)
            .collect();
        states.sort();
        states.dedup();
        states
    }

    /// States that act and are acted upon.
    fn sides(&self, fact: &Fact) -> (Vec<String>, Vec<String>) {
        (self.of(&fact.source), self.of(&fact.target))
    }

    /// Codebook 7: an act belongs to the dyad if both are among its sides, or, without a target, if
    /// its clause is about the pair: then the other one is named among its actors. Acts of both
    /// together count in both directions.
    fn directions(&self, source: &[String], target: &[String], fact: &Fact) -> (bool, bool) {
        let has = |states: &[String], member: &String| states.iter().any(|s| s == member);
        let (a, b) = (&self.dyad.0, &self.dyad.1);
        if has(source, a) && has(source, b) {
            return (true, true);
        }
        let about = if fact.target.is_empty() {
            self.of(&fact.actors)
        } else {
            target.to_vec()
        };
        (
            has(source, a) && has(&about, b),
            has(source, b) && has(&about, a),
        )
    }
}
