//! Possible, feared, foretold, under a condition: nothing that happened.

use detente_syntax::{Deprel, Upos};

use super::{Surroundings, auxiliary, is_negated, leads_up};
use crate::{
    clause::{Relation, is_modal},
    scene::Scene,
};

pub(super) fn hypothetical(scene: &Scene<'_>, index: usize, around: Surroundings) -> Option<usize> {
    let words = &scene.lexicon.modality.hypothetical;
    let clause = &scene.clauses[index];
    // In a condition, or below one.
    let mut up = Some(index);
    while let Some(at) = up {
        if let Some(token) =
            marked_as_condition(scene, at).or_else(|| opened_as_condition(scene, at))
        {
            return Some(token);
        }
        let above = &scene.clauses[at];
        up = match above.relation {
            Relation::Conj | Relation::Open | Relation::Content => above.parent,
            _ => None,
        };
    }
    if let Some(token) = leads_up(scene, clause.head, &words.phrases) {
        return Some(token);
    }
    if let Some(token) = framed_as_picture(scene, index) {
        return Some(token);
    }
    // "may get the army to let them in": an infinitive below what may be, may be.
    if clause.relation == Relation::Open
        && !clause.own_subject
        && let Some(parent) = clause.parent
        && let Some(token) = auxiliary(scene, parent, |a| matches!(a, "may" | "might" | "could"))
        && !around.reported_in_past
    {
        return Some(token);
    }
    // What follows from a condition ("if X, Y will …"), unless it is done already.
    let condition = scene.clauses.iter().enumerate().find(|(at, below)| {
        below.parent == Some(index)
            && below.relation == Relation::Adverbial
            && marked_as_condition(scene, *at).is_some()
    });
    if condition.is_some()
        && let Some(token) = auxiliary(scene, index, is_modal)
    {
        return Some(token);
    }
    if let Some(token) = auxiliary(scene, index, |a| {
        words.auxiliaries.contains(a)
            && match a {
                // "They could not leave at once", as somebody said: the past of "cannot".
                "could" => !(around.reported_in_past && is_negated(scene, index).is_some()),
                "would" => !around.reported_in_past && !wishes(scene, index),
                _ => true,
            }
    }) {
        return Some(token);
    }
    for child in scene.sentence.children(clause.head) {
        let lemma = scene.lemma(child);
        if scene.deprel(child) == Deprel::Advmod && words.adverbs.contains(lemma) {
            return Some(child);
        }
    }
    if words.adjectives.contains(scene.lemma(clause.head))
        && scene.upos(clause.head) == Upos::Adj
        && scene.lemma(clause.head) != "expected"
    {
        return Some(clause.head);
    }
    // Feared, hoped, foreseen: the complement of such a verb, adjective or noun.
    if matches!(clause.relation, Relation::Content | Relation::Open)
        && let Some(parent) = clause.parent
    {
        let above = scene.lemma(scene.clauses[parent].head);
        let wished = is_past_wish(above) && clause.relation == Relation::Open;
        if words.verbs.contains(above) && !wished || words.adjectives.contains(above) {
            return Some(scene.clauses[parent].head);
        }
    }
    if let Some(noun) = clause.noun
        && clause.relation == Relation::Participle
        && words.nouns.contains(scene.lemma(noun))
    {
        return Some(noun);
    }
    // A forecast: "will" of what nobody decides.
    let will = auxiliary(scene, index, |a| {
        matches!(a, "will" | "shall" | "'ll" | "wo" | "would")
    })?;
    if let Some(token) = foretold(scene, index) {
        return Some(token);
    }
    let lemma = scene.lemma(clause.head);
    let duty = lemma == "have"
        && scene
            .clauses
            .iter()
            .any(|c| c.parent == Some(index) && c.relation == Relation::Open);
    // "will be essential": what is needed is so now.
    let needed = scene.lexicon.obligation.proposal.adjectives.contains(lemma);
    if duty || needed {
        return None;
    }
    // What the calendar brings is planned: "June will mark the anniversary".
    let nobody = !around.subject_decides && around.date.is_none();
    let uncontrolled = words.uncontrolled.contains(lemma)
        || scene.sentence.child(clause.head, Deprel::Cop).is_some();
    let forecast = if clause.passive {
        uncontrolled
    } else {
        nobody || uncontrolled && lemma == "find"
    };
    forecast.then_some(will)
}

fn marked_as_condition(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let clause = &scene.clauses[index];
    let marker = clause.marker?;
    (scene
        .lexicon
        .modality
        .hypothetical
        .conditions
        .contains(&scene.lemma(marker).to_lowercase())
        && (scene.lemma(marker) != "whether" || is_open_question(scene, index))
        && !scene.form(marker).eq_ignore_ascii_case("even"))
    .then_some(marker)
}

/// "Has not said whether Russia will give": nobody knows.
fn is_open_question(scene: &Scene<'_>, index: usize) -> bool {
    let clause = &scene.clauses[index];
    clause.own_subject
        && matches!(
            clause.relation,
            Relation::Content | Relation::Subject | Relation::Adverbial
        )
        && clause.auxiliaries.iter().any(|&a| is_modal(scene.lemma(a)))
}

/// "In case vessels block", "lest the rebels burn", "had Tokyo apologised", "were Caracas to
/// invade": what opens the clause makes a condition of it, with its subject behind.
fn opened_as_condition(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let clause = &scene.clauses[index];
    if !clause.own_subject || clause.relation == Relation::Main {
        return None;
    }
    let subject = clause.subject?;
    let (first, _) = scene.sentence.subtree(clause.head);
    let before = first..subject.min(clause.head);
    let word = |t: usize| scene.form(t).to_lowercase();
    let opener = scene
        .lexicon
        .modality
        .hypothetical
        .openers
        .find(scene, first, subject)
        .find(|(at, end)| *at <= first + 1 && *end < subject)
        .map(|(at, _)| at);
    let inverted = || {
        let opens = before.start;
        let auxiliary =
            clause.auxiliaries.contains(&opens) || scene.sentence.head(opens) == Some(clause.head);
        (before.contains(&opens)
            && auxiliary
            && matches!(word(opens).as_str(), "had" | "were" | "should")
            && clause.relation == Relation::Adverbial)
            .then_some(opens)
    };
    opener.or_else(inverted)
}

/// "A scenario in which the North fires", "in all probability", "otherwise".
fn framed_as_picture(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let words = &scene.lexicon.modality.hypothetical;
    let clause = &scene.clauses[index];
    if let Some(noun) = clause.noun
        && words.scenarios.contains(scene.lemma(noun))
    {
        return Some(noun);
    }
    let (first, last) = scene.sentence.subtree(clause.head);
    let said = words.doubt.find(scene, first, last).find_map(|(at, end)| {
        (scene.clause_of(at) == Some(index) || scene.clause_of(end) == Some(index)).then_some(at)
    });
    if said.is_some() {
        return said;
    }
    // "In one scenario, the coalition holds and …"
    (first..=last).find(|&t| {
        scene.upos(t) == Upos::Noun
            && words.scenarios.contains(scene.lemma(t))
            && scene
                .preposition(t)
                .is_some_and(|p| matches!(p.as_str(), "in" | "on" | "under"))
            && t < clause.head
            && scene
                .clause_of(t)
                .is_some_and(|c| c == index || scene.clauses[index].parent == Some(c))
    })
}

/// The verb by which somebody foretells clause `index`, before or behind it.
fn foretold(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let words = &scene.lexicon.modality.hypothetical;
    let clause = &scene.clauses[index];
    let tells = |c: &usize| words.foretelling.contains(scene.lemma(*c));
    let above = clause
        .parent
        .filter(|_| clause.relation == Relation::Content)
        .map(|p| scene.clauses[p].head)
        .filter(tells);
    above.or_else(|| {
        scene
            .clauses
            .iter()
            .filter(|c| c.parent == Some(index) && c.relation == Relation::Aside)
            .map(|c| c.head)
            .find(tells)
    })
}

/// "would like to", "would rather".
fn wishes(scene: &Scene<'_>, index: usize) -> bool {
    matches!(
        scene.lemma(scene.clauses[index].head),
        "like" | "prefer" | "welcome"
    )
}

/// Wishes and expectations that are told as such do not make their complement a forecast.
fn is_past_wish(lemma: &str) -> bool {
    matches!(lemma, "hope")
}
