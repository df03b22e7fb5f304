//! Names of issues, channels and actors in three languages, from the codebook.

use std::{borrow::Cow, collections::HashMap};

use detente_codebook::Codebook;

use crate::words::{Lang, Words};

/// Names by id.
#[derive(Debug)]
pub(crate) struct Names {
    issues: HashMap<String, [String; 3]>,
    channels: HashMap<String, [String; 3]>,
    actors: HashMap<String, [String; 3]>,
}

impl Names {
    pub(crate) fn of(book: &Codebook) -> Self {
        let topics = |book: &detente_codebook::TopicBook| {
            book.topics
                .iter()
                .map(|topic| (topic.id.to_string(), topic.labels.clone().map(String::from)))
                .collect()
        };
        let mut actors = HashMap::new();
        let mut add = |id: &str, scripts: &[Vec<Box<str>>; 2], english: &str| {
            let own = |i: usize| scripts[i].first().map_or(english, |name| name).to_owned();
            actors.insert(id.to_owned(), [english.to_owned(), own(0), own(1)]);
        };
        for state in &book.actors.states {
            add(&state.code, &state.scripts, state.name());
        }
        for person in &book.actors.persons {
            add(&person.id, &person.scripts, &person.id);
        }
        for organisation in &book.actors.organisations {
            add(&organisation.id, &organisation.scripts, &organisation.id);
        }
        Self {
            issues: topics(&book.issues),
            channels: topics(&book.channels),
            actors,
        }
    }

    pub(crate) fn issue<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.issues
            .get(id)
            .map_or(id, |names| &names[lang as usize])
    }

    pub(crate) fn channel<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.channels
            .get(id)
            .map_or(id, |names| &names[lang as usize])
    }

    /// The name of an actor: a state, a person, an organisation, or a state with a sector
    /// (`KOR GOV`).
    pub(crate) fn actor<'a>(&'a self, id: &'a str, words: &'a Words) -> Cow<'a, str> {
        if let Some(names) = self.actors.get(id) {
            return Cow::Borrowed(&names[words.lang as usize]);
        }
        let Some((state, sector)) = id.split_once(' ') else {
            return Cow::Borrowed(id);
        };
        let Some(names) = self.actors.get(state).filter(|_| state.len() == 3) else {
            return Cow::Borrowed(id);
        };
        let (sector, note) = match sector.split_once(" (") {
            Some((sector, _)) => (sector, words.get("sector.anonymous")),
            None => (sector, ""),
        };
        let Some(label) = words.find(&format!("sector.{sector}")) else {
            return Cow::Borrowed(id);
        };
        Cow::Owned(format!("{} · {label}{note}", names[words.lang as usize]))
    }
}
