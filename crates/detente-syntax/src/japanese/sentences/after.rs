//! What comes after a full stop or a quotation: a tail of the sentence, or words that carry it on.

use super::super::chars::{DIGIT, HIRAGANA, fold, script};

/// Longest bracket that belongs to the sentence before it, in characters.
const LONGEST: usize = 30;

/// True if the text goes on with a particle (…か？と聞いた), not with a word that begins like one.
pub(super) fn continues(rest: &str) -> bool {
    const PARTICLES: [char; 12] = [
        'と', 'っ', 'の', 'が', 'は', 'を', 'に', 'も', 'や', 'で', 'な', 'へ',
    ];
    const WORDS: [&str; 25] = [
        "とて",
        "とり",
        "とき",
        "はい",
        "はじ",
        "もう",
        "もし",
        "もっと",
        "やは",
        "やっ",
        "でも",
        "では",
        "なぜ",
        "なお",
        "とても",
        "ところ",
        "とうと",
        "とも",
        "なるほど",
        "なんと",
        "はたして",
        "はや",
        "のち",
        "にわか",
        "やがて",
    ];
    rest.starts_with(PARTICLES) && !WORDS.iter().any(|word| rest.starts_with(word))
}

/// True if the sentence goes on after a quotation that ends with a full stop: with a particle or
/// another ending, but not with words that begin a sentence.
pub(super) fn carried_on(rest: &str) -> bool {
    const BEGINNINGS: [&str; 16] = [
        "そう",
        "こう",
        "それ",
        "これ",
        "しか",
        "だが",
        "また",
        "この",
        "その",
        "あの",
        "さら",
        "ただ",
        "やが",
        "もっと",
        "そし",
        "ところ",
    ];
    let hiragana = rest.starts_with(|c| script(c) == HIRAGANA);
    !rest.starts_with(|c: char| c.is_alphanumeric())
        || hiragana && !BEGINNINGS.iter().any(|word| rest.starts_with(word))
}

/// The length of what belongs to the sentence after its full stop: the number of a note, the name
/// of an agency, a source, a mark of laughter, a hashtag. 0 if there is nothing of the kind.
///
/// A bracket with a sentence of its own in it is none.
pub(super) fn tail(rest: &str) -> usize {
    let mut length = 0;
    while let Some(more) = one(&rest[length..]) {
        length += more;
    }
    length
}

fn one(rest: &str) -> Option<usize> {
    let tagged = rest.trim_start_matches([' ', '\u{3000}']);
    if let Some(tag) = tagged.strip_prefix(['#', '＃']) {
        let after = tag.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        let count = tag[..tag.len() - after.len()]
            .chars()
            .take(LONGEST + 1)
            .count();
        return (1..=LONGEST)
            .contains(&count)
            .then_some(rest.len() - after.len());
    }
    let first = rest.chars().next()?;
    let after = &rest[first.len_utf8()..];
    let close = match first {
        '笑' if after.is_empty() || after.starts_with(char::is_whitespace) => {
            return Some(first.len_utf8());
        }
        '♪' | '、' | '，' => return Some(first.len_utf8()),
        '*' | '＊' | '※' => {
            let rest_of = after.trim_start_matches(|c| script(fold(c)) == DIGIT);
            let digits = after[..after.len() - rest_of.len()].chars().count();
            return (1..=2)
                .contains(&digits)
                .then_some(rest.len() - rest_of.len());
        }
        '＝' => {
            // The source of a picture, up to the end of the line.
            let mut near = after.char_indices().take(LONGEST + 1);
            let end = near.find(|&(_, c)| matches!(c, '\n' | '\r'));
            let end = match end {
                Some((end, _)) => end,
                None if after.chars().nth(LONGEST).is_none() => after.len(),
                None => return None,
            };
            let line = &after[..end];
            let short = !line.contains(stops);
            return short.then_some(first.len_utf8() + line.len());
        }
        '（' => '）',
        '(' => ')',
        '[' => ']',
        '［' => '］',
        '〔' => '〕',
        _ => return None,
    };
    let mut inside = after.char_indices().take(LONGEST);
    let (end, _) = inside.find(|&(_, c)| c == close || c == '\n')?;
    let (inside, after) = (&after[..end], &after[end..]);
    if !after.starts_with(close) || inside.is_empty() || inside.contains(stops) {
        return None;
    }
    let after = &after[close.len_utf8()..];
    // （ソウル＝…） at the beginning of a sentence is not at the end of the one before.
    let place = inside.contains(['＝', '=']) && !after.trim_start().is_empty();
    let place = place && !after.starts_with(['\n', '\r']);
    (!place).then_some(first.len_utf8() + end + close.len_utf8())
}

fn stops(c: char) -> bool {
    matches!(c, '。' | '｡' | '！' | '？' | '!' | '?' | '．')
}
