//! Part-of-speech tags with their features, from left to right, then once more with the tags on
//! both sides known.

use crate::model::{ModelError, Reader, write_str};
use crate::tags::{Mood, Number, Tense, VerbForm};
use crate::weights::{Scorer, Weights, feature};
use crate::word::{Word, casing};
use crate::{Feats, Upos};

/// A class of the tagger: everything a word's tag says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Tag {
    pub(crate) upos: Upos,
    /// The treebank's own tag, which divides some universal ones further.
    pub(crate) xpos: String,
    /// Features as packed by [`pack`].
    pub(crate) feats: u16,
}

/// Number of a tag before the first and after the last word.
pub(crate) const NO_TAG: u8 = 255;

/// Tags and weights.
pub(crate) struct TaggerModel {
    pub(crate) tags: Vec<Tag>,
    pub(crate) first: Weights,
    pub(crate) second: Weights,
}

impl TaggerModel {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let tags = read_tags(reader)?;
        let first = Weights::read(reader)?;
        let second = Weights::read(reader)?;
        if first.classes() != tags.len() || second.classes() != tags.len() || tags.is_empty() {
            return Err(ModelError::Damaged("tags and weights do not fit"));
        }
        Ok(Self {
            tags,
            first,
            second,
        })
    }
}

fn read_tags(reader: &mut Reader<'_>) -> Result<Vec<Tag>, ModelError> {
    let count = reader.u8()?;
    (0..count)
        .map(|_| {
            let upos = reader.u8()?;
            let upos = *Upos::ALL
                .get(upos as usize)
                .ok_or(ModelError::Damaged("a part of speech out of range"))?;
            let feats = reader.bytes(2)?;
            Ok(Tag {
                upos,
                feats: u16::from_le_bytes([feats[0], feats[1]]),
                xpos: reader.str()?.to_owned(),
            })
        })
        .collect()
}

/// Writes what [`TaggerModel::read`] reads before the weights.
pub(crate) fn write_tags(out: &mut Vec<u8>, tags: &[Tag]) {
    out.push(tags.len() as u8);
    for tag in tags {
        out.push(tag.upos as u8);
        out.extend(tag.feats.to_le_bytes());
        write_str(out, &tag.xpos);
    }
}

/// Buffers of the tagger.
#[derive(Default)]
pub(crate) struct TaggerWork {
    features: Vec<u32>,
    scores: Vec<i32>,
}

/// Tags a sentence; `tags` gets the number of each word's tag.
pub(crate) fn tag(model: &TaggerModel, words: &[Word], work: &mut TaggerWork, tags: &mut Vec<u8>) {
    first_pass(&model.first, model.tags.len(), words, work, tags);
    second_pass(&model.second, model.tags.len(), words, work, tags);
}

/// Tags from left to right.
pub(crate) fn first_pass(
    scorer: &impl Scorer,
    classes: usize,
    words: &[Word],
    work: &mut TaggerWork,
    tags: &mut Vec<u8>,
) {
    let casing = casing(words);
    tags.clear();
    for i in 0..words.len() {
        first_features(words, tags, i, casing, &mut work.features);
        let best = best(scorer, classes, work);
        tags.push(best as u8);
    }
}

/// Tags again, seeing the tags of the first pass to the right and the new ones to the left.
pub(crate) fn second_pass(
    scorer: &impl Scorer,
    classes: usize,
    words: &[Word],
    work: &mut TaggerWork,
    tags: &mut [u8],
) {
    let casing = casing(words);
    for i in 0..words.len() {
        second_features(words, tags, i, casing, &mut work.features);
        tags[i] = best(scorer, classes, work) as u8;
    }
}

/// The class with the highest score for the features in `work`; the first one of equals.
pub(crate) fn best(scorer: &impl Scorer, classes: usize, work: &mut TaggerWork) -> usize {
    work.scores.clear();
    work.scores.resize(classes, 0);
    scorer.add(&work.features, &mut work.scores);
    let mut best = 0;
    for (class, &score) in work.scores.iter().enumerate() {
        if score > work.scores[best] {
            best = class;
        }
    }
    best
}

impl TaggerWork {
    pub(crate) fn features(&self) -> &[u32] {
        &self.features
    }

    pub(crate) fn features_mut(&mut self) -> &mut Vec<u32> {
        &mut self.features
    }
}

const EDGE: Word = Word {
    exact: 1,
    lower: 1,
    prefixes: [1; 4],
    suffixes: [1; 5],
    shape: 1,
    kind: 0,
    class: crate::lexicon::WordClass {
        tags: u16::MAX,
        cluster: u16::MAX,
        coarse: u16::MAX,
    },
};

fn word_at(words: &[Word], i: usize, by: isize) -> &Word {
    i.checked_add_signed(by)
        .and_then(|i| words.get(i))
        .unwrap_or(&EDGE)
}

fn tag_at(tags: &[u8], i: usize, by: isize) -> u32 {
    let tag = i.checked_add_signed(by).and_then(|i| tags.get(i));
    u32::from(*tag.unwrap_or(&NO_TAG))
}

/// Features of the word itself and its neighbours' forms.
fn shared_features(words: &[Word], i: usize, casing: u32, out: &mut Vec<u32>) {
    let w = &words[i];
    let (p1, p2) = (word_at(words, i, -1), word_at(words, i, -2));
    let (n1, n2) = (word_at(words, i, 1), word_at(words, i, 2));
    let (class, coarse) = (u32::from(w.class.cluster), u32::from(w.class.coarse));
    let initial = u32::from(i == 0 || p1.kind & (crate::word::LETTER | crate::word::DIGIT) == 0);
    let shape_kind = casing << 8 | initial << 6 | w.kind;
    let first = out.len();
    out.extend([
        feature(1, 0, 0, 0),
        feature(2, w.lower, 0, 0),
        feature(3, w.exact, initial, casing),
        feature(4, w.suffixes[0], shape_kind, 0),
        feature(5, w.suffixes[1], 0, 0),
        feature(6, w.suffixes[2], 0, 0),
        feature(7, w.suffixes[3], 0, 0),
        feature(8, w.suffixes[4], 0, 0),
        feature(9, w.prefixes[0], w.kind, 0),
        feature(10, w.prefixes[1], 0, 0),
        feature(11, w.prefixes[2], 0, 0),
        feature(12, w.prefixes[3], 0, 0),
        feature(13, w.shape, casing, initial),
        feature(14, u32::from(w.class.tags), shape_kind, 0),
        feature(15, class, w.kind & 3, 0),
        feature(16, coarse, w.suffixes[1], 0),
        feature(17, p1.lower, 0, 0),
        feature(18, n1.lower, 0, 0),
        feature(19, p2.lower, 0, 0),
        feature(20, n2.lower, 0, 0),
        feature(21, p1.lower, w.lower, 0),
        feature(22, w.lower, n1.lower, 0),
        feature(23, p1.lower, n1.lower, 0),
        feature(24, u32::from(p1.class.cluster), u32::from(w.class.tags), 0),
        feature(25, u32::from(n1.class.cluster), u32::from(w.class.tags), 0),
        feature(26, u32::from(n1.class.tags), u32::from(w.class.tags), 0),
        feature(
            27,
            u32::from(n1.class.tags),
            u32::from(n2.class.tags),
            w.suffixes[1],
        ),
        feature(28, n1.suffixes[1], w.suffixes[1], 0),
        feature(29, p1.kind | n1.kind << 8, w.kind, casing),
        feature(
            30,
            u32::from(p1.class.coarse),
            coarse,
            u32::from(n1.class.coarse),
        ),
        feature(31, w.suffixes[2], w.prefixes[0], w.kind),
    ]);
    debug_assert!(out.len() - first < 128);
}

/// Features of the first pass: the two tags to the left are known.
pub(crate) fn first_features(
    words: &[Word],
    tags: &[u8],
    i: usize,
    casing: u32,
    out: &mut Vec<u32>,
) {
    out.clear();
    shared_features(words, i, casing, out);
    let (t1, t2) = (tag_at(tags, i, -1), tag_at(tags, i, -2));
    let (w, n1) = (&words[i], word_at(words, i, 1));
    out.extend([
        feature(40, t1, 0, 0),
        feature(41, t1, t2, 0),
        feature(42, t1, w.lower, 0),
        feature(43, t1, w.suffixes[2], w.kind & 3),
        feature(44, t1, u32::from(w.class.tags), u32::from(n1.class.tags)),
        feature(45, t1, n1.lower, 0),
        feature(46, t1, t2, w.lower),
        feature(47, t2, w.lower, 0),
        feature(48, t1, u32::from(w.class.cluster), 0),
        feature(49, t1, t2, u32::from(w.class.tags)),
    ]);
}

/// Features of the second pass: tags on both sides are known.
pub(crate) fn second_features(
    words: &[Word],
    tags: &[u8],
    i: usize,
    casing: u32,
    out: &mut Vec<u32>,
) {
    out.clear();
    shared_features(words, i, casing, out);
    let w = &words[i];
    let (t1, t2, t3) = (
        tag_at(tags, i, -1),
        tag_at(tags, i, -2),
        tag_at(tags, i, -3),
    );
    let (n1, n2, n3) = (tag_at(tags, i, 1), tag_at(tags, i, 2), tag_at(tags, i, 3));
    let ambiguity = u32::from(w.class.tags);
    out.extend([
        feature(60, t1, 0, 0),
        feature(61, t1, t2, 0),
        feature(62, t1, w.lower, 0),
        feature(63, n1, 0, 0),
        feature(64, n1, n2, 0),
        feature(65, n1, w.lower, 0),
        feature(66, t1, n1, 0),
        feature(67, t1, n1, w.lower),
        feature(68, t1, n1, ambiguity),
        feature(69, t1 << 8 | t2, n1 << 8 | n2, 0),
        feature(70, t1, t2, t3),
        feature(71, n1, n2, n3),
        feature(72, t1 << 8 | t2, n1, ambiguity),
        feature(73, t1, n1 << 8 | n2, ambiguity),
        feature(74, t1, w.suffixes[2], n1),
        feature(75, t1 << 8 | t2, w.lower, 0),
        feature(76, n1 << 8 | n2, w.lower, 0),
        feature(77, t1, u32::from(w.class.cluster), n1),
        feature(78, t2, n2, ambiguity),
    ]);
}

/// Features in 16 bits.
pub(crate) fn pack(feats: Feats) -> u16 {
    feats.tense as u16
        | (feats.mood as u16) << 2
        | (feats.verb_form as u16) << 4
        | (feats.number as u16) << 7
        | u16::from(feats.person.min(3)) << 9
        | u16::from(feats.passive) << 11
        | u16::from(feats.negative) << 12
}

/// The reverse of [`pack`].
pub(crate) fn unpack(feats: u16) -> Feats {
    fn value<T: Copy + Default>(all: &[T], number: u16) -> T {
        all.get(number as usize).copied().unwrap_or_default()
    }
    Feats {
        tense: value(Tense::ALL, feats & 3),
        mood: value(Mood::ALL, feats >> 2 & 3),
        verb_form: value(VerbForm::ALL, feats >> 4 & 7),
        number: value(Number::ALL, feats >> 7 & 3),
        person: (feats >> 9 & 3) as u8,
        passive: feats >> 11 & 1 == 1,
        negative: feats >> 12 & 1 == 1,
    }
}
