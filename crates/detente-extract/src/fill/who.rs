//! Whom a phrase stands for: by name, by what it counts or owns, by a name in apposition.

use detente_syntax::{Deprel, Number, Upos};

use super::{Filler, plain};
use crate::{args, people::Ref};

impl Filler<'_, '_> {
    /// Actors that the phrase headed by `token` stands for; "a number of experts" stands for the
    /// experts, "Lind's memoirs" for Lind.
    pub(super) fn refs(&self, token: usize) -> Vec<Ref> {
        let people = &self.article.people;
        if let Some(named) = self.named_behind(token) {
            return named;
        }
        let refs = people.refs(self.sentence, token);
        if !refs.is_empty() {
            return refs;
        }
        let quantity = self
            .scene
            .lexicon
            .reporting
            .quantities
            .contains(&self.scene.lemma(token).to_lowercase());
        let stands_for = self.scene.sentence.children(token).find(|&c| {
            quantity && self.scene.preposition(c).is_some_and(|p| p == "of")
                || self.scene.deprel(c) == Deprel::NmodPoss
        });
        let mut refs = stands_for.map_or_else(Vec::new, |c| people.refs(self.sentence, c));
        if !refs.is_empty() {
            self.owned(token, &mut refs);
            return refs;
        }
        // "The Clinton administration": the government of whoever leads it.
        let government = &self.article.coder.book.actors.reference.government_nouns;
        if government.contains(self.scene.lemma(token).to_lowercase().as_str()) {
            let leader = self.scene.sentence.children(token).find(|&c| {
                matches!(
                    self.scene.deprel(c),
                    Deprel::Compound | Deprel::Amod | Deprel::Flat
                )
            });
            refs = leader.map_or_else(Vec::new, |c| people.refs(self.sentence, c));
            refs.retain(|r| r.state.is_some());
            if !refs.is_empty() {
                for r in &mut refs {
                    if let Some(state) = &r.state {
                        r.id = format!("{state} GOV");
                    }
                }
                return refs;
            }
        }
        // "her counterpart, Satoru Hayama"
        self.scene
            .sentence
            .child(token, Deprel::Appos)
            .map_or_else(Vec::new, |c| people.refs(self.sentence, c))
    }

    /// "The minister, Ota Kenji, and his counterpart, Han Seo-jun": a name in apposition says who.
    pub(super) fn named_behind(&self, token: usize) -> Option<Vec<Ref>> {
        let scene = &self.scene;
        let people = &self.article.people;
        let all = args::coordinated(scene, token);
        // A name belongs to the last noun before it, wherever the tree hangs it.
        let name = |t: usize| {
            let next = all.iter().copied().filter(|&other| other > t).min();
            all.iter()
                .flat_map(|&head| scene.sentence.children(head))
                .filter(|&c| scene.deprel(c) == Deprel::Appos && scene.upos(c) == Upos::Propn)
                .find(|&c| c > t && next.is_none_or(|next| c < next))
                .map(|c| people.alone(self.sentence, c))
                .filter(|refs| !refs.is_empty() && scene.upos(t) == Upos::Noun)
        };
        all.iter().find_map(|&t| name(t))?;
        let refs = all
            .iter()
            .flat_map(|&t| name(t).unwrap_or_else(|| people.alone(self.sentence, t)))
            .collect();
        Some(refs)
    }

    /// "Japan together with Mexico and Chile": who acts along with the subject.
    pub(super) fn joined(&self, doer: usize) -> Vec<Ref> {
        let joining = &self.scene.lexicon.predicates.joining;
        self.scene
            .sentence
            .children(doer)
            .filter(|&c| {
                self.scene
                    .preposition(c)
                    .is_some_and(|p| joining.contains(&p))
            })
            .flat_map(|c| self.article.people.refs(self.sentence, c))
            .collect()
    }

    /// Whoever is named inside a phrase that names nobody itself: "a base in Kenya", "the strip".
    pub(super) fn inside(&self, token: usize, source: &[Ref]) -> Vec<Ref> {
        let sentence = self.scene.sentence;
        let mut open = vec![token];
        let mut at = 0;
        while at < open.len() {
            let here = open[at];
            at += 1;
            let mut found = self.article.people.concerned(self.sentence, here);
            found.retain(|r| source.iter().all(|s| s.id != r.id));
            if !found.is_empty() {
                return found;
            }
            open.extend(sentence.children(here).filter(|&c| {
                !matches!(
                    self.scene.deprel(c),
                    Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl | Deprel::Conj
                ) && self.scene.upos(c) != Upos::Pron
            }));
        }
        Vec::new()
    }

    /// Somebody whom no list knows, in the place of the doer: people by their word, in small
    /// letters ("truckers"), a body by its name ("ICE").
    pub(super) fn unnamed(&self, token: usize) -> Option<Ref> {
        let scene = &self.scene;
        let form = scene.form(token);
        let name = scene.upos(token) == Upos::Propn
            || form.len() > 1 && form.chars().all(|c| c.is_ascii_uppercase());
        let people = scene.upos(token) == Upos::Noun
            && scene.sentence.tokens()[token].feats.number == Number::Plur
            && scene.lexicon.predicates.is_trade(scene.lemma(token));
        if name {
            let (first, last) = scene.sentence.subtree(token);
            let of_name = |i: &usize| {
                scene.upos(*i) == Upos::Propn
                    && (*i == token
                        || scene.sentence.head(*i) == Some(token)
                            && matches!(scene.deprel(*i), Deprel::Flat | Deprel::Compound))
            };
            let words: Vec<&str> = (first..=last)
                .filter(of_name)
                .map(|i| scene.form(i))
                .collect();
            let id = if words.is_empty() {
                form.to_owned()
            } else {
                words.join(" ")
            };
            return Some(plain(id));
        }
        people.then(|| plain(form.to_lowercase()))
    }

    /// "His government", "their country": the government or state of whoever is meant.
    pub(super) fn owned(&self, token: usize, owners: &mut Vec<Ref>) {
        let lemma = self.scene.lemma(token);
        let words = &self.article.coder.book.actors.reference;
        let government = words.government_nouns.contains(lemma);
        if !government && !words.state_nouns.contains(lemma) {
            return;
        }
        for owner in owners {
            if let Some(state) = &owner.state {
                owner.id = if government {
                    format!("{state} GOV")
                } else {
                    state.clone()
                };
            }
        }
    }
}
