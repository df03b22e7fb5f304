//! From text to sentences with trees.

use detente_text::Span;

use crate::model::{Model, ModelError};
use crate::parser::{ParserWork, State, parse};
use crate::segment::{Chunk, chunks, ends, lines};
use crate::tagger::{TaggerWork, tag, unpack};
use crate::tokenise::{Abbreviation, COMMAS, abbreviation, tokenise};
use crate::weights::hash_bytes;
use crate::word::Word;
use crate::{Deprel, Sentence, Token};

/// The English model that ships with the program.
static ENGLISH: &[u8] = include_bytes!("../models/en.model");

/// Models and rules of one language, immutable and shared.
pub struct Analyser {
    model: Model,
    commas: Vec<u32>,
}

/// One thread's working memory.
pub struct Worker<'a> {
    analyser: &'a Analyser,
    /// Sentences of the last call, then spare ones whose buffers are kept.
    sentences: Vec<Sentence>,
    used: usize,
    chunks: Vec<Chunk>,
    spans: Vec<Span>,
    words: Vec<Word>,
    tags: Vec<u8>,
    bytes: Vec<u8>,
    lemma: String,
    tagger: TaggerWork,
    state: State,
    parser: ParserWork,
}

impl Analyser {
    /// The English analyser with the model that ships in the binary.
    pub fn english() -> Self {
        Self::from_bytes(ENGLISH).expect("the shipped model is checked by a test")
    }

    /// An English analyser with a model of one's own, as [`train`](crate::train::train) makes it.
    pub fn from_bytes(model: &[u8]) -> Result<Self, ModelError> {
        Ok(Self {
            model: Model::read(model)?,
            commas: COMMAS.iter().map(|c| hash_bytes(c.bytes())).collect(),
        })
    }

    /// Working memory for one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            analyser: self,
            sentences: Vec::new(),
            used: 0,
            chunks: Vec::new(),
            spans: Vec::new(),
            words: Vec::new(),
            tags: Vec::new(),
            bytes: Vec::new(),
            lemma: String::new(),
            tagger: TaggerWork::default(),
            state: State::default(),
            parser: ParserWork::default(),
        }
    }
}

impl Worker<'_> {
    /// Analyses the parts of `text` that `content` covers (in order, not overlapping); a sentence
    /// never crosses the end of a part. The slice is valid until the next call.
    ///
    /// Parts that do not fit the text or cut a character are left out.
    pub fn analyse(&mut self, text: &str, content: &[Span]) -> &[Sentence] {
        self.used = 0;
        let mut found = std::mem::take(&mut self.chunks);
        for span in content {
            let part = span.of(text);
            if part.is_empty() {
                continue;
            }
            let lines = lines(part);
            let start = span.start as usize;
            chunks(text, start, start + part.len(), &mut found);
            let mut first = 0;
            self.spans.clear();
            for (i, chunk) in found.iter().enumerate() {
                tokenise(&text[chunk.start..chunk.end], chunk.start, &mut self.spans);
                if ends(text, &found, first, i, lines) {
                    self.part_full_stop(text);
                    self.sentence(text);
                    self.spans.clear();
                    first = i + 1;
                }
            }
        }
        self.chunks = found;
        &self.sentences[..self.used]
    }

    /// Analyses one sentence whose words are given (bytes of `text`, in order, not empty).
    pub fn analyse_words(&mut self, text: &str, words: &[Span]) -> &Sentence {
        self.used = 0;
        self.spans.clear();
        self.spans.extend(words);
        self.sentence(text);
        &self.sentences[0]
    }

    /// "No." at the end of a sentence is no abbreviation.
    fn part_full_stop(&mut self, text: &str) {
        let Some(last) = self.spans.last_mut() else {
            return;
        };
        let stem = last.of(text).strip_suffix('.');
        if stem.and_then(abbreviation) == Some(Abbreviation::BeforeName) {
            let end = last.end;
            last.end -= 1;
            self.spans.push(Span::new(end - 1, end));
        }
    }

    /// Tags and parses the words in `spans` and appends the sentence.
    fn sentence(&mut self, text: &str) {
        let model = &self.analyser.model;
        self.words.clear();
        for span in &self.spans {
            let word = Word::new(span.of(text), &model.lexicon, &mut self.bytes);
            self.words.push(word);
        }
        tag(&model.tagger, &self.words, &mut self.tagger, &mut self.tags);
        let tags = &model.tagger.tags;
        let of_word = |&t: &u8| {
            tags.get(t as usize)
                .map_or((t, crate::Upos::X), |tag| (t, tag.upos))
        };
        self.state.start(
            &self.words,
            self.tags.iter().map(of_word),
            &self.analyser.commas,
        );
        parse(&model.parser, &mut self.state, &mut self.parser);

        if self.used == self.sentences.len() {
            self.sentences.push(Sentence::default());
        }
        let sentence = &mut self.sentences[self.used];
        self.used += 1;
        sentence.clear();
        let last = self.spans.len() as u32;
        for (i, span) in self.spans.iter().enumerate() {
            let (tag, node) = (self.tags[i], &self.state.nodes[i]);
            let (upos, feats) = tags
                .get(tag as usize)
                .map_or_else(Default::default, |t| (t.upos, unpack(t.feats)));
            model
                .lemmatiser
                .lemma(span.of(text), tag, upos, i == 0, &mut self.lemma);
            let root = node.head >= last;
            let token = Token {
                span: *span,
                upos,
                feats,
                head: if root { i as u32 } else { node.head },
                deprel: if root { Deprel::Root } else { node.deprel },
                ..Token::default()
            };
            sentence.push(token, &self.lemma);
        }
        sentence.finish();
    }
}
