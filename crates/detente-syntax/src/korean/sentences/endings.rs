//! What carries a sentence on after a quotation, and how polite verbs end one without a mark.

use super::{hangul, is_mark, is_space};

/// Particles and verbs that carry a sentence on after a quotation.
const GO_ON: [&str; 26] = [
    "고",
    "라고",
    "라며",
    "라면서",
    "라는",
    "라",
    "며",
    "면서",
    "는",
    "란",
    "이라고",
    "이라며",
    "이라면서",
    "이라는",
    "이란",
    "하고",
    "하며",
    "하면서",
    "하는",
    "라던",
    "이라던",
    "라고도",
    "라고는",
    "라는데",
    "이라",
    "라거나",
];

/// Does the text after a closed quotation carry the sentence on? A particle without a space, or
/// one of a few words after a space.
pub(super) fn goes_on(rest: &str) -> bool {
    let line = rest.trim_start_matches([' ', '\u{a0}']);
    let near = &line[..line.floor_char_boundary(24)];
    let word = near
        .split(|c| is_space(c) || is_mark(c))
        .next()
        .unwrap_or("");
    let attached = line.len() == rest.len();
    GO_ON.contains(&word) || attached && !word.is_empty() && particle(word)
}

/// A particle as it stands after a closing mark.
fn particle(word: &str) -> bool {
    const PARTICLES: [&str; 34] = [
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "에서",
        "에게",
        "에는",
        "에도",
        "도",
        "만",
        "과",
        "와",
        "로",
        "으로",
        "나",
        "이나",
        "까지",
        "부터",
        "보다",
        "처럼",
        "조차",
        "마저",
        "밖에",
        "이다",
        "다",
        "였다",
        "이었다",
        "인",
        "인데",
        "이며",
    ];
    PARTICLES.contains(&word)
        || word.starts_with("라고")
        || word.starts_with("이라")
        || word.starts_with("라는")
        || word.starts_with("라며")
}

/// Does the text end in a polite ending of a verb that ends a sentence and is no other word?
pub(super) fn polite_end(text: &str) -> bool {
    const BEFORE_YO: &str = "어아네세해내데에까와줘여워예려래돼져게군";
    const BEFORE_YO_IN_LONG_WORDS: &str = "구고나지";
    let mut chars = text.chars().rev();
    let mut previous = || chars.next().filter(|&c| hangul(c));
    match (previous(), previous(), previous()) {
        // 합니다, 했습니다: the syllable before 니다 ends in ㅂ.
        (Some('다'), Some('니'), Some(c)) => (c as u32 - '가' as u32) % 28 == 17,
        (Some('오'), Some('시'), Some('십')) => true,
        (Some('요'), Some(c), before) => {
            BEFORE_YO.contains(c) || before.is_some() && BEFORE_YO_IN_LONG_WORDS.contains(c)
        }
        (Some('줘'), Some('려' | '여' | '아' | '해'), _) => true,
        _ => false,
    }
}
