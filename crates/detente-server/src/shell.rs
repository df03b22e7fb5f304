//! What every page needs besides its own matter: words, names, links.

use std::borrow::Cow;

use detente_extract::Fact;
use detente_text::date::Edtf;

use crate::{
    app::App,
    asked::Asked,
    links,
    words::{self, Lang, Words},
};

/// The frame of a page, handed to its template as `c`.
pub(crate) struct Shell<'a> {
    app: &'a App,
    words: &'a Words,
    /// Path without `.json`, and the query without `lang`.
    path: &'a str,
    query: Vec<(&'a str, &'a str)>,
    /// Token against forgery, for forms.
    pub(crate) forgery: String,
}

impl<'a> Shell<'a> {
    pub(crate) fn new(app: &'a App, asked: &'a Asked, forgery: String) -> Self {
        Self {
            app,
            words: app.words(asked.lang),
            path: &asked.path,
            query: asked
                .query
                .iter()
                .filter(|(name, _)| name != "lang")
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect(),
            forgery,
        }
    }

    pub(crate) fn t<'b>(&'b self, key: &'b str) -> &'b str {
        self.words.get(key)
    }

    /// The string of a value of a closed list: `kind.event`.
    pub(crate) fn v(&self, list: &str, value: &str) -> String {
        let found = self.words.find(&format!("{list}.{value}"));
        found.unwrap_or(value).to_owned()
    }

    pub(crate) fn lang(&self) -> &'static str {
        self.words.lang.code()
    }

    /// Languages of the interface: code, name, address of this page in it.
    pub(crate) fn languages(&self) -> Vec<(&'static str, &'static str, String)> {
        Lang::ALL
            .into_iter()
            .map(|lang| {
                let mut query = self.query.clone();
                query.push(("lang", lang.code()));
                let link = links::with_query(self.path, &query);
                (lang.code(), lang.name(), link)
            })
            .collect()
    }

    /// Address of the JSON twin.
    pub(crate) fn twin(&self) -> String {
        let path = if self.path == "/" {
            "/index"
        } else {
            self.path
        };
        links::with_query(&format!("{path}.json"), &self.query)
    }

    /// This page with one parameter changed (removed, if the value is empty); paging starts anew.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let mut query: Vec<(&str, &str)> = self
            .query
            .iter()
            .filter(|(key, _)| *key != name && *key != "cursor")
            .copied()
            .collect();
        query.push((name, value));
        links::with_query(self.path, &query)
    }

    /// This page, further on.
    pub(crate) fn further(&self, cursor: &str) -> String {
        let mut query: Vec<(&str, &str)> = self.query.clone();
        query.retain(|(key, _)| *key != "cursor");
        query.push(("cursor", cursor));
        links::with_query(self.path, &query)
    }

    /// True if the first part of the path is `part`.
    pub(crate) fn here(&self, part: &str) -> bool {
        self.path.split('/').nth(1) == Some(part)
    }

    /// The two states of the record.
    pub(crate) fn dyad(&self) -> String {
        let name = |code: &str| self.app.names.actor(code, self.words).into_owned();
        match self.app.dyad.split_once('-') {
            Some((one, other)) => format!("{} – {}", name(one), name(other)),
            None => self.app.dyad.clone(),
        }
    }

    /// True if documents can be added in the browser.
    pub(crate) fn takes_documents(&self) -> bool {
        self.app.takes_documents()
    }

    pub(crate) fn css(&self) -> String {
        crate::statics::address("style.css")
    }

    pub(crate) fn js(&self) -> String {
        crate::statics::address("script.js")
    }

    pub(crate) fn n(&self, number: &u64) -> String {
        words::number(*number)
    }

    pub(crate) fn issue<'b>(&'b self, id: &'b str) -> &'b str {
        self.app.names.issue(id, self.words.lang)
    }

    pub(crate) fn channel<'b>(&'b self, id: &'b str) -> &'b str {
        self.app.names.channel(id, self.words.lang)
    }

    pub(crate) fn actor<'b>(&'b self, id: &'b str) -> Cow<'b, str> {
        self.app.names.actor(id, self.words)
    }

    /// The name of a value of a facet.
    pub(crate) fn named(&self, facet: &str, value: &str) -> String {
        match facet {
            "issue" => self.issue(value).to_owned(),
            "channel" => self.channel(value).to_owned(),
            "actor" => self.actor(value).into_owned(),
            other => self.v(other, value),
        }
    }

    pub(crate) fn date(&self, date: &Edtf) -> String {
        self.words.date(*date)
    }

    /// A date that stands as text.
    pub(crate) fn date_text(&self, date: &str) -> String {
        date.parse::<Edtf>()
            .map_or_else(|_| date.to_owned(), |date| self.words.date(date))
    }

    /// Who acts towards whom: ids with names and links.
    pub(crate) fn people(&self, ids: &[String]) -> Vec<(String, String)> {
        ids.iter()
            .map(|id| (links::actor(id), self.actor(id).into_owned()))
            .collect()
    }

    /// The value of a poll or an indicator with its unit.
    pub(crate) fn figure(&self, fact: &Fact) -> String {
        use detente_extract::Value;
        let value = match &fact.value {
            None => return String::new(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Text(text)) => self.v("value", text),
        };
        match fact.unit.as_deref() {
            None => value,
            Some("percent") => format!("{value} %"),
            Some(unit) => format!("{value} {unit}"),
        }
    }

    pub(crate) fn to_fact(&self, id: &str) -> String {
        links::fact(id)
    }

    pub(crate) fn to_event(&self, id: &str) -> String {
        links::event(id)
    }

    pub(crate) fn to_commitment(&self, id: &str) -> String {
        links::commitment(id)
    }

    pub(crate) fn to_contradiction(&self, id: &str) -> String {
        links::contradiction(id)
    }

    pub(crate) fn to_document(&self, name: &str) -> String {
        links::document(name)
    }

    pub(crate) fn to_issue(&self, id: &str) -> String {
        links::issue(id)
    }

    pub(crate) fn to_channel(&self, id: &str) -> String {
        links::channel(id)
    }

    pub(crate) fn to_actor(&self, id: &str) -> String {
        links::actor(id)
    }

    /// The page of a value of a facet, if it has one.
    pub(crate) fn to(&self, facet: &str, value: &str) -> String {
        match facet {
            "issue" => links::issue(value),
            "channel" => links::channel(value),
            "actor" => links::actor(value),
            other => links::with_query("/search", &[(other, value)]),
        }
    }
}
