//! Texts changed the way that careless typing, machine translation and headlines change them, to
//! learn sentence ends from.

use detente_text::Span;

/// A text with known sentences, changed in a way that real texts are damaged.
pub(crate) fn damaged(text: &str, sentences: &[Span], kind: usize) -> (String, Vec<Span>) {
    let mut out = String::new();
    let mut spans = Vec::new();
    let mut from = 0;
    for (i, span) in sentences.iter().enumerate() {
        out.push_str(&text[from..span.start as usize]);
        let start = out.len();
        let own = span.of(text);
        let core = own.trim_end_matches(['.', '!', '?']);
        let marks = &own[core.len()..];
        match kind {
            // Marks after a space, and small letters at the start.
            0..=2 => {
                let mut chars = core.chars();
                if let Some(c) = chars.next() {
                    let word = chars.clone().next().is_none_or(|c| !c.is_uppercase());
                    if kind > 0 && word {
                        out.extend(c.to_lowercase());
                    } else {
                        out.push(c);
                    }
                }
                for c in chars {
                    if c == ',' && kind < 2 {
                        out.push(' ');
                    }
                    out.push(c);
                }
                if kind < 2 && !marks.is_empty() {
                    out.push(' ');
                }
                out.push_str(marks);
            }
            // Doubled marks.
            3 => {
                out.push_str(own);
                if i % 3 == 0 && !marks.is_empty() {
                    out.push_str(&marks[marks.len() - 1..]);
                }
            }
            // Capitals.
            _ => out.push_str(&own.to_uppercase()),
        }
        spans.push(Span::new(start as u32, out.len() as u32));
        from = span.end as usize;
    }
    (out, spans)
}
