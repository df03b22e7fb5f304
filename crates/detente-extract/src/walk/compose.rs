//! Acts about acts: what is asked for, refused, agreed to or threatened tells the mode, and whom it
//! concerns (`codebook/events/composed.toml`).

use detente_syntax::{Deprel, Upos};

use super::{Fate, Walker};
use crate::{
    Kind, Root,
    args::{self, Args},
    clause::{Relation, is_modal},
    draft::{Cut, Draft},
    events::matcher::Hit,
    frame::{self, Frame},
    modality,
};

/// What an act about an act is about.
struct Content<'b> {
    /// The act that it tells, if a pattern knows it.
    hit: Option<Hit<'b>>,
    /// Its head and the nouns next to it.
    words: Vec<usize>,
    /// The predicate, if it is a clause.
    clause: Option<usize>,
}

/// What the content says of the act about it.
#[derive(Default)]
pub(super) struct Composed {
    /// Mode of the act about it.
    pub(super) mode: Option<String>,
    /// Actor whom the content concerns.
    pub(super) target: Option<usize>,
}

/// Prepositions under which nouns tell by what means something is done.
const MEANS: [&str; 6] = ["with", "by", "from", "on", "in", "under"];

/// Prepositions under which nouns tell what is asked for, refused or threatened.
const ABOUT: [&str; 6] = ["for", "to", "of", "with", "at", "on"];

impl<'b> Walker<'_, 'b> {
    /// What the content of clause `index` says of the act `hit` about it.
    pub(super) fn compose(&self, index: usize, hit: &Hit<'b>) -> Composed {
        let Some(root) = self.around.book.root_name(hit.pattern) else {
            return Composed::default();
        };
        let clause = &self.scene.clauses[index];
        let args = args::of_clause(&self.scene, clause);
        let args = self.matcher.asked_to(clause.head, &args);
        if self.around.book.composition(root).is_some_and(|c| c.means) {
            return Composed {
                mode: hit
                    .pattern
                    .mode
                    .is_empty()
                    .then(|| self.mode_by_means(root, &args))
                    .flatten(),
                target: None,
            };
        }
        let Some(content) = self.content(&args) else {
            return Composed::default();
        };
        let mode = self.mode_of(root, &content, hit.pattern.mode.is_empty());
        let target = content.clause.and_then(|predicate| {
            // The pattern found nobody, or somebody inside the content, who may be the wrong one.
            let open = hit.target.is_none_or(|t| {
                !self.around.who.is_actor(t) || self.scene.sentence.dominates(predicate, t)
            });
            if !open {
                return None;
            }
            let told = content.hit.as_ref().and_then(|h| h.target);
            let other = |t: &usize| self.around.who.is_actor(*t) && Some(*t) != hit.source;
            told.filter(other).or_else(|| {
                // What is agreed to or refused, towards whomever: the first one named in it.
                let towards = matches!(root, "AGREE" | "REJECT" | "THREATEN" | "CONCEDE");
                let nobody = hit.target.is_none_or(|t| !self.around.who.is_actor(t));
                let source = hit.source.filter(|_| towards && nobody)?;
                let named: Vec<usize> = self
                    .others(predicate, source)
                    .into_iter()
                    .filter(|t| other(t) && self.scene.upos(*t) != Upos::Pron)
                    .collect();
                let who = self.around.who;
                let known = |t: &&usize| {
                    who.is_state(**t) || who.is_person(**t) || who.is_organisation(**t)
                };
                named.iter().find(known).or(named.first()).copied()
            })
        });
        Composed { mode, target }
    }

    /// "Attacked a tanker with drones", "spoke by telephone": the mode that the means tell.
    fn mode_by_means(&self, root: &str, args: &Args) -> Option<String> {
        let mut words: Vec<usize> = args.subj.into_iter().chain(args.obj).collect();
        words.extend(
            args.preps
                .iter()
                .filter(|(p, _)| MEANS.contains(&p.as_str()))
                .map(|(_, t)| *t),
        );
        let beside: Vec<usize> = words
            .iter()
            .filter(|&&t| Some(t) != args.obj || root == "CONSULT" || args.subj.is_none())
            .flat_map(|&t| args::of_noun(&self.scene, t).mods)
            .collect();
        // The one attacked is no means: "attacked a tank".
        words.retain(|&t| Some(t) != args.obj || root == "CONSULT");
        words.extend(beside);
        self.around
            .book
            .composition(root)?
            .mode(None, |list| {
                words.iter().any(|&t| self.matcher.word_has(list, t))
            })
            .map(str::to_owned)
    }

    /// The mode of an act of `root` about the content. Where a pattern has told one already (`free`
    /// is false), only a narrow fit overrules it.
    fn mode_of(&self, root: &str, content: &Content<'b>, free: bool) -> Option<String> {
        let book = self.around.book;
        let rules = book.composition(root)?;
        let told = content
            .hit
            .as_ref()
            .filter(|h| free || h.pattern.conditions() > 0)
            .and_then(|h| Some((book.root_name(h.pattern)?, &*h.pattern.mode)));
        rules
            .mode(told, |words| {
                content
                    .words
                    .iter()
                    .any(|&t| self.matcher.word_has(words, t))
            })
            .or_else(|| {
                let otherwise = match content.clause {
                    Some(_) => &rules.otherwise,
                    None => &rules.thing,
                };
                otherwise.as_deref().filter(|_| free)
            })
            .map(str::to_owned)
    }

    /// The complement clause, else the noun asked for, refused or threatened, with the clause or
    /// noun below it: "a call to rewrite the panel", "an offer of rice".
    fn content(&self, args: &Args) -> Option<Content<'b>> {
        if let Some(content) = args.compl.and_then(|c| self.content_clause(c)) {
            return Some(content);
        }
        let nouns: Vec<usize> = args
            .obj
            .into_iter()
            .chain(
                args.preps
                    .iter()
                    .filter(|(p, _)| ABOUT.contains(&p.as_str()))
                    .map(|(_, noun)| *noun),
            )
            .filter(|&t| !self.around.who.is_actor(t))
            .collect();
        if nouns.is_empty() {
            return None;
        }
        let mut words = nouns.clone();
        for &noun in &nouns {
            let below = args::of_noun(&self.scene, noun);
            if let Some(content) = below.compl.and_then(|c| self.content_clause(c)) {
                return Some(content);
            }
            words.extend(below.mods.iter().filter(|&&m| !self.around.who.is_actor(m)));
            words.extend(
                below
                    .preps
                    .iter()
                    .filter(|(p, _)| ABOUT.contains(&p.as_str()))
                    .map(|(_, t)| *t),
            );
        }
        // "An offer of rice" is about rice; that offering is an act itself says nothing.
        let hit = words
            .iter()
            .skip(if words.len() > nouns.len() {
                nouns.len()
            } else {
                0
            })
            .find_map(|&noun| {
                let below = args::of_noun(&self.scene, noun);
                let hit = self.matcher.noun(noun, &below)?;
                let root = self.around.book.root_name(hit.pattern);
                (!matches!(root, Some("AGREE" | "REQUEST"))).then_some(hit)
            });
        Some(Content {
            hit,
            words,
            clause: None,
        })
    }

    fn content_clause(&self, predicate: usize) -> Option<Content<'b>> {
        let clause = self
            .scene
            .clauses
            .iter()
            .find(|c| c.head == predicate && c.relation != Relation::Relative)?;
        let args = args::of_clause(&self.scene, clause);
        let mut words = vec![predicate];
        words.extend(args.obj);
        words.extend(args.compl);
        words.extend(
            args.preps
                .iter()
                .filter(|(p, _)| ABOUT.contains(&p.as_str()))
                .map(|(_, t)| *t),
        );
        Some(Content {
            hit: self.matcher.verb(clause, &args),
            words,
            clause: Some(predicate),
        })
    }

    /// "Said it would scrap the pact unless the curbs went", "warned that it would seize the ships":
    /// to announce one's own hostile act under a condition, or with a verb of warning, is to
    /// threaten.
    pub(super) fn threat(&mut self, index: usize, frames: &[Frame]) -> Option<Fate> {
        let scene = self.scene;
        let book = self.around.book;
        let rules = book.composition(Root::Threaten.as_str())?;
        let clause = &scene.clauses[index];
        let source = clause
            .subject
            .filter(|&s| !clause.passive && self.decides(s))?;
        if !frame::is_saying(&scene, clause.head) {
            return None;
        }
        let at = scene.clauses.iter().position(|c| {
            c.parent == Some(index) && c.relation == Relation::Content && c.noun.is_none()
        })?;
        let content = &scene.clauses[at];
        let own = content.subject.is_some_and(|s| {
            s == source
                || scene
                    .lexicon
                    .predicates
                    .referring
                    .contains(&scene.lemma(s).to_lowercase())
                || scene.lemma(s) == scene.lemma(source)
        });
        let to_come = content
            .auxiliaries
            .iter()
            .any(|&a| is_modal(scene.lemma(a)));
        let warns = rules
            .sayings
            .iter()
            .any(|s| **s == *scene.lemma(clause.head));
        if !own || !to_come || content.passive || !(warns || self.has_condition(&[index, at])) {
            return None;
        }
        if modality::is_negated(&scene, at).is_some() {
            return None;
        }
        let told = self.content_clause(content.head)?;
        let act = book.root_name(told.hit.as_ref()?.pattern)?;
        if !rules.by_condition.iter().any(|r| **r == *act) {
            return None;
        }
        let args = args::of_clause(&scene, clause);
        let target = args
            .obj
            .or(args.iobj)
            .or_else(|| args.prep("to"))
            .filter(|&t| self.around.who.is_actor(t))
            .or(told.hit.as_ref()?.target);
        let mode = self.mode_of(Root::Threaten.as_str(), &told, true);
        let (modality, token) =
            modality::of_clause(&scene, index, self.surroundings(index, frames));
        self.push(Draft {
            confidence: 0.7,
            root: Some(Root::Threaten),
            mode,
            source: Some(source),
            target,
            clause: Some(index),
            modality,
            modality_token: token,
            frames: frames.to_vec(),
            ..Draft::new(
                Kind::Event,
                clause.head,
                Cut::Clause(index, clause.head),
                "event/composed-threat".to_owned(),
            )
        });
        self.told_above.push(at);
        Some(Fate::Fact(Kind::Event))
    }

    /// True if a condition hangs on one of the clauses: "unless …", "if …", "should …".
    fn has_condition(&self, clauses: &[usize]) -> bool {
        let scene = &self.scene;
        scene.clauses.iter().any(|c| {
            c.parent.is_some_and(|p| clauses.contains(&p))
                && c.relation == Relation::Adverbial
                && c.marker.is_some_and(|m| {
                    let word = scene.lemma(m).to_lowercase();
                    scene.deprel(m) == Deprel::Mark
                        && (scene
                            .lexicon
                            .modality
                            .hypothetical
                            .conditions
                            .contains(&word)
                            || matches!(word.as_str(), "until" | "when"))
                })
        })
    }
}
