//! `detente show`: one fact with everything it rests on.

use std::io::Write;

use clap::Args;
use detente_extract::{Fact, Link};
use detente_text::CodePoints;

use crate::{
    console::{self, Output, QUIET, STRONG},
    failure::{Done, Failure, Result},
    filter::RecordArg,
    table::{one_line, wrap},
};

/// Show a fact: its sentence with the quote marked, its fields with their evidence, its rule
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente show 3f9a01c2 --record jpn-kor.db
  detente show 3f9a01c2b7d4e856 --record jpn-kor.db --json")]
pub(crate) struct Show {
    /// Id of the fact, or its beginning
    #[arg(value_name = "FACT")]
    id: String,

    #[command(flatten)]
    record: RecordArg,

    /// The exchange form, one JSON object
    #[arg(long)]
    json: bool,
}

impl Show {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let Some(found) = record.fact(&self.id)? else {
            let message = format!(
                "there is no fact `{}` in `{}`",
                self.id,
                self.record.record.display()
            );
            return Err(Failure::new("D008", message).hint("`detente list` shows the ids"));
        };
        let entry = &found.entry;
        let fact = &entry.fact;
        if self.json {
            let line = detente_exchange::json_line(fact, entry.duplicate_of.as_deref())
                .map_err(detente_exchange::ExchangeError::from)?;
            out.write_all(line.as_bytes())?;
            return Ok(Done::All);
        }
        let points = CodePoints::new(&found.text);
        let head = format!("{} {}", fact.kind, fact.id);
        writeln!(out, "{}", out.paint(STRONG, &head))?;
        let mut source = one_line(&fact.document);
        for part in [&found.title, &entry.outlet, &entry.document_date]
            .into_iter()
            .flatten()
        {
            source.push_str(&format!(" · {}", one_line(part)));
        }
        writeln!(out, "{source}")?;
        if let Some(run) = found.superseded {
            writeln!(out, "This fact no longer holds: run {run} closed it.")?;
        }
        let sentence = sentence(fact, &found.text, &points, out);
        writeln!(out, "\n{}\n", wrap(&sentence, console::width(), 0))?;

        for (name, value) in fields(fact) {
            let evidence = fact.evidence.get(name).map(|(start, end)| {
                let words = points.bytes(*start, *end).of(&found.text);
                format!("  from “{}” at {start}–{end}", one_line(words))
            });
            let line = format!(
                "{}{}",
                one_line(&value),
                evidence.map_or_else(String::new, |e| out.paint(QUIET, &e))
            );
            writeln!(out, "{} {line}", out.paint(QUIET, &format!("{name:<12}")))?;
        }
        if !found.elsewhere.is_empty() || entry.duplicate_of.is_some() {
            writeln!(out)?;
        }
        if let Some(first) = &entry.duplicate_of {
            writeln!(out, "Printed before as {first}; counted there.")?;
        }
        for report in &found.elsewhere {
            writeln!(
                out,
                "also {} {}: “{}” ({})",
                report.id,
                one_line(&report.document),
                one_line(&report.quote),
                one_line(&report.reason)
            )?;
        }
        Ok(Done::All)
    }
}

/// The sentence on one line with the quote marked.
fn sentence(fact: &Fact, text: &str, points: &CodePoints<'_>, out: &Output) -> String {
    let quote = points.bytes(fact.start, fact.end);
    let around = points.bytes(fact.sentence.0, fact.sentence.1).cover(quote);
    let before = text
        .get(around.start as usize..quote.start as usize)
        .unwrap_or("");
    let after = text
        .get(quote.end as usize..around.end as usize)
        .unwrap_or("");
    let space = |edge: Option<char>| {
        if edge.is_some_and(char::is_whitespace) {
            " "
        } else {
            ""
        }
    };
    format!(
        "{}{}{}{}{}",
        one_line(before),
        space(before.chars().last()),
        out.mark(&one_line(&fact.quote)),
        space(after.chars().next()),
        one_line(after)
    )
}

/// Fields that are filled, in the order of the codebook.
fn fields(fact: &Fact) -> Vec<(&'static str, String)> {
    let list = |values: &[String]| (!values.is_empty()).then(|| values.join(", "));
    let name_of = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Null => None,
        other => Some(other.to_string()),
    };
    let json = |value: &serde_json::Value, field: &str| name_of(value[field].clone());
    let object = serde_json::to_value(fact).unwrap_or_default();
    let places: Vec<String> = fact
        .occurrences
        .iter()
        .map(|(start, end)| format!("{start}–{end}"))
        .collect();
    let chain: Vec<String> = fact.speaker.iter().map(link).collect();
    let mut fields = vec![
        ("place", Some(places.join(", "))),
        ("source", list(&fact.source)),
        ("target", list(&fact.target)),
        ("actors", list(&fact.actors)),
        ("root", json(&object, "root")),
        ("cameo", json(&object, "cameo")),
        ("mode", list(&fact.mode)),
        ("contexts", list(&fact.contexts)),
    ];
    if let Some(date) = fact.date {
        let words = fact
            .date_text
            .as_ref()
            .map_or_else(String::new, |t| format!(", “{t}”"));
        let basis = json(&object, "date_basis").unwrap_or_default();
        fields.push(("date", Some(format!("{date} ({basis}{words})"))));
    } else if let Some(words) = &fact.date_text {
        fields.push(("date", Some(format!("not to be had from “{words}”"))));
    }
    for name in ["due", "modality", "hedge"] {
        fields.push((name, json(&object, name)));
    }
    fields.push(("speaker", (!chain.is_empty()).then(|| chain.join(" ← "))));
    fields.push(("stance", json(&object, "stance")));
    fields.push(("issue", list(&fact.issue)));
    for name in [
        "channel",
        "status",
        "value",
        "unit",
        "population",
        "question",
        "answer",
        "pollster",
        "fieldwork",
        "n",
        "survey_mode",
        "office",
        "country",
        "subtype",
    ] {
        fields.push((name, json(&object, name)));
    }
    fields.push(("cause", fact.cause.as_ref().map(|part| part.quote.clone())));
    fields.push((
        "effect",
        fact.effect.as_ref().map(|part| part.quote.clone()),
    ));
    fields.push(("claim", json(&object, "claim")));
    fields.push((
        "location",
        fact.location.as_ref().map(|place| {
            let country = place
                .country
                .as_ref()
                .map_or_else(String::new, |c| format!(" ({c})"));
            format!("{}{country}", place.text)
        }),
    ));
    fields.push(("same_event", fact.same_event.clone()));
    for name in ["language", "confidence", "rule", "review"] {
        fields.push((name, json(&object, name)));
    }
    fields
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

fn link(link: &Link) -> String {
    let actor = link.actor.as_deref().unwrap_or("somebody not named");
    let via = if link.via { "via " } else { "" };
    let date = link
        .date
        .map_or_else(String::new, |date| format!(", {date}"));
    format!("{via}{actor} ({}{date})", link.form)
}
