//! Clauses: the predicates of a sentence with their subjects, and how they hang together.

mod span;

use detente_syntax::{Deprel, Sentence, Upos, VerbForm};

pub(crate) use span::{quote, tokens_span};

/// How a clause hangs on the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// The sentence's main clause.
    Main,
    /// Coordinated with the clause above.
    Conj,
    /// Its content: that-clause or quotation.
    Content,
    /// Its to-infinitive or gerund.
    Open,
    /// An adverbial clause.
    Adverbial,
    /// A relative clause on one of its nouns.
    Relative,
    /// A participle or infinitive on one of its nouns.
    Participle,
    /// Loosely joined.
    Aside,
    /// Its subject.
    Subject,
}

/// One predicate of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// Token of the predicate: a verb, or the noun or adjective of a copula.
    pub(crate) head: usize,
    /// Index of the clause above.
    pub(crate) parent: Option<usize>,
    /// How it hangs there.
    pub(crate) relation: Relation,
    /// Token of the surface subject, own or inherited.
    pub(crate) subject: Option<usize>,
    /// True if the subject stands in the clause itself.
    pub(crate) own_subject: bool,
    /// True if the subject is the one acted upon.
    pub(crate) passive: bool,
    /// True if the predicate is finite (carries tense or a modal auxiliary).
    pub(crate) finite: bool,
    /// Token of the word that marks it (if, that, because, to).
    pub(crate) marker: Option<usize>,
    /// For relative clauses and participles: the noun they hang on.
    pub(crate) noun: Option<usize>,
    /// Lower-case auxiliaries, own or shared with the first conjunct, as token indices.
    pub(crate) auxiliaries: Vec<usize>,
}

/// The clauses of `sentence` in textual order of their heads; parents may come later.
pub(crate) fn clauses(sentence: &Sentence) -> Vec<Clause> {
    let heads: Vec<usize> = (0..sentence.len())
        .filter(|&i| is_head(sentence, i))
        .collect();
    let mut clauses: Vec<Clause> = heads
        .iter()
        .map(|&head| bare(sentence, head, &heads))
        .collect();
    // Inheritance runs from the top down; a clause's parent may stand after it.
    let mut order: Vec<usize> = (0..clauses.len()).collect();
    order.sort_by_key(|&i| depth(&clauses, i));
    for i in order {
        inherit(sentence, &mut clauses, i);
    }
    clauses
}

/// Number of clauses above clause `i`.
pub(crate) fn depth(clauses: &[Clause], mut i: usize) -> usize {
    let mut depth = 0;
    while let Some(parent) = clauses[i].parent {
        depth += 1;
        i = parent;
    }
    depth
}

/// True if token `i` heads a clause.
pub(crate) fn is_head(sentence: &Sentence, i: usize) -> bool {
    let token = &sentence.tokens()[i];
    match token.deprel {
        Deprel::Root
        | Deprel::Ccomp
        | Deprel::Advcl
        | Deprel::AdvclRelcl
        | Deprel::Acl
        | Deprel::AclRelcl
        | Deprel::Csubj
        | Deprel::CsubjPass => true,
        Deprel::Parataxis | Deprel::Xcomp => is_predicate(sentence, i),
        Deprel::Conj => {
            is_predicate(sentence, i)
                && sentence
                    .head(i)
                    .is_some_and(|head| is_head(sentence, head) || is_predicate(sentence, head))
        }
        _ => sentence.head(i).is_none(),
    }
}

/// True if the token is a verb or has what only predicates have.
pub(crate) fn is_predicate(sentence: &Sentence, i: usize) -> bool {
    matches!(sentence.tokens()[i].upos, Upos::Verb | Upos::Aux)
        || sentence.children(i).any(|c| {
            matches!(
                sentence.tokens()[c].deprel,
                Deprel::Cop | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass
            )
        })
}

fn bare(sentence: &Sentence, head: usize, heads: &[usize]) -> Clause {
    let tokens = sentence.tokens();
    let relation = match tokens[head].deprel {
        Deprel::Conj => Relation::Conj,
        Deprel::Ccomp => Relation::Content,
        Deprel::Xcomp => Relation::Open,
        Deprel::Advcl | Deprel::AdvclRelcl => Relation::Adverbial,
        Deprel::AclRelcl => Relation::Relative,
        Deprel::Acl => Relation::Participle,
        Deprel::Parataxis => Relation::Aside,
        Deprel::Csubj | Deprel::CsubjPass => Relation::Subject,
        _ => Relation::Main,
    };
    // A that-clause is content, whatever the parser calls it.
    let that = sentence.children(head).any(|c| {
        tokens[c].deprel == Deprel::Mark && sentence.lemma(c).eq_ignore_ascii_case("that")
    });
    let relation = match relation {
        Relation::Adverbial | Relation::Participle if that => Relation::Content,
        other => other,
    };
    let mut up = sentence.head(head);
    let mut parent = None;
    while let Some(at) = up {
        if let Ok(found) = heads.binary_search(&at) {
            parent = Some(found);
            break;
        }
        up = sentence.head(at);
    }
    let mut clause = Clause {
        head,
        parent,
        relation,
        subject: None,
        own_subject: false,
        passive: false,
        finite: is_finite_verb(sentence, head),
        marker: None,
        noun: (matches!(relation, Relation::Relative | Relation::Participle)
            || relation == Relation::Content && tokens[head].deprel == Deprel::Acl)
            .then(|| sentence.head(head))
            .flatten(),
        auxiliaries: Vec::new(),
    };
    for child in sentence.children(head) {
        match tokens[child].deprel {
            // "which Tokyo lifted": of two subjects the relative pronoun is none.
            Deprel::Nsubj | Deprel::NsubjOuter | Deprel::Csubj
                if clause
                    .subject
                    .is_none_or(|s| is_relative_pronoun(sentence, s)) =>
            {
                clause.subject = Some(child);
            }
            Deprel::NsubjPass | Deprel::CsubjPass => {
                clause.passive |= clause.subject.is_none();
                clause.subject.get_or_insert(child);
            }
            Deprel::Expl if clause.subject.is_none() => clause.subject = Some(child),
            Deprel::Mark => {
                clause.marker.get_or_insert(child);
            }
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                clause.auxiliaries.push(child);
                clause.passive |= tokens[child].deprel == Deprel::AuxPass;
                clause.finite |= tokens[child].feats.verb_form == VerbForm::Fin
                    || is_modal(sentence.lemma(child));
            }
            _ => {}
        }
    }
    // A full verb that has its own subject and no "be" or "get" is active, whatever the relation of
    // its subject is called.
    let helped = clause
        .auxiliaries
        .iter()
        .any(|&a| matches!(tokens[a].deprel, Deprel::Aux | Deprel::AuxPass));
    let full = matches!(
        relation,
        Relation::Main | Relation::Content | Relation::Adverbial
    );
    if clause.passive && !helped && full {
        clause.passive = false;
    }
    clause.own_subject = clause.subject.is_some();
    clause
}

fn is_finite_verb(sentence: &Sentence, i: usize) -> bool {
    let token = &sentence.tokens()[i];
    matches!(token.upos, Upos::Verb | Upos::Aux) && token.feats.verb_form == VerbForm::Fin
}

/// True for auxiliaries that are finite by nature.
pub(crate) fn is_modal(lemma: &str) -> bool {
    matches!(
        lemma,
        "will"
            | "would"
            | "shall"
            | "should"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "ought"
    )
}

fn is_relative_pronoun(sentence: &Sentence, token: usize) -> bool {
    sentence.tokens()[token].upos == Upos::Pron
        && matches!(
            sentence.lemma(token),
            "who" | "which" | "that" | "whom" | "what"
        )
}

/// Fills in subject and auxiliaries that are shared with or controlled by the clause above.
fn inherit(sentence: &Sentence, clauses: &mut [Clause], i: usize) {
    let tokens = sentence.tokens();
    let clause = &clauses[i];
    if let Some(noun) = clause.noun
        && clause.relation != Relation::Content
    {
        let to_infinitive = clause.marker.is_some_and(|m| sentence.lemma(m) == "to");
        let participle = tokens[clause.head].feats.verb_form == VerbForm::Part
            && tokens[clause.head].feats.passive;
        let clause = &mut clauses[i];
        match clause.subject {
            Some(subject) if is_relative_pronoun(sentence, subject) => clause.subject = Some(noun),
            Some(_) => {}
            None if clause.relation == Relation::Participle && to_infinitive => {}
            None => {
                clause.subject = Some(noun);
                clause.passive |= clause.relation == Relation::Participle && participle;
            }
        }
        return;
    }
    let Some(mut parent) = clause.parent else {
        return;
    };
    // A finite verb stands beside no infinitive: "pledged to see it done and agreed to talk".
    if clause.relation == Relation::Conj && tokens[clause.head].feats.verb_form == VerbForm::Fin {
        while clauses[parent].relation == Relation::Open
            && let Some(higher) = clauses[parent].parent
        {
            parent = higher;
        }
    }
    let above = clauses[parent].clone();
    let shares = matches!(
        clause.relation,
        Relation::Conj | Relation::Open | Relation::Adverbial
    );
    if !shares || clause.own_subject {
        return;
    }
    let subject = match clause.relation {
        Relation::Open => {
            let object = sentence
                .child(above.head, Deprel::Obj)
                .or_else(|| sentence.child(above.head, Deprel::Iobj));
            match object {
                Some(object) if sentence.lemma(above.head) != "promise" => Some(object),
                _ => above.subject,
            }
        }
        _ => above.subject,
    };
    let clause = &mut clauses[i];
    clause.subject = subject;
    if clause.relation == Relation::Conj {
        // "should speak … and highlight": the second verb stands under the first one's modal.
        let own_modal = clause
            .auxiliaries
            .iter()
            .any(|&a| tokens[a].deprel == Deprel::Aux);
        if !own_modal && tokens[clause.head].feats.verb_form != VerbForm::Fin {
            let shared: Vec<usize> = above
                .auxiliaries
                .iter()
                .copied()
                .filter(|&a| tokens[a].deprel == Deprel::Aux)
                .collect();
            clause.finite |= above.finite;
            clause.auxiliaries.splice(0..0, shared);
        }
        clause.finite |= above.finite && tokens[clause.head].upos == Upos::Verb && clause.passive;
    }
}
