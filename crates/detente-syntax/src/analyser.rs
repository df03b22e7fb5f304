//! From text to sentences with trees.

use detente_text::{Language, Span};

use crate::language::{Reader, Work};
use crate::model::{Model, ModelError};
use crate::net::habits::{self, Habits};
use crate::net::{Network, Reading, features};
use crate::tags::{Tag, unpack};
use crate::{Deprel, Sentence, Token};

/// The models that ship with the program.
static SHIPPED: [(Language, &[u8]); 3] = [
    (Language::En, include_bytes!("../models/en.model")),
    (Language::Ja, include_bytes!("../models/ja.model")),
    (Language::Ko, include_bytes!("../models/ko.model")),
];

/// Words that the network reads at once: enough to keep its arithmetic busy, few enough to stay in
/// the processor's near memory.
const BATCH: usize = 384;

/// Words of a stretch: longer sentences are read in stretches, each with heads of its own.
const STRETCH: usize = 256;

/// Models and rules of one language, immutable and shared.
pub struct Analyser {
    language: Language,
    reader: Reader,
    tags: Vec<Tag>,
    relations: Vec<Deprel>,
    network: Network,
}

/// One thread's working memory.
pub struct Worker<'a> {
    analyser: &'a Analyser,
    /// Sentences of the last call, then spare ones whose buffers are kept.
    sentences: Vec<Sentence>,
    used: usize,
    /// All words, and where each sentence ends among them.
    words: Vec<Span>,
    ends: Vec<usize>,
    found: Found,
    letters: Vec<char>,
    keys: Vec<u32>,
    lemma: String,
    work: Work,
    reading: Reading,
    /// The convention to annotate after, and its key.
    convention: (u8, u32),
}

/// What the network says of each word; heads count from the start of the sentence, 0 is a root.
#[derive(Default)]
struct Found {
    tags: Vec<u16>,
    heads: Vec<u32>,
    relations: Vec<u16>,
}

impl Analyser {
    /// The analyser with the model that ships in the binary; `None` for other languages.
    pub fn shipped(language: Language) -> Option<Self> {
        let (_, bytes) = SHIPPED.iter().find(|(l, _)| *l == language)?;
        Some(Self::from_bytes(bytes).expect("the shipped models are checked by a test"))
    }

    /// The English analyser with the model that ships in the binary.
    pub fn english() -> Self {
        Self::shipped(Language::En).expect("there is an English model")
    }

    /// An analyser with a model of one's own, as [`train`](crate::train::train) makes it.
    ///
    /// # Errors
    /// If the bytes are no model, of another version, or damaged.
    pub fn from_bytes(model: &[u8]) -> Result<Self, ModelError> {
        let mut model = Model::read(model)?;
        if model.language == Language::Ko {
            model.network.habits = Some(Habits::korean(&model.relations));
        }
        Ok(Self {
            language: model.language,
            reader: Reader::new(&model)?,
            tags: model.tags,
            relations: model.relations,
            network: model.network,
        })
    }

    /// The language that it reads.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Working memory for one thread.
    pub fn worker(&self) -> Worker<'_> {
        let usual = self.reader.usual();
        Worker {
            analyser: self,
            sentences: Vec::new(),
            used: 0,
            words: Vec::new(),
            ends: Vec::new(),
            found: Found::default(),
            letters: Vec::new(),
            keys: Vec::new(),
            lemma: String::new(),
            work: Work::default(),
            reading: Reading::default(),
            convention: (usual, features::convention(usual)),
        }
    }
}

impl Worker<'_> {
    /// Annotates after another convention of the treebanks that the model was trained on, counted
    /// from 0 (the default); the model card says which is which. Models of one treebank have one.
    pub fn set_convention(&mut self, number: u8) {
        self.convention = (number, features::convention(number));
    }

    /// The language that it reads.
    pub fn language(&self) -> Language {
        self.analyser.language
    }

    /// Analyses the parts of `text` that `content` covers (in order, not overlapping); a sentence
    /// never crosses the end of a part. The slice is valid until the next call.
    ///
    /// Parts that do not fit the text or cut a character are left out.
    pub fn analyse(&mut self, text: &str, content: &[Span]) -> &[Sentence] {
        self.start();
        let analyser = self.analyser;
        for span in content {
            if span.of(text).is_empty() {
                continue;
            }
            let (start, end) = (span.start as usize, span.end as usize);
            analyser.reader.cut(
                text,
                start,
                end,
                &mut self.work,
                &mut self.words,
                &mut self.ends,
            );
        }
        self.read(text)
    }

    /// Analyses one sentence whose words are given (bytes of `text`, in order, not empty).
    pub fn analyse_words(&mut self, text: &str, words: &[Span]) -> &Sentence {
        self.start();
        self.words.extend(words);
        self.ends.push(words.len());
        self.read(text);
        &self.sentences[0]
    }

    /// Analyses sentences whose words are given, as [`analyse_words`](Self::analyse_words) does
    /// with one.
    pub fn analyse_sentences(&mut self, text: &str, sentences: &[Vec<Span>]) -> &[Sentence] {
        self.start();
        for words in sentences {
            self.words.extend(words);
            self.ends.push(self.words.len());
        }
        self.read(text)
    }

    fn start(&mut self) {
        self.used = 0;
        self.words.clear();
        self.ends.clear();
    }

    /// Reads all words and makes the sentences.
    fn read(&mut self, text: &str) -> &[Sentence] {
        let analyser = self.analyser;
        analyser.reader.start(&mut self.work);
        self.found.tags.clear();
        self.found.heads.clear();
        self.found.relations.clear();
        self.reading.clear();
        let mut start = 0;
        for i in 0..self.ends.len() {
            let end = self.ends[i];
            let words = &self.words[start..end];
            let convention = self.convention.0;
            analyser
                .reader
                .prepare(text, words, convention, &mut self.work);
            let mut from = start;
            while from < end {
                let to = stretch(from, end);
                self.load(text, from, to);
                // Heads are told from the start of the stretch.
                self.reading.offsets.push((from - start) as u32);
                if self
                    .reading
                    .ends
                    .last()
                    .is_some_and(|&words| words >= BATCH)
                {
                    self.batch();
                }
                from = to;
            }
            start = end;
        }
        self.batch();
        let mut start = 0;
        for i in 0..self.ends.len() {
            let end = self.ends[i];
            self.sentence(text, start, end);
            start = end;
        }
        &self.sentences[..self.used]
    }

    /// Puts the words of a stretch before the network.
    fn load(&mut self, text: &str, from: usize, to: usize) {
        let network = &self.analyser.network;
        let width = network.shape().width;
        let sums = &mut self.reading.words;
        let before = sums.len();
        sums.resize(before + (to - from) * width, 0.0);
        let sums = sums[before..].chunks_exact_mut(width);
        for (word, sum) in (from..to).zip(sums) {
            let form = self.words[word].of(text);
            features::keys(form, &mut self.letters, &mut self.keys);
            self.analyser
                .reader
                .inside(word, &self.work, &mut self.keys);
            self.keys.push(self.convention.1);
            network.table.add(&self.keys, sum);
            self.reading.quotes.push(habits::quote(form));
        }
        self.reading.ends.push(before / width + to - from);
    }

    /// Lets the network read what lies before it, and keeps what it says.
    fn batch(&mut self) {
        let reading = &mut self.reading;
        self.analyser.network.read(reading);
        self.found.tags.extend(&reading.tags);
        self.found.relations.extend(&reading.relations);
        let mut start = 0;
        for (&end, offset) in reading.ends.iter().zip(&reading.offsets) {
            let heads = reading.heads[start..end].iter();
            let heads = heads.map(|&head| if head == 0 { 0 } else { head + offset });
            self.found.heads.extend(heads);
            start = end;
        }
        reading.clear();
    }

    /// Makes the sentence of the words from `first` to `end`.
    fn sentence(&mut self, text: &str, first: usize, end: usize) {
        if self.used == self.sentences.len() {
            self.sentences.push(Sentence::default());
        }
        let sentence = &mut self.sentences[self.used];
        self.used += 1;
        sentence.clear();
        let analyser = self.analyser;
        let found = &self.found;
        let mut root = None;
        for word in first..end {
            let i = word - first;
            let tag = &analyser.tags[found.tags[word] as usize];
            let relation = analyser.relations[found.relations[word] as usize];
            let span = self.words[word];
            let (head, deprel) = match (found.heads[word], root) {
                (0, None) => {
                    root = Some(i);
                    (i, Deprel::Root)
                }
                // A very long sentence was read in stretches: each goes on from the first.
                (0, Some(root)) => (root, Deprel::Parataxis),
                (head, _) if relation == Deprel::Root => (head as usize - 1, Deprel::Dep),
                (head, _) => (head as usize - 1, relation),
            };
            let token = Token {
                span,
                upos: tag.upos,
                feats: unpack(tag.feats),
                head: head as u32,
                deprel,
                ..Token::default()
            };
            let xpos = analyser.reader.lemma(
                span.of(text),
                word,
                i == 0,
                tag,
                &self.work,
                &mut self.lemma,
            );
            sentence.push(token, &self.lemma, xpos);
        }
        sentence.finish();
        analyser
            .reader
            .finish(text, sentence, first, &mut self.work);
    }
}

/// Where the stretch of words from `from` ends; what is left of a sentence is never much shorter
/// than a stretch.
fn stretch(from: usize, end: usize) -> usize {
    if end - from <= STRETCH + STRETCH / 4 {
        end
    } else {
        from + STRETCH
    }
}
