//! Walks the clauses of a sentence from the top down and decides what each one is.

use detente_codebook::events::{EventBook, Pattern};
use detente_syntax::{Deprel, Upos};
use detente_text::Span;
use jiff::civil::Date;

use crate::{
    Kind, Modality,
    args,
    clause::{self, Clause, Relation},
    draft::{Draft, Rejection},
    events::matcher::{Hit, Matcher, Who, may_tell},
    frame::{self, Frame},
    kinds::{Finding, commitment, proposal},
    modality::{self, Surroundings},
    quotation::Quotation,
    scene::Scene,
};

/// What the walk knows about the document.
pub(crate) struct Around<'a, 'b> {
    pub(crate) book: &'b EventBook,
    pub(crate) who: &'a dyn Who,
    /// Quotations that touch the sentence.
    pub(crate) quotations: &'a [Quotation],
    /// Spans of polls and indicators found already.
    pub(crate) figures: &'a [Span],
    /// First day of the document's date.
    pub(crate) document: Option<Date>,
    /// Dates of the tokens `[first, last]`, clause by clause.
    pub(crate) date: &'a dyn Fn(usize) -> Option<detente_text::date::Edtf>,
    /// True while the items of an announced list of proposals go on.
    pub(crate) in_list: bool,
}

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It only frames other words.
    Frame,
    /// It became a fact of that kind.
    Fact(Kind),
    /// It goes with the clause above.
    Above,
    /// Nothing.
    Nothing,
}

/// Drafts of one sentence and what was rejected.
pub(crate) struct Found<'b> {
    pub(crate) drafts: Vec<Draft<'b>>,
    pub(crate) rejections: Vec<Rejection>,
}

/// Looks at every clause, then at the nouns that tell events.
pub(crate) fn walk<'b>(scene: &Scene<'_>, around: &Around<'_, 'b>) -> Found<'b> {
    let mut walker = Walker {
        scene: *scene,
        around,
        matcher: Matcher {
            scene: *scene,
            book: around.book,
            who: around.who,
        },
        fates: vec![Fate::Nothing; scene.clauses.len()],
        found: Found {
            drafts: Vec::new(),
            rejections: Vec::new(),
        },
    };
    let mut order: Vec<usize> = (0..scene.clauses.len()).collect();
    order.sort_by_key(|&i| (depth(scene.clauses, i), scene.clauses[i].head));
    if around.in_list
        && let Some(finding) = proposal::list_item(scene)
    {
        walker.list_item(&finding);
        return walker.found;
    }
    for index in order {
        walker.fates[index] = walker.clause(index);
    }
    walker.nouns();
    walker.found
}

fn depth(clauses: &[Clause], mut i: usize) -> usize {
    let mut depth = 0;
    while let Some(parent) = clauses[i].parent {
        depth += 1;
        i = parent;
        if depth > clauses.len() {
            break;
        }
    }
    depth
}

struct Walker<'a, 'b> {
    scene: Scene<'a>,
    around: &'a Around<'a, 'b>,
    matcher: Matcher<'a, 'b>,
    fates: Vec<Fate>,
    found: Found<'b>,
}

impl<'b> Walker<'_, 'b> {
    fn clause(&mut self, index: usize) -> Fate {
        let scene = self.scene;
        let clause = &scene.clauses[index];
        let frames = frame::frames(&scene, index, self.around.quotations);
        let framing = frame::only_frames(&scene, index);

        if !framing || clause.relation == Relation::Content {
            if let Some(finding) = commitment::of_clause(&scene, index, &frames, &|t| self.decides(t)) {
                return self.found(index, Kind::Commitment, &finding, frames);
            }
            let proposals = proposal::of_clause(&scene, index);
            if !proposals.is_empty() {
                for finding in &proposals {
                    self.found(index, Kind::Proposal, finding, frames.clone());
                }
                return Fate::Fact(Kind::Proposal);
            }
        }
        if let Some(fate) = self.event(index, &frames, framing) {
            return fate;
        }
        if framing {
            return Fate::Frame;
        }
        if let Some(phrase) = frame::said_phrase(&scene, index) {
            return self.said_phrase(index, phrase, frames);
        }
        if !self.carries_statement(index) {
            return Fate::Above;
        }
        self.statement(index, frames)
    }

    /// Somebody who can bind himself or decide.
    fn decides(&self, token: usize) -> bool {
        self.around.who.is_actor(token)
            || self.scene.upos(token) == Upos::Pron
                && matches!(
                    self.scene.lemma(token).to_lowercase().as_str(),
                    "i" | "we" | "he" | "she" | "they" | "who" | "our" | "my" | "his" | "her" | "their"
                )
    }

    fn surroundings(&self, index: usize, frames: &[Frame]) -> Surroundings {
        let clause = &self.scene.clauses[index];
        Surroundings {
            document: self.around.document,
            date: (self.around.date)(clause.head),
            reported_in_past: frames.first().is_some_and(|f| f.past),
            subject_decides: clause.subject.is_some_and(|s| self.decides(s)),
        }
    }

    /// Subtrees that are coded by themselves and stay out of the quote of `index`.
    fn apart(&self, index: usize, token: usize) -> bool {
        let scene = &self.scene;
        if let Ok(at) = scene.clauses.binary_search_by_key(&token, |c| c.head) {
            return at != index && self.stands_alone(at);
        }
        let head = scene.clauses[index].head;
        if scene.sentence.head(token) == Some(head) {
            // "However," and the like at the head of the clause; "according to X".
            if scene.deprel(token) == Deprel::Advmod && token < head && self.is_opener(token) {
                return true;
            }
            if scene.preposition(token).is_some_and(|p| {
                p.starts_with("accord") || token < head && self.is_opening_phrase(token)
            }) {
                return true;
            }
        }
        false
    }

    fn is_opener(&self, token: usize) -> bool {
        let scene = &self.scene;
        let (first, last) = scene.sentence.subtree(token);
        let words: Vec<String> = (first..=last)
            .map(|t| scene.form(t).to_lowercase())
            .filter(|w| w != ",")
            .collect();
        let followed = last + 1 < scene.sentence.len() && scene.form(last + 1) == ",";
        (followed || first == 0) && scene.lexicon.statement.openers.contains(&words.join(" "))
    }

    fn is_opening_phrase(&self, token: usize) -> bool {
        self.is_opener(token)
    }

    /// A clause that is a fact of its own and not part of the one above.
    fn stands_alone(&self, index: usize) -> bool {
        let scene = &self.scene;
        let clause = &scene.clauses[index];
        match clause.relation {
            Relation::Conj => clause.finite,
            Relation::Aside => true,
            Relation::Adverbial => {
                clause.finite
                    && clause.own_subject
                    && clause.marker.is_some_and(|m| {
                        matches!(
                            scene.lemma(m).to_lowercase().as_str(),
                            "although" | "though" | "while" | "whereas" | "as"
                        )
                    })
            }
            Relation::Relative => clause.finite && self.is_loose(index),
            _ => false,
        }
    }

    /// A relative clause behind a comma adds a fact; one without only says which noun is meant.
    fn is_loose(&self, index: usize) -> bool {
        let scene = &self.scene;
        let (first, last) = scene.sentence.subtree(scene.clauses[index].head);
        first > 0 && scene.form(first - 1) == "," && last - first >= 4
    }

    fn quote(&self, index: usize, head: usize) -> (usize, usize) {
        clause::quote(self.scene.sentence, head, &|token| self.apart(index, token))
    }

    fn event(&mut self, index: usize, frames: &[Frame], framing: bool) -> Option<Fate> {
        let scene = self.scene;
        let clause = &scene.clauses[index];
        let above = clause.parent.map(|p| self.fates[p]);
        // The complement of an event ("agreed to hold talks") belongs to it; so does that of a
        // commitment or proposal.
        if clause.relation == Relation::Open && matches!(above, Some(Fate::Fact(_))) {
            return Some(Fate::Above);
        }
        let args = args::of_clause(&scene, clause);
        let hit = self.matcher.verb(clause, &args)?;
        let lemma = scene.lemma(clause.head);
        let root = self.around.book.root_name(hit.pattern);
        let words = &scene.lexicon.reporting;
        if (framing || words.say.contains(lemma) || words.think.contains(lemma))
            && !speech_act(root, hit.pattern)
        {
            self.reject(index, Kind::Event, format!("`{lemma}` only frames other words"));
            return None;
        }
        if !self.is_datable(index, &hit, root) {
            self.reject(
                index,
                Kind::Event,
                format!("`{lemma}` fits {} but no actor stands in its places", hit.pattern.rule),
            );
            return None;
        }
        let surroundings = self.surroundings(index, frames);
        let (modality, token) = modality::of_clause(&scene, index, surroundings);
        // Events of a participle or infinitive are quoted with the noun or verb they hang on.
        let tokens = match (clause.relation, clause.noun) {
            (Relation::Participle, Some(noun)) => self.quote_noun(noun),
            (Relation::Open, _) => {
                let top = clause.parent.map_or(index, |p| self.top_of_chain(p));
                self.quote(top, scene.clauses[top].head)
            }
            _ => self.quote(index, clause.head),
        };
        let confidence = confidence(&hit, self.around.who);
        self.push(Draft {
            kind: Kind::Event,
            head: clause.head,
            clause: Some(index),
            tokens,
            span: Span::default(),
            pattern: Some(hit.pattern),
            source: hit.source,
            target: hit.target,
            frames: frames.to_vec(),
            modality,
            modality_token: token,
            asked: false,
            rule: format!("event/{}", hit.pattern.rule),
            confidence,
        });
        Some(Fate::Fact(Kind::Event))
    }

    /// The clause at the top of a chain of infinitives.
    fn top_of_chain(&self, mut index: usize) -> usize {
        while self.scene.clauses[index].relation == Relation::Open {
            match self.scene.clauses[index].parent {
                Some(parent) => index = parent,
                None => break,
            }
        }
        index
    }

    fn quote_noun(&self, noun: usize) -> (usize, usize) {
        clause::quote(self.scene.sentence, noun, &|token| {
            self.scene
                .clauses
                .binary_search_by_key(&token, |c| c.head)
                .is_ok_and(|at| self.stands_alone(at) && self.scene.clauses[at].noun != Some(noun))
        })
    }

    /// An event needs somebody in one of its places, or words of time for an act towards nobody.
    fn is_datable(&self, index: usize, hit: &Hit<'_>, root: Option<&str>) -> bool {
        let who = self.around.who;
        let acts = hit.source.is_some_and(|s| who.is_actor(s) || self.decides(s));
        let concerned = hit.target.is_some_and(|t| who.is_actor(t));
        if root.is_none() {
            return acts || (self.around.date)(self.scene.clauses[index].head).is_some();
        }
        acts || concerned
    }

    fn reject(&mut self, index: usize, kind: Kind, reason: String) {
        let (first, last) = self.quote(index, self.scene.clauses[index].head);
        self.found.rejections.push(Rejection {
            span: clause::tokens_span(self.scene.sentence, first, last),
            kind,
            reason,
        });
    }

    fn found(&mut self, index: usize, kind: Kind, finding: &Finding, frames: Vec<Frame>) -> Fate {
        let scene = self.scene;
        let surroundings = self.surroundings(index, &frames);
        let (mut modality, token) = modality::of_clause(&scene, index, surroundings);
        // Codebook 1.2, defaults: proposals and commitments are planned unless denied.
        if modality != Modality::Negated {
            modality = Modality::Planned;
        }
        let tokens = if finding.head == scene.clauses[index].head {
            self.quote(index, finding.head)
        } else {
            let inner = scene
                .clauses
                .binary_search_by_key(&finding.head, |c| c.head)
                .unwrap_or(index);
            self.quote(inner, finding.head)
        };
        self.push(Draft {
            kind,
            head: finding.head,
            clause: Some(index),
            tokens,
            span: Span::default(),
            pattern: None,
            source: finding.source,
            target: finding.target,
            frames,
            modality,
            modality_token: token,
            asked: finding.asked,
            rule: finding.rule.to_owned(),
            confidence: 0.7,
        });
        Fate::Fact(kind)
    }

    fn list_item(&mut self, finding: &Finding) {
        let index = self.scene.clause_of(finding.head).unwrap_or(0);
        self.found(index, Kind::Proposal, finding, Vec::new());
        // Coordinated verbs of an item are proposals of their own.
        let more: Vec<usize> = args::coordinated(&self.scene, finding.head)
            .into_iter()
            .skip(1)
            .filter(|&t| self.scene.upos(t) == Upos::Verb)
            .collect();
        for head in more {
            let index = self.scene.clause_of(head).unwrap_or(0);
            self.found(index, Kind::Proposal, &Finding::new(head, finding.rule), Vec::new());
        }
    }

    fn said_phrase(&mut self, index: usize, phrase: usize, mut frames: Vec<Frame>) -> Fate {
        let clause = &self.scene.clauses[index];
        let tokens = clause::quote(self.scene.sentence, phrase, &|token| {
            self.apart(index, token)
        });
        frames.insert(
            0,
            Frame {
                clause: Some(index),
                speaker: clause.subject,
                form: crate::Form::Indirect,
                past: modality::is_past(&self.scene, index),
                view: false,
            },
        );
        let surroundings = self.surroundings(index, &frames);
        let (modality, token) = modality::of_noun(&self.scene, phrase, surroundings);
        self.push(Draft {
            kind: Kind::Statement,
            head: phrase,
            clause: Some(index),
            tokens,
            span: Span::default(),
            pattern: None,
            source: None,
            target: None,
            frames,
            modality,
            modality_token: token,
            asked: false,
            rule: "statement/said-phrase".to_owned(),
            confidence: 0.55,
        });
        Fate::Frame
    }

    /// Clauses that carry a statement of their own; the others go with the clause above.
    fn carries_statement(&self, index: usize) -> bool {
        let clause = &self.scene.clauses[index];
        match clause.relation {
            Relation::Main => clause.finite,
            Relation::Content => clause.finite && self.is_framed(index),
            Relation::Conj => clause.finite && !self.goes_with_above(index),
            Relation::Aside => clause.finite && clause.own_subject,
            Relation::Adverbial | Relation::Relative => self.stands_alone(index),
            Relation::Open | Relation::Participle | Relation::Subject => false,
        }
    }

    /// Content of a frame; content of anything else ("the reason is that") goes with it.
    fn is_framed(&self, index: usize) -> bool {
        self.scene.clauses[index]
            .parent
            .is_none_or(|p| self.fates[p] == Fate::Frame || matches!(self.fates[p], Fate::Fact(Kind::Event)))
    }

    /// A conjunct below an infinitive, or of a clause that is itself no fact.
    fn goes_with_above(&self, index: usize) -> bool {
        let clause = &self.scene.clauses[index];
        clause.parent.is_some_and(|p| {
            let above = &self.scene.clauses[p];
            matches!(above.relation, Relation::Open | Relation::Participle | Relation::Subject)
                || matches!(above.relation, Relation::Adverbial | Relation::Relative)
                    && !self.stands_alone(p)
        })
    }

    fn statement(&mut self, index: usize, frames: Vec<Frame>) -> Fate {
        let scene = self.scene;
        let head = scene.clauses[index].head;
        let tokens = self.quote(index, head);
        let span = clause::tokens_span(scene.sentence, tokens.0, tokens.1);
        if tokens.1 - tokens.0 < 3 {
            self.reject(index, Kind::Statement, "too short to say anything".to_owned());
            return Fate::Nothing;
        }
        if self.around.figures.iter().any(|f| {
            f.intersection(span)
                .is_some_and(|shared| 2 * shared.len() >= f.len().min(span.len()))
        }) {
            self.reject(index, Kind::Statement, "a poll or indicator already".to_owned());
            return Fate::Nothing;
        }
        let surroundings = self.surroundings(index, &frames);
        let (modality, token) = modality::of_clause(&scene, index, surroundings);
        self.push(Draft {
            kind: Kind::Statement,
            head,
            clause: Some(index),
            tokens,
            span,
            pattern: None,
            source: None,
            target: None,
            frames,
            modality,
            modality_token: token,
            asked: false,
            rule: "statement/clause".to_owned(),
            confidence: 0.5,
        });
        Fate::Fact(Kind::Statement)
    }

    /// Events told by nouns: "Seoul's termination of the pact", "the 2011 earthquake".
    fn nouns(&mut self) {
        let scene = self.scene;
        for noun in 0..scene.sentence.len() {
            if !may_tell(&scene, noun) {
                continue;
            }
            let args = args::of_noun(&scene, noun);
            let Some(hit) = self.matcher.noun(noun, &args) else {
                continue;
            };
            if let Some(reason) = self.noun_is_told_elsewhere(noun, &hit) {
                let (first, last) = scene.sentence.subtree(noun);
                self.found.rejections.push(Rejection {
                    span: clause::tokens_span(scene.sentence, first, last),
                    kind: Kind::Event,
                    reason,
                });
                continue;
            }
            let clause = scene.clause_of(noun);
            let frames = clause.map_or_else(Vec::new, |c| {
                frame::frames(&scene, c, self.around.quotations)
            });
            let surroundings = Surroundings {
                document: self.around.document,
                date: (self.around.date)(noun),
                reported_in_past: false,
                subject_decides: true,
            };
            let (modality, token) = modality::of_noun(&scene, noun, surroundings);
            let tokens = self.quote_noun(noun);
            self.push(Draft {
                kind: Kind::Event,
                head: noun,
                clause,
                tokens,
                span: Span::default(),
                pattern: Some(hit.pattern),
                source: hit.source,
                target: hit.target,
                frames,
                modality,
                modality_token: token,
                asked: false,
                rule: format!("event/{}", hit.pattern.rule),
                confidence: 0.45,
            });
        }
    }

    /// Why a noun tells no event of its own, if it does not.
    fn noun_is_told_elsewhere(&self, noun: usize, hit: &Hit<'_>) -> Option<String> {
        let scene = &self.scene;
        let who = self.around.who;
        let dated = (self.around.date)(noun).is_some_and(|_| self.has_time_below(noun));
        let acts = hit.source.is_some_and(|s| who.is_actor(s));
        if !(dated || acts && hit.target.is_some_and(|t| who.is_actor(t))) {
            return Some(format!("noun of {}: neither dated nor with actors on both sides", hit.pattern.rule));
        }
        let inside = self.found.drafts.iter().any(|d| {
            d.kind == Kind::Event
                && d.pattern.is_some()
                && (d.head == noun || scene.clause_of(noun) == d.clause && hangs_closely(scene, noun, d.head))
        });
        if inside {
            return Some("part of the event its verb tells".to_owned());
        }
        None
    }

    fn has_time_below(&self, noun: usize) -> bool {
        let scene = &self.scene;
        scene.sentence.children(noun).any(|c| {
            scene.upos(c) == Upos::Num
                || matches!(scene.deprel(c), Deprel::Nmod | Deprel::NmodUnmarked | Deprel::Acl | Deprel::Amod | Deprel::Compound)
                    && (self.around.date)(c).is_some()
        })
    }

    fn push(&mut self, mut draft: Draft<'b>) {
        draft.span = clause::tokens_span(self.scene.sentence, draft.tokens.0, draft.tokens.1);
        let same = self
            .found
            .drafts
            .iter()
            .any(|d| d.kind == draft.kind && d.span == draft.span);
        if !same && !draft.span.is_empty() {
            self.found.drafts.push(draft);
        }
    }
}

/// Object, subject or prepositional argument of the verb that tells the event.
fn hangs_closely(scene: &Scene<'_>, noun: usize, verb: usize) -> bool {
    scene.sentence.head(noun) == Some(verb)
        || scene
            .sentence
            .head(noun)
            .and_then(|h| scene.sentence.head(h))
            == Some(verb)
}

/// Sayings that are acts towards somebody (codebook 2.3).
fn speech_act(root: Option<&str>, pattern: &Pattern) -> bool {
    matches!(
        root,
        Some("REQUEST" | "ACCUSE" | "SUPPORT" | "CONCEDE" | "REJECT" | "THREATEN" | "AGREE")
    ) && pattern.conditions() > 0
        || root == Some("CONSULT")
}

fn confidence(hit: &Hit<'_>, who: &dyn Who) -> f64 {
    let actor = |t: Option<usize>| t.is_some_and(|t| who.is_actor(t));
    let mut confidence = 0.45;
    if actor(hit.source) {
        confidence += 0.2;
    }
    if actor(hit.target) || hit.pattern.reciprocal {
        confidence += 0.15;
    }
    confidence + 0.05 * hit.pattern.conditions().min(3) as f64
}
