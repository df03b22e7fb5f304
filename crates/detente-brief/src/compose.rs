//! From inputs to a brief.

mod events;
mod standing;

use std::collections::HashMap;

use detente_measure::{Point, Series, chart, drawn_polls};

use crate::{
    Block, Brief, Cite, Cited, Frame, Inputs, Note, Run, Section, Sentence, Words, check::even,
};

/// The brief of these inputs, in the order of an analyst's note.
pub fn compose(inputs: &Inputs, words: &Words) -> Brief {
    let mut notes = Notes::default();
    let (a, b) = inputs.names(words);
    let mut sections = vec![
        state(inputs, words, &mut notes),
        changes(inputs, words, &mut notes),
    ];
    sections.extend(events::by_issue(inputs, words, &mut notes));
    sections.push(standing::channels(inputs, words, &mut notes));
    sections.push(standing::commitments(inputs, words, &mut notes));
    sections.push(standing::polls(inputs, words, &mut notes));
    sections.push(standing::contradictions(inputs, words, &mut notes));
    sections.push(events::chronology(inputs, words, &mut notes));
    Brief {
        title: format!("{a} and {b}"),
        period: format!("{} to {}", inputs.since, inputs.until),
        sections,
        method: method(inputs),
        notes: notes.notes,
    }
}

/// Footnotes; a fact or group of facts has one number wherever it is cited.
#[derive(Default)]
pub(crate) struct Notes {
    notes: Vec<Note>,
    numbers: HashMap<Vec<String>, usize>,
}

impl Notes {
    /// Number of the footnote that cites these facts together.
    pub(crate) fn number<'c>(&mut self, cited: impl IntoIterator<Item = &'c Cited>) -> Vec<usize> {
        let cites: Vec<Cite> = cited.into_iter().map(cite).collect();
        if cites.is_empty() {
            return Vec::new();
        }
        let key: Vec<String> = cites.iter().map(|c| c.fact.clone()).collect();
        let number = *self.numbers.entry(key).or_insert_with(|| {
            self.notes.push(Note { cites });
            self.notes.len()
        });
        vec![number]
    }
}

fn cite(cited: &Cited) -> Cite {
    let fact = &cited.fact;
    Cite {
        fact: fact.id.clone(),
        quote: fact.quote.clone(),
        language: fact.language.code(),
        document: fact.document.clone(),
        outlet: cited.outlet.clone(),
        date: cited.document_date.clone(),
        start: fact.start,
        end: fact.end,
    }
}

/// The quote of a fact, then its hedge if the quote does not show it, and what it is not.
pub(crate) fn quoted(cited: &Cited) -> Vec<Run> {
    use detente_extract::Modality;
    let fact = &cited.fact;
    let mut runs = vec![Run::Quote {
        text: even(&fact.quote),
        language: fact.language.code(),
    }];
    let mut after = String::new();
    match fact.modality {
        Modality::Asserted => {}
        other => after.push_str(&format!(" ({other})")),
    }
    if let Some(hedge) = &fact.hedge
        && !fact.quote.contains(hedge.as_str())
    {
        after.push_str(&format!(" (hedged: {})", even(hedge)));
    }
    if !after.is_empty() {
        runs.push(Run::Text(after));
    }
    runs
}

/// A sentence of lead words and the quote of a fact.
pub(crate) fn told(lead: String, cited: &Cited, notes: &mut Notes) -> Sentence {
    let mut runs = vec![Run::Text(lead)];
    runs.extend(quoted(cited));
    Sentence {
        runs,
        notes: notes.number([cited]),
    }
}

fn section(id: &'static str, heading: &str, blocks: Vec<Block>) -> Section {
    Section {
        id,
        heading: heading.to_owned(),
        level: 2,
        blocks,
    }
}

/// Items, or fixed words if there is none.
pub(crate) fn items_or(items: Vec<Sentence>, none: Frame) -> Block {
    if items.is_empty() {
        Block::Frame(none)
    } else {
        Block::Items(items)
    }
}

/// Facts behind the months of a series.
fn behind<'i>(inputs: &'i Inputs, series: &'i Series) -> impl Iterator<Item = &'i Cited> {
    let ids = series.points.iter().flat_map(|p| &p.facts);
    ids.filter_map(|id| inputs.fact(id))
}

/// Events and mean of a series.
fn level(series: &Series) -> Option<(usize, f64)> {
    let events: usize = series.points.iter().map(|p| p.events).sum();
    let sum: f64 = series.points.iter().filter_map(|p| p.sum).sum();
    (events > 0).then(|| (events, sum / events as f64))
}

fn state(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Section {
    let (a, b) = inputs.names(words);
    let Some((events, mean)) = level(&inputs.series) else {
        return section("state", "State", vec![Block::Frame(Frame::NoEvents)]);
    };
    let mut sentences = vec![Sentence {
        runs: vec![Run::Text(format!(
            "The record holds {events} {} between {a} and {b} in this time, with a mean PLOVER intensity of \
             {mean:.1} on the scale from −10 (conflict) to 10 (cooperation).",
            if events == 1 { "event" } else { "events" }
        ))],
        notes: notes.number(behind(inputs, &inputs.series)),
    }];
    if let Some((events, before)) = level(&inputs.before) {
        let both = behind(inputs, &inputs.before).chain(behind(inputs, &inputs.series));
        sentences.push(Sentence {
            runs: vec![Run::Text(format!(
                " In the equally long time before it was {before:.1} ({events} {}).",
                if events == 1 { "event" } else { "events" }
            ))],
            notes: notes.number(both),
        });
    }
    let overview = chart::Overview {
        id: "brief",
        dyad: (&a, &b),
        href: &|month, _| Some(format!("#m{month}")),
    };
    let months = || inputs.series.points.iter().map(|p| p.month);
    let polls = match months().min().zip(months().max()) {
        Some((from, to)) => drawn_polls(&inputs.polls, from, to),
        None => Vec::new(),
    };
    let svg = overview
        .chart(
            std::slice::from_ref(&inputs.series),
            &inputs.changes,
            &polls,
        )
        .svg();
    let rows = inputs
        .series
        .points
        .iter()
        .filter(|p| p.events > 0)
        .map(row)
        .collect();
    section(
        "state",
        "State",
        vec![Block::Paragraph(sentences), Block::Chart { svg, rows }],
    )
}

fn row(point: &Point) -> [String; 4] {
    [
        point.month.to_string(),
        point.events.to_string(),
        point.mean.map_or_else(String::new, |m| format!("{m:.1}")),
        point
            .mean_band
            .map_or_else(String::new, |i| format!("{:.1} to {:.1}", i.low, i.high)),
    ]
}

fn changes(inputs: &Inputs, words: &Words, notes: &mut Notes) -> Section {
    let sentences: Vec<Sentence> = inputs
        .changes
        .iter()
        .map(|change| Sentence {
            runs: vec![Run::Text(format!(
                "In {} the level of the index changed from {:.1} to {:.1} (probability {:.2}).",
                change.month, change.before, change.after, change.probability
            ))],
            notes: notes.number(change.facts.iter().filter_map(|id| inputs.fact(id))),
        })
        .collect();
    let mut blocks = vec![items_or(sentences, Frame::NoChange)];
    let weighty = events::weightiest(inputs, words, notes);
    if !weighty.is_empty() {
        blocks.push(Block::Items(weighty));
    }
    section("changes", "What changed", blocks)
}

/// Method and coverage, about the record alone.
fn method(inputs: &Inputs) -> Vec<String> {
    let coverage = &inputs.coverage;
    let mut lines = vec![
        format!(
            "Documents of this time: {}. Facts dated in it: {}. Outlets: {}.",
            coverage.documents,
            coverage.facts,
            if coverage.outlets.is_empty() { "none named".to_owned() } else { coverage.outlets.join(", ") }
        ),
        format!("Of the {} facts of the record, {} bear no date and stand in no brief.", coverage.all, coverage.undated),
        "Facts were coded by rules from English text alone; Japanese and Korean documents are kept but not coded yet. \
         Every quote is the exact text of its document."
            .to_owned(),
        format!(
            "The index is the monthly mean PLOVER intensity of merged events between the two; a month without a report \
             is blank. The band is a bootstrap over documents and needs twelve differences between documents of one \
             month; this record has {}. Merged events of the whole record that do not count: {} of other pairs or \
             without sides, {} without root, {} without a month.",
            inputs.series.pool,
            coverage.left_out.other_pairs,
            coverage.left_out.no_root,
            coverage.left_out.no_month
        ),
    ];
    if let Some(accuracy) = &coverage.accuracy {
        lines.push(format!(
            "Of coded events, {:.2} are taken to be right ({}).",
            accuracy.precision, accuracy.source
        ));
    }
    lines
}
