//! Analysed sentences as CoNLL-U with the places of their words.

use std::fmt::Write;

use super::push_feats;
use crate::{Deprel, Sentence};

/// Writes the sentences of one text as CoNLL-U, one after the other.
///
/// The last column has `SpaceAfter=No` where the next word follows without white space, and
/// `start_char=…|end_char=…`: the place of the word in the text in Unicode code points, end
/// exclusive. English contractions ("don't", "Korea's") stand as treebanks have them: a line for
/// the range with the place of the whole, then the words in it with places of their own.
///
/// ```
/// use detente_syntax::{Analyser, conllu::Writer};
/// use detente_text::Span;
///
/// let text = "They don’t agree.";
/// let analyser = Analyser::english();
/// let mut worker = analyser.worker();
/// let (mut out, mut writer) = (String::new(), Writer::new(text, 0));
/// for sentence in worker.analyse(text, &[Span::new(0, text.len() as u32)]) {
///     writer.sentence(sentence, &mut out);
/// }
/// assert!(out.starts_with("# text = They don’t agree.\n1\tThey\tthey\tPRON\t"));
/// assert!(out.contains("\n2-3\tdon’t\t_\t_\t_\t_\t_\t_\t_\tstart_char=5|end_char=10\n2\tdo\t"));
/// ```
pub struct Writer<'t> {
    text: &'t str,
    /// Byte up to which code points are counted, and their number.
    at: usize,
    points: u64,
    /// Code points up to the start and end of each word.
    places: Vec<(u64, u64)>,
}

impl<'t> Writer<'t> {
    /// A writer for sentences of `text`, before which `points` code points stand in its document.
    pub fn new(text: &'t str, points: u64) -> Self {
        Self {
            text,
            at: 0,
            points,
            places: Vec::new(),
        }
    }

    /// Appends `# text = …`, the words and an empty line. Sentences come in the order of the text.
    pub fn sentence(&mut self, sentence: &Sentence, out: &mut String) {
        let tokens = sentence.tokens();
        self.places.clear();
        for token in tokens {
            let start = self.point(token.span.start as usize);
            let end = self.point(token.span.end as usize);
            self.places.push((start, end));
        }
        let glued = |i: usize| {
            let next = tokens.get(i + 1);
            next.is_some_and(|next| next.span.start == tokens[i].span.end)
        };
        out.push_str("# text = ");
        for (i, token) in tokens.iter().enumerate() {
            push_field(token.span.of(self.text), out);
            if i + 1 < tokens.len() && !glued(i) {
                out.push(' ');
            }
        }
        out.push('\n');
        let mut until = 0;
        for (i, token) in tokens.iter().enumerate() {
            if i >= until
                && let Some(last) = contraction(self.text, sentence, i)
            {
                until = last + 1;
                let _ = write!(out, "{}-{}\t", i + 1, last + 1);
                for token in &tokens[i..=last] {
                    push_field(token.span.of(self.text), out);
                }
                out.push_str("\t_\t_\t_\t_\t_\t_\t_\t");
                if glued(last) {
                    out.push_str("SpaceAfter=No|");
                }
                let (start, end) = (self.places[i].0, self.places[last].1);
                let _ = writeln!(out, "start_char={start}|end_char={end}");
            }
            let _ = write!(out, "{}\t", i + 1);
            push_field(token.span.of(self.text), out);
            out.push('\t');
            push_field(sentence.lemma(i), out);
            out.push('\t');
            out.push_str(token.upos.as_str());
            out.push('\t');
            push_field(sentence.xpos(i), out);
            out.push('\t');
            push_feats(token.feats, out);
            let head = sentence.head(i).map_or(0, |head| head + 1);
            let _ = write!(out, "\t{head}\t{}\t_\t", token.deprel.as_str());
            if glued(i) && i >= until {
                out.push_str("SpaceAfter=No|");
            }
            let (start, end) = self.places[i];
            let _ = writeln!(out, "start_char={start}|end_char={end}");
        }
        out.push('\n');
    }

    /// Code points before byte `byte` of the document; counts on from the last call.
    fn point(&mut self, byte: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let byte = byte.min(bytes.len());
        let starts = |bytes: &[u8]| bytes.iter().filter(|b| **b & 0xC0 != 0x80).count() as u64;
        if byte >= self.at {
            self.points += starts(&bytes[self.at..byte]);
        } else {
            self.points -= starts(&bytes[byte..self.at]);
        }
        self.at = byte;
        self.points
    }
}

/// A form or lemma as a column: never empty, without marks that part columns and lines.
fn push_field(field: &str, out: &mut String) {
    if field.is_empty() {
        out.push('_');
    } else if field.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        let even = |c: char| match c {
            '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        };
        out.extend(field.chars().map(even));
    } else {
        out.push_str(field);
    }
}

/// The last word of the contraction that begins with word `first`, as English treebanks have it:
/// what follows an apostrophe or has one ("Korea's", "the ministers'", "don't"), and other words in
/// Latin letters written as one ("cannot"), these not in sentences with East Asian letters.
pub(crate) fn contraction(text: &str, sentence: &Sentence, first: usize) -> Option<usize> {
    let tokens = sentence.tokens();
    let (mut last, mut letters) = (first, false);
    while let (Some(word), Some(next)) = (tokens.get(last), tokens.get(last + 1)) {
        if word.span.end != next.span.start {
            break;
        }
        let (word, form) = (word.span.of(text), next.span.of(text));
        let mut after = form.chars();
        let joins = match after.next() {
            Some('\'' | '’') => {
                word.ends_with(|c: char| latin(c) || matches!(c, '.' | '0'..='9'))
                    && after.next().map_or(next.deprel == Deprel::Case, latin)
            }
            Some(c) if latin(c) && word.ends_with(latin) => {
                letters |= !form.contains(['\'', '’']);
                true
            }
            _ => false,
        };
        if !joins {
            break;
        }
        last += 1;
    }
    (last > first && !(letters && is_east(text, sentence))).then_some(last)
}

fn latin(c: char) -> bool {
    c.is_alphabetic() && c < '\u{250}'
}

/// True if a sentence has letters of East Asia, whose treebanks know no contractions.
fn is_east(text: &str, sentence: &Sentence) -> bool {
    let east = |c: char| c >= '\u{1100}' && c.is_alphabetic();
    sentence.span.of(text).contains(east)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::read;
    use crate::{Analyser, Token};
    use detente_text::Span;

    fn written(text: &str, points: u64) -> String {
        let analyser = Analyser::english();
        let mut worker = analyser.worker();
        let (mut out, mut writer) = (String::new(), Writer::new(text, points));
        for sentence in worker.analyse(text, &[Span::new(0, text.len() as u32)]) {
            writer.sentence(sentence, &mut out);
        }
        out
    }

    #[test]
    fn places_are_code_points_of_the_text() {
        let text =
            "“Seoul’s envoy can’t\n go”, he said.\n\nThe ministers’ talks – in 부산 – failed.";
        let points: Vec<char> = text.chars().collect();
        let out = written(text, 7);
        let sentences = read(&out).unwrap();
        assert_eq!(sentences.len(), 2);
        for word in sentences.iter().flat_map(|s| &s.words) {
            let number = |key: &str| {
                let found = word.misc.split('|').find_map(|m| m.strip_prefix(key));
                found.unwrap().parse::<usize>().unwrap() - 7
            };
            let there: String = points[number("start_char=")..number("end_char=")]
                .iter()
                .collect();
            assert_eq!(there, word.form);
        }
        for sentence in &sentences {
            assert_eq!(sentence.comment("text"), Some(sentence.text().0.trim_end()));
        }
        let ranges: Vec<&str> = sentences
            .iter()
            .flat_map(|s| s.ranges.iter().map(|r| r.2.as_str()))
            .collect();
        assert_eq!(ranges[..2], ["Seoul’s", "can’t"]);
    }

    #[test]
    fn joins_what_treebanks_join() {
        let of = |text: &str| {
            read(&written(text, 0))
                .unwrap()
                .iter()
                .flat_map(|s| s.ranges.clone())
                .map(|r| r.2)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of("It's well-known (and 5% more) that they cannot go."),
            ["It's", "cannot"]
        );
        assert_eq!(of("They said 'no' and left."), [""; 0]);
    }

    #[test]
    fn odd_words_keep_the_columns() {
        let text = "a\tb\u{85}c";
        let token = Token {
            span: Span::new(0, text.len() as u32),
            ..Token::default()
        };
        let mut out = String::new();
        Writer::new(text, 0).sentence(&Sentence::new([(token, "", "")]), &mut out);
        let sentence = &read(&out).unwrap()[0];
        assert_eq!(
            (
                sentence.words[0].form.as_str(),
                sentence.words[0].lemma.as_str()
            ),
            ("a b c", "_")
        );
    }
}
