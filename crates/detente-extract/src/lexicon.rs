//! The words of a language that decide kind, speaker and modality: `codebook/language/en/`.

use std::collections::{BTreeMap, BTreeSet};

use detente_codebook::Files;
use serde::{Deserialize, de::DeserializeOwned};

use crate::scene::Scene;

/// A set of lemmas.
pub(crate) type Words = BTreeSet<String>;

/// Phrases of one or more words, found by their first one.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Phrases(BTreeMap<String, Vec<Vec<String>>>);

impl From<Vec<String>> for Phrases {
    fn from(phrases: Vec<String>) -> Self {
        let mut by_first: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for phrase in phrases {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            by_first.entry(words[0].clone()).or_default().push(words);
        }
        Self(by_first)
    }
}

impl Phrases {
    /// Every phrase in the tokens `[first, last]`, by lemmas or forms, in the order of the text: its
    /// first and last token.
    pub(crate) fn find<'s>(
        &'s self,
        scene: &'s Scene<'_>,
        first: usize,
        last: usize,
    ) -> impl Iterator<Item = (usize, usize)> + 's {
        (first..=last.min(scene.sentence.len().saturating_sub(1))).flat_map(move |at| {
            let is = |token: usize, word: &str| {
                scene.lemma(token).eq_ignore_ascii_case(word)
                    || scene.form(token).eq_ignore_ascii_case(word)
            };
            [scene.lemma(at), scene.form(at)]
                .into_iter()
                .filter_map(|word| {
                    if word.bytes().any(|b| b.is_ascii_uppercase()) {
                        self.0.get(word.to_lowercase().as_str())
                    } else {
                        self.0.get(word)
                    }
                })
                .flatten()
                .filter(move |words| {
                    at + words.len() <= last + 1
                        && words.iter().enumerate().all(|(k, word)| is(at + k, word))
                })
                .map(move |words| (at, at + words.len() - 1))
        })
    }
}

/// Verbs and phrases that bring somebody's words into a text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reporting {
    pub(crate) say: Words,
    pub(crate) think: Words,
    pub(crate) show: Words,
    pub(crate) stance: Words,
    pub(crate) according: Words,
    pub(crate) content_nouns: Words,
    pub(crate) empty_objects: Words,
    pub(crate) with_preposition: Words,
    pub(crate) quantities: Words,
    pub(crate) questions: Words,
}

/// Words that decide the modality of a clause.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModalityWords {
    pub(crate) hypothetical: Hypothetical,
    pub(crate) negated: Negated,
    pub(crate) planned: Planned,
    pub(crate) historical: Historical,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hypothetical {
    pub(crate) conditions: Words,
    pub(crate) auxiliaries: Words,
    pub(crate) adverbs: Words,
    pub(crate) adjectives: Words,
    pub(crate) nouns: Words,
    pub(crate) verbs: Words,
    pub(crate) uncontrolled: Words,
    pub(crate) open: Words,
    pub(crate) things: Words,
    pub(crate) phrases: Vec<String>,
    pub(crate) foretelling: Words,
    pub(crate) scenarios: Words,
    pub(crate) doubt: Phrases,
    pub(crate) openers: Phrases,
    pub(crate) attributes: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Negated {
    pub(crate) words: Words,
    pub(crate) denials: Words,
    pub(crate) verbs: Words,
    pub(crate) phrases: Vec<String>,
    pub(crate) reluctant: Words,
    pub(crate) fronted: Phrases,
    pub(crate) raising: Words,
    pub(crate) denying: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Planned {
    pub(crate) auxiliaries: Words,
    pub(crate) verbs: Words,
    pub(crate) adjectives: Words,
    pub(crate) phrases: Vec<String>,
    pub(crate) arranging: Words,
    pub(crate) happening: Words,
    pub(crate) intending: Words,
    pub(crate) taken: Words,
    pub(crate) attributes: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Historical {
    pub(crate) adjectives: Words,
    pub(crate) adverbs: Words,
    pub(crate) phrases: Vec<String>,
    pub(crate) bodies: Words,
    pub(crate) defunct: Phrases,
    pub(crate) departed: Departed,
    pub(crate) periods: Phrases,
    pub(crate) background: Vec<String>,
    pub(crate) following: Words,
}

/// Names of the dead, by the year by whose end they were.
#[derive(Debug, Deserialize)]
#[serde(try_from = "BTreeMap<String, Phrases>")]
pub(crate) struct Departed(BTreeMap<i16, Phrases>);

impl TryFrom<BTreeMap<String, Phrases>> for Departed {
    type Error = std::num::ParseIntError;

    fn try_from(by_year: BTreeMap<String, Phrases>) -> Result<Self, Self::Error> {
        by_year
            .into_iter()
            .map(|(year, names)| Ok((year.parse()?, names)))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Departed {
    /// The names of those who were dead when a text of `year` was written.
    pub(crate) fn before(&self, year: i16) -> impl Iterator<Item = &Phrases> {
        self.0.range(..year).map(|(_, names)| names)
    }
}

/// What makes a clause a proposal or a commitment.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Obligation {
    pub(crate) proposal: ProposalWords,
    pub(crate) commitment: CommitmentWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposalWords {
    pub(crate) auxiliaries: Words,
    pub(crate) semi: Words,
    pub(crate) demands: Words,
    pub(crate) adjectives: Words,
    pub(crate) conditions: Words,
    pub(crate) acts: Words,
    pub(crate) verbs: Words,
    pub(crate) asks: Words,
    pub(crate) nouns: Words,
    pub(crate) list_leads: Words,
    pub(crate) foreseen: Words,
    pub(crate) given: Words,
    pub(crate) needed: Words,
    pub(crate) proposing: Words,
    pub(crate) proposing_nouns: Words,
    pub(crate) desired: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommitmentWords {
    pub(crate) verbs: Words,
    pub(crate) intentions: Words,
    pub(crate) wishes: Words,
    pub(crate) nouns: Words,
    pub(crate) goals: Words,
    pub(crate) adjectives: Words,
    pub(crate) auxiliaries: Words,
    pub(crate) meetings: Words,
    pub(crate) held: Words,
    pub(crate) meeting_nouns: Words,
    pub(crate) acts: Words,
}

/// What a statement is made of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementWords {
    pub(crate) hedges: Vec<String>,
    pub(crate) causal: Causal,
    pub(crate) openers: Words,
    pub(crate) empty_frames: Words,
    pub(crate) record: BTreeMap<String, Vec<String>>,
    pub(crate) force: Force,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Causal {
    pub(crate) verbs: Words,
    pub(crate) backwards: Words,
    pub(crate) phrases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Force {
    pub(crate) positive: Words,
    pub(crate) negative: Words,
}

/// Words that let another word tell the act, or who has part in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Predicates {
    pub(crate) transparent: Words,
    pub(crate) light: Words,
    pub(crate) counts: Words,
    pub(crate) measures: Words,
    pub(crate) unchanging: Words,
    pub(crate) joining: Words,
    pub(crate) trades: Words,
    pub(crate) places: Words,
    pub(crate) referring: Words,
    /// By root: nouns that take up an act of it.
    pub(crate) answers: BTreeMap<String, Words>,
}

impl Predicates {
    /// Nouns of those who do something: "trucker", "hijacker", "arsonist".
    pub(crate) fn is_trade(&self, lemma: &str) -> bool {
        lemma.len() > 5 && self.trades.iter().any(|end| lemma.ends_with(end.as_str()))
    }
}

/// All word lists of one language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) predicates: Predicates,
    pub(crate) reporting: Reporting,
    pub(crate) modality: ModalityWords,
    pub(crate) obligation: Obligation,
    pub(crate) statement: StatementWords,
}

/// A word list that cannot be read: file and what the TOML reader says.
#[derive(Debug, thiserror::Error)]
#[error("codebook/{file}: {message}")]
pub struct LexiconError {
    /// File below the codebook's folder.
    pub file: String,
    /// Line, column and what is wrong.
    pub message: String,
}

impl Lexicon {
    /// The English lists of a codebook.
    ///
    /// # Errors
    /// The first file that is missing or not of the right shape.
    pub(crate) fn english(files: &Files) -> Result<Self, LexiconError> {
        Ok(Self {
            predicates: read(files, "language/en/predicates.toml")?,
            reporting: read(files, "language/en/reporting.toml")?,
            modality: read(files, "language/en/modality.toml")?,
            obligation: read(files, "language/en/obligation.toml")?,
            statement: read(files, "language/en/statement.toml")?,
        })
    }
}

fn read<T: DeserializeOwned>(files: &Files, file: &str) -> Result<T, LexiconError> {
    let error = |message: String| LexiconError {
        file: file.to_owned(),
        message,
    };
    let text = files
        .get(file)
        .ok_or_else(|| error("is missing".to_owned()))?;
    toml::from_str(text).map_err(|e| error(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lists_are_readable() {
        let lexicon = Lexicon::english(&Files::embedded()).unwrap();
        assert!(lexicon.reporting.say.contains("say"));
        assert!(lexicon.statement.record.contains_key("first"));
    }
}
