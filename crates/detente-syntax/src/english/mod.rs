//! English: where sentences and words end, and dictionary forms.
//!
//! Rules and tables decide what can be said in rules; where a sentence ends in doubtful places, and
//! which dictionary form a word has, is learnt from treebanks and kept in one part of a model file.

mod abbreviations;
mod boundaries;
mod chunks;
mod damage;
mod fronted;
mod inflection;
mod irregular;
mod learn;
mod learn_lemmas;
mod lemmas;
mod marks;
pub(crate) mod mend;
mod piece;
mod sentences;
mod whole;
mod words;

use detente_text::Span;

use crate::Upos;
use crate::conllu::TreebankSentence;
use crate::model::{ModelError, Reader};
use boundaries::{Boundaries, Judge};
use chunks::{Chunk, chunks};
use lemmas::Lemmatiser;
use marks::{Abbreviation, abbreviation};
use sentences::{ends, lines};
use words::tokenise;

/// What is learnt for English beside the network; without it the rules decide alone.
#[derive(Default)]
pub(crate) struct English {
    boundaries: Boundaries,
    lemmatiser: Lemmatiser,
}

/// Sentences and words of a stretch of text; the buffers are kept.
#[derive(Default)]
pub(crate) struct Segmented {
    chunks: Vec<Chunk>,
    words: Vec<Span>,
    /// For each sentence the number of words up to its end.
    ends: Vec<usize>,
    judge: Judge,
}

impl Segmented {
    /// The words of each sentence.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = &[Span]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&a, &b)| &self.words[a..b])
    }
}

/// Learns sentence ends and dictionary forms. `vocabulary` holds common words in small letters, the
/// most frequent first. The same input gives the same bytes everywhere.
pub(crate) fn train(sentences: &[TreebankSentence], vocabulary: &[&str]) -> Vec<u8> {
    let boundaries = learn::train(sentences);
    let mut out = (boundaries.len() as u32).to_le_bytes().to_vec();
    out.extend(boundaries);
    learn_lemmas::train(sentences, vocabulary, &mut out);
    out
}

impl English {
    /// Reads what [`train`] gives.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new(bytes);
        let length = reader.u32()? as usize;
        Ok(Self {
            boundaries: Boundaries::read(reader.bytes(length)?)?,
            lemmatiser: Lemmatiser::read(&mut reader)?,
        })
    }

    /// Finds the sentences and words of `text[part]`; nothing in a part that does not fit the text.
    pub(crate) fn segment(&self, text: &str, part: Span, out: &mut Segmented) {
        out.words.clear();
        out.ends.clear();
        let start = part.start as usize;
        let content = part.of(text);
        if content.is_empty() {
            return;
        }
        let lines = lines(content);
        chunks(text, start, start + content.len(), &mut out.chunks);
        out.judge.start(text, &out.chunks, &self.boundaries.common);
        let mut first = 0;
        for (i, chunk) in out.chunks.iter().enumerate() {
            tokenise(&text[chunk.start..chunk.end], chunk.start, &mut out.words);
            let rule = ends(text, &out.chunks, first, i, lines);
            if self
                .boundaries
                .ends(&out.chunks, first, i, rule, &mut out.judge)
            {
                part_full_stop(text, &mut out.words);
                if out.ends.last().copied().unwrap_or(0) < out.words.len() {
                    out.ends.push(out.words.len());
                }
                first = i + 1;
            }
        }
    }

    /// Writes the dictionary form of a word into `out`. `xpos` is its Penn tag (the treebanks' fifth
    /// column); `initial` says that it opens its sentence.
    pub(crate) fn lemma(
        &self,
        form: &str,
        upos: Upos,
        xpos: &str,
        initial: bool,
        out: &mut String,
    ) {
        self.lemmatiser.lemma(form, upos, xpos, initial, out);
    }
}

/// "No." and "etc." at the end of a sentence are no abbreviations: the full stop is the sentence's.
fn part_full_stop(text: &str, words: &mut Vec<Span>) {
    let Some(last) = words.last_mut() else {
        return;
    };
    let stem = last.of(text).strip_suffix('.');
    if stem.is_some_and(|s| s.eq_ignore_ascii_case("etc"))
        || stem.and_then(abbreviation) == Some(Abbreviation::BeforeName)
    {
        let end = last.end;
        last.end -= 1;
        words.push(Span::new(end - 1, end));
    }
}

#[cfg(test)]
mod tests;
