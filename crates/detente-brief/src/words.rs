//! Names of actors, issues and channels as a brief writes them.

use std::collections::BTreeMap;

use detente_codebook::Codebook;
use detente_extract::{Link, Root};
use detente_text::date::{Edtf, End};

/// A date as people read it: days and months stay in figures, spans are told in words.
pub(crate) fn date_told(date: Edtf) -> String {
    match date {
        Edtf::Point(_) => date.to_string(),
        Edtf::Interval(End::At(from), End::At(to)) => {
            format!("{} to {}", Edtf::Point(from), Edtf::Point(to))
        }
        Edtf::Interval(End::At(from), End::Open) => format!("since {}", Edtf::Point(from)),
        Edtf::Interval(End::Open, End::At(to)) => format!("until {}", Edtf::Point(to)),
        Edtf::Interval(End::Open, End::Open) => "at all times".to_owned(),
    }
}

/// Names by id.
#[derive(Clone, Debug, Default)]
pub struct Words {
    issues: BTreeMap<String, String>,
    channels: BTreeMap<String, String>,
    /// Name and adjective of states by code.
    states: BTreeMap<String, (String, String)>,
}

impl Words {
    /// English names of the codebook.
    pub fn of(book: &Codebook) -> Self {
        let labels = |topics: &detente_codebook::TopicBook| {
            let pairs = topics.topics.iter();
            pairs
                .map(|t| (t.id.to_string(), t.labels[0].to_string()))
                .collect()
        };
        Self {
            issues: labels(&book.issues),
            channels: labels(&book.channels),
            states: book
                .actors
                .states
                .iter()
                .map(|s| {
                    let adjective = s.adjectives.first().map_or_else(|| s.name(), AsRef::as_ref);
                    (
                        s.code.to_string(),
                        (s.name().to_owned(), adjective.to_owned()),
                    )
                })
                .collect(),
        }
    }

    /// Name of an issue; its id if the codebook has none.
    pub fn issue<'w>(&'w self, id: &'w str) -> &'w str {
        self.issues.get(id).map_or(id, String::as_str)
    }

    /// Name of a channel; its id if the codebook has none.
    pub fn channel<'w>(&'w self, id: &'w str) -> &'w str {
        self.channels.get(id).map_or(id, String::as_str)
    }

    /// Name of an actor: `KOR GOV` is the South Korean government.
    pub fn actor(&self, id: &str) -> String {
        let (id, note) = match id.strip_suffix(" (anonymous)") {
            Some(id) => (id, ", unnamed"),
            None => (id, ""),
        };
        let (code, sector) = id.split_once(' ').unwrap_or((id, ""));
        let Some((name, adjective)) = self.states.get(code) else {
            return format!("{id}{note}");
        };
        let noun = match sector {
            "" => return format!("{name}{note}"),
            "GOV" => "government",
            "MIL" => "armed forces",
            "LEG" => "parliament",
            "JUD" => "courts",
            "OPP" => "opposition",
            "BUS" => "business",
            "CVL" => "citizens",
            "MED" => "media",
            other => other,
        };
        format!("{adjective} {noun}{note}")
    }

    /// Several actors.
    pub fn actors(&self, ids: &[String]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.actor(id)).collect();
        names.join(", ")
    }

    /// Who speaks, through whom; the publisher, who stands in the footnote, is left out.
    pub fn speaker(&self, chain: &[Link]) -> Option<String> {
        let mut names = chain.iter().filter_map(|link| link.actor.as_deref());
        let mut text = self.actor(names.next()?);
        for link in chain.iter().skip(1).filter(|link| link.via) {
            if let Some(actor) = &link.actor {
                text.push_str(&format!(", according to {}", self.actor(actor)));
            }
        }
        Some(text)
    }
}

/// A PLOVER root in a word.
pub(crate) const fn root(root: Root) -> &'static str {
    match root {
        Root::Agree => "agreement",
        Root::Consult => "talks",
        Root::Support => "support",
        Root::Concede => "concession",
        Root::Cooperate => "cooperation",
        Root::Aid => "aid",
        Root::Retreat => "retreat",
        Root::Request => "demand",
        Root::Accuse => "reproach",
        Root::Reject => "refusal",
        Root::Threaten => "threat",
        Root::Protest => "protest",
        Root::Sanction => "sanction",
        Root::Mobilize => "show of force",
        Root::Coerce => "coercion",
        Root::Assault => "assault",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_words() {
        for (date, told) in [
            ("2012-08-10", "2012-08-10"),
            ("2023-03-06/2023-03-12", "2023-03-06 to 2023-03-12"),
            ("2018/..", "since 2018"),
            ("../2019-07", "until 2019-07"),
            ("1998~", "1998~"),
        ] {
            assert_eq!(date_told(date.parse().unwrap()), told);
        }
    }
}
