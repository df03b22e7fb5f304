//! Where round a verb or noun an argument is looked for.

/// A step from a word to one of its dependents.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Subject; of a passive, the doer.
    Subj,
    /// Deep object; of a passive, its subject.
    Obj,
    /// Indirect object.
    Iobj,
    /// Verb of the clause that follows.
    Compl,
    /// Possessor.
    Poss,
    /// Word before the noun: adjective, compound.
    Mod,
    /// The phrase under that preposition.
    Prep(Box<str>),
}

/// A way of one or two steps: `obj`, `with`, `obj.with`, `compl.obj`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// First step.
    pub first: Role,
    /// Second step.
    pub then: Option<Role>,
}

/// English prepositions that slots may name.
pub(crate) const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "away",
    "before",
    "behind",
    "below",
    "beside",
    "besides",
    "between",
    "beyond",
    "by",
    "despite",
    "down",
    "during",
    "following",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "past",
    "per",
    "regarding",
    "since",
    "through",
    "throughout",
    "to",
    "together",
    "toward",
    "towards",
    "under",
    "until",
    "unto",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
];

impl Role {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "subj" => Self::Subj,
            "obj" => Self::Obj,
            "iobj" => Self::Iobj,
            "compl" => Self::Compl,
            "poss" => Self::Poss,
            "mod" => Self::Mod,
            _ if PREPOSITIONS.contains(&name) => Self::Prep(name.into()),
            _ => return None,
        })
    }
}

impl Slot {
    /// Reads `subj`, `obj`, `iobj`, `poss`, `mod`, a preposition, or two of them (`compl` too as
    /// the first) with a dot between.
    pub fn parse(name: &str) -> Option<Self> {
        let (first, then) = match name.split_once('.') {
            Some((first, then)) => (first, Some(Role::parse(then)?)),
            None => (name, None),
        };
        let first = Role::parse(first)?;
        (first != Role::Compl || then.is_some()).then_some(Self { first, then })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_one_and_two_steps() {
        assert_eq!(
            Slot::parse("obj.with"),
            Some(Slot {
                first: Role::Obj,
                then: Some(Role::Prep("with".into()))
            })
        );
        assert_eq!(Slot::parse("poss").map(|s| s.first), Some(Role::Poss));
        for wrong in ["compl", "object", "obj.", ".obj", "obj.of.of", ""] {
            assert_eq!(Slot::parse(wrong), None, "{wrong}");
        }
    }
}
