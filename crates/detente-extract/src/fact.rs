//! The exchange form of a fact (codebook 1.1).

use std::{collections::BTreeMap, fmt};

use detente_text::{Basis, CodePoints, Language, Span, date::Edtf};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Version of the coding rules; part of a fact's identity and of its `rule`.
#[derive(Clone, Copy, Debug)]
pub struct ExtractVersion;

impl ExtractVersion {
    /// Raised when the same document may give other facts.
    pub const CURRENT: u32 = 5;
}

macro_rules! values {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// All values.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As written in the exchange form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

values! {
    /// Kind of fact (codebook 2).
    Kind {
        /// Something done at a time by somebody.
        Event = "event",
        /// A view, description, explanation, forecast.
        Statement = "statement",
        /// What somebody says that others, or all together, should do.
        Proposal = "proposal",
        /// An undertaking about one's own conduct.
        Commitment = "commitment",
        /// A share of people giving an answer in a survey.
        Poll = "poll",
        /// A measured amount or trend.
        Indicator = "indicator",
        /// A person or body named with its office.
        Actor = "actor",
        /// A matter in dispute or on the agenda.
        Issue = "issue",
        /// A way of talking to each other.
        Channel = "channel",
    }
}

values! {
    /// Does it hold? (codebook 1.2)
    Modality {
        /// Holds only in a condition or scenario, is possible, feared or forecast.
        Hypothetical = "hypothetical",
        /// Denied.
        Negated = "negated",
        /// Set, intended, promised, proposed.
        Planned = "planned",
        /// Over: long ago, of a closed period, or background to the main line.
        Historical = "historical",
        /// Reported as done, going on or true.
        Asserted = "asserted",
    }
}

values! {
    /// PLOVER root (codebook 3).
    Root {
        /// Promise, offer, accept in words to cooperate.
        Agree = "AGREE",
        /// Meet, talk, negotiate.
        Consult = "CONSULT",
        /// Verbal or diplomatic cooperation.
        Support = "SUPPORT",
        /// Give way in words.
        Concede = "CONCEDE",
        /// Material cooperation that serves both.
        Cooperate = "COOPERATE",
        /// Material help.
        Aid = "AID",
        /// Yield with material effect.
        Retreat = "RETREAT",
        /// Ask, urge, demand.
        Request = "REQUEST",
        /// Disapprove, complain, blame, sue, investigate.
        Accuse = "ACCUSE",
        /// Refuse, decline, call off.
        Reject = "REJECT",
        /// Warn of one's own harmful act.
        Threaten = "THREATEN",
        /// Collective action by civilians.
        Protest = "PROTEST",
        /// Cut existing relations.
        Sanction = "SANCTION",
        /// Move or ready force.
        Mobilize = "MOBILIZE",
        /// Repression, restriction, seizure.
        Coerce = "COERCE",
        /// Deliberate grave bodily harm.
        Assault = "ASSAULT",
    }
}

/// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
pub type Quad = u8;

impl Root {
    /// The quad class that follows from the root.
    pub const fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => 1,
            Self::Cooperate | Self::Aid | Self::Retreat => 2,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => 3,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => 4,
        }
    }
}

values! {
    /// How words came into the text (codebook 1.3).
    Form {
        /// In quotation marks.
        Direct = "direct",
        /// In a that-clause or free indirect speech.
        Indirect = "indirect",
        /// From a quoted paper.
        Document = "document",
        /// The text's own voice.
        Author = "author",
    }
}

values! {
    /// Stance of the source towards the target, or towards the issue.
    Stance {
        /// For it.
        Positive = "positive",
        /// Against it.
        Negative = "negative",
        /// Both.
        Mixed = "mixed",
        /// Neither.
        Neutral = "neutral",
    }
}

values! {
    /// What a reviewer has done with a fact.
    Review {
        /// Nothing yet.
        New = "new",
        /// Accepted.
        Accepted = "accepted",
        /// Corrected.
        Corrected = "corrected",
        /// Rejected.
        Rejected = "rejected",
        /// Queried.
        Queried = "queried",
    }
}

/// One link of the speaker chain, from the one whose words they are outwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Who speaks; `None` if the text does not say.
    pub actor: Option<String>,
    /// True if the link passes on another's words.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub via: bool,
    /// When it was said.
    pub date: Option<Edtf>,
    /// How.
    pub form: Form,
}

/// A figure, or a word where the text gives none (`increase`, `<1`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(f64),
    /// `<1`, `>500`, `increase`, `decrease`, `stable`, `comparison`, `restriction`.
    Text(String),
}

/// A claim of record: first in N years, highest ever (codebook 2.8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// `first`, `last`, `highest`, `lowest`, `best`, `worst`, `only`.
    pub extreme: String,
    /// The words that say of what.
    pub scope: Option<String>,
    /// How many units back.
    pub n: Option<f64>,
    /// Unit of `n`, such as `years`.
    pub unit: Option<String>,
    /// `exact`, `more_than`, `nearly`.
    pub bound: String,
    /// `unchecked`, `supported`, `contradicted`.
    pub check: String,
}

/// A stretch of the document inside or beside the quote; offsets in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubSpan {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The text there.
    pub quote: String,
}

/// Where it took place, as said in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// The name in the text.
    pub text: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// ISO 3166-1 alpha-3 code of the state, if known.
    pub country: Option<String>,
}

/// One fact. Field meanings are those of the codebook, section 1.1; offsets are code points into
/// the document's decoded text, end exclusive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Fact {
    pub id: String,
    pub document: String,
    pub kind: Kind,
    pub quote: String,
    pub start: u32,
    pub end: u32,
    pub sentence: (u32, u32),
    pub occurrences: Vec<(u32, u32)>,
    pub actors: Vec<String>,
    pub source: Vec<String>,
    pub target: Vec<String>,
    pub root: Option<Root>,
    /// Category of CAMEO (events), where the codebook names one.
    pub cameo: Option<String>,
    pub mode: Vec<String>,
    pub contexts: Vec<String>,
    pub intensity: Option<f64>,
    pub quad: Option<Quad>,
    pub date: Option<Edtf>,
    pub date_text: Option<String>,
    pub date_basis: Basis,
    pub due: Option<Edtf>,
    pub modality: Modality,
    pub hedge: Option<String>,
    pub speaker: Vec<Link>,
    pub stance: Option<Stance>,
    pub issue: Vec<String>,
    pub channel: Option<String>,
    pub status: Option<String>,
    pub value: Option<Value>,
    pub unit: Option<String>,
    pub population: Option<String>,
    pub question: Option<String>,
    pub answer: Option<String>,
    pub pollster: Option<String>,
    pub fieldwork: Option<Edtf>,
    pub n: Option<u32>,
    pub survey_mode: Option<String>,
    pub office: Option<String>,
    pub country: Option<String>,
    pub claim: Option<Claim>,
    pub cause: Option<SubSpan>,
    pub effect: Option<SubSpan>,
    pub subtype: Option<String>,
    pub location: Option<Location>,
    pub language: Language,
    pub same_event: Option<String>,
    /// Where a field was read from, if not from the quote: field name → `[start, end)`.
    pub evidence: BTreeMap<String, (u32, u32)>,
    pub confidence: f64,
    pub rule: String,
    pub review: Review,
}

impl Fact {
    /// An empty fact of `kind` over `span` of the document; fields are filled in by the coder.
    #[allow(clippy::too_many_arguments)] // each is a different thing, and all are needed
    pub fn new(
        document: &str,
        language: Language,
        kind: Kind,
        text: &str,
        points: &CodePoints<'_>,
        span: Span,
        sentence: Span,
        rule: &str,
    ) -> Self {
        let (start, end) = points.span(span);
        let mut fact = Self {
            id: String::new(),
            document: document.to_owned(),
            kind,
            quote: span.of(text).to_owned(),
            start,
            end,
            sentence: points.span(sentence),
            occurrences: vec![(start, end)],
            actors: Vec::new(),
            source: Vec::new(),
            target: Vec::new(),
            root: None,
            cameo: None,
            mode: Vec::new(),
            contexts: Vec::new(),
            intensity: None,
            quad: None,
            date: None,
            date_text: None,
            date_basis: Basis::None,
            due: None,
            modality: Modality::Asserted,
            hedge: None,
            speaker: Vec::new(),
            stance: None,
            issue: Vec::new(),
            channel: None,
            status: None,
            value: None,
            unit: None,
            population: None,
            question: None,
            answer: None,
            pollster: None,
            fieldwork: None,
            n: None,
            survey_mode: None,
            office: None,
            country: None,
            claim: None,
            cause: None,
            effect: None,
            subtype: None,
            location: None,
            language,
            same_event: None,
            evidence: BTreeMap::new(),
            confidence: 0.5,
            rule: if rule.starts_with("model:") {
                rule.to_owned()
            } else {
                format!("rule:{rule}@{}", ExtractVersion::CURRENT)
            },
            review: Review::New,
        };
        fact.id = fact.identity();
        fact
    }

    /// 16 hexadecimal digits from document, kind, place and rule: the same on every run.
    pub fn identity(&self) -> String {
        let mut hash = Sha256::new();
        for part in [&self.document, self.kind.as_str(), &self.rule] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.update(self.start.to_le_bytes());
        hash.update(self.end.to_le_bytes());
        hash.finalize()[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// True if the quote is exactly the text at the offsets and at least one character long.
    pub fn check(&self, text: &str, points: &CodePoints<'_>) -> bool {
        !self.quote.is_empty() && points.bytes(self.start, self.end).of(text) == self.quote
    }
}
