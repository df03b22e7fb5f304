//! `detente eval relate`: roots and modality of given pairs against gold.

use std::{collections::BTreeMap, io::Write, path::PathBuf};

use clap::Args;
use detente_extract::{
    Root,
    relate::{self, Answering, Relation},
};
use serde::{Deserialize, Serialize};

use crate::{
    coding::{Coding, CodingArgs},
    commands::relate::{Question, Side, relate as ask},
    console::Output,
    failure::{Done, Failure, Result},
    files::read_text,
    filter::edtf,
};
use detente_text::date::Edtf;

/// Score roots, quad classes and modality of given pairs
///
/// Gold is JSON Lines as `detente relate` reads them, with `root` and perhaps `modality`, or a file
/// of sentences with marked pairs (`.tsv`, see training/events/README.md). Where gold has the older
/// root YIELD, CONCEDE and RETREAT count as it. Rows without a root are left out of the roots.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente eval relate gold.jsonl
  detente eval relate gold.jsonl --conversion plover-2021
  detente eval relate tests/probes/modality.tsv --on 2024-06-12 --errors")]
pub(crate) struct RelateGold {
    /// Gold
    #[arg(value_name = "FILE", required = true)]
    gold: Vec<PathBuf>,

    #[command(flatten)]
    coding: CodingArgs,

    /// Date of the sentences of a `.tsv` file
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    on: Option<Edtf>,

    /// Give roots by a published conversion from CAMEO (see `detente relate --help`)
    #[arg(long, value_name = "NAME")]
    conversion: Option<String>,

    /// Show what was wrong
    #[arg(long)]
    errors: bool,

    /// One JSON object with all numbers
    #[arg(long, conflicts_with = "errors")]
    json: bool,
}

#[derive(Deserialize)]
struct Gold {
    #[serde(flatten)]
    question: Question,
    root: Option<String>,
    modality: Option<String>,
}

/// Counts of one class.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Class {
    gold: u32,
    found: u32,
    right: u32,
}

impl Class {
    fn f1(self) -> f64 {
        if self.gold + self.found == 0 {
            0.0
        } else {
            2.0 * f64::from(self.right) / f64::from(self.gold + self.found)
        }
    }
}

/// One question of a class each: which root, quad class or modality.
#[derive(Default, Serialize)]
struct Table(BTreeMap<String, Class>);

impl Table {
    fn note(&mut self, gold: &str, found: &str) {
        self.0.entry(gold.to_owned()).or_default().gold += 1;
        self.0.entry(found.to_owned()).or_default().found += 1;
        if gold == found {
            self.0.entry(gold.to_owned()).or_default().right += 1;
        }
    }

    fn accuracy(&self) -> f64 {
        let sum = |f: fn(&Class) -> u32| f64::from(self.0.values().map(f).sum::<u32>());
        sum(|c| c.right) / sum(|c| c.gold).max(1.0)
    }

    /// Mean F1 of the classes that gold has.
    fn macro_f1(&self) -> f64 {
        let asked: Vec<f64> = self
            .0
            .values()
            .filter(|c| c.gold > 0)
            .map(|c| c.f1())
            .collect();
        asked.iter().sum::<f64>() / asked.len().max(1) as f64
    }

    fn show(&self, name: &str, out: &mut Output) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "{name}: accuracy {:.3}, macro-F1 {:.3}",
            self.accuracy(),
            self.macro_f1()
        )?;
        for (class, c) in &self.0 {
            writeln!(
                out,
                "  {class:<13} P {:.3}  R {:.3}  F1 {:.3}  ({} in gold)",
                f64::from(c.right) / f64::from(c.found.max(1)),
                f64::from(c.right) / f64::from(c.gold.max(1)),
                c.f1(),
                c.gold
            )?;
        }
        Ok(())
    }
}

impl RelateGold {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let coding = Coding::new(&self.coding, None)?;
        coding.check_conversion(self.conversion.as_deref())?;
        let how = Answering {
            reasons: self.errors,
            conversion: self.conversion.as_deref(),
        };
        let mut gold = Vec::new();
        for path in &self.gold {
            gold.extend(self.read(path)?);
        }
        let yields = gold.iter().any(|g| g.root.as_deref() == Some("YIELD"));
        let name = |root: Root| match root {
            Root::Concede | Root::Retreat if yields => "YIELD".to_owned(),
            root => root.to_string(),
        };
        let mut worker = coding.coder().worker();
        let (mut roots, mut quads, mut modality) =
            (Table::default(), Table::default(), Table::default());
        for g in &gold {
            let found = ask(&mut worker, &g.question, self.coding.date, how);
            if let Some(root) = &g.root {
                roots.note(root, &name(found.root));
                let quad = quad_of(root, found.root);
                quads.note(
                    &quad.to_string(),
                    &quad_of(&name(found.root), found.root).to_string(),
                );
                if self.errors && *root != name(found.root) {
                    tell("root", root, &name(found.root), g, &found, out)?;
                }
            }
            if let Some(held) = &g.modality {
                modality.note(held, found.modality.as_str());
                if self.errors && *held != found.modality.as_str() {
                    tell("modality", held, found.modality.as_str(), g, &found, out)?;
                }
            }
        }
        if self.json {
            let all = serde_json::json!({
                "root": {"accuracy": roots.accuracy(), "macro_f1": roots.macro_f1(), "classes": roots},
                "quad": {"accuracy": quads.accuracy(), "macro_f1": quads.macro_f1(), "classes": quads},
                "modality": {"accuracy": modality.accuracy(), "macro_f1": modality.macro_f1(), "classes": modality},
            });
            writeln!(out, "{all:#}")?;
        } else {
            roots.show("root", out)?;
            quads.show("quad", out)?;
            modality.show("modality", out)?;
        }
        Ok(Done::All)
    }

    fn read(&self, path: &std::path::Path) -> Result<Vec<Gold>> {
        let text = read_text(path)?;
        let wrong = |line: usize, problem: String| {
            Failure::new("D015", format!("{}:{line}: {problem}", path.display()))
        };
        if path.extension().is_some_and(|e| e == "tsv") {
            let lessons =
                relate::lessons(&text).map_err(|error| wrong(error.line, error.problem))?;
            let point = |text: &str, byte: u32| text[..byte as usize].chars().count() as u32;
            return Ok(lessons
                .into_iter()
                .map(|l| Gold {
                    root: l.root.map(|r| r.to_string()),
                    modality: l.modality.map(|m| m.to_string()),
                    question: Question {
                        id: serde_json::Value::Null,
                        source: Side::Place([
                            point(&l.text, l.source.start),
                            point(&l.text, l.source.end),
                        ]),
                        target: Side::Place([
                            point(&l.text, l.target.start),
                            point(&l.text, l.target.end),
                        ]),
                        date: self.on.map(|d| d.to_string()),
                        text: l.text,
                    },
                })
                .collect());
        }
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(i, line)| {
                serde_json::from_str(line).map_err(|error| wrong(i + 1, error.to_string()))
            })
            .collect()
    }
}

/// Quad class of a root as gold names it; YIELD of the older lists is material (2).
fn quad_of(name: &str, root: Root) -> u8 {
    match name {
        "YIELD" => 2,
        name => Root::from_name(name).unwrap_or(root).quad(),
    }
}

fn tell(
    what: &str,
    gold: &str,
    found: &str,
    row: &Gold,
    relation: &Relation,
    out: &mut Output,
) -> Result<()> {
    let side = |side: &Side| match side {
        Side::Words(words) => words.clone(),
        Side::Place([start, end]) => row
            .question
            .text
            .chars()
            .skip(*start as usize)
            .take((end - start) as usize)
            .collect(),
    };
    writeln!(
        out,
        "{what} {gold} taken for {found} ({:.2}; trigger {}; {}): [{}] -> [{}]: {}",
        relation.confidence,
        relation.trigger.as_ref().map_or("-", |t| &t.quote),
        relation.rule,
        side(&row.question.source),
        side(&row.question.target),
        row.question.text
    )?;
    Ok(())
}
