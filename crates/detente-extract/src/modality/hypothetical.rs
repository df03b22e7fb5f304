//! Possible, feared, foretold, under a condition: nothing that happened.

use detente_syntax::{Deprel, Upos};

use super::{Surroundings, auxiliary, is_negated, is_present, leads_up};
use crate::{
    clause::{Relation, is_modal},
    scene::Scene,
};

/// An opener may hang on the clause above: so many words before the clause it is looked for.
const OPENER: usize = 3;

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
    if let Some(token) = asked(scene, index) {
        return Some(token);
    }
    if let Some(token) = leads_up(scene, clause.head, &words.phrases) {
        return Some(token);
    }
    if let Some(token) = framed_as_picture(scene, index) {
        return Some(token);
    }
    // "may get the army to let them in": an infinitive below what may be, may be.
    let mut at = index;
    while !around.reported_in_past
        && scene.clauses[at].relation == Relation::Open
        && let Some(parent) = scene.clauses[at].parent
    {
        let wish = wishes(scene, parent);
        if let Some(token) = auxiliary(scene, parent, |a| {
            matches!(a, "may" | "might" | "could") || a == "would" && !wish
        }) {
            return Some(token);
        }
        at = parent;
    }
    // "Could lead Honduras to resume trade", "may be forced to let them in".
    if !clause.finite
        && !around.reported_in_past
        && clause.marker.is_some_and(|m| scene.lemma(m) == "to")
        && matches!(
            clause.relation,
            Relation::Adverbial | Relation::Participle | Relation::Open
        )
        && let Some(above) = scene
            .sentence
            .head(clause.head)
            .and_then(|above| scene.clause_of(above))
            .filter(|&above| above != index)
        && let Some(token) = auxiliary(scene, above, |a| matches!(a, "may" | "might" | "could"))
    {
        return Some(token);
    }
    // "Will end with Cairo accusing its neighbour": what goes with a forecast is foreseen.
    if !clause.finite
        && clause.marker.is_some_and(|m| scene.lemma(m) == "with")
        && let Some(parent) = clause.parent
    {
        return hypothetical(scene, parent, around);
    }
    // What follows from a condition ("if X, Y will …"), unless it is done already.
    let condition = scene.clauses.iter().enumerate().find(|(at, below)| {
        below.parent == Some(index)
            && below.relation == Relation::Adverbial
            && (marked_as_condition(scene, *at).is_some()
                || opened_as_condition(scene, *at).is_some())
    });
    if let Some((_, below)) = condition {
        if let Some(token) = auxiliary(scene, index, is_modal) {
            return Some(token);
        }
        // "Provided the house passes the bill, Amman pulls its envoy out."
        if is_present(scene, index) && below.head < clause.head {
            return Some(below.marker.unwrap_or(below.head));
        }
    }
    if let Some(token) = auxiliary(scene, index, |a| {
        words.auxiliaries.contains(a)
            && match a {
                // "They could not leave at once", as somebody said: the past of "cannot".
                // "Could not but condemn it": there was no other way.
                "could" => {
                    let past = around.reported_in_past && is_negated(scene, index).is_some();
                    let before = clause.head.saturating_sub(1);
                    !past && !scene.form(before).eq_ignore_ascii_case("but")
                }
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
    if matches!(
        clause.relation,
        Relation::Content | Relation::Open | Relation::Subject
    ) && let Some(parent) = clause.parent
    {
        let verb = scene.clauses[parent].head;
        let above = scene.lemma(verb);
        let wished = is_past_wish(above) && clause.relation == Relation::Open;
        let phrasal = scene.particle(verb).map(|p| format!("{above} {p}"));
        if words.verbs.contains(above) && !wished
            || words.adjectives.contains(above)
            || phrasal.is_some_and(|p| words.verbs.contains(&p))
        {
            return Some(verb);
        }
    }
    // "Imagine a handful of zealots setting off a bomb".
    if let Some(noun) = clause
        .noun
        .filter(|_| clause.relation == Relation::Participle)
        && let Some(verb) = scene.sentence.head(noun)
        && matches!(
            scene.lemma(verb).to_lowercase().as_str(),
            "imagine" | "suppose" | "picture"
        )
    {
        return Some(verb);
    }
    // "Dread the day when Beijing drives them off".
    if let Some(noun) = clause.noun.filter(|&n| {
        matches!(scene.lemma(n), "day" | "moment" | "hour" | "time") && is_present(scene, index)
    }) && let Some(verb) = scene.sentence.head(noun)
        && words.verbs.contains(scene.lemma(verb))
    {
        return Some(verb);
    }
    if let Some(noun) = clause.noun
        && (clause.relation == Relation::Participle
            || matches!(clause.relation, Relation::Content | Relation::Relative)
                && clause.marker.is_some_and(|m| scene.lemma(m) == "that"))
        && words.nouns.contains(scene.lemma(noun))
        && leads_up(scene, clause.head, &scene.lexicon.modality.negated.phrases).is_none()
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
        && !scene.form(marker).eq_ignore_ascii_case("even")
        && !(marker > 0 && scene.form(marker - 1).eq_ignore_ascii_case("even")))
    .then_some(marker)
}

/// "Has not said whether Russia will give": nobody knows.
fn is_open_question(scene: &Scene<'_>, index: usize) -> bool {
    let clause = &scene.clauses[index];
    let open = |word: usize| {
        scene
            .lexicon
            .modality
            .hypothetical
            .open
            .contains(scene.lemma(word))
    };
    clause.own_subject
        && matches!(
            clause.relation,
            Relation::Content | Relation::Subject | Relation::Adverbial
        )
        && (clause.auxiliaries.iter().any(|&a| is_modal(scene.lemma(a)))
            || scene.sentence.head(clause.head).is_some_and(open))
}

/// "Will Cairo send them back?", asked and not answered.
fn asked(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let clause = &scene.clauses[index];
    let subject = clause
        .subject
        .filter(|_| clause.relation == Relation::Main)?;
    let last = scene.sentence.len().checked_sub(1)?;
    let question = (clause.head..=last).any(|t| scene.form(t) == "?");
    clause
        .auxiliaries
        .first()
        .copied()
        .filter(|&a| question && a < subject)
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
        .find(scene, first.saturating_sub(OPENER), subject)
        .find(|(at, end)| *at <= first + 1 && *end < subject && *end + 1 >= first)
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
    // "In one scenario, the coalition holds and Delhi restores …"
    let mut joined = vec![index];
    while let Some(&at) = joined.last()
        && scene.clauses[at].relation == Relation::Conj
        && let Some(parent) = scene.clauses[at].parent
    {
        joined.push(parent);
    }
    let top = scene.clauses[joined[joined.len() - 1]].head;
    let (first, last) = scene.sentence.subtree(top);
    (first..=last).find(|&t| {
        scene.upos(t) == Upos::Noun
            && words.scenarios.contains(scene.lemma(t))
            && scene
                .preposition(t)
                .is_some_and(|p| matches!(p.as_str(), "in" | "on" | "under"))
            && t < clause.head
            && scene.clause_of(t).is_some_and(|c| {
                joined.contains(&c)
                    || scene.clauses[index].parent == Some(c)
                    || scene.clauses[c].parent.is_some_and(|p| joined.contains(&p))
            })
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
