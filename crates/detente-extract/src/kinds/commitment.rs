//! Commitments: an undertaking about one's own conduct (codebook 2.6).

use detente_syntax::{Deprel, Upos};

use super::Finding;
use crate::{clause::Relation, frame::Frame, scene::Scene};

/// The commitment that clause `index` makes. `decides` tells whether a token refers to somebody who
/// can bind himself; `frames` are those round the clause.
pub(crate) fn of_clause(
    scene: &Scene<'_>,
    index: usize,
    frames: &[Frame],
    decides: &dyn Fn(usize) -> bool,
) -> Option<Finding> {
    pledged(scene, index)
        .or_else(|| intended(scene, index, decides))
        .or_else(|| goal(scene, index, decides))
        .or_else(|| will(scene, index, frames, decides))
        .filter(|found| !is_meeting(scene, found.head))
}

/// Promised meetings, visits and talks are events (AGREE).
fn is_meeting(scene: &Scene<'_>, head: usize) -> bool {
    let words = &scene.lexicon.obligation.commitment;
    if !words.meetings.contains(scene.lemma(head)) {
        return false;
    }
    !words.held.contains(scene.lemma(head))
        || scene
            .sentence
            .child(head, Deprel::Obj)
            .is_none_or(|o| words.meeting_nouns.contains(scene.lemma(o)))
}

/// "pledged to do Y", "promised that Y": what is promised is the fact.
fn pledged(scene: &Scene<'_>, index: usize) -> Option<Finding> {
    let words = &scene.lexicon.obligation.commitment;
    let clause = &scene.clauses[index];
    let parent = clause.parent?;
    let above = &scene.clauses[parent];
    let verb = matches!(clause.relation, Relation::Open | Relation::Content)
        && words.verbs.contains(scene.lemma(above.head));
    let noun = clause.relation == Relation::Participle
        && clause
            .noun
            .is_some_and(|n| words.nouns.contains(scene.lemma(n)));
    if !(verb || noun) {
        return None;
    }
    let mut found = Finding::new(clause.head, "commitment/pledge");
    found.source = if verb {
        // "promised that Oslo would …": the one bound is the subject of the that-clause.
        clause
            .subject
            .filter(|_| clause.relation == Relation::Content && clause.own_subject)
            .or(above.subject)
    } else {
        clause
            .noun
            .and_then(|n| scene.sentence.child(n, Deprel::NmodPoss))
    };
    if verb {
        found.target = scene
            .sentence
            .child(above.head, Deprel::Iobj)
            .or_else(|| scene.sentence.child(above.head, Deprel::Obj));
    }
    Some(found)
}

/// "intends to do Y", "aims to do Y", "will continue to do Y", "wants to act with X on Y".
fn intended(scene: &Scene<'_>, index: usize, decides: &dyn Fn(usize) -> bool) -> Option<Finding> {
    let words = &scene.lexicon.obligation.commitment;
    let clause = &scene.clauses[index];
    let lemma = scene.lemma(clause.head);
    // "is determined to do Y", "is ready to do Y"
    if words.adjectives.contains(lemma)
        && clause.subject.is_some_and(decides)
        && scene.clauses.iter().any(|c| {
            c.parent == Some(index)
                && matches!(c.relation, Relation::Open | Relation::Adverbial)
                && c.head > clause.head
        })
    {
        let mut found = Finding::new(clause.head, "commitment/determined");
        found.source = clause.subject;
        return Some(found);
    }
    if !words.intentions.contains(lemma) || !clause.finite || !clause.subject.is_some_and(decides) {
        return None;
    }
    let act = scene
        .clauses
        .iter()
        .find(|c| c.parent == Some(index) && c.relation == Relation::Open)?;
    if words.wishes.contains(lemma) {
        let promised = clause
            .auxiliaries
            .iter()
            .any(|&a| words.auxiliaries.contains(scene.lemma(a)) && scene.lemma(a) != "would");
        let with_somebody = lemma == "want"
            && scene
                .sentence
                .children(act.head)
                .any(|c| scene.preposition(c).is_some_and(|p| p == "with"));
        if !(promised || with_somebody) {
            return None;
        }
    }
    if is_meeting(scene, act.head) {
        return None;
    }
    let mut found = Finding::new(clause.head, "commitment/intend");
    found.source = clause.subject;
    Some(found)
}

/// "closing X would be among his aims", "our aim is to do Y".
fn goal(scene: &Scene<'_>, index: usize, decides: &dyn Fn(usize) -> bool) -> Option<Finding> {
    let words = &scene.lexicon.obligation.commitment;
    let clause = &scene.clauses[index];
    let copular = scene.sentence.child(clause.head, Deprel::Cop).is_some();
    if !copular {
        return None;
    }
    let (first, last) = scene.sentence.subtree(clause.head);
    let goal = (first..=last).find(|&t| {
        words.goals.contains(scene.lemma(t))
            && scene.upos(t) == Upos::Noun
            && scene.clause_of(t) == Some(index)
            && scene
                .sentence
                .child(t, Deprel::NmodPoss)
                .is_some_and(decides)
    })?;
    let act = scene.clauses.iter().any(|c| {
        c.parent == Some(index)
            && matches!(
                c.relation,
                Relation::Subject | Relation::Open | Relation::Content
            )
    });
    if !act {
        return None;
    }
    let mut found = Finding::new(clause.head, "commitment/goal");
    found.source = scene.sentence.child(goal, Deprel::NmodPoss);
    Some(found)
}

/// "We will do Y"; "the government will do Y" where the doer can decide it.
fn will(
    scene: &Scene<'_>,
    index: usize,
    frames: &[Frame],
    decides: &dyn Fn(usize) -> bool,
) -> Option<Finding> {
    let words = &scene.lexicon.obligation.commitment;
    let uncontrolled = &scene.lexicon.modality.hypothetical.uncontrolled;
    let clause = &scene.clauses[index];
    let reported_in_past = frames.first().is_some_and(|f| f.past);
    clause.auxiliaries.iter().find(|&&a| {
        let lemma = scene.lemma(a);
        words.auxiliaries.contains(lemma) && (lemma != "would" || reported_in_past)
    })?;
    let subject = clause.subject?;
    let forecasting = frames.first().is_some_and(|f| f.view);
    let condition = scene.clauses.iter().any(|c| {
        c.parent == Some(index)
            && c.relation == Relation::Adverbial
            && c.marker.is_some_and(|m| {
                scene
                    .lexicon
                    .modality
                    .hypothetical
                    .conditions
                    .contains(&scene.lemma(m).to_lowercase())
            })
    });
    if clause.passive
        || forecasting
        || condition
        || !decides(subject)
        || uncontrolled.contains(scene.lemma(clause.head))
        || scene.sentence.child(clause.head, Deprel::Cop).is_some()
    {
        return None;
    }
    let mut found = Finding::new(clause.head, "commitment/will");
    found.source = Some(subject);
    Some(found)
}
