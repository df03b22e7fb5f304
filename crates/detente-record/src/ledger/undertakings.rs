//! The ledger of undertakings: entries, and the changes of their status.

use std::collections::{BTreeMap, BTreeSet};

use detente_codebook::Codebook;
use detente_text::date::Edtf;
use rusqlite::Connection;
use rustc_hash::FxHashMap;

use super::{
    disputes::Disputes,
    entries::{self, Weights},
    history::{self, Step},
    moves::{Link, Mover, Told},
    openers::Openers,
    rows::{self, Writer},
    targets::{Target, Targets},
};
use crate::{
    RecordError,
    merge::{
        decided::Decided,
        events::entry_id,
        place::Group,
        report::{Reader, Report, days},
    },
    wording::Plain,
};

/// Days in which a word that a promise was kept may be denied.
const SOON: i32 = 62;

/// Works out the tables of undertakings anew.
pub(super) fn settle(
    connection: &Connection,
    reports: &[Report],
    plain: &[Plain],
    reader: &mut Reader<'_, '_>,
    decided: &Decided,
    book: &Codebook,
) -> Result<(), RecordError> {
    let opened = Openers::new(book).all(reports, plain, reader.parties);
    let weights = Weights::of(opened.reports.iter());
    let placing = entries::place(&opened, &weights, decided);
    let all: Vec<Target> = placing
        .groups
        .iter()
        .map(|group| target(group, &opened.reports, &opened.kinds))
        .collect();
    let targets = Targets::new(all);
    let mover = Mover::new(book, &mut reader.wording);
    let whole: Vec<Plain> = reports
        .iter()
        .map(|report| Plain::new(&report.whole))
        .collect();
    let opens: BTreeSet<i64> = opened.reports.iter().map(|report| report.row).collect();
    let wide: Vec<Option<Report>> = reports
        .iter()
        .zip(&whole)
        .map(|(report, whole)| widened(report, whole, &mover, reader))
        .collect();
    let told: Vec<Told<'_>> = reports
        .iter()
        .enumerate()
        .map(|(i, report)| Told {
            report: wide[i].as_ref().unwrap_or(report),
            plain: &plain[i],
            whole: &whole[i],
            opens: opens.contains(&report.row),
            speaker: report
                .speaker
                .as_ref()
                .and_then(|speaker| reader.parties.state(speaker))
                .map(|state| reader.numbers.of(state)),
        })
        .collect();
    let (sure, waiting, known) = links(&told, &mover, &targets, &weights, decided);
    let disputes = Disputes {
        told: &told,
        mover: &mover,
        targets: &targets,
        weights: &weights,
        known: &known,
    }
    .find(book);
    let copies = rows::copies(connection)?;
    let mut writer = Writer::new(connection)?;
    let mut latest: Vec<String> = Vec::new();
    for (number, group) in placing.groups.iter().enumerate() {
        let target = &targets.all[number];
        let opener = group.members[0].0;
        let mut steps: Vec<Step> = vec![history::opening(
            &opened.reports[opener],
            &opened.first[opener],
        )];
        let mut mentions: Vec<(i64, String)> = group
            .members
            .iter()
            .map(|(i, why)| (opened.reports[*i].row, why.clone()))
            .collect();
        let disputes = disputes.get(&number).map_or(&[][..], Vec::as_slice);
        // What one side says in a dispute does not settle it.
        let disputed: BTreeSet<i64> = disputes.iter().flat_map(|d| d.sides).collect();
        let links = sure.get(&number).map_or(&[][..], Vec::as_slice);
        for link in links {
            let report = &reports[link.report];
            // Nor does what a text that tells of a dispute calls broken.
            let quarrel = |to: &str| {
                to == "broken"
                    && disputes
                        .iter()
                        .any(|dispute| dispute.documents.contains(&report.document))
            };
            let why = match &link.to {
                Some(to) if !disputed.contains(&report.row) && !quarrel(to) => {
                    let beside = links.iter().map(|link| &reports[link.report]);
                    steps.push(history::step_of(report, target, to, &link.why, beside));
                    format!("tells that it was {to}")
                }
                _ => link.why.clone(),
            };
            mentions.push((report.row, why));
        }
        for dispute in disputes {
            steps.push(dispute.step.clone());
            let why = "tells what one side says of its being kept".to_owned();
            mentions.extend(dispute.sides.map(|row| (row, why.clone())));
        }
        // What is disputed soon after was one side's view.
        let first = disputes.iter().map(|dispute| dispute.step.day).min();
        steps.retain(|step| {
            step.status != "kept"
                || first.is_none_or(|first| !(step.day..=step.day + SOON).contains(&first))
        });
        steps[1..].sort_by_key(|step| (step.day, step.told));
        let mut changes = history::follow(&target.kind, steps);
        for given in &decided.statuses {
            if target.rows.contains(&given.fact) {
                changes.push(Step {
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
        let now = changes.last().map(|step| step.status.clone());
        latest.push(now.unwrap_or_default());
        writer.entry(group, &opened.reports, target, &changes, mentions, &copies)?;
    }
    let id = |entry: usize| {
        let first = &opened.reports[placing.groups[entry].members[0].0];
        entry_id('u', &first.name, &first.id)
    };
    for link in &waiting {
        let (kind, now) = (&targets.all[link.entry].kind, &latest[link.entry]);
        let Some(to) = &link.to else { continue };
        if now == to || !history::may_follow(kind, now, to) {
            continue;
        }
        writer.waiting(&reports[link.report], &id(link.entry), link)?;
    }
    Ok(())
}

/// A fact whose quote says too little of what it moves ("Norway has not sent it"), with the words of
/// its sentence.
fn widened(
    report: &Report,
    whole: &Plain,
    mover: &Mover<'_>,
    reader: &mut Reader<'_, '_>,
) -> Option<Report> {
    if report.words.content.len() >= 2 || !mover.may_move(report, whole) {
        return None;
    }
    let mut wide = report.clone();
    let actors = [report.who.as_slice(), &report.towards];
    wide.words.content = reader.wording.words(&report.whole, &actors).content;
    Some(wide)
}

/// Links that hold by entry, those that wait, and the entries that each document tells of.
type Links = (
    BTreeMap<usize, Vec<Link>>,
    Vec<Link>,
    FxHashMap<i64, Vec<usize>>,
);

fn links(
    told: &[Told<'_>],
    mover: &Mover<'_>,
    targets: &Targets,
    weights: &Weights,
    decided: &Decided,
) -> Links {
    let mut known: FxHashMap<i64, Vec<usize>> = FxHashMap::default();
    let mut tells = |document: i64, entry: usize| {
        let list = known.entry(document).or_default();
        if !list.contains(&entry) {
            list.push(entry);
        }
    };
    for (number, target) in targets.all.iter().enumerate() {
        for (document, _) in &target.quotes {
            tells(*document, number);
        }
    }
    let mut found: Vec<Vec<Link>> = Vec::with_capacity(told.len());
    for (i, one) in told.iter().enumerate() {
        let links = mover.links(i, *one, targets, weights);
        for link in links.iter().filter(|link| link.sure) {
            tells(one.report.document, link.entry);
        }
        found.push(links);
    }
    // What refers back is read once all is known that its text tells of.
    for (i, links) in found.iter_mut().enumerate() {
        let open = links.len() < 2 && links.iter().all(|link| !link.sure || link.to.is_none());
        let known = known.get(&told[i].report.document);
        if open
            && let Some(known) = known
            && let Some(link) = mover.by_context(i, told[i], known, targets)
        {
            *links = vec![link];
        }
    }
    let mut sure: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    let mut waiting: Vec<Link> = Vec::new();
    for mut link in found.into_iter().flatten() {
        let row = told[link.report].report.row;
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
            sure.entry(link.entry).or_default().push(link);
        } else if !decided
            .links
            .iter()
            .any(|((mover, _), (yes, ..))| *mover == row && *yes)
        {
            waiting.push(link);
        }
    }
    (sure, waiting, known)
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
        from: history::given(first).0,
        told: first.told,
        ..Target::default()
    };
    for (member, _) in &group.members {
        let report = &opening[*member];
        target.rows.insert(report.row);
        target.quotes.push((report.document, report.quote.clone()));
        target.issue.extend(&report.issue);
        target.states.extend(&report.states);
        target
            .parties
            .extend(report.source.iter().chain(&report.target));
        if target.target.is_empty() {
            target.target.clone_from(&report.target);
        }
        target.from = target
            .from
            .into_iter()
            .chain(history::given(report).0)
            .min();
        target.told = target.told.into_iter().chain(report.told).min();
    }
    for list in [&mut target.issue, &mut target.parties, &mut target.states] {
        list.sort_unstable();
        list.dedup();
    }
    target
}
