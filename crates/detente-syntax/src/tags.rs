//! Universal Dependencies' closed classes.

/// Makes a field-less enum with the names of its values as the treebanks write them.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident, $($variant:ident = $text:literal),+ $(,)?) => {
        $(#[$meta])*
        #[allow(missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[repr(u8)]
        pub enum $name { #[default] $($variant),+ }

        impl $name {
            /// All values, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name as in CoNLL-U.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

named! {
    /// Universal part of speech.
    Upos,
    X = "X", Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET",
    Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN",
    Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB",
}

named! {
    /// Relation to the head; the subtypes that the coder needs stand beside the universal ones,
    /// any other subtype is read as its universal relation.
    Deprel,
    Dep = "dep", Root = "root", Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl",
    AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux",
    AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp",
    Clf = "clf", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop",
    Csubj = "csubj", CsubjPass = "csubj:pass", Det = "det", DetPredet = "det:predet",
    Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed",
    Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark",
    Nmod = "nmod", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj",
    NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj",
    Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan",
    Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Vocative = "vocative",
    Xcomp = "xcomp",
}

named! {
    /// Grammatical tense of a verb.
    Tense, None = "", Past = "Past", Pres = "Pres",
}

named! {
    /// Mood of a finite verb.
    Mood, None = "", Ind = "Ind", Imp = "Imp", Sub = "Sub",
}

named! {
    /// Form of a verb.
    VerbForm, None = "", Fin = "Fin", Inf = "Inf", Part = "Part", Ger = "Ger",
}

named! {
    /// Grammatical number.
    Number, None = "", Sing = "Sing", Plur = "Plur",
}

/// The morphological features that the coder needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Feats {
    /// Tense.
    pub tense: Tense,
    /// Mood.
    pub mood: Mood,
    /// Form of the verb.
    pub verb_form: VerbForm,
    /// Passive participle or passive ending.
    pub passive: bool,
    /// Grammatical number.
    pub number: Number,
    /// `Polarity=Neg`: not, n't, no, ない, 않다.
    pub negative: bool,
    /// Person of a pronoun or verb, 1–3; 0 if none.
    pub person: u8,
}

impl Deprel {
    /// The relation that a treebank writes as `name`: subtypes without a value of their own are
    /// read as their universal relation, names of earlier releases as the present ones, and what
    /// is no relation at all as [`Deprel::Dep`].
    pub fn from_treebank(name: &str) -> Self {
        let name = match name {
            "obl:npmod" | "obl:tmod" => "obl:unmarked",
            "nmod:npmod" | "nmod:tmod" => "nmod:unmarked",
            _ => name,
        };
        let universal = || name.split(':').next().and_then(Self::from_name);
        Self::from_name(name).or_else(universal).unwrap_or_default()
    }

    /// The name without its subtype, as the shared tasks compare it.
    pub fn universal(self) -> &'static str {
        let name = self.as_str();
        name.split_once(':')
            .map_or(name, |(universal, _)| universal)
    }
}

/// What the network tells of a word: everything a word's tag says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Tag {
    pub(crate) upos: Upos,
    /// The treebank's own tag, which divides some universal ones further.
    pub(crate) xpos: String,
    /// Features as packed by [`pack`].
    pub(crate) feats: u16,
}

/// Features in 16 bits.
pub(crate) fn pack(feats: Feats) -> u16 {
    feats.tense as u16
        | (feats.mood as u16) << 2
        | (feats.verb_form as u16) << 4
        | (feats.number as u16) << 7
        | u16::from(feats.person.min(3)) << 9
        | u16::from(feats.passive) << 11
        | u16::from(feats.negative) << 12
}

/// The reverse of [`pack`].
pub(crate) fn unpack(feats: u16) -> Feats {
    fn value<T: Copy + Default>(all: &[T], number: u16) -> T {
        all.get(number as usize).copied().unwrap_or_default()
    }
    Feats {
        tense: value(Tense::ALL, feats & 3),
        mood: value(Mood::ALL, feats >> 2 & 3),
        verb_form: value(VerbForm::ALL, feats >> 4 & 7),
        number: value(Number::ALL, feats >> 7 & 3),
        person: (feats >> 9 & 3) as u8,
        passive: feats >> 11 & 1 == 1,
        negative: feats >> 12 & 1 == 1,
    }
}
