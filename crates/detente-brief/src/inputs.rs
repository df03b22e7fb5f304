//! What a brief is made of.

use std::collections::BTreeMap;

use detente_codebook::Codebook;
use detente_extract::{Fact, Kind, Review};
use detente_measure::{
    Accuracy, Break, BreakOptions, Direction, Gathered, IndexOptions, LeftOut, Month, PollSeries,
    Series, Source, breaks, index, polls,
};
use detente_record::{Entry, Filter, LedgerFilter, Order, Parties, Record, RecordError};
use detente_text::date::Edtf;
use jiff::civil::Date;

use crate::{Words, ledgers::Ledgers};

/// A fact with its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// The fact.
    pub fact: Fact,
    /// Who published it.
    pub outlet: Option<String>,
    /// Date of its document, EDTF.
    pub document_date: Option<String>,
    /// The merged event that it reports.
    pub event: Option<String>,
}

/// An entry of a ledger: a channel, a commitment or a proposal, as it stands at the end of the time.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its name: a channel id, or the words of a commitment.
    pub name: String,
    /// Status (codebook 6.3 and 6.4), or `overdue`.
    pub status: String,
    /// Since when, EDTF.
    pub since: Option<Edtf>,
    /// When it falls due, EDTF.
    pub due: Option<Edtf>,
    /// Who is bound, or who meets.
    pub who: Vec<String>,
    /// Towards whom.
    pub towards: Vec<String>,
    /// The facts that show it, the deciding one first. Without any it is left out of the brief.
    pub evidence: Vec<Cited>,
}

/// Two texts that do not agree, or a claim that the record refutes.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// About what: `date`, `figure`, `record_claim`, `not_held`.
    pub kind: String,
    /// The facts on either side, at least two.
    pub sides: Vec<Cited>,
}

/// What the record holds for the time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Documents dated in the time.
    pub documents: usize,
    /// Outlets, in order.
    pub outlets: Vec<String>,
    /// Facts of the time.
    pub facts: usize,
    /// Facts of the record without a date.
    pub undated: usize,
    /// Facts of the record.
    pub all: usize,
    /// Events that do not count in the index, by reason; of the whole record.
    pub left_out: LeftOut,
    /// How far the coder is right.
    pub accuracy: Option<Accuracy>,
}

/// All that a brief is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// First and second member of the dyad.
    pub dyad: (String, String),
    /// First day.
    pub since: Date,
    /// Last day.
    pub until: Date,
    /// Joint index of the time.
    pub series: Series,
    /// Joint index of an equally long time before.
    pub before: Series,
    /// Change points of the whole record that fall into the time.
    pub changes: Vec<Break>,
    /// Facts dated in the time, in order of date; copies and rejected ones left out.
    pub facts: Vec<Cited>,
    /// Facts that series and changes name but that are dated outside the time.
    pub others: Vec<Cited>,
    /// Poll series with a figure in the time.
    pub polls: Vec<PollSeries>,
    /// Channels as they stand.
    pub channels: Vec<Standing>,
    /// Undertakings that moved or fell due in the time.
    pub commitments: Vec<Standing>,
    /// Contradictions with a side in the time.
    pub contradictions: Vec<Contradiction>,
    /// What the record holds.
    pub coverage: Coverage,
}

impl Cited {
    fn of(entry: &Entry) -> Self {
        Self {
            fact: entry.fact.clone(),
            outlet: entry.outlet.clone(),
            document_date: entry.document_date.clone(),
            event: entry.event.clone(),
        }
    }
}

impl Inputs {
    /// What the facts and ledgers of a record give for the days from `since` to `until`.
    ///
    /// # Errors
    /// If the record cannot be read or names no dyad.
    pub fn gather(
        record: &Record,
        book: &Codebook,
        since: Date,
        until: Date,
    ) -> Result<Self, RecordError> {
        let source = Source::new(record, Parties::of(&book.actors))?;
        let entries: Vec<Entry> = record
            .facts(&Filter::default(), Order::Date)?
            .into_iter()
            .filter(|e| e.duplicate_of.is_none() && e.fact.review != Review::Rejected)
            .collect();
        let gathered = source.count(&entries);
        let (first, last) = (Month::of(since), Month::of(until));
        let length = last.number() - first.number() + 1;
        let joint = |from, to| {
            let options = IndexOptions {
                from: Some(from),
                to: Some(to),
                ..IndexOptions::default()
            };
            index(&gathered.events, Direction::Joint, &options)
        };
        let whole = index(&gathered.events, Direction::Joint, &IndexOptions::default());
        let mut changes = breaks(&whole, &BreakOptions::default());
        changes.retain(|c| (first..=last).contains(&c.month));
        let inside = |e: &&Entry| {
            let date = e.fact.date.or_else(|| document_date(e));
            begins(date).is_some_and(|day| (since..=until).contains(&day))
        };
        let facts: Vec<Cited> = entries.iter().filter(inside).map(Cited::of).collect();
        let (series, before) = (
            joint(first, last),
            joint(first.plus(-length), first.plus(-1)),
        );
        let mut series_of_polls = polls(&record.polls(&LedgerFilter::default())?);
        series_of_polls.retain(|s| s.points.iter().any(|p| (first..=last).contains(&p.month)));
        let named: Vec<&String> = [&series, &before]
            .into_iter()
            .flat_map(|s| s.points.iter().flat_map(|p| &p.facts))
            .chain(changes.iter().flat_map(|c| &c.facts))
            .chain(
                series_of_polls
                    .iter()
                    .flat_map(|s| s.points.iter().flat_map(|p| &p.facts)),
            )
            .collect();
        let others = entries
            .iter()
            .filter(|e| !inside(e) && named.contains(&&e.fact.id));
        let (a, b) = source.dyad();
        let mut inputs = Self {
            dyad: (a.clone(), b.clone()),
            since,
            until,
            coverage: coverage(&entries, &facts, &gathered, since, until),
            others: others.map(Cited::of).collect(),
            series,
            before,
            changes,
            facts,
            polls: series_of_polls,
            channels: Vec::new(),
            commitments: Vec::new(),
            contradictions: Vec::new(),
        };
        let cited: BTreeMap<&str, Cited> = entries
            .iter()
            .map(|e| (e.fact.id.as_str(), Cited::of(e)))
            .collect();
        Ledgers::read(record, &cited, since, until)?.into(&mut inputs);
        Ok(inputs)
    }

    /// The fact with that id.
    pub(crate) fn fact(&self, id: &str) -> Option<&Cited> {
        self.facts
            .iter()
            .chain(&self.others)
            .find(|c| c.fact.id == id)
    }

    /// Facts of one kind, in order of date.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Cited> {
        self.facts.iter().filter(move |c| c.fact.kind == kind)
    }

    /// Names of the two.
    pub(crate) fn names(&self, words: &Words) -> (String, String) {
        (words.actor(&self.dyad.0), words.actor(&self.dyad.1))
    }
}

fn document_date(entry: &Entry) -> Option<Edtf> {
    entry.document_date.as_deref().and_then(|d| d.parse().ok())
}

/// First day of a date.
pub(crate) fn begins(date: Option<Edtf>) -> Option<Date> {
    date.and_then(Edtf::earliest)
}

fn coverage(
    entries: &[Entry],
    facts: &[Cited],
    gathered: &Gathered,
    since: Date,
    until: Date,
) -> Coverage {
    let mut documents: Vec<&str> = Vec::new();
    let mut outlets: Vec<String> = Vec::new();
    for entry in entries {
        if begins(document_date(entry)).is_some_and(|day| (since..=until).contains(&day)) {
            documents.push(&entry.fact.document);
            outlets.extend(entry.outlet.clone());
        }
    }
    documents.sort_unstable();
    documents.dedup();
    outlets.sort();
    outlets.dedup();
    Coverage {
        documents: documents.len(),
        outlets,
        facts: facts.len(),
        undated: entries.iter().filter(|e| e.fact.date.is_none()).count(),
        all: entries.len(),
        left_out: gathered.left_out,
        accuracy: Some(Accuracy::measured()),
    }
}
