//! What a paragraph may be about (codebook 3.5): `contexts.toml`.

use rustc_hash::FxHashMap;

use crate::{Files, problem::Problems, reader::Parsed};

/// One context of PLOVER.
#[derive(Clone, Debug)]
pub struct Context {
    /// Its id, such as `military`.
    pub id: Box<str>,
    /// What it is about, in words.
    pub definition: Box<str>,
    /// Words and phrases, in small letters, that show it.
    pub cues: Vec<Box<str>>,
    /// Words that show it only together with another one.
    pub weak: Vec<Box<str>>,
}

/// All contexts, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct ContextBook {
    /// The contexts.
    pub contexts: Vec<Context>,
    by_id: FxHashMap<Box<str>, u16>,
}

impl ContextBook {
    pub(crate) fn read(files: &Files, problems: &mut Problems) -> Self {
        let mut book = Self::default();
        let Some(text) = files
            .get("contexts.toml")
            .or_else(|| files.get("events/contexts.toml"))
        else {
            return book;
        };
        let parsed = Parsed::new("contexts.toml", text, problems);
        let root = parsed.root();
        root.only(problems, &["context"]);
        for table in root.tables(problems, "context") {
            table.only(
                problems,
                &[
                    "id",
                    "definition",
                    "labels",
                    "about",
                    "cues",
                    "weak",
                    "ja",
                    "ko",
                ],
            );
            let Some(id) = table.need(problems, "id") else {
                continue;
            };
            let number = book.contexts.len() as u16;
            if book.by_id.insert(id.text.into(), number).is_some() {
                problems.error(
                    &id.place,
                    format!("context `{}` stands twice", id.text),
                    None,
                );
                continue;
            }
            let definition = table
                .word(problems, "definition")
                .or_else(|| table.word(problems, "about"))
                .map_or("", |w| w.text);
            book.contexts.push(Context {
                id: id.text.into(),
                definition: definition.into(),
                cues: table.strings(problems, "cues"),
                weak: table.strings(problems, "weak"),
            });
        }
        book
    }

    /// The context with that id.
    pub fn get(&self, id: &str) -> Option<&Context> {
        self.by_id.get(id).map(|&i| &self.contexts[i as usize])
    }

    /// Ids in the order of the file.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.contexts.iter().map(|c| &*c.id)
    }
}
