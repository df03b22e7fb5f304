//! Where the two actors of a pair stand in a sentence.

use detente_text::Span;

use crate::scene::Scene;

/// The tokens of a marked actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The token whose head lies outside.
    pub(crate) head: usize,
}

impl Spot {
    /// The tokens that touch `span`.
    pub(crate) fn of(scene: &Scene<'_>, span: Span) -> Option<Self> {
        let tokens = scene.sentence.tokens();
        let first = scene.token_at(span.start)?;
        let last = (first..tokens.len())
            .take_while(|&i| tokens[i].span.start < span.end)
            .last()?;
        let within = |i: usize| (first..=last).contains(&i);
        let head = (first..=last)
            .find(|&i| scene.sentence.head(i).is_none_or(|h| !within(h)))
            .unwrap_or(first);
        Some(Self { first, last, head })
    }
}

/// Finds both actors in the text: the first place of each, or those nearest to each other where one
/// stands several times. White space and case may differ.
pub(crate) fn find(text: &str, source: &str, target: &str) -> (Option<Span>, Option<Span>) {
    let sources = places(text, source);
    let targets = places(text, target);
    let best = sources
        .iter()
        .flat_map(|s| targets.iter().map(move |t| (*s, *t)))
        .filter(|(s, t)| !s.overlaps(*t))
        .min_by_key(|(s, t)| {
            let gap = if s.end <= t.start {
                t.start - s.end
            } else {
                s.start - t.end
            };
            (gap, s.start)
        });
    match best {
        Some((s, t)) => (Some(s), Some(t)),
        None => (sources.first().copied(), targets.first().copied()),
    }
}

/// Places of `words` in `text`, at word boundaries where there are any such.
fn places(text: &str, words: &str) -> Vec<Span> {
    let exact = all(text, words.trim());
    if !exact.is_empty() {
        return exact;
    }
    let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let found: Vec<(usize, &str)> = text
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    found
        .windows(wanted.len())
        .filter(|window| {
            window
                .iter()
                .zip(&wanted)
                .all(|((_, word), wanted)| bare(word) == bare(wanted))
        })
        .map(|window| {
            let (last, word) = window[window.len() - 1];
            Span::new(window[0].0 as u32, (last + word.len()) as u32)
        })
        .collect()
}

fn all(text: &str, words: &str) -> Vec<Span> {
    if words.is_empty() {
        return Vec::new();
    }
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let found: Vec<Span> = text
        .match_indices(words)
        .map(|(at, found)| Span::new(at as u32, (at + found.len()) as u32))
        .collect();
    let whole: Vec<Span> = found
        .iter()
        .copied()
        .filter(|s| {
            let (start, end) = (s.start as usize, s.end as usize);
            let cut_before =
                letter(text[..start].chars().next_back()) && letter(words.chars().next());
            let cut_behind =
                letter(text[end..].chars().next()) && letter(words.chars().next_back());
            !cut_before && !cut_behind
        })
        .collect();
    if whole.is_empty() { found } else { whole }
}
