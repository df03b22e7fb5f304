//! What is inside an eojeol: its morphemes in their full forms, and a tag for each.
//!
//! Two linear classifiers with hashed features. The first goes through the syllables of an eojeol
//! and chooses an [`Action`] for each, the second goes through the morphemes that come of it. Both
//! see the part of speech that the eojeol has in the sentence, or [`Upos::X`] for all where it is
//! not known yet. The two Korean treebanks divide and tag in their own ways, so every analysis
//! follows one [`Convention`].

use detente_text::Span;

use super::eojeol::Work;
use super::flat::FlatWeights;
use super::restore::Action;
use crate::Upos;
use crate::model::{ModelError, Reader, write_str};

/// Whose way of dividing and tagging to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum Convention {
    /// UD Korean GSD: the tags of the Sejong corpus (NNG, JKS, EP …).
    #[default]
    Gsd,
    /// UD Korean Kaist: the tags of the KAIST corpus (ncn, jcs, ep …).
    Kaist,
}

impl Convention {
    /// The convention of a number: 0 is GSD's.
    pub(crate) fn numbered(number: u8) -> Self {
        if number == 0 { Self::Gsd } else { Self::Kaist }
    }

    /// The convention whose tags are written like this one; `None` if it is no tag.
    pub(crate) fn of_tag(xpos: &str) -> Option<Self> {
        match xpos.bytes().next()? {
            b'A'..=b'Z' => Some(Self::Gsd),
            b'a'..=b'z' => Some(Self::Kaist),
            _ => None,
        }
    }
}

/// Actions and tags with the weights that choose them.
pub(crate) struct Morphemes {
    pub(crate) actions: Vec<Action>,
    pub(crate) tags: Vec<String>,
    /// Which tags belong to which convention.
    of_convention: Vec<Option<Convention>>,
    pub(crate) restoring: FlatWeights,
    pub(crate) tagging: FlatWeights,
}

impl Morphemes {
    /// The number of the convention to follow where none is chosen: GSD's, if it was learnt.
    pub(crate) fn usual(&self) -> u8 {
        let has = |c| self.of_convention.contains(&Some(c));
        u8::from(!has(Convention::Gsd) && has(Convention::Kaist))
    }

    /// Reads what [`write`] wrote.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let reader = &mut Reader::new(bytes);
        let count = reader.u8()?;
        let actions: Vec<Action> = (0..count)
            .map(|_| Action::read(reader))
            .collect::<Result<_, _>>()?;
        let count = reader.u8()?;
        let tags: Vec<String> = (0..count)
            .map(|_| Ok(reader.str()?.to_owned()))
            .collect::<Result<_, ModelError>>()?;
        let (restoring, tagging) = (FlatWeights::read(reader)?, FlatWeights::read(reader)?);
        let fit = restoring.classes() == actions.len() && tagging.classes() == tags.len();
        if !fit || actions.is_empty() || tags.is_empty() {
            return Err(ModelError::Damaged("morphemes and weights do not fit"));
        }
        let of_convention = tags.iter().map(|t| Convention::of_tag(t)).collect();
        Ok(Self {
            actions,
            tags,
            of_convention,
            restoring,
            tagging,
        })
    }

    /// Takes the eojeol of a sentence apart: `upos` has a part of speech for each of `spans`. What
    /// is found lies in `work` until the next call.
    pub(crate) fn analyse(
        &self,
        text: &str,
        spans: &[Span],
        upos: &[Upos],
        convention: Convention,
        work: &mut Work,
    ) {
        work.start(text, spans, upos, convention);
        for word in 0..spans.len() {
            work.open(word);
            let plain = work.is_plain();
            for at in 0..work.len() {
                if plain {
                    work.keep(at);
                    continue;
                }
                work.restoring_features(at);
                let action = work.best(&self.restoring, self.actions.len(), |_| true);
                work.restore(at, action, &self.actions[action]);
            }
            // Where every character was taken for a part of another one, the word stands as it is.
            if work.pieces() == 0 {
                (0..work.len()).for_each(|at| work.keep(at));
            }
            for at in 0..work.pieces() {
                work.tagging_features(at);
                let own = |tag: usize| self.of_convention[tag].is_none_or(|c| c == convention);
                let tag = work.best(&self.tagging, self.tags.len(), own);
                work.choose(at, tag);
            }
            work.close(&self.tags);
        }
    }
}

/// Writes the bytes that [`Morphemes::read`] reads; the weights are those of
/// [`write_flat`](crate::korean::flat::write_flat).
pub(crate) fn write(
    actions: &[Action],
    tags: &[String],
    restoring: &[u8],
    tagging: &[u8],
) -> Vec<u8> {
    let mut out = vec![actions.len() as u8];
    for action in actions {
        action.write(&mut out);
    }
    out.push(tags.len() as u8);
    for tag in tags {
        write_str(&mut out, tag);
    }
    out.extend(restoring);
    out.extend(tagging);
    out
}
