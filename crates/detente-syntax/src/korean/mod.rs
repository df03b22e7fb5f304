//! Korean: sentences, eojeol, and the morphemes inside an eojeol.

mod eojeol;
pub(crate) mod features;
pub(crate) mod flat;
mod kind;
pub(crate) mod mend;
pub(crate) mod morphemes;
pub(crate) mod restore;
pub(crate) mod sentences;
pub(crate) mod words;

pub(crate) use eojeol::Work;

#[cfg(test)]
mod tests {
    use detente_text::Span;
    use proptest::prelude::*;

    use super::sentences::{is_space, sentences};
    use super::words::words;

    /// Text of the letters and marks that the rules look at, and of any others.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[가-힣]{1,3}",
            "[.?!…,~'\"“”‘’()<>《》·ㆍ-]{1,3}",
            "[0-9A-Za-z@:/]{1,3}",
            "[ \n\t\u{3000}]{1,2}",
            Just("다. ".to_owned()),
            Just("다.\"라고 ".to_owned()),
            Just("요 ".to_owned()),
            any::<String>(),
        ];
        proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in text()) {
            let mut found = Vec::new();
            sentences(&text, 0, text.len(), &mut found);
            let mut spans: Vec<Span> = Vec::new();
            for &(start, end) in &found {
                words(&text, start, end, &mut spans);
            }
            let mut at = 0;
            for span in &spans {
                let (start, end) = (span.start as usize, span.end as usize);
                prop_assert!(at <= start && start < end);
                prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
                prop_assert!(text[at..start].chars().all(is_space));
                prop_assert!(!text[start..end].contains(is_space));
                at = end;
            }
            prop_assert!(text[at..].chars().all(is_space));
            prop_assert!(found.windows(2).all(|pair| pair[0].1 <= pair[1].0));
        }
    }
}
