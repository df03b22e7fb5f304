//! What is known of a document besides its sentences.

use detente_text::{Document, date::Edtf};
use jiff::civil::Date;

/// The document's date, signed authors, outlet and dyad.
#[derive(Clone, Debug, Default)]
pub struct DocumentContext<'a> {
    /// First and last day that the document's date leaves open.
    pub days: Option<(Date, Date)>,
    /// Authors as signed.
    pub authors: Vec<&'a str>,
    /// Outlet or publisher.
    pub outlet: Option<&'a str>,
    /// Codes of the two states that the document is about, if known.
    pub dyad: Option<[&'a str; 2]>,
}

impl<'a> DocumentContext<'a> {
    /// From a document's metadata; `dyad` as known from elsewhere.
    pub fn new(document: &'a Document, dyad: Option<[&'a str; 2]>) -> Self {
        let metadata = &document.metadata;
        Self {
            days: metadata.date.as_ref().and_then(|d| days(&d.edtf)),
            authors: metadata.authors.iter().map(|a| a.value.as_str()).collect(),
            outlet: metadata.outlet.as_ref().map(|o| o.value.as_str()),
            dyad,
        }
    }
}

fn days(date: &Edtf) -> Option<(Date, Date)> {
    Some((date.earliest()?, date.latest()?))
}
