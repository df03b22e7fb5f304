//! Acts: which clauses tell an event (codebook 2.3).

use detente_codebook::events::Strength;
use detente_syntax::{Number, Tense, Upos, VerbForm};

use super::{Fate, Walker};
use crate::{
    Kind, Root,
    args::{self, Args},
    clause::Relation,
    draft::{Cut, Draft},
    events::matcher::{Hit, Who},
    frame::{self, Frame},
    kinds::proposal,
    modality,
};

impl<'b> Walker<'_, 'b> {
    pub(super) fn event(&mut self, index: usize, frames: &[Frame], framing: bool) -> Option<Fate> {
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
                !matches!(
                    scene.lemma(m),
                    "by" | "after" | "before" | "since" | "to" | "without"
                )
            })
        {
            return Some(Fate::Above);
        }
        let args = args::of_clause(&scene, clause);
        let Some(hit) = self.matcher.verb(clause, &args) else {
            return self
                .below_transparent(index, frames)
                .or_else(|| self.lent(index, &args, frames));
        };
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
        self.act(index, hit, frames)
    }

    /// The event that a clause tells by a pattern.
    fn act(&mut self, index: usize, mut hit: Hit<'b>, frames: &[Frame]) -> Option<Fate> {
        let scene = self.scene;
        let clause = &scene.clauses[index];
        let composed = self.compose(index, &hit);
        hit.target = composed.target.or(hit.target);
        let root = self.around.book.root_name(hit.pattern);
        if let Some(root) = root.and_then(Root::from_name)
            && self.overrules(index, &mut hit, root)
        {
            self.reject(
                index,
                Kind::Event,
                format!(
                    "`{}` fits {}, but the ranker hears nothing told",
                    scene.lemma(clause.head),
                    hit.pattern.rule
                ),
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
            mode: composed.mode,
            apart: composed.target.is_some(),
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

    /// "Continued to shell", "plans to travel": the act is told by the clause below.
    fn below_transparent(&mut self, index: usize, frames: &[Frame]) -> Option<Fate> {
        let scene = self.scene;
        let words = &scene.lexicon.predicates.transparent;
        if !words.contains(scene.lemma(scene.clauses[index].head)) {
            return None;
        }
        let open = scene
            .clauses
            .iter()
            .position(|c| c.parent == Some(index) && c.relation == Relation::Open);
        if let Some(below) = open {
            return self
                .event(below, frames, false)
                .filter(|fate| matches!(fate, Fate::Fact(_)));
        }
        self.brought_about(index, frames)
    }

    /// "Persuaded both to sign", "compelled the troops to withdraw", "succeeded in concluding": the
    /// tree may hang what was brought about on the verb loosely, or on whoever does it.
    fn brought_about(&mut self, index: usize, frames: &[Frame]) -> Option<Fate> {
        let scene = self.scene;
        let clause = &scene.clauses[index];
        let object = args::of_clause(&scene, clause)
            .obj
            .filter(|&o| self.around.who.is_actor(o));
        let below = scene.clauses.iter().position(|c| {
            let marked = |word: &str| c.marker.is_some_and(|m| scene.lemma(m) == word);
            let loose = c.parent == Some(index) && c.relation == Relation::Adverbial && !c.finite;
            loose && (marked("in") || marked("to") && object.is_some())
                || c.relation == Relation::Participle
                    && marked("to")
                    && c.noun.is_some()
                    && c.noun == object
        })?;
        let act = &scene.clauses[below];
        let mut args = args::of_clause(&scene, act);
        args.subj = object.or(clause.subject);
        args.compl = args.compl.filter(|&c| Some(c) != object);
        let hit = self.matcher.verb(act, &args)?;
        let root = self.around.book.root_name(hit.pattern);
        if root.is_none() || !self.has_somebody(below, &hit, root) {
            return None;
        }
        let fate = self.act(below, hit, frames);
        self.told_above.push(below);
        fate
    }

    /// "Carried out an air strike", "launched a probe": the verb lends its subject to the noun that
    /// tells the act.
    fn lent(&mut self, index: usize, args: &Args, frames: &[Frame]) -> Option<Fate> {
        let noun = args.obj?;
        let of_noun = args::lent(&self.scene, noun)?;
        if !of_noun.poss.is_some_and(|s| self.decides(s)) {
            return None;
        }
        let hit = self.matcher.noun(noun, &of_noun)?;
        self.around.book.root_name(hit.pattern)?;
        self.act(index, hit, frames)
    }

    /// A plain present without words of time tells a habit or a state, except where the verb itself
    /// performs the act ("Japan demands").
    pub(super) fn is_habit(&self, index: usize) -> bool {
        let scene = &self.scene;
        let clause = &scene.clauses[index];
        let feats = scene.sentence.tokens()[clause.head].feats;
        clause.finite
            && clause.auxiliaries.is_empty()
            && feats.verb_form == VerbForm::Fin
            && feats.tense == Tense::Pres
            && !(scene.form(clause.head) == scene.lemma(clause.head)
                && scene
                    .lexicon
                    .predicates
                    .unchanging
                    .contains(scene.lemma(clause.head)))
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

    /// "Asked whether …", "When asked about …": a question is the occasion of an answer, no fact.
    pub(super) fn asks(&self, index: usize) -> bool {
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
        let acts = hit
            .source
            .is_some_and(|s| who.acts(s) || self.decides(s) || self.is_crowd(s, hit));
        if root.is_none() {
            let dated = (self.around.date)(self.scene.clauses[index].head).is_some();
            return acts && (dated || hit.pattern.conditions() > 0);
        }
        // "The pact was called off": a narrow pattern tells an act even where nobody is named.
        let clause = &self.scene.clauses[index];
        let dated = (self.around.date)(clause.head).is_some();
        let supposed = clause.marker.is_some_and(|m| {
            let conditions = &self.scene.lexicon.modality.hypothetical.conditions;
            conditions.contains(&self.scene.lemma(m).to_lowercase())
        });
        let now = modality::is_present(&self.scene, index) && !supposed;
        let over = clause.passive && !now;
        let told = (over || dated)
            && clause.finite
            && hit.pattern.conditions() > 0
            && hit.pattern.strength == Strength::Strong;
        let concerned = hit
            .target
            .is_some_and(|t| who.is_actor(t) || self.decides(t));
        // "An envoy who is declared unwelcome has to leave": what is so, not what was done.
        let general = clause.passive && now && !dated && !performs(root);
        acts || concerned && !general || told
    }

    /// "Hundreds marched": people told only by their number; "truckers went on strike": those of a
    /// trade, where a narrow pattern tells the act.
    fn is_crowd(&self, token: usize, hit: &Hit<'_>) -> bool {
        let scene = &self.scene;
        let lemma = scene.lemma(token).to_lowercase();
        scene.upos(token) == Upos::Noun
            && (scene.lexicon.reporting.quantities.contains(&lemma)
                || hit.pattern.conditions() > 0
                    && hit.pattern.strength == Strength::Strong
                    && scene.sentence.tokens()[token].feats.number == Number::Plur
                    && scene.lexicon.predicates.is_trade(&lemma))
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
        // "Tokyo complained to Seoul", "the two sides discussed fuel": said to somebody, or together.
        let target = hit.target.is_some_and(|t| self.around.who.is_actor(t));
        let together = hit.pattern.reciprocal
            && hit.source.is_some_and(|s| {
                let tokens = self.scene.sentence.tokens();
                target
                    || args::coordinated(&self.scene, s).len() > 1
                    || tokens[s].feats.number == Number::Plur
            });
        narrow || together || named && target && hit.pattern.strength == Strength::Strong
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
