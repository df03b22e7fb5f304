//! Modality of an event told by a noun.

use detente_syntax::Deprel;
use detente_text::date::Edtf;
use jiff::ToSpan;

use super::{Surroundings, auxiliary, of_clause};
use crate::{Modality, scene::Scene};

/// Modality of an event told by a noun ("the ban of 2019", "potential seizures").
pub(crate) fn of_noun(
    scene: &Scene<'_>,
    noun: usize,
    around: Surroundings,
) -> (Modality, Option<usize>) {
    let modality = &scene.lexicon.modality;
    for child in scene.sentence.children(noun) {
        let lemma = scene.lemma(child);
        let form = scene.form(child).to_lowercase();
        match scene.deprel(child) {
            Deprel::Amod
                if modality.hypothetical.attributes.contains(lemma)
                    || modality.hypothetical.attributes.contains(&form) =>
            {
                return (Modality::Hypothetical, Some(child));
            }
            Deprel::Amod
                if modality.planned.attributes.contains(lemma)
                    || modality.planned.attributes.contains(&form) =>
            {
                return (Modality::Planned, Some(child));
            }
            Deprel::Amod if modality.historical.adjectives.contains(lemma) && lemma != "last" => {
                return (Modality::Historical, Some(child));
            }
            Deprel::Det if lemma.eq_ignore_ascii_case("no") => {
                return (Modality::Negated, Some(child));
            }
            _ => {}
        }
    }
    // "the possibility of a visit", "fears of an attack"
    if let Some(above) = scene.sentence.head(noun)
        && scene.deprel(noun) == Deprel::Nmod
        && modality.hypothetical.nouns.contains(scene.lemma(above))
    {
        return (Modality::Hypothetical, Some(above));
    }
    if let (Some(document), Some(last)) = (around.document, around.date.and_then(Edtf::latest))
        && last < document.checked_sub(1.year()).unwrap_or(document)
    {
        return (Modality::Historical, None);
    }
    if let (Some(document), Some(first)) = (around.document, around.date.and_then(Edtf::earliest))
        && first > document
    {
        return (Modality::Planned, None);
    }
    if let Some(above) = scene.sentence.head(noun)
        && scene.deprel(noun) == Deprel::Obj
        && modality.planned.arranging.contains(scene.lemma(above))
    {
        return (Modality::Planned, Some(above));
    }
    // "Follows Delhi's own expulsion of a diplomat", "in response to an attack": an earlier step.
    if let Some(above) = scene.sentence.head(noun) {
        let answered = scene.deprel(noun) == Deprel::Obj
            && modality.historical.following.contains(scene.lemma(above))
            || matches!(
                scene.lemma(above),
                "response" | "reply" | "retaliation" | "answer"
            ) && scene
                .preposition(noun)
                .is_some_and(|p| matches!(p.as_str(), "to" | "for"));
        if answered {
            return (Modality::Historical, Some(above));
        }
    }
    let preposition = scene.preposition(noun);
    if let Some(preposition) = preposition
        && modality
            .historical
            .background
            .iter()
            .any(|b| *b == preposition && b.contains(' '))
    {
        return (Modality::Historical, None);
    }
    if let Some(clause) = scene.clause_of(noun) {
        let (above, token) = of_clause(scene, clause, around);
        // "Denied having armed them", "put the town under martial law": the verb tells how it holds.
        let comes = above == Modality::Planned
            && matches!(scene.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass)
            && modality
                .planned
                .happening
                .contains(scene.lemma(scene.clauses[clause].head));
        let part = comes
            || scene.deprel(noun) == Deprel::Xcomp
            || above == Modality::Historical
                && matches!(scene.deprel(noun), Deprel::Obj | Deprel::Obl);
        if part {
            return (above, token);
        }
        if matches!(above, Modality::Hypothetical | Modality::Negated)
            && scene.deprel(noun) == Deprel::Obj
        {
            return (above, token);
        }
        // "A blockade would cut the island off", "a strike is possible".
        let doubtful = above == Modality::Hypothetical
            && scene.deprel(noun) == Deprel::Nsubj
            && (scene
                .sentence
                .child(scene.clauses[clause].head, Deprel::Cop)
                .is_some()
                || auxiliary(scene, clause, |a| {
                    matches!(a, "would" | "could" | "might" | "may")
                })
                .is_some());
        if doubtful {
            return (above, token);
        }
    }
    (Modality::Asserted, None)
}
