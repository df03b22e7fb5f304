//! Polls and indicators: figures with what they measure (codebook 2.7).
//!
//! What is found here are drafts: byte spans and the words of each field. Who is meant by the words
//! is settled by the caller.

mod amount;
mod clause;
mod indicator;
mod poll;
mod states;
mod table;
mod table_file;

use detente_syntax::Sentence;
use detente_text::{Basis, Span, date::Edtf};

use crate::{
    Value,
    times::{self, TimeContext, TimeExpr, Words},
};

/// Where a field's words stand and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The field.
    pub text: String,
    /// The words it was read from, in bytes of the document.
    pub span: Span,
}

/// When a figure was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The date.
    pub edtf: Option<Edtf>,
    /// On what it rests.
    pub basis: Basis,
    /// The words, in bytes of the document.
    pub span: Span,
}

/// A share of a population that gives an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct PollDraft {
    /// Index of the sentence.
    pub sentence: usize,
    /// The quote: the answer with its figure, or the shortest clause that has both.
    pub span: Span,
    /// The share, or `increase`, `decrease`, `stable`.
    pub value: Value,
    /// `percent` or `percentage points`; `None` if there is no figure.
    pub unit: Option<&'static str>,
    /// Who was asked, such as "Japanese respondents".
    pub population: Option<Field>,
    /// What was asked.
    pub question: Option<Field>,
    /// Which answer.
    pub answer: Option<Field>,
    /// Who asked.
    pub pollster: Option<Field>,
    /// When people were asked.
    pub fieldwork: Option<Period>,
    /// When the result was made known; dates the poll where no fieldwork is told.
    pub published: Option<Period>,
    /// How many were asked.
    pub n: Option<u32>,
    /// `face_to_face`, `phone`, `online`, `mail` or `mixed`.
    pub survey_mode: Option<&'static str>,
    /// Issue ids that question and answer are about, best first.
    pub issue: Vec<&'static str>,
    /// The rule that made it.
    pub rule: &'static str,
    /// 0–1.
    pub confidence: f64,
}

/// A quantity or trend measured outside surveys.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorDraft {
    /// Index of the sentence.
    pub sentence: usize,
    /// The quote: the clause with what is measured.
    pub span: Span,
    /// What is measured ("exports").
    pub measure: Field,
    /// The figure (negative for a fall); `<1`, `>500`; or `increase`, `decrease`, `stable`,
    /// `comparison`, `restriction`.
    pub value: Value,
    /// `percent`, `percent (year on year)`, `percent of GDP`, `times`, `times (year on year)`,
    /// `persons`, `USD`, ...
    pub unit: Option<String>,
    /// Which way it moves: `increase`, `decrease`, `stable`.
    pub direction: Option<&'static str>,
    /// The period measured.
    pub period: Option<Period>,
    /// Words that name whose quantity it is or from where it flows, in bytes of the document.
    pub source: Vec<Span>,
    /// Words that name where it flows to.
    pub target: Vec<Span>,
    /// Issue ids, best first.
    pub issue: Vec<&'static str>,
    /// The rule that made it.
    pub rule: &'static str,
    /// 0–1.
    pub confidence: f64,
}

/// All poll figures and all indicators of a document, each in textual order. `paragraphs[i]` is the
/// number of the paragraph of sentence `i`: pollster, time and sample carry over within a paragraph.
/// No indicator is read from a poll figure.
pub fn find(
    text: &str,
    sentences: &[Sentence],
    paragraphs: &[usize],
    context: &TimeContext,
) -> (Vec<PollDraft>, Vec<IndicatorDraft>) {
    let lines = lines(text, sentences, context);
    let polls = poll::find(text, sentences, &lines, paragraphs);
    let taken: Vec<Span> = polls.iter().map(|p| p.span).collect();
    let indicators = indicator::find(sentences, &lines, &taken);
    (polls, indicators)
}

/// The sentences as the rules read them.
fn lines<'t>(text: &'t str, sentences: &[Sentence], context: &TimeContext) -> Vec<Line<'t>> {
    sentences
        .iter()
        .enumerate()
        .map(|(i, s)| Line::new(text, s.span, i, context))
        .collect()
}

/// A sentence as the rules read it.
struct Line<'t> {
    index: usize,
    /// Byte of the document where the sentence begins.
    offset: u32,
    words: Words<'t>,
    amounts: Vec<amount::Amount>,
    times: Vec<TimeExpr>,
    /// The document's date.
    document: Option<Edtf>,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, sentence: Span, index: usize, context: &TimeContext) -> Self {
        let words = Words::new(sentence.of(text), context.order);
        let amounts = amount::amounts(&words);
        let times = if amounts.is_empty() && !table::Table::english().may_measure(&words) {
            Vec::new()
        } else {
            times::find(text, sentence, context)
        };
        Self {
            index,
            offset: sentence.start,
            words,
            amounts,
            times,
            document: context.document,
        }
    }

    /// The words `first..next` as a span of the document.
    fn span(&self, first: usize, next: usize) -> Span {
        let span = self.words.span(first, next);
        Span::new(span.start + self.offset, span.end + self.offset)
    }

    /// The words `first..next` as they stand.
    fn text(&self, first: usize, next: usize) -> &'t str {
        self.words.span(first, next).of(self.words.text)
    }

    fn field(&self, first: usize, next: usize) -> Field {
        Field {
            text: self.text(first, next).to_owned(),
            span: self.span(first, next),
        }
    }

    /// The amount that covers word `i`.
    fn amount_at(&self, i: usize) -> Option<&amount::Amount> {
        let after = self.amounts.partition_point(|a| a.next <= i);
        self.amounts.get(after).filter(|a| a.first <= i)
    }

    /// The time expression that covers word `i`.
    fn time_at(&self, i: usize) -> Option<&TimeExpr> {
        let word = self.span(i, i + 1);
        let after = self.times.partition_point(|t| t.span.end <= word.start);
        self.times.get(after).filter(|t| t.span.overlaps(word))
    }
}

fn period(time: &TimeExpr) -> Period {
    Period {
        edtf: time.edtf,
        basis: time.basis,
        span: time.span,
    }
}

#[cfg(test)]
mod tests;
