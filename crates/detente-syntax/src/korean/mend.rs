//! Trees of the older release of GSD, which the model has learnt, brought to the present one.

use crate::{Deprel, Sentence, Upos};

/// Puts the tree of a sentence of `text` right.
///
/// "10 % 오른": a sign of measure after a number, with no particle written to it, is what is counted.
/// It takes the number's place and the number hangs on it. In the older release it was a mark on
/// the number; before a particle it still is one (`10%가`).
pub(crate) fn mend(text: &str, sentence: &mut Sentence) {
    let mut changed = false;
    for sign in 1..sentence.len() {
        let number = sign - 1;
        if !counted(text, sentence, number) {
            continue;
        }
        let relation = sentence.tokens()[number].deprel;
        match sentence.head(number) {
            // It is there already.
            Some(head) if head == sign => continue,
            Some(head) => sentence.attach(sign, head, relation),
            None => sentence.attach(sign, sign, relation),
        }
        sentence.attach(number, sign, Deprel::Nummod);
        sentence.set_upos(sign, Upos::Sym);
        changed = true;
    }
    if changed {
        sentence.finish();
    }
}

/// True if a sign of measure that was read as a mark follows word `number`, a number in digits, and
/// a space or the end follows the sign.
fn counted(text: &str, sentence: &Sentence, number: usize) -> bool {
    let tokens = sentence.tokens();
    let sign = &tokens[number + 1];
    let glued = tokens
        .get(number + 2)
        .is_some_and(|next| next.span.start == sign.span.end);
    sign.deprel == Deprel::Punct
        && !glued
        && sentence.xpos(number).split('+').next() == Some("SN")
        && sentence.xpos(number + 1) == "SW"
        && sign.span.of(text).chars().all(measures)
}

/// Per cent and per mille, degrees, letters of units, and units in one character such as ㎞.
fn measures(c: char) -> bool {
    matches!(
        c,
        '%' | '‰' | '％' | '°' | '℃' | '℉' | 'Å' | 'ℓ' | '\u{3300}'..='\u{33ff}'
    ) || c.is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use detente_text::Span;

    use super::*;
    use crate::Token;

    /// Rows of form, part of speech, tag, head (from 1, 0 the root) and relation; `_` before a form
    /// that is written to the one before.
    fn mended(rows: &[(&str, Upos, &str, u32, Deprel)]) -> Vec<(Upos, u32, Deprel)> {
        let mut text = String::new();
        let mut words = Vec::new();
        for (i, &(form, upos, xpos, head, deprel)) in rows.iter().enumerate() {
            let glued = form.strip_prefix('_');
            if glued.is_none() {
                text.push(' ');
            }
            let start = text.len() as u32;
            text.push_str(glued.unwrap_or(form));
            let token = Token {
                span: Span::new(start, text.len() as u32),
                upos,
                head: head.checked_sub(1).unwrap_or(i as u32),
                deprel,
                ..Token::default()
            };
            words.push((token, form, xpos));
        }
        let mut sentence = Sentence::new(words);
        mend(&text, &mut sentence);
        let once = sentence.clone();
        mend(&text, &mut sentence);
        assert_eq!(sentence, once);
        let row = |i: usize| {
            let token = sentence.tokens()[i];
            let head = sentence.head(i).map_or(0, |head| head as u32 + 1);
            (token.upos, head, token.deprel)
        };
        (0..sentence.len()).map(row).collect()
    }

    #[test]
    fn measures_are_counted() {
        let found = mended(&[
            ("수출이", Upos::Noun, "NNG+JKS", 4, Deprel::Nsubj),
            ("12", Upos::Num, "SN", 4, Deprel::Obl),
            ("_%", Upos::Punct, "SW", 2, Deprel::Punct),
            ("늘었다", Upos::Verb, "VV+EP+EF", 0, Deprel::Root),
        ]);
        assert_eq!(found[1], (Upos::Num, 3, Deprel::Nummod));
        assert_eq!(found[2], (Upos::Sym, 4, Deprel::Obl));
        let found = mended(&[
            ("거리", Upos::Noun, "NNG", 2, Deprel::Nmod),
            ("40", Upos::Num, "SN", 0, Deprel::Root),
            ("_㎞", Upos::Punct, "SW", 1, Deprel::Punct),
        ]);
        assert_eq!(found[1], (Upos::Num, 3, Deprel::Nummod));
        assert_eq!(found[2], (Upos::Sym, 0, Deprel::Root));
    }

    #[test]
    fn signs_before_particles_and_other_marks_stay() {
        for (sign, tag, after) in [
            ("_%", "SW", "_가"),
            ("_~", "SW", "늘었다"),
            ("_,", "SP", "늘었다"),
            ("_%", "su", "늘었다"),
        ] {
            let found = mended(&[
                ("12", Upos::Num, "SN", 3, Deprel::Nsubj),
                (sign, Upos::Punct, tag, 1, Deprel::Punct),
                (after, Upos::Verb, "VV+EF", 0, Deprel::Root),
            ]);
            assert_eq!(found[0], (Upos::Num, 3, Deprel::Nsubj), "{sign}{after}");
            assert_eq!(found[1], (Upos::Punct, 1, Deprel::Punct), "{sign}{after}");
        }
    }
}
