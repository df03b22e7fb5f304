//! Words for the full-text index.
//!
//! SQLite's tokenizer parts words at spaces, which Japanese lacks and which in Korean leaves
//! particles on the noun. Runs of Han, kana and Hangul are therefore cut into overlapping pairs of
//! characters before they are indexed, and queries likewise: 会談 and 회담 are found inside longer
//! runs. Lemmas from an analyser go to a column of their own beside these words.

/// True for characters that are indexed in pairs.
fn is_paired(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}'      // kana
        | '\u{31f0}'..='\u{31ff}'    // small katakana
        | '\u{3400}'..='\u{4dbf}'    // Han, extension A
        | '\u{4e00}'..='\u{9fff}'    // Han
        | '\u{f900}'..='\u{faff}'    // Han, compatibility
        | '\u{ff66}'..='\u{ff9d}'    // half-width katakana
        | '\u{1100}'..='\u{11ff}'    // jamo
        | '\u{ac00}'..='\u{d7a3}'    // Hangul
        | '\u{20000}'..='\u{323af}'  // Han, further extensions
    )
}

/// `text` with spaces between the words of the index.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let mut run: Vec<char> = Vec::new();
    for c in text.chars() {
        if is_paired(c) {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            pairs(&run, &mut out);
            run.clear();
        }
        out.push(c);
    }
    pairs(&run, &mut out);
    out
}

fn pairs(run: &[char], out: &mut String) {
    if let [single] = run {
        out.push(' ');
        out.push(*single);
        out.push(' ');
    }
    for pair in run.windows(2) {
        out.push(' ');
        out.extend(pair);
    }
    if run.len() > 1 {
        out.push(' ');
    }
}

/// A query as people write it, in the language of FTS5: words must all occur, `"…"` is a phrase,
/// `OR` parts alternatives, `-word` must not occur, `word*` is the beginning of a word.
///
/// Returns `None` if nothing is asked for. Whatever the input, the result is well-formed.
pub fn query(text: &str) -> Option<String> {
    let mut alternatives: Vec<(Vec<String>, Vec<String>)> = vec![Default::default()];
    for (term, quoted) in terms(text) {
        if term == "OR" && !quoted {
            alternatives.push(Default::default());
            continue;
        }
        let (term, without) = match term.strip_prefix('-') {
            Some(rest) if !quoted => (rest, true),
            _ => (term.as_str(), false),
        };
        let Some(phrase) = phrase(term, quoted) else {
            continue;
        };
        let last = alternatives.last_mut().expect("one alternative at least");
        if without {
            last.1.push(phrase);
        } else {
            last.0.push(phrase);
        }
    }
    let parts: Vec<String> = alternatives
        .into_iter()
        .filter(|(with, _)| !with.is_empty())
        .map(|(with, without)| {
            let mut part = format!("({})", with.join(" AND "));
            for phrase in without {
                part = format!("({part} NOT {phrase})");
            }
            part
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" OR "))
}

/// The terms of a query, and whether they stood in quotation marks.
fn terms(text: &str) -> Vec<(String, bool)> {
    let mut terms = Vec::new();
    let mut quoted = false;
    for part in text.split(['"', '“', '”', '「', '」']) {
        if quoted {
            terms.push((part.to_owned(), true));
        } else {
            terms.extend(part.split_whitespace().map(|word| (word.to_owned(), false)));
        }
        quoted = !quoted;
    }
    terms
}

fn phrase(term: &str, quoted: bool) -> Option<String> {
    let prefix = !quoted && term.ends_with('*');
    let plain: String = words(term)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let inner: Vec<&str> = plain.split_whitespace().collect();
    if inner.is_empty() {
        return None;
    }
    // One character of Japanese or Korean is the beginning of a pair.
    let single = inner.len() == 1 && {
        let mut chars = inner[0].chars();
        chars.next().is_some_and(is_paired) && chars.next().is_none()
    };
    let star = if prefix || single { "*" } else { "" };
    Some(format!("\"{}\"{star}", inner.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_japanese_and_korean_into_pairs() {
        assert_eq!(words("首相会談 ok"), " 首相 相会 会談  ok");
        assert_eq!(words("x日"), "x 日 ");
    }

    #[test]
    fn makes_well_formed_queries() {
        assert_eq!(
            query("fisheries \"joint declaration\" -textbook").unwrap(),
            "((\"fisheries\" AND \"joint declaration\") NOT \"textbook\")"
        );
        assert_eq!(query("会談 OR 회담").unwrap(), "(\"会談\") OR (\"회담\")");
        assert_eq!(query("日").unwrap(), "(\"日\"*)");
        assert_eq!(query("visit*").unwrap(), "(\"visit\"*)");
        assert_eq!(query("- * OR ("), None);
    }
}
