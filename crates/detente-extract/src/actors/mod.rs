//! Who is meant: names, offices, generic nouns and pronouns of a document, resolved to actor ids
//! (codebook 4).
//!
//! [`Actors::find`] reads a document once. Every [`Mention`] keeps where it stands, and where its
//! antecedent stands if the name does not stand at the place itself. Several mentions with one
//! head stand for several actors ("the two governments").

mod context;
mod family;
mod items;
mod lookup;
mod memory;
mod modifier;
mod name;
mod noun;
mod office;
mod organisation;
mod person;
mod person_id;
mod place;
mod pronoun;
mod state;
mod survey;
#[cfg(test)]
mod tests;
mod unknown;

use detente_codebook::Codebook;
use detente_syntax::Sentence;
use detente_text::Span;

pub use context::DocumentContext;

/// What a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A state, by name, adjective or capital.
    State,
    /// A government, by seat or noun.
    Government,
    /// A person.
    Person,
    /// An office without a name.
    Office,
    /// An organisation.
    Organisation,
    /// Somebody unnamed: "officials".
    Generic,
    /// A pronoun.
    Pronoun,
    /// A dependency or region of a state.
    Place,
    /// A region, sea or camp.
    Region,
}

/// On what the id rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorBasis {
    /// A name of the codebook stands there.
    Name,
    /// A name that is not in the codebook stands there; the id is made from it.
    Printed,
    /// Family name or title; the full name stands at `evidence`.
    Coreference,
    /// Family name with a title, settled by the table of offices.
    Table,
    /// A noun with the adjective or name of a state; the latter stands at `evidence`.
    Modifier,
    /// A noun for one or two of the states named at `evidence`, or the document's dyad.
    Context,
    /// The signed author.
    Author,
}

/// An office that goes with a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeMention {
    /// Id of the office, if the codebook has it: `Prime Minister of Japan`.
    pub id: Option<String>,
    /// Where the title stands, with the state's adjective.
    pub span: Span,
    /// "Former", "ex-".
    pub former: bool,
}

/// A holder read from the table of offices: shown, never taken as if the document said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    /// Id of the person.
    pub person: String,
    /// Row of the table: `actors/offices/jpn.toml:43`.
    pub table: String,
}

/// One place where somebody is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Name with title.
    pub span: Span,
    /// Name, or the noun or pronoun.
    pub name_span: Span,
    /// Index of the sentence.
    pub sentence: u32,
    /// Token that heads the mention in its sentence.
    pub head: u32,
    /// What it is.
    pub kind: MentionKind,
    /// Actor id (codebook 4.1).
    pub id: String,
    /// Code of the state that the actor is or belongs to.
    pub state: Option<String>,
    /// True if the name stands for a place here; the state is kept, for events it is still the one
    /// concerned.
    pub as_place: bool,
    /// True if it is an adjective of the state or stands before a noun.
    pub modifier: bool,
    /// The office named with it.
    pub office: Option<OfficeMention>,
    /// The holder by the table, for an office without a name.
    pub inferred: Option<Inferred>,
    /// Where the antecedent stands, if elsewhere.
    pub evidence: Option<Span>,
    /// On what the id rests.
    pub basis: ActorBasis,
}

/// An actor of a noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorRef {
    /// Actor id.
    pub id: String,
    /// Code of its state.
    pub state: Option<String>,
    /// What the mention is.
    pub kind: MentionKind,
    /// The name stands for a place.
    pub as_place: bool,
    /// Index of the mention.
    pub mention: usize,
    /// Where the actor is named, if not in the phrase.
    pub evidence: Option<Span>,
    /// On what the id rests.
    pub basis: ActorBasis,
}

/// All mentions of a document.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    mentions: Vec<Mention>,
    /// Mentions of sentence `i`: `mentions[starts[i]..starts[i + 1]]`.
    starts: Vec<usize>,
    authors: Vec<String>,
    dyad: Option<[String; 2]>,
}

impl Actors {
    /// Finds and resolves all mentions of a document in one pass.
    pub fn find(
        text: &str,
        sentences: &[Sentence],
        book: &Codebook,
        document: &DocumentContext<'_>,
    ) -> Self {
        survey::Survey::new(text, sentences, &book.actors, document).run()
    }

    /// All mentions, by sentence and place.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Mentions in a sentence, in order.
    pub fn in_sentence(&self, sentence: usize) -> &[Mention] {
        match (self.starts.get(sentence), self.starts.get(sentence + 1)) {
            (Some(&start), Some(&end)) => &self.mentions[start..end],
            _ => &[],
        }
    }

    /// Ids of the signed authors.
    pub fn authors(&self) -> &[String] {
        &self.authors
    }

    /// The two states that the document is about: as given, else the two named most often.
    pub fn dyad(&self) -> Option<&[String; 2]> {
        self.dyad.as_ref()
    }
}
