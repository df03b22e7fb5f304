//! Walks the clauses of a sentence from the top down and decides what each one is; when all is
//! decided, cuts the quotes.

mod cut;
mod nouns;
mod rest;
mod surface;

use detente_codebook::events::{EventBook, Strength};
use detente_syntax::{Tense, Upos, VerbForm};
use detente_text::{Span, date::Edtf};
use jiff::civil::Date;

use crate::{
    Form, Kind, Modality, args,
    clause::{self, Relation},
    draft::{Cut, Draft, Rejection},
    events::matcher::{Hit, Matcher, Who},
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
    /// Free indirect speech of somebody in an earlier sentence: its past is shifted.
    pub(crate) reported: bool,
    /// Date of a token, if words date it.
    pub(crate) date: &'a dyn Fn(usize) -> Option<Edtf>,
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

struct Walker<'a, 'b> {
    scene: Scene<'a>,
    around: &'a Around<'a, 'b>,
    matcher: Matcher<'a, 'b>,
    fates: Vec<Fate>,
    found: Found<'b>,
}

/// Looks at every clause, then at the nouns that tell events, then at what was left.
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
    if around.in_list
        && let Some(finding) = proposal::list_item(scene)
    {
        walker.list_item(&finding);
    } else {
        let mut order: Vec<usize> = (0..scene.clauses.len()).collect();
        order.sort_by_key(|&i| (clause::depth(scene.clauses, i), scene.clauses[i].head));
        for index in order {
            walker.fates[index] = walker.clause(index);
        }
        walker.listed();
        walker.nouns();
    }
    walker.cut_all();
    walker.rest();
    walker.surface();
    walker.found
}

impl<'b> Walker<'_, 'b> {
    fn clause(&mut self, index: usize) -> Fate {
        let scene = self.scene;
        let clause = &scene.clauses[index];
        let frames = frame::frames(&scene, index, self.around.quotations);
        let framing = frame::only_frames(&scene, index);
        if self.asks(index) {
            return Fate::Above;
        }
        let above = clause.parent.map(|p| self.fates[p]);

        if !framing {
            // "should explain that they will do Y": what a proposal's clause says is proposed too.
            if clause.relation == Relation::Content && above == Some(Fate::Fact(Kind::Proposal)) {
                return self.content_of_proposal(index, frames);
            }
            if let Some(finding) =
                commitment::of_clause(&scene, index, &frames, &|t| self.decides(t))
            {
                return self.finding(index, Kind::Commitment, &finding, frames);
            }
            let proposals = proposal::of_clause(&scene, index);
            if !proposals.is_empty() {
                for finding in &proposals {
                    self.finding(index, Kind::Proposal, finding, frames.clone());
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
        if let Some(phrase) = frame::said_phrase(&scene, index)
            && clause.subject.is_some_and(|s| self.decides(s))
        {
            return self.said_phrase(index, phrase, frames);
        }
        if !self.carries_statement(index) {
            return Fate::Above;
        }
        self.statement(index, frames)
    }

    /// Somebody who can bind himself or decide.
    fn decides(&self, token: usize) -> bool {
        self.around.who.acts(token)
            || self.scene.upos(token) == Upos::Pron
                && matches!(
                    self.scene.lemma(token).to_lowercase().as_str(),
                    "i" | "we"
                        | "he"
                        | "she"
                        | "they"
                        | "who"
                        | "our"
                        | "my"
                        | "his"
                        | "her"
                        | "their"
                        | "them"
                        | "him"
                        | "us"
                )
            || self.counts_somebody(token)
    }

    /// "Two of them", "dozens of students": the one meant stands under "of".
    fn counts_somebody(&self, token: usize) -> bool {
        let scene = &self.scene;
        scene
            .lexicon
            .reporting
            .quantities
            .contains(&scene.lemma(token).to_lowercase())
            && scene.sentence.children(token).any(|c| {
                scene.preposition(c).is_some_and(|p| p == "of")
                    && (self.around.who.acts(c) || scene.upos(c) == Upos::Pron)
            })
    }

    fn surroundings(&self, index: usize, frames: &[Frame]) -> Surroundings {
        let clause = &self.scene.clauses[index];
        Surroundings {
            document: self.around.document,
            date: (self.around.date)(clause.head),
            reported_in_past: frames.first().map_or(self.around.reported, |f| f.past),
            subject_decides: clause.subject.is_some_and(|s| self.decides(s)),
        }
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
        // What something was done for is no act of its own: "summoned the envoy to protest",
        // "accused it of stalling".
        if clause.relation == Relation::Adverbial
            && !clause.finite
            && clause.marker.is_some_and(|m| match scene.lemma(m) {
                "to" => true,
                "of" | "for" => matches!(above, Some(Fate::Fact(_))),
                _ => false,
            })
        {
            return Some(Fate::Above);
        }
        // A gerund under a preposition ("in promoting trade") names an act without telling it,
        // unless it says when or how something came about ("by setting up the fund").
        if clause.relation == Relation::Adverbial
            && !clause.finite
            && (self.around.date)(clause.head).is_none()
            && clause.marker.is_some_and(|m| {
                !matches!(scene.lemma(m), "by" | "after" | "before" | "since" | "to")
            })
        {
            return Some(Fate::Above);
        }
        let args = args::of_clause(&scene, clause);
        let hit = self.matcher.verb(clause, &args)?;
        let lemma = scene.lemma(clause.head);
        let root = self.around.book.root_name(hit.pattern);
        if !performs(root) && self.is_habit(index) {
            self.reject(
                index,
                Kind::Event,
                format!("`{lemma}` tells what is so, not what was done"),
            );
            return None;
        }
        if framing && proposal::proposes(&scene, clause.head) {
            return None;
        }
        if frame::is_saying(&scene, clause.head) && !self.is_speech_act(root, &hit, framing) {
            self.reject(
                index,
                Kind::Event,
                format!("`{lemma}` only frames other words"),
            );
            return None;
        }
        if !self.has_somebody(index, &hit, root) {
            let rule = &hit.pattern.rule;
            self.reject(
                index,
                Kind::Event,
                format!("`{lemma}` fits {rule}, but no actor stands in its places"),
            );
            return None;
        }
        let (modality, token) =
            modality::of_clause(&scene, index, self.surroundings(index, frames));
        let cut = match (clause.relation, clause.noun) {
            (Relation::Participle, Some(noun)) => Cut::Noun(noun),
            (Relation::Relative, Some(noun)) => Cut::Relative(noun, index),
            (Relation::Open, _) => {
                let top = self.top_of_chain(index);
                Cut::Clause(top, scene.clauses[top].head)
            }
            _ => Cut::Clause(index, clause.head),
        };
        let confidence = confidence(&hit, self.around.who);
        self.push(Draft {
            confidence,
            pattern: Some(hit.pattern),
            source: hit.source,
            target: hit.target,
            clause: Some(index),
            modality,
            modality_token: token,
            frames: frames.to_vec(),
            ..Draft::new(
                Kind::Event,
                clause.head,
                cut,
                format!("event/{}", hit.pattern.rule),
            )
        });
        Some(Fate::Fact(Kind::Event))
    }

    /// "Asked whether …", "When asked about …": a question is the occasion of an answer, no fact.
    fn asks(&self, index: usize) -> bool {
        let mut at = Some(index);
        while let Some(i) = at {
            let clause = &self.scene.clauses[i];
            if clause.relation == Relation::Adverbial
                && !clause.own_subject
                && self
                    .scene
                    .lexicon
                    .reporting
                    .questions
                    .contains(self.scene.lemma(clause.head))
            {
                return true;
            }
            at = clause.parent.filter(|_| clause.relation != Relation::Main);
        }
        false
    }

    /// A plain present without words of time tells a habit or a state, except where the verb itself
    /// performs the act ("Japan demands").
    fn is_habit(&self, index: usize) -> bool {
        let scene = &self.scene;
        let clause = &scene.clauses[index];
        let feats = scene.sentence.tokens()[clause.head].feats;
        clause.finite
            && clause.auxiliaries.is_empty()
            && feats.verb_form == VerbForm::Fin
            && feats.tense == Tense::Pres
            && (self.around.date)(clause.head).is_none()
            && !clause.marker.is_some_and(|m| {
                scene
                    .lexicon
                    .modality
                    .hypothetical
                    .conditions
                    .contains(&scene.lemma(m).to_lowercase())
            })
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

    /// An event needs somebody in one of its places, or words of time for an act towards nobody.
    fn has_somebody(&self, index: usize, hit: &Hit<'_>, root: Option<&str>) -> bool {
        let who = self.around.who;
        let acts = hit.source.is_some_and(|s| who.acts(s) || self.decides(s));
        if root.is_none() {
            let dated = (self.around.date)(self.scene.clauses[index].head).is_some();
            return acts && (dated || hit.pattern.conditions() > 0);
        }
        // "The pact was called off": a narrow pattern tells an act even where nobody is named.
        let clause = &self.scene.clauses[index];
        let dated = (self.around.date)(clause.head).is_some();
        let over = clause.passive && modality::is_past(&self.scene, index);
        let told = (over || dated)
            && clause.finite
            && hit.pattern.conditions() > 0
            && hit.pattern.strength == Strength::Strong;
        let concerned = hit
            .target
            .is_some_and(|t| who.is_actor(t) || self.decides(t));
        acts || concerned || told
    }

    /// Sayings that are acts towards somebody (codebook 2.3): those whose verb names the act, with
    /// what stands round it; a speech held somewhere is an act towards nobody.
    fn is_speech_act(&self, root: Option<&str>, hit: &Hit<'_>, framing: bool) -> bool {
        let named = performs(root);
        let narrow = hit.pattern.conditions() > 0;
        if framing {
            // "warned that it would scrap the pact", "ruled that the firm must pay"
            let by_content = matches!(root, Some("THREATEN" | "SANCTION"));
            let target = hit.target.is_some_and(|t| self.around.who.is_actor(t));
            return narrow && (named && target || by_content);
        }
        narrow
    }

    fn reject(&mut self, index: usize, kind: Kind, reason: String) {
        let (first, last) = self.quote(index, self.scene.clauses[index].head);
        self.found.rejections.push(Rejection {
            span: clause::tokens_span(self.scene.sentence, first, last),
            kind,
            reason,
        });
    }

    fn finding(&mut self, index: usize, kind: Kind, finding: &Finding, frames: Vec<Frame>) -> Fate {
        let scene = self.scene;
        // Codebook 1.2, defaults: proposals and commitments are planned unless denied.
        let token = modality::is_negated(&scene, index);
        let modality = match token {
            Some(_) => Modality::Negated,
            None => Modality::Planned,
        };
        let at = scene
            .clauses
            .binary_search_by_key(&finding.head, |c| c.head)
            .unwrap_or(index);
        self.push(Draft {
            clause: Some(index),
            source: finding.source,
            target: finding.target,
            frames,
            modality,
            modality_token: token,
            asked: finding.asked,
            confidence: 0.7,
            ..Draft::new(
                kind,
                finding.head,
                Cut::Clause(at, finding.head),
                finding.rule.to_owned(),
            )
        });
        Fate::Fact(kind)
    }

    /// A that-clause below a proposal: proposed as well if it says what will or should be done.
    fn content_of_proposal(&mut self, index: usize, frames: Vec<Frame>) -> Fate {
        let clause = &self.scene.clauses[index];
        let to_come = clause.auxiliaries.iter().any(|&a| {
            matches!(
                self.scene.lemma(a),
                "will" | "should" | "must" | "would" | "shall"
            )
        });
        if !to_come {
            return Fate::Above;
        }
        let finding = Finding::new(clause.head, "proposal/content");
        self.finding(index, Kind::Proposal, &finding, frames)
    }

    fn list_item(&mut self, finding: &Finding) {
        let heads: Vec<usize> = args::coordinated(&self.scene, finding.head)
            .into_iter()
            .filter(|&t| t == finding.head || self.scene.upos(t) == Upos::Verb)
            .collect();
        for head in heads {
            let index = self.scene.clause_of(head).unwrap_or(0);
            self.fates[index] = self.finding(
                index,
                Kind::Proposal,
                &Finding::new(head, finding.rule),
                Vec::new(),
            );
        }
    }

    /// "two tasks: one, providing …, and two, building …": the gerunds behind the colon.
    fn listed(&mut self) {
        for finding in proposal::listed_gerunds(&self.scene) {
            let Some(index) = self.scene.clause_of(finding.head) else {
                continue;
            };
            self.found
                .drafts
                .retain(|d| d.clause != Some(index) || d.kind == Kind::Proposal);
            let frames = frame::frames(&self.scene, index, self.around.quotations);
            self.fates[index] = self.finding(index, Kind::Proposal, &finding, frames);
        }
    }

    fn said_phrase(&mut self, index: usize, phrase: usize, mut frames: Vec<Frame>) -> Fate {
        let clause = &self.scene.clauses[index];
        frames.insert(
            0,
            Frame {
                clause: Some(index),
                speaker: clause.subject,
                form: Form::Indirect,
                past: modality::is_past(&self.scene, index),
                view: false,
            },
        );
        let (modality, token) =
            modality::of_noun(&self.scene, phrase, self.surroundings(index, &frames));
        self.push(Draft {
            clause: Some(index),
            frames,
            modality,
            modality_token: token,
            confidence: 0.55,
            ..Draft::new(
                Kind::Statement,
                phrase,
                Cut::Phrase(index, phrase),
                "statement/said-phrase".to_owned(),
            )
        });
        Fate::Frame
    }

    /// Clauses that carry a statement of their own; the others go with the clause above.
    fn carries_statement(&self, index: usize) -> bool {
        let clause = &self.scene.clauses[index];
        match clause.relation {
            Relation::Main => clause.finite,
            Relation::Content => clause.finite && self.is_framed(index),
            Relation::Conj => clause.finite && clause.own_subject && !self.goes_with_above(index),
            Relation::Aside => clause.finite && clause.own_subject,
            Relation::Adverbial | Relation::Relative => self.is_apart(index),
            Relation::Open | Relation::Participle | Relation::Subject => false,
        }
    }

    /// Content of a frame; content of anything else ("the reason is that") goes with it.
    fn is_framed(&self, index: usize) -> bool {
        let clause = &self.scene.clauses[index];
        clause.noun.is_some()
            || clause.parent.is_none_or(|p| {
                matches!(self.fates[p], Fate::Frame | Fate::Fact(Kind::Event))
                    || self.scene.clauses[p].relation == Relation::Conj && self.is_framed(p)
            })
    }

    /// A conjunct of a clause that is itself part of another fact.
    fn goes_with_above(&self, index: usize) -> bool {
        self.scene.clauses[index].parent.is_some_and(|p| {
            matches!(
                self.scene.clauses[p].relation,
                Relation::Open | Relation::Participle | Relation::Subject
            ) || self.fates[p] == Fate::Above
        })
    }

    fn statement(&mut self, index: usize, frames: Vec<Frame>) -> Fate {
        let scene = self.scene;
        let head = scene.clauses[index].head;
        let (first, last) = self.quote(index, head);
        let span = clause::tokens_span(scene.sentence, first, last);
        if last - first < 3 {
            self.reject(
                index,
                Kind::Statement,
                "too short to say anything".to_owned(),
            );
            return Fate::Nothing;
        }
        if self.is_figure(span) {
            self.reject(
                index,
                Kind::Statement,
                "a poll or indicator already".to_owned(),
            );
            return Fate::Nothing;
        }
        let (modality, token) =
            modality::of_clause(&scene, index, self.surroundings(index, &frames));
        self.push(Draft {
            clause: Some(index),
            frames,
            modality,
            modality_token: token,
            ..Draft::new(
                Kind::Statement,
                head,
                Cut::Clause(index, head),
                "statement/clause".to_owned(),
            )
        });
        Fate::Fact(Kind::Statement)
    }

    /// True if a poll or indicator covers most of the stretch, or the stretch most of it.
    fn is_figure(&self, span: Span) -> bool {
        self.around.figures.iter().any(|f| {
            f.intersection(span)
                .is_some_and(|shared| 2 * shared.len() >= f.len().min(span.len()))
        })
    }

    fn push(&mut self, draft: Draft<'b>) {
        self.found.drafts.push(draft);
    }
}

/// Roots whose verbs are acts of speech: saying so does so.
fn performs(root: Option<&str>) -> bool {
    matches!(
        root,
        Some("REQUEST" | "ACCUSE" | "SUPPORT" | "CONCEDE" | "REJECT" | "THREATEN" | "AGREE")
    )
}

fn confidence(hit: &Hit<'_>, who: &dyn Who) -> f64 {
    let mut confidence = 0.45;
    if hit.source.is_some_and(|t| who.acts(t)) {
        confidence += 0.2;
    }
    if hit.target.is_some_and(|t| who.is_actor(t)) || hit.pattern.reciprocal {
        confidence += 0.15;
    }
    confidence += 0.05 * hit.pattern.conditions().min(3) as f64;
    (confidence * 100.0).round() / 100.0
}
