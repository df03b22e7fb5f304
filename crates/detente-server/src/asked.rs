//! What was asked for: address, form, filters, language, viewer.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use detente_extract::{Kind, Modality, Root};
use detente_measure::Month;
use detente_record::{Filter, Place};
use detente_text::date::Edtf;
use jiff::civil::Date;

use crate::{app::App, links, problem::Problem, viewer::Viewer, words::Lang};

/// A request, read once.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The path behind its first part, decoded: `fact/ID` gives `ID`.
    pub(crate) tail: String,
    /// The path as it came, without `.json`.
    pub(crate) path: String,
    /// The JSON twin is asked for.
    pub(crate) json: bool,
    /// Pairs of the query.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) lang: Lang,
    pub(crate) viewer: Viewer,
    pub(crate) headers: HeaderMap,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let viewer = parts.extensions.get::<Viewer>().cloned();
        let query = links::pairs(parts.uri.query().unwrap_or_default())
            .ok_or_else(|| Problem::bad("the query is not UTF-8"))?;
        let raw = parts.uri.path();
        let (path, json) = match raw.strip_suffix(".json") {
            Some(path) => (path, true),
            None => (raw, false),
        };
        let tail = path.splitn(3, '/').nth(2).unwrap_or_default();
        let tail =
            links::decode(tail, false).ok_or_else(|| Problem::bad("the path is not UTF-8"))?;
        let asked = Self {
            tail,
            path: path.to_owned(),
            json,
            query,
            lang: Lang::default(),
            viewer: viewer.ok_or_else(Problem::internal)?,
            headers: parts.headers.clone(),
        };
        let lang = asked
            .value("lang")
            .and_then(Lang::from_code)
            .unwrap_or_else(|| lang_of(&asked.headers));
        Ok(Self { lang, ..asked })
    }
}

/// Parameters of the filter, named as the flags of the command line.
pub(crate) const FILTER: [&str; 10] = [
    "kind", "actor", "issue", "channel", "root", "modality", "document", "from", "to", "limit",
];

impl Asked {
    /// The first value of a parameter that is not empty.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A header as text; empty if it is absent or none.
    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// A cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        cookie(&self.headers, name)
    }

    /// Refuses parameters that are not known here, so that a slip of the pen does not pass for an
    /// answer to another question.
    pub(crate) fn only(&self, known: &[&[&str]]) -> Result<(), Problem> {
        let unknown = self
            .query
            .iter()
            .find(|(name, _)| !known.iter().any(|names| names.contains(&name.as_str())));
        match unknown {
            None => Ok(()),
            Some((name, _)) => {
                let names: Vec<&str> = known.concat();
                Err(Problem::bad(format!("there is no parameter `{name}`"))
                    .hint(format!("known here: {}", names.join(", "))))
            }
        }
    }

    /// The filter that the parameters name.
    pub(crate) fn filter(&self) -> Result<Filter, Problem> {
        let text = |name: &str| self.value(name).map(str::to_owned);
        let root = self.value("root").map(str::to_uppercase);
        let root = one_of("root", root.as_deref(), Root::from_name, Root::ALL)?;
        Ok(Filter {
            kinds: self.several("kind", Kind::from_name, Kind::ALL)?,
            modalities: self.several("modality", Modality::from_name, Modality::ALL)?,
            actor: text("actor"),
            issue: text("issue"),
            channel: text("channel"),
            root: root.map(|root| root.to_string()),
            document: text("document"),
            from: self.filter_from()?,
            to: self.filter_to()?,
            once: false,
            dated: false,
            limit: None,
        })
    }

    /// Values of a parameter, parted by commas or given several times.
    fn several<T: Copy + std::fmt::Display>(
        &self,
        name: &str,
        read: fn(&str) -> Option<T>,
        all: &[T],
    ) -> Result<Vec<T>, Problem> {
        let mut values = Vec::new();
        for (_, text) in self.query.iter().filter(|(key, _)| key == name) {
            for part in text.split(',').filter(|part| !part.is_empty()) {
                values.extend(one_of(name, Some(part), read, all)?);
            }
        }
        Ok(values)
    }

    fn date(&self, name: &str, end: fn(Edtf) -> Option<Date>) -> Result<Option<Date>, Problem> {
        let Some(text) = self.value(name) else {
            return Ok(None);
        };
        let date = text.parse::<Edtf>().ok().and_then(end);
        date.map(Some).ok_or_else(|| {
            Problem::bad(format!(
                "`{name}` is `{text}`, which is no date with that end"
            ))
            .hint("write a year, a month or a day: 2012, 2012-08, 2012-08-10")
        })
    }

    /// The first day asked for.
    pub(crate) fn filter_from(&self) -> Result<Option<Date>, Problem> {
        self.date("from", Edtf::earliest)
    }

    /// The last day asked for.
    pub(crate) fn filter_to(&self) -> Result<Option<Date>, Problem> {
        self.date("to", Edtf::latest)
    }

    /// Values of a parameter that must stand in a list.
    pub(crate) fn among(&self, name: &str, all: &[&str]) -> Result<Vec<String>, Problem> {
        let mut values = Vec::new();
        for (_, text) in self.query.iter().filter(|(key, _)| key == name) {
            for part in text.split(',').filter(|part| !part.is_empty()) {
                if !all.contains(&part) {
                    return Err(Problem::bad(format!("`{name}` is `{part}`"))
                        .hint(format!("it must be one of {}", all.join(", "))));
                }
                values.push(part.to_owned());
            }
        }
        Ok(values)
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Problem> {
        match self.value(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(Problem::bad(format!(
                "`{name}` is `{other}`; it must be `true` or `false`"
            ))),
        }
    }

    /// A month, such as 2019-07; of a day its month, of a year its first one.
    pub(crate) fn month(&self, name: &str) -> Result<Option<Month>, Problem> {
        Ok(self.date(name, Edtf::earliest)?.map(Month::of))
    }

    /// A whole number within bounds.
    pub(crate) fn number(&self, name: &str, least: u64, most: u64) -> Result<Option<u64>, Problem> {
        let Some(text) = self.value(name) else {
            return Ok(None);
        };
        match text.parse::<u64>() {
            Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
            _ => Err(Problem::bad(format!(
                "`{name}` is `{text}`; it must be a whole number from {least} to {most}"
            ))),
        }
    }

    /// Where a page goes on.
    pub(crate) fn cursor(&self) -> Result<Option<Place>, Problem> {
        let Some(text) = self.value("cursor") else {
            return Ok(None);
        };
        let place = text.split_once('.').and_then(|(first, row)| {
            Some(Place {
                first: first.parse().ok()?,
                row: row.parse().ok()?,
            })
        });
        place.map(Some).ok_or_else(|| {
            Problem::bad(format!("`{text}` is no cursor"))
                .hint("take the cursor from `next` of the page before")
        })
    }

    /// True for newest first. `order` is `date` or `-date`.
    pub(crate) fn newest_first(&self, otherwise: bool) -> Result<bool, Problem> {
        match self.value("order") {
            None => Ok(otherwise),
            Some("date") => Ok(false),
            Some("-date") => Ok(true),
            Some(other) => Err(Problem::bad(format!(
                "`order` is `{other}`; it must be `date` or `-date`"
            ))),
        }
    }
}

/// A cursor as it stands in an address.
pub(crate) fn cursor(place: Place) -> String {
    format!("{}.{}", place.first, place.row)
}

fn one_of<T: Copy + std::fmt::Display>(
    name: &str,
    text: Option<&str>,
    read: fn(&str) -> Option<T>,
    all: &[T],
) -> Result<Option<T>, Problem> {
    let Some(text) = text else { return Ok(None) };
    read(text).map(Some).ok_or_else(|| {
        let names: Vec<String> = all.iter().map(T::to_string).collect();
        Problem::bad(format!("`{name}` is `{text}`"))
            .hint(format!("it must be one of {}", names.join(", ")))
    })
}

/// The language that a cookie or the browser asks for.
pub(crate) fn lang_of(headers: &HeaderMap) -> Lang {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    cookie(headers, "lang")
        .and_then(Lang::from_code)
        .unwrap_or_else(|| Lang::accepted(accepted.unwrap_or_default()))
}

/// A cookie of a request.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}
