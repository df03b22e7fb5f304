//! Channels, commitments, polls and contradictions, from the ledgers of the record.

use super::{Notes, items_or, quoted, section};
use crate::{Cited, Frame, Inputs, Run, Section, Sentence, Standing, Words, words::date_told};

/// An entry of a ledger with the quote of the fact that decides; `None` without evidence.
fn entry(standing: &Standing, name: &str, words: &Words, notes: &mut Notes) -> Option<Sentence> {
    let deciding = standing.evidence.first()?;
    let since = standing
        .since
        .map_or_else(String::new, |s| format!(" since {s}"));
    let due = standing
        .due
        .map_or_else(String::new, |d| format!(", due {}", date_told(d)));
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

/// Channels of which something was told in the time, as they stand at its end.
pub(super) fn channels(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Section {
    let items = inputs
        .channels
        .iter()
        .filter_map(|c| entry(c, words.channel(&c.name), words, notes))
        .collect();
    section(
        "channels",
        "Channels",
        vec![items_or(items, Frame::Nothing)],
    )
}

/// Undertakings that moved or fell due in the time.
pub(super) fn commitments(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Section {
    let items = inputs
        .commitments
        .iter()
        .filter_map(|c| entry(c, &c.name, words, notes))
        .collect();
    section(
        "commitments",
        "Commitments",
        vec![items_or(items, Frame::Nothing)],
    )
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
    let items = inputs
        .contradictions
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
