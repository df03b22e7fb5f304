//! From bytes to text: which encoding, and what could not be decoded.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Diagnostic, Span, codes};

/// A decoded text. A byte order mark stays in it as U+FEFF.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// WHATWG name of the encoding.
    pub(crate) charset: &'static str,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Decodes `bytes`; `declared` is the label that the file itself gives, if any.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let mut diagnostics = Vec::new();
    let stated = declared.and_then(|label| {
        let encoding = Encoding::for_label(label.trim().as_bytes());
        if encoding.is_none() {
            diagnostics.push(codes::CHARSET_WRONG.diagnostic(format!(
                "the file states the encoding `{}`, which is not known",
                label.chars().take(40).collect::<String>()
            )));
        }
        encoding
    });
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => without_mark(bytes, stated, &mut diagnostics),
    };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    if malformed {
        let first = text.find('\u{FFFD}').unwrap_or(0);
        let count = text.matches('\u{FFFD}').count();
        diagnostics.push(
            codes::MALFORMED
                .diagnostic(format!(
                    "{count} places are not valid {}; the first is at byte {first} of the text",
                    encoding.name()
                ))
                .at(Span::from(first..first + '\u{FFFD}'.len_utf8())),
        );
    }
    Decoded {
        text: text.into_owned(),
        charset: encoding.name(),
        diagnostics,
    }
}

fn without_mark(
    bytes: &[u8],
    stated: Option<&'static Encoding>,
    diagnostics: &mut Vec<Diagnostic>,
) -> &'static Encoding {
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    // ISO-2022-JP is made of ASCII bytes, so it must be asked for before UTF-8.
    if escapes_to_japanese(bytes) {
        return ISO_2022_JP;
    }
    if std::str::from_utf8(bytes).is_ok() {
        if let Some(stated) = stated
            && stated != UTF_8
            && !bytes.is_ascii()
        {
            // Other encodings give valid UTF-8 only by chance.
            diagnostics.push(wrong(stated, UTF_8));
        }
        return UTF_8;
    }
    if let Some(stated) = stated
        && !stated.decode_without_bom_handling(bytes).1
    {
        return stated;
    }
    let guess = if mostly_utf8(bytes) {
        UTF_8
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Allow)
    };
    match stated {
        Some(stated) if stated == guess => {}
        Some(stated) => {
            // Both are wrong somewhere: the stated one stands unless the guess decodes all.
            if guess.decode_without_bom_handling(bytes).1 && guess != UTF_8 {
                return stated;
            }
            diagnostics.push(wrong(stated, guess));
        }
        None => diagnostics.push(codes::CHARSET_GUESSED.diagnostic(format!(
            "the encoding is not stated; `{}` was taken",
            guess.name()
        ))),
    }
    guess
}

fn wrong(stated: &'static Encoding, taken: &'static Encoding) -> Diagnostic {
    codes::CHARSET_WRONG.diagnostic(format!(
        "the file states `{}`, which its bytes do not bear out; `{}` was taken",
        stated.name(),
        taken.name()
    ))
}

/// UTF-16 without a byte order mark: in European text and markup every other byte is zero.
pub(crate) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 16 {
        return None;
    }
    let zeros = |from: usize| {
        head.iter()
            .skip(from)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match (even, odd) {
        (0, odd) if odd * 10 > half * 3 => Some(UTF_16LE),
        (even, 0) if even * 10 > half * 3 => Some(UTF_16BE),
        _ => None,
    }
}

fn escapes_to_japanese(bytes: &[u8]) -> bool {
    bytes.is_ascii()
        && bytes
            .windows(3)
            .any(|w| matches!(w, b"\x1b$B" | b"\x1b$@" | b"\x1b(J" | b"\x1b(I"))
        && !ISO_2022_JP.decode_without_bom_handling(bytes).1
}

/// True if the bytes are UTF-8 but for a few: at least ten good sequences to a bad one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad * 10
}

/// The encoding that an HTML page states in its first 4 KiB: `<meta charset>`, `http-equiv`,
/// or the XML declaration.
pub(crate) fn stated_in_markup(bytes: &[u8]) -> Option<String> {
    let head: String = bytes
        .iter()
        .take(4096)
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect();
    let mut rest = head.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let key = if rest.starts_with("meta") {
            "charset"
        } else if rest.starts_with("?xml") {
            "encoding"
        } else {
            continue;
        };
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        if let Some(found) = tag.find(key) {
            let value = tag[found + key.len()..].trim_start();
            if let Some(value) = value.strip_prefix('=') {
                let label: String = value
                    .trim_start_matches([' ', '"', '\''])
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
                    .collect();
                if !label.is_empty() {
                    return Some(label);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, EUC_KR, SHIFT_JIS, WINDOWS_1252};

    const JAPANESE: &str = "日本と韓国の外相は七日、ソウルで会談し、対話を続けることで一致した。\
        両国の関係はここ数年で最も悪いとされるが、双方は経済の協力を広げたい考えだ。";
    const KOREAN: &str = "한국과 일본의 외교장관은 7일 서울에서 회담을 열고 대화를 이어가기로 했다. \
        양국 관계는 최근 몇 년 사이 가장 나쁘다는 평가를 받는다.";

    #[test]
    fn tells_the_encodings_of_east_asia() {
        for (text, encoding) in [
            (JAPANESE, SHIFT_JIS),
            (JAPANESE, EUC_JP),
            (JAPANESE, ISO_2022_JP),
            (KOREAN, EUC_KR),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            let decoded = decode(&bytes, None);
            assert_eq!(decoded.charset, encoding.name());
            assert_eq!(decoded.text, text);
        }
        let (bytes, _, _) =
            WINDOWS_1252.encode("The café’s owner “did not object” to the naïve plan.");
        assert_eq!(decode(&bytes, None).charset, "windows-1252");
    }

    #[test]
    fn keeps_the_byte_order_mark() {
        let decoded = decode(b"\xEF\xBB\xBFSeoul", None);
        assert_eq!(decoded.text, "\u{FEFF}Seoul");
        let wide: Vec<u8> = "\u{FEFF}東京"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let decoded = decode(&wide, None);
        assert_eq!(
            (decoded.text.as_str(), decoded.charset),
            ("\u{FEFF}東京", "UTF-16LE")
        );
    }

    #[test]
    fn says_what_it_could_not_decode() {
        let decoded = decode(
            "東京とソウルは\u{2026}話した。".as_bytes(),
            Some("shift_jis"),
        );
        assert_eq!(decoded.charset, "UTF-8");
        let mut bytes = JAPANESE.as_bytes().to_vec();
        bytes.insert(9, 0xFF);
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.charset, "UTF-8");
        assert_eq!(decoded.diagnostics.last().unwrap().code, "T006");
        assert_eq!(
            decoded.diagnostics.last().unwrap().span,
            Some(Span::new(9, 12))
        );
    }

    #[test]
    fn reads_the_stated_encoding() {
        for page in [
            "<html><head><meta charset=\"EUC-KR\">",
            "<!DOCTYPE html><META http-equiv='Content-Type' content='text/html; charset=euc-kr'>",
            "<?xml version=\"1.0\" encoding=\"euc-kr\"?><html>",
        ] {
            assert_eq!(stated_in_markup(page.as_bytes()).as_deref(), Some("euc-kr"));
        }
        assert_eq!(stated_in_markup(b"<p>charset=x</p>"), None);
    }
}
