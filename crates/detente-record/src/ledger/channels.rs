//! The channels between the two states of the record: when each was used, halted, resumed.
//!
//! A fact counts if it names the channel and both states, or names no state but stands in a text
//! about them. Its words give the status (`[[channel]]` of the ledger book); without such words an
//! asserted meeting or joint act is a use of the channel. A text that says when a channel was last
//! used ("the last one in May 2012") dates that use by its own words. What was planned or proposed
//! counts only until the channel has been used.

use detente_codebook::{Codebook, ledger::ChannelCue};
use detente_text::date::{DayMonthOrder, Edtf, find_explicit};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

use crate::{
    RecordError,
    merge::{
        events::day_text,
        report::{Reader, Report, days},
    },
    wording::{Matcher, Plain},
};

/// Roots of a use.
const USES: &[&str] = &["CONSULT", "COOPERATE"];

/// What a fact says of its channel.
#[derive(Clone, Debug)]
struct Said {
    day: i32,
    told: i32,
    date: String,
    /// The status it tells; `None`: only that it was used.
    status: Option<String>,
    held: bool,
    row: i64,
    reason: String,
}

/// Works out the table of channels anew.
pub(super) fn settle(
    connection: &Connection,
    reports: &[Report],
    plain: &[Plain],
    reader: &mut Reader<'_, '_>,
    book: &Codebook,
) -> Result<(), RecordError> {
    let dyad: Option<String> = connection
        .query_row("SELECT value FROM meta WHERE key = 'dyad'", [], |row| {
            row.get(0)
        })
        .ok();
    let Some((one, other)) = dyad.as_deref().and_then(|dyad| dyad.split_once('-')) else {
        return Ok(());
    };
    let dyad = [reader.numbers.of(one), reader.numbers.of(other)];
    let cues: Vec<(&ChannelCue, Matcher)> = book
        .ledger
        .channels
        .iter()
        .map(|cue| (cue, Matcher::new(&cue.cue)))
        .collect();
    let last = Matcher::of_words(&book.ledger.last);
    let since = Matcher::of_words(&book.ledger.since);
    let mut said: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    for (report, plain) in reports.iter().zip(plain) {
        let Some(channel) = report.channel else {
            continue;
        };
        if !is_of(report, dyad) {
            continue;
        }
        let in_quote = in_words(&report.quote, reader.numbers.name(channel), book);
        let found = read(report, plain, dyad, in_quote, &cues, [&last, &since]);
        if !found.is_empty() {
            let channel = reader.numbers.name(channel).to_owned();
            said.entry(channel).or_default().extend(found);
        }
    }
    let mut insert =
        connection.prepare("INSERT INTO channel_change VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (channel, mut said) in said {
        // Equal days stay in the order of documents, whatever order they came in.
        said.sort_by_key(|said| (said.day, said.told));
        for (position, (status, said)) in follow(&said).into_iter().enumerate() {
            insert.execute(params![
                channel,
                position as i64,
                said.date,
                day_text(said.day),
                status,
                said.held,
                said.row,
                said.reason,
            ])?;
        }
    }
    Ok(())
}

/// About the two states: both are named, or none and no other.
fn is_of(report: &Report, dyad: [u32; 2]) -> bool {
    let named = |party: u32| report.source.contains(&party) || report.target.contains(&party);
    let parties = report.source.len() + report.target.len();
    dyad.iter().all(|party| named(*party))
        || (report.kind != "event" && dyad.iter().any(|party| named(*party)))
        || (report.kind == "event"
            && parties == 1
            && dyad.iter().any(|party| named(*party))
            && !USES.contains(&report.root.as_deref().unwrap_or("")))
        || parties == 0
        || report.kind == "statement"
}

fn read(
    report: &Report,
    plain: &Plain,
    dyad: [u32; 2],
    in_quote: bool,
    cues: &[(&ChannelCue, Matcher)],
    [last, since]: [&Matcher; 2],
) -> Vec<Said> {
    let mut found = Vec::new();
    let root = report.root.as_deref();
    let took_place = matches!(report.modality.as_str(), "asserted" | "historical");
    let cue = cues.iter().find_map(|(cue, matcher)| {
        let modality = if cue.modality.is_empty() {
            took_place || (&*cue.to == "halted" && report.modality == "negated")
        } else {
            cue.modality.iter().any(|m| **m == *report.modality)
        };
        // A status is told of a channel that the words themselves name.
        let words = matcher.find(plain, root).filter(|_| modality && in_quote)?;
        Some((&*cue.to, format!("“{words}” ({})", cue.cue.place)))
    });
    let named = |party: u32| report.source.contains(&party) || report.target.contains(&party);
    let both = dyad.iter().all(|party| named(*party));
    let day = report.from.or(report.to);
    let told = report.told.unwrap_or(i32::MAX);
    let of = |status: Option<&str>, held: bool, day: i32, date: String, reason: String| Said {
        day,
        told,
        date,
        status: status.map(str::to_owned),
        held,
        row: report.row,
        reason,
    };
    // "the last one taking place in May 2012": a use then, and what is said now holds since then.
    let halted = cue.as_ref().is_some_and(|(to, _)| *to == "halted");
    if (took_place || report.modality == "negated")
        && let Some(words) = last.find(plain, None)
        && let Some(date) = date_in(&report.quote)
        && let (Some(first), Some(end)) = days(date)
        && report.told.is_none_or(|told| first < told)
    {
        let why = format!("“{words}”, dated by the words");
        found.push(of(None, true, first, date.to_string(), why));
        if halted {
            let why = cue.as_ref().map(|(_, why)| why.clone()).unwrap_or_default();
            found.push(of(
                Some("halted"),
                false,
                end + 1,
                format!("{date}/.."),
                why,
            ));
        }
        return found;
    }
    // "suspended since 2012": what is said now holds since then.
    if halted
        && !report.firm
        && since.find(plain, None).is_some()
        && let Some(date) = date_in(&report.quote)
        && let (Some(first), _) = days(date)
        && report.told.is_none_or(|told| first < told)
    {
        let why = cue.as_ref().map(|(_, why)| why.clone()).unwrap_or_default();
        found.push(of(Some("halted"), false, first, format!("{date}/.."), why));
        return found;
    }
    let Some(day) = day.or(report.told) else {
        return found;
    };
    let date = report.date.clone().unwrap_or_else(|| day_text(day));
    let event = report.kind == "event";
    let used = event
        && report.modality != "planned"
        && took_place
        && root.is_some_and(|root| USES.contains(&root))
        && both;
    match cue {
        Some((to, why)) => {
            let held = used && matches!(to, "resumed" | "active");
            found.push(of(Some(to), held, day, date, why));
        }
        None if used => {
            let why = format!("{} between the two", root.unwrap_or_default());
            found.push(of(None, true, day, date, why));
        }
        None if event
            && report.modality == "planned"
            && matches!(root, Some("AGREE" | "CONSULT" | "REQUEST")) =>
        {
            let told = report.told.unwrap_or(day);
            let why = "announced".to_owned();
            found.push(of(
                Some("proposed"),
                false,
                told.min(day),
                day_text(told.min(day)),
                why,
            ));
        }
        None if report.kind == "proposal" => {
            let why = "called for".to_owned();
            found.push(of(Some("proposed"), false, day, date, why));
        }
        None => {}
    }
    found
}

/// True if the words of a quote name the channel, or one below it.
fn in_words(quote: &str, channel: &str, book: &Codebook) -> bool {
    let words: Vec<String> = quote
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let Some(channel) = book.channels.id(channel) else {
        return false;
    };
    let singular = |word: &str| -> String { word.trim_end_matches('s').to_owned() };
    let lemmas: Vec<String> = words.iter().map(|word| singular(word)).collect();
    let pairs = words.iter().zip(&lemmas);
    let hits = book
        .channels
        .find(pairs.map(|(word, lemma)| (word.as_str(), lemma.as_str())));
    hits.iter()
        .any(|hit| book.channels.is_within(hit.topic, channel))
}

/// The last full date in a text: that of "in May 2012".
pub(super) fn date_in(text: &str) -> Option<Edtf> {
    let dates = find_explicit(text, DayMonthOrder::Unknown);
    dates
        .iter()
        .rev()
        .find(|date| date.complete)
        .map(|date| date.edtf)
}

/// The states that follow, with what was said: a use after a halt resumes, a second one makes it
/// active; a proposal changes nothing once there was a use.
fn follow(said: &[Said]) -> Vec<(String, Said)> {
    let mut history: Vec<(String, Said)> = Vec::new();
    let mut used = false;
    for said in said {
        let now = history.last().map(|(status, _)| status.clone());
        let now = now.as_deref();
        let next = match said.status.as_deref() {
            None => match now {
                Some("halted" | "impaired" | "concluded") => "resumed",
                _ => "active",
            },
            Some("proposed") if used || now.is_some_and(|now| now != "proposed") => continue,
            Some("resumed") if now == Some("active") && !said.held => continue,
            Some("resumed") if now == Some("active") => "active",
            Some("resumed") if now == Some("resumed") && said.held => "active",
            Some("halted" | "impaired") if now == Some("concluded") => continue,
            Some("impaired") if now == Some("halted") => continue,
            Some(status) => status,
        };
        used |= said.held;
        if now == Some(next) && !said.held {
            continue;
        }
        history.push((next.to_owned(), said.clone()));
    }
    history
}
