//! Which pattern of the codebook fits a verb or a noun and what stands round it.

use detente_codebook::events::{EventBook, Pattern, Role, Slot, Strength, Words};
use detente_syntax::{Deprel, Number, Upos};

use crate::{
    args::{self, Args},
    clause::Clause,
    scene::Scene,
};

/// What the matcher asks about a token; answered from the document's actor mentions.
pub(crate) trait Who {
    /// Any actor is named or referred to by the phrase headed by `token`.
    fn is_actor(&self, token: usize) -> bool;
    /// The same, and the name does not stand for a place.
    fn acts(&self, token: usize) -> bool;
    /// A state, its capital or its government.
    fn is_state(&self, token: usize) -> bool;
    /// A person.
    fn is_person(&self, token: usize) -> bool;
    /// An organisation.
    fn is_organisation(&self, token: usize) -> bool;
}

/// A pattern that fits.
#[derive(Clone, Debug)]
pub(crate) struct Hit<'b> {
    /// The pattern.
    pub(crate) pattern: &'b Pattern,
    /// Token in the place of the doer.
    pub(crate) source: Option<usize>,
    /// Token in the place of the one concerned.
    pub(crate) target: Option<usize>,
    /// How narrowly it fits; more is better.
    pub(crate) score: u32,
}

/// Matches the patterns of one book.
#[derive(Clone, Copy)]
pub(crate) struct Matcher<'a, 'b> {
    pub(crate) scene: Scene<'a>,
    pub(crate) book: &'b EventBook,
    pub(crate) who: &'a dyn Who,
}

impl<'b> Matcher<'_, 'b> {
    /// The best pattern for the predicate of `clause`.
    pub(crate) fn verb(&self, clause: &Clause, args: &Args) -> Option<Hit<'b>> {
        let scene = &self.scene;
        let lemma = scene.lemma(clause.head);
        let args = &self.asked_to(clause.head, args);
        let mut best: Option<Hit<'b>> = None;
        let mended = self.mended(lemma);
        for entry in self.book.verbs(mended.as_deref().unwrap_or(lemma)) {
            // "called off" is not "called": a verb with a particle has patterns of its own.
            let phrasal = entry.rest.is_empty() && scene.particle(clause.head).is_some();
            if phrasal || !self.has_rest(clause.head, entry.rest) {
                continue;
            }
            let shifted = self.behind_particle(entry.rest, args);
            let args = shifted.as_ref().unwrap_or(args);
            let hit = self.fits(entry.pattern, clause.head, args, entry.rest.len());
            keep(&mut best, hit);
        }
        best
    }

    /// "Pressed both allies to mend ties": an infinitive that hangs on an actor as object says what
    /// the actor is to do; a gerund just behind the verb says what is done about it: "ruled out
    /// renegotiating".
    pub(crate) fn asked_to(&self, verb: usize, args: &Args) -> Args {
        let scene = &self.scene;
        let mut args = args.clone();
        if args.compl.is_none() && args.obj.is_none() {
            args.compl = scene.sentence.children(verb).find(|&c| {
                scene.deprel(c) == Deprel::Advcl
                    && (verb + 1..verb + 3).contains(&c)
                    && scene.upos(c) == Upos::Verb
                    && scene.sentence.child(c, Deprel::Mark).is_none()
            });
        }
        if args.compl.is_none()
            && let Some(object) = args.obj.filter(|&o| self.who.is_actor(o))
        {
            args.compl = args::of_noun(&self.scene, object)
                .compl
                .filter(|&c| args::is_infinitive(&self.scene, c));
        }
        args
    }

    /// The best pattern for a noun.
    pub(crate) fn noun(&self, noun: usize, args: &Args) -> Option<Hit<'b>> {
        let mut best: Option<Hit<'b>> = None;
        for entry in self.book.nouns(self.scene.lemma(noun)) {
            let before = entry.before.len();
            let compound = noun >= before
                && entry.before.iter().enumerate().all(|(k, word)| {
                    self.scene
                        .lemma(noun - before + k)
                        .eq_ignore_ascii_case(word)
                });
            if compound {
                keep(&mut best, self.fits(entry.pattern, noun, args, before));
            }
        }
        best
    }

    /// A lemma that the book does not know may be cut wrongly: "trad" of "traded", "boycot" of
    /// "boycotted".
    fn mended(&self, lemma: &str) -> Option<String> {
        let knows = |lemma: &str| self.book.verbs(lemma).next().is_some();
        let last = lemma.chars().last().filter(char::is_ascii_alphabetic)?;
        if knows(lemma) {
            return None;
        }
        [format!("{lemma}e"), format!("{lemma}{last}")]
            .into_iter()
            .find(|candidate| knows(candidate))
    }

    /// "Called off the summit": a tree that takes the particle for a preposition hides the object.
    fn behind_particle(&self, rest: &[Box<str>], args: &Args) -> Option<Args> {
        let [particle] = rest else { return None };
        if args.obj.is_some() {
            return None;
        }
        let object = args.prep(particle)?;
        Some(Args {
            obj: Some(object),
            ..args.clone()
        })
    }

    /// The particle (or further words) of a phrasal verb stand with it: "call off the talks",
    /// "called the talks off".
    fn has_rest(&self, verb: usize, rest: &[Box<str>]) -> bool {
        let Some(first) = rest.first() else {
            return true;
        };
        let scene = &self.scene;
        let particle = scene.particle(verb).is_some_and(|p| *p == **first)
            || scene.sentence.children(verb).any(|c| {
                matches!(
                    scene.upos(c),
                    Upos::Adp | Upos::Adv | Upos::Part | Upos::Adj
                ) && scene.lemma(c) == &**first
                    && c > verb
            });
        // "Sat in the front row": the preposition of what follows is no particle.
        let of_place = verb + 1 < scene.sentence.len()
            && **first == *"in"
            && scene.deprel(verb + 1) == Deprel::Case
            && scene
                .sentence
                .head(verb + 1)
                .is_some_and(|noun| scene.deprel(noun) == Deprel::Obl);
        let follows = !of_place
            && rest.iter().enumerate().all(|(k, word)| {
                verb + 1 + k < scene.sentence.len()
                    && scene.lemma(verb + 1 + k).eq_ignore_ascii_case(word)
            });
        follows || particle && rest.len() == 1
    }

    fn fits(
        &self,
        pattern: &'b Pattern,
        head: usize,
        args: &Args,
        extra: usize,
    ) -> Option<Hit<'b>> {
        let wanted = [
            (&pattern.subj, args.subj),
            (&pattern.obj, args.obj),
            (&pattern.iobj, args.iobj),
            (&pattern.compl, args.compl),
        ];
        for (words, token) in wanted {
            if let Some(words) = words {
                match token {
                    Some(token) if self.has(words, token) => {}
                    _ => return None,
                }
            }
        }
        let refused = [
            (&pattern.not_subj, args.subj),
            (&pattern.not_obj, args.obj),
            (&pattern.not_compl, args.compl),
        ];
        for (words, token) in refused {
            if let (Some(words), Some(token)) = (words, token)
                && self.has(words, token)
            {
                return None;
            }
        }
        // For a verb, the words before its object: "held a joint drill".
        let object_mods = args
            .obj
            .filter(|_| pattern.mods.is_some() || pattern.not_mod.is_some())
            .map_or_else(Vec::new, |o| args::of_noun(&self.scene, o).mods);
        let mods = || args.mods.iter().chain(&object_mods);
        if let Some(words) = &pattern.mods
            && !mods().any(|&m| self.has(words, m))
        {
            return None;
        }
        if let Some(words) = &pattern.not_mod
            && mods().any(|&m| self.has(words, m))
        {
            return None;
        }
        if let Some(words) = &pattern.within
            && !self.stands_within(words, head, args.subj)
        {
            return None;
        }
        for (preposition, words) in &pattern.prep {
            let there = args
                .preps
                .iter()
                .chain(self.object_preps(args).iter())
                .any(|(p, noun)| **p == **preposition && self.has(words, *noun));
            if !there {
                return None;
            }
        }
        for (preposition, words) in &pattern.not_prep {
            if args
                .preps
                .iter()
                .any(|(p, noun)| **p == **preposition && self.has(words, *noun))
            {
                return None;
            }
        }
        let subject = [Slot {
            first: Role::Subj,
            then: None,
        }];
        let object = [Slot {
            first: Role::Obj,
            then: None,
        }];
        let source = self.place(pattern.source.as_deref().unwrap_or(&subject), args);
        let mut target = self.place(pattern.target.as_deref().unwrap_or(&object), args);
        let open = pattern
            .target
            .as_ref()
            .is_none_or(|slots| !slots.is_empty());
        if open
            && !pattern.reciprocal
            && self.book.root_name(pattern).is_some()
            && !target.is_some_and(|t| self.who.is_actor(t))
        {
            target = self.below_object(args, source).or(target);
        }
        let acts = source.is_some_and(|s| self.who.acts(s));
        let concerned = target.is_some_and(|t| self.who.is_actor(t));
        // Together with somebody: two subjects, or one in the plural.
        let together = pattern.reciprocal
            && source.is_some_and(|s| {
                args::coordinated(&self.scene, s).len() > 1
                    || self.scene.sentence.tokens()[s].feats.number == Number::Plur
            });
        if pattern.strength == Strength::Weak && !(acts && (concerned || together)) {
            return None;
        }
        let score = 20 * (pattern.conditions() as u32 + extra as u32)
            + 4 * u32::from(acts)
            + 3 * u32::from(concerned)
            + u32::from(source.is_some())
            + 2 * u32::from(pattern.strength == Strength::Strong);
        Some(Hit {
            pattern,
            source,
            target,
            score,
        })
    }

    /// One of the words stands below the predicate or in its subject, however deep: "sent troops
    /// to keep the peace", "phoned him to congratulate".
    fn stands_within(&self, words: &Words, head: usize, subject: Option<usize>) -> bool {
        let sentence = self.scene.sentence;
        (0..sentence.len()).any(|t| {
            self.word_has(words, t)
                && (sentence.dominates(head, t)
                    || subject.is_some_and(|s| s == t || sentence.dominates(s, t)))
        })
    }

    /// Prepositional phrases that hang on the object: the parser may have meant the verb.
    fn object_preps(&self, args: &Args) -> Vec<(String, usize)> {
        args.obj
            .map_or_else(Vec::new, |o| args::of_noun(&self.scene, o).preps)
    }

    /// The actor deeper in the phrase of the object: "controls on exports of materials to Korea",
    /// "imports of Japanese seafood", "the remarks by the Korean minister".
    fn below_object(&self, args: &Args, source: Option<usize>) -> Option<usize> {
        let mut open: Vec<usize> = args.obj.into_iter().collect();
        open.extend(
            args.preps
                .iter()
                .filter(|(p, _)| {
                    matches!(p.as_str(), "over" | "against" | "at" | "of" | "from" | "on")
                })
                .map(|(_, noun)| *noun),
        );
        let mut steps = 0;
        while let Some(noun) = open.pop() {
            steps += 1;
            if steps > DEEPEST {
                break;
            }
            let below = args::of_noun(&self.scene, noun);
            // "Lifted its blockade of Yemen": a pronoun means the doer.
            let owner = below.poss.filter(|&p| self.scene.upos(p) != Upos::Pron);
            let found = owner
                .into_iter()
                .chain(
                    below
                        .preps
                        .iter()
                        .filter(|(p, _)| !self.scene.lexicon.predicates.places.contains(p))
                        .map(|(_, t)| *t),
                )
                .chain(below.mods.iter().copied())
                .chain(self.subject_below(below.compl))
                .find(|&t| Some(t) != source && self.who.is_actor(t));
            if found.is_some() {
                return found;
            }
            open.extend(below.preps.iter().map(|(_, t)| *t));
        }
        None
    }

    /// "Its demand that Stockholm hand over the exiles": whoever is to act.
    fn subject_below(&self, predicate: Option<usize>) -> Option<usize> {
        let predicate = predicate?;
        let clause = self.scene.clauses.iter().find(|c| c.head == predicate)?;
        clause.subject.filter(|_| clause.own_subject)
    }

    /// True if the phrase headed by `token` is one of the words; conjuncts count too.
    fn has(&self, words: &Words, token: usize) -> bool {
        if words.is_any() {
            return true;
        }
        args::coordinated(&self.scene, token).into_iter().any(|t| {
            self.word_has(words, t)
                || self.measured(t).is_some_and(|m| self.word_has(words, m))
                || words.actor && self.who.is_actor(t)
                || words.state && self.who.is_state(t)
                || words.person && self.who.is_person(t)
                || words.org && self.who.is_organisation(t)
        })
    }

    /// The lemma is one of the words; "the Supreme Court" is a court.
    pub(crate) fn word_has(&self, words: &Words, token: usize) -> bool {
        let lemma = self.scene.lemma(token);
        // "The consul general": two words, listed as one.
        let joined = || {
            let before = token.checked_sub(1)?;
            (self.scene.deprel(before) == Deprel::Compound
                && self.scene.sentence.head(before) == Some(token))
            .then(|| format!("{}-{lemma}", self.scene.lemma(before)).to_lowercase())
        };
        words.has(lemma, &self.book.classes)
            || joined().is_some_and(|j| words.has(&j, &self.book.classes))
            || lemma.starts_with(char::is_uppercase)
                && words.has(&lemma.to_lowercase(), &self.book.classes)
    }

    /// The first place that is filled, an actor before anything else.
    fn place(&self, slots: &[Slot], args: &Args) -> Option<usize> {
        let filled: Vec<usize> = slots
            .iter()
            .filter_map(|slot| self.filler(slot, args))
            .collect();
        filled
            .iter()
            .copied()
            .find(|&t| self.who.is_actor(t))
            .or_else(|| filled.iter().find_map(|&t| self.stands_for(t)))
            .or_else(|| filled.first().copied())
    }

    /// "Nine hours of talks", "a series of drills": what is measured.
    fn measured(&self, token: usize) -> Option<usize> {
        let scene = &self.scene;
        let measures = &scene.lexicon.predicates.measures;
        if scene.upos(token) != Upos::Num && !measures.contains(scene.lemma(token)) {
            return None;
        }
        scene
            .sentence
            .children(token)
            .find(|&c| scene.preposition(c).is_some_and(|p| p == "of"))
    }

    /// "Hundreds of students", "a team of officials": those counted; "a resolution that urged
    /// Japan": whoever adopted it.
    fn stands_for(&self, token: usize) -> Option<usize> {
        let scene = &self.scene;
        let lemma = scene.lemma(token).to_lowercase();
        if scene.lexicon.predicates.counts.contains(&lemma) {
            return scene.sentence.children(token).find(|&c| {
                scene.preposition(c).is_some_and(|p| p == "of") && self.who.is_actor(c)
            });
        }
        if WORDS_OF_SOMEBODY
            .iter()
            .any(|c| self.book.classes.holds(c, &lemma))
        {
            let below = args::of_noun(scene, token);
            let owner = below
                .poss
                .into_iter()
                .chain(below.prep("by"))
                .chain(below.prep("from"))
                .find(|&t| self.who.acts(t));
            return owner.or_else(|| {
                let verb = scene
                    .sentence
                    .head(token)
                    .filter(|_| scene.deprel(token) == Deprel::Obj)?;
                let clause = scene.clauses.iter().find(|c| c.head == verb)?;
                clause.subject.filter(|&s| self.who.acts(s))
            });
        }
        // "Turkish jets", "the ships of the coast guard": whose they are.
        if FORCES.iter().any(|c| self.book.classes.holds(c, &lemma)) {
            let below = args::of_noun(scene, token);
            return below
                .poss
                .into_iter()
                .chain(below.mods.iter().copied())
                .chain(below.prep("of"))
                .find(|&t| self.who.is_actor(t));
        }
        None
    }

    fn filler(&self, slot: &Slot, args: &Args) -> Option<usize> {
        let Some(then) = &slot.then else {
            return self.step(&slot.first, args, true);
        };
        let first = self.step(&slot.first, args, false)?;
        let below = match slot.first {
            Role::Compl => {
                let clause = self.scene.clauses.iter().find(|c| c.head == first)?;
                args::of_clause(&self.scene, clause)
            }
            _ => args::of_noun(&self.scene, first),
        };
        // "refused to hold talks with Seoul": the preposition may hang from the clause's object.
        self.step(then, &below, slot.first == Role::Compl)
    }

    fn step(&self, role: &Role, args: &Args, look_below: bool) -> Option<usize> {
        match role {
            Role::Subj => args.subj,
            Role::Obj => args.obj,
            Role::Iobj => args.iobj,
            Role::Compl => args.compl,
            Role::Poss => args.poss,
            Role::Mod => args
                .mods
                .iter()
                .copied()
                .find(|&m| self.who.is_actor(m))
                .or_else(|| args.mods.first().copied()),
            Role::Prep(p) => args.prep(p).or_else(|| {
                look_below
                    .then(|| {
                        self.object_preps(args)
                            .into_iter()
                            .find(|(found, _)| **found == **p)
                            .map(|(_, noun)| noun)
                    })
                    .flatten()
            }),
        }
    }
}

fn keep<'b>(best: &mut Option<Hit<'b>>, hit: Option<Hit<'b>>) {
    if let Some(hit) = hit
        && best.as_ref().is_none_or(|b| hit.score > b.score)
    {
        *best = Some(hit);
    }
}

/// Classes of arms, and of what is done with them, that act for their owner.
const FORCES: [&str; 6] = ["ship", "aircraft", "weapons", "missile", "troops", "attack"];

/// Classes of things said or adopted by somebody.
const WORDS_OF_SOMEBODY: [&str; 2] = ["resolution", "message"];

/// How many nouns below the object are looked at.
const DEEPEST: usize = 6;

/// Nouns that may tell an event: not a name, not the head of a clause, not a bare modifier.
pub(crate) fn may_tell(scene: &Scene<'_>, token: usize) -> bool {
    matches!(scene.upos(token), Upos::Noun)
        && !matches!(
            scene.deprel(token),
            Deprel::Compound | Deprel::Amod | Deprel::Flat
        )
}
