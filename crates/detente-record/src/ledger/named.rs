//! Channels and dates that the words of a quote name.

use detente_codebook::{Codebook, topics::TopicId};
use detente_text::date::{DayMonthOrder, Edtf, find_explicit};

/// The channels that the words of a quote name.
pub(super) fn named_in(quote: &str, book: &Codebook) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (topic, strong) in topics(quote, book) {
        if !strong {
            continue;
        }
        let id = book.channels.get(topic).id.to_string();
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// True if the words of a quote name the channel, or one below it.
pub(super) fn in_words(quote: &str, channel: &str, book: &Codebook) -> bool {
    let Some(channel) = book.channels.id(channel) else {
        return false;
    };
    topics(quote, book)
        .into_iter()
        .any(|(topic, _)| book.channels.is_within(topic, channel))
}

/// The channels named in a text, those that its words name for certain first.
pub(super) fn topics(quote: &str, book: &Codebook) -> Vec<(TopicId, bool)> {
    let words: Vec<String> = quote
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let singular = |word: &str| -> String { word.trim_end_matches('s').to_owned() };
    let lemmas: Vec<String> = words.iter().map(|word| singular(word)).collect();
    let pairs = words.iter().zip(&lemmas);
    let hits = book
        .channels
        .find(pairs.map(|(word, lemma)| (word.as_str(), lemma.as_str())));
    hits.iter().map(|hit| (hit.topic, hit.strong)).collect()
}

/// The last full date in a text: that of "in May 2012".
pub(super) fn date_in(text: &str) -> Option<Edtf> {
    let dates = find_explicit(text, DayMonthOrder::Unknown);
    dates
        .iter()
        .rev()
        .find(|date| date.complete)
        .map(|date| date.edtf)
}
