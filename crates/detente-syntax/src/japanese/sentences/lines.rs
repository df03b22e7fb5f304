//! Lines: cut at a width, or items of a list.

use super::super::chars::{DIGIT, SPACE, fold, script};

/// Lines cut at a fixed width are at most this long, in characters, and at least [`NARROWEST`].
const WIDEST: usize = 60;
const NARROWEST: usize = 12;
/// So wide no two lines of a headline are.
const SURELY: usize = 20;

/// Marks that begin an item of a list wherever a space stands before them.
pub(super) const BULLETS: &str = "■□◆◇●▼▲▽△★☆▪◼";

/// Number of characters at which the lines were cut, if they were: most lines are of the same
/// length but for two characters and have no full stop at their ends, and there are three such lines,
/// or two and a full stop after what follows them.
pub(super) fn fixed_width(text: &str) -> Option<usize> {
    let lines = || {
        text.lines()
            .map(|l| (l.trim_end(), l.trim_end().chars().count()))
    };
    let longest = lines().map(|l| l.1).max()?;
    if !(NARROWEST..=WIDEST).contains(&longest) {
        return None;
    }
    let (mut full, mut open, mut all) = (0, 0, 0);
    let mut stopped = false;
    for (line, length) in lines().filter(|l| l.1 > 0) {
        all += 1;
        stopped = line.ends_with('。');
        if length + 2 >= longest {
            full += 1;
            open += usize::from(!line.ends_with(['。', '！', '？', '」']));
        }
    }
    let enough = full >= 3 || full == 2 && open > 0 && stopped && longest >= SURELY;
    (enough && full * 2 >= all && open * 2 >= full).then_some(longest)
}

/// True if a line begins like the item of a list, or is indented.
pub(super) fn opens_item(line: &str) -> bool {
    let mut chars = line.chars();
    let first = chars.next().unwrap_or('\n');
    let sign = "・※*＊-－○●".contains(first) || BULLETS.contains(first);
    if script(first) == SPACE || sign || ('①'..='⑳').contains(&first) {
        return true;
    }
    let number = line.trim_start_matches(|c| script(fold(c)) == DIGIT);
    let digits = line[..line.len() - number.len()].chars().count();
    (1..=2).contains(&digits) && number.starts_with(['．', '.', '）', ')', '　', ' '])
}

/// True if this, standing before a full stop at the beginning of a sentence, numbers an item.
pub(super) fn numbers(text: &str) -> bool {
    let digit = |c: char| script(fold(c)) == DIGIT || matches!(c, '.' | '．');
    let roman = |c: char| ('Ⅰ'..='ⅿ').contains(&c);
    let latin = |c: char| fold(c).is_ascii_alphabetic();
    let count = text.chars().count();
    let letter = count == 1
        && text
            .chars()
            .all(|c| latin(c) || "アイウエオカキクケコ".contains(c));
    (1..=5).contains(&count) && (text.chars().all(digit) || text.chars().all(roman) || letter)
}
