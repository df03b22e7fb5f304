//! Characters as the segmenter sees them: widths folded together, scripts told apart.

/// Script of a character, 0–7; see the constants.
pub(crate) type Script = u8;

/// A space, or beyond the end of the text.
pub(crate) const SPACE: Script = 0;
pub(crate) const HIRAGANA: Script = 1;
pub(crate) const KATAKANA: Script = 2;
pub(crate) const KANJI: Script = 3;
pub(crate) const LATIN: Script = 4;
pub(crate) const DIGIT: Script = 5;
pub(crate) const MARK: Script = 6;
/// Letters of any other script.
pub(crate) const OTHER: Script = 7;

/// Half-width katakana U+FF61–U+FF9F in full width, in order.
const HALF_WIDTH: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// The character in its usual width: Latin letters, digits and marks narrow, katakana wide.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{ff61}'..='\u{ff9f}' => {
            let at = (c as usize - 0xff61) * 3;
            HALF_WIDTH[at..].chars().next().unwrap_or(c)
        }
        _ => c,
    }
}

/// White space, and what has no form of its own: it belongs to no word.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// The script of a folded character.
pub(crate) fn script(c: char) -> Script {
    match c {
        '0'..='9' => DIGIT,
        'A'..='Z' | 'a'..='z' => LATIN,
        '\u{3041}'..='\u{309f}' => HIRAGANA,
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => KATAKANA,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}'
        | '々'
        | '〆'
        | '〇' => KANJI,
        _ if is_space(c) => SPACE,
        '\u{c0}'..='\u{24f}' if c.is_alphabetic() => LATIN,
        _ if c.is_alphabetic() => OTHER,
        _ => MARK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_folded() {
        let wide: String = "ＡＢ１％ｶﾝｺｸ｡｢".chars().map(fold).collect();
        assert_eq!(wide, "AB1%カンコク。「");
    }

    #[test]
    fn scripts_are_told_apart() {
        let scripts: Vec<Script> = "あア漢a1。é韓국 ー々".chars().map(script).collect();
        let expected = [
            HIRAGANA, KATAKANA, KANJI, LATIN, DIGIT, MARK, LATIN, KANJI, OTHER, SPACE, KATAKANA,
            KANJI,
        ];
        assert_eq!(scripts, expected);
    }
}
