//! Over: pluperfect, closed periods, holders and states that are no more.

use detente_syntax::{Deprel, Tense};
use detente_text::date::Edtf;
use jiff::{ToSpan, civil::Date};

use super::{Surroundings, leads_up};
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
            .and_then(|doer| bygone(scene, doer, around.document))
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
    if let Some(token) = leads_up(scene, clause.head, &words.phrases) {
        return Some(Some(token));
    }
    // "The last time Peru expelled an envoy".
    if let Some(noun) = clause.noun.filter(|&n| scene.lemma(n) == "time" && past)
        && let Some(token) = scene
            .sentence
            .children(noun)
            .find(|&c| scene.deprel(c) == Deprel::Amod && words.adjectives.contains(scene.lemma(c)))
    {
        return Some(Some(token));
    }
    let again = |c: usize| {
        c + 1 < scene.sentence.len() && matches!(scene.lemma(c + 1), "more" | "again" | "and")
    };
    let used_to = scene.sentence.children(clause.head).find(|&c| {
        scene.deprel(c) == Deprel::Advmod && words.adverbs.contains(scene.lemma(c)) && !again(c)
    });
    used_to.map(Some)
}

/// True if the doer is no more.
pub(crate) fn is_bygone(scene: &Scene<'_>, doer: usize, document: Option<Date>) -> bool {
    bygone(scene, doer, document).is_some()
}

/// The word that says that the doer is no more: "the previous cabinet", "East Germany", somebody
/// who was dead when the text was written.
fn bygone(scene: &Scene<'_>, doer: usize, document: Option<Date>) -> Option<usize> {
    let words = &scene.lexicon.modality.historical;
    let former = scene.sentence.children(doer).find(|&c| {
        matches!(scene.deprel(c), Deprel::Amod | Deprel::Compound)
            && words.adjectives.contains(&scene.lemma(c).to_lowercase())
    });
    // "The then leader" held the office at the time.
    if former.is_some_and(|f| scene.lemma(f).eq_ignore_ascii_case("then")) {
        return former;
    }
    if former.is_some() && words.bodies.contains(&scene.lemma(doer).to_lowercase()) {
        return former;
    }
    let (first, _) = scene.sentence.subtree(doer);
    let names = scene
        .sentence
        .children(doer)
        .filter(|&c| matches!(scene.deprel(c), Deprel::Flat | Deprel::Appos));
    let end = names.max().map_or(doer, |name| name.max(doer));
    let dead = document.map(|d| words.departed.before(d.year()));
    std::iter::once(&words.defunct)
        .chain(dead.into_iter().flatten())
        .find_map(|names| names.find(scene, first, end).next())
        .map(|(at, _)| at)
}
