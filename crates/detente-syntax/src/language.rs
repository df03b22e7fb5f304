//! What differs between the languages: where sentences and words end, dictionary forms, and
//! features that no single word shows.

use detente_text::{Language, Span};

use crate::english::mend::mend;
use crate::english::{English, Segmented};
use crate::japanese;
use crate::korean::{
    self,
    morphemes::{Convention, Morphemes},
};
use crate::model::{Model, ModelError};
use crate::net::features;
use crate::tags::Tag;
use crate::{Deprel, Feats, Sentence, Upos};

/// A language's own rules and tables.
pub(crate) enum Reader {
    English(Box<English>),
    Japanese(Box<japanese::Segmenter>),
    Korean(Box<Morphemes>),
}

/// Buffers of one thread.
#[derive(Default)]
pub(crate) struct Work {
    english: Segmented,
    japanese: japanese::Work,
    korean: korean::Work,
    upos: Vec<Upos>,
    /// Where the morphemes of each word start, their tags start, and these end.
    inside: Vec<[usize; 3]>,
    strings: String,
    sentences: Vec<(usize, usize)>,
    feats: Vec<Feats>,
}

impl Work {
    /// The morphemes of a word and their tags, each joined by `+`.
    fn word(&self, word: usize) -> Option<(&str, &str)> {
        let &[start, middle, end] = self.inside.get(word)?;
        Some((&self.strings[start..middle], &self.strings[middle..end]))
    }
}

impl Reader {
    /// The rules and tables of the model's language.
    pub(crate) fn new(model: &Model<'_>) -> Result<Self, ModelError> {
        match model.language {
            Language::En => {
                let english = English::read(model.section("english")?)?;
                Ok(Self::English(Box::new(english)))
            }
            Language::Ja => {
                let segmenter = japanese::Segmenter::read(model.section("segmenter")?)?;
                Ok(Self::Japanese(Box::new(segmenter)))
            }
            Language::Ko => {
                let morphemes = Morphemes::read(model.section("morphemes")?)?;
                Ok(Self::Korean(Box::new(morphemes)))
            }
            Language::Other => Err(ModelError::Damaged("a language that is not known")),
        }
    }

    /// Cuts `text[start..end]` into sentences and words: appends the words and, for each sentence,
    /// the number of words up to its end.
    pub(crate) fn cut(
        &self,
        text: &str,
        start: usize,
        end: usize,
        work: &mut Work,
        words: &mut Vec<Span>,
        ends: &mut Vec<usize>,
    ) {
        match self {
            Self::English(english) => {
                let part = Span::new(start as u32, end as u32);
                english.segment(text, part, &mut work.english);
                for sentence in work.english.sentences() {
                    words.extend_from_slice(sentence);
                    ends.push(words.len());
                }
            }
            Self::Japanese(segmenter) => {
                work.sentences.clear();
                japanese::sentences(text, start, end, &mut work.sentences);
                for &(from, to) in &work.sentences {
                    let before = words.len();
                    segmenter.words(text, from, to, &mut work.japanese, words);
                    if words.len() > before {
                        ends.push(words.len());
                    }
                }
            }
            Self::Korean(_) => {
                work.sentences.clear();
                korean::sentences::sentences(text, start, end, &mut work.sentences);
                for &(from, to) in &work.sentences {
                    let before = words.len();
                    korean::words::words(text, from, to, words);
                    if words.len() > before {
                        ends.push(words.len());
                    }
                }
            }
        }
    }

    /// The convention to annotate after where none is chosen.
    pub(crate) fn usual(&self) -> u8 {
        match self {
            Self::Korean(morphemes) => morphemes.usual(),
            _ => 0,
        }
    }

    /// Forgets the sentences before.
    pub(crate) fn start(&self, work: &mut Work) {
        work.inside.clear();
        work.strings.clear();
    }

    /// Told the words of a sentence before the network reads them.
    pub(crate) fn prepare(&self, text: &str, words: &[Span], convention: u8, work: &mut Work) {
        let Self::Korean(morphemes) = self else {
            return;
        };
        work.upos.clear();
        work.upos.resize(words.len(), Upos::X);
        let convention = Convention::numbered(convention);
        morphemes.analyse(text, words, &work.upos, convention, &mut work.korean);
        for i in 0..words.len() {
            let start = work.strings.len();
            work.strings.push_str(work.korean.morphemes(i));
            let middle = work.strings.len();
            work.strings.push_str(work.korean.xpos(i));
            work.inside.push([start, middle, work.strings.len()]);
        }
    }

    /// Appends the keys of what was found inside word `word` of all that were prepared.
    pub(crate) fn inside(&self, word: usize, work: &Work, keys: &mut Vec<u32>) {
        if let Some((morphemes, tags)) = work.word(word) {
            features::inside(morphemes, tags, keys);
        }
    }

    /// Writes the lemma of word `word` of all that were prepared; `initial` if it opens its
    /// sentence. Returns its own tag.
    pub(crate) fn lemma<'t>(
        &self,
        form: &str,
        word: usize,
        initial: bool,
        tag: &'t Tag,
        work: &'t Work,
        out: &mut String,
    ) -> &'t str {
        match self {
            Self::English(english) => {
                english.lemma(form, tag.upos, &tag.xpos, initial, out);
                &tag.xpos
            }
            Self::Japanese(segmenter) => {
                segmenter.lemma(form, &tag.xpos, out);
                &tag.xpos
            }
            Self::Korean(_) => {
                let (morphemes, tags) = work.word(word).unwrap_or((form, ""));
                // Of an auxiliary of its own the treebanks write only the stem.
                let stem = morphemes.split('+').next().filter(|stem| !stem.is_empty());
                let aux = tag.upos == Upos::Aux;
                out.clear();
                out.push_str(stem.filter(|_| aux).unwrap_or(morphemes));
                tags
            }
        }
    }

    /// Completes the features of a sentence whose first word is word `first` of all that were
    /// prepared.
    pub(crate) fn finish(
        &self,
        text: &str,
        sentence: &mut Sentence,
        first: usize,
        work: &mut Work,
    ) {
        match self {
            Self::English(_) => return mend(text, sentence),
            Self::Japanese(_) => {
                let words = InText {
                    text,
                    sentence,
                    korean: None,
                };
                japanese::features::features(&words, &mut work.feats);
            }
            Self::Korean(_) => {
                korean::mend::mend(text, sentence);
                let mut feats = std::mem::take(&mut work.feats);
                let korean = Some((&*work, first));
                let words = InText {
                    text,
                    sentence,
                    korean,
                };
                korean::features::features(&words, &mut feats);
                work.feats = feats;
            }
        }
        for (i, feats) in work.feats.iter().enumerate() {
            sentence.set_feats(i, *feats);
        }
    }
}

/// A sentence with the text that it stands in.
struct InText<'a> {
    text: &'a str,
    sentence: &'a Sentence,
    /// All morphemes of the words, which the lemmas of auxiliaries leave out.
    korean: Option<(&'a Work, usize)>,
}

impl japanese::features::Words for InText<'_> {
    fn len(&self) -> usize {
        self.sentence.len()
    }

    fn form(&self, i: usize) -> &str {
        self.sentence.tokens()[i].span.of(self.text)
    }

    fn lemma(&self, i: usize) -> &str {
        match self.korean {
            Some((work, first)) => work.word(first + i).map_or("", |word| word.0),
            None => self.sentence.lemma(i),
        }
    }

    fn upos(&self, i: usize) -> Upos {
        self.sentence.tokens()[i].upos
    }

    fn xpos(&self, i: usize) -> &str {
        self.sentence.xpos(i)
    }

    fn head(&self, i: usize) -> usize {
        self.sentence.head(i).unwrap_or(i)
    }

    fn deprel(&self, i: usize) -> Deprel {
        self.sentence.tokens()[i].deprel
    }
}
