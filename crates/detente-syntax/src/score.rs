//! How well an analyser does on a treebank: the measures of the CoNLL shared tasks.

use detente_text::Span;

use crate::conllu::TreebankSentence;
use crate::train::feats_of;
use crate::{Deprel, Sentence, Worker};

/// Counts of right words; divide by [`gold`](Self::gold) and [`found`](Self::found).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Words of the treebank.
    pub gold: usize,
    /// Words found.
    pub found: usize,
    /// Words found where the treebank has them.
    pub words: usize,
    /// Of these, with the right part of speech.
    pub upos: usize,
    /// With the right features (those that [`crate::Feats`] keeps; number and person of verbs aside).
    pub feats: usize,
    /// With the right lemma.
    pub lemmas: usize,
    /// With the right head.
    pub heads: usize,
    /// With the right head and universal relation.
    pub labelled: usize,
    /// With the right head and relation with its subtype.
    pub subtyped: usize,
    /// Sentences of the treebank.
    pub gold_sentences: usize,
    /// Sentences found.
    pub found_sentences: usize,
    /// Sentences found with the treebank's first and last word.
    pub sentences: usize,
}

impl Score {
    /// F1 in per cent of a count of right words.
    pub fn percent(&self, right: usize) -> f64 {
        200.0 * right as f64 / (self.gold + self.found).max(1) as f64
    }

    /// F1 of the sentence boundaries in per cent.
    pub fn sentence_percent(&self) -> f64 {
        let all = self.gold_sentences + self.found_sentences;
        200.0 * self.sentences as f64 / all.max(1) as f64
    }
}

/// Scores on the treebank's own words and sentences.
pub fn on_gold_words(worker: &mut Worker<'_>, treebank: &[TreebankSentence]) -> Score {
    let mut score = Score::default();
    for gold in treebank {
        let (text, places) = gold.text();
        let spans: Vec<Span> = places
            .iter()
            .map(|&(start, end)| Span::new(start as u32, end as u32))
            .collect();
        let found = worker.analyse_words(&text, &spans);
        score.gold_sentences += 1;
        score.found_sentences += 1;
        score.sentences += 1;
        score.gold += gold.words.len();
        score.found += found.len();
        for i in 0..gold.words.len() {
            let head = found.head(i).map_or(0, |h| h + 1);
            compare(&mut score, gold, i, found, i, head == gold.words[i].head);
        }
    }
    score
}

/// Scores on raw text: the treebank's documents as running text, one paragraph a `newpar`.
pub fn on_text(worker: &mut Worker<'_>, treebank: &[TreebankSentence]) -> Score {
    let mut score = Score::default();
    let mut from = 0;
    while from < treebank.len() {
        let starts = |s: &TreebankSentence, key: &str| {
            let named = |c: &String| c.strip_prefix(key).is_some_and(|r| !r.starts_with('_'));
            s.comments.iter().any(named)
        };
        let next = (from + 1..treebank.len()).find(|&i| starts(&treebank[i], "newdoc"));
        let to = next.unwrap_or(treebank.len());
        let (mut text, mut gold_words) = (String::new(), Vec::new());
        for (i, sentence) in treebank[from..to].iter().enumerate() {
            if i > 0 && starts(sentence, "newpar") {
                text.push_str("\n\n");
            } else if i > 0 && !text.ends_with(' ') && spaced(&treebank[from + i - 1]) {
                text.push(' ');
            }
            let (own, places) = sentence.text();
            let base = text.len();
            text.push_str(&own);
            let place = |(s, e): (usize, usize)| Span::new((base + s) as u32, (base + e) as u32);
            gold_words.extend(
                places
                    .into_iter()
                    .map(place)
                    .zip((0..).map(move |w| (i, w))),
            );
        }
        document(worker, &treebank[from..to], &text, &gold_words, &mut score);
        from = to;
    }
    score
}

fn spaced(sentence: &TreebankSentence) -> bool {
    sentence.words.last().is_none_or(|w| w.space_after())
}

fn document(
    worker: &mut Worker<'_>,
    treebank: &[TreebankSentence],
    text: &str,
    gold_words: &[(Span, (usize, usize))],
    score: &mut Score,
) {
    let found = worker.analyse(text, &[Span::new(0, text.len() as u32)]);
    let gold_at: std::collections::BTreeMap<Span, (usize, usize)> =
        gold_words.iter().copied().collect();
    score.gold += gold_words.len();
    score.gold_sentences += treebank.len();
    score.found_sentences += found.len();
    for sentence in found {
        score.found += sentence.len();
        let place = |i: usize| gold_at.get(&sentence.tokens()[i].span).copied();
        if let (Some((a, 0)), Some((b, last))) = (place(0), place(sentence.len() - 1)) {
            score.sentences += usize::from(a == b && last + 1 == treebank[b].words.len());
        }
        for i in 0..sentence.len() {
            let Some((s, w)) = place(i) else { continue };
            let gold = &treebank[s];
            let head = match sentence.head(i) {
                None => gold.words[w].head == 0,
                Some(h) => place(h) == gold.words[w].head.checked_sub(1).map(|g| (s, g)),
            };
            compare(score, gold, w, sentence, i, head);
        }
    }
}

fn compare(
    score: &mut Score,
    gold: &TreebankSentence,
    w: usize,
    found: &Sentence,
    i: usize,
    head: bool,
) {
    let (gold, token) = (&gold.words[w], &found.tokens()[i]);
    let deprel = Deprel::from_treebank(&gold.deprel);
    score.words += 1;
    score.upos += usize::from(gold.upos == token.upos.as_str());
    let mut feats = feats_of(&gold.feats);
    if feats.verb_form != crate::VerbForm::None && gold.xpos != "VBZ" {
        (feats.number, feats.person) = (Default::default(), 0);
    }
    score.feats += usize::from(feats == token.feats);
    score.lemmas += usize::from(gold.lemma == found.lemma(i));
    score.heads += usize::from(head);
    score.labelled += usize::from(head && deprel.universal() == token.deprel.universal());
    score.subtyped += usize::from(head && deprel == token.deprel);
}
