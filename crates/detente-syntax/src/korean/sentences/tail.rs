//! What still belongs to a sentence after its full stop: the number of a note, the name of an
//! agency, a source, a hashtag.

/// Longest such tail in bytes.
const LONGEST: usize = 90;

/// The length of the tail that `rest` begins with, 0 if there is none.
///
/// A bracket with a sentence of its own in it is none, nor one that numbers an item.
pub(super) fn length(rest: &str) -> usize {
    let mut length = 0;
    while let Some(more) = one(&rest[length..]) {
        length += more;
    }
    length
}

fn one(rest: &str) -> Option<usize> {
    if rest.starts_with('*') {
        let sign = rest.len() - rest.trim_start_matches('*').len();
        let digits = digits(&rest[sign..]);
        return apart(&rest[sign + digits..]).then_some(sign + digits);
    }
    let number = digits(rest);
    if (1..=3).contains(&number) && rest[number..].starts_with(')') {
        return apart(&rest[number + 1..]).then_some(number + 1);
    }
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let rest = &rest[spaces..];
    if spaces < 2 && rest.starts_with('#') {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let tag = rest.len() - rest[1..].trim_start_matches(word).len();
        return (2..=LONGEST).contains(&tag).then_some(spaces + tag);
    }
    let close = match rest.chars().next()? {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        _ => return None,
    };
    let near = &rest[..rest.floor_char_boundary(LONGEST)];
    let end = near.find(close)?;
    let open = near.chars().next().map_or(0, char::len_utf8);
    let inside = &near[open..end];
    let whole = end + close.len_utf8();
    let note = !inside.is_empty() && digits(inside) == inside.len();
    let item = note || inside.chars().count() < 2 && inside != "끝";
    // A note's number stands without a space.
    if spaces > 0 && (item || close == ']') || spaces > 1 {
        return None;
    }
    let sentence = inside.contains(['.', '?', '!', '。', '\n', '(', '[']) || inside.is_empty();
    (!sentence && apart(&rest[whole..])).then_some(spaces + whole)
}

/// No word goes on here.
fn apart(rest: &str) -> bool {
    let next = rest.chars().next();
    next.is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '(' | '（'))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}
