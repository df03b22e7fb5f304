//! From scores of heads to a tree with one root.

/// Buffers of the search for the best tree.
#[derive(Default)]
pub(crate) struct TreeWork {
    scores: Vec<f32>,
    seen: Vec<u32>,
    cycle: Vec<u32>,
}

/// Writes the best tree's heads: 0 is the root, `i` the i-th word from 1.
///
/// `scores` has a row a word of `words + 1` numbers, how good each head is for it. Most sentences
/// need one look at each row; where the best heads make a cycle, it is mended after Chu, Liu and
/// Edmonds.
pub(crate) fn heads(scores: &[f32], work: &mut TreeWork, out: &mut [u32]) {
    let n = out.len();
    if n == 0 {
        return;
    }
    debug_assert_eq!(scores.len(), n * (n + 1));
    best_heads(scores, out);
    let roots = out.iter().filter(|&&h| h == 0).count();
    if roots == 1 && find_cycle(out, work).is_none() {
        return;
    }
    // One root: the word that loses least (or gains most) by it.
    let mut root = (0, f32::NEG_INFINITY);
    for i in 0..n {
        let row = &scores[i * (n + 1)..][..n + 1];
        let other = (1..=n).filter(|&h| h != i + 1).map(|h| row[h]);
        let other = other.fold(f32::NEG_INFINITY, f32::max);
        let gain = if n == 1 { 0.0 } else { row[0] - other };
        if gain > root.1 || i == 0 {
            root = (i, gain);
        }
    }
    work.scores.clear();
    work.scores.extend_from_slice(scores);
    let mut own = std::mem::take(&mut work.scores);
    for i in 0..n {
        let row = &mut own[i * (n + 1)..][..n + 1];
        if i == root.0 {
            row[1..].fill(f32::NEG_INFINITY);
        } else {
            row[0] = f32::NEG_INFINITY;
        }
    }
    best_heads(&own, out);
    break_cycles(&own, work, out);
    work.scores = own;
}

fn best_heads(scores: &[f32], out: &mut [u32]) {
    let n = out.len();
    for (i, head) in out.iter_mut().enumerate() {
        let row = &scores[i * (n + 1)..][..n + 1];
        let mut best = (if i == 0 { 0 } else { i }, f32::NEG_INFINITY);
        for (h, &score) in row.iter().enumerate() {
            if h != i + 1 && score > best.1 {
                best = (h, score);
            }
        }
        *head = best.0 as u32;
    }
}

/// A word on a cycle.
fn find_cycle(heads: &[u32], work: &mut TreeWork) -> Option<usize> {
    let n = heads.len();
    // 0: not seen; else seen on the walk from that word.
    work.seen.clear();
    work.seen.resize(n + 1, 0);
    for start in 1..=n {
        let mut at = start;
        while at != 0 && work.seen[at] == 0 {
            work.seen[at] = start as u32;
            at = heads[at - 1] as usize;
        }
        if at != 0 && work.seen[at] == start as u32 {
            return Some(at);
        }
    }
    None
}

/// Mends cycles one by one: the word whose change of head costs least leaves its cycle for the best
/// head outside everything that hangs on it. Greedy where cycles overlap, exact for a single one.
fn break_cycles(scores: &[f32], work: &mut TreeWork, out: &mut [u32]) {
    let n = out.len();
    while let Some(start) = find_cycle(out, work) {
        work.cycle.clear();
        let mut at = start;
        loop {
            work.cycle.push(at as u32);
            at = out[at - 1] as usize;
            if at == start {
                break;
            }
        }
        // What hangs on the cycle (1) or not (2).
        work.seen.fill(0);
        for &word in &work.cycle {
            work.seen[word as usize] = 1;
        }
        work.seen[0] = 2;
        for word in 1..=n {
            let (mut at, mut steps) = (word, 0);
            while work.seen[at] == 0 && steps <= n {
                at = out[at - 1] as usize;
                steps += 1;
            }
            let class = if work.seen[at] == 0 { 2 } else { work.seen[at] };
            let mut at = word;
            while work.seen[at] == 0 {
                work.seen[at] = class;
                at = out[at - 1] as usize;
            }
        }
        let mut best = (work.cycle[0] as usize, 0usize, f32::NEG_INFINITY);
        let mut any = None;
        for &word in &work.cycle {
            let row = &scores[(word as usize - 1) * (n + 1)..][..n + 1];
            let now = row[out[word as usize - 1] as usize];
            for (h, &score) in row.iter().enumerate() {
                if work.seen[h] == 2 && h != word as usize {
                    if score - now > best.2 {
                        best = (word as usize, h, score - now);
                    }
                    if h != 0 {
                        any = any.or(Some((word as usize, h)));
                    }
                }
            }
        }
        if best.2 == f32::NEG_INFINITY {
            // Nothing is allowed: any word outside, else the root.
            let (word, head) = any.unwrap_or((best.0, 0));
            best = (word, head, 0.0);
        }
        out[best.0 - 1] = best.1 as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(scores: &[f32], n: usize) -> Vec<u32> {
        let mut out = vec![0; n];
        heads(scores, &mut TreeWork::default(), &mut out);
        out
    }

    fn is_tree(heads: &[u32]) -> bool {
        let n = heads.len();
        heads.iter().filter(|&&h| h == 0).count() == 1
            && (1..=n).all(|word| {
                let (mut at, mut steps) = (word, 0);
                while at != 0 && steps <= n {
                    at = heads[at - 1] as usize;
                    steps += 1;
                }
                at == 0
            })
    }

    #[test]
    fn takes_the_best_heads_and_one_root() {
        // Word 1 and 2 both like the root; 2 likes it more.
        assert_eq!(tree(&[2.0, 0.0, 1.0, 5.0, 1.0, 0.0], 2), [2, 0]);
        // A cycle of 2 and 3 is broken where it costs least.
        let scores = [
            9.0, 0.0, 0.0, 0.0, //
            0.0, 4.0, 0.0, 5.0, //
            0.0, 1.0, 6.0, 0.0,
        ];
        assert_eq!(tree(&scores, 3), [0, 1, 2]);
    }

    #[test]
    fn any_scores_give_a_tree() {
        let mut state = 7u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 1e6
        };
        for n in (1..40).chain([97]) {
            let scores: Vec<f32> = (0..n * (n + 1)).map(|_| next()).collect();
            assert!(is_tree(&tree(&scores, n)));
        }
        for odd in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0] {
            assert!(is_tree(&tree(&[odd; 30], 5)), "{odd}");
        }
    }
}
