//! The columns of flat forms: CSV and Parquet have the same, in the same order.

use detente_extract::{Link, Value};
use detente_record::Entry;
use detente_text::date::Edtf;

/// A value of a flat column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(Option<String>),
    Int(Option<i64>),
    Real(Option<f64>),
    List(Vec<String>),
}

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Int,
    Real,
    List,
}

/// A column: its name, its type, and how it is read from a fact.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Type,
    pub(crate) cell: fn(&Entry) -> Cell,
}

const fn column(name: &'static str, kind: Type, cell: fn(&Entry) -> Cell) -> Column {
    Column { name, kind, cell }
}

fn text(value: impl Into<String>) -> Cell {
    Cell::Text(Some(value.into()))
}

fn show<T: std::fmt::Display>(value: Option<T>) -> Cell {
    Cell::Text(value.map(|value| value.to_string()))
}

fn int(value: impl Into<i64>) -> Cell {
    Cell::Int(Some(value.into()))
}

fn json(value: &impl serde::Serialize) -> Option<String> {
    serde_json::to_string(value)
        .ok()
        .filter(|text| text != "null")
}

fn first_day(date: Option<Edtf>) -> Cell {
    show(date.and_then(Edtf::earliest))
}

fn last_day(date: Option<Edtf>) -> Cell {
    show(date.and_then(Edtf::latest))
}

fn number(value: Option<&Value>) -> Cell {
    Cell::Real(match value {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    })
}

fn word(value: Option<&Value>) -> Cell {
    Cell::Text(match value {
        Some(Value::Text(word)) => Some(word.clone()),
        _ => None,
    })
}

fn first_link<T>(entry: &Entry, field: impl Fn(&Link) -> Option<T>) -> Option<T> {
    entry.fact.speaker.first().and_then(field)
}

/// All columns in order.
pub(crate) const COLUMNS: &[Column] = &[
    column("id", Type::Text, |e| text(&e.fact.id)),
    column("document", Type::Text, |e| text(&e.fact.document)),
    column("kind", Type::Text, |e| text(e.fact.kind.as_str())),
    column("quote", Type::Text, |e| text(&e.fact.quote)),
    column("start", Type::Int, |e| int(e.fact.start)),
    column("end", Type::Int, |e| int(e.fact.end)),
    column("sentence_start", Type::Int, |e| int(e.fact.sentence.0)),
    column("sentence_end", Type::Int, |e| int(e.fact.sentence.1)),
    column("occurrences", Type::List, |e| {
        let places = e.fact.occurrences.iter();
        Cell::List(
            places
                .map(|(start, end)| format!("{start}-{end}"))
                .collect(),
        )
    }),
    column("actors", Type::List, |e| Cell::List(e.fact.actors.clone())),
    column("source", Type::List, |e| Cell::List(e.fact.source.clone())),
    column("target", Type::List, |e| Cell::List(e.fact.target.clone())),
    column("root", Type::Text, |e| show(e.fact.root)),
    column("cameo", Type::Text, |e| show(e.fact.cameo.as_ref())),
    column("mode", Type::List, |e| Cell::List(e.fact.mode.clone())),
    column("contexts", Type::List, |e| {
        Cell::List(e.fact.contexts.clone())
    }),
    column("intensity", Type::Real, |e| Cell::Real(e.fact.intensity)),
    column("quad", Type::Int, |e| Cell::Int(e.fact.quad.map(i64::from))),
    column("date", Type::Text, |e| show(e.fact.date)),
    column("date_from", Type::Text, |e| first_day(e.fact.date)),
    column("date_to", Type::Text, |e| last_day(e.fact.date)),
    column("date_text", Type::Text, |e| show(e.fact.date_text.as_ref())),
    column("date_basis", Type::Text, |e| {
        let basis = json(&e.fact.date_basis);
        Cell::Text(basis.map(|basis| basis.trim_matches('"').to_owned()))
    }),
    column("due", Type::Text, |e| show(e.fact.due)),
    column("modality", Type::Text, |e| text(e.fact.modality.as_str())),
    column("hedge", Type::Text, |e| show(e.fact.hedge.as_ref())),
    column("speaker", Type::Text, |e| {
        show(first_link(e, |link| link.actor.clone()))
    }),
    column("speaker_form", Type::Text, |e| {
        show(first_link(e, |link| Some(link.form)))
    }),
    column("speaker_chain", Type::Text, |e| {
        Cell::Text(json(&e.fact.speaker).filter(|_| !e.fact.speaker.is_empty()))
    }),
    column("stance", Type::Text, |e| show(e.fact.stance)),
    column("issue", Type::List, |e| Cell::List(e.fact.issue.clone())),
    column("channel", Type::Text, |e| show(e.fact.channel.as_ref())),
    column("status", Type::Text, |e| show(e.fact.status.as_ref())),
    column("value", Type::Real, |e| number(e.fact.value.as_ref())),
    column("value_text", Type::Text, |e| word(e.fact.value.as_ref())),
    column("unit", Type::Text, |e| show(e.fact.unit.as_ref())),
    column("population", Type::Text, |e| {
        show(e.fact.population.as_ref())
    }),
    column("question", Type::Text, |e| show(e.fact.question.as_ref())),
    column("answer", Type::Text, |e| show(e.fact.answer.as_ref())),
    column("pollster", Type::Text, |e| show(e.fact.pollster.as_ref())),
    column("fieldwork", Type::Text, |e| show(e.fact.fieldwork)),
    column("n", Type::Int, |e| Cell::Int(e.fact.n.map(i64::from))),
    column("survey_mode", Type::Text, |e| {
        show(e.fact.survey_mode.as_ref())
    }),
    column("office", Type::Text, |e| show(e.fact.office.as_ref())),
    column("country", Type::Text, |e| show(e.fact.country.as_ref())),
    column("claim", Type::Text, |e| Cell::Text(json(&e.fact.claim))),
    column("cause", Type::Text, |e| {
        show(e.fact.cause.as_ref().map(|c| &c.quote))
    }),
    column("effect", Type::Text, |e| {
        show(e.fact.effect.as_ref().map(|c| &c.quote))
    }),
    column("subtype", Type::Text, |e| show(e.fact.subtype.as_ref())),
    column("location", Type::Text, |e| {
        show(e.fact.location.as_ref().map(|l| &l.text))
    }),
    column("location_country", Type::Text, |e| {
        Cell::Text(e.fact.location.as_ref().and_then(|l| l.country.clone()))
    }),
    column("language", Type::Text, |e| text(e.fact.language.code())),
    column("same_event", Type::Text, |e| {
        show(e.fact.same_event.as_ref())
    }),
    column("duplicate_of", Type::Text, |e| {
        show(e.duplicate_of.as_ref())
    }),
    column("confidence", Type::Real, |e| {
        Cell::Real(Some(e.fact.confidence))
    }),
    column("rule", Type::Text, |e| text(&e.fact.rule)),
    column("review", Type::Text, |e| text(e.fact.review.as_str())),
];
