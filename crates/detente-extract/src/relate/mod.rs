//! The pair given: what does one actor do to another in this sentence?
//!
//! The codebook's patterns and the tree give clues ([`clues`]); a ranker learnt from sentences of
//! our own writing weighs them ([`ranker`]) and always names a root, the runners-up, the word that
//! tells the act and, if asked, its reasons.

mod clues;
mod decide;
mod judge;
mod learn;
mod lessons;
mod ranker;
mod spot;
#[cfg(test)]
mod tests;

use detente_syntax::Sentence;
use detente_text::{Document, Span};
use serde::Serialize;

use crate::{
    Coder, CoderWorker, Modality, Quad, Root, SubSpan,
    article::{Article, SentenceWho},
    events::matcher::{Matcher, Who},
    scene::Scene,
};
use clues::{Clues, Reader};
use decide::decide;
pub(crate) use judge::Judge;
pub use learn::RankerOptions;
pub use lessons::{Lesson, LessonError, VectorsError, learn, lessons};
use ranker::{CLASSES, Vectors};
pub use ranker::{Ranker, RankerError};
use spot::Spot;

/// Version of the ranker that ships, as `rule` names it.
pub const RANKER_VERSION: u32 = 4;

/// An actor of a pair: its words, or its place in the text (bytes).
#[derive(Clone, Copy, Debug)]
pub enum Marked<'t> {
    /// The words, as they stand in the text.
    Words(&'t str),
    /// The place.
    At(Span),
}

/// How a question is to be answered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answering<'a> {
    /// Say what spoke most for the root.
    pub reasons: bool,
    /// Give roots by that conversion from CAMEO (`codebook/events/cameo.toml`), not by the codebook.
    pub conversion: Option<&'a str>,
}

/// What the source does to the target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relation {
    /// The likeliest root.
    pub root: Root,
    /// The category of CAMEO, where the codebook names one.
    pub cameo: Option<String>,
    /// Modes of that root that the codebook's pattern names.
    pub mode: Vec<String>,
    /// Quad class of the root.
    pub quad: Quad,
    /// Score of the mode, else of the root.
    pub intensity: Option<f64>,
    /// Does it hold?
    pub modality: Modality,
    /// The word that tells the act, in code points.
    pub trigger: Option<SubSpan>,
    /// The pattern of the codebook that fits, else the ranker.
    pub rule: String,
    /// Likelihood of the root, 0–1.
    pub confidence: f64,
    /// Likelihood that nothing is told between the two, 0–1.
    pub nothing: f64,
    /// The further roots, the likeliest first.
    pub others: Vec<Ranked>,
    /// What spoke most for the root, if asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// Sides that were not found in the text: `source`, `target`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_found: Vec<&'static str>,
}

/// A root with its likelihood.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ranked {
    /// The root.
    pub root: Root,
    /// 0–1.
    pub confidence: f64,
}

/// A clue and how much it says for the root, against the mean of all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The clue.
    pub clue: String,
    /// In units of log-likelihood.
    pub weight: f64,
}

impl CoderWorker<'_> {
    /// What the source does to the target in the text of `document`, one sentence or a few.
    pub fn relate(
        &mut self,
        document: &Document,
        source: Marked<'_>,
        target: Marked<'_>,
        how: Answering<'_>,
    ) -> Relation {
        let (coder, ranker) = (self.coder, &self.coder.ranker);
        self.with_pair(
            document,
            source,
            target,
            |scene, article, sentence, spots| {
                let mut clues = read(
                    coder,
                    scene,
                    article,
                    sentence,
                    spots,
                    &ranker.vectors,
                    how.reasons,
                );
                // What fits no clause of the pair may still be the only act told.
                clues.hits.sort_by_key(|(token, ..)| *token);
                decide(
                    coder,
                    scene,
                    article,
                    sentence,
                    spots,
                    &clues,
                    how.conversion,
                )
            },
        )
    }

    /// Puts a pair in its sentence and hands it on.
    fn with_pair<T>(
        &mut self,
        document: &Document,
        source: Marked<'_>,
        target: Marked<'_>,
        then: impl FnOnce(&Scene<'_>, &Article<'_>, usize, Spots) -> T,
    ) -> T {
        let text = &document.text;
        let (source, target) = place(text, source, target);
        let whole = [Span::new(0, text.len() as u32)];
        let sentences = self.syntax.analyse(text, &whole);
        let holds = |s: &Sentence, span: Option<Span>| span.is_none_or(|p| s.span.overlaps(p));
        let found = sentences
            .iter()
            .position(|s| holds(s, source) && holds(s, target));
        let joined;
        let (sentences, at) = match found {
            Some(at) => (sentences, at),
            // The two stand in different sentences, or in none: all is read as one.
            None => {
                let words: Vec<Span> = sentences
                    .iter()
                    .flat_map(|s| s.tokens().iter().map(|t| t.span))
                    .collect();
                joined = if words.is_empty() {
                    Vec::new()
                } else {
                    vec![self.syntax.analyse_words(text, &words).clone()]
                };
                (&joined[..], 0)
            }
        };
        let article = Article::read(self.coder, document, sentences, &[]);
        if sentences.is_empty() {
            let nothing = Sentence::default();
            let scene = Scene {
                text,
                sentence: &nothing,
                clauses: &[],
                lexicon: &self.coder.lexicon,
            };
            return then(&scene, &article, 0, Spots::default());
        }
        let scene = article.scene(at);
        let spots = Spots {
            source: source.and_then(|s| Spot::of(&scene, s)),
            target: target.and_then(|s| Spot::of(&scene, s)),
        };
        then(&scene, &article, at, spots)
    }
}

/// The tokens of both actors.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spots {
    pub(crate) source: Option<Spot>,
    pub(crate) target: Option<Spot>,
}

fn place(text: &str, source: Marked<'_>, target: Marked<'_>) -> (Option<Span>, Option<Span>) {
    let fits = |span: Span| {
        let (start, end) = (span.start as usize, span.end as usize);
        (start < end
            && text.is_char_boundary(start)
            && text.is_char_boundary(end)
            && end <= text.len())
        .then_some(span)
    };
    match (source, target) {
        (Marked::Words(s), Marked::Words(t)) => spot::find(text, s, t),
        (Marked::At(s), Marked::At(t)) => (fits(s), fits(t)),
        (Marked::At(s), Marked::Words(t)) => (fits(s), spot::find(text, t, "").0),
        (Marked::Words(s), Marked::At(t)) => (spot::find(text, s, "").0, fits(t)),
    }
}

/// The marked phrases are actors, whatever the codebook knows of them.
struct PairWho<'w> {
    inner: &'w dyn Who,
    spots: Spots,
}

impl PairWho<'_> {
    fn marked(&self, token: usize) -> bool {
        [self.spots.source, self.spots.target]
            .into_iter()
            .flatten()
            .any(|s| s.head == token)
    }
}

impl Who for PairWho<'_> {
    fn is_actor(&self, token: usize) -> bool {
        self.marked(token) || self.inner.is_actor(token)
    }

    fn acts(&self, token: usize) -> bool {
        self.marked(token) || self.inner.acts(token)
    }

    fn is_state(&self, token: usize) -> bool {
        self.inner.is_state(token)
    }

    fn is_person(&self, token: usize) -> bool {
        self.inner.is_person(token)
    }

    fn is_organisation(&self, token: usize) -> bool {
        self.inner.is_organisation(token)
    }
}

fn read<'c>(
    coder: &'c Coder,
    scene: &Scene<'_>,
    article: &Article<'_>,
    sentence: usize,
    spots: Spots,
    vectors: &Vectors,
    named: bool,
) -> Clues<'c> {
    if scene.sentence.is_empty() {
        return Clues::default();
    }
    let inner = SentenceWho {
        people: &article.people,
        sentence,
    };
    let who = PairWho {
        inner: &inner,
        spots,
    };
    Reader {
        scene: *scene,
        matcher: Matcher {
            scene: *scene,
            book: &coder.book.events,
            who: &who,
        },
        who: &inner,
        vectors,
        source: spots.source,
        target: spots.target,
        speaker: None,
        out: Clues {
            names: named.then(Vec::new),
            ..Clues::default()
        },
    }
    .read()
}

const _: () = assert!(CLASSES == Root::ALL.len() + 1);
