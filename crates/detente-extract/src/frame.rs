//! Who is speaking: clauses of saying and thinking, and what they frame.

use detente_syntax::Deprel;
use detente_text::Span;

use crate::{
    Form,
    clause::{Clause, Relation},
    modality,
    quotation::{CLAUSE_WORDS, Quotation},
    scene::Scene,
};

/// A clause (or phrase) that gives the words below it to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Index of the clause of saying; `None` for "according to X".
    pub(crate) clause: Option<usize>,
    /// Token of the one who speaks or holds the view; `None` for "it is said that".
    pub(crate) speaker: Option<usize>,
    /// In quotation marks or not.
    pub(crate) form: Form,
    /// True if the saying is told in the past, so that "would" below it may be "will".
    pub(crate) past: bool,
    /// True for a verb of thinking: the subject holds the view without saying it.
    pub(crate) view: bool,
}

/// True if the verb frames somebody's words or views.
pub(crate) fn is_saying(scene: &Scene<'_>, token: usize) -> bool {
    let words = &scene.lexicon.reporting;
    let lemma = scene.lemma(token);
    let phrasal = scene.particle(token).map(|p| format!("{lemma} {p}"));
    words.say.contains(lemma)
        || scene.lexicon.obligation.commitment.verbs.contains(lemma)
        || words.think.contains(lemma)
        || words.show.contains(lemma)
        || phrasal.is_some_and(|p| words.say.contains(&p))
}

/// The frames round clause `index`, innermost first. `quotations` are those of the paragraph.
pub(crate) fn frames(scene: &Scene<'_>, index: usize, quotations: &[Quotation]) -> Vec<Frame> {
    let mut found = Vec::new();
    let mut at = index;
    let mut steps = 0;
    loop {
        let clause = &scene.clauses[at];
        if let Some(aside) = aside_frame(scene, at) {
            found.push(frame(scene, aside, clause, quotations));
        }
        if let Some(speaker) = according(scene, clause.head)
            && !found.iter().any(|f| f.speaker == Some(speaker))
        {
            found.push(Frame {
                clause: None,
                speaker: Some(speaker),
                form: Form::Indirect,
                past: false,
                view: false,
            });
        }
        // "the view that …": its possessor holds it, else the subject of the clause round it.
        if clause.relation == Relation::Content
            && let Some(noun) = clause.noun
            && scene
                .lexicon
                .reporting
                .content_nouns
                .contains(scene.lemma(noun))
        {
            found.push(Frame {
                clause: None,
                speaker: scene
                    .sentence
                    .child(noun, Deprel::NmodPoss)
                    .or_else(|| clause.parent.and_then(|p| scene.clauses[p].subject)),
                form: Form::Indirect,
                past: false,
                view: true,
            });
        }
        let Some(parent) = clause.parent else { break };
        if clause.relation == Relation::Content && frames_content(scene, parent) {
            found.push(frame(scene, parent, clause, quotations));
        }
        at = parent;
        steps += 1;
        if steps > scene.clauses.len() {
            break;
        }
    }
    found
}

/// A clause whose complement is somebody's words: a verb of saying, or "is clear that".
fn frames_content(scene: &Scene<'_>, index: usize) -> bool {
    is_saying(scene, scene.clauses[index].head)
}

fn frame(scene: &Scene<'_>, saying: usize, content: &Clause, quotations: &[Quotation]) -> Frame {
    let clause = &scene.clauses[saying];
    let words = &scene.lexicon.reporting;
    let head = scene.sentence.tokens()[content.head].span;
    let form = if is_quoted(head, quotations) {
        Form::Direct
    } else {
        Form::Indirect
    };
    let speaker = if clause.passive {
        // "he was quoted as saying" has its speaker as subject; "it is said" has none.
        clause.subject.filter(|&s| {
            scene.deprel(s) != Deprel::Expl && !scene.lemma(s).eq_ignore_ascii_case("it")
        })
    } else {
        clause
            .subject
            .filter(|&s| !scene.lemma(s).eq_ignore_ascii_case("it"))
    };
    Frame {
        clause: Some(saying),
        speaker,
        form,
        past: modality::is_past(scene, saying),
        view: !words.say.contains(scene.lemma(clause.head))
            && words.think.contains(scene.lemma(clause.head)),
    }
}

/// True if `span` lies in a quotation long enough to carry a clause.
pub(crate) fn is_quoted(span: Span, quotations: &[Quotation]) -> bool {
    quotations
        .iter()
        .any(|q| q.words >= CLAUSE_WORDS && q.outer.contains(span))
}

/// "…, Sasae said": the clause of saying that hangs loosely on its content.
fn aside_frame(scene: &Scene<'_>, index: usize) -> Option<usize> {
    scene.clauses.iter().position(|c| {
        c.parent == Some(index)
            && c.relation == Relation::Aside
            && c.own_subject
            && scene.lexicon.reporting.say.contains(scene.lemma(c.head))
    })
}

/// "According to X" below `head`: the token of X.
fn according(scene: &Scene<'_>, head: usize) -> Option<usize> {
    let words = &scene.lexicon.reporting;
    scene.sentence.children(head).find(|&child| {
        matches!(
            scene.deprel(child),
            Deprel::Obl | Deprel::Advcl | Deprel::Nmod | Deprel::OblUnmarked
        ) && scene
            .preposition(child)
            .is_some_and(|p| p.starts_with("accord") || words.according.contains(&p))
    })
}

/// True if clause `index` only frames content that stands below it and is no fact of its own.
pub(crate) fn only_frames(scene: &Scene<'_>, index: usize) -> bool {
    let clause = &scene.clauses[index];
    let has_content = scene
        .clauses
        .iter()
        .any(|c| c.parent == Some(index) && c.relation == Relation::Content && c.noun.is_none());
    let has_clause = scene.clauses.iter().any(|c| {
        c.parent == Some(index)
            && matches!(c.relation, Relation::Content | Relation::Subject)
            && c.finite
    });
    if is_saying(scene, clause.head) && has_content {
        return true;
    }
    if clause.relation == Relation::Aside
        && clause.own_subject
        && scene
            .lexicon
            .reporting
            .say
            .contains(scene.lemma(clause.head))
    {
        return true;
    }
    is_empty_frame(scene, index) && (has_clause || scene.clauses.len() > 1)
}

/// Most words of an empty frame before its "that".
const LONGEST_FRAME: usize = 12;

/// "It is no secret that", "there is no doubt that", "this is why".
fn is_empty_frame(scene: &Scene<'_>, index: usize) -> bool {
    let (first, last) = scene.sentence.subtree(scene.clauses[index].head);
    let lemmas: Vec<String> = (first..=last)
        .map(|t| scene.lemma(t).to_lowercase())
        .filter(|l| l.chars().any(char::is_alphanumeric))
        .take_while(|l| l != "that")
        .take(LONGEST_FRAME)
        .collect();
    let line = lemmas.join(" ");
    scene
        .lexicon
        .statement
        .empty_frames
        .iter()
        .any(|frame| line.contains(frame.as_str()))
}

/// The noun phrase that a verb of saying has instead of a clause ("stressed the need for talks",
/// "pointed to the cost of …"): its head.
pub(crate) fn said_phrase(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let clause = &scene.clauses[index];
    let words = &scene.lexicon.reporting;
    let lemma = scene.lemma(clause.head);
    if !words.say.contains(lemma) || clause.passive {
        return None;
    }
    let child = scene.sentence.children(clause.head).find(|&c| {
        c > clause.head
            && match scene.deprel(c) {
                Deprel::Obj => true,
                Deprel::Obl => scene
                    .preposition(c)
                    .is_some_and(|p| words.with_preposition.contains(&format!("{lemma} {p}"))),
                _ => false,
            }
    })?;
    let (first, last) = scene.sentence.subtree(child);
    (last - first >= 3 && !words.empty_objects.contains(scene.lemma(child))).then_some(child)
}
