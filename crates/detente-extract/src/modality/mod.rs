//! Does it hold? The order of precedence of codebook 1.2, over one clause or noun phrase.

mod historical;
mod hypothetical;
mod negated;
mod noun;
mod planned;

use detente_syntax::{Deprel, Tense, Upos};
use detente_text::date::Edtf;
use jiff::civil::Date;

use crate::{Modality, scene::Scene};

use historical::historical;
use hypothetical::hypothetical;
use planned::planned;

pub(crate) use historical::is_bygone;
pub(crate) use negated::{is_excluded, is_negated};
pub(crate) use noun::of_noun;

/// What the clause itself does not show.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings {
    /// First day of the document's date.
    pub(crate) document: Option<Date>,
    /// Date of the clause.
    pub(crate) date: Option<Edtf>,
    /// True if the words are reported by a verb in the past ("said it would").
    pub(crate) reported_in_past: bool,
    /// True if the subject is somebody who can decide.
    pub(crate) subject_decides: bool,
}

/// Modality of clause `index` with the token that shows it.
pub(crate) fn of_clause(
    scene: &Scene<'_>,
    index: usize,
    around: Surroundings,
) -> (Modality, Option<usize>) {
    if let Some(token) = hypothetical(scene, index, around) {
        return (Modality::Hypothetical, Some(token));
    }
    if let Some(token) = is_negated(scene, index) {
        return (Modality::Negated, Some(token));
    }
    if let Some(token) = planned(scene, index, around) {
        return (Modality::Planned, Some(token));
    }
    if let Some(token) = historical(scene, index, around) {
        return (Modality::Historical, token);
    }
    (Modality::Asserted, None)
}

/// The auxiliary of that name, own or shared.
fn auxiliary(scene: &Scene<'_>, index: usize, wanted: impl Fn(&str) -> bool) -> Option<usize> {
    scene.clauses[index]
        .auxiliaries
        .iter()
        .copied()
        .find(|&a| wanted(&scene.lemma(a).to_lowercase()))
}

/// The first token of a phrase that ends just before `head`; adverbs may stand between.
fn leads_up(scene: &Scene<'_>, head: usize, phrases: &[String]) -> Option<usize> {
    phrases
        .iter()
        .find_map(|phrase| ends_before(scene, head, phrase))
}

fn ends_before(scene: &Scene<'_>, head: usize, phrase: &str) -> Option<usize> {
    let mut at = head;
    for word in phrase.rsplit(' ') {
        loop {
            at = at.checked_sub(1)?;
            let is = |text: &str| text.eq_ignore_ascii_case(word);
            if is(scene.lemma(at)) || is(scene.form(at)) {
                break;
            }
            // "is not yet due to", "made up its mind to", "to be arrested".
            let light = matches!(
                scene.upos(at),
                Upos::Adv | Upos::Aux | Upos::Part | Upos::Det
            ) || scene.deprel(at) == Deprel::NmodPoss;
            if !light || head - at > 6 {
                return None;
            }
        }
    }
    Some(at)
}

/// True if the clause is finite and in the present or future: "accuses", "is expected", "has called".
pub(crate) fn is_present(scene: &Scene<'_>, index: usize) -> bool {
    let clause = &scene.clauses[index];
    let tense = |t: usize| scene.sentence.tokens()[t].feats.tense;
    let perfect = clause.auxiliaries.iter().any(|&a| scene.lemma(a) == "have");
    clause.finite
        && !perfect
        && if clause.auxiliaries.is_empty() {
            tense(clause.head) == Tense::Pres
        } else {
            clause.auxiliaries.iter().all(|&a| tense(a) != Tense::Past)
        }
}

/// True if the clause's verb is in the past or perfect: what it frames may be back-shifted.
pub(crate) fn is_past(scene: &Scene<'_>, index: usize) -> bool {
    let clause = &scene.clauses[index];
    let feats = scene.sentence.tokens()[clause.head].feats;
    feats.tense == Tense::Past
        || clause.auxiliaries.iter().any(|&a| {
            scene.sentence.tokens()[a].feats.tense == Tense::Past && scene.lemma(a) != "would"
        })
}
