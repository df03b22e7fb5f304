//! A whole document: its sentences with their actors, times and quotations, coded in order.

use std::cell::RefCell;

use detente_syntax::Sentence;
use detente_text::{Basis, CodePoints, Document, Span, date::Edtf};

use crate::{
    Coder, Fact, Form, Kind, Rejection,
    actors::MentionKind,
    clause::{self, Clause},
    events::matcher::Who,
    figures::{self, IndicatorDraft, PollDraft},
    fill::{Filler, roots, topics},
    kinds::proposal,
    labels::Label,
    occurrences,
    people::People,
    quotation::{Quotation, quotations},
    relate::Judge,
    scene::Scene,
    times::{self, TimeContext, TimeExpr, TimeKind},
    voice::Voices,
    walk::{self, Around},
};

/// Everything about a document that coding a sentence may ask.
pub(crate) struct Article<'a> {
    pub(crate) coder: &'a Coder,
    pub(crate) document: &'a Document,
    pub(crate) sentences: &'a [Sentence],
    pub(crate) clauses: Vec<Vec<Clause>>,
    /// Number of the paragraph of each sentence.
    pub(crate) paragraphs: Vec<usize>,
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) people: People<'a>,
    /// Dates at the heads of entries, in order.
    labels: &'a [Label],
    polls: Vec<PollDraft>,
    indicators: Vec<IndicatorDraft>,
    points: CodePoints<'a>,
}

impl<'a> Article<'a> {
    /// Finds clauses, paragraphs, quotations and actors.
    pub(crate) fn read(
        coder: &'a Coder,
        document: &'a Document,
        sentences: &'a [Sentence],
        labels: &'a [Label],
    ) -> Self {
        let text = &document.text;
        let paragraphs = paragraphs(text, sentences);
        let context = time_context(document);
        let (polls, indicators) = figures::find(text, sentences, &paragraphs, &context);
        Self {
            coder,
            document,
            sentences,
            clauses: sentences.iter().map(clause::clauses).collect(),
            paragraphs,
            polls,
            indicators,
            labels,
            quotations: document
                .content()
                .into_iter()
                .flat_map(|part| quotations(text, part))
                .collect(),
            people: People::find(coder, document, sentences),
            points: CodePoints::new(text),
        }
    }

    /// The date at the head of the entry that sentence `i` belongs to.
    pub(crate) fn label(&self, i: usize) -> Option<&Label> {
        let at = self.sentences[i].span.start;
        let label = self.labels[..self.labels.partition_point(|l| l.span.end <= at)].last()?;
        let between = Span::new(label.span.end, at).of(&self.document.text);
        (!between.contains("\n\n") && !between.contains("\n\r\n")).then_some(label)
    }

    /// Index of code points of the text.
    pub(crate) fn points(&self) -> &CodePoints<'a> {
        &self.points
    }

    /// Sentence `i` with what is needed to judge its clauses.
    pub(crate) fn scene(&self, i: usize) -> Scene<'_> {
        Scene {
            text: &self.document.text,
            sentence: &self.sentences[i],
            clauses: &self.clauses[i],
            lexicon: &self.coder.lexicon,
        }
    }

    /// Quotations that touch `span`.
    pub(crate) fn quotations_in(&self, span: Span) -> &[Quotation] {
        let first = self
            .quotations
            .partition_point(|q| q.outer.end <= span.start);
        let last = self
            .quotations
            .partition_point(|q| q.outer.start < span.end);
        &self.quotations[first..last.max(first)]
    }

    /// All facts in textual order, and for each sentence what was rejected.
    pub(crate) fn code(&self) -> (Vec<Fact>, Vec<Vec<Rejection>>) {
        let mut facts = Vec::new();
        let mut rejections = Vec::with_capacity(self.sentences.len());
        let mut voices = Voices::new(self);
        let mut context = time_context(self.document);
        let mut in_list = None;
        let mut last_addressees: Vec<String> = Vec::new();
        let mut topic: Option<(usize, String)> = None;
        for i in 0..self.sentences.len() {
            let scene = self.scene(i);
            let span = scene.sentence.span;
            let times = times::find(&self.document.text, span, &context);
            let polls = of_sentence(&self.polls, i, |p| p.sentence);
            let indicators = of_sentence(&self.indicators, i, |f| f.sentence);
            let figure_spans: Vec<Span> = polls
                .iter()
                .map(|p| p.span)
                .chain(indicators.iter().map(|f| f.span))
                .collect();
            let mut voice = voices.before(i);
            let found = {
                let who = SentenceWho {
                    people: &self.people,
                    sentence: i,
                };
                let label = self.label(i).map(|l| l.edtf);
                let date = |token: usize| {
                    time_of(&scene, &times, token)
                        .and_then(|t| t.resolve(is_past(&scene, token)))
                        .or_else(|| label.filter(|_| is_clause(&scene, token)))
                };
                let judge = Judge {
                    ranker: &self.coder.ranker,
                    scene,
                    book: &self.coder.book.events,
                    who: &who,
                    heard: RefCell::default(),
                };
                let around = Around {
                    book: &self.coder.book.events,
                    who: &who,
                    judge: &judge,
                    quotations: self.quotations_in(span),
                    figures: &figure_spans,
                    document: self.document_day(),
                    reported: matches!(voice.continued, Some((_, Form::Indirect))),
                    date: &date,
                    in_list: in_list == Some(self.paragraphs[i])
                        || in_list.is_some() && starts_item(&scene),
                };
                walk::walk(&scene, &around)
            };
            in_list = if proposal::leads_list(&scene) {
                Some(self.paragraphs[i])
            } else if in_list.is_some() && starts_item(&scene) {
                in_list
            } else {
                None
            };
            rejections.push(found.rejections);
            voices.after(i, &found.drafts, &mut voice);
            let mut facts_here: Vec<Fact> = Vec::new();
            let mut next_topic = None;
            {
                let filler = Filler {
                    article: self,
                    scene,
                    sentence: i,
                    times: &times,
                    voice: &voice,
                    last_addressees: &last_addressees,
                    told: &facts,
                    topic: topic
                        .as_ref()
                        .filter(|(paragraph, _)| *paragraph == self.paragraphs[i])
                        .map(|(_, topic)| topic),
                };
                if let Some(found) = topics::of_sentence(&filler) {
                    next_topic = Some((self.paragraphs[i], found));
                }
                facts_here.extend(
                    found
                        .drafts
                        .iter()
                        .map(|d| filler.fact(d))
                        .filter(|f| !roots::is_business_news(f)),
                );
                facts_here.extend(polls.iter().map(|p| filler.poll(p)));
                facts_here.extend(indicators.iter().map(|f| filler.indicator(f)));
            }
            topic = next_topic.or(topic);
            if let Some(last) = facts_here.iter().rfind(|f| f.kind == Kind::Proposal) {
                last_addressees.clone_from(&last.target);
            }
            facts_here.sort_by_key(|f| (f.start, f.end, f.kind));
            context.last_event = last_event(&facts_here, &times).or(context.last_event);
            facts.extend(facts_here);
        }
        occurrences::complete(self.document, &self.points, &mut facts);
        facts.retain(|f| f.check(&self.document.text, &self.points));
        (facts, rejections)
    }

    /// First day of the document's date.
    pub(crate) fn document_day(&self) -> Option<jiff::civil::Date> {
        self.document.metadata.date.as_ref()?.edtf.earliest()
    }
}

/// What words of time in a document are counted from.
pub(crate) fn time_context(document: &Document) -> TimeContext {
    let date = document.metadata.date.as_ref();
    let mut context = TimeContext::english(date.map(|d| d.edtf));
    context.inferred = date.is_some_and(|d| d.basis == Basis::Inferred);
    context
}

/// The drafts of sentence `i` among those of the document, which are in its order.
fn of_sentence<T>(drafts: &[T], i: usize, sentence: impl Fn(&T) -> usize) -> &[T] {
    let first = drafts.partition_point(|d| sentence(d) < i);
    let last = drafts.partition_point(|d| sentence(d) <= i);
    &drafts[first..last.max(first)]
}

/// The date that "the same day" and "the following year" are counted from.
fn last_event(facts: &[Fact], times: &[TimeExpr]) -> Option<Edtf> {
    if times.is_empty() {
        return None;
    }
    facts
        .iter()
        .rev()
        .filter(|f| f.kind == Kind::Event)
        .find_map(|f| f.date_text.as_ref().and(f.date))
        .or_else(|| {
            times
                .iter()
                .rev()
                .find(|t| t.kind == TimeKind::Point)
                .and_then(|t| t.edtf)
        })
}

/// Sentences are parted into paragraphs by blank lines, or by line breaks where a text has none.
fn paragraphs(text: &str, sentences: &[Sentence]) -> Vec<usize> {
    let breaks = if text.contains("\n\n") || text.contains("\n\r\n") || text.contains("\r\n\r\n") {
        2
    } else {
        1
    };
    let mut number = 0;
    let mut end = 0;
    sentences
        .iter()
        .map(|sentence| {
            let between = Span::new(end, sentence.span.start).of(text);
            if between.bytes().filter(|b| *b == b'\n').count() >= breaks {
                number += 1;
            }
            end = sentence.span.end;
            number
        })
        .collect()
}

/// A line that opens with a bullet or a number.
fn starts_item(scene: &Scene<'_>) -> bool {
    let before = &scene.text[..scene.sentence.span.start as usize];
    let line = before.rsplit('\n').next().unwrap_or("").trim();
    let first = scene.form(0);
    let marked = |s: &str| {
        matches!(s, "•" | "-" | "*" | "–" | "·" | "◦" | "▪")
            || s.trim_end_matches(['.', ')', ':'])
                .trim_start_matches('(')
                .parse::<u32>()
                .is_ok_and(|n| n < 100)
    };
    marked(line) || marked(first)
}

/// The time expression that dates `token`: within its clause, the nearest first; a conjunct takes
/// the one that stands before the first verb.
pub(crate) fn time_of<'t>(
    scene: &Scene<'_>,
    times: &'t [TimeExpr],
    token: usize,
) -> Option<&'t TimeExpr> {
    // "the 50th anniversary of the treaty" dates the treaty, not what marks it.
    let is_verb = scene
        .clauses
        .binary_search_by_key(&token, |c| c.head)
        .is_ok();
    let dates = |t: &&TimeExpr| {
        let undated = matches!(
            t.kind,
            TimeKind::Duration
                | TimeKind::Frequency
                | TimeKind::Gap
                | TimeKind::Comparison
                | TimeKind::Deadline
        );
        !undated && (!is_verb || t.kind != TimeKind::Anniversary)
    };
    // Below the token itself: "the ban of 2019", "met on Monday".
    let below = |t: &&TimeExpr| {
        scene
            .head_of(t.span)
            .is_some_and(|h| h != token && scene.sentence.dominates(token, h))
    };
    let clause = scene.clause_of(token);
    let own = |t: &&TimeExpr| {
        scene
            .head_of(t.span)
            .is_some_and(|h| scene.clause_of(h) == clause)
    };
    let at = scene.sentence.tokens()[token].span.start;
    let nearest = |found: Vec<&'t TimeExpr>| {
        found
            .into_iter()
            .min_by_key(|t| (t.kind == TimeKind::Vague, t.span.start.abs_diff(at)))
    };
    let in_clause: Vec<&TimeExpr> = times
        .iter()
        .filter(dates)
        .filter(own)
        .filter(below)
        .collect();
    if let Some(found) = nearest(in_clause) {
        return Some(found);
    }
    let inside: Vec<&TimeExpr> = times.iter().filter(dates).filter(below).collect();
    let is_predicate = clause.is_some_and(|c| scene.clauses[c].head == token);
    if let Some(found) = nearest(inside)
        && (!is_predicate || clause_is_quiet(scene, found, token))
    {
        return Some(found);
    }
    if let Some(c) = clause
        && scene.clauses[c].head != token
    {
        return None;
    }
    // "On Monday they met and agreed …": the conjunct shares what stands first.
    let c = clause?;
    if let Some(found) = time_before_when(scene, times, c) {
        return Some(found);
    }
    let parent = scene.clauses[c].parent?;
    (scene.clauses[c].relation == clause::Relation::Conj && !scene.clauses[c].own_subject)
        .then(|| time_of(scene, times, scene.clauses[parent].head))
        .flatten()
        .filter(|t| {
            t.span.start
                < scene.sentence.tokens()[scene.clauses[parent].head]
                    .span
                    .start
        })
}

/// "in 2001, when Tokyo approved …": the time that the clause explains.
fn time_before_when<'t>(
    scene: &Scene<'_>,
    times: &'t [TimeExpr],
    clause: usize,
) -> Option<&'t TimeExpr> {
    let (first, _) = scene.sentence.subtree(scene.clauses[clause].head);
    if first == 0 || !matches!(scene.form(first), "when" | "where") {
        return None;
    }
    let start = scene.sentence.tokens()[first].span.start;
    times.iter().find(|t| {
        t.span.end <= start
            && Span::new(t.span.end, start)
                .of(scene.text)
                .trim_matches([' ', ',', '\n'])
                .is_empty()
    })
}

/// True if the token heads a clause.
fn is_clause(scene: &Scene<'_>, token: usize) -> bool {
    scene
        .clauses
        .binary_search_by_key(&token, |c| c.head)
        .is_ok()
}

/// A time below the predicate but inside another clause dates that one, unless it is an infinitive.
fn clause_is_quiet(scene: &Scene<'_>, time: &TimeExpr, token: usize) -> bool {
    let mut at = scene.head_of(time.span).and_then(|h| scene.clause_of(h));
    while let Some(c) = at {
        let clause = &scene.clauses[c];
        if clause.head == token {
            return true;
        }
        if clause.relation != clause::Relation::Open {
            return false;
        }
        at = clause.parent;
    }
    false
}

/// True if the clause of `token` is told in the past, so that "on Monday" is the last one.
pub(crate) fn is_past(scene: &Scene<'_>, token: usize) -> bool {
    let Some(mut index) = scene.clause_of(token) else {
        return true;
    };
    loop {
        let clause = &scene.clauses[index];
        let future = clause.auxiliaries.iter().any(|&a| {
            matches!(
                scene.lemma(a),
                "will" | "shall" | "'ll" | "wo" | "would" | "may" | "might" | "could" | "should"
            )
        });
        let perfect = clause.auxiliaries.iter().any(|&a| scene.lemma(a) == "have");
        if future {
            // "there would have been no talks" looks back.
            return perfect;
        }
        if clause.finite {
            // "is set for November 13": the participle has no tense of its own.
            let passive = clause.passive
                && clause.auxiliaries.iter().any(|&a| {
                    scene.lemma(a) == "be"
                        && scene.sentence.tokens()[a].feats.tense == detente_syntax::Tense::Pres
                });
            if passive && !perfect {
                return false;
            }
            return scene.sentence.tokens()[clause.head].feats.tense != detente_syntax::Tense::Pres
                || perfect;
        }
        if clause.marker.is_some_and(|m| scene.lemma(m) == "to") {
            return false;
        }
        match clause.parent {
            Some(parent) => index = parent,
            None => return true,
        }
    }
}

/// The actors of one sentence as the event matcher asks for them.
pub(crate) struct SentenceWho<'p> {
    pub(crate) people: &'p People<'p>,
    pub(crate) sentence: usize,
}

impl Who for SentenceWho<'_> {
    fn is_actor(&self, token: usize) -> bool {
        self.people.is_anybody(self.sentence, token)
    }

    fn acts(&self, token: usize) -> bool {
        self.people.acts(self.sentence, token)
    }

    fn is_state(&self, token: usize) -> bool {
        self.people.is(
            self.sentence,
            token,
            &[MentionKind::State, MentionKind::Government],
        )
    }

    fn is_person(&self, token: usize) -> bool {
        self.people.is(
            self.sentence,
            token,
            &[MentionKind::Person, MentionKind::Office],
        )
    }

    fn is_organisation(&self, token: usize) -> bool {
        self.people
            .is(self.sentence, token, &[MentionKind::Organisation])
    }
}
