//! Which stretches of a document are read, and what trees made elsewhere leave open of them.

use detente_syntax::{Sentence, Worker};
use detente_text::{Diagnostic, Document, Severity, Span};

use crate::labels;

/// The stretches of a document's text that are analysed, in order: its content less the dates at
/// the heads of the entries of a chronology.
pub fn content(document: &Document) -> Vec<Span> {
    labels::part(&document.text, &running(document)).0
}

/// The stretches to be coded. What was dropped inside a line, such as the target of a link, stays
/// where it stands, so that it does not part a sentence.
pub(crate) fn running(document: &Document) -> Vec<Span> {
    document
        .joined_content()
        .into_iter()
        .filter_map(|group| group.into_iter().reduce(Span::cover))
        .collect()
}

/// The sentences of a document's content: those of `trees` (in order) that lie in it, and the
/// worker's own for what they leave open, which is told.
pub(crate) fn complete(
    document: &Document,
    trees: &[Sentence],
    worker: &mut Worker<'_>,
) -> (Vec<Sentence>, Option<Diagnostic>) {
    let text = &document.text;
    let running = running(document);
    let inside = |sentence: &Sentence| {
        let at = running.partition_point(|part| part.end <= sentence.span.start);
        running
            .get(at)
            .is_some_and(|part| part.contains(sentence.span))
    };
    let mut sentences: Vec<Sentence> = Vec::with_capacity(trees.len());
    for tree in trees.iter().filter(|tree| inside(tree)) {
        let free = sentences
            .last()
            .is_none_or(|last| last.span.end <= tree.span.start);
        if free && !tree.is_empty() {
            sentences.push(tree.clone());
        }
    }
    let open = open(text, &content(document), &sentences);
    let told = open.first().map(|first| {
        let words: String = first.of(text).trim().chars().take(40).collect();
        let message = format!(
            "{} of the text without trees, the first: “{}”; the built-in parser was used there",
            if open.len() == 1 {
                "1 stretch".to_owned()
            } else {
                format!("{} stretches", open.len())
            },
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        Diagnostic::new("S103", Severity::Warning, message)
            .hint("compare the trees with the text; `detente parse` shows what is read of it")
            .at(*first)
    });
    if !open.is_empty() {
        sentences.extend(worker.analyse(text, &open).iter().cloned());
        sentences.sort_by_key(|sentence| sentence.span);
    }
    (sentences, told)
}

/// What `sentences` leave of `content`, where it has a letter or a digit.
fn open(text: &str, content: &[Span], sentences: &[Sentence]) -> Vec<Span> {
    let mut open = Vec::new();
    let mut add = |start: u32, end: u32| {
        let span = Span::new(start, end).trimmed(text);
        if span.of(text).contains(char::is_alphanumeric) {
            open.push(span);
        }
    };
    let mut next = 0;
    for part in content {
        let mut at = part.start;
        while let Some(sentence) = sentences.get(next).filter(|s| s.span.start < part.end) {
            if sentence.span.end > at {
                add(at, sentence.span.start);
                at = sentence.span.end;
            }
            if sentence.span.end > part.end {
                break;
            }
            next += 1;
        }
        add(at, part.end);
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_syntax::Analyser;
    use detente_text::DropReason;
    use detente_text::Dropped;

    #[test]
    fn trees_stand_where_the_content_is() {
        let text = "By A. Weber\n\nWe met. They left. It rained.";
        let mut document = Document::plain("a", text);
        document.dropped.push(Dropped {
            span: Span::new(0, 11),
            reason: DropReason::Byline,
        });
        let analyser = Analyser::english();
        let mut worker = analyser.worker();
        let whole = [Span::new(0, text.len() as u32)];
        let trees = worker.analyse(text, &whole).to_vec();
        let words = |sentences: &[Sentence]| -> Vec<&str> {
            sentences.iter().map(|s| s.span.of(text)).collect()
        };
        let (all, told) = complete(&document, &trees, &mut worker);
        assert_eq!(words(&all), ["We met.", "They left.", "It rained."]);
        assert_eq!(told, None);
        let some: Vec<Sentence> = trees
            .into_iter()
            .filter(|t| t.span.of(text) != "They left.")
            .collect();
        let (mended, told) = complete(&document, &some, &mut worker);
        assert_eq!(mended, all);
        let told = told.unwrap();
        assert_eq!(told.code, "S103");
        assert!(
            told.message
                .starts_with("1 stretch of the text without trees, the first: “They left.”")
        );
        let (own, told) = complete(&document, &[], &mut worker);
        assert_eq!((own, told.is_some()), (all, true));
    }
}
