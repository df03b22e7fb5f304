//! Whose words a sentence carries where no clause of saying frames it (codebook 1.3).

use detente_syntax::Upos;

use crate::{
    Form, Kind, article::Article, draft::Draft, frame::is_quoted, quotation::CLAUSE_WORDS,
};

/// The voice of a sentence's unframed clauses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Voice {
    /// The text speaks for its author: a commentary or a speech, not a report.
    pub(crate) own: bool,
    /// A speaker of an earlier sentence who still speaks: ids, and how.
    pub(crate) continued: Option<(Vec<String>, Form)>,
}

/// Follows the speakers through a document.
pub(crate) struct Voices<'a, 'd> {
    article: &'a Article<'d>,
    /// A signed or first-person text speaks for itself between its quotations.
    own_voice: bool,
    last: Option<Last>,
}

struct Last {
    paragraph: usize,
    ids: Vec<String>,
    /// His words go on in indirect speech.
    speaks_on: bool,
}

impl<'a, 'd> Voices<'a, 'd> {
    pub(crate) fn new(article: &'a Article<'d>) -> Self {
        Self {
            article,
            own_voice: speaks_in_own_voice(article),
            last: None,
        }
    }

    /// The voice of sentence `i` as far as no clause of saying frames it.
    pub(crate) fn before(&self, i: usize) -> Voice {
        let article = self.article;
        let paragraph = article.paragraphs[i];
        let sentence = &article.sentences[i];
        let quotations = article.quotations_in(sentence.span);
        let quoted = is_quoted(sentence.span, quotations)
            || quotations
                .iter()
                .any(|q| q.words >= CLAUSE_WORDS && q.outer.contains(sentence.tokens()[0].span));
        let mut voice = Voice {
            own: self.own_voice,
            continued: None,
        };
        if let Some(last) = &self.last {
            // A quotation without a frame goes on from the one before, even in the next paragraph.
            if quoted && paragraph <= last.paragraph + 1 {
                voice.continued = Some((last.ids.clone(), Form::Direct));
            } else if !self.own_voice && last.speaks_on && paragraph == last.paragraph {
                voice.continued = Some((last.ids.clone(), Form::Indirect));
            }
        }
        voice
    }

    /// Takes note of who was framed in sentence `i`; where somebody was, nobody else goes on.
    pub(crate) fn after(&mut self, i: usize, drafts: &[Draft<'_>], voice: &mut Voice) {
        let article = self.article;
        let paragraph = article.paragraphs[i];
        if drafts
            .iter()
            .any(|d| d.frames.iter().any(|f| f.speaker.is_some()))
        {
            voice.continued = None;
        }
        // Whoever is quoted in the sentence speaks on; whoever only does something in words in it
        // may be quoted in the next one.
        let framed = drafts
            .iter()
            .flat_map(|d| &d.frames)
            .find_map(|f| f.speaker)
            .map(|token| ids(article, i, token))
            .filter(|ids| !ids.is_empty());
        let speaks_on = framed.is_some();
        let quotable = framed.or_else(|| {
            drafts
                .iter()
                .filter(|d| d.kind == Kind::Event)
                .find_map(|d| d.source)
                .map(|token| ids(article, i, token))
                .filter(|ids| !ids.is_empty())
        });
        if let Some(ids) = quotable {
            self.last = Some(Last {
                paragraph,
                ids,
                speaks_on,
            });
        } else if voice.continued.is_some()
            && let Some(last) = &mut self.last
        {
            last.paragraph = paragraph;
        }
    }
}

fn ids(article: &Article<'_>, sentence: usize, token: usize) -> Vec<String> {
    article
        .people
        .refs(sentence, token)
        .into_iter()
        .map(|r| r.id)
        .collect()
}

/// True for commentaries and speeches: somebody says "I" outside quotation marks, or the text is
/// signed and does not open with the place of a report.
fn speaks_in_own_voice(article: &Article<'_>) -> bool {
    let metadata = &article.document.metadata;
    let first_person = article.sentences.iter().enumerate().any(|(i, sentence)| {
        let scene = article.scene(i);
        let quotations = article.quotations_in(sentence.span);
        sentence.tokens().iter().enumerate().any(|(t, token)| {
            token.upos == Upos::Pron
                && matches!(
                    scene.form(t),
                    "I" | "my" | "My" | "me" | "we" | "We" | "our" | "Our"
                )
                && !quotations.iter().any(|q| q.outer.contains(token.span))
        })
    });
    first_person || !metadata.authors.is_empty() && metadata.place.is_none()
}
