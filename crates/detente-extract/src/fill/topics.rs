//! Issue and channel of a fact (codebook 6): cues in the quote, else in its sentence, else what the
//! paragraph was about.

use detente_codebook::{TopicBook, topics::TopicHit};

use super::Filler;
use crate::{Fact, Kind, draft::Draft};

/// Most issues a fact may have.
pub(super) const MOST_ISSUES: usize = 3;

pub(super) fn fill(filler: &Filler<'_, '_>, draft: &Draft<'_>, fact: &mut Fact) {
    let book = &filler.article.coder.book;
    let (first, last) = draft.tokens;
    let n = filler.scene.sentence.len();
    let inside = hits(filler, &book.issues, first, last);
    fact.issue = strong(&book.issues, &inside);
    if fact.issue.is_empty() {
        let around = hits(filler, &book.issues, 0, n - 1);
        fact.issue = strong(&book.issues, &around);
        fact.issue.truncate(1);
    }
    if fact.issue.is_empty() {
        fact.issue.extend(filler.topic.cloned());
        for id in weak(&book.issues, &inside) {
            if !fact.issue.contains(&id) {
                fact.issue.push(id);
            }
        }
    }
    fact.issue.truncate(MOST_ISSUES);
    let channels = hits(filler, &book.channels, first, last);
    fact.channel = strong(&book.channels, &channels).into_iter().next();
    if fact.channel.is_none() {
        let around = hits(filler, &book.channels, 0, n - 1);
        fact.channel = strong(&book.channels, &around).into_iter().next();
    }
    if fact.channel.is_none() && draft.kind == Kind::Event {
        fact.channel = weak(&book.channels, &channels).into_iter().next();
    }
}

/// The issue that a sentence puts in the foreground: its first strong cue.
pub(crate) fn of_sentence(filler: &Filler<'_, '_>) -> Option<String> {
    let book = &filler.article.coder.book.issues;
    let found = hits(filler, book, 0, filler.scene.sentence.len() - 1);
    strong(book, &found).into_iter().next()
}

/// Issues with a strong cue in a stretch of this sentence.
pub(super) fn strong_issues(filler: &Filler<'_, '_>, span: detente_text::Span) -> Vec<String> {
    let book = &filler.article.coder.book.issues;
    let tokens = filler.scene.sentence.tokens();
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    let last = tokens.partition_point(|t| t.span.start < span.end);
    if first >= last {
        return Vec::new();
    }
    strong(book, &hits(filler, book, first, last - 1))
}

/// Cues in tokens `[first, last]`, strong before weak, long before short, children before parents.
fn hits(filler: &Filler<'_, '_>, book: &TopicBook, first: usize, last: usize) -> Vec<TopicHit> {
    book.find((first..=last).map(|t| (filler.scene.form(t), filler.scene.lemma(t))))
}

/// Topics with a strong cue; a parent says nothing that its child does not say.
fn strong(book: &TopicBook, hits: &[TopicHit]) -> Vec<String> {
    listed(book, hits, |h| h.strong)
}

fn weak(book: &TopicBook, hits: &[TopicHit]) -> Vec<String> {
    listed(book, hits, |h| !h.strong)
}

fn listed(book: &TopicBook, hits: &[TopicHit], wanted: impl Fn(&TopicHit) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for hit in hits.iter().filter(|h| wanted(h)) {
        let covered = hits.iter().any(|other| {
            other.topic != hit.topic && wanted(other) && book.is_within(other.topic, hit.topic)
        });
        let id = book.get(hit.topic).id.to_string();
        if !covered && !found.contains(&id) {
            found.push(id);
        }
    }
    found
}
