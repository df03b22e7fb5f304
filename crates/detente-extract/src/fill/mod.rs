//! From a draft to a whole fact: actors, root, date, speaker, issue, channel.

mod causes;
mod figures;
pub(crate) mod roots;
pub(crate) mod topics;

use std::collections::BTreeSet;

use detente_syntax::{Deprel, Upos};
use detente_text::{Basis, Span, date::Edtf};

use crate::{
    Fact, Form, Kind, Link, Location, Modality, Stance, args,
    article::{Article, is_past, time_of},
    draft::Draft,
    frame::Frame,
    people::Ref,
    scene::Scene,
    times::{TimeExpr, TimeKind},
    voice::Voice,
};

/// Sentences before this one in which the other side may have been named.
const LOOK_BACK: usize = 4;

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

    /// Actors that the phrase headed by `token` stands for; "a number of experts" stands for the
    /// experts, "Lind's memoirs" for Lind.
    fn refs(&self, token: usize) -> Vec<Ref> {
        let people = &self.article.people;
        if let Some(named) = self.named_behind(token) {
            return named;
        }
        let refs = people.refs(self.sentence, token);
        if !refs.is_empty() {
            return refs;
        }
        let quantity = self
            .scene
            .lexicon
            .reporting
            .quantities
            .contains(&self.scene.lemma(token).to_lowercase());
        let stands_for = self.scene.sentence.children(token).find(|&c| {
            quantity && self.scene.preposition(c).is_some_and(|p| p == "of")
                || self.scene.deprel(c) == Deprel::NmodPoss
        });
        let mut refs = stands_for.map_or_else(Vec::new, |c| people.refs(self.sentence, c));
        if !refs.is_empty() {
            self.owned(token, &mut refs);
            return refs;
        }
        // "The Clinton administration": the government of whoever leads it.
        let government = &self.article.coder.book.actors.reference.government_nouns;
        if government.contains(self.scene.lemma(token).to_lowercase().as_str()) {
            let leader = self.scene.sentence.children(token).find(|&c| {
                matches!(
                    self.scene.deprel(c),
                    Deprel::Compound | Deprel::Amod | Deprel::Flat
                )
            });
            refs = leader.map_or_else(Vec::new, |c| people.refs(self.sentence, c));
            refs.retain(|r| r.state.is_some());
            if !refs.is_empty() {
                for r in &mut refs {
                    if let Some(state) = &r.state {
                        r.id = format!("{state} GOV");
                    }
                }
                return refs;
            }
        }
        // "her counterpart, Satoru Hayama"
        self.scene
            .sentence
            .child(token, Deprel::Appos)
            .map_or_else(Vec::new, |c| people.refs(self.sentence, c))
    }

    /// "The minister, Ota Kenji, and his counterpart, Han Seo-jun": a name in apposition says who.
    fn named_behind(&self, token: usize) -> Option<Vec<Ref>> {
        let scene = &self.scene;
        let people = &self.article.people;
        let name = |t: usize| {
            scene
                .sentence
                .children(t)
                .find(|&c| scene.deprel(c) == Deprel::Appos && scene.upos(c) == Upos::Propn)
                .map(|c| people.alone(self.sentence, c))
                .filter(|refs| !refs.is_empty() && scene.upos(t) == Upos::Noun)
        };
        let all = args::coordinated(scene, token);
        all.iter().find_map(|&t| name(t))?;
        let refs = all
            .iter()
            .flat_map(|&t| name(t).unwrap_or_else(|| people.alone(self.sentence, t)))
            .collect();
        Some(refs)
    }

    /// "Japan together with Mexico and Chile": who acts along with the subject.
    fn joined(&self, doer: usize) -> Vec<Ref> {
        let joining = &self.scene.lexicon.predicates.joining;
        self.scene
            .sentence
            .children(doer)
            .filter(|&c| {
                self.scene
                    .preposition(c)
                    .is_some_and(|p| joining.contains(&p))
            })
            .flat_map(|c| self.article.people.refs(self.sentence, c))
            .collect()
    }

    /// Whoever is named inside a phrase that names nobody itself: "a base in Kenya", "the strip".
    fn inside(&self, token: usize, source: &[Ref]) -> Vec<Ref> {
        let sentence = self.scene.sentence;
        let mut open = vec![token];
        let mut at = 0;
        while at < open.len() {
            let here = open[at];
            at += 1;
            let mut found = self.article.people.concerned(self.sentence, here);
            found.retain(|r| source.iter().all(|s| s.id != r.id));
            if !found.is_empty() {
                return found;
            }
            open.extend(sentence.children(here).filter(|&c| {
                !matches!(
                    self.scene.deprel(c),
                    Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl | Deprel::Conj
                ) && self.scene.upos(c) != Upos::Pron
            }));
        }
        Vec::new()
    }

    /// Somebody whom no list knows, in the place of the doer: people by their word, in small
    /// letters ("truckers"), a body by its name ("ICE").
    fn unnamed(&self, token: usize) -> Option<Ref> {
        let scene = &self.scene;
        let form = scene.form(token);
        let name = scene.upos(token) == Upos::Propn
            || form.len() > 1 && form.chars().all(|c| c.is_ascii_uppercase());
        let people = scene.upos(token) == Upos::Noun
            && scene.sentence.tokens()[token].feats.number == detente_syntax::Number::Plur
            && scene.lemma(token).to_lowercase().len() > 3
            && is_people(scene.lemma(token));
        if name {
            let (first, last) = scene.sentence.subtree(token);
            let of_name = |i: &usize| {
                scene.upos(*i) == Upos::Propn
                    && (*i == token
                        || scene.sentence.head(*i) == Some(token)
                            && matches!(scene.deprel(*i), Deprel::Flat | Deprel::Compound))
            };
            let words: Vec<&str> = (first..=last)
                .filter(of_name)
                .map(|i| scene.form(i))
                .collect();
            let id = if words.is_empty() {
                form.to_owned()
            } else {
                words.join(" ")
            };
            return Some(plain(id));
        }
        people.then(|| plain(form.to_lowercase()))
    }

    /// "His government", "their country": the government or state of whoever is meant.
    fn owned(&self, token: usize, owners: &mut Vec<Ref>) {
        let lemma = self.scene.lemma(token);
        let words = &self.article.coder.book.actors.reference;
        let government = words.government_nouns.contains(lemma);
        if !government && !words.state_nouns.contains(lemma) {
            return;
        }
        for owner in owners {
            if let Some(state) = &owner.state {
                owner.id = if government {
                    format!("{state} GOV")
                } else {
                    state.clone()
                };
            }
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
                if source.is_empty() {
                    source = self.voice_refs(&draft.frames);
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
            if draft.kind == Kind::Event {
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

    /// Those whose words a draft carries: the innermost frame's speaker, else who still speaks,
    /// else the signed author.
    fn voice_refs(&self, frames: &[Frame]) -> Vec<Ref> {
        for frame in frames {
            if let Some(token) = frame.speaker {
                let refs = self.refs(token);
                if !refs.is_empty() {
                    return refs;
                }
                if self.scene.upos(token) == Upos::Pron {
                    continue;
                }
                return vec![Ref {
                    id: self.scene.lemma(token).to_lowercase(),
                    state: None,
                    evidence: None,
                    place: false,
                }];
            }
        }
        if let Some((ids, _)) = &self.voice.continued {
            return ids.iter().cloned().map(plain).collect();
        }
        // A report's own voice holds no view.
        if !self.voice.own {
            return Vec::new();
        }
        self.article
            .people
            .authors()
            .iter()
            .cloned()
            .map(plain)
            .collect()
    }

    /// Who should act where no subject says so: both members of the dyad if the clause names them,
    /// else those to whom the last proposal was addressed, else the dyad.
    fn addressees(&self, draft: &Draft<'_>) -> Vec<Ref> {
        let dyad = self.article.people.dyad();
        let named: BTreeSet<String> = self
            .article
            .people
            .within(self.sentence, draft.span)
            .into_iter()
            .filter_map(|r| r.state)
            .filter(|s| dyad.contains(s))
            .collect();
        if named.len() == 2 || self.last_addressees.is_empty() {
            return dyad.iter().cloned().map(plain).collect();
        }
        self.last_addressees.iter().cloned().map(plain).collect()
    }

    /// The other state that was named last, here or in the few sentences before.
    fn other_side(&self, source: &[Ref]) -> Vec<Ref> {
        let own: BTreeSet<&str> = source.iter().filter_map(|r| r.state.as_deref()).collect();
        if own.len() != 1 {
            return Vec::new();
        }
        let before = self.sentence.saturating_sub(LOOK_BACK);
        (before..=self.sentence)
            .rev()
            .find_map(|i| {
                self.article
                    .people
                    .states(i)
                    .into_iter()
                    .rfind(|state| !own.contains(state.as_str()))
            })
            .or_else(|| {
                // Nobody else is named: the other member of the pair that the text is about.
                let dyad = self.article.people.dyad();
                dyad.iter()
                    .any(|s| own.contains(s.as_str()))
                    .then(|| dyad.iter().find(|s| !own.contains(s.as_str())).cloned())
                    .flatten()
            })
            .map(plain)
            .into_iter()
            .collect()
    }

    /// The holder of an ascribed stance: "Country A sees B as a threat".
    fn holder(&self, draft: &Draft<'_>) -> Vec<Ref> {
        let Some(clause) = draft.clause.map(|c| &self.scene.clauses[c]) else {
            return Vec::new();
        };
        if clause.head != draft.head
            || !self
                .scene
                .lexicon
                .reporting
                .stance
                .contains(self.scene.lemma(clause.head))
        {
            return Vec::new();
        }
        clause.subject.map_or_else(Vec::new, |s| self.refs(s))
    }

    /// Whom the stance judges: the first actor named behind the verb who is not its holder.
    fn stance_target(&self, draft: &Draft<'_>, holder: &[Ref]) -> Vec<Ref> {
        let behind = Span::new(self.token(draft.head).end, draft.span.end);
        self.article
            .people
            .within(self.sentence, behind)
            .into_iter()
            .find(|r| holder.iter().all(|h| h.id != r.id && h.state != r.state))
            .into_iter()
            .collect()
    }

    fn date(&self, draft: &Draft<'_>, fact: &mut Fact) {
        let metadata = self.article.document.metadata.date.as_ref();
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
                fact.due = fact
                    .date
                    .filter(|d| metadata.is_some_and(|m| d.latest() > m.edtf.latest()));
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
        // An act takes the nearest time in its quote, even if the tree hangs it elsewhere.
        if draft.kind == Kind::Event
            && let Some(time) = self.times.iter().find(|t| {
                draft.span.contains(t.span) && matches!(t.kind, TimeKind::Point | TimeKind::Range)
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

/// Nouns of those who do something: "truckers", "hijackers", "arsonists".
fn is_people(lemma: &str) -> bool {
    ["er", "or", "ist", "man"]
        .iter()
        .any(|end| lemma.ends_with(end))
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
