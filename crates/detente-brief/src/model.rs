//! A brief before it is written in some form.

/// A brief.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// Its title.
    pub title: String,
    /// The time it covers, in words.
    pub period: String,
    /// In order.
    pub sections: Vec<Section>,
    /// Method and coverage, boxed: about the record, not about the relationship.
    pub method: Vec<String>,
    /// Footnotes in order of their numbers, from 1.
    pub notes: Vec<Note>,
}

/// A section.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Id for links.
    pub id: &'static str,
    /// Its heading: fixed words, or the name of an issue.
    pub heading: String,
    /// 2 for a section, 3 below one.
    pub level: u8,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Sentences that run on.
    Paragraph(Vec<Sentence>),
    /// One sentence an item.
    Items(Vec<Sentence>),
    /// A chart as SVG, with the same in rows (month, events, mean, band) for forms without pictures.
    Chart {
        /// The picture.
        svg: String,
        /// Cells of each row.
        rows: Vec<[String; 4]>,
    },
    /// Fixed words.
    Frame(Frame),
}

/// Words of a brief that state nothing about the relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// No event counts in the time.
    NoEvents,
    /// No month of the time has a change point.
    NoChange,
    /// Nothing of that kind is in the record.
    Nothing,
    /// The record holds no contradictions.
    NoContradictions,
}

impl Frame {
    /// The words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoEvents => "The record holds no event between the two in this time.",
            Self::NoChange => "No change of level was found with a probability of 0.5 or more.",
            Self::Nothing => "The record holds nothing of this kind for this time.",
            Self::NoContradictions => "No contradiction was found in the record for this time.",
        }
    }
}

/// A sentence about the relationship.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its words.
    pub runs: Vec<Run>,
    /// Numbers of its footnotes.
    pub notes: Vec<usize>,
}

/// Words of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Words of the brief.
    Text(String),
    /// Words of a document.
    Quote {
        /// The words, white space evened out.
        text: String,
        /// Their language, such as `en`.
        language: &'static str,
    },
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The facts it rests on; one, or all that a figure was counted from.
    pub cites: Vec<Cite>,
}

/// A fact and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite {
    /// Id of the fact.
    pub fact: String,
    /// Its quote, to the letter.
    pub quote: String,
    /// Language of the quote.
    pub language: &'static str,
    /// The document.
    pub document: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// First code point of the quote.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl Cite {
    /// Source, date and place, as a footnote tells them.
    pub fn place(&self) -> String {
        let mut place = String::new();
        if let Some(outlet) = &self.outlet {
            place.push_str(outlet);
            place.push_str(", ");
        }
        place.push_str(self.date.as_deref().unwrap_or("undated"));
        format!(
            "{place}; {}, characters {}–{}; fact {}",
            self.document, self.start, self.end, self.fact
        )
    }
}

impl Brief {
    /// All sentences in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.sections
            .iter()
            .flat_map(|s| &s.blocks)
            .flat_map(|b| match b {
                Block::Paragraph(sentences) | Block::Items(sentences) => &sentences[..],
                Block::Chart { .. } | Block::Frame(_) => &[],
            })
    }
}
