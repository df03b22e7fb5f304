//! Words by which English references are resolved: `actors/reference_en.toml`.

use rustc_hash::FxHashSet;

use crate::{
    Files,
    problem::Problems,
    reader::{Parsed, Table},
};

/// A set of lemmas or words in small letters.
pub type WordSet = FxHashSet<Box<str>>;

macro_rules! reference_words {
    ($($(#[$doc:meta])* $field:ident),+ $(,)?) => {
        /// Lists of words in small letters; what each is for stands in the file.
        #[derive(Clone, Debug, Default)]
        pub struct ReferenceWords {
            $($(#[$doc])* pub $field: WordSet,)+
            /// Verbs of saying and thinking, from `language/en/reporting.toml`.
            pub speech_verbs: WordSet,
        }

        impl ReferenceWords {
            pub(super) fn read(table: &Table<'_>, problems: &mut Problems) -> Self {
                table.only(problems, &[$(stringify!($field)),+]);
                Self {
                    $($field: table.strings(problems, stringify!($field)).into_iter().collect(),)+
                    speech_verbs: WordSet::default(),
                }
            }
        }
    };
}

reference_words! {
    /// "both", "two": what makes a pair of a plural noun.
    pair_words,
    /// "country", "side": nouns that stand for a state.
    state_nouns,
    /// "side": with an adjective, the state itself.
    side_nouns,
    /// "country", "nation": in the singular, the state last named.
    country_nouns,
    /// "government", "leader": nouns that stand for a government.
    government_nouns,
    /// Prepositions after which a capital is a place.
    place_prepositions,
    /// Verbs whose object is a place.
    place_verbs,
    /// Nouns whose "to" is a place: "visit to".
    place_nouns,
    /// Verbs that take a place with "to", "from" or "for": "travel to".
    motion_verbs,
    /// Nouns that a government owns or has: "demand", "policy", "tie".
    government_things,
    /// "Mr.", "H.E.": words before a person's name.
    honorifics,
    /// "former", "ex": words that put an office into the past.
    former_words,
    /// "new", "next", "current", "predecessor": words that tell one holder from another.
    successor_words,
    /// "new", "current": of these, the holder at the time of the text.
    current_words,
    /// "University", "Institute": last words of organisations' names.
    organisation_heads,
    /// "of", "and", "for", "the": small words inside organisations' names.
    name_links,
    /// Capitalised words that are no part of a person's name: months, weekdays, "The".
    no_names,
    /// Words that no person's name holds, but organisations' names do.
    organisation_words,
    /// Titles of persons that are no office of state: "professor", "director".
    person_titles,
    /// Pronouns for one person.
    person_pronouns,
    /// Of pronouns and words before a name, those for a man.
    male_words,
    /// Those for a woman.
    female_words,
    /// Pronouns for the speaker.
    speaker_pronouns,
    /// Pronouns for a thing or state.
    thing_pronouns,
    /// Pronouns for several.
    group_pronouns,
    /// Nouns for people in general: "people", "citizen", "public".
    people_nouns,
}

impl ReferenceWords {
    /// Verbs of saying and thinking are kept where the language's data stands.
    pub(super) fn read_reporting(&mut self, files: &Files, problems: &mut Problems) {
        let name = "language/en/reporting.toml";
        let Some(text) = files.get(name) else {
            return;
        };
        let parsed = Parsed::new(name, text, problems);
        let root = parsed.root();
        for list in ["say", "think"] {
            self.speech_verbs.extend(root.strings(problems, list));
        }
    }
}
