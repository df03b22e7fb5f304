//! Issue and channel of a fact (codebook 6): cues in the quote, else in the sentence.

use detente_codebook::{TopicBook, topics::TopicHit};

use super::Filler;
use crate::{Fact, Kind, draft::Draft};

/// Most issues a fact may have.
const MOST_ISSUES: usize = 3;

pub(super) fn fill(filler: &Filler<'_, '_>, draft: &Draft<'_>, fact: &mut Fact) {
    let book = &filler.article.coder.book;
    let (first, last) = draft.tokens;
    let inside = hits(filler, &book.issues, first, last);
    fact.issue = best(&book.issues, &inside, MOST_ISSUES);
    if fact.issue.is_empty() {
        let around = hits(filler, &book.issues, 0, filler.scene.sentence.len() - 1);
        fact.issue = best(&book.issues, &around, 1);
    }
    let channels = hits(filler, &book.channels, first, last);
    let wanted = draft.kind != Kind::Statement || channels.iter().any(|h| h.strong);
    if wanted {
        fact.channel = best(&book.channels, &channels, 1).pop();
    }
}

/// Cues in tokens `[first, last]`, strong before weak, long before short, children before parents.
fn hits(filler: &Filler<'_, '_>, book: &TopicBook, first: usize, last: usize) -> Vec<TopicHit> {
    book.find((first..=last).map(|t| (filler.scene.form(t), filler.scene.lemma(t))))
}

/// The first `most` topics; a weak cue counts only if it is not alone or nothing strong is there.
fn best(book: &TopicBook, hits: &[TopicHit], most: usize) -> Vec<String> {
    let strong = hits.iter().any(|h| h.strong);
    let mut found: Vec<String> = Vec::new();
    for hit in hits.iter().filter(|h| h.strong || !strong) {
        // A parent says nothing that its child does not say.
        let covered = hits.iter().any(|other| {
            other.topic != hit.topic
                && (other.strong || !strong)
                && book.is_within(other.topic, hit.topic)
        });
        let id = book.get(hit.topic).id.to_string();
        if !covered && !found.contains(&id) && found.len() < most {
            found.push(id);
        }
    }
    found
}
