//! The channels between the two states of the record: when each was used, halted, resumed.
//!
//! A fact counts if it names the channel and both states, or names no state but stands in a text
//! about them ([`Scope`]). A text that goes on about a channel need not name it again ("the last one",
//! "no session"). Its words give the status (`[[channel]]` of the ledger book); without such words an
//! asserted meeting or joint act is a use of the channel. A text that says when a channel was last
//! used ("the last one in May 2012") dates that use by its own words. What was planned or proposed
//! counts only until the channel has been used.

use detente_codebook::{Codebook, ledger::ChannelCue};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

use super::{
    named::{date_in, in_words, named_in},
    scope::Scope,
};
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
    scope: &Scope,
    reader: &Reader<'_, '_>,
    book: &Codebook,
) -> Result<(), RecordError> {
    let cues = Cues::new(book);
    let mut said: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    let mut before = Before::default();
    for (i, (report, plain)) in reports.iter().zip(plain).enumerate() {
        let mut channels = named_in(&report.quote, book);
        let in_quote = !channels.is_empty();
        if let Some(channel) = report.channel {
            let channel = reader.numbers.name(channel);
            if !channels.iter().any(|named| named == channel) {
                channels.push(channel.to_owned());
            }
        }
        if channels.is_empty() && cues.goes_on(report, plain) {
            channels = before.channels(i, report);
        } else if in_quote {
            before = Before {
                at: i,
                document: report.document,
                channels: channels.clone(),
            };
        }
        channels.retain(|channel| !book.ledger.no_dialogue.iter().any(|no| **no == **channel));
        if channels.is_empty() || !scope.may_concern(report, plain) {
            continue;
        }
        for channel in channels {
            // A status is told of a channel that the words themselves name.
            let named =
                in_words(&report.quote, &channel, book) || !in_quote && report.channel.is_none();
            let by_office = book.ledger.by_office.iter().any(|of| **of == *channel);
            let found = read(report, plain, scope, [named, named || by_office], &cues);
            if !found.is_empty() {
                said.entry(channel).or_default().extend(found);
            }
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

/// The words of the ledger book by which channels are read.
struct Cues<'b> {
    channels: Vec<(&'b ChannelCue, Matcher)>,
    last: Matcher,
    since: Matcher,
    held: Matcher,
}

impl<'b> Cues<'b> {
    fn new(book: &'b Codebook) -> Self {
        let cues = book.ledger.channels.iter();
        Self {
            channels: cues.map(|cue| (cue, Matcher::new(&cue.cue))).collect(),
            last: Matcher::of_words(&book.ledger.last),
            since: Matcher::of_words(&book.ledger.since),
            held: Matcher::of_words(&book.ledger.held),
        }
    }

    /// The fact goes on about a channel named before: "the last one", "no session since".
    fn goes_on(&self, report: &Report, plain: &Plain) -> bool {
        self.last.find(plain, None).is_some()
            || (is_use(report)
                && report.modality == "negated"
                && self.since.find(plain, None).is_some())
    }
}

/// The channel that a text named last.
#[derive(Default)]
struct Before {
    at: usize,
    document: i64,
    channels: Vec<String>,
}

/// "When our leaders last met", without a day: dated by the paper alone.
pub(super) fn is_only_last(report: &Report, plain: &Plain, last: &Matcher) -> bool {
    report.from == report.told && !report.firm && last.find(plain, None).is_some()
}

/// Facts after which a text no longer goes on about a channel.
const GOES_ON: usize = 4;

impl Before {
    fn channels(&self, at: usize, report: &Report) -> Vec<String> {
        if self.document == report.document && at - self.at <= GOES_ON {
            return self.channels.clone();
        }
        Vec::new()
    }
}

fn is_use(report: &Report) -> bool {
    report.kind == "event" && USES.contains(&report.root.as_deref().unwrap_or(""))
}

fn read(
    report: &Report,
    plain: &Plain,
    scope: &Scope,
    [in_quote, may_use]: [bool; 2],
    cues: &Cues<'_>,
) -> Vec<Said> {
    let mut found = Vec::new();
    let root = report.root.as_deref();
    let took_place = matches!(report.modality.as_str(), "asserted" | "historical");
    let cue = cues.channels.iter().find_map(|(cue, matcher)| {
        let modality = if cue.modality.is_empty() {
            took_place || (&*cue.to == "halted" && report.modality == "negated")
        } else {
            cue.modality.iter().any(|m| **m == *report.modality)
        };
        let words = matcher.find(plain, root).filter(|_| modality && in_quote)?;
        Some((&*cue.to, format!("“{words}” ({})", cue.cue.place)))
    });
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
    let since = cues.since.find(plain, None);
    // "have held no summit since", "will not take place this year": not used over its usual interval.
    let long = report
        .to
        .zip(report.from)
        .is_some_and(|(to, from)| to - from > 300);
    let unused = is_use(report) && report.modality == "negated" && (since.is_some() || long);
    let cue = match (cue, &since) {
        (None, _) if unused && in_quote => {
            let words = since.clone().unwrap_or_else(|| "not for long".to_owned());
            Some(("halted", format!("not held: “{words}”")))
        }
        (cue, _) => cue,
    };
    let halted = cue.as_ref().is_some_and(|(to, _)| *to == "halted");
    if (took_place || report.modality == "negated")
        && let Some(words) = cues
            .last
            .find(plain, None)
            .or(since.clone().filter(|_| unused))
        && let Some(date) = date_in(&report.quote)
        && let (Some(first), Some(end)) = days(date)
        && report.told.is_none_or(|told| first < told)
    {
        let why = format!("“{words}”, dated by the words");
        found.push(of(None, true, first, date.to_string(), why));
        if halted || report.modality == "negated" {
            let why = cue.as_ref().map(|(_, why)| why.clone());
            let why = why.unwrap_or_else(|| "none since".to_owned());
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
    // "had not met until last week": told of a time that is over.
    if unused
        && since
            .as_deref()
            .is_some_and(|words| words.starts_with("until"))
    {
        return found;
    }
    // "suspended since 2012": what is said now holds since then.
    if halted
        && !report.firm
        && since.is_some()
        && let Some(date) = date_in(&report.quote)
        && let (Some(first), _) = days(date)
        && report.told.is_none_or(|told| first < told)
    {
        let why = cue.as_ref().map(|(_, why)| why.clone()).unwrap_or_default();
        found.push(of(Some("halted"), false, first, format!("{date}/.."), why));
        // "met on Sunday; their talks had been suspended since 2012".
        if let Some(day) = report.to.filter(|day| *day > first)
            && may_use
            && is_use(report)
            && took_place
            && scope.is_between(report, plain)
        {
            let why = "used again".to_owned();
            found.push(of(None, true, day, day_text(day), why));
        }
        return found;
    }
    // "The first since 2018" bears the time in which there was none.
    let open = report.to.is_none() && report.claim.is_some();
    let day = if open || halted && unused {
        report.told
    } else {
        day
    };
    let Some(day) = day.or(report.told) else {
        return found;
    };
    let dated = report.date.clone().filter(|_| !unused && !open);
    let date = dated.unwrap_or_else(|| day_text(day));
    let event = report.kind == "event";
    let session = in_quote
        && report.kind == "statement"
        && root.is_none()
        && cues.held.find(plain, None).is_some();
    let used = may_use
        && took_place
        && (is_use(report) || session)
        && !is_only_last(report, plain, &cues.last)
        && scope.is_between(report, plain);
    match cue {
        Some((to, why)) => {
            let held = used && matches!(to, "resumed" | "active");
            found.push(of(Some(to), held, day, date, why));
        }
        None if used => {
            let why = format!("{} between the two", root.unwrap_or("a session"));
            found.push(of(None, true, day, date, why));
        }
        None if event
            && may_use
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
        None if report.kind == "proposal" && may_use => {
            let why = "called for".to_owned();
            found.push(of(Some("proposed"), false, day, date, why));
        }
        None => {}
    }
    found
}

/// Days within which uses that are told are one and the same.
const ONE_USE: i32 = 3;

/// The states that follow, with what was said: a use after a halt resumes, a second one makes it
/// active; a proposal changes nothing once there was a use.
fn follow(said: &[Said]) -> Vec<(String, Said)> {
    let mut history: Vec<(String, Said)> = Vec::new();
    let mut used = false;
    let mut last: Option<i32> = None;
    for said in said {
        if said.held {
            if last.is_some_and(|last| said.day - last <= ONE_USE) {
                continue;
            }
            last = Some(said.day);
        }
        let now = history.last().map(|(status, _)| status.clone());
        let now = now.as_deref();
        let next = match said.status.as_deref() {
            None => match now {
                Some("halted" | "impaired" | "concluded") => "resumed",
                _ => "active",
            },
            Some("proposed") if used || now.is_some_and(|now| now != "proposed") => continue,
            Some("active") if matches!(now, Some("halted" | "impaired")) => "resumed",
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
