//! The statuses of undertakings over time, as rows.

use std::collections::{BTreeMap, BTreeSet};

use detente_codebook::Codebook;
use detente_text::date::Edtf;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use super::{
    entries::{self, Openers, Weights},
    moves::{Link, Mover, Target, Targets},
};
use crate::{
    RecordError,
    merge::{
        decided::Decided,
        events::{day_text, entry_id},
        place::Group,
        report::{Reader, Report, days},
    },
    wording::Plain,
};

/// A change of status, not yet a row.
#[derive(Clone, Debug)]
struct Step {
    /// Day that orders it.
    day: i32,
    told: i32,
    status: String,
    date: Option<String>,
    fact: Option<i64>,
    reason: String,
    decision: Option<i64>,
}

/// Works out the tables of undertakings anew.
pub(super) fn settle(
    connection: &Connection,
    reports: &[Report],
    plain: &[Plain],
    reader: &mut Reader<'_, '_>,
    decided: &Decided,
    book: &Codebook,
) -> Result<(), RecordError> {
    let openers = Openers::new(book);
    let mut opening: Vec<Report> = Vec::new();
    let mut kinds: Vec<String> = Vec::new();
    let mut first: Vec<(String, String)> = Vec::new();
    for (report, plain) in reports.iter().zip(plain) {
        if let Some((kind, status, why)) = openers.of(report, plain) {
            opening.push(report.clone());
            kinds.push(kind);
            first.push((status, why));
        }
    }
    let weights = Weights::of(opening.iter());
    let placing = entries::place(&opening, &kinds, &weights, decided);
    let all: Vec<Target> = placing
        .groups
        .iter()
        .map(|group| target(group, &opening, &kinds))
        .collect();
    let targets = Targets::new(all);
    let mover = Mover::new(book, &mut reader.wording);
    let mut links: Vec<Link> = Vec::new();
    for (i, (report, plain)) in reports.iter().zip(plain).enumerate() {
        links.extend(mover.links(i, report, plain, &targets, &weights));
    }
    let copies = copies(connection)?;
    let mut by_entry: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    let mut waiting: Vec<Link> = Vec::new();
    for mut link in links {
        let row = reports[link.report].row;
        let decision = targets.all[link.entry]
            .rows
            .iter()
            .find_map(|mention| decided.links.get(&(row, *mention)));
        match decision {
            Some((false, ..)) => continue,
            Some((true, by, _)) => {
                link.sure = true;
                link.why = format!("{}; {by}", link.why);
            }
            None => {}
        }
        // Once a reviewer has said which one is meant, the others wait no more.
        if link.sure {
            by_entry.entry(link.entry).or_default().push(link);
        } else if !decided
            .links
            .iter()
            .any(|((mover, _), (yes, ..))| *mover == row && *yes)
        {
            waiting.push(link);
        }
    }
    let disputes = disputes(reports, plain, &mover, &targets, &weights, reader);
    let mut writer = Writer::new(connection)?;
    let mut latest: Vec<String> = Vec::new();
    for (number, group) in placing.groups.iter().enumerate() {
        let opener = group.members[0].0;
        let mut steps: Vec<Step> = vec![opening_step(&opening[opener], &first[opener])];
        let mut mentions: Vec<(i64, String)> = group
            .members
            .iter()
            .map(|(i, why)| (opening[*i].row, why.clone()))
            .collect();
        for link in by_entry.get(&number).into_iter().flatten() {
            let report = &reports[link.report];
            steps.push(step_of(report, &link.to, &link.why));
            mentions.push((report.row, format!("tells that it was {}", link.to)));
        }
        if let Some(steps_of_dispute) = disputes.get(&number) {
            steps.extend(steps_of_dispute.iter().cloned());
        }
        steps[1..].sort_by_key(|step| (step.day, step.told));
        let mut history = follow(&targets.all[number].kind, steps);
        for given in &decided.statuses {
            if targets.all[number].rows.contains(&given.fact) {
                history.push(Step {
                    day: edtf_day(given.date.as_deref()).unwrap_or(i32::MAX),
                    told: i32::MAX,
                    status: given.status.clone(),
                    date: given.date.clone(),
                    fact: None,
                    reason: given.by.clone(),
                    decision: Some(given.decision),
                });
            }
        }
        let now = history.last().map(|step| step.status.clone());
        latest.push(now.unwrap_or_default());
        writer.entry(
            group,
            &opening,
            &targets.all[number],
            &history,
            mentions,
            &copies,
        )?;
    }
    let id = |entry: usize| {
        let first = &opening[placing.groups[entry].members[0].0];
        entry_id('u', &first.name, &first.id)
    };
    for link in &waiting {
        let (kind, now) = (&targets.all[link.entry].kind, &latest[link.entry]);
        if now == &link.to || !may_follow(kind, now, &link.to) {
            continue;
        }
        writer.waiting(&reports[link.report], &id(link.entry), link)?;
    }
    Ok(())
}

fn edtf_day(date: Option<&str>) -> Option<i32> {
    let edtf: Edtf = date?.parse().ok()?;
    let (from, to) = days(edtf);
    from.or(to)
}

/// An entry as moves see it: what its mentions have together.
fn target(group: &Group, opening: &[Report], kinds: &[String]) -> Target {
    let first = &opening[group.members[0].0];
    let mut target = Target {
        kind: kinds[group.members[0].0].clone(),
        source: first.source.clone(),
        target: first.target.clone(),
        channel: first.channel,
        content: first.words.content.clone(),
        negated: first.modality == "negated",
        from: first.from,
        told: first.told,
        ..Target::default()
    };
    for (member, _) in &group.members {
        let report = &opening[*member];
        target.rows.insert(report.row);
        target.quotes.push((report.document, report.quote.clone()));
        target.issue.extend(&report.issue);
        target
            .parties
            .extend(report.source.iter().chain(&report.target));
        if target.target.is_empty() {
            target.target.clone_from(&report.target);
        }
        target.from = target.from.into_iter().chain(report.from).min();
        target.told = target.told.into_iter().chain(report.told).min();
    }
    for list in [&mut target.issue, &mut target.parties] {
        list.sort_unstable();
        list.dedup();
    }
    target
}

fn opening_step(report: &Report, (status, why): &(String, String)) -> Step {
    Step {
        day: report.from.or(report.told).unwrap_or(i32::MIN),
        told: report.told.unwrap_or(i32::MIN),
        status: status.clone(),
        date: report.date.clone().or_else(|| report.told.map(day_text)),
        fact: Some(report.row),
        reason: why.clone(),
        decision: None,
    }
}

fn step_of(report: &Report, to: &str, why: &str) -> Step {
    Step {
        day: report
            .from
            .or(report.to)
            .or(report.told)
            .unwrap_or(i32::MAX),
        told: report.told.unwrap_or(i32::MAX),
        status: to.to_owned(),
        date: report.date.clone().or_else(|| report.told.map(day_text)),
        fact: Some(report.row),
        reason: why.to_owned(),
        decision: None,
    }
}

/// The changes that follow from the steps: a status that holds already is no change, and some only
/// follow upon others.
fn follow(kind: &str, steps: Vec<Step>) -> Vec<Step> {
    let mut history: Vec<Step> = Vec::new();
    for step in steps {
        let Some(last) = history.last() else {
            history.push(step);
            continue;
        };
        let now = last.status.as_str();
        let may = may_follow(kind, now, &step.status);
        if may && now != step.status {
            history.push(step);
        }
    }
    history
}

/// True if an entry of that kind may go from one status to the other.
fn may_follow(kind: &str, now: &str, next: &str) -> bool {
    match next {
        // What was put on hold or ended comes back.
        "resumed" => matches!(now, "suspended" | "broken" | "withdrawn" | "partly_kept"),
        // What is over is not over once more.
        "suspended" | "broken" => {
            now != "superseded" && (now != "withdrawn" || kind == "commitment")
        }
        "agreed" => now == "proposed",
        "in_force" => matches!(now, "proposed" | "open" | "agreed"),
        "partly_kept" => !matches!(now, "kept" | "withdrawn" | "superseded"),
        "withdrawn" | "superseded" => now != "superseded",
        _ => true,
    }
}

/// Entries of which one side says that they were not kept, and the bound side that they were.
fn disputes(
    reports: &[Report],
    plain: &[Plain],
    mover: &Mover<'_>,
    targets: &Targets,
    weights: &Weights,
    reader: &Reader<'_, '_>,
) -> FxHashMap<usize, Vec<Step>> {
    let mut reproaches: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    let mut denials: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, (report, plain)) in reports.iter().zip(plain).enumerate() {
        let Some(accuses) = mover.dispute(report, plain) else {
            continue;
        };
        for entry in mover.near(report, targets, weights) {
            let target = &targets.all[entry];
            if !matches!(target.kind.as_str(), "commitment" | "agreement")
                || target.rows.contains(&report.row)
            {
                continue;
            }
            let speaker = report.speaker.as_ref();
            let speaks = speaker.and_then(|speaker| reader.parties.state(speaker));
            let is = |party: &u32| Some(reader.numbers.name(*party)) == speaks;
            let bound = target.source.iter().any(is) || meets(&report.source, &target.source);
            let other = target.target.iter().any(is) || meets(&report.source, &target.target);
            let Some((_, common)) = mover.about(report, plain, target, weights) else {
                continue;
            };
            if accuses && (other || target.kind == "agreement") {
                reproaches.entry(entry).or_default().push((i, common));
            } else if !accuses && bound {
                denials.entry(entry).or_default().push(i);
            }
        }
    }
    let mut found: FxHashMap<usize, Vec<Step>> = FxHashMap::default();
    for (entry, reproaches) in reproaches {
        for (reproach, common) in reproaches {
            let report = &reports[reproach];
            let denied = denials.get(&entry).into_iter().flatten().find(|denial| {
                let denial = &reports[**denial];
                denial.row != report.row
                    && denial.told >= report.told
                    && (denial.source != report.source || denial.source.is_empty())
            });
            if let Some(denial) = denied {
                let why = format!(
                    "one side says that it was not kept ({common}), the other denies it: “{}”",
                    reports[*denial].quote
                );
                found
                    .entry(entry)
                    .or_default()
                    .push(step_of(report, "disputed", &why));
            }
        }
    }
    found
}

fn meets(a: &[u32], b: &[u32]) -> bool {
    crate::wording::shared(a, b) > 0
}

/// Documents that print a fact again, by its row.
fn copies(connection: &Connection) -> Result<FxHashMap<i64, Vec<i64>>, RecordError> {
    let mut copies: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
    let mut statement = connection.prepare(
        "SELECT x.of_fact, f.document_id FROM duplicate x JOIN fact f ON f.fact_id = x.fact_id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        copies.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(copies)
}

struct Writer<'c> {
    connection: &'c Connection,
    document: rusqlite::Statement<'c>,
}

impl<'c> Writer<'c> {
    fn new(connection: &'c Connection) -> Result<Self, RecordError> {
        Ok(Self {
            connection,
            document: connection.prepare("SELECT document_id FROM fact WHERE fact_id = ?1")?,
        })
    }

    fn entry(
        &mut self,
        group: &Group,
        opening: &[Report],
        target: &Target,
        history: &[Step],
        mut mentions: Vec<(i64, String)>,
        copies: &FxHashMap<i64, Vec<i64>>,
    ) -> Result<(), RecordError> {
        let first = &opening[group.members[0].0];
        let id = entry_id('u', &first.name, &first.id);
        let mut seen = BTreeSet::new();
        mentions.retain(|(row, _)| seen.insert(*row));
        let mut documents = BTreeSet::new();
        for (row, _) in &mentions {
            documents.insert(self.document.query_row([row], |row| row.get::<_, i64>(0))?);
            documents.extend(copies.get(row).into_iter().flatten());
        }
        let mut issue: Vec<&String> = Vec::new();
        let mut towards: &[String] = &first.towards;
        let mut due = None;
        for (member, _) in &group.members {
            let report = &opening[*member];
            for id in &report.issues {
                if !issue.contains(&id) {
                    issue.push(id);
                }
            }
            if towards.is_empty() {
                towards = &report.towards;
            }
            due = due.or(report.due.as_deref());
        }
        let due_to = due
            .and_then(|due| due.parse::<Edtf>().ok())
            .and_then(Edtf::latest)
            .map(|day| day.to_string());
        let last = history.last().map_or("open", |step| step.status.as_str());
        let known = |day: i32| day > i32::MIN && day < i32::MAX;
        let since = history
            .last()
            .map(|step| step.day)
            .filter(|day| known(*day));
        self.connection
            .prepare_cached(
                "INSERT INTO undertaking VALUES (?, ?, ?, ?, ?, ?, (SELECT channel FROM fact WHERE fact_id = ?3),
                    ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                id,
                target.kind,
                first.row,
                json(&first.who),
                json(towards),
                json(&issue),
                first.date.clone().or_else(|| first.told.map(day_text)),
                target.from.or(first.told).map(day_text),
                due,
                due_to,
                last,
                since.map(day_text),
                mentions.len() as i64,
                documents.len() as i64,
            ])?;
        let mut mention = self
            .connection
            .prepare_cached("INSERT INTO undertaking_mention VALUES (?, ?, ?)")?;
        for (row, why) in &mentions {
            mention.execute(params![row, id, why])?;
        }
        let mut change = self
            .connection
            .prepare_cached("INSERT INTO undertaking_change VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (position, step) in history.iter().enumerate() {
            change.execute(params![
                id,
                position as i64,
                step.status,
                step.date,
                Some(step.day).filter(|day| known(*day)).map(day_text),
                step.fact,
                step.reason,
                step.decision,
            ])?;
        }
        Ok(())
    }

    fn waiting(&self, report: &Report, entry: &str, link: &Link) -> Result<(), RecordError> {
        let id = entry_id('l', &report.id, entry);
        self.connection
            .prepare_cached(
                "INSERT INTO link_review VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute(params![id, report.row, entry, link.to, link.why])?;
        Ok(())
    }
}

fn json<T: serde::Serialize + ?Sized>(list: &T) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}
