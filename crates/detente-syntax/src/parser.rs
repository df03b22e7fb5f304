//! The arc-hybrid transition system: a tree is built from left to right, one decision at a time.
//!
//! The words wait in a buffer, with the root of all after the last word. `Shift` moves the first
//! one to the stack; `Left` makes the top of the stack a dependent of the first word of the buffer;
//! `Right` makes it a dependent of the word under it on the stack. Every run of decisions ends after
//! twice as many steps as there are words, in a projective tree with one root.

use crate::Deprel;
use crate::features::features;
use crate::model::{ModelError, Reader};
use crate::weights::{Scorer, Weights};
use crate::word::Word;

/// No word.
pub(crate) const NONE: u32 = u32::MAX;

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Move {
    /// First word of the buffer to the stack.
    Shift,
    /// The top of the stack depends on the first word of the buffer.
    Left(Deprel),
    /// The top of the stack depends on the word under it.
    Right(Deprel),
}

/// Moves and weights.
pub(crate) struct ParserModel {
    pub(crate) moves: Vec<Move>,
    pub(crate) weights: Weights,
}

impl ParserModel {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.u8()?;
        let moves = (0..count)
            .map(|_| {
                let (kind, deprel) = (reader.u8()?, reader.u8()?);
                let deprel = Deprel::ALL.get(deprel as usize);
                match (kind, deprel) {
                    (0, _) => Ok(Move::Shift),
                    (1, Some(&deprel)) => Ok(Move::Left(deprel)),
                    (2, Some(&deprel)) => Ok(Move::Right(deprel)),
                    _ => Err(ModelError::Damaged("an unknown parser move")),
                }
            })
            .collect::<Result<Vec<_>, _>>()?;
        let has = |m: fn(&Move) -> bool| moves.iter().any(m);
        let weights = Weights::read(reader)?;
        let complete = has(|m| *m == Move::Shift)
            && has(|m| *m == Move::Left(Deprel::Root))
            && has(|m| matches!(m, Move::Left(d) if *d != Deprel::Root))
            && has(|m| matches!(m, Move::Right(_)));
        if weights.classes() != moves.len() || !complete {
            return Err(ModelError::Damaged("moves and weights do not fit"));
        }
        Ok(Self { moves, weights })
    }
}

/// Writes what [`ParserModel::read`] reads before the weights.
pub(crate) fn write_moves(out: &mut Vec<u8>, moves: &[Move]) {
    out.push(moves.len() as u8);
    for m in moves {
        out.extend(match m {
            Move::Shift => [0, 0],
            Move::Left(deprel) => [1, *deprel as u8],
            Move::Right(deprel) => [2, *deprel as u8],
        });
    }
}

/// What the parser knows of a word in the tree so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// Hash of the word in lower case.
    pub(crate) word: u32,
    /// Number of its tag.
    pub(crate) tag: u32,
    /// Its universal part of speech.
    pub(crate) upos: u32,
    /// Its word class.
    pub(crate) cluster: u32,
    /// The same with fewer groups.
    pub(crate) coarse: u32,
    /// Commas and the like up to here.
    pub(crate) commas: u32,
    /// Verbs up to here.
    pub(crate) verbs: u32,
    pub(crate) head: u32,
    pub(crate) deprel: Deprel,
    /// Outermost dependents on the left and those next to them.
    pub(crate) left: [u32; 2],
    /// Outermost dependents on the right and those next to them.
    pub(crate) right: [u32; 2],
    pub(crate) left_count: u32,
    pub(crate) right_count: u32,
    /// Relations of the dependents on the left as bits (modulo 32), then on the right.
    pub(crate) left_set: u32,
    pub(crate) right_set: u32,
    /// The first preposition, subordinator or conjunction below it.
    pub(crate) marker: u32,
}

impl Node {
    const EMPTY: Self = Self {
        word: 0,
        tag: 254,
        upos: 31,
        cluster: 0xffff,
        coarse: 0xffff,
        commas: 0,
        verbs: 0,
        head: NONE,
        deprel: Deprel::Dep,
        left: [NONE; 2],
        right: [NONE; 2],
        left_count: 0,
        right_count: 0,
        left_set: 0,
        right_set: 0,
        marker: NONE,
    };
}

/// A tree under construction, with its buffers.
#[derive(Default)]
pub(crate) struct State {
    /// The words, then the root of all, then a stand-in for "no word".
    pub(crate) nodes: Vec<Node>,
    pub(crate) stack: Vec<u32>,
    /// First word of the buffer; the root of all is word `len`.
    pub(crate) next: u32,
    pub(crate) len: u32,
}

impl State {
    /// Starts on a sentence; `tags[i]` is the number and universal part of speech of word `i`.
    pub(crate) fn start(
        &mut self,
        words: &[Word],
        tags: impl Iterator<Item = (u8, crate::Upos)>,
        commas: &[u32],
    ) {
        use crate::Upos;
        self.nodes.clear();
        self.stack.clear();
        self.next = 0;
        self.len = words.len() as u32;
        let (mut comma_count, mut verb_count) = (0, 0);
        for (word, (tag, upos)) in words.iter().zip(tags) {
            comma_count += u32::from(upos == Upos::Punct && commas.contains(&word.lower));
            verb_count += u32::from(upos == Upos::Verb);
            self.nodes.push(Node {
                word: word.lower,
                tag: u32::from(tag),
                upos: upos as u32,
                cluster: u32::from(word.class.cluster),
                coarse: u32::from(word.class.coarse),
                commas: comma_count,
                verbs: verb_count,
                ..Node::EMPTY
            });
        }
        self.nodes.push(Node {
            word: 1,
            tag: 253,
            upos: 30,
            commas: comma_count,
            verbs: verb_count,
            ..Node::EMPTY
        });
        self.nodes.push(Node::EMPTY);
    }

    /// Node `i`, or the stand-in.
    #[inline]
    pub(crate) fn node(&self, i: u32) -> &Node {
        &self.nodes[(i as usize).min(self.nodes.len() - 1)]
    }

    /// The `depth`-th word of the stack from the top.
    #[inline]
    pub(crate) fn stacked(&self, depth: usize) -> u32 {
        match self.stack.len().checked_sub(depth + 1) {
            Some(i) => self.stack[i],
            None => NONE,
        }
    }

    /// The `ahead`-th word of the buffer.
    #[inline]
    pub(crate) fn ahead(&self, ahead: u32) -> u32 {
        let i = self.next + ahead;
        if i <= self.len { i } else { NONE }
    }

    /// True when the tree is whole.
    pub(crate) fn done(&self) -> bool {
        self.next == self.len && self.stack.is_empty()
    }

    /// True if the move is possible here.
    #[inline]
    pub(crate) fn allows(&self, m: Move) -> bool {
        match m {
            Move::Shift => self.next < self.len,
            // The root of all gets the last word on the stack and no other.
            Move::Left(Deprel::Root) => self.next == self.len && self.stack.len() == 1,
            Move::Left(_) => self.next < self.len && !self.stack.is_empty(),
            Move::Right(deprel) => self.stack.len() > 1 && deprel != Deprel::Root,
        }
    }

    /// Makes a move that is allowed.
    pub(crate) fn make(&mut self, m: Move) {
        match m {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left(deprel) => {
                let (Some(child), head) = (self.stack.pop(), self.next) else {
                    return;
                };
                self.attach(child, head, deprel);
                let node = &mut self.nodes[head as usize];
                node.left = [child, node.left[0]];
                node.left_count += 1;
                node.left_set |= 1 << (deprel as u32 % 32);
            }
            Move::Right(deprel) => {
                let Some(child) = self.stack.pop() else {
                    return;
                };
                let head = self.stacked(0);
                self.attach(child, head, deprel);
                let node = &mut self.nodes[head as usize];
                node.right = [child, node.right[0]];
                node.right_count += 1;
                node.right_set |= 1 << (deprel as u32 % 32);
            }
        }
    }

    fn attach(&mut self, child: u32, head: u32, deprel: Deprel) {
        self.nodes[child as usize].head = head;
        self.nodes[child as usize].deprel = deprel;
        if matches!(deprel, Deprel::Case | Deprel::Mark | Deprel::Cc) {
            let word = self.nodes[child as usize].word;
            let node = &mut self.nodes[head as usize];
            if node.marker == NONE {
                node.marker = word;
            }
        }
    }
}

/// Buffers of the parser.
#[derive(Default)]
pub(crate) struct ParserWork {
    pub(crate) features: Vec<u32>,
    pub(crate) scores: Vec<i32>,
}

/// The best move that is allowed; the first one of equals.
pub(crate) fn best_move(
    scorer: &impl Scorer,
    moves: &[Move],
    state: &State,
    work: &mut ParserWork,
) -> usize {
    features(state, &mut work.features);
    work.scores.clear();
    work.scores.resize(moves.len(), 0);
    scorer.add(&work.features, &mut work.scores);
    best_where(&work.scores, |m| state.allows(moves[m])).unwrap_or(0)
}

/// The class with the highest score among those wanted.
pub(crate) fn best_where(scores: &[i32], wanted: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best = None;
    let mut best_score = i32::MIN;
    for (class, &score) in scores.iter().enumerate() {
        if score > best_score && wanted(class) {
            best = Some(class);
            best_score = score;
        }
    }
    best
}

/// Builds the tree.
pub(crate) fn parse(model: &ParserModel, state: &mut State, work: &mut ParserWork) {
    while !state.done() {
        let best = best_move(&model.weights, &model.moves, state, work);
        state.make(model.moves[best]);
    }
}
