//! Direct speech: the stretches between quotation marks.

use detente_text::Span;

/// A stretch in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// With the marks.
    pub(crate) outer: Span,
    /// Without them.
    pub(crate) inner: Span,
    /// Words inside.
    pub(crate) words: usize,
}

/// A quotation this long carries a clause of its own; shorter ones are terms and scare quotes.
pub(crate) const CLAUSE_WORDS: usize = 4;

/// Longest quotation in bytes; a mark that is never closed ends with its paragraph.
const LONGEST: usize = 4_000;

/// The outermost quotations of `text` within `content`, in order.
///
/// A quotation that runs over several paragraphs opens again at the head of each and is closed in
/// the last; each paragraph gives one. Single marks count only in their curly form, where the
/// closing one is followed by no letter, since they are apostrophes otherwise.
pub(crate) fn quotations(text: &str, content: Span) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let base = content.start as usize;
    let stretch = content.of(text);
    let mut before = ' ';
    let mut chars = stretch.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, c)| c);
        if let Some((start, mark)) = open {
            let closes = match mark {
                '“' | '„' => c == '”',
                '"' => c == '"' && !(before.is_whitespace() && next.is_alphanumeric()),
                '‘' => c == '’' && !next.is_alphanumeric(),
                '「' => c == '」',
                '『' => c == '』',
                _ => false,
            };
            let broken = c == '\n' && next == '\n' || at - start > LONGEST;
            if closes || broken {
                let end = if closes { at + c.len_utf8() } else { at };
                let inner_end = at;
                found.extend(quotation(
                    text,
                    (base + start)..(base + end),
                    (base + start + mark.len_utf8())..(base + inner_end),
                ));
                open = None;
            }
        } else {
            let opens = match c {
                '“' | '„' | '「' | '『' => true,
                '"' => !before.is_alphanumeric() && !next.is_whitespace(),
                '‘' => !before.is_alphanumeric(),
                _ => false,
            };
            if opens {
                open = Some((at, c));
            }
        }
        before = c;
    }
    if let Some((start, mark)) = open {
        let end = stretch.len();
        found.extend(quotation(
            text,
            (base + start)..(base + end),
            (base + start + mark.len_utf8())..(base + end),
        ));
    }
    found
}

fn quotation(
    text: &str,
    outer: std::ops::Range<usize>,
    inner: std::ops::Range<usize>,
) -> Option<Quotation> {
    if inner.start >= inner.end {
        return None;
    }
    let inner = Span::from(inner).trimmed(text);
    let words = inner.of(text).split_whitespace().count();
    (words > 0).then(|| Quotation {
        outer: outer.into(),
        inner,
        words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        quotations(text, Span::new(0, text.len() as u32))
            .iter()
            .map(|q| q.inner.of(text))
            .collect()
    }

    #[test]
    fn finds_straight_and_curly_marks() {
        assert_eq!(inner("He said, “The door is open.”"), ["The door is open."]);
        assert_eq!(
            inner("\"Yes,\" she said, \"we will.\""),
            ["Yes,", "we will."]
        );
        assert_eq!(inner("the so-called ‘facts’ of it"), ["facts"]);
    }

    #[test]
    fn leaves_apostrophes_alone() {
        assert!(inner("Seoul’s envoy and Japan's minister didn’t meet").is_empty());
    }

    #[test]
    fn ends_an_unclosed_quotation_with_its_paragraph() {
        assert_eq!(inner("“One thing.\n\nNothing more"), ["One thing."]);
    }
}
