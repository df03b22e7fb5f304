//! Names of states and their people, and how a population is headed by them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::table::keep;
use crate::times::Phrases;

/// A name of a state or its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StateName {
    /// How its people's answers are headed: "Japanese" respondents.
    pub(super) adjective: &'static str,
    pub(super) role: StateRole,
    /// Has to be written in capitals as in the table ("US").
    pub(super) capitals: Option<&'static str>,
}

/// What kind of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StateRole {
    Country,
    Adjective,
    /// "Koreans": a noun for nothing but the people.
    People,
    /// "Seoul": stands for the state where it has or does something.
    Capital,
}

#[derive(Debug, Deserialize)]
struct StatesFile {
    state: Vec<State>,
}

/// The fields that are needed here.
#[derive(Debug, Deserialize)]
struct State {
    names: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    capital: Capital,
}

#[derive(Debug, Default, Deserialize)]
struct Capital {
    #[serde(default)]
    en: Vec<String>,
}

/// Reads `codebook/actors/states.toml`.
pub(super) fn state_names(toml: &str) -> Result<Phrases<StateName>, toml::de::Error> {
    let file: StatesFile = toml::from_str(toml)?;
    let mut phrases = Phrases::new();
    let mut kept: BTreeMap<String, &'static str> = BTreeMap::new();
    let mut intern = |text: &str| {
        *kept
            .entry(text.to_owned())
            .or_insert_with(|| keep(text.to_owned()))
    };
    for state in &file.state {
        let Some(usual) = state.adjectives.first() else {
            continue;
        };
        // The adjective that goes with a name: South Korea, South Korean; ROK, ROK.
        let adjective = |name: &str| -> String {
            let short = name.len() > 1 && name.chars().all(|c| c.is_uppercase() || c == '.');
            let words = name.split(' ').count();
            let head = |text: &str| text.chars().take(4).collect::<String>();
            let last = |text: &str| text.rsplit(' ').next().map(head).unwrap_or_default();
            if short {
                return name.to_owned();
            }
            state
                .adjectives
                .iter()
                .find(|a| a.split(' ').count() == words && last(a) == last(name))
                .unwrap_or(usual)
                .clone()
        };
        let mut add = |name: &str, adjective: &str, role| {
            let all_capitals = name.chars().all(|c| !c.is_lowercase());
            let entry = StateName {
                adjective: intern(adjective),
                role,
                capitals: all_capitals.then(|| intern(name)),
            };
            phrases.add(&[name], entry);
        };
        for name in &state.names {
            add(name, &adjective(name), StateRole::Country);
        }
        for name in &state.adjectives {
            if !state.names.contains(name) {
                add(name, name, StateRole::Adjective);
            }
        }
        for name in &state.capital.en {
            if !state.names.contains(name) {
                add(name, usual, StateRole::Capital);
            }
        }
        for name in &state.people {
            if state.names.contains(name) || state.adjectives.contains(name) {
                continue;
            }
            let singular = name.strip_suffix('s').unwrap_or(name);
            let own = state.adjectives.iter().find(|a| *a == singular);
            add(name, own.unwrap_or(usual), StateRole::People);
        }
    }
    phrases.sort();
    Ok(phrases)
}
