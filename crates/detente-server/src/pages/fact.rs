//! One fact: its sentence, every field with its evidence, the rule, the other places.

use axum::{extract::State, response::Response};
use serde::Serialize;

use super::{Item, Told, document::part_of, page};
use crate::{answer, app::App, asked::Asked, links, problem::Problem, shell::Shell};

/// A fact with its surroundings.
#[derive(Debug, Serialize)]
pub(crate) struct FactView {
    #[serde(flatten)]
    item: Item,
    title: Option<String>,
    /// The text before the quote, in its sentence and the one or two lines around.
    before: String,
    after: String,
    /// The run that closed it.
    superseded: Option<i64>,
    elsewhere: Vec<Told>,
    /// Entries of the ledger that it tells of.
    undertakings: Vec<String>,
    /// Fields read from other places than the quote, with the words there.
    evidence: Vec<(String, String)>,
    #[serde(skip)]
    part: usize,
}

page!(FactView, "fact.html");

/// Code points shown before and after the sentence.
const AROUND: usize = 220;

impl FactView {
    /// The place of the quote on the page of its document.
    fn place(&self) -> String {
        let part = if self.part > 0 {
            (self.part + 1).to_string()
        } else {
            String::new()
        };
        let page = links::document(&self.item.fact.document);
        let page = links::with_query(&page, &[("part", &part)]);
        format!("{page}#f-{}", self.item.fact.id)
    }

    /// Rows of the table of fields: key of the label, text, address.
    fn rows(&self, c: &Shell<'_>) -> Vec<(&'static str, String, Option<String>)> {
        let fact = &self.item.fact;
        let mut rows = Vec::new();
        let mut add = |key: &'static str, text: String, href: Option<String>| {
            if !text.is_empty() {
                rows.push((key, text, href));
            }
        };
        let search = |name: &str, value: &str| Some(links::with_query("/search", &[(name, value)]));
        let kind = fact.kind.as_str();
        add("field.kind", c.v("kind", kind), search("kind", kind));
        if let Some(root) = fact.root {
            let mut text = format!("{} ({})", c.v("root", root.as_str()), root);
            if !fact.mode.is_empty() {
                text.push_str(&format!(" · {}", fact.mode.join(", ")));
            }
            add("field.root", text, search("root", root.as_str()));
        }
        for (key, people) in [
            ("field.source", &fact.source),
            ("field.target", &fact.target),
        ] {
            for (href, name) in c.people(people) {
                add(key, name, Some(href));
            }
        }
        let modality = fact.modality.as_str();
        add(
            "field.modality",
            c.v("modality", modality),
            search("modality", modality),
        );
        add("field.hedge", fact.hedge.clone().unwrap_or_default(), None);
        let basis = serde_json::to_value(fact.date_basis).ok();
        let basis = basis.as_ref().and_then(|b| b.as_str()).unwrap_or_default();
        let date = match &fact.date {
            Some(date) => format!("{} ({})", c.date(date), c.v("basis", basis)),
            None => c.v("basis", "none"),
        };
        add("field.date", date, None);
        add(
            "field.date_text",
            fact.date_text.clone().unwrap_or_default(),
            None,
        );
        add(
            "field.due",
            fact.due.as_ref().map_or_else(String::new, |d| c.date(d)),
            None,
        );
        for link in &fact.speaker {
            let name = link.actor.as_deref();
            let form = serde_json::to_value(link.form).ok();
            let form = form.as_ref().and_then(|f| f.as_str()).unwrap_or_default();
            let text = format!(
                "{} ({})",
                name.map_or_else(
                    || c.t("somebody").to_owned(),
                    |name| c.actor(name).into_owned()
                ),
                c.v("form", form)
            );
            add("field.speaker", text, name.map(links::actor));
        }
        for issue in &fact.issue {
            add(
                "field.issue",
                c.issue(issue).to_owned(),
                Some(links::issue(issue)),
            );
        }
        if let Some(channel) = &fact.channel {
            add(
                "field.channel",
                c.channel(channel).to_owned(),
                Some(links::channel(channel)),
            );
        }
        add(
            "field.status",
            fact.status
                .as_deref()
                .map_or_else(String::new, |s| c.v("status", s)),
            None,
        );
        add("field.value", c.figure(fact), None);
        for (key, text) in [
            ("field.population", &fact.population),
            ("field.question", &fact.question),
            ("field.answer", &fact.answer),
            ("field.pollster", &fact.pollster),
        ] {
            add(key, text.clone().unwrap_or_default(), None);
        }
        add(
            "field.n",
            fact.n.map_or_else(String::new, |n| n.to_string()),
            None,
        );
        let at = fact
            .location
            .as_ref()
            .map_or_else(String::new, |l| l.text.clone());
        add("field.location", at, None);
        if let Some(intensity) = fact.intensity {
            add("field.intensity", intensity.to_string(), None);
        }
        add("field.confidence", format!("{:.2}", fact.confidence), None);
        add("field.review", c.v("review", fact.review.as_str()), None);
        add("field.rule", fact.rule.clone(), None);
        rows
    }
}

pub(crate) async fn fact(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let id = asked.tail.clone();
    if id.len() > 64 || id.is_empty() || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Problem::absent("fact"));
    }
    let view = app
        .ask(&asked.viewer, move |record, _| {
            let found = record.fact(&id)?.ok_or_else(|| Problem::absent("fact"))?;
            let fact = &found.entry.fact;
            let chars: Vec<char> = found.text.chars().collect();
            let stretch = |from: usize, to: usize| -> String {
                chars
                    .get(from..to.min(chars.len()))
                    .unwrap_or_default()
                    .iter()
                    .collect()
            };
            let (start, end) = (fact.start as usize, fact.end as usize);
            let from = (fact.sentence.0 as usize).min(start).saturating_sub(AROUND);
            let to = (fact.sentence.1 as usize).max(end) + AROUND;
            let evidence = fact
                .evidence
                .iter()
                .map(|(field, (a, b))| (field.clone(), stretch(*a as usize, *b as usize)))
                .collect();
            Ok(FactView {
                before: stretch(from, start),
                after: stretch(end, to),
                part: part_of(&found.text, fact.start),
                title: found.title,
                superseded: found.superseded,
                undertakings: record.undertakings_of(found.entry.fact_id)?,
                elsewhere: found.elsewhere.into_iter().map(Told::from).collect(),
                evidence,
                item: found.entry.into(),
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
