//! How well an analyser does on a treebank: the measures of the CoNLL 2018 shared task.
//!
//! Relations are compared without their subtypes, empty nodes are passed over, and words of
//! contractions are aligned by their forms; see [`on_text`] for the running text that is made of
//! a treebank.

mod alignment;
mod text;

use detente_text::Span;

use crate::conllu::{TreebankSentence, contraction};
use crate::train::feats_of;
use crate::{Sentence, Worker};
use alignment::{Place, align};

pub use text::{Document, documents};

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
    /// With the right lemma; where the treebank has none, any is right.
    pub lemmas: usize,
    /// With the right head.
    pub heads: usize,
    /// With the right head and universal relation.
    pub labelled: usize,
    /// With the right head and relation with its subtype.
    pub subtyped: usize,
    /// Tokens of the treebank: words, a contraction counted once.
    pub gold_tokens: usize,
    /// Tokens found.
    pub found_tokens: usize,
    /// Tokens found where the treebank has them.
    pub tokens: usize,
    /// Sentences of the treebank.
    pub gold_sentences: usize,
    /// Sentences found.
    pub found_sentences: usize,
    /// Sentences found that begin and end where the treebank's do.
    pub sentences: usize,
}

impl Score {
    /// F1 in per cent of a count of right words.
    pub fn percent(&self, right: usize) -> f64 {
        f1(right, self.gold, self.found)
    }

    /// F1 of the tokens in per cent.
    pub fn token_percent(&self) -> f64 {
        f1(self.tokens, self.gold_tokens, self.found_tokens)
    }

    /// F1 of the sentence boundaries in per cent.
    pub fn sentence_percent(&self) -> f64 {
        f1(self.sentences, self.gold_sentences, self.found_sentences)
    }

    /// Adds the counts of another part.
    pub fn add(&mut self, other: &Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.words += other.words;
        self.upos += other.upos;
        self.feats += other.feats;
        self.lemmas += other.lemmas;
        self.heads += other.heads;
        self.labelled += other.labelled;
        self.subtyped += other.subtyped;
        self.gold_tokens += other.gold_tokens;
        self.found_tokens += other.found_tokens;
        self.tokens += other.tokens;
        self.gold_sentences += other.gold_sentences;
        self.found_sentences += other.found_sentences;
        self.sentences += other.sentences;
    }
}

fn f1(right: usize, gold: usize, found: usize) -> f64 {
    200.0 * right as f64 / (gold + found).max(1) as f64
}

/// Scores on the treebank's own words and sentences.
pub fn on_gold_words(worker: &mut Worker<'_>, treebank: &[TreebankSentence]) -> Score {
    let mut score = Score::default();
    for gold in treebank {
        let (text, spans) = text::words(gold);
        let found = worker.analyse_words(&text, &spans);
        score.gold_sentences += 1;
        score.found_sentences += 1;
        score.sentences += 1;
        let tokens = tokens(gold);
        score.gold_tokens += tokens;
        score.found_tokens += tokens;
        score.tokens += tokens;
        score.gold += gold.words.len();
        score.found += found.len();
        for i in 0..gold.words.len().min(found.len()) {
            let head = found.head(i).map_or(0, |h| h + 1);
            compare(&mut score, gold, i, found, i, head == gold.words[i].head);
        }
    }
    score
}

/// Scores on raw text: the treebank's documents as running text (see [`documents`]).
pub fn on_text(worker: &mut Worker<'_>, treebank: &[TreebankSentence]) -> Score {
    let mut score = Score::default();
    for Document {
        text, sentences, ..
    } in documents(treebank)
    {
        let found = worker.analyse(&text, &[Span::new(0, text.len() as u32)]);
        document(sentences, found, &text, &mut score);
    }
    score
}

/// Words and tokens of a document with their letters, and the words' places in their sentences.
#[derive(Default)]
struct Side<'t> {
    places: Vec<Place<'t>>,
    /// Sentence and word in it.
    words: Vec<(usize, usize)>,
    /// Index of the first word of each sentence.
    firsts: Vec<usize>,
    tokens: Vec<(u32, u32)>,
    sentences: Vec<(u32, u32)>,
}

impl<'t> Side<'t> {
    fn push(&mut self, sentence: usize, word: usize, place: Place<'t>) {
        if word == 0 {
            self.firsts.push(self.places.len());
            self.sentences.push((place.start, place.end));
        }
        if let Some(last) = self.sentences.last_mut() {
            last.1 = place.end;
        }
        // Words of a contraction have its place and are one token.
        if !place.within || word == 0 || self.tokens.last() != Some(&(place.start, place.end)) {
            self.tokens.push((place.start, place.end));
        }
        self.places.push(place);
        self.words.push((sentence, word));
    }

    /// The treebank's.
    fn of_treebank(treebank: &'t [TreebankSentence]) -> Self {
        let (mut side, mut at) = (Self::default(), 0);
        for (s, sentence) in treebank.iter().enumerate() {
            let mut until = 0;
            for (w, word) in sentence.words.iter().enumerate() {
                let range = sentence.ranges.iter().find(|r| r.0 == w && w >= until);
                let written = range.map_or(&word.form, |range| &range.2);
                if w >= until {
                    until = range.map_or(w, |range| range.1.max(w)) + 1;
                    let place = (at, at + letters(written));
                    at = place.1;
                    let last = until.min(sentence.words.len());
                    for (w, word) in sentence.words.iter().enumerate().take(last).skip(w) {
                        let place = Place {
                            start: place.0,
                            end: place.1,
                            within: range.is_some(),
                            form: &word.form,
                        };
                        side.push(s, w, place);
                    }
                }
            }
        }
        side
    }

    /// What the analyser found in `text`.
    fn of_analysis(text: &'t str, found: &[Sentence]) -> Self {
        let (mut side, mut at, mut byte) = (Self::default(), 0, 0);
        let mut letter = |to: usize| {
            at += letters(text.get(byte..to).unwrap_or(""));
            byte = to;
            at
        };
        for (s, sentence) in found.iter().enumerate() {
            let tokens = sentence.tokens();
            let mut w = 0;
            while w < tokens.len() {
                let last = contraction(text, sentence, w);
                let start = letter(tokens[w].span.start as usize);
                let end = letter(tokens[last.unwrap_or(w)].span.end as usize);
                for (w, token) in tokens
                    .iter()
                    .enumerate()
                    .take(last.unwrap_or(w) + 1)
                    .skip(w)
                {
                    let place = Place {
                        start,
                        end,
                        within: last.is_some(),
                        form: token.span.of(text),
                    };
                    side.push(s, w, place);
                }
                w = last.unwrap_or(w) + 1;
            }
        }
        side
    }
}

/// Characters without white space, by which the two sides are compared.
fn letters(text: &str) -> u32 {
    text.chars().filter(|c| !c.is_whitespace()).count() as u32
}

/// Words, a contraction counted once.
fn tokens(sentence: &TreebankSentence) -> usize {
    let within: usize = sentence
        .ranges
        .iter()
        .map(|r| r.1.saturating_sub(r.0))
        .sum();
    sentence.words.len().saturating_sub(within)
}

fn document(treebank: &[TreebankSentence], found: &[Sentence], text: &str, score: &mut Score) {
    let gold_side = Side::of_treebank(treebank);
    let found_side = Side::of_analysis(text, found);
    score.gold += gold_side.places.len();
    score.found += found_side.places.len();
    score.gold_tokens += gold_side.tokens.len();
    score.found_tokens += found_side.tokens.len();
    score.tokens += common(&gold_side.tokens, &found_side.tokens);
    score.gold_sentences += treebank.len();
    score.found_sentences += found.len();
    score.sentences += common(&gold_side.sentences, &found_side.sentences);
    let pairs = align(&gold_side.places, &found_side.places);
    let mut gold_of = vec![None; found_side.places.len()];
    for &(gold, found) in &pairs {
        gold_of[found] = Some(gold);
    }
    for (g, f) in pairs {
        let ((gs, gw), (fs, fw)) = (gold_side.words[g], found_side.words[f]);
        let (gold, sentence) = (&treebank[gs], &found[fs]);
        let head = match (sentence.head(fw), gold.words[gw].head) {
            (None, head) => head == 0,
            (Some(_), 0) => false,
            (Some(h), head) => {
                gold_of[found_side.firsts[fs] + h] == Some(gold_side.firsts[gs] + head - 1)
            }
        };
        compare(score, gold, gw, sentence, fw, head);
    }
}

/// Spans that stand in both lists, which are in rising order.
fn common(gold: &[(u32, u32)], found: &[(u32, u32)]) -> usize {
    let (mut g, mut f, mut count) = (0, 0, 0);
    while let (Some(a), Some(b)) = (gold.get(g), found.get(f)) {
        count += usize::from(a == b);
        g += usize::from(a.0 <= b.0);
        f += usize::from(b.0 <= a.0);
    }
    count
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
    let universal = gold.deprel.split(':').next().unwrap_or("");
    score.words += 1;
    score.upos += usize::from(gold.upos == token.upos.as_str());
    let mut feats = feats_of(&gold.feats);
    if feats.verb_form != crate::VerbForm::None && gold.xpos != "VBZ" {
        (feats.number, feats.person) = (Default::default(), 0);
    }
    score.feats += usize::from(feats == token.feats);
    score.lemmas += usize::from(gold.lemma == "_" || gold.lemma == found.lemma(i));
    score.heads += usize::from(head);
    score.labelled += usize::from(head && universal == token.deprel.universal());
    score.subtyped +=
        usize::from(head && crate::Deprel::from_treebank(&gold.deprel) == token.deprel);
}
