//! What the tags of both Korean treebanks say, as far as the rules need it.

/// The kind of a morpheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nouns, names, pronouns and numbers that are neither of the next two.
    Noun,
    /// 나, 우리, 그.
    Pronoun,
    /// 것, 수, 때문: nouns that never stand alone.
    BoundNoun,
    /// Verbs.
    Verb,
    /// Adjectives, 있다 and 없다 among them.
    Adjective,
    /// 있다, 않다, 하다 after another verb.
    Auxiliary,
    /// 이다.
    Copula,
    /// Adverbs and conjunctions.
    Adverb,
    /// Particles after nouns.
    Particle,
    /// 았, 겠, 시.
    PreFinal,
    /// The ending of a sentence or quotation: 다, 라, 까.
    Final,
    /// The ending before another clause or an auxiliary: 고, 면, 지.
    Connective,
    /// The ending before a noun: ㄴ, 는, ㄹ, 던.
    Adnominal,
    /// The ending that makes a noun: 기, ㅁ.
    Nominal,
    /// 하, 되, 시키, which make a verb of a noun.
    VerbSuffix,
    /// 하, 스럽, which make an adjective of a noun.
    AdjectiveSuffix,
    /// Other suffixes: 들, 적.
    Suffix,
    /// Marks, prefixes and what has no tag.
    Other,
}

impl Kind {
    /// The kind of a tag of either treebank.
    pub(crate) fn of(tag: &str) -> Self {
        match tag {
            "NP" | "npp" | "npd" => Self::Pronoun,
            "NNB" | "nbn" | "nbs" => Self::BoundNoun,
            "VV" | "pvg" | "pvd" => Self::Verb,
            "VA" | "VCN" | "paa" | "pad" => Self::Adjective,
            "VX" | "px" => Self::Auxiliary,
            "VCP" | "jp" => Self::Copula,
            "MAG" | "MAJ" | "mag" | "mad" | "maj" => Self::Adverb,
            "EP" | "ep" => Self::PreFinal,
            "EF" | "ef" => Self::Final,
            "EC" | "ecs" | "ecc" | "ecx" => Self::Connective,
            "ETM" | "etm" => Self::Adnominal,
            "ETN" | "etn" => Self::Nominal,
            "XSV" | "xsv" => Self::VerbSuffix,
            "XSA" | "xsm" => Self::AdjectiveSuffix,
            "XSN" | "xsn" | "xsa" => Self::Suffix,
            _ => match tag.as_bytes() {
                [b'N' | b'n', ..] | b"SL" | b"SN" | b"SH" | b"XR" | b"f" => Self::Noun,
                [b'J' | b'j', ..] => Self::Particle,
                _ => Self::Other,
            },
        }
    }

    /// True for what a predicate is made with.
    pub(crate) fn is_predicate(self) -> bool {
        matches!(
            self,
            Self::Verb
                | Self::Adjective
                | Self::Auxiliary
                | Self::Copula
                | Self::VerbSuffix
                | Self::AdjectiveSuffix
        )
    }
}

/// The morphemes of an eojeol, given as both columns have them: 가+았+다 and VV+EP+EF. Where the
/// columns do not fit, the shorter one decides.
pub(crate) fn morphemes<'w>(
    forms: &'w str,
    tags: &'w str,
) -> impl Iterator<Item = (&'w str, Kind)> + Clone {
    let kinds = tags.split('+').map(Kind::of);
    forms.split('+').zip(kinds)
}

/// The morphemes of an eojeol from the last to the first, if the columns fit.
pub(crate) fn backwards<'w>(
    forms: &'w str,
    tags: &'w str,
) -> impl Iterator<Item = (&'w str, Kind)> + Clone {
    let kinds = tags.rsplit('+').map(Kind::of);
    forms.rsplit('+').zip(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_treebanks_say_the_same() {
        let gsd: Vec<_> = morphemes("가+았+다", "VV+EP+EF").collect();
        let kaist: Vec<_> = morphemes("가+았+다", "pvg+ep+ef").collect();
        assert_eq!(gsd, kaist);
        assert_eq!(gsd[1], ("았", Kind::PreFinal));
        assert_eq!(Kind::of("ncpa"), Kind::Noun);
        assert_eq!(Kind::of("jxt"), Kind::Particle);
        assert_eq!(Kind::of("SF"), Kind::Other);
        assert_eq!(morphemes("있", "px+ef").count(), 1);
    }
}
