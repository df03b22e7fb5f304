//! Treebank sentences and word vectors as numbers.

use std::collections::{BTreeMap, HashMap};

use crate::Deprel;
use crate::conllu::{TreebankSentence, TreebankWord};
use crate::net::features::{self, UNKNOWN};
use crate::tags::Tag;
use crate::train::columns::tag_of;

/// Number for "no vector".
pub(crate) const NONE: u32 = u32::MAX;
/// A key is kept if it was seen this often: a word, a part of one.
const LEAST: (usize, usize) = (2, 4);
/// Longer sentences are not learnt from.
const LONGEST: usize = 200;
/// A convention with less than one in so many of another one's words is read twice as often.
const FEW: usize = 4;
/// Most tags.
const MOST_TAGS: usize = 512;

/// Word vectors, brought to a mean square of 1.
#[derive(Default)]
pub(crate) struct Vectors {
    pub(crate) width: usize,
    numbers: Vec<f32>,
    at: BTreeMap<u32, u32>,
}

impl Vectors {
    /// Reads lines of a word and its numbers; of words that are the same to the network the first
    /// counts. Lines of another width than the first are passed over.
    pub(crate) fn read(text: &str) -> Self {
        let mut vectors = Self::default();
        let mut letters = Vec::new();
        for line in text.lines() {
            let mut parts = line.split(' ');
            let Some(word) = parts.next() else { continue };
            let numbers: Option<Vec<f32>> = parts.map(|p| p.parse().ok()).collect();
            let Some(mut numbers) = numbers.filter(|n| n.len() > 1) else {
                continue;
            };
            if vectors.width == 0 {
                vectors.width = numbers.len();
            }
            if numbers.len() != vectors.width {
                continue;
            }
            let square: f32 = numbers.iter().map(|x| x * x).sum();
            let scale = (numbers.len() as f32 / square.max(1e-9)).sqrt();
            numbers.iter_mut().for_each(|x| *x *= scale);
            let next = (vectors.numbers.len() / vectors.width) as u32;
            let key = features::word_key(word, &mut letters);
            if let std::collections::btree_map::Entry::Vacant(entry) = vectors.at.entry(key) {
                entry.insert(next);
                vectors.numbers.extend(numbers);
            }
        }
        vectors
    }

    /// Keys with the number of their vector.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.at.iter().map(|(k, v)| (*k, *v))
    }

    pub(crate) fn row(&self, at: u32) -> &[f32] {
        &self.numbers[at as usize * self.width..][..self.width]
    }
}

/// A word to learn from.
pub(crate) struct Word {
    /// Rows of its keys; the first is the row of the whole form, 0 if it is not known.
    pub(crate) rows: Vec<u32>,
    /// Times that the form was seen.
    pub(crate) seen: u32,
    /// Its vector, or [`NONE`].
    pub(crate) vector: u32,
    pub(crate) tag: u16,
    /// 0 for the root.
    pub(crate) head: u32,
    pub(crate) relation: u16,
}

/// A sentence to learn from.
pub(crate) struct Sample {
    pub(crate) words: Vec<Word>,
}

/// Everything that is learnt from.
pub(crate) struct Samples {
    /// Keys in the order of their rows.
    pub(crate) keys: Vec<u32>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) relations: Vec<Deprel>,
    pub(crate) sentences: Vec<Sample>,
    /// The sentences of a pass; those of a convention that has far fewer words than another one
    /// stand in it twice.
    pub(crate) pass: Vec<usize>,
}

impl Samples {
    /// Sentences with the number of their way of annotating (0 if there is only one). The
    /// treebank's own tags are learnt where `xpos`. `inside` has further keys of each word of each
    /// sentence, or nothing.
    pub(crate) fn new(
        sentences: &[(TreebankSentence, u8)],
        inside: &[Vec<Vec<u32>>],
        vectors: &Vectors,
        xpos: bool,
    ) -> Self {
        let tag = |word: &_| {
            let mut tag = tag_of(word);
            if !xpos {
                tag.xpos.clear();
            }
            tag
        };
        let sentences: Vec<_> = sentences
            .iter()
            .enumerate()
            .filter(|(_, s)| (1..=LONGEST).contains(&s.0.words.len()))
            .map(|(i, s)| (s, inside.get(i).map_or(&[][..], |words| words)))
            .collect();
        let mut letters = Vec::new();
        let mut keys = Vec::new();
        let mut seen: HashMap<u32, (usize, bool)> = HashMap::new();
        let mut tag_counts: BTreeMap<Tag, usize> = BTreeMap::new();
        let mut relations: Vec<Deprel> = Vec::new();
        let conventions = sentences.iter().map(|s| s.0.1).max().unwrap_or(0);
        let mut read = |word: &TreebankWord, inside: Option<&Vec<u32>>, keys: &mut Vec<u32>| {
            features::keys(&word.form, &mut letters, keys);
            keys.extend(inside.into_iter().flatten());
        };
        for ((sentence, _), inside) in &sentences {
            for (i, word) in sentence.words.iter().enumerate() {
                read(word, inside.get(i), &mut keys);
                for (i, &key) in keys.iter().enumerate() {
                    let entry = seen.entry(key).or_default();
                    entry.0 += 1;
                    entry.1 |= i == 0;
                }
                *tag_counts.entry(tag(word)).or_default() += 1;
                relations.push(Deprel::from_treebank(&word.deprel));
            }
        }
        relations.sort_unstable();
        relations.dedup();
        let mut tags: Vec<(usize, Tag)> = tag_counts.into_iter().map(|(t, n)| (n, t)).collect();
        tags.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        tags.truncate(MOST_TAGS);
        let tags: Vec<Tag> = tags.into_iter().map(|t| t.1).collect();
        let mut kept: Vec<u32> = seen
            .iter()
            .filter(|(_, (n, word))| *n >= if *word { LEAST.0 } else { LEAST.1 })
            .map(|(&key, _)| key)
            .collect();
        kept.sort_unstable();
        let mut all = vec![UNKNOWN];
        if conventions > 0 {
            all.extend((0..=conventions).map(features::convention));
        }
        let fixed: Vec<u32> = all.clone();
        all.extend(kept.into_iter().filter(|k| !fixed.contains(k)));
        let rows: HashMap<u32, u32> = all.iter().zip(0..).map(|(&k, r)| (k, r)).collect();
        let tag_numbers: BTreeMap<&Tag, u16> = tags.iter().zip(0..).collect();
        let number = |tag: &Tag| {
            let near = |t: &&Tag| t.upos == tag.upos && t.feats == tag.feats;
            tag_numbers.get(tag).copied().unwrap_or_else(|| {
                let first = tags
                    .iter()
                    .find(near)
                    .or(tags.iter().find(|t| t.upos == tag.upos));
                first.map_or(0, |t| tag_numbers[t])
            })
        };
        let sample = |((sentence, convention), inside): &(&(TreebankSentence, u8), &[Vec<u32>])| {
            let words = sentence.words.iter().enumerate().map(|(i, word)| {
                read(word, inside.get(i), &mut keys);
                let mut own = vec![rows.get(&keys[0]).copied().unwrap_or(0)];
                own.extend(keys[1..].iter().filter_map(|k| rows.get(k)));
                if conventions > 0 {
                    own.push(1 + u32::from(*convention));
                }
                let relation = Deprel::from_treebank(&word.deprel);
                Word {
                    rows: own,
                    seen: seen[&keys[0]].0 as u32,
                    vector: vectors.at.get(&keys[0]).copied().unwrap_or(NONE),
                    tag: number(&tag(word)),
                    head: word.head as u32,
                    relation: relations.binary_search(&relation).unwrap_or(0) as u16,
                }
            });
            Sample {
                words: words.collect(),
            }
        };
        let mut words = vec![0; usize::from(conventions) + 1];
        for ((sentence, convention), _) in &sentences {
            words[usize::from(*convention)] += sentence.words.len();
        }
        let most = words.iter().copied().max().unwrap_or(0);
        let times = |convention: u8| 1 + usize::from(words[usize::from(convention)] * FEW < most);
        let pass = sentences.iter().enumerate();
        let pass = pass.flat_map(|(i, (s, _))| std::iter::repeat_n(i, times(s.1)));
        let pass = pass.collect();
        let sentences = sentences.iter().map(sample).collect();
        Self {
            keys: all,
            tags,
            relations,
            sentences,
            pass,
        }
    }

    /// Cuts an order of sentences into batches of about `words` words.
    pub(crate) fn batches<'o>(&self, order: &'o [usize], words: usize) -> Vec<&'o [usize]> {
        let (mut batches, mut first, mut count) = (Vec::new(), 0, 0);
        for (i, &s) in order.iter().enumerate() {
            count += self.sentences[s].words.len();
            if count >= words {
                batches.push(&order[first..=i]);
                (first, count) = (i + 1, 0);
            }
        }
        if first < order.len() {
            batches.push(&order[first..]);
        }
        batches
    }
}
