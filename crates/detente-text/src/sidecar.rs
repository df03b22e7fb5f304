//! What a person knows about a file, written beside it as `<name>.meta.toml`.

use serde::Deserialize;

use crate::{Diagnostic, Language, codes, date::Edtf};

/// The side-car of one file. Every field given here overrides what the reader finds.
///
/// ```
/// use detente_text::SideCar;
/// let side_car = SideCar::parse("title = 'Joint statement'\ndate = 2015-06-22").unwrap();
/// assert_eq!(side_car.date.unwrap().to_string(), "2015-06-22");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SideCar {
    /// Title.
    pub title: Option<String>,
    /// Authors in order.
    pub authors: Vec<String>,
    /// Outlet or publisher.
    pub outlet: Option<String>,
    /// Place of the dateline.
    pub place: Option<String>,
    /// Date of the document.
    pub date: Option<Edtf>,
    /// Language of the text.
    pub language: Option<Language>,
    /// Address it was taken from.
    pub url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    title: Option<String>,
    author: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    outlet: Option<String>,
    place: Option<String>,
    date: Option<toml::Value>,
    language: Option<String>,
    url: Option<String>,
}

impl SideCar {
    /// Reads the TOML text of a side-car.
    ///
    /// # Errors
    /// A diagnostic `T018` if it is no TOML, has unknown keys or an unusable date or language.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let refuse = |why: String| codes::SIDE_CAR_BROKEN.diagnostic(why);
        let raw: Raw = toml::from_str(text)
            .map_err(|e| refuse(format!("the side-car cannot be read: {}", e.message())))?;
        let date = match raw.date {
            None => None,
            Some(toml::Value::String(text)) => Some(
                text.parse::<Edtf>()
                    .map_err(|e| refuse(format!("the side-car's date cannot be used: {e}")))?,
            ),
            Some(value) => {
                // A TOML date, perhaps with a time of day; the day is what counts.
                let text = value.to_string();
                let day = text.get(..10).unwrap_or(&text);
                Some(
                    day.parse::<Edtf>()
                        .map_err(|e| refuse(format!("the side-car's date cannot be used: {e}")))?,
                )
            }
        };
        let language = raw.language.as_deref().map(crate::language::from_tag);
        Ok(Self {
            title: raw.title,
            authors: raw.author.into_iter().chain(raw.authors).collect(),
            outlet: raw.outlet,
            place: raw.place,
            date,
            language,
            url: raw.url,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_in_both_ways() {
        for text in [
            "date = 2015-06-22",
            "date = '2015-06-22'",
            "date = 2015-06-22T10:00:00Z",
        ] {
            let side_car = SideCar::parse(text).unwrap();
            assert_eq!(side_car.date.unwrap().to_string(), "2015-06-22");
        }
        let side_car = SideCar::parse("author = 'A'\nauthors = ['B']\nlanguage = 'ko-KR'").unwrap();
        assert_eq!(side_car.authors, ["A", "B"]);
        assert_eq!(side_car.language, Some(Language::Ko));
    }

    #[test]
    fn refuses_what_it_cannot_use() {
        for text in ["titel = 'x'", "date = 'May 2015'", "title = ", "date = 3"] {
            assert_eq!(SideCar::parse(text).unwrap_err().code, "T018", "{text}");
        }
    }
}
