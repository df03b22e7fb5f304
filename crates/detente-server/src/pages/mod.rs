//! The pages: one file each, with what it shows (also its JSON twin) and how it is asked for.

pub(crate) mod commitments;
pub(crate) mod contradictions;
pub(crate) mod document;
pub(crate) mod documents;
pub(crate) mod enter;
pub(crate) mod event;
pub(crate) mod fact;
pub(crate) mod month;
pub(crate) mod network;
pub(crate) mod new;
pub(crate) mod overview;
pub(crate) mod quality;
pub(crate) mod runs;
pub(crate) mod search;
pub(crate) mod searches;
pub(crate) mod timeline;
pub(crate) mod topic;
pub(crate) mod topics;

use detente_extract::Fact;
use detente_record::{Entry, Mention};
use serde::Serialize;

/// A fact as pages show it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Item {
    #[serde(flatten)]
    pub(crate) fact: Fact,
    /// The merged event that it reports.
    pub(crate) event: Option<String>,
    /// The fact that another document printed first.
    pub(crate) duplicate_of: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) document_date: Option<String>,
}

impl From<Entry> for Item {
    fn from(entry: Entry) -> Self {
        Self {
            fact: entry.fact,
            event: entry.event,
            duplicate_of: entry.duplicate_of,
            outlet: entry.outlet,
            document_date: entry.document_date,
        }
    }
}

/// All of them.
pub(crate) fn items(entries: Vec<Entry>) -> Vec<Item> {
    entries.into_iter().map(Item::from).collect()
}

/// Another place that tells of the same.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) document: String,
    pub(crate) outlet: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) quote: String,
    /// Why it was put together with the others.
    pub(crate) reason: String,
}

impl From<Mention> for Told {
    fn from(mention: Mention) -> Self {
        Self {
            id: mention.id,
            document: mention.document,
            outlet: mention.outlet,
            date: mention.document_date,
            quote: mention.quote,
            reason: mention.reason,
        }
    }
}

/// A merged event as pages show it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EventItem {
    pub(crate) id: String,
    pub(crate) root: Option<String>,
    pub(crate) date: String,
    /// Reports.
    pub(crate) mentions: u64,
    /// Documents with a report.
    pub(crate) documents: u64,
    /// Its first report.
    pub(crate) first: Item,
}

impl From<detente_record::MergedEvent> for EventItem {
    fn from(event: detente_record::MergedEvent) -> Self {
        Self {
            id: event.id,
            root: event.root,
            date: event.date,
            mentions: event.mentions,
            documents: event.documents,
            first: event.first.into(),
        }
    }
}

/// Makes a page of a view and a template: the view is `v`, the frame is `c`.
macro_rules! page {
    ($view:ty, $template:literal $(, form = $form:literal)?) => {
        const _: () = {
            #[derive(askama::Template)]
            #[template(path = $template)]
            struct Whole<'a> {
                v: &'a $view,
                c: &'a crate::shell::Shell<'a>,
            }

            impl crate::answer::Page for $view {
                $(const FORM: bool = $form;)?

                fn render(
                    &self,
                    shell: &crate::shell::Shell<'_>,
                ) -> Result<String, askama::Error> {
                    use askama::Template;
                    Whole { v: self, c: shell }.render()
                }
            }
        };
    };
}
use page;
