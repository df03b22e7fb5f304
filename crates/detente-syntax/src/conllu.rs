//! The CoNLL-U form of Universal Dependencies treebanks: reading and writing.

mod place;
mod writer;

use std::fmt::Write;

pub use place::{Misfit, Placed, place};
pub use writer::Writer;
pub(crate) use writer::contraction;

use crate::{Feats, Sentence, Token};

/// A sentence as the file has it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TreebankSentence {
    /// Comment lines without `#` and the space after it.
    pub comments: Vec<String>,
    /// The words; ranges and empty nodes are left out.
    pub words: Vec<TreebankWord>,
    /// Ranges of words that are written as one, in order and not overlapping: first and last word
    /// (from 0), form, and whether a space follows.
    pub ranges: Vec<(usize, usize, String, bool)>,
}

/// A line of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TreebankWord {
    /// As written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// The treebank's own tag.
    pub xpos: String,
    /// Features, `_` if none.
    pub feats: String,
    /// 0 for the root, else 1 + the index of the head.
    pub head: usize,
    /// Relation to the head with its subtype.
    pub deprel: String,
    /// Enhanced dependencies, as written.
    pub deps: String,
    /// The last column, as written.
    pub misc: String,
}

impl TreebankWord {
    /// False if the next word follows without a space.
    pub fn space_after(&self) -> bool {
        !self.misc.split('|').any(|m| m == "SpaceAfter=No")
    }
}

/// What is wrong with a CoNLL-U file, and in which line (from 1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ConlluError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: &'static str,
}

impl TreebankSentence {
    /// An analysed sentence of `text` in the treebanks' form, so that other tools can read it.
    pub fn from_analysis(text: &str, sentence: &Sentence) -> Self {
        let tokens = sentence.tokens();
        let mut comments = vec![];
        let one_line: Vec<&str> = sentence.span.of(text).split_whitespace().collect();
        comments.push(format!("text = {}", one_line.join(" ")));
        let word = |(i, token): (usize, &Token)| {
            let next = tokens.get(i + 1);
            let glued = next.is_some_and(|n| n.span.start == token.span.end);
            TreebankWord {
                form: token.span.of(text).to_owned(),
                lemma: sentence.lemma(i).to_owned(),
                upos: token.upos.to_string(),
                xpos: match sentence.xpos(i) {
                    "" => "_".to_owned(),
                    xpos => xpos.to_owned(),
                },
                feats: feats_column(token.feats),
                head: sentence.head(i).map_or(0, |h| h + 1),
                deprel: token.deprel.to_string(),
                deps: "_".to_owned(),
                misc: if glued { "SpaceAfter=No" } else { "_" }.to_owned(),
            }
        };
        Self {
            comments,
            words: tokens.iter().enumerate().map(word).collect(),
            ranges: Vec::new(),
        }
    }

    /// The value of a comment `key = value`.
    pub fn comment(&self, key: &str) -> Option<&str> {
        self.comments.iter().find_map(|c| {
            let (found, value) = c.split_once('=')?;
            (found.trim() == key).then_some(value.trim())
        })
    }

    /// The range that begins with word `i`.
    pub(crate) fn range_at(&self, i: usize) -> Option<&(usize, usize, String, bool)> {
        let place = self.ranges.partition_point(|r| r.0 < i);
        self.ranges.get(place).filter(|r| r.0 == i && r.1 >= i)
    }

    /// The text as the words and the marks of spaces give it, with the place (bytes) of each word.
    /// Words of a range share out its letters; where that is impossible they share the place.
    pub fn text(&self) -> (String, Vec<(usize, usize)>) {
        let mut text = String::new();
        let mut places = Vec::with_capacity(self.words.len());
        let mut i = 0;
        while i < self.words.len() {
            match self.range_at(i) {
                Some((_, last, form, space)) => {
                    let last = (*last).min(self.words.len() - 1);
                    let start = text.len();
                    text.push_str(form);
                    let mut at = start;
                    for word in &self.words[i..=last] {
                        if text[at..].starts_with(&word.form) {
                            places.push((at, at + word.form.len()));
                            at += word.form.len();
                        } else {
                            places.push((start, text.len()));
                        }
                    }
                    if *space {
                        text.push(' ');
                    }
                    i = last + 1;
                }
                None => {
                    let word = &self.words[i];
                    places.push((text.len(), text.len() + word.form.len()));
                    text.push_str(&word.form);
                    if word.space_after() {
                        text.push(' ');
                    }
                    i += 1;
                }
            }
        }
        (text, places)
    }
}

/// Features as the treebanks write them, in alphabetical order.
fn feats_column(feats: Feats) -> String {
    let mut column = String::new();
    push_feats(feats, &mut column);
    column
}

/// The same, appended.
fn push_feats(feats: Feats, out: &mut String) {
    const PERSONS: [&str; 10] = ["", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let person = PERSONS
        .get(usize::from(feats.person))
        .copied()
        .unwrap_or("");
    let values = [
        ("Mood", feats.mood.as_str()),
        ("Number", feats.number.as_str()),
        ("Person", person),
        ("Polarity", if feats.negative { "Neg" } else { "" }),
        ("Tense", feats.tense.as_str()),
        ("VerbForm", feats.verb_form.as_str()),
        ("Voice", if feats.passive { "Pass" } else { "" }),
    ];
    let start = out.len();
    for (key, value) in values.into_iter().filter(|(_, value)| !value.is_empty()) {
        if out.len() > start {
            out.push('|');
        }
        out.push_str(key);
        out.push('=');
        out.push_str(value);
    }
    if out.len() == start {
        out.push('_');
    }
}

/// Reads a CoNLL-U file. Lines may end in CR LF; the last sentence needs no empty line.
pub fn read(text: &str) -> Result<Vec<TreebankSentence>, ConlluError> {
    let mut sentences = Vec::new();
    let mut sentence = TreebankSentence::default();
    let mut close = |sentence: &mut TreebankSentence, line| {
        let n = sentence.words.len();
        if sentence.words.iter().any(|w| w.head > n) {
            let problem = "a head before this line is out of range";
            return Err(ConlluError { line, problem });
        }
        if sentence.ranges.last().is_some_and(|r| r.1 >= n) {
            let problem = "a range before this line goes beyond its sentence";
            return Err(ConlluError { line, problem });
        }
        if n > 0 {
            sentences.push(std::mem::take(sentence));
        }
        Ok(())
    };
    for (number, line) in text.lines().enumerate() {
        let error = |problem| ConlluError {
            line: number + 1,
            problem,
        };
        // A line that ends in more than one CR would lose them one by one when written again.
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            close(&mut sentence, number + 1)?;
        } else if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.strip_prefix(' ').unwrap_or(comment);
            sentence.comments.push(comment.to_owned());
        } else {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns[..] else {
                return Err(error("not ten columns"));
            };
            if id.contains('.') {
                continue;
            }
            if let Some((first, last)) = id.split_once('-') {
                let number = |n: &str| n.parse::<usize>().ok().filter(|&n| n > 0);
                let (Some(first), Some(last)) = (number(first), number(last)) else {
                    return Err(error("a range without numbers"));
                };
                let space = !misc.split('|').any(|m| m == "SpaceAfter=No");
                let after = sentence.ranges.last().map_or(0, |r| r.1 + 1);
                if first != sentence.words.len() + 1 || first <= after || last < first {
                    return Err(error("a range that does not stand before its first word"));
                }
                let range = (first - 1, last - 1, form.to_owned(), space);
                sentence.ranges.push(range);
                continue;
            }
            if id.parse() != Ok(sentence.words.len() + 1) {
                return Err(error("words are not numbered 1, 2, 3 …"));
            }
            sentence.words.push(TreebankWord {
                form: form.to_owned(),
                lemma: lemma.to_owned(),
                upos: upos.to_owned(),
                xpos: xpos.to_owned(),
                feats: feats.to_owned(),
                head: head.parse().map_err(|_| error("the head is no number"))?,
                deprel: deprel.to_owned(),
                deps: deps.to_owned(),
                misc: misc.to_owned(),
            });
        }
    }
    close(&mut sentence, text.lines().count())?;
    Ok(sentences)
}

/// Writes sentences as CoNLL-U; [`read`] gives the same sentences back.
pub fn write(sentences: &[TreebankSentence]) -> String {
    let mut out = String::new();
    for sentence in sentences {
        for comment in &sentence.comments {
            let _ = writeln!(out, "# {comment}");
        }
        for (i, w) in sentence.words.iter().enumerate() {
            if let Some((first, last, form, space)) = sentence.range_at(i) {
                let misc = if *space { "_" } else { "SpaceAfter=No" };
                let (first, last) = (first + 1, last + 1);
                let _ = writeln!(out, "{first}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}");
            }
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                i + 1,
                w.form,
                w.lemma,
                w.upos,
                w.xpos,
                w.feats,
                w.head,
                w.deprel,
                w.deps,
                w.misc
            );
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# sent_id = own-1
# text = We can't go.
1\tWe\twe\tPRON\tPRP\tNumber=Plur|Person=1\t4\tnsubj\t4:nsubj\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\tVerbForm=Fin\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = No
1\tNo\tno\tINTJ\tUH\tPolarity=Neg\t0\troot\t_\t_

";

    #[test]
    fn reads_what_it_writes() {
        let sentences = read(TEXT).unwrap();
        assert_eq!(sentences.len(), 2);
        assert_eq!(write(&sentences), TEXT);
        assert_eq!(read(&TEXT.replace('\n', "\r\n")), Ok(sentences));
    }

    #[test]
    fn gives_the_text_and_the_places() {
        let sentence = &read(TEXT).unwrap()[0];
        let (text, places) = sentence.text();
        assert_eq!(text.trim_end(), sentence.comment("text").unwrap());
        let words: Vec<&str> = places.iter().map(|&(s, e)| &text[s..e]).collect();
        assert_eq!(words, ["We", "ca", "n't", "go", "."]);
    }

    #[test]
    fn leaves_out_empty_nodes() {
        let with = TEXT.replace("4\tgo", "3.1\tgo\tgo\tVERB\t_\t_\t_\t_\t_\t_\n4\tgo");
        assert_eq!(read(&with), read(TEXT));
    }

    #[test]
    fn says_where_a_file_is_wrong() {
        let line = |text: &str| read(text).unwrap_err().line;
        assert_eq!(line("1\tWe\n"), 1);
        assert_eq!(line(&TEXT.replace("\n4\tgo", "\n5\tgo")), 7);
        assert_eq!(line(&TEXT.replace("\t4\tpunct", "\tx\tpunct")), 8);
        assert_eq!(line(&TEXT.replace("\t4\tpunct", "\t9\tpunct")), 9);
    }
}
