//! What the parser looks at before each decision.

use crate::parser::{NONE, Node, State};
use crate::weights::feature;

/// Distances above 4 are put together.
fn near(distance: u32) -> u32 {
    match distance {
        0..=4 => distance,
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// Writes the features of a state.
pub(crate) fn features(state: &State, out: &mut Vec<u32>) {
    out.clear();
    let [i0, i1, i2] = [state.stacked(0), state.stacked(1), state.stacked(2)];
    let at = |i: u32| -> &Node { state.node(i) };
    let (s0, s1, s2, s3) = (at(i0), at(i1), at(i2), at(state.stacked(3)));
    let j0 = state.ahead(0);
    let (b0, b1) = (at(j0), at(state.ahead(1)));
    let (b2, b3) = (at(state.ahead(2)), at(state.ahead(3)));
    let (s0l, s0r) = (at(s0.left[0]), at(s0.right[0]));
    let (s0l2, s0r2) = (at(s0.left[1]), at(s0.right[1]));
    let (s1l, s1r) = (at(s1.left[0]), at(s1.right[0]));
    let (s1l2, s1r2) = (at(s1.left[1]), at(s1.right[1]));
    let (b0l, b0l2) = (at(b0.left[0]), at(b0.left[1]));
    let label = |n: &Node| n.deprel as u32 | if n.head == NONE { 0x100 } else { 0 };

    let gap_b = if i0 == NONE { 8 } else { near(j0 - i0) };
    let gap_s = if i1 == NONE { 8 } else { near(i0 - i1) };
    let commas_s = (s0.commas.wrapping_sub(s1.commas)).min(3);
    let commas_b = (b0.commas.wrapping_sub(s0.commas)).min(3);
    let verbs_s = (s0.verbs.wrapping_sub(s1.verbs)).min(3);
    let verbs_b = (b0.verbs.wrapping_sub(s0.verbs)).min(3);
    let tt = |a: &Node, b: &Node| a.tag << 8 | b.tag;
    let uu = |a: &Node, b: &Node| a.upos << 8 | b.upos;

    out.extend([
        feature(1, 0, 0, 0),
        // Single words.
        feature(2, s0.word, 0, 0),
        feature(3, s0.tag, 0, 0),
        feature(4, s0.word, s0.tag, 0),
        feature(5, s1.word, 0, 0),
        feature(6, s1.tag, 0, 0),
        feature(7, s1.word, s1.tag, 0),
        feature(8, s2.word, s2.tag, 0),
        feature(9, s2.tag, s3.tag, 0),
        feature(10, b0.word, 0, 0),
        feature(11, b0.tag, 0, 0),
        feature(12, b0.word, b0.tag, 0),
        feature(13, b1.word, b1.tag, 0),
        feature(14, b1.tag, 0, 0),
        feature(15, b2.word, b2.tag, 0),
        feature(16, b2.tag, b3.tag, 0),
        feature(17, s0.cluster, s0.upos, 0),
        feature(18, s1.cluster, s1.upos, 0),
        feature(19, b0.cluster, b0.upos, 0),
        feature(20, b1.cluster, b1.upos, 0),
        // Pairs.
        feature(21, s0.word, b0.word, 0),
        feature(22, s0.word, b0.tag, s0.tag),
        feature(23, s0.tag, b0.word, b0.tag),
        feature(24, tt(s0, b0), 0, 0),
        feature(25, tt(s0, b0), gap_b, commas_b),
        feature(26, s1.word, s0.word, 0),
        feature(27, s1.word, s0.tag, s1.tag),
        feature(28, s1.tag, s0.word, s0.tag),
        feature(29, tt(s1, s0), 0, 0),
        feature(30, tt(s1, s0), gap_s, commas_s),
        feature(31, s1.word, b0.word, 0),
        feature(32, tt(s1, b0), 0, 0),
        feature(33, tt(s1, b0), b0.word, 0),
        feature(34, b0.word, b1.word, 0),
        feature(35, tt(b0, b1), 0, 0),
        feature(36, tt(s0, b1), 0, 0),
        feature(37, s0.coarse, b0.coarse, uu(s0, b0)),
        feature(38, s1.coarse, s0.coarse, uu(s1, s0)),
        feature(39, s1.coarse, b0.coarse, uu(s1, b0)),
        feature(40, s0.word, b0.cluster, b0.upos),
        feature(41, s0.cluster, b0.word, s0.upos),
        feature(42, s1.word, s0.cluster, s0.upos),
        feature(43, s1.cluster, s0.word, s1.upos),
        // Triples.
        feature(44, tt(s0, b0), b1.tag, 0),
        feature(45, tt(s1, s0), b0.tag, 0),
        feature(46, tt(s2, s1), s0.tag, 0),
        feature(47, tt(b0, b1), b2.tag, 0),
        feature(48, s0.word, tt(b0, b1), 0),
        feature(49, tt(s1, s0), b0.tag, b0.word),
        feature(50, tt(s1, s0), b0.tag, s0.word),
        feature(51, tt(s1, s0), b0.tag, s1.word),
        feature(52, tt(s1, s0), tt(b0, b1), 0),
        feature(53, uu(s2, s1), uu(s0, b0), b1.upos),
        feature(54, tt(s0, b0), b1.tag, b0.word),
        // Dependents so far.
        feature(55, tt(s0, s0l), b0.tag, label(s0l)),
        feature(56, tt(s0, s0r), b0.tag, label(s0r)),
        feature(57, tt(s0, b0), tt(b0l, b0l2), label(b0l)),
        feature(58, tt(s1, s0), s1r.tag, label(s1r)),
        feature(59, tt(s1, s0), s1l.tag, label(s1l)),
        feature(60, tt(s1, s0), s0l.tag, label(s0l)),
        feature(61, tt(s1, s0), s0r.tag, label(s0r)),
        feature(62, tt(s0l, s0l2), s0.tag, label(s0l) << 16 | label(s0l2)),
        feature(63, tt(s0r, s0r2), s0.tag, label(s0r) << 16 | label(s0r2)),
        feature(64, tt(s1r, s1r2), s1.tag, label(s1r) << 16 | label(s1r2)),
        feature(65, tt(s1l, s1l2), s1.tag, label(s1l) << 16 | label(s1l2)),
        feature(66, s0.tag, s0.left_set, 0),
        feature(67, s0.tag, s0.right_set, b0.tag),
        feature(68, s1.tag, s1.right_set, s0.tag),
        feature(69, s1.tag, s1.left_set, s0.tag),
        feature(70, b0.tag, b0.left_set, s0.tag),
        feature(71, s0.word, s0.left_set, s0.tag),
        feature(72, s0.word, s0.right_set, b0.tag),
        feature(73, s1.word, s1.right_set, s0.tag),
        feature(74, s0.tag, s0.left_count << 8 | s0.right_count, b0.tag),
        feature(75, s1.tag, s1.left_count << 8 | s1.right_count, s0.tag),
        feature(76, s0.word, s0l.word, 1),
        feature(77, s0.word, s0r.word, 2),
        feature(78, s1.word, s1r.word, 3),
        feature(79, s1.word, s1l.word, 4),
        feature(80, b0.word, b0l.word, 5),
    ]);
    out.extend([
        // Prepositions and conjunctions of the dependents.
        feature(81, s0.marker, s1.word, s0.upos),
        feature(82, s0.marker, tt(s1, s0), 0),
        feature(83, s0.marker, s1.marker, uu(s1, s0)),
        feature(84, s0.marker, s1.cluster, s1.upos),
        feature(85, s0.marker, s2.word, s2.tag),
        feature(86, b0.marker, tt(s0, b0), 0),
        feature(87, b0.marker, s0.word, b0.upos),
        feature(88, s1.marker, b0.tag, tt(s1, s0)),
        feature(89, s0.marker, s0.word, 0),
        // Distance, punctuation and verbs between.
        feature(90, gap_s, commas_s, verbs_s),
        feature(91, gap_b, commas_b, verbs_b),
        feature(92, tt(s1, s0), commas_s, verbs_s),
        feature(93, tt(s0, b0), commas_b, verbs_b),
        feature(94, s1.word, gap_s, s0.upos),
        feature(95, s0.word, gap_b, b0.upos),
        feature(96, s0.word, gap_s, s1.upos),
        feature(97, b0.word, gap_b, s0.upos),
        feature(98, s0.left_set, s1.right_set, uu(s1, s0)),
        feature(99, tt(s1, s0), s0.left_set, b0.tag),
        feature(100, tt(s2, s1), tt(s0, b0), 0),
    ]);
}
