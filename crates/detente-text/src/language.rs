//! Which language a text is in.

use crate::{Document, Language};

/// Characters that are looked at; more do not change the answer.
const SAMPLE: usize = 20_000;

/// The language of a tag such as `en`, `en-GB`, `ja_JP`.
pub(crate) fn from_tag(tag: &str) -> Language {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or("");
    match primary.to_ascii_lowercase().as_str() {
        "en" | "eng" | "english" => Language::En,
        "ja" | "jpn" | "jp" | "japanese" => Language::Ja,
        "ko" | "kor" | "kr" | "korean" => Language::Ko,
        _ => Language::Other,
    }
}

/// The language of a text as [`read`](crate::read) would tell it, from its first characters.
///
/// ```
/// use detente_text::{Language, language_of};
/// assert_eq!(language_of("両外相はソウルで会談した。"), Language::Ja);
/// ```
pub fn language_of(text: &str) -> Language {
    detect(text, None)
}

/// The language of `text`: by script for Japanese and Korean, by letter statistics for the rest.
/// `stated` decides only where the text itself does not tell.
pub(crate) fn detect(text: &str, stated: Option<Language>) -> Language {
    let (mut kana, mut hangul, mut han, mut letters) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars().take(SAMPLE) {
        match c {
            '\u{3041}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => kana += 1,
            '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' => {
                hangul += 1;
            }
            '\u{3400}'..='\u{9FFF}' => han += 1,
            c if c.is_alphabetic() => letters += 1,
            _ => {}
        }
    }
    let east = kana + hangul + han;
    // A character of these scripts carries about as much as three letters.
    if east * 3 > letters && east > 0 {
        if hangul >= kana && hangul * 4 >= east {
            return Language::Ko;
        }
        // A text in Han characters alone is Chinese, unless it is a short Japanese heading.
        if kana * 20 >= east {
            return Language::Ja;
        }
        return stated.unwrap_or(Language::Other);
    }
    let sample: String = text.chars().take(SAMPLE).collect();
    match whatlang::detect(&sample) {
        Some(info) if info.lang() == whatlang::Lang::Eng => Language::En,
        Some(info) if info.is_reliable() => Language::Other,
        // Short texts: the statistics say little; English is the rule in Latin letters.
        _ => stated.unwrap_or(if letters > 0 && text.is_ascii() {
            Language::En
        } else {
            Language::Other
        }),
    }
}

/// The language of a document's content.
pub(crate) fn of_document(document: &Document, stated: Option<Language>) -> Language {
    let mut sample = String::new();
    for span in document.content() {
        let part = span.of(&document.text);
        sample.extend(part.chars().take(SAMPLE));
        if sample.len() > SAMPLE * 3 {
            break;
        }
    }
    detect(&sample, stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_three_and_the_rest() {
        for (text, language) in [
            (
                "The two ministers met in Seoul and agreed to keep talking.",
                Language::En,
            ),
            (
                "両外相はソウルで会談し、対話を続けることで一致した。",
                Language::Ja,
            ),
            (
                "양국 외교장관은 서울에서 회담을 열고 대화를 이어가기로 했다.",
                Language::Ko,
            ),
            (
                "外交部은 日本側에 遺憾의 뜻을 傳達했다고 밝혔다.",
                Language::Ko,
            ),
            ("两国外长在首尔会谈并同意继续对话。", Language::Other),
            (
                "Les deux ministres se sont rencontrés à Séoul et ont convenu de poursuivre le \
                 dialogue entre leurs gouvernements.",
                Language::Other,
            ),
            ("", Language::Other),
        ] {
            assert_eq!(detect(text, None), language, "{text}");
        }
    }
}
