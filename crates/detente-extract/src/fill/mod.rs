//! From a draft to a whole fact: actors, root, date, speaker, issue, channel.

mod causes;
mod figures;
pub(crate) mod roots;
mod sides;
pub(crate) mod topics;
mod who;

use std::collections::BTreeSet;

use detente_syntax::Upos;
use detente_text::{Basis, Span, date::Edtf};

use crate::{
    Fact, Form, Kind, Link, Location, Modality, Stance,
    article::{Article, is_past, time_of},
    clause::Relation,
    draft::Draft,
    people::Ref,
    scene::Scene,
    times::{TimeExpr, TimeKind},
    voice::Voice,
};

/// Fills drafts of one sentence.
pub(crate) struct Filler<'a, 'd> {
    pub(crate) article: &'a Article<'d>,
    pub(crate) scene: Scene<'a>,
    pub(crate) sentence: usize,
    pub(crate) times: &'a [TimeExpr],
    pub(crate) voice: &'a Voice,
    /// Issue that the paragraph was about before this sentence.
    pub(crate) topic: Option<&'a String>,
    /// Targets of the last proposal of the same passage.
    pub(crate) last_addressees: &'a [String],
    /// Facts of the sentences before.
    pub(crate) told: &'a [Fact],
}

impl Filler<'_, '_> {
    /// The fact that a draft stands for.
    pub(crate) fn fact(&self, draft: &Draft<'_>) -> Fact {
        let document = self.article.document;
        let mut fact = Fact::new(
            &document.id,
            document.language,
            draft.kind,
            &document.text,
            self.article.points(),
            draft.span,
            self.scene.sentence.span,
            &draft.rule,
        );
        fact.confidence = draft.confidence;
        fact.modality = draft.modality;
        self.roles(draft, &mut fact);
        self.date(draft, &mut fact);
        self.speaker(draft, &mut fact);
        roots::fill(self, draft, &mut fact);
        topics::fill(self, draft, &mut fact);
        self.hedge(draft.span, &mut fact);
        causes::fill(self, draft, &mut fact);
        fact.status = match draft.kind {
            Kind::Proposal => Some("proposed".to_owned()),
            Kind::Commitment => Some("open".to_owned()),
            _ => None,
        };
        self.note(
            "modality",
            draft.modality_token.map(|t| self.token(t)),
            draft.span,
            &mut fact,
        );
        fact
    }

    fn token(&self, token: usize) -> Span {
        self.scene.sentence.tokens()[token].span
    }

    /// Keeps the place of a field's evidence if it lies outside the quote.
    fn note(&self, field: &str, place: Option<Span>, quote: Span, fact: &mut Fact) {
        if let Some(place) = place
            && !place.is_empty()
            && !quote.contains(place)
        {
            fact.evidence
                .insert(field.to_owned(), self.article.points().span(place));
        }
    }

    fn roles(&self, draft: &Draft<'_>, fact: &mut Fact) {
        let mut source = draft.source.map_or_else(Vec::new, |t| self.refs(t));
        if draft.kind == Kind::Event
            && let Some(doer) = draft.source
        {
            source.extend(self.joined(doer));
        }
        source.retain(|r| !r.place);
        if source.is_empty() && draft.kind == Kind::Event {
            source = draft
                .source
                .and_then(|t| self.unnamed(t))
                .into_iter()
                .collect();
        }
        let mut target = draft.target.map_or_else(Vec::new, |t| self.refs(t));
        let together = draft.pattern.is_some_and(|p| p.reciprocal);
        if target.is_empty() && draft.kind == Kind::Event && !together {
            target = draft
                .target
                .map_or_else(Vec::new, |t| self.inside(t, &source));
        }
        match draft.kind {
            Kind::Event
                if draft.pattern.is_some_and(|p| p.reciprocal)
                    && !draft.apart
                    && !is_visit(draft) =>
            {
                source.append(&mut target);
            }
            Kind::Proposal => {
                if source.is_empty() {
                    source = self.voice_refs(&draft.frames);
                }
                if target.is_empty() {
                    target = self.addressees(draft);
                }
            }
            Kind::Commitment => {
                // "They will consult": whoever they are, it is not who writes so.
                let own = draft.source.is_none_or(|t| {
                    let word = self.scene.form(t).to_lowercase();
                    matches!(word.as_str(), "i" | "we" | "us" | "me")
                });
                let reported = draft.frames.iter().any(|frame| frame.speaker.is_some());
                if source.is_empty() && (own || reported) {
                    source = self.voice_refs(&draft.frames);
                }
                // "It would release the French sailors": whoever the words of the promise concern.
                if target.is_empty() {
                    target = self.stance_target(draft, &source);
                }
                if target.is_empty() {
                    target = self.other_side(&source);
                }
            }
            Kind::Statement => {
                let holder = self.holder(draft);
                source = if holder.is_empty() {
                    self.voice_refs(&draft.frames)
                } else {
                    target = self.stance_target(draft, &holder);
                    holder
                };
            }
            _ => {}
        }
        // Where the names stand: what a pronoun refers to, else the phrase itself.
        let places = [
            ("source", &source, draft.source),
            ("target", &target, draft.target),
        ];
        for (field, refs, token) in places {
            let place = refs
                .iter()
                .find_map(|r| r.evidence)
                .or(token.filter(|_| !refs.is_empty()).map(|t| self.token(t)));
            if draft.kind != Kind::Statement {
                // Who acts and whom it concerns is read from words: where they stand is always told.
                // A pronoun names nobody: its antecedent does.
                let place = token
                    .filter(|&t| !refs.is_empty() && self.scene.upos(t) != Upos::Pron)
                    .map(|t| self.token(t))
                    .or(place);
                if let Some(place) = place {
                    fact.evidence
                        .insert(field.to_owned(), self.article.points().span(place));
                }
            } else {
                self.note(field, place, draft.span, fact);
            }
        }
        fact.source = ids(source);
        fact.target = ids(target);
        fact.target
            .retain(|t| !fact.source.contains(t) || draft.kind == Kind::Proposal);
        if fact.target.is_empty() && draft.kind == Kind::Event && !together {
            self.answer(draft, fact);
        }
        let mut actors: Vec<String> = fact.source.iter().chain(&fact.target).cloned().collect();
        actors.extend(
            self.article
                .people
                .within(self.sentence, draft.span)
                .into_iter()
                .map(|r| r.id),
        );
        let mut seen = BTreeSet::new();
        actors.retain(|a| seen.insert(a.clone()));
        fact.actors = actors;
    }

    fn date(&self, draft: &Draft<'_>, fact: &mut Fact) {
        let metadata = self.article.document.metadata.date.as_ref();
        if matches!(draft.kind, Kind::Proposal | Kind::Commitment) {
            // "by the end of June" says until when, not when.
            let deadline = self
                .times
                .iter()
                .find(|t| t.kind == TimeKind::Deadline && draft.span.contains(t.span));
            fact.due = deadline.and_then(|t| t.resolve(false));
        }
        // "to visit before the end of May" says by when, not when.
        let time = time_of(&self.scene, self.times, draft.head)
            .filter(|t| draft.kind != Kind::Event || t.kind != TimeKind::Until);
        if let Some(time) = time {
            fact.date_text = Some(time.span.of(self.scene.text).to_owned());
            fact.date = time.resolve(is_past(&self.scene, draft.head));
            fact.date_basis = if fact.date.is_some() {
                time.basis
            } else {
                Basis::None
            };
            self.note("date", Some(time.span), draft.span, fact);
            if draft.kind == Kind::Proposal || draft.kind == Kind::Commitment {
                // What has begun already ("since the turn of the century") is no time to come.
                let ahead = fact.date.filter(|d| {
                    metadata.is_some_and(|m| {
                        let begun = d.earliest().is_some_and(|e| Some(e) < m.edtf.earliest());
                        d.latest() > m.edtf.latest() && !begun
                    })
                });
                fact.due = fact.due.or(ahead);
            }
            return;
        }
        if let Some(label) = self.article.label(self.sentence) {
            fact.date_text = Some(label.span.of(self.scene.text).to_owned());
            fact.date = Some(label.edtf);
            fact.date_basis = Basis::Explicit;
            self.note("date", Some(label.span), draft.span, fact);
            return;
        }
        // An act takes the nearest time in its quote, even if the tree hangs it elsewhere; but not
        // that of what is told beside it: "gave back the bell that soldiers had carried off in 1945".
        let beside = |time: Span| {
            let at = self.scene.head_of(time)?;
            let clause = self.scene.clause_of(at)?;
            let own = self.scene.clause_of(draft.head);
            let clause_of_time = &self.scene.clauses[clause];
            let relative = clause_of_time.relation == Relation::Relative && clause_of_time.finite;
            let of_it = clause_of_time.noun == Some(draft.head);
            Some(relative && !of_it && own != Some(clause))
        };
        if draft.kind == Kind::Event
            && let Some(time) = self.times.iter().find(|t| {
                draft.span.contains(t.span)
                    && matches!(t.kind, TimeKind::Point | TimeKind::Range)
                    && beside(t.span) != Some(true)
            })
        {
            fact.date_text = Some(time.span.of(self.scene.text).to_owned());
            fact.date = time.resolve(is_past(&self.scene, draft.head));
            fact.date_basis = if fact.date.is_some() {
                time.basis
            } else {
                Basis::None
            };
            return;
        }
        if draft.modality == Modality::Historical
            || draft.modality == Modality::Hypothetical && draft.kind == Kind::Event
        {
            return;
        }
        if let Some(date) = metadata {
            fact.date = Some(date.edtf);
            fact.date_basis = if date.basis == Basis::Inferred {
                Basis::Inferred
            } else {
                Basis::DocDate
            };
        }
    }

    fn speaker(&self, draft: &Draft<'_>, fact: &mut Fact) {
        let said = self.article.document.metadata.date.as_ref().map(|d| d.edtf);
        let mut chain: Vec<Link> = Vec::new();
        for frame in &draft.frames {
            let refs = frame.speaker.map_or_else(Vec::new, |t| self.refs(t));
            let actor = match (refs.into_iter().next(), frame.speaker) {
                (Some(r), _) => Some(r.id),
                (None, Some(token)) => Some(self.scene.lemma(token).to_lowercase()),
                (None, None) => None,
            };
            let date = frame.clause.and_then(|c| self.said_when(c)).or(said);
            let link = Link {
                actor,
                via: !chain.is_empty(),
                date,
                form: frame.form,
            };
            if chain.last().is_none_or(|l| l.actor != link.actor) {
                chain.push(link);
            }
        }
        if chain.is_empty()
            && let Some((ids, form)) = &self.voice.continued
        {
            chain.push(Link {
                actor: ids.first().cloned(),
                via: false,
                date: said,
                form: *form,
            });
        }
        let metadata = &self.article.document.metadata;
        let author = self.article.people.authors().first().cloned();
        let outlet = metadata.outlet.as_ref().map(|o| o.value.clone());
        let last = if chain.is_empty() {
            author.or(outlet)
        } else {
            outlet.or(author)
        };
        let form = Form::Author;
        if chain.is_empty() || last.is_some() && chain.last().is_none_or(|l| l.actor != last) {
            chain.push(Link {
                actor: last,
                via: !chain.is_empty(),
                date: said,
                form,
            });
        }
        fact.speaker = chain;
    }

    /// When the saying of clause `clause` took place, if it says so.
    fn said_when(&self, clause: usize) -> Option<Edtf> {
        let head = self.scene.clauses[clause].head;
        time_of(&self.scene, self.times, head)?.resolve(is_past(&self.scene, head))
    }

    fn hedge(&self, span: Span, fact: &mut Fact) {
        let text = span.of(self.scene.text).to_lowercase();
        fact.hedge = self
            .scene
            .lexicon
            .statement
            .hedges
            .iter()
            .filter_map(|hedge| {
                let at = text.find(hedge.as_str())?;
                let end = at + hedge.len();
                let whole = |i: Option<char>| i.is_none_or(|c| !c.is_alphanumeric());
                (whole(text[..at].chars().next_back()) && whole(text[end..].chars().next()))
                    .then(|| (at, hedge.clone()))
            })
            .min()
            .map(|(_, hedge)| hedge);
    }

    /// Where an event took place.
    pub(crate) fn location(&self, draft: &Draft<'_>) -> Option<Location> {
        let (span, country) = self.article.people.place(self.sentence, draft.head)?;
        let (start, end) = self.article.points().span(span);
        Some(Location {
            text: span.of(self.scene.text).to_owned(),
            start,
            end,
            country,
        })
    }
}

fn plain(id: String) -> Ref {
    Ref {
        id,
        state: None,
        evidence: None,
        place: false,
    }
}

fn ids(refs: Vec<Ref>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    refs.into_iter()
        .map(|r| r.id)
        .filter(|id| seen.insert(id.clone()))
        .collect()
}

/// In a visit guest and host keep their places.
fn is_visit(draft: &Draft<'_>) -> bool {
    draft
        .pattern
        .is_some_and(|p| p.mode.iter().any(|m| &**m == "visit"))
}

/// Stance from words of praise and blame within a stretch.
pub(crate) fn stance(scene: &Scene<'_>, tokens: (usize, usize)) -> Option<Stance> {
    let words = &scene.lexicon.statement.force;
    let count = |set: &BTreeSet<String>| {
        (tokens.0..=tokens.1)
            .filter(|&t| set.contains(&scene.lemma(t).to_lowercase()))
            .count()
    };
    match (count(&words.positive), count(&words.negative)) {
        (0, 0) => None,
        (_, 0) => Some(Stance::Positive),
        (0, _) => Some(Stance::Negative),
        _ => Some(Stance::Mixed),
    }
}

impl Filler<'_, '_> {
    /// True if the token names an actor.
    fn is_somebody(&self, token: usize) -> bool {
        !self.refs(token).is_empty()
    }
}
