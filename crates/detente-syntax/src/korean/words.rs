//! Eojeol and marks: words are cut at white space, and marks stand apart from them as in the
//! treebanks.

use detente_text::Span;

use super::sentences::is_space;

/// Latin abbreviations that keep their full stop inside a sentence.
const WITH_STOP: [&str; 16] = [
    "capt", "co", "col", "corp", "dr", "gen", "inc", "jr", "ltd", "mr", "mrs", "ms", "no", "sr",
    "st", "vs",
];

/// Finds the words of the sentence `text[start..end]`; they are appended to `out` in order.
///
/// A particle after a closing mark is a word of its own, as the treebanks have it. Places that do
/// not fit the text give nothing. Linear in the length of the sentence.
pub(crate) fn words(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let Some(sentence) = text.get(start..end) else {
        return;
    };
    let mut from = None;
    for (i, c) in sentence.char_indices() {
        if !is_space(c) {
            from.get_or_insert(i);
        } else if let Some(first) = from.take() {
            chunk(&sentence[first..i], start + first, false, out);
        }
    }
    if let Some(first) = from {
        chunk(&sentence[first..], start + first, true, out);
    }
}

/// Cuts a stretch without white space; `last` if the sentence ends with it.
fn chunk(chunk: &str, base: usize, last: bool, out: &mut Vec<Span>) {
    let mut push = |from: usize, to: usize| {
        if from < to {
            out.push(Span::new((base + from) as u32, (base + to) as u32));
        }
    };
    // Start of the word under way, the character before, and up to where no address was found.
    let (mut word, mut before, mut plain) = (0, None, 0);
    let mut quoted = false;
    let mut rest = chunk.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if at >= plain && c.is_ascii_alphanumeric() && word == at {
            let length = address(&chunk[at..]);
            plain = at + ascii_run(&chunk[at..]);
            if length > 0 {
                push(at, at + length);
                while rest.next_if(|&(i, _)| i < at + length).is_some() {}
                (word, before) = (at + length, Some('a'));
                continue;
            }
        }
        let next = rest.peek().map(|&(_, c)| c);
        if !is_mark(c) || stays(chunk, word, at, c, before, next, last) {
            before = Some(c);
            continue;
        }
        push(word, at);
        let mut to = at + c.len_utf8();
        let same = |most: usize| {
            chunk[at..]
                .chars()
                .take(most)
                .take_while(|&d| d == c)
                .count()
        };
        let joined = match c {
            '.' => same(3) == 3,
            '…' | '-' | '—' | '=' | '^' | '*' | '_' => same(2) == 2,
            '`' | '\'' => same(3) == 2 && !quoted,
            _ => false,
        };
        if joined {
            while let Some((i, _)) = rest.next_if(|&(_, d)| d == c) {
                to = i + c.len_utf8();
            }
        }
        quoted ^= c == '\'' && !joined;
        push(at, to);
        (word, before) = (to, Some(c));
    }
    push(word, chunk.len());
}

/// A character that is neither letter nor digit, nor part of the character before it.
pub(crate) fn is_mark(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    // The last two serve as dots between words.
    (!c.is_alphanumeric()
        && !matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{200c}' | '\u{200d}'))
        || matches!(c, 'ㆍ' | 'ᆞ')
}

/// Does the mark at `at` belong to the word that starts at `word`?
fn stays(
    chunk: &str,
    word: usize,
    at: usize,
    c: char,
    before: Option<char>,
    next: Option<char>,
    last: bool,
) -> bool {
    let next_is = |test: fn(char) -> bool| next.is_some_and(test);
    let within = word < at;
    let before_is = |test: fn(char) -> bool| within && before.is_some_and(test);
    let letter_or_digit = |c: char| c.is_alphanumeric();
    let ascii_digit = |c: char| c.is_ascii_digit();
    let latin = |c: char| c.is_ascii_alphabetic();
    match c {
        '.' => {
            let stem = &chunk[word..at];
            if before_is(ascii_digit) {
                return next_is(|c| c.is_ascii_alphanumeric());
            }
            if !before_is(latin) {
                return false;
            }
            // S.E.S.의, B.C., vs.
            let short =
                stem.len() == 1 || stem.len() < 16 && stem.contains('.') || abbreviation(stem);
            next_is(|c| c.is_ascii_alphanumeric())
                || short && (next_is(letter_or_digit) || next.is_none() && !last)
        }
        ',' | ':' | '·' | 'ㆍ' => before_is(ascii_digit) && next_is(ascii_digit),
        '-' => {
            next_is(letter_or_digit)
                && (before_is(letter_or_digit) || next_is(ascii_digit) && at == 0)
        }
        '~' => next_is(ascii_digit) && before_is(letter_or_digit),
        '&' | '_' => before_is(letter_or_digit) && next_is(letter_or_digit),
        '\'' | '’' => before_is(latin) && next_is(latin),
        '+' => before_is(latin),
        '°' => before_is(ascii_digit),
        _ => false,
    }
}

/// True for a Latin abbreviation, without its full stop.
pub(crate) fn abbreviation(stem: &str) -> bool {
    let same = |a: &&str| a.eq_ignore_ascii_case(stem);
    stem.len() <= 4 && WITH_STOP.iter().any(same)
}

/// Length of what may be an address: Latin letters, digits and the marks that addresses have.
fn ascii_run(text: &str) -> usize {
    let inside = |b: u8| b.is_ascii_graphic() && !b"()<>[]{}\"'`,;|".contains(&b);
    text.bytes().position(|b| !inside(b)).unwrap_or(text.len())
}

/// Length of the web or mail address that `text` starts with, 0 if none.
fn address(text: &str) -> usize {
    let run = &text[..ascii_run(text)];
    let named = ["http://", "https://", "ftp://", "www."];
    let found = named.iter().any(|n| run.starts_with(n))
        || run
            .split_once('@')
            .is_some_and(|(_, host)| host.contains('.'));
    if !found {
        return 0;
    }
    run.trim_end_matches(['.', '?', '!', ':', '~']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        words(text, 0, text.len(), &mut spans);
        spans.iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn marks_stand_apart() {
        let found = split("두 나라는 “평화(平和)”를 원한다고 밝혔다.");
        let expected = [
            "두",
            "나라는",
            "“",
            "평화",
            "(",
            "平和",
            ")",
            "”",
            "를",
            "원한다고",
            "밝혔다",
            ".",
        ];
        assert_eq!(found, expected);
        assert_eq!(
            split("물가가 3.5%로 올랐다..."),
            ["물가가", "3.5", "%", "로", "올랐다", "..."]
        );
        assert_eq!(
            split("서울·부산ㆍ대전"),
            ["서울", "·", "부산", "ㆍ", "대전"]
        );
    }

    #[test]
    fn numbers_names_and_addresses_stay_whole() {
        assert_eq!(
            split("1,200~1,300명이 10:30에"),
            ["1,200~1,300명이", "10:30에"]
        );
        assert_eq!(
            split("(http://a.example/b?c=1)에"),
            ["(", "http://a.example/b?c=1", ")", "에"]
        );
        assert_eq!(split("kim@a.example."), ["kim@a.example", "."]);
        assert_eq!(split("G.는 B.C. 5세기"), ["G.는", "B.C.", "5세기"]);
        assert_eq!(split("3·1절과 6ㆍ25"), ["3·1절과", "6ㆍ25"]);
        assert_eq!(split("R&D K-팝 -40도"), ["R&D", "K-팝", "-40도"]);
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(split("").is_empty());
        assert!(split(" \u{3000}\n").is_empty());
        let mut out = Vec::new();
        words("가나", 1, 3, &mut out);
        words("가나", 0, 99, &mut out);
        assert!(out.is_empty());
    }
}
