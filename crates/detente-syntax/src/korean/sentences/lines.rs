//! Lines: broken at a width, or items of a list.

/// Syllables that number the items of a list.
const ITEMS: &str = "가나다라마바사아자차카타파하";

/// Are the lines broken at a width? Then the bytes of the longest one.
pub(super) fn wrapped(part: &str) -> Option<usize> {
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

/// A line that opens an item of a list.
pub(super) fn opens_item(line: &str) -> bool {
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
pub(super) fn counts(stem: &str) -> bool {
    let mut chars = stem.chars();
    chars.next().is_some_and(|c| ITEMS.contains(c)) && chars.next().is_none()
}

/// What numbers a chapter: 2.1, Ⅰ.
pub(super) fn numbers(stem: &str) -> bool {
    let few = (1..=9).contains(&stem.len());
    let digits = stem.chars().all(|c| c.is_ascii_digit() || c == '.') && stem.contains('.');
    few && (digits || stem.chars().all(|c| ('Ⅰ'..='ⅿ').contains(&c)))
}
