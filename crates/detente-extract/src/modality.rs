//! Does it hold? The order of precedence of codebook 1.2, over one clause or noun phrase.

use detente_syntax::{Deprel, Tense, Upos};
use detente_text::date::Edtf;
use jiff::{ToSpan, civil::Date};

use crate::{
    Modality, args,
    clause::{Relation, is_modal},
    scene::Scene,
};

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

fn marked_as_condition(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let clause = &scene.clauses[index];
    let marker = clause.marker?;
    (scene
        .lexicon
        .modality
        .hypothetical
        .conditions
        .contains(&scene.lemma(marker).to_lowercase())
        && scene.lemma(marker) != "whether"
        && !scene.form(marker).eq_ignore_ascii_case("even"))
    .then_some(marker)
}

fn hypothetical(scene: &Scene<'_>, index: usize, around: Surroundings) -> Option<usize> {
    let words = &scene.lexicon.modality.hypothetical;
    let clause = &scene.clauses[index];
    // In a condition, or below one.
    let mut up = Some(index);
    while let Some(at) = up {
        if let Some(token) = marked_as_condition(scene, at) {
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
    if let Some(token) = denied_above(scene, index) {
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
        if words
            .verbs
            .contains(scene.lemma(scene.clauses[parent].head))
        {
            return Some(scene.clauses[parent].head);
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
        Relation::Content | Relation::Open | Relation::Subject | Relation::Adverbial
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

/// A word of negation on the predicate of clause `index` or its auxiliaries.
fn plainly_denied(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let clause = &scene.clauses[index];
    std::iter::once(clause.head)
        .chain(clause.auxiliaries.iter().copied())
        .find_map(|t| negation_of(scene, t))
}

/// A word of negation that hangs on `token`; "not only" denies nothing.
fn negation_of(scene: &Scene<'_>, token: usize) -> Option<usize> {
    scene.sentence.children(token).find(|&c| {
        let child = &scene.sentence.tokens()[c];
        let lemma = scene.lemma(c).to_lowercase();
        let negative = matches!(
            lemma.as_str(),
            "not" | "n't" | "never" | "hardly" | "scarcely" | "no longer"
        ) && child.deprel == Deprel::Advmod
            || matches!(lemma.as_str(), "not" | "n't");
        negative
            && !(c + 1 < scene.sentence.len()
                && matches!(scene.lemma(c + 1), "only" | "just" | "merely" | "simply"))
    })
}

fn planned(scene: &Scene<'_>, index: usize, around: Surroundings) -> Option<usize> {
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
    (date > document
        && clause.finite
        && scene.sentence.tokens()[clause.head].feats.tense != Tense::Past)
        .then_some(clause.head)
}

fn historical(scene: &Scene<'_>, index: usize, around: Surroundings) -> Option<Option<usize>> {
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

/// Modality of an event told by a noun ("the ban of 2019", "potential seizures").
pub(crate) fn of_noun(
    scene: &Scene<'_>,
    noun: usize,
    around: Surroundings,
) -> (Modality, Option<usize>) {
    let modality = &scene.lexicon.modality;
    for child in scene.sentence.children(noun) {
        let lemma = scene.lemma(child);
        match scene.deprel(child) {
            Deprel::Amod if modality.hypothetical.attributes.contains(lemma) => {
                return (Modality::Hypothetical, Some(child));
            }
            Deprel::Amod if modality.planned.attributes.contains(lemma) => {
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
        if matches!(above, Modality::Hypothetical | Modality::Negated)
            && scene.deprel(noun) == Deprel::Obj
        {
            return (above, token);
        }
    }
    (Modality::Asserted, None)
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

/// True if the clause's verb is in the past or perfect: what it frames may be back-shifted.
pub(crate) fn is_past(scene: &Scene<'_>, index: usize) -> bool {
    let clause = &scene.clauses[index];
    let feats = scene.sentence.tokens()[clause.head].feats;
    feats.tense == Tense::Past
        || clause.auxiliaries.iter().any(|&a| {
            scene.sentence.tokens()[a].feats.tense == Tense::Past && scene.lemma(a) != "would"
        })
}
