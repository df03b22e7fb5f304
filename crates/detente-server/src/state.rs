//! The state of the relationship: what looks at the whole record and is kept until it changes.

use std::{sync::Arc, time::Duration};

use detente_measure::{
    Break, BreakOptions, Direction, IndexOptions, Month, Point, PollSeries, Series, Source, breaks,
    index, polls,
};
use detente_record::{
    ChannelEntry, Contradiction, ContradictionShort, LedgerFilter, Parties, Record, StatusSum,
    Undertaking,
};
use serde::Serialize;

use crate::{app::App, problem::Problem, viewer::Viewer};

/// The state of the relationship.
#[derive(Debug)]
pub(crate) struct State {
    /// Both together, month by month; `None` if the record names no two states.
    pub(crate) series: Option<Series>,
    pub(crate) changes: Vec<Break>,
    pub(crate) polls: Vec<PollSeries>,
    /// The most used first.
    pub(crate) channels: Vec<Course>,
    /// Those of the newest documents first.
    pub(crate) contradictions: Vec<ContradictionShort>,
    pub(crate) undertakings: Vec<StatusSum>,
    /// Due and not known to be done, the newest first.
    pub(crate) overdue: Vec<Undertaking>,
    /// Not yet due, or without a due date, the newest first.
    pub(crate) open: Vec<Undertaking>,
}

/// A channel over time.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Course {
    pub(crate) channel: String,
    pub(crate) status: String,
    /// Since when, EDTF.
    pub(crate) since: Option<String>,
    /// When it was used last, EDTF.
    pub(crate) last_held: Option<String>,
    /// How often it was used.
    pub(crate) uses: u64,
    pub(crate) stretches: Vec<Stretch>,
}

/// A time in which a channel has one status.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stretch {
    pub(crate) status: String,
    pub(crate) from: Month,
    /// The last month, or that of the latest document.
    pub(crate) to: Month,
    /// The fact that shows it.
    pub(crate) fact: String,
}

/// Statuses of what is still to be done.
pub(crate) const OPEN: [&str; 7] = [
    "open",
    "proposed",
    "agreed",
    "in_force",
    "partly_kept",
    "resumed",
    "disputed",
];

/// Undertakings on the overview.
const SHOWN: usize = 5;

impl State {
    fn of(record: &Record, parties: &Parties) -> Result<Self, Problem> {
        let mut state = Self {
            series: None,
            changes: Vec::new(),
            polls: polls(&record.polls(&LedgerFilter::default())?),
            channels: Vec::new(),
            contradictions: record.contradiction_list()?,
            undertakings: record.undertaking_sums()?,
            overdue: Vec::new(),
            open: Vec::new(),
        };
        if record.meta("dyad")?.is_some_and(|dyad| dyad.contains('-')) {
            let source = Source::new(record, parties.clone())?;
            let gathered = source.events(record, &detente_record::Filter::default())?;
            let series = index(&gathered.events, Direction::Joint, &IndexOptions::default());
            state.changes = breaks(&series, &BreakOptions::default());
            state.series = Some(series);
        }
        let promises = vec!["commitment".to_owned(), "agreement".to_owned()];
        let last = record.document_span()?.map(|(_, last)| last);
        state.channels = record
            .channels(&LedgerFilter::default())?
            .into_iter()
            .map(|entry| course(&entry, last.as_deref()))
            .collect();
        let own = |course: &Course| (std::cmp::Reverse(course.uses), course.channel.clone());
        state.channels.sort_by_key(own);
        let overdue = LedgerFilter {
            kinds: promises.clone(),
            overdue: true,
            ..LedgerFilter::default()
        };
        state.overdue = record.undertakings(&overdue, None, SHOWN)?.0;
        let open = LedgerFilter {
            kinds: promises,
            statuses: OPEN.map(str::to_owned).to_vec(),
            ..LedgerFilter::default()
        };
        let (mut open, _) = record.undertakings(&open, None, 4 * SHOWN)?;
        open.retain(|entry| !entry.overdue);
        open.truncate(SHOWN);
        state.open = open;
        Ok(state)
    }

    /// The points of the index.
    pub(crate) fn points(&self) -> &[Point] {
        self.series.as_ref().map_or(&[], |series| &series.points)
    }

    /// The contradictions that are asked for, behind `skip` others, and how many there are.
    pub(crate) fn contradictions(
        &self,
        record: &Record,
        filter: &LedgerFilter,
        skip: u64,
        size: usize,
    ) -> Result<(Vec<Contradiction>, u64), Problem> {
        let among = |asked: &[String], one: &String| asked.is_empty() || asked.contains(one);
        let bears = |asked: Option<&String>, all: &[String]| asked.is_none_or(|a| all.contains(a));
        let fitting = self.contradictions.iter().filter(|short| {
            among(&filter.kinds, &short.kind)
                && among(&filter.statuses, &short.verdict)
                && bears(filter.issue.as_ref(), &short.issues)
                && bears(filter.channel.as_ref(), &short.channels)
        });
        let total = fitting.clone().count() as u64;
        let mut found = Vec::new();
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        for short in fitting.skip(skip).take(size) {
            found.extend(record.contradiction(&short.id)?);
        }
        Ok((found, total))
    }

    /// Undertakings of these kinds with these statuses.
    pub(crate) fn sum(&self, kinds: &[&str], statuses: &[&str]) -> u64 {
        self.undertakings
            .iter()
            .filter(|sum| kinds.contains(&sum.kind.as_str()))
            .filter(|sum| statuses.contains(&sum.status.as_str()))
            .map(|sum| sum.entries)
            .sum()
    }
}

/// The month of a day.
fn month(day: &str) -> Option<Month> {
    day.parse().ok().map(Month::of)
}

/// Puts what was told of a channel into stretches of one status.
/// `last` is the day of the latest document.
pub(crate) fn course(entry: &ChannelEntry, last: Option<&str>) -> Course {
    let mut stretches: Vec<Stretch> = Vec::new();
    for change in &entry.history {
        let Some(from) = month(&change.from) else {
            continue;
        };
        if let Some(before) = stretches.last_mut() {
            before.to = before.from.max(from);
            if before.status == change.status {
                continue;
            }
        }
        stretches.push(Stretch {
            status: change.status.clone(),
            from,
            to: from,
            fact: change.evidence.fact.clone(),
        });
    }
    if let (Some(open), Some(last)) = (stretches.last_mut(), last.and_then(month)) {
        open.to = open.to.max(last);
    }
    Course {
        channel: entry.channel.clone(),
        status: entry.status.clone(),
        since: entry.since.clone(),
        last_held: entry.last_held.as_ref().map(|held| held.date.clone()),
        uses: entry.uses,
        stretches,
    }
}

impl App {
    /// The state of the relationship; `None` while it is being worked out for the first time and
    /// that takes longer than a page may wait.
    pub(crate) async fn state(&self, viewer: &Viewer) -> Result<Option<Arc<State>>, Problem> {
        self.state_within(viewer, self.settings.patience).await
    }

    /// The same, waiting until it is there.
    pub(crate) async fn state_whole(&self, viewer: &Viewer) -> Result<Option<Arc<State>>, Problem> {
        self.state_within(viewer, Duration::MAX).await
    }

    async fn state_within(
        &self,
        viewer: &Viewer,
        patience: Duration,
    ) -> Result<Option<Arc<State>>, Problem> {
        let parties = Arc::clone(&self.parties);
        let make = move |record: &Record| State::of(record, &parties);
        self.state.soon(self, viewer, patience, make).await
    }

    /// Begins to make sums over the whole record anew if that is due.
    pub(crate) fn refresh_sums(&self, viewer: &Viewer, revision: &Arc<str>) {
        let parties = Arc::clone(&self.parties);
        let make = move |record: &Record| State::of(record, &parties);
        self.state.refresh(self, viewer, revision, make);
        self.size
            .refresh(self, viewer, revision, |record| Ok(record.size()?));
        self.quality
            .refresh(self, viewer, revision, |record| Ok(record.quality()?));
    }

    /// True if the state that is known is that of another state of the record.
    pub(crate) fn is_state_behind(&self) -> Result<bool, Problem> {
        Ok(self.state.is_behind(&self.revision()?.id))
    }
}
