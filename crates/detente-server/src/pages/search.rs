//! Search over texts and facts.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use detente_record::{Facet, Filter, Hit, Record, Total};
use serde::Serialize;

use super::{Item, items, page};
use crate::{
    answer,
    app::App,
    asked::{Asked, FILTER},
    links,
    problem::Problem,
    shell::Shell,
};

/// A document that fits.
#[derive(Debug, Serialize)]
struct DocumentHit {
    document: String,
    date: Option<String>,
    title: Option<String>,
    excerpt: String,
    #[serde(skip)]
    pieces: Vec<(String, bool)>,
}

/// Values of one facet among the facts found.
#[derive(Debug, Serialize)]
struct FacetView {
    facet: &'static str,
    values: Vec<(String, u64)>,
}

/// What was found.
#[derive(Debug, Serialize)]
pub(crate) struct Search {
    q: String,
    filter: BTreeMap<&'static str, String>,
    total: Total,
    /// Best first; else newest reading first, or by date where no words are given.
    ranked: bool,
    newest_first: bool,
    facts: Vec<Item>,
    next: Option<String>,
    facets: Vec<FacetView>,
    /// The facets count the facts of the whole record; else those of the first pages.
    facets_whole: bool,
    documents: Vec<DocumentHit>,
    documents_total: Option<Total>,
    #[serde(skip)]
    first_page: bool,
}

page!(Search, "search.html");

/// Documents shown beside the facts.
const DOCUMENTS: u64 = 8;

/// Facts from which facets are counted where filters are set.
const COUNTED: u64 = 100;

/// Facets with their names in filters.
const FACETS: [(Facet, &str); 6] = [
    (Facet::Kind, "kind"),
    (Facet::Modality, "modality"),
    (Facet::Root, "root"),
    (Facet::Issue, "issue"),
    (Facet::Channel, "channel"),
    (Facet::Actor, "actor"),
];

impl Search {
    /// The value of a filter; empty if it is not set.
    fn set(&self, name: &str) -> &str {
        self.filter.get(name).map_or("", String::as_str)
    }

    /// Address of the complete export in a form.
    fn export(&self, form: &str) -> String {
        let mut query: Vec<(&str, &str)> = self
            .filter
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        query.push(("q", &self.q));
        query.push(("form", form));
        links::with_query("/api/v1/facts", &query)
    }

    /// True if something is looked for that could be kept under a name.
    fn may_be_kept(&self) -> bool {
        !self.q.is_empty() || !self.filter.is_empty()
    }

    /// Where this search is kept under a name.
    fn keep(&self) -> String {
        let mut query: Vec<(&str, &str)> = vec![("q", &self.q)];
        query.extend(
            self.filter
                .iter()
                .map(|(name, value)| (*name, value.as_str())),
        );
        if self.q.is_empty() && !self.newest_first {
            query.push(("order", "date"));
        }
        links::with_query("/searches", &query)
    }

    /// Filters that are set: facet, value, address without it.
    fn chosen(&self, c: &Shell<'_>) -> Vec<(&'static str, String, String)> {
        self.filter
            .iter()
            .map(|(name, value)| (*name, c.named(name, value), c.with(name, "")))
            .collect()
    }
}

/// True if nothing but a length is asked for.
fn is_bare(filter: &Filter) -> bool {
    let length = Filter {
        limit: filter.limit,
        ..Filter::default()
    };
    *filter == length
}

fn facets(
    record: &Record,
    asked: &Filter,
    q: &str,
    found: &[Item],
) -> Result<(Vec<FacetView>, bool), Problem> {
    let mut facets = Vec::new();
    if q.is_empty() && is_bare(asked) {
        for (facet, name) in FACETS {
            let values = record.terms(facet, 12)?;
            facets.push(FacetView {
                facet: name,
                values: values
                    .into_iter()
                    .map(|term| (term.value, term.facts))
                    .collect(),
            });
        }
        return Ok((facets, true));
    }
    let mut counts: BTreeMap<&str, BTreeMap<String, u64>> = BTreeMap::new();
    let mut add = |facet: &'static str, value: &str| {
        *counts
            .entry(facet)
            .or_default()
            .entry(value.to_owned())
            .or_default() += 1;
    };
    for Item { fact, .. } in found {
        add("kind", fact.kind.as_str());
        add("modality", fact.modality.as_str());
        if let Some(root) = fact.root {
            add("root", root.as_str());
        }
        if let Some(channel) = &fact.channel {
            add("channel", channel);
        }
        for issue in &fact.issue {
            add("issue", issue);
        }
        for actor in fact.source.iter().chain(&fact.target) {
            add("actor", actor);
        }
    }
    for (_, name) in FACETS {
        let mut values: Vec<(String, u64)> = counts
            .remove(name)
            .unwrap_or_default()
            .into_iter()
            .collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        values.truncate(12);
        facets.push(FacetView {
            facet: name,
            values,
        });
    }
    Ok((facets, false))
}

/// Cuts an excerpt at its marks.
fn hit(hit: Hit) -> DocumentHit {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (from, to) in &hit.marks {
        pieces.push((hit.excerpt[at..*from].to_owned(), false));
        pieces.push((hit.excerpt[*from..*to].to_owned(), true));
        at = *to;
    }
    pieces.push((hit.excerpt[at..].to_owned(), false));
    DocumentHit {
        document: hit.document,
        date: hit.date,
        title: hit.title,
        excerpt: hit.excerpt,
        pieces,
    }
}

pub(crate) async fn search(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[&FILTER, &["q", "cursor", "order", "lang"]])?;
    let mut filter = asked.filter()?;
    let size = asked.number("limit", 1, 100)?.unwrap_or(30);
    filter.limit = Some(size);
    let after = asked.cursor()?;
    let newest_first = asked.newest_first(true)?;
    let q = asked.value("q").unwrap_or_default().to_owned();
    let set = FILTER
        .iter()
        .filter(|name| **name != "limit")
        .filter_map(|name| Some((*name, asked.value(name)?.to_owned())))
        .collect();
    let view = app
        .ask(&asked.viewer, move |record, _| {
            // One reading serves the page and, where filters are set, the facets.
            let wide = Filter {
                limit: Some(if after.is_none() { COUNTED } else { size }),
                ..filter.clone()
            };
            let bare = q.is_empty() && is_bare(&wide);
            let ask = if bare { &filter } else { &wide };
            let mut found = if q.is_empty() {
                record.page(ask, after, newest_first)?
            } else {
                record.search_facts(&q, ask, after)?
            };
            let mut facts = items(found.entries.clone());
            let (facets, facets_whole) = if after.is_none() {
                facets(record, &filter, &q, &facts)?
            } else {
                (Vec::new(), false)
            };
            if facts.len() > size as usize {
                facts.truncate(size as usize);
                let last = &found.entries[size as usize - 1];
                found.next = Some(if q.is_empty() {
                    record.place(last)
                } else {
                    detente_record::Place {
                        first: 0,
                        row: size as i64,
                    }
                });
            }
            let (documents, documents_total) = if q.is_empty() || after.is_some() {
                (Vec::new(), None)
            } else {
                let total = record.count_hits(&q, 500)?;
                let hits = if total.exact {
                    record.search(&q, DOCUMENTS)?
                } else {
                    record.search_newest(&q, DOCUMENTS)?
                };
                (hits.into_iter().map(hit).collect(), Some(total))
            };
            Ok(Search {
                q,
                filter: set,
                total: found.total,
                ranked: found.ranked,
                newest_first,
                facts,
                next: answer::next(found.next),
                facets,
                facets_whole,
                documents,
                documents_total,
                first_page: after.is_none(),
            })
        })
        .await?;
    answer::page(&app, &asked, &view)
}
