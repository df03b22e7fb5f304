//! Channels, commitments, polls and contradictions: from ledgers where these were handed in, else
//! from single facts.

use std::collections::BTreeMap;

use detente_extract::Kind;

use super::{Notes, items_or, quoted, section, told};
use crate::{Block, Cited, Frame, Inputs, Run, Section, Sentence, Standing, Words};

/// An entry of a ledger with the quote of the fact that decides; `None` without evidence.
fn entry(standing: &Standing, name: &str, words: &Words, notes: &mut Notes) -> Option<Sentence> {
    let deciding = standing.evidence.first()?;
    let since = standing
        .since
        .map_or_else(String::new, |s| format!(" since {s}"));
    let due = standing
        .due
        .map_or_else(String::new, |d| format!(", due {d}"));
    let who = match (standing.who.is_empty(), standing.towards.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!("{}, ", words.actors(&standing.who)),
        (false, false) => format!(
            "{} → {}, ",
            words.actors(&standing.who),
            words.actors(&standing.towards)
        ),
    };
    let lead = format!("{who}{name}: {}{since}{due}: ", standing.status);
    let mut runs = vec![Run::Text(lead)];
    runs.extend(quoted(deciding));
    Some(Sentence {
        runs,
        notes: notes.number(&standing.evidence),
    })
}

/// Channels: of each the latest fact that shows its status.
pub(super) fn channels(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Section {
    let mut blocks = Vec::new();
    let items = match &inputs.channels {
        Some(channels) => channels
            .iter()
            .filter_map(|c| entry(c, words.channel(&c.name), words, notes))
            .collect(),
        None => {
            blocks.push(Block::Frame(Frame::FromFacts));
            let mut latest: BTreeMap<&str, &Cited> = BTreeMap::new();
            for cited in &inputs.facts {
                let shows = matches!(cited.fact.kind, Kind::Event | Kind::Channel);
                if let (true, Some(channel)) = (shows, &cited.fact.channel) {
                    latest.insert(channel, cited);
                }
            }
            latest
                .into_iter()
                .map(|(channel, cited)| {
                    let date = cited
                        .fact
                        .date
                        .map_or_else(String::new, |d| format!(", {d}"));
                    told(format!("{}{date}: ", words.channel(channel)), cited, notes)
                })
                .collect()
        }
    };
    blocks.push(items_or(items, Frame::Nothing));
    section("channels", "Channels", blocks)
}

/// Commitments and proposals that are open or due.
pub(super) fn commitments(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Section {
    let mut blocks = Vec::new();
    let items = match &inputs.commitments {
        Some(commitments) => commitments
            .iter()
            .filter_map(|c| entry(c, &c.name, words, notes))
            .collect(),
        None => {
            blocks.push(Block::Frame(Frame::FromFacts));
            let made = inputs.of_kind(Kind::Commitment);
            made.map(|c| undertaken(c, words, notes)).collect()
        }
    };
    blocks.push(items_or(items, Frame::Nothing));
    section("commitments", "Commitments", blocks)
}

fn undertaken(cited: &Cited, words: &Words, notes: &mut Notes) -> Sentence {
    let fact = &cited.fact;
    let date = fact.date.map_or_else(String::new, |d| format!("{d}, "));
    let who = if fact.source.is_empty() {
        "unnamed".to_owned()
    } else {
        words.actors(&fact.source)
    };
    let towards = if fact.target.is_empty() {
        String::new()
    } else {
        format!(" towards {}", words.actors(&fact.target))
    };
    let due = fact.due.map_or_else(String::new, |d| format!(", due {d}"));
    let status = fact
        .status
        .as_deref()
        .map_or_else(String::new, |s| format!(", {s}"));
    told(format!("{date}{who}{towards}{due}{status}: "), cited, notes)
}

/// Figures of one wording with a point in the time, each series a sentence.
pub(super) fn polls(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Section {
    let mut items = Vec::new();
    for series in &inputs.polls {
        let points: Vec<(String, &Cited)> = series
            .points
            .iter()
            .filter_map(|p| {
                let cited = p.facts.iter().find_map(|id| inputs.fact(id))?;
                let n = p.n.map_or_else(String::new, |n| format!(", n = {n}"));
                let unit = match series.unit.as_deref() {
                    Some("percent") => " %".to_owned(),
                    Some(unit) => format!(" {unit}"),
                    None => String::new(),
                };
                Some((format!("{}{unit} ({}{n})", p.value, p.date), cited))
            })
            .collect();
        let Some((_, last)) = points.last() else {
            continue;
        };
        let about: Vec<String> = [
            series.pollster.clone(),
            series.population.as_ref().map(|p| words.actor(p)),
            series.question.clone(),
            series.answer.clone(),
        ]
        .into_iter()
        .flatten()
        .collect();
        let figures: Vec<&str> = points.iter().map(|(figure, _)| figure.as_str()).collect();
        let mut runs = vec![Run::Text(format!(
            "{}: {}: ",
            about.join("; "),
            figures.join(", ")
        ))];
        runs.extend(quoted(last));
        items.push(Sentence {
            runs,
            notes: notes.number(points.iter().map(|(_, cited)| *cited)),
        });
    }
    section("polls", "Polls", vec![items_or(items, Frame::Nothing)])
}

/// Both sides of each contradiction, side by side.
pub(super) fn contradictions(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Section {
    let all = inputs.contradictions.as_deref().unwrap_or_default();
    let items = all
        .iter()
        .filter(|c| c.sides.len() > 1)
        .map(|contradiction| {
            let mut runs = vec![Run::Text(format!(
                "{}: ",
                contradiction.kind.replace('_', " ")
            ))];
            for (i, side) in contradiction.sides.iter().enumerate() {
                if i > 0 {
                    runs.push(Run::Text(" against ".to_owned()));
                }
                runs.extend(quoted(side));
                if let Some(speaker) = words.speaker(&side.fact.speaker) {
                    runs.push(Run::Text(format!(" ({speaker})")));
                }
            }
            Sentence {
                runs,
                notes: contradiction
                    .sides
                    .iter()
                    .flat_map(|s| notes.number([s]))
                    .collect(),
            }
        })
        .collect();
    section(
        "contradictions",
        "Contradictions",
        vec![items_or(items, Frame::NoContradictions)],
    )
}
