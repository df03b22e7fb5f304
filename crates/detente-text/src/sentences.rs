//! A plain cut into sentences, alike for alike texts: the unit in which repeats are counted.
//!
//! It need not be right about every abbreviation, it need only cut two copies in the same places.

use crate::Span;

const CLOSING: [char; 11] = ['"', '”', '’', '\'', ')', ']', '）', '」', '』', '】', '»'];

/// The sentences of the line or paragraph `span`, without white space at their ends.
pub(crate) fn sentences(text: &str, span: Span) -> Vec<Span> {
    let line = span.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '．') {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut closed = false;
        while let Some(&(next, mark)) = chars.peek() {
            if !CLOSING.contains(&mark) && !matches!(mark, '.' | '!' | '?' | '。' | '！' | '？')
            {
                break;
            }
            closed |= CLOSING.contains(&mark);
            end = next + mark.len_utf8();
            chars.next();
        }
        let rest = &line[end..];
        let wide = matches!(c, '。' | '！' | '？' | '．');
        let ends = match rest.chars().next() {
            None => true,
            Some(next) if next.is_whitespace() => {
                wide || !rest.trim_start().starts_with(char::is_lowercase) && !is_short(line, at)
            }
            // 「…。」と述べた: the sentence goes on after the quotation.
            Some(_) => wide && !closed,
        };
        if ends {
            push(text, span.start, start, end, &mut out);
            start = end;
        }
    }
    push(text, span.start, start, line.len(), &mut out);
    out
}

/// True if the point at `at` follows an initial or a title: "J.", "U.S.", "Mr.".
fn is_short(line: &str, at: usize) -> bool {
    let word = line[..at]
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or("");
    let last = word.rsplit('.').next().unwrap_or("");
    (last.len() == 1 && last.chars().all(char::is_uppercase))
        || matches!(
            word,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "Prof"
                | "Gen"
                | "Sen"
                | "Rep"
                | "Gov"
                | "St"
                | "No"
                | "vs"
        )
}

fn push(text: &str, base: u32, start: usize, end: usize, out: &mut Vec<Span>) {
    let span = Span::new(base + start as u32, base + end as u32).trimmed(text);
    if !span.is_empty() {
        out.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_full_stops() {
        let text =
            "Mr. A. Kim left. “It is over,” he said. 「待て。」と言った。終わり。Is it 2.5? Yes";
        let cut: Vec<&str> = sentences(text, Span::new(0, text.len() as u32))
            .into_iter()
            .map(|s| s.of(text))
            .collect();
        assert_eq!(
            cut,
            [
                "Mr. A. Kim left.",
                "“It is over,” he said.",
                "「待て。」と言った。",
                "終わり。",
                "Is it 2.5?",
                "Yes"
            ]
        );
    }
}
