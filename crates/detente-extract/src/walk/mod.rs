//! Walks the clauses of a sentence from the top down and decides what each one is; when all is
//! decided, cuts the quotes.

mod acts;
mod compose;
mod cut;
mod judged;
mod nouns;
mod rest;
mod surface;

use detente_codebook::events::{EventBook, Strength};
use detente_syntax::Upos;
use detente_text::{Span, date::Edtf};
use jiff::civil::Date;

use crate::{
    Form, Kind, Modality, args,
    clause::{self, Relation},
    draft::{Cut, Draft, Rejection},
    events::matcher::{Matcher, Who},
    frame::{self, Frame},
    kinds::{Finding, commitment, proposal},
    modality::{self, Surroundings},
    quotation::Quotation,
    relate::Judge,
    scene::Scene,
};

/// What the walk knows about the document.
pub(crate) struct Around<'a, 'b> {
    pub(crate) book: &'b EventBook,
    pub(crate) who: &'a dyn Who,
    /// The ranker of pairs.
    pub(crate) judge: &'a Judge<'a>,
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
    /// Clauses that an act about them has told.
    told_above: Vec<usize>,
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
        told_above: Vec::new(),
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
        if self.asks(index) || self.told_above.contains(&index) {
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
                if self.is_announced_act(index, &finding)
                    && let Some(fate) = self.event(index, &frames, false)
                {
                    return fate;
                }
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
        if framing && let Some(fate) = self.threat(index, &frames) {
            return fate;
        }
        if let Some(fate) = self.event(index, &frames, framing) {
            return fate;
        }
        if framing {
            return Fate::Frame;
        }
        if let Some(fate) = self.judged(index, &frames) {
            return fate;
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

    /// "Taiwan will hold a drill", "Tokyo plans to turn the request down": what somebody is about to
    /// do against others, or a meeting, binds him to nothing; it is an act that is planned. A lifting
    /// or a signing to come stays a commitment (codebook 2.1, question 3).
    fn is_announced_act(&self, index: usize, finding: &Finding) -> bool {
        let scene = &self.scene;
        let below = || {
            scene
                .clauses
                .iter()
                .position(|c| c.parent == Some(index) && c.relation == Relation::Open)
        };
        let act = match finding.rule {
            "commitment/will" => Some(index),
            "commitment/intend" => below(),
            _ => None,
        };
        let named = finding.source.is_some_and(|s| self.around.who.acts(s));
        let Some(clause) = act.filter(|_| named).map(|i| &scene.clauses[i]) else {
            return false;
        };
        let args = args::of_clause(scene, clause);
        self.matcher.verb(clause, &args).is_some_and(|hit| {
            hit.pattern.strength == Strength::Strong
                && self
                    .around
                    .book
                    .root_name(hit.pattern)
                    .is_some_and(|root| scene.lexicon.obligation.commitment.acts.contains(root))
        })
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
        let asked = finding.asked && (finding.source.is_some() || self.is_demanded(&frames));
        self.push(Draft {
            clause: Some(index),
            source: finding.source,
            target: finding.target,
            frames,
            modality,
            modality_token: token,
            asked,
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

    /// "Moscow said Israel must stop": an actor says it, and says it aloud; an author's "must" asks
    /// nobody (codebook 2.5).
    fn is_demanded(&self, frames: &[Frame]) -> bool {
        frames.iter().any(|f| {
            !f.view && f.clause.is_some() && f.speaker.is_some_and(|s| self.around.who.acts(s))
        })
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

    /// "three steps: first, opening …, second, training …": the gerunds behind the colon.
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
