//! Sentences with marked pairs, as they are written in `training/events`, and learning from them.

use detente_text::{Document, Span};

use super::{
    Marked, RankerOptions, learn as learning,
    learn::Lesson as Read,
    ranker::{self, NOTHING, Ranker, Vectors},
};
use crate::{Coder, Modality, Root};

/// A sentence with its pair and what the source does to the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The sentence, without marks.
    pub text: String,
    /// Where the source stands (bytes).
    pub source: Span,
    /// Where the target stands (bytes).
    pub target: Span,
    /// The root; `None`: nothing is told between the two.
    pub root: Option<Root>,
    /// A mode of the root.
    pub mode: Option<String>,
    /// Does it hold?
    pub modality: Option<Modality>,
}

/// A line that is no lesson.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct LessonError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

/// A file of vectors that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("vectors: line {line} does not hold a word and as many numbers as the first")]
pub struct VectorsError {
    /// Number of the line, from 1.
    pub line: usize,
}

/// Reads a file of lessons: four columns parted by tabs, root, mode, modality and the sentence with
/// `<s>…</s>` and `<t>…</t>`; `#` opens a comment.
///
/// # Errors
/// The first line that is none.
pub fn lessons(text: &str) -> Result<Vec<Lesson>, LessonError> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(number, line)| {
            lesson(line).map_err(|problem| LessonError {
                line: number + 1,
                problem,
            })
        })
        .collect()
}

fn lesson(line: &str) -> Result<Lesson, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [root, mode, modality, sentence] = cells[..] else {
        return Err(format!("{} columns, not 4", cells.len()));
    };
    let given = |cell: &str| Some(cell.to_owned()).filter(|c| c != "-" && !c.is_empty());
    let root = match root {
        "NONE" => None,
        name => Some(Root::from_name(name).ok_or_else(|| format!("`{name}` is no root"))?),
    };
    let modality = given(modality)
        .map(|name| Modality::from_name(&name).ok_or_else(|| format!("`{name}` is no modality")))
        .transpose()?;
    let (text, [source, target]) = marked(sentence)?;
    Ok(Lesson {
        text,
        source,
        target,
        root,
        mode: given(mode),
        modality,
    })
}

/// Takes the marks out of a sentence.
fn marked(sentence: &str) -> Result<(String, [Span; 2]), String> {
    const MARKS: [[&str; 2]; 2] = [["<s>", "</s>"], ["<t>", "</t>"]];
    let mut text = String::new();
    let mut places = [[None; 2]; 2];
    let mut rest = sentence;
    'text: while !rest.is_empty() {
        for (place, marks) in places.iter_mut().zip(MARKS) {
            for (end, mark) in place.iter_mut().zip(marks) {
                if let Some(behind) = rest.strip_prefix(mark) {
                    if end.replace(text.len() as u32).is_some() {
                        return Err(format!("{mark} stands twice"));
                    }
                    rest = behind;
                    continue 'text;
                }
            }
        }
        let mut chars = rest.chars();
        text.extend(chars.next());
        rest = chars.as_str();
    }
    let span = |place: [Option<u32>; 2], name: &str| match place {
        [Some(start), Some(end)] if start < end => Ok(Span::new(start, end)),
        _ => Err(format!("no {name} is marked")),
    };
    let spans = [span(places[0], "source")?, span(places[1], "target")?];
    Ok((text, spans))
}

/// Learns a ranker from lessons and word vectors (one word and its numbers a line, the most frequent
/// first; the first `words` that are lower-case letters only are kept).
///
/// # Errors
/// Vectors that cannot be read.
pub fn learn(
    coder: &Coder,
    lessons: &[Lesson],
    vectors: &str,
    words: usize,
    options: RankerOptions,
    progress: &mut dyn FnMut(usize),
) -> Result<Ranker, VectorsError> {
    let vectors = read_vectors(vectors, words)?;
    let mut worker = coder.worker();
    let mut read = Vec::with_capacity(lessons.len());
    for (number, lesson) in lessons.iter().enumerate() {
        progress(number);
        let document = Document::plain("lesson", lesson.text.clone());
        let (source, target) = (Marked::At(lesson.source), Marked::At(lesson.target));
        let class = lesson.root.map_or(NOTHING, ranker::class_of);
        read.push(worker.with_pair(
            &document,
            source,
            target,
            |scene, article, sentence, spots| {
                let clues = super::read(coder, scene, article, sentence, spots, &vectors, false);
                Read::new(&clues, class)
            },
        ));
    }
    Ok(learning::learn(&read, &vectors, options))
}

fn read_vectors(text: &str, words: usize) -> Result<Vectors, VectorsError> {
    let mut kept: Vec<Box<str>> = Vec::new();
    let mut numbers = Vec::new();
    let mut dim = 0;
    for (line, row) in text.lines().enumerate() {
        if kept.len() == words {
            break;
        }
        let mut cells = row.split(' ');
        let word = cells.next().unwrap_or_default();
        let vector: Vec<f32> = cells
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map_err(|_| VectorsError { line: line + 1 })?;
        if dim == 0 {
            dim = vector.len();
        }
        if vector.len() != dim || dim == 0 {
            return Err(VectorsError { line: line + 1 });
        }
        let plain = word.len() > 1
            && word.len() < 250
            && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        if plain && length > 0.0 {
            kept.push(word.into());
            numbers.extend(
                vector
                    .iter()
                    .map(|x| (x / length * 127.0).round().clamp(-127.0, 127.0) as i8),
            );
        }
    }
    Ok(Vectors::new(dim, kept, numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_the_bare_sentence_and_both_places() {
        let read =
            lessons("# head\nREJECT\tyield\tnegated\tThe <t>Union</t> heard <s>Oslo</s> out.\n");
        let lesson = &read.expect("a lesson")[0];
        assert_eq!(lesson.text, "The Union heard Oslo out.");
        assert_eq!(lesson.source.of(&lesson.text), "Oslo");
        assert_eq!(lesson.target.of(&lesson.text), "Union");
        assert_eq!(lesson.root, Some(Root::Reject));
        assert_eq!(lesson.modality, Some(Modality::Negated));
    }

    #[test]
    fn a_wrong_row_is_told_with_its_line() {
        let wrong = lessons("\nREJECT\t-\tasserted\tNobody is <s>marked</s>.");
        assert_eq!(
            wrong,
            Err(LessonError {
                line: 2,
                problem: "no target is marked".to_owned()
            })
        );
    }
}
