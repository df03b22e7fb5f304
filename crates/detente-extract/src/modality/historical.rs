//! Over: pluperfect, closed periods, holders and states that are no more.

use detente_syntax::{Deprel, Tense};
use detente_text::date::Edtf;
use jiff::ToSpan;

use super::Surroundings;
use crate::{args, scene::Scene};

pub(super) fn historical(
    scene: &Scene<'_>,
    index: usize,
    around: Surroundings,
) -> Option<Option<usize>> {
    let words = &scene.lexicon.modality.historical;
    let clause = &scene.clauses[index];
    if let (Some(document), Some(last)) = (around.document, around.date.and_then(Edtf::latest))
        && last < document.checked_sub(1.year()).unwrap_or(document)
    {
        return Some(None);
    }
    let pluperfect = clause.auxiliaries.iter().copied().find(|&a| {
        scene.lemma(a) == "have" && scene.sentence.tokens()[a].feats.tense == Tense::Past
            || scene.form(a).eq_ignore_ascii_case("had")
    });
    if let Some(token) = pluperfect
        && !around.reported_in_past
    {
        return Some(Some(token));
    }
    // "The previous government", a state that is no more.
    let past = scene.sentence.tokens()[clause.head].feats.tense != Tense::Pres || clause.passive;
    if past
        && let Some(token) = args::of_clause(scene, clause)
            .subj
            .and_then(|doer| bygone(scene, doer))
    {
        return Some(Some(token));
    }
    let (first, last) = scene.sentence.subtree(clause.head);
    for (at, _) in words.periods.find(scene, first, last) {
        if scene.clause_of(at) == Some(index)
            && !matches!(
                scene.sentence.tokens()[clause.head].feats.tense,
                Tense::Pres
            )
        {
            return Some(Some(at));
        }
    }
    let used_to = scene
        .sentence
        .children(clause.head)
        .find(|&c| scene.deprel(c) == Deprel::Advmod && words.adverbs.contains(scene.lemma(c)));
    used_to.map(Some)
}

/// The word that says that the doer is no more: "the previous cabinet", "East Germany".
fn bygone(scene: &Scene<'_>, doer: usize) -> Option<usize> {
    let words = &scene.lexicon.modality.historical;
    let former = scene.sentence.children(doer).find(|&c| {
        matches!(scene.deprel(c), Deprel::Amod | Deprel::Compound)
            && words.adjectives.contains(&scene.lemma(c).to_lowercase())
    });
    if former.is_some() && words.bodies.contains(&scene.lemma(doer).to_lowercase()) {
        return former;
    }
    let (first, last) = scene.sentence.subtree(doer);
    let end = last.min(doer);
    words
        .defunct
        .find(scene, first, end)
        .next()
        .map(|(at, _)| at)
}
