//! Which moves lose nothing: the dynamic oracle of the arc-hybrid system (Goldberg and Nivre 2013).

use crate::parser::{Move, State};

/// Number of right arcs that each kind of move makes impossible: shift, left, right.
pub(crate) fn costs(state: &State, heads: &[u32]) -> [u32; 3] {
    let next = state.next;
    let head_of = |i: u32| heads.get(i as usize).copied();
    // Dependents of `i` that still wait in the buffer, its first word among them.
    let waiting = |i: u32| {
        let words = next..state.len;
        words.filter(|&d| head_of(d) == Some(i)).count() as u32
    };
    let stack = &state.stack;
    let mut costs = [0; 3];
    if next < state.len {
        let head = head_of(next);
        let below = stack.len().saturating_sub(1);
        costs[0] += u32::from(stack[..below].iter().any(|&s| head == Some(s)));
        costs[0] += stack.iter().filter(|&&s| head_of(s) == Some(next)).count() as u32;
    }
    if let Some(&top) = stack.last() {
        let head = head_of(top);
        let lost = waiting(top);
        let under = state.stacked(1);
        costs[1] += lost + u32::from(head == Some(under) || head.is_some_and(|h| h > next));
        costs[2] += lost + u32::from(head.is_some_and(|h| h >= next));
    }
    costs
}

/// Is the move of least cost and, where it makes an arc, does it carry the right relation?
pub(crate) fn is_right(
    m: Move,
    costs: &[u32; 3],
    least: u32,
    right: Option<crate::Deprel>,
) -> bool {
    match m {
        Move::Shift => costs[0] == least,
        Move::Left(deprel) => costs[1] == least && Some(deprel) == right,
        Move::Right(deprel) => costs[2] == least && Some(deprel) == right,
    }
}

/// Lifts arcs until none crosses another, the shortest first; `heads` of the root is the number of
/// words.
pub(crate) fn projective(heads: &[u32]) -> Vec<u32> {
    let mut heads = heads.to_vec();
    let n = heads.len() as u32;
    loop {
        let dominated = |mut i: u32, by: u32| {
            let mut steps = 0;
            while i != by && i < n && steps <= n {
                i = heads[i as usize];
                steps += 1;
            }
            i == by
        };
        let crossed = (0..n)
            .filter(|&d| {
                let h = heads[d as usize];
                (d.min(h) + 1..d.max(h)).any(|k| !dominated(k, h))
            })
            .min_by_key(|&d| d.abs_diff(heads[d as usize]));
        match crossed {
            Some(d) if heads[d as usize] < n => {
                heads[d as usize] = heads[heads[d as usize] as usize];
            }
            _ => return heads,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Deprel;

    #[test]
    fn lifts_crossing_arcs() {
        // The arc from 3 to 1 passes over 2, which is above both.
        assert_eq!(projective(&[2, 3, 4, 2]), [2, 2, 4, 2]);
        let tree = [1, 4, 1, 2];
        assert_eq!(projective(&tree), tree);
    }

    #[test]
    fn a_right_run_costs_nothing() {
        // "They met ministers": both depend on word 1.
        let heads = [1, 3, 1];
        let mut state = State::default();
        let words = [crate::word::Word::default(); 3];
        let tags = std::iter::repeat_n((0, crate::Upos::X), 3);
        state.start(&words, tags, &[]);
        let run = [
            Move::Shift,
            Move::Left(Deprel::Nsubj),
            Move::Shift,
            Move::Shift,
            Move::Right(Deprel::Obj),
            Move::Left(Deprel::Root),
        ];
        for m in run {
            assert!(state.allows(m));
            let costs = costs(&state, &heads);
            let kind = match m {
                Move::Shift => 0,
                Move::Left(_) => 1,
                Move::Right(_) => 2,
            };
            assert_eq!(costs[kind], 0, "{m:?}");
            state.make(m);
        }
        assert!(state.done());
        assert_eq!(state.nodes[0].head, 1);
        assert_eq!(state.nodes[2].head, 1);
    }

    #[test]
    fn a_lost_dependent_costs_one() {
        let heads = [1, 3, 1];
        let mut state = State::default();
        let words = [crate::word::Word::default(); 3];
        state.start(&words, std::iter::repeat_n((0, crate::Upos::X), 3), &[]);
        state.make(Move::Shift);
        // Shifting word 1 now leaves its dependent under it on the stack.
        assert_eq!(costs(&state, &heads)[..2], [1, 0]);
    }
}
