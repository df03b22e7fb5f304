//! Trees made elsewhere, put on the text that they were made from.

use detente_text::{CodePoints, Span};

use super::TreebankSentence;
use crate::train::feats_of;
use crate::{Deprel, Sentence, Token, Upos};

/// Trees that were found in a text, and those that were not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// Sentences in the order of the text.
    pub sentences: Vec<Sentence>,
    /// Trees that do not fit.
    pub misfits: Vec<Misfit>,
}

/// A tree whose words do not stand in the text where they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Index of the tree.
    pub sentence: usize,
    /// Byte of the text after which its words were looked for.
    pub after: u32,
}

/// Trees that do not fit before the rest is given up: each is looked for in all that follows.
const PATIENCE: usize = 50;

/// Finds each sentence in `text`: its words in order, whatever white space stands between them,
/// after the sentence before it. Stretches of the text without trees are passed over.
///
/// Where the last column says `start_char=…` (code points) and the words do stand there, that
/// place is taken; else the first one.
pub fn place(text: &str, trees: &[TreebankSentence]) -> Placed {
    let dense = Dense::of(text);
    let points = CodePoints::new(text);
    let mut placed = Placed::default();
    let mut at = 0;
    for (number, tree) in trees.iter().enumerate() {
        let (own, places) = tree.text();
        let own = Dense::of(&own);
        let found = if placed.misfits.len() < PATIENCE && !own.bytes.is_empty() {
            stated(tree)
                .map(|point| dense.before(points.byte(point)))
                .filter(|&stated| stated >= at && dense.has(stated, &own.bytes))
                .or_else(|| dense.find(at, &own.bytes))
        } else {
            None
        };
        let Some(found) = found else {
            let after = dense.byte(at);
            placed.misfits.push(Misfit {
                sentence: number,
                after,
            });
            continue;
        };
        let spans = places.into_iter().map(|(start, end)| {
            let first = found + own.before(start as u32);
            let last = found + own.before(end as u32);
            // An empty form has no place of its own.
            let end = last.checked_sub(1).map_or(0, |last| dense.end(text, last));
            Span::new(dense.byte(first), end.max(dense.byte(first)))
        });
        let words = tree.words.iter().zip(spans).enumerate();
        let words = words.map(|(i, (word, span))| {
            let token = Token {
                span,
                upos: Upos::from_name(&word.upos).unwrap_or_default(),
                feats: feats_of(&word.feats),
                head: word.head.checked_sub(1).unwrap_or(i) as u32,
                deprel: Deprel::from_treebank(&word.deprel),
                ..Token::default()
            };
            let xpos = if word.xpos == "_" { "" } else { &word.xpos };
            (token, word.lemma.as_str(), xpos)
        });
        placed.sentences.push(Sentence::new(words));
        at = found + own.bytes.len();
    }
    placed
}

/// The place that the first word's last column states.
fn stated(tree: &TreebankSentence) -> Option<u32> {
    let misc = tree.words.first()?.misc.split('|');
    let mut values = misc.filter_map(|m| m.strip_prefix("start_char="));
    values.next()?.parse().ok()
}

/// A text without white space and invisible characters.
struct Dense {
    bytes: Vec<u8>,
    /// Where each byte stands in the text.
    places: Vec<u32>,
}

impl Dense {
    fn of(text: &str) -> Self {
        let (mut bytes, mut places) = (Vec::new(), Vec::new());
        for (at, c) in text.char_indices() {
            if is_space(c) {
                continue;
            }
            let end = at + c.len_utf8();
            bytes.extend(&text.as_bytes()[at..end]);
            places.extend((at..end).map(|at| at as u32));
        }
        Self { bytes, places }
    }

    /// Number of bytes that stand before byte `at` of the text.
    fn before(&self, at: u32) -> usize {
        self.places.partition_point(|&place| place < at)
    }

    /// Byte of the text where byte `i` stands; at the end, the last one's.
    fn byte(&self, i: usize) -> u32 {
        let place = self.places.get(i).or(self.places.last());
        place.copied().unwrap_or(0)
    }

    /// Byte of `text` behind byte `i`.
    fn end(&self, text: &str, i: usize) -> u32 {
        let mut end = self.byte(i) + 1;
        while !text.is_char_boundary(end as usize) {
            end += 1;
        }
        end.min(text.len() as u32)
    }

    fn has(&self, at: usize, part: &[u8]) -> bool {
        self.bytes[at..].starts_with(part)
    }

    /// First place at or after `at`; almost always `at` itself.
    fn find(&self, at: usize, part: &[u8]) -> Option<usize> {
        if self.has(at, part) {
            return Some(at);
        }
        // Both are whole characters of UTF-8.
        let text = std::str::from_utf8(&self.bytes[at..]).ok()?;
        let part = std::str::from_utf8(part).ok()?;
        text.find(part).map(|found| at + found)
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::read;

    const TREES: &str = "\
1\tWe\twe\tPRON\t_\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\t_\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\t_\tPolarity=Neg\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\t_\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_

1\t서울\t서울\tPROPN\t_\t_\t0\troot\t_\t_

1\tNever\tnever\tADV\t_\t_\t0\troot\t_\t_

";

    fn words(text: &str, placed: &Placed) -> Vec<String> {
        let sentence = |s: &Sentence| {
            let words: Vec<&str> = s.tokens().iter().map(|t| t.span.of(text)).collect();
            words.join(" ")
        };
        placed.sentences.iter().map(sentence).collect()
    }

    #[test]
    fn white_space_does_not_matter() {
        let trees = read(TREES).unwrap();
        let text = "Headline\n\nWe can't\n  go . 서\u{ad}울 Never";
        let placed = place(text, &trees);
        assert_eq!(
            words(text, &placed),
            ["We ca n't go .", "서\u{ad}울", "Never"]
        );
        assert_eq!(placed.misfits, []);
        let first = &placed.sentences[0];
        assert_eq!((first.root(), first.lemma(2)), (3, "not"));
        assert!(first.tokens()[2].feats.negative);
        assert_eq!(first.child(3, Deprel::Nsubj), Some(0));
    }

    #[test]
    fn tells_what_does_not_fit_and_where() {
        let trees = read(TREES).unwrap();
        let text = "We can't go. Seoul. Never.";
        let placed = place(text, &trees);
        assert_eq!(words(text, &placed), ["We ca n't go .", "Never"]);
        let misfit = Misfit {
            sentence: 1,
            after: 13,
        };
        assert_eq!(placed.misfits, [misfit]);
        assert_eq!(place("", &trees).misfits.len(), 3);
    }

    #[test]
    fn stated_places_tell_equal_sentences_apart() {
        let text = "東 No. No.";
        let tree = "1\tNo\tno\tINTJ\t_\t_\t0\troot\t_\tstart_char=6|end_char=8\n";
        let placed = place(text, &read(tree).unwrap());
        assert_eq!(placed.sentences[0].span, Span::new(8, 10));
        // A place that is wrong is not believed.
        let wrong = tree.replace("=6", "=3");
        let placed = place(text, &read(&wrong).unwrap());
        assert_eq!(placed.sentences[0].span, Span::new(4, 6));
    }

    #[test]
    fn many_misfits_do_not_take_for_ever() {
        let trees = vec![read("1\tx\tx\tX\t_\t_\t0\troot\t_\t_\n").unwrap().remove(0); 2000];
        let placed = place(&"a ".repeat(100_000), &trees);
        assert_eq!(placed.misfits.len(), 2000);
    }
}
