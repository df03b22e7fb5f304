//! The pair given: what does one actor do to another in this sentence?
//!
//! The codebook's patterns and the tree give clues ([`clues`]); a ranker learnt from sentences of
//! our own writing weighs them ([`ranker`]) and always names a root, the runners-up, the word that
//! tells the act and, if asked, its reasons.

mod clues;
mod judge;
mod learn;
mod lessons;
mod ranker;
mod spot;
#[cfg(test)]
mod tests;

use detente_syntax::{Sentence, Upos};
use detente_text::{CodePoints, Document, Span};
use serde::Serialize;

use crate::{
    Coder, CoderWorker, ExtractVersion, Modality, Quad, Root, SubSpan,
    article::{Article, SentenceWho, is_past, time_context, time_of},
    clause,
    events::matcher::{Matcher, Who},
    fill::roots::promised,
    frame,
    modality::{self, Surroundings},
    scene::Scene,
    times,
};
use clues::{Clues, Reader, Role};
pub(crate) use judge::Judge;
pub use learn::RankerOptions;
pub use lessons::{Lesson, LessonError, VectorsError, learn, lessons};
use ranker::{CLASSES, NOTHING, Vectors, class_of};
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

/// What the source does to the target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relation {
    /// The likeliest root.
    pub root: Root,
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

/// How many runners-up are told.
const OTHERS: usize = 4;
/// How many reasons are told.
const REASONS: usize = 6;

impl CoderWorker<'_> {
    /// What the source does to the target in the text of `document`, one sentence or a few.
    pub fn relate(
        &mut self,
        document: &Document,
        source: Marked<'_>,
        target: Marked<'_>,
        with_reasons: bool,
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
                    with_reasons,
                );
                // What fits no clause of the pair may still be the only act told.
                clues.hits.sort_by_key(|(token, ..)| *token);
                decide(coder, scene, article, sentence, spots, &clues)
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

fn decide(
    coder: &Coder,
    scene: &Scene<'_>,
    article: &Article<'_>,
    sentence: usize,
    spots: Spots,
    clues: &Clues<'_>,
) -> Relation {
    let ranks = coder.ranker.rank(clues);
    let mut order: Vec<Root> = Root::ALL.to_vec();
    order.sort_by(|a, b| ranks[class_of(*b)].total_cmp(&ranks[class_of(*a)]));
    let root = order[0];
    let book = &coder.book.events;
    let voices = coder
        .ranker
        .voices(clues, class_of(root), scene.sentence.len());
    let hit = clues
        .hits
        .iter()
        .filter(|(_, hit, _)| book.root_name(hit.pattern).and_then(Root::from_name) == Some(root))
        .max_by(|(a, _, x), (b, _, y)| {
            let touches = |r: &clues::Roles| {
                u8::from(r.source != Role::None) + u8::from(r.target != Role::None)
            };
            touches(x)
                .cmp(&touches(y))
                .then(voices[*a].total_cmp(&voices[*b]))
        });
    let trigger = hit.map(|(token, ..)| *token).or_else(|| {
        (0..scene.sentence.len())
            .filter(|&t| {
                matches!(scene.upos(t), Upos::Verb | Upos::Noun | Upos::Adj)
                    && [spots.source, spots.target]
                        .into_iter()
                        .flatten()
                        .all(|s| s.head != t)
            })
            .max_by(|a, b| voices[*a].total_cmp(&voices[*b]))
    });
    let modality = if [spots.source, spots.target]
        .into_iter()
        .flatten()
        .any(|s| modality::is_excluded(scene, s.head))
    {
        Modality::Negated
    } else {
        let told = trigger.map_or(Modality::Asserted, |t| holds(scene, article, sentence, t));
        let over = told == Modality::Asserted
            && spots
                .source
                .is_some_and(|s| modality::is_bygone(scene, s.head, article.document_day()));
        if over { Modality::Historical } else { told }
    };
    // What is only promised has the root of the promise (codebook 3.1).
    let told = root;
    let root = promised(told, modality);
    let confidence = if root == told {
        ranks[class_of(root)]
    } else {
        ranks[class_of(root)] + ranks[class_of(told)]
    };
    let hit = hit.filter(|_| root == told);
    let mode: Vec<String> = hit.map_or_else(Vec::new, |(_, hit, _)| {
        hit.pattern.mode.iter().map(ToString::to_string).collect()
    });
    let entry = book.root_named(root.as_str());
    let intensity = entry.and_then(|entry| {
        mode.iter()
            .filter_map(|m| entry.mode(m))
            .map(|m| m.score)
            .max_by(|a, b| a.abs().total_cmp(&b.abs()))
            .or(entry.score)
    });
    let points = CodePoints::new(scene.text);
    Relation {
        root,
        quad: root.quad(),
        intensity,
        modality,
        trigger: trigger.map(|t| {
            let span = scene.sentence.tokens()[t].span;
            let (start, end) = points.span(span);
            SubSpan {
                start,
                end,
                quote: span.of(scene.text).to_owned(),
            }
        }),
        rule: hit.map_or_else(
            || format!("model:relate-en@{RANKER_VERSION}"),
            |(_, hit, _)| {
                format!(
                    "rule:event/{}@{}",
                    hit.pattern.rule,
                    ExtractVersion::CURRENT
                )
            },
        ),
        confidence: round(confidence),
        nothing: round(ranks[NOTHING]),
        others: order
            .iter()
            .filter(|r| **r != root && **r != told)
            .take(OTHERS)
            .map(|&root| Ranked {
                root,
                confidence: round(ranks[class_of(root)]),
            })
            .collect(),
        reasons: reasons(&coder.ranker, clues, class_of(told)),
        mode,
        not_found: [("source", spots.source), ("target", spots.target)]
            .into_iter()
            .filter(|(_, spot)| spot.is_none())
            .map(|(side, _)| side)
            .collect(),
    }
}

/// Modality of the act that `token` tells.
fn holds(scene: &Scene<'_>, article: &Article<'_>, sentence: usize, token: usize) -> Modality {
    let words = &scene.lexicon.modality;
    if let Some(at) = scene.clauses.iter().position(|c| c.head == token) {
        // "Stopped short of endorsing it".
        let opens = |phrase: &String| {
            phrase
                .split(' ')
                .enumerate()
                .all(|(k, w)| token + k < scene.sentence.len() && scene.lemma(token + k) == w)
        };
        if words.negated.phrases.iter().any(opens) {
            return Modality::Negated;
        }
        // "Intends to lend", "is scheduled to meet", "says it will sue": the act is in the clause
        // below.
        let below = scene.clauses.iter().find(|c| {
            c.parent == Some(at)
                && match c.relation {
                    clause::Relation::Open => words.planned.intending.contains(scene.lemma(token)),
                    clause::Relation::Content => {
                        frame::is_saying(scene, token)
                            && c.subject.is_some_and(|s| scene.upos(s) == Upos::Pron)
                    }
                    _ => false,
                }
        });
        if let Some(below) = below {
            return holds(scene, article, sentence, below.head);
        }
    }
    let around = surroundings(scene, article, sentence, token);
    match scene.clauses.binary_search_by_key(&token, |c| c.head) {
        Ok(index) => modality::of_clause(scene, index, around).0,
        Err(_) if clause::is_predicate(scene.sentence, token) => {
            scene.clause_of(token).map_or(Modality::Asserted, |c| {
                modality::of_clause(scene, c, around).0
            })
        }
        Err(_) => modality::of_noun(scene, token, around).0,
    }
}

/// What the clause of `token` does not show by itself.
fn surroundings(
    scene: &Scene<'_>,
    article: &Article<'_>,
    sentence: usize,
    token: usize,
) -> Surroundings {
    let times = times::find(
        scene.text,
        scene.sentence.span,
        &time_context(article.document),
    );
    let clause = scene.clause_of(token);
    let verb = clause.map(|c| scene.clauses[c].head);
    // "In 2016 Bogotá managed to sign": the verb above an infinitive has its time.
    let above = clause
        .map(|c| &scene.clauses[c])
        .filter(|c| c.relation == clause::Relation::Open)
        .and_then(|c| c.parent)
        .map(|c| scene.clauses[c].head);
    let date = time_of(scene, &times, token)
        .or_else(|| verb.and_then(|verb| time_of(scene, &times, verb)))
        .or_else(|| above.and_then(|verb| time_of(scene, &times, verb)))
        .and_then(|t| t.resolve(is_past(scene, token)));
    let quotations = article.quotations_in(scene.sentence.span);
    Surroundings {
        document: article.document_day(),
        date,
        reported_in_past: clause
            .and_then(|c| frame::frames(scene, c, quotations).first().map(|f| f.past))
            .unwrap_or(false),
        subject_decides: clause
            .and_then(|c| scene.clauses[c].subject)
            .is_some_and(|s| article.people.acts(sentence, s) || scene.upos(s) == Upos::Pron),
    }
}

fn reasons(ranker: &Ranker, clues: &Clues<'_>, class: usize) -> Vec<Reason> {
    let Some(names) = &clues.names else {
        return Vec::new();
    };
    let mut reasons: Vec<Reason> = clues
        .clues
        .iter()
        .zip(names)
        .filter_map(|(clue, name)| {
            Some(Reason {
                clue: name.clone(),
                weight: round(ranker.speaks(clue.key, class)?),
            })
        })
        .filter(|r| r.weight > 0.0)
        .collect();
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.clue.cmp(&b.clue)));
    reasons.dedup();
    reasons.truncate(REASONS);
    reasons
}

fn round(x: f32) -> f64 {
    (f64::from(x) * 1e4).round() / 1e4
}

const _: () = assert!(CLASSES == Root::ALL.len() + 1);
