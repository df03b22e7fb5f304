//! The words of names: how a text is cut for the finding of names, and how spellings are evened out.

use detente_text::Span;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Spaces, or nothing.
    Space,
    /// A hyphen or dash: "Japan-ROK", "Suk-yeol".
    Hyphen,
    /// A possessive ending: "Japan's prime minister".
    Possessive,
    /// A comma: only some titles run across it.
    Comma,
    /// Anything that no name runs across: the end of a sentence, an empty line.
    Break,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Small first letter, or no letter.
    Lower,
    /// Capital first letter.
    Capital,
    /// Two or more letters, all capital.
    Upper,
}

/// A word of a text as names see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameWord {
    /// Where it stands (bytes), without possessive ending.
    pub span: Span,
    /// What stands before it.
    pub gap: Gap,
    /// How it is written.
    pub case: Case,
    /// Ends in "s": an apostrophe behind it makes a possessive.
    pub plural: bool,
    /// A single letter, or letters with dots between.
    pub initial: bool,
}

/// Cuts a text into words: runs of letters and digits, apostrophes inside, dots between single
/// letters ("U.S."); `&` is a word. Hyphens part words, possessive endings are left out.
pub fn name_words(text: &str, words: &mut Vec<NameWord>) {
    words.clear();
    let bytes = text.as_bytes();
    let mut chars = text.char_indices().peekable();
    let mut last_end = 0;
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() && c != '&' {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut letters = 1;
        let mut capitals = usize::from(c.is_uppercase());
        let mut dotted = false;
        if c != '&' {
            while let Some(&(at, c)) = chars.peek() {
                let rest = &text[at + c.len_utf8()..];
                let letter_next = rest.chars().next().is_some_and(char::is_alphabetic);
                if c.is_alphanumeric() {
                    letters += 1;
                    capitals += usize::from(c.is_uppercase());
                    end = at + c.len_utf8();
                } else if matches!(c, '\'' | '’') && letter_next {
                    // An ending of one letter is a possessive or a contraction.
                    let tail = rest.chars().take_while(|c| c.is_alphanumeric()).take(2);
                    if tail.count() < 2 {
                        break;
                    }
                } else if c == '.'
                    && (letters == 1 || dotted)
                    && (letter_next && rest.chars().nth(1).is_none_or(|c| !c.is_alphabetic()))
                {
                    dotted = true;
                } else {
                    break;
                }
                chars.next();
            }
        }
        let gap = gap(&text[last_end..start], words.last());
        if dotted && bytes.get(end) == Some(&b'.') {
            end += 1;
        }
        for ending in ["'s", "’s", "'S", "’S"] {
            let tail = text.get(end..).unwrap_or("");
            if let Some(rest) = tail.strip_prefix(ending)
                && !rest.starts_with(char::is_alphanumeric)
            {
                while chars.peek().is_some_and(|&(at, _)| at < end + ending.len()) {
                    chars.next();
                }
                break;
            }
        }
        let case = match capitals {
            n if n == letters && n > 1 => Case::Upper,
            n if n > 0 && c.is_uppercase() => Case::Capital,
            _ => Case::Lower,
        };
        words.push(NameWord {
            span: Span::new(start as u32, end as u32),
            gap,
            case,
            plural: text[start..end].ends_with('s'),
            initial: letters == 1 || dotted,
        });
        last_end = end;
    }
}

fn gap(between: &str, before: Option<&NameWord>) -> Gap {
    let Some(before) = before else {
        return Gap::Break;
    };
    let trimmed = between.trim();
    if between.matches('\n').count() > 1 {
        return Gap::Break;
    }
    match trimmed {
        "" => Gap::Space,
        "-" | "‐" | "‑" | "–" | "—" if between.trim_start().len() == between.len() => {
            Gap::Hyphen
        }
        "," => Gap::Comma,
        // "Parliamentarians' Union".
        "'" | "’" if between.starts_with(trimmed) && before.plural => Gap::Possessive,
        "'s" | "’s" | "'S" | "’S" => Gap::Possessive,
        // "St. John", "Gen. Kim", "Jr."; a longer word before a full stop ends a sentence.
        "." if before.span.len() <= 4 && before.case != Case::Lower && between != "." => Gap::Space,
        _ => Gap::Break,
    }
}

/// Even spelling of a word: small letters, no accents, apostrophes or dots.
pub fn fold(word: &str, out: &mut String) {
    out.clear();
    for c in word.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() || c == '&' {
                out.push(c.to_ascii_lowercase());
            }
            continue;
        }
        for c in c.to_lowercase() {
            match plain(c) {
                Some(letters) => out.push_str(letters),
                None if c.is_alphanumeric() => out.push(c),
                None => {}
            }
        }
    }
}

/// Latin letter without its marks; `None` for all others.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ĭ' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ŭ' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        // A combining mark or an apostrophe-like letter carries no spelling.
        '\u{300}'..='\u{36f}' | 'ʻ' | 'ʼ' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, Gap)> {
        let mut words = Vec::new();
        name_words(text, &mut words);
        words.iter().map(|w| (w.span.of(text), w.gap)).collect()
    }

    #[test]
    fn cuts_hyphens_possessives_and_initials() {
        assert_eq!(
            cut("Japan-ROK ties; U.S.-led Seoul's offer, don't."),
            [
                ("Japan", Gap::Break),
                ("ROK", Gap::Hyphen),
                ("ties", Gap::Space),
                ("U.S.", Gap::Break),
                ("led", Gap::Hyphen),
                ("Seoul", Gap::Space),
                ("offer", Gap::Possessive),
                ("don", Gap::Comma),
                ("t", Gap::Break),
            ]
        );
        assert_eq!(
            cut("in the U.S. He said. Kim")[2..],
            [
                ("U.S.", Gap::Space),
                ("He", Gap::Space),
                ("said", Gap::Space),
                ("Kim", Gap::Break)
            ]
        );
    }

    #[test]
    fn folds_marks() {
        let mut out = String::new();
        fold("Ch’ŏng-ŌKA", &mut out);
        assert_eq!(out, "chongoka");
    }
}
