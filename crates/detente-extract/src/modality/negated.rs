//! Denied: "did not", "without", "there is no truth in".

use detente_syntax::{Deprel, Upos};

use super::leads_up;
use crate::{clause::Relation, scene::Scene};

/// The word that denies clause `index`, if one does.
pub(crate) fn is_negated(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let words = &scene.lexicon.modality.negated;
    let clause = &scene.clauses[index];
    if let Some(token) = negation_of(scene, clause.head) {
        return Some(token);
    }
    for &auxiliary in &clause.auxiliaries {
        if let Some(token) = negation_of(scene, auxiliary) {
            return Some(token);
        }
    }
    if let Some(token) = leads_up(scene, clause.head, &words.phrases) {
        return Some(token);
    }
    if let Some(token) = bound_not_to(scene, index) {
        return Some(token);
    }
    let (first, last) = scene.sentence.subtree(clause.head);
    let fronted = words
        .fronted
        .find(scene, first, last)
        .find_map(|(at, end)| {
            (end < clause.head && scene.clause_of(end) == Some(index)).then_some(at)
        });
    if fronted.is_some() {
        return fronted;
    }
    // "neither expelled nor sealed"
    if let Some(token) = scene.sentence.children(clause.head).find(|&c| {
        matches!(scene.deprel(c), Deprel::Cc | Deprel::CcPreconj)
            && matches!(scene.lemma(c).to_lowercase().as_str(), "neither" | "nor")
    }) {
        return Some(token);
    }
    // "Neither Bolivia nor Paraguay", "criticised neither Tokyo nor Washington".
    if let Some(token) = scene.sentence.children(clause.head).find_map(|child| {
        let named = matches!(
            scene.deprel(child),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj
        );
        scene.sentence.children(child).find(|&c| {
            named
                && matches!(
                    scene.deprel(c),
                    Deprel::CcPreconj | Deprel::Cc | Deprel::Advmod | Deprel::Det
                )
                && scene.lemma(c).eq_ignore_ascii_case("neither")
        })
    }) {
        return Some(token);
    }
    if let Some(token) = denied_above(scene, index) {
        return Some(token);
    }
    if let Some(token) = too_much_to(scene, index) {
        return Some(token);
    }
    // "No country", "neither side": the determiner of subject or object.
    for child in scene.sentence.children(clause.head) {
        if matches!(
            scene.deprel(child),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj
        ) {
            if words.words.contains(&scene.lemma(child).to_lowercase()) {
                return Some(child);
            }
            // "Not a single sack has come", "not one of them".
            let (first, _) = scene.sentence.subtree(child);
            if first < child
                && scene.lemma(first).eq_ignore_ascii_case("not")
                && !matches!(scene.lemma(first + 1), "only" | "just" | "merely" | "until")
            {
                return Some(first);
            }
            if let Some(det) = scene.sentence.children(child).find(|&d| {
                scene.deprel(d) == Deprel::Det && matches!(scene.lemma(d), "no" | "neither" | "No")
            }) {
                return Some(det);
            }
        }
    }
    if words.denials.contains(scene.lemma(clause.head)) && scene.upos(clause.head) != Upos::Noun {
        return Some(clause.head);
    }
    // "does not plan to join": the denial of the verb above reaches the infinitive.
    if clause.relation == Relation::Open
        && let Some(parent) = clause.parent
    {
        let above = scene.clauses[parent].head;
        let denied = plainly_denied(scene, parent);
        if words.verbs.contains(scene.lemma(above)) {
            return denied.is_none().then_some(above);
        }
        // "Did not hesitate to blame Caracas": two denials.
        if denied.is_some() && words.reluctant.contains(scene.lemma(above)) {
            return None;
        }
        return is_negated(scene, parent);
    }
    // "should not X or Y", "must not forget and neglect".
    if clause.relation == Relation::Conj
        && !clause.own_subject
        && scene
            .sentence
            .child(clause.head, Deprel::Cc)
            .is_some_and(|cc| matches!(scene.lemma(cc), "or" | "nor"))
    {
        return is_negated(scene, clause.parent?);
    }
    None
}

/// "Did not think that", "there is no truth in the claim that", "denied having": the denial of the
/// word above reaches what it opens.
fn denied_above(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let words = &scene.lexicon.modality.negated;
    let clause = &scene.clauses[index];
    if !matches!(
        clause.relation,
        Relation::Content
            | Relation::Open
            | Relation::Subject
            | Relation::Adverbial
            | Relation::Relative
    ) {
        return None;
    }
    let above = scene.sentence.head(clause.head)?;
    let lemma = scene.lemma(above);
    let gerund = clause.relation != Relation::Adverbial
        || scene.sentence.tokens()[clause.head].feats.verb_form == detente_syntax::VerbForm::Ger
        || !clause.finite && clause.marker.is_none();
    if words.denying.contains(lemma) && gerund {
        let refused = scene
            .clauses
            .iter()
            .position(|c| c.head == above)
            .and_then(|p| plainly_denied(scene, p));
        return refused.is_none().then_some(above);
    }
    let raised = |t: usize| words.raising.contains(scene.lemma(t));
    // The word itself, what it is said of, and the noun that hangs under it.
    let mut at = Some(above);
    for _ in 0..3 {
        let word = at?;
        let told = || {
            std::iter::once(word)
                .filter(|&w| {
                    words.denials.contains(scene.lemma(w))
                        || w != above && words.denying.contains(scene.lemma(w))
                })
                .chain(scene.sentence.children(word).filter(|&c| {
                    words.denials.contains(scene.lemma(c))
                        && matches!(
                            scene.deprel(c),
                            Deprel::Xcomp
                                | Deprel::Amod
                                | Deprel::Obl
                                | Deprel::Ccomp
                                | Deprel::Parataxis
                        )
                }))
                .next()
        };
        let that = clause.marker.is_some() || words.raising.contains(scene.lemma(above));
        if that
            && scene.upos(above) == Upos::Noun
            && let Some(token) = told()
        {
            return Some(token);
        }
        if raised(word) {
            let denied = scene
                .clauses
                .iter()
                .position(|c| c.head == word)
                .and_then(|p| plainly_denied(scene, p))
                .or_else(|| {
                    scene.sentence.children(word).find(|&d| {
                        scene.deprel(d) == Deprel::Det && scene.lemma(d).eq_ignore_ascii_case("no")
                    })
                });
            if denied.is_some() {
                return denied;
            }
        }
        if scene.upos(word) == Upos::Verb && !raised(word) {
            return None;
        }
        at = scene.sentence.head(word);
    }
    None
}

/// "It was Seoul, not Tokyo, that broke off the talks": named only to be left out.
pub(crate) fn is_excluded(scene: &Scene<'_>, name: usize) -> bool {
    // "It was not Moscow that vetoed it": what is denied is who did it.
    let cleft = scene.sentence.child(name, Deprel::Cop).is_some()
        && scene.sentence.child(name, Deprel::AclRelcl).is_some();
    (cleft
        || matches!(
            scene.deprel(name),
            Deprel::Conj | Deprel::Appos | Deprel::Obl
        ))
        && scene.sentence.children(name).any(|c| {
            c < name
                && (scene.lemma(c).eq_ignore_ascii_case("not")
                    || scene
                        .sentence
                        .child(c, Deprel::Advmod)
                        .is_some_and(|n| scene.lemma(n).eq_ignore_ascii_case("not")))
                && c + 1 < scene.sentence.len()
                && !matches!(scene.lemma(c + 1), "only" | "just" | "least")
        })
}

/// "Too careful a man to praise them": what the infinitive tells was not done.
fn too_much_to(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let clause = &scene.clauses[index];
    if clause.finite || clause.marker.is_none_or(|m| scene.lemma(m) != "to") {
        return None;
    }
    let mut above = scene.sentence.head(clause.head)?;
    for _ in 0..2 {
        let too = scene.sentence.children(above).find(|&c| {
            scene.deprel(c) == Deprel::Advmod
                && c + 1 == above
                && scene.lemma(c).eq_ignore_ascii_case("too")
        });
        if too.is_some() && scene.upos(above) == Upos::Adj {
            return too;
        }
        above = scene.sentence.head(above)?;
    }
    None
}

/// "Has promised not to arm Moscow": the promise is one of leaving it.
fn bound_not_to(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let binding = &scene.lexicon.obligation.commitment.verbs;
    if !binding.contains(scene.lemma(scene.clauses[index].head)) {
        return None;
    }
    let open = scene
        .clauses
        .iter()
        .position(|c| c.parent == Some(index) && c.relation == Relation::Open)?;
    plainly_denied(scene, open)
}

/// A word of negation on the predicate of clause `index` or its auxiliaries.
fn plainly_denied(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let clause = &scene.clauses[index];
    let nobody = || {
        clause.subject.filter(|&s| {
            scene
                .lexicon
                .modality
                .negated
                .words
                .contains(&scene.lemma(s).to_lowercase())
        })
    };
    std::iter::once(clause.head)
        .chain(clause.auxiliaries.iter().copied())
        .find_map(|t| negation_of(scene, t))
        .or_else(nobody)
}

/// A word of negation that hangs on `token`; "not only" denies nothing.
fn negation_of(scene: &Scene<'_>, token: usize) -> Option<usize> {
    scene.sentence.children(token).find(|&c| {
        let child = &scene.sentence.tokens()[c];
        let lemma = scene.lemma(c).to_lowercase();
        let no_longer = child.deprel == Deprel::Advmod
            && scene.form(c).eq_ignore_ascii_case("longer")
            && c > 0
            && scene.form(c - 1).eq_ignore_ascii_case("no");
        let negative = no_longer
            || matches!(
                lemma.as_str(),
                "not" | "n't" | "never" | "hardly" | "scarcely" | "no longer"
            ) && child.deprel == Deprel::Advmod
            || matches!(lemma.as_str(), "not" | "n't");
        negative
            && !(c + 1 < scene.sentence.len()
                && matches!(
                    scene.lemma(c + 1),
                    "only" | "just" | "merely" | "simply" | "but" | "until" | "before" | "least"
                ))
    })
}
