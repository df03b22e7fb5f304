//! What a language's relations say of where a head can stand.
//!
//! The network tells each word's head without regard to the relation, and of no word what its
//! neighbours were given. Where a language has [`Habits`], heads are chosen together with the
//! relations that they would bring, and then what cannot be is put right: a part of a name before
//! its first word, a mark whose arc crosses another one, or quotation marks of which one hangs on
//! a word outside.

use super::best;
use super::math::exp;
use crate::Deprel;

/// A head this far behind the best one cannot win by the relation that it brings.
const MARGIN: f32 = 7.0;
/// What such a head loses, so that it does not win because its relation was not asked for.
const UNASKED: f32 = 2.0;
/// What a relation loses where it cannot be.
const NEVER: f32 = 8.0;
/// Words of a sentence that get another head; where there are more, it is no sentence.
const MOST: usize = 40;

/// What may be said of a relation.
#[derive(Clone, Copy, Default)]
struct Habit {
    /// It is the root's.
    root: bool,
    /// The word stands after its head.
    after: bool,
    /// All that stands between the word and its head hangs on the head.
    close: bool,
    /// The word is a mark: moreover no other arc leads over it unless it leads over its head too.
    mark: bool,
}

/// What is known of each relation.
pub(crate) struct Habits {
    relations: Vec<Habit>,
}

impl Habits {
    /// Those of Korean in both treebanks, where no sentence goes against them (of `flat`, `conj` and
    /// `appos` one in two hundred stands in a sentence in free order).
    pub(crate) fn korean(relations: &[Deprel]) -> Self {
        use Deprel::{Appos, Conj, Fixed, Flat, Punct, Root};
        let habit = |relation: &Deprel| Habit {
            root: *relation == Root,
            after: [Flat, Conj, Appos, Fixed].contains(relation),
            close: [Flat, Conj, Appos, Punct].contains(relation),
            mark: *relation == Punct,
        };
        Self {
            relations: relations.iter().map(habit).collect(),
        }
    }

    /// The best relation of word `word` (from 1) to `head`, and how likely it is (the logarithm).
    pub(crate) fn relation(
        &self,
        word: usize,
        head: usize,
        row: &[f32],
        bias: &[f32],
    ) -> (u16, f32) {
        let sums = || {
            let sums = row.iter().zip(bias).map(|(x, b)| x + b);
            sums.zip(&self.relations)
        };
        if head == 0 {
            let root = self.relations.iter().position(|habit| habit.root);
            return root.map_or_else(|| (best(row, bias), 0.0), |root| (root as u16, 0.0));
        }
        let most = sums().filter(|(_, habit)| !habit.root);
        let most = most.fold(f32::NEG_INFINITY, |most, (x, _)| most.max(x));
        let mut all = 0.0;
        let mut found = (0, f32::NEG_INFINITY);
        for (i, (x, habit)) in sums().enumerate() {
            if habit.root {
                continue;
            }
            all += exp(x - most);
            let never = habit.after && head > word;
            let x = if never { x - NEVER } else { x };
            if x > found.1 {
                found = (i as u16, x);
            }
        }
        (found.0, found.1 - most - all.ln())
    }

    /// Lets each pair of quotation marks hang on one word between them, or else the first mark on
    /// the word after it and the other one on the word before it, whatever scores more. `quotes`
    /// has the [`quote`] of each word.
    pub(crate) fn pair(&self, scores: &[f32], relations: &[u16], quotes: &[u8], heads: &mut [u32]) {
        let n = heads.len();
        let mark = |word: usize| self.relations[relations[word - 1] as usize].mark;
        let score = |word: usize, head: usize| scores[(word - 1) * (n + 1) + head];
        let mut open = [0; 5];
        for close in 1..=n {
            let kind = quotes[close - 1] as usize;
            if kind == 0 || !mark(close) {
                continue;
            }
            let first = std::mem::replace(&mut open[kind], close);
            if first == 0 {
                continue;
            }
            open[kind] = 0;
            let free = |heads: &[u32], word: usize| {
                !mark(word) && !below(heads, word, first) && !below(heads, word, close)
            };
            let within = || (first + 1..close).filter(|&word| free(heads, word));
            let (Some(next), Some(last)) = (within().next(), within().next_back()) else {
                continue;
            };
            let mut found = (next, last, score(first, next) + score(close, last));
            for word in within() {
                let sum = score(first, word) + score(close, word);
                // Between equals, one word for both.
                if sum > found.2 || sum == found.2 && found.0 != found.1 {
                    found = (word, word, sum);
                }
            }
            heads[first - 1] = found.0 as u32;
            heads[close - 1] = found.1 as u32;
        }
    }

    /// Gives another head to words whose relation does not go with the one that they have. `scores`
    /// are as in [`tree::heads`](super::tree::heads).
    pub(crate) fn mend(&self, scores: &[f32], relations: &[u16], heads: &mut [u32]) {
        let n = heads.len();
        let mut left = MOST;
        for word in 1..=n {
            let habit = self.relations[relations[word - 1] as usize];
            let head = heads[word - 1] as usize;
            let fits = |heads: &[u32], head: usize| {
                !habit.close
                    || together(heads, word, head) && !(habit.mark && crossed(heads, word, head))
            };
            if head == 0 || fits(heads, head) {
                continue;
            }
            let row = &scores[(word - 1) * (n + 1)..][..n + 1];
            let mut found = (head, f32::NEG_INFINITY);
            for (other, &score) in row.iter().enumerate().skip(1) {
                let better = score > found.1 && other != word;
                if better && !below(heads, other, word) && fits(heads, other) {
                    found = (other, score);
                }
            }
            heads[word - 1] = found.0 as u32;
            left -= 1;
            if left == 0 {
                return;
            }
        }
    }
}

/// Which quotation mark a word is: those of one number open and close in turn. 0 is none.
pub(crate) fn quote(form: &str) -> u8 {
    match form {
        "\"" => 1,
        "'" => 2,
        "“" | "”" => 3,
        "‘" | "’" => 4,
        _ => 0,
    }
}

/// Asks for the relations of heads that may win: calls `ask` with each word (from 1) and such a
/// head, in order.
pub(crate) fn likely(scores: &[f32], n: usize, mut ask: impl FnMut(usize, usize)) {
    for word in 1..=n {
        let row = &scores[(word - 1) * (n + 1)..][..n + 1];
        let least = most(row, word) - MARGIN;
        for (head, &score) in row.iter().enumerate() {
            if head != word && score > least {
                ask(word, head);
            }
        }
    }
}

/// Adds to the scores of the heads that [`likely`] asks for what `told` says of each.
pub(crate) fn weigh(scores: &mut [f32], n: usize, mut told: impl FnMut(usize, usize) -> f32) {
    for word in 1..=n {
        let row = &mut scores[(word - 1) * (n + 1)..][..n + 1];
        let least = most(row, word) - MARGIN;
        for (head, score) in row.iter_mut().enumerate() {
            *score += if head != word && *score > least {
                told(word, head)
            } else {
                -UNASKED
            };
        }
    }
}

/// The best score of a word's heads.
fn most(row: &[f32], word: usize) -> f32 {
    let others = row.iter().enumerate().filter(|(head, _)| *head != word);
    others.fold(f32::NEG_INFINITY, |most, (_, &score)| most.max(score))
}

/// True if word `at` is `above` or hangs on it, however deep.
fn below(heads: &[u32], mut at: usize, above: usize) -> bool {
    while at != 0 && at != above {
        at = heads[at - 1] as usize;
    }
    at == above
}

/// True if all between the word and `head` hang on either.
fn together(heads: &[u32], word: usize, head: usize) -> bool {
    (word.min(head) + 1..word.max(head)).all(|between| {
        let mut at = between;
        while at != 0 && at != head && at != word {
            at = heads[at - 1] as usize;
        }
        at != 0
    })
}

/// True if an arc leads over the word and not over `head`.
fn crossed(heads: &[u32], word: usize, head: usize) -> bool {
    heads.iter().zip(1..).any(|(&above, other)| {
        let (start, end) = (other.min(above as usize), other.max(above as usize));
        above != 0 && start < word && word < end && !(start..=end).contains(&head)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELATIONS: [Deprel; 4] = [Deprel::Root, Deprel::Flat, Deprel::Nsubj, Deprel::Punct];

    #[test]
    fn relations_keep_to_their_side() {
        let habits = Habits::korean(&RELATIONS);
        let (row, bias) = ([9.0, 3.0, 2.0, 0.0], [0.0; 4]);
        // 서울 | 시청 : the second word is the part of the name.
        assert_eq!(habits.relation(2, 1, &row, &bias).0, 1);
        assert_eq!(habits.relation(1, 2, &row, &bias).0, 2);
        assert_eq!(habits.relation(1, 0, &row, &bias), (0, 0.0));
        let (before, after) = (
            habits.relation(1, 2, &row, &bias).1,
            habits.relation(2, 1, &row, &bias).1,
        );
        assert!(before < after && after < 0.0);
    }

    #[test]
    fn marks_do_not_cross_arcs() {
        let habits = Habits::korean(&RELATIONS);
        // The arc between 1 and 3 leads over the mark 2, which hangs on 4.
        let mut heads = [3, 4, 0, 3];
        let mut scores = [0.0; 20];
        scores[5 + 4] = 5.0;
        scores[5 + 1] = 3.0;
        scores[5 + 3] = 1.0;
        habits.mend(&scores, &[2, 3, 0, 2], &mut heads);
        assert_eq!(heads, [3, 1, 0, 3]);
        let kept = heads;
        habits.mend(&scores, &[2, 3, 0, 2], &mut heads);
        assert_eq!(heads, kept);
    }

    #[test]
    fn quotation_marks_hang_together() {
        let habits = Habits::korean(&RELATIONS);
        // ' 새 시장 ' 열다
        let quotes = ["'", "새", "시장", "'", "열다"].map(quote);
        assert_eq!(quotes, [2, 0, 0, 2, 0]);
        let relations = [3, 2, 2, 3, 0];
        let before = [2, 3, 5, 5, 0];
        let paired = |open: [f32; 2], close: [f32; 2]| {
            let (mut heads, mut scores) = (before, [0.0; 30]);
            scores[2..4].copy_from_slice(&open);
            scores[18 + 2..18 + 4].copy_from_slice(&close);
            scores[18 + 5] = 9.0;
            habits.pair(&scores, &relations, &quotes, &mut heads);
            heads
        };
        assert_eq!(paired([3.0, 2.0], [1.0, 3.0]), [2, 3, 5, 3, 0]);
        assert_eq!(paired([3.0, 2.0], [2.0, 2.5]), [2, 3, 5, 3, 0]);
        assert_eq!(paired([3.0, 2.0], [2.0, 1.5]), [2, 3, 5, 2, 0]);
        assert_eq!(paired([2.0, 2.0], [1.0, 1.0]), [2, 3, 5, 2, 0]);
        assert_eq!(paired([1.0, 3.0], [1.0, 3.0]), [3, 3, 5, 3, 0]);
        let (mut heads, scores) = (before, [0.0; 30]);
        habits.pair(&scores, &[2, 2, 2, 3, 0], &quotes, &mut heads);
        assert_eq!(heads, before, "one of them is no mark");
    }

    #[test]
    fn names_stand_together() {
        let habits = Habits::korean(&RELATIONS);
        // The second part of the name stands behind the verb 2, which does not hang on the first.
        let mut heads = [2, 0, 2, 1];
        let mut scores = [0.0; 20];
        scores[15 + 1] = 5.0;
        scores[15 + 3] = 4.0;
        habits.mend(&scores, &[2, 0, 2, 1], &mut heads);
        assert_eq!(heads, [2, 0, 2, 3]);
    }

    #[test]
    fn only_near_heads_are_weighed() {
        let mut scores = [5.0, 0.0, 4.0, -9.0, 3.0, 0.0];
        let mut asked = Vec::new();
        likely(&scores, 2, |word, head| asked.push((word, head)));
        assert_eq!(asked, [(1, 0), (1, 2), (2, 1)]);
        weigh(&mut scores, 2, |word, head| (word * 10 + head) as f32);
        assert_eq!(scores, [15.0, -2.0, 16.0, -11.0, 24.0, -2.0]);
    }
}
