//! Texts evened out, so that two printings of the same words compare equal.

/// Letters and digits in lower case with full-width forms folded; everything else becomes one
/// space. A point or comma between digits stays, so that 2.5 and 25 differ, and so does a percent
/// sign.
pub fn even(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().map(folded).peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let keep = c.is_alphanumeric()
            || matches!(c, '%' | '\u{3099}' | '\u{309A}' | 'ー')
            || (matches!(c, '.' | ',')
                && before.is_numeric()
                && chars.peek().is_some_and(|n| n.is_numeric()));
        if keep {
            out.extend(c.to_lowercase());
        } else if matches!(c, '\'' | '’' | '\u{AD}' | '\u{200B}' | '\u{FEFF}') {
            // Apostrophes and soft hyphens join.
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        before = c;
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

fn folded(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::even;

    #[test]
    fn evens_out_quotes_spaces_case_and_width() {
        assert_eq!(even("  Japan’s  “new”\u{A0}start — "), "japans new start");
        assert_eq!(even("Japan's 'New' start"), "japans new start");
        assert_eq!(even("２０２３年５月、２．５％"), "2023年5月 2.5%");
        assert_eq!(even("***"), "");
    }
}
