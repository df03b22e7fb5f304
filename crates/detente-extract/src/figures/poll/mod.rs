//! Polls: one draft for each population, question and answer.

mod frames;
mod people;
mod pollster;
mod survey;
mod tables;

use detente_syntax::Sentence;
use detente_text::Span;

use super::{Line, PollDraft, table::Table};
use survey::Survey;

/// For how many paragraphs a survey stays what is talked about.
const CARRY: usize = 3;

/// All poll figures, in textual order; see [`super::find`].
pub(super) fn find(
    text: &str,
    sentences: &[Sentence],
    lines: &[Line<'_>],
    paragraphs: &[usize],
) -> Vec<PollDraft> {
    let table = Table::english();
    let own: Vec<Option<Survey>> = lines.iter().map(|line| survey::of(line, table)).collect();
    let paragraph = |i: usize| paragraphs.get(i).copied().unwrap_or(0);
    let mut told: Option<(usize, Survey)> = None;
    let mut drafts: Vec<PollDraft> = Vec::new();
    let mut surveys: Vec<Option<Survey>> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let here = paragraph(i);
        let before = told
            .as_ref()
            .filter(|(at, _)| here.saturating_sub(*at) <= CARRY)
            .map(|(at, survey)| (here == *at, survey));
        let mut survey = match (&own[i], before) {
            // A named pollster or time makes it another survey.
            (Some(own), Some((_, before))) if !own.is_new() => Some(own.clone().or(before)),
            (Some(own), _) => Some(own.clone()),
            (None, Some((_, before))) => Some(before.clone()),
            (None, None) => None,
        };
        // What the next sentence of the paragraph adds: sample, time, margin.
        let next = (paragraph(i + 1) == here)
            .then(|| own.get(i + 1)?.as_ref())
            .flatten();
        if let Some(next) = next.filter(|n| !n.has_pollster() || survey.is_none()) {
            survey = match survey {
                Some(s) if own[i].is_some() => Some(s.or(next)),
                None => Some(next.clone()),
                s => s,
            };
        }
        let named = own[i].is_some();
        let same_paragraph = named || before.is_some_and(|(same, _)| same) || next.is_some();
        let before_here = drafts.len();
        frames::read(line, table, survey.as_ref(), same_paragraph, &mut drafts);
        if let Some(s) = &survey
            && named
        {
            told = Some((here, s.clone()));
        } else if let Some((at, _)) = &mut told
            && drafts.len() > before_here
        {
            // As long as results follow each other the survey is what is talked about.
            *at = (*at).max(here.saturating_sub(1));
        }
        surveys.push(
            told.as_ref()
                .filter(|(at, _)| here.saturating_sub(*at) <= CARRY)
                .map(|t| t.1.clone()),
        );
    }
    in_tables(text, sentences, &surveys, table, &mut drafts);
    drafts
}

/// Tables of results: only where a survey is told of in the sentence before or in the table.
fn in_tables(
    text: &str,
    sentences: &[Sentence],
    surveys: &[Option<Survey>],
    table: &Table,
    drafts: &mut Vec<PollDraft>,
) {
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else {
        return;
    };
    let whole = Span::new(first.span.start, last.span.end);
    let tables = tables::tables(text, whole);
    if tables.is_empty() {
        return;
    }
    let at = |span: Span| {
        let index = sentences.partition_point(|s| s.span.end <= span.start);
        sentences
            .get(index)
            .filter(|s| s.span.overlaps(span))
            .map(|_| index)
    };
    for rows in tables {
        let Some(index) = rows.iter().find_map(|r| at(*r)) else {
            continue;
        };
        let survey = surveys.get(index).and_then(Option::as_ref);
        if survey.is_none() {
            continue;
        }
        let span = Span::new(rows[0].start, rows[rows.len() - 1].end);
        drafts.retain(|d| !span.contains(d.span));
        tables::read(text, &rows, table, survey, at, drafts);
    }
    drafts.sort_by_key(|d| (d.span.start, d.span.end));
}
