//! Which model analyses which text.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use clap::{Args, ValueEnum};
use detente_syntax::Analyser;
use detente_text::Language;

use crate::failure::{Failure, Result};

/// Flags of the commands that analyse text.
#[derive(Args, Clone)]
pub(crate) struct ModelArgs {
    /// The language; `auto` tells it from the text
    #[arg(long, short, value_enum, value_name = "LANGUAGE", default_value_t = Tongue::Auto)]
    pub(crate) language: Tongue,

    /// A model of your own, as `detente train syntax` writes it, for all that is read
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
}

/// A language as it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Tongue {
    /// English
    En,
    /// Japanese
    Ja,
    /// Korean
    Ko,
    /// Told from the text
    Auto,
}

impl Tongue {
    /// The language, if one was given.
    pub(crate) const fn given(self) -> Option<Language> {
        match self {
            Self::En => Some(Language::En),
            Self::Ja => Some(Language::Ja),
            Self::Ko => Some(Language::Ko),
            Self::Auto => None,
        }
    }
}

/// The analysers, each loaded when it is first needed.
pub(crate) struct Analysers {
    given: Option<Analyser>,
    shipped: [OnceLock<Option<Analyser>>; 3],
}

impl Analysers {
    pub(crate) fn new(args: &ModelArgs) -> Result<Self> {
        Ok(Self {
            given: args.model.as_deref().map(load).transpose()?,
            shipped: Default::default(),
        })
    }

    /// The analyser for a language; `None` if there is no model for it.
    pub(crate) fn of(&self, language: Language) -> Option<&Analyser> {
        if self.given.is_some() {
            return self.given.as_ref();
        }
        let slot = match language {
            Language::En => 0,
            Language::Ja => 1,
            Language::Ko => 2,
            Language::Other => return None,
        };
        self.shipped[slot]
            .get_or_init(|| Analyser::shipped(language))
            .as_ref()
    }
}

/// Reads a model from a file.
fn load(path: &Path) -> Result<Analyser> {
    let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    Analyser::from_bytes(&bytes).map_err(|error| {
        let message = format!("`{}` is no model: {error}", path.display());
        Failure::new("D010", message).hint("`detente train syntax` writes one")
    })
}
