//! The arguments of a predicate in deep roles: the passive's subject is the object, the relative
//! clause's noun fills its gap, and what another clause controls is passed down.

use detente_syntax::{Deprel, Upos, VerbForm};

use crate::{
    clause::{Clause, Relation},
    scene::Scene,
};

/// Arguments of a verb or of a noun that tells an event; all are token indices.
#[derive(Clone, Debug, Default)]
pub(crate) struct Args {
    /// Deep subject: who does it.
    pub(crate) subj: Option<usize>,
    /// Deep object: whom or what it is done to.
    pub(crate) obj: Option<usize>,
    /// Indirect object.
    pub(crate) iobj: Option<usize>,
    /// Possessor ("Seoul's", "its") of a noun.
    pub(crate) poss: Option<usize>,
    /// Adjectives and compounds before a noun.
    pub(crate) mods: Vec<usize>,
    /// Prepositional arguments: preposition and noun.
    pub(crate) preps: Vec<(String, usize)>,
    /// Predicate of the complement clause.
    pub(crate) compl: Option<usize>,
}

impl Args {
    /// First argument with that preposition.
    pub(crate) fn prep(&self, preposition: &str) -> Option<usize> {
        self.preps
            .iter()
            .find(|(p, _)| p == preposition)
            .map(|(_, noun)| *noun)
    }
}

/// Arguments of the predicate of `clause`.
pub(crate) fn of_clause(scene: &Scene<'_>, clause: &Clause) -> Args {
    let mut args = Args::default();
    let head = clause.head;
    let mut agent = None;
    let mut unmarked = None;
    for child in scene.sentence.children(head) {
        match scene.deprel(child) {
            // "Ban sand exports": of two nouns side by side the second is the object.
            Deprel::Obj => match args.obj {
                Some(first) if first + 1 != child => {}
                _ => args.obj = Some(child),
            },
            Deprel::Iobj => args.iobj = Some(child),
            Deprel::Obl | Deprel::OblAgent | Deprel::Nmod
                if !behind_particle(scene, head, child) =>
            {
                if let Some(preposition) = scene.preposition(child) {
                    if preposition == "by" && clause.passive {
                        // "Cut by a third by Japan", "shut by decree by the government": a name
                        // or what the tree calls the agent before anything else.
                        let better = scene.upos(child) == Upos::Propn
                            || scene.deprel(child) == Deprel::OblAgent
                                && agent.is_none_or(|a| scene.upos(a) != Upos::Propn);
                        if better {
                            agent = Some(child);
                        }
                        agent.get_or_insert(child);
                    }
                    args.preps.push((preposition, child));
                }
            }
            Deprel::Xcomp | Deprel::Ccomp => {
                args.compl.get_or_insert(child);
            }
            // "called off his visit to Denmark"
            _ if behind_particle(scene, head, child) => {
                unmarked.get_or_insert(child);
            }
            Deprel::Advcl if args.compl.is_none() && is_infinitive(scene, child) => {
                args.compl = Some(child);
            }
            _ => {}
        }
    }
    args.obj = args.obj.or(unmarked);
    if clause.passive {
        // "They were denied entry": what was denied is the object.
        if args.obj.is_some() && clause.relation != Relation::Participle {
            args.iobj = clause.subject.or(args.iobj);
        } else {
            args.obj = clause.subject.or(args.obj);
        }
        // "Was granted a pardon by the government": the tree may hang the agent on the object.
        args.subj = agent.or_else(|| of_noun(scene, args.obj?).prep("by"));
    } else {
        args.subj = clause.subject;
        fill_gap(scene, clause, &mut args);
    }
    // "hold talks and sign a deal with Seoul": a coordinated verb shares what follows the last one
    // only where it has nothing of its own; prepositions are left alone.
    if args.obj.is_none() && clause.relation == Relation::Main {
        share_object(scene, clause, &mut args);
    }
    args
}

/// A noun without a preposition behind the particle of its verb is its object, whatever the tree
/// calls it.
fn behind_particle(scene: &Scene<'_>, verb: usize, child: usize) -> bool {
    matches!(scene.deprel(child), Deprel::Obl | Deprel::OblUnmarked)
        && child > verb
        && matches!(scene.upos(child), Upos::Noun | Upos::Propn | Upos::Pron)
        && scene.sentence.child(child, Deprel::Case).is_none()
        && scene
            .sentence
            .child(verb, Deprel::CompoundPrt)
            .is_some_and(|p| p < child && p == verb + 1)
}

/// Arguments of a participle that is no clause of its own (an attribute: "the adopted strategy").
pub(crate) fn of_noun(scene: &Scene<'_>, noun: usize) -> Args {
    let mut args = Args::default();
    for child in scene.sentence.children(noun) {
        match scene.deprel(child) {
            Deprel::NmodPoss => args.poss = Some(child),
            Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodUnmarked
                if child < noun && scene.preposition(child).is_none() =>
            {
                args.mods.push(child);
            }
            Deprel::Nmod | Deprel::Obl => {
                if let Some(preposition) = scene.preposition(child) {
                    args.preps.push((preposition, child));
                }
            }
            Deprel::Acl | Deprel::Ccomp | Deprel::Xcomp => {
                args.compl.get_or_insert(child);
            }
            _ => {}
        }
    }
    // "The arrest of two divers by the coast guard": divers are by nobody, the arrest is.
    if args.prep("by").is_none()
        && let Some(object) = args.prep("of")
        && let Some(agent) = coordinated(scene, object).into_iter().find_map(|o| {
            scene
                .sentence
                .children(o)
                .find(|&c| scene.preposition(c).is_some_and(|p| p == "by"))
        })
    {
        args.preps.push(("by".to_owned(), agent));
    }
    args
}

/// "Carried out an air strike", "launched a probe": the arguments of a noun that is the object of a
/// light verb, whose subject does what the noun tells.
pub(crate) fn lent(scene: &Scene<'_>, noun: usize) -> Option<Args> {
    let verb = scene.sentence.head(noun)?;
    let index = scene.clauses.binary_search_by_key(&verb, |c| c.head).ok()?;
    let words = &scene.lexicon.predicates.light;
    let lemma = scene.lemma(verb);
    let light = match scene.particle(verb) {
        Some(particle) => words.contains(&format!("{lemma} {particle}")),
        None => words.contains(lemma),
    };
    if !light {
        return None;
    }
    let of_verb = of_clause(scene, &scene.clauses[index]);
    let mut args = of_noun(scene, noun);
    if of_verb.obj != Some(noun) || args.poss.is_some() {
        return None;
    }
    args.poss = Some(of_verb.subj?);
    args.preps.extend(of_verb.preps);
    Some(args)
}

/// True for a verb with "to".
pub(crate) fn is_infinitive(scene: &Scene<'_>, token: usize) -> bool {
    scene
        .sentence
        .children(token)
        .any(|c| scene.deprel(c) == Deprel::Mark && scene.lemma(c) == "to")
}

/// "the ban that Japan imposed": the noun is the object of its relative clause.
fn fill_gap(scene: &Scene<'_>, clause: &Clause, args: &mut Args) {
    let Some(noun) = clause.noun else { return };
    if clause.relation == Relation::Relative && clause.own_subject && clause.subject != Some(noun) {
        let pronoun = |t: usize| {
            scene.upos(t) == Upos::Pron
                && matches!(scene.lemma(t), "that" | "which" | "whom" | "who")
        };
        if args.obj.is_none_or(pronoun) {
            args.obj = Some(noun);
        }
    }
    // "Delhi's decision to lift the ban": whoever decided does it.
    if clause.relation == Relation::Participle
        && clause.subject.is_none()
        && is_infinitive(scene, clause.head)
        && matches!(
            scene.lemma(noun),
            "decision" | "move" | "choice" | "vote" | "step"
        )
    {
        let decided = of_noun(scene, noun);
        args.subj = decided.poss.or_else(|| decided.prep("by"));
        return;
    }
    if clause.relation == Relation::Participle
        && clause.subject.is_none()
        && is_infinitive(scene, clause.head)
        && args.obj.is_none()
        && scene.sentence.tokens()[clause.head].feats.verb_form == VerbForm::Inf
    {
        args.compl.get_or_insert(noun);
    }
}

fn share_object(scene: &Scene<'_>, clause: &Clause, args: &mut Args) {
    let next = scene
        .clauses
        .iter()
        .find(|c| c.relation == Relation::Conj && scene.sentence.head(c.head) == Some(clause.head));
    if let Some(next) = next
        && !next.own_subject
        && next.head < clause.head + 4
        && args.preps.is_empty()
    {
        args.obj = scene.sentence.child(next.head, Deprel::Obj);
    }
}

/// `token` and what is coordinated with it.
pub(crate) fn coordinated(scene: &Scene<'_>, token: usize) -> Vec<usize> {
    let mut all = vec![token];
    let mut at = 0;
    while at < all.len() {
        all.extend(
            scene
                .sentence
                .children(all[at])
                .filter(|&c| scene.deprel(c) == Deprel::Conj),
        );
        at += 1;
    }
    all
}
