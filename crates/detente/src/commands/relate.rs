//! `detente relate`: what one given actor does to another.

use std::io::{self, Write};

use clap::Args;
use detente_extract::{
    CoderWorker,
    relate::{Answering, Marked, Relation},
};
use detente_text::{Basis, Document, DocumentDate, Span, date::Edtf};
use serde::{Deserialize, Serialize};

use crate::{
    coding::{Coding, CodingArgs},
    console::{self, Output},
    failure::{Done, Result},
    pipeline,
};

/// Say what a source does to a target, pair by pair
///
/// One JSON object a line comes in: `id`, `text` (a sentence or a few), `source` and `target`, each
/// as words of the text or as `[start, end]` in code points, and perhaps `date`. A line goes out for
/// each, in order: `id`, `root` (always one), `cameo` (its category), `mode`, `quad`, `intensity`, `modality`, `trigger`,
/// `rule`, `confidence`, `nothing` (how likely it is that nothing is told between the two), `others`
/// (the runners-up), and `not_found` if a side does not stand in the text.
#[derive(Args)]
#[command(
    after_long_help = "Exit code 3: some lines could not be read; each gets a line with `error`.

With --conversion plover-2021 roots are those of the table that the makers of PLOVER published in 2021,
for comparing with events that were converted by it; the codebook, which follows PLOVER's manual,
draws six of its lines elsewhere (codebook/events/cameo.toml).

Examples:
  detente relate < pairs.jsonl > relations.jsonl
  echo '{\"id\": 1, \"text\": \"Oslo rebuffed Rome.\", \"source\": \"Oslo\", \"target\": \"Rome\"}' | detente relate --reasons"
)]
pub(crate) struct Relate {
    #[command(flatten)]
    coding: CodingArgs,

    /// Say what spoke most for the root
    #[arg(long)]
    reasons: bool,

    /// Give roots by a published conversion from CAMEO and not by the codebook
    #[arg(long, value_name = "NAME")]
    conversion: Option<String>,

    /// Threads; as many as there are processors if not given
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// A side of the pair.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Side {
    Words(String),
    Place([u32; 2]),
}

/// A line that comes in.
#[derive(Deserialize)]
pub(crate) struct Question {
    #[serde(default)]
    pub(crate) id: serde_json::Value,
    pub(crate) text: String,
    pub(crate) source: Side,
    pub(crate) target: Side,
    #[serde(default)]
    pub(crate) date: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a serde_json::Value,
    #[serde(flatten)]
    relation: Relation,
}

#[derive(Serialize)]
struct Refusal {
    id: Option<serde_json::Value>,
    error: String,
}

impl Relate {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let coding = Coding::new(&self.coding, None)?;
        let (coding, limit) = (&coding, coding.limit());
        coding.check_conversion(self.conversion.as_deref())?;
        let how = Answering {
            reasons: self.reasons,
            conversion: self.conversion.as_deref(),
        };
        let date = self.coding.date;
        let mut partly = false;
        pipeline::in_order(
            pipeline::threads(self.threads),
            move |send| {
                let mut stdin = io::stdin().lock();
                while let Some(line) = pipeline::read_line(&mut stdin, limit).transpose() {
                    let broken = line.is_err();
                    if !send(line) || broken {
                        return;
                    }
                }
            },
            || {
                let mut worker = coding.coder().worker();
                move |line| answer(&mut worker, line, date, how)
            },
            |answer: Option<std::result::Result<String, String>>| {
                let Some(answer) = answer else { return Ok(()) };
                partly |= answer.is_err();
                let line = answer.unwrap_or_else(|refusal| {
                    console::say(&format!("warning[D014]: a line was left out: {refusal}"));
                    refusal
                });
                writeln!(out, "{line}")?;
                // Somebody may be waiting at the other end of the pipe.
                Ok(out.flush()?)
            },
        );
        Ok(if partly { Done::Partly } else { Done::All })
    }
}

fn answer(
    worker: &mut CoderWorker<'_>,
    line: io::Result<Vec<u8>>,
    date: Option<Edtf>,
    how: Answering<'_>,
) -> Option<std::result::Result<String, String>> {
    let refuse = |id: Option<serde_json::Value>, error: String| {
        Some(Err(
            serde_json::to_string(&Refusal { id, error }).unwrap_or_default()
        ))
    };
    let line = match line {
        Ok(line) => line,
        Err(error) => return refuse(None, format!("cannot be read: {error}")),
    };
    if line.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let question: Question = match serde_json::from_slice(&line) {
        Ok(question) => question,
        Err(error) => {
            let id = serde_json::from_slice::<serde_json::Value>(&line)
                .ok()
                .and_then(|v| v.get("id").cloned());
            return refuse(
                id,
                format!("not a question with text, source and target: {error}"),
            );
        }
    };
    let relation = relate(worker, &question, date, how);
    let answer = Answer {
        id: &question.id,
        relation,
    };
    match serde_json::to_string(&answer) {
        Ok(line) => Some(Ok(line)),
        Err(error) => refuse(Some(question.id), error.to_string()),
    }
}

/// Answers a question.
pub(crate) fn relate(
    worker: &mut CoderWorker<'_>,
    question: &Question,
    date: Option<Edtf>,
    how: Answering<'_>,
) -> Relation {
    let mut document = Document::plain("pair", question.text.clone());
    let own = question.date.as_deref().and_then(|d| d.parse().ok());
    document.metadata.date = own.or(date).map(|edtf| DocumentDate {
        text: edtf.to_string(),
        edtf,
        span: None,
        basis: Basis::Explicit,
    });
    let source = marked(&question.source, &question.text);
    let target = marked(&question.target, &question.text);
    worker.relate(&document, source, target, how)
}

fn marked<'q>(side: &'q Side, text: &str) -> Marked<'q> {
    match side {
        Side::Words(words) => Marked::Words(words),
        Side::Place([start, end]) => {
            let byte = |point: u32| {
                text.char_indices()
                    .nth(point as usize)
                    .map_or(text.len(), |(at, _)| at) as u32
            };
            Marked::At(Span::new(byte(*start), byte((*end).max(*start))))
        }
    }
}
