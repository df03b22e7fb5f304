//! `detente eval facts`: facts against gold.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::PathBuf,
};

use clap::Args;
use detente_exchange::{
    ExchangeError,
    score::{self, Predicted},
};
use detente_record::{Coder, Filter, Order, Record, Unit};

use crate::{
    coding::{Coding, CodingArgs},
    console::Output,
    failure::{Done, Result},
    files::read_text,
};

/// Score facts against gold: precision, recall and F1 by kind, and how often each field is right
///
/// A fact matches a gold fact of the same document and kind if they share at least half of the
/// shorter span; one to one, the closest first. Facts come from a file, from a record, or, if
/// neither is given, from coding the texts now.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente eval facts gold.jsonl --texts texts/
  detente eval facts gold.jsonl --texts texts/ --facts facts.jsonl --json
  detente eval facts gold.jsonl --texts texts/ --record jpn-kor.db")]
pub(crate) struct Facts {
    /// Gold facts, one JSON object a line
    #[arg(value_name = "GOLD.jsonl")]
    gold: PathBuf,

    /// Folder with the documents that gold names
    #[arg(long, value_name = "FOLDER")]
    texts: PathBuf,

    /// Facts in the exchange form
    #[arg(long, value_name = "FILE", conflicts_with = "record")]
    facts: Option<PathBuf>,

    /// Facts of a record
    #[arg(long, short, value_name = "FILE")]
    record: Option<PathBuf>,

    #[command(flatten)]
    coding: CodingArgs,

    /// One JSON object with all numbers
    #[arg(long)]
    json: bool,
}

impl Facts {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let gold = score::gold(&self.gold.display().to_string(), &read_text(&self.gold)?)?;
        let documents: BTreeSet<&str> = gold
            .iter()
            .filter(|fact| score::KINDS.contains(&fact.kind.as_str()))
            .map(|fact| fact.document.as_str())
            .collect();
        let mut texts = BTreeMap::new();
        for document in documents {
            let text = read_text(&self.texts.join(document))?;
            texts.insert(document.to_owned(), text);
        }
        let facts = self.facts(&texts)?;
        let score = score::score(&gold, facts, &texts);
        if self.json {
            let text = serde_json::to_string_pretty(&score).map_err(ExchangeError::from)?;
            writeln!(out, "{text}")?;
        } else {
            out.write_all(score::show(&score).as_bytes())?;
        }
        Ok(Done::All)
    }

    fn facts(&self, texts: &BTreeMap<String, String>) -> Result<Vec<Predicted>> {
        if let Some(path) = &self.facts {
            return Ok(score::predicted(
                &path.display().to_string(),
                &read_text(path)?,
            )?);
        }
        let mut lines = String::new();
        if let Some(path) = &self.record {
            let record = Record::open(path)?;
            record.for_each(&Filter::default(), Order::Document, |entry| {
                lines.push_str(&detente_exchange::json_line(&entry.fact, None)?);
                Ok::<(), ExchangeError>(())
            })?;
            return Ok(score::predicted(&path.display().to_string(), &lines)?);
        }
        let coding = Coding::new(&self.coding, None)?;
        let mut worker = coding.worker();
        for (name, text) in texts {
            let beside = self.texts.join(format!("{name}.meta.toml"));
            let outcome = worker.code(&Unit {
                name: name.clone(),
                line: None,
                bytes: text.clone().into_bytes(),
                sidecar: fs::read(beside).ok(),
            });
            for fact in outcome.documents.iter().flat_map(|coded| &coded.facts) {
                let line = detente_exchange::json_line(fact, None).map_err(ExchangeError::from)?;
                lines.push_str(&line);
            }
        }
        Ok(score::predicted("facts coded now", &lines)?)
    }
}
