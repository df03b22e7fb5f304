//! What the coder knows, as data that a political scientist can read and change.
//!
//! A [`Codebook`] is read from TOML files: those that the binary carries
//! ([`Codebook::embedded`]) or a folder of the same shape ([`Codebook::from_dir`]). It is checked
//! as it is read; every finding names file and line ([`Problems`]). Once read it never changes and
//! is shared between threads.
//!
//! ```
//! use detente_codebook::Codebook;
//! let book = Codebook::embedded();
//! let consult = book.events.verbs("meet").any(|v| book.events.root_name(v.pattern) == Some("CONSULT"));
//! assert!(consult);
//! assert_eq!(book.actors.state_by_code("JPN").map(|s| s.name()), Some("Japan"));
//! ```

pub mod actors;
mod contexts;
pub mod events;
mod files;
pub mod ledger;
mod problem;
mod reader;
pub mod topics;

use std::path::Path;

pub use actors::ActorBook;
pub use contexts::{Context, ContextBook};
pub use events::EventBook;
pub use files::Files;
pub use ledger::LedgerBook;
pub use problem::{Problem, Problems};
pub use topics::TopicBook;

/// The whole codebook.
#[derive(Clone, Debug)]
pub struct Codebook {
    /// Roots with their verbs and nouns.
    pub events: EventBook,
    /// States, persons, offices, organisations, generic nouns.
    pub actors: ActorBook,
    /// Matters in dispute or on the agenda.
    pub issues: TopicBook,
    /// Ways of talking.
    pub channels: TopicBook,
    /// What a paragraph may be about.
    pub contexts: ContextBook,
    /// What moves the ledgers of undertakings and channels.
    pub ledger: LedgerBook,
    /// The files it was read from; language data that other crates read stands here too.
    pub files: Files,
    /// What is odd but does no harm.
    pub warnings: Problems,
}

impl Codebook {
    /// The codebook that the binary carries.
    ///
    /// # Panics
    /// If the binary was built with a broken codebook, which its tests forbid.
    pub fn embedded() -> Self {
        match Self::from_files(Files::embedded()) {
            Ok(book) => book,
            Err(problems) => panic!("the built-in codebook is broken\n{problems}"),
        }
    }

    /// The codebook below `folder`.
    ///
    /// # Errors
    /// All [`Problems`] found, warnings included, if one of them is an error.
    pub fn from_dir(folder: &Path) -> Result<Self, Problems> {
        let files = Files::from_dir(folder).map_err(|error| {
            Problems(vec![Problem {
                severity: detente_text::Severity::Error,
                file: folder.display().to_string(),
                line: 0,
                column: 0,
                width: 0,
                text: String::new(),
                message: format!("cannot be read: {error}"),
                hint: None,
            }])
        })?;
        Self::from_files(files)
    }

    /// The codebook of these files. Parts whose files are missing are empty.
    ///
    /// # Errors
    /// As [`from_dir`](Self::from_dir).
    pub fn from_files(files: Files) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let contexts = ContextBook::read(&files, &mut problems);
        let events = EventBook::read(&files, &contexts, &mut problems);
        let issues = TopicBook::read(&files, "issue", &mut problems);
        let channels = TopicBook::read(&files, "channel", &mut problems);
        let actors = ActorBook::read(&files, &mut problems);
        let ledger = LedgerBook::read(&files, &mut problems);
        problems.sort();
        if problems.errors().next().is_some() {
            return Err(problems);
        }
        Ok(Self {
            events,
            actors,
            issues,
            channels,
            contexts,
            ledger,
            files,
            warnings: problems,
        })
    }
}
