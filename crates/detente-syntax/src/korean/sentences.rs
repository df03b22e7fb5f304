//! Sentences of Korean text.
//!
//! A sentence ends at a full stop, question or exclamation mark, or at a line's end, but not
//! inside brackets nor inside a quotation that the sentence goes on after ("…했다. …하라"고 말했다).
//! All looking ahead is bounded, so that the work is linear in the length of the text.

use super::words::{abbreviation, is_mark};

/// How far (bytes) the end of a quotation or bracket is looked for; one that does not close before
/// that, or before the paragraph ends, protects nothing.
const FARTHEST: usize = 1500;

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

/// Last syllables of verbs that end a sentence.
const LAST: &str = "다요까죠오자라네군걸지니냐야래세소음함임됨";

/// Syllables that number the items of a list.
const ITEMS: &str = "가나다라마바사아자차카타파하";

/// White space and invisible characters.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// Finds the sentences of `text[start..end]` as pairs of bytes, without white space around them;
/// they are appended to `out` in order and cover all that is not white space.
///
/// Places that do not fit the text give nothing.
pub(crate) fn sentences(text: &str, start: usize, end: usize, out: &mut Vec<(usize, usize)>) {
    let Some(part) = text.get(start..end) else {
        return;
    };
    let mut walk = Walk {
        part,
        wrapped: wrapped(part),
        base: start,
        first: None,
        last: 0,
        line: 0,
        protected: 0,
        hopeless: [0; PAIRS.len()],
        out,
    };
    walk.run();
}

/// Marks that open and the marks that close them.
const PAIRS: [(char, char); 12] = [
    ('"', '"'),
    ('“', '”'),
    ('\'', '\''),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('<', '>'),
    ('(', ')'),
    ('[', ']'),
    ('（', '）'),
];

struct Walk<'a> {
    part: &'a str,
    /// If lines are broken at a width: the bytes of the longest.
    wrapped: Option<usize>,
    base: usize,
    /// Where the sentence under way starts, and where its last character ends.
    first: Option<usize>,
    last: usize,
    /// Where the line under way starts.
    line: usize,
    /// No sentence ends before this byte.
    protected: usize,
    /// Up to where no mark closes a pair.
    hopeless: [usize; PAIRS.len()],
    out: &'a mut Vec<(usize, usize)>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(c) = self.part[at..].chars().next() {
            let after = at + c.len_utf8();
            if c == '\n' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{c}') {
                self.line_end(at, after);
                self.line = after;
            } else if is_space(c) {
                self.space(at);
            } else {
                self.first.get_or_insert(at);
                self.last = after;
                if at >= self.protected {
                    self.protect(at, c);
                }
                if matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！') {
                    at = self.terminal(at, c);
                    continue;
                }
            }
            at = after;
        }
        self.close();
    }

    /// White space at `at`: people also end polite sentences without a mark.
    fn space(&mut self, at: usize) {
        let Some(first) = self
            .first
            .filter(|_| self.last == at && at >= self.protected)
        else {
            return;
        };
        let near = at.saturating_sub(12).max(first);
        let tail = &self.part[self.part.ceil_char_boundary(near)..at];
        if polite_end(tail) && !goes_on(&self.part[at..]) {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(first) = self.first.take() {
            self.out.push((self.base + first, self.base + self.last));
        }
        self.protected = 0;
    }

    /// A line ends at `at`, the next starts at `after`.
    fn line_end(&mut self, at: usize, after: usize) {
        if self.first.is_none() {
            return;
        }
        let next = self.part[after..].trim_start_matches([' ', '\t', '\r', '\u{3000}', '\u{a0}']);
        let blank = next.is_empty() || next.starts_with('\n');
        let full = self
            .wrapped
            .is_some_and(|longest| (at - self.line) * 10 >= longest * 7);
        if blank || !full || opens_item(next) {
            self.close();
        }
    }

    /// Protects what stands between the mark at `at` and the one that closes it.
    fn protect(&mut self, at: usize, c: char) {
        let Some(pair) = PAIRS.iter().position(|p| p.0 == c) else {
            return;
        };
        let (open, close) = PAIRS[pair];
        if at < self.hopeless[pair] {
            return;
        }
        let before = self.part[..at].chars().next_back();
        let straight = open == close;
        if straight && before.is_some_and(|b| !is_space(b) && !is_mark(b)) {
            return;
        }
        let start = at + open.len_utf8();
        let far = self
            .part
            .floor_char_boundary(start.saturating_add(FARTHEST));
        let window = &self.part[start..far];
        let window = window.find("\n\n").map_or(window, |stop| &window[..stop]);
        let Some(length) = window.find(close) else {
            self.hopeless[pair] = start + window.len();
            return;
        };
        let closed = start + length + close.len_utf8();
        let rest = &self.part[closed..];
        let bracket = matches!(c, '(' | '[' | '（' | '<' | '〈' | '《');
        // A mark at the very end of the quotation may end the sentence; one inside may not.
        let inside = window[..length].trim_end_matches(['.', '?', '!', '…', '"', '”', '’', '\'']);
        if bracket || goes_on(rest) {
            self.protected = closed;
        } else if !inside.contains(['.', '?', '!', '。']) {
            self.protected = start + inside.len();
        }
    }

    /// A mark that may end a sentence stands at `at`; gives where to go on.
    fn terminal(&mut self, at: usize, c: char) -> usize {
        let part = self.part;
        let marks = part[at..]
            .find(|c| !matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！' | '~'))
            .map_or(part.len(), |n| at + n);
        let closers = part[marks..]
            .find(|c| !closes(c))
            .map_or(part.len(), |n| marks + n);
        // A straight mark after a space opens the next quotation.
        let rest = &part[closers..];
        let quoted = closers > marks;
        let spaced = rest.chars().next().is_none_or(is_space);
        self.last = closers.max(self.last);
        let ends = closers >= self.protected
            && !(quoted && goes_on(rest))
            && if spaced {
                self.stops_before_space(at, c, marks, rest)
            } else {
                self.stops_before_text(at, rest, quoted)
            };
        if ends {
            self.close();
        }
        closers
    }

    /// Does the mark end the sentence, white space or nothing following?
    fn stops_before_space(&self, at: usize, c: char, marks: usize, rest: &str) -> bool {
        let first = self.first.unwrap_or(at);
        let stem = last_word(&self.part[first..at]);
        let next = rest.trim_start_matches(is_space);
        let before = stem.chars().next_back();
        let single = marks - at == c.len_utf8();
        if c == '…' || (c == '.' && !single && self.part[at..].starts_with("..")) {
            return next.is_empty() || before.is_some_and(|b| LAST.contains(b));
        }
        if c != '.' || !single {
            return true;
        }
        let opens = stem.len() == at - first;
        let digits = !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_digit());
        // "1. …", "가. …", "2024. 5. 3."
        if opens && (digits && stem.len() <= 2 || counts(stem)) {
            return false;
        }
        if digits {
            let earlier = self.part[first..at - stem.len()].trim_end_matches(is_space);
            let dated = earlier
                .strip_suffix('.')
                .is_some_and(|e| e.ends_with(ascii_digit));
            if dated || next.starts_with(ascii_digit) {
                return false;
            }
        }
        let latin = stem.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
        let initial = latin.len() == 1 && latin.starts_with(|c: char| c.is_ascii_uppercase());
        !(initial || abbreviation(latin) || (latin.len() <= 6 && latin.contains('.')))
            || next.is_empty()
    }

    /// Does the mark end the sentence, a word following without a space?
    fn stops_before_text(&self, at: usize, rest: &str, quoted: bool) -> bool {
        let before = self.part[..at].chars().next_back();
        let next = rest.chars().next().unwrap_or(' ');
        if quoted || goes_on(rest) {
            return false;
        }
        let ended = before.is_some_and(|b| LAST.contains(b) || closes(b));
        ended && (hangul(next) || opens(next) || next.is_ascii_uppercase())
    }
}

/// Are the lines broken at a width? Then the bytes of the longest one.
fn wrapped(part: &str) -> Option<usize> {
    let longest = part.lines().map(|l| l.trim_end().len()).max()?;
    if !(50..=200).contains(&longest) {
        return None;
    }
    let (mut pairs, mut full) = (0, 0);
    for (a, b) in part.lines().zip(part.lines().skip(1)) {
        let (a, b) = (a.trim_end(), b.trim());
        if a.is_empty() || b.is_empty() {
            continue;
        }
        pairs += 1;
        full += usize::from(a.len() * 10 >= longest * 7 && !a.ends_with(['.', '?', '!', '"', '”']));
    }
    (full * 2 > pairs && full > 1).then_some(longest)
}

/// Does the text end in a polite ending of a verb that ends a sentence and is no other word?
fn polite_end(text: &str) -> bool {
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

/// A line that opens an item of a list.
fn opens_item(line: &str) -> bool {
    const SIGNS: &str = "•▪●■◆※►○◦‣△▲▷▶☆★□◇▽▼◎☞·ㆍ-*–—";
    let Some(sign) = line.chars().next() else {
        return false;
    };
    if SIGNS.contains(sign) || ('①'..='⑳').contains(&sign) {
        return true;
    }
    let head = line
        .find(['.', ')'])
        .filter(|&n| n <= 3)
        .map(|n| &line[..n]);
    head.is_some_and(|h| counts(h) || (!h.is_empty() && h.bytes().all(|b| b.is_ascii_digit())))
}

/// A syllable that numbers an item.
fn counts(stem: &str) -> bool {
    let mut chars = stem.chars();
    chars.next().is_some_and(|c| ITEMS.contains(c)) && chars.next().is_none()
}

/// The last word of `text`, up to the white space or opening mark before it.
fn last_word(text: &str) -> &str {
    // Words longer than this are none that matter here.
    let near = text.ceil_char_boundary(text.len().saturating_sub(48));
    let from = text[near..].rfind(is_space).map_or(near, |n| near + n);
    text[from..].trim_start_matches(|c| is_space(c) || opens(c) || closes(c))
}

fn ascii_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Marks that close a quotation or bracket.
fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '”' | '\'' | '’' | '」' | '』' | '》' | '〉' | '>' | ')' | ']' | '）'
    )
}

/// Marks that open a quotation or bracket.
fn opens(c: char) -> bool {
    PAIRS.iter().any(|p| p.0 == c)
}

/// Does the text after a closed quotation carry the sentence on? A particle without a space, or
/// one of a few words after a space.
fn goes_on(rest: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        sentences(text, 0, text.len(), &mut out);
        out.iter().map(|&(s, e)| &text[s..e]).collect()
    }

    #[test]
    fn full_stops_end_sentences() {
        let text = "배가 왔다. 사람들이 내렸어요! 누가 왔을까? 모른다";
        let found = split(text);
        assert_eq!(
            found,
            ["배가 왔다.", "사람들이 내렸어요!", "누가 왔을까?", "모른다"]
        );
        assert_eq!(
            split("배가 왔다.사람들은 기뻤다."),
            ["배가 왔다.", "사람들은 기뻤다."]
        );
        assert_eq!(
            split("정말 맛있어요 또 올게요 필요 없다"),
            ["정말 맛있어요", "또 올게요", "필요 없다"]
        );
        assert_eq!(split("그는… 갔다. 정말…").len(), 2);
    }

    #[test]
    fn numbers_names_and_items_do_not() {
        for text in [
            "물가가 3.5% 올랐다.",
            "2024. 5. 3. 회의가 열렸다.",
            "존 F. 케네디 공항에 내렸다.",
            "1. 목적은 평화이다.",
            "가. 목적은 평화이다.",
            "B.C. 5세기의 일이다.",
            "주소는 www.a.example 이다.",
        ] {
            assert_eq!(split(text), [text]);
        }
    }

    #[test]
    fn quotations_go_on() {
        for text in [
            "그는 “배가 왔다. 모두 타라”고 말했다.",
            "그는 \"배가 왔다.\"라고 말했다.",
            "그는 \"왜 왔나?\" 라며 웃었다.",
            "'배가 왔다!'는 소식에 모두 기뻤다.",
            "배(큰 배. 흰 배)가 왔다.",
        ] {
            assert_eq!(split(text), [text]);
        }
        let found = split("“배가 왔다. 모두 타라.” 그는 웃었다.");
        assert_eq!(found.len(), 3);
        assert_eq!(
            split("“배가 왔다.” 그는 웃었다."),
            ["“배가 왔다.”", "그는 웃었다."]
        );
    }

    #[test]
    fn open_quotations_swallow_nothing() {
        let text = "그는 “배가 왔다. 모두 탔다. 배가 갔다.";
        assert_eq!(split(text).len(), 3);
        let text = format!("그는 \"배가 왔다. {}", "모두 탔다. ".repeat(500));
        assert_eq!(split(&text).len(), 501);
    }

    #[test]
    fn lines_end_sentences() {
        let found = split("두 나라 회담 열려\n\n두 나라가 만났다\n- 첫째\n- 둘째");
        assert_eq!(
            found,
            ["두 나라 회담 열려", "두 나라가 만났다", "- 첫째", "- 둘째"]
        );
        let text = "두 나라의 장관은 지난 월요일에 서울에서\n만나 무역과 안보에 관한 여러 문제를 두고 길\n\
                    게 이야기한 뒤에 다음 회담을 부산에서 열기\n로 했다. 회담은 모레 끝난다.";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn hostile_text_is_safe() {
        for text in [
            "",
            " ",
            ".",
            "\"\"\"\"",
            "(((((",
            ". . .",
            "\u{301}.\u{301}",
            "‘.’’.",
            "…\n…",
        ] {
            split(text);
        }
        let mut out = Vec::new();
        sentences("가나", 1, 3, &mut out);
        sentences("가나", 0, 99, &mut out);
        assert!(out.is_empty());
    }
}
