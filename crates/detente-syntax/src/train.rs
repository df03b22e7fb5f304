//! Training: from treebanks to the bytes of a model.
//!
//! Pure and reproducible: the same sentences, vectors and options give the same bytes on every
//! machine. Weights are whole numbers while they are learnt, and all chance comes from
//! [`Options::seed`].

mod clusters;
mod examples;
mod lemma;
mod oracle;
mod parser;
mod perceptron;
mod tagger;

use crate::conllu::TreebankSentence;
use crate::lemma::Lemmatiser;
use crate::lexicon::Lexicon;
use crate::model::{MAGIC, VERSION};
use crate::parser::Move;
use crate::tagger::Tag;
use crate::weights::write_weights;

pub(crate) use examples::feats_of;
use perceptron::Averaged;

/// How to train.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Where all chance comes from.
    pub seed: u64,
    /// Passes over the data for each tagger.
    pub tagger_epochs: usize,
    /// Passes over the data for the parser.
    pub parser_epochs: usize,
    /// In how many parts the data is divided, so that the parser learns from tags of a tagger that
    /// has not seen the sentence. At least 2.
    pub folds: usize,
    /// Groups of words, fine and coarse, made of the word vectors.
    pub clusters: (usize, usize),
    /// The parser learns until the right move leads by more than this.
    pub margin: i32,
    /// Runs of the parser's training whose weights are mixed.
    pub mixed: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            tagger_epochs: 6,
            parser_epochs: 6,
            folds: 5,
            clusters: (800, 120),
            margin: 0,
            mixed: 2,
        }
    }
}

/// What to leave out of a model so that it becomes small: features that were touched less often in
/// training, and weights that are smaller, in hundredths of the step by which a mistake changes a
/// weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Least updates and weight in the tagger.
    pub tagger: (u32, i64),
    /// Least updates and weight in the parser.
    pub parser: (u32, i64),
}

impl Default for Cut {
    fn default() -> Self {
        Self {
            tagger: (1, 80),
            parser: (2, 100),
        }
    }
}

/// Everything learnt, before it is cut down to a model.
pub struct Learnt {
    lexicon: Lexicon,
    tags: Vec<Tag>,
    first: Averaged,
    second: Averaged,
    lemmatiser: Lemmatiser,
    moves: Vec<Move>,
    parser: Averaged,
}

/// Learns from sentences.
///
/// `vectors` are word vectors as text, a word and its numbers a line, the most frequent words
/// first; without them the lexicon has no groups of words. `progress` is told what is done.
pub fn learn(
    sentences: &[TreebankSentence],
    vectors: Option<&str>,
    options: Options,
    progress: &mut dyn FnMut(&str),
) -> Learnt {
    let groups = clusters::clusters(vectors.unwrap_or(""), options.clusters);
    progress(&format!("{} words are grouped", groups.len()));
    let (lexicon, tags, examples) = examples::examples(sentences, &groups);
    progress(&format!(
        "{} sentences, {} tags",
        examples.len(),
        tags.len()
    ));
    let taggers = tagger::train(&examples, tags.len(), options);
    progress("the taggers are trained");
    let lemmatiser = lemma::train(&examples);
    let upos: Vec<crate::Upos> = tags.iter().map(|t| t.upos).collect();
    let (moves, parser) = parser::train(&examples, &taggers.unseen, &upos, options);
    progress("the parser is trained");
    Learnt {
        lexicon,
        tags,
        first: taggers.first,
        second: taggers.second,
        lemmatiser,
        moves,
        parser,
    }
}

impl Learnt {
    /// The bytes of a model file.
    pub fn model(&self, cut: Cut) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        self.lexicon.write(&mut out);
        crate::tagger::write_tags(&mut out, &self.tags);
        let tags = self.tags.len();
        write_weights(&mut out, tags, &self.first.cut(cut.tagger.0, cut.tagger.1));
        write_weights(&mut out, tags, &self.second.cut(cut.tagger.0, cut.tagger.1));
        self.lemmatiser.write(&mut out);
        crate::parser::write_moves(&mut out, &self.moves);
        let parser = self.parser.cut(cut.parser.0, cut.parser.1);
        write_weights(&mut out, self.moves.len(), &parser);
        out
    }
}

/// True if the sentence's document may be used in a model that ships: of GUM only the genres whose
/// texts its licence file names as freely licensed. Sentences of other treebanks are accepted.
pub fn may_ship(document: &str) -> bool {
    const OPEN: [&str; 8] = [
        "GUM_bio",
        "GUM_conversation",
        "GUM_interview",
        "GUM_news",
        "GUM_speech",
        "GUM_textbook",
        "GUM_vlog",
        "GUM_voyage",
    ];
    !document.starts_with("GUM_") || OPEN.iter().any(|genre| document.starts_with(genre))
}
