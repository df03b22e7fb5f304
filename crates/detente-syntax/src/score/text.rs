//! The texts that a treebank was made from, as far as it tells them.

use detente_text::Span;

use crate::conllu::TreebankSentence;

/// A document's text and where its sentences stand in it.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    /// The running text.
    pub text: String,
    /// The sentences as the treebank has them.
    pub sentences: &'t [TreebankSentence],
    /// From the first to the last word of each sentence (bytes).
    pub spans: Vec<Span>,
}

/// The documents of a treebank.
///
/// Sentences are parted by a space unless the last word says `SpaceAfter=No`, paragraphs (`newpar`)
/// by an empty line. A treebank without `newdoc` is one document.
pub fn documents(treebank: &[TreebankSentence]) -> Vec<Document<'_>> {
    let mut documents = Vec::new();
    let mut from = 0;
    while from < treebank.len() {
        let next = (from + 1..treebank.len()).find(|&i| starts(&treebank[i], "newdoc"));
        let to = next.unwrap_or(treebank.len());
        documents.push(document(&treebank[from..to]));
        from = to;
    }
    documents
}

fn document(sentences: &[TreebankSentence]) -> Document<'_> {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for (i, sentence) in sentences.iter().enumerate() {
        if i > 0 && starts(sentence, "newpar") {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        let (own, places) = sentence.text();
        let base = text.len();
        text.push_str(&own);
        let whole = places.first().zip(places.last());
        let span = |(a, b): (&(usize, usize), &(usize, usize))| {
            Span::new((base + a.0) as u32, (base + b.1) as u32)
        };
        spans.push(whole.map_or_else(Span::default, span));
    }
    Document {
        text,
        sentences,
        spans,
    }
}

/// True if a comment is `key` or begins with `key` and a space.
fn starts(sentence: &TreebankSentence, key: &str) -> bool {
    let named = |c: &String| {
        let rest = c.strip_prefix(key);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    sentence.comments.iter().any(named)
}

/// A sentence's words with their own forms, contractions resolved: a text, and the place of each.
pub(super) fn words(sentence: &TreebankSentence) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut places = Vec::with_capacity(sentence.words.len());
    for (i, word) in sentence.words.iter().enumerate() {
        let start = text.len();
        // The analyser knows no words without letters.
        text.push_str(if word.form.is_empty() {
            "_"
        } else {
            &word.form
        });
        places.push(Span::new(start as u32, text.len() as u32));
        let range = sentence.ranges.iter().find(|r| r.0 <= i && i <= r.1);
        let space = match range {
            Some((_, last, _, space)) => i == *last && *space,
            None => word.space_after(),
        };
        if space {
            text.push(' ');
        }
    }
    (text, places)
}
