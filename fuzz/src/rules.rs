//! Rules that no analysis breaks. Each panics with a message when it is broken.

use detente_syntax::conllu::{self, TreebankSentence, Writer};
use detente_syntax::{Deprel, Sentence};
use detente_text::Span;

/// True for characters that belong to no word: white space and what has no form of its own.
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// Words in order, at character boundaries, none empty, every one in the part its sentence is in.
pub fn words_in_order(text: &str, parts: &[Span], sentences: &[Sentence]) {
    let mut last = 0;
    for sentence in sentences {
        assert!(!sentence.is_empty(), "a sentence without words");
        assert!(
            parts.iter().any(|part| part.contains(sentence.span)),
            "a sentence crosses its part"
        );
        for token in sentence.tokens() {
            assert!(token.span.start >= last, "words overlap");
            assert!(!token.span.of(text).is_empty(), "a word cuts a character");
            assert!(
                sentence.span.contains(token.span),
                "a word out of its sentence"
            );
            last = token.span.end;
        }
    }
}

/// Every visible character of the parts is in a word.
pub fn nothing_lost(text: &str, parts: &[Span], sentences: &[Sentence]) {
    let mut covered = vec![false; text.len()];
    for token in sentences.iter().flat_map(Sentence::tokens) {
        covered[token.span.range()].fill(true);
    }
    for part in parts {
        for (i, c) in part.of(text).char_indices() {
            let at = part.start as usize + i;
            assert!(
                is_invisible(c) || covered[at],
                "{c:?} at {at} is in no word"
            );
        }
    }
}

/// One root, which everything reaches and which alone has the relation of a root; a lemma for
/// each word that stands in `text`.
pub fn trees(text: &str, sentences: &[Sentence]) {
    heads(sentences);
    for sentence in sentences {
        for (i, token) in sentence.tokens().iter().enumerate() {
            let is_root = i == sentence.root();
            assert_eq!(
                token.deprel == Deprel::Root,
                is_root,
                "relation of the root"
            );
            let named = token.span.of(text).is_empty() || !sentence.lemma(i).is_empty();
            assert!(named, "a word without a lemma");
        }
    }
}

/// Heads make a tree; the lists of children say the same as the heads.
pub fn heads(sentences: &[Sentence]) {
    for sentence in sentences {
        let root = sentence.root();
        assert_eq!(sentence.head(root), None, "the root has a head");
        let mut seen = vec![false; sentence.len()];
        seen[root] = true;
        let (mut open, mut count) = (vec![root], 1);
        while let Some(at) = open.pop() {
            for child in sentence.children(at) {
                assert_eq!(sentence.head(child), Some(at));
                assert!(!seen[child], "a word with two heads");
                seen[child] = true;
                count += 1;
                open.push(child);
            }
        }
        assert_eq!(count, sentence.len(), "words that do not reach the root");
    }
}

/// Written as CoNLL-U and read back, the sentences are the same and find their places in the text.
pub fn survives_conllu(text: &str, sentences: &[Sentence]) {
    let (mut out, mut writer) = (String::new(), Writer::new(text, 0));
    for sentence in sentences {
        writer.sentence(sentence, &mut out);
    }
    let read = conllu::read(&out).expect("what is written can be read");
    assert_eq!(read.len(), sentences.len(), "sentences are lost in CoNLL-U");
    let placed = conllu::place(text, &read);
    assert_eq!(
        placed.misfits,
        [],
        "trees do not fit the text they were made from"
    );
    for (placed, own) in placed.sentences.iter().zip(sentences) {
        assert_eq!(placed.len(), own.len(), "words are lost in CoNLL-U");
        assert_eq!(placed.root(), own.root());
        for (i, (a, b)) in placed.tokens().iter().zip(own.tokens()).enumerate() {
            assert_eq!(placed.head(i), own.head(i));
            assert_eq!((a.upos, a.deprel), (b.upos, b.deprel));
            // White space and invisible marks at the edge of a word need not come back.
            let (a, b) = (visible(a.span.of(text)), visible(b.span.of(text)));
            assert_eq!(a, b, "a word has another place");
        }
    }
    for sentence in sentences {
        let tree = TreebankSentence::from_analysis(text, sentence);
        let (own, places) = tree.text();
        assert_eq!(places.len(), sentence.len());
        for (place, token) in places.iter().zip(sentence.tokens()) {
            assert_eq!(&own[place.0..place.1], token.span.of(text));
        }
    }
}

fn visible(form: &str) -> String {
    form.chars().filter(|&c| !is_invisible(c)).collect()
}
