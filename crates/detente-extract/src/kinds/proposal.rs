//! Proposals: somebody says that actors should do something (codebook 2.5).

use detente_syntax::{Deprel, Tense, Upos, VerbForm};

use super::{Finding, with_preposition};
use crate::{
    clause::{Relation, is_modal},
    scene::Scene,
};

/// All proposals that clause `index` makes.
pub(crate) fn of_clause(scene: &Scene<'_>, index: usize) -> Vec<Finding> {
    let found = obliged(scene, index)
        .or_else(|| necessary(scene, index))
        .or_else(|| hoped(scene, index));
    match found {
        Some(found) => vec![found],
        None => {
            let mut all = proposed(scene, index);
            all.extend(opportunities(scene, index));
            all
        }
    }
}

/// Verbs of being and seeming: "should be back by May" foresees, it does not propose.
fn foresees(scene: &Scene<'_>, index: usize) -> bool {
    let clause = &scene.clauses[index];
    let copular = scene.sentence.child(clause.head, Deprel::Cop).is_some();
    let perfect = clause.auxiliaries.iter().any(|&a| scene.lemma(a) == "have");
    perfect
        || copular && scene.upos(clause.head) != Upos::Adj && !somebody(scene, clause.subject)
        || scene
            .lexicon
            .obligation
            .proposal
            .foreseen
            .contains(scene.lemma(clause.head))
            && !somebody(scene, clause.subject)
}

/// A subject that can act: a name, a pronoun, or a noun that is not a thing.
fn somebody(scene: &Scene<'_>, subject: Option<usize>) -> bool {
    subject.is_some_and(|s| match scene.upos(s) {
        Upos::Propn => true,
        Upos::Pron => !matches!(
            scene.lemma(s).to_lowercase().as_str(),
            "it" | "this" | "that" | "there" | "which" | "what"
        ),
        _ => !scene
            .lexicon
            .modality
            .hypothetical
            .things
            .contains(scene.lemma(s)),
    })
}

/// "X should do Y", "X needs to do Y", "Y must be done".
fn obliged(scene: &Scene<'_>, index: usize) -> Option<Finding> {
    let words = &scene.lexicon.obligation.proposal;
    let clause = &scene.clauses[index];
    let modal = clause
        .auxiliaries
        .iter()
        .copied()
        .find(|&a| words.auxiliaries.contains(scene.lemma(a)));
    if let Some(modal) = modal {
        // "it should be added that …", "must be kept in view": the content is the fact.
        let content = scene.clauses.iter().any(|c| {
            c.parent == Some(index) && matches!(c.relation, Relation::Content | Relation::Subject)
        });
        let impersonal = clause.subject.is_none_or(|s| {
            scene.lemma(s).eq_ignore_ascii_case("it") || scene.deprel(s) == Deprel::Expl
        });
        if content && impersonal || foresees(scene, index) {
            return None;
        }
        // "thought should be given to doing Y": Y is the proposal.
        if scene.lemma(clause.head) == "give"
            && clause
                .subject
                .is_some_and(|s| words.given.contains(scene.lemma(s)))
            && let Some(act) = scene.clauses.iter().find(|c| {
                c.parent == Some(index)
                    && scene.sentence.tokens()[c.head].upos == Upos::Verb
                    && scene.form(c.head).ends_with("ing")
            })
        {
            return Some(Finding::new(act.head, "proposal/consider"));
        }
        let mut found = Finding::new(clause.head, "proposal/should");
        found.target = if clause.passive { None } else { clause.subject };
        found.asked = words.demands.contains(scene.lemma(modal));
        return Some(found);
    }
    // "needs to do", "have to do": the fact is the infinitive with what governs it.
    if words.semi.contains(scene.lemma(clause.head)) {
        let open = open_complement(scene, index)?;
        let tense = scene.sentence.tokens()[clause.head].feats.tense;
        let past = tense == Tense::Past
            || clause.auxiliaries.iter().any(|&a| {
                matches!(scene.lemma(a), "have" | "do")
                    && scene.sentence.tokens()[a].feats.tense == Tense::Past
            });
        // "need not", "will have to": no duty, or one that follows from something.
        let other = clause
            .auxiliaries
            .iter()
            .any(|&a| matches!(scene.lemma(a), "will" | "would" | "may" | "might" | "do"))
            || scene
                .sentence
                .children(clause.head)
                .any(|c| matches!(scene.lemma(c), "not" | "n't"));
        if past || other || !somebody(scene, clause.subject) && !scene.clauses[open].passive {
            return None;
        }
        let mut found = Finding::new(clause.head, "proposal/need-to");
        found.target = clause.subject;
        found.asked = words.demands.contains(scene.lemma(clause.head));
        return Some(found);
    }
    None
}

/// The to-infinitive below a clause.
fn open_complement(scene: &Scene<'_>, index: usize) -> Option<usize> {
    scene
        .clauses
        .iter()
        .position(|c| c.parent == Some(index) && matches!(c.relation, Relation::Open))
}

/// "It is necessary to do Y", "dialogue is vital", "new approaches are needed".
fn necessary(scene: &Scene<'_>, index: usize) -> Option<Finding> {
    let words = &scene.lexicon.obligation.proposal;
    let clause = &scene.clauses[index];
    let head = clause.head;
    let needed = clause.passive && words.needed.contains(scene.lemma(head));
    let predicate = words.adjectives.contains(scene.lemma(head))
        && scene.upos(head) == Upos::Adj
        && scene.sentence.child(head, Deprel::Cop).is_some();
    if !(needed || predicate) {
        return None;
    }
    // The infinitive (or that-clause) names the act.
    let act = scene.clauses.iter().find(|c| {
        c.parent == Some(index)
            && matches!(
                c.relation,
                Relation::Subject | Relation::Open | Relation::Content | Relation::Adverbial
            )
            && c.head > head
            && is_infinitive(scene, c.head)
    });
    if let Some(act) = act
        && clause.subject.is_none_or(|s| {
            scene.deprel(s) == Deprel::Expl
                || scene.lemma(s).eq_ignore_ascii_case("it")
                || s == act.head
        })
    {
        let mut found = Finding::new(act.head, "proposal/necessary-to");
        found.target = scene
            .sentence
            .children(head)
            .find(|&c| {
                scene
                    .preposition(c)
                    .is_some_and(|p| matches!(p.as_str(), "for" | "on" | "upon"))
            })
            .or(act.own_subject.then_some(act.subject).flatten());
        return Some(found);
    }
    let subject = clause.subject?;
    let is_act = |t: usize| {
        words.acts.contains(scene.lemma(t)) && !words.conditions.contains(scene.lemma(t))
    };
    (is_act(subject)).then(|| Finding::new(head, "proposal/act-is-necessary"))
}

fn is_infinitive(scene: &Scene<'_>, token: usize) -> bool {
    scene
        .sentence
        .children(token)
        .any(|c| scene.deprel(c) == Deprel::Mark && scene.lemma(c) == "to")
        || scene.sentence.tokens()[token].feats.verb_form == VerbForm::Ger
}

/// Verbs that propose what their that-clause says.
pub(crate) fn proposes(scene: &Scene<'_>, verb: usize) -> bool {
    scene
        .lexicon
        .obligation
        .proposal
        .proposing
        .contains(scene.lemma(verb))
}

/// "It is desired that X do Y".
fn hoped(scene: &Scene<'_>, index: usize) -> Option<Finding> {
    let words = &scene.lexicon.obligation.proposal;
    let clause = &scene.clauses[index];
    let parent = clause.parent?;
    let above = &scene.clauses[parent];
    let desired = clause.relation == Relation::Content
        && above.passive
        && words.desired.contains(scene.lemma(above.head))
        || clause.relation == Relation::Content
            && words.adjectives.contains(scene.lemma(above.head))
            && above.head != clause.head;
    // "recommended that the ports hire inspectors"
    let desired = desired
        || clause.relation == Relation::Content
            && proposes(scene, above.head)
            && scene.sentence.tokens()[clause.head].feats.tense != Tense::Past
            && !clause.passive;
    let acts = proposes(scene, above.head)
        || clause.auxiliaries.iter().any(|&a| is_modal(scene.lemma(a)))
        || scene.sentence.tokens()[clause.head].feats.verb_form != VerbForm::Fin;
    if !(desired && acts && somebody(scene, clause.subject)) {
        return None;
    }
    let mut found = Finding::new(clause.head, "proposal/hoped");
    found.target = clause.subject;
    Some(found)
}

/// "proposed that Y", "suggested doing Y", "called for Y".
fn proposed(scene: &Scene<'_>, index: usize) -> Vec<Finding> {
    let words = &scene.lexicon.obligation.proposal;
    let clause = &scene.clauses[index];
    let lemma = scene.lemma(clause.head);
    // "called for a joint inquiry": what is called for is the proposal.
    for (phrase, noun) in with_preposition(scene, clause.head) {
        if words.verbs.contains(&phrase)
            && words.asks.contains(&phrase)
            && phrase.ends_with(" for")
            && somebody(scene, clause.subject)
        {
            let mut found = Finding::new(noun, "proposal/call-for");
            found.source = clause.subject;
            found.asked = true;
            return vec![found];
        }
    }
    if !proposes(scene, clause.head) {
        return Vec::new();
    }
    // A that-clause with "should" is found as such; here the gerund, infinitive or noun phrase.
    let complement = scene
        .sentence
        .children(clause.head)
        .find(|&c| c > clause.head && matches!(scene.deprel(c), Deprel::Xcomp | Deprel::Obj));
    match complement {
        Some(act)
            if scene.deprel(act) == Deprel::Xcomp
                || words.proposing_nouns.contains(lemma) && scene.upos(act) == Upos::Noun =>
        {
            let mut found = Finding::new(act, "proposal/propose");
            found.source = clause.subject;
            vec![found]
        }
        _ => Vec::new(),
    }
}

/// "an opportunity to do Y", "the time has arrived to do Y": infinitives on nouns.
fn opportunities(scene: &Scene<'_>, index: usize) -> Vec<Finding> {
    let words = &scene.lexicon.obligation.proposal;
    let clause = &scene.clauses[index];
    if !is_infinitive(scene, clause.head) {
        return Vec::new();
    }
    let noun = match clause.relation {
        Relation::Participle => clause.noun,
        Relation::Conj => clause.parent.and_then(|p| scene.clauses[p].noun),
        // "The time has come to …"
        Relation::Adverbial | Relation::Open => clause.parent.and_then(|p| {
            scene.clauses[p].subject.filter(|&s| {
                scene.lemma(s) == "time"
                    && matches!(scene.lemma(scene.clauses[p].head), "come" | "arrive")
            })
        }),
        _ => None,
    };
    let Some(noun) = noun else { return Vec::new() };
    if !words.nouns.contains(scene.lemma(noun)) || scene.lemma(noun) == "way" {
        return Vec::new();
    }
    let mut found = Finding::new(clause.head, "proposal/opportunity");
    if clause.own_subject {
        found.target = clause.subject;
    }
    vec![found]
}

/// True if the sentence announces a list of proposals ("three measures are needed:").
pub(crate) fn leads_list(scene: &Scene<'_>) -> bool {
    let words = &scene.lexicon.obligation.proposal;
    let n = scene.sentence.len();
    let ends_with_colon = (0..n).rev().take(2).any(|i| scene.form(i) == ":");
    ends_with_colon && (0..n).any(|i| words.list_leads.contains(&scene.form(i).to_lowercase()))
}

/// An item of such a list: a bare verb at its head.
pub(crate) fn list_item(scene: &Scene<'_>) -> Option<Finding> {
    let tokens = scene.sentence.tokens();
    let first = (0..tokens.len()).find(|&i| {
        !matches!(
            tokens[i].upos,
            Upos::Punct | Upos::Num | Upos::Sym | Upos::X
        )
    })?;
    let head = scene.sentence.root();
    let verb_first = matches!(tokens[first].upos, Upos::Verb)
        && tokens[first].feats.verb_form != VerbForm::Part
        && (first == head || scene.sentence.dominates(head, first));
    verb_first.then(|| Finding::new(head, "proposal/list-item"))
}

/// Gerunds that a colon announces in the sentence itself: "three steps: first, opening …, second,
/// training …".
pub(crate) fn listed_gerunds(scene: &Scene<'_>) -> Vec<Finding> {
    let words = &scene.lexicon.obligation.proposal;
    let n = scene.sentence.len();
    let Some(colon) = (1..n.saturating_sub(2)).find(|&i| scene.form(i) == ":") else {
        return Vec::new();
    };
    let announced = (0..colon).any(|i| words.list_leads.contains(&scene.form(i).to_lowercase()));
    if !announced {
        return Vec::new();
    }
    // Each begins behind the colon, a comma or an ordinal; objects of other verbs do not count.
    (colon + 1..n)
        .filter(|&i| {
            let token = &scene.sentence.tokens()[i];
            let opens = matches!(scene.form(i - 1), ":" | "," | ";" | ")" | "and")
                || matches!(
                    scene.form(i - 1).to_lowercase().as_str(),
                    "one" | "two" | "three" | "first" | "second" | "third"
                );
            token.upos == Upos::Verb && scene.form(i).to_lowercase().ends_with("ing") && opens
        })
        .map(|i| Finding::new(i, "proposal/listed"))
        .collect()
}
