//! Still to come: "will", "is due to", "plans to".

use detente_syntax::Tense;

use super::{Surroundings, auxiliary, leads_up};
use crate::{clause::Relation, scene::Scene};

pub(super) fn planned(scene: &Scene<'_>, index: usize, around: Surroundings) -> Option<usize> {
    let words = &scene.lexicon.modality.planned;
    let clause = &scene.clauses[index];
    if let Some(token) = auxiliary(scene, index, |a| {
        words.auxiliaries.contains(a) || a == "would" && around.reported_in_past
    }) {
        return Some(token);
    }
    if let Some(token) = leads_up(scene, clause.head, &words.phrases) {
        return Some(token);
    }
    // "Will gather to denounce it", "is to fly there, with talks following".
    if !clause.finite
        && clause.relation == Relation::Adverbial
        && clause
            .marker
            .is_some_and(|m| matches!(scene.lemma(m), "to" | "with"))
        && let Some(parent) = clause.parent
        && let Some(token) = planned(scene, parent, around)
    {
        return Some(token);
    }
    // "is to visit"
    if clause.relation != Relation::Open
        && clause.marker.is_some_and(|m| scene.lemma(m) == "to")
        && auxiliary(scene, index, |a| a == "be").is_some()
    {
        return clause.marker;
    }
    if matches!(clause.relation, Relation::Open | Relation::Content)
        && let Some(parent) = clause.parent
    {
        let above = scene.clauses[parent].head;
        if words.verbs.contains(scene.lemma(above)) || words.adjectives.contains(scene.lemma(above))
        {
            return Some(above);
        }
    }
    // The infinitive of a noun of intention: "a plan to visit".
    if clause.relation == Relation::Participle
        && clause.marker.is_some_and(|m| scene.lemma(m) == "to")
        && !clause
            .noun
            .is_some_and(|n| words.taken.contains(scene.lemma(n)))
    {
        return clause.marker;
    }
    // The calendar says so: present tense with a date after the document.
    let date = around.date?.earliest()?;
    let document = around.document?;
    // An infinitive has no tense of its own: "managed to conclude on Sunday".
    let past = if clause.auxiliaries.is_empty() {
        scene.sentence.tokens()[clause.head].feats.tense == Tense::Past
    } else {
        clause
            .auxiliaries
            .iter()
            .any(|&a| scene.sentence.tokens()[a].feats.tense == Tense::Past)
    };
    (date > document && clause.finite && !past).then_some(clause.head)
}
