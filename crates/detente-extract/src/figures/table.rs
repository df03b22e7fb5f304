//! `codebook/figures/en.toml`, and the names of states and their people for populations.

use std::{collections::BTreeSet, sync::OnceLock};

use super::{
    states::{StateName, state_names},
    table_file::File,
};
use crate::times::{Phrases, Words};

/// What somebody does with a sum of money.
pub(super) struct Outlay {
    pub(super) verbs: BTreeSet<String>,
    /// Words after the sum, one of which has to stand there; empty: none has to.
    pub(super) on: BTreeSet<String>,
    pub(super) issue: &'static str,
}

/// What a noun measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// Issue id, `""` if it depends.
    pub(super) issue: &'static str,
    /// Runs from somebody to somebody.
    pub(super) flow: bool,
    /// Named by the receiver ("imports").
    pub(super) inward: bool,
    /// A group of persons that moves.
    pub(super) people: bool,
    /// Cases that somebody counts; the state named after "of" is the one they were done to.
    pub(super) counted: bool,
}

/// What a rating noun counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rating {
    pub(super) answer: &'static str,
    /// A poll even if no survey is named.
    pub(super) sure: bool,
}

/// Which way a quantity goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Change {
    Up,
    Down,
    Stable,
    /// Multiplied by.
    Times(f64),
}

/// All tables of this module.
pub(super) struct Table {
    pub(super) poll_nouns: Phrases<()>,
    pub(super) poll_verbs: BTreeSet<String>,
    pub(super) pollsters: BTreeSet<String>,
    pub(super) people: Phrases<()>,
    pub(super) answers: BTreeSet<String>,
    pub(super) chooses: BTreeSet<String>,
    /// Words that tone a share told in words up or down.
    pub(super) toning: BTreeSet<String>,
    /// Verbs of what a policy finds among people.
    pub(super) meets: BTreeSet<String>,
    pub(super) ratings: Phrases<Rating>,
    pub(super) shares: Phrases<()>,
    pub(super) modes: Phrases<&'static str>,
    pub(super) topics: Phrases<(usize, &'static str)>,
    pub(super) change_verbs: Phrases<Change>,
    pub(super) change_nouns: Phrases<Change>,
    /// What makes a verb of change after "to" an undertaking.
    pub(super) undertaken: BTreeSet<String>,
    /// What makes a noun of change after "for" or "of" a wish.
    pub(super) wished: BTreeSet<String>,
    /// Adjectives that belong to a noun of change.
    pub(super) sizes: BTreeSet<String>,
    /// "Made up 14 percent of".
    pub(super) part_verbs: BTreeSet<String>,
    /// "14 percent of the steel came from".
    pub(super) goods_verbs: BTreeSet<String>,
    /// "Imported 14 percent of its steel from".
    pub(super) bought_verbs: BTreeSet<String>,
    pub(super) level_verbs: BTreeSet<String>,
    pub(super) fewer: BTreeSet<String>,
    pub(super) more: BTreeSet<String>,
    pub(super) measures: Phrases<Measure>,
    pub(super) partners: Phrases<()>,
    pub(super) outlays: Vec<Outlay>,
    pub(super) restrictions: BTreeSet<String>,
    pub(super) goods: BTreeSet<String>,
    states: Phrases<StateName>,
}

impl Table {
    /// The English tables.
    pub(super) fn english() -> &'static Self {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| {
            let file = include_str!("../../../../codebook/figures/en.toml");
            let states = include_str!("../../../../codebook/actors/states.toml");
            Self::read(file, states).expect("the tables are checked by a test")
        })
    }

    fn read(file: &'static str, states: &'static str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(file)?;
        let mut table = Self {
            poll_nouns: phrases(&file.poll.nouns, ()),
            poll_verbs: file.poll.verbs.into_iter().collect(),
            pollsters: file.poll.pollsters,
            people: phrases(&file.poll.people, ()),
            answers: forms_of(&file.poll.answers),
            chooses: forms_of(&file.poll.chooses),
            toning: file.poll.toning,
            meets: file.poll.meets,
            ratings: Phrases::new(),
            shares: phrases(&file.poll.shares.nouns, ()),
            modes: Phrases::new(),
            topics: Phrases::new(),
            change_verbs: Phrases::new(),
            change_nouns: Phrases::new(),
            undertaken: file.change.undertaken,
            wished: file.change.wished,
            sizes: file.change.sizes,
            part_verbs: file.share.parts,
            goods_verbs: file.share.goods,
            bought_verbs: file.share.bought,
            level_verbs: forms_of(&file.level.verbs),
            fewer: file.level.fewer.into_iter().collect(),
            more: file.level.more.into_iter().collect(),
            measures: Phrases::new(),
            partners: phrases(&file.rank.nouns, ()),
            outlays: file
                .outlay
                .into_iter()
                .map(|o| Outlay {
                    verbs: forms_of(&o.verbs),
                    on: o.on,
                    issue: keep(o.issue),
                })
                .collect(),
            restrictions: forms_of(&file.restriction.words),
            goods: file.restriction.goods.into_iter().collect(),
            states: state_names(states)?,
        };
        for rating in file.poll.rating {
            let meaning = Rating {
                answer: keep(rating.answer),
                sure: rating.sure,
            };
            table.ratings.add(&rating.nouns, meaning);
        }
        for mode in file.poll.mode {
            table.modes.add(&mode.words, keep(mode.id));
        }
        for (rank, topic) in file.poll.topic.into_iter().enumerate() {
            table.topics.add(&topic.words, (rank, keep(topic.issue)));
        }
        for (words, change) in [
            (&file.change.up, Change::Up),
            (&file.change.down, Change::Down),
            (&file.change.stable, Change::Stable),
        ] {
            let forms: Vec<String> = words.iter().flat_map(|w| forms(w)).collect();
            table.change_verbs.add(&forms, change);
        }
        for factor in &file.change.factor {
            let forms: Vec<String> = factor.words.iter().flat_map(|w| forms(w)).collect();
            table.change_verbs.add(&forms, Change::Times(factor.times));
        }
        table.change_nouns.add(&file.change.up_nouns, Change::Up);
        table
            .change_nouns
            .add(&file.change.down_nouns, Change::Down);
        for measure in file.measure {
            let meaning = Measure {
                issue: keep(measure.issue),
                flow: measure.flow,
                inward: measure.inward,
                people: measure.people,
                counted: measure.counted,
            };
            table.measures.add(&measure.nouns, meaning);
        }
        table.ratings.sort();
        table.modes.sort();
        table.topics.sort();
        table.change_verbs.sort();
        table.change_nouns.sort();
        table.measures.sort();
        Ok(table)
    }

    /// The state whose name starts at `i`, and the index after it. Names begin with a capital.
    pub(super) fn state_at(&self, words: &Words, i: usize) -> Option<(StateName, usize)> {
        if !words.capital(i) {
            return None;
        }
        let (name, next) = self.states.at(words, i)?;
        let written = words.span(i, next).of(words.text);
        name.capitals
            .is_none_or(|c| c == written)
            .then_some((name, next))
    }

    /// True if a word of a measure, a rating or a survey stands in the sentence.
    pub(super) fn may_measure(&self, words: &Words) -> bool {
        (0..words.len()).any(|i| {
            self.measures.at(words, i).is_some()
                || self.ratings.at(words, i).is_some()
                || self.partners.at(words, i).is_some()
                || self.poll_nouns.at(words, i).is_some()
                || self.poll_verbs.contains(words.low(i))
                || words.is(i, "respondents")
        })
    }
}

/// The tables live as long as the program; their ids are shared by every draft.
pub(super) fn keep(id: String) -> &'static str {
    Box::leak(id.into_boxed_str())
}

fn phrases(names: &[String], meaning: ()) -> Phrases<()> {
    let mut phrases = Phrases::new();
    phrases.add(names, meaning);
    phrases.sort();
    phrases
}

/// Regular forms of a verb; of a phrase its first word changes.
pub(super) fn forms(verb: &str) -> Vec<String> {
    let (first, rest) = verb
        .split_once(' ')
        .map_or((verb, None), |(f, r)| (f, Some(r)));
    let stem = first.strip_suffix('e').unwrap_or(first);
    let mut all = vec![first.to_owned()];
    if let Some(y) = first
        .strip_suffix('y')
        .filter(|s| !s.ends_with(['a', 'e', 'o', 'u']))
    {
        all.extend([format!("{y}ies"), format!("{y}ied")]);
    } else {
        let hisses =
            first.ends_with(['s', 'x', 'z']) || first.ends_with("ch") || first.ends_with("sh");
        all.push(format!("{first}{}", if hisses { "es" } else { "s" }));
        all.push(format!("{stem}ed"));
    }
    all.push(format!("{stem}ing"));
    match rest {
        Some(rest) => all.into_iter().map(|f| format!("{f} {rest}")).collect(),
        None => all,
    }
}

fn forms_of(verbs: &[String]) -> BTreeSet<String> {
    verbs.iter().flat_map(|v| forms(v)).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::states::StateRole, *};

    #[test]
    fn the_tables_read() {
        let table = Table::english();
        let words = Words::plain("South Koreans in the ROK and Japan asked us in the US");
        let state = |i| {
            table
                .state_at(&words, i)
                .map(|(s, _)| (s.adjective, s.role))
        };
        assert_eq!(state(0), Some(("South Korean", StateRole::People)));
        assert_eq!(state(4), Some(("ROK", StateRole::Country)));
        assert_eq!(state(6), Some(("Japanese", StateRole::Country)));
        assert_eq!(state(8), None);
        assert_eq!(state(11), Some(("US", StateRole::Country)));
    }

    #[test]
    fn makes_regular_forms() {
        assert_eq!(
            forms("decline"),
            ["decline", "declines", "declined", "declining"]
        );
        assert_eq!(forms("reply"), ["reply", "replies", "replied", "replying"]);
        assert_eq!(
            forms("dry up"),
            ["dry up", "dries up", "dried up", "drying up"]
        );
    }
}
