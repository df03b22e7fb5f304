//! What a sentence shows about two of its actors: clues by name, and the vectors of the words that
//! stand where an act is told.

use detente_syntax::{Deprel, Upos};

use super::{ranker::Vectors, spot::Spot};
use crate::{
    args::{self, Args},
    clause::{self, Relation},
    events::matcher::{Hit, Matcher, Who, may_tell},
    modality,
    scene::Scene,
};

/// Places of words whose vectors are looked at: predicates of source and target, the objects of
/// both, what the source's predicate opens, the words that the two hang on, head of the target, the
/// words between, all words of the sentence.
pub(crate) const SLOTS: usize = 10;

/// One clue: what it says, as a number, and the token that it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clue {
    pub(crate) key: u32,
    /// The token, or `u32::MAX` for clues of the whole sentence.
    pub(crate) token: u32,
}

/// All clues of a pair.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clues<'b> {
    pub(crate) clues: Vec<Clue>,
    /// The clues in words, in the same order, if they were asked for.
    pub(crate) names: Option<Vec<String>>,
    /// `SLOTS` vectors, one behind the other; zeros where there is no word.
    pub(crate) dense: Vec<f32>,
    /// Patterns of the codebook that fit, with the token that tells the act.
    pub(crate) hits: Vec<(usize, Hit<'b>, Roles)>,
}

/// Where source and target stand round a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Roles {
    pub(crate) source: Role,
    pub(crate) target: Role,
}

/// The place of an actor among the arguments of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    None,
    Subject,
    Object,
    Indirect,
    Possessor,
    Modifier,
    /// Under a preposition.
    Oblique,
    /// Somewhere below the object.
    BelowObject,
    /// Somewhere below the subject.
    BelowSubject,
    /// Somewhere below a complement clause.
    BelowComplement,
    /// Somewhere below a preposition.
    BelowOblique,
    /// Whoever says it: "Oslo says that Rome must …".
    Speaker,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::None => "-",
            Self::Subject => "subj",
            Self::Object => "obj",
            Self::Indirect => "iobj",
            Self::Possessor => "poss",
            Self::Modifier => "mod",
            Self::Oblique => "prep",
            Self::BelowObject => "obj>",
            Self::BelowSubject => "subj>",
            Self::BelowComplement => "compl>",
            Self::BelowOblique => "prep>",
            Self::Speaker => "says",
        }
    }
}

/// Reads the clues of one pair.
pub(crate) struct Reader<'a, 'b, 'v> {
    pub(crate) scene: Scene<'a>,
    pub(crate) matcher: Matcher<'a, 'b>,
    pub(crate) who: &'a dyn Who,
    pub(crate) vectors: &'v Vectors,
    pub(crate) source: Option<Spot>,
    pub(crate) target: Option<Spot>,
    /// Whoever of the two says what the clause looked at tells.
    pub(crate) speaker: Option<usize>,
    pub(crate) out: Clues<'b>,
}

const NO_TOKEN: u32 = u32::MAX;

impl<'b> Reader<'_, 'b, '_> {
    /// All clues.
    pub(crate) fn read(mut self) -> Clues<'b> {
        self.words();
        self.clauses();
        self.nouns();
        self.path();
        self.marks();
        self.out
    }

    fn add(&mut self, token: usize, parts: &[&str]) {
        let token = u32::try_from(token).unwrap_or(NO_TOKEN);
        let key = key(parts);
        self.out.clues.push(Clue { key, token });
        if let Some(names) = &mut self.out.names {
            names.push(parts.join(" ").to_lowercase());
        }
    }

    fn add_whole(&mut self, parts: &[&str]) {
        self.add(NO_TOKEN as usize, parts);
    }

    fn lemma(&self, token: usize) -> &str {
        self.scene.lemma(token)
    }

    /// True if the token belongs to the actor marked.
    fn inside(spot: Option<Spot>, token: usize) -> bool {
        spot.is_some_and(|s| (s.first..=s.last).contains(&token))
    }

    /// Every word with its place: before, between, behind, within source or target.
    fn words(&mut self) {
        let scene = self.scene;
        let (low, high) = self.window();
        let mut before: Option<usize> = None;
        for i in 0..scene.sentence.len() {
            let content = matches!(
                scene.upos(i),
                Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv
            );
            let place = if Self::inside(self.source, i) {
                "in source"
            } else if Self::inside(self.target, i) {
                "in target"
            } else if i < low {
                "before"
            } else if i > high {
                "behind"
            } else {
                "between"
            };
            let lemma = scene.lemma(i);
            if content {
                self.add(i, &["word", lemma]);
                self.add(i, &[place, lemma]);
                if let Some(b) = before {
                    self.add(i, &["pair", scene.lemma(b), lemma]);
                }
            }
            if content || matches!(scene.upos(i), Upos::Adp | Upos::Part | Upos::Aux) {
                before = Some(i);
            }
        }
    }

    /// First and last token of the stretch from one actor to the other.
    fn window(&self) -> (usize, usize) {
        match (self.source, self.target) {
            (Some(s), Some(t)) => (s.first.min(t.first), s.last.max(t.last)),
            (Some(one), None) | (None, Some(one)) => (one.first, one.last),
            (None, None) => (0, self.scene.sentence.len().saturating_sub(1)),
        }
    }

    /// The role of an actor among arguments.
    fn role(&self, spot: Option<Spot>, args: &Args) -> (Role, Option<String>) {
        let Some(spot) = spot else {
            return (Role::None, None);
        };
        let scene = &self.scene;
        let is = |token: Option<usize>| {
            token.is_some_and(|t| {
                (spot.first..=spot.last).contains(&t)
                    || args::coordinated(scene, t).contains(&spot.head)
            })
        };
        let below =
            |token: Option<usize>| token.is_some_and(|t| scene.sentence.dominates(t, spot.head));
        if is(args.subj) {
            return (Role::Subject, None);
        }
        if is(args.obj) {
            return (Role::Object, None);
        }
        if is(args.iobj) {
            return (Role::Indirect, None);
        }
        if is(args.poss) {
            return (Role::Possessor, None);
        }
        if args.mods.iter().any(|&m| is(Some(m))) {
            return (Role::Modifier, None);
        }
        if let Some((p, _)) = args.preps.iter().find(|(_, t)| is(Some(*t))) {
            return (Role::Oblique, Some(p.clone()));
        }
        if below(args.compl) {
            return (Role::BelowComplement, None);
        }
        if below(args.obj) {
            return (Role::BelowObject, None);
        }
        if below(args.subj) {
            return (Role::BelowSubject, None);
        }
        if let Some((p, _)) = args.preps.iter().find(|(_, t)| below(Some(*t))) {
            return (Role::BelowOblique, Some(p.clone()));
        }
        (Role::None, None)
    }

    fn clauses(&mut self) {
        let scene = self.scene;
        for index in 0..scene.clauses.len() {
            let clause = &scene.clauses[index];
            let mut args = args::of_clause(&scene, clause);
            let hit = self.matcher.verb(clause, &args);
            if let Some(who) = self.meant_by_pronoun(index, args.subj) {
                args.subj = Some(who);
            }
            self.speaker = self.speaker_of(index);
            let fitting = hit
                .as_ref()
                .and_then(|h| self.matcher.book.root_name(h.pattern))
                .unwrap_or("-");
            self.argument_clues(clause.head, &args, hit, true);
            let roles = (
                self.role_or_speaker(self.source, &args).0,
                self.role_or_speaker(self.target, &args).0,
            );
            self.speaker = None;
            if roles == (Role::None, Role::None) {
                continue;
            }
            if let Some(token) = modality::is_negated(&scene, index) {
                self.add(token, &["denied", scene.lemma(clause.head)]);
                self.add(token, &["denied", fitting]);
                self.add(token, &["denied"]);
                if clause.auxiliaries.iter().any(|&a| self.is_future(a)) {
                    // "Will not lift": a refusal rather than an act left undone.
                    self.add(token, &["will not", scene.lemma(clause.head)]);
                    self.add(token, &["will not", fitting, roles.0.name()]);
                    self.add(token, &["will not", roles.0.name(), roles.1.name()]);
                }
            }
            self.above(index, fitting, roles);
            for &auxiliary in &clause.auxiliaries {
                if scene.upos(auxiliary) == Upos::Aux {
                    let lemma = scene.lemma(auxiliary);
                    self.add(auxiliary, &["with", lemma, roles.0.name()]);
                    self.add(auxiliary, &["with", lemma, fitting, roles.0.name()]);
                    self.add(auxiliary, &["with", lemma, roles.0.name(), roles.1.name()]);
                }
            }
        }
    }

    /// The first actor of the pair who is the subject of what frames the clause.
    fn speaker_of(&self, index: usize) -> Option<usize> {
        let mut at = index;
        while self.scene.clauses[at].relation == Relation::Content
            || self.scene.clauses[at].relation == Relation::Conj
        {
            at = self.scene.clauses[at].parent?;
            let subject = self.scene.clauses[at].subject;
            if let Some(s) = subject
                && (Self::inside(self.source, s) || Self::inside(self.target, s))
            {
                return subject;
            }
        }
        None
    }

    /// The role of an actor, that of the one who says it included.
    fn role_or_speaker(&self, spot: Option<Spot>, args: &Args) -> (Role, Option<String>) {
        let found = self.role(spot, args);
        match self.speaker {
            Some(speaker) if found.0 == Role::None && Self::inside(spot, speaker) => {
                (Role::Speaker, None)
            }
            _ => found,
        }
    }

    fn is_future(&self, auxiliary: usize) -> bool {
        let lemma = self.scene.lemma(auxiliary).to_lowercase();
        self.scene
            .lexicon
            .obligation
            .commitment
            .auxiliaries
            .contains(&lemma)
    }

    /// "The group said it will free them": the subject of a reported clause that is a pronoun is
    /// taken for the one who reports, if that is one of the pair.
    fn meant_by_pronoun(&self, index: usize, subject: Option<usize>) -> Option<usize> {
        let scene = &self.scene;
        let subject = subject.filter(|&s| scene.upos(s) == Upos::Pron)?;
        if !scene
            .lexicon
            .predicates
            .referring
            .contains(&scene.lemma(subject).to_lowercase())
        {
            return None;
        }
        let mut at = index;
        while let Some(parent) = scene.clauses[at].parent {
            at = parent;
            let above = scene.clauses[at].subject;
            if above.is_some_and(|s| Self::inside(self.source, s) || Self::inside(self.target, s)) {
                return above;
            }
        }
        None
    }

    /// Clues of the word that a clause hangs on: "agreed to lift", "a plan to lift", "said … lifted".
    fn above(&mut self, index: usize, fitting: &str, roles: (Role, Role)) {
        let scene = self.scene;
        let clause = &scene.clauses[index];
        let Some(word) = scene.sentence.head(clause.head) else {
            return;
        };
        let kind = match clause.relation {
            Relation::Open => "open",
            Relation::Content => "content",
            Relation::Participle => "participle",
            _ => return,
        };
        let (above, lemma) = (scene.lemma(word), scene.lemma(clause.head));
        let marker = clause.marker.map_or("", |m| scene.lemma(m));
        self.add(word, &["under", above, kind, marker, lemma]);
        self.add(word, &["under", above, kind, marker, "fits", fitting]);
        self.add(
            word,
            &["under", above, kind, roles.0.name(), roles.1.name()],
        );
    }

    fn nouns(&mut self) {
        let scene = self.scene;
        for noun in 0..scene.sentence.len() {
            if !may_tell(&scene, noun)
                || Self::inside(self.source, noun) && self.source.is_some_and(|s| s.head == noun)
            {
                continue;
            }
            let args = args::lent(&scene, noun).unwrap_or_else(|| args::of_noun(&scene, noun));
            let hit = self.matcher.noun(noun, &args);
            self.argument_clues(noun, &args, hit, false);
        }
    }

    /// Clues of a verb or noun with its arguments.
    fn argument_clues(&mut self, head: usize, args: &Args, hit: Option<Hit<'b>>, verb: bool) {
        let scene = self.scene;
        let (source, source_prep) = self.role_or_speaker(self.source, args);
        let (target, target_prep) = self.role_or_speaker(self.target, args);
        let roles = Roles { source, target };
        let (sp, tp) = (
            source_prep.as_deref().unwrap_or(""),
            target_prep.as_deref().unwrap_or(""),
        );
        let lemma = scene.lemma(head);
        let particle = scene.particle(head).unwrap_or("");
        let kind = if verb { "act" } else { "noun" };
        let touched = (source, target) != (Role::None, Role::None);
        if touched {
            self.add(
                head,
                &[kind, lemma, particle, source.name(), sp, target.name(), tp],
            );
            self.add(head, &[kind, lemma, particle]);
            self.add(head, &[kind, "of", source.name(), sp, target.name(), tp]);
            if source != Role::None {
                self.add(head, &[kind, lemma, particle, "from", source.name(), sp]);
            }
            if target != Role::None {
                self.add(head, &[kind, lemma, particle, "to", target.name(), tp]);
            }
            if let Some(object) = args.obj {
                let object = scene.lemma(object);
                self.add(head, &["does", lemma, particle, object]);
                self.add(head, &["object", object]);
            }
            if let Some(compl) = args.compl {
                let compl = scene.lemma(compl);
                self.add(head, &["does", lemma, particle, "to", compl]);
                self.add(head, &["complement", compl]);
            }
            for (p, noun) in args.preps.iter().take(4) {
                self.add(head, &["does", lemma, p, scene.lemma(*noun)]);
                self.add(head, &["with", lemma, p]);
            }
        }
        for (root, weak) in self.roots_of(head, verb) {
            if touched {
                self.add(head, &["listed", root, weak, source.name(), target.name()]);
            }
            self.add(head, &["listed", root, weak]);
        }
        if let Some(hit) = hit {
            let root = self.matcher.book.root_name(hit.pattern).unwrap_or("null");
            let place = |spot: Option<Spot>, token: Option<usize>| match token {
                None => "-",
                Some(t) if Self::inside(spot, t) => "is",
                Some(t) => {
                    let below = spot.is_some_and(|s| {
                        args::coordinated(&scene, t).contains(&s.head)
                            || scene.sentence.dominates(t, s.head)
                    });
                    if below { "below" } else { "other" }
                }
            };
            let s = place(self.source, hit.source);
            let t = place(self.target, hit.target);
            let crossed = place(self.source, hit.target);
            let narrow = match hit.pattern.conditions() {
                0 => "any",
                1 => "narrow",
                _ => "narrower",
            };
            self.add(head, &["fits", root, s, t]);
            self.add(head, &["fits", root, s, t, narrow]);
            self.add(head, &["fits", root, "from", s]);
            self.add(head, &["fits", root, "to", t]);
            if crossed == "is" {
                self.add(head, &["fits", root, "crossed"]);
            }
            if touched {
                self.add(head, &["fits", root]);
            }
            self.out.hits.push((head, hit, roles));
        }
    }

    /// Roots under which the codebook lists the word, strong entries and weak ones.
    fn roots_of(&self, head: usize, verb: bool) -> Vec<(&'b str, &'static str)> {
        let book = self.matcher.book;
        let lemma = self.scene.lemma(head);
        let mut roots = Vec::new();
        let mut note = |pattern: &'b detente_codebook::events::Pattern| {
            let root = book.root_name(pattern).unwrap_or("null");
            let weak = if pattern.conditions() == 0 {
                "alone"
            } else {
                "if"
            };
            if !roots.contains(&(root, weak)) {
                roots.push((root, weak));
            }
        };
        if verb {
            for entry in book.verbs(lemma) {
                note(entry.pattern);
            }
        } else {
            for entry in book.nouns(lemma) {
                note(entry.pattern);
            }
        }
        roots
    }

    /// The way through the tree from one actor to the other.
    fn path(&mut self) {
        let scene = self.scene;
        let (Some(source), Some(target)) = (self.source, self.target) else {
            return;
        };
        let up = |mut at: usize| {
            let mut way = vec![at];
            while let Some(head) = scene.sentence.head(at) {
                way.push(head);
                at = head;
            }
            way
        };
        let (from, to) = (up(source.head), up(target.head));
        let top = from.iter().copied().find(|t| to.contains(t));
        let relation = |way: &[usize], i: usize| {
            let below = way[i - 1];
            let name = scene.deprel(below).as_str();
            scene
                .preposition(below)
                .map_or_else(|| name.to_owned(), |p| format!("{name}:{p}"))
        };
        for (side, way) in [("source", &from), ("target", &to)] {
            let mut first = true;
            for i in 1..way.len() {
                let token = way[i];
                let at_top = Some(token) == top;
                if Self::inside(self.source, token) || Self::inside(self.target, token) {
                    if at_top {
                        break;
                    }
                    continue;
                }
                let lemma = scene.lemma(token);
                let name = relation(way, i);
                self.add(token, &["way", side, lemma]);
                if first {
                    self.add(token, &["first", side, &name, lemma]);
                    first = false;
                }
                if clause::is_predicate(scene.sentence, token) {
                    self.add(token, &["over", side, &name, lemma]);
                    break;
                }
                if at_top {
                    break;
                }
            }
        }
        if let Some(top) = top {
            self.add(top, &["top", scene.lemma(top)]);
            let shape: Vec<&str> = from
                .iter()
                .take_while(|t| **t != top)
                .map(|&t| scene.deprel(t).as_str())
                .chain(["^"])
                .chain(
                    to.iter()
                        .take_while(|t| **t != top)
                        .map(|&t| scene.deprel(t).as_str()),
                )
                .collect();
            if shape.len() < 9 {
                self.add_whole(&["shape", &shape.join(" ")]);
                self.add(top, &["shape", &shape.join(" "), scene.lemma(top)]);
            }
        }
        // Vectors of the words that stand where the act is told.
        let predicate = |way: &[usize]| {
            way.iter()
                .skip(1)
                .copied()
                .find(|&t| clause::is_predicate(scene.sentence, t))
        };
        let of_source = predicate(&from);
        let of_target = predicate(&to);
        let object = |p: Option<usize>| p.and_then(|p| scene.sentence.child(p, Deprel::Obj));
        let opened = of_source.and_then(|p| {
            let opens = |c: &usize| matches!(scene.deprel(*c), Deprel::Xcomp | Deprel::Ccomp);
            scene.sentence.children(p).find(opens)
        });
        let one = |token: Option<usize>| token.into_iter().collect::<Vec<_>>();
        let dim = self.vectors.dim();
        self.out.dense.resize(SLOTS * dim, 0.0);
        let (low, high) = self.window();
        for (slot, tokens) in [
            one(of_source),
            one(of_target),
            one(object(of_source)),
            one(object(of_target)),
            one(opened),
            one(from.get(1).copied()),
            one(to.get(1).copied()),
            vec![target.head],
            (low..=high)
                .filter(|&i| !Self::inside(self.source, i) && !Self::inside(self.target, i))
                .collect(),
            (0..scene.sentence.len()).collect(),
        ]
        .into_iter()
        .enumerate()
        {
            let mean = tokens.len() > 1;
            for token in tokens {
                if mean && !matches!(scene.upos(token), Upos::Noun | Upos::Verb | Upos::Adj) {
                    continue;
                }
                let into = &mut self.out.dense[slot * dim..(slot + 1) * dim];
                self.vectors.add(scene.lemma(token), into);
            }
            let part = &mut self.out.dense[slot * dim..(slot + 1) * dim];
            let length = part.iter().map(|x| x * x).sum::<f32>().sqrt();
            if length > 0.0 {
                part.iter_mut().for_each(|x| *x /= length);
            }
        }
    }

    /// What the marked phrases are.
    fn marks(&mut self) {
        for (side, spot) in [("source", self.source), ("target", self.target)] {
            let Some(spot) = spot else { continue };
            let lemma = self.lemma(spot.head).to_owned();
            let actor = if self.who.is_state(spot.head) {
                "state"
            } else if self.who.is_person(spot.head) {
                "person"
            } else if self.who.is_actor(spot.head) {
                "actor"
            } else {
                "thing"
            };
            self.add(spot.head, &["the", side, &lemma]);
            self.add(spot.head, &["the", side, "is", actor]);
        }
        if let (Some(s), Some(t)) = (self.source, self.target) {
            let order = if s.first < t.first {
                "source first"
            } else {
                "target first"
            };
            self.add_whole(&[order]);
            let near = s.last.abs_diff(t.first).min(t.last.abs_diff(s.first));
            let near = match near {
                0..=2 => "near",
                3..=8 => "apart",
                _ => "far apart",
            };
            self.add_whole(&[order, near]);
            // The words that touch the marks.
            for (side, spot) in [("source", s), ("target", t)] {
                if spot.last + 1 < self.scene.sentence.len() {
                    let word = self.scene.lemma(spot.last + 1).to_owned();
                    self.add(spot.last + 1, &["behind", side, &word]);
                }
                if spot.first > 0 {
                    let word = self.scene.lemma(spot.first - 1).to_owned();
                    self.add(spot.first - 1, &["before", side, &word]);
                    if spot.first > 1 {
                        let further = self.scene.lemma(spot.first - 2).to_owned();
                        self.add(spot.first - 2, &["before", side, &further, &word]);
                    }
                }
            }
        }
    }
}

/// A clue as a number: the same for the same parts, whatever their case (FNV-1a).
pub(crate) fn key(parts: &[&str]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes() {
            hash ^= u64::from(byte.to_ascii_lowercase());
            hash = hash.wrapping_mul(0x0100_0000_01b3);
        }
        hash ^= 0x1f;
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    }
    (hash ^ hash >> 32) as u32
}
